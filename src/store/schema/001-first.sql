-- The first schema. Names and meanings are a contract with other programs: see majlis-schema(5).
-- Times are Unix seconds, UTC.

PRAGMA application_id = 0x4d4a4c53; -- "MJLS"
PRAGMA user_version = 1;

CREATE TABLE agency (
    id      INTEGER PRIMARY KEY,
    slug    TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;

CREATE TABLE consultation (
    id        INTEGER PRIMARY KEY,
    slug      TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    agency_id INTEGER NOT NULL REFERENCES agency (id),
    kind      TEXT NOT NULL CHECK (kind IN ('consultation', 'draft', 'session')),
    title_ar  TEXT NOT NULL,
    title_en  TEXT NOT NULL,
    opens_at  INTEGER,
    closes_at INTEGER
) STRICT;
CREATE INDEX consultation_of_agency ON consultation (agency_id);

CREATE TABLE section (
    id              INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    ordinal         INTEGER NOT NULL,
    title_ar        TEXT NOT NULL,
    title_en        TEXT NOT NULL,
    body            TEXT NOT NULL,
    UNIQUE (consultation_id, ordinal)
) STRICT;

CREATE TABLE moderator (
    id        INTEGER PRIMARY KEY,
    login     TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name      TEXT NOT NULL,
    role      TEXT NOT NULL CHECK (role IN ('trainee', 'moderator', 'responder', 'supervisor', 'operator')),
    agency_id INTEGER REFERENCES agency (id),
    active    INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE comment (
    id               INTEGER PRIMARY KEY,
    consultation_id  INTEGER NOT NULL REFERENCES consultation (id),
    section_id       INTEGER REFERENCES section (id),
    parent_id        INTEGER REFERENCES comment (id),
    source           TEXT NOT NULL,
    source_id        TEXT NOT NULL,
    channel          TEXT NOT NULL DEFAULT 'web',
    author           TEXT NOT NULL DEFAULT '',
    author_key       TEXT NOT NULL DEFAULT '',
    language         TEXT NOT NULL DEFAULT 'und',
    submitted_at     INTEGER NOT NULL,
    received_at      INTEGER NOT NULL,
    state            TEXT NOT NULL DEFAULT 'pending' CHECK (state IN
                     ('pending', 'approved', 'rejected', 'spam', 'held', 'escalated')),
    revision         INTEGER NOT NULL DEFAULT 1,
    first_decided_at INTEGER, -- of the first decision that stands; NULL while none does
    body             TEXT NOT NULL -- last, so that no other column lies behind a long text
) STRICT;
-- Every queue is read in the order (submitted_at, id), whatever it is narrowed to. Each index ends
-- in the id by itself.
CREATE UNIQUE INDEX comment_by_source ON comment (source, source_id);
CREATE INDEX comment_in_order ON comment (submitted_at);
CREATE INDEX comment_by_state ON comment (state, submitted_at);
CREATE INDEX comment_by_consultation ON comment (consultation_id, submitted_at);
CREATE INDEX comment_by_consultation_state ON comment (consultation_id, state, submitted_at);
CREATE INDEX comment_by_language ON comment (language, submitted_at);
CREATE INDEX comment_by_author ON comment (author_key, submitted_at, id, state)
    WHERE author_key <> '';
CREATE INDEX comment_by_author_name ON comment (author, submitted_at, id, state)
    WHERE author <> '';
CREATE INDEX comment_replies ON comment (parent_id, submitted_at) WHERE parent_id IS NOT NULL;
CREATE INDEX comment_of_section ON comment (section_id) WHERE section_id IS NOT NULL;
CREATE INDEX comment_wait ON comment (consultation_id, first_decided_at - received_at)
    WHERE first_decided_at IS NOT NULL;

CREATE TABLE reason (
    id       INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    label_ar TEXT NOT NULL,
    label_en TEXT NOT NULL
) STRICT;

CREATE TABLE decision (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    comment_id   INTEGER NOT NULL REFERENCES comment (id),
    moderator_id INTEGER NOT NULL REFERENCES moderator (id),
    action       TEXT NOT NULL CHECK (action IN
                 ('approve', 'reject', 'spam', 'hold', 'escalate', 'undo')),
    from_state   TEXT NOT NULL CHECK (from_state IN
                 ('pending', 'approved', 'rejected', 'spam', 'held', 'escalated')),
    to_state     TEXT NOT NULL CHECK (to_state IN
                 ('pending', 'approved', 'rejected', 'spam', 'held', 'escalated')),
    reason_id    INTEGER REFERENCES reason (id),
    note         TEXT NOT NULL DEFAULT '',
    undoes_id    INTEGER UNIQUE REFERENCES decision (id),
    batch        INTEGER,           -- the first decision's id of a bulk action, undone in one step
    decided_at   INTEGER NOT NULL,
    CHECK ((action = 'undo') = (undoes_id IS NOT NULL)),
    CHECK ((action = 'reject') = (reason_id IS NOT NULL))
) STRICT;
CREATE INDEX decision_of_comment ON decision (comment_id, id);
CREATE INDEX decision_by_moderator ON decision (moderator_id, id);
CREATE INDEX decision_in_time ON decision (decided_at);
CREATE INDEX decision_of_batch ON decision (batch, id) WHERE batch IS NOT NULL;
CREATE INDEX decision_by_reason ON decision (reason_id) WHERE reason_id IS NOT NULL;

-- The trail: rows are only added, and each begins where the one before it ended. (INSERT OR REPLACE
-- would delete without asking, so that an id or an undo that is there is refused beforehand.)
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decision_is_new BEFORE INSERT ON decision
    WHEN EXISTS (SELECT 1 FROM decision WHERE id = new.id)
      OR EXISTS (SELECT 1 FROM decision WHERE undoes_id = new.undoes_id)
BEGIN SELECT RAISE(ABORT, 'a decision is never replaced, and undone only once'); END;
CREATE TRIGGER decision_follows BEFORE INSERT ON decision
    WHEN new.from_state IS NOT (SELECT state FROM comment WHERE id = new.comment_id)
BEGIN SELECT RAISE(ABORT, 'the comment is not in the state this decision starts from'); END;
CREATE TRIGGER decision_undoes BEFORE INSERT ON decision
    WHEN new.action = 'undo'
     AND NOT EXISTS (SELECT 1 FROM decision
                     WHERE id = new.undoes_id AND comment_id = new.comment_id
                       AND action <> 'undo' AND from_state = new.to_state)
BEGIN SELECT RAISE(ABORT, 'an undo goes back to where a decision on the same comment began'); END;
-- The comment follows its decisions, in the same statement.
CREATE TRIGGER decision_decides AFTER INSERT ON decision
BEGIN
    UPDATE comment
    SET state = new.to_state,
        revision = revision + 1,
        first_decided_at =
            (SELECT decided_at FROM decision AS d
             WHERE d.comment_id = new.comment_id AND d.action <> 'undo'
               AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = d.id)
             ORDER BY d.id LIMIT 1)
    WHERE id = new.comment_id;
END;

CREATE TABLE tag (
    id       INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    label_ar TEXT NOT NULL,
    label_en TEXT NOT NULL
) STRICT;

CREATE TABLE comment_tag (
    comment_id   INTEGER NOT NULL REFERENCES comment (id),
    tag_id       INTEGER NOT NULL REFERENCES tag (id),
    moderator_id INTEGER NOT NULL REFERENCES moderator (id),
    tagged_at    INTEGER NOT NULL,
    PRIMARY KEY (comment_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_tag_by_tag ON comment_tag (tag_id, comment_id);

CREATE TABLE response (
    id           INTEGER PRIMARY KEY,
    comment_id   INTEGER NOT NULL REFERENCES comment (id),
    agency_id    INTEGER NOT NULL REFERENCES agency (id),
    author_id    INTEGER NOT NULL REFERENCES moderator (id),
    reviewer_id  INTEGER REFERENCES moderator (id),
    language     TEXT NOT NULL DEFAULT 'und',
    body         TEXT NOT NULL,
    state        TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'submitted', 'published')),
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    submitted_at INTEGER,
    published_at INTEGER
) STRICT;
CREATE INDEX response_of_comment ON response (comment_id, id);
CREATE INDEX response_by_author ON response (author_id, state, changed_at);
CREATE INDEX response_by_state ON response (state, changed_at);
-- One draft of one author to one comment: what is typed goes on where it stopped.
CREATE UNIQUE INDEX response_draft ON response (comment_id, author_id) WHERE state = 'draft';

CREATE TABLE template (
    id       INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL,
    language TEXT NOT NULL,
    title    TEXT NOT NULL,
    body     TEXT NOT NULL,
    UNIQUE (slug, language)
) STRICT;

CREATE TABLE note (
    id           INTEGER PRIMARY KEY,
    comment_id   INTEGER NOT NULL REFERENCES comment (id),
    moderator_id INTEGER NOT NULL REFERENCES moderator (id),
    body         TEXT NOT NULL,
    written_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX note_of_comment ON note (comment_id, id);

CREATE TABLE claim (
    comment_id   INTEGER PRIMARY KEY REFERENCES comment (id),
    moderator_id INTEGER NOT NULL REFERENCES moderator (id),
    claimed_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_of_moderator ON claim (moderator_id);

-- What a person set up or had open, such as the command line's history.
CREATE TABLE setting (
    moderator_id INTEGER NOT NULL REFERENCES moderator (id),
    name         TEXT NOT NULL,
    value        TEXT NOT NULL,
    PRIMARY KEY (moderator_id, name)
) STRICT, WITHOUT ROWID;

-- Counts kept as things change, so that no screen has to count comments.
CREATE TABLE comment_count (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    state           TEXT NOT NULL,
    count           INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, state)
) STRICT, WITHOUT ROWID;
CREATE TABLE arrival_count ( -- comments received in an hour; hour = received_at / 3600
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    hour            INTEGER NOT NULL,
    count           INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, hour)
) STRICT, WITHOUT ROWID;
CREATE INDEX arrival_count_in_time ON arrival_count (hour);
CREATE TABLE decision_count ( -- decisions of an hour that stand: an undo takes its decision out of its hour
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    moderator_id    INTEGER NOT NULL REFERENCES moderator (id),
    hour            INTEGER NOT NULL,
    action          TEXT NOT NULL,
    reason_id       INTEGER NOT NULL DEFAULT 0, -- 0: none
    count           INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, hour, moderator_id, action, reason_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_count_in_time ON decision_count (hour);
CREATE INDEX decision_count_by_moderator ON decision_count (moderator_id, hour);
CREATE TABLE answer_count ( -- comments with a published response
    consultation_id INTEGER PRIMARY KEY REFERENCES consultation (id),
    count           INTEGER NOT NULL
) STRICT;

CREATE TRIGGER comment_arrives AFTER INSERT ON comment
BEGIN
    INSERT INTO comment_count VALUES (new.consultation_id, new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    INSERT INTO arrival_count VALUES (new.consultation_id, new.received_at / 3600, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER comment_leaves AFTER DELETE ON comment
BEGIN
    UPDATE comment_count SET count = count - 1
        WHERE consultation_id = old.consultation_id AND state = old.state;
    UPDATE arrival_count SET count = count - 1
        WHERE consultation_id = old.consultation_id AND hour = old.received_at / 3600;
END;
-- What the counts are kept by does not change: they would count one thing and mean another.
CREATE TRIGGER comment_stays BEFORE UPDATE OF consultation_id, received_at ON comment
    WHEN old.consultation_id <> new.consultation_id OR old.received_at <> new.received_at
BEGIN SELECT RAISE(ABORT, 'a comment keeps its consultation and the moment it was received'); END;
CREATE TRIGGER comment_changes_state AFTER UPDATE OF state ON comment WHEN old.state <> new.state
BEGIN
    UPDATE comment_count SET count = count - 1
        WHERE consultation_id = old.consultation_id AND state = old.state;
    INSERT INTO comment_count VALUES (new.consultation_id, new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER decision_counts AFTER INSERT ON decision WHEN new.action <> 'undo'
BEGIN
    INSERT INTO decision_count
        SELECT consultation_id, new.moderator_id, new.decided_at / 3600, new.action,
               ifnull(new.reason_id, 0), 1
        FROM comment WHERE id = new.comment_id
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER decision_counts_no_more AFTER INSERT ON decision WHEN new.action = 'undo'
BEGIN
    UPDATE decision_count SET count = count - 1
        WHERE (consultation_id, hour, moderator_id, action, reason_id) =
              (SELECT c.consultation_id, d.decided_at / 3600, d.moderator_id, d.action,
                      ifnull(d.reason_id, 0)
               FROM decision d JOIN comment c ON c.id = d.comment_id WHERE d.id = new.undoes_id);
END;
-- A comment counts as answered with its first published response and no more with its last.
CREATE TRIGGER response_arrives AFTER INSERT ON response
    WHEN new.state = 'published'
     AND NOT EXISTS (SELECT 1 FROM response
                     WHERE comment_id = new.comment_id AND state = 'published' AND id <> new.id)
BEGIN
    INSERT INTO answer_count SELECT consultation_id, 1 FROM comment WHERE id = new.comment_id
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER response_answers AFTER UPDATE OF state ON response
    WHEN new.state = 'published' AND old.state <> 'published'
     AND NOT EXISTS (SELECT 1 FROM response
                     WHERE comment_id = new.comment_id AND state = 'published' AND id <> new.id)
BEGIN
    INSERT INTO answer_count SELECT consultation_id, 1 FROM comment WHERE id = new.comment_id
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER response_answers_no_more AFTER UPDATE OF state ON response
    WHEN old.state = 'published' AND new.state <> 'published'
     AND NOT EXISTS (SELECT 1 FROM response
                     WHERE comment_id = old.comment_id AND state = 'published' AND id <> old.id)
BEGIN
    UPDATE answer_count SET count = count - 1
        WHERE consultation_id = (SELECT consultation_id FROM comment WHERE id = old.comment_id);
END;
CREATE TRIGGER response_leaves AFTER DELETE ON response
    WHEN old.state = 'published'
     AND NOT EXISTS (SELECT 1 FROM response
                     WHERE comment_id = old.comment_id AND state = 'published')
BEGIN
    UPDATE answer_count SET count = count - 1
        WHERE consultation_id = (SELECT consultation_id FROM comment WHERE id = old.comment_id);
END;
CREATE TRIGGER response_stays BEFORE UPDATE OF comment_id ON response
    WHEN old.comment_id <> new.comment_id
BEGIN SELECT RAISE(ABORT, 'a response stays with its comment'); END;

-- The words of every comment, folded by the tokenizer named majlis (see store/tokenizer.c). The
-- text itself is not stored twice. store/comment.c keeps it: in a connection that does not trust
-- the schema, no trigger may write to a virtual table.
CREATE VIRTUAL TABLE comment_words USING fts5 (
    body, content = 'comment', content_rowid = 'id', tokenize = 'majlis', detail = full
);
