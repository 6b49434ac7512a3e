/* Counting kept figures anew, from the comments and decisions: after the team's clock changed. */
#include "store/figures.h"

#include "store/internal.h"

enum status figures_recount(struct store *store, struct error *error)
{
    /* The coarse sums are counted from the fine ones, so those come first. */
    static const char sql[] =
        "DELETE FROM flow; INSERT INTO flow SELECT * FROM flow_counted;"
        "DELETE FROM flow_of; INSERT INTO flow_of SELECT * FROM flow_of_counted;"
        "DELETE FROM flow_hour;"
        " INSERT INTO flow_hour SELECT * FROM flow_hour_counted;"
        "DELETE FROM tally; INSERT INTO tally SELECT * FROM tally_counted;"
        "DELETE FROM tally_of;"
        " INSERT INTO tally_of SELECT * FROM tally_of_counted;";
    return store_execute(store, sql, error);
}
