/* The trail: what is recorded, and that nothing of it can be changed, removed or inserted unseen. */
#include "unit/store_support.h"

#include "base/moment.h"
#include "store/figures.h"
#include "store/log.h"
#include "store/schema.h"
#include "store/team.h"

/* The sentences of a check, joined. */
static void keep(void *context, const char *sentence)
{
    struct fixture *fixture = context;
    struct error before = fixture->error;
    error_set(&fixture->error, OK, "%s%s|", before.message, sentence);
}

/* Checks against a published head (or NULL); what is found is said in the fixture's error. */
static int64_t faults_against(struct fixture *fixture, const char *head)
{
    int64_t faults = -1;
    struct error failure;
    fixture->error.message[0] = '\0';
    assert_int_equal(store_check(fixture->store, str_of(head), keep, fixture, &faults, &failure),
                     OK);
    return faults;
}

static void change_behind(struct fixture *fixture, const char *sql)
{
    run_sql(fixture, "DROP TRIGGER log_is_kept; DROP TRIGGER log_stays; DROP TRIGGER log_follows;"
                     "DROP TRIGGER decision_stays; DROP TRIGGER decision_is_kept");
    run_sql(fixture, sql);
}

static int64_t add_decision(struct fixture *fixture)
{
    struct decision decision = {.comment_id = fixture_add_text(fixture, "Widen the road"),
                                .moderator_id = fixture->moderators[0],
                                .action = ACTION_APPROVE,
                                .to_state = STATE_APPROVED,
                                .note = str_of("a \"note\"\n"),
                                .decided_at = FIXTURE_NOW};
    must(fixture, store_begin(fixture->store, &fixture->error));
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    return decision.id;
}

/* Three decisions, so that each row has others around it. */
static void add_decisions(struct fixture *fixture)
{
    for (int i = 0; i < 3; i++)
        add_decision(fixture);
    assert_int_equal(faults_against(fixture, NULL), 0);
}

static struct log_row head(struct fixture *fixture)
{
    struct log_row row;
    must(fixture, log_head(fixture->store, &fixture->arena, &row, &fixture->error));
    return row;
}

static void the_hash_is_that_of_the_manual(void **state)
{
    struct fixture *fixture = *state;
    struct log_row first;
    struct log_row *rows;
    size_t count;
    add_decisions(fixture);
    must(fixture, log_page(fixture->store, 0, INT64_MIN, 1, &fixture->arena, &rows, &count,
                           &fixture->error));
    first = rows[0];
    assert_true(str_equal(first.kind, str_of("begin")));
    /* Made by another program: sha256sum, of the text that the manual describes. */
    const char *command =
        arena_printf(&fixture->arena, "printf '\\n1\\n%lld\\n\\nbegin\\n\\n%.*s' | sha256sum",
                     (long long)first.at, STR_FORMAT(first.what));
    FILE *pipe = popen(command, "r");
    char digits[LOG_HASH_SIZE + 1] = "";
    assert_int_equal(fread(digits, 1, LOG_HASH_SIZE, pipe), LOG_HASH_SIZE);
    pclose(pipe);
    assert_true(str_equal(first.hash, str_of(digits)));
}

