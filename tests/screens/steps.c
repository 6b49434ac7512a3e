/* What each step does. A step that looks waits for what it looks for; none sleeps. */
#include "screens/steps.h"

#include "base/moment.h"
#include "screens/database.h"
#include "screens/screen_text.h"
#include "term/terminal_paint.h"
#include "text/utf8.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>

/* --- doing ------------------------------------------------------------------------------------ */

static bool is_settled(struct run *run, const void *context, struct arena *scratch)
{
    (void)run;
    (void)context;
    (void)scratch;
    return true;
}

static bool step_press(struct run *run, const struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct press press;
        if (!press_parse(words[i].text, &press))
            return run_fail(run, "there is no key \"%s\"", words[i].text.data);
        if (run->session.ended)
            return run_fail(run, "nobody is there for the key \"%s\"", words[i].text.data);
        session_press(&run->session, &press);
    }
    return true;
}

static bool step_type(struct run *run, const struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str text = arena_copy(&run->arena, words[i].text);
        char *bytes = arena_new(&run->arena, text.size + 1, 1);
        memcpy(bytes, text.data, text.size);
        for (size_t j = 0; j < text.size; j++) {
            if (bytes[j] == '\n')
                bytes[j] = '\r'; /* what the Enter key sends */
        }
        session_send(&run->session, (struct str){bytes, text.size});
    }
    return true;
}

static bool step_paste(struct run *run, const struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        session_paste(&run->session, words[i].text);
    return true;
}

static bool step_click(struct run *run, const struct word *words, size_t count)
{
    enum { WHEEL_UP = 4, WHEEL_DOWN = 5 };
    int row = atoi(words[0].text.data), column = atoi(words[1].text.data), button = 1;
    run_wait(run, is_settled, NULL); /* one clicks on what one sees */
    if (row < 1 || column < 1)
        return run_fail(run, "rows and columns count from 1");
    if (count > 2)
        button = word_is(&words[2], "wheel-up")     ? WHEEL_UP
                 : word_is(&words[2], "wheel-down") ? WHEEL_DOWN
                                                    : button;
    /* A terminal that reorders reports the column of the row it was sent. */
    session_click(&run->session, button, row - 1,
                  screen_wire_column(&run->session.view, row - 1, column - 1));
    return true;
}

static bool step_resize(struct run *run, const struct word *words, size_t count)
{
    enum { LARGEST = 1000 };
    int width, height;
    (void)count;
    if (sscanf(words[0].text.data, "%dx%d", &width, &height) != 2 || width < 1 || height < 1 ||
        width > LARGEST || height > LARGEST)
        return run_fail(run, "no size: %s", words[0].text.data);
    session_resize(&run->session, width, height);
    return true;
}

static bool step_signal(struct run *run, const struct word *words, size_t count)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"HUP", SIGHUP},   {"INT", SIGINT},   {"TERM", SIGTERM},
                   {"KILL", SIGKILL}, {"ABRT", SIGABRT}, {"SEGV", SIGSEGV},
                   {"STOP", SIGSTOP}, {"TSTP", SIGTSTP}, {"CONT", SIGCONT}};
    (void)count;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (word_is(&words[0], signals[i].name)) {
            int number = signals[i].number;
            run->killed |= number == SIGKILL || number == SIGABRT || number == SIGSEGV;
            session_signal(&run->session, number);
            return true;
        }
    }
    return run_fail(run, "there is no signal %s here", words[0].text.data);
}

/* What a full disk is to a program: nothing it writes to a file arrives. */
static bool step_disk(struct run *run, const struct word *words, size_t count)
{
    struct rlimit limit;
    (void)count;
    if (!word_is(&words[0], "full") && !word_is(&words[0], "well"))
        return run_fail(run, "disk full|well");
    bool known = prlimit(run->session.program, RLIMIT_FSIZE, NULL, &limit) == 0;
    limit.rlim_cur = word_is(&words[0], "full") ? 0 : limit.rlim_max;
    return (known && prlimit(run->session.program, RLIMIT_FSIZE, &limit, NULL) == 0) ||
           run_fail(run, "the program's disk cannot be limited");
}

