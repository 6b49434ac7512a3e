/* What `majlis stats` writes when no figures are named. */
#ifndef CLI_STATS_H
#define CLI_STATS_H

#include "cli/cli.h"

/* Writes the overview to standard output, as tables or (--json) as one object. */
enum status stats_overview(struct cli *cli, struct error *error);

#endif
