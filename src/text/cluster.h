/* Grapheme clusters (UAX #29, with libunistring's properties) and words, as the editor needs them.
 *
 * Rule GB9c, which came with Unicode 15.1, is left out: it joins the consonants of an Indic conjunct,
 * and terminals give each of these cells of its own. */
#ifndef TEXT_CLUSTER_H
#define TEXT_CLUSTER_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What of the text before a place decides whether a cluster starts there. Zero-initialise ({0})
 * before the first character; the fields belong to cluster.c. */
struct cluster_state {
    int property;      /* Grapheme_Cluster_Break of the character before, plus one */
    unsigned regional; /* how many regional indicators stand right before */
    bool plain;        /* cluster_is_plain() of the character before */
    uint8_t emoji;     /* how much of an emoji sequence joined by ZWJ (rule GB11) was seen */
};

/* True for ASCII and Arabic letters, which make up most text by far: between two of them there is
 * always a cluster's end, and behind one nothing is remembered of what came before. */
static inline bool cluster_is_plain(uint32_t codepoint)
{
    return (codepoint >= 0x20 && codepoint < 0x7f) || (codepoint >= 0x620 && codepoint <= 0x64a);
}

/* Takes the next character of a text; true when a cluster starts with it. */
bool cluster_starts(struct cluster_state *state, uint32_t codepoint);

/* The end of the cluster that starts at byte at; s.size at the end. Never splits ill-formed bytes
 * from each other in a way that utf8_decode() would not. */
size_t cluster_next(struct str s, size_t at);

/* The start of the cluster that ends at byte at; 0 at the start. */
size_t cluster_previous(struct str s, size_t at);

/* The start of the cluster that byte at belongs to; s.size at the end. */
size_t cluster_start(struct str s, size_t at);

/* The start of the next word after at, or the start of the word before at (UAX #29 word boundaries;
 * blanks and punctuation are passed over). */
size_t word_next(struct str s, size_t at);
size_t word_previous(struct str s, size_t at);

/* Columns of one code point: 0 for marks and controls, 1 or 2 (UAX #11 through libunistring). */
unsigned codepoint_width(uint32_t codepoint);

#endif
