/* The lines a comment is shown as. */
#include "ui/comment_view_lines.h"

#include <stdarg.h>
#include <string.h>

struct view_line *view_add_line(struct comment_view *view)
{
    if (view->line_count == view->line_capacity) {
        size_t capacity = view->line_capacity ? 2 * view->line_capacity : 128;
        struct view_line *lines = arena_new(&view->arena, capacity, sizeof *lines);
        if (view->line_count > 0)
            memcpy(lines, view->lines, view->line_count * sizeof *lines);
        view->lines = lines;
        view->line_capacity = capacity;
    }
    return &view->lines[view->line_count++];
}

void view_add_blank(struct comment_view *view)
{
    *view_add_line(view) = (struct view_line){0};
}

void view_add_rule(struct comment_view *view)
{
    *view_add_line(view) = (struct view_line){.rule = true};
}

void view_add_parts(struct comment_view *view, int indent, const struct part *parts, size_t count)
{
    struct part *kept = arena_new(&view->arena, count, sizeof *kept);
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].text.size > 0)
            kept[kept_count++] = parts[i];
    }
    *view_add_line(view) =
        (struct view_line){.indent = indent, .parts = kept, .part_count = kept_count};
}

void view_add_heading(struct comment_view *view, const char *words)
{
    view_add_blank(view);
    struct part part = {str_of(words), STYLE_STRONG};
    view_add_parts(view, 0, &part, 1);
}

void view_add_text(struct comment_view *view, int indent, unsigned style, struct str text,
                   const struct span *spans, size_t span_count)
{
    int width = view->width - indent;
    struct layout_options options = {.width = width < 2 ? 2 : (unsigned)width,
                                     .neutral = language_now() == LANGUAGE_ARABIC ? DIRECTION_RTL
                                                                                  : DIRECTION_LTR};
    struct layout layout;
    layout_make(&view->arena, text, &options, &layout);
    for (size_t i = 0; i < layout.line_count; i++)
        *view_add_line(view) = (struct view_line){.indent = indent,
                                                  .style = style,
                                                  .line = layout.lines[i],
                                                  .spans = spans,
                                                  .span_count = span_count};
}

struct str view_text_of(struct comment_view *view, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct str text = str_of(arena_vprintf(&view->arena, format, list));
    va_end(list);
    return text;
}
