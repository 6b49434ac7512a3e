/* Templates: the blanks that can be known are filled, the others stay to be seen. */
#include "desk/within.h"

#include "text/utf8.h"

enum { BLANK_NAME_MOST = 64 /* bytes between the braces; anything longer is no blank */ };

/* What may stand in a blank, in the template's language, not the interface's. */
struct filling {
    struct str author, consultation, agency, moderator;
};

static struct str nobody_in(struct str language)
{
    return str_equal(language, str_of("ar")) ? str_of("المشارك الكريم") : str_of("participant");
}

static enum status find_titles(struct desk *desk, int64_t id, const char *language,
                               struct arena *arena, struct filling *filling, struct error *error)
{
    struct consultation *consultations;
    struct agency *agencies;
    size_t consultation_count, agency_count;
    int64_t agency = 0;
    enum status status =
        consultation_list(desk->store, arena, &consultations, &consultation_count, error);
    if (status == OK)
        status = agency_list(desk->store, arena, &agencies, &agency_count, error);
    if (status != OK)
        return status;
    for (size_t i = 0; i < consultation_count; i++) {
        if (consultations[i].id == id) {
            filling->consultation = label_in(&consultations[i].title, language);
            agency = consultations[i].agency_id;
        }
    }
    for (size_t i = 0; i < agency_count; i++) {
        if (agencies[i].id == agency)
            filling->agency = label_in(&agencies[i].name, language);
    }
    return OK;
}

/* The value of the blank called name; false for one that has to be filled by hand. */
static bool find_value(const struct filling *filling, struct str name, struct str *value)
{
    const struct {
        const char *name;
        struct str value;
    } blanks[] = {
        {"author", filling->author},
        {"consultation", filling->consultation},
        {"agency", filling->agency},
        {"moderator", filling->moderator},
    };
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (str_equal(name, str_of(blanks[i].name))) {
            *value = blanks[i].value;
            return true;
        }
    }
    return false;
}

/* The bytes of the blank that starts at byte at, braces and all, its name in *name; 0 for none. */
static size_t blank_at(struct str body, size_t at, struct str *name)
{
    static const char opening[] = "{{", closing[] = "}}";
    enum { BRACES = 2 };
    if (!str_starts(str_part(body, at, body.size), str_of(opening)))
        return 0;
    struct str rest = str_part(body, at + BRACES, BLANK_NAME_MOST + BRACES);
    const char *end = rest.size ? memmem(rest.data, rest.size, closing, BRACES) : NULL;
    if (!end)
        return 0;
    size_t inside = (size_t)(end - rest.data);
    *name = str_trim(str_part(rest, 0, inside));
    return inside + 2 * BRACES;
}

/* One pass over the template: what is filled in is never read as a template itself. */
static void fill(const struct filling *filling, struct str body, struct buffer *out)
{
    for (size_t at = 0; at < body.size;) {
        struct str name, value;
        size_t size = blank_at(body, at, &name);
        if (size > 0 && find_value(filling, name, &value)) {
            utf8_add_valid(out, value);
            at += size;
        } else {
            buffer_add_byte(out, body.data[at++]);
        }
    }
}

enum status desk_fill_template(struct desk *desk, const struct template *template, int64_t comment,
                               struct arena *arena, struct str *body, struct error *error)
{
    struct comment read;
    struct filling filling = {.moderator = desk->self.name};
    const char *language = arena_copy(arena, template->language).data;
    enum status status = comment_read(desk->store, comment, 0, 0, arena, &read, error);
    if (status == OK)
        status = find_titles(desk, read.consultation_id, language, arena, &filling, error);
    if (status != OK)
        return status;
    filling.author = str_trim(read.author);
    if (filling.author.size == 0)
        filling.author = nobody_in(template->language);
    struct buffer out = {0};
    fill(&filling, template->body, &out);
    *body = arena_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return OK;
}
