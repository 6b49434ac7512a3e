/* The queue: the list of comments, the comment under the cursor, and what moves between them. */
#ifndef UI_QUEUE_SCREEN_H
#define UI_QUEUE_SCREEN_H

#include "ui/comment_view.h"
#include "ui/queue_model.h"
#include "ui/screen.h"

struct queue_screen {
    struct screen screen;
    struct queue_model model;
    struct comment_view view;
    struct arena filter_arena;
    struct query filter;      /* what the person asked for, besides the state's tab */
    enum comment_state state; /* the tab; not used while the filter names states */
    bool all_states;          /* tab 0: every state */
    bool comment_focus, full_screen;
    int cursor_row; /* of the list, from its top */
    int list_rows;  /* of the last drawing */
    struct {
        bool kept; /* while words are being typed: where one was before */
        struct arena arena;
        struct query filter;
        int64_t comment;
        int cursor_row;
    } before_search;
    struct target *chosen; /* selected comments and lines, ascending ids */
    size_t chosen_count, chosen_capacity;
    /* What was shown before the letters of a cluster were opened. */
    struct {
        bool open;
        struct arena arena;
        struct query filter;
        enum comment_state state;
        bool all_states;
        struct queue_place place;
    } before;
};

/* Makes the screen, on one consultation (a slug) or, with NULL, on all. */
enum status queue_screen_open(struct app *app, const char *consultation, struct error *error);

/* The comment under the cursor, 0 for none. */
int64_t queue_current(const struct app *app);

/* Makes the comment under the cursor, as it is shown, the subject of what follows. False, with a
 * sentence shown, when there is none and nothing is selected. */
bool queue_take_subject(struct app *app);
/* What a command acts on: the selected comments and lines, or the subject, which with a line means
 * all its letters. Lives until the next change of the selection or the subject. */
const struct target *queue_targets(struct app *app, size_t *count);
/* How many comments these are. */
int64_t queue_letters(struct app *app);
/* Whether the subject is a line, and nothing is selected. */
bool queue_aims_at_line(struct app *app);
/* Leaves the subject's other letters alone. */
void queue_aim_at_subject(struct app *app);

/* Goes on to the first comment from the cursor on, or else before it, that nobody else reads; stays
 * where there is none in sight. */
void queue_skip_taken(struct app *app);

/* Forgets the selection. */
void queue_forget_chosen(struct app *app);
/* Puts the cursor on a comment if it is in this queue. */
void queue_go_to(struct app *app, int64_t comment);
/* Leaves the filter, opens the queue of the comment's state and puts the cursor on the comment. */
void queue_show(struct app *app, int64_t comment);
/* Shows the queue of one state, or (all) of every one; of one consultation (empty: all); what a
 * query finds. Each keeps the other two. False when it failed; the sentence is shown. */
bool queue_set_state(struct app *app, enum comment_state state, bool all);
bool queue_set_consultation(struct app *app, struct str slug);
bool queue_set_filter(struct app *app, const struct query *filter);
/* The same without a sentence: what was shown stays when it fails. */
bool queue_try_filter(struct app *app, const struct query *filter);

/* Commands. */
void queue_next(struct app *app, struct str argument);
void queue_previous(struct app *app, struct str argument);
void queue_page_down(struct app *app, struct str argument);
void queue_page_up(struct app *app, struct str argument);
void queue_first(struct app *app, struct str argument);
void queue_last(struct app *app, struct str argument);
void queue_choose(struct app *app, struct str argument);
void queue_open_comment(struct app *app, struct str argument);
void queue_other_pane(struct app *app, struct str argument);
void queue_back(struct app *app, struct str argument);
/* Shows the letters of the line under the cursor, or of the cluster the comment stands in, each by
 * itself; or goes back to the queue from there. */
void queue_open_letters(struct app *app, struct str argument);
/* Back to the queue where the letters that were opened are all done with. */
void queue_leave_empty_letters(struct app *app);
void queue_comment_down(struct app *app, struct str argument);
void queue_comment_up(struct app *app, struct str argument);
void queue_comment_page_down(struct app *app, struct str argument);
void queue_comment_page_up(struct app *app, struct str argument);
void queue_comment_top(struct app *app, struct str argument);
void queue_comment_bottom(struct app *app, struct str argument);
void queue_comment_next_part(struct app *app, struct str argument);
void queue_comment_previous_part(struct app *app, struct str argument);

#endif
