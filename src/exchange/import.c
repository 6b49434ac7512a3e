/* An import: one transaction, its consultation, and what becomes of each row. How a file is read
 * stands in the readers, which names its columns may have in import_map.c. */
#include "exchange/import_session.h"

#include "base/language.h"
#include "base/moment.h"
#include "exchange/input.h"
#include "store/figures_keep.h"
#include "store/log.h"
#include "text/guess.h"
#include "text/slug.h"
#include "text/utf8.h"

enum {
    EARLIEST_SUBMITTED = 631152000,      /* 1990-01-01: no public comment online is older */
    BODY_MOST_BYTES = 100 * 1024 * 1024, /* ten times what the screens are tested with */
    QUOTED_BYTES = 60,                   /* of a value that a sentence quotes */
    SETTLED_EVERY = 10000,               /* rows whose figures are added up at once */
};

/* A value as a sentence may quote it: its beginning, valid UTF-8, in the row's arena. */
static const char *quoted(struct import_session *session, struct str value)
{
    struct buffer text = {0};
    struct str start = str_part(value, 0, QUOTED_BYTES);
    while (start.size > 0 && start.size < value.size &&
           ((unsigned char)value.data[start.size] & 0xc0) == 0x80)
        start.size--;
    utf8_add_valid(&text, start);
    if (start.size < value.size)
        buffer_add(&text, str_of("..."));
    const char *copy = arena_copy(&session->row, buffer_str(&text)).data;
    buffer_free(&text);
    return copy;
}

void import_remark(struct import_session *session, int64_t line, const struct error *why)
{
    const struct import_options *options = session->options;
    struct error sentence = *why;
    error_prefix(&sentence, STATUS_INPUT, "%s:%lld", options->file_name, (long long)line);
    if (options->refused)
        options->refused(options->context, sentence.message);
}

void import_refuse(struct import_session *session, int64_t line, const struct error *why)
{
    session->result->refused++;
    import_remark(session, line, why);
}

bool import_go_on(void *context, int64_t bytes)
{
    const struct import_session *session = context;
    const struct import_options *options = session->options;
    return !options->progress || options->progress(options->context, session->result->read, bytes);
}

static enum status check_body(struct str body, struct error *why)
{
    if (str_trim(body).size == 0)
        return error_set(why, STATUS_INPUT, _("the comment has no text"));
    if (body.size > BODY_MOST_BYTES)
        return error_set(why, STATUS_INPUT, _("the text is over %d megabytes"),
                         BODY_MOST_BYTES / (1024 * 1024));
    return OK;
}

/* No date at all is now; one that cannot be is wrong. */
static enum status read_date(struct import_session *session, struct str text, int64_t *submitted_at,
                             struct error *why)
{
    int64_t now = session->options->now;
    *submitted_at = now;
    if (str_trim(text).size == 0)
        return OK;
    if (!moment_parse(text, submitted_at))
        return error_set(why, STATUS_INPUT,
                         _("'%s' is not a date; write it as 2026-11-24T10:30:00Z or in Unix "
                           "seconds"),
                         quoted(session, text));
    if (*submitted_at > now + SECONDS_A_DAY)
        return error_set(why, STATUS_INPUT, _("the date '%s' lies in the future"),
                         quoted(session, text));
    if (*submitted_at < EARLIEST_SUBMITTED)
        return error_set(why, STATUS_INPUT, _("the date '%s' lies before 1990"),
                         quoted(session, text));
    return OK;
}

static enum status read_section(struct import_session *session, struct str text, int64_t *section,
                                struct error *why)
{
    long long ordinal;
    *section = 0;
    if (text.size == 0)
        return OK;
    if (str_to_int64(str_trim(text), &ordinal)) {
        for (size_t i = 0; i < session->section_count; i++) {
            if (session->sections[i].ordinal == ordinal)
                *section = session->sections[i].id;
        }
    }
    if (*section)
        return OK;
    return error_set(why, STATUS_INPUT, _("the consultation has no section '%s'"),
                     quoted(session, text));
}

/* "ar-QA" and "AR" are "ar"; what is no language code is found from the text. */
static struct str read_language(struct import_session *session, struct str code, struct str body)
{
    enum { CODE_LEAST = 2, CODE_MOST = 3 };
    char *lower = arena_new(&session->row, CODE_MOST + 1, 1);
    size_t size = 0;
    code = str_trim(code);
    while (size < code.size && code.data[size] != '-' && code.data[size] != '_') {
        unsigned char letter = (unsigned char)code.data[size] | 0x20;
        if (size == CODE_MOST || letter < 'a' || letter > 'z')
            return str_of(guess_language(body));
        lower[size++] = (char)letter;
    }
    return size >= CODE_LEAST ? (struct str){lower, size} : str_of(guess_language(body));
}

