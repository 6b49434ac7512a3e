/* A database in a folder of its own for the tests of the store, and ways to ask it behind the
 * store's back. */
#ifndef TESTS_UNIT_STORE_SUPPORT_H
#define TESTS_UNIT_STORE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/internal.h"
#include "store/people.h"
#include "store/record.h"

enum { FIXTURE_NOW = 1790000000, FIXTURE_CONSULTATIONS = 4, FIXTURE_AGENCIES = 2 };

struct fixture {
    char folder[64], path[96];
    struct store *store;
    struct arena arena;
    struct error error;
    int64_t agencies[FIXTURE_AGENCIES], consultations[FIXTURE_CONSULTATIONS], moderators[2];
    int64_t reasons[2], tags[3];
    uint32_t random;
    int64_t sequence;
};

/* The next number of a fixed sequence, under limit (a linear congruential generator, so that a
 * failure comes again). */
static inline uint32_t fixture_random(struct fixture *fixture, uint32_t limit)
{
    fixture->random = fixture->random * 1664525u + 1013904223u;
    return (fixture->random >> 8) % limit;
}

/* Fails the test with the sentence when status is not OK. */
static inline void must(const struct fixture *fixture, enum status status)
{
    if (status != OK)
        print_error("status %d: %s\n", (int)status, fixture->error.message);
    assert_int_equal(status, OK);
}

/* Fails unless the last sentence holds part. */
static inline void must_say(const struct fixture *fixture, const char *part)
{
    if (!strstr(fixture->error.message, part))
        fail_msg("'%s' does not say '%s'", fixture->error.message, part);
}

/* The first number that sql answers, or the given one when it answers nothing. */
static inline int64_t ask(struct fixture *fixture, const char *sql)
{
    struct statement statement;
    int64_t value = 0;
    statement_start(&statement, fixture->store, sql);
    statement_single(&statement, &value);
    must(fixture, statement_end(&statement, &fixture->error));
    return value;
}

static inline void run_sql(struct fixture *fixture, const char *sql)
{
    must(fixture, store_execute(fixture->store, sql, &fixture->error));
}

static inline void fixture_add_agencies(struct fixture *fixture)
{
    static const char *const agencies[FIXTURE_AGENCIES] = {"roads", "parks"};
    static const char *const consultations[FIXTURE_CONSULTATIONS] = {"traffic", "metro", "gardens",
                                                                     "beaches"};
    for (int i = 0; i < FIXTURE_AGENCIES; i++) {
        struct agency agency = {.slug = str_of(agencies[i]),
                                .name = {str_of("هيئة"), str_of("Authority")}};
        must(fixture, agency_add(fixture->store, &agency, &fixture->error));
        fixture->agencies[i] = agency.id;
    }
    for (int i = 0; i < FIXTURE_CONSULTATIONS; i++) {
        struct consultation consultation = {.agency_id = fixture->agencies[i == 3],
                                            .slug = str_of(consultations[i]),
                                            .kind = str_of("consultation"),
                                            .title = {str_of("عنوان"), str_of("Title")}};
        must(fixture, consultation_add(fixture->store, &consultation, &fixture->error));
        fixture->consultations[i] = consultation.id;
    }
}

static inline void fixture_add_catalog(struct fixture *fixture)
{
    static const char *const reasons[] = {"insult", "off-topic"};
    static const char *const tags[] = {"parking", "safety", "metro"};
    static const char *const logins[] = {"khalid", "noora"};
    fixture_add_agencies(fixture);
    for (int i = 0; i < 2; i++) {
        struct reason reason = {.slug = str_of(reasons[i]), .label = {.en = str_of(reasons[i])}};
        struct moderator moderator = {.login = str_of(logins[i]),
                                      .name = str_of(logins[i]),
                                      .role = ROLE_MODERATOR,
                                      .active = true};
        must(fixture, reason_add(fixture->store, &reason, &fixture->error));
        must(fixture, moderator_add(fixture->store, &moderator, &fixture->error));
        fixture->reasons[i] = reason.id;
        fixture->moderators[i] = moderator.id;
    }
    for (int i = 0; i < 3; i++) {
        struct tag tag = {.slug = str_of(tags[i]), .label = {.en = str_of(tags[i])}};
        must(fixture, tag_add(fixture->store, &tag, &fixture->error));
        fixture->tags[i] = tag.id;
    }
}

static inline int fixture_open(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->random = 1;
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/majlis-store-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/majlis.db", fixture->folder);
    must(fixture, store_open(&fixture->store, fixture->path, STORE_NEW, &fixture->error));
    must(fixture, store_begin(fixture->store, &fixture->error));
    fixture_add_catalog(fixture);
    must(fixture, store_commit(fixture->store, &fixture->error));
    *state = fixture;
    return 0;
}

/* A path in the fixture's folder. In its arena. */
static inline const char *fixture_path(struct fixture *fixture, const char *name)
{
    return arena_printf(&fixture->arena, "%s/%s", fixture->folder, name);
}

static inline int fixture_close(void **state)
{
    struct fixture *fixture = *state;
    static const char *const others[] = {"copy.db", "other.db", "fresh.db", "ordner", "pipe"};
    store_close(fixture->store);
    remove_database(fixture->path);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        remove_database(fixture_path(fixture, others[i]));
        rmdir(fixture_path(fixture, others[i]));
    }
    int removed = rmdir(fixture->folder);
    arena_free(&fixture->arena);
    free(fixture);
    return removed;
}

/* A comment to add; what matters to a test can be changed before. */
static inline struct comment fixture_comment(struct fixture *fixture, int consultation,
                                             struct str body)
{
    fixture->sequence++;
    return (struct comment){
        .consultation_id = fixture->consultations[consultation],
        .source = str_of("test"),
        .source_id =
            str_of(arena_printf(&fixture->arena, "comment-%lld", (long long)fixture->sequence)),
        .channel = str_of("web"),
        .author = str_of("Sara"),
        .language = str_of("en"),
        .body = body,
        .submitted_at = FIXTURE_NOW - 1000 + fixture->sequence,
        .received_at = FIXTURE_NOW - 900 + fixture->sequence,
    };
}

static inline int64_t fixture_add(struct fixture *fixture, struct comment comment)
{
    enum comment_outcome outcome;
    must(fixture, comment_add(fixture->store, &comment, &outcome, &fixture->error));
    assert_int_equal(outcome, COMMENT_ADDED);
    return comment.id;
}

static inline int64_t fixture_add_text(struct fixture *fixture, const char *body)
{
    return fixture_add(fixture, fixture_comment(fixture, 0, str_of(body)));
}

static inline struct query fixture_query(struct fixture *fixture, const char *text)
{
    struct query query;
    size_t at;
    must(fixture, query_parse(str_of(text), &fixture->arena, &query, &at, &fixture->error));
    return query;
}

/* How many faults a check finds; each is printed. */
static inline void fixture_print_fault(void *context, const char *sentence)
{
    (void)context;
    print_message("fault: %s\n", sentence);
}

static inline int64_t fixture_faults(struct fixture *fixture)
{
    int64_t faults = -1;
    must(fixture, store_check(fixture->store, (struct str){0}, fixture_print_fault, NULL, &faults,
                              &fixture->error));
    return faults;
}

#endif
