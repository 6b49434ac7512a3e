/* The wire row on many rows: random panes, every comment of the worked examples, and real texts.
 *
 * No row's text is out of its order. Of a row that is not quite as drawn every form is followed that
 * could be sent: none shows it. And what is shown instead is of a kind that test_wire.c has a test of. */
#include "unit/wire_possible.h"

#include "base/buffer.h"
#include "text/layout.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <csv.h>
#include <jansson.h>

enum {
    RANDOM_ROWS = 50000, /* or what $MAJLIS_WIRE_ROWS says */
    MOST_PANES = 3,
    BOX_LINE = 0x2502,
    PARTS = 10000,
    MOST_NOT_EXACT_PUTTY = 10, /* of PARTS */
    MOST_NOT_EXACT_MLTERM = 40,
    MOST_REAL = 4,
};

/* --- a row under work ------------------------------------------------------------------------- */

struct tally {
    unsigned long rows, untouched, without_seams, with_seams, naive_wrong, seams, turned;
    unsigned long overridden, paired, near, misplaced;
    unsigned long lines, blanks, brackets, digits; /* the near ones that differ in these */
    unsigned long proved; /* paired or worse, and proved to be impossible otherwise */
};

struct desk {
    struct arena arena, scratch;
    struct picture picture;
    struct picture naive; /* the same row in logical order, as a program sends it that knows of no
                             reordering */
    struct tally tally;
};

static int setup(void **state)
{
    *state = calloc(1, sizeof(struct desk));
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    arena_free(&desk->arena);
    arena_free(&desk->scratch);
    free(desk);
    return 0;
}

static void row_add(struct desk *desk, uint32_t codepoint, size_t times)
{
    while (times-- > 0) {
        picture_add(&desk->picture, codepoint);
        picture_add(&desk->naive, codepoint);
    }
}

/* The cells of a line in the order of its text; brackets turned back. */
static void add_logically(struct picture *naive, const struct layout_line *line)
{
    uint8_t levels[WIRE_ROW_MOST];
    uint32_t order[WIRE_ROW_MOST];
    for (unsigned i = 0; i < line->width; i++)
        levels[i] = line->cells[i].level;
    bidi_order(levels, line->width, order);
    for (unsigned i = 0; i < line->width; i++) {
        const struct layout_cell *from = &line->cells[order[i]];
        /* A wide glyph's two columns change places where they are reversed. */
        if (from->glyph.width == 0 && from->level % 2 == 1)
            from--;
        else if (from->glyph.width == 2 && from->level % 2 == 1)
            from++;
        struct cell *cell = &naive->cells[naive->width++];
        *cell = (struct cell){.glyph = from->glyph};
        if (from->level % 2 == 1)
            cell->glyph.codepoint[0] = bidi_mirrored(cell->glyph.codepoint[0]);
    }
}

/* Adds a pane of width columns with a spare blank at each side; a right-to-left line is flush
 * right. */
static void add_pane(struct desk *desk, const struct layout_line *line, unsigned width)
{
    unsigned rest = width - line->width;
    bool right = line->base_level % 2 == 1;
    row_add(desk, ' ', 1 + (right ? rest : 0));
    for (unsigned i = 0; i < line->width; i++)
        desk->picture.cells[desk->picture.width++] = (struct cell){.glyph = line->cells[i].glyph};
    add_logically(&desk->naive, line);
    row_add(desk, ' ', 1 + (right ? 0 : rest));
}

static void print_picture(const struct picture *picture)
{
    for (size_t x = 0; x < picture->width; x++)
        for (int i = 0; i < GLYPH_CODEPOINTS && picture->cells[x].glyph.codepoint[i]; i++)
            print_message("%s%x", i ? "+" : " ", (unsigned)picture->cells[x].glyph.codepoint[i]);
    print_message("\n");
}

static struct wire_row make(struct desk *desk, const struct wire_profile *profile,
                            const struct picture *picture)
{
    return wire_row_make(&desk->arena, &desk->scratch, profile, picture->cells, picture->width, -1,
                         NULL);
}

/* --- rows that are not exact -------------------------------------------------------------------- */

/* No form of the row shows it. One that is right only where brackets are paired has none that is right
 * either way. */
static void prove_impossible(struct desk *desk, const struct wire_profile *profile,
                             enum wire_result result)
{
    struct wire_profile paired = *profile;
    if (result > WIRE_PAIRED)
        paired.brackets = WIRE_BRACKETS_PAIRED;
    if (forms_of_picture(&paired, &desk->picture) != WIRE_FORMS_NONE) {
        print_picture(&desk->picture);
        fail_msg("it is not proved that no row shows this (result %d)", (int)result);
    }
    desk->tally.proved++;
}

