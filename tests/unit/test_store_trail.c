/* The trail of decisions and the counts that follow it: nothing is taken back from it, and what is
 * kept agrees with what can be counted, whatever happens in whatever order. */
#include "unit/store_support.h"

#include "base/moment.h"
#include "store/statistics.h"

/* Statements that the schema must refuse, each tried by itself. */
static void refuses(struct fixture *fixture, const char *sql, const char *part)
{
    assert_int_equal(store_execute(fixture->store, sql, &fixture->error), STATUS_STORE);
    must_say(fixture, part);
}

static struct decision decision_of(struct fixture *fixture, int64_t comment, enum action action,
                                   enum comment_state from, enum comment_state to)
{
    return (struct decision){.comment_id = comment,
                             .moderator_id = fixture->moderators[0],
                             .action = action,
                             .from_state = from,
                             .to_state = to,
                             .reason_id = action == ACTION_REJECT ? fixture->reasons[0] : 0,
                             .decided_at = FIXTURE_NOW};
}

static struct comment read_comment(struct fixture *fixture, int64_t id)
{
    struct comment comment;
    must(fixture,
         comment_read(fixture->store, id, 0, 0, &fixture->arena, &comment, &fixture->error));
    return comment;
}

static void the_trail_is_only_added_to(void **state)
{
    struct fixture *fixture = *state;
    int64_t comment = fixture_add_text(fixture, "words");
    struct decision decision =
        decision_of(fixture, comment, ACTION_APPROVE, STATE_PENDING, STATE_APPROVED);
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
    refuses(fixture, "DELETE FROM decision", "never deleted");
    refuses(fixture, "UPDATE decision SET note = 'x'", "never changed");
    refuses(fixture, "UPDATE OR IGNORE decision SET id = 9", "never changed");
    refuses(fixture,
            "INSERT OR REPLACE INTO decision (id, comment_id, moderator_id, action, from_state,"
            " to_state, decided_at) VALUES (1, 1, 1, 'hold', 'approved', 'held', 0)",
            "never replaced");
    refuses(fixture,
            "INSERT INTO decision (comment_id, moderator_id, action, from_state, to_state,"
            " decided_at) VALUES (1, 1, 'hold', 'pending', 'held', 0)",
            "starts from");
    refuses(fixture,
            "INSERT INTO decision (comment_id, moderator_id, action, from_state, to_state,"
            " undoes_id, decided_at) VALUES (1, 1, 'undo', 'approved', 'spam', 1, 0)",
            "an undo goes back");
    refuses(fixture,
            "INSERT INTO decision (comment_id, moderator_id, action, from_state, to_state,"
            " decided_at) VALUES (1, 1, 'undo', 'approved', 'pending', 0)",
            "");
    refuses(fixture,
            "INSERT INTO decision (comment_id, moderator_id, action, from_state, to_state,"
            " decided_at) VALUES (1, 1, 'reject', 'approved', 'rejected', 0)",
            "CHECK");
    refuses(fixture, "DELETE FROM comment", "FOREIGN KEY");
    refuses(fixture, "UPDATE comment SET consultation_id = 2", "keeps its consultation");
    refuses(fixture, "UPDATE comment SET state = 'gone'", "CHECK");
    assert_int_equal(ask(fixture, "SELECT count(*) FROM decision"), 1);
    assert_int_equal(fixture_faults(fixture), 0);
}

