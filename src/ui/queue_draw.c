/* How the queue screen looks. */
#include "ui/queue_draw.h"

#include "base/moment.h"
#include "ui/claims.h"
#include "ui/footer.h"
#include "ui/words.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    WIDE_FROM = 110, /* columns from which list and comment stand side by side */
    AGE_WIDTH = 5,
    LANGUAGE_WIDTH = 3,
    FLAGS_WIDTH = 3,
    SIGN_CURSOR = 0x25ba,   /* a triangle; turned in a mirrored canvas */
    SIGN_CHOSEN = 0x25cf,   /* a filled circle */
    SIGN_REPLY = 0x2514,    /* a corner */
    SIGN_ANSWERED = 0x00bb, /* a guillemet */
    SIGN_CLAIMED = 0x00d7,  /* a cross: another reads it */
    SIGN_PROPOSED = '?',
    SIGN_ASSIGNED = '@',
};

struct box canvas_body(const struct app *app)
{
    return (struct box){0, 0, app->canvas.width, app->canvas.height - FOOTER_ROWS};
}

/* A filter beyond the consultation, which the title shows already. */
static bool is_filtered(const struct queue_screen *queue)
{
    const struct query *filter = &queue->filter;
    return filter->states || filter->agency.size || query_is_narrow(filter);
}

struct queue_boxes queue_boxes(const struct queue_screen *queue, struct box body)
{
    struct queue_boxes boxes = {.title = {body.column, body.row, body.width, 1},
                                .tabs = {body.column, body.row + 1, body.width, 1}};
    int head = 2;
    if (is_filtered(queue))
        boxes.filter = (struct box){body.column, body.row + head++, body.width, 1};
    struct box rest = {body.column, body.row + head, body.width, body.height - head};
    if (queue->full_screen) {
        boxes.comment = (struct box){rest.column + 1, rest.row, rest.width - 2, rest.height};
    } else if (body.width >= WIDE_FROM) {
        int list = body.width * 9 / 20;
        boxes.list = (struct box){rest.column, rest.row, list, rest.height};
        boxes.divider = (struct box){rest.column + list, rest.row, 1, rest.height};
        boxes.comment =
            (struct box){rest.column + list + 2, rest.row, rest.width - list - 3, rest.height};
    } else {
        int list = rest.height * 2 / 5;
        boxes.list = (struct box){rest.column, rest.row, rest.width, list};
        boxes.divider = (struct box){rest.column, rest.row + list, rest.width, 1};
        boxes.comment = (struct box){rest.column + 1, rest.row + list + 1, rest.width - 2,
                                     rest.height - list - 1};
    }
    return boxes;
}

static struct str queue_title(const struct app *app)
{
    struct str slug = app->queue->filter.consultation;
    for (size_t i = 0; i < app->catalog.consultation_count; i++) {
        if (str_equal(app->catalog.consultations[i].slug, slug))
            return label_in(&app->catalog.consultations[i].title, language_code());
    }
    return str_of(_("All consultations"));
}

static void draw_title(struct app *app, const struct queue_model *model, struct box box)
{
    struct canvas *canvas = &app->canvas;
    canvas_fill(canvas, box, STYLE_BAR);
    const char *more = queue_model_more(model, model->total, true);
    const char *place = model->ordinal > 0
                            ? arena_printf(&canvas->arena, "%s/%s%s",
                                           word_number(&canvas->arena, model->ordinal).data,
                                           word_number(&canvas->arena, model->total).data, more)
                            : arena_printf(&canvas->arena, "%s%s",
                                           word_number(&canvas->arena, model->total).data, more);
    const char *who = arena_printf(&canvas->arena, "%s  %s (%s) ", place,
                                   app->desk->self.login.data, word_role(app->desk->self.role));
    int width = (int)layout_columns(str_of(who), (unsigned)box.width / 2);
    canvas_printf(canvas, (struct box){box.column + box.width - width, box.row, width, 1},
                  ALIGN_START, STYLE_BAR, "%s", who);
    canvas_text(canvas, (struct box){box.column + 1, box.row, box.width - width - 3, 1},
                ALIGN_START, STYLE_BAR, queue_title(app));
}

