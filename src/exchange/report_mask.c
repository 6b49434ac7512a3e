/* Personal data in a text. It errs on the side of the person: a word that is also somebody's name
 * is left out, rather than a name left in. */
#include "exchange/report_mask.h"

#include "store/report.h"
#include "text/utf8.h"

#include <unictype.h>

enum {
    NUMBER_DIGITS_LEAST = 7, /* the shortest telephone numbers with a place of their own */
    NAME_WORDS_MOST = 4,     /* of a name that is looked up */
    NAME_LETTERS_LEAST = 3,  /* of one word that is a name: initials stay */
    GROUPS_MOST = 8,
    YEAR_LEAST = 1900,
    YEAR_MOST = 2100,
    YEAR_DIGITS = 4,
};

/* --- Words --- */

static bool is_blank(uint32_t codepoint)
{
    return codepoint <= ' ' || uc_is_general_category(codepoint, UC_SEPARATOR);
}

static size_t word_end(struct str text, size_t at)
{
    uint32_t codepoint;
    while (at < text.size) {
        size_t size = utf8_decode(text, at, &codepoint);
        if (is_blank(codepoint))
            break;
        at += size;
    }
    return at;
}

static size_t word_start(struct str text, size_t at)
{
    uint32_t codepoint;
    while (at < text.size) {
        size_t size = utf8_decode(text, at, &codepoint);
        if (!is_blank(codepoint))
            break;
        at += size;
    }
    return at;
}

/* What may stand around a name without being of it; the signs of handles and tags are of it. */
static bool is_around(uint32_t codepoint)
{
    if (codepoint == '@' || codepoint == '#' || codepoint == '_')
        return false;
    return !uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
                                                            UC_CATEGORY_MASK_N);
}

/* Leaves out what stands around the words from *start to *end. */
static void trim_around(struct str text, size_t *start, size_t *end)
{
    uint32_t codepoint;
    while (*start < *end) {
        size_t size = utf8_decode(text, *start, &codepoint);
        if (!is_around(codepoint))
            break;
        *start += size;
    }
    while (*end > *start) {
        size_t before = utf8_previous(text, *end);
        utf8_decode(text, before, &codepoint);
        if (!is_around(codepoint))
            break;
        *end = before;
    }
}

static size_t letters_of(struct str text)
{
    size_t letters = 0;
    uint32_t codepoint;
    for (size_t at = 0; at < text.size; letters++)
        at += utf8_decode(text, at, &codepoint);
    return letters;
}

/* --- Names --- */

/* Words of names that say who somebody's kin is, and no name by themselves. */
static bool is_particle(struct str word)
{
    static const char *const particles[] = {"أبو", "ابو", "أبي", "أم",  "ام",  "بن",
                                            "ابن", "بنت", "آل",  "عبد", "Abu", "Umm",
                                            "bin", "Bin", "Al",  "al",  "the", "The"};
    for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++) {
        if (str_equal(word, str_of(particles[i])))
            return true;
    }
    return false;
}

/* True when word is one of the words of name. */
static bool is_part_of(struct str word, struct str name)
{
    if (letters_of(word) < NAME_LETTERS_LEAST || is_particle(word))
        return false;
    for (size_t at = word_start(name, 0); at < name.size;) {
        size_t start = at, end = word_end(name, at);
        at = word_start(name, end);
        trim_around(name, &start, &end);
        if (str_equal(str_part(name, start, end - start), word))
            return true;
    }
    return false;
}

/* The possessive of English, and the letters that Arabic writes on the word behind them: how much
 * of words is not of a name, at the end and at the start. */
static size_t possessive_size(struct str words)
{
    static const char *const endings[] = {"'s", "\xe2\x80\x99s"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct str ending = str_of(endings[i]);
        if (words.size > ending.size &&
            str_equal(str_part(words, words.size - ending.size, ending.size), ending))
            return ending.size;
    }
    return 0;
}

static size_t proclitic_size(struct str words)
{
    static const char *const letters[] = {"و", "ف", "ب", "ل", "ك"};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (str_starts(words, str_of(letters[i])))
            return strlen(letters[i]);
    }
    return 0;
}

static bool is_name(const struct report_mask *mask, struct str words)
{
    if (letters_of(words) < NAME_LETTERS_LEAST)
        return false;
    return is_part_of(words, mask->author) || str_equal(words, mask->author) ||
           report_names_author(mask->store, words);
}

/* Finds the longest name that begins with the word at at. */
static bool find_name(const struct report_mask *mask, struct str text, size_t at, size_t *start,
                      size_t *end)
{
    size_t ends[NAME_WORDS_MOST], words = 0;
    for (size_t next = at; words < NAME_WORDS_MOST && next < text.size; words++) {
        ends[words] = word_end(text, next);
        next = word_start(text, ends[words]);
    }
    while (words-- > 0) {
        *start = at;
        *end = ends[words];
        trim_around(text, start, end);
        struct str whole = str_part(text, *start, *end - *start);
        size_t before = proclitic_size(whole), behind = possessive_size(whole);
        if (is_name(mask, whole))
            return true;
        if (behind > 0 && is_name(mask, str_part(whole, 0, whole.size - behind))) {
            *end -= behind;
            return true;
        }
        if (before > 0 && is_name(mask, str_part(whole, before, whole.size))) {
            *start += before;
            return true;
        }
    }
    return false;
}

/* --- Addresses and handles --- */

