/* How SQLite goes about what the program asks: no statement on the way of a key looks at every row of
 * a table that grows, or sorts what an index has in order.
 *
 * Every statement is read out of the sources of store/, whatever is put together of parts is put
 * together in every way, and SQLite is asked for the plan of each. */
#include "unit/store_support.h"

#include "store/match.h"
#include "store/queue_plan.h"

#include <glob.h>
#include <stdio.h>

/* --- What is allowed, and why --- */

/* Tables with a row for each comment or deed, or more. */
static const char *const growing[] = {"comment",  "decision", "log",          "comment_tag",
                                      "response", "note",     "comment_words"};

/* Statements that read all of such a table, or sort, and may. */
static const struct {
    const char *file, *beginning, *reason;
} allowed[] = {
#include "unit/plans_allowed.h"
};

static bool is_allowed(const char *path, const char *sql, bool used[])
{
    const char *file = strrchr(path, '/') + 1;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (strcmp(file, allowed[i].file) == 0 &&
            strncmp(sql, allowed[i].beginning, strlen(allowed[i].beginning)) == 0) {
            used[i] = true;
            return true;
        }
    }
    return false;
}

/* --- Plans --- */

/* Whether the table of this alias or name is one that grows, in this statement. */
static bool grows(const char *sql, const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof growing / sizeof *growing; i++) {
        char named[64];
        if (strlen(growing[i]) == size && strncmp(growing[i], name, size) == 0)
            return true;
        snprintf(named, sizeof named, "%s AS %.*s", growing[i], (int)size, name);
        const char *found = strstr(sql, named);
        if (found && (found == sql || found[-1] == ' '))
            return true;
        snprintf(named, sizeof named, "%s %.*s", growing[i], (int)size, name);
        found = strstr(sql, named);
        if (found && found[-1] == ' ' && (found[strlen(named)] == ' ' || !found[strlen(named)]))
            return true;
    }
    return false;
}

/* Whether a line of a plan scans a table that grows: "SCAN c", not "SCAN w VIRTUAL TABLE INDEX 0:M"
 * (which FTS5 says of a search, too) nor "SCAN c USING COVERING INDEX" behind a LIMIT of one. */
static bool scans(const char *sql, const char *line)
{
    if (strncmp(line, "SCAN ", 5) != 0)
        return false;
    size_t size = strcspn(line + 5, " ");
    const char *virtual_index = strstr(line, "VIRTUAL TABLE INDEX ");
    if (virtual_index)
        return !strchr(virtual_index, 'M') && !strchr(virtual_index, '=');
    return grows(sql, line + 5, size);
}

/* What is wrong with how a statement is gone about; NULL: nothing. The text lives until the next call. */
static const char *find_fault(struct fixture *fixture, const char *sql, bool may_sort)
{
    static char fault[512];
    struct buffer explain = {0};
    struct statement statement;
    const char *found = NULL;
    buffer_printf(&explain, "EXPLAIN QUERY PLAN %s", sql);
    statement_start(&statement, fixture->store, buffer_text(&explain));
    if (statement.code != SQLITE_OK) {
        snprintf(fault, sizeof fault, "SQLite does not take this: %s",
                 sqlite3_errmsg(fixture->store->database));
        found = fault;
        statement.code = SQLITE_OK;
        statement.prepared = NULL;
    }
    while (statement.prepared && statement_next(&statement)) {
        enum { DETAIL_COLUMN = 3 };
        const char *line = (const char *)sqlite3_column_text(statement.prepared, DETAIL_COLUMN);
        if (!scans(sql, line) && (may_sort || !strstr(line, "USE TEMP B-TREE FOR ORDER BY")))
            continue;
        snprintf(fault, sizeof fault, "%s", line);
        found = fault;
    }
    must(fixture, statement_end(&statement, &fixture->error));
    buffer_free(&explain);
    return found;
}

/* --- The sources --- */

/* Reads a string literal, and those that follow it with nothing but blanks between, from behind the
 * opening quote; returns where it ends. */
static const char *read_literal(const char *at, struct buffer *text)
{
    buffer_clear(text);
    for (;;) {
        for (; *at && *at != '"'; at++) {
            if (*at == '\\' && at[1])
                at++;
            buffer_add_byte(text, *at);
        }
        const char *next = at + (*at == '"');
        while (*next == ' ' || *next == '\n')
            next++;
        if (*next != '"')
            return at + (*at == '"');
        at = next + 1;
    }
}

static bool is_statement(struct str text)
{
    static const char *const verbs[] = {"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_starts(text, str_of(verbs[i])))
            return true;
    }
    return false;
}

struct checking {
    struct fixture *fixture;
    bool used[sizeof allowed / sizeof *allowed];
    int checked, faults;
};

