/* The person's own editor. It is a stranger's program to us: it gets a file of its own and nothing
 * that we hold, and what it leaves is read as carefully as any other input. */
#include "ui/external_editor.h"

#include "base/language.h"
#include "base/privilege.h"
#include "text/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH_BYTES = 512, CANNOT_RUN = 127 /* as the shell says it */ };

static const char file_name[] = "response.txt";

/* The private folder and the file in it. */
struct place {
    char folder[PATH_BYTES];
    char file[PATH_BYTES + sizeof file_name];
};

static bool write_all(int file, struct str text)
{
    size_t written = 0;
    while (written < text.size) {
        ssize_t size = write(file, text.data + written, text.size - written);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return false;
        written += (size_t)size;
    }
    return true;
}

/* Makes the folder, in the first of the two places that takes it. */
static bool make_folder(struct place *place)
{
    const char *own = getenv("XDG_RUNTIME_DIR");
    const char *const parents[] = {own && own[0] == '/' ? own : "/tmp", "/tmp"};
    for (size_t i = 0; i < sizeof parents / sizeof parents[0]; i++) {
        int size = snprintf(place->folder, sizeof place->folder, "%s/majlis-XXXXXX", parents[i]);
        if (size > 0 && (size_t)size < sizeof place->folder && mkdtemp(place->folder))
            return true;
    }
    place->folder[0] = '\0';
    return false;
}

static enum status place_make(struct place *place, struct str text, struct error *error)
{
    bool made = make_folder(place);
    int file = -1;
    if (made) {
        snprintf(place->file, sizeof place->file, "%s/%s", place->folder, file_name);
        file = open(place->file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                    S_IRUSR | S_IWUSR);
    }
    bool written = file >= 0 && write_all(file, text);
    int reason = errno;
    if (file >= 0 && close(file) != 0 && written) {
        written = false;
        reason = errno;
    }
    if (written)
        return OK;
    return error_set(error, STATUS_IO, _("no temporary file could be written for your editor: %s"),
                     strerror(reason));
}

/* Removes the folder with all the editor left in it: its copies and swap files, too. */
static void place_remove(const struct place *place)
{
    if (!place->folder[0])
        return;
    DIR *folder = opendir(place->folder);
    struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
    rmdir(place->folder);
}

/* In the child: becomes the editor. */
static void become_editor(const char *path)
{
    static const int signals[] = {SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ, SIGTSTP, SIGTTIN, SIGTTOU};
    /* With the group goes the bare environment: the wish is the caller's. */
    if (privilege_give_up(NULL) != OK)
        _exit(CANNOT_RUN);
    const char *wish = getenv("VISUAL");
    if (!wish || !*wish)
        wish = getenv("EDITOR");
    if (!wish || !*wish)
        wish = "vi";
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        signal(signals[i], SIG_DFL);
    /* The variable may hold options; the file's name is an argument, never part of the line. */
    char line[PATH_BYTES];
    int size = snprintf(line, sizeof line, "%s \"$1\"", wish);
    if (size > 0 && (size_t)size < sizeof line)
        execl("/bin/sh", "sh", "-c", line, "sh", path, (char *)NULL);
    _exit(CANNOT_RUN);
}

/* Waits for the editor; where it is stopped from its own terminal, we stop with it. */
static int wait_for(pid_t editor)
{
    int status = 0;
    for (;;) {
        pid_t changed = waitpid(editor, &status, WUNTRACED);
        if (changed < 0 && errno == EINTR)
            continue;
        if (changed < 0)
            return -1;
        if (!WIFSTOPPED(status))
            return status;
        raise(SIGSTOP);
        kill(editor, SIGCONT);
    }
}

static enum status run_editor(struct terminal *terminal, const char *path, struct error *error)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
    terminal_leave(terminal);
    /* Ctrl-C is the editor's while it runs. */
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    pid_t editor = fork();
    if (editor == 0)
        become_editor(path);
    int reason = errno;
    int status = editor > 0 ? wait_for(editor) : -1;
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    terminal_return(terminal);
    terminal_redraw(terminal);
    if (editor < 0)
        return error_set(error, STATUS_IO, _("your editor could not be started: %s"),
                         strerror(reason));
    if (status < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return error_set(error, STATUS_IO,
                         _("your editor ($VISUAL, $EDITOR) failed; the text is as it was"));
    return OK;
}

/* Reads at most EXTERNAL_BYTES_MOST and one more, which tells that it is too large. */
static bool read_all(int file, struct buffer *bytes)
{
    char part[4096];
    while (bytes->size <= EXTERNAL_BYTES_MOST) {
        ssize_t size = read(file, part, sizeof part);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return size == 0;
        buffer_add(bytes, (struct str){part, (size_t)size});
    }
    return true;
}

static enum status read_back(const char *path, struct buffer *bytes, struct error *error)
{
    struct stat about;
    /* Not blocking: a pipe in the file's place must not hold us. */
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool read =
        file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode) && read_all(file, bytes);
    if (file >= 0)
        close(file);
    if (!read)
        return error_set(error, STATUS_IO,
                         _("what your editor left cannot be read; the text is as it was"));
    if (bytes->size > EXTERNAL_BYTES_MOST)
        return error_set(error, STATUS_IO,
                         _("what your editor left is larger than %d bytes; the text is as it was"),
                         (int)EXTERNAL_BYTES_MOST);
    return OK;
}

enum status external_edit(struct terminal *terminal, struct str text, struct buffer *edited,
                          struct error *error)
{
    struct place place = {0};
    struct buffer bytes = {0};
    enum status status = place_make(&place, text, error);
    if (status == OK)
        status = run_editor(terminal, place.file, error);
    if (status == OK)
        status = read_back(place.file, &bytes, error);
    place_remove(&place);
    if (status == OK) {
        struct str back = buffer_str(&bytes);
        bool added = back.size > 0 && back.data[back.size - 1] == '\n' &&
                     (text.size == 0 || text.data[text.size - 1] != '\n');
        utf8_add_valid(edited, str_part(back, 0, back.size - (added ? 1 : 0)));
    }
    buffer_free(&bytes);
    return status;
}
