/* Others' deeds: a line says who did what, and no key falls on a comment nobody has seen. */
#include "ui/live.h"

#include "base/moment.h"
#include "desk/within.h"
#include "ui/claims.h"
#include "ui/queue_screen.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    NEWS_AT_ONCE = 200, /* deeds read at once */
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

bool live_was_meant_for_choice(const struct app *app, const struct press *press)
{
    return app->unopened_ms != 0 && moment_monotonic_ms() - app->unopened_ms < STARTLED_MS &&
           press->kind == PRESS_CHARACTER && press->codepoint >= '0' && press->codepoint <= '9';
}

/* How much it matters to this person, so that of many deeds the one that does is told. */
enum weight { WEIGHT_OTHER, WEIGHT_DECISION, WEIGHT_HANDED, WEIGHT_READING };

static enum weight weigh(const struct app *app, const struct news *news, int64_t reading)
{
    const struct moderator *self = &app->desk->self;
    if (news->comment_id == reading)
        return WEIGHT_READING;
    if (news->kind == NEWS_ASSIGNMENT &&
        (news->person_id == self->id || (news->agency != 0 && news->agency == self->agency_id)))
        return WEIGHT_HANDED;
    return news->kind == NEWS_DECISION ? WEIGHT_DECISION : WEIGHT_OTHER;
}

static void tell_decision(const struct news *news, struct error *line)
{
    if (news->action == ACTION_UNDO)
        error_set(line, OK, _("%.*s took back a decision on #%" PRId64), STR_FORMAT(news->name),
                  news->comment_id);
    else
        /* TRANSLATORS: who, what was done ("approved"), and the comment's number. */
        error_set(line, OK, _("%.*s %s #%" PRId64), STR_FORMAT(news->name),
                  desk_word_done(news->action), news->comment_id);
}

static void tell_assignment(const struct app *app, const struct news *news, struct error *line)
{
    struct str to = label_in(&news->about, language_code());
    if (news->person_id == app->desk->self.id)
        error_set(line, OK, _("%.*s handed #%" PRId64 " to you: m shows what is yours"),
                  STR_FORMAT(news->name), news->comment_id);
    else
        /* TRANSLATORS: who, the comment's number, and a person or an agency. */
        error_set(line, OK, _("%.*s handed #%" PRId64 " to %.*s"), STR_FORMAT(news->name),
                  news->comment_id, STR_FORMAT(to));
}

/* The deeds of which who did them and on what is all there is to say. */
static void tell_plainly(const struct news *news, struct error *line)
{
    struct str name = news->name;
    int64_t id = news->comment_id;
    switch (news->kind) {
    case NEWS_PROPOSAL_GONE:
        error_set(line, OK, _("%.*s: the proposal on #%" PRId64 " is gone"), STR_FORMAT(name), id);
        break;
    case NEWS_ASSIGNMENT_GONE:
        error_set(line, OK, _("%.*s took #%" PRId64 " back from who it was handed to"),
                  STR_FORMAT(name), id);
        break;
    case NEWS_RESPONSE_DRAFT:
        error_set(line, OK, _("%.*s: a response to #%" PRId64 " is being written"),
                  STR_FORMAT(name), id);
        break;
    case NEWS_RESPONSE_SUBMITTED:
        error_set(line, OK, _("%.*s submitted a response to #%" PRId64), STR_FORMAT(name), id);
        break;
    case NEWS_RESPONSE_PUBLISHED:
        error_set(line, OK, _("%.*s published a response to #%" PRId64), STR_FORMAT(name), id);
        break;
    default:
        error_set(line, OK, _("%.*s left a note on #%" PRId64), STR_FORMAT(name), id);
        break;
    }
}

static void put_into_words(const struct app *app, const struct news *news, struct error *line)
{
    struct str about = label_in(&news->about, language_code());
    if (news->kind == NEWS_DECISION)
        tell_decision(news, line);
    else if (news->kind == NEWS_PROPOSAL)
        /* TRANSLATORS: who, the comment's number, and what would be done ("approved"). */
        error_set(line, OK, _("%.*s proposes on #%" PRId64 ": %s"), STR_FORMAT(news->name),
                  news->comment_id, desk_word_done(news->action));
    else if (news->kind == NEWS_TAG)
        /* TRANSLATORS: who, the comment's number, and a tag's name. */
        error_set(line, OK, _("%.*s tagged #%" PRId64 ": %.*s"), STR_FORMAT(news->name),
                  news->comment_id, STR_FORMAT(about));
    else if (news->kind == NEWS_UNTAG)
        /* TRANSLATORS: who, the comment's number, and a tag's name. */
        error_set(line, OK, _("%.*s took a tag off #%" PRId64 ": %.*s"), STR_FORMAT(news->name),
                  news->comment_id, STR_FORMAT(about));
    else if (news->kind == NEWS_ASSIGNMENT)
        tell_assignment(app, news, line);
    else
        tell_plainly(news, line);
}

static void say_news(struct app *app, const struct news *news, size_t others, bool reading)
{
    char more[ERROR_BYTES] = "";
    struct error line;
    put_into_words(app, news, &line);
    if (others > 0)
        snprintf(more, sizeof more,
                 ngettext(", and %s thing more was done", ", and %s things more were done", others),
                 app_number(app, (int64_t)others));
    /* What is only added to a comment disturbs nobody who reads it. */
    bool startles = reading && (news->kind == NEWS_DECISION || news->kind == NEWS_RESPONSE_DRAFT ||
                                news->kind == NEWS_RESPONSE_SUBMITTED);
    app_say(app, startles ? STYLE_HELD : STYLE_NORMAL, "%s%s%s", line.message,
            reading ? _(" while you were reading it") : "", more);
    if (startles)
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
    enum weight heaviest = WEIGHT_OTHER;
    if (!app->news_waits)
        return;
    enum status status =
        news_since(app->desk->store, app->seen_deed, NEWS_AT_ONCE, &arena, &news, &count, &error);
    int64_t reading = app->responding ? app->responding
                      : app->left     ? app->left
                                      : queue_current(app);
    for (size_t i = 0; app_check(app, status, &error) && i < count; i++) {
        enum weight weight = weigh(app, &news[i], reading);
        if (news[i].moderator_id == app->desk->self.id)
            continue;
        others++;
        if (!told || weight >= heaviest) {
            told = &news[i];
            heaviest = weight;
        }
    }
    if (heaviest == WEIGHT_READING || !told || !is_readable_still(app)) {
        if (told)
            say_news(app, told, others - 1, heaviest == WEIGHT_READING);
        app->seen_deed = count > 0 ? news[count - 1].sequence : app->seen_deed;
        app->news_waits = count == NEWS_AT_ONCE;
        app->left = 0;
    }
    arena_free(&arena);
}
