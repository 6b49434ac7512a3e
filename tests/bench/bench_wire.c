/* What turning a row for a terminal that reorders costs, by terminal and text; and a whole frame of 80x24
 * of which nothing, one row or all has changed. Medians of rounds. */
#include "term/wire_frame.h"

#include "text/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 80, ROWS = 24, ROUNDS = 11 };

struct terminal {
    const char *name;
    const struct wire_profile *profile;
};

static const struct terminal terminals[] = {
    {"PuTTY", &wire_profile_putty}, {"mlterm", &wire_profile_mlterm}, {"VTE", &wire_profile_vte}};

static const struct text {
    const char *name, *words;
} texts[] = {
    {"Arabic", "نقترح أن تكون مواقف السيارات قرب محطات المترو مجانية (أو مخفضة) في 2027م"},
    {"mixed", "The route الطريق الجديد (D-Ring) سيفتح in 2027 إن شاء الله, see the plan."},
    /* made to have no row that shows it */
    {"hostile", "a(b (م(5 ]c] (٣[ب 2022)x[ (د]5 a[ )9(e] (و[٣ (ز)7(f a] ]ن"},
    {"English", "Parking near the metro should be free, or cheap (at least before 9 o'clock)."},
};

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, compare);
    return values[ROUNDS / 2];
}

static void fill(struct canvas *canvas, const char *words)
{
    canvas_clear(canvas);
    for (int row = 0; row < ROWS; row++)
        canvas_text(canvas, (struct box){1, row, COLUMNS - 2, 1}, ALIGN_OWN, STYLE_NORMAL,
                    str_of(words));
}

/* How long an update of a frame takes.
 * changed  rows that differ from the last one */
static double time_frame(const struct terminal *terminal, struct canvas *canvas, int changed)
{
    struct wire_frame frame = {0};
    double spent[ROUNDS];
    wire_frame_update(&frame, terminal->profile, canvas);
    for (int round = 0; round < ROUNDS; round++) {
        for (int row = 0; row < changed; row++)
            canvas->cells[row * COLUMNS + COLUMNS - 1].style ^= STYLE_CURRENT;
        double start = now_us();
        wire_frame_update(&frame, terminal->profile, canvas);
        spent[round] = now_us() - start;
    }
    wire_frame_free(&frame);
    return median(spent);
}

int main(void)
{
    struct canvas canvas;
    canvas_init(&canvas, COLUMNS, ROWS);
    for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
            fill(&canvas, texts[k].words);
            double none = time_frame(&terminals[i], &canvas, 0);
            double one = time_frame(&terminals[i], &canvas, 1);
            double all = time_frame(&terminals[i], &canvas, ROWS);
            printf(
                "bench_wire: %-6s %-7s %6.1f us a row (%.0f ns a cell); a frame of which nothing "
                "changed %.1f us, one row %.1f us, all %.0f us\n",
                terminals[i].name, texts[k].name, (all - none) / ROWS,
                (all - none) * 1e3 / ROWS / COLUMNS, none, one, all);
        }
    }
    canvas_free(&canvas);
    return 0;
}
