/* The program's loop: draw, wait for a press, do what it means. */
#include "ui/app.h"

#include "base/digits.h"
#include "base/moment.h"
#include "store/catch_up.h"
#include "store/log.h"
#include "ui/annotate_commands.h"
#include "ui/claims.h"
#include "ui/command.h"
#include "ui/footer.h"
#include "ui/live.h"
#include "ui/many.h"
#include "ui/queue_screen.h"
#include "ui/respond_screen.h"
#include "ui/second_screen.h"
#include "ui/unfinished.h"
#include "ui/words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    BUSY_MS = 100,         /* how long a key waits for another program to finish writing */
    WATCH_MS = 500,        /* how often another process's changes are looked for */
    BEHIND_MS = 40,        /* between steps of work that is done while nobody presses a key */
    SETTLE_MS = 150,       /* how long typing pauses before a draft is kept */
    LOOK_AGAIN_MS = 30000, /* how often ages and ended claims are looked at without any change */
};

void screen_push(struct app *app, struct screen *screen)
{
    screen->below = app->top;
    app->top = screen;
}

void screen_pop(struct app *app)
{
    struct screen *screen = app->top;
    app->top = screen->below;
    screen->type->close(app, screen);
}

const char *app_number(struct app *app, int64_t number)
{
    return word_number(&app->canvas.arena, number).data;
}

void app_say(struct app *app, unsigned style, const char *format, ...)
{
    struct error message;
    char text[ERROR_BYTES];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    error_set(&message, OK, "%s", text); /* cut at a character, free of controls */
    memcpy(app->message, message.message, sizeof app->message);
    app->message_style = style;
    app->said_ms = moment_monotonic_ms();
    app->stale = true;
}

bool app_check(struct app *app, enum status status, const struct error *error)
{
    if (status == OK)
        return true;
    app_say(app, STYLE_BAD, "%s", error->message);
    terminal_bell(app->terminal);
    return false;
}

/* Reads what seldom changes. */
static enum status read_catalog(struct app *app, struct error *error)
{
    struct catalog fresh = {0};
    struct store *store = app->desk->store;
    enum status status =
        agency_list(store, &fresh.arena, &fresh.agencies, &fresh.agency_count, error);
    if (status == OK)
        status = consultation_list(store, &fresh.arena, &fresh.consultations,
                                   &fresh.consultation_count, error);
    if (status == OK)
        status = reason_list(store, &fresh.arena, &fresh.reasons, &fresh.reason_count, error);
    if (status == OK)
        status = tag_list(store, &fresh.arena, &fresh.tags, &fresh.tag_count, error);
    if (status == OK)
        status = template_list(store, &fresh.arena, &fresh.templates, &fresh.template_count, error);
    if (status != OK) {
        arena_free(&fresh.arena);
        return status;
    }
    arena_free(&app->catalog.arena);
    app->catalog = fresh;
    return OK;
}

void app_refresh(struct app *app)
{
    struct error error;
    app_check(app, read_catalog(app, &error), &error);
    for (struct screen *screen = app->top; screen; screen = screen->below) {
        if (screen->type->refresh)
            screen->type->refresh(app, screen);
    }
    int64_t version = store_version(app->desk->store);
    app->news_waits = app->news_waits || version != app->version;
    app->version = version;
    app->stale = true;
}

void app_set_language(struct app *app, enum language language)
{
    language_set(language);
    app->canvas.mirrored = language == LANGUAGE_ARABIC;
    app->message[0] = '\0';
    app_refresh(app);
}

static bool too_small(const struct app *app)
{
    return app->canvas.width < MINIMUM_WIDTH || app->canvas.height < MINIMUM_HEIGHT;
}

static void draw_too_small(struct app *app)
{
    struct canvas *canvas = &app->canvas;
    struct arena *arena = &canvas->arena;
    const char *needed = arena_printf(arena, _("majlis needs %d columns and %d rows"),
                                      MINIMUM_WIDTH, MINIMUM_HEIGHT);
    const char *here = arena_printf(arena, _("here are %d and %d: make the window larger"),
                                    canvas->width, canvas->height);
    canvas_printf(canvas, (struct box){0, 0, canvas->width, 1}, ALIGN_START, STYLE_STRONG, "%s",
                  digits_local(arena, str_of(needed)).data);
    canvas_printf(canvas, (struct box){0, 1, canvas->width, 1}, ALIGN_START, STYLE_NORMAL, "%s",
                  digits_local(arena, str_of(here)).data);
}