/* What is shown instead reads alike (see terminal_keeps_promise); it differs in one of four ways, which
 * test_wire.c has a test each of, or in several. */
static void count_liberties(struct tally *tally, unsigned liberties)
{
    assert_true(liberties != 0);
    tally->lines += (liberties & LIBERTY_LINES) != 0;
    tally->blanks += (liberties & LIBERTY_BLANKS) != 0;
    tally->brackets += (liberties & LIBERTY_BRACKETS) != 0;
    tally->digits += (liberties & LIBERTY_DIGITS) != 0;
}

/* --- one row ------------------------------------------------------------------------------------ */

/* Makes the wire row, proves what it says of itself, and counts. One that is not exact anywhere is
 * proved to be impossible. */
static void check_row(struct desk *desk, const struct wire_profile *profile)
{
    const struct picture *picture = &desk->picture;
    struct wire_row row = make(desk, profile, picture);
    struct tally *tally = &desk->tally;
    bool exact = row.result == WIRE_EXACT;
    tally->rows++;
    tally->untouched += row.result == WIRE_UNTOUCHED;
    tally->without_seams += exact && row.seams == 0 && !row.overridden;
    tally->with_seams += exact && row.seams > 0;
    tally->overridden += row.overridden;
    tally->seams += exact ? row.seams : 0;
    tally->turned += row.right_to_left;
    tally->naive_wrong +=
        !terminal_agrees(profile, desk->naive.cells, picture->cells, picture->width);
    tally->paired += row.result == WIRE_PAIRED;
    tally->near += row.result == WIRE_NEAR;
    tally->misplaced += row.result == WIRE_MISPLACED;
    if (!terminal_keeps_promise(profile, &row, picture->cells)) {
        print_picture(picture);
        fail_msg("a row is not shown as it says (result %d)", (int)row.result);
    }
    if (row.result == WIRE_NEAR)
        count_liberties(tally, terminal_liberties(profile, &row, picture->cells));
    if (row.result > WIRE_EXACT)
        prove_impossible(desk, profile, row.result);
}

/* Rows that are not as drawn everywhere. */
static unsigned long failing(const struct tally *tally)
{
    return tally->paired + tally->near + tally->misplaced;
}

static void print_tally(const char *what, const struct desk *desk)
{
    const struct tally *tally = &desk->tally;
    double share = 100.0 / (double)tally->rows;
    double each = tally->with_seams ? (double)tally->seams / (double)tally->with_seams : 0.0;
    print_message(
        "counted: %s: %lu rows; untouched %.2f%%, exact without seams %.2f%%, with %.2f%% (%.2f "
        "each), overridden %.3f%%; right to left %.2f%%; only with paired brackets %lu; nearly as "
        "drawn %lu (ASCII lines in %lu, a blank moved in %lu, a bracket turned in %lu, other "
        "digits "
        "in %lu); misplaced %lu; of these %lu, proved to have no other form %lu; logical text as "
        "it "
        "is would be wrong in %.2f%%\n",
        what, tally->rows, share * (double)tally->untouched, share * (double)tally->without_seams,
        share * (double)tally->with_seams, each, share * (double)tally->overridden,
        share * (double)tally->turned, tally->paired, tally->near, tally->lines, tally->blanks,
        tally->brackets, tally->digits, tally->misplaced, failing(tally), tally->proved,
        share * (double)tally->naive_wrong);
}

/* --- random panes ----------------------------------------------------------------------------- */

/* xorshift64*: the same rows on every machine. */
static uint64_t random_state = 0x9e3779b97f4a7c15;

static unsigned random_below(unsigned limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (unsigned)((random_state * 0x2545f4914f6cdd1d) >> 33) % limit;
}

static const char *const pieces[] = {
    "واحد", "مُحَمَّد", "لا",      "ب",    "الدوحة",
    "שלום", "א",    "traffic", "a",    "Doha",
    "2022", "5",    "١٢",      "٣",    "1,234",
    "12%",  "$5",   "-3",      "+974", "6:45",
    "2-1",  "م",    "水",      "é",    "https://x.qa/?a=1",
};
static const char *const between[] = {" ", " ",  " ",  " ", " ", "",  ", ", "، ", ". ",   "-", "/",
                                      "(", ") ", " (", ")", "[", "]", ": ", "؟ ", " :) ", "«", "»"};

#define PICK(list) (list)[random_below(sizeof(list) / sizeof(list)[0])]

