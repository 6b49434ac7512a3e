/* UAX #9 against Unicode's own tests: every case of BidiTest.txt and BidiCharacterTest.txt through
 * bidi_levels(), bidi_end_line() and bidi_order(). No difference is allowed. */
#include "text/bidi.h"

#include "conformance/ucd.h"

#include <fribidi.h>

enum { MOST_SHOWN = 10, REMOVED = 0xff };

struct result {
    uint8_t base_level;
    uint8_t levels[UCD_MOST]; /* REMOVED where rule X9 removes the character */
    size_t order[UCD_MOST];
    size_t order_size;
};

struct tally {
    const char *file;
    size_t cases, different;
};

static bool is_removed(uint32_t codepoint)
{
    FriBidiCharType type = fribidi_get_bidi_type(codepoint);
    return type == FRIBIDI_TYPE_BN || FRIBIDI_IS_EXPLICIT(type);
}

/* Rule L2 over what X9 leaves. */
static void find_order(struct result *result, size_t size)
{
    uint8_t levels[UCD_MOST];
    uint32_t order[UCD_MOST];
    size_t places[UCD_MOST];
    result->order_size = 0;
    for (size_t i = 0; i < size; i++) {
        if (result->levels[i] == REMOVED)
            continue;
        levels[result->order_size] = result->levels[i];
        places[result->order_size++] = i;
    }
    bidi_order(levels, result->order_size, order);
    for (size_t i = 0; i < result->order_size; i++)
        result->order[i] = places[order[i]];
}

/* Rules L1 and L2, and the removed characters out. */
static void finish(const uint32_t *text, size_t size, struct result *result)
{
    bidi_end_line(text, size, result->base_level, result->levels);
    for (size_t i = 0; i < size; i++) {
        if (is_removed(text[i]))
            result->levels[i] = REMOVED;
    }
    find_order(result, size);
}

static void run(struct arena *arena, const uint32_t *text, size_t size, enum direction direction,
                struct result *result)
{
    result->base_level = bidi_levels(arena, text, size, direction, DIRECTION_LTR, result->levels);
    finish(text, size, result);
    arena_reset(arena);
}

static bool same(const struct result *a, const struct result *b, size_t size)
{
    return a->base_level == b->base_level && memcmp(a->levels, b->levels, size) == 0 &&
           a->order_size == b->order_size &&
           memcmp(a->order, b->order, a->order_size * sizeof a->order[0]) == 0;
}

static void show(const char *name, const struct result *result, size_t size)
{
    printf("  %-8s base %u levels", name, result->base_level);
    for (size_t i = 0; i < size; i++) {
        if (result->levels[i] == REMOVED)
            printf(" x");
        else
            printf(" %u", result->levels[i]);
    }
    printf("\n");
}

static void check(struct arena *arena, struct tally *tally, const char *line, const uint32_t *text,
                  size_t size, enum direction direction, const struct result *wanted)
{
    struct result got;
    tally->cases++;
    run(arena, text, size, direction, &got);
    if (!same(&got, wanted, size)) {
        if (tally->different++ < MOST_SHOWN) {
            printf("%s differs, direction %d: %s\n", tally->file, (int)direction, line);
            show("wanted", wanted, size);
            show("got", &got, size);
        }
    }
}

/* Reads "x 0 1 ..." into levels; returns how many. */
static size_t read_levels(char *text, uint8_t levels[static UCD_MOST])
{
    size_t count = 0;
    for (char *word = strtok(text, " \t"); word; word = strtok(NULL, " \t"))
        levels[count++] = *word == 'x' ? REMOVED : (uint8_t)strtoul(word, NULL, 10);
    return count;
}

static size_t read_order(char *text, size_t order[static UCD_MOST])
{
    size_t count = 0;
    for (char *word = strtok(text, " \t"); word; word = strtok(NULL, " \t"))
        order[count++] = strtoul(word, NULL, 10);
    return count;
}

/* --- BidiTest.txt: classes instead of characters --- */

static uint32_t character_of(const char *class)
{
    static const struct {
        const char *class;
        uint32_t codepoint;
    } characters[] = {
        {"L", 'a'},      {"R", 0x5d0},    {"EN", '0'},     {"ES", '+'},     {"ET", '$'},
        {"AN", 0x660},   {"CS", ','},     {"B", 0x2029},   {"S", '\t'},     {"WS", ' '},
        {"ON", '!'},     {"LRE", 0x202a}, {"LRO", 0x202d}, {"RLE", 0x202b}, {"RLO", 0x202e},
        {"PDF", 0x202c}, {"NSM", 0x300},  {"AL", 0x627},   {"BN", 0xad},    {"LRI", 0x2066},
        {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069},
    };
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        if (strcmp(characters[i].class, class) == 0)
            return characters[i].codepoint;
    }
    fprintf(stderr, "BidiTest.txt names an unknown class: %s\n", class);
    exit(1);
}

