/* CSV coming in: its many shapes, and files that other people made. */
#include "unit/importing.h"

#define CSV(text) ((struct str){text, sizeof text - 1})

/* Imports text and compares the body of the comment with id 1. */
static void body_of(struct scene *scene, struct str text, struct str body)
{
    struct importing importing = importing_new(IMPORT_CSV);
    char source[32];
    static int number;
    snprintf(source, sizeof source, "body-%d", number++);
    importing.options.source = str_of(source);
    scene_ok(scene, importing_read(scene, &importing, text));
    int64_t id = scene_find(scene, source, "1");
    if (id == 0)
        fail_msg("nothing came of %s%s", text.data, buffer_text(&importing.said));
    if (!str_equal(scene_comment(scene, id).body, body))
        fail_msg("'%.*s' instead of '%.*s'", STR_FORMAT(scene_comment(scene, id).body),
                 STR_FORMAT(body));
    importing_free(&importing);
}

static void files_come_in_many_shapes(void **state)
{
    struct scene *scene = *state;
    body_of(scene, CSV("id,body\n1,plain\n"), CSV("plain"));
    body_of(scene, CSV("\xef\xbb\xbfid,body\n1,mark\n"), CSV("mark"));
    body_of(scene, CSV("\xef\xbb\xbf\"id\",\"body\"\n1,mark\n"), CSV("mark"));
    body_of(scene, CSV("id,body\r\n1,crlf\r\n"), CSV("crlf"));
    body_of(scene, CSV("id,body\r1,cr\r"), CSV("cr"));
    body_of(scene, CSV("id,body\n1,no end"), CSV("no end"));
    body_of(scene, CSV("id,body\n1,\"quoted end\""), CSV("quoted end"));
    body_of(scene, CSV("body,date,x,id\nany order,2020-01-01,,1\n"), CSV("any order"));
    body_of(scene, CSV(" Id ,TEXT\n1,any case\n"), CSV("any case"));
    body_of(scene, CSV("id,body\n1,\"two\nlines, \"\"quoted\"\"\r\n\"\n"),
            CSV("two\nlines, \"quoted\"\r\n"));
    body_of(scene, CSV("id,body\n1,  blanks stay \t\n"), CSV("  blanks stay \t"));
    body_of(scene, CSV("id,body\n1,a 5\" pipe\n"), CSV("a 5\" pipe"));
    body_of(scene, CSV("id,body\n1,nul\0here\n"), CSV("nul\0here"));
    body_of(scene, CSV("id,body\n1,bad \xff\xc3 bytes\n"), CSV("bad \xff\xc3 bytes"));
    body_of(scene, CSV("\n \nid,body\n\n\n1,blank lines\n\n"), CSV("blank lines"));
    body_of(scene, CSV("نص,id\nزحمة الدوحة,1\n"), CSV("زحمة الدوحة"));
    body_of(scene, CSV("id,body,,\n1,more columns than names,,\n"), CSV("more columns than names"));
    body_of(scene, CSV("id,body,author,date\n1,short rows are filled up\n"),
            CSV("short rows are filled up"));
    body_of(scene, CSV("id,body\n1,empty cells too many,,\n"), CSV("empty cells too many"));
    body_of(scene, CSV("text,comment,id\nwrong,right,1\n"), CSV("right"));
    body_of(scene, CSV("id;body\n1;a, b\n"), CSV("a, b"));
    body_of(scene, CSV("id\tbody\r\n1\ta, b; c\r\n"), CSV("a, b; c"));
    body_of(scene, CSV("\n\"x;y\",id,body\n,1,a;b\n"), CSV("a;b"));
}

static void refused_rows_are_named_by_where_they_start(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_CSV);
    importing_counts(scene, &importing,
                     CSV("id,body\r\n"
                         "1,\"three\r\n\r\nlines\"\r\n"
                         "\r\n"
                         "2,\r\n"
                         "3,\"a\nb\",\"too\nlong\"\r\n"
                         "4\r\n"
                         "5,good\r\n"),
                     2, 0, 0, 3);
    importing_said(&importing, "comments:6: the comment has no text");
    importing_said(&importing, "comments:7: this row counts 3 fields, the header 2");
    importing_said(&importing, "comments:10: this row counts 1 fields");
    importing_free(&importing);
}

static void a_map_names_columns(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_CSV);
    importing.options.map[IMPORT_BODY] = str_of("What, then?");
    importing.options.map[IMPORT_ID] = str_of("No");
    importing_counts(scene, &importing, CSV("body,\"What, then?\",No\nwrong,right,1\n"), 1, 0, 0,
                     0);
    assert_true(str_equal(importing_comment(scene, "1").body, str_of("right")));
    importing.options.map[IMPORT_AUTHOR] = str_of("Who");
    assert_int_equal(importing_read(scene, &importing, CSV("\"What, then?\",No\nx,2\n")),
                     STATUS_INPUT);
    scene_said(scene, "comments:1: there is no column 'Who'");
    importing_free(&importing);
}