static void random_text(struct buffer *text)
{
    unsigned count = random_below(7);
    buffer_clear(text);
    for (unsigned i = 0; i < count; i++) {
        buffer_add(text, str_of(PICK(pieces)));
        buffer_add(text, str_of(PICK(between)));
    }
}

static void random_row(struct desk *desk, struct buffer *text)
{
    unsigned panes = 1 + random_below(MOST_PANES);
    desk->picture.width = desk->naive.width = 0;
    row_add(desk, BOX_LINE, 1);
    for (unsigned i = 0; i < panes; i++) {
        struct layout layout;
        unsigned width = 4 + random_below(30);
        struct layout_options options = {.width = width,
                                         .one_line = true,
                                         .neutral =
                                             random_below(2) ? DIRECTION_RTL : DIRECTION_LTR};
        random_text(text);
        layout_make(&desk->arena, buffer_str(text), &options, &layout);
        add_pane(desk, &layout.lines[0], width);
        row_add(desk, BOX_LINE, 1);
    }
}

static unsigned long random_rows(void)
{
    const char *wish = getenv("MAJLIS_WIRE_ROWS");
    return wish ? strtoul(wish, NULL, 10) : RANDOM_ROWS;
}

/* most_parts  how many of PARTS rows may not be exact, all proved impossible */
static void check_random_rows(struct desk *desk, const struct wire_profile *profile,
                              const char *name, unsigned long most_parts)
{
    struct buffer text = {0};
    unsigned long most = random_rows();
    for (unsigned long i = 0; i < most; i++) {
        random_row(desk, &text);
        check_row(desk, profile);
        arena_reset(&desk->arena);
    }
    buffer_free(&text);
    print_tally(name, desk);
    assert_int_equal(desk->tally.misplaced, 0);
    assert_int_equal(desk->tally.proved, failing(&desk->tally));
    assert_true(failing(&desk->tally) * PARTS <= most * most_parts);
}

static void test_random_rows_on_putty(void **state)
{
    check_random_rows(*state, &wire_profile_putty, "random rows, PuTTY", MOST_NOT_EXACT_PUTTY);
}

/* Parts of a row have no choice of direction; where that is needed its lines are drawn plainly. */
static void test_random_rows_on_mlterm(void **state)
{
    check_random_rows(*state, &wire_profile_mlterm, "random rows, mlterm", MOST_NOT_EXACT_MLTERM);
}

/* Where there are overrides, everything can be shown. */
static void test_random_rows_on_vte(void **state)
{
    check_random_rows(*state, &wire_profile_vte, "random rows, VTE", 0);
}

/* --- the worked examples ---------------------------------------------------------------------- */

/* Every line of a comment in a pane between box lines, beside a pane of the interface's language;
 * mirrored, the two panes change places. */
static void check_body(struct desk *desk, const struct wire_profile *profile, struct str body,
                       unsigned width, bool mirrored)
{
    struct layout beside, layout;
    struct layout_options options = {.width = width,
                                     .neutral = mirrored ? DIRECTION_RTL : DIRECTION_LTR};
    const char *words = mirrored ? "بانتظار القرار 3" : "pending 3";
    layout_make(&desk->arena, str_of(words), &options, &beside);
    layout_make(&desk->arena, body, &options, &layout);
    for (size_t i = 0; i < layout.line_count; i++) {
        desk->picture.width = desk->naive.width = 0;
        row_add(desk, BOX_LINE, 1);
        add_pane(desk, mirrored ? &layout.lines[i] : &beside.lines[0], width);
        row_add(desk, BOX_LINE, 1);
        add_pane(desk, mirrored ? &beside.lines[0] : &layout.lines[i], width);
        row_add(desk, BOX_LINE, 1);
        check_row(desk, profile);
    }
}

static void check_text(struct desk *desk, const struct wire_profile *profile, struct str text)
{
    static const unsigned widths[] = {40, 78};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        check_body(desk, profile, text, widths[i], false);
        check_body(desk, profile, text, widths[i], true);
    }
    arena_reset(&desk->arena);
}

static void check_file(struct desk *desk, const struct wire_profile *profile, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    assert_non_null(file);
    while (getline(&line, &size, file) > 0) {
        json_t *comment = json_loads(line, JSON_ALLOW_NUL, NULL);
        const json_t *body = json_object_get(comment, "body");
        assert_true(json_is_string(body));
        check_text(desk, profile, (struct str){json_string_value(body), json_string_length(body)});
        json_decref(comment);
    }
    free(line);
    fclose(file);
}

