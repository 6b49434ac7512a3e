/* The editor: logical text, visual movement. What the layout says is where the caret is. */
#include "ui/editor.h"

#include "base/language.h"
#include "base/memory.h"
#include "text/cluster.h"
#include "text/utf8.h"

#include <stdlib.h>

enum { UNDO_STEPS = 200 };

/* The state before a change. Texts are short: whole copies are simpler than differences. */
struct edit {
    struct buffer text;
    size_t caret;
    bool typing; /* made by typing one character: the next one joins it */
};

static void forget(struct edit **steps, size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        buffer_free(&(*steps)[i].text);
    free(*steps);
    *steps = NULL;
    *count = 0;
}

void editor_free(struct editor *editor)
{
    buffer_free(&editor->text);
    forget(&editor->undo, &editor->undo_count);
    forget(&editor->redo, &editor->redo_count);
    *editor = (struct editor){0};
}

static void keep(struct edit **steps, size_t *count, const struct editor *editor, bool typing)
{
    if (*count == UNDO_STEPS) {
        buffer_free(&(*steps)[0].text);
        memmove(*steps, *steps + 1, (UNDO_STEPS - 1) * sizeof **steps);
        --*count;
    }
    *steps = memory_resize(*steps, *count + 1, sizeof **steps);
    struct edit *step = &(*steps)[(*count)++];
    *step = (struct edit){.caret = editor->caret, .typing = typing};
    buffer_add(&step->text, buffer_str(&editor->text));
}

/* Keeps the state before a change. A run of typed characters is one step. */
static void before_change(struct editor *editor, bool typing)
{
    bool joins = typing && editor->undo_count > 0 && editor->undo[editor->undo_count - 1].typing;
    if (!joins)
        keep(&editor->undo, &editor->undo_count, editor, typing);
    forget(&editor->redo, &editor->redo_count);
    editor->changed = true;
    editor->has_goal = false;
}

/* A caret that moved ends the run of typed characters. */
static void end_typing(struct editor *editor)
{
    if (editor->undo_count > 0)
        editor->undo[editor->undo_count - 1].typing = false;
}

/* Takes the last step from one pile and puts the present state on the other. */
static bool step_back(struct editor *editor, struct edit **from, size_t *from_count,
                      struct edit **to, size_t *to_count)
{
    if (*from_count == 0)
        return false;
    struct edit step = (*from)[--*from_count];
    keep(to, to_count, editor, false);
    buffer_free(&editor->text);
    editor->text = step.text;
    editor->caret = step.caret;
    editor->changed = true;
    return true;
}

void editor_set(struct editor *editor, struct str text)
{
    forget(&editor->undo, &editor->undo_count);
    forget(&editor->redo, &editor->redo_count);
    buffer_clear(&editor->text);
    utf8_add_valid(&editor->text, text);
    editor->caret = editor->text.size;
    editor->has_goal = false;
    editor->scroll = 0;
}

static bool is_control(uint32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7f && codepoint <= 0x9f);
}

/* text as the editor may hold it. */
static void add_typable(struct buffer *clean, struct str text, bool one_line)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t codepoint;
        size_t size = utf8_decode(text, at, &codepoint);
        at += size;
        if (codepoint == '\r') {
            if (at < text.size && text.data[at] == '\n')
                at++;
            codepoint = '\n';
        }
        if (one_line && (codepoint == '\n' || codepoint == '\t'))
            codepoint = ' ';
        if (is_control(codepoint) && codepoint != '\n' && codepoint != '\t')
            continue;
        utf8_add(clean, codepoint);
    }
}

static void insert(struct editor *editor, struct str text, bool typing)
{
    struct buffer clean = {0};
    add_typable(&clean, text, editor->one_line);
    if (clean.size > 0) {
        before_change(editor, typing);
        buffer_replace(&editor->text, editor->caret, 0, buffer_str(&clean));
        editor->caret += clean.size;
    }
    buffer_free(&clean);
}

void editor_insert(struct editor *editor, struct str text)
{
    insert(editor, text, false);
}

void editor_replace(struct editor *editor, struct str text)
{
    struct buffer clean = {0};
    add_typable(&clean, text, editor->one_line);
    if (str_equal(buffer_str(&clean), buffer_str(&editor->text))) {
        buffer_free(&clean);
        return;
    }
    before_change(editor, false);
    buffer_free(&editor->text);
    editor->text = clean;
    editor->caret = clean.size;
}

static void remove_part(struct editor *editor, size_t from, size_t to)
{
    if (from == to)
        return;
    before_change(editor, false);
    buffer_replace(&editor->text, from, to - from, (struct str){0});
    editor->caret = from;
}

