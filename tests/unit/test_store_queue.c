/* Queues: whatever a query asks, its pages hold just what a look at every comment finds, in order,
 * forwards and backwards. */
#include "unit/store_support.h"

#include "base/moment.h"
#include "base/working_time.h"
#include "store/queue_scope.h"

enum { COMMENTS = 400, RANDOM_PLACES = 3, STRETCH = 8 };

/* What the tests know of each comment, kept beside the store. */
struct known {
    int64_t id, submitted_at;
    int64_t received_at, decide_at, answer_at; /* when it is due; answer_at 0: it asks nothing */
    int consultation, source, language, author, channel;
    int section; /* its number, of metro's; 0: none */
    bool answered;
    bool tagged[2], said[2], by_form; /* by_form: says "roads", not "road" */
    enum comment_state state;
};

enum { SECTIONS = 3 };

struct known_all {
    struct fixture *fixture;
    struct known comments[COMMENTS];
};

static const char *const sources[] = {"forum", "import.csv"};
static const char *const languages[] = {"ar", "en", "und"};
static const char *const authors[] = {"Sara", "أحمد", ""};
static const char *const keys[] = {"", "", "key-7"};
static const char *const channels[] = {"web", "app"};
static const char *const bodies[] = {"nothing of note", "the road is closed", "metro is late?",
                                     "roads and a metro"};

static void decide(struct fixture *fixture, struct known *known)
{
    static const enum action actions[] = {ACTION_UNDO, ACTION_APPROVE, ACTION_REJECT,
                                          ACTION_SPAM, ACTION_HOLD,    ACTION_ESCALATE};
    known->state = (enum comment_state)fixture_random(fixture, STATE_COUNT);
    if (known->state == STATE_PENDING)
        return;
    struct decision decision = {.comment_id = known->id,
                                .moderator_id = fixture->moderators[0],
                                .action = actions[known->state],
                                .from_state = STATE_PENDING,
                                .to_state = known->state,
                                .decided_at = FIXTURE_NOW};
    if (known->state == STATE_REJECTED)
        decision.reason_id = fixture->reasons[0];
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
}

/* When it is due, by the calendar and promises that a new database has. */
static int64_t due_at(struct fixture *fixture, int64_t days, int64_t received_at)
{
    struct work_period period = {.first_day = 0, .last_day = INT32_MAX};
    struct work_calendar calendar = {.periods = &period, .period_count = 1};
    calendar.clock = ask(fixture, "SELECT seconds FROM team_clock");
    assert_true(work_week_parse(str_of("sun-thu 07:00-14:30"), &period.week));
    return work_due(&calendar, (struct work_promise){days, true}, received_at);
}

static void answer(struct fixture *fixture, struct known *known)
{
    struct response response = {.comment_id = known->id,
                                .agency_id = fixture->agencies[0],
                                .author_id = fixture->moderators[0],
                                .language = str_of("en"),
                                .body = str_of("an answer"),
                                .state = RESPONSE_PUBLISHED,
                                .created_at = FIXTURE_NOW,
                                .changed_at = FIXTURE_NOW,
                                .submitted_at = FIXTURE_NOW,
                                .published_at = FIXTURE_NOW,
                                .reviewer_id = fixture->moderators[1]};
    must(fixture, response_write(fixture->store, &response, 0, &fixture->error));
    known->answered = true;
}

static void add_sections(struct fixture *fixture)
{
    for (int i = 0; i < SECTIONS; i++) {
        struct section section = {.consultation_id = fixture->consultations[1],
                                  .ordinal = i + 1,
                                  .title = {str_of("قسم"), str_of("Section")}};
        must(fixture, section_add(fixture->store, &section, &fixture->error));
    }
}

/* The id of metro's section with this number. */
static int64_t section_of(struct fixture *fixture, int ordinal)
{
    return ask(fixture,
               arena_printf(&fixture->arena, "SELECT id FROM section WHERE ordinal = %d", ordinal));
}

