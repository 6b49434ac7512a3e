/* Sentences for people, kept free of controls whatever they quote. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Replaces C0, DEL and the UTF-8 forms of C1 and of the bidi controls: what a quoted name could
 * use to act on the terminal or to reorder the sentence around it. */
static void make_safe(char *text)
{
    unsigned char *byte = (unsigned char *)text;
    for (; *byte; byte++) {
        if (*byte < 0x20 || *byte == 0x7f)
            *byte = '?';
        else if (*byte == 0xc2 && byte[1] >= 0x80 && byte[1] <= 0x9f)
            byte[0] = byte[1] = '?';
        else if (*byte == 0xe2 && ((byte[1] == 0x80 && byte[2] >= 0xaa && byte[2] <= 0xae) ||
                                   (byte[1] == 0x81 && byte[2] >= 0xa6 && byte[2] <= 0xa9)))
            byte[0] = byte[1] = byte[2] = '?';
    }
}

/* A message cut by its buffer may end inside a character: drop the partial one. */
static void drop_partial_character(char *text)
{
    size_t size = strlen(text);
    size_t start = size;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (size - (start - 1) < need)
        text[start - 1] = '\0';
}

static void fill(struct error *error, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

static void fill(struct error *error, const char *format, va_list list)
{
    vsnprintf(error->message, sizeof error->message, format, list);
    drop_partial_character(error->message);
    make_safe(error->message);
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    if (error) {
        va_list list;
        va_start(list, format);
        fill(error, format, list);
        va_end(list);
    }
    return status;
}

enum status error_prefix(struct error *error, enum status status, const char *format, ...)
{
    if (error) {
        struct error place;
        va_list list;
        va_start(list, format);
        fill(&place, format, list);
        va_end(list);
        char joined[2 * ERROR_BYTES + 2];
        snprintf(joined, sizeof joined, "%s: %s", place.message, error->message);
        memcpy(error->message, joined, ERROR_BYTES - 1);
        error->message[ERROR_BYTES - 1] = '\0';
        drop_partial_character(error->message);
    }
    return status;
}
