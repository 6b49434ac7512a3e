/* The samples. Each is a few words as one mode sends them; their rows go to the terminal untouched, so
 * that it shows what it makes of them. Every sample begins and ends with a Latin letter, which keeps
 * it to itself on a terminal that reorders the row. */
#include "ui/terminal_screen.h"

#include "base/memory.h"
#include "term/wire.h"

#include <stdlib.h>
#include <string.h>

enum {
    SAMPLES = 3,
    SAMPLE_LINES = 3,
    SAMPLE_ROW = 5,      /* of the screen, where the first line of the samples stands */
    SAMPLE_COLUMNS = 25, /* of one sample; three fit on the narrowest screen */
};

/* As a left-to-right paragraph. A reader knows them at a glance; there are letters that join and
 * letters that do not, a number, and both kinds of lam-alef. */
static const char *const sample_lines[SAMPLE_LINES] = {
    "Doha الدوحة Qatar",
    "see مجلس الأهالي 2026 now",
    "go إلى الإشارة (3) then",
};

/* In the order of their keys. */
static const struct {
    enum wire_mode wire;
    const char *words;
} samples[SAMPLES] = {
    {WIRE_EXPLICIT, N_("joined by majlis")},
    {WIRE_IMPLICIT, N_("left to the terminal")},
    {WIRE_PLAIN, N_("not joined")},
};

/* --- what is shown ---------------------------------------------------------------------------- */

/* The cells of one line as a mode sends them; *width receives how many. */
static const struct cell *sample_cells(struct arena *arena, enum wire_mode wire, const char *text,
                                       size_t *width)
{
    struct layout layout;
    struct layout_options options = {.width = SAMPLE_COLUMNS,
                                     .direction = DIRECTION_LTR,
                                     .one_line = true,
                                     .unshaped = wire == WIRE_PLAIN};
    struct wire_profile profile = wire_profile_putty;
    struct arena scratch = {0};
    layout_make(arena, str_of(text), &options, &layout);
    *width = layout.lines[0].width;
    struct cell *cells = arena_new(arena, *width, sizeof *cells);
    for (size_t i = 0; i < *width; i++)
        cells[i].glyph = layout.lines[0].cells[i].glyph;
    if (wire != WIRE_IMPLICIT)
        return cells;
    profile.direction = WIRE_DIRECTION_LEFT_TO_RIGHT;
    struct wire_row row = wire_row_make(arena, &scratch, &profile, cells, *width, -1, NULL);
    arena_free(&scratch);
    return row.cells;
}

static void draw_sample(struct canvas *canvas, int number, enum wire_mode now)
{
    int column = number * (canvas->width / SAMPLES) + 1;
    int x = canvas->mirrored ? canvas->width - column - SAMPLE_COLUMNS : column;
    enum wire_mode wire = samples[number].wire;
    struct box row = {column, SAMPLE_ROW - 1, SAMPLE_COLUMNS, 1};
    int used = canvas_printf(canvas, row, ALIGN_START, STYLE_KEY, " %d ", number + 1);
    row.column += used + 1;
    row.width -= used + 1;
    canvas_printf(canvas, row, ALIGN_START, wire == now ? STYLE_STRONG : STYLE_DIM, "%s",
                  _(samples[number].words));
    for (int line = 0; line < SAMPLE_LINES; line++) {
        size_t width;
        const struct cell *cells = sample_cells(&canvas->arena, wire, sample_lines[line], &width);
        canvas_sample(canvas, x, SAMPLE_ROW + 1 + line * 2, cells, width);
    }
}

const char *terminal_reason(enum mode_reason reason)
{
    static const char *const words[] = {
        [MODE_TOLD] = N_("told so by --wire, $MAJLIS_WIRE or the settings"),
        [MODE_REMEMBERED] = N_("you settled it before"),
        [MODE_KNOWN] = N_("a terminal that was tried"),
        [MODE_UNKNOWN] = N_("a terminal that nothing is known of"),
    };
    return _(words[reason]);
}

const char *terminal_advice(const struct terminal_mode *mode)
{
    const struct terminal_kind *kind = terminal_kind_find(&mode->answers, mode->type);
    if (!kind || !kind->settings_help)
        return NULL;
    return _(
        "PuTTY can leave it all to majlis: set both \"Disable bidirectional text display\" and "
        "\"Disable Arabic text shaping\" (Terminal, Features), come back here and choose 1.");
}

/* Draws a paragraph of the interface; returns its rows. */
static int draw_paragraph(struct canvas *canvas, int row, unsigned style, const char *text)
{
    struct layout layout;
    struct layout_options options = {.width = (unsigned)canvas->width - 2,
                                     .direction = canvas->mirrored ? DIRECTION_RTL : DIRECTION_LTR};
    layout_make(&canvas->arena, str_of(text), &options, &layout);
    for (size_t i = 0; i < layout.line_count; i++)
        canvas_line(canvas, (struct box){1, row + (int)i, canvas->width - 2, 1}, ALIGN_START, style,
                    &layout.lines[i], NULL, 0);
    return (int)layout.line_count;
}