static bool is_tab(const struct queue_screen *queue, enum comment_state state)
{
    if (queue->filter.states)
        return (queue->filter.states & (1u << state)) != 0;
    return !queue->all_states && queue->state == state;
}

/* The states' queues with their keys and counts; the open one stands in brackets. */
static void draw_tabs(struct app *app, const struct queue_screen *queue, struct box box)
{
    struct canvas *canvas = &app->canvas;
    box.column++;
    box.width--;
    for (int state = 0; state < STATE_COUNT && box.width > 0; state++) {
        bool open = is_tab(queue, (enum comment_state)state);
        int64_t count = queue->model.counts[state];
        const char *text = arena_printf(&canvas->arena, open ? "[%d %s %s%s]" : " %d %s %s%s ",
                                        state + 1, word_state((enum comment_state)state),
                                        word_number(&canvas->arena, count).data,
                                        queue_model_more(&queue->model, count, open));
        unsigned style = open ? STYLE_STRONG : STYLE_DIM;
        int used = canvas_text(canvas, box, ALIGN_START, style, str_of(text));
        box.column += used;
        box.width -= used;
    }
}

static void draw_filter(struct app *app, const struct queue_screen *queue, struct box box)
{
    struct canvas *canvas = &app->canvas;
    struct query shown = queue->filter;
    shown.consultation = (struct str){0};
    box.column++;
    box.width -= 2;
    int used = canvas_printf(canvas, box, ALIGN_START, STYLE_DIM, "%s ",
                             queue->before.open ? _("Letters that are alike (x goes back):")
                                                : _("Found by (Esc clears):"));
    box.column += used;
    box.width -= used;
    canvas_text(canvas, box, ALIGN_START, STYLE_FOUND, query_text(&shown, &canvas->arena));
}

static int compare_ids(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = ((const struct target *)b)->comment;
    return left < right ? -1 : left > right;
}

static bool is_chosen(const struct queue_screen *queue, int64_t id)
{
    return queue->chosen_count > 0 && bsearch(&id, queue->chosen, queue->chosen_count,
                                              sizeof *queue->chosen, compare_ids) != NULL;
}

/* How many letters a line stands for; returns the columns used. */
static int draw_letters(struct canvas *canvas, struct box box, int64_t letters)
{
    return canvas_printf(canvas, box, ALIGN_START, STYLE_HELD,
                         /* TRANSLATORS: in a list, how many letters that are alike a line stands
                            for. */
                         ngettext("[%s letter]", "[%s letters]", (unsigned long)letters),
                         word_number(&canvas->arena, letters).data);
}

/* A row: signs, age, language, author, first words in their own direction. */
static void draw_row(struct app *app, const struct queue_screen *queue,
                     const struct comment_row *row, struct box box, bool current)
{
    struct canvas *canvas = &app->canvas;
    int author = box.width < WIDE_FROM / 2 ? 12 : 16;
    int column = box.column;
    char age[WORD_BYTES];
    bool chosen = is_chosen(queue, row->id);
    if (current)
        canvas_sign(canvas, column, box.row, STYLE_NORMAL, SIGN_CURSOR);
    if (chosen)
        canvas_sign(canvas, column + 1, box.row, STYLE_STRONG, SIGN_CHOSEN);
    column += 2;
    canvas_text(canvas, (struct box){column, box.row, AGE_WIDTH - 1, 1}, ALIGN_END, STYLE_DIM,
                str_of(word_age(moment_now() - row->submitted_at, age)));
    column += AGE_WIDTH;
    canvas_text(canvas, (struct box){column, box.row, LANGUAGE_WIDTH - 1, 1}, ALIGN_START,
                STYLE_DIM, row->language);
    column += LANGUAGE_WIDTH;
    canvas_text(canvas, (struct box){column, box.row, author, 1}, ALIGN_START, STYLE_STRONG,
                word_author(row->author));
    column += author + 1;
    if (row->parent_id)
        canvas_sign(canvas, column, box.row, STYLE_DIM, SIGN_REPLY);
    if (row->answered)
        canvas_sign(canvas, column + 1, box.row, STYLE_GOOD, SIGN_ANSWERED);
    bool claimed = claims_other(app, row);
    if (claimed)
        canvas_sign(canvas, column + 2, box.row, STYLE_HELD, SIGN_CLAIMED);
    else if (row->proposer_id)
        canvas_sign(canvas, column + 2, box.row, STYLE_HELD, SIGN_PROPOSED);
    else if (row->assigned)
        canvas_sign(canvas, column + 2, box.row, STYLE_DIM, SIGN_ASSIGNED);
    column += FLAGS_WIDTH + 1;
    struct box words = {column, box.row, box.column + box.width - column - 1, 1};
    bool several_states = queue->all_states || queue->filter.states;
    if (several_states)
        words.column += 1 + canvas_printf(canvas, words, ALIGN_START, word_state_style(row->state),
                                          "%s", word_state(row->state));
    words.width = box.column + box.width - words.column - 1;
    if (queue_model_is_line(&queue->model, row)) {
        words.column += 1 + draw_letters(canvas, words, row->letters);
        words.width = box.column + box.width - words.column - 1;
    }
    if (claimed) {
        struct box name = {words.column, words.row, words.width / 3, 1};
        words.column += 1 + canvas_text(canvas, name, ALIGN_START, STYLE_HELD, row->claim_name);
        words.width = box.column + box.width - words.column - 1;
    }
    canvas_text(canvas, words, ALIGN_OWN, STYLE_NORMAL, row->excerpt);
    if (chosen)
        canvas_add_style(canvas, box, STYLE_CHOSEN);
    if (current)
        canvas_add_style(canvas, box, STYLE_CURRENT);
}

