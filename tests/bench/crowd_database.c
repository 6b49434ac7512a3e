/* See crowd_database.h. */
#include "bench/crowd_database.h"

#include "base/memory.h"
#include "store/people.h"
#include "store/schema.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CROWD_VERSION = 1, TOLD_EVERY = 20000 };

static const char *const reasons[CROWD_REASONS] = {"off-topic", "personal-data", "insult",
                                                   "duplicate", "advertising",   "unlawful"};

/* A decision that was made on a comment. */
struct deed {
    int64_t comment, decided_at;
    enum action action;
    int reason, moderator;
};

struct maker {
    struct store *store;
    struct crowd crowd;
    struct arena arena;
    crowd_progress *progress;
    struct error *error;
    int64_t agencies[CROWD_AGENCIES], consultations[CROWD_CONSULTATIONS];
    int64_t sections[CROWD_CONSULTATIONS][CROWD_SECTIONS];
    int64_t moderators[CROWD_MODERATORS], reasons[CROWD_REASONS], tags[CROWD_TAGS];
    struct deed *deeds;
    size_t deed_count;
};

static struct str named(struct maker *maker, const char *name, int number)
{
    return str_of(arena_printf(&maker->arena, "%s%d", name, number));
}

static struct label titled(struct maker *maker, uint64_t number)
{
    struct buffer ar = {0}, en = {0};
    crowd_add_title(&ar, CROWD_ARABIC, number);
    crowd_add_title(&en, CROWD_ENGLISH, number);
    struct label label = {arena_copy(&maker->arena, buffer_str(&ar)),
                          arena_copy(&maker->arena, buffer_str(&en))};
    buffer_free(&ar);
    buffer_free(&en);
    return label;
}

struct str crowd_slug(int consultation, struct arena *arena)
{
    return str_of(arena_printf(arena, "consultation-%d", consultation + 1));
}

/* --- What changes seldom --- */

static enum status make_sections(struct maker *maker, int consultation)
{
    enum status status = OK;
    for (int i = 0; status == OK && i < CROWD_SECTIONS; i++) {
        struct section section = {.consultation_id = maker->consultations[consultation],
                                  .ordinal = i + 1,
                                  .title = titled(maker, (uint64_t)(consultation + i)),
                                  .body = str_of("")};
        status = section_add(maker->store, &section, maker->error);
        maker->sections[consultation][i] = section.id;
    }
    return status;
}

static enum status make_consultations(struct maker *maker)
{
    enum status status = OK;
    for (int i = 0; status == OK && i < CROWD_AGENCIES; i++) {
        struct agency agency = {
            .slug = named(maker, "agency-", i + 1),
            .name = {named(maker, "هيئة ", i + 1), named(maker, "Agency ", i + 1)}};
        status = agency_add(maker->store, &agency, maker->error);
        maker->agencies[i] = agency.id;
    }
    for (int i = 0; status == OK && i < CROWD_CONSULTATIONS; i++) {
        const struct crowd_consultation *each = &maker->crowd.consultations[i];
        struct consultation consultation = {.slug = crowd_slug(i, &maker->arena),
                                            .agency_id = maker->agencies[each->agency],
                                            .kind = str_of(each->draft ? "draft" : "consultation"),
                                            .title = titled(maker, (uint64_t)i),
                                            .opens_at = each->opens_at,
                                            .closes_at = each->closes_at};
        status = consultation_add(maker->store, &consultation, maker->error);
        maker->consultations[i] = consultation.id;
        if (status == OK && each->draft)
            status = make_sections(maker, i);
    }
    return status;
}

static enum status make_people(struct maker *maker)
{
    enum status status = OK;
    struct buffer name = {0};
    for (int i = 0; status == OK && i < CROWD_MODERATORS; i++) {
        buffer_clear(&name);
        crowd_add_name(&name, i % 2 ? CROWD_ENGLISH : CROWD_ARABIC, (uint64_t)i);
        struct moderator moderator = {.login = named(maker, "crowd", i + 1),
                                      .name = arena_copy(&maker->arena, buffer_str(&name)),
                                      .role = i == 0 ? ROLE_SUPERVISOR : ROLE_MODERATOR,
                                      .active = true};
        status = moderator_add(maker->store, &moderator, maker->error);
        maker->moderators[i] = moderator.id;
    }
    buffer_free(&name);
    return status;
}

