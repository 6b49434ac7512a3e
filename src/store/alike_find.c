/* Finding look-alikes among what is stored and among what has just arrived.
 *
 * The keys of all arrivals are read from the index in its own order, once each, then looked at in
 * memory: an arrival's candidates are the comments that one of its keys names. They are compared by
 * the letters themselves, with the pattern where they are in a cluster, those first that share most
 * keys. What each key names is bounded, and so is how many candidates are compared: no flood of
 * letters, alike or made to look so, makes the next one dearer. */
#include "store/alike_internal.h"
#include "store/alike_keys.h"
#include "store/alike_memory.h"

#include "base/memory.h"

#include <stdlib.h>

enum {
    COMPARED_MOST = 8, /* candidates of one arrival that are compared */
    /* Shingles of stored texts that are kept: 128 MB for those of many arrivals, and for one. */
    KEPT_SHINGLES = 32 * 1024 * 1024,
    KEPT_SHINGLES_OF_ONE = 64 * 1024,
};

/* A comment (id > 0) or the pattern of a cluster (its id negated) that arrivals are compared with.
 */
struct candidate {
    int64_t id, consultation, cluster;
    size_t arrival; /* its place among the arrivals, from 1; 0: it is none */
    bool there;
    struct candidate *next; /* in its bucket */
};

struct finder {
    struct store *store;
    struct alike_desk *desk;
    struct arena arena;
    struct alike_groups groups;
    struct candidate **buckets;
    size_t bucket_count; /* a power of two */
    struct alike read;   /* the text of a candidate */
};

/* --- Candidates --- */

static struct candidate **bucket_of(struct finder *finder, int64_t id)
{
    uint64_t hash = (uint64_t)id * 0x9e3779b97f4a7c15u;
    return &finder->buckets[(hash >> 32) & (finder->bucket_count - 1)];
}

/* The candidate of this id; made, with nothing known of it, when there is none. */
static struct candidate *find_candidate(struct finder *finder, int64_t id, bool *made)
{
    struct candidate **bucket = bucket_of(finder, id);
    *made = false;
    for (struct candidate *each = *bucket; each; each = each->next) {
        if (each->id == id)
            return each;
    }
    struct candidate *candidate = arena_new(&finder->arena, 1, sizeof *candidate);
    *candidate = (struct candidate){.id = id, .next = *bucket};
    *bucket = candidate;
    *made = true;
    return candidate;
}

static void know_arrivals(struct finder *finder)
{
    enum { ROOM = 2 };
    const struct alike_desk *desk = finder->desk;
    finder->bucket_count = 1;
    while (finder->bucket_count < ROOM * desk->count)
        finder->bucket_count *= 2;
    finder->buckets = arena_new(&finder->arena, finder->bucket_count, sizeof *finder->buckets);
    for (size_t i = 0; i < desk->count; i++) {
        bool made;
        struct candidate *candidate = find_candidate(finder, desk->arrivals[i].id, &made);
        candidate->there = true;
        candidate->consultation = desk->arrivals[i].consultation;
        candidate->arrival = i + 1;
        alike_memory_keep_place(desk->memory, candidate->id, candidate->consultation, 0);
    }
}

/* The comment of this id, with its place. */
static enum status know_comment(struct finder *finder, int64_t id, struct candidate **candidate,
                                struct error *error)
{
    bool made;
    struct statement statement;
    struct alike_memory *memory = finder->desk->memory;
    struct candidate *comment = find_candidate(finder, id, &made);
    *candidate = comment;
    if (!made)
        return OK;
    comment->there = alike_memory_place(memory, id, &comment->consultation, &comment->cluster);
    if (comment->there)
        return OK;
    statement_start(&statement, finder->store,
                    "SELECT consultation_id, ifnull(cluster_id, 0) FROM comment WHERE id = ?1");
    statement_bind(&statement, id);
    comment->there = statement_single(&statement, &comment->consultation);
    if (comment->there) {
        comment->cluster = statement_integer(&statement);
        alike_memory_keep_place(memory, id, comment->consultation, comment->cluster);
    }
    return statement_end(&statement, error);
}

