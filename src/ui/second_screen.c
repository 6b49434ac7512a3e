/* Second looks on the screen. What one judges is held back until the next one is judged, so that a
 * key that slipped can be taken back: what is written at a second look is never changed. */
#include "ui/second_screen.h"

#include "base/memory.h"
#include "base/moment.h"
#include "ui/claims.h"
#include "ui/comment_view.h"
#include "ui/live.h"
#include "ui/prompt.h"
#include "ui/words.h"

#include <inttypes.h>
#include <stdlib.h>

enum { HEAD_ROWS = 3 /* title, what this is, a blank */, MARGIN = 1 };

/* A comment of the sample, and what is said of it. */
struct look {
    int64_t id, comment; /* comment 0: none */
    enum action action;
    int64_t judged_at;
};

struct second_screen {
    struct screen screen;
    struct comment_view view;
    struct look shown, held;
    int64_t waiting; /* for this person's look, those two with them */
    int64_t judged;  /* since the screen was opened */
};

static enum context second_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_SECOND;
}

int64_t second_waiting_for(struct app *app)
{
    int64_t waiting = 0;
    struct error error;
    enum status status = second_waiting(app->desk->store, app->desk->self.id, &waiting, &error);
    return status == OK ? waiting : 0;
}

/* --- Going through them --- */

static void show(struct app *app, struct second_screen *second, const struct look *look)
{
    second->shown = *look;
    second->waiting = second_waiting_for(app);
    comment_view_show(&second->view, look->comment, 0, NULL);
    app->judging = look->comment;
}

/* Writes what is held back. */
static bool write_held(struct app *app, struct second_screen *second)
{
    struct error error;
    struct look held = second->held;
    if (held.comment == 0)
        return true;
    enum status status =
        desk_say_second(app->desk, held.comment, held.action, held.judged_at, &error);
    if (status == STATUS_BUSY) /* it stays held, and is tried again */
        return app_check(app, status, &error);
    second->held = (struct look){0};
    return app_check(app, status, &error);
}

/* The first behind a look that is not the one held back; comment 0 when there is none. */
static struct look find_next(struct app *app, const struct second_screen *second, int64_t after)
{
    struct arena arena = {0};
    struct second_look look;
    struct error error;
    struct look found = {0};
    enum status status;
    do {
        status = desk_next_second(app->desk, moment_now(), after, &arena, &look, &error);
        after = status == OK ? look.id : after;
    } while (status == OK && second->held.comment != 0 && look.id == second->held.id);
    if (status == OK)
        found = (struct look){.id = look.id, .comment = look.comment_id};
    else if (status != STATUS_EMPTY)
        app_check(app, status, &error);
    arena_free(&arena);
    return found;
}

/* Shows the next behind the one shown, or else the first of all. */
static void go_on(struct app *app, struct second_screen *second)
{
    struct look next = find_next(app, second, second->shown.id);
    if (next.comment == 0)
        next = find_next(app, second, 0);
    show(app, second, &next);
    app->spreading = false;
    claims_rest(app);
}

/* --- Drawing --- */

static void draw_head(struct app *app, const struct second_screen *second, struct box body)
{
    struct canvas *canvas = &app->canvas;
    struct box row = {body.column + MARGIN, body.row, body.width - 2 * MARGIN, 1};
    int64_t waiting = second->waiting - (second->held.comment != 0);
    canvas_fill(canvas, (struct box){body.column, body.row, body.width, 1}, STYLE_BAR);
    canvas_text(canvas, row, ALIGN_START, STYLE_BAR | STYLE_CURRENT, str_of(_("Second looks")));
    canvas_printf(canvas, row, ALIGN_END, STYLE_BAR,
                  /* TRANSLATORS: how many comments wait to be judged, and were judged just now. */
                  _("waiting: %s   judged: %s"), word_number(&canvas->arena, waiting).data,
                  word_number(&canvas->arena, second->judged).data);
    row.row++;
    canvas_text(canvas, row, ALIGN_START, STYLE_DIM,
                str_of(_("Judge it as if you were the first: what was decided is not shown.")));
}

static void draw_nothing(struct app *app, const struct second_screen *second, struct box box)
{
    struct canvas *canvas = &app->canvas;
    bool draws = role_may(app->desk->self.role, RIGHT_SETTLE);
    box.height = 1;
    canvas_text(canvas, box, ALIGN_START, STYLE_STRONG,
                str_of(second->judged > 0 ? _("That was the last one. Thank you.")
                                          : _("No comment waits for your second look.")));
    box.row += 2;
    if (second->held.comment != 0) {
        canvas_text(canvas, box, ALIGN_START, STYLE_NORMAL,
                    str_of(_("u takes the last one back; leaving writes it.")));
        box.row++;
    }
    if (draws)
        canvas_text(canvas, box, ALIGN_START, STYLE_NORMAL,
                    str_of(_("d draws comments that were decided, by chance.")));
}

static void second_draw_screen(struct app *app, struct screen *screen, struct box body)
{
    struct second_screen *second = (struct second_screen *)screen;
    struct box box = {body.column + MARGIN, body.row + HEAD_ROWS, body.width - 2 * MARGIN,
                      body.height - HEAD_ROWS};
    draw_head(app, second, body);
    if (second->shown.comment != 0)
        comment_view_draw(app, &second->view, box);
    else
        draw_nothing(app, second, box);
}

/* --- What happens around them --- */

/* Whether the one shown still waits: a colleague may have been quicker. */
static bool still_waits(struct app *app, const struct second_screen *second)
{
    struct arena arena = {0};
    struct second_look look;
    struct error error;
    enum status status = second_of(app->desk->store, second->shown.comment, &arena, &look, &error);
    bool waits = status != OK || (look.id == second->shown.id && look.login.size == 0);
    arena_free(&arena);
    return waits;
}

