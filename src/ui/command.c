/* The command table, and what finds a row of it. */
#include "ui/command.h"

#include "ui/annotate_commands.h"
#include "ui/decide_commands.h"
#include "ui/figures_screen.h"
#include "ui/find_commands.h"
#include "ui/help_screen.h"
#include "ui/picker.h"
#include "ui/program_commands.h"
#include "ui/prompt.h"
#include "ui/queue_screen.h"
#include "ui/respond_screen.h"
#include "ui/saved_commands.h"
#include "ui/second_screen.h"
#include "ui/team_commands.h"
#include "ui/terminal_screen.h"

#include <string.h>

#define QUEUE (CONTEXT_LIST | CONTEXT_COMMENT)
#define JUDGING (QUEUE | CONTEXT_SECOND)
#define ANYWHERE (JUDGING | CONTEXT_STATISTICS | CONTEXT_HELP)

/* Every command. The order is that of help, and of the footer: what is pressed most comes first. */
/* clang-format off */
static const struct command commands[] = {
    {"approve", "a", JUDGING, RIGHT_PROPOSE, NULL, decide_approve, N_("approve"),
     N_("publish this comment")},
    {"reject", "r", JUDGING, RIGHT_PROPOSE, N_("REASON"), decide_reject, N_("reject"),
     N_("do not publish it; asks for the reason")},
    {"spam", "s", JUDGING, RIGHT_PROPOSE, NULL, decide_spam, N_("spam"),
     N_("mark it as spam")},
    {"hold", "h", JUDGING, RIGHT_PROPOSE, NULL, decide_hold, N_("hold"),
     N_("set it aside for later")},
    {"escalate", "e", JUDGING, RIGHT_PROPOSE, NULL, decide_escalate, N_("escalate"),
     N_("hand it to a supervisor")},
    {"undo", "u", JUDGING, RIGHT_PROPOSE, NULL, decide_undo, N_("undo"),
     N_("take back your last decision, step by step")},
    {"tag", "t", QUEUE, RIGHT_TAG, N_("TAG ..."), annotate_tag, N_("tag"),
     N_("put tags on it, or take them off")},
    {"respond", "c", QUEUE, RIGHT_RESPOND, NULL, respond_open, N_("respond"),
     N_("write the agency's response")},
    {"note", "n", QUEUE, RIGHT_NOTE, N_("TEXT"), annotate_note, N_("note"),
     N_("leave a note for colleagues")},
    {"letters", "x", QUEUE, RIGHT_READ, NULL, queue_open_letters, NULL,
     N_("show letters that are alike one by one, and back")},
    {"select", "space", CONTEXT_LIST, RIGHT_READ, NULL, queue_choose, NULL,
     N_("select it, so that one key acts on many")},
    {"search", "/", QUEUE, RIGHT_READ, N_("WORDS"), find_words, N_("search"),
     N_("find comments by their words")},
    {"filter", "f", QUEUE, RIGHT_READ, N_("QUERY"), find_filter, NULL,
     N_("narrow the queue by a query")},
    {"saved", "F", QUEUE, RIGHT_READ, N_("NAME"), search_saved, NULL,
     N_("show what a search you saved finds")},
    {"save", "W", QUEUE, RIGHT_READ, N_("NAME"), search_save, NULL,
     N_("save this search under a name")},
    {"forget", "ctrl+d", QUEUE, RIGHT_READ, N_("NAME"), search_forget, NULL,
     N_("forget a search you saved")},
    {"help", "? f1", ANYWHERE, RIGHT_READ, NULL, help_open, N_("help"),
     N_("this list")},
    {"open", "o", QUEUE, RIGHT_READ, N_("CONSULTATION"), find_consultation, NULL,
     N_("choose the consultation")},
    {"pending", "1", QUEUE, RIGHT_READ, NULL, find_pending, NULL,
     N_("show what waits for a decision")},
    {"approved", "2", QUEUE, RIGHT_READ, NULL, find_approved, NULL,
     N_("show what was approved")},
    {"rejected", "3", QUEUE, RIGHT_READ, NULL, find_rejected, NULL,
     N_("show what was rejected")},
    {"spammed", "4", QUEUE, RIGHT_READ, NULL, find_spam, NULL,
     N_("show what was marked as spam")},
    {"held", "5", QUEUE, RIGHT_READ, NULL, find_held, NULL,
     N_("show what is held")},
    {"escalated", "6", QUEUE, RIGHT_READ, NULL, find_escalated, NULL,
     N_("show what was escalated")},
    {"everything", "0", QUEUE, RIGHT_READ, NULL, find_all, NULL,
     N_("show comments of every state")},
    {"next", "j down", CONTEXT_LIST, RIGHT_READ, NULL, queue_next, NULL,
     N_("next comment")},
    {"previous", "k up", CONTEXT_LIST, RIGHT_READ, NULL, queue_previous, NULL,
     N_("previous comment")},
    {"page-down", "pgdn ctrl+f", CONTEXT_LIST, RIGHT_READ, NULL, queue_page_down, NULL,
     N_("a page of comments further")},
    {"page-up", "pgup ctrl+b", CONTEXT_LIST, RIGHT_READ, NULL, queue_page_up, NULL,
     N_("a page of comments back")},
    {"first", "g home", CONTEXT_LIST, RIGHT_READ, NULL, queue_first, NULL,
     N_("the oldest comment")},
    {"last", "G end", CONTEXT_LIST, RIGHT_READ, NULL, queue_last, NULL,
     N_("the newest comment")},
    {"read", "enter", QUEUE, RIGHT_READ, NULL, queue_open_comment, NULL,
     N_("give the comment the whole screen, or the list back")},
    {"pane", "tab", QUEUE, RIGHT_READ, NULL, queue_other_pane, NULL,
     N_("go from the list to the comment, and back")},
    {"back", "esc", QUEUE, RIGHT_READ, NULL, queue_back, NULL,
     N_("one step back: comment, selection, search")},
    {"scroll-down", "J", CONTEXT_LIST, RIGHT_READ, NULL, queue_comment_down, NULL,
     N_("scroll the comment down")},
    {"scroll-up", "K", CONTEXT_LIST, RIGHT_READ, NULL, queue_comment_up, NULL,
     N_("scroll the comment up")},
    {"next-part", ">", QUEUE, RIGHT_READ, NULL, queue_comment_next_part, NULL,
     N_("the next part of a very long comment")},
    {"previous-part", "<", QUEUE, RIGHT_READ, NULL, queue_comment_previous_part, NULL,
     N_("the part before")},
    {"publish", "p", QUEUE, RIGHT_PUBLISH, NULL, annotate_publish, NULL,
     N_("publish the response that waits for review")},
    {"send-back", "b", QUEUE, RIGHT_PUBLISH, NULL, annotate_send_back, NULL,
     N_("send that response back to its writer")},
    {"review", "R", QUEUE, RIGHT_PUBLISH, NULL, respond_review, NULL,
     N_("list the responses that wait for review")},
    {"drafts", "D", QUEUE, RIGHT_RESPOND, NULL, respond_drafts, NULL,
     N_("go on with a response you left open")},
    {"confirm", "y", QUEUE, RIGHT_DECIDE, NULL, team_confirm, NULL,
     N_("make a trainee's proposal a decision of yours")},
    {"decline", "N", QUEUE, RIGHT_DECIDE, NULL, team_decline, NULL,
     N_("decline a trainee's proposal")},
    {"take", "T", QUEUE, RIGHT_TAKE, NULL, team_take, NULL,
     N_("take the comment over from the colleague who reads it")},
    {"assign", "A", QUEUE, RIGHT_ASSIGN, N_("LOGIN|@AGENCY"), team_assign, NULL,
     N_("hand it to a person or an agency")},
    {"mine", "m", QUEUE, RIGHT_READ, NULL, team_mine, NULL,
     N_("show what was handed to you")},
    {"agency", "M", QUEUE, RIGHT_READ, NULL, team_of_agency, NULL,
     N_("show what was handed to your agency")},
    {"proposals", "P", QUEUE, RIGHT_READ, NULL, team_proposed, NULL,
     N_("show what trainees propose")},
    {"goto", "#", QUEUE, RIGHT_READ, N_("NUMBER"), program_goto, NULL,
     N_("go to the comment with this number")},
    {"figures", "S", QUEUE, RIGHT_READ, N_("NAME"), figures_open, NULL,
     N_("figures: what waits, how fast it goes, who is at work")},
    {"second", "v", QUEUE, RIGHT_DECIDE, NULL, second_open, NULL,
     N_("second looks: judge blindly what others decided")},
    {"language", "L", ANYWHERE | CONTEXT_TERMINAL, RIGHT_READ, NULL, program_language, NULL,
     N_("the other language, Arabic or English")},
    {"terminal", "", ANYWHERE, RIGHT_READ, NULL, terminal_screen_open, NULL,
     N_("settle how Arabic is sent to this terminal, by samples")},
    {"command", ":", ANYWHERE, RIGHT_READ, NULL, program_command_line, NULL,
     N_("type a command by its name")},
    {"redraw", "ctrl+l", ANYWHERE | CONTEXT_RESPOND, RIGHT_READ, NULL, program_redraw, NULL,
     N_("draw the whole screen again")},
    {"quit", "q", QUEUE, RIGHT_READ, NULL, program_quit, N_("quit"),
     N_("leave the program")},

    {"comment-down", "j down", CONTEXT_COMMENT, RIGHT_READ, NULL, queue_comment_down, NULL,
     N_("a line down")},
    {"comment-up", "k up", CONTEXT_COMMENT, RIGHT_READ, NULL, queue_comment_up, NULL,
     N_("a line up")},
    {"comment-page-down", "pgdn space ctrl+f", CONTEXT_COMMENT, RIGHT_READ, NULL,
     queue_comment_page_down, NULL, N_("a page down")},
    {"comment-page-up", "pgup ctrl+b", CONTEXT_COMMENT, RIGHT_READ, NULL, queue_comment_page_up,
     NULL, N_("a page up")},
    {"comment-top", "g home", CONTEXT_COMMENT, RIGHT_READ, NULL, queue_comment_top, NULL,
     N_("the comment's beginning")},
    {"comment-end", "G end", CONTEXT_COMMENT, RIGHT_READ, NULL, queue_comment_bottom, NULL,
     N_("the comment's end, with its history")},
    {"next-comment", "]", CONTEXT_COMMENT, RIGHT_READ, NULL, queue_next, NULL,
     N_("the next comment")},
    {"previous-comment", "[", CONTEXT_COMMENT, RIGHT_READ, NULL, queue_previous, NULL,
     N_("the previous comment")},

    {"submit", "ctrl+s", CONTEXT_RESPOND, RIGHT_RESPOND, NULL, respond_submit, N_("submit"),
     N_("submit the response for review")},
    {"leave", "esc", CONTEXT_RESPOND, RIGHT_RESPOND, NULL, respond_leave, N_("leave, draft kept"),
     N_("leave; the draft is kept")},
    {"template", "ctrl+t", CONTEXT_RESPOND, RIGHT_RESPOND, NULL, respond_template, N_("template"),
     N_("insert a template, its blanks filled in")},
    {"edit-outside", "ctrl+x,ctrl+e", CONTEXT_RESPOND, RIGHT_RESPOND, NULL, respond_edit_outside,
     NULL, N_("go on in your own editor ($EDITOR)")},
    {"see-further", "alt+j alt+down", CONTEXT_RESPOND, RIGHT_RESPOND, NULL, respond_comment_down,
     N_("scroll comment"), N_("scroll the comment down")},
    {"see-back", "alt+k alt+up", CONTEXT_RESPOND, RIGHT_RESPOND, NULL, respond_comment_up, NULL,
     N_("scroll the comment up")},

    {"later", "] tab", CONTEXT_SECOND, RIGHT_DECIDE, NULL, second_later, N_("later"),
     N_("leave this one for later, and show the next")},
    {"second-leave", "q esc v", CONTEXT_SECOND, RIGHT_READ, NULL, second_leave, N_("back"),
     N_("back to the queue")},
    {"draw", "d", CONTEXT_SECOND, RIGHT_SETTLE, N_("COUNT DAYS"), second_draw_sample, N_("draw"),
     N_("draw decided comments by chance, for others to judge")},
    {"second-down", "j down", CONTEXT_SECOND, RIGHT_DECIDE, NULL, second_down, NULL,
     N_("a line down")},
    {"second-up", "k up", CONTEXT_SECOND, RIGHT_DECIDE, NULL, second_up, NULL,
     N_("a line up")},
    {"second-page-down", "pgdn space ctrl+f", CONTEXT_SECOND, RIGHT_DECIDE, NULL,
     second_page_down, NULL, N_("a page down")},
    {"second-page-up", "pgup ctrl+b", CONTEXT_SECOND, RIGHT_DECIDE, NULL, second_page_up, NULL,
     N_("a page up")},
    {"second-next-part", ">", CONTEXT_SECOND, RIGHT_DECIDE, NULL, second_next_part, NULL,
     N_("the next part of a very long comment")},
    {"second-part-before", "<", CONTEXT_SECOND, RIGHT_DECIDE, NULL, second_previous_part, NULL,
     N_("the part before")},

    {"figures-next", "tab right", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_next_set,
     N_("next"), N_("the next figures; a digit chooses them at once")},
    {"figures-previous", "backtab left", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_previous_set,
     NULL, N_("the figures before")},
    {"figures-filter", "f", CONTEXT_STATISTICS, RIGHT_READ, N_("FILTER"), figures_filter_line,
     N_("narrow"), N_("narrow by time, agency, consultation, language, channel, moderator")},
    {"figures-weeks", "w", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_weeks, N_("weeks"),
     N_("count by the week, or by the day again")},
    {"figures-down", "j down", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_down, N_("down"),
     N_("a row down")},
    {"figures-up", "k up", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_up, N_("up"),
     N_("a row up")},
    {"figures-page-down", "pgdn space ctrl+f", CONTEXT_STATISTICS, RIGHT_READ, NULL,
     figures_page_down, NULL, N_("a page down")},
    {"figures-page-up", "pgup ctrl+b", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_page_up, NULL,
     N_("a page up")},
    {"figures-first", "g home", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_first, NULL,
     N_("to the top")},
    {"figures-last", "G end", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_last, NULL,
     N_("to the end")},
    {"figures-follow", "enter", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_follow, N_("open"),
     N_("go to the comment, or the comments, of this row")},
    {"figures-take", "T", CONTEXT_STATISTICS, RIGHT_SETTLE, NULL, figures_take, N_("take"),
     N_("take the escalated comment of this row, or the one that waits longest")},
    {"figures-queue", "l", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_queue, N_("list"),
     N_("list the comments these figures are about: those to take, those that are late")},
    {"figures-leave", "q esc S", CONTEXT_STATISTICS, RIGHT_READ, NULL, figures_leave, N_("back"),
     N_("back to the queue")},

    {"choose", "enter", CONTEXT_PICKER, RIGHT_READ, NULL, picker_choose, N_("choose"),
     N_("choose what is under the cursor; a digit chooses at once")},
    {"choice-down", "j down", CONTEXT_PICKER, RIGHT_READ, NULL, picker_down, N_("down"),
     N_("the next one")},
    {"choice-up", "k up", CONTEXT_PICKER, RIGHT_READ, NULL, picker_up, N_("up"),
     N_("the one before")},
    {"choice-page-down", "pgdn", CONTEXT_PICKER, RIGHT_READ, NULL, picker_page_down, NULL,
     N_("some further")},
    {"choice-page-up", "pgup", CONTEXT_PICKER, RIGHT_READ, NULL, picker_page_up, NULL,
     N_("some back")},
    {"choice-first", "g home", CONTEXT_PICKER, RIGHT_READ, NULL, picker_first, NULL,
     N_("the first one")},
    {"choice-last", "G end", CONTEXT_PICKER, RIGHT_READ, NULL, picker_last, NULL,
     N_("the last one")},
    {"choose-nothing", "esc q ctrl+c", CONTEXT_PICKER, RIGHT_READ, NULL, picker_leave,
     N_("back"), N_("choose nothing")},

    {"accept", "enter", CONTEXT_PROMPT, RIGHT_READ, NULL, prompt_accept, N_("do it"),
     N_("do what the line says")},
    {"cancel", "esc ctrl+c ctrl+g", CONTEXT_PROMPT, RIGHT_READ, NULL, prompt_cancel,
     N_("call off"), N_("leave the line undone")},
    {"complete", "tab", CONTEXT_PROMPT, RIGHT_READ, NULL, prompt_complete, N_("complete"),
     N_("complete the word, as far as it is clear")},
    {"earlier", "up", CONTEXT_PROMPT, RIGHT_READ, NULL, prompt_earlier, N_("earlier lines"),
     N_("the line entered before this one")},
    {"later", "down", CONTEXT_PROMPT, RIGHT_READ, NULL, prompt_later, NULL,
     N_("the line entered after this one")},

    {"first-sample", "1", CONTEXT_TERMINAL, RIGHT_READ, NULL, terminal_choose_first,
     N_("the first reads right"), N_("joined and put in its place by the program: explicit")},
    {"second-sample", "2", CONTEXT_TERMINAL, RIGHT_READ, NULL, terminal_choose_second,
     N_("the second"), N_("left to a terminal that reorders by itself: implicit")},
    {"third-sample", "3", CONTEXT_TERMINAL, RIGHT_READ, NULL, terminal_choose_third,
     N_("the third"), N_("not joined, for fonts without joined letters: plain")},
    {"forget-terminal", "0", CONTEXT_TERMINAL, RIGHT_READ, NULL, terminal_forget, N_("forget"),
     N_("forget what was chosen, and find it out again")},
    {"leave-samples", "esc q ctrl+c", CONTEXT_TERMINAL, RIGHT_READ, NULL, terminal_leave_samples,
     N_("back"), N_("leave it as it is")},

    {"help-down", "j down", CONTEXT_HELP, RIGHT_READ, NULL, help_down, N_("down"),
     N_("a line down")},
    {"help-up", "k up", CONTEXT_HELP, RIGHT_READ, NULL, help_up, N_("up"), N_("a line up")},
    {"help-page-down", "pgdn space", CONTEXT_HELP, RIGHT_READ, NULL, help_page_down, NULL,
     N_("a page down")},
    {"help-page-up", "pgup", CONTEXT_HELP, RIGHT_READ, NULL, help_page_up, NULL,
     N_("a page up")},
    {"help-leave", "q esc", CONTEXT_HELP, RIGHT_READ, NULL, help_leave, N_("back"),
     N_("back to where you were")},
};
/* clang-format on */

