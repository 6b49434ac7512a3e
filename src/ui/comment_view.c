/* The comment in full. What strangers wrote and what the interface says never share a paragraph:
 * each piece is laid out by itself, so that no text can reorder its neighbour. */
#include "ui/comment_view_lines.h"

#include "base/moment.h"
#include "store/alike.h"
#include "text/find.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "ui/alike_marks.h"
#include "ui/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    FOUND_SPANS = 500, /* highlighted places in a body, at most */
    UTF8_TAIL = 3,     /* bytes of a character behind its first, at most */
};

void comment_view_free(struct comment_view *view)
{
    arena_free(&view->arena);
    stemmer_free(view->stemmer);
    *view = (struct comment_view){0};
}

void comment_view_show(struct comment_view *view, int64_t comment, int64_t letters,
                       const struct query *query)
{
    view->stale = view->stale || letters != view->letters;
    view->letters = letters;
    if (comment != view->comment_id) {
        view->scroll = 0;
        view->body_from = 0;
        view->stale = true;
    }
    view->comment_id = comment;
    view->query = query;
}

/* Number, author, when, where from. */
static void add_origin(struct comment_view *view)
{
    const struct comment *comment = &view->comment;
    char age[WORD_BYTES];
    struct str separator = str_of("  ");
    const struct part parts[] = {
        {view_text_of(view, "#%" PRId64, comment->id), STYLE_DIM},
        {separator, STYLE_DIM},
        {word_author(comment->author), STYLE_STRONG},
        {separator, STYLE_DIM},
        {word_moment(&view->arena, comment->submitted_at), STYLE_DIM},
        {view_text_of(view, " (%s)  ", word_age(moment_now() - comment->submitted_at, age)),
         STYLE_DIM},
        {comment->language, STYLE_DIM},
        {separator, STYLE_DIM},
        {word_channel(comment->channel), STYLE_DIM},
    };
    view_add_parts(view, 0, parts, sizeof parts / sizeof parts[0]);
}

static enum status add_place(struct app *app, struct comment_view *view, struct error *error)
{
    struct str title = {0}, section_title = {0}, kept;
    for (size_t i = 0; i < app->catalog.consultation_count; i++) {
        const struct consultation *consultation = &app->catalog.consultations[i];
        if (consultation->id == view->comment.consultation_id)
            title = label_in(&consultation->title, language_code());
    }
    struct section *sections;
    size_t count;
    int ordinal = 0;
    if (view->comment.section_id != 0) {
        enum status status = section_list(app->desk->store, view->comment.consultation_id,
                                          &view->arena, &sections, &count, error);
        if (status != OK)
            return status;
        for (size_t i = 0; i < count; i++) {
            if (sections[i].id == view->comment.section_id) {
                section_title = label_in(&sections[i].title, language_code());
                ordinal = sections[i].ordinal;
            }
        }
    }
    kept = arena_copy(&view->arena, title);
    const struct part parts[] = {
        {kept, STYLE_DIM},
        {ordinal ? view_text_of(view, _(" - section %s: "), word_number(&view->arena, ordinal).data)
                 : (struct str){0},
         STYLE_DIM},
        {section_title, STYLE_DIM},
    };
    view_add_parts(view, 0, parts, sizeof parts / sizeof parts[0]);
    return OK;
}

static enum status add_state_and_tags(struct app *app, struct comment_view *view,
                                      struct error *error)
{
    enum { PARTS_A_TAG = 2 };
    struct tag *tags;
    size_t count;
    enum status status =
        comment_tags(app->desk->store, view->comment_id, &view->arena, &tags, &count, error);
    if (status != OK)
        return status;
    enum comment_state state = view->comment.state;
    struct part *parts = arena_new(&view->arena, 1 + PARTS_A_TAG * count, sizeof *parts);
    parts[0] = (struct part){view_text_of(view, "%s", word_state(state)), word_state_style(state)};
    for (size_t i = 0; i < count; i++) {
        struct str label = label_in(&tags[i].label, language_code());
        parts[1 + PARTS_A_TAG * i] = (struct part){str_of("  #"), STYLE_DIM};
        parts[2 + PARTS_A_TAG * i] = (struct part){label, STYLE_LINK};
    }
    view_add_parts(view, 0, parts, 1 + PARTS_A_TAG * count);
    return OK;
}