/* Overlays stand over what is below them; the lowest screen that hides the rest is drawn first. */
static void draw_stack(struct app *app, struct screen *screen, struct box body)
{
    if (screen->type->overlay && screen->below)
        draw_stack(app, screen->below, body);
    screen->type->draw(app, screen, body);
}

static void draw(struct app *app)
{
    struct canvas *canvas = &app->canvas;
    int width, height;
    terminal_size(app->terminal, &width, &height);
    if (width != canvas->width || height != canvas->height)
        canvas_resize(canvas, width, height);
    canvas_clear(canvas);
    if (too_small(app)) {
        draw_too_small(app);
    } else {
        struct box body = {0, 0, canvas->width, canvas->height - footer_rows(app)};
        /* Drawing reads the database and may find something to say: the foot comes last. */
        draw_stack(app, app->top, body);
        footer_draw(app);
    }
    terminal_show(app->terminal, canvas);
    app->stale = false;
}

static void settle(struct app *app)
{
    app->unsettled = false; /* unless a screen could not keep what was typed */
    for (struct screen *screen = app->top; screen; screen = screen->below) {
        if (screen->type->settle)
            screen->type->settle(app, screen);
    }
}

/* What another program kept from being written is tried again. */
static void try_again(struct app *app)
{
    void (*again)(struct app *) = app->again;
    app->again = NULL;
    if (!again)
        return;
    again(app);
    app->stale = true;
}

/* What a press means: a command's key in this context, else what the screen makes of it. */
static void handle(struct app *app, const struct press *press)
{
    struct screen *top = app->top;
    enum context context = top->type->context(top);
    if (app->job) { /* the key is for that alone */
        if (press->kind != PRESS_MOUSE)
            many_stop(app);
        return;
    }
    bool typing = context == CONTEXT_PROMPT || context == CONTEXT_RESPOND;
    struct press key = typing ? *press : press_on_latin_layout(*press);
    if (!typing && live_was_meant_for_choice(app, &key))
        return;
    bool awaited = app->first_key.kind != PRESS_NONE, wants_other = false;
    const struct command *command =
        command_for_press(context, awaited ? &app->first_key : NULL, &key, &wants_other);
    app->first_key = wants_other ? key : (struct press){0};
    app->first_key.pasted = (struct str){0};
    app->unsettled = true;
    app->spreading = false;
    app->pressed_ms = moment_monotonic_ms();
    app->again = NULL; /* who presses a key no longer waits for the last one */
    if (press->kind != PRESS_MOUSE && !typing)
        app->message[0] = '\0';
    if (command)
        command_run(app, command, (struct str){0});
    else if (top->type->press && !wants_other && !awaited)
        top->type->press(app, top, press);
}

/* Whether work waits after a change of the database, a calendar or a promise. */
static bool is_behind(struct app *app)
{
    enum catch_up_kind kind;
    int64_t left;
    return catch_up_next(app->desk->store, &kind, &left, NULL) == OK && kind != CATCH_UP_NOTHING;
}

/* Does a little of it, as much as a key would hardly notice. Another who writes meanwhile goes
 * first. */
static void catch_up(struct app *app)
{
    enum { COMMENTS_AT_ONCE = 400 };
    struct error error;
    enum status status = catch_up_step(app->desk->store, COMMENTS_AT_ONCE, &error);
    app->behind = status == STATUS_BUSY || (status == OK && is_behind(app));
    if (!app->behind)
        app_refresh(app);
}

/* What there is to do while nobody presses a key. */
static void idle(struct app *app, int64_t *looked_ms)
{
    int64_t now_ms = moment_monotonic_ms();
    if (app->job) {
        many_step(app);
        return;
    }
    if (app->unsettled) {
        settle(app);
        app->stale = true;
    }
    if (store_version(app->desk->store) != app->version) {
        live_refresh(app);
        app->behind = app->behind || is_behind(app);
    } else if (now_ms - *looked_ms > LOOK_AGAIN_MS)
        app_refresh(app);
    else
        now_ms = *looked_ms;
    *looked_ms = now_ms;
    live_tell(app);
    try_again(app);
    if (app->behind)
        catch_up(app);
    if (moment_monotonic_ms() - app->pressed_ms >= CLAIM_REST_MS) {
        claims_rest(app);
        session_keep(app);
    }
}