static void lay_out(const struct editor *editor, struct arena *arena, unsigned width,
                    struct layout *layout)
{
    struct layout_options options = {.width = width < 2 ? 2 : width,
                                     .direction = DIRECTION_AUTO,
                                     .neutral = language_now() == LANGUAGE_ARABIC ? DIRECTION_RTL
                                                                                  : DIRECTION_LTR,
                                     .keep_marks = true};
    layout_make(arena, buffer_str(&editor->text), &options, layout);
}

/* Where keys that need the lines take the caret. */
enum line_move { LINE_LEFT, LINE_RIGHT, LINE_UP, LINE_DOWN, LINE_START, LINE_END };

static size_t moved(struct editor *editor, enum line_move move, int rows)
{
    struct arena arena = {0};
    struct layout layout;
    lay_out(editor, &arena, editor->width, &layout);
    struct caret caret = layout_caret(&layout, editor->caret);
    const struct layout_line *line = &layout.lines[caret.line];
    size_t offset = editor->caret;
    switch (move) {
    case LINE_LEFT:
        offset = layout_step(&layout, offset, -1);
        break;
    case LINE_RIGHT:
        offset = layout_step(&layout, offset, 1);
        break;
    case LINE_START:
        offset = line->start;
        break;
    case LINE_END:
        offset = line->end;
        /* The end of a wrapped line is the start of the next: stay on this one. */
        if (!line->ends_paragraph && offset > line->start &&
            layout_caret(&layout, offset).line != caret.line)
            offset = cluster_previous(buffer_str(&editor->text), offset);
        break;
    case LINE_UP:
    case LINE_DOWN: {
        int64_t target = (int64_t)caret.line + (move == LINE_UP ? -rows : rows);
        if (!editor->has_goal)
            editor->goal_column = caret.column;
        editor->has_goal = true;
        if (target < 0)
            offset = 0;
        else if ((size_t)target >= layout.line_count)
            offset = editor->text.size;
        else
            offset = layout_offset_at(&layout, (size_t)target, editor->goal_column);
        break;
    }
    }
    arena_free(&arena);
    return offset;
}

static bool press_moves(struct editor *editor, const struct press *press)
{
    struct str text = buffer_str(&editor->text);
    bool keeps_goal = false;
    size_t offset = editor->caret;
    int page = editor->rows > 1 ? editor->rows - 1 : 1;
    switch (press->kind) {
    case PRESS_LEFT:
        offset = press->control || press->alt ? word_previous(text, offset)
                                              : moved(editor, LINE_LEFT, 1);
        break;
    case PRESS_RIGHT:
        offset =
            press->control || press->alt ? word_next(text, offset) : moved(editor, LINE_RIGHT, 1);
        break;
    case PRESS_HOME:
        offset = press->control ? 0 : moved(editor, LINE_START, 1);
        break;
    case PRESS_END:
        offset = press->control ? text.size : moved(editor, LINE_END, 1);
        break;
    case PRESS_UP:
    case PRESS_DOWN:
    case PRESS_PAGE_UP:
    case PRESS_PAGE_DOWN: {
        bool up = press->kind == PRESS_UP || press->kind == PRESS_PAGE_UP;
        bool by_page = press->kind == PRESS_PAGE_UP || press->kind == PRESS_PAGE_DOWN;
        if (editor->one_line)
            return false;
        offset = moved(editor, up ? LINE_UP : LINE_DOWN, by_page ? page : 1);
        keeps_goal = true;
        break;
    }
    default:
        return false;
    }
    editor->caret = offset;
    end_typing(editor);
    if (!keeps_goal)
        editor->has_goal = false;
    return true;
}

/* Letters with Ctrl or Alt, as people know them from the shell and from editors. */
static bool press_shortcut(struct editor *editor, const struct press *press)
{
    struct str text = buffer_str(&editor->text);
    size_t caret = editor->caret;
    uint32_t letter = press->codepoint;
    if (press->control && letter == 'a')
        editor->caret = moved(editor, LINE_START, 1);
    else if (press->control && letter == 'e')
        editor->caret = moved(editor, LINE_END, 1);
    else if (press->control && letter == 'k')
        remove_part(editor, caret, moved(editor, LINE_END, 1));
    else if (press->control && letter == 'u')
        remove_part(editor, moved(editor, LINE_START, 1), caret);
    else if (press->control && letter == 'w')
        remove_part(editor, word_previous(text, caret), caret);
    else if (press->alt && letter == 'b')
        editor->caret = word_previous(text, caret);
    else if (press->alt && letter == 'f')
        editor->caret = word_next(text, caret);
    else if (press->alt && letter == 'd')
        remove_part(editor, caret, word_next(text, caret));
    else if (press->alt && letter == 'u')
        step_back(editor, &editor->undo, &editor->undo_count, &editor->redo, &editor->redo_count);
    else if (press->alt && letter == 'r')
        step_back(editor, &editor->redo, &editor->redo_count, &editor->undo, &editor->undo_count);
    else
        return false;
    end_typing(editor);
    editor->has_goal = false;
    return true;
}