/* Who reads it, what was proposed, whom it is for. */
static enum status add_team(struct app *app, struct comment_view *view, struct error *error)
{
    struct claim claim;
    struct proposal proposal;
    struct assignment assignment;
    struct store *store = app->desk->store;
    enum status status =
        claim_read(store, view->comment_id, moment_now(), &view->arena, &claim, error);
    if (status == OK && claim.moderator_id != app->desk->self.id) {
        const struct part parts[] = {
            {claim.name, STYLE_STRONG},
            {str_of(role_may(app->desk->self.role, RIGHT_TAKE)
                        ? _(" is reading this comment; T takes it over")
                        : _(" is reading this comment")),
             STYLE_HELD},
        };
        view_add_parts(view, 0, parts, sizeof parts / sizeof parts[0]);
    }
    if (status == OK || status == STATUS_EMPTY)
        status = proposal_read(store, view->comment_id, &view->arena, &proposal, error);
    if (status == OK) {
        struct str reason = label_in(&proposal.reason, language_code());
        bool other = role_may(app->desk->self.role, RIGHT_DECIDE) &&
                     proposal.moderator_id != app->desk->self.id;
        const struct part parts[] = {
            {proposal.name, STYLE_STRONG},
            {str_of(_(" proposes: ")), STYLE_HELD},
            {view_text_of(view, "%s", word_action_done(proposal.action)), STYLE_STRONG},
            {reason.size ? str_of(": ") : reason, STYLE_DIM},
            {reason, STYLE_NORMAL},
            {other ? str_of(_("   y confirms it, N declines it")) : (struct str){0}, STYLE_DIM},
        };
        view_add_parts(view, 0, parts, sizeof parts / sizeof parts[0]);
    }
    if (status == OK || status == STATUS_EMPTY)
        status = assignment_read(store, view->comment_id, &view->arena, &assignment, error);
    if (status == OK) {
        const struct part parts[] = {
            {str_of(_("For ")), STYLE_DIM},
            {label_in(&assignment.label, language_code()), STYLE_STRONG},
            {str_of("  "), STYLE_DIM},
            {view_text_of(view, _("(handed on by %.*s)"), STR_FORMAT(assignment.assigner)),
             STYLE_DIM},
        };
        view_add_parts(view, 0, parts, sizeof parts / sizeof parts[0]);
    }
    return status == STATUS_EMPTY ? OK : status;
}

/* Whether what is pressed acts on all letters of its cluster, and what is marked. */
static enum status add_alike(struct app *app, struct comment_view *view, struct error *error)
{
    struct arena *arena = &view->arena;
    struct cluster cluster;
    view->difference_count = 0;
    if (view->comment.cluster_id == 0)
        return OK;
    enum status status =
        cluster_read(app->desk->store, view->comment.cluster_id, true, arena, &cluster, error);
    if (status != OK || cluster.letters < 2)
        return status;
    const char *number =
        word_number(arena, view->letters > 0 ? view->letters : cluster.letters).data;
    struct str line;
    if (view->letters > 0)
        line = view_text_of(view,
                            ngettext("%s letter: what you press acts on it. x opens it.",
                                     "%s letters that are alike: what you press acts on ALL of "
                                     "them. x opens them.",
                                     (unsigned long)view->letters),
                            number);
    else if (view->query)
        line = view_text_of(view, _("One of %s letters that are alike; you act on this one alone."),
                            number);
    else
        line = view_text_of(view, _("One of %s letters that are alike."), number);
    view_add_text(view, 0, STYLE_HELD, line, NULL, 0);
    if (view->body_from == 0)
        view->difference_count =
            alike_marks(cluster.pattern, view->comment.body, arena, &view->differences);
    if (view->difference_count > 0)
        view_add_text(view, 0, STYLE_DIM,
                      str_of(_("Marked: what the first of these letters does not say.")), NULL, 0);
    return OK;
}

/* Adds the places of one word or phrase of the query in text. */
static void add_found(struct comment_view *view, struct str text, const struct query_word *word,
                      enum find_how how, struct span *spans, size_t *count)
{
    struct buffer needle = {0};
    size_t start, end;
    fold_text(word->text, &needle);
    for (size_t from = 0; *count < FOUND_SPANS && find_in_text(text, buffer_str(&needle), how,
                                                               view->stemmer, from, &start, &end);
         from = end > start ? end : start + 1)
        spans[(*count)++] = (struct span){(uint32_t)start, (uint32_t)end, (uint16_t)STYLE_FOUND};
    buffer_free(&needle);
}

/* The places of the query's words in text, as the search found them. */
static struct span *found_spans(struct comment_view *view, struct str text, size_t *count)
{
    *count = 0;
    if (!view->query || view->query->word_count == 0)
        return NULL;
    if (!view->stemmer)
        view->stemmer = stemmer_new();
    struct span *spans = arena_new(&view->arena, FOUND_SPANS, sizeof *spans);
    for (size_t i = 0; i < view->query->word_count; i++) {
        const struct query_word *word = &view->query->words[i];
        if (word->excluded)
            continue;
        if (word->how == WORD_FORMS)
            add_found(view, text, word, FIND_STEM, spans, count);
        else if (word->how == WORD_EXACT)
            add_found(view, text, word, FIND_WHOLE, spans, count);
        if (word->how == WORD_BEGINS || query_is_open(view->query, i))
            add_found(view, text, word, FIND_PREFIX, spans, count);
    }
    return spans;
}