static void check_classes(struct arena *arena, struct tally *tally, char *line,
                          struct result *wanted)
{
    static const enum direction directions[] = {DIRECTION_AUTO, DIRECTION_LTR, DIRECTION_RTL};
    char shown[UCD_LINE_BYTES];
    uint32_t text[UCD_MOST];
    size_t size = 0;
    snprintf(shown, sizeof shown, "%s", line);
    char *bits = strchr(line, ';');
    *bits++ = '\0';
    for (char *word = strtok(line, " \t"); word; word = strtok(NULL, " \t"))
        text[size++] = character_of(word);
    unsigned long set = strtoul(bits, NULL, 16);
    for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++) {
        if (!(set >> i & 1))
            continue;
        /* The file gives no paragraph level: take the one asked for, or bidi_levels()'s own. */
        uint8_t levels[UCD_MOST];
        wanted->base_level = bidi_levels(arena, text, size, directions[i], DIRECTION_LTR, levels);
        check(arena, tally, shown, text, size, directions[i], wanted);
    }
}

static void test_classes(struct arena *arena, struct tally *tally)
{
    FILE *file = ucd_open(tally->file);
    char line[UCD_LINE_BYTES];
    struct result wanted = {0};
    while (ucd_line(file, line, NULL)) {
        if (strncmp(line, "@Levels:", 8) == 0)
            read_levels(line + 8, wanted.levels);
        else if (strncmp(line, "@Reorder:", 9) == 0)
            wanted.order_size = read_order(line + 9, wanted.order);
        else if (*line != '@')
            check_classes(arena, tally, line, &wanted);
    }
    fclose(file);
}

/* --- BidiCharacterTest.txt: characters; direction; paragraph level; levels; order --- */

static void check_characters(struct arena *arena, struct tally *tally, char *line)
{
    enum { FIELDS = 5 };
    char shown[UCD_LINE_BYTES];
    char *fields[FIELDS];
    uint32_t text[UCD_MOST];
    size_t size = 0;
    struct result wanted;
    snprintf(shown, sizeof shown, "%s", line);
    for (size_t i = 0; i < FIELDS; i++)
        fields[i] = strsep(&line, ";");
    for (char *word = strtok(fields[0], " "); word; word = strtok(NULL, " "))
        text[size++] = (uint32_t)strtoul(word, NULL, 16);
    enum direction direction = *fields[1] == '0'   ? DIRECTION_LTR
                               : *fields[1] == '1' ? DIRECTION_RTL
                                                   : DIRECTION_AUTO;
    wanted.base_level = (uint8_t)strtoul(fields[2], NULL, 10);
    read_levels(fields[3], wanted.levels);
    wanted.order_size = read_order(fields[4], wanted.order);
    check(arena, tally, shown, text, size, direction, &wanted);
}

static void test_characters(struct arena *arena, struct tally *tally)
{
    FILE *file = ucd_open(tally->file);
    char line[UCD_LINE_BYTES];
    while (ucd_line(file, line, NULL))
        check_characters(arena, tally, line);
    fclose(file);
}

/* One line of the Test Anything Protocol a file. */
static bool report(int number, const struct tally *tally, size_t least)
{
    bool passed = tally->cases >= least && tally->different == 0;
    printf("%s %d - %s: %zu cases, %zu differences\n", passed ? "ok" : "not ok", number,
           tally->file, tally->cases, tally->different);
    return passed;
}

int main(void)
{
    enum { CLASS_CASES = 700000, CHARACTER_CASES = 90000 /* fewer: the file was cut */ };
    struct arena arena = {0};
    struct tally classes = {.file = "BidiTest.txt"};
    struct tally characters = {.file = "BidiCharacterTest.txt"};
    puts("1..2");
    test_classes(&arena, &classes);
    bool passed = report(1, &classes, CLASS_CASES);
    test_characters(&arena, &characters);
    passed = report(2, &characters, CHARACTER_CASES) && passed;
    arena_free(&arena);
    return passed ? 0 : 1;
}
