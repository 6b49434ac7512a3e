/* The pseudo-terminal, its keeper, and the emulator behind it. */
#include "screens/session.h"

#include "base/memory.h"
#include "base/moment.h"
#include "text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

enum {
    STEP_MS = 10,         /* between two looks at what no descriptor tells */
    ESCAPE_PAUSE_MS = 60, /* a person's pause after Esc, without which it is the start of a key */
    ESCAPE_READ_MOST_MS = 10000,
    EXEC_FAILED = 127, /* as a shell reports it */
};

/* --- the keeper ------------------------------------------------------------------------------- */

static volatile pid_t kept;

static void pass_on(int signal_number)
{
    kill(kept, signal_number);
}

static _Noreturn void become_program(const struct session_options *options)
{
    setpgid(0, 0);
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    const struct passwd *user = options->user;
    if (user && (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
        _exit(EXEC_FAILED);
    execve(options->arguments[0], options->arguments, options->environment);
    fprintf(stderr, "%s: %s\n", options->arguments[0], strerror(errno));
    _exit(EXEC_FAILED);
}

/* Leads the session, starts the program in a foreground group of its own (so that it can be
 * stopped), and reports its id and its end. */
static _Noreturn void keep(const struct session_options *options, int slave, int report)
{
    if (login_tty(slave) != 0)
        _exit(EXEC_FAILED);
    kept = fork();
    if (kept == 0) {
        close(report);
        become_program(options);
    }
    pid_t program = kept;
    int status = 0;
    signal(SIGHUP, pass_on);
    ssize_t written = write(report, &program, sizeof program);
    while (waitpid(program, &status, 0) < 0 && errno == EINTR)
        continue;
    written = write(report, &status, sizeof status);
    _exit(written == sizeof status ? 0 : EXEC_FAILED);
}

/* --- the emulator ----------------------------------------------------------------------------- */

static void collect_output(const char *bytes, size_t size, void *session)
{
    struct session *own = session;
    if (!own->muted)
        buffer_add(&own->pending, (struct str){bytes, size});
}

static int note_property(VTermProp property, VTermValue *value, void *context)
{
    struct session *session = context;
    if (property == VTERM_PROP_ALTSCREEN)
        session->alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        session->cursor_shown = value->boolean;
    if (property == VTERM_PROP_MOUSE)
        session->mouse = value->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static void start_emulator(struct session *session)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = note_property};
    session->cursor_shown = true;
    session->emulator = vterm_new(session->height, session->width);
    vterm_set_utf8(session->emulator, 1);
    vterm_output_set_callback(session->emulator, collect_output, session);
    session->screen = vterm_obtain_screen(session->emulator);
    vterm_screen_set_callbacks(session->screen, &callbacks, session);
    vterm_screen_enable_altscreen(session->screen, 1);
    vterm_screen_reset(session->screen, 1);
    const struct wire_profile *profile = session->identity ? session->identity->profile : NULL;
    session->view = (struct screen_view){session->screen, session->width, profile};
}

/* --- starting and ending ---------------------------------------------------------------------- */

enum status session_start(struct session *session, const struct session_options *options,
                          struct error *error)
{
    struct winsize size = {.ws_row = (unsigned short)options->height,
                           .ws_col = (unsigned short)options->width};
    int report[2];
    *session = (struct session){
        .width = options->width, .height = options->height, .identity = options->identity};
    if (pipe2(report, O_CLOEXEC) != 0 ||
        openpty(&session->master, &session->slave, NULL, NULL, &size) != 0)
        return error_set(error, STATUS_IO, "no pseudo-terminal: %s", strerror(errno));
    fcntl(session->master, F_SETFD, FD_CLOEXEC);
    fcntl(session->master, F_SETFL, O_NONBLOCK);
    session->keeper = fork();
    if (session->keeper == 0) {
        close(session->master);
        close(report[0]);
        keep(options, session->slave, report[1]);
    }
    close(report[1]);
    fcntl(session->slave, F_SETFD, FD_CLOEXEC);
    session->report = report[0];
    start_emulator(session);
    if (session->keeper < 0 || read(session->report, &session->program, sizeof session->program) !=
                                   (ssize_t)sizeof session->program)
        return error_set(error, STATUS_IO, "the program could not be started");
    return OK;
}

bool session_wait_for_end(struct session *session, int time_ms)
{
    int64_t end = moment_monotonic_ms() + time_ms;
    while (!session->ended && moment_monotonic_ms() < end)
        session_pump(session, STEP_MS);
    return session->ended;
}

void session_end(struct session *session, int time_ms)
{
    if (!session->ended) {
        kill(session->program, SIGKILL);
        session_wait_for_end(session, time_ms);
    }
    session_hangup(session);
    waitpid(session->keeper, NULL, 0);
    close(session->report);
    vterm_free(session->emulator);
    buffer_free(&session->sent);
    buffer_free(&session->pending);
    buffer_free(&session->held);
}

void session_hangup(struct session *session)
{
    if (session->master < 0)
        return;
    close(session->master);
    close(session->slave);
    session->master = session->slave = -1;
}

/* --- what comes from the program -------------------------------------------------------------- */

/* How many times question was sent since the last look. */
static size_t count_questions(const struct session *session, struct str question)
{
    size_t found = 0, from = session->looked > question.size ? session->looked - question.size : 0;
    struct str sent = str_part(buffer_str(&session->sent), from, session->sent.size);
    const char *at;
    while (sent.size > 0 && question.size > 0 &&
           (at = memmem(sent.data, sent.size, question.data, question.size))) {
        size_t end = (size_t)(at - sent.data) + question.size;
        found += from + end > session->looked;
        sent = str_part(sent, end, sent.size);
        from += end;
    }
    return found;
}

/* Answers, as the terminal that the session plays, what the program asked. */
static void answer_questions(struct session *session)
{
    const struct identity *identity = session->identity;
    struct buffer outer = {0};
    if (!identity)
        return;
    answers_add_outer_question(&outer, identity->between);
    size_t own = count_questions(session, answers_question());
    size_t further = count_questions(session, buffer_str(&outer));
    for (size_t i = 0; identity->answers && i < own; i++)
        buffer_add(&session->held, str_of(identity->answers));
    for (size_t i = 0; identity->outer_answers && i < further; i++)
        buffer_add(&session->held, str_of(identity->outer_answers));
    buffer_free(&outer);
    session->looked = session->sent.size;
    if (!identity->late && session->held.size > 0)
        session_answer(session);
}

static bool take_output(struct session *session)
{
    char bytes[16384];
    ssize_t size = session->master < 0 ? -1 : read(session->master, bytes, sizeof bytes);
    if (size <= 0)
        return false;
    buffer_add(&session->sent, (struct str){bytes, (size_t)size});
    session->muted = session->identity != NULL;
    vterm_input_write(session->emulator, bytes, (size_t)size);
    session->muted = false;
    answer_questions(session);
    return true;
}

/* Sends what the emulator answered; what the program does not take now stays for the next time. */
static void answer(struct session *session)
{
    if (session->pending.size == 0 || session->master < 0)
        return;
    ssize_t size = write(session->master, session->pending.data, session->pending.size);
    if (size > 0)
        buffer_replace(&session->pending, 0, (size_t)size, (struct str){0});
}

static void take_report(struct session *session)
{
    ssize_t size = read(session->report, &session->status, sizeof session->status);
    if (size < 0 && errno == EINTR)
        return;
    session->ended = true;
    while (take_output(session))
        continue;
}

void session_pump(struct session *session, int time_ms)
{
    struct pollfd watched[] = {{.fd = session->master, .events = POLLIN},
                               {.fd = session->ended ? -1 : session->report, .events = POLLIN}};
    if (session->pending.size > 0)
        watched[0].events |= POLLOUT;
    if (poll(watched, sizeof watched / sizeof watched[0], time_ms) <= 0)
        return;
    while (take_output(session))
        continue;
    answer(session);
    if (watched[1].revents)
        take_report(session);
}

/* --- what the program is doing ---------------------------------------------------------------- */

/* Reads the program's state letter and its voluntary context switches from /proc; false where
 * there is none. */
static bool read_process(pid_t program, char *state, long *switches)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%ld/status", (long)program);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "State:", strlen("State:")) == 0)
            sscanf(line, "State: %c", state);
        sscanf(line, "voluntary_ctxt_switches: %ld", switches);
    }
    fclose(file);
    return true;
}