static void a_comment_follows_its_decisions(void **state)
{
    struct fixture *fixture = *state;
    int64_t comment = fixture_add_text(fixture, "words");
    struct decision first = decision_of(fixture, comment, ACTION_HOLD, STATE_PENDING, STATE_HELD);
    struct decision second =
        decision_of(fixture, comment, ACTION_REJECT, STATE_HELD, STATE_REJECTED);
    second.decided_at++;
    must(fixture, decision_add(fixture->store, &first, &fixture->error));
    must(fixture, decision_add(fixture->store, &second, &fixture->error));
    assert_int_equal(read_comment(fixture, comment).state, STATE_REJECTED);
    assert_int_equal(read_comment(fixture, comment).revision, 3);
    assert_int_equal(ask(fixture, "SELECT first_decided_at FROM comment"), FIXTURE_NOW);
    struct decision undo = decision_of(fixture, comment, ACTION_UNDO, STATE_REJECTED, STATE_HELD);
    undo.undoes_id = second.id;
    must(fixture, decision_add(fixture->store, &undo, &fixture->error));
    assert_int_equal(ask(fixture, "SELECT first_decided_at FROM comment"), FIXTURE_NOW);
    struct decision last = decision_of(fixture, comment, ACTION_UNDO, STATE_HELD, STATE_PENDING);
    last.undoes_id = first.id;
    must(fixture, decision_add(fixture->store, &last, &fixture->error));
    assert_int_equal(ask(fixture, "SELECT first_decided_at IS NULL FROM comment"), 1);
    assert_int_equal(read_comment(fixture, comment).state, STATE_PENDING);
    assert_int_equal(read_comment(fixture, comment).revision, 5);
    struct decision read;
    assert_int_equal(decision_latest_by(fixture->store, fixture->moderators[0], 0, &fixture->arena,
                                        &read, &fixture->error),
                     STATUS_EMPTY);
    must(fixture,
         decision_latest(fixture->store, comment, &fixture->arena, &read, &fixture->error));
    assert_int_equal(read.undoes_id, first.id);
    must(fixture,
         decision_read(fixture->store, second.id, &fixture->arena, &read, &fixture->error));
    assert_int_equal(read.reason_id, fixture->reasons[0]);
    last.undoes_id = second.id;
    assert_int_not_equal(decision_add(fixture->store, &last, &fixture->error), OK);
    assert_int_equal(fixture_faults(fixture), 0);
}

static void a_batch_is_named_by_its_first(void **state)
{
    struct fixture *fixture = *state;
    int64_t batch = BATCH_NEW, ids[3];
    for (int i = 0; i < 3; i++) {
        int64_t comment = fixture_add_text(fixture, "words");
        struct decision decision =
            decision_of(fixture, comment, ACTION_SPAM, STATE_PENDING, STATE_SPAM);
        decision.batch = batch;
        must(fixture, decision_add(fixture->store, &decision, &fixture->error));
        batch = decision.batch;
        ids[i] = decision.id;
    }
    struct decision *decisions;
    size_t count;
    int64_t last;
    must(fixture, decision_batch(fixture->store, ids[0], 0, 100, &fixture->arena, &decisions,
                                 &count, &fixture->error));
    assert_int_equal(count, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(decisions[i].id, ids[2 - i]);
    must(fixture, decision_last_id(fixture->store, &last, &fixture->error));
    assert_int_equal(last, ids[2]);
}

/* --- Random histories --- */

enum { HISTORY_STEPS = 1500, HISTORY_COMMENTS = 60 };

struct history {
    struct fixture *fixture;
    int64_t comments[HISTORY_COMMENTS];
    int64_t now;
};

static void decide_at_random(struct history *history, int64_t comment)
{
    static const struct {
        enum action action;
        enum comment_state state;
    } ways[] = {{ACTION_APPROVE, STATE_APPROVED},
                {ACTION_REJECT, STATE_REJECTED},
                {ACTION_SPAM, STATE_SPAM},
                {ACTION_HOLD, STATE_HELD},
                {ACTION_ESCALATE, STATE_ESCALATED}};
    struct fixture *fixture = history->fixture;
    uint32_t way = fixture_random(fixture, 5);
    struct decision decision = decision_of(fixture, comment, ways[way].action,
                                           read_comment(fixture, comment).state, ways[way].state);
    decision.moderator_id = fixture->moderators[fixture_random(fixture, 2)];
    if (decision.reason_id)
        decision.reason_id = fixture->reasons[fixture_random(fixture, 2)];
    decision.decided_at = history->now;
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
}

/* Takes back the decision that the comment's state comes from, if one stands. */
static void undo_at_random(struct history *history, int64_t comment)
{
    struct fixture *fixture = history->fixture;
    struct event *events;
    size_t count;
    struct decision standing = {.id = 0};
    must(fixture, comment_history(fixture->store, comment, &fixture->arena, &events, &count,
                                  &fixture->error));
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind == EVENT_DECISION && !events[i].undone && !events[i].undoes_id &&
            events[i].id > standing.id)
            standing.id = events[i].id;
    }
    if (standing.id == 0)
        return;
    must(fixture,
         decision_read(fixture->store, standing.id, &fixture->arena, &standing, &fixture->error));
    struct decision undo =
        decision_of(fixture, comment, ACTION_UNDO, standing.to_state, standing.from_state);
    undo.undoes_id = standing.id;
    undo.decided_at = history->now;
    must(fixture, decision_add(fixture->store, &undo, &fixture->error));
}

