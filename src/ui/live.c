/* Others' decisions: a line says who did what, and no key falls on a comment nobody has seen. */
#include "ui/live.h"

#include "base/moment.h"
#include "desk/within.h"
#include "ui/claims.h"
#include "ui/queue_screen.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    NEWS_AT_ONCE = 200, /* decisions read at once */
    READABLE_MS = 2500, /* how long a sentence stands before news takes its place */
    STARTLED_MS = 700,  /* how long after a move a key may be meant for what was there before */
};

void live_refresh(struct app *app)
{
    const struct comment_row *row = queue_model_current(&app->queue->model);
    int64_t id = row ? row->id : 0, revision = row ? row->revision : 0;
    struct error error;
    /* A person's right to be here, and their role, can end while they are. */
    app->ended = desk_look_again(app->desk, &error);
    app->leaving = app->leaving || app->ended != OK;
    if (!app_check(app, app->ended, &error))
        return;
    app_refresh(app);
    claims_verify(app);
    row = queue_model_current(&app->queue->model);
    app->news_waits = true;
    if (id != 0 && (!row || row->id != id || row->revision != revision)) {
        app->left = id;
        app->moved_ms = moment_monotonic_ms();
    }
}

bool live_just_moved(struct app *app)
{
    if (app->moved_ms == 0 || moment_monotonic_ms() - app->moved_ms > STARTLED_MS)
        return false;
    app_say(app, STYLE_HELD, _("What you were reading has just changed: look, then press again."));
    return true;
}

static void say_news(struct app *app, const struct news *news, size_t others, bool reading)
{
    char more[ERROR_BYTES] = "";
    struct error line;
    if (news->action == ACTION_UNDO)
        error_set(&line, OK, _("%.*s took back a decision on #%" PRId64), STR_FORMAT(news->name),
                  news->comment_id);
    else
        /* TRANSLATORS: who, what was done ("approved"), and the comment's number. */
        error_set(&line, OK, _("%.*s %s #%" PRId64), STR_FORMAT(news->name),
                  desk_word_done(news->action), news->comment_id);
    if (others > 0)
        snprintf(more, sizeof more,
                 ngettext(", and %zu more decision was made", ", and %zu more decisions were made",
                          others),
                 others);
    app_say(app, reading ? STYLE_HELD : STYLE_NORMAL, "%s%s%s", line.message,
            reading ? _(" while you were reading it") : "", more);
    if (reading)
        terminal_bell(app->terminal);
}

static bool is_readable_still(const struct app *app)
{
    return app->message[0] != '\0' && moment_monotonic_ms() - app->said_ms < READABLE_MS;
}

void live_tell(struct app *app)
{
    struct arena arena = {0};
    struct news *news;
    struct error error;
    size_t count, others = 0;
    const struct news *told = NULL;
    if (!app->news_waits)
        return;
    enum status status = news_since(app->desk->store, app->seen_decision, NEWS_AT_ONCE, &arena,
                                    &news, &count, &error);
    int64_t reading = app->responding ? app->responding : app->left;
    bool of_reading = false;
    for (size_t i = 0; app_check(app, status, &error) && i < count; i++) {
        if (news[i].moderator_id == app->desk->self.id)
            continue;
        others++;
        if (!of_reading)
            told = &news[i];
        of_reading = of_reading || news[i].comment_id == reading;
    }
    if (of_reading || !told || !is_readable_still(app)) {
        if (told)
            say_news(app, told, others - 1, of_reading);
        app->seen_decision = count > 0 ? news[count - 1].decision : app->seen_decision;
        app->news_waits = count == NEWS_AT_ONCE;
        app->left = 0;
    }
    arena_free(&arena);
}
