/* Reading what is kept of people, answers and voices, and counting it anew. */
#include "store/figures_kept.h"

#include "store/recall.h"

void kept_bind(struct statement *statement, const struct figure_scope *scope)
{
    statement_name(statement, ":first", scope->first_day);
    statement_name(statement, ":last", scope->last_day);
    statement_name(statement, ":agency", scope->agency_id);
    statement_name(statement, ":consultation", scope->consultation_id);
    statement_name(statement, ":moderator", scope->moderator_id);
    statement_name_text(statement, ":language", scope->language);
    statement_name_text(statement, ":channel", scope->channel);
}

bool kept_whole(const struct figure_scope *scope)
{
    return scope->agency_id == 0 && scope->consultation_id == 0 && scope->language.size == 0 &&
           scope->channel.size == 0;
}

void kept_add(struct statement *statement, int64_t *sums, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sums[i] += statement_integer(statement);
}

int64_t kept_percentile(const int64_t *within, const int64_t *bounds, size_t count, int64_t total,
                        int percent)
{
    enum { WHOLE = 100 };
    int64_t lower = 0, below = 0, rank = total * percent;
    if (total <= 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        int64_t here = within[i] - below;
        if (here > 0 && within[i] * WHOLE >= rank)
            return lower + (bounds[i] - lower) * (rank - below * WHOLE) / (here * WHOLE);
        lower = bounds[i];
        below = within[i];
    }
    return lower;
}

enum status kept_recount(struct store *store, struct error *error)
{
    static const char sql[] =
        "UPDATE counted_to SET decision_id = (SELECT ifnull(max(id), 0) FROM decision),"
        " comment_id = (SELECT ifnull(max(id), 0) FROM comment);"
        "DELETE FROM work; DELETE FROM work_reason; DELETE FROM answer; DELETE FROM answer_state;"
        "DELETE FROM voice; DELETE FROM voice_tag; DELETE FROM voice_span; DELETE FROM voice_of;"
        "DELETE FROM question; DELETE FROM question_count; DELETE FROM question_of;"
        "DELETE FROM escalation; DELETE FROM last_deed; DELETE FROM cluster_total;"
        "DELETE FROM cluster_day; DELETE FROM cluster_sum; DELETE FROM cluster_sum_count;"
        "INSERT INTO work SELECT * FROM work_counted;"
        "INSERT INTO work_reason SELECT * FROM work_reason_counted;"
        "INSERT INTO answer SELECT * FROM answer_counted;"
        "INSERT INTO answer_state SELECT * FROM answer_state_counted;"
        "INSERT INTO voice SELECT * FROM voice_counted;"
        "INSERT INTO voice_tag SELECT * FROM voice_tag_counted;"
        "INSERT INTO voice_span SELECT * FROM voice_span_counted;"
        "INSERT INTO voice_of SELECT * FROM voice_of_counted;"
        "INSERT INTO question SELECT * FROM question_counted;" /* its triggers count */
        "INSERT INTO escalation SELECT * FROM escalation_counted;"
        "INSERT INTO last_deed SELECT * FROM last_deed_counted;"
        "INSERT INTO cluster_total SELECT * FROM cluster_total_counted;"
        "INSERT INTO cluster_day SELECT * FROM cluster_day_counted;" KEPT_ANEW(
            "letters") "INSERT INTO cluster_sum SELECT * FROM cluster_sum_counted;"; /* its triggers count */
    return store_execute(store, sql, error);
}
