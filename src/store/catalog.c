/* Agencies, consultations and sections: who asks the public, and what. What comments are marked
 * with stands in marks.c. */
#include "store/catalog.h"

#include "base/language.h"
#include "store/internal.h"
#include "store/recall.h"

struct str label_in(const struct label *label, const char *language_code)
{
    bool arabic = strcmp(language_code, "ar") == 0;
    struct str wanted = arabic ? label->ar : label->en;
    if (wanted.size > 0)
        return wanted;
    return arabic ? label->en : label->ar;
}

/* --- Agencies --- */

static void read_agency(struct statement *statement, struct arena *arena, struct agency *agency)
{
    agency->id = statement_integer(statement);
    agency->slug = statement_text(statement, arena);
    agency->name.ar = statement_text(statement, arena);
    agency->name.en = statement_text(statement, arena);
}

enum status agency_list(struct store *store, struct arena *arena, struct agency **agencies,
                        size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store, "SELECT id, slug, name_ar, name_en FROM agency ORDER BY id");
    while (statement_next(&statement))
        read_agency(&statement, arena, list_add(&list, arena, sizeof(struct agency)));
    *agencies = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status agency_find(struct store *store, struct str slug, struct arena *arena,
                        struct agency *agency, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id, slug, name_ar, name_en FROM agency WHERE slug = ?1");
    statement_bind_text(&statement, slug);
    bool found = statement_next(&statement);
    if (found)
        read_agency(&statement, arena, agency);
    enum status status = statement_end(&statement, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no agency '%.*s'"), STR_FORMAT(slug));
    return status;
}

enum status agency_add(struct store *store, struct agency *agency, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO agency (slug, name_ar, name_en) VALUES (?1, ?2, ?3)"
                    " ON CONFLICT (slug) DO UPDATE SET name_ar = excluded.name_ar,"
                    " name_en = excluded.name_en"
                    " RETURNING id");
    statement_bind_text(&statement, agency->slug);
    statement_bind_text(&statement, agency->name.ar);
    statement_bind_text(&statement, agency->name.en);
    statement_single(&statement, &agency->id);
    return statement_run(&statement, error);
}

/* --- Consultations --- */

#define CONSULTATION_COLUMNS "id, agency_id, slug, kind, title_ar, title_en, opens_at, closes_at"

static void read_consultation(struct statement *statement, struct arena *arena,
                              struct consultation *consultation)
{
    consultation->id = statement_integer(statement);
    consultation->agency_id = statement_integer(statement);
    consultation->slug = statement_text(statement, arena);
    consultation->kind = statement_text(statement, arena);
    consultation->title.ar = statement_text(statement, arena);
    consultation->title.en = statement_text(statement, arena);
    consultation->opens_at = statement_integer(statement);
    consultation->closes_at = statement_integer(statement);
}

enum status consultation_list(struct store *store, struct arena *arena,
                              struct consultation **consultations, size_t *count,
                              struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT " CONSULTATION_COLUMNS " FROM consultation ORDER BY id");
    while (statement_next(&statement))
        read_consultation(&statement, arena, list_add(&list, arena, sizeof(struct consultation)));
    *consultations = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status consultation_find(struct store *store, struct str slug, struct arena *arena,
                              struct consultation *consultation, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT " CONSULTATION_COLUMNS " FROM consultation WHERE slug = ?1");
    statement_bind_text(&statement, slug);
    bool found = statement_next(&statement);
    if (found)
        read_consultation(&statement, arena, consultation);
    enum status status = statement_end(&statement, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no consultation '%.*s'"),
                         STR_FORMAT(slug));
    return status;
}

enum status consultation_add(struct store *store, struct consultation *consultation,
                             struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO consultation"
                    " (agency_id, slug, kind, title_ar, title_en, opens_at, closes_at)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                    " ON CONFLICT (slug) DO UPDATE SET agency_id = excluded.agency_id,"
                    " kind = excluded.kind, title_ar = excluded.title_ar,"
                    " title_en = excluded.title_en, opens_at = excluded.opens_at,"
                    " closes_at = excluded.closes_at"
                    " RETURNING id");
    statement_bind(&statement, consultation->agency_id);
    statement_bind_text(&statement, consultation->slug);
    statement_bind_text(&statement, consultation->kind);
    statement_bind_text(&statement, consultation->title.ar);
    statement_bind_text(&statement, consultation->title.en);
    statement_bind_id(&statement, consultation->opens_at);
    statement_bind_id(&statement, consultation->closes_at);
    statement_single(&statement, &consultation->id);
    return statement_run(&statement, error);
}

/* --- Sections --- */

enum status section_list(struct store *store, int64_t consultation, struct arena *arena,
                         struct section **sections, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id, consultation_id, ordinal, title_ar, title_en, body FROM section"
                    " WHERE consultation_id = ?1 ORDER BY ordinal");
    statement_bind(&statement, consultation);
    while (statement_next(&statement)) {
        struct section *section = list_add(&list, arena, sizeof *section);
        section->id = statement_integer(&statement);
        section->consultation_id = statement_integer(&statement);
        section->ordinal = (int)statement_integer(&statement);
        section->title.ar = statement_text(&statement, arena);
        section->title.en = statement_text(&statement, arena);
        section->body = statement_text(&statement, arena);
    }
    *sections = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status section_add(struct store *store, struct section *section, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO section (consultation_id, ordinal, title_ar, title_en, body)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)"
                    " ON CONFLICT (consultation_id, ordinal) DO UPDATE SET"
                    " title_ar = excluded.title_ar, title_en = excluded.title_en,"
                    " body = excluded.body"
                    " RETURNING id");
    statement_bind(&statement, section->consultation_id);
    statement_bind(&statement, section->ordinal);
    statement_bind_text(&statement, section->title.ar);
    statement_bind_text(&statement, section->title.en);
    statement_bind_text(&statement, section->body);
    statement_single(&statement, &section->id);
    return statement_run(&statement, error);
}

void consultations_start(struct statement *statement, struct store *store, int64_t agency,
                         int64_t consultation)
{
    static const char one[] = "SELECT id FROM consultation WHERE id = ?2",
                      some[] = "SELECT id FROM consultation INDEXED BY consultation_of_agency"
                               " WHERE agency_id = ?1 AND (?2 = 0 OR id = ?2)";
    statement_recall(statement, store, agency ? some : one, RECALL_SUMS);
    statement_bind(statement, agency);
    statement_bind(statement, consultation);
}