/* Keeps the cursor's row inside the list and no row of it empty that could be filled. */
static void settle_cursor_row(struct queue_screen *queue, int rows)
{
    const struct queue_model *model = &queue->model;
    int64_t before = (int64_t)model->cursor, after = (int64_t)(model->count - model->cursor);
    queue->list_rows = rows;
    if (queue->cursor_row > rows - 1)
        queue->cursor_row = rows - 1;
    if (rows - queue->cursor_row > after)
        queue->cursor_row = (int)(rows - after);
    if (queue->cursor_row > before)
        queue->cursor_row = (int)before;
}

static void draw_empty(struct app *app, const struct queue_screen *queue, struct box box)
{
    const char *words = queue->before.open ? _("None of these letters is here. x goes back.")
                        : is_filtered(queue)
                            ? _("Nothing is found here. Esc shows the queue again.")
                            : _("This queue is empty.");
    canvas_printf(&app->canvas, (struct box){box.column, box.row + 1, box.width, 1}, ALIGN_CENTER,
                  STYLE_DIM, "%s", words);
}

static void draw_list(struct app *app, struct queue_screen *queue, struct box box)
{
    const struct queue_model *model = &queue->model;
    struct error error;
    enum status status =
        queue_model_show(&queue->model, app->desk->store, (size_t)box.height, &error);
    app_check(app, status, &error);
    if (model->count == 0) {
        draw_empty(app, queue, box);
        return;
    }
    settle_cursor_row(queue, box.height);
    size_t first = model->cursor - (size_t)queue->cursor_row;
    for (int row = 0; row < box.height && first + (size_t)row < model->count; row++)
        draw_row(app, queue, &model->rows[first + (size_t)row],
                 (struct box){box.column, box.row + row, box.width, 1},
                 first + (size_t)row == model->cursor);
}

void queue_draw(struct app *app, struct screen *screen, struct box body)
{
    struct queue_screen *queue = (struct queue_screen *)screen;
    struct queue_boxes boxes = queue_boxes(queue, body);
    draw_title(app, &queue->model, boxes.title);
    draw_tabs(app, queue, boxes.tabs);
    if (boxes.filter.height > 0)
        draw_filter(app, queue, boxes.filter);
    if (boxes.list.height > 0)
        draw_list(app, queue, boxes.list);
    if (boxes.divider.height > 0)
        canvas_rule(&app->canvas, boxes.divider, queue->comment_focus ? STYLE_STRONG : STYLE_DIM);
    if (queue->comment_focus && boxes.divider.height > 0)
        canvas_sign(&app->canvas, boxes.divider.column, boxes.divider.row, STYLE_STRONG,
                    SIGN_CURSOR);
    comment_view_draw(app, &queue->view, boxes.comment);
}