static void add_known(struct fixture *fixture, struct known *known)
{
    bool changed;
    uint32_t body = fixture_random(fixture, 4);
    known->consultation = (int)fixture_random(fixture, FIXTURE_CONSULTATIONS);
    known->source = (int)fixture_random(fixture, 2);
    known->language = (int)fixture_random(fixture, 3);
    known->author = (int)fixture_random(fixture, 3);
    known->said[0] = body & 1;
    known->said[1] = body & 2;
    known->by_form = body == 3;
    /* Few different moments, so that many fall into the same second. */
    known->submitted_at = FIXTURE_NOW + fixture_random(fixture, 40);
    struct comment comment = fixture_comment(fixture, known->consultation, str_of(bodies[body]));
    comment.source = str_of(sources[known->source]);
    comment.language = str_of(languages[known->language]);
    comment.author = str_of(authors[known->author]);
    comment.author_key = str_of(keys[known->author]);
    comment.submitted_at = known->submitted_at;
    known->channel = (int)fixture_random(fixture, 2);
    known->received_at = FIXTURE_NOW - fixture_random(fixture, 14 * SECONDS_A_DAY);
    known->decide_at = due_at(fixture, 2, known->received_at);
    known->answer_at = body == 2 ? due_at(fixture, 5, known->received_at) : 0;
    comment.channel = str_of(channels[known->channel]);
    if (known->consultation == 1)
        known->section = (int)fixture_random(fixture, SECTIONS + 1);
    comment.section_id = known->section ? section_of(fixture, known->section) : 0;
    comment.received_at = known->received_at;
    known->id = fixture_add(fixture, comment);
    decide(fixture, known);
    if (fixture_random(fixture, 4) == 0)
        answer(fixture, known);
    for (int tag = 0; tag < 2; tag++) {
        known->tagged[tag] = fixture_random(fixture, tag ? 20 : 2) == 0;
        if (known->tagged[tag])
            must(fixture, comment_tag_add(fixture->store, known->id, fixture->tags[tag],
                                          fixture->moderators[0], 0, &changed, &fixture->error));
    }
}

static int compare_known(const void *left, const void *right)
{
    const struct known *a = left, *b = right;
    if (a->submitted_at != b->submitted_at)
        return a->submitted_at < b->submitted_at ? -1 : 1;
    return a->id < b->id ? -1 : 1;
}

static int open_known(void **state)
{
    struct known_all *all = calloc(1, sizeof *all);
    void *fixture;
    fixture_open(&fixture);
    moment_fix(FIXTURE_NOW);
    all->fixture = fixture;
    must(fixture, store_begin(all->fixture->store, &all->fixture->error));
    add_sections(all->fixture);
    for (int i = 0; i < COMMENTS; i++)
        add_known(all->fixture, &all->comments[i]);
    must(fixture, store_commit(all->fixture->store, &all->fixture->error));
    qsort(all->comments, COMMENTS, sizeof *all->comments, compare_known);
    *state = all;
    return 0;
}

static int close_known(void **state)
{
    struct known_all *all = *state;
    void *fixture = all->fixture;
    int result = fixture_close(&fixture);
    free(all);
    return result;
}

/* The parts a query is put together from, with what each means for a known comment. */
enum part {
    PART_STATE = 1 << 0,
    PART_STATES = 1 << 1,
    PART_CONSULTATION = 1 << 2,
    PART_AGENCY = 1 << 3,
    PART_LANGUAGE = 1 << 4,
    PART_SOURCE = 1 << 5,
    PART_TAG = 1 << 6,
    PART_RARE_TAG = 1 << 7,
    PART_AUTHOR = 1 << 8,
    PART_AUTHOR_KEY = 1 << 9,
    PART_WORD = 1 << 10,
    PART_DATES = 1 << 11,
    PART_NO_WORD = 1 << 12,
    PART_CHANNEL = 1 << 13,
    PART_RECEIVED = 1 << 14,
    PART_LATE = 1 << 15,
    PART_DUE = 1 << 16,
    PART_LATE_ANSWER = 1 << 17,
    PART_SECTION = 1 << 18,
    PART_ALL = 1 << 19,
};