/* Writes, publishes, withdraws or deletes a response. */
static void respond_at_random(struct history *history, int64_t comment)
{
    struct fixture *fixture = history->fixture;
    struct response *responses;
    size_t count;
    must(fixture, response_list(fixture->store, comment, &fixture->arena, &responses, &count,
                                &fixture->error));
    if (count < 3) {
        struct response response = {.comment_id = comment,
                                    .agency_id = fixture->agencies[0],
                                    .author_id = fixture->moderators[0],
                                    .language = str_of("en"),
                                    .body = str_of("answer"),
                                    .state = RESPONSE_SUBMITTED,
                                    .created_at = history->now,
                                    .changed_at = history->now};
        if (fixture_random(fixture, 2))
            response.state = RESPONSE_PUBLISHED;
        must(fixture,
             response_write(fixture->store, &response, fixture->moderators[0], &fixture->error));
        return;
    }
    struct response *one = &responses[fixture_random(fixture, (uint32_t)count)];
    if (fixture_random(fixture, 2)) {
        must(fixture, response_delete(fixture->store, one->id, fixture->moderators[0], FIXTURE_NOW,
                                      &fixture->error));
        return;
    }
    one->state = one->state == RESPONSE_PUBLISHED ? RESPONSE_SUBMITTED : RESPONSE_PUBLISHED;
    must(fixture, response_write(fixture->store, one, fixture->moderators[0], &fixture->error));
}

static void play(struct history *history)
{
    struct fixture *fixture = history->fixture;
    for (int i = 0; i < HISTORY_COMMENTS; i++) {
        struct comment comment = fixture_comment(
            fixture, (int)fixture_random(fixture, FIXTURE_CONSULTATIONS), str_of("words"));
        comment.received_at = FIXTURE_NOW + fixture_random(fixture, 40) * 1000;
        history->comments[i] = fixture_add(fixture, comment);
    }
    for (int step = 0; step < HISTORY_STEPS; step++) {
        int64_t comment = history->comments[fixture_random(fixture, HISTORY_COMMENTS)];
        history->now += fixture_random(fixture, 1200);
        uint32_t what = fixture_random(fixture, 10);
        if (what < 5)
            decide_at_random(history, comment);
        else if (what < 8)
            undo_at_random(history, comment);
        else
            respond_at_random(history, comment);
        /* Most of a history goes by in one transaction, and some of it never happened. */
        if (step % 100 == 50)
            must(fixture, store_begin(fixture->store, &fixture->error));
        else if (step % 100 == 90 && fixture_random(fixture, 2))
            store_rollback(fixture->store);
        else if (step % 100 == 99 && !sqlite3_get_autocommit(fixture->store->database))
            must(fixture, store_commit(fixture->store, &fixture->error));
    }
}

/* What the kept counts say, counted here from the rows themselves. */
static void check_statistics(struct history *history)
{
    struct fixture *fixture = history->fixture;
    struct consultation_statistics *rows;
    struct moderator_statistics *moderators;
    size_t count, reasons;
    int64_t today = moment_day_start(history->now), arrived = 0, answered = 0, decided = 0;
    must(fixture, statistics_consultations(fixture->store, history->now, today, &fixture->arena,
                                           &rows, &count, &fixture->error));
    assert_int_equal(count, FIXTURE_CONSULTATIONS);
    for (size_t i = 0; i < count; i++) {
        arrived += rows[i].arrived;
        answered += rows[i].answered;
        const char *sql = arena_printf(&fixture->arena,
                                       "SELECT count(*) FROM comment WHERE consultation_id = %lld"
                                       " AND state IN ('pending', 'held', 'escalated')",
                                       (long long)rows[i].consultation_id);
        assert_int_equal(rows[i].waiting, ask(fixture, sql));
    }
    assert_int_equal(arrived, HISTORY_COMMENTS);
    assert_int_equal(answered, ask(fixture, "SELECT count(DISTINCT comment_id) FROM response"
                                            " WHERE state = 'published'"));
    must(fixture, statistics_moderators(fixture->store, &fixture->arena, &moderators, &count,
                                        &reasons, &fixture->error));
    assert_int_equal(count, 2);
    assert_int_equal(reasons, 2);
    assert_true(moderators[0].decisions >= moderators[1].decisions);
    int64_t undone = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t sum = 0;
        for (int action = 0; action < ACTION_COUNT; action++)
            sum += moderators[i].by_action[action];
        assert_int_equal(sum, moderators[i].decisions);
        assert_int_equal(moderators[i].by_reason[0] + moderators[i].by_reason[1],
                         moderators[i].by_action[ACTION_REJECT]);
        decided += sum;
        undone += moderators[i].undone;
    }
    assert_int_equal(undone, ask(fixture, "SELECT count(*) FROM decision WHERE action = 'undo'"));
    assert_int_equal(decided, ask(fixture, "SELECT count(*) FROM decision AS d WHERE action <>"
                                           " 'undo' AND NOT EXISTS (SELECT 1 FROM decision AS u"
                                           " WHERE u.undoes_id = d.id)"));
}

