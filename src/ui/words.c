/* Words of the interface, marked for translation in one place. */
#include "ui/words.h"

#include "base/digits.h"
#include "base/language.h"
#include "base/moment.h"
#include "term/style.h"

#include <inttypes.h>
#include <stdio.h>

const char *word_state(enum comment_state state)
{
    static const char *const words[STATE_COUNT] = {
        [STATE_PENDING] = N_("Pending"),   [STATE_APPROVED] = N_("Approved"),
        [STATE_REJECTED] = N_("Rejected"), [STATE_SPAM] = N_("Spam"),
        [STATE_HELD] = N_("Held"),         [STATE_ESCALATED] = N_("Escalated"),
    };
    return _(words[state]);
}

const char *word_action_done(enum action action)
{
    static const char *const words[ACTION_COUNT] = {
        [ACTION_APPROVE] = N_("Approved"),    [ACTION_REJECT] = N_("Rejected"),
        [ACTION_SPAM] = N_("Marked as spam"), [ACTION_HOLD] = N_("Held"),
        [ACTION_ESCALATE] = N_("Escalated"),  [ACTION_UNDO] = N_("Undone"),
    };
    return _(words[action]);
}

const char *word_action_history(enum action action)
{
    static const char *const words[ACTION_COUNT] = {
        [ACTION_APPROVE] = N_("approved it"),    [ACTION_REJECT] = N_("rejected it"),
        [ACTION_SPAM] = N_("marked it as spam"), [ACTION_HOLD] = N_("held it"),
        [ACTION_ESCALATE] = N_("escalated it"),  [ACTION_UNDO] = N_("took a decision back"),
    };
    return _(words[action]);
}

const char *word_role(enum role role)
{
    static const char *const words[ROLE_COUNT] = {
        [ROLE_TRAINEE] = N_("trainee"),     [ROLE_MODERATOR] = N_("moderator"),
        [ROLE_RESPONDER] = N_("responder"), [ROLE_SUPERVISOR] = N_("supervisor"),
        [ROLE_OPERATOR] = N_("operator"),
    };
    return _(words[role]);
}

const char *word_response_state(enum response_state state)
{
    switch (state) {
    case RESPONSE_DRAFT:
        return _("draft");
    case RESPONSE_SUBMITTED:
        return _("waiting for review");
    case RESPONSE_PUBLISHED:
        break;
    }
    return _("published");
}

unsigned word_state_style(enum comment_state state)
{
    return STYLE_PENDING + (unsigned)state;
}

/* What a code of the database is called; the code itself where it has no name here. */
struct name {
    const char *code, *words;
};

static struct str find_name(const struct name *names, size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(code, str_of(names[i].code)))
            return str_of(_(names[i].words));
    }
    return code;
}

struct str word_language(struct str code)
{
    static const struct name names[] = {
        {"ar", N_("Arabic language")},
        {"en", N_("English language")},
        {"und", N_("not recognised")},
    };
    return find_name(names, sizeof names / sizeof names[0], code);
}

struct str word_channel(struct str code)
{
    static const struct name names[] = {
        {"web", N_("web")},         {"mobile", N_("mobile")}, {"email", N_("email")},
        {"twitter", N_("twitter")}, {"forum", N_("forum")},   {"townhall", N_("town hall")},
        {"phone", N_("telephone")}, {"letter", N_("letter")},
    };
    return find_name(names, sizeof names / sizeof names[0], code);
}

/* Three characters and a letter: an age stands in a narrow column. */
enum { DAYS_FROM_WEEKS = 100, DAYS_FROM_YEARS = 730 };

const char *word_age(int64_t seconds, char out[static WORD_BYTES])
{
    if (seconds < SECONDS_A_MINUTE)
        snprintf(out, WORD_BYTES, "%s", _("now"));
    else if (seconds < SECONDS_AN_HOUR)
        /* TRANSLATORS: minutes, as short as can be: a narrow column. */
        snprintf(out, WORD_BYTES, _("%dm"), (int)(seconds / SECONDS_A_MINUTE));
    else if (seconds < 2 * SECONDS_A_DAY)
        /* TRANSLATORS: hours, as short as can be. */
        snprintf(out, WORD_BYTES, _("%dh"), (int)(seconds / SECONDS_AN_HOUR));
    else if (seconds < DAYS_FROM_WEEKS * SECONDS_A_DAY)
        /* TRANSLATORS: days, as short as can be. */
        snprintf(out, WORD_BYTES, _("%dd"), (int)(seconds / SECONDS_A_DAY));
    else if (seconds < DAYS_FROM_YEARS * SECONDS_A_DAY)
        /* TRANSLATORS: weeks, as short as can be. */
        snprintf(out, WORD_BYTES, _("%dw"), (int)(seconds / SECONDS_A_DAY / 7));
    else
        /* TRANSLATORS: years, as short as can be. */
        snprintf(out, WORD_BYTES, _("%dy"), (int)(seconds / SECONDS_A_DAY / 365));
    digits_localise(out, WORD_BYTES);
    return out;
}

const char *word_duration(int64_t seconds, char out[static WORD_BYTES])
{
    int minutes = (int)(seconds / SECONDS_A_MINUTE % 60);
    int hours = (int)(seconds / SECONDS_AN_HOUR);
    if (seconds < 0)
        snprintf(out, WORD_BYTES, "-");
    else if (seconds < SECONDS_AN_HOUR)
        snprintf(out, WORD_BYTES, _("%dm"), minutes);
    else if (seconds < SECONDS_A_DAY)
        /* TRANSLATORS: hours and minutes, as short as can be: a narrow column. */
        snprintf(out, WORD_BYTES, _("%dh %dm"), hours, minutes);
    else
        /* TRANSLATORS: days and hours, as short as can be. */
        snprintf(out, WORD_BYTES, _("%dd %dh"), hours / 24, hours % 24);
    digits_localise(out, WORD_BYTES);
    return out;
}

struct str word_number(struct arena *arena, int64_t number)
{
    return digits_local(arena, str_of(arena_printf(arena, "%" PRId64, number)));
}

struct str word_moment(struct arena *arena, int64_t seconds)
{
    char when[MOMENT_BYTES];
    return digits_local(arena, arena_copy(arena, str_of(moment_local(seconds, when))));
}

struct str word_author(struct str author)
{
    return str_trim(author).size ? author : str_of(_("(no name)"));
}
