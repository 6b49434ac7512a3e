/* Which language a text is in, as far as its letters tell. */
#ifndef TEXT_GUESS_H
#define TEXT_GUESS_H

#include "base/str.h"

/* "ar" when most letters are Arabic script, "en" when most are Latin, "und" where there are none or
 * another script leads (links, addresses and @names are not counted). A constant. */
const char *guess_language(struct str text);

#endif
