-- Searching: words are found by their stems, too, and a search can be kept under a name.

PRAGMA user_version = 4;

-- The words as before, and now with their stems: see store/tokenizer.c.
DROP TABLE comment_words;
CREATE VIRTUAL TABLE comment_words USING fts5 (
    body, content = 'comment', content_rowid = 'id', tokenize = 'majlis', detail = full
);
INSERT INTO comment_words (comment_words) VALUES ('rebuild');

-- The results of a search stand in the order of their ids: where, from an id on, the next comment of
-- a state or a consultation is.
CREATE INDEX comment_of_state ON comment (state);
CREATE INDEX comment_of_consultation ON comment (consultation_id);

-- Searches that a person keeps.
CREATE TABLE saved_search (
    moderator_id INTEGER NOT NULL REFERENCES moderator (id),
    name         TEXT NOT NULL CHECK (name <> ''),
    query        TEXT NOT NULL, -- see majlis-query(7)
    saved_at     INTEGER NOT NULL,
    PRIMARY KEY (moderator_id, name)
) STRICT, WITHOUT ROWID;