static bool step_hangup(struct run *run, const struct word *words, size_t count)
{
    (void)words;
    (void)count;
    session_hangup(&run->session);
    return true;
}

static bool step_answer(struct run *run, const struct word *words, size_t count)
{
    (void)words;
    (void)count;
    if (run->session.held.size == 0)
        return run_fail(run, "nothing was asked, or it was answered");
    session_answer(&run->session);
    return true;
}

/* --- looking ---------------------------------------------------------------------------------- */

typedef int find_function(const struct screen_view *view, int row, int width, struct str text,
                          int *end, struct arena *arena);

/* A text that is to be on the screen, or not. */
struct sought {
    struct str text;
    find_function *find;
    int row;      /* from 0, or -1 for any */
    bool present; /* or absent */
};

static bool sought_holds(struct run *run, const void *context, struct arena *scratch)
{
    const struct sought *sought = context;
    const struct session *session = &run->session;
    bool found = false;
    int end;
    for (int row = 0; row < session->height && !found; row++) {
        if (sought->row < 0 || sought->row == row)
            found =
                sought->find(&session->view, row, session->width, sought->text, &end, scratch) >= 0;
    }
    return found == sought->present;
}

static bool see_all(struct run *run, const struct word *words, size_t count, struct sought sought)
{
    for (size_t i = 0; i < count; i++) {
        sought.text = words[i].text;
        if (run_wait(run, sought_holds, &sought))
            continue;
        if (sought.row >= 0)
            return run_fail(run, "row %d does not hold \"%s\"", sought.row + 1, sought.text.data);
        return run_fail(
            run, sought.present ? "not on the screen: \"%s\"" : "still on the screen: \"%s\"",
            sought.text.data);
    }
    return true;
}

/* A key that may come too early is pressed again, as a person would, until its answer is there. */
static bool step_press_until(struct run *run, const struct word *words, size_t count)
{
    struct sought sought = {words[0].text, screen_find, -1, true};
    int64_t end = moment_monotonic_ms() + run->setting->deadline_ms;
    bool found = false;
    while (!found && moment_monotonic_ms() < end) {
        if (!step_press(run, words + 1, count - 1))
            return false;
        found = run_wait(run, is_settled, NULL) && sought_holds(run, &sought, &run->arena);
    }
    if (found)
        return true;
    return run_fail(run, "not on the screen: \"%s\"", sought.text.data);
}

static bool step_see(struct run *run, const struct word *words, size_t count)
{
    return see_all(run, words, count, (struct sought){{0}, screen_find, -1, true});
}

static bool step_see_raw(struct run *run, const struct word *words, size_t count)
{
    return see_all(run, words, count, (struct sought){{0}, screen_find_raw, -1, true});
}

static bool step_not_see(struct run *run, const struct word *words, size_t count)
{
    return see_all(run, words, count, (struct sought){{0}, screen_find, -1, false});
}

static bool step_row(struct run *run, const struct word *words, size_t count)
{
    int row = atoi(words[0].text.data);
    if (row < 1 || row > run->session.height)
        return run_fail(run, "there is no row %s", words[0].text.data);
    return see_all(run, words + 1, count - 1, (struct sought){{0}, screen_find, row - 1, true});
}

static bool cursor_holds(struct run *run, const void *context, struct arena *scratch)
{
    const VTermPos *wanted = context;
    VTermPos cursor;
    (void)scratch;
    vterm_state_get_cursorpos(vterm_obtain_state(run->session.emulator), &cursor);
    int column = screen_wire_column(&run->session.view, wanted->row, wanted->col);
    return run->session.cursor_shown && cursor.row == wanted->row && cursor.col == column;
}

static bool cursor_hidden_holds(struct run *run, const void *context, struct arena *scratch)
{
    (void)context;
    (void)scratch;
    return !run->session.cursor_shown;
}

