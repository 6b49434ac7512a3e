/* What the files of Voices share: what was counted, and the tables that show it. */
#ifndef STORE_FIGURES_VOICES_H
#define STORE_FIGURES_VOICES_H

#include "store/figures.h"
#include "store/internal.h"

enum { VOICES_SHOWN = 8 /* rows of a table, at most */ };

enum voice_kind {
    VOICE_CONSULTATION,
    VOICE_SECTION,
    VOICE_LANGUAGE,
    VOICE_CHANNEL,
    VOICE_TAG,
    VOICE_KINDS
};

/* One thing that comments are counted for. */
struct voice_thing {
    int64_t id;      /* of a consultation, section or tag; else 0 */
    struct str word; /* the language or the channel; else empty */
    int64_t comments;
};

struct voices {
    struct store *store;
    const struct figure_scope *scope;
    struct arena *arena;
    struct list things[VOICE_KINDS]; /* of struct voice_thing, the most first */
    int64_t comments, questions, letters, clusters;
};

/* Whether the scope leaves out no time. */
bool voices_always(const struct figure_scope *scope);

/* A letter's beginning on one line, cut at a character. In arena. */
struct str voices_begin(struct str text, struct arena *arena);

/* Counts what the scope leaves, for each kind of thing, and all of it. */
enum status voices_count(struct voices *voices, struct error *error);

/* The tables' columns. */
enum { VOICE_TITLE_COLUMNS = 5, VOICE_SECTION_COLUMNS = 4, VOICE_WORD_COLUMNS = 2 };
enum { VOICE_TAG_COLUMNS = 3, VOICE_STANDS_COLUMNS = 7, VOICE_CLUSTER_COLUMNS = 4 };
enum { VOICE_ASKED_COLUMNS = 3, VOICE_TITLE_TITLE = 0, VOICE_TITLE_SLUG = 1 };
enum { VOICE_WORD_COMMENTS = 1, VOICE_SECTION_COMMENTS = 3, VOICE_TAG_COMMENTS = 2 };
extern const struct figure_column voice_title_columns[], voice_section_columns[],
    voice_language_columns[], voice_channel_columns[], voice_tag_columns[], voice_stands_columns[],
    voice_cluster_columns[], voice_asked_columns[];

/* Fill one table each. titles: the rows of consultations, which come first. */
enum status voices_fill_things(struct voices *voices, enum voice_kind kind,
                               struct figure_rows *rows, struct error *error);
enum status voices_fill_words(struct voices *voices, const struct figure_rows *titles,
                              struct figure_rows *rows, struct error *error);
/* voices->letters and ->clusters receive how many there are. */
enum status voices_fill_clusters(struct voices *voices, struct figure_rows *rows,
                                 struct error *error);
/* voices->questions receives how many there are. */
enum status voices_fill_questions(struct voices *voices, struct figure_rows *rows,
                                  struct error *error);

#endif