static void check_examples(struct desk *desk, const struct wire_profile *profile, const char *name)
{
    const char *data = getenv("MAJLIS_TEST_DATA");
    char folder[512], path[1024];
    unsigned files = 0;
    snprintf(folder, sizeof folder, "%s/examples", data ? data : "data");
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (!ending || strcmp(ending, ".jsonl") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        check_file(desk, profile, path);
        files++;
    }
    closedir(entries);
    print_tally(name, desk);
    assert_true(files > 0);
}

/* No real row may fail that a terminal can show at all; what box lines part is the terminal's to
 * give a direction, and may be shown but nearly. */
static void assert_all_as_drawn(const struct desk *desk, bool parts)
{
    const struct tally *tally = &desk->tally;
    assert_int_equal(tally->misplaced, 0);
    assert_int_equal(parts ? 0 : tally->near, 0);
    assert_int_equal(tally->proved, failing(tally));
    assert_true(failing(tally) * PARTS <= tally->rows * MOST_REAL);
}

static void test_every_comment_of_the_examples_on_putty(void **state)
{
    struct desk *desk = *state;
    check_examples(desk, &wire_profile_putty, "worked examples, PuTTY");
    assert_all_as_drawn(desk, false);
}

static void test_every_comment_of_the_examples_on_vte(void **state)
{
    struct desk *desk = *state;
    check_examples(desk, &wire_profile_vte, "worked examples, VTE");
    assert_all_as_drawn(desk, false);
    assert_int_equal(desk->tally.paired, 0);
}

static void test_every_comment_of_the_examples_on_mlterm(void **state)
{
    struct desk *desk = *state;
    check_examples(desk, &wire_profile_mlterm, "worked examples, mlterm");
    assert_all_as_drawn(desk, true);
}

/* --- what the public wrote elsewhere ---------------------------------------------------------- */

struct reading {
    struct desk *desk;
    const struct wire_profile *profile;
};

static void check_field(void *field, size_t size, void *context)
{
    const struct reading *reading = context;
    check_text(reading->desk, reading->profile, (struct str){field, size});
}

static void check_csv(struct desk *desk, const struct wire_profile *profile, const char *path)
{
    struct reading reading = {desk, profile};
    struct csv_parser parser;
    char bytes[65536];
    size_t size;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(csv_init(&parser, 0), 0);
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0)
        assert_int_equal(csv_parse(&parser, bytes, size, check_field, NULL, &reading), size);
    csv_fini(&parser, check_field, NULL, &reading);
    csv_free(&parser);
    fclose(file);
}

/* Every field of every file, where $MAJLIS_REAL_TEXTS names a folder of CSV files, or one lies beside
 * the project. No text of one's own may fail on a terminal where the program is alone. */
static void check_real(struct desk *desk, const struct wire_profile *profile, const char *name)
{
    const char *folder = getenv("MAJLIS_REAL_TEXTS");
    folder = folder ? folder : "../shared/data";
    DIR *entries = opendir(folder);
    char path[1024];
    if (!entries) {
        print_message("%s: no texts in %s\n", name, folder);
        skip();
    }
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (!ending || strcmp(ending, ".csv") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        check_csv(desk, profile, path);
    }
    closedir(entries);
    print_tally(name, desk);
}

static void test_real_texts_on_putty(void **state)
{
    struct desk *desk = *state;
    check_real(desk, &wire_profile_putty, "real texts, PuTTY");
    assert_all_as_drawn(desk, false);
}

static void test_real_texts_on_mlterm(void **state)
{
    struct desk *desk = *state;
    check_real(desk, &wire_profile_mlterm, "real texts, mlterm");
    assert_all_as_drawn(desk, true);
}

static void test_real_texts_on_vte(void **state)
{
    struct desk *desk = *state;
    check_real(desk, &wire_profile_vte, "real texts, VTE");
    assert_all_as_drawn(desk, false);
    assert_int_equal(desk->tally.paired, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_random_rows_on_putty, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_rows_on_mlterm, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_rows_on_vte, setup, teardown),
        cmocka_unit_test_setup_teardown(test_every_comment_of_the_examples_on_putty, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_every_comment_of_the_examples_on_mlterm, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_every_comment_of_the_examples_on_vte, setup, teardown),
        cmocka_unit_test_setup_teardown(test_real_texts_on_putty, setup, teardown),
        cmocka_unit_test_setup_teardown(test_real_texts_on_mlterm, setup, teardown),
        cmocka_unit_test_setup_teardown(test_real_texts_on_vte, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
