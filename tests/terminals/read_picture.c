/* read-picture FOLDER FRAME PICTURE FRAME ...: reads a picture of a terminal back into text, and
 * compares it with the frame that it should show, cell by cell.
 *
 * FOLDER holds pictures (PGM) of this very terminal: empty, corners, and the pages of the sheet that
 * sheet.c made of the frames named last. A cell is read as the glyph of the sheet that it resembles
 * most; it is right when that is the frame's, or when the frame's resembles it hardly less. Colours
 * do not matter: only what differs from the cell's own background.
 *
 * Writes for each cell that is read otherwise "ROW COLUMN EXPECTED READ", then a line "READ of CELLS"
 * with how many cells were read right. Rows that name who runs the test are left out. */
#include "terminals/frame.h"

#include <math.h>

enum { STYLES = 3, LEVELS = 256, COLUMNS = 80, ROWS = 24, PIXELS_MOST = 64 * 64 };

static const char *const styles[STYLES] = {"plain", "bold", "underline"};

/* How much less another glyph may differ, as a share of the ink, and still be no reason to doubt: what
 * two rows of pixels of a thin glyph can make. */
static const double doubt = 0.10;

/* The contrast, of LEVELS, below which a cell is blank: what the eye does not see. */
enum { FAINT = 16 };

struct picture {
    int width, height;
    unsigned char *pixels;
};

/* Where the cells are. */
struct grid {
    int left, top, width, height; /* of the first cell */
};

struct ink {
    float amount[PIXELS_MOST]; /* of each pixel, 0 to 1 */
    double sum;
    int contrast; /* what 1 stands for */
    int inner;    /* the same without the edges, where a neighbour's glyph may reach */
};

static void fail(const char *path, const char *what)
{
    fprintf(stderr, "read-picture: %s: %s\n", path, what);
    exit(1);
}

static struct picture picture_read(const char *folder, const char *name)
{
    char path[4096];
    struct picture picture = {0};
    int most;
    snprintf(path, sizeof path, "%s%s%s", folder ? folder : "", folder ? "/" : "", name);
    FILE *file = fopen(path, "rb");
    if (!file || fscanf(file, "P5 %d %d %d", &picture.width, &picture.height, &most) != 3 ||
        most != LEVELS - 1 || picture.width < 1 || picture.height < 1)
        fail(path, "no picture");
    fgetc(file);
    size_t size = (size_t)picture.width * (size_t)picture.height;
    picture.pixels = malloc(size);
    if (!picture.pixels || fread(picture.pixels, 1, size, file) != size)
        fail(path, "too short");
    fclose(file);
    return picture;
}

static int pixel(const struct picture *picture, int x, int y)
{
    bool inside = x >= 0 && y >= 0 && x < picture->width && y < picture->height;
    return inside ? picture->pixels[(size_t)y * (size_t)picture->width + (size_t)x] : 0;
}

/* The cells lie between the marks in two corners, which are all that differs from the empty page. */
static struct grid grid_find(const struct picture *empty, const struct picture *corners)
{
    int left = corners->width, top = corners->height, right = 0, bottom = 0;
    for (int y = 0; y < corners->height; y++) {
        for (int x = 0; x < corners->width; x++) {
            if (abs(pixel(empty, x, y) - pixel(corners, x, y)) <= FAINT)
                continue;
            left = x < left ? x : left;
            top = y < top ? y : top;
            right = x + 1 > right ? x + 1 : right;
            bottom = y + 1 > bottom ? y + 1 : bottom;
        }
    }
    struct grid grid = {left, top, (right - left) / COLUMNS, (bottom - top) / ROWS};
    if (grid.width < 4 || grid.height < 8 || grid.width * grid.height > PIXELS_MOST ||
        grid.width * COLUMNS != right - left || grid.height * ROWS != bottom - top)
        fail("corners", "the cells were not found");
    return grid;
}

/* What a cell shows, whatever its colours: how far each pixel is from the one that is most common. */
static void ink_read(const struct picture *picture, struct grid grid, int row, int column,
                     struct ink *ink)
{
    int histogram[LEVELS] = {0}, ground = 0, count = 0;
    int left = grid.left + column * grid.width, top = grid.top + row * grid.height;
    for (int y = 0; y < grid.height; y++) {
        for (int x = 0; x < grid.width; x++)
            histogram[pixel(picture, left + x, top + y)]++;
    }
    for (int level = 0; level < LEVELS; level++)
        ground = histogram[level] > histogram[ground] ? level : ground;
    ink->contrast = ink->inner = 0;
    for (int y = 0; y < grid.height; y++) {
        for (int x = 0; x < grid.width; x++) {
            int amount = abs(pixel(picture, left + x, top + y) - ground);
            bool edge = x < grid.width / 4 || x >= grid.width - grid.width / 4 ||
                        y < grid.height / 6 || y >= grid.height - grid.height / 6;
            ink->contrast = amount > ink->contrast ? amount : ink->contrast;
            ink->inner = amount > ink->inner && !edge ? amount : ink->inner;
            ink->amount[count++] = (float)amount;
        }
    }
    ink->sum = 0;
    for (int i = 0; i < count && ink->contrast > 0; i++) {
        ink->amount[i] /= (float)ink->contrast;
        ink->sum += ink->amount[i];
    }
}

