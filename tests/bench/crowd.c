/* See crowd.h. Every matter of a comment has dice of its own, so that a change in how one is made
 * leaves the others as they are. */
#include "bench/crowd.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { DAY = 86400, HOUR = 3600, PERCENT = 100, THOUSAND = 1000 };

/* What is thrown for. */
enum matter {
    MATTER_CONSULTATION,
    MATTER_CAMPAIGN,
    MATTER_LETTER, /* which campaign a comment belongs to, and what its sender changed */
    MATTER_PLACE,
    MATTER_TIME,
    MATTER_REPLY,
    MATTER_AUTHOR,
    MATTER_TEXT,
    MATTER_FATE,
};

static int64_t first_moment(void)
{
    return CROWD_NOW - (int64_t)CROWD_DAYS * DAY;
}

/* --- Consultations and campaigns --- */

static void start_consultations(struct crowd *crowd)
{
    enum { LEAST_DAYS = 14, MORE_DAYS = 70 };
    for (int i = 0; i < CROWD_CONSULTATIONS; i++) {
        struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_CONSULTATION, (uint64_t)i);
        struct crowd_consultation *consultation = &crowd->consultations[i];
        /* One after the other over the three years; the first ones never close, so that there is
         * always something to write on. */
        int first = (int)((int64_t)i * CROWD_DAYS / CROWD_CONSULTATIONS);
        int days = LEAST_DAYS + (int)crowd_under(&dice, MORE_DAYS);
        *consultation = (struct crowd_consultation){
            .agency = (int)crowd_under(&dice, CROWD_AGENCIES),
            .draft = crowd_under(&dice, 2) == 0,
            .opens_at = first_moment() + (int64_t)first * DAY,
            .closes_at = first_moment() + (int64_t)(first + days) * DAY,
            .weight = 1 / (double)(1 + crowd_rank(&dice, CROWD_CONSULTATIONS)),
        };
        if (i < 3)
            consultation->closes_at = CROWD_NOW;
    }
}

/* The consultation that is written on at a moment, by weight. */
static int pick_consultation(const struct crowd *crowd, struct crowd_dice *dice, int64_t moment)
{
    double sum = 0;
    int picked = 0;
    for (int i = 0; i < CROWD_CONSULTATIONS; i++) {
        const struct crowd_consultation *each = &crowd->consultations[i];
        if (moment < each->opens_at || moment >= each->closes_at)
            continue;
        sum += each->weight;
        if (crowd_share(dice) * sum < each->weight)
            picked = i;
    }
    return picked;
}

/* --- Texts --- */

/* Writes a sentence of so many words; how a public writes it, not how it should be written. */
static void add_sentence(struct buffer *text, struct crowd_dice *dice, enum crowd_language language,
                         uint64_t words)
{
    static const char *const ends[CROWD_LANGUAGES][6] = {{".", ".", "!", "؟", "..", "،"},
                                                         {".", ".", "!", "?", "...", ""}};
    for (uint64_t i = 0; i < words; i++) {
        size_t start = text->size;
        if (i > 0)
            buffer_add_byte(text, ' ');
        uint64_t chance = crowd_under(dice, THOUSAND);
        if (chance < 8) {
            buffer_printf(text, "%d", (int)crowd_under(dice, 2100));
            continue;
        }
        crowd_add_word(text, language, crowd_word_rank(dice));
        bool first = i == 0 && language == CROWD_ENGLISH && text->data[start] >= 'a';
        if (first && text->data[start] <= 'z')
            text->data[start] = (char)(text->data[start] - 'a' + 'A');
        if (chance < 50 && i + 1 < words)
            buffer_add(text, str_of(language == CROWD_ARABIC ? "،" : ","));
        else if (chance < 53 && language == CROWD_ARABIC)
            buffer_add(text, str_of("ـــ")); /* tatweel */
        else if (chance < 56)
            buffer_add(text, str_of(" 😡"));
        else if (chance < 58 && language == CROWD_ARABIC)
            buffer_add(text, str_of(" ٢٠٢٥"));
    }
    buffer_add(text, str_of(ends[language][crowd_under(dice, COUNT(ends[0]))]));
}