static bool is_of_address(uint32_t codepoint)
{
    return codepoint == '.' || codepoint == '-' || codepoint == '_' || codepoint == '+' ||
           codepoint == '%' || !is_around(codepoint);
}

/* Finds what stands around the @ at byte at, not before from. */
static bool find_address(struct str text, size_t from, size_t at, size_t *start, size_t *end,
                         enum mask_kind *kind)
{
    uint32_t codepoint;
    size_t left = at, right = at + 1;
    while (left > from) {
        size_t before = utf8_previous(text, left);
        utf8_decode(text, before, &codepoint);
        if (before < from || codepoint == '@' || !is_of_address(codepoint))
            break;
        left = before;
    }
    while (right < text.size) {
        size_t size = utf8_decode(text, right, &codepoint);
        if (codepoint == '@' || !is_of_address(codepoint))
            break;
        right += size;
    }
    while (right > at + 1 && (text.data[right - 1] == '.' || text.data[right - 1] == '-'))
        right--;
    *start = left;
    *end = right;
    *kind = left < at ? MASK_EMAIL : MASK_HANDLE;
    return right > at + 1;
}

/* --- Numbers --- */

/* The value of a digit as people in Qatar and beyond write them; -1 for anything else. */
static int digit_value(uint32_t codepoint)
{
    return uc_decimal_value(codepoint);
}

/* What may stand between the digits of one number: blanks on a line, dashes, brackets, and what is
 * invisible. */
static bool is_between(uint32_t codepoint)
{
    if (codepoint == '\n' || codepoint == '\r')
        return false;
    return codepoint == '(' || codepoint == ')' || codepoint == '.' || codepoint == '/' ||
           codepoint == ' ' || codepoint == '\t' ||
           uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_Pd | UC_CATEGORY_MASK_Zs |
                                                           UC_CATEGORY_MASK_Cf);
}

struct groups {
    int digits[GROUPS_MOST], value[GROUPS_MOST];
    size_t count, total;
};

static void add_digit(struct groups *groups, int value, bool continues)
{
    groups->total++;
    if (!continues)
        groups->count++;
    if (groups->count > GROUPS_MOST)
        return;
    size_t last = groups->count - 1;
    groups->digits[last]++;
    if (groups->digits[last] <= YEAR_DIGITS)
        groups->value[last] = groups->value[last] * 10 + value;
}

static bool is_year(const struct groups *groups, size_t i)
{
    return groups->digits[i] == YEAR_DIGITS && groups->value[i] >= YEAR_LEAST &&
           groups->value[i] <= YEAR_MOST;
}

/* 2026-11-24, 24/11/2026, 2015-2019: groups in which people write time. */
static bool is_time(const struct groups *groups)
{
    enum { DATE_GROUPS = 3, DAY_DIGITS = 2 };
    size_t years = 0;
    if (groups->count > GROUPS_MOST)
        return false;
    for (size_t i = 0; i < groups->count; i++)
        years += is_year(groups, i);
    if (years == groups->count)
        return true;
    return groups->count == DATE_GROUPS && years == 1 && groups->digits[1] <= DAY_DIGITS &&
           (is_year(groups, 0) ? groups->digits[2] : groups->digits[0]) <= DAY_DIGITS;
}

/* Reads the number that begins at at; *end receives where its last digit ends. */
static bool find_number(struct str text, size_t at, size_t *end)
{
    enum { BETWEEN_MOST = 3 }; /* signs between two digits, as in ") - " */
    struct groups groups = {0};
    size_t between = BETWEEN_MOST;
    *end = at;
    while (at < text.size) {
        uint32_t codepoint;
        at += utf8_decode(text, at, &codepoint);
        int value = digit_value(codepoint);
        if (value >= 0) {
            add_digit(&groups, value, between == 0);
            between = 0;
            *end = at;
        } else if (!is_between(codepoint) || ++between > BETWEEN_MOST) {
            break;
        }
    }
    return groups.total >= NUMBER_DIGITS_LEAST && !is_time(&groups);
}

/* --- All of it --- */

/* What begins or stands in the word from at to end; *next receives where to go on when none does.
 */
static bool find_in_word(struct str text, size_t from, size_t at, size_t end, size_t *start,
                         size_t *stop, enum mask_kind *kind)
{
    for (size_t i = at; i < end; i++) {
        if (text.data[i] == '@' && find_address(text, from, i, start, stop, kind))
            return true;
    }
    while (at < end) {
        uint32_t codepoint;
        size_t size = utf8_decode(text, at, &codepoint);
        if (digit_value(codepoint) >= 0) {
            *start = at;
            *kind = MASK_NUMBER;
            if (find_number(text, at, stop))
                return true;
            /* The rest of these digits is no number either. */
            at = *stop < end ? *stop : end;
        } else {
            at += size;
        }
    }
    return false;
}

bool report_mask_next(const struct report_mask *mask, struct str text, size_t from, size_t *start,
                      size_t *end, enum mask_kind *kind)
{
    bool within = from > 0 && word_start(text, from) == from;
    for (size_t at = word_start(text, from); at < text.size; within = false) {
        size_t behind = word_end(text, at);
        if (!within && find_name(mask, text, at, start, end)) {
            *kind = MASK_NAME;
            return true;
        }
        if (find_in_word(text, from, at, behind, start, end, kind))
            return true;
        at = word_start(text, behind);
    }
    return false;
}
