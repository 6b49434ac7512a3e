-- The trail: one row for everything that was done, each sealed with a hash over the one before, so
-- that no row can be changed, removed or inserted unseen. See majlis-schema(5), and store/log.c for
-- what exactly is hashed.

CREATE TABLE log (
    sequence     INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    moderator_id INTEGER REFERENCES moderator (id), -- NULL: nobody sat at the desk
    kind         TEXT NOT NULL CHECK (kind <> ''),
    subject_id   INTEGER,
    what         TEXT NOT NULL,                     -- JSON
    hash         TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE TRIGGER log_is_kept BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'a row of the log is never deleted'); END;
CREATE TRIGGER log_stays BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'a row of the log is never changed'); END;
CREATE TRIGGER log_follows BEFORE INSERT ON log
    WHEN new.sequence IS NOT (SELECT 1 + ifnull(max(sequence), 0) FROM log)
BEGIN SELECT RAISE(ABORT, 'a row of the log is only added at its end'); END;
