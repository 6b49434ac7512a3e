/* Labelled letters and what is found of them: precision and recall over pairs of comments, as a
 * pair either is of the same letter or is not. */
#ifndef TESTS_ALIKE_LABELLED_H
#define TESTS_ALIKE_LABELLED_H

#include "base/memory.h"
#include "base/str.h"

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LABELLED_LETTERS "tests/alike/letters.jsonl"
#define LABELLED_EXAMPLES "tests/alike/examples.txt"

static const char *const labelled_examples[] = {
    "data/examples/doha-traffic.jsonl", "data/examples/world-cup-2022.jsonl",
    "data/examples/e-participation.jsonl", "data/examples/open-data.jsonl",
    "data/examples/open-session.jsonl"};

/* One comment: which letter it is of (empty: of none), and the cluster it was put in (0: none). */
struct labelled {
    char letter[40];
    int64_t cluster;
};

struct labelled_result {
    double right, found, wanted; /* pairs: rightly found, found, and to be found */
};

static inline double labelled_precision(const struct labelled_result *result)
{
    return result->found > 0 ? result->right / result->found : 1;
}

static inline double labelled_recall(const struct labelled_result *result)
{
    return result->wanted > 0 ? result->right / result->wanted : 1;
}

static inline int labelled_compare(const void *left, const void *right)
{
    const struct labelled *a = left, *b = right;
    int letters = strcmp(a->letter, b->letter);
    if (letters != 0)
        return letters;
    return a->cluster < b->cluster ? -1 : a->cluster > b->cluster;
}

static inline int labelled_compare_clusters(const void *left, const void *right)
{
    const struct labelled *a = left, *b = right;
    return a->cluster < b->cluster ? -1 : a->cluster > b->cluster;
}

static inline double labelled_pairs(size_t count)
{
    return (double)count * ((double)count - 1) / 2;
}

/* Counts the pairs; the comments are sorted while it does. */
static inline struct labelled_result labelled_count(struct labelled *comments, size_t count)
{
    struct labelled_result result = {0};
    size_t letter = 0, both = 0, cluster = 0;
    qsort(comments, count, sizeof *comments, labelled_compare);
    for (size_t i = 0; i <= count; i++) {
        bool new_letter = i == count || strcmp(comments[i].letter, comments[letter].letter) != 0;
        if (new_letter || comments[i].cluster != comments[both].cluster) {
            if (i > 0 && comments[both].letter[0] && comments[both].cluster != 0)
                result.right += labelled_pairs(i - both);
            both = i;
        }
        if (new_letter) {
            if (i > 0 && comments[letter].letter[0])
                result.wanted += labelled_pairs(i - letter);
            letter = i;
        }
    }
    qsort(comments, count, sizeof *comments, labelled_compare_clusters);
    for (size_t i = 0; i <= count; i++) {
        if (i < count && comments[i].cluster == comments[cluster].cluster)
            continue;
        if (i > 0 && comments[cluster].cluster != 0)
            result.found += labelled_pairs(i - cluster);
        cluster = i;
    }
    return result;
}

static inline FILE *labelled_open(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "%s cannot be read; run this from the top of the source\n", path);
        exit(EXIT_FAILURE);
    }
    return file;
}

/* The letter that a comment of the worked examples is of; empty for none. */
static inline const char *labelled_example(const char *id)
{
    static char letter[40];
    FILE *file = labelled_open(LABELLED_EXAMPLES);
    char *line = NULL;
    size_t room = 0;
    letter[0] = '\0';
    while (!letter[0] && getline(&line, &room, file) > 0) {
        char *rest = line, *name = strsep(&rest, " ");
        for (char *word = strsep(&rest, " \n"); word; word = strsep(&rest, " \n")) {
            if (strcmp(word, id) == 0)
                snprintf(letter, sizeof letter, "%s", name);
        }
    }
    free(line);
    fclose(file);
    return letter;
}

/* Calls each() with the letter (NULL: none) and the text of every line of a file of JSON lines;
 * returns how many. */
static inline size_t labelled_read(const char *path, const char *letter_key, const char *text_key,
                                   void (*each)(void *context, const char *letter,
                                                const char *text),
                                   void *context)
{
    FILE *file = labelled_open(path);
    char *line = NULL;
    size_t room = 0, count = 0;
    while (getline(&line, &room, file) > 0) {
        json_t *object = json_loads(line, 0, NULL);
        const char *text = json_string_value(json_object_get(object, text_key));
        const char *letter = json_string_value(json_object_get(object, letter_key));
        if (text) {
            each(context, letter && letter[0] ? letter : NULL, text);
            count++;
        }
        json_decref(object);
    }
    free(line);
    fclose(file);
    return count;
}

#endif