static const char *const part_texts[] = {
    "state:held ",
    "state:pending state:spam state:approved ",
    "consultation:metro ",
    "agency:roads ",
    "lang:ar ",
    "source:import.csv ",
    "tag:parking ",
    "tag:safety ",
    "author:أحمد ",
    "author:key-7 ",
    "road ",
    "",
    "-metro ",
    "channel:app ",
    "received:<3d received:>8d ",
    "late:decide ",
    "due:>1d due:<+2d ",
    "late:answer ",
    "section:2 ",
};

/* Parts that say the same field twice, or a section of nothing. */
static bool contradicts(unsigned parts)
{
    const unsigned states = PART_STATE | PART_STATES, tags = PART_TAG | PART_RARE_TAG,
                   people = PART_AUTHOR | PART_AUTHOR_KEY, late = PART_LATE | PART_LATE_ANSWER;
    if ((parts & late) == late || (parts & (PART_SECTION | PART_CONSULTATION)) == PART_SECTION)
        return true;
    return (parts & states) == states || (parts & tags) == tags || (parts & people) == people;
}

/* An excluded word, a section and what is due go with a few of the others: with all, it would take as long
 * again for each. */
static bool is_too_much(unsigned parts)
{
    enum { FEW = 2 };
    const unsigned long_ones =
        PART_NO_WORD | PART_CHANNEL | PART_RECEIVED | PART_LATE | PART_DUE | PART_LATE_ANSWER;
    if (parts & PART_SECTION)
        return __builtin_popcount(parts & ~(unsigned)(PART_SECTION | PART_CONSULTATION)) > FEW;
    return (parts & long_ones) && __builtin_popcount(parts) > FEW;
}

static bool fits(const struct known *known, unsigned parts)
{
    bool waits = known->state == STATE_PENDING || known->state == STATE_HELD ||
                 known->state == STATE_ESCALATED;
    const bool answers[] = {
        known->state == STATE_HELD,
        known->state == STATE_PENDING || known->state == STATE_SPAM ||
            known->state == STATE_APPROVED,
        known->consultation == 1,
        known->consultation != 3,
        known->language == 0,
        known->source == 1,
        known->tagged[0],
        known->tagged[1],
        known->author == 1,
        known->author == 2,
        known->said[0],
        known->submitted_at >= FIXTURE_NOW + 5 && known->submitted_at < FIXTURE_NOW + 33,
        !known->said[1],
        known->channel == 1,
        known->received_at < FIXTURE_NOW - 3 * SECONDS_A_DAY &&
            known->received_at >= FIXTURE_NOW - 8 * SECONDS_A_DAY,
        waits && known->decide_at < FIXTURE_NOW,
        waits && known->decide_at >= FIXTURE_NOW - SECONDS_A_DAY &&
            known->decide_at < FIXTURE_NOW + 2 * SECONDS_A_DAY,
        known->state != STATE_REJECTED && known->state != STATE_SPAM && !known->answered &&
            known->answer_at != 0 && known->answer_at < FIXTURE_NOW,
        known->section == 2,
    };
    for (unsigned part = 0; part < sizeof answers / sizeof *answers; part++) {
        if ((parts & (1u << part)) && !answers[part])
            return false;
    }
    return true;
}

static struct query query_of(struct fixture *fixture, unsigned parts)
{
    struct buffer text = {0};
    for (unsigned part = 0; part < sizeof part_texts / sizeof *part_texts; part++) {
        if (parts & (1u << part))
            buffer_add(&text, str_of(part_texts[part]));
    }
    struct query query = fixture_query(fixture, buffer_text(&text));
    buffer_free(&text);
    if (parts & PART_DATES) {
        query.has_after = query.has_before = true;
        query.after = FIXTURE_NOW + 5;
        query.before = FIXTURE_NOW + 33;
    }
    return query;
}

/* --- Pages against a look at everything --- */

struct expected {
    const struct known *list[COMMENTS];
    size_t count;
};