static void second_refresh(struct app *app, struct screen *screen)
{
    struct second_screen *second = (struct second_screen *)screen;
    if (second->held.comment != 0 && moment_now() - second->held.judged_at >= SECOND_HELD_SECONDS)
        write_held(app, second);
    second->view.stale = true;
    second->waiting = second_waiting_for(app);
    if (second->shown.comment == 0)
        go_on(app, second);
    else if (!still_waits(app, second)) {
        app_say(app, STYLE_HELD, _("A colleague judged #%" PRId64 " meanwhile."),
                second->shown.comment);
        go_on(app, second);
    }
}

static void second_close(struct app *app, struct screen *screen)
{
    struct second_screen *second = (struct second_screen *)screen;
    write_held(app, second);
    app->judging = 0;
    comment_view_free(&second->view);
    free(second);
}

static bool second_press(struct app *app, struct screen *screen, const struct press *press)
{
    enum { WHEEL_UP = 4, WHEEL_DOWN = 5, WHEEL_LINES = 3 };
    (void)app;
    if (press->kind != PRESS_MOUSE ||
        (press->codepoint != WHEEL_UP && press->codepoint != WHEEL_DOWN))
        return false;
    comment_view_scroll(&((struct second_screen *)screen)->view,
                        press->codepoint == WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
    return true;
}

static const struct screen_type second_type = {
    .context = second_context,
    .draw = second_draw_screen,
    .press = second_press,
    .refresh = second_refresh,
    .close = second_close,
};

bool second_is_open(const struct app *app)
{
    return app->top->type == &second_type;
}

/* --- Judging --- */

static struct second_screen *topmost(struct app *app)
{
    return (struct second_screen *)app->top;
}

void second_judge(struct app *app, enum action action)
{
    struct second_screen *second = topmost(app);
    if (second->shown.comment == 0 || !write_held(app, second))
        return;
    second->held = second->shown;
    second->held.action = action;
    second->held.judged_at = moment_now();
    second->judged++;
    go_on(app, second);
    app_say(app, STYLE_GOOD, _("You would have: %s   u takes it back"), word_action_done(action));
}

void second_undo(struct app *app)
{
    struct second_screen *second = topmost(app);
    struct look held = second->held;
    if (held.comment == 0) {
        app_say(app, STYLE_NORMAL, _("There is no judgement left to take back."));
        return;
    }
    second->held = (struct look){0};
    second->judged--;
    show(app, second, &held);
    app_say(app, STYLE_GOOD, _("Taken back: judge it anew."));
}

/* --- Commands --- */

void second_open(struct app *app, struct str argument)
{
    (void)argument;
    if (second_is_open(app))
        return;
    struct second_screen *second = memory_new(1, sizeof *second);
    second->screen.type = &second_type;
    second->view.blind = true;
    screen_push(app, &second->screen);
    go_on(app, second);
}

void second_later(struct app *app, struct str argument)
{
    struct second_screen *second = topmost(app);
    int64_t before = second->shown.comment;
    (void)argument;
    go_on(app, second);
    if (second->shown.comment == before && before != 0)
        app_say(app, STYLE_NORMAL, _("There is no other."));
}

/* "20" or "20 7": how many, of how many days. */
static bool read_sample(struct str text, long long *count, long long *days)
{
    enum { A_WEEK = 7 };
    const char *blank = text.size > 0 ? memchr(text.data, ' ', text.size) : NULL;
    size_t size = blank ? (size_t)(blank - text.data) : text.size;
    struct str rest = str_trim(str_part(text, size, text.size));
    *days = A_WEEK;
    return str_to_int64(str_part(text, 0, size), count) &&
           (rest.size == 0 || (str_to_int64(rest, days) && *days >= 1));
}

static void draw(struct app *app, struct str text)
{
    long long count, days;
    int64_t drawn = 0, now = moment_now();
    struct error error;
    if (!read_sample(str_trim(text), &count, &days)) {
        app_say(app, STYLE_BAD,
                _("Write how many comments, and if you like of how many days: 20 7"));
        return;
    }
    enum status status =
        desk_draw_second(app->desk, count, now - days * SECONDS_A_DAY, now, &drawn, &error);
    if (!app_check(app, status, &error))
        return;
    if (second_is_open(app) && topmost(app)->shown.comment == 0)
        go_on(app, topmost(app));
    app_refresh(app);
    app_say(app, drawn > 0 ? STYLE_GOOD : STYLE_HELD,
            ngettext("%s comment was drawn for a second look",
                     "%s comments were drawn for a second look", (unsigned long)drawn),
            app_number(app, drawn));
}

static const struct prompt_kind draw_prompt = {
    .title = N_("Draw"),
    .hint = N_("How many decided comments are to be judged once more, and of how many days. Chance "
               "chooses them."),
    .submit = draw,
};

void second_draw_sample(struct app *app, struct str argument)
{
    if (argument.size > 0)
        draw(app, argument);
    else
        prompt_open(app, &draw_prompt, str_of("20 7"));
}

void second_down(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&topmost(app)->view, 1);
}

void second_up(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&topmost(app)->view, -1);
}

void second_page_down(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&topmost(app)->view, topmost(app)->view.rows - 1);
}

void second_page_up(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&topmost(app)->view, 1 - topmost(app)->view.rows);
}

void second_next_part(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_part(&topmost(app)->view, 1);
}

void second_previous_part(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_part(&topmost(app)->view, -1);
}

void second_leave(struct app *app, struct str argument)
{
    (void)argument;
    screen_pop(app);
}
