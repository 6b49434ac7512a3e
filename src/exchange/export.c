/* Comments going out: read page by page, so that memory does not grow with their number. */
#include "exchange/export.h"

#include "base/language.h"
#include "base/moment.h"
#include "desk/within.h"
#include "exchange/csv_out.h"
#include "exchange/json_out.h"
#include "store/log.h"
#include "text/utf8.h"

enum {
    PAGE_ROWS = 200,
    WHOLE_BODY = SIZE_MAX >> 1, /* more than any body */
};

/* The columns, in their order; the same names are the keys of a JSON line. */
enum column {
    COLUMN_ID,
    COLUMN_CONSULTATION,
    COLUMN_STATE,
    COLUMN_LANGUAGE,
    COLUMN_CHANNEL,
    COLUMN_AUTHOR,
    COLUMN_BODY,
    COLUMN_SUBMITTED_AT,
    COLUMN_SOURCE,
    COLUMN_SOURCE_ID,
    COLUMN_PARENT,
    COLUMN_TAGS,
    COLUMN_REASON,
    COLUMN_EXPORTED,
    COLUMN_CLUSTER = COLUMN_EXPORTED, /* of this database: no part of what is exported */
    COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
    "id",           "consultation", "state",     "language", "channel", "author", "body",
    "submitted_at", "source",       "source_id", "parent",   "tags",    "reason", "cluster",
};

/* A comment with what goes out beside it. */
struct outgoing {
    struct comment comment;
    struct str consultation, reason;
    struct tag *tags;
    size_t tag_count;
};

struct exporter {
    struct desk *desk;
    FILE *out;
    struct consultation *consultations;
    size_t consultation_count;
};

static enum status start(struct exporter *exporter, struct desk *desk, enum right right, FILE *out,
                         struct arena *arena, struct error *error)
{
    *exporter = (struct exporter){.desk = desk, .out = out};
    enum status status = desk_require(desk, right, error);
    if (status == OK)
        status = consultation_list(desk->store, arena, &exporter->consultations,
                                   &exporter->consultation_count, error);
    return status;
}

/* The reason of the rejection that stands; empty for a comment that is not rejected. */
static enum status read_reason(struct exporter *exporter, struct outgoing *outgoing,
                               struct arena *arena, struct error *error)
{
    struct event standing;
    if (outgoing->comment.state != STATE_REJECTED)
        return OK;
    enum status status =
        desk_standing(exporter->desk->store, outgoing->comment.id, arena, &standing, error);
    if (status == OK)
        outgoing->reason = standing.slug;
    return status == STATUS_EMPTY ? OK : status;
}

static enum status read_outgoing(struct exporter *exporter, int64_t id, struct arena *arena,
                                 struct outgoing *outgoing, struct error *error)
{
    struct store *store = exporter->desk->store;
    *outgoing = (struct outgoing){0};
    enum status status = comment_read(store, id, 0, WHOLE_BODY, arena, &outgoing->comment, error);
    if (status == OK)
        status = comment_tags(store, id, arena, &outgoing->tags, &outgoing->tag_count, error);
    if (status == OK)
        status = read_reason(exporter, outgoing, arena, error);
    for (size_t i = 0; i < exporter->consultation_count; i++) {
        if (exporter->consultations[i].id == outgoing->comment.consultation_id)
            outgoing->consultation = exporter->consultations[i].slug;
    }
    return status;
}

static struct str joined_tags(const struct outgoing *outgoing, struct arena *arena)
{
    struct buffer joined = {0};
    for (size_t i = 0; i < outgoing->tag_count; i++) {
        if (i > 0)
            buffer_add_byte(&joined, ' ');
        buffer_add(&joined, outgoing->tags[i].slug);
    }
    struct str text = arena_copy(arena, buffer_str(&joined));
    buffer_free(&joined);
    return text;
}

/* A column as text. In arena. */
static struct str column_text(const struct outgoing *outgoing, enum column column,
                              struct arena *arena)
{
    const struct comment *comment = &outgoing->comment;
    switch (column) {
    case COLUMN_ID:
        return str_of(arena_printf(arena, "%lld", (long long)comment->id));
    case COLUMN_CONSULTATION:
        return outgoing->consultation;
    case COLUMN_STATE:
        return str_of(state_name(comment->state));
    case COLUMN_LANGUAGE:
        return comment->language;
    case COLUMN_CHANNEL:
        return comment->channel;
    case COLUMN_AUTHOR:
        return comment->author;
    case COLUMN_BODY:
        return comment->body;
    case COLUMN_SUBMITTED_AT:
        return str_of(moment_iso(comment->submitted_at, arena_new(arena, MOMENT_BYTES, 1)));
    case COLUMN_SOURCE:
        return comment->source;
    case COLUMN_SOURCE_ID:
        return comment->source_id;
    case COLUMN_PARENT:
        return comment->parent_id
                   ? str_of(arena_printf(arena, "%lld", (long long)comment->parent_id))
                   : (struct str){0};
    case COLUMN_TAGS:
        return joined_tags(outgoing, arena);
    case COLUMN_CLUSTER:
    case COLUMN_REASON:
    case COLUMN_COUNT:
        break;
    }
    return outgoing->reason;
}

static enum status write_csv_row(const struct str *fields, FILE *out, struct error *error)
{
    bool written = true;
    for (int i = 0; i < COLUMN_EXPORTED && written; i++)
        written = csv_out_field(out, i == 0, fields[i]);
    return written && csv_out_end(out) ? OK : json_out_failed(error);
}