static void each_deed_is_a_row(void **state)
{
    struct fixture *fixture = *state;
    bool changed;
    int64_t id, comment = fixture_add_text(fixture, "one"), before = head(fixture).sequence;
    struct response response = {.comment_id = comment,
                                .agency_id = fixture->agencies[0],
                                .author_id = fixture->moderators[0],
                                .body = str_of("Thank you"),
                                .created_at = FIXTURE_NOW};
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int again = 0; again < 2; again++)
        must(fixture,
             comment_tag_add(fixture->store, comment, fixture->tags[0], fixture->moderators[0],
                             FIXTURE_NOW, &changed, &fixture->error));
    assert_int_equal(head(fixture).sequence, before + 1);
    must(fixture,
         comment_tag_remove(fixture->store, comment, fixture->tags[0], fixture->moderators[1],
                            FIXTURE_NOW, &changed, &fixture->error));
    assert_int_equal(head(fixture).moderator_id, fixture->moderators[1]);
    must(fixture, note_add(fixture->store, comment, fixture->moderators[0], str_of("see \xff"),
                           FIXTURE_NOW, &id, &fixture->error));
    must(fixture,
         response_write(fixture->store, &response, fixture->moderators[0], &fixture->error));
    assert_int_equal(head(fixture).sequence, before + 4);
    response.body = str_of("Thank you very much");
    must(fixture,
         response_write(fixture->store, &response, fixture->moderators[0], &fixture->error));
    assert_int_equal(head(fixture).sequence, before + 4);
    response.state = RESPONSE_SUBMITTED;
    must(fixture,
         response_write(fixture->store, &response, fixture->moderators[0], &fixture->error));
    must(fixture, response_delete(fixture->store, response.id, fixture->moderators[0], FIXTURE_NOW,
                                  &fixture->error));
    assert_int_equal(head(fixture).sequence, before + 6);
    struct moderator moderator = {.login = str_of("khalid"), .role = ROLE_SUPERVISOR};
    must(fixture, moderator_add(fixture->store, &moderator, &fixture->error));
    assert_true(str_equal(head(fixture).kind, str_of("moderator")));
    must(fixture, store_commit(fixture->store, &fixture->error));
    assert_int_equal(faults_against(fixture, NULL), 0);
}

static void what_is_rolled_back_leaves_no_row(void **state)
{
    struct fixture *fixture = *state;
    int64_t id, before = head(fixture).sequence, comment = fixture_add_text(fixture, "one");
    must(fixture, store_begin(fixture->store, &fixture->error));
    must(fixture, note_add(fixture->store, comment, fixture->moderators[0], str_of("x"),
                           FIXTURE_NOW, &id, &fixture->error));
    store_rollback(fixture->store);
    assert_int_equal(head(fixture).sequence, before);
}

static void a_row_is_only_added(void **state)
{
    struct fixture *fixture = *state;
    static const char *const attempts[] = {
        "DELETE FROM log WHERE sequence = 1", "UPDATE log SET at = 0",
        "INSERT OR REPLACE INTO log SELECT * FROM log WHERE sequence = 2",
        ("INSERT INTO log SELECT sequence + 1000, at, moderator_id, kind, subject_id, what, hash"
         " FROM log")};
    add_decisions(fixture);
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        assert_int_equal(store_execute(fixture->store, attempts[i], &fixture->error), STATUS_STORE);
}

/* The row of the second decision. */
#define SECOND "(SELECT sequence FROM log WHERE kind = 'decision' AND subject_id = 2)"

/* A sentence that begins with a colon is of the row of the second decision. */
static void finds(struct fixture *fixture, const char *sql, const char *said)
{
    add_decisions(fixture);
    int64_t second = ask(fixture, "SELECT " SECOND);
    change_behind(fixture, sql);
    assert_true(faults_against(fixture, NULL) > 0);
    const char *row = arena_printf(&fixture->arena, "log %lld: ", (long long)second);
    must_say(fixture, said[0] == ':' ? arena_printf(&fixture->arena, "%s%s", row, said + 1) : said);
}

static void a_changed_row_is_found(void **state)
{
    finds(*state, "UPDATE log SET at = at + 1 WHERE sequence = " SECOND,
          ":the row is not as it was written");
}

static void a_removed_row_is_found(void **state)
{
    finds(*state, "DELETE FROM log WHERE sequence = " SECOND, ":the row is missing");
}

static void an_inserted_row_is_found(void **state)
{
    finds(*state,
          "UPDATE log SET sequence = -sequence WHERE sequence >= " SECOND ";"
          "UPDATE log SET sequence = 1 - sequence WHERE sequence < 0;"
          "INSERT INTO log SELECT sequence + 1, at, moderator_id, kind, subject_id, what, hash"
          " FROM log WHERE subject_id = 1 AND kind = 'decision'",
          ":the row is not as it was written");
}

static void a_changed_decision_is_found(void **state)
{
    finds(*state, "UPDATE decision SET note = 'other' WHERE id = 2",
          "decision 2: it is not what the log says");
}

static void a_decision_without_a_row_is_found(void **state)
{
    finds(*state,
          "INSERT INTO decision (comment_id, moderator_id, action, from_state, to_state,"
          " decided_at) SELECT id, 1, 'spam', state, 'spam', 5 FROM comment LIMIT 1",
          "decision 4: it is not what the log says");
}