const struct command *command_table(size_t *count)
{
    *count = sizeof commands / sizeof commands[0];
    return commands;
}

enum match { MATCHES_NOT, MATCHES_BEGINNING, MATCHES };

/* Whether the keys pressed are this alternative of a command: one key, or two with a comma
 * between. A comma at either end is the key itself. */
static enum match match_keys(struct str keys, const struct press *first, const struct press *press)
{
    const char *comma = keys.size > 2 ? memchr(keys.data + 1, ',', keys.size - 2) : NULL;
    size_t cut = comma ? (size_t)(comma - keys.data) : 0;
    struct press last, begin;
    if (!press_parse(comma ? str_part(keys, cut + 1, keys.size) : keys, &last))
        return MATCHES_NOT;
    if (!comma)
        return !first && press_equal(&last, press) ? MATCHES : MATCHES_NOT;
    if (!press_parse(str_part(keys, 0, cut), &begin))
        return MATCHES_NOT;
    if (!first)
        return press_equal(&begin, press) ? MATCHES_BEGINNING : MATCHES_NOT;
    return press_equal(&begin, first) && press_equal(&last, press) ? MATCHES : MATCHES_NOT;
}

/* The best match among a command's keys. */
static enum match match_command(const struct command *command, const struct press *first,
                                const struct press *press)
{
    enum match best = MATCHES_NOT;
    const char *keys = command->keys;
    while (*keys) {
        size_t size = strcspn(keys, " ");
        enum match match = match_keys((struct str){keys, size}, first, press);
        best = match > best ? match : best;
        keys += size;
        keys += strspn(keys, " ");
    }
    return best;
}