static void check_source(struct checking *checking, const char *path)
{
    struct buffer source = {0}, text = {0};
    char command[512];
    /* Texts are put together by macros, too. */
    snprintf(command, sizeof command, "%s -E -P -std=c11 -D_GNU_SOURCE -Isrc %s",
             getenv("CC") ? getenv("CC") : "cc", path);
    FILE *file = popen(command, "r");
    assert_non_null(file);
    for (int byte; (byte = getc(file)) != EOF;)
        buffer_add_byte(&source, (char)byte);
    assert_int_equal(pclose(file), 0);
    for (const char *at = buffer_text(&source); (at = strchr(at, '"'));) {
        at = read_literal(at + 1, &text);
        if (!is_statement(buffer_str(&text)))
            continue;
        checking->checked++;
        const char *sql = buffer_text(&text);
        const char *fault = find_fault(checking->fixture, sql, false);
        if (fault && is_allowed(path, sql, checking->used))
            continue;
        if (fault)
            print_message("%s: %s\nin %s\n", path, fault, sql);
        checking->faults += fault != NULL;
    }
    buffer_free(&source);
    buffer_free(&text);
}

static void no_statement_of_the_sources_looks_at_everything(void **state)
{
    struct checking checking = {.fixture = *state};
    glob_t sources;
    assert_int_equal(glob("src/store/*.c", 0, NULL, &sources), 0);
    for (size_t i = 0; i < sources.gl_pathc; i++) {
        /* Its texts are parts, which are put together below. */
        if (!strstr(sources.gl_pathv[i], "queue_plan.c"))
            check_source(&checking, sources.gl_pathv[i]);
    }
    globfree(&sources);
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (!checking.used[i])
            fail_msg("nothing in %s needs this any more: %s", allowed[i].file,
                     allowed[i].beginning);
    }
    print_message("%d statements\n", checking.checked);
    assert_int_equal(checking.faults, 0);
    assert_true(checking.checked > 100);
}

/* --- What is put together --- */

static bool is_walk(enum shape shape)
{
    return shape == SHAPE_WALK_AFTER || shape == SHAPE_WALK_BEFORE || shape == SHAPE_WALK_COUNT ||
           shape == SHAPE_WALK_STATES;
}

static bool is_found(enum shape shape)
{
    return shape == SHAPE_FOUND_AFTER || shape == SHAPE_FOUND_BEFORE;
}

/* The filters that a lead stands for by itself. */
static unsigned own_filters(enum lead lead)
{
    static const unsigned own[LEAD_COUNT] = {
        [LEAD_STATE] = FILTER_STATE,
        [LEAD_CONSULTATION] = FILTER_CONSULTATION,
        [LEAD_CONSULTATION_STATE] = FILTER_CONSULTATION | FILTER_STATE,
        [LEAD_LINE_STATE] = FILTER_LINE | FILTER_STATE,
        [LEAD_LINE_CONSULTATION_STATE] = FILTER_LINE | FILTER_CONSULTATION | FILTER_STATE,
        [LEAD_CLUSTER_STATE] = FILTER_CLUSTER | FILTER_STATE,
        [LEAD_SECTION_STATE] = FILTER_SECTION | FILTER_STATE,
        [LEAD_COMMENT] = FILTER_COMMENT,
        [LEAD_LANGUAGE] = FILTER_LANGUAGE,
        [LEAD_CHANNEL] = FILTER_CHANNEL,
        [LEAD_DUE] = FILTER_DUE,
        [LEAD_LATE_ANSWER] = FILTER_LATE_ANSWER,
        [LEAD_RECEIVED] = FILTER_RECEIVED,
        [LEAD_AUTHOR_KEY] = FILTER_AUTHOR_KEY,
        [LEAD_AUTHOR_NAME] = FILTER_AUTHOR_NAME,
        [LEAD_SOURCE] = FILTER_SOURCE,
        [LEAD_TAG] = FILTER_TAG,
        [LEAD_ASSIGNED] = FILTER_ASSIGNED,
        [LEAD_ASSIGNED_AGENCY] = FILTER_ASSIGNED_AGENCY,
        [LEAD_ASSIGNED_PERSON] = FILTER_ASSIGNED_PERSON,
        [LEAD_PROPOSED] = FILTER_PROPOSED,
        [LEAD_PROPOSED_BY] = FILTER_PROPOSED_BY,
        [LEAD_WORDS] = FILTER_WORDS,
    };
    return own[lead];
}