static void the_surest_date_column_wins(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_CSV);
    importing_counts(scene, &importing,
                     CSV("datetime,timestamp,comment-id,author-id,comment-body\n"
                         "Tue Feb 13 12:58:16 WIB 2018,1518501496471,895,1756,x\n"),
                     1, 0, 0, 0);
    struct comment comment = importing_comment(scene, "895");
    assert_int_equal(comment.submitted_at, 1518501496);
    assert_true(str_equal(comment.author_key, str_of("1756")));
    importing_free(&importing);
}

static void fails(struct scene *scene, struct str text, const char *said)
{
    struct importing importing = importing_new(IMPORT_CSV);
    assert_int_equal(importing_read(scene, &importing, text), STATUS_INPUT);
    scene_said(scene, said);
    assert_int_equal(scene_count(scene), SCENE_COMMENTS);
    importing_free(&importing);
}

static void a_file_that_is_not_whole_leaves_nothing(void **state)
{
    struct scene *scene = *state;
    fails(scene, CSV(""), "empty");
    fails(scene, CSV("\xef\xbb\xbf"), "empty");
    fails(scene, CSV("\xff\xfei\0d\0"), "UTF-16");
    fails(scene, CSV("id,name\n1,x\n"), "comments:1: no column gives the text");
    fails(scene, CSV("id,body\n1,good\n2,\"never\nclosed\n3,x\n"),
          "comments:3: the quote that opens on this line is never closed");
    fails(scene, CSV("id,body,author\n1,good,x\n2,\"a\nb\",\"cut"), "comments:4: ");
    fails(scene, CSV("id,body\n1,good\n2,\"not \"doubled\" here\"\n"), "not doubled");
    fails(scene, CSV("id,body\n1,\"a\"b,c\n2,\"d\"\n"), "comments:2: ");
}

static void places_hold_across_chunks(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_CSV);
    struct buffer text = {0};
    buffer_add(&text, str_of("id,body\r\n"));
    enum { ROWS = 20000 };
    for (int i = 0; i < ROWS; i++)
        buffer_printf(&text, "%d,\"line one of %d\r\nline \"\"two\"\"\"\r\n", i, i);
    buffer_add(&text, str_of("last,\r\n"));
    importing_counts(scene, &importing, buffer_str(&text), ROWS, 0, 0, 1);
    char place[32];
    snprintf(place, sizeof place, "comments:%d: ", 2 + 2 * ROWS);
    importing_said(&importing, place);
    assert_true(str_equal(importing_comment(scene, "19999").body,
                          str_of("line one of 19999\r\nline \"two\"")));
    buffer_free(&text);
    importing_free(&importing);
}

/* Files other people made, where this tree has the shared folder beside it. */
static void read_shared(struct scene *scene, const char *name, int64_t rows)
{
    char path[256];
    const char *folder = getenv("MAJLIS_SHARED_DATA");
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "../shared/data", name);
    struct importing importing = importing_new(IMPORT_CSV);
    importing.options.source = str_of(name);
    importing.options.file_name = name;
    for (int round = 0; round < 2; round++) {
        FILE *in = fopen(path, "rb");
        if (!in) {
            print_message("%s is not there\n", path);
            skip();
        }
        importing.options.context = &importing;
        enum status status = import_comments(&scene->desks[ROLE_OPERATOR], in, &importing.options,
                                             &importing.result, &scene->error);
        fclose(in);
        scene_ok(scene, status);
        print_message("%s: %s", name, buffer_text(&importing.said));
        assert_int_equal(importing.result.read, rows);
        assert_int_equal(importing.result.refused, 0);
        assert_int_equal(round ? importing.result.unchanged : importing.result.added, rows);
    }
    importing_free(&importing);
}

static void arsarcasm_is_read(void **state)
{
    enum { ROWS = 3000 };
    read_shared(*state, "arsarcasm.csv", ROWS);
}

static void polis_is_read(void **state)
{
    enum { BOWLING_GREEN_ROWS = 896, CANADA_ROWS = 174 };
    read_shared(*state, "polis-bowling-green.csv", BOWLING_GREEN_ROWS);
    read_shared(*state, "polis-canadian-electoral-reform.csv", CANADA_ROWS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_come_in_many_shapes),
        TEST(refused_rows_are_named_by_where_they_start),
        TEST(a_map_names_columns),
        TEST(the_surest_date_column_wins),
        TEST(a_file_that_is_not_whole_leaves_nothing),
        TEST(places_hold_across_chunks),
        TEST(arsarcasm_is_read),
        TEST(polis_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