/* Bytes that the program has not read yet. */
static int unread_input(const struct session *session)
{
    int unread = 0;
    if (session->slave >= 0)
        ioctl(session->slave, FIONREAD, &unread);
    return unread;
}

bool session_settled(struct session *session)
{
    char state = 'R';
    long switches = 0;
    session_pump(session, 0);
    if (session->ended)
        return true;
    if (session->pending.size > 0 || unread_input(session) > 0 ||
        !read_process(session->program, &state, &switches))
        return false;
    /* It has woken since input was sent, and sleeps again or is stopped. */
    bool waits = (state == 'S' && switches > session->switches) || state == 'T' || state == 'Z';
    struct pollfd output = {.fd = session->master, .events = POLLIN};
    return waits && (session->master < 0 || poll(&output, 1, 0) <= 0);
}

/* --- what goes to the program ----------------------------------------------------------------- */

static void note_switches(struct session *session)
{
    char state = 'R';
    session->switches = 0;
    read_process(session->program, &state, &session->switches);
    /* Input that finds the program at work is read without another sleep before it. */
    if (state != 'S')
        session->switches--;
}

/* Lets what waits go to the program; what it does not take at once goes with the next pumps. */
static void flush_input(struct session *session)
{
    note_switches(session);
    answer(session);
}

