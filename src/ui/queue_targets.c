/* What a command acts on: the comment under the cursor, its line, or what was selected. */
#include "base/memory.h"
#include "ui/queue_inside.h"

#include <string.h>

/* What a row means to a deed. */
static struct target target_of(const struct queue_model *model, const struct comment_row *row)
{
    struct target target = {.comment = row->id, .letters = 1};
    if (queue_model_is_line(model, row)) {
        target.cluster = row->cluster_id;
        target.state = row->state;
        target.until = model->last_id;
        target.letters = row->letters;
    }
    return target;
}

bool queue_take_subject(struct app *app)
{
    const struct comment_row *row = queue_model_current(&app->queue->model);
    app->subject = row ? row->id : 0;
    app->subject_revision = row ? row->revision : 0;
    app->aim = row ? target_of(&app->queue->model, row) : (struct target){0};
    if (row || app->queue->chosen_count > 0)
        return true;
    app_say(app, STYLE_NORMAL, _("There is no comment here."));
    return false;
}

const struct target *queue_targets(struct app *app, size_t *count)
{
    if (app->queue->chosen_count > 0) {
        *count = app->queue->chosen_count;
        return app->queue->chosen;
    }
    *count = app->aim.comment != 0 ? 1 : 0;
    return &app->aim;
}

int64_t queue_letters(struct app *app)
{
    size_t count;
    int64_t letters = 0;
    const struct target *targets = queue_targets(app, &count);
    for (size_t i = 0; i < count; i++)
        letters += targets[i].letters;
    return letters;
}

bool queue_aims_at_line(struct app *app)
{
    return app->queue->chosen_count == 0 && app->aim.cluster != 0;
}

void queue_aim_at_subject(struct app *app)
{
    app->aim = (struct target){.comment = app->subject, .letters = 1};
}

void queue_forget_chosen(struct app *app)
{
    app->queue->chosen_count = 0;
}

/* Selects, or no longer, the comment or line under the cursor, and goes on to the next. */
void queue_choose(struct app *app, struct str argument)
{
    struct queue_screen *queue = app->queue;
    const struct comment_row *row = queue_model_current(&queue->model);
    (void)argument;
    if (!row)
        return;
    size_t at = 0;
    while (at < queue->chosen_count && queue->chosen[at].comment < row->id)
        at++;
    if (at < queue->chosen_count && queue->chosen[at].comment == row->id) {
        queue->chosen_count--;
        memmove(queue->chosen + at, queue->chosen + at + 1,
                (queue->chosen_count - at) * sizeof *queue->chosen);
    } else {
        if (queue->chosen_count == queue->chosen_capacity) {
            queue->chosen_capacity = queue->chosen_capacity ? 2 * queue->chosen_capacity : 32;
            queue->chosen =
                memory_resize(queue->chosen, queue->chosen_capacity, sizeof *queue->chosen);
        }
        memmove(queue->chosen + at + 1, queue->chosen + at,
                (queue->chosen_count - at) * sizeof *queue->chosen);
        queue->chosen[at] = target_of(&queue->model, row);
        queue->chosen_count++;
    }
    queue_move(app, 1);
    int64_t letters = queue->chosen_count > 0 ? queue_letters(app) : 0;
    app_say(app, STYLE_NORMAL,
            ngettext("%s comment selected; what you press acts on it",
                     "%s comments selected; what you press acts on all of them",
                     (unsigned long)letters),
            app_number(app, letters));
}
