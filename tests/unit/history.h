/* Random histories: comments that come, decisions, undos and answers over weeks, from a seed, so that
 * what is kept can be compared with what is counted anew. */
#ifndef TESTS_UNIT_HISTORY_H
#define TESTS_UNIT_HISTORY_H

#include "unit/store_support.h"

#include "base/buffer.h"

enum { HISTORY_PEOPLE = 5, HISTORY_DAYS = 50 };

struct history {
    struct fixture *fixture;
    int64_t at; /* Unix seconds; goes forward */
    int64_t people[HISTORY_PEOPLE];
    int64_t *comments;
    size_t count, capacity;
    bool letters; /* every other comment is one of a few letters that come again and again */
};

enum { HISTORY_LETTERS = 5 };

/* A letter as one of its senders sends it in, in the fixture's arena: of all there are, no two share a
 * word but the sender's. */
static inline struct str history_letter(struct fixture *fixture, uint32_t letter)
{
    enum { WORDS = 30 };
    struct buffer text = {0};
    for (int i = 0; i < WORDS; i++)
        buffer_printf(&text, "w%c%c ", 'a' + (int)letter, 'a' + i % 26 + i / 26);
    buffer_printf(&text, "sender%u", fixture_random(fixture, 1000));
    struct str copy = arena_copy(&fixture->arena, buffer_str(&text));
    buffer_free(&text);
    return copy;
}

/* Begins HISTORY_DAYS before FIXTURE_NOW. */
static inline void history_start(struct history *history, struct fixture *fixture)
{
    *history =
        (struct history){.fixture = fixture, .at = FIXTURE_NOW - (int64_t)HISTORY_DAYS * 86400};
    for (int i = 0; i < HISTORY_PEOPLE; i++) {
        struct moderator person = {
            .login = str_of(arena_printf(&fixture->arena, "person-%d", i)),
            .name = str_of("Person"),
            .role = ROLE_MODERATOR,
            .active = true,
        };
        must(fixture, moderator_add(fixture->store, &person, &fixture->error));
        history->people[i] = person.id;
    }
}

static inline void history_arrive(struct history *history)
{
    static const char *const languages[] = {"ar", "ar", "en", "en", "und", "fa"};
    static const char *const channels[] = {"web", "web", "app", "townhall"};
    struct fixture *fixture = history->fixture;
    struct comment comment = fixture_comment(
        fixture, (int)fixture_random(fixture, FIXTURE_CONSULTATIONS), str_of("words of a comment"));
    if (history->letters && fixture_random(fixture, 2) == 0)
        comment.body = history_letter(fixture, fixture_random(fixture, HISTORY_LETTERS));
    comment.language = str_of(languages[fixture_random(fixture, 6)]);
    comment.channel = str_of(channels[fixture_random(fixture, 4)]);
    comment.received_at = history->at;
    comment.submitted_at = history->at - fixture_random(fixture, 86400);
    if (history->count == history->capacity) {
        history->capacity = history->capacity ? 2 * history->capacity : 256;
        history->comments =
            realloc(history->comments, history->capacity * sizeof *history->comments);
        assert_non_null(history->comments);
    }
    history->comments[history->count++] = fixture_add(fixture, comment);
}

static inline int64_t history_any(struct history *history)
{
    return history->comments[fixture_random(history->fixture, (uint32_t)history->count)];
}

static inline enum comment_state history_state(struct history *history, int64_t id)
{
    struct fixture *fixture = history->fixture;
    struct comment comment;
    must(fixture,
         comment_read(fixture->store, id, 0, 0, &fixture->arena, &comment, &fixture->error));
    return comment.state;
}

/* Decides on a comment, in any way that changes its state. */
static inline void history_decide(struct history *history, int64_t comment)
{
    static const enum action actions[] = {ACTION_APPROVE, ACTION_REJECT, ACTION_SPAM, ACTION_HOLD,
                                          ACTION_ESCALATE};
    static const enum comment_state states[] = {STATE_APPROVED, STATE_REJECTED, STATE_SPAM,
                                                STATE_HELD, STATE_ESCALATED};
    struct fixture *fixture = history->fixture;
    enum comment_state from = history_state(history, comment);
    uint32_t way = fixture_random(fixture, 8) < 5 ? 0 : fixture_random(fixture, 5);
    if (states[way] == from)
        way = (way + 1) % 5;
    struct decision decision = {
        .comment_id = comment,
        .moderator_id = history->people[fixture_random(fixture, HISTORY_PEOPLE)],
        .action = actions[way],
        .from_state = from,
        .to_state = states[way],
        .reason_id =
            actions[way] == ACTION_REJECT ? fixture->reasons[fixture_random(fixture, 2)] : 0,
        .decided_at = history->at,
    };
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
}

/* Takes back the latest decision on a comment, where it is not an undo itself. */
static inline void history_undo(struct history *history, int64_t comment)
{
    struct fixture *fixture = history->fixture;
    struct decision latest;
    enum status status =
        decision_latest(fixture->store, comment, &fixture->arena, &latest, &fixture->error);
    if (status == STATUS_EMPTY || latest.action == ACTION_UNDO)
        return;
    must(fixture, status);
    struct decision undo = {
        .comment_id = comment,
        .moderator_id = history->people[fixture_random(fixture, HISTORY_PEOPLE)],
        .action = ACTION_UNDO,
        .from_state = latest.to_state,
        .to_state = latest.from_state,
        .undoes_id = latest.id,
        .decided_at = history->at,
    };
    must(fixture, decision_add(fixture->store, &undo, &fixture->error));
}

/* Writes a response, and sometimes submits and publishes it. */
static inline void history_answer(struct history *history, int64_t comment)
{
    struct fixture *fixture = history->fixture;
    uint32_t far = fixture_random(fixture, 3);
    struct response response = {
        .comment_id = comment,
        .agency_id = fixture->agencies[0],
        .author_id = history->people[fixture_random(fixture, HISTORY_PEOPLE)],
        .language = str_of("en"),
        .body = str_of("an answer"),
        .state = far == 0 ? RESPONSE_SUBMITTED : RESPONSE_PUBLISHED,
        .created_at = history->at - 600,
        .changed_at = history->at,
        .submitted_at = history->at - 300,
        .published_at = far == 0 ? 0 : history->at,
    };
    response.reviewer_id = far == 0 ? 0 : history->people[0];
    must(fixture, response_write(fixture->store, &response, response.author_id, &fixture->error));
}

/* So many random deeds, in one transaction, spread over the days that are left until FIXTURE_NOW. */
static inline void history_go_on(struct history *history, int deeds)
{
    struct fixture *fixture = history->fixture;
    int64_t step = (FIXTURE_NOW - history->at) / deeds;
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int i = 0; i < deeds; i++) {
        uint32_t deed = fixture_random(fixture, 100);
        history->at += fixture_random(fixture, (uint32_t)(2 * step + 1));
        if (history->at >= FIXTURE_NOW)
            history->at = FIXTURE_NOW - 1;
        if (deed < 45 || history->count == 0)
            history_arrive(history);
        else if (deed < 85)
            history_decide(history, history_any(history));
        else if (deed < 95)
            history_undo(history, history_any(history));
        else
            history_answer(history, history_any(history));
    }
    must(fixture, store_commit(fixture->store, &fixture->error));
}

static inline void history_end(struct history *history)
{
    free(history->comments);
}

#endif
