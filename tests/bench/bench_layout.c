/* What layout costs a character, against FriBidi alone (classes, brackets, levels, joining, shaping,
 * reordering of one line) on the same text. Medians of rounds that alternate, so that a busy machine
 * slows both. */
#include "text/layout.h"
#include "text/utf8.h"

#include <fribidi.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TEXT_BYTES = 16 * 1024, ROUNDS = 101, COLUMNS = 80 };

static const double aim_ratio = 2.0; /* on Arabic text */

struct sample {
    const char *name, *piece;
};

struct memory {
    uint32_t *text, *visual;
    size_t size;
    FriBidiCharType *types;
    FriBidiBracketType *brackets;
    FriBidiLevel *levels;
    FriBidiArabicProp *joins;
};

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
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

static double time_layout(struct arena *arena, struct str text)
{
    struct layout_options options = {.width = COLUMNS};
    struct layout layout;
    double start = now_ns();
    layout_make(arena, text, &options, &layout);
    double spent = now_ns() - start;
    arena_reset(arena);
    return spent;
}

static double time_fribidi(struct memory *memory)
{
    int size = (int)memory->size;
    FriBidiParType base = FRIBIDI_PAR_ON;
    double start = now_ns();
    memcpy(memory->visual, memory->text, memory->size * sizeof *memory->visual);
    fribidi_get_bidi_types(memory->text, size, memory->types);
    fribidi_get_bracket_types(memory->text, size, memory->types, memory->brackets);
    FriBidiLevel levels = fribidi_get_par_embedding_levels_ex(memory->types, memory->brackets, size,
                                                              &base, memory->levels);
    fribidi_get_joining_types(memory->text, size, memory->joins);
    fribidi_join_arabic(memory->types, size, memory->levels, memory->joins);
    fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, memory->levels, size, memory->joins,
                  memory->visual);
    levels = levels == 0 ? 0
                         : fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, memory->types, size, 0, base,
                                                memory->levels, memory->visual, NULL);
    double spent = now_ns() - start;
    return levels == 0 ? 0 : spent;
}

static struct memory memory_of(struct arena *arena, struct str text)
{
    struct memory memory = {.text = arena_new(arena, text.size, sizeof *memory.text)};
    for (size_t at = 0; at < text.size; memory.size++)
        at += utf8_decode(text, at, &memory.text[memory.size]);
    memory.visual = arena_new(arena, memory.size, sizeof *memory.visual);
    memory.types = arena_new(arena, memory.size, sizeof *memory.types);
    memory.brackets = arena_new(arena, memory.size, sizeof *memory.brackets);
    memory.levels = arena_new(arena, memory.size, sizeof *memory.levels);
    memory.joins = arena_new(arena, memory.size, sizeof *memory.joins);
    return memory;
}

/* Returns the ratio of layout to FriBidi. */
static double measure(const struct sample *sample)
{
    struct arena kept = {0}, arena = {0};
    struct buffer text = {0};
    double ours[ROUNDS], theirs[ROUNDS];
    while (text.size < TEXT_BYTES)
        buffer_add(&text, str_of(sample->piece));
    struct memory memory = memory_of(&kept, buffer_str(&text));
    for (size_t i = 0; i < ROUNDS; i++) {
        ours[i] = time_layout(&arena, buffer_str(&text)) / (double)memory.size;
        theirs[i] = time_fribidi(&memory) / (double)memory.size;
    }
    double our = median(ours), their = median(theirs);
    printf("bench_layout: %-7s %6.1f ns a character, FriBidi alone %6.1f, ratio %.2f\n",
           sample->name, our, their, our / their);
    arena_free(&kept);
    arena_free(&arena);
    buffer_free(&text);
    return our / their;
}

int main(void)
{
    static const struct sample arabic = {
        "Arabic", "نقترح أن تكون مواقف السيارات قرب محطات المترو مجانية (أو مخفضة) حتى يستخدم "
                  "الناس المترو، ولا سيما في أوقات الذروة بين ٧ و٩ صباحًا. "};
    static const struct sample mixed = {
        "mixed", "The new route الطريق الجديد (D-Ring) سيفتح in 2027 إن شاء الله, see the plan. "};
    static const struct sample ascii = {
        "ASCII", "Parking near the metro should be free, or cheap (at least before 9 o'clock). "};
    double ratio = measure(&arabic);
    measure(&mixed);
    measure(&ascii);
    printf("bench_layout: Arabic ratio %.2f, aim %.1f: %s\n", ratio, aim_ratio,
           ratio <= aim_ratio ? "reached" : "missed");
    return 0;
}
