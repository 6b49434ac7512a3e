/* Texts that are remembered for comparing: what is found is what was kept, and room is bounded. */
#include "store/alike_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ROOM = 100, LENGTH = 30 };

/* Keeps a text whose shingles follow from its number. */
static void keep(struct alike_memory *memory, int64_t id, size_t count)
{
    uint32_t shingles[2 * ROOM];
    for (size_t i = 0; i < count; i++)
        shingles[i] = (uint32_t)id * 1000 + (uint32_t)i;
    alike_memory_keep(memory, id,
                      &(struct alike){.shingles = shingles, .count = count, .words = count + 2});
}

/* Whether it is known; then it must be as it was kept. */
static bool is_known(const struct alike_memory *memory, int64_t id, size_t count)
{
    struct alike text;
    if (!alike_memory_find(memory, id, &text))
        return false;
    assert_int_equal(text.count, count);
    assert_int_equal(text.words, count + 2);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(text.shingles[i], (uint32_t)id * 1000 + (uint32_t)i);
    return true;
}

static void the_latest_are_known(void **state)
{
    struct alike_memory *memory = alike_memory_new(ROOM);
    (void)state;
    assert_false(is_known(memory, 1, LENGTH));
    for (int64_t id = 1; id <= 50; id++) {
        keep(memory, id, LENGTH);
        assert_true(is_known(memory, id, LENGTH));
        for (int64_t before = 1; before < id; before++) {
            if (is_known(memory, before, LENGTH))
                assert_true(id - before < ROOM / LENGTH);
        }
    }
    /* Patterns have numbers below 0, and texts of no shingles take no room. */
    keep(memory, -50, 0);
    assert_true(is_known(memory, -50, 0));
    alike_memory_free(memory);
}

static void what_changed_is_forgotten(void **state)
{
    struct alike_memory *memory = alike_memory_new(ROOM);
    (void)state;
    keep(memory, 7, LENGTH);
    alike_memory_drop(memory, 8);
    assert_true(is_known(memory, 7, LENGTH));
    alike_memory_drop(memory, 7);
    assert_false(is_known(memory, 7, LENGTH));
    keep(memory, 7, LENGTH + 1);
    assert_true(is_known(memory, 7, LENGTH + 1));
    alike_memory_free(memory);
}

static void what_has_no_room_is_not_kept(void **state)
{
    struct alike_memory *memory = alike_memory_new(ROOM);
    (void)state;
    keep(memory, 1, ROOM);
    assert_true(is_known(memory, 1, ROOM));
    keep(memory, 2, ROOM + 1);
    assert_false(is_known(memory, 2, ROOM + 1));
    assert_true(is_known(memory, 1, ROOM));
    alike_memory_free(memory);
    alike_memory_free(NULL);
}

/* Whether it is known where a comment stands; then it must be as it was kept. */
static bool stands(const struct alike_memory *memory, int64_t id, int64_t cluster)
{
    int64_t consultation, in;
    if (!alike_memory_place(memory, id, &consultation, &in))
        return false;
    assert_int_equal(consultation, id % 3);
    assert_int_equal(in, cluster);
    return true;
}

static void places_are_those_kept_last(void **state)
{
    enum { COMMENTS = 1000 };
    size_t known = 0;
    struct alike_memory *memory = alike_memory_new(ROOM);
    (void)state;
    assert_false(stands(memory, 1, 0));
    for (int64_t id = 1; id <= COMMENTS; id++) {
        alike_memory_keep_place(memory, id, id % 3, 0);
        alike_memory_keep_place(memory, id, id % 3, id / 2);
        assert_true(stands(memory, id, id / 2));
    }
    for (int64_t id = 1; id <= COMMENTS; id++)
        known += stands(memory, id, id / 2);
    assert_true(known >= 2 && known <= COMMENTS / 2); /* there is room for some */
    keep(memory, COMMENTS, LENGTH);
    alike_memory_drop(memory, COMMENTS);
    assert_false(stands(memory, COMMENTS, 0));
    assert_false(is_known(memory, COMMENTS, LENGTH));
    alike_memory_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_latest_are_known),
        cmocka_unit_test(what_changed_is_forgotten),
        cmocka_unit_test(what_has_no_room_is_not_kept),
        cmocka_unit_test(places_are_those_kept_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