static void add_text(struct buffer *text, struct crowd_dice *dice, enum crowd_language language,
                     uint64_t words)
{
    enum { LEAST = 4, MORE = 14, PARAGRAPH = 60 };
    uint64_t since = 0;
    while (words > 0) {
        uint64_t size = LEAST + crowd_under(dice, MORE);
        size = size < words ? size : words;
        add_sentence(text, dice, language, size);
        words -= size;
        since += size;
        if (words > 0 && since >= PARAGRAPH) {
            buffer_add(text, str_of("\n\n"));
            since = 0;
        } else if (words > 0) {
            buffer_add_byte(text, ' ');
        }
    }
}

static void start_campaigns(struct crowd *crowd)
{
    enum { LEAST_COUNT = 40, LETTERS_EACH = 2500, LEAST_DAYS = 10, MORE_DAYS = 40 };
    enum { LEAST_WORDS = 35, MOST_WORDS = 400 };
    crowd->campaign_count = LEAST_COUNT + (size_t)(crowd->comments / LETTERS_EACH);
    crowd->campaigns = memory_new(crowd->campaign_count, sizeof *crowd->campaigns);
    for (size_t i = 0; i < crowd->campaign_count; i++) {
        struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_CAMPAIGN, i);
        struct crowd_campaign *campaign = &crowd->campaigns[i];
        campaign->first_day = (int)(i * CROWD_DAYS / crowd->campaign_count);
        campaign->days = LEAST_DAYS + (int)crowd_under(&dice, MORE_DAYS);
        campaign->consultation =
            pick_consultation(crowd, &dice, first_moment() + (int64_t)campaign->first_day * DAY);
        campaign->language = crowd_under(&dice, 3) == 0 ? CROWD_ENGLISH : CROWD_ARABIC;
        campaign->weight = 1 / (double)(1 + crowd_rank(&dice, crowd->campaign_count));
        add_text(&campaign->letter, &dice, campaign->language,
                 crowd_length(&dice, LEAST_WORDS, 1.6, MOST_WORDS));
    }
}

void crowd_start(struct crowd *crowd, uint64_t seed, int64_t comments)
{
    *crowd = (struct crowd){.seed = seed, .comments = comments};
    start_consultations(crowd);
    start_campaigns(crowd);
}

void crowd_free(struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->campaign_count; i++)
        buffer_free(&crowd->campaigns[i].letter);
    free(crowd->campaigns);
    buffer_free(&crowd->body);
    buffer_free(&crowd->author);
    buffer_free(&crowd->pieces);
    *crowd = (struct crowd){0};
}

/* --- Time --- */

/* When in a day a share of its comments has come in: few at night, most in the evening. */
static int64_t second_of_day(double share)
{
    static const int by_hour[24] = {3, 2, 1, 1, 1, 2, 3, 5, 7,  7, 6, 6,
                                    6, 5, 5, 5, 6, 7, 8, 9, 10, 9, 7, 5};
    int sum = 0;
    for (int hour = 0; hour < 24; hour++)
        sum += by_hour[hour];
    double left = share * sum;
    for (int hour = 0; hour < 24; hour++) {
        if (left < by_hour[hour])
            return (int64_t)((hour + left / by_hour[hour]) * (double)HOUR);
        left -= by_hour[hour];
    }
    return DAY - 1;
}

/* Evenly over the days, unevenly within one; never earlier than the comment before. */
static int64_t moment_of(const struct crowd *crowd, int64_t number)
{
    double day = ((double)number - 0.5) / (double)crowd->comments * (double)CROWD_DAYS;
    return first_moment() + (int64_t)day * DAY + second_of_day(day - floor(day));
}

/* --- Comments --- */

static bool is_reply(const struct crowd *crowd, int64_t number)
{
    struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_REPLY, (uint64_t)number);
    return crowd_under(&dice, PERCENT) < 14;
}

/* The campaign a comment is a letter of, by weight among those of its day; -1: of none. */
static int find_campaign(const struct crowd *crowd, struct crowd_dice *dice, int64_t number)
{
    int day = (int)((moment_of(crowd, number) - first_moment()) / DAY), found = -1;
    double sum = 0;
    if (crowd_under(dice, PERCENT) >= 10 || is_reply(crowd, number))
        return -1;
    for (size_t i = 0; i < crowd->campaign_count; i++) {
        const struct crowd_campaign *each = &crowd->campaigns[i];
        if (day < each->first_day || day >= each->first_day + each->days)
            continue;
        sum += each->weight;
        if (crowd_share(dice) * sum < each->weight)
            found = (int)i;
    }
    return found;
}