/* Whether the store puts a lead, filters and a shape together. */
static bool can_be(enum lead lead, unsigned filters, enum shape shape)
{
    const unsigned people = FILTER_AUTHOR_KEY | FILTER_AUTHOR_NAME,
                   places = FILTER_STATES | FILTER_AGENCY, words = FILTER_WORDS | FILTER_WORDS_ONCE,
                   no_words = FILTER_NO_WORDS | FILTER_NO_WORDS_ONCE;
    if ((filters & people) == people || (filters & words) == words ||
        (filters & no_words) == no_words || ((filters & words) && (filters & no_words)))
        return false;
    if ((filters & FILTER_COMMENT) && lead != LEAD_COMMENT)
        return false;
    if (lead < LEAD_LANGUAGE ? filters & places : filters & FILTER_STATE)
        return false;
    if (is_walk(shape))
        return lead == LEAD_WORDS;
    if (is_found(shape))
        return lead != LEAD_WORDS && (filters & words);
    if (shape == SHAPE_COUNT_STATES)
        return lead != LEAD_WORDS;
    if (lead == LEAD_WORDS || (filters & words))
        return false;
    if (shape == SHAPE_COUNT)
        return lead < LEAD_LANGUAGE;
    bool sorted = shape == SHAPE_SORTED_AFTER || shape == SHAPE_SORTED_BEFORE;
    return sorted == !lead_is_ordered(lead);
}

static void check_composed(struct fixture *fixture, enum lead lead, unsigned filters,
                           enum shape shape)
{
    struct buffer sql = {0};
    plan_write(&sql, lead, filters, shape);
    /* What leads because it is rare is sorted. */
    bool may_sort = !is_walk(shape) && (is_found(shape) || !lead_is_ordered(lead));
    const char *fault = find_fault(fixture, buffer_text(&sql), may_sort);
    if (fault)
        fail_msg("%s\nin %s", fault, sql.data);
    buffer_free(&sql);
}

/* A filter is a condition of its own: what three of them do to a plan, any number does. */
static void no_queue_looks_at_everything(void **state)
{
    static const unsigned filters[] = {
        0,
        FILTER_STATE,
        FILTER_STATES,
        FILTER_CONSULTATION,
        FILTER_AGENCY,
        FILTER_LANGUAGE,
        FILTER_SOURCE,
        FILTER_TAG,
        FILTER_AUTHOR_KEY,
        FILTER_AUTHOR_NAME,
        FILTER_WORDS,
        FILTER_WORDS_ONCE,
        FILTER_NO_WORDS,
        FILTER_NO_WORDS_ONCE,
        FILTER_ASSIGNED,
        FILTER_ASSIGNED_AGENCY,
        FILTER_ASSIGNED_PERSON,
        FILTER_PROPOSED,
        FILTER_PROPOSED_BY,
        FILTER_CLUSTER,
        FILTER_COMMENT,
        FILTER_CHANNEL,
        FILTER_RECEIVED,
        FILTER_DUE,
        FILTER_LATE_ANSWER,
        FILTER_SECTION,
    };
    enum { FILTERS = sizeof filters / sizeof *filters };
    int checked = 0;
    for (int lead = 0; lead < LEAD_COUNT; lead++) {
        for (int i = 0; i < FILTERS * FILTERS * FILTERS; i++) {
            int first = i % FILTERS, second = i / FILTERS % FILTERS, third = i / FILTERS / FILTERS;
            unsigned all =
                own_filters((enum lead)lead) | filters[first] | filters[second] | filters[third];
            if (first > second || second > third)
                continue;
            for (int shape = 0; shape < SHAPE_COUNT_OF_SHAPES; shape++) {
                if (!can_be((enum lead)lead, all, (enum shape)shape))
                    continue;
                check_composed(*state, (enum lead)lead, all, (enum shape)shape);
                checked++;
            }
        }
    }
    print_message("%d statements\n", checked);
    assert_true(checked > 1000);
}

/* A test that finds nothing finds nothing wrong: these it must. */
static void a_bad_plan_is_seen(void **state)
{
    struct fixture *fixture = *state;
    assert_non_null(find_fault(fixture, "SELECT id FROM comment WHERE body = ?1", false));
    assert_non_null(
        find_fault(fixture, "SELECT c.id FROM comment AS c WHERE c.revision = ?1", true));
    assert_non_null(find_fault(fixture, "SELECT rowid FROM comment_words", true));
    assert_non_null(
        find_fault(fixture, "SELECT id FROM comment WHERE state = ?1 ORDER BY received_at", false));
    assert_null(find_fault(fixture, "SELECT id FROM comment WHERE state = ?1 ORDER BY submitted_at",
                           false));
    assert_null(
        find_fault(fixture, "SELECT rowid FROM comment_words WHERE comment_words MATCH ?1", false));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_statement_of_the_sources_looks_at_everything),
        TEST(no_queue_looks_at_everything),
        TEST(a_bad_plan_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
