/* Slugs are judged by Unicode's general category, so that an Arabic word is as good as an English
 * one, and nothing invisible can make two of them look the same. */
#include "text/slug.h"

#include "text/utf8.h"

#include <unictype.h>

bool slug_valid(struct str s, const char *also)
{
    size_t characters = 0;
    if (utf8_valid_size(s) != s.size)
        return false;
    for (size_t at = 0; at < s.size; characters++) {
        uint32_t codepoint;
        at += utf8_decode(s, at, &codepoint);
        bool listed = codepoint != 0 && codepoint < 0x80 && strchr(also, (int)codepoint);
        bool tatweel = codepoint == 0x0640; /* a letter by its category, but only ornament */
        if (!listed && (tatweel || !uc_is_general_category_withtable(
                                       codepoint, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Nd)))
            return false;
    }
    return characters > 0 && characters <= SLUG_MOST;
}