/* How much two cells differ, as a share of the ink of the one that has more. */
static double ink_difference(const struct ink *a, const struct ink *b, int count)
{
    double sum = 0, most = a->sum > b->sum ? a->sum : b->sum;
    for (int i = 0; i < count; i++)
        sum += fabs((double)a->amount[i] - (double)b->amount[i]);
    return most > 0 ? sum / most : 0;
}

/* --- reading ---------------------------------------------------------------------------------- */

static struct sheet sheet;
static struct ink glyphs[STYLES][SHEET_MOST];

static void sheet_read(const char *folder, struct grid grid)
{
    for (int style = 0; style < STYLES; style++) {
        for (int page = 0; page < sheet_pages(&sheet); page++) {
            char name[64];
            snprintf(name, sizeof name, "%s-%d.pgm", styles[style], page);
            struct picture picture = picture_read(folder, name);
            int first = page * SHEET_ACROSS * SHEET_DOWN;
            for (int i = first; i < sheet.count && i < first + SHEET_ACROSS * SHEET_DOWN; i++)
                ink_read(&picture, grid, sheet_row(i), sheet_column(i), &glyphs[style][i]);
            free(picture.pixels);
        }
    }
}

static double glyph_difference(const struct ink *ink, int glyph, int count)
{
    double least = HUGE_VAL;
    for (int style = 0; style < STYLES; style++) {
        double difference = ink_difference(ink, &glyphs[style][glyph], count);
        least = difference < least ? difference : least;
    }
    return least;
}

/* A full block is as even as a blank; what stands beside it tells them apart. */
static bool is_block(const char *text)
{
    return strcmp(text, "\u2588") == 0;
}

/* What a cell is read as, given what is expected there: "" for a blank. */
static const char *cell_read(const struct ink *ink, const char *expected, int count)
{
    int wanted = sheet_find(&sheet, expected), best = -1;
    double least = HUGE_VAL;
    if (ink->contrast < FAINT)
        return wanted >= 0 && is_block(expected) ? expected : "";
    if (!expected[0] && ink->inner < FAINT)
        return "";
    for (int i = 0; i < sheet.count; i++) {
        double difference = glyph_difference(ink, i, count);
        if (difference < least) {
            least = difference;
            best = i;
        }
    }
    if (wanted >= 0 && glyph_difference(ink, wanted, count) <= least + doubt)
        return expected;
    return best < 0 ? "" : sheet.text[best];
}

/* True for a row that names who runs this: a frame says LOGIN there. */
static bool names_login(const struct frame_cell *cells)
{
    static const char name[] = "LOGIN";
    for (size_t column = 0; column + sizeof name - 1 <= COLUMNS; column++) {
        size_t same = 0;
        while (name[same] && cells[column + same].text[0] == name[same])
            same++;
        if (!name[same])
            return true;
    }
    return false;
}

/* True for a blank beside a wide glyph: where the font lacks that, the box drawn for it is wider than its
 * two columns. */
static bool is_beside_wide(const struct frame *frame, int row, int column)
{
    const struct frame_cell *cells = frame->cells[row];
    return !cells[column].text[0] && ((column > 0 && cells[column - 1].width == 0) ||
                                      (column + 1 < COLUMNS && cells[column + 1].width == 2));
}

int main(int argc, char **argv)
{
    static struct frame frame, other;
    static struct ink ink;
    int cells = 0, right = 0;
    if (argc < 5)
        return 2;
    struct picture empty = picture_read(argv[1], "empty.pgm");
    struct picture corners = picture_read(argv[1], "corners.pgm");
    struct picture picture = picture_read(NULL, argv[3]);
    struct grid grid = grid_find(&empty, &corners);
    for (int i = 4; i < argc; i++) {
        frame_read(argv[i], &other);
        sheet_add(&sheet, &other);
    }
    sheet_read(argv[1], grid);
    frame_read(argv[2], &frame);
    for (int row = 0; row < frame.rows && row < ROWS; row++) {
        for (int column = 0; column < COLUMNS && !names_login(frame.cells[row]); column++) {
            const struct frame_cell *cell = &frame.cells[row][column];
            if (cell->width != 1 || is_beside_wide(&frame, row, column))
                continue;
            ink_read(&picture, grid, row, column, &ink);
            const char *read = cell_read(&ink, cell->text, grid.width * grid.height);
            cells++;
            if (strcmp(read, cell->text) == 0)
                right++;
            else
                printf("%d %d '%s' '%s'\n", row + 1, column + 1, cell->text, read);
        }
    }
    printf("%d of %d\n", right, cells);
    return 0;
}
