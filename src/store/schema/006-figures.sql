-- Figures: what supervisors see, kept as things change, so that no screen counts comments. Each kept
-- table stands beside a view that counts the same anew; the check compares the two.

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
    PRIMARY KEY (day, scope) -- what one deed touches lies together
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

-- The scopes a comment is counted in.
CREATE VIEW comment_scope (comment_id, scope) AS
    SELECT c.id, CASE kind.column1 WHEN 1 THEN ''
                                   WHEN 2 THEN 'agency:' || k.agency_id
                                   WHEN 3 THEN 'consultation:' || c.consultation_id
                                   WHEN 4 THEN 'language:' || c.language
                                   ELSE 'channel:' || c.channel END
    FROM comment AS c CROSS JOIN consultation AS k ON k.id = c.consultation_id
         CROSS JOIN (VALUES (1), (2), (3), (4), (5)) AS kind;

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
    INSERT INTO tally VALUES (new.consultation_id, new.language, new.channel,
            new.state = 'pending', new.state = 'approved', new.state = 'rejected',
            new.state = 'spam', new.state = 'held', new.state = 'escalated')
        ON CONFLICT DO UPDATE SET pending = pending + excluded.pending,
            approved = approved + excluded.approved, rejected = rejected + excluded.rejected,
            spam = spam + excluded.spam, held = held + excluded.held,
            escalated = escalated + excluded.escalated;
    INSERT INTO tally_of
        SELECT scope, new.state = 'pending', new.state = 'approved', new.state = 'rejected',
               new.state = 'spam', new.state = 'held', new.state = 'escalated'
        FROM comment_scope WHERE comment_id = new.id
        ON CONFLICT DO UPDATE SET pending = pending + excluded.pending,
            approved = approved + excluded.approved, rejected = rejected + excluded.rejected,
            spam = spam + excluded.spam, held = held + excluded.held,
            escalated = escalated + excluded.escalated;
    INSERT INTO flow
        SELECT new.consultation_id, (new.received_at + seconds) / 3600, new.language, new.channel,
               0, 1, 0, 0, new.state IN ('pending', 'held', 'escalated')
        FROM team_clock WHERE true
        ON CONFLICT DO UPDATE SET arrived = arrived + 1, waiting = waiting + excluded.waiting;
    INSERT INTO flow_of
        SELECT scope, (new.received_at + (SELECT seconds FROM team_clock)) / 86400, 1, 0, 0,
               new.state IN ('pending', 'held', 'escalated')
        FROM comment_scope WHERE comment_id = new.id
        ON CONFLICT DO UPDATE SET arrived = arrived + 1, waiting = waiting + excluded.waiting;
    INSERT INTO flow_hour
        SELECT (new.received_at + seconds) / 3600, 1, 0, 0,
               new.state IN ('pending', 'held', 'escalated')
        FROM team_clock WHERE true
        ON CONFLICT DO UPDATE SET arrived = arrived + 1, waiting = waiting + excluded.waiting;
END;
CREATE TRIGGER figures_leave BEFORE DELETE ON comment
BEGIN
    UPDATE tally SET pending = pending - (old.state = 'pending'),
            approved = approved - (old.state = 'approved'),
            rejected = rejected - (old.state = 'rejected'), spam = spam - (old.state = 'spam'),
            held = held - (old.state = 'held'), escalated = escalated - (old.state = 'escalated')
        WHERE consultation_id = old.consultation_id AND language = old.language
          AND channel = old.channel;
    UPDATE tally_of SET pending = pending - (old.state = 'pending'),
            approved = approved - (old.state = 'approved'),
            rejected = rejected - (old.state = 'rejected'), spam = spam - (old.state = 'spam'),
            held = held - (old.state = 'held'), escalated = escalated - (old.state = 'escalated')
        WHERE scope IN ('', 'agency:' || (SELECT agency_id FROM consultation WHERE id = old.consultation_id),
                        'consultation:' || old.consultation_id, 'language:' || old.language,
                        'channel:' || old.channel);
    UPDATE flow SET arrived = arrived - 1,
            waiting = waiting - (old.state IN ('pending', 'held', 'escalated'))
        WHERE consultation_id = old.consultation_id
          AND hour = (old.received_at + (SELECT seconds FROM team_clock)) / 3600
          AND language = old.language AND channel = old.channel AND moderator_id = 0;
    UPDATE flow_of SET arrived = arrived - 1,
            waiting = waiting - (old.state IN ('pending', 'held', 'escalated'))
        WHERE scope IN ('', 'agency:' || (SELECT agency_id FROM consultation WHERE id = old.consultation_id),
                        'consultation:' || old.consultation_id, 'language:' || old.language,
                        'channel:' || old.channel)
          AND day = (old.received_at + (SELECT seconds FROM team_clock)) / 86400;
    UPDATE flow_hour SET arrived = arrived - 1,
            waiting = waiting - (old.state IN ('pending', 'held', 'escalated'))
        WHERE hour = (old.received_at + (SELECT seconds FROM team_clock)) / 3600;
END;
CREATE TRIGGER figures_narrow BEFORE UPDATE OF language, channel ON comment
    WHEN old.language <> new.language OR old.channel <> new.channel
