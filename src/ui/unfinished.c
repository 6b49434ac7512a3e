/* Unfinished lines and sessions, as settings of the person's. */
#include "ui/unfinished.h"

#include "store/team.h"
#include "ui/queue_screen.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char session_name[] = "session";

/* Takes the text up to the next line feed off the front of *text. */
static struct str take_line(struct str *text)
{
    const char *end = text->size > 0 ? memchr(text->data, '\n', text->size) : NULL;
    size_t size = end ? (size_t)(end - text->data) : text->size;
    struct str line = str_part(*text, 0, size);
    *text = str_part(*text, end ? size + 1 : size, text->size);
    return line;
}

static int64_t number_in(struct str line)
{
    long long number;
    return str_to_int64(line, &number) ? number : 0;
}

/* --- lines --- */

enum status unfinished_keep(struct app *app, const char *name, int64_t comment, struct str text,
                            struct error *error)
{
    struct arena arena = {0};
    struct str value = {0};
    if (text.size > 0)
        value = str_of(arena_printf(&arena, "%" PRId64 "\n%.*s", comment, STR_FORMAT(text)));
    enum status status = setting_set(app->desk->store, app->desk->self.id, name, value, error);
    arena_free(&arena);
    return status;
}

bool unfinished_find(struct app *app, const char *name, struct arena *arena, int64_t *comment,
                     struct str *text)
{
    struct error error;
    *text = (struct str){0};
    if (setting_get(app->desk->store, app->desk->self.id, name, arena, text, &error) != OK)
        return false;
    *comment = number_in(take_line(text));
    return *comment != 0 && text->size > 0;
}

/* --- the session --- */

/* What is kept of a session: the process, the comment (0: see the claim), the tab and the filter, a
 * line each. */
static struct str describe(const struct app *app, int64_t comment, struct arena *arena)
{
    const struct queue_screen *queue = app->queue;
    struct str filter = query_text(&queue->filter, arena);
    return str_of(arena_printf(arena, "%lld\n%" PRId64 "\n%s\n%.*s", (long long)getpid(), comment,
                               queue->all_states ? "" : state_name(queue->state),
                               STR_FORMAT(filter)));
}

void session_keep(struct app *app)
{
    struct arena arena = {0};
    struct error error;
    struct str now = describe(app, 0, &arena);
    if (!str_equal(now, buffer_str(&app->session_kept)) &&
        setting_set(app->desk->store, app->desk->self.id, session_name, now, &error) == OK) {
        buffer_clear(&app->session_kept);
        buffer_add(&app->session_kept, now);
    }
    arena_free(&arena);
}

void session_end(struct app *app, bool wished)
{
    struct arena arena = {0};
    struct error error;
    struct str last = {0};
    if (!wished)
        last = describe(app, app->responding ? app->responding : queue_current(app), &arena);
    /* There is nobody left to be told of a failure, and what was typed is kept already. */
    setting_set(app->desk->store, app->desk->self.id, session_name, last, &error);
    arena_free(&arena);
    buffer_free(&app->session_kept);
}

/* A process that is there may be another session of the same person, at work elsewhere. */
static bool has_ended(int64_t process)
{
    return process > 0 && process != getpid() && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

/* Opens the tab and the filter of then. */
static void reopen_queue(struct app *app, struct str tab, struct str filter)
{
    struct arena arena = {0};
    struct query query;
    struct error error;
    enum comment_state state = STATE_PENDING;
    size_t at;
    bool all = tab.size == 0;
    if (!all && !state_from_name(tab, &state))
        state = STATE_PENDING;
    if (query_parse(filter, &arena, &query, &at, &error) == OK)
        queue_set_filter(app, &query);
    queue_set_state(app, state, all);
    arena_free(&arena);
}

void session_resume(struct app *app, bool asked, char told[static ERROR_BYTES])
{
    struct arena arena = {0};
    struct error error, sentence;
    struct str text = {0};
    struct store *store = app->desk->store;
    int64_t self = app->desk->self.id, claimed = 0;
    enum status status = setting_get(store, self, session_name, &arena, &text, &error);
    told[0] = '\0';
    if (status == OK && has_ended(number_in(take_line(&text)))) {
        int64_t comment = number_in(take_line(&text));
        struct str tab = take_line(&text);
        if (comment == 0 && claim_latest(store, self, &claimed, &error) == OK)
            comment = claimed;
        if (!asked)
            reopen_queue(app, tab, text);
        if (!asked && comment != 0)
            queue_go_to(app, comment);
        if (!asked && comment != 0 && queue_current(app) == comment)
            error_set(&sentence, OK, _("Your last session broke off; #%" PRId64 " is open again."),
                      comment);
        else if (comment != 0)
            error_set(&sentence, OK,
                      _("Your last session broke off at #%" PRId64 "; # and its number show it."),
                      comment);
        else
            error_set(&sentence, OK, _("Your last session broke off; its queue is open again."));
        memcpy(told, sentence.message, ERROR_BYTES);
    }
    arena_free(&arena);
}
