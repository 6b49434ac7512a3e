/* The settings file: what a person, or a whole host, has chosen once and for all. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "term/terminal.h"

#include <stdbool.h>

struct settings {
    enum wire_mode wire;        /* WIRE_AUTOMATIC where nothing is said */
    int patience_ms;            /* MODE_PATIENCE_MS where nothing is said */
    enum background background; /* BACKGROUND_OWN where nothing is said */
};

/* Reads the host's settings, then the user's own, whose words count more. A file that is not there
 * says nothing. Files are opened with the caller's own rights.
 * STATUS_INPUT when one holds something else than settings: the sentence says where. */
enum status settings_read(struct arena *arena, struct settings *settings, struct error *error);

#endif