static struct str read_identity(struct import_session *session, const struct import_row *row)
{
    struct str id = str_trim(row->values[IMPORT_ID]);
    if (id.size > 0)
        return id;
    const struct str parts[] = {session->consultation.slug, row->values[IMPORT_AUTHOR],
                                row->values[IMPORT_SUBMITTED_AT], row->values[IMPORT_BODY]};
    char *made = arena_new(&session->row, IDENTITY_BYTES, 1);
    import_identify(&session->identities, parts, sizeof parts / sizeof *parts, made);
    return str_of(made);
}

/* Fills *comment from what the row says; STATUS_INPUT with why when it says something wrong. */
static enum status read_row(struct import_session *session, const struct import_row *row,
                            struct comment *comment, struct error *why)
{
    struct str channel = str_trim(row->values[IMPORT_CHANNEL]);
    *comment = (struct comment){
        .consultation_id = session->consultation.id,
        .source = session->options->source,
        .channel = channel.size ? channel : str_of("web"),
        .author = row->values[IMPORT_AUTHOR],
        .author_key = row->values[IMPORT_AUTHOR_KEY],
        .body = row->values[IMPORT_BODY],
        .body_size = row->values[IMPORT_BODY].size,
        .received_at = session->options->now,
    };
    enum status status = check_body(comment->body, why);
    if (status == OK)
        status = read_date(session, row->values[IMPORT_SUBMITTED_AT], &comment->submitted_at, why);
    if (status == OK)
        status = read_section(session, row->values[IMPORT_SECTION], &comment->section_id, why);
    if (status != OK)
        return status;
    comment->language = read_language(session, row->values[IMPORT_LANGUAGE], comment->body);
    comment->source_id = read_identity(session, row);
    return OK;
}

/* The comment of the session's source with this name; *id is 0 when it is not there. */
static enum status find_comment(struct import_session *session, struct str name, int64_t *id,
                                struct error *error)
{
    *id = 0;
    enum status status =
        comment_by_source(session->desk->store, session->options->source, name, id, error);
    return status == STATUS_NOT_FOUND ? OK : status;
}

/* Finds the comment this row replies to; *parent is 0 for none, and for one still to come. */
static enum status find_parent(struct import_session *session, const struct import_row *row,
                               struct comment *comment, int64_t *parent, struct error *error)
{
    struct comment there;
    struct str name = str_trim(row->values[IMPORT_PARENT]);
    *parent = 0;
    if (name.size == 0)
        return OK;
    enum status status = find_comment(session, name, parent, error);
    if (status != OK || *parent == 0)
        return status;
    status = comment_read(session->desk->store, *parent, 0, 0, &session->row, &there, error);
    if (status == OK && there.consultation_id == session->consultation.id)
        comment->parent_id = *parent;
    return status;
}

/* What a reply still needs after it was added with what was known. */
static enum status link_reply(struct import_session *session, const struct import_row *row,
                              const struct comment *comment, int64_t parent, bool added,
                              struct error *error)
{
    struct str name = str_trim(row->values[IMPORT_PARENT]);
    struct error why;
    /* One that was added as the reply it is can stand above nothing that is there. */
    if (name.size == 0 || (added && comment->parent_id != 0))
        return OK;
    if (parent == 0) {
        import_reply_wait(session, comment->id, row->line, name);
        return OK;
    }
    enum status status = import_reply_link(session, comment->id, parent, &why);
    if (status == STATUS_REFUSED) {
        import_remark(session, row->line, &why);
        return OK;
    }
    if (status != OK && error)
        *error = why;
    return status;
}

/* A row that is there already must be there in this consultation. */
static void refuse_elsewhere(struct import_session *session, const struct import_row *row,
                             struct str source_id)
{
    struct error why;
    error_set(&why, STATUS_INPUT,
              _("comment '%s' of this source is in another consultation already; "
                "give this file another --source"),
              quoted(session, source_id));
    import_refuse(session, row->line, &why);
}

