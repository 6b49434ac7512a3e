/* Reading the Unicode Character Database's test files. */
#ifndef CONFORMANCE_UCD_H
#define CONFORMANCE_UCD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UCD_LINE_BYTES = 8192, UCD_MOST = 512 };

/* Opens a file of the package unicode-data; ends the test with a sentence when it is not there. */
static inline FILE *ucd_open(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "/usr/share/unicode/%s", name);
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "%s is missing: install the package unicode-data\n", path);
        exit(1);
    }
    return file;
}

/* The next line without its comment and newline; false at the end. Empty lines are passed over.
 * comment  receives what stands behind '#', in line, too; NULL: not asked for */
static inline bool ucd_line(FILE *file, char line[static UCD_LINE_BYTES], const char **comment)
{
    while (fgets(line, UCD_LINE_BYTES, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *end = line + strcspn(line, "#");
        if (comment)
            *comment = *end ? end + 1 : end;
        *end = '\0';
        if (line[strspn(line, " \t")] != '\0')
            return true;
    }
    return false;
}

/* The characters of a break test's line, such as "÷ 0061 × 0308 ÷", and the places where it wants
 * breaks: breaks[i] before character i, breaks[size] at the end. Returns size. */
static inline size_t ucd_breaks(char *line, uint32_t text[static UCD_MOST],
                                bool breaks[static UCD_MOST])
{
    size_t size = 0;
    for (char *word = strtok(line, " \t"); word; word = strtok(NULL, " \t")) {
        if (strcmp(word, "÷") == 0)
            breaks[size] = true;
        else if (strcmp(word, "×") == 0)
            breaks[size] = false;
        else
            text[size++] = (uint32_t)strtoul(word, NULL, 16);
    }
    return size;
}

#endif
