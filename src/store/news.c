/* What others did since one looked, read from the trail: it has every deed in one order. */
#include "store/team.h"

#include "store/internal.h"

/* The trail's kinds and steps that are news; response and assignment rows are told apart by what
 * they say. */
static const char news_sql[] =
    "SELECT l.sequence, l.kind, l.moderator_id, w.name,"
    " iif(l.kind IN ('tag', 'untag', 'assignment', 'proposal'), l.subject_id,"
    "     json_extract(l.what, '$.comment')),"
    " ifnull(json_extract(l.what, '$.action'), ''),"
    " ifnull(json_extract(l.what, '$.state'), ''),"
    " json_extract(l.what, '$.moderator'), json_extract(l.what, '$.agency'),"
    " coalesce(t.label_ar, g.name_ar, m.name, ''), coalesce(t.label_en, g.name_en, m.name, '')"
    " FROM log AS l JOIN moderator AS w ON w.id = l.moderator_id"
    " LEFT JOIN tag AS t ON t.slug = json_extract(l.what, '$.tag')"
    " LEFT JOIN agency AS g ON l.kind = 'assignment' AND g.id = json_extract(l.what, '$.agency')"
    " LEFT JOIN moderator AS m"
    " ON l.kind = 'assignment' AND m.id = json_extract(l.what, '$.moderator')"
    " WHERE l.sequence > ?1 AND l.kind IN ('decision', 'proposal', 'tag', 'untag', 'note',"
    " 'assignment', 'response')"
    " AND json_extract(l.what, '$.state') IS NOT 'deleted'"
    " ORDER BY l.sequence LIMIT ?2";

/* Which news a row is; false for a kind of row that a later majlis may write. */
static bool find_kind(struct str kind, struct str state, struct news *news)
{
    static const struct {
        const char *kind, *state;
        enum news_kind news;
    } kinds[] = {
        {"decision", "", NEWS_DECISION},
        {"proposal", "", NEWS_PROPOSAL},
        {"tag", "", NEWS_TAG},
        {"untag", "", NEWS_UNTAG},
        {"note", "", NEWS_NOTE},
        {"assignment", "", NEWS_ASSIGNMENT},
        {"response", "draft", NEWS_RESPONSE_DRAFT},
        {"response", "submitted", NEWS_RESPONSE_SUBMITTED},
        {"response", "published", NEWS_RESPONSE_PUBLISHED},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!str_equal(kind, str_of(kinds[i].kind)) || !str_equal(state, str_of(kinds[i].state)))
            continue;
        news->kind = kinds[i].news;
        return true;
    }
    return false;
}

static bool read_news(struct statement *statement, struct arena *arena, struct news *news)
{
    news->sequence = statement_integer(statement);
    struct str kind = statement_text(statement, arena);
    news->moderator_id = statement_integer(statement);
    news->name = statement_text(statement, arena);
    news->comment_id = statement_integer(statement);
    bool acts = action_from_name(statement_text(statement, arena), &news->action);
    struct str state = statement_text(statement, arena);
    news->person_id = statement_integer(statement);
    news->agency = statement_integer(statement);
    news->about.ar = statement_text(statement, arena);
    news->about.en = statement_text(statement, arena);
    bool known = find_kind(kind, state, news) && news->comment_id != 0;
    if (known && news->kind == NEWS_PROPOSAL && !acts)
        news->kind = NEWS_PROPOSAL_GONE;
    if (known && news->kind == NEWS_ASSIGNMENT && news->person_id == 0 && news->agency == 0)
        news->kind = NEWS_ASSIGNMENT_GONE;
    return known;
}

enum status news_since(struct store *store, int64_t after, size_t limit, struct arena *arena,
                       struct news **news, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store, news_sql);
    statement_bind(&statement, after);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement)) {
        struct news each = {0};
        if (read_news(&statement, arena, &each))
            *(struct news *)list_add(&list, arena, sizeof each) = each;
    }
    *news = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}