/* The text of a candidate that is no arrival, until another one is asked for. */
static enum status load(struct finder *finder, const struct candidate *candidate,
                        struct alike *text, struct error *error)
{
    struct arena arena = {0};
    struct statement statement;
    if (alike_memory_find(finder->desk->memory, candidate->id, text))
        return OK;
    if (candidate->id > 0)
        statement_start(&statement, finder->store,
                        "SELECT iif(length(CAST(body AS BLOB)) <= ?2, body, '')"
                        " FROM comment WHERE id = ?1");
    else
        statement_start(&statement, finder->store,
                        "SELECT iif(length(CAST(pattern AS BLOB)) <= ?2, pattern, '')"
                        " FROM cluster WHERE id = ?1");
    statement_bind(&statement, candidate->id > 0 ? candidate->id : -candidate->id);
    statement_bind(&statement, ALIKE_MOST_BYTES);
    alike_clear(&finder->read);
    if (statement_next(&statement))
        alike_read(&finder->read, statement_text(&statement, &arena));
    arena_free(&arena);
    *text = finder->read;
    enum status status = statement_end(&statement, error);
    if (status == OK)
        alike_memory_keep(finder->desk->memory, candidate->id, text);
    return status;
}

static struct alike view_arrival(const struct alike_desk *desk, size_t at)
{
    const struct arrival *arrival = &desk->arrivals[at];
    return (struct alike){.shingles = desk->shingles + arrival->from,
                          .count = arrival->shingles,
                          .words = arrival->words};
}

/* How much an arrival has in common with a candidate, in percent; 0 where they are not alike. */
static enum status compare(struct finder *finder, size_t at, struct candidate *candidate,
                           unsigned *percent, struct error *error)
{
    struct alike arrival = view_arrival(finder->desk, at), other = {0};
    enum status status = OK;
    if (candidate->arrival > 0) {
        other = view_arrival(finder->desk, candidate->arrival - 1);
    } else {
        status = load(finder, candidate, &other, error);
    }
    *percent = status == OK && alike_is(&arrival, &other) ? alike_percent(&arrival, &other) : 0;
    return status;
}

/* --- Choosing --- */

/* Those an arrival may be like, and how many keys they share. */
struct choice {
    struct candidate *candidates[ALIKE_KEYS * ALIKE_LISTED];
    unsigned char votes[ALIKE_KEYS * ALIKE_LISTED];
    size_t count;
};

static void vote(struct choice *choice, struct candidate *candidate)
{
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->candidates[i] == candidate) {
            choice->votes[i]++;
            return;
        }
    }
    choice->candidates[choice->count] = candidate;
    choice->votes[choice->count++] = 1;
}

/* A comment of a cluster stands for the cluster's pattern. */
static struct candidate *stand_for(struct finder *finder, struct candidate *comment)
{
    bool made;
    if (comment->cluster == 0)
        return comment;
    struct candidate *pattern = find_candidate(finder, -comment->cluster, &made);
    if (made)
        *pattern = (struct candidate){.id = -comment->cluster,
                                      .consultation = comment->consultation,
                                      .cluster = comment->cluster,
                                      .there = true,
                                      .next = pattern->next};
    return pattern;
}

static enum status collect(struct finder *finder, size_t at, struct choice *choice,
                           struct error *error)
{
    const struct arrival *arrival = &finder->desk->arrivals[at];
    enum status status = OK;
    choice->count = 0;
    for (size_t k = 0; k < arrival->key_count; k++) {
        const struct alike_group *group = &finder->groups.list[finder->groups.of[at][k]];
        for (size_t i = 0; status == OK && i < group->listed; i++) {
            struct candidate *comment;
            if (group->ids[i] == arrival->id)
                continue;
            status = know_comment(finder, group->ids[i], &comment, error);
            if (status == OK && comment->there && comment->consultation == arrival->consultation)
                vote(choice, stand_for(finder, comment));
        }
    }
    return status;
}

/* Takes the candidate with the most votes out of the choice. */
static struct candidate *take_most(struct choice *choice)
{
    size_t most = 0;
    for (size_t i = 1; i < choice->count; i++) {
        if (choice->votes[i] > choice->votes[most])
            most = i;
    }
    struct candidate *candidate = choice->candidates[most];
    choice->count--;
    choice->candidates[most] = choice->candidates[choice->count];
    choice->votes[most] = choice->votes[choice->count];
    return candidate;
}

/* The candidate an arrival is most like; NULL when it is like none. */
static enum status choose(struct finder *finder, size_t at, struct candidate **chosen,
                          struct error *error)
{
    struct choice choice;
    unsigned most = 0;
    *chosen = NULL;
    enum status status = collect(finder, at, &choice, error);
    for (int i = 0; status == OK && i < COMPARED_MOST && choice.count > 0; i++) {
        unsigned percent;
        struct candidate *candidate = take_most(&choice);
        status = compare(finder, at, candidate, &percent, error);
        if (percent > most) {
            most = percent;
            *chosen = candidate;
        }
    }
    return status;
}