/* What a search finds stands in another order. */
static int compare_found(const void *left, const void *right)
{
    const struct known *a = *(const struct known *const *)left,
                       *b = *(const struct known *const *)right;
    if (a->by_form != b->by_form)
        return a->by_form ? 1 : -1;
    return (a->id > b->id) - (a->id < b->id);
}

static struct expected look(const struct known_all *all, unsigned parts)
{
    struct expected expected = {.count = 0};
    for (int i = 0; i < COMMENTS; i++) {
        if (fits(&all->comments[i], parts))
            expected.list[expected.count++] = &all->comments[i];
    }
    if (parts & PART_WORD)
        qsort(expected.list, expected.count, sizeof *expected.list, compare_found);
    return expected;
}

static void same_rows(const struct expected *expected, size_t from, const struct comment_row *rows,
                      size_t count, unsigned parts)
{
    for (size_t i = 0; i < count; i++) {
        if (from + i >= expected->count || rows[i].id != expected->list[from + i]->id)
            fail_msg("parts %x: row %zu is comment %lld", parts, from + i, (long long)rows[i].id);
        assert_int_equal(rows[i].state, expected->list[from + i]->state);
        assert_int_equal(rows[i].by_form, (parts & PART_WORD) && expected->list[from + i]->by_form);
    }
}

/* Goes through the queue by pages of limit rows, one way. */
static void walk(struct known_all *all, const struct query *query, const struct expected *expected,
                 enum queue_way way, size_t limit, unsigned parts)
{
    struct fixture *fixture = all->fixture;
    struct queue_place place;
    struct comment_row *rows;
    size_t count, seen = 0;
    do {
        must(fixture, queue_page(fixture->store, query, seen ? &place : NULL, way, limit,
                                 &fixture->arena, &rows, &count, &fixture->error));
        assert_true(count <= limit && seen + count <= expected->count);
        size_t from = way == QUEUE_AFTER ? seen : expected->count - seen - count;
        same_rows(expected, from, rows, count, parts);
        seen += count;
        if (count > 0) {
            const struct comment_row *edge = &rows[way == QUEUE_AFTER ? count - 1 : 0];
            place = queue_place_of(edge);
        }
    } while (count == limit);
    if (seen != expected->count)
        fail_msg("parts %x: %zu of %zu rows", parts, seen, expected->count);
}

/* Whether a comment stands before, at or behind a place. */
static int compare_place(const struct known *known, const struct queue_place *place, unsigned parts)
{
    if (!(parts & PART_WORD) && known->submitted_at != place->submitted_at)
        return known->submitted_at < place->submitted_at ? -1 : 1;
    if ((parts & PART_WORD) && known->by_form != place->by_form)
        return known->by_form ? 1 : -1;
    return (known->id > place->id) - (known->id < place->id);
}

/* Pages from places between rows, outside the dates, and from no comment's place. */
static void jump(struct known_all *all, const struct query *query, const struct expected *expected,
                 unsigned parts)
{
    struct fixture *fixture = all->fixture;
    enum { LIMIT = 7 };
    for (int i = 0; i < RANDOM_PLACES; i++) {
        struct queue_place place = {.submitted_at = FIXTURE_NOW - 2 + fixture_random(fixture, 44),
                                    .id = fixture_random(fixture, COMMENTS + 2),
                                    .by_form = (parts & PART_WORD) && fixture_random(fixture, 2)};
        size_t before = 0, count;
        struct comment_row *rows;
        while (before < expected->count && compare_place(expected->list[before], &place, parts) < 0)
            before++;
        size_t after = before;
        if (after < expected->count && compare_place(expected->list[after], &place, parts) == 0)
            after++;
        must(fixture, queue_page(fixture->store, query, &place, QUEUE_AFTER, LIMIT, &fixture->arena,
                                 &rows, &count, &fixture->error));
        assert_int_equal(count, expected->count - after < LIMIT ? expected->count - after : LIMIT);
        same_rows(expected, after, rows, count, parts);
        must(fixture, queue_page(fixture->store, query, &place, QUEUE_BEFORE, LIMIT,
                                 &fixture->arena, &rows, &count, &fixture->error));
        assert_int_equal(count, before < LIMIT ? before : LIMIT);
        same_rows(expected, before - count, rows, count, parts);
    }
}

