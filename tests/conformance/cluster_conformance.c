/* UAX #29 against Unicode's own tests: every case of GraphemeBreakTest.txt through cluster_next(),
 * cluster_previous() and cluster_start(). No difference is allowed, but for what hangs on rule GB9c,
 * which came with Unicode 15.1: see text/cluster.h. */
#include "text/cluster.h"
#include "text/utf8.h"

#include "conformance/ucd.h"

enum { MOST_SHOWN = 20 };

static bool clusters_agree(const uint32_t *codepoints, size_t size, const bool *breaks)
{
    struct buffer text = {0};
    size_t offsets[UCD_MOST];
    bool agree = true;
    for (size_t i = 0; i < size; i++) {
        offsets[i] = text.size;
        utf8_add(&text, codepoints[i]);
    }
    offsets[size] = text.size;
    struct str s = buffer_str(&text);
    for (size_t start = 0, end; start < size; start = end) {
        for (end = start + 1; end < size && !breaks[end]; end++)
            agree = agree && cluster_start(s, offsets[end]) == offsets[start];
        agree = agree && cluster_next(s, offsets[start]) == offsets[end];
        agree = agree && cluster_previous(s, offsets[end]) == offsets[start];
        agree = agree && cluster_start(s, offsets[start]) == offsets[start];
    }
    buffer_free(&text);
    return agree;
}

int main(void)
{
    FILE *file = ucd_open("auxiliary/GraphemeBreakTest.txt");
    char line[UCD_LINE_BYTES], shown[UCD_LINE_BYTES];
    const char *rules;
    size_t cases = 0, different = 0, conjuncts = 0;
    while (ucd_line(file, line, &rules)) {
        uint32_t text[UCD_MOST];
        bool breaks[UCD_MOST];
        if (strstr(rules, "[9.3]")) {
            conjuncts++;
            continue;
        }
        snprintf(shown, sizeof shown, "%s", line);
        size_t size = ucd_breaks(line, text, breaks);
        cases++;
        if (!clusters_agree(text, size, breaks) && different++ < MOST_SHOWN)
            printf("GraphemeBreakTest.txt differs: %s\n", shown);
    }
    fclose(file);
    bool passed = cases > 500 && different == 0;
    printf("1..1\n%s 1 - GraphemeBreakTest.txt: %zu cases, %zu differences; %zu of rule GB9c left "
           "out\n",
           passed ? "ok" : "not ok", cases, different, conjuncts);
    return passed ? 0 : 1;
}
