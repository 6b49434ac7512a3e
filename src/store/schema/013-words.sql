-- FTS5 gathers the words of an import in memory and writes them as a sorted piece whenever there is
-- so much of them. Larger pieces are fewer to merge, again and again, as there come to be more.
INSERT INTO comment_words (comment_words, rank) VALUES ('hashsize', 16777216);
