/* Whether any row at all makes a terminal show a picture, however long: every form is followed, without
 * the bounds that the program sets itself. test_wire_forms.c holds that to what is certain otherwise. */
#ifndef TESTS_UNIT_WIRE_POSSIBLE_H
#define TESTS_UNIT_WIRE_POSSIBLE_H

#include "unit/wire_terminal.h"

#include "term/wire_attempt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Nothing is known of others: no canvas holds them at a cell's beginning. */
static inline void assert_classes_are_known(const struct cell *cells, size_t width)
{
    for (size_t x = 0; x < width; x++) {
        FriBidiCharType type = fribidi_get_bidi_type(cells[x].glyph.codepoint[0]);
        bool neutral = type == FRIBIDI_TYPE_ON || type == FRIBIDI_TYPE_WS;
        if (cells[x].glyph.width > 0 && !neutral &&
            wire_class_of(cells[x].glyph.codepoint[0]) == WIRE_CLASS_NEUTRAL)
            fail_msg("a class that no canvas holds");
    }
}

/* One paragraph of one direction. */
static inline enum wire_forms forms_of_direction(const struct wire_profile *profile,
                                                 const struct cell *cells, size_t width,
                                                 bool right_to_left)
{
    static struct arena arena, scratch;
    struct wire_source source = {.arena = &arena,
                                 .scratch = &scratch,
                                 .profile = profile,
                                 .cells = cells,
                                 .states = SIZE_MAX};
    struct wire_attempt attempt = {.right_to_left = right_to_left};
    wire_source_read(&source, width, -1);
    attempt.levels = arena_new(&arena, source.count, sizeof *attempt.levels);
    attempt.seams = arena_new(&arena, source.count, sizeof *attempt.seams);
    enum wire_forms forms = wire_forms_find(&source, &attempt, true);
    arena_free(&arena);
    arena_free(&scratch);
    return forms;
}

/* One paragraph, of whichever direction the terminal lets it have. */
static inline enum wire_forms forms_of_paragraph(const struct wire_profile *profile,
                                                 const struct cell *cells, size_t width,
                                                 bool first_strong)
{
    struct wire_profile own = *profile;
    own.direction = first_strong ? WIRE_DIRECTION_FIRST_STRONG : WIRE_DIRECTION_LEFT_TO_RIGHT;
    enum wire_forms forms = forms_of_direction(&own, cells, width, false);
    return forms == WIRE_FORMS_NONE && first_strong ? forms_of_direction(&own, cells, width, true)
                                                    : forms;
}

/* The whole picture. Where box lines part the row they stay in their columns, so that each part is a
 * picture of its own; those before the first right-to-left letter are shown as they are sent. */
static inline enum wire_forms forms_of_picture(const struct wire_profile *profile,
                                               const struct picture *picture)
{
    const struct cell *cells = picture->cells;
    bool parted = terminal_has(profile, cells, picture->width, false);
    bool first_strong = profile->direction == WIRE_DIRECTION_FIRST_STRONG && !parted;
    bool begun = !profile->parts;
    enum wire_forms forms = WIRE_FORMS_FOUND;
    assert_classes_are_known(cells, picture->width);
    for (size_t start = 0; start < picture->width && forms == WIRE_FORMS_FOUND;) {
        size_t end = start;
        while (end < picture->width && !terminal_parts(profile, &cells[end]))
            end++;
        begun = begun || terminal_has(profile, cells + start, end - start, true);
        if (begun && end > start)
            forms = forms_of_paragraph(profile, cells + start, end - start, first_strong);
        start = end + 1;
    }
    return forms;
}

#endif
