/* A search that narrows the queue while its words are being typed. */
#ifndef UI_SEARCH_LIVE_H
#define UI_SEARCH_LIVE_H

#include "ui/screen.h"

/* Remembers where one is, before the first word is typed; and forgets it, when the search stands. */
void search_live_begin(struct app *app);
void search_live_end(struct app *app);

/* Words narrow the queue one is in: its consultation stays unless the query names another. */
void search_live_narrow(struct app *app, struct query *query);

/* Shows what the words typed so far find; goes back to where one was when it began. */
void search_live_changed(struct app *app, struct str text);
void search_live_cancelled(struct app *app);

#endif
