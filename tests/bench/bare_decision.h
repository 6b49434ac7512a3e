/* The floor of a decision: the rows that the desk writes, from constants, without any of its rules. */
#ifndef TESTS_BENCH_BARE_DECISION_H
#define TESTS_BENCH_BARE_DECISION_H

#include "store/internal.h"

struct bare_decision {
    int64_t comment, moderator, now;
    struct str from; /* the state it is in; size 0: looked up */
    bool approve;    /* or else spam */
};

/* Writes them in the open transaction. */
static inline enum status bare_decision_write(struct store *store, const struct bare_decision *bare,
                                              struct error *error)
{
    static const char decision[] =
        "INSERT INTO decision (comment_id, moderator_id, action, from_state, to_state, note,"
        " decided_at) VALUES (?1, ?2, ?3,"
        " ifnull(nullif(?4, ''), (SELECT state FROM comment WHERE id = ?1)), ?5, '', ?6)";
    static const char row[] =
        "INSERT INTO log (sequence, at, moderator_id, kind, subject_id, what, hash)"
        " SELECT 1 + ifnull(max(sequence), 0), ?1, ?2, 'decision', last_insert_rowid(), ?3, ?4"
        " FROM log";
    static const char what[] = "{\"comment\":1234,\"action\":\"approve\",\"from\":\"pending\","
                               "\"to\":\"approved\",\"reason\":null,\"note\":\"\","
                               "\"undoes\":null,\"batch\":null}";
    static const char hash[] = "0123456789012345678901234567890123456789012345678901234567890123";
    struct statement statement;
    statement_start(&statement, store, decision);
    statement_bind(&statement, bare->comment);
    statement_bind(&statement, bare->moderator);
    statement_bind_text(&statement, str_of(bare->approve ? "approve" : "spam"));
    statement_bind_text(&statement, bare->from);
    statement_bind_text(&statement, str_of(bare->approve ? "approved" : "spam"));
    statement_bind(&statement, bare->now);
    enum status status = statement_run(&statement, error);
    if (status != OK)
        return status;
    statement_start(&statement, store, row);
    statement_bind(&statement, bare->now);
    statement_bind(&statement, bare->moderator);
    statement_bind_text(&statement, str_of(what));
    statement_bind_text(&statement, str_of(hash));
    return statement_run(&statement, error);
}

#endif
