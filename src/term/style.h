/* Styles: what a cell means, not how it looks. The terminal decides the look by what it can do. */
#ifndef TERM_STYLE_H
#define TERM_STYLE_H

/* The role of a cell. Never the only sign of anything: a word or a mark stands beside it. */
enum style {
    STYLE_NORMAL,
    STYLE_DIM,    /* secondary: ages, counts, hints */
    STYLE_STRONG, /* headings and names */
    STYLE_BAR,    /* the title bar and the footer */
    STYLE_KEY,    /* a key's name in the footer and in help */
    STYLE_LINK,
    STYLE_MARKER,  /* stands for an invisible or hostile character */
    STYLE_PENDING, /* the six states of a comment */
    STYLE_APPROVED,
    STYLE_REJECTED,
    STYLE_SPAM,
    STYLE_HELD,
    STYLE_ESCALATED,
    STYLE_GOOD,  /* a message that all went well */
    STYLE_BAD,   /* a message that something did not */
    STYLE_FIELD, /* where one types */
    STYLE_CHART, /* the filled part of a bar */
    STYLE_CHART_SECOND,
    STYLE_COUNT,
};

/* Added to a style by bitwise or. */
enum {
    STYLE_ROLE_MASK = 0xff,
    STYLE_CURRENT = 0x100, /* the row under the cursor */
    STYLE_FOUND = 0x200,   /* what a search found, or a rule marked */
    STYLE_CHOSEN = 0x400,  /* selected for a bulk action */
    STYLE_CARET = 0x800,   /* the second place of a caret at a direction boundary */
    /* 0x1000 belongs to wire.h. */
    STYLE_SAMPLE =
        0x2000, /* the whole row is sent as it stands, whatever the terminal makes of it */
};

#endif
