/* Errors: a status for the program and a sentence for the person who can act on it. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

/* What a function that can fail returns. */
enum status {
    OK = 0,
    STATUS_EMPTY,       /* nothing there, such as an empty queue; no error is filled */
    STATUS_NOT_FOUND,   /* what was named does not exist */
    STATUS_USAGE,       /* the command line is wrong */
    STATUS_INPUT,       /* a file, a query or a text is wrong; the sentence says where */
    STATUS_REFUSED,     /* a rule or a role forbids it */
    STATUS_CONFLICT,    /* somebody changed it meanwhile */
    STATUS_BUSY,        /* the database is locked by another process for too long */
    STATUS_STORE,       /* the database failed: damaged, not ours, too new, disk full ... */
    STATUS_IO,          /* a file or a terminal failed */
    STATUS_INTERRUPTED, /* the person stopped it */
};

enum { ERROR_BYTES = 512 };

/* The sentence, translated, NUL-terminated, cut at a character when too long: what was wrong,
 * where, and what to do. It carries no byte of foreign text that was not made safe. */
struct error {
    char message[ERROR_BYTES];
};

/* Fills *error (which may be NULL) as printf does and returns status, so that a failing function
 * can end with `return error_set(...)`. Control characters in the result become '?': a file name
 * or a comment quoted in a message must not reach a terminal as a control. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts a place before the sentence that is there: "FILE:LINE: sentence". Returns status. */
enum status error_prefix(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