/* --- Clusters --- */

static enum status set_cluster(struct finder *finder, struct candidate *comment, int64_t cluster,
                               struct error *error)
{
    struct statement statement;
    comment->cluster = cluster;
    alike_memory_keep_place(finder->desk->memory, comment->id, comment->consultation, cluster);
    statement_start(&statement, finder->store, "UPDATE comment SET cluster_id = ?1 WHERE id = ?2");
    statement_bind(&statement, cluster);
    statement_bind(&statement, comment->id);
    return statement_run(&statement, error);
}

/* A comment that stood alone becomes the first letter of a cluster, and its pattern. */
static enum status begin_cluster(struct finder *finder, struct candidate *comment,
                                 struct error *error)
{
    struct statement statement;
    int64_t cluster = 0;
    statement_start(&statement, finder->store,
                    "INSERT INTO cluster (consultation_id, pattern)"
                    " SELECT consultation_id, body FROM comment WHERE id = ?1 RETURNING id");
    statement_bind(&statement, comment->id);
    statement_single(&statement, &cluster);
    enum status status = statement_run(&statement, error);
    if (status == OK)
        status = set_cluster(finder, comment, cluster, error);
    if (status != OK)
        return status;
    struct candidate *pattern = stand_for(finder, comment);
    pattern->arrival = comment->arrival;
    if (comment->arrival > 0)
        finder->desk->arrivals[comment->arrival - 1].cluster = cluster;
    return OK;
}

/* Whether a key names a letter of the arrival's own cluster already. */
static bool is_named(struct finder *finder, const struct alike_group *group, int64_t cluster)
{
    for (size_t i = 0; cluster != 0 && i < group->listed; i++) {
        bool made;
        if (find_candidate(finder, group->ids[i], &made)->cluster == cluster)
            return true;
    }
    return false;
}

/* The arrival is named by its keys, where there is room and its cluster is not named yet. */
static void name(struct finder *finder, size_t at)
{
    const struct arrival *arrival = &finder->desk->arrivals[at];
    for (size_t k = 0; k < arrival->key_count; k++) {
        struct alike_group *group = &finder->groups.list[finder->groups.of[at][k]];
        if (group->listed < ALIKE_LISTED && !is_named(finder, group, arrival->cluster))
            group->ids[group->listed++] = arrival->id;
    }
}

static enum status take(struct finder *finder, size_t at, struct error *error)
{
    struct arrival *arrival = &finder->desk->arrivals[at];
    struct candidate *chosen, *own;
    bool made;
    enum status status = choose(finder, at, &chosen, error);
    if (status == OK && chosen && chosen->cluster == 0)
        status = begin_cluster(finder, chosen, error);
    if (status == OK && chosen) {
        arrival->cluster = chosen->cluster;
        own = find_candidate(finder, arrival->id, &made);
        status = set_cluster(finder, own, chosen->cluster, error);
    }
    if (status == OK)
        name(finder, at);
    return status;
}

/* Later arrivals are compared with these: not with those of a cluster, for which its pattern stands. */
static void remember_arrivals(const struct alike_desk *desk)
{
    for (size_t i = 0; i < desk->count; i++) {
        struct alike text = view_arrival(desk, i);
        if (desk->arrivals[i].cluster == 0)
            alike_memory_keep(desk->memory, desk->arrivals[i].id, &text);
    }
}

enum status alike_find(struct store *store, struct error *error)
{
    struct finder finder = {.store = store, .desk = store->alike};
    if (finder.desk->count == 0)
        return OK;
    if (!finder.desk->memory)
        finder.desk->memory =
            alike_memory_new(finder.desk->count > 1 ? KEPT_SHINGLES : KEPT_SHINGLES_OF_ONE);
    know_arrivals(&finder);
    enum status status =
        alike_groups_read(store, finder.desk, &finder.arena, &finder.groups, error);
    for (size_t i = 0; status == OK && i < finder.desk->count; i++)
        status = take(&finder, i, error);
    if (status == OK)
        status = alike_groups_write(store, &finder.groups, error);
    alike_free(&finder.read);
    arena_free(&finder.arena);
    if (finder.desk->putting_aside)
        remember_arrivals(finder.desk);
    else
        alike_forget_texts(finder.desk);
    finder.desk->count = finder.desk->shingle_count = 0;
    return status;
}