static bool step_cursor(struct run *run, const struct word *words, size_t count)
{
    if (word_is(&words[0], "hidden"))
        return run_wait(run, cursor_hidden_holds, NULL) || run_fail(run, "the cursor is shown");
    if (!word_is(&words[0], "at") || count < 3)
        return run_fail(run, "cursor at ROW COLUMN, or cursor hidden");
    VTermPos wanted = {atoi(words[1].text.data) - 1, atoi(words[2].text.data) - 1};
    return run_wait(run, cursor_holds, &wanted) ||
           run_fail(run, "the cursor is not at row %d column %d", wanted.row + 1, wanted.col + 1);
}

/* --- whole screens ---------------------------------------------------------------------------- */

/* A screen with plain letters has, cell by cell, the plain forms of what others show. */
static struct str in_letters_of(const struct run *run, struct str text, struct arena *arena)
{
    struct buffer plain = {0};
    uint32_t codepoint;
    if (!run->setting->wire || strcmp(run->setting->wire, "plain") != 0)
        return text;
    for (size_t at = 0; at < text.size;) {
        at += utf8_decode(text, at, &codepoint);
        utf8_add(&plain, paint_plain_letter(codepoint));
    }
    struct str copy = arena_copy(arena, buffer_str(&plain));
    buffer_free(&plain);
    return copy;
}

static bool screen_equals(struct run *run, const void *context, struct arena *scratch)
{
    const struct str *wanted = context;
    const struct session *session = &run->session;
    struct str seen = screen_frame(&session->view, session->width, session->height, scratch);
    return str_equal(in_letters_of(run, *wanted, scratch), seen);
}

static bool write_screen(struct run *run, const char *path)
{
    const struct session *session = &run->session;
    run_wait(run, is_settled, NULL);
    struct str text = screen_frame(&session->view, session->width, session->height, &run->arena);
    FILE *file = fopen(path, "wb");
    bool written = file && fwrite(text.data, 1, text.size, file) == text.size;
    if (file)
        written = fclose(file) == 0 && written;
    return written || run_fail(run, "cannot write %s", path);
}

static bool read_screen(struct run *run, const char *path, struct str *text)
{
    struct buffer content = {0};
    char bytes[4096];
    size_t size;
    FILE *file = fopen(path, "rb");
    if (!file)
        return run_fail(run, "there is no %s; UPDATE_SCREENS=1 writes it", path);
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_add(&content, (struct str){bytes, size});
    fclose(file);
    *text = arena_copy(&run->arena, buffer_str(&content));
    buffer_free(&content);
    return true;
}

static bool step_same_as(struct run *run, const struct word *words, size_t count)
{
    struct str wanted;
    const char *path = arena_printf(&run->arena, "%s/%s", run->script->folder, words[0].text.data);
    (void)count;
    if (run->setting->update)
        return write_screen(run, path);
    return read_screen(run, path, &wanted) &&
           (run_wait(run, screen_equals, &wanted) ||
            run_fail(run, "not the screen of %s:\n%.*s", path, STR_FORMAT(wanted)));
}

/* --- styles ----------------------------------------------------------------------------------- */

struct styled {
    struct str text;
    const char *style;
    int color; /* of the letters, for the style "color" */
};

static bool cell_has(const VTermScreenCell *cell, const struct styled *styled)
{
    if (strcmp(styled->style, "bold") == 0)
        return cell->attrs.bold;
    if (strcmp(styled->style, "reverse") == 0)
        return cell->attrs.reverse;
    if (strcmp(styled->style, "underline") == 0)
        return cell->attrs.underline != 0;
    return VTERM_COLOR_IS_INDEXED(&cell->fg) && cell->fg.indexed.idx == styled->color;
}

/* Some place of the text has the style in all its cells. */
static bool styled_holds(struct run *run, const void *context, struct arena *scratch)
{
    const struct styled *styled = context;
    const struct session *session = &run->session;
    for (int row = 0; row < session->height; row++) {
        int end = 0;
        int column = screen_find(&session->view, row, session->width, styled->text, &end, scratch);
        bool all = column >= 0;
        for (; all && column < end; column++) {
            VTermScreenCell cell;
            screen_cell(&session->view, row, column, &cell);
            all = cell_has(&cell, styled);
        }
        if (all)
            return true;
    }
    return false;
}