BEGIN SELECT RAISE(ABORT, 'a comment keeps its language and its channel'); END;
CREATE TRIGGER figures_change AFTER UPDATE OF state ON comment WHEN old.state <> new.state
BEGIN
    UPDATE tally SET pending = pending + (new.state = 'pending') - (old.state = 'pending'),
            approved = approved + (new.state = 'approved') - (old.state = 'approved'),
            rejected = rejected + (new.state = 'rejected') - (old.state = 'rejected'),
            spam = spam + (new.state = 'spam') - (old.state = 'spam'),
            held = held + (new.state = 'held') - (old.state = 'held'),
            escalated = escalated + (new.state = 'escalated') - (old.state = 'escalated')
        WHERE consultation_id = new.consultation_id AND language = new.language
          AND channel = new.channel;
    UPDATE tally_of SET pending = pending + (new.state = 'pending') - (old.state = 'pending'),
            approved = approved + (new.state = 'approved') - (old.state = 'approved'),
            rejected = rejected + (new.state = 'rejected') - (old.state = 'rejected'),
            spam = spam + (new.state = 'spam') - (old.state = 'spam'),
            held = held + (new.state = 'held') - (old.state = 'held'),
            escalated = escalated + (new.state = 'escalated') - (old.state = 'escalated')
        WHERE scope IN ('', 'agency:' || (SELECT agency_id FROM consultation WHERE id = new.consultation_id),
                        'consultation:' || new.consultation_id, 'language:' || new.language,
                        'channel:' || new.channel);
END;
CREATE TRIGGER figures_wait AFTER UPDATE OF state ON comment
    WHEN (old.state IN ('pending', 'held', 'escalated'))
         <> (new.state IN ('pending', 'held', 'escalated'))
BEGIN
    UPDATE flow SET waiting = waiting + (new.state IN ('pending', 'held', 'escalated'))
                                      - (old.state IN ('pending', 'held', 'escalated'))
        WHERE consultation_id = new.consultation_id
          AND hour = (new.received_at + (SELECT seconds FROM team_clock)) / 3600
          AND language = new.language AND channel = new.channel AND moderator_id = 0;
    UPDATE flow_of SET waiting = waiting + (new.state IN ('pending', 'held', 'escalated'))
                                         - (old.state IN ('pending', 'held', 'escalated'))
        WHERE scope IN ('', 'agency:' || (SELECT agency_id FROM consultation WHERE id = new.consultation_id),
                        'consultation:' || new.consultation_id, 'language:' || new.language,
                        'channel:' || new.channel)
          AND day = (new.received_at + (SELECT seconds FROM team_clock)) / 86400;
    UPDATE flow_hour SET waiting = waiting + (new.state IN ('pending', 'held', 'escalated'))
                                           - (old.state IN ('pending', 'held', 'escalated'))
        WHERE hour = (new.received_at + (SELECT seconds FROM team_clock)) / 3600;
END;
CREATE TRIGGER figures_decide AFTER INSERT ON decision
    WHEN (new.from_state IN ('pending', 'held', 'escalated'))
         <> (new.to_state IN ('pending', 'held', 'escalated')) AND new.action <> 'undo'
BEGIN
    INSERT INTO flow
        SELECT c.consultation_id, d.hour, c.language, c.channel, d.moderator_id, 0, d.decided,
               d.reopened, 0
        FROM decision_move AS d CROSS JOIN comment AS c ON c.id = d.comment_id
        WHERE d.decision_id = new.id
        ON CONFLICT DO UPDATE SET decided = decided + excluded.decided,
            reopened = reopened + excluded.reopened;
    INSERT INTO flow_of
        SELECT s.scope, d.hour / 24, 0, d.decided, d.reopened, 0
        FROM decision_move AS d CROSS JOIN
             (SELECT scope FROM comment_scope WHERE comment_id = new.comment_id
              UNION ALL SELECT 'moderator:' || new.moderator_id) AS s
        WHERE d.decision_id = new.id
        ON CONFLICT DO UPDATE SET decided = decided + excluded.decided,
            reopened = reopened + excluded.reopened;
    INSERT INTO flow_hour
        SELECT hour, 0, decided, reopened, 0 FROM decision_move WHERE decision_id = new.id
        ON CONFLICT DO UPDATE SET decided = decided + excluded.decided,
            reopened = reopened + excluded.reopened;
END;
-- An undo takes its decision out of the hour it was counted in.
CREATE TRIGGER figures_undo AFTER INSERT ON decision
    WHEN new.action = 'undo'
     AND EXISTS (SELECT 1 FROM decision_move WHERE decision_id = new.undoes_id)
BEGIN
    UPDATE flow
        SET decided = flow.decided - d.decided, reopened = flow.reopened - d.reopened
        FROM (SELECT m.*, c.consultation_id, c.language, c.channel
              FROM decision_move AS m CROSS JOIN comment AS c ON c.id = m.comment_id
              WHERE m.decision_id = new.undoes_id) AS d
        WHERE flow.consultation_id = d.consultation_id AND flow.hour = d.hour
          AND flow.language = d.language AND flow.channel = d.channel
          AND flow.moderator_id = d.moderator_id;
    UPDATE flow_of
        SET decided = flow_of.decided - d.decided, reopened = flow_of.reopened - d.reopened
        FROM (SELECT * FROM decision_move WHERE decision_id = new.undoes_id) AS d
        WHERE flow_of.scope IN (SELECT scope FROM comment_scope WHERE comment_id = new.comment_id
                                UNION ALL SELECT 'moderator:' || d.moderator_id)
          AND flow_of.day = d.hour / 24;
    UPDATE flow_hour
        SET decided = flow_hour.decided - d.decided, reopened = flow_hour.reopened - d.reopened
        FROM (SELECT * FROM decision_move WHERE decision_id = new.undoes_id) AS d
        WHERE flow_hour.hour = d.hour;
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