/* Milliseconds until there is something to do without a press. */
static int patience(const struct app *app)
{
    int64_t rested_ms = moment_monotonic_ms() - app->pressed_ms;
    if (app->job && !app->job_waits)
        return 1;
    if (app->unsettled)
        return SETTLE_MS;
    if (app->behind || app->job)
        return BEHIND_MS;
    return rested_ms < CLAIM_REST_MS ? (int)(CLAIM_REST_MS - rested_ms) : WATCH_MS;
}

static void run(struct app *app)
{
    struct press press;
    int64_t looked_ms = app->pressed_ms = moment_monotonic_ms();
    app->stale = true;
    while (!app->leaving) {
        if (app->stale)
            draw(app);
        if (!terminal_wait(app->terminal, patience(app), &press)) {
            idle(app, &looked_ms);
            continue;
        }
        app->stale = true;
        if (press.kind == PRESS_HANGUP || press.kind == PRESS_TERMINATE)
            app->leaving = app->cut_off = true;
        else if (press.kind != PRESS_RESIZE && !too_small(app))
            handle(app, &press);
        else if (press.kind == PRESS_CHARACTER && press.codepoint == 'q')
            app->leaving = true;
    }
}

/* A stopped program reads nothing. */
static void before_stop(void *context)
{
    claims_release(context);
}

/* What was left open is said at the start: nobody should have to remember it. */
static void greet(struct app *app, bool asked)
{
    struct arena arena = {0};
    struct str text;
    char told[ERROR_BYTES];
    int64_t comment;
    const char *note = "", *drafts = "", *reviews = "", *looks = "";
    session_resume(app, asked, told);
    size_t count = respond_open_drafts(app);
    size_t waiting = role_may(app->desk->self.role, RIGHT_PUBLISH) ? respond_waiting(app) : 0;
    int64_t to_judge = role_may(app->desk->self.role, RIGHT_DECIDE) ? second_waiting_for(app) : 0;
    if (unfinished_find(app, annotate_note_draft, &arena, &comment, &text))
        note = arena_printf(
            &arena, _("You left a note on #%" PRId64 " unfinished: n goes on with it there."),
            comment);
    if (count > 0)
        drafts = arena_printf(&arena,
                              ngettext("You left %s response unfinished: D shows it",
                                       "You left %s responses unfinished: D shows them", count),
                              word_number(&arena, (int64_t)count).data);
    if (waiting > 0)
        reviews = arena_printf(&arena,
                               ngettext("%s response waits for your review: R shows it",
                                        "%s responses wait for your review: R shows them", waiting),
                               word_number(&arena, (int64_t)waiting).data);
    if (to_judge > 0)
        looks = arena_printf(&arena,
                             ngettext("%s comment waits for your second look: v shows it",
                                      "%s comments wait for your second look: v shows them",
                                      (unsigned long)to_judge),
                             word_number(&arena, to_judge).data);
    const char *const sentences[] = {told, note, drafts, reviews, looks};
    struct buffer all = {0};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        buffer_add(&all, str_of(all.size > 0 && sentences[i][0] ? "   " : ""));
        buffer_add(&all, str_of(sentences[i]));
    }
    if (all.size > 0)
        app_say(app, STYLE_HELD, "%s", buffer_text(&all));
    buffer_free(&all);
    arena_free(&arena);
}

enum status app_run(struct desk *desk, const struct app_options *options, struct error *error)
{
    struct app app = {.desk = desk, .spreading = true};
    struct terminal_options terminal = options->terminal;
    terminal.before_stop = before_stop;
    terminal.context = &app;
    store_set_busy_ms(desk->store, BUSY_MS);
    enum status status = read_catalog(&app, error);
    if (status == OK)
        status = log_last(desk->store, &app.seen_deed, error);
    if (status == OK)
        status = terminal_open(&app.terminal, &terminal, error);
    if (status == OK) {
        int width, height;
        terminal_size(app.terminal, &width, &height);
        canvas_init(&app.canvas, width, height);
        app.canvas.mirrored = language_now() == LANGUAGE_ARABIC;
        app.version = store_version(desk->store);
        app.behind = is_behind(&app);
        status = queue_screen_open(&app, options->consultation, error);
        if (status == OK) {
            greet(&app, options->consultation != NULL);
            run(&app);
            session_end(&app, !app.cut_off);
        }
        if (app.ended != OK)
            status = error_set(error, app.ended, "%s", app.message);
        many_free(&app);
        claims_release(&app);
        while (app.top)
            screen_pop(&app);
        terminal_close(app.terminal);
        canvas_free(&app.canvas);
    }
    arena_free(&app.catalog.arena);
    return status;
}
