/* Figures as words. */
#include "ui/figure_words.h"

#include "base/digits.h"
#include "base/language.h"
#include "base/moment.h"
#include "ui/words.h"

#include <inttypes.h>

enum { DATE_BYTES = 10, MONTH_AT = 5, HOUR_AT = 11 }; /* of 2026-11-24T13:30:00Z */

bool figure_is_number(enum figure_kind kind)
{
    switch (kind) {
    case FIGURE_TEXT:
    case FIGURE_LABEL:
    case FIGURE_WORD:
    case FIGURE_LANGUAGE:
    case FIGURE_CHANNEL:
        return false;
    default:
        return true;
    }
}

/* Part of a moment of the team's clock as ISO 8601 writes it. */
static struct str iso_part(int64_t seconds, size_t from, size_t size, struct arena *arena)
{
    char iso[MOMENT_BYTES];
    return arena_copy(arena, str_part(str_of(moment_iso(seconds, iso)), from, size));
}

static struct str duration(int64_t seconds, struct arena *arena)
{
    char words[WORD_BYTES];
    return arena_copy(arena, str_of(word_duration(seconds, words)));
}

/* Thousandths with digits behind the point. */
static struct str decimal(int64_t thousandths, struct arena *arena)
{
    enum { THOUSAND = 1000, TEN = 10 };
    int64_t hundredths = (thousandths < 0 ? thousandths - 5 : thousandths + 5) / TEN;
    return str_of(arena_printf(arena, "%s%" PRId64 ".%02d", hundredths < 0 ? "-" : "",
                               (hundredths < 0 ? -hundredths : hundredths) / 100,
                               (int)((hundredths < 0 ? -hundredths : hundredths) % 100)));
}

/* In the digits of the interface where its kind is a number; what people wrote stays as it is. */
static struct str plain_words(const struct figure_column *column, const struct figure *value,
                              struct arena *arena)
{
    char words[MOMENT_BYTES];
    if (value->none)
        return str_of("-");
    switch (column->kind) {
    case FIGURE_TEXT:
        return value->text;
    case FIGURE_LABEL:
        return label_in(&(struct label){value->arabic, value->text}, language_code());
    case FIGURE_WORD:
        return value->word ? digits_local(arena, str_of(_(value->word))) : value->text;
    case FIGURE_LANGUAGE:
        return word_language(value->text);
    case FIGURE_CHANNEL:
        return word_channel(value->text);
    case FIGURE_COMMENT:
        return str_of(arena_printf(arena, "#%" PRId64, value->number));
    case FIGURE_SECONDS:
        return duration(value->number, arena);
    case FIGURE_MOMENT:
        return arena_copy(arena, str_of(moment_local(value->number, words)));
    case FIGURE_DAY:
        return iso_part(value->number * SECONDS_A_DAY, 0, DATE_BYTES, arena);
    case FIGURE_HOUR:
        return iso_part(value->number * SECONDS_AN_HOUR, HOUR_AT, 5, arena);
    case FIGURE_SHARE:
        return str_of(arena_printf(arena, "%" PRId64 "%%", (value->number + 5) / 10));
    case FIGURE_WITHIN:
        /* TRANSLATORS: working days, or hours, as short as can be: a narrow column. */
        return str_of(value->number < 0 ? arena_printf(arena, _("%dd"), (int)-value->number)
                                        : arena_printf(arena, _("%dh"), (int)value->number));
    case FIGURE_DECIMAL:
        return decimal(value->number, arena);
    case FIGURE_COUNT:
        break;
    }
    return str_of(arena_printf(arena, "%" PRId64, value->number));
}

struct str figure_words(const struct figure_column *column, const struct figure *value,
                        struct arena *arena)
{
    struct str words = plain_words(column, value, arena);
    bool typed = column->kind == FIGURE_COMMENT || !figure_is_number(column->kind);
    return typed ? words : digits_local(arena, words);
}

static struct str short_count(int64_t number, struct arena *arena)
{
    enum { THOUSANDS_FROM = 10000, MILLIONS_FROM = 10000000 };
    if (number >= MILLIONS_FROM)
        return str_of(arena_printf(arena, "%" PRId64 "M", number / 1000000));
    if (number >= THOUSANDS_FROM)
        return str_of(arena_printf(arena, "%" PRId64 "k", number / 1000));
    return str_of(arena_printf(arena, "%" PRId64, number));
}

static struct str plain_short(enum figure_kind kind, int64_t number, struct arena *arena)
{
    switch (kind) {
    case FIGURE_DAY:
        return iso_part(number * SECONDS_A_DAY, MONTH_AT, 5, arena);
    case FIGURE_HOUR:
        return iso_part(number * SECONDS_AN_HOUR, HOUR_AT, 2, arena);
    case FIGURE_SECONDS:
        return duration(number, arena);
    case FIGURE_SHARE:
        return str_of(arena_printf(arena, "%" PRId64 "%%", (number + 5) / 10));
    case FIGURE_DECIMAL:
        return decimal(number, arena);
    default:
        return short_count(number, arena);
    }
}

struct str figure_words_short(enum figure_kind kind, int64_t number, struct arena *arena)
{
    return digits_local(arena, plain_short(kind, number, arena));
}

struct str figure_words_days(const struct figure_scope *scope, struct arena *arena)
{
    struct str first =
        digits_local(arena, iso_part(scope->first_day * SECONDS_A_DAY, 0, DATE_BYTES, arena));
    struct str last =
        digits_local(arena, iso_part(scope->last_day * SECONDS_A_DAY, 0, DATE_BYTES, arena));
    if (scope->first_day == scope->last_day)
        return last;
    /* No word between them: behind Arabic letters the parts of a date would change places. */
    return str_of(arena_printf(arena, "%.*s \u2013 %.*s", STR_FORMAT(first), STR_FORMAT(last)));
}