static void add_body(struct comment_view *view)
{
    const struct comment *comment = &view->comment;
    size_t shown_to = view->body_from + BODY_PART_BYTES;
    if (view->body_from > 0) {
        struct part part = {
            view_text_of(view, _("The first %s KB stand before this: < goes back."),
                         word_number(&view->arena, (int64_t)(view->body_from / 1024)).data),
            STYLE_DIM};
        view_add_parts(view, 0, &part, 1);
    }
    size_t span_count;
    const struct span *spans = found_spans(view, comment->body, &span_count);
    if (span_count == 0) {
        spans = view->differences;
        span_count = view->difference_count;
    }
    if (view->changed.end > 0) {
        struct part part = {str_of(_("The text changed while you were reading it:")), STYLE_HELD};
        view_add_parts(view, 0, &part, 1);
        spans = &view->changed;
        span_count = 1;
    }
    view_add_text(view, 0, STYLE_NORMAL, comment->body, spans, span_count);
    if (shown_to < comment->body_size) {
        struct part part = {
            view_text_of(
                view, _("%s KB more of this comment: > goes on."),
                word_number(&view->arena, (int64_t)((comment->body_size - shown_to + 1023) / 1024))
                    .data),
            STYLE_DIM};
        view_add_parts(view, 0, &part, 1);
    }
}

/* Cuts the part that was read at characters: what a part's edge splits is shown in the earlier. */
static void cut_at_characters(struct comment_view *view)
{
    struct str *body = &view->comment.body;
    size_t start = 0, end = body->size < BODY_PART_BYTES ? body->size : BODY_PART_BYTES;
    while (view->body_from > 0 && start < UTF8_TAIL && start < end &&
           ((unsigned char)body->data[start] & 0xc0) == 0x80)
        start++;
    while (end < body->size && ((unsigned char)body->data[end] & 0xc0) == 0x80)
        end++;
    *body = str_part(*body, start, end - start);
}

/* Marks what is another in the new text than in the old one, from the first difference to the last;
 * or, where something was only taken out, the character it stood before. */
static void mark_change(struct comment_view *view, struct str old)
{
    struct str body = view->comment.body;
    size_t same = 0, tail = 0;
    while (same < old.size && same < body.size && old.data[same] == body.data[same])
        same++;
    while (tail < old.size - same && tail < body.size - same &&
           old.data[old.size - 1 - tail] == body.data[body.size - 1 - tail])
        tail++;
    if (same == body.size && same == old.size)
        return;
    size_t start = same < body.size ? utf8_start(body, same) : body.size, end = body.size - tail;
    while (end < body.size && (end == start || ((unsigned char)body.data[end] & 0xc0) == 0x80))
        end++;
    view->changed = (struct span){(uint32_t)start, (uint32_t)(end > 0 ? end : 1), STYLE_FOUND};
}

/* Builds all lines; what was built before is released. */
static enum status build(struct app *app, struct comment_view *view, struct error *error)
{
    struct buffer old = {0};
    bool same = view->built_id == view->comment_id && view->built_from == view->body_from;
    if (same)
        buffer_add(&old, view->comment.body);
    else
        view->changed = (struct span){0};
    view->built_id = 0;
    arena_reset(&view->arena);
    view->lines = NULL;
    view->line_count = view->line_capacity = 0;
    view->responses = NULL;
    view->response_count = 0;
    enum status status =
        comment_read(app->desk->store, view->comment_id, view->body_from,
                     BODY_PART_BYTES + UTF8_TAIL, &view->arena, &view->comment, error);
    if (status != OK) {
        buffer_free(&old);
        return status;
    }
    cut_at_characters(view);
    if (same)
        mark_change(view, buffer_str(&old));
    buffer_free(&old);
    view->built_id = view->comment_id;
    view->built_from = view->body_from;
    add_origin(view);
    if ((status = add_place(app, view, error)) != OK)
        return status;
    if (!view->blind && ((status = add_state_and_tags(app, view, error)) != OK ||
                         (status = add_team(app, view, error)) != OK ||
                         (status = add_alike(app, view, error)) != OK))
        return status;
    view_add_rule(view);
    add_body(view);
    view_add_rule(view);
    return view_add_surroundings(app, view, error);
}

void comment_view_draw(struct app *app, struct comment_view *view, struct box box)
{
    if (view->comment_id == 0)
        return;
    view->rows = box.height;
    if (view->stale || view->width != box.width) {
        struct error error;
        view->width = box.width;
        view->stale = false;
        app_check(app, build(app, view, &error), &error);
    }
    view_draw_lines(&app->canvas, view, box);
}

void comment_view_scroll(struct comment_view *view, int64_t lines)
{
    size_t rows = view->rows > 0 ? (size_t)view->rows : 1;
    size_t most = view->line_count > rows ? view->line_count - rows : 0;
    int64_t target = (int64_t)view->scroll + lines;
    view->scroll = target < 0 ? 0 : (size_t)target > most ? most : (size_t)target;
}

void comment_view_top(struct comment_view *view)
{
    view->scroll = 0;
}

void comment_view_bottom(struct comment_view *view)
{
    view->scroll = view->line_count;
}

void comment_view_part(struct comment_view *view, int step)
{
    size_t target = view->body_from;
    if (step > 0 && view->body_from + BODY_PART_BYTES < view->comment.body_size)
        target += BODY_PART_BYTES;
    else if (step < 0)
        target -= target < BODY_PART_BYTES ? target : BODY_PART_BYTES;
    if (target == view->body_from)
        return;
    view->body_from = target;
    view->scroll = 0;
    view->stale = true;
}