/* Where a comment that is no reply belongs. */
static int find_place(const struct crowd *crowd, int64_t number)
{
    struct crowd_dice letter = crowd_dice(crowd->seed, MATTER_LETTER, (uint64_t)number);
    int campaign = find_campaign(crowd, &letter, number);
    if (campaign >= 0)
        return crowd->campaigns[campaign].consultation;
    struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_PLACE, (uint64_t)number);
    return pick_consultation(crowd, &dice, moment_of(crowd, number));
}

/* The comment a reply answers: a recent one that is no reply. 0: the first have nobody to answer. */
static int64_t find_parent(const struct crowd *crowd, int64_t number)
{
    struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_REPLY, (uint64_t)number);
    if (!is_reply(crowd, number))
        return 0;
    crowd_throw(&dice);
    int64_t parent = number - (int64_t)crowd_length(&dice, 1, 0.7, 5000);
    while (parent > 0 && is_reply(crowd, parent))
        parent--;
    return parent > 0 ? parent : 0;
}

/* A campaign's letter as one of many sends it in: some as it is, some with a greeting, other words
 * here and there, a sentence left out, or something of their own. */
static void write_letter(struct crowd *crowd, const struct crowd_campaign *campaign,
                         struct crowd_dice *dice)
{
    static const char *const greetings[CROWD_LANGUAGES][4] = {
        {"السلام عليكم، ", "تحية طيبة وبعد\n\n", "إلى من يهمه الأمر: ", "أوافق تماما. "},
        {"Dear Sir or Madam, ", "Hello,\n\n", "To whom it may concern: ", "I fully agree. "}};
    enum { AS_IS = 35, GREETED = 60, WORD_CHANGES = 12, WORD_LOST = 5 };
    enum crowd_language language = campaign->language;
    struct str letter = buffer_str(&campaign->letter);
    if (crowd_under(dice, PERCENT) < AS_IS) {
        buffer_add(&crowd->body, letter);
        return;
    }
    if (crowd_under(dice, PERCENT) < GREETED)
        buffer_add(&crowd->body, str_of(greetings[language][crowd_under(dice, 4)]));
    for (size_t start = 0, end; start < letter.size; start = end) {
        for (end = start; end < letter.size && letter.data[end] != ' '; end++)
            continue;
        end += end < letter.size;
        uint64_t chance = crowd_under(dice, THOUSAND);
        if (chance < WORD_LOST)
            continue;
        if (chance < WORD_CHANGES) {
            crowd_add_word(&crowd->body, language, crowd_word_rank(dice));
            buffer_add_byte(&crowd->body, ' ');
            continue;
        }
        buffer_add(&crowd->body, str_part(letter, start, end - start));
    }
    if (crowd_under(dice, 3) == 0) {
        buffer_add(&crowd->body, str_of("\n\n"));
        add_text(&crowd->body, dice, language, 3 + crowd_under(dice, 20));
    }
    if (crowd_under(dice, 2) == 0) {
        buffer_add_byte(&crowd->body, '\n');
        crowd_add_name(&crowd->body, language, crowd_throw(dice));
    }
}

static void write_body(struct crowd *crowd, const struct crowd_comment *comment)
{
    enum { LEAST_WORDS = 6, MOST_WORDS = 4000, MIXED = 6 };
    struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_TEXT, (uint64_t)comment->number);
    enum crowd_language other = comment->language == CROWD_ARABIC ? CROWD_ENGLISH : CROWD_ARABIC;
    buffer_clear(&crowd->body);
    if (comment->campaign > 0) {
        write_letter(crowd, &crowd->campaigns[comment->campaign - 1], &dice);
        return;
    }
    add_text(&crowd->body, &dice, comment->language,
             crowd_length(&dice, LEAST_WORDS, 1.25, MOST_WORDS));
    if (crowd_under(&dice, PERCENT) < MIXED) {
        buffer_add_byte(&crowd->body, ' ');
        add_text(&crowd->body, &dice, other, 2 + crowd_under(&dice, 10));
    }
}

