-- Many at work: whom a comment is for, what a trainee proposes, and what the team has agreed on.

PRAGMA user_version = 2;

-- Whom a comment was handed to: an agency or a person, never both.
CREATE TABLE assignment (
    comment_id   INTEGER PRIMARY KEY REFERENCES comment (id),
    agency_id    INTEGER REFERENCES agency (id),
    moderator_id INTEGER REFERENCES moderator (id),
    assigned_by  INTEGER NOT NULL REFERENCES moderator (id),
    assigned_at  INTEGER NOT NULL,
    CHECK ((agency_id IS NULL) <> (moderator_id IS NULL))
) STRICT;
CREATE INDEX assignment_to_agency ON assignment (agency_id, comment_id)
    WHERE agency_id IS NOT NULL;
CREATE INDEX assignment_to_moderator ON assignment (moderator_id, comment_id)
    WHERE moderator_id IS NOT NULL;

-- A trainee's decision, until another makes it or declines it.
CREATE TABLE proposal (
    comment_id   INTEGER PRIMARY KEY REFERENCES comment (id),
    moderator_id INTEGER NOT NULL REFERENCES moderator (id),
    revision     INTEGER NOT NULL, -- of the comment, as the trainee read it
    action       TEXT NOT NULL CHECK (action IN ('approve', 'reject', 'spam', 'hold', 'escalate')),
    reason_id    INTEGER REFERENCES reason (id),
    note         TEXT NOT NULL DEFAULT '',
    proposed_at  INTEGER NOT NULL,
    CHECK ((action = 'reject') = (reason_id IS NOT NULL))
) STRICT;
CREATE INDEX proposal_of_moderator ON proposal (moderator_id, proposed_at);

-- A decision, whoever makes it, ends what was claimed and proposed before it.
CREATE TRIGGER decision_settles AFTER INSERT ON decision
BEGIN
    DELETE FROM claim WHERE comment_id = new.comment_id;
    DELETE FROM proposal WHERE comment_id = new.comment_id;
END;

-- What holds for the whole team, such as how long a claim lasts.
CREATE TABLE policy (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