static bool step_style(struct run *run, const struct word *words, size_t count)
{
    static const char *const styles[] = {"bold", "reverse", "underline", "color"};
    struct styled styled = {.text = words[1].text, .style = words[3].text.data};
    bool known = word_is(&words[0], "of") && word_is(&words[2], "is");
    bool style_known = false;
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
        style_known |= strcmp(styles[i], styled.style) == 0;
    bool colored = strcmp(styled.style, "color") == 0;
    if (!known || !style_known || (colored && count < 5))
        return run_fail(run, "style of \"text\" is bold|reverse|underline|color N");
    styled.color = colored ? atoi(words[4].text.data) : 0;
    return run_wait(run, styled_holds, &styled) ||
           run_fail(run, "\"%s\" is not %s", styled.text.data, styled.style);
}

/* --- the database ----------------------------------------------------------------------------- */

struct question {
    const char *sql;
    struct str answer;
    struct buffer *got;
};

static bool question_holds(struct run *run, const void *context, struct arena *scratch)
{
    const struct question *question = context;
    (void)scratch;
    buffer_clear(question->got);
    return database_ask(run->database, question->sql, question->got) &&
           str_equal(buffer_str(question->got), question->answer);
}

static bool ask(struct run *run, const char *sql, struct str answer)
{
    struct buffer got = {0};
    struct question question = {sql, answer, &got};
    bool holds = run_wait(run, question_holds, &question);
    if (!holds)
        run_fail(run, "%s is \"%s\", not \"%s\"", sql, buffer_text(&got), answer.data);
    buffer_free(&got);
    return holds;
}

static bool step_sql(struct run *run, const struct word *words, size_t count)
{
    if (count < 3 || !word_is(&words[1], "is"))
        return run_fail(run, "sql \"SELECT ...\" is \"value\"");
    return ask(run, words[0].text.data, words[2].text);
}

static bool step_change(struct run *run, const struct word *words, size_t count)
{
    struct buffer said = {0};
    bool changed = database_change(run->database, words[0].text.data, &said);
    if (!changed)
        run_fail(run, "%s", buffer_text(&said));
    (void)count;
    buffer_free(&said);
    return changed;
}

/* state of comment ID is STATE: by its number or its name in its source. */
static bool step_state(struct run *run, const struct word *words, size_t count)
{
    (void)count;
    bool known = word_is(&words[0], "of") && word_is(&words[1], "comment") &&
                 word_is(&words[3], "is") && !strchr(words[2].text.data, '\'');
    if (!known)
        return run_fail(run, "state of comment ID is STATE");
    const char *id = words[2].text.data;
    return ask(run,
               arena_printf(&run->arena,
                            "SELECT state FROM comment WHERE source_id = '%s' OR id = '%s'", id,
                            id),
               words[4].text);
}

/* --- the program ------------------------------------------------------------------------------ */

static bool step_wait_exit(struct run *run, const struct word *words, size_t count)
{
    if (!session_wait_for_end(&run->session, run->setting->deadline_ms))
        return run_fail(run, "the program goes on");
    int status = run->session.status, wanted = count > 0 ? atoi(words[0].text.data) : 0;
    if (run->killed && count == 0)
        return true;
    if (WIFSIGNALED(status))
        return run_fail(run, "the program did not end by itself");
    return WEXITSTATUS(status) == wanted || run_fail(run, "status %d was expected", wanted);
}

static bool was_sent(const struct session *session, const char *bytes)
{
    return session->sent.size > 0 &&
           memmem(session->sent.data, session->sent.size, bytes, strlen(bytes));
}

/* What the terminal is left in, whatever the type: told by the emulator and by the driver. */
static bool restored_holds(struct run *run, const void *context, struct arena *scratch)
{
    struct session *session = &run->session;
    struct termios settings;
    (void)context;
    (void)scratch;
    bool driver = session->slave < 0 || (tcgetattr(session->slave, &settings) == 0 &&
                                         (settings.c_lflag & ICANON) && (settings.c_lflag & ECHO));
    return !session->alternate && session->cursor_shown && !session->mouse && driver &&
           was_sent(session, "\033[8h") && was_sent(session, "\033[?2004l");
}

