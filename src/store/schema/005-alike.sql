-- Look-alikes: letters that come again and again with changes of their senders' own are found as
-- they arrive (see store/alike.c), and one line of a queue stands for all of a cluster.

-- A cluster is one letter, as the first sender wrote it, and all that are like that.
CREATE TABLE cluster (
    id              INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    letters         INTEGER NOT NULL DEFAULT 0, -- kept: comments in it now
    pattern         TEXT NOT NULL               -- the first letter's text, as it was then
) STRICT;
CREATE INDEX cluster_of_consultation ON cluster (consultation_id, letters);
CREATE INDEX cluster_by_letters ON cluster (letters);

ALTER TABLE comment ADD COLUMN cluster_id INTEGER REFERENCES cluster (id);
-- 1: another letter of the same cluster and state stands for it in a queue of lines. That is the
-- first in the queue's order, so that a queue shows each cluster once for each state.
ALTER TABLE comment ADD COLUMN represented INTEGER NOT NULL DEFAULT 0;
CREATE INDEX comment_by_cluster ON comment (cluster_id, state, submitted_at)
    WHERE cluster_id IS NOT NULL;
CREATE INDEX comment_line_by_state ON comment (state, submitted_at) WHERE represented = 0;
CREATE INDEX comment_line_by_consultation_state ON comment (consultation_id, state, submitted_at)
    WHERE represented = 0;

-- What letters are found by: a few hashes of each, with the first comments that have them.
CREATE TABLE alike_key (
    key        INTEGER NOT NULL,
    comment_id INTEGER NOT NULL,
    PRIMARY KEY (key, comment_id)
) STRICT, WITHOUT ROWID;
-- Comments from before there was such an index, which are still to be taken: next_id to last_id.
CREATE TABLE alike_backlog (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    next_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL
) STRICT;
INSERT INTO alike_backlog SELECT 1, 1, ifnull(max(id), 0) FROM comment;

-- Counts kept as things change.
CREATE TABLE cluster_state ( -- letters of a cluster by their state
    cluster_id INTEGER NOT NULL REFERENCES cluster (id),
    state      TEXT NOT NULL,
    letters    INTEGER NOT NULL,
    PRIMARY KEY (cluster_id, state)
) STRICT, WITHOUT ROWID;
CREATE TABLE cluster_count ( -- clusters that have letters in a state, and these letters
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    state           TEXT NOT NULL, -- '': in whatever state
    letters         INTEGER NOT NULL,
    clusters        INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, state)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cluster_state_begins AFTER INSERT ON cluster_state
BEGIN
    INSERT INTO cluster_count
        SELECT consultation_id, new.state, new.letters, new.letters > 0
        FROM cluster WHERE id = new.cluster_id
        ON CONFLICT DO UPDATE SET letters = letters + excluded.letters,
                                  clusters = clusters + excluded.clusters;
END;
CREATE TRIGGER cluster_state_changes AFTER UPDATE OF letters ON cluster_state
BEGIN
    UPDATE cluster_count
    SET letters = letters + new.letters - old.letters,
        clusters = clusters + (new.letters > 0) - (old.letters > 0)
    WHERE consultation_id = (SELECT consultation_id FROM cluster WHERE id = new.cluster_id)
      AND state = new.state;
END;
CREATE TRIGGER cluster_changes AFTER UPDATE OF letters ON cluster
BEGIN
    INSERT INTO cluster_count VALUES (new.consultation_id, '', new.letters - old.letters,
                                      (new.letters > 0) - (old.letters > 0))
        ON CONFLICT DO UPDATE SET letters = letters + excluded.letters,
                                  clusters = clusters + excluded.clusters;
END;

-- A comment comes to a cluster, leaves it, or changes its state in one: it is counted, and which
-- letter stands for the others is kept.
CREATE TRIGGER comment_moves AFTER UPDATE OF cluster_id, state ON comment
    WHEN (old.cluster_id IS NOT NULL OR new.cluster_id IS NOT NULL)
     AND (old.cluster_id IS NOT new.cluster_id OR old.state <> new.state)
BEGIN
    UPDATE cluster SET letters = letters - 1
        WHERE id = old.cluster_id AND old.cluster_id IS NOT new.cluster_id;
    UPDATE cluster_state SET letters = letters - 1
        WHERE cluster_id = old.cluster_id AND state = old.state;
    UPDATE comment SET represented = 0
        WHERE represented = 1
          AND id = (SELECT id FROM comment INDEXED BY comment_by_cluster
                    WHERE cluster_id = old.cluster_id AND state = old.state
                    ORDER BY submitted_at, id LIMIT 1);
    UPDATE cluster SET letters = letters + 1
        WHERE id = new.cluster_id AND old.cluster_id IS NOT new.cluster_id;
    INSERT INTO cluster_state
        SELECT new.cluster_id, new.state, 1 WHERE new.cluster_id IS NOT NULL
        ON CONFLICT DO UPDATE SET letters = letters + 1;
    UPDATE comment SET represented = 0
        WHERE id = new.id AND represented = 1
          AND (new.cluster_id IS NULL
               OR id = (SELECT id FROM comment INDEXED BY comment_by_cluster
                        WHERE cluster_id = new.cluster_id AND state = new.state
                        ORDER BY submitted_at, id LIMIT 1));
    -- Of the new one and the second in order, who is not the first stands behind it.
    UPDATE comment SET represented = 1
        WHERE represented = 0
          AND id IN (new.id,
                     (SELECT id FROM comment INDEXED BY comment_by_cluster
                      WHERE cluster_id = new.cluster_id AND state = new.state
                      ORDER BY submitted_at, id LIMIT 1 OFFSET 1))
          AND id <> (SELECT id FROM comment INDEXED BY comment_by_cluster
                     WHERE cluster_id = new.cluster_id AND state = new.state
                     ORDER BY submitted_at, id LIMIT 1);
END;
CREATE TRIGGER comment_leaves_cluster AFTER DELETE ON comment WHEN old.cluster_id IS NOT NULL
BEGIN
    UPDATE cluster SET letters = letters - 1 WHERE id = old.cluster_id;
    UPDATE cluster_state SET letters = letters - 1
        WHERE cluster_id = old.cluster_id AND state = old.state;
    UPDATE comment SET represented = 0
        WHERE represented = 1
          AND id = (SELECT id FROM comment INDEXED BY comment_by_cluster
                    WHERE cluster_id = old.cluster_id AND state = old.state
                    ORDER BY submitted_at, id LIMIT 1);
END;
CREATE TRIGGER letter_stays BEFORE UPDATE OF submitted_at ON comment
    WHEN old.cluster_id IS NOT NULL AND old.submitted_at <> new.submitted_at
BEGIN SELECT RAISE(ABORT, 'a letter of a cluster keeps the moment it was submitted'); END;

-- A response to many letters at once is a row for each, all of the first one's batch.
ALTER TABLE response ADD COLUMN batch INTEGER;
CREATE INDEX response_of_batch ON response (batch, id) WHERE batch IS NOT NULL;