static void a_role_taken_behind_the_log_is_found(void **state)
{
    finds(*state, "UPDATE moderator SET role = 'operator' WHERE id = 1",
          "moderator 1: it is not what the log says");
}

static void a_published_head_shows_that_the_end_was_cut_off(void **state)
{
    struct fixture *fixture = *state;
    add_decisions(fixture);
    const char *published = arena_printf(&fixture->arena, "%.*s", STR_FORMAT(head(fixture).hash));
    assert_int_equal(faults_against(fixture, published), 0);
    add_decision(fixture);
    assert_int_equal(faults_against(fixture, published), 0);
    change_behind(fixture, "DELETE FROM log WHERE sequence >= " SECOND ";"
                           "DELETE FROM decision WHERE id >= 2;"
                           "UPDATE comment SET state = 'pending', first_decided_at = NULL"
                           " WHERE id >= 2; UPDATE decision_count SET count = 1");
    must(fixture, figures_recount(fixture->store, &fixture->error));
    assert_int_equal(faults_against(fixture, NULL), 0);
    assert_int_equal(faults_against(fixture, published), 1);
    must_say(fixture, "published head");
}

/* What is added to a comment, as the desk would have it written, today. */
static void add_deeds(struct fixture *fixture)
{
    bool changed;
    int64_t now = moment_now(), self = fixture->moderators[0];
    int64_t comment = fixture_add_text(fixture, "Plant trees"), id;
    struct assignment assignment = {.comment_id = comment,
                                    .agency_id = fixture->agencies[0],
                                    .assigned_by = self,
                                    .assigned_at = now};
    struct response response = {.comment_id = comment,
                                .agency_id = fixture->agencies[0],
                                .author_id = self,
                                .body = str_of("We will"),
                                .state = RESPONSE_SUBMITTED,
                                .created_at = now,
                                .changed_at = now,
                                .submitted_at = now};
    struct proposal proposal = {.comment_id = comment,
                                .moderator_id = self,
                                .revision = 1,
                                .action = ACTION_HOLD,
                                .proposed_at = now};
    struct error *error = &fixture->error;
    must(fixture, store_begin(fixture->store, error));
    must(fixture,
         comment_tag_add(fixture->store, comment, fixture->tags[0], self, now, &changed, error));
    must(fixture,
         note_add(fixture->store, comment, self, str_of("ask the gardeners"), now, &id, error));
    must(fixture, assignment_write(fixture->store, &assignment, error));
    must(fixture, proposal_write(fixture->store, &proposal, error));
    must(fixture, response_write(fixture->store, &response, self, error));
    must(fixture, store_commit(fixture->store, error));
    assert_int_equal(faults_against(fixture, NULL), 0);
}

/* Since the log began: what is older it knows nothing of. */
#define NOW "CAST(strftime('%s', 'now') AS INTEGER)"

/* Each is done behind the log's back, to the comment with its deeds or to another, and found. */
static void deeds_changed_behind_the_log_are_found(void **state)
{
    static const struct {
        const char *sql, *said;
    } attempts[] = {
        {"DELETE FROM comment_tag", "comment 1: its tags are not what the log says"},
        {"UPDATE comment_tag SET moderator_id = 2", "comment 1: its tags are not"},
        {"INSERT INTO comment_tag SELECT 2, 1, 1, " NOW, "comment 2: its tags are not"},
        {"DELETE FROM note", "note 1: it is not what the log says"},
        {"INSERT INTO note (comment_id, moderator_id, body, written_at)"
         " VALUES (2, 1, 'x', " NOW ")",
         "note 2: it is not what the log says"},
        {"DELETE FROM assignment", "comment 1: whom it was handed to is not what the log says"},
        {"UPDATE assignment SET agency_id = 2", "comment 1: whom it was handed to"},
        {"INSERT INTO assignment VALUES (2, 1, NULL, 1, " NOW ")",
         "comment 2: whom it was handed to"},
        {"UPDATE proposal SET action = 'approve'",
         "comment 1: what is proposed on it is not what the log says"},
        {"INSERT INTO proposal SELECT 2, 1, 1, 'hold', NULL, '', " NOW,
         "comment 2: what is proposed on it"},
        {"DELETE FROM response", "response 1: it is not what the log says"},
        {"UPDATE response SET body = 'We will not'", "response 1: it is not what the log says"},
        {"INSERT INTO response (comment_id, agency_id, author_id, body, created_at, changed_at)"
         " VALUES (2, 1, 1, 'x', " NOW ", " NOW ")",
         "response 2: it is not what the log says"},
    };
    struct fixture *fixture = *state;
    add_deeds(fixture);
    fixture_add_text(fixture, "another");
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        must(fixture, store_begin(fixture->store, &fixture->error));
        run_sql(fixture, attempts[i].sql);
        must(fixture, log_check(fixture->store, (struct str){0}, keep, fixture, &fixture->error));
        must_say(fixture, attempts[i].said);
        store_rollback(fixture->store);
        assert_int_equal(faults_against(fixture, NULL), 0);
    }
}

