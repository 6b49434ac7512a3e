/* Subcommands: what each file of this folder gives to main.c, and what it may use.
 *
 * A subcommand is one constant row, in its own file. main.c reads the options, opens what the row
 * asks for, checks the row's right and calls run(). Data goes to standard output, words to standard
 * error. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/buffer.h"
#include "desk/desk.h"
#include "term/terminal.h"

#include <stdio.h>

#define MAJLIS_VERSION "1.0"

/* What stands open when run() is called. */
enum cli_access {
    CLI_NO_DATABASE, /* nothing; the command opens what it needs */
    CLI_FILE,        /* the database, and nobody at the desk: for a damaged one, too */
    CLI_READ,        /* the database, read-only, and the caller at the desk */
    CLI_WRITE,       /* the database and the caller at the desk */
};

/* One option of a command: --name, or --name VALUE; -n where the name is a single letter. */
struct cli_option {
    const char *name;
    const char *value; /* what its value is called in the help; NULL for an option without */
    const char *help;  /* N_() */
};

enum {
    CLI_OPTIONS_MOST = 12,     /* options of one command */
    CLI_OPERANDS_ANY = 0x7fff, /* operands_most of a command that takes any number */
};

struct cli;

struct cli_command {
    const char *name;
    const char *usage;                /* operands and options, as the manual writes them */
    const char *summary;              /* N_(), one line without a full stop */
    const char *help;                 /* N_(), sentences; NULL when the summary says it all */
    const struct cli_option *options; /* ends in a row without a name; NULL when there are none */
    enum cli_access access;
    enum right right;     /* looked at with CLI_READ and CLI_WRITE */
    bool signed_operands; /* -word is an operand, not an option */
    int operands_least, operands_most;
    enum status (*run)(struct cli *cli, struct error *error);
};

/* One run of the program. */
struct cli {
    const struct cli_command *const *commands; /* main's table, NULL behind the last */
    const struct cli_command *command; /* the one that runs; NULL: the full-screen program */

    /* The command line, as strings of argv. */
    const char *database, *language, *digits, *wire; /* NULL where not given */
    bool no_color, help, version;
    const char *values[CLI_OPTIONS_MOST]; /* by the row of command->options; "" for a flag */
    char **operands;
    int operand_count;

    struct arena arena; /* lives as long as the run */
    struct str login, name;
    int64_t now;
    struct store *store; /* NULL while none is open */
    struct desk desk;
    bool seated;
};

/* --- options.c --- */

/* Reads the words of the command line from argv[0] on: the options every command has, and those of
 * command (which may be NULL). Operands are collected into cli->operands, which has room for argc.
 * stop  end at the first operand, which is not taken
 * Returns OK with *used words read, or STATUS_USAGE with a sentence. */
enum status cli_read_options(struct cli *cli, const struct cli_command *command, int argc,
                             char **argv, bool stop, int *used, struct error *error);

/* The value given for the running command's option of this name: NULL when it was not given, "" for
 * an option without value. */
const char *cli_value(const struct cli *cli, const char *option);

/* The same as a whole number of at least least; fallback when it was not given. */
enum status cli_number(const struct cli *cli, const char *option, int64_t least, int64_t fallback,
                       int64_t *value, struct error *error);

/* The options every command has, for the help; ends in a row without a name. */
extern const struct cli_option cli_common_options[];

/* The name among names (NULL behind the last) that word is most likely a slip of; NULL when none is
 * near. */
const char *cli_suggest(const char *word, const char *const *names);

/* --- session.c --- */

/* Who runs the program, by the real user id: fills cli->login and cli->name. */
enum status cli_identify(struct cli *cli, struct error *error);

/* The database to work on: --db, $MAJLIS_DB, the installed one, the user's own. The
 * program's own group is kept for the installed one alone, where the caller could not open it. *path lives in cli->arena.
 * STATUS_NOT_FOUND, saying how to get one, when none was named and none is there. */
enum status cli_find_database(struct cli *cli, const char **path, struct error *error);

