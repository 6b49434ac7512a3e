/* Importing a text as if it were a file, and what was said of its rows. */
#ifndef TESTS_UNIT_IMPORTING_H
#define TESTS_UNIT_IMPORTING_H

#include "unit/scene.h"

#include "base/buffer.h"
#include "exchange/import.h"

struct importing {
    struct import_options options;
    struct import_result result;
    struct buffer said; /* every sentence about a row, a line each */
};

static inline void importing_hear(void *context, const char *sentence)
{
    struct importing *importing = context;
    buffer_add(&importing->said, str_of(sentence));
    buffer_add_byte(&importing->said, '\n');
}

static inline struct importing importing_new(enum import_format format)
{
    return (struct importing){.options = {.format = format,
                                          .consultation = str_of("traffic"),
                                          .source = str_of("file"),
                                          .file_name = "comments",
                                          .now = SCENE_NOW,
                                          .refused = importing_hear}};
}

static inline enum status importing_read(struct scene *scene, struct importing *importing,
                                         struct str text)
{
    /* fmemopen() refuses a file of no bytes. */
    FILE *in = text.size ? fmemopen((void *)(uintptr_t)text.data, text.size, "rb")
                         : fopen("/dev/null", "rb");
    assert_non_null(in);
    importing->options.context = importing;
    buffer_clear(&importing->said);
    enum status status = import_comments(&scene->desks[ROLE_OPERATOR], in, &importing->options,
                                         &importing->result, &scene->error);
    fclose(in);
    return status;
}

/* Imports text, which must work, and checks the counts. */
static inline void importing_counts(struct scene *scene, struct importing *importing,
                                    struct str text, int64_t added, int64_t changed,
                                    int64_t unchanged, int64_t refused)
{
    scene_ok(scene, importing_read(scene, importing, text));
    const struct import_result *result = &importing->result;
    if (result->refused != refused)
        print_error("%s", buffer_text(&importing->said));
    assert_int_equal(result->added, added);
    assert_int_equal(result->changed, changed);
    assert_int_equal(result->unchanged, unchanged);
    assert_int_equal(result->refused, refused);
    assert_int_equal(result->read, added + changed + unchanged + refused);
}

/* Fails unless a sentence about a row holds part. */
static inline void importing_said(struct importing *importing, const char *part)
{
    if (!strstr(buffer_text(&importing->said), part))
        fail_msg("'%s' is not in:\n%s", part, buffer_text(&importing->said));
}

/* The imported comment with this id in its source. */
static inline struct comment importing_comment(struct scene *scene, const char *source_id)
{
    int64_t id = scene_find(scene, "file", source_id);
    assert_int_not_equal(id, 0);
    return scene_comment(scene, id);
}

static inline void importing_free(struct importing *importing)
{
    buffer_free(&importing->said);
}

/* The first comment of a query's queue with its whole body. */
static inline struct comment importing_first(struct scene *scene, struct query *query)
{
    struct comment_row *rows;
    size_t count;
    scene_ok(scene, queue_page(scene->store, query, NULL, QUEUE_AFTER, 1, &scene->arena, &rows,
                               &count, &scene->error));
    assert_int_equal(count, 1);
    return scene_comment(scene, rows[0].id);
}

#endif
