/* The check of the trail: each row against its hash and the one before, the published head, and
 * what the tables say against what was recorded of it. */
#include "store/log_internal.h"

#include "base/language.h"
#include "store/log_hash.h"

struct walk {
    struct store *store;
    struct str head; /* the published hash that is looked for */
    bool head_found;
    void (*found)(void *context, const char *sentence);
    void *context;
    struct arena arena;
};

static void report(struct walk *walk, const char *sentence)
{
    if (walk->found)
        walk->found(walk->context, sentence);
}

/* One row behind another, whose number and hash are given. */
static void check_row(struct walk *walk, const struct log_row *row, int64_t before,
                      struct str before_hash)
{
    char digits[LOG_HASH_SIZE + 1];
    if (row->sequence == before + 2)
        report(walk, arena_printf(&walk->arena, _("log %lld: the row is missing"),
                                  (long long)before + 1));
    else if (row->sequence != before + 1)
        report(walk, arena_printf(&walk->arena, _("log %lld to %lld: the rows are missing"),
                                  (long long)before + 1, (long long)row->sequence - 1));
    log_hash_row(row, before_hash, digits);
    /* What follows a gap cannot be checked against what is not there. */
    if (row->sequence == before + 1 && !str_equal(row->hash, (struct str){digits, LOG_HASH_SIZE}))
        report(walk, arena_printf(&walk->arena,
                                  _("log %lld: the row is not as it was written, or not where it "
                                    "was written"),
                                  (long long)row->sequence));
    walk->head_found = walk->head_found || str_equal(row->hash, walk->head);
}

static enum status walk_rows(struct walk *walk, struct error *error)
{
    enum { PAGE_ROWS = 500 };
    char before_hash[LOG_HASH_SIZE];
    struct str hash = {0};
    int64_t before = 0;
    for (;;) {
        struct log_row *rows;
        size_t count;
        enum status status =
            log_page(walk->store, before, INT64_MIN, PAGE_ROWS, &walk->arena, &rows, &count, error);
        if (status != OK || count == 0)
            return status;
        for (size_t i = 0; i < count; i++) {
            check_row(walk, &rows[i], before, hash);
            before = rows[i].sequence;
            hash = rows[i].hash;
        }
        hash.size = hash.size < sizeof before_hash ? hash.size : sizeof before_hash;
        memcpy(before_hash, hash.data, hash.size);
        hash.data = before_hash;
        arena_reset(&walk->arena);
    }
}

/* The decisions made before the trail began, against the first row's seal. */
static enum status check_old(struct walk *walk, struct error *error)
{
    struct statement statement;
    char hash[LOG_HASH_SIZE + 1];
    int64_t last = 0;
    statement_start(&statement, walk->store,
                    "SELECT subject_id, json_extract(what, '$.sha256') FROM log"
                    " WHERE sequence = 1 AND kind = 'begin'");
    bool there = statement_single(&statement, &last);
    struct str sealed = there ? statement_text(&statement, &walk->arena) : (struct str){0};
    enum status status = statement_end(&statement, error);
    if (status != OK)
        return status;
    if (!there) {
        report(walk, _("log 1: the row is missing"));
        return OK;
    }
    status = log_old_decisions(walk->store, last, hash, error);
    if (status == OK && !str_equal(sealed, str_of(hash)))
        report(walk, _("the decisions made before the log began are not what they were then"));
    return status;
}

/* The last row of the trail on each subject of a kind. */
#define LAST(kind)                                                                                 \
    "last AS (SELECT subject_id, what, moderator_id, at, max(sequence) FROM log WHERE kind = "     \
    "'" kind "' GROUP BY subject_id)"
/* The moment the trail began: what was there before has no row. */
#define BEGAN "(SELECT at FROM log WHERE sequence = 1)"

/* Each finds the ids of rows that are not what was recorded of them; a comparison of all fields at
 * once. The begin row names the last decision that was there before. */