/* A third give no name; of the others a few write much. */
static void write_author(struct crowd *crowd, struct crowd_comment *comment)
{
    enum { NAMELESS = 33, COMMENTS_EACH = 4 };
    struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_AUTHOR, (uint64_t)comment->number);
    buffer_clear(&crowd->author);
    buffer_clear(&crowd->pieces);
    if (crowd_under(&dice, PERCENT) >= NAMELESS) {
        uint64_t author = crowd_rank(&dice, (uint64_t)crowd->comments / COMMENTS_EACH + 1);
        /* The same person writes one language; a person of another number, perhaps another. */
        author = author * CROWD_LANGUAGES + comment->language;
        crowd_add_name(&crowd->author, comment->language, author);
        if (author % 3 != 0)
            buffer_printf(&crowd->pieces, "p%llx", (unsigned long long)author);
    }
    comment->author = buffer_str(&crowd->author);
    comment->author_key = buffer_str(&crowd->pieces);
}

/* What waits: most of what came last, and a little of everything before. A quarter in all. */
static bool waits(const struct crowd *crowd, const struct crowd_comment *comment,
                  struct crowd_dice *dice)
{
    bool last = comment->number > crowd->comments - crowd->comments / 5;
    return crowd_under(dice, PERCENT) < (last ? 94u : 8u);
}

static void decide(const struct crowd *crowd, struct crowd_comment *comment)
{
    static const struct {
        enum action action;
        unsigned percent;
    } actions[] = {{ACTION_APPROVE, 70},
                   {ACTION_REJECT, 14},
                   {ACTION_SPAM, 8},
                   {ACTION_HOLD, 4},
                   {ACTION_ESCALATE, 4}};
    enum { TAGGED = 9 };
    struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_FATE, (uint64_t)comment->number);
    if (crowd_under(&dice, PERCENT) < TAGGED)
        comment->tag = 1 + (int)crowd_rank(&dice, CROWD_TAGS);
    if (waits(crowd, comment, &dice))
        return;
    uint64_t chance = crowd_under(&dice, PERCENT);
    size_t at = 0;
    while (chance >= actions[at].percent)
        chance -= actions[at++].percent;
    comment->action = actions[at].action;
    comment->reason = (int)crowd_rank(&dice, CROWD_REASONS);
    comment->moderator = (int)crowd_rank(&dice, CROWD_MODERATORS);
    comment->decided_at =
        comment->received_at + (int64_t)crowd_length(&dice, HOUR / 4, 0.6, 60 * DAY);
    if (comment->decided_at >= CROWD_NOW)
        comment->decided_at = CROWD_NOW - 1;
}

void crowd_make(struct crowd *crowd, int64_t number, struct crowd_comment *comment)
{
    static const char *const channels[] = {"web", "web", "web", "web", "twitter", "email", "app"};
    enum { ARABIC = 65, ON_SECTION = 60, LATE = 5, LATEST_DAYS = 20 };
    struct crowd_dice letter = crowd_dice(crowd->seed, MATTER_LETTER, (uint64_t)number);
    struct crowd_dice dice = crowd_dice(crowd->seed, MATTER_TIME, (uint64_t)number);
    *comment = (struct crowd_comment){.number = number,
                                      .parent = find_parent(crowd, number),
                                      .campaign = 1 + find_campaign(crowd, &letter, number),
                                      .received_at = moment_of(crowd, number)};
    comment->consultation = find_place(crowd, comment->parent > 0 ? comment->parent : number);
    comment->language = crowd_under(&dice, PERCENT) < ARABIC ? CROWD_ARABIC : CROWD_ENGLISH;
    if (comment->campaign > 0)
        comment->language = crowd->campaigns[comment->campaign - 1].language;
    comment->channel = str_of(channels[crowd_under(&dice, COUNT(channels))]);
    comment->submitted_at = comment->received_at;
    if (comment->parent == 0 && crowd_under(&dice, PERCENT) < LATE) {
        comment->channel = str_of("post");
        comment->submitted_at -= (int64_t)crowd_under(&dice, LATEST_DAYS * DAY);
    }
    if (crowd->consultations[comment->consultation].draft &&
        crowd_under(&dice, PERCENT) < ON_SECTION)
        comment->section = 1 + (int)crowd_rank(&dice, CROWD_SECTIONS);
    write_body(crowd, comment);
    comment->body = buffer_str(&crowd->body);
    write_author(crowd, comment);
    decide(crowd, comment);
}
