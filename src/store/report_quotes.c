/* The texts a report quotes, and whether some words are the name of one who wrote. */
#include "store/report.h"

#include "store/internal.h"

/* The latest published response of each comment. */
static const char quotes_sql[] =
    "SELECT c.id, c.state, c.author, c.author_key, c.language, c.submitted_at, r.language,"
    " substr(CAST(r.body AS BLOB), 1, ?4), length(CAST(r.body AS BLOB)), r.published_at"
    " FROM comment AS c INDEXED BY comment_by_consultation"
    " CROSS JOIN response AS r ON r.comment_id = c.id"
    " WHERE c.consultation_id = ?1 AND c.submitted_at >= ?2 AND c.submitted_at < ?3"
    "   AND r.state = 'published'"
    "   AND NOT EXISTS (SELECT 1 FROM response AS later WHERE later.comment_id = c.id"
    "                   AND later.state = 'published' AND later.id > r.id)"
    " ORDER BY r.published_at DESC, r.id DESC LIMIT ?5";

static void read_quote(struct statement *statement, struct arena *arena, struct report_quote *quote)
{
    enum comment_state state;
    quote->comment_id = statement_integer(statement);
    bool known = state_from_name(statement_text(statement, arena), &state);
    quote->shown = known && state == STATE_APPROVED;
    quote->author = statement_text(statement, arena);
    quote->author_key = statement_text(statement, arena);
    quote->comment_language = statement_text(statement, arena);
    quote->submitted_at = statement_integer(statement);
    quote->language = statement_text(statement, arena);
    quote->body = statement_text(statement, arena);
    quote->body_cut = statement_integer(statement) > (int64_t)quote->body.size;
    quote->published_at = statement_integer(statement);
}

/* A comment may have megabytes: only its beginning is read. */
static enum status read_comments(struct store *store, struct arena *arena,
                                 struct report_quote *quotes, size_t count, struct error *error)
{
    struct body_reader reader = {.store = store};
    int code = SQLITE_OK;
    for (size_t i = 0; code == SQLITE_OK && i < count; i++) {
        size_t size = 0;
        if (!quotes[i].shown)
            continue;
        code = body_read(&reader, quotes[i].comment_id, 0, REPORT_COMMENT_BYTES, arena,
                         &quotes[i].comment, &size);
        quotes[i].comment_cut = size > quotes[i].comment.size;
    }
    body_close(&reader);
    return code == SQLITE_OK ? OK : store_failed(store, code, error);
}

enum status report_quotes(struct store *store, const struct report_scope *scope,
                          struct arena *arena, struct report_consultation *row, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store, quotes_sql);
    statement_bind(&statement, row->consultation.id);
    statement_bind(&statement, scope->from);
    statement_bind(&statement, scope->to);
    statement_bind(&statement, REPORT_RESPONSE_BYTES);
    statement_bind(&statement, REPORT_QUOTES_MOST);
    while (statement_next(&statement))
        read_quote(&statement, arena, list_add(&list, arena, sizeof(struct report_quote)));
    enum status status = statement_end(&statement, error);
    row->quotes = list.items;
    row->quote_count = list.count;
    if (status == OK)
        status = read_comments(store, arena, row->quotes, row->quote_count, error);
    return status;
}

bool report_names_author(struct store *store, struct str text)
{
    struct statement statement;
    int64_t found = 0;
    if (text.size == 0)
        return false;
    statement_start(&statement, store,
                    "SELECT EXISTS (SELECT 1 FROM comment INDEXED BY comment_by_author_name"
                    "               WHERE author = ?1 AND author <> '')"
                    " OR EXISTS (SELECT 1 FROM comment INDEXED BY comment_by_author"
                    "            WHERE author_key = ?1 AND author_key <> '')");
    statement_bind_text(&statement, text);
    statement_single(&statement, &found);
    return statement_end(&statement, NULL) != OK || found != 0;
}