static void count(struct known_all *all, const struct query *query, unsigned parts)
{
    struct fixture *fixture = all->fixture;
    int64_t counts[STATE_COUNT], expected[STATE_COUNT] = {0}, most = INT64_MAX;
    for (int i = 0; i < COMMENTS; i++)
        expected[all->comments[i].state] +=
            fits(&all->comments[i], parts & ~(unsigned)(PART_STATE | PART_STATES));
    must(fixture, queue_counts(fixture->store, query, most, counts, &fixture->error));
    assert_memory_equal(counts, expected, sizeof counts);
    must(fixture, queue_counts(fixture->store, query, 3, counts, &fixture->error));
    bool kept = !(parts & ~(unsigned)(PART_STATE | PART_STATES | PART_CONSULTATION | PART_AGENCY));
    int64_t all_counted = 0;
    for (int state = 0; state < STATE_COUNT; state++)
        all_counted += counts[state];
    for (int state = 0; state < STATE_COUNT; state++) {
        int64_t bounded = expected[state] < 3 ? expected[state] : 3;
        bool own = query->states == 0 || (query->states & (1u << state));
        /* Where words find so many in all, the states of others are not counted to the end. */
        if ((parts & PART_WORD) && all_counted >= 3 && (!own || query->states == 0))
            assert_true(counts[state] <= bounded);
        else
            assert_int_equal(counts[state], kept ? expected[state] : bounded);
    }
}

/* Every query that the parts can make, with rare things leading where they hold at most rare
 * rows. */
static void ask_everything(struct known_all *all, int64_t rare)
{
    struct fixture *fixture = all->fixture;
    /* Words that are common, so that the other parts of a search lead where they are rare. */
    if (rare < RARE_ROWS) {
        fixture->store->walk_rows = 0;
        fixture->store->probe_rows = rare;
    }
    fixture->store->rare_rows = rare;
    fixture->store->stretch_ids = STRETCH;
    for (unsigned parts = 0; parts < PART_ALL; parts++) {
        if (contradicts(parts) || is_too_much(parts))
            continue;
        struct arena kept = fixture->arena;
        fixture->arena = (struct arena){0};
        struct query query = query_of(fixture, parts);
        struct expected expected = look(all, parts);
        size_t limit = 1 + expected.count / (2 + fixture_random(fixture, 4));
        walk(all, &query, &expected, QUEUE_AFTER, limit, parts);
        walk(all, &query, &expected, QUEUE_BEFORE, limit, parts);
        jump(all, &query, &expected, parts);
        count(all, &query, parts);
        arena_free(&fixture->arena);
        fixture->arena = kept;
    }
}

static void pages_hold_what_a_look_finds(void **state)
{
    struct known_all *all = *state;
    ask_everything(all, RARE_ROWS);
}

static void rare_things_lead_to_the_same(void **state)
{
    struct known_all *all = *state;
    ask_everything(all, COMMENTS / 3);
}

static void common_things_are_filtered_to_the_same(void **state)
{
    struct known_all *all = *state;
    ask_everything(all, 0);
}

static void many_in_one_second_are_passed_in_pages(void **state)
{
    struct fixture *fixture = *state;
    enum { TIED = 50 };
    struct query query = {0};
    struct queue_place place = {.submitted_at = FIXTURE_NOW};
    struct comment_row *rows;
    size_t count;
    int64_t first = 0;
    for (int i = 0; i < TIED; i++) {
        struct comment comment = fixture_comment(fixture, 0, str_of("words"));
        comment.submitted_at = FIXTURE_NOW;
        int64_t id = fixture_add(fixture, comment);
        first = first ? first : id;
    }
    for (int i = 0; i < TIED; i++) {
        must(fixture, queue_page(fixture->store, &query, &place, QUEUE_AFTER, 1, &fixture->arena,
                                 &rows, &count, &fixture->error));
        assert_int_equal(count, 1);
        assert_int_equal(rows[0].id, first + i);
        place.id = rows[0].id;
    }
    must(fixture, queue_page(fixture->store, &query, &place, QUEUE_AFTER, 1, &fixture->arena, &rows,
                             &count, &fixture->error));
    assert_int_equal(count, 0);
    must(fixture, queue_page(fixture->store, &query, NULL, QUEUE_AFTER, 0, &fixture->arena, &rows,
                             &count, &fixture->error));
    assert_int_equal(count, 0);
}

