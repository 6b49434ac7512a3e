/* What a stranger wrote stays in its place: the queue screen is drawn on a canvas with a plain
 * comment and with a hostile one, and nothing outside that comment's row and pane may differ: not on the
 * canvas, which is what the explicit mode sends, not in plain letters, and not on a terminal that
 * reorders the rows it is sent. */
#include "unit/scene.h"

#include "term/terminal_paint.h"
#include "term/wire_frame.h"
#include "text/cluster.h"
#include "unit/wire_terminal.h"

#include "ui/queue_draw.h"
#include "ui/queue_screen.h"

enum { WIDTH = 100, HEIGHT = 30, MARKS = 5000 };

/* A piece and how often it stands there. */
struct hostile {
    struct str piece;
    size_t times;
};

#define PIECE(literal)                                                                             \
    {                                                                                              \
        literal, sizeof literal - 1                                                                \
    }

static const struct hostile hostiles[] = {
    {PIECE("\u202eevil\u202d"), 1},               /* overrides left open */
    {PIECE("\u2067\u2068\u202b"), 300},           /* isolates and embeddings left open */
    {PIECE("\u2069\u202c"), 300},                 /* and closed that were never opened */
    {PIECE("a\u0301\u0651\u064e"), 1},            /* some marks */
    {PIECE("\u0651"), MARKS},                     /* marks on nothing, by the thousand */
    {PIECE("\U000e0001\U000e0041\U000e007f"), 9}, /* tag characters */
    {PIECE("\ue000\U0010fffd"), 9},               /* private use */
    {PIECE("\ufdd0\uffff\U0010ffff"), 9},         /* noncharacters */
    {PIECE("\0\0"), 9},                           /* NUL */
    {PIECE("\x1b[2J\x1b[1;1H\x1b]0;x\a"), 3},     /* escape sequences */
    {PIECE("\xc2\x9b"
           "2J\xc2\x90"
           "q\xc2\x9c"),
     3},                                               /* the same by C1 controls */
    {PIECE("\r\b\v\f\x7f\x0e\x0f"), 9},                /* C0 controls */
    {PIECE("\u2028\u2029\xc2\x85\n"), 20},             /* lines and paragraphs */
    {PIECE("\ufdfd\U00012031"), 20},                   /* signs wider than any cell */
    {PIECE("👨\u200d👩\u200d👧🏽\ufe0f"), 40}, /* emoji sequences */
    {PIECE("\u2800\u3164\u115f"), 40},                 /* letters that look like blanks */
    {PIECE("漢"), 500},                                /* wide characters at every edge */
};

struct drawn {
    struct canvas canvas;
    struct queue_boxes boxes;
    int row; /* of the comment in the list */
};

/* Draws the queue with one more comment, which the cursor is on. */
static void draw(bool mirrored, struct str author, struct str body, struct drawn *picture)
{
    void *state;
    scene_open(&state);
    struct scene *scene = state;
    struct app app = {.desk = &scene->desks[ROLE_SUPERVISOR]};
    scene_add_comment(scene, scene->consultations[0], "stranger", author, body);
    canvas_init(&app.canvas, WIDTH, HEIGHT);
    app.canvas.mirrored = mirrored;
    scene_ok(scene, queue_screen_open(&app, NULL, &scene->error));
    struct box body_box = canvas_body(&app);
    queue_draw(&app, app.top, body_box);
    queue_last(&app, (struct str){0});
    canvas_clear(&app.canvas);
    queue_draw(&app, app.top, body_box);
    assert_string_equal(app.message, "");
    picture->boxes = queue_boxes(app.queue, body_box);
    picture->row = picture->boxes.list.row + app.queue->cursor_row;
    screen_pop(&app);
    picture->canvas = app.canvas;
    scene_close(&state);
}

static bool is_inside(struct box box, int column, int row)
{
    return column >= box.column && column < box.column + box.width && row >= box.row &&
           row < box.row + box.height;
}

static bool is_dangerous(uint32_t codepoint)
{
    return (codepoint > 0 && codepoint < ' ') || (codepoint >= 0x7f && codepoint < 0xa0) ||
           (codepoint >= 0x200b && codepoint <= 0x200f) ||
           (codepoint >= 0x2028 && codepoint <= 0x202e) ||
           (codepoint >= 0x2060 && codepoint <= 0x206f) || codepoint >= 0xe0000;
}