static enum status write_csv_header(FILE *out, struct error *error)
{
    struct str names[COLUMN_EXPORTED];
    for (int i = 0; i < COLUMN_EXPORTED; i++)
        names[i] = str_of(column_names[i]);
    return write_csv_row(names, out, error);
}

static json_t *tag_array(const struct outgoing *outgoing)
{
    json_t *array = json_array();
    for (size_t i = 0; i < outgoing->tag_count; i++)
        json_array_append_new(array, json_out_string(outgoing->tags[i].slug));
    return array;
}

/* One column as JSON: numbers as numbers, tags as a list, no parent, reason or cluster as null. */
static json_t *column_json(const struct outgoing *outgoing, enum column column, struct arena *arena)
{
    const struct comment *comment = &outgoing->comment;
    switch (column) {
    case COLUMN_ID:
        return json_integer(comment->id);
    case COLUMN_CLUSTER:
        return comment->cluster_id ? json_integer(comment->cluster_id) : json_null();
    case COLUMN_PARENT:
        return comment->parent_id ? json_integer(comment->parent_id) : json_null();
    case COLUMN_TAGS:
        return tag_array(outgoing);
    case COLUMN_REASON:
        return outgoing->reason.size ? json_out_string(outgoing->reason) : json_null();
    default:
        return json_out_string(column_text(outgoing, column, arena));
    }
}

static enum status write_json_row(const struct outgoing *outgoing, const enum column *columns,
                                  size_t count, FILE *out, struct arena *arena, struct error *error)
{
    json_t *object = json_object();
    for (size_t i = 0; i < count; i++)
        json_object_set_new(object, column_names[columns[i]],
                            column_json(outgoing, columns[i], arena));
    return json_out_write(object, out, error);
}

static enum status write_outgoing(struct exporter *exporter, const struct outgoing *outgoing,
                                  enum export_format format, struct arena *arena,
                                  struct error *error)
{
    struct str fields[COLUMN_EXPORTED];
    enum column columns[COLUMN_EXPORTED];
    for (int i = 0; i < COLUMN_EXPORTED; i++) {
        columns[i] = (enum column)i;
        if (format == EXPORT_CSV)
            fields[i] = column_text(outgoing, (enum column)i, arena);
    }
    if (format == EXPORT_CSV)
        return write_csv_row(fields, exporter->out, error);
    return write_json_row(outgoing, columns, COLUMN_EXPORTED, exporter->out, arena, error);
}

/* Writes the next page and moves *place behind it; *left is how many more may be written, or -1.
 * STATUS_EMPTY when nothing is left to write. */
static enum status write_page(struct exporter *exporter, const struct query *query,
                              enum export_format format, struct queue_place *place, int64_t *left,
                              struct arena *page, struct error *error)
{
    struct arena arena = {0};
    struct comment_row *rows;
    const int64_t most = PAGE_ROWS;
    size_t count = 0, limit = (size_t)(*left < 0 || *left > most ? most : *left);
    enum status status = queue_page(exporter->desk->store, query, place->id ? place : NULL,
                                    QUEUE_AFTER, limit, page, &rows, &count, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        struct outgoing outgoing;
        status = read_outgoing(exporter, rows[i].id, &arena, &outgoing, error);
        if (status == OK)
            status = write_outgoing(exporter, &outgoing, format, &arena, error);
        *place = queue_place_of(&rows[i]);
        arena_reset(&arena);
    }
    if (*left > 0)
        *left -= (int64_t)count;
    arena_free(&arena);
    return status == OK && count == 0 ? STATUS_EMPTY : status;
}

/* Before the first byte goes out, so that nothing leaves unrecorded. */
static enum status record(struct desk *desk, const struct query *query, enum export_format format,
                          struct arena *arena, struct error *error)
{
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status =
        log_export(desk->store, desk->self.id, moment_now(),
                   str_of(format == EXPORT_CSV ? "csv" : "jsonl"), query_text(query, arena), error);
    return desk_finish(desk, status, error);
}

enum status export_comments(struct desk *desk, const struct query *query, enum export_format format,
                            int64_t limit, FILE *out, struct error *error)
{
    struct arena arena = {0}, page = {0};
    struct exporter exporter;
    struct queue_place place = {0};
    enum status status = start(&exporter, desk, RIGHT_EXPORT, out, &arena, error);
    if (status == OK)
        status = record(desk, query, format, &arena, error);
    if (status == OK && format == EXPORT_CSV)
        status = write_csv_header(out, error);
    while (status == OK && limit != 0) {
        status = write_page(&exporter, query, format, &place, &limit, &page, error);
        arena_reset(&page);
    }
    if ((status == OK || status == STATUS_EMPTY))
        status = fflush(out) == 0 ? OK : json_out_failed(error);
    arena_free(&page);
    arena_free(&arena);
    return status;
}

enum status export_list_line(struct desk *desk, int64_t comment, FILE *out, struct error *error)
{
    static const enum column columns[] = {COLUMN_ID,           COLUMN_CONSULTATION, COLUMN_STATE,
                                          COLUMN_LANGUAGE,     COLUMN_AUTHOR,       COLUMN_BODY,
                                          COLUMN_SUBMITTED_AT, COLUMN_TAGS,         COLUMN_CLUSTER};
    struct arena arena = {0};
    struct exporter exporter;
    struct outgoing outgoing;
    enum status status = start(&exporter, desk, RIGHT_READ, out, &arena, error);
    if (status == OK)
        status = read_outgoing(&exporter, comment, &arena, &outgoing, error);
    if (status == OK)
        status = write_json_row(&outgoing, columns, sizeof columns / sizeof *columns, out, &arena,
                                error);
    arena_free(&arena);
    return status;
}