/* Makes a database as it was before the trail, with a decision on each of three comments. */
static void make_old_database(const char *path)
{
    static const char rows[] =
        "INSERT INTO agency VALUES (1, 'roads', 'r', 'r');"
        "INSERT INTO consultation (id, slug, agency_id, kind, title_ar, title_en)"
        " VALUES (1, 'traffic', 1, 'consultation', 't', 't');"
        "INSERT INTO moderator (id, login, name, role) VALUES (1, 'khalid', 'k', 'supervisor');"
        "INSERT INTO comment (consultation_id, source, source_id, submitted_at, received_at, body)"
        " SELECT 1, 'old', value, 1, 1, 'words' FROM json_each('[1, 2, 3]');"
        "INSERT INTO comment_words (rowid, body) SELECT id, body FROM comment;"
        "INSERT INTO decision (comment_id, moderator_id, action, from_state, to_state, decided_at)"
        " SELECT id, 1, 'approve', 'pending', 'approved', 2 FROM comment;";
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(tokenizer_register(database, NULL), SQLITE_OK);
    for (int i = 0; !strstr(schema_migrations[i], "CREATE TABLE log"); i++)
        assert_int_equal(sqlite3_exec(database, schema_migrations[i], NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, rows, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static int told_first, told_last;

static void hear_step(const char *path, int step, int steps)
{
    assert_non_null(strstr(path, "other.db"));
    assert_int_equal(steps, schema_migration_count);
    assert_true(told_last == 0 || step == told_last + 1);
    told_first = told_first ? told_first : step;
    told_last = step;
}

/* Its decisions are sealed when it is first opened. */
static void an_old_database_begins_its_trail(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "other.db");
    make_old_database(path);
    store_close(fixture->store);
    store_on_migration(hear_step);
    must(fixture, store_open(&fixture->store, path, STORE_EXISTING, &fixture->error));
    assert_true(told_first > 1);
    assert_int_equal(told_last, schema_migration_count);
    told_last = 0;
    store_close(fixture->store);
    must(fixture, store_open(&fixture->store, path, STORE_EXISTING, &fixture->error));
    assert_int_equal(told_last, 0); /* up to date: nobody has to wait */
    store_on_migration(NULL);
    assert_int_equal(faults_against(fixture, NULL), 0);
    assert_int_equal(ask(fixture, "SELECT subject_id FROM log"), 3);
    change_behind(fixture, "UPDATE decision SET note = 'other' WHERE id = 2");
    assert_int_equal(faults_against(fixture, NULL), 1);
    must_say(fixture, "before the log began");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_hash_is_that_of_the_manual),
        TEST(each_deed_is_a_row),
        TEST(what_is_rolled_back_leaves_no_row),
        TEST(a_row_is_only_added),
        TEST(a_changed_row_is_found),
        TEST(a_removed_row_is_found),
        TEST(an_inserted_row_is_found),
        TEST(a_changed_decision_is_found),
        TEST(a_decision_without_a_row_is_found),
        TEST(a_role_taken_behind_the_log_is_found),
        TEST(a_published_head_shows_that_the_end_was_cut_off),
        TEST(deeds_changed_behind_the_log_are_found),
        TEST(an_old_database_begins_its_trail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