static void rows_tell_what_hangs_on_them(void **state)
{
    struct fixture *fixture = *state;
    struct query query = {0};
    struct comment_row *rows;
    size_t count;
    bool changed;
    int64_t id = fixture_add_text(fixture, "words");
    struct comment reply = fixture_comment(fixture, 0, str_of("reply"));
    reply.parent_id = id;
    fixture_add(fixture, reply);
    must(fixture, comment_tag_add(fixture->store, id, fixture->tags[0], fixture->moderators[0], 0,
                                  &changed, &fixture->error));
    struct response response = {.comment_id = id,
                                .agency_id = fixture->agencies[0],
                                .author_id = fixture->moderators[0],
                                .state = RESPONSE_DRAFT};
    must(fixture,
         response_write(fixture->store, &response, fixture->moderators[0], &fixture->error));
    for (int answered = 0; answered < 2; answered++) {
        must(fixture, queue_page(fixture->store, &query, NULL, QUEUE_AFTER, 10, &fixture->arena,
                                 &rows, &count, &fixture->error));
        assert_int_equal(count, 2);
        assert_int_equal(rows[0].tag_count, 1);
        assert_int_equal(rows[0].reply_count, 1);
        assert_int_equal(rows[0].answered, answered);
        assert_int_equal(rows[1].parent_id, id);
        assert_int_equal(rows[1].tag_count + rows[1].reply_count + rows[1].answered, 0);
        response.state = RESPONSE_SUBMITTED;
        must(fixture,
             response_write(fixture->store, &response, fixture->moderators[0], &fixture->error));
    }
}

static void unknown_names_are_said(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"consultation:roads", "'roads'; there are: traffic, metro, gardens, beaches"},
        {"agency:traffic", "'traffic'; there are: roads, parks"},
        {"tag:none state:held", "'none'; there are: metro, parking, safety"},
        {"section:2", "name that as well: consultation:NAME section:2"},
        {"agency:roads section:1 lang:ar", "name that as well"},
        {"consultation:metro section:4", "'metro' has no section 4; there are: 1, 2, 3"},
        {"consultation:traffic section:1", "'traffic' has no section 1; there are: none yet"},
    };
    add_sections(fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct query query = fixture_query(fixture, cases[i].text);
        struct comment_row *rows;
        size_t count;
        int64_t counts[STATE_COUNT];
        assert_int_equal(queue_page(fixture->store, &query, NULL, QUEUE_AFTER, 10, &fixture->arena,
                                    &rows, &count, &fixture->error),
                         STATUS_INPUT);
        must_say(fixture, cases[i].says);
        assert_int_equal(queue_counts(fixture->store, &query, 10, counts, &fixture->error),
                         STATUS_INPUT);
        must_say(fixture, cases[i].says);
    }
    struct query query = fixture_query(fixture, "source:none lang:xx author:nobody");
    int64_t counts[STATE_COUNT];
    must(fixture, queue_counts(fixture->store, &query, 10, counts, &fixture->error));
    assert_int_equal(counts[STATE_PENDING], 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
#define TEST_KNOWN(name) cmocka_unit_test_setup_teardown(name, open_known, close_known)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_KNOWN(pages_hold_what_a_look_finds),
        TEST_KNOWN(rare_things_lead_to_the_same),
        TEST_KNOWN(common_things_are_filtered_to_the_same),
        TEST(many_in_one_second_are_passed_in_pages),
        TEST(rows_tell_what_hangs_on_them),
        TEST(unknown_names_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