static enum status make_lists(struct maker *maker)
{
    enum status status = OK;
    for (int i = 0; status == OK && i < CROWD_REASONS; i++) {
        struct str slug = str_of(reasons[i]);
        struct reason reason = {.slug = slug, .label = {slug, slug}};
        status = reason_add(maker->store, &reason, maker->error);
        maker->reasons[i] = reason.id;
    }
    for (int i = 0; status == OK && i < CROWD_TAGS; i++) {
        struct tag tag = {.slug = named(maker, "tag-", i + 1),
                          .label = {named(maker, "وسم ", i + 1), named(maker, "Tag ", i + 1)}};
        status = tag_add(maker->store, &tag, maker->error);
        maker->tags[i] = tag.id;
    }
    return status;
}

/* --- Comments and what became of them --- */

static enum status make_comment(struct maker *maker, int64_t number)
{
    struct crowd_comment made;
    char source_id[32];
    enum comment_outcome outcome;
    crowd_make(&maker->crowd, number, &made);
    snprintf(source_id, sizeof source_id, "%lld", (long long)number);
    struct comment comment = {
        .consultation_id = maker->consultations[made.consultation],
        .section_id = made.section > 0 ? maker->sections[made.consultation][made.section - 1] : 0,
        .parent_id = made.parent,
        .source = str_of("crowd"),
        .source_id = str_of(source_id),
        .channel = made.channel,
        .author = made.author,
        .author_key = made.author_key,
        .language = str_of(made.language == CROWD_ARABIC ? "ar" : "en"),
        .body = made.body,
        .submitted_at = made.submitted_at,
        .received_at = made.received_at};
    enum status status = comment_add(maker->store, &comment, &outcome, maker->error);
    if (status == OK && made.decided_at > 0)
        maker->deeds[maker->deed_count++] =
            (struct deed){number, made.decided_at, made.action, made.reason, made.moderator};
    bool changed;
    if (status == OK && made.tag > 0)
        status = comment_tag_add(maker->store, comment.id, maker->tags[made.tag - 1],
                                 maker->moderators[made.moderator], made.received_at, &changed,
                                 maker->error);
    return status;
}

static int compare_deeds(const void *left, const void *right)
{
    const struct deed *a = left, *b = right;
    if (a->decided_at != b->decided_at)
        return a->decided_at < b->decided_at ? -1 : 1;
    return a->comment < b->comment ? -1 : a->comment > b->comment;
}

static enum status make_decision(struct maker *maker, const struct deed *deed)
{
    static const enum comment_state states[] = {[ACTION_APPROVE] = STATE_APPROVED,
                                                [ACTION_REJECT] = STATE_REJECTED,
                                                [ACTION_SPAM] = STATE_SPAM,
                                                [ACTION_HOLD] = STATE_HELD,
                                                [ACTION_ESCALATE] = STATE_ESCALATED};
    struct decision decision = {
        .comment_id = deed->comment,
        .moderator_id = maker->moderators[deed->moderator],
        .action = deed->action,
        .from_state = STATE_PENDING,
        .to_state = states[deed->action],
        .reason_id = deed->action == ACTION_REJECT ? maker->reasons[deed->reason] : 0,
        .decided_at = deed->decided_at};
    return decision_add(maker->store, &decision, maker->error);
}

static void tell(const struct maker *maker, const char *what, int64_t done, int64_t of)
{
    if (maker->progress && (done == of || done % TOLD_EVERY == 0))
        maker->progress(what, done, of);
}

static enum status make_all(struct maker *maker)
{
    enum status status = make_consultations(maker);
    if (status == OK)
        status = make_people(maker);
    if (status == OK)
        status = make_lists(maker);
    comment_add_together(maker->store);
    for (int64_t i = 1; status == OK && i <= maker->crowd.comments; i++) {
        status = make_comment(maker, i);
        tell(maker, "comments", i, maker->crowd.comments);
    }
    if (status == OK)
        status = comment_settle(maker->store, maker->error);
    if (maker->deed_count > 0)
        qsort(maker->deeds, maker->deed_count, sizeof *maker->deeds, compare_deeds);
    for (size_t i = 0; status == OK && i < maker->deed_count; i++) {
        status = make_decision(maker, &maker->deeds[i]);
        tell(maker, "decisions", (int64_t)i + 1, (int64_t)maker->deed_count);
    }
    return status;
}

