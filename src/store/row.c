/* Rows of lists, and the parts of bodies they show. */
#include "store/row.h"

#include "store/internal.h"
#include "text/utf8.h"

/* --- Bodies --- */

static int seek_body(struct body_reader *reader, int64_t comment)
{
    if (reader->blob)
        return sqlite3_blob_reopen(reader->blob, comment);
    return sqlite3_blob_open(reader->store->database, "main", "comment", "body", comment, 0,
                             &reader->blob);
}

int body_read(struct body_reader *reader, int64_t comment, size_t from, size_t most,
              struct arena *arena, struct str *part, size_t *size)
{
    *part = (struct str){0};
    *size = 0;
    int code = seek_body(reader, comment);
    if (code != SQLITE_OK)
        return code;
    *size = (size_t)sqlite3_blob_bytes(reader->blob);
    if (from >= *size || most == 0)
        return SQLITE_OK;
    size_t wanted = *size - from < most ? *size - from : most;
    char *bytes = arena_new(arena, wanted + 1, 1);
    code = sqlite3_blob_read(reader->blob, bytes, (int)wanted, (int)from);
    if (code == SQLITE_OK)
        *part = (struct str){bytes, wanted};
    return code;
}

void body_close(struct body_reader *reader)
{
    sqlite3_blob_close(reader->blob);
    reader->blob = NULL;
}

/* --- Rows --- */

/* The start of the body, cut at a character: the one that the cut went through is left out. */
static int read_excerpt(struct body_reader *reader, struct arena *arena, struct comment_row *row)
{
    enum { CHARACTER_MOST = 4 };
    struct str part;
    size_t size;
    int code = body_read(reader, row->id, 0, EXCERPT_BYTES + CHARACTER_MOST, arena, &part, &size);
    row->excerpt = part;
    if (part.size > EXCERPT_BYTES)
        row->excerpt.size = utf8_start(part, EXCERPT_BYTES);
    return code;
}

static void read_row(struct statement *statement, struct arena *arena, struct comment_row *row)
{
    row->id = statement_integer(statement);
    row->consultation_id = statement_integer(statement);
    row->parent_id = statement_integer(statement);
    row->submitted_at = statement_integer(statement);
    row->revision = statement_integer(statement);
    row->language = statement_text(statement, arena);
    row->author = statement_text(statement, arena);
    row->tag_count = statement_integer(statement);
    row->reply_count = statement_integer(statement);
    row->answered = statement_integer(statement) != 0;
    row->claim_moderator_id = statement_integer(statement);
    row->claim_expires_at = statement_integer(statement);
    row->claim_name = statement_text(statement, arena);
    row->proposer_id = statement_integer(statement);
    row->assigned = statement_integer(statement) != 0;
    row->cluster_id = statement_integer(statement);
    row->letters = statement_integer(statement);
    /* The schema admits no other name. */
    state_from_name(statement_text(statement, arena), &row->state);
}

static const char row_sql[] =
    "SELECT c.id, consultation_id, parent_id, submitted_at, revision, language, author,"
    " (SELECT count(*) FROM comment_tag WHERE comment_id = c.id),"
    " (SELECT count(*) FROM comment AS r WHERE r.parent_id = c.id),"
    " EXISTS (SELECT 1 FROM response WHERE comment_id = c.id AND state <> 'draft'),"
    " k.moderator_id, k.expires_at, m.name,"
    " (SELECT moderator_id FROM proposal WHERE comment_id = c.id),"
    " EXISTS (SELECT 1 FROM assignment WHERE comment_id = c.id),"
    " c.cluster_id,"
    " (SELECT letters FROM cluster_state AS l WHERE l.cluster_id = c.cluster_id"
    " AND l.state = c.state),"
    " state"
    " FROM comment AS c LEFT JOIN claim AS k ON k.comment_id = c.id"
    " LEFT JOIN moderator AS m ON m.id = k.moderator_id WHERE c.id = ?1";

/* False when there is no comment with this id, or on a failure, which the statement remembers. */
static bool read_one(struct statement *statement, struct body_reader *reader, int64_t id,
                     struct arena *arena, struct comment_row *row)
{
    statement_again(statement);
    statement_bind(statement, id);
    if (!statement_next(statement))
        return false;
    read_row(statement, arena, row);
    int code = read_excerpt(reader, arena, row);
    if (code != SQLITE_OK)
        statement->code = code;
    return code == SQLITE_OK;
}

enum status rows_read(struct store *store, const int64_t *ids, size_t id_count, struct arena *arena,
                      struct comment_row **rows, size_t *count, struct error *error)
{
    struct body_reader reader = {.store = store};
    struct statement statement;
    *count = 0;
    *rows = arena_new(arena, id_count, sizeof **rows);
    statement_start(&statement, store, row_sql);
    for (size_t i = 0; i < id_count; i++)
        *count += read_one(&statement, &reader, ids[i], arena, &(*rows)[*count]);
    body_close(&reader);
    return statement_end(&statement, error);
}