/* The pause is part of what Esc is on a terminal: a person makes it too. It begins when the
 * program has read the key. */
static void pause_after_escape(struct session *session)
{
    int64_t now = moment_monotonic_ms(), end = now + ESCAPE_READ_MOST_MS;
    while (!session->ended && now < end && unread_input(session) > 0) {
        session_pump(session, STEP_MS);
        now = moment_monotonic_ms();
    }
    for (end = now + ESCAPE_PAUSE_MS; now < end && !session->ended; now = moment_monotonic_ms())
        session_pump(session, (int)(end - now));
}

void session_answer(struct session *session)
{
    buffer_add(&session->pending, buffer_str(&session->held));
    buffer_clear(&session->held);
    flush_input(session);
}

void session_send(struct session *session, struct str bytes)
{
    buffer_add(&session->pending, bytes);
    flush_input(session);
}

static VTermKey emulator_key(const struct press *press)
{
    static const VTermKey keys[] = {
        [PRESS_ENTER] = VTERM_KEY_ENTER,
        [PRESS_ESCAPE] = VTERM_KEY_ESCAPE,
        [PRESS_TAB] = VTERM_KEY_TAB,
        [PRESS_BACKTAB] = VTERM_KEY_TAB,
        [PRESS_BACKSPACE] = VTERM_KEY_BACKSPACE,
        [PRESS_DELETE] = VTERM_KEY_DEL,
        [PRESS_UP] = VTERM_KEY_UP,
        [PRESS_DOWN] = VTERM_KEY_DOWN,
        [PRESS_LEFT] = VTERM_KEY_LEFT,
        [PRESS_RIGHT] = VTERM_KEY_RIGHT,
        [PRESS_HOME] = VTERM_KEY_HOME,
        [PRESS_END] = VTERM_KEY_END,
        [PRESS_PAGE_UP] = VTERM_KEY_PAGEUP,
        [PRESS_PAGE_DOWN] = VTERM_KEY_PAGEDOWN,
    };
    if (press->kind == PRESS_FUNCTION)
        return (VTermKey)VTERM_KEY_FUNCTION(press->codepoint);
    return press->kind < sizeof keys / sizeof keys[0] ? keys[press->kind] : VTERM_KEY_NONE;
}

void session_press(struct session *session, const struct press *press)
{
    int modifiers = (press->control ? VTERM_MOD_CTRL : 0) | (press->alt ? VTERM_MOD_ALT : 0) |
                    (press->shift || press->kind == PRESS_BACKTAB ? VTERM_MOD_SHIFT : 0);
    if (press->kind == PRESS_CHARACTER)
        vterm_keyboard_unichar(session->emulator, press->codepoint, (VTermModifier)modifiers);
    else
        vterm_keyboard_key(session->emulator, emulator_key(press), (VTermModifier)modifiers);
    flush_input(session);
    if (press->kind == PRESS_ESCAPE)
        pause_after_escape(session);
}

void session_paste(struct session *session, struct str text)
{
    vterm_keyboard_start_paste(session->emulator);
    buffer_add(&session->pending, text);
    vterm_keyboard_end_paste(session->emulator);
    flush_input(session);
}

void session_click(struct session *session, int button, int row, int column)
{
    vterm_mouse_move(session->emulator, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(session->emulator, button, true, VTERM_MOD_NONE);
    vterm_mouse_button(session->emulator, button, false, VTERM_MOD_NONE);
    flush_input(session);
}

void session_resize(struct session *session, int width, int height)
{
    struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
    session->width = width;
    session->height = height;
    session->view.width = width;
    vterm_set_size(session->emulator, height, width);
    note_switches(session);
    if (session->master >= 0)
        ioctl(session->master, TIOCSWINSZ, &size);
}

void session_signal(struct session *session, int signal_number)
{
    if (session->ended)
        return;
    note_switches(session);
    kill(session->program, signal_number);
}
