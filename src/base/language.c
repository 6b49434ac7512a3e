/* The interface language through gettext, independent of which locales the host has installed.
 *
 * glibc's gettext looks at $LANGUAGE only when LC_MESSAGES is something other than "C" (and, in
 * newer versions, "C.UTF-8"). Where no real locale can be had, a bare one that the build put beside
 * the catalogues serves: it only has to be there. */
#include "base/language.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum language current;

/* glibc's own counter: raising it makes gettext forget what it has cached of the language. */
extern int _nl_msg_cat_cntr;

static bool starts_with_arabic(const char *locale)
{
    return locale && strncmp(locale, "ar", 2) == 0 &&
           (locale[2] == '\0' || locale[2] == '_' || locale[2] == '.' || locale[2] == '@');
}

/* POSIX's order: LC_ALL, LC_MESSAGES, LANG; the first that is set and not empty. */
static const char *environment_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return NULL;
}

static void set_character_type(void)
{
    static const char *const choices[] = {"", "C.UTF-8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        if (setlocale(LC_CTYPE, choices[i]) && MB_CUR_MAX > 1)
            return;
    }
}

static bool catalogue_answers(void)
{
    enum language before = current;
    language_set(LANGUAGE_ARABIC);
    /* TRANSLATORS: the name of this language, in this language. */
    bool answers = strcmp(_("English"), "English") != 0;
    language_set(before);
    return answers;
}

static void set_messages(const char *locale_dir)
{
    static const char *const choices[] = {"C.UTF-8", "en_US.UTF-8", "ar_QA.UTF-8", "en_GB.UTF-8"};
    if (setlocale(LC_MESSAGES, "") && catalogue_answers())
        return;
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        if (setlocale(LC_MESSAGES, choices[i]) && catalogue_answers())
            return;
    }
    setenv("LOCPATH", locale_dir, 1);
    setlocale(LC_MESSAGES, "majlis.UTF-8");
    unsetenv("LOCPATH");
}

bool language_start(const char *locale_dir, const char *wanted)
{
    set_character_type();
    bindtextdomain("majlis", locale_dir);
    bind_textdomain_codeset("majlis", "UTF-8");
    textdomain("majlis");
    bool arabic = wanted ? strcmp(wanted, "ar") == 0 : starts_with_arabic(environment_locale());
    set_messages(locale_dir);
    language_set(arabic ? LANGUAGE_ARABIC : LANGUAGE_ENGLISH);
    return !wanted || arabic || strcmp(wanted, "en") == 0;
}

void language_set(enum language language)
{
    current = language;
    setenv("LANGUAGE", language == LANGUAGE_ARABIC ? "ar" : "en", 1);
    _nl_msg_cat_cntr++;
}

enum language language_now(void)
{
    return current;
}

const char *language_code(void)
{
    return current == LANGUAGE_ARABIC ? "ar" : "en";
}
