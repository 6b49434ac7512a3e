/* The check of look-alikes: letters are compared with their cluster's pattern again, and the keys of
 * every comment are worked out again. What only counts is compared in check.c. */
#include "store/alike_check.h"

#include "base/language.h"
#include "store/alike_internal.h"

enum { PATTERNS_KEPT = 64 /* letters of a cluster come one after the other, of several mixed */ };

/* The pattern of a cluster, as it was last read. */
struct kept_pattern {
    int64_t cluster;
    struct alike alike;
};

struct alike_check {
    struct store *store;
    struct kept_pattern patterns[PATTERNS_KEPT];
    struct arena arena;
    void (*found)(void *context, const char *sentence);
    void *context;
};

static enum status find_pattern(struct alike_check *check, int64_t cluster,
                                const struct alike **pattern, struct error *error)
{
    struct kept_pattern *kept = &check->patterns[cluster % PATTERNS_KEPT];
    struct cluster read;
    enum status status = OK;
    if (kept->cluster != cluster) {
        struct arena arena = {0};
        status = cluster_read(check->store, cluster, true, &arena, &read, error);
        if (status == OK)
            alike_read(&kept->alike, read.pattern);
        kept->cluster = status == OK ? cluster : 0;
        arena_free(&arena);
    }
    *pattern = &kept->alike;
    return status;
}

static void report(struct alike_check *check, int64_t comment, const char *fault)
{
    check->found(check->context, arena_printf(&check->arena, "%s %lld: %s", _("comment"),
                                              (long long)comment, fault));
}

static enum status check_letter(struct alike_check *check, int64_t comment, int64_t cluster,
                                const struct alike *letter, struct error *error)
{
    const struct alike *pattern;
    enum status status = find_pattern(check, cluster, &pattern, error);
    if (status == OK && !alike_is(letter, pattern))
        report(check, comment, _("it stands in a cluster whose letters it is not like"));
    return status;
}

static enum status check_keys(struct alike_check *check, int64_t comment, int64_t consultation,
                              const struct alike *alike, struct error *error)
{
    int32_t keys[ALIKE_KEYS];
    size_t count = alike_keys_in(alike, consultation, keys);
    for (size_t i = 0; i < count; i++) {
        struct statement statement;
        int64_t there = 0;
        statement_start(&statement, check->store,
                        "SELECT EXISTS (SELECT 1 FROM alike_key WHERE key = ?1)");
        statement_bind(&statement, keys[i]);
        statement_single(&statement, &there);
        enum status status = statement_end(&statement, error);
        if (status != OK)
            return status;
        if (!there) {
            report(check, comment, _("the index of look-alikes does not know its text"));
            return OK;
        }
    }
    return OK;
}

/* All but the backlog, in which nothing is known yet. */
static enum status check_comments(struct alike_check *check, struct error *error)
{
    struct alike alike = {0};
    struct arena arena = {0};
    struct statement statement;
    enum status status = OK;
    statement_start(&statement, check->store,
                    "SELECT id, consultation_id, ifnull(cluster_id, 0),"
                    " iif(length(CAST(body AS BLOB)) <= ?1, body, '') FROM comment"
                    " WHERE NOT EXISTS (SELECT 1 FROM alike_backlog AS b"
                    " WHERE comment.id BETWEEN b.next_id AND b.last_id)");
    statement_bind(&statement, ALIKE_MOST_BYTES);
    while (status == OK && statement_next(&statement)) {
        int64_t id = statement_integer(&statement);
        int64_t consultation = statement_integer(&statement);
        int64_t cluster = statement_integer(&statement);
        alike_read(&alike, statement_text(&statement, &arena));
        status = check_keys(check, id, consultation, &alike, error);
        if (status == OK && cluster != 0)
            status = check_letter(check, id, cluster, &alike, error);
        arena_reset(&arena);
    }
    enum status ended = statement_end(&statement, status == OK ? error : NULL);
    alike_free(&alike);
    arena_free(&arena);
    return status == OK ? ended : status;
}

enum status alike_check(struct store *store, void (*found)(void *context, const char *sentence),
                        void *context, struct error *error)
{
    struct alike_check check = {.store = store, .found = found, .context = context};
    enum status status = check_comments(&check, error);
    for (size_t i = 0; i < PATTERNS_KEPT; i++)
        alike_free(&check.patterns[i].alike);
    arena_free(&check.arena);
    return status;
}