const struct command *command_for_press(enum context context, const struct press *first,
                                        const struct press *press, bool *wants_other)
{
    size_t count;
    const struct command *table = command_table(&count);
    bool begins = false;
    const struct command *found = NULL;
    for (size_t i = 0; i < count && !found; i++) {
        if (!(table[i].where & context))
            continue;
        enum match match = match_command(&table[i], first, press);
        found = match == MATCHES ? &table[i] : NULL;
        begins |= match == MATCHES_BEGINNING;
    }
    if (wants_other)
        *wants_other = begins && !found;
    return found;
}

const struct command *command_named(struct str name)
{
    size_t count;
    const struct command *table = command_table(&count), *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(name, str_of(table[i].name)))
            return &table[i];
    }
    for (size_t i = 0; i < count && name.size > 0; i++) {
        if (!(table[i].where & QUEUE) || !str_starts(str_of(table[i].name), name))
            continue;
        if (found)
            return NULL;
        found = &table[i];
    }
    return found;
}

void command_run(struct app *app, const struct command *command, struct str argument)
{
    struct error error;
    if (app_check(app, desk_require(app->desk, command->right, &error), &error))
        command->run(app, argument);
}

void command_run_line(struct app *app, struct str line)
{
    line = str_trim(line);
    if (line.size == 0)
        return;
    const char *blank = memchr(line.data, ' ', line.size);
    size_t size = blank ? (size_t)(blank - line.data) : line.size;
    struct str argument = str_trim(str_part(line, size, line.size));
    const struct command *command = command_named(str_part(line, 0, size));
    long long number;
    if (!command && str_to_int64(line, &number)) {
        program_goto(app, line);
        return;
    }
    if (!command)
        app_say(app, STYLE_BAD, _("There is no command of this name; ? lists them all."));
    else if (!(command->where & app->top->type->context(app->top)))
        app_say(app, STYLE_BAD, _("\"%s\" does not work here."), command->name);
    else
        command_run(app, command, argument);
}
