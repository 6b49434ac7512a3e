/* CSV going out. Quoting is libcsv's. */
#include "exchange/csv_out.h"

#include "text/utf8.h"

#include <csv.h>

/* A spreadsheet runs a field that begins with one of these: an attack that a comment can carry. */
static bool is_formula(struct str text)
{
    return text.size > 0 && text.data[0] != '\0' && strchr("=+-@\t\r", text.data[0]);
}

bool csv_out_number(FILE *out, bool first, struct str number)
{
    return (first || fputc(',', out) != EOF) && csv_fwrite(out, number.data, number.size) == 0;
}

bool csv_out_field(FILE *out, bool first, struct str text)
{
    struct buffer fit = {0};
    if (is_formula(text))
        buffer_add_byte(&fit, '\'');
    utf8_add_valid(&fit, text);
    bool written = (first || fputc(',', out) != EOF) &&
                   csv_fwrite(out, fit.data ? fit.data : "", fit.size) == 0;
    buffer_free(&fit);
    return written;
}

bool csv_out_end(FILE *out)
{
    return fputs("\r\n", out) != EOF;
}