static void draw(struct canvas *canvas, const struct terminal_mode *mode)
{
    /* Who cannot read one of them yet can read the other. */
    static const char english[] = "Press the number of the column in which the Arabic reads right.";
    static const char arabic[] = "اضغط رقم العمود الذي تُقرأ فيه العربية قراءة صحيحة.";
    struct box title = {0, 0, canvas->width, 1};
    bool in_arabic = canvas->mirrored;
    canvas_fill(canvas, title, STYLE_BAR);
    canvas_printf(canvas, (struct box){1, 0, canvas->width - 2, 1}, ALIGN_START, STYLE_BAR, "%s",
                  _("Arabic on this terminal"));
    struct box line = {1, 1, canvas->width - 2, 1};
    canvas_text(canvas, line, ALIGN_START, STYLE_STRONG, str_of(in_arabic ? arabic : english));
    line.row++;
    canvas_text(canvas, line, ALIGN_START, STYLE_DIM, str_of(in_arabic ? english : arabic));
    for (int i = 0; i < SAMPLES; i++)
        draw_sample(canvas, i, mode->wire);
    int row = SAMPLE_ROW + 1 + SAMPLE_LINES * 2 + 1;
    const char *key = terminal_kind_key(&mode->answers, mode->type, &canvas->arena);
    row += draw_paragraph(canvas, row, STYLE_NORMAL,
                          arena_printf(&canvas->arena, _("Terminal: %s. Mode: %s (%s)."), key,
                                       wire_mode_name(mode->wire), terminal_reason(mode->reason)));
    row +=
        draw_paragraph(canvas, row, STYLE_NORMAL,
                       _("Your choice is remembered for this kind of terminal. 0 forgets it; Esc "
                         "leaves all as it is."));
    const char *advice = terminal_advice(mode);
    if (advice)
        draw_paragraph(canvas, row + 1, STYLE_DIM, advice);
}

/* --- within the program ----------------------------------------------------------------------- */

static enum context terminal_screen_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_TERMINAL;
}

static void terminal_screen_draw(struct app *app, struct screen *screen, struct box box)
{
    (void)screen;
    (void)box;
    draw(&app->canvas, terminal_mode(app->terminal));
}

static void terminal_screen_close(struct app *app, struct screen *screen)
{
    (void)app;
    free(screen);
}

static const struct screen_type terminal_screen_type = {
    .context = terminal_screen_context,
    .draw = terminal_screen_draw,
    .close = terminal_screen_close,
};

void terminal_screen_open(struct app *app, struct str argument)
{
    (void)argument;
    if (app->top->type == &terminal_screen_type)
        return;
    struct screen *screen = memory_new(1, sizeof *screen);
    screen->type = &terminal_screen_type;
    screen_push(app, screen);
}

/* Settles the mode and goes back to where one was. */
static void choose(struct app *app, enum wire_mode wire)
{
    struct error error;
    screen_pop(app);
    if (app_check(app, terminal_settle(app->terminal, wire, &error), &error))
        app_say(app, STYLE_GOOD,
                wire == WIRE_AUTOMATIC ? _("Forgotten; this terminal now has: %s.")
                                       : _("Remembered for this terminal: %s."),
                wire_mode_name(terminal_mode(app->terminal)->wire));
}

void terminal_choose_first(struct app *app, struct str argument)
{
    (void)argument;
    choose(app, samples[0].wire);
}

void terminal_choose_second(struct app *app, struct str argument)
{
    (void)argument;
    choose(app, samples[1].wire);
}

void terminal_choose_third(struct app *app, struct str argument)
{
    (void)argument;
    choose(app, samples[2].wire);
}

void terminal_forget(struct app *app, struct str argument)
{
    (void)argument;
    choose(app, WIRE_AUTOMATIC);
}

void terminal_leave_samples(struct app *app, struct str argument)
{
    (void)argument;
    screen_pop(app);
}

/* --- alone ------------------------------------------------------------------------------------ */

/* The mode a press chooses, WIRE_AUTOMATIC for forgetting; false when it is no choice. */
static bool read_choice(const struct press *press, enum wire_mode *wire)
{
    struct press key = press_on_latin_layout(*press);
    if (key.kind != PRESS_CHARACTER || key.control || key.alt || key.codepoint < '0' ||
        key.codepoint > '0' + SAMPLES)
        return false;
    *wire = key.codepoint == '0' ? WIRE_AUTOMATIC : samples[key.codepoint - '1'].wire;
    return true;
}

static bool is_leaving(const struct press *press)
{
    struct press key = press_on_latin_layout(*press);
    bool letter = key.kind == PRESS_CHARACTER &&
                  (key.codepoint == 'q' || (key.control && key.codepoint == 'c'));
    return letter || key.kind == PRESS_ESCAPE || key.kind == PRESS_HANGUP ||
           key.kind == PRESS_TERMINATE;
}

static void show(struct terminal *terminal, struct canvas *canvas)
{
    int width, height;
    terminal_size(terminal, &width, &height);
    if (width != canvas->width || height != canvas->height)
        canvas_resize(canvas, width, height);
    canvas_clear(canvas);
    draw(canvas, terminal_mode(terminal));
    terminal_show(terminal, canvas);
}

enum status terminal_screen_run(const struct terminal_options *options, struct error *error)
{
    struct terminal *terminal;
    struct canvas canvas;
    struct press press;
    enum wire_mode wire;
    enum status status = terminal_open(&terminal, options, error);
    if (status)
        return status;
    canvas_init(&canvas, MINIMUM_WIDTH, MINIMUM_HEIGHT);
    canvas.mirrored = language_now() == LANGUAGE_ARABIC;
    for (;;) {
        show(terminal, &canvas);
        terminal_wait(terminal, -1, &press);
        if (is_leaving(&press))
            break;
        if (read_choice(&press, &wire)) {
            status = terminal_settle(terminal, wire, error);
            break;
        }
    }
    canvas_free(&canvas);
    terminal_close(terminal);
    return status;
}
