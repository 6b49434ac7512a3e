/* UTF-8 in and out, never failing. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/buffer.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

#define CODEPOINT_REPLACEMENT 0xfffdu

/* Decodes the character at byte offset at (which must be < s.size) into *codepoint and returns how
 * many bytes it took, 1 to 4. Ill-formed input gives U+FFFD for each maximal subpart (The Unicode
 * Standard, section 3.9, "U+FFFD substitution of maximal subparts") and never fails. */
size_t utf8_decode(struct str s, size_t at, uint32_t *codepoint);

/* Writes codepoint as UTF-8 (surrogates and values over U+10FFFF as U+FFFD); returns 1 to 4. */
size_t utf8_encode(uint32_t codepoint, char out[static 4]);

/* Where the character (or ill-formed part) that ends at byte at starts; 0 at the start. at must be
 * between two of them, as utf8_decode() cuts s. */
size_t utf8_previous(struct str s, size_t at);

/* Where the character (or ill-formed part) that byte at belongs to starts; s.size at the end. */
size_t utf8_start(struct str s, size_t at);

/* Adds one code point to buffer. */
void utf8_add(struct buffer *buffer, uint32_t codepoint);

/* The offset of the first ill-formed byte, or s.size when all of s is valid UTF-8. */
size_t utf8_valid_size(struct str s);

/* Adds s with every ill-formed part replaced by U+FFFD: for outputs that must be valid UTF-8. */
void utf8_add_valid(struct buffer *buffer, struct str s);

#endif