static const struct {
    const char *subject, *fault, *sql;
} records[] = {
    {N_("decision"), N_("it is not what the log says"),
     "SELECT d.id FROM decision AS d LEFT JOIN log AS l"
     " ON l.kind = 'decision' AND l.subject_id = d.id"
     " WHERE d.id > (SELECT ifnull(subject_id, 0) FROM log WHERE sequence = 1)"
     " AND (l.what IS NOT " LOG_DECISION " OR l.moderator_id IS NOT d.moderator_id"
     " OR l.at IS NOT d.decided_at)"
     " UNION SELECT l.subject_id FROM log AS l WHERE l.kind = 'decision'"
     " AND NOT EXISTS (SELECT 1 FROM decision AS d WHERE d.id = l.subject_id)"},
    {N_("note"), N_("it is not what the log says"),
     "SELECT l.subject_id FROM log AS l LEFT JOIN note AS n ON n.id = l.subject_id"
     " WHERE l.kind = 'note' AND (n.id IS NULL OR l.what IS NOT " LOG_NOTE
     " OR l.moderator_id IS NOT n.moderator_id OR l.at IS NOT n.written_at)"
     " UNION SELECT n.id FROM note AS n LEFT JOIN log AS l"
     " ON l.kind = 'note' AND l.subject_id = n.id"
     " WHERE l.subject_id IS NULL AND n.written_at >= " BEGAN},
    {N_("moderator"), N_("it is not what the log says"),
     "WITH " LAST("moderator") " SELECT m.id FROM last JOIN moderator AS m"
                               " ON m.id = last.subject_id WHERE last.what IS NOT " LOG_MODERATOR},
    {N_("comment"), N_("its tags are not what the log says"),
     "WITH last AS (SELECT subject_id, json_extract(what, '$.tag') AS slug, kind, moderator_id, at,"
     " max(sequence) FROM log WHERE kind IN ('tag', 'untag') GROUP BY 1, 2)"
     " SELECT last.subject_id FROM last LEFT JOIN tag AS t ON t.slug = last.slug"
     " LEFT JOIN comment_tag AS x ON x.comment_id = last.subject_id AND x.tag_id = t.id"
     " WHERE iif(last.kind = 'untag', x.comment_id IS NOT NULL,"
     " x.moderator_id IS NOT last.moderator_id OR x.tagged_at IS NOT last.at)"
     " UNION SELECT x.comment_id FROM comment_tag AS x JOIN tag AS t ON t.id = x.tag_id"
     " LEFT JOIN last ON last.subject_id = x.comment_id AND last.slug = t.slug"
     " WHERE last.subject_id IS NULL AND x.tagged_at >= " BEGAN},
    {N_("comment"), N_("whom it was handed to is not what the log says"),
     "WITH " LAST(
         "assignment") " SELECT last.subject_id FROM last"
                       " LEFT JOIN assignment AS x ON x.comment_id = last.subject_id"
                       " WHERE last.what IS NOT " LOG_ASSIGNMENT
                       " OR (x.comment_id IS NOT NULL AND (x.assigned_by IS NOT last.moderator_id"
                       " OR x.assigned_at IS NOT last.at))"
                       " UNION SELECT x.comment_id FROM assignment AS x"
                       " LEFT JOIN last ON last.subject_id = x.comment_id"
                       " WHERE last.subject_id IS NULL AND x.assigned_at >= " BEGAN},
    {N_("comment"), N_("what is proposed on it is not what the log says"),
     "WITH " LAST("proposal") " SELECT p.comment_id FROM proposal AS p"
                              " LEFT JOIN last ON last.subject_id = p.comment_id"
                              " WHERE (last.what IS NOT " LOG_PROPOSAL
                              " OR last.moderator_id IS NOT p.moderator_id)"
                              " AND (last.subject_id IS NOT NULL OR p.proposed_at >= " BEGAN ")"},
    {N_("second look"), N_("it is not what the log says"),
     "WITH " LAST("second-look") " SELECT x.id FROM second_look AS x"
                                 " LEFT JOIN last ON last.subject_id = x.id"
                                 " WHERE x.kind = 'sample' AND x.looked_at IS NOT NULL"
                                 " AND (last.what IS NOT " LOG_SECOND_LOOK
                                 " OR last.moderator_id IS NOT x.moderator_id)"
                                 " UNION SELECT last.subject_id FROM last"
                                 " LEFT JOIN second_look AS x ON x.id = last.subject_id"
                                 " WHERE x.looked_at IS NULL"},
    {N_("response"), N_("it is not what the log says"),
     "WITH " LAST(
         "response") " SELECT last.subject_id FROM last"
                     " LEFT JOIN response AS r ON r.id = last.subject_id"
                     " WHERE iif(json_extract(last.what, '$.state') = 'deleted', r.id IS NOT NULL,"
                     " last.what IS NOT " LOG_RESPONSE ")"
                     " UNION SELECT r.id FROM response AS r LEFT JOIN last ON last.subject_id = "
                     "r.id"
                     " WHERE last.subject_id IS NULL AND r.created_at >= " BEGAN},
};

static enum status check_records(struct walk *walk, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof records / sizeof *records; i++) {
        struct statement statement;
        statement_start(&statement, walk->store, records[i].sql);
        while (statement_next(&statement))
            report(walk, arena_printf(&walk->arena, "%s %lld: %s", gettext(records[i].subject),
                                      (long long)statement_integer(&statement),
                                      gettext(records[i].fault)));
        status = statement_end(&statement, error);
        arena_reset(&walk->arena);
    }
    return status;
}

enum status log_check(struct store *store, struct str head,
                      void (*found)(void *context, const char *sentence), void *context,
                      struct error *error)
{
    struct walk walk = {.store = store, .head = head, .found = found, .context = context};
    bool snapshot = snapshot_start(store);
    enum status status = walk_rows(&walk, error);
    if (status == OK && head.size > 0 && !walk.head_found)
        report(&walk, _("the published head is the hash of no row: the log was cut off or written "
                        "anew"));
    if (status == OK)
        status = check_old(&walk, error);
    if (status == OK)
        status = check_records(&walk, error);
    snapshot_end(store, snapshot);
    arena_free(&walk.arena);
    return status;
}
