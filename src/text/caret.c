/* The caret: from byte offsets to places on the screen and back. */
#include "text/cluster.h"
#include "text/layout.h"
#include "text/utf8.h"

static const struct layout_line *line_at(const struct layout *layout, size_t line)
{
    return &layout->lines[line];
}

static bool is_right_to_left(const struct layout_line *line)
{
    return line->base_level % 2 == 1;
}

/* The last line that starts at offset or before; of the lines a long marker spans, the first. */
static size_t line_of(const struct layout *layout, size_t offset)
{
    size_t low = 0, high = layout->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (layout->lines[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    while (low > 0 && layout->lines[low - 1].end > offset)
        low--;
    return low;
}

/* The column behind the line's last character, where an ellipsis may stand. */
static int end_column(const struct layout_line *line)
{
    if (is_right_to_left(line))
        return line->width > 0 && line->cells[0].kind == CELL_ELLIPSIS ? 0 : -1;
    int width = (int)line->width;
    return width > 0 && line->cells[width - 1].kind == CELL_ELLIPSIS ? width - 1 : width;
}

struct caret layout_caret(const struct layout *layout, size_t offset)
{
    offset = cluster_start(layout->source, offset);
    struct caret caret = {.line = line_of(layout, offset)};
    const struct layout_line *line = line_at(layout, caret.line);
    caret.column = end_column(line);
    for (unsigned column = 0; column < line->width && offset < line->end; column++) {
        const struct layout_cell *cell = &line->cells[column];
        if (cell->start <= offset && offset < cell->end) {
            caret.column = (int)column;
            break;
        }
    }
    return caret;
}

bool layout_caret_second(const struct layout *layout, size_t offset, struct caret *second)
{
    offset = cluster_start(layout->source, offset);
    struct caret first = layout_caret(layout, offset);
    const struct layout_line *line = line_at(layout, first.line);
    if (offset == 0 || offset <= line->start)
        return false;
    /* The last of the bytes before: of a ligature or a marker, any of its cells will name it. */
    size_t before = offset - 1;
    int left = -1, right = -1;
    for (unsigned column = 0; column < line->width; column++) {
        const struct layout_cell *cell = &line->cells[column];
        if (cell->kind == CELL_ELLIPSIS || before < cell->start || before >= cell->end)
            continue;
        left = left < 0 ? (int)column : left;
        right = (int)column;
    }
    if (left < 0 || line->cells[left].end > offset)
        return false;
    bool leftwards = line->cells[left].level % 2 == 1;
    int column = leftwards ? left - 1 : right + 1;
    if (column == first.column)
        return false;
    *second = (struct caret){.line = first.line, .column = column};
    return true;
}

/* The offset whose caret is furthest along the line as it is read: behind its last character where
 * the caret can stand there without being the next line's, else on that character. */
static size_t line_last_offset(const struct layout *layout, size_t index)
{
    const struct layout_line *line = line_at(layout, index);
    bool next_starts_there =
        index + 1 < layout->line_count && layout->lines[index + 1].start <= line->end;
    if (!next_starts_there || line->end == line->start)
        return line->end;
    size_t last = cluster_previous(layout->source, line->end);
    return last > line->start ? last : cluster_start(layout->source, line->start);
}

size_t layout_offset_at(const struct layout *layout, size_t index, int column)
{
    if (index >= layout->line_count)
        index = layout->line_count - 1;
    const struct layout_line *line = line_at(layout, index);
    if (column < 0 || column >= (int)line->width) {
        bool at_end = (column < 0) == is_right_to_left(line);
        return at_end ? line_last_offset(layout, index)
                      : cluster_start(layout->source, line->start);
    }
    const struct layout_cell *cell = &line->cells[column];
    return cell->kind == CELL_ELLIPSIS ? line->end : cluster_start(layout->source, cell->start);
}

/* A cluster that may be as long as the text: what belongs to it is known by its bytes, without
 * looking for its start again and again. */
struct cluster {
    size_t start, end;
};

static bool belongs_to(const struct cluster *cluster, const struct layout_cell *cell)
{
    return cell->kind != CELL_ELLIPSIS && cell->start >= cluster->start &&
           cell->start < cluster->end;
}

/* The next offset along the line from column in the direction of step that is not here's; false at
 * the line's end. */
static bool step_in_line(const struct layout *layout, struct caret from, int step,
                         const struct cluster *here, size_t *offset)
{
    const struct layout_line *line = line_at(layout, from.line);
    for (int column = from.column + step; column >= 0 && column < (int)line->width;
         column += step) {
        if (belongs_to(here, &line->cells[column]))
            continue;
        *offset = layout_offset_at(layout, from.line, column);
        return *offset != here->start;
    }
    bool leaves_at_end = (step < 0) == is_right_to_left(line);
    if (!leaves_at_end || from.column == end_column(line))
        return false;
    *offset = line_last_offset(layout, from.line);
    return *offset >= line->end && *offset != here->start;
}

/* The offset at which reading enters a line, going down or up; false when all of it is here's. */
static bool enter_line(const struct layout *layout, size_t index, bool down,
                       const struct cluster *here, size_t *offset)
{
    const struct layout_line *line = line_at(layout, index);
    if (line->width > 0 && line->start >= here->start && line->end < here->end)
        return false;
    bool at_left = down != is_right_to_left(line);
    unsigned columns = line->width;
    for (unsigned i = 0; i < columns && down; i++) {
        unsigned column = at_left ? i : columns - 1 - i;
        if (belongs_to(here, &line->cells[column]))
            continue;
        *offset = layout_offset_at(layout, index, (int)column);
        return *offset != here->start;
    }
    *offset = down ? line->start : line_last_offset(layout, index);
    return *offset != here->start;
}

size_t layout_step(const struct layout *layout, size_t offset, int step)
{
    struct cluster here = {.start = cluster_start(layout->source, offset)};
    here.end = cluster_next(layout->source, here.start);
    struct caret caret = layout_caret(layout, here.start);
    size_t next;
    if (step_in_line(layout, caret, step, &here, &next))
        return next;
    bool down = (step > 0) != is_right_to_left(line_at(layout, caret.line));
    size_t index = caret.line;
    /* A marker or a cluster may span lines: go on to the first with another character. */
    while (down ? index + 1 < layout->line_count : index > 0) {
        index = down ? index + 1 : index - 1;
        if (enter_line(layout, index, down, &here, &next))
            return next;
    }
    return offset;
}