static const struct wire_profile *const profiles[] = {&wire_profile_putty, &wire_profile_mlterm,
                                                      &wire_profile_vte};

/* Puts, in the canvas's place, what a terminal shows of the rows it is sent. */
static void send_and_show(const struct wire_profile *profile, struct canvas *canvas)
{
    struct wire_frame frame = {0};
    wire_frame_update(&frame, profile, canvas);
    for (int row = 0; row < canvas->height; row++) {
        struct picture shown =
            terminal_shows(profile, wire_frame_cells(&frame, row), WIDTH, true, NULL);
        assert_int_equal(shown.width, WIDTH);
        memcpy(&canvas->cells[(size_t)row * WIDTH], shown.cells, WIDTH * sizeof *shown.cells);
    }
    wire_frame_free(&frame);
}

static void compare(const struct drawn *plain, const struct drawn *hostile, const char *what,
                    size_t number)
{
    assert_int_equal(plain->row, hostile->row);
    for (int row = 0; row < HEIGHT; row++) {
        for (int x = 0; x < WIDTH; x++) {
            size_t at = (size_t)row * WIDTH + (size_t)x;
            const struct cell *cell = &hostile->canvas.cells[at];
            for (int i = 0; i < GLYPH_CODEPOINTS; i++) {
                if (is_dangerous(cell->glyph.codepoint[i]))
                    fail_msg("%s %zu: U+%04X at row %d", what, number,
                             (unsigned)cell->glyph.codepoint[i], row);
            }
            int column = canvas_x(&plain->canvas, x);
            if (row == plain->row || is_inside(plain->boxes.comment, column, row))
                continue;
            if (memcmp(cell, &plain->canvas.cells[at], sizeof *cell) != 0)
                fail_msg("%s %zu changes row %d, column %d", what, number, row, x);
        }
    }
}

/* Puts plain letters in the canvas's place, each in the cell it was in. */
static void send_plain(struct canvas *canvas)
{
    for (size_t at = 0; at < (size_t)WIDTH * HEIGHT; at++) {
        struct glyph *glyph = &canvas->cells[at].glyph;
        for (int i = 0; i < GLYPH_CODEPOINTS && glyph->codepoint[i] != 0; i++)
            glyph->codepoint[i] = paint_plain_letter(glyph->codepoint[i]);
        if (glyph->width > 0)
            assert_int_equal(codepoint_width(glyph->codepoint[0]), glyph->width);
    }
}

/* The same in plain letters and on every terminal that reorders. Takes both pictures' canvases for it. */
static void compare_on_terminals(struct drawn *plain, struct drawn *hostile, const char *what,
                                 size_t number)
{
    size_t size = (size_t)WIDTH * HEIGHT * sizeof(struct cell);
    struct cell *cells[] = {memcpy(malloc(size), plain->canvas.cells, size),
                            memcpy(malloc(size), hostile->canvas.cells, size)};
    for (size_t i = 0; i <= sizeof profiles / sizeof profiles[0]; i++) {
        if (i == 0) {
            send_plain(&plain->canvas);
            send_plain(&hostile->canvas);
        } else {
            send_and_show(profiles[i - 1], &plain->canvas);
            send_and_show(profiles[i - 1], &hostile->canvas);
        }
        compare(plain, hostile, what, number);
        memcpy(plain->canvas.cells, cells[0], size);
        memcpy(hostile->canvas.cells, cells[1], size);
    }
    free(cells[0]);
    free(cells[1]);
}

static void stays_in_its_place(void **state)
{
    (void)state;
    struct str plain = str_of("plain");
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        struct drawn usual, other;
        draw(mirrored, plain, plain, &usual);
        for (size_t i = 0; i < sizeof hostiles / sizeof hostiles[0]; i++) {
            struct buffer text = {0};
            for (size_t n = 0; n < hostiles[i].times; n++)
                buffer_add(&text, hostiles[i].piece);
            draw(mirrored, plain, buffer_str(&text), &other);
            compare(&usual, &other, "body", i);
            compare_on_terminals(&usual, &other, "body on a terminal", i);
            canvas_free(&other.canvas);
            draw(mirrored, buffer_str(&text), plain, &other);
            compare(&usual, &other, "author", i);
            compare_on_terminals(&usual, &other, "author on a terminal", i);
            canvas_free(&other.canvas);
            buffer_free(&text);
        }
        canvas_free(&usual.canvas);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stays_in_its_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
