/* sheet FOLDER FRAME ...: writes the pages that a terminal is to show so that its own glyphs are known:
 * an empty one, one with marks in two corners, and every different cell of the frames, plain, bold
 * and underlined. */
#include "terminals/frame.h"

static FILE *page_open(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    fputs("\033[?25l\033[0m\033[2J\033[H", file);
    return file;
}

static void write_page(const char *folder, const struct sheet *sheet, int page, const char *style,
                       const char *sequence)
{
    char name[64];
    snprintf(name, sizeof name, "%s-%d", style, page);
    FILE *file = page_open(folder, name);
    int first = page * SHEET_ACROSS * SHEET_DOWN;
    for (int i = first; i < sheet->count && i < first + SHEET_ACROSS * SHEET_DOWN; i++)
        fprintf(file, "\033[%d;%dHx %s%s\033[0m x", sheet_row(i) + 1, sheet_column(i) - 1, sequence,
                sheet->text[i]);
    fclose(file);
}

int main(int argc, char **argv)
{
    enum { COLUMNS = 80, ROWS = 24 };
    static struct sheet sheet;
    static struct frame frame;
    for (int i = 2; i < argc; i++) {
        frame_read(argv[i], &frame);
        sheet_add(&sheet, &frame);
    }
    if (argc < 3)
        return 2;
    fclose(page_open(argv[1], "empty"));
    FILE *corners = page_open(argv[1], "corners");
    fprintf(corners, "\033[7m \033[0m\033[%d;%dH\033[7m \033[0m", ROWS, COLUMNS);
    fclose(corners);
    for (int page = 0; page < sheet_pages(&sheet); page++) {
        write_page(argv[1], &sheet, page, "plain", "");
        write_page(argv[1], &sheet, page, "bold", "\033[1m");
        write_page(argv[1], &sheet, page, "underline", "\033[4m");
    }
    printf("%d\n", sheet_pages(&sheet));
    return 0;
}