bool editor_press(struct editor *editor, const struct press *press)
{
    struct str text = buffer_str(&editor->text);
    char bytes[4];
    switch (press->kind) {
    case PRESS_CHARACTER:
        if (press->control || press->alt)
            return press_shortcut(editor, press);
        insert(editor, (struct str){bytes, utf8_encode(press->codepoint, bytes)},
               press->codepoint != ' ');
        return true;
    case PRESS_PASTE:
        insert(editor, press->pasted, false);
        return true;
    case PRESS_ENTER:
        if (editor->one_line)
            return false;
        insert(editor, str_of("\n"), false);
        return true;
    case PRESS_BACKSPACE:
        remove_part(editor,
                    press->alt || press->control ? word_previous(text, editor->caret)
                                                 : cluster_previous(text, editor->caret),
                    editor->caret);
        return true;
    case PRESS_DELETE:
        remove_part(editor, editor->caret, cluster_next(text, editor->caret));
        return true;
    default:
        return press_moves(editor, press);
    }
}

int editor_lines(const struct editor *editor, int width)
{
    struct arena arena = {0};
    struct layout layout;
    lay_out(editor, &arena, width > 1 ? (unsigned)width - 1 : 1, &layout);
    size_t count = layout.line_count;
    arena_free(&arena);
    return (int)count;
}

static struct box line_box(const struct editor *editor, size_t line)
{
    return (struct box){editor->box.column, editor->box.row + (int)(line - editor->scroll),
                        editor->box.width, 1};
}

bool editor_click(struct editor *editor, const struct canvas *canvas, const struct press *press)
{
    struct box box = editor->box;
    if (press->kind != PRESS_MOUSE || press->codepoint != 1)
        return false;
    int column = canvas_x(canvas, press->x);
    if (column < box.column || column >= box.column + box.width || press->y < box.row ||
        press->y >= box.row + box.height)
        return false;
    struct arena arena = {0};
    struct layout layout;
    lay_out(editor, &arena, editor->width, &layout);
    size_t line = editor->scroll + (size_t)(press->y - box.row);
    if (line >= layout.line_count) {
        editor->caret = editor->text.size;
    } else {
        int left = canvas_line_x(canvas, line_box(editor, line), ALIGN_OWN, &layout.lines[line], 0);
        editor->caret = layout_offset_at(&layout, line, press->x - left);
    }
    arena_free(&arena);
    end_typing(editor);
    editor->has_goal = false;
    return true;
}

/* The caret's place, and its second one where it lies inside the box. */
static void draw_carets(const struct editor *editor, struct canvas *canvas,
                        const struct layout *layout, struct caret caret)
{
    struct box box = line_box(editor, caret.line);
    const struct layout_line *line = &layout->lines[caret.line];
    struct caret second;
    if (layout_caret_second(layout, editor->caret, &second)) {
        int column = canvas_x(canvas, canvas_line_x(canvas, box, ALIGN_OWN, line, second.column));
        if (column >= box.column && column < box.column + box.width)
            canvas_add_style(canvas, (struct box){column, box.row, 1, 1}, STYLE_CARET);
    }
    canvas_caret(canvas, canvas_line_x(canvas, box, ALIGN_OWN, line, caret.column), box.row);
}

void editor_draw(struct editor *editor, struct canvas *canvas, struct box box, unsigned style)
{
    /* One column is kept for the caret behind the end of a full line. */
    editor->width = box.width > 2 ? (unsigned)box.width - 1 : 2;
    editor->rows = box.height;
    editor->box = box;
    struct layout layout;
    lay_out(editor, &canvas->arena, editor->width, &layout);
    struct caret caret = layout_caret(&layout, editor->caret);
    size_t rows = box.height > 0 ? (size_t)box.height : 1;
    if (caret.line < editor->scroll)
        editor->scroll = caret.line;
    if (caret.line >= editor->scroll + rows)
        editor->scroll = caret.line - rows + 1;
    canvas_fill(canvas, box, style);
    for (size_t row = 0; row < rows && editor->scroll + row < layout.line_count; row++)
        canvas_line(canvas, line_box(editor, editor->scroll + row), ALIGN_OWN, style,
                    &layout.lines[editor->scroll + row], NULL, 0);
    draw_carets(editor, canvas, &layout, caret);
}