static enum status add_row(struct import_session *session, const struct import_row *row,
                           struct comment *comment, struct error *error)
{
    enum comment_outcome outcome;
    int64_t parent;
    enum status status = find_parent(session, row, comment, &parent, error);
    if (status == OK)
        status = comment_add(session->desk->store, comment, &outcome, error);
    if (status != OK)
        return status;
    if (outcome == COMMENT_ELSEWHERE) {
        refuse_elsewhere(session, row, comment->source_id);
        return OK;
    }
    session->result->added += outcome == COMMENT_ADDED;
    session->result->changed += outcome == COMMENT_CHANGED;
    session->result->unchanged += outcome == COMMENT_UNCHANGED;
    status = link_reply(session, row, comment, parent, outcome == COMMENT_ADDED, error);
    if (status == OK && session->result->read % SETTLED_EVERY == 0)
        status = figures_settle_changes(session->desk->store, error);
    return status;
}

enum status import_take(struct import_session *session, const struct import_row *row,
                        struct error *error)
{
    struct comment comment;
    struct error why;
    session->result->read++;
    arena_reset(&session->row);
    enum status status = read_row(session, row, &comment, &why);
    if (status == OK)
        return add_row(session, row, &comment, error);
    if (status != STATUS_INPUT)
        return status;
    import_refuse(session, row->line, &why);
    return OK;
}

/* The agency a new consultation goes to: the importer's own, else the first, else a new one. */
static enum status choose_agency(struct import_session *session, int64_t *id, struct error *error)
{
    struct agency *list;
    size_t count;
    *id = session->desk->self.agency_id;
    if (*id)
        return OK;
    enum status status = agency_list(session->desk->store, &session->arena, &list, &count, error);
    if (status != OK)
        return status;
    struct agency agency = {.slug = str_of("agency"), .name = {str_of("الجهة"), str_of("Agency")}};
    if (count == 0)
        status = agency_add(session->desk->store, &agency, error);
    *id = count ? list[0].id : agency.id;
    return status;
}

static enum status make_consultation(struct import_session *session, struct error *error)
{
    struct str slug = session->options->consultation;
    if (!slug_valid(slug, "-_."))
        return error_set(error, STATUS_USAGE,
                         _("'%.*s' cannot name a consultation: use letters, digits and '-', at "
                           "most %d characters"),
                         STR_FORMAT(slug), SLUG_MOST);
    session->consultation =
        (struct consultation){.slug = slug, .kind = str_of("consultation"), .title = {slug, slug}};
    enum status status = choose_agency(session, &session->consultation.agency_id, error);
    if (status == OK)
        status = consultation_add(session->desk->store, &session->consultation, error);
    return status;
}

static enum status find_consultation(struct import_session *session, struct error *error)
{
    const struct import_options *options = session->options;
    enum status status = consultation_find(session->desk->store, options->consultation,
                                           &session->arena, &session->consultation, error);
    if (status == STATUS_NOT_FOUND && options->create)
        status = make_consultation(session, error);
    if (status == OK)
        status = section_list(session->desk->store, session->consultation.id, &session->arena,
                              &session->sections, &session->section_count, error);
    return status;
}

static enum status read_all(struct import_session *session, struct error *error)
{
    enum status status = desk_require(session->desk, RIGHT_IMPORT, error);
    if (status == OK)
        status = find_consultation(session, error);
    if (status == OK)
        status = session->options->format == IMPORT_CSV ? import_read_csv(session, error)
                                                        : import_read_jsonl(session, error);
    if (status == OK)
        status = import_replies_settle(session, error);
    return status;
}

/* One row for all of it: a row for each comment would tell nothing that the comment does not. */
static enum status record(struct import_session *session, struct error *error)
{
    const struct import_result *result = session->result;
    struct log_import import = {.consultation_id = session->consultation.id,
                                .source = session->options->source,
                                .read = result->read,
                                .added = result->added,
                                .changed = result->changed,
                                .unchanged = result->unchanged,
                                .refused = result->refused};
    return log_import(session->desk->store, session->desk->self.id, session->options->now, &import,
                      error);
}

enum status import_comments(struct desk *desk, FILE *in, const struct import_options *options,
                            struct import_result *result, struct error *error)
{
    struct import_session session = {.desk = desk, .options = options, .result = result, .in = in};
    *result = (struct import_result){0};
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    comment_add_together(desk->store);
    status = read_all(&session, error);
    if (status == OK)
        status = comment_settle(desk->store, error);
    if (status == OK)
        status = record(&session, error);
    if (status == OK)
        status = store_commit(desk->store, error);
    if (status != OK) {
        store_rollback(desk->store);
        *result = (struct import_result){0};
    }
    import_identities_free(&session.identities);
    import_replies_free(&session.replies);
    arena_free(&session.row);
    arena_free(&session.arena);
    return status;
}