static bool step_terminal(struct run *run, const struct word *words, size_t count)
{
    (void)count;
    if (!word_is(&words[0], "restored"))
        return run_fail(run, "terminal restored");
    const struct session *session = &run->session;
    return run_wait(run, restored_holds, NULL) ||
           run_fail(run,
                    "the terminal is not given back: alternate screen %s, cursor %s, mouse %s, "
                    "CSI 8 h %s, CSI ? 2004 l %s",
                    session->alternate ? "on" : "off", session->cursor_shown ? "shown" : "hidden",
                    session->mouse ? "on" : "off",
                    was_sent(session, "\033[8h") ? "sent" : "not sent",
                    was_sent(session, "\033[?2004l") ? "sent" : "not sent");
}

/* Runs a shell line in which majlis is the program, on the database of the script. */
static bool step_run(struct run *run, const struct word *words, size_t count)
{
    char *arguments[] = {arena_printf(&run->arena, "sh"),
                         arena_printf(&run->arena, "-c"),
                         arena_printf(&run->arena,
                                      "program=$1; majlis() { \"$program\" \"$@\"; }; %s",
                                      words[0].text.data),
                         arena_printf(&run->arena, "sh"),
                         arena_printf(&run->arena, "%s", run->setting->program),
                         NULL};
    struct buffer output = {0};
    int status = command_run(arguments, run->environment, &output);
    int got = status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1, wanted = 0;
    const char *text = buffer_text(&output);
    bool held = true;
    for (size_t i = 1; held && i < count; i += 2) {
        bool prints = word_is(&words[i], "prints");
        if (i + 1 == count || (!prints && !word_is(&words[i], "status")))
            held = run_fail(run, "run \"majlis ...\" [status N] [prints \"text\"]");
        else if (!prints)
            wanted = atoi(words[i + 1].text.data);
        else if (!strstr(text, words[i + 1].text.data))
            held = run_fail(run, "it did not print \"%s\" but:\n%s", words[i + 1].text.data, text);
    }
    if (held && got != wanted)
        held = run_fail(run, "its status is %d, not %d; it printed:\n%s", got, wanted, text);
    buffer_free(&output);
    return held;
}

/* --- the table -------------------------------------------------------------------------------- */

static const struct step steps[] = {
    {"open", 1, "worked-examples|empty|file PATH|last [options] [-- arguments]", step_open},
    {"press", 1, "KEY ...", step_press},
    {"press-until", 2, "\"text\" KEY ...", step_press_until},
    {"type", 1, "\"text\" ...", step_type},
    {"paste", 1, "\"text\" ...", step_paste},
    {"click", 2, "ROW COLUMN [wheel-up|wheel-down]", step_click},
    {"see", 1, "\"text\" ...", step_see},
    {"see-raw", 1, "\"cells\" ...", step_see_raw},
    {"not-see", 1, "\"text\" ...", step_not_see},
    {"row", 2, "N \"text\" ...", step_row},
    {"cursor", 1, "at ROW COLUMN, or hidden", step_cursor},
    {"same-as", 1, "FILE", step_same_as},
    {"style", 4, "of \"text\" is bold|reverse|underline|color N", step_style},
    {"answer", 0, "", step_answer},
    {"resize", 1, "WIDTHxHEIGHT", step_resize},
    {"signal", 1, "HUP|INT|TERM|KILL|ABRT|SEGV|STOP|TSTP|CONT", step_signal},
    {"disk", 1, "full|well", step_disk},
    {"hangup", 0, "", step_hangup},
    {"wait-exit", 0, "[STATUS]", step_wait_exit},
    {"terminal", 1, "restored", step_terminal},
    {"state", 5, "of comment ID is STATE", step_state},
    {"sql", 3, "\"SELECT ...\" is \"value\"", step_sql},
    {"change", 1, "\"UPDATE ...\"", step_change},
    {"run", 1, "\"majlis ...\" [status N] [prints \"text\"]", step_run},
};

const struct step *step_find(const struct word *name)
{
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (word_is(name, steps[i].name))
            return &steps[i];
    }
    return NULL;
}
