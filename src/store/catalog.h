/* What changes seldom: agencies, consultations, sections, reasons, tags, templates. */
#ifndef STORE_CATALOG_H
#define STORE_CATALOG_H

#include "store/store.h"

/* Words in both languages; pick with label_in(). */
struct label {
    struct str ar, en;
};

/* The one in the language with this code ("ar" or anything else), or the other when it is empty. */
struct str label_in(const struct label *label, const char *language_code);

struct agency {
    int64_t id;
    struct str slug;
    struct label name;
};

struct consultation {
    int64_t id, agency_id;
    struct str slug, kind; /* kind: consultation, draft, session */
    struct label title;
    int64_t opens_at, closes_at; /* 0: not set */
};

struct section {
    int64_t id, consultation_id;
    int ordinal; /* from 1 */
    struct label title;
    struct str body;
};

struct reason {
    int64_t id;
    struct str slug;
    struct label label;
};

struct tag {
    int64_t id;
    struct str slug;
    struct label label;
};

struct template
{
    int64_t id;
    struct str slug, language, title, body;
};

/* Each list is ordered (agencies and consultations by id, reasons by id, tags by slug, templates by
 * slug and language); everything in arena. Each add fills the id; each find gives STATUS_NOT_FOUND
 * with a sentence when there is none by that slug. Adding a slug that exists changes that row
 * instead. */
enum status agency_list(struct store *, struct arena *, struct agency **, size_t *count,
                        struct error *);
enum status agency_find(struct store *, struct str slug, struct arena *, struct agency *,
                        struct error *);
enum status agency_add(struct store *, struct agency *, struct error *);

enum status consultation_list(struct store *, struct arena *, struct consultation **, size_t *count,
                              struct error *);
enum status consultation_find(struct store *, struct str slug, struct arena *,
                              struct consultation *, struct error *);
enum status consultation_add(struct store *, struct consultation *, struct error *);

enum status section_list(struct store *, int64_t consultation, struct arena *, struct section **,
                         size_t *count, struct error *);
enum status section_add(struct store *, struct section *, struct error *);

enum status reason_list(struct store *, struct arena *, struct reason **, size_t *count,
                        struct error *);
enum status reason_find(struct store *, struct str slug, struct arena *, struct reason *,
                        struct error *);
enum status reason_add(struct store *, struct reason *, struct error *);

enum status tag_list(struct store *, struct arena *, struct tag **, size_t *count, struct error *);
enum status tag_find(struct store *, struct str slug, struct arena *, struct tag *, struct error *);
enum status tag_add(struct store *, struct tag *, struct error *);

enum status template_list(struct store *, struct arena *, struct template **, size_t *count,
                          struct error *);
enum status template_add(struct store *, struct template *, struct error *);

#endif