enum status crowd_database_make(const char *path, uint64_t seed, int64_t comments,
                                crowd_progress *progress, struct error *error)
{
    struct maker *maker = memory_new(1, sizeof *maker);
    maker->progress = progress;
    maker->error = error;
    enum status status = store_open(&maker->store, path, STORE_NEW, error);
    if (status == OK) {
        crowd_start(&maker->crowd, seed, comments);
        maker->deeds = memory_new((size_t)comments, sizeof *maker->deeds);
        status = store_begin(maker->store, error);
        if (status == OK)
            status = make_all(maker);
        if (status == OK)
            status = store_commit(maker->store, error);
        crowd_free(&maker->crowd);
    }
    store_close(maker->store);
    arena_free(&maker->arena);
    free(maker->deeds);
    free(maker);
    return status;
}

/* --- Kept databases --- */

/* FNV-1a over the schema and the crowd's version: what a kept database depends on. */
static uint64_t fingerprint(void)
{
    const uint64_t offset_basis = 0xcbf29ce484222325u, prime = 0x100000001b3u;
    uint64_t hash = offset_basis ^ CROWD_VERSION;
    for (int i = 0; i < schema_migration_count; i++) {
        for (const char *at = schema_migrations[i]; *at; at++)
            hash = (hash ^ (unsigned char)*at) * prime;
    }
    return hash;
}

static void tell_person(const char *what, int64_t done, int64_t of)
{
    fprintf(stderr, "\rmaking a crowd: %s %lld of %lld%s", what, (long long)done, (long long)of,
            done == of ? "\n" : "");
}

const char *crowd_database(uint64_t seed, int64_t comments, struct arena *arena)
{
    const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
    const char *folder = arena_printf(arena, "%s/crowd", build);
    const char *path = arena_printf(arena, "%s/%lld-%llu-%016llx.db", folder, (long long)comments,
                                    (unsigned long long)seed, (unsigned long long)fingerprint());
    const char *making = arena_printf(arena, "%s.%d", path, (int)getpid());
    struct error error;
    mkdir(folder, 0777);
    if (access(path, R_OK) == 0)
        return path;
    if (crowd_database_make(making, seed, comments, tell_person, &error) != OK) {
        fprintf(stderr, "%s: %s\n", making, error.message);
        exit(EXIT_FAILURE);
    }
    if (rename(making, path) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return path;
}

void crowd_database_copy(const char *from, const char *path)
{
    struct store *store;
    struct error error;
    enum status status = store_open(&store, from, STORE_READ_ONLY, &error);
    if (status == OK)
        status = store_backup(store, path, &error);
    if (status != OK) {
        fprintf(stderr, "%s: %s\n", from, error.message);
        exit(EXIT_FAILURE);
    }
    store_close(store);
}

/* --- CSV --- */

/* RFC 4180: every field between quotation marks, which are doubled inside. */
static void write_field(FILE *out, struct str value, char behind)
{
    putc('"', out);
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"')
            putc('"', out);
        putc(value.data[i], out);
    }
    putc('"', out);
    putc(behind, out);
}

static void write_number(FILE *out, int64_t number)
{
    if (number > 0)
        fprintf(out, "%lld", (long long)number);
    putc(',', out);
}

void crowd_write_csv(struct crowd *crowd, int consultation, FILE *out)
{
    struct arena arena = {0};
    fputs("id,parent,section,campaign,submitted_at,consultation,channel,author,author_key,language,"
          "body\r\n",
          out);
    for (int64_t i = 1; i <= crowd->comments; i++) {
        struct crowd_comment comment;
        crowd_make(crowd, i, &comment);
        if (consultation >= 0 && comment.consultation != consultation)
            continue;
        write_number(out, comment.number);
        write_number(out, comment.parent);
        write_number(out, comment.section);
        write_number(out, comment.campaign);
        write_number(out, comment.submitted_at);
        write_field(out, crowd_slug(comment.consultation, &arena), ',');
        write_field(out, comment.channel, ',');
        write_field(out, comment.author, ',');
        write_field(out, comment.author_key, ',');
        write_field(out, str_of(comment.language == CROWD_ARABIC ? "ar" : "en"), ',');
        write_field(out, comment.body, '\r');
        putc('\n', out);
        arena_reset(&arena);
    }
    arena_free(&arena);
}