/* Where a new database goes: as above, but it need not be there yet. Rights are given up. */
enum status cli_place_database(struct cli *cli, const char **path, struct error *error);

/* Opens the database at path into cli->store, and sits the caller down at it. */
enum status cli_open(struct cli *cli, const char *path, enum store_mode mode, struct error *error);
enum status cli_sit(struct cli *cli, struct error *error);

/* Does what waits after a change of the database, a calendar or a promise, and tells how much is left
 * of it where it takes long.
 * whole  what is due is worked out to the end, not for a moment only: others do it, too */
enum status cli_catch_up(struct cli *cli, bool whole, struct error *error);

/* Closes what is open. */
void cli_close(struct cli *cli);

/* The terminal's options as the command line has them, else $MAJLIS_WIRE, else the settings files.
 * STATUS_USAGE for an unknown mode, STATUS_INPUT for a file that holds no settings. */
enum status cli_terminal(struct cli *cli, struct terminal_options *options, struct error *error);

/* Reads the operand that names a comment: its number, or SOURCE/SOURCE_ID. */
enum status cli_comment(struct cli *cli, const char *operand, int64_t *id, struct error *error);

/* Joins operands from first on with blanks and reads them as a query. A sentence about a wrong one
 * repeats it and says where. */
enum status cli_query(struct cli *cli, int first, struct query *query, struct error *error);

/* --- make.c --- */

/* Makes a database at path, in place of what is there, whole or not at all; missing folders too.
 * mode  its access rights, as chmod() takes them
 * fill  puts into the open cli->store what it begins with */
enum status cli_make_database(struct cli *cli, const char *path, unsigned mode,
                              enum status (*fill)(struct cli *, struct error *),
                              struct error *error);

/* --- text.c --- */

/* Adds text as one line in logical order, fit for any terminal and pipe: what is invisible or would
 * act on a terminal is written as a visible marker, ill-formed bytes as U+FFFD.
 * columns  at most so many; what is longer ends in an ellipsis
 * pad      blanks are added up to columns */
void cli_add_text(struct arena *arena, struct buffer *line, struct str text, unsigned columns,
                  bool pad);

/* Writes a line of words, as printf makes it, to standard error; harmless as above. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

enum { CLI_COLUMNS = 100, CLI_COLUMNS_ANY = 1 << 20 };

/* The columns of the terminal on standard output; CLI_COLUMNS when it is none. */
unsigned cli_columns(void);

/* --- table.c --- */

/* A table whose columns are as wide as what stands in them. */
struct cli_table {
    struct arena *arena;
    int columns;
    uint64_t words;    /* bit (1 << column): flush left even in a table of numbers */
    struct str *cells; /* row by row */
    size_t count, capacity;
};

/* Adds the next cell of a table; text is copied, made safe, and cut at CLI_COLUMNS columns. */
void cli_table_add(struct cli_table *table, struct str text);
void cli_table_number(struct cli_table *table, int64_t number);

/* Writes the table. Columns from the second on are flush right when numbers, else left; the first
 * is flush left. */
void cli_table_print(const struct cli_table *table, bool numbers, FILE *out);

/* --- help.c --- */

/* Writes what `majlis help` writes; or, for one command, its usage, summary, help and options. */
void cli_print_help(const struct cli *cli, FILE *out);
void cli_print_command_help(const struct cli_command *command, FILE *out);

/* Finds a command by name; STATUS_USAGE with a suggestion when there is none. */
enum status cli_find_command(const struct cli *cli, const char *name,
                             const struct cli_command **command, struct error *error);

/* --- the commands, each in the file of its name --- */
extern const struct cli_command cli_assign, cli_claim, cli_proposal, cli_backup, cli_check,
    cli_decide, cli_demo, cli_export, cli_help, cli_history, cli_import, cli_init, cli_keys,
    cli_list, cli_moderator, cli_note, cli_roles, cli_screens, cli_stats, cli_tag, cli_undo,
    cli_calendar, cli_promise, cli_restore, cli_log, cli_report, cli_searches, cli_terminal_command,
    cli_second;

#endif