static void counts_agree_with_any_history(void **state)
{
    struct history history = {.fixture = *state, .now = FIXTURE_NOW + 50000};
    play(&history);
    assert_true(ask(history.fixture, "SELECT count(*) FROM decision") > HISTORY_STEPS / 4);
    assert_int_equal(fixture_faults(history.fixture), 0);
    check_statistics(&history);
}

static void the_median_is_the_middle_wait(void **state)
{
    struct fixture *fixture = *state;
    static const int64_t waits[] = {500, 10, 70, 30};
    static const int64_t medians[] = {500, 255, 70, 50};
    struct consultation_statistics *rows;
    size_t count;
    must(fixture, statistics_consultations(fixture->store, FIXTURE_NOW, FIXTURE_NOW,
                                           &fixture->arena, &rows, &count, &fixture->error));
    assert_int_equal(rows[0].median_wait, -1);
    assert_int_equal(rows[0].oldest_waiting, -1);
    for (int i = 0; i < 4; i++) {
        struct comment comment = fixture_comment(fixture, 0, str_of("words"));
        comment.received_at = FIXTURE_NOW - waits[i];
        int64_t id = fixture_add(fixture, comment);
        struct decision decision =
            decision_of(fixture, id, ACTION_APPROVE, STATE_PENDING, STATE_APPROVED);
        must(fixture, decision_add(fixture->store, &decision, &fixture->error));
        must(fixture, statistics_consultations(fixture->store, FIXTURE_NOW, FIXTURE_NOW - 86400,
                                               &fixture->arena, &rows, &count, &fixture->error));
        assert_int_equal(rows[0].median_wait, medians[i]);
        assert_int_equal(rows[0].decided_today, i + 1);
        assert_int_equal(rows[0].decided_week, i + 1);
    }
}

static void days_hold_what_came_and_was_decided(void **state)
{
    struct fixture *fixture = *state;
    int64_t starts[STATISTICS_DAYS + 1];
    struct day_statistics days[STATISTICS_DAYS];
    const int64_t start = FIXTURE_NOW - FIXTURE_NOW % 86400;
    for (int i = 0; i <= STATISTICS_DAYS; i++)
        starts[i] = start + (i - STATISTICS_DAYS + 1) * 86400;
    for (int i = 0; i < STATISTICS_DAYS; i++) {
        for (int j = 0; j < i % 4; j++) {
            struct comment comment = fixture_comment(fixture, j, str_of("words"));
            comment.received_at = starts[i] + j * 28799;
            int64_t id = fixture_add(fixture, comment);
            struct decision decision =
                decision_of(fixture, id, ACTION_APPROVE, STATE_PENDING, STATE_APPROVED);
            decision.decided_at = starts[i + 1] - 1;
            if (j == 0)
                must(fixture, decision_add(fixture->store, &decision, &fixture->error));
        }
    }
    must(fixture, statistics_days(fixture->store, starts, days, &fixture->error));
    for (int i = 0; i < STATISTICS_DAYS; i++) {
        assert_int_equal(days[i].start, starts[i]);
        assert_int_equal(days[i].arrived, i % 4);
        assert_int_equal(days[i].decided, i % 4 > 0);
    }
}

/* --- What the check finds --- */

