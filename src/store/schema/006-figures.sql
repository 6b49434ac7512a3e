-- Figures: what supervisors see, kept as things change, so that no screen counts comments. A deed adds
-- one row to figure_change, which is all that a decision waits for; a few hundred of them become kept
-- sums at once. What is true now is the sums and the changes together: flow_now and tally_now. Each
-- stands beside a view that counts the same anew; the check compares the two.

-- One clock for the whole team, whoever looks and from where: local time minus UTC, in seconds. Hours
-- and days are counted on it from 1970-01-01.
INSERT INTO policy (name, value)
    SELECT 'utc-offset', CAST(strftime('%s', 'now', 'localtime') - strftime('%s', 'now') AS TEXT);
CREATE VIEW team_clock (seconds) AS
    SELECT ifnull(max(CAST(value AS INTEGER)), 0) FROM policy WHERE name = 'utc-offset';

-- Comments as they come and go, by the hour and by everything figures are narrowed to.
CREATE TABLE flow (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    hour            INTEGER NOT NULL, -- of the team's clock: (moment + clock) / 3600
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    moderator_id    INTEGER NOT NULL, -- who decided; 0 for what nobody did
    arrived         INTEGER NOT NULL, -- comments received
    decided         INTEGER NOT NULL, -- standing decisions that took a comment out of what waits
    reopened        INTEGER NOT NULL, -- standing decisions that put one back
    waiting         INTEGER NOT NULL, -- of those received in this hour, how many wait now
    PRIMARY KEY (consultation_id, hour, language, channel, moderator_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX flow_waiting ON flow (consultation_id, hour) WHERE waiting > 0;

-- The same sums by the day, for everything ('') and for each single thing figures are narrowed to:
-- 'agency:ID', 'consultation:ID', 'language:LANGUAGE', 'channel:CHANNEL', 'moderator:ID'.
CREATE TABLE flow_of (
    scope    TEXT NOT NULL,
    day      INTEGER NOT NULL,
    arrived  INTEGER NOT NULL,
    decided  INTEGER NOT NULL,
    reopened INTEGER NOT NULL,
    waiting  INTEGER NOT NULL,
    PRIMARY KEY (scope, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX flow_of_waiting ON flow_of (scope, day) WHERE waiting > 0;
CREATE TABLE flow_hour ( -- of everything, by the hour
    hour     INTEGER PRIMARY KEY,
    arrived  INTEGER NOT NULL,
    decided  INTEGER NOT NULL,
    reopened INTEGER NOT NULL,
    waiting  INTEGER NOT NULL
) STRICT;

-- How many comments are in which state, by everything they are narrowed to, and in the same scopes.
CREATE TABLE tally (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    pending         INTEGER NOT NULL,
    approved        INTEGER NOT NULL,
    rejected        INTEGER NOT NULL,
    spam            INTEGER NOT NULL,
    held            INTEGER NOT NULL,
    escalated       INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, language, channel)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally_of (
    scope     TEXT PRIMARY KEY,
    pending   INTEGER NOT NULL,
    approved  INTEGER NOT NULL,
    rejected  INTEGER NOT NULL,
    spam      INTEGER NOT NULL,
    held      INTEGER NOT NULL,
    escalated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened since the sums were brought up to date, in the order it happened. It refers to what
-- is there, but SQLite need not look: the comment it is of just did.
CREATE TABLE figure_change (
    id              INTEGER PRIMARY KEY, -- from 1 again whenever it was emptied
    consultation_id INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    received_at     INTEGER NOT NULL,
    from_state      TEXT NOT NULL,       -- '': the comment arrived
    to_state        TEXT NOT NULL,       -- '': the comment was deleted
    moderator_id    INTEGER NOT NULL,    -- of the decision that counts, or no longer; 0: of none
    decided_at      INTEGER NOT NULL,    -- when that was made
    decided         INTEGER NOT NULL,    -- 1: counts, -1: no longer
    reopened        INTEGER NOT NULL
) STRICT;
-- The same as rows to add to flow and to tally.
CREATE VIEW flow_change AS
    SELECT consultation_id, (received_at + (SELECT seconds FROM team_clock)) / 3600 AS hour,
           language, channel, 0 AS moderator_id, (from_state = '') - (to_state = '') AS arrived,
           0 AS decided, 0 AS reopened,
           (to_state IN ('pending', 'held', 'escalated'))
           - (from_state IN ('pending', 'held', 'escalated')) AS waiting
    FROM figure_change
    UNION ALL
    SELECT consultation_id, (decided_at + (SELECT seconds FROM team_clock)) / 3600, language,
           channel, moderator_id, 0, decided, reopened, 0
    FROM figure_change WHERE moderator_id <> 0;
CREATE VIEW tally_change AS
    SELECT consultation_id, language, channel,
           (to_state = 'pending') - (from_state = 'pending') AS pending,
           (to_state = 'approved') - (from_state = 'approved') AS approved,
           (to_state = 'rejected') - (from_state = 'rejected') AS rejected,
           (to_state = 'spam') - (from_state = 'spam') AS spam,
           (to_state = 'held') - (from_state = 'held') AS held,
           (to_state = 'escalated') - (from_state = 'escalated') AS escalated
    FROM figure_change;
-- What is true now.
CREATE VIEW flow_now AS
    SELECT consultation_id, hour, language, channel, moderator_id, sum(arrived) AS arrived,
           sum(decided) AS decided, sum(reopened) AS reopened, sum(waiting) AS waiting
    FROM (SELECT * FROM flow UNION ALL SELECT * FROM flow_change)
    GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW tally_now AS
    SELECT consultation_id, language, channel, sum(pending) AS pending,
           sum(approved) AS approved, sum(rejected) AS rejected, sum(spam) AS spam,
           sum(held) AS held, sum(escalated) AS escalated
    FROM (SELECT * FROM tally UNION ALL SELECT * FROM tally_change)
    GROUP BY 1, 2, 3;

-- Decisions that moved a comment out of what waits, or back into it.
CREATE VIEW decision_move (decision_id, comment_id, moderator_id, hour, decided, reopened) AS
    SELECT id, comment_id, moderator_id, (decided_at + (SELECT seconds FROM team_clock)) / 3600,
           from_state IN ('pending', 'held', 'escalated'),
           to_state IN ('pending', 'held', 'escalated')
    FROM decision
    WHERE action <> 'undo'
      AND (from_state IN ('pending', 'held', 'escalated'))
          <> (to_state IN ('pending', 'held', 'escalated'));

-- --- What is counted, from the comments and decisions themselves ---

CREATE VIEW flow_counted AS
    SELECT consultation_id, hour, language, channel, moderator_id, sum(arrived) AS arrived,
           sum(decided) AS decided, sum(reopened) AS reopened, sum(waiting) AS waiting
    FROM (SELECT consultation_id, (received_at + (SELECT seconds FROM team_clock)) / 3600 AS hour,
                 language, channel, 0 AS moderator_id, 1 AS arrived, 0 AS decided, 0 AS reopened,
                 state IN ('pending', 'held', 'escalated') AS waiting
          FROM comment
          UNION ALL
          SELECT c.consultation_id, d.hour, c.language, c.channel, d.moderator_id, 0, d.decided,
                 d.reopened, 0
          FROM decision_move AS d JOIN comment AS c ON c.id = d.comment_id
          WHERE NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = d.decision_id))
    GROUP BY 1, 2, 3, 4, 5;
-- The coarse sums are counted from the fine ones.
CREATE VIEW flow_of_counted AS
    SELECT scope, hour / 24 AS day, sum(arrived) AS arrived, sum(decided) AS decided,
           sum(reopened) AS reopened, sum(waiting) AS waiting
    FROM (SELECT '' AS scope, f.* FROM flow AS f
          UNION ALL SELECT 'agency:' || k.agency_id, f.*
              FROM flow AS f JOIN consultation AS k ON k.id = f.consultation_id
          UNION ALL SELECT 'consultation:' || consultation_id, f.* FROM flow AS f
          UNION ALL SELECT 'language:' || language, f.* FROM flow AS f
          UNION ALL SELECT 'channel:' || channel, f.* FROM flow AS f
          UNION ALL SELECT 'moderator:' || moderator_id, f.* FROM flow AS f WHERE moderator_id <> 0)
    GROUP BY 1, 2;
CREATE VIEW flow_hour_counted AS
    SELECT hour, sum(arrived) AS arrived, sum(decided) AS decided, sum(reopened) AS reopened,
           sum(waiting) AS waiting
    FROM flow GROUP BY hour;
CREATE VIEW tally_counted AS
    SELECT consultation_id, language, channel, sum(state = 'pending') AS pending,
           sum(state = 'approved') AS approved, sum(state = 'rejected') AS rejected,
           sum(state = 'spam') AS spam, sum(state = 'held') AS held,
           sum(state = 'escalated') AS escalated
    FROM comment GROUP BY 1, 2, 3;
CREATE VIEW tally_of_counted AS
    SELECT scope, sum(pending) AS pending, sum(approved) AS approved, sum(rejected) AS rejected,
           sum(spam) AS spam, sum(held) AS held, sum(escalated) AS escalated
    FROM (SELECT '' AS scope, t.* FROM tally AS t
          UNION ALL SELECT 'agency:' || k.agency_id, t.*
              FROM tally AS t JOIN consultation AS k ON k.id = t.consultation_id
          UNION ALL SELECT 'consultation:' || consultation_id, t.* FROM tally AS t
          UNION ALL SELECT 'language:' || language, t.* FROM tally AS t
          UNION ALL SELECT 'channel:' || channel, t.* FROM tally AS t)
    GROUP BY 1;

INSERT INTO flow SELECT * FROM flow_counted;
INSERT INTO flow_of SELECT * FROM flow_of_counted;
INSERT INTO flow_hour SELECT * FROM flow_hour_counted;
INSERT INTO tally SELECT * FROM tally_counted;
INSERT INTO tally_of SELECT * FROM tally_of_counted;

-- --- How it is kept ---

CREATE TRIGGER figures_arrive AFTER INSERT ON comment
BEGIN
    INSERT INTO figure_change VALUES (NULL, new.consultation_id, new.language, new.channel,
                                      new.received_at, '', new.state, 0, 0, 0, 0);
END;
CREATE TRIGGER figures_leave AFTER DELETE ON comment
BEGIN
    INSERT INTO figure_change VALUES (NULL, old.consultation_id, old.language, old.channel,
                                      old.received_at, old.state, '', 0, 0, 0, 0);
END;
CREATE TRIGGER figures_narrow BEFORE UPDATE OF language, channel ON comment
    WHEN old.language <> new.language OR old.channel <> new.channel
BEGIN SELECT RAISE(ABORT, 'a comment keeps its language and its channel'); END;
-- A comment's state follows its decisions, so that these say all that happens to it.
CREATE TRIGGER figures_decide AFTER INSERT ON decision WHEN new.action <> 'undo'
BEGIN
    INSERT INTO figure_change
        SELECT NULL, consultation_id, language, channel, received_at, new.from_state, new.to_state,
               new.moderator_id, new.decided_at,
               new.from_state IN ('pending', 'held', 'escalated')
               AND new.to_state NOT IN ('pending', 'held', 'escalated'),
               new.from_state NOT IN ('pending', 'held', 'escalated')
               AND new.to_state IN ('pending', 'held', 'escalated')
        FROM comment WHERE id = new.comment_id;
END;
-- An undo takes its decision out of the hour it was counted in.
CREATE TRIGGER figures_undo AFTER INSERT ON decision WHEN new.action = 'undo'
BEGIN
    INSERT INTO figure_change
        SELECT NULL, c.consultation_id, c.language, c.channel, c.received_at, new.from_state,
               new.to_state, d.moderator_id, d.decided_at,
               -(d.from_state IN ('pending', 'held', 'escalated')
                 AND d.to_state NOT IN ('pending', 'held', 'escalated')),
               -(d.from_state NOT IN ('pending', 'held', 'escalated')
                 AND d.to_state IN ('pending', 'held', 'escalated'))
        FROM decision AS d CROSS JOIN comment AS c ON c.id = d.comment_id
        WHERE d.id = new.undoes_id;
END;
-- A consultation that goes to another agency takes its comments along.
CREATE TRIGGER figures_move AFTER UPDATE OF agency_id ON consultation
    WHEN old.agency_id <> new.agency_id
BEGIN
    DELETE FROM flow_of WHERE scope IN ('agency:' || old.agency_id, 'agency:' || new.agency_id);
    INSERT INTO flow_of
        SELECT 'agency:' || k.agency_id, hour / 24, sum(arrived), sum(decided), sum(reopened),
               sum(waiting)
        FROM consultation AS k JOIN flow AS f ON f.consultation_id = k.id
        WHERE k.agency_id IN (old.agency_id, new.agency_id) GROUP BY 1, 2;
    DELETE FROM tally_of WHERE scope IN ('agency:' || old.agency_id, 'agency:' || new.agency_id);
    INSERT INTO tally_of
        SELECT 'agency:' || k.agency_id, sum(pending), sum(approved), sum(rejected), sum(spam),
               sum(held), sum(escalated)
        FROM consultation AS k JOIN tally AS t ON t.consultation_id = k.id
        WHERE k.agency_id IN (old.agency_id, new.agency_id) GROUP BY 1;
END;
