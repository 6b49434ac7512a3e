/* A database at which many processes work: its people, its comments, and what one of them does. */
#ifndef TESTS_LOAD_OFFICE_H
#define TESTS_LOAD_OFFICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk/desk.h"

enum { OFFICE_NOW = 1790000000 };

struct office {
    char folder[64], path[96];
    int64_t comments, moderators;
};

/* Ends a process in which something failed; a test sees it by its status. */
static inline void office_must(enum status status, const struct error *error)
{
    if (status == OK)
        return;
    fprintf(stderr, "status %d: %s\n", (int)status, error->message);
    _exit(EXIT_FAILURE);
}

static inline void office_fill(struct store *store, const struct office *office)
{
    struct error error;
    struct agency agency = {.slug = str_of("roads"), .name = {str_of("هيئة"), str_of("Roads")}};
    struct tag tag = {.slug = str_of("parking"), .label = {str_of("مواقف"), str_of("Parking")}};
    char name[32];
    office_must(agency_add(store, &agency, &error), &error);
    office_must(tag_add(store, &tag, &error), &error);
    struct consultation consultation = {.agency_id = agency.id,
                                        .slug = str_of("traffic"),
                                        .kind = str_of("consultation"),
                                        .title = {str_of("الزحمة"), str_of("Traffic")}};
    office_must(consultation_add(store, &consultation, &error), &error);
    for (int64_t i = 0; i < office->moderators; i++) {
        snprintf(name, sizeof name, "person%lld", (long long)i);
        struct moderator person = {
            .login = str_of(name), .name = str_of(name), .role = ROLE_SUPERVISOR, .active = true};
        office_must(moderator_add(store, &person, &error), &error);
    }
    for (int64_t i = 0; i < office->comments; i++) {
        enum comment_outcome outcome;
        snprintf(name, sizeof name, "comment-%lld", (long long)i);
        struct comment comment = {.consultation_id = consultation.id,
                                  .source = str_of("office"),
                                  .source_id = str_of(name),
                                  .channel = str_of("web"),
                                  .language = str_of("en"),
                                  .body = str_of("Widen the road by the school, please."),
                                  .submitted_at = OFFICE_NOW - 1000 + i,
                                  .received_at = OFFICE_NOW};
        office_must(comment_add(store, &comment, &outcome, &error), &error);
    }
}

/* Makes the database, with comments numbered from 1. */
static inline void office_make(struct office *office, int64_t moderators, int64_t comments)
{
    struct store *store;
    struct error error;
    *office = (struct office){.comments = comments, .moderators = moderators};
    snprintf(office->folder, sizeof office->folder, "/tmp/majlis-office-XXXXXX");
    if (!mkdtemp(office->folder))
        abort();
    snprintf(office->path, sizeof office->path, "%s/majlis.db", office->folder);
    office_must(store_open(&store, office->path, STORE_NEW, &error), &error);
    office_must(store_begin(store, &error), &error);
    office_fill(store, office);
    office_must(store_commit(store, &error), &error);
    store_close(store);
}

static inline void office_remove(const struct office *office)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char path[128];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, sizeof path, "%s%s", office->path, endings[i]);
        unlink(path);
    }
    rmdir(office->folder);
}

/* Opens the database and sits the person of this number down. */
static inline void office_sit(const struct office *office, int64_t person, struct desk *desk)
{
    char login[32];
    struct store *store;
    struct error error;
    snprintf(login, sizeof login, "person%lld", (long long)person);
    office_must(store_open(&store, office->path, STORE_EXISTING, &error), &error);
    office_must(desk_open(desk, store, str_of(login), &error), &error);
}

static inline void office_leave(struct desk *desk)
{
    struct store *store = desk->store;
    desk_close(desk);
    store_close(store);
}

/* The next number of a fixed sequence, under limit. */
static inline uint32_t office_random(uint32_t *random, uint32_t limit)
{
    *random = *random * 1664525u + 1013904223u;
    return (*random >> 8) % limit;
}

/* Prints what a check finds. */
static inline void office_print_fault(void *context, const char *sentence)
{
    (void)context;
    print_message("fault: %s\n", sentence);
}

/* How many faults a check finds. */
static inline int64_t office_faults(const struct office *office)
{
    struct store *store;
    struct error error;
    int64_t faults = -1;
    office_must(store_open(&store, office->path, STORE_EXISTING, &error), &error);
    office_must(store_check(store, (struct str){0}, office_print_fault, NULL, &faults, &error),
                &error);
    store_close(store);
    return faults;
}

/* What a process was told that it did: written once the store said so. */
struct acknowledged {
    int64_t decision, comment, revision; /* revision: the one that was read */
    enum action action;
};

/* Claims a comment, reads it and decides on it, as a person would: what was read is named. False when
 * it is another's, when somebody was quicker, or when it is so already. */
static inline bool office_decide(struct desk *desk, int64_t comment, enum action action,
                                 struct acknowledged *done)
{
    struct arena arena = {0};
    struct comment read;
    struct decision decision;
    struct error error;
    enum status status;
    do {
        status = desk_claim(desk, comment, false, OFFICE_NOW, &error);
        if (status == OK)
            status = comment_read(desk->store, comment, 0, 0, &arena, &read, &error);
        if (status == OK)
            status = desk_decide(desk, comment, read.revision, action, 0, str_of("seen"),
                                 OFFICE_NOW, &decision, &error);
    } while (status == STATUS_BUSY);
    arena_free(&arena);
    if (status == STATUS_EMPTY) {
        do {
            status = desk_release(desk, comment, &error);
        } while (status == STATUS_BUSY);
        return false;
    }
    if (status == STATUS_CONFLICT || status == STATUS_REFUSED)
        return false;
    office_must(status, &error);
    *done = (struct acknowledged){decision.id, comment, read.revision, action};
    return true;
}

#endif