static void the_check_finds_each_fault(void **state)
{
    struct fixture *fixture = *state;
    static const char *const faults[] = {
        "UPDATE comment SET state = 'spam' WHERE id = 1",
        "UPDATE comment SET first_decided_at = 1 WHERE id = 2",
        "UPDATE comment SET revision = 1 WHERE id = 1",
        "UPDATE comment_count SET count = count + 1 WHERE state = 'pending'",
        "DELETE FROM arrival_count",
        "INSERT INTO decision_count VALUES (1, 1, 5, 'hold', 0, 1)",
        "INSERT INTO answer_count VALUES (1, 1)",
        "UPDATE comment SET body = 'other words' WHERE id = 2",
        "PRAGMA foreign_keys = OFF; DELETE FROM moderator WHERE id = 1",
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        int64_t comment = fixture_add_text(fixture, "words");
        fixture_add_text(fixture, "more words");
        struct decision decision =
            decision_of(fixture, comment, ACTION_APPROVE, STATE_PENDING, STATE_APPROVED);
        must(fixture, decision_add(fixture->store, &decision, &fixture->error));
        assert_int_equal(fixture_faults(fixture), 0);
        run_sql(fixture, faults[i]);
        if (fixture_faults(fixture) == 0)
            fail_msg("not found: %s", faults[i]);
        /* Each fault has a database of its own. */
        fixture_close(state);
        fixture_open(state);
        fixture = *state;
    }
}

static void a_history_is_in_time_order(void **state)
{
    struct fixture *fixture = *state;
    int64_t comment = fixture_add_text(fixture, "words"), note;
    bool changed;
    struct decision decision =
        decision_of(fixture, comment, ACTION_REJECT, STATE_PENDING, STATE_REJECTED);
    decision.note = str_of("see the rules");
    decision.decided_at = 10;
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
    must(fixture, comment_tag_add(fixture->store, comment, fixture->tags[1], fixture->moderators[1],
                                  5, &changed, &fixture->error));
    assert_true(changed);
    must(fixture, comment_tag_add(fixture->store, comment, fixture->tags[1], fixture->moderators[0],
                                  6, &changed, &fixture->error));
    assert_false(changed);
    must(fixture, note_add(fixture->store, comment, fixture->moderators[1],
                           (struct str){"a\0note", 6}, 7, &note, &fixture->error));
    struct response response = {.comment_id = comment,
                                .agency_id = fixture->agencies[0],
                                .author_id = fixture->moderators[0],
                                .reviewer_id = fixture->moderators[1],
                                .language = str_of("en"),
                                .body = str_of("answer"),
                                .state = RESPONSE_PUBLISHED,
                                .created_at = 8,
                                .changed_at = 20,
                                .submitted_at = 12,
                                .published_at = 20};
    must(fixture,
         response_write(fixture->store, &response, fixture->moderators[0], &fixture->error));
    struct event *events;
    size_t count;
    must(fixture, comment_history(fixture->store, comment, &fixture->arena, &events, &count,
                                  &fixture->error));
    static const enum event_kind kinds[] = {
        EVENT_ARRIVED,           EVENT_TAG,      EVENT_NOTE,
        EVENT_RESPONSE_DRAFT,    EVENT_DECISION, EVENT_RESPONSE_SUBMITTED,
        EVENT_RESPONSE_PUBLISHED};
    assert_int_equal(count, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(events[i].kind, kinds[i]);
    assert_true(str_equal(events[0].who, str_of("Sara")));
    assert_true(str_equal(events[1].slug, str_of("safety")));
    assert_true(str_equal(events[2].body, (struct str){"a\0note", 6}));
    assert_true(str_equal(events[4].slug, str_of("insult")));
    assert_true(str_equal(events[4].body, str_of("see the rules")));
    assert_int_equal(events[4].to_state, STATE_REJECTED);
    assert_true(str_equal(events[5].who, str_of("khalid")));
    assert_true(str_equal(events[6].who, str_of("noora")));
    must(fixture,
         comment_tag_remove(fixture->store, comment, fixture->tags[1], fixture->moderators[0],
                            FIXTURE_NOW, &changed, &fixture->error));
    assert_true(changed);
    must(fixture,
         comment_tag_remove(fixture->store, comment, fixture->tags[1], fixture->moderators[0],
                            FIXTURE_NOW, &changed, &fixture->error));
    assert_false(changed);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_trail_is_only_added_to),    TEST(a_comment_follows_its_decisions),
        TEST(a_batch_is_named_by_its_first), TEST(counts_agree_with_any_history),
        TEST(the_median_is_the_middle_wait), TEST(days_hold_what_came_and_was_decided),
        TEST(the_check_finds_each_fault),    TEST(a_history_is_in_time_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
