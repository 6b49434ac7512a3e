-- The promise: by when an agency says that a comment is decided and a question answered, in working
-- time (see base/working_time.h), and how far it is kept.

-- --- What is agreed ---

-- Hours of work. Agency 0: of every agency that has no row of its own. Days are counted on the team's
-- clock from 1970-01-01; the ordinary hours hold from 0 to 2932896 (9999-12-31).
CREATE TABLE calendar (
    agency_id INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day  INTEGER NOT NULL CHECK (last_day >= first_day),
    hours     TEXT NOT NULL, -- such as 'sun-wed 07:00-14:30; thu 07:00-13:00'
    PRIMARY KEY (agency_id, first_day, last_day)
) STRICT, WITHOUT ROWID;
INSERT INTO calendar VALUES (0, 0, 2932896, 'sun-thu 07:00-14:30');

CREATE TABLE holiday ( -- agency 0: for all of them
    agency_id INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    name_ar   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    PRIMARY KEY (agency_id, day)
) STRICT, WITHOUT ROWID;

-- '16h': within so many working hours; '5d': by the end of so many working days; 'none'. NULL: as
-- agency 0, which stands for all that say nothing else.
CREATE TABLE promise (
    agency_id INTEGER PRIMARY KEY,
    decide    TEXT CHECK (agency_id <> 0 OR decide IS NOT NULL),
    answer    TEXT CHECK (agency_id <> 0 OR answer IS NOT NULL)
) STRICT;
INSERT INTO promise VALUES (0, '2d', '5d');

-- version rises with every change of the above. Comments next_id to last_id are still to be looked at
-- since it last did.
CREATE TABLE due_state (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    next_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL
) STRICT;
INSERT INTO due_state SELECT 1, 1, 1, ifnull(max(id), 0) FROM comment;

-- --- What came of it ---

-- By comment: when it is to be decided and when the first standing decision took it out of what
-- waits; when it is to be answered, if it asks something and is neither rejected nor spam, and when
-- the first response to it was published. NULL: not promised, or not done.
CREATE TABLE due (
    comment_id  INTEGER PRIMARY KEY,
    decide_at   INTEGER,
    decided_at  INTEGER,
    decided_by  INTEGER,
    answer_at   INTEGER,
    answered_at INTEGER,
    answered_by INTEGER
) STRICT;
CREATE INDEX due_to_decide ON due (decide_at) WHERE decided_at IS NULL AND decide_at IS NOT NULL;
CREATE INDEX due_to_answer ON due (answer_at) WHERE answered_at IS NULL AND answer_at IS NOT NULL;

-- How many were done in time, were not, and are still to be done: by the day of the team's clock on
-- which that came out. Done in time, it is the day it was done; else the day it was due.
CREATE TABLE promise_day (
    consultation_id INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    moderator_id    INTEGER NOT NULL, -- who decided, or wrote the response; 0: still to be done
    decide_kept     INTEGER NOT NULL,
    decide_late     INTEGER NOT NULL, -- decided after it was due
    decide_open     INTEGER NOT NULL, -- waits; late once the moment is past
    answer_kept     INTEGER NOT NULL,
    answer_late     INTEGER NOT NULL,
    answer_open     INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, day, language, channel, moderator_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE promise_of ( -- the same in the scopes of flow_of
    scope       TEXT NOT NULL,
    day         INTEGER NOT NULL,
    decide_kept INTEGER NOT NULL,
    decide_late INTEGER NOT NULL,
    decide_open INTEGER NOT NULL,
    answer_kept INTEGER NOT NULL,
    answer_late INTEGER NOT NULL,
    answer_open INTEGER NOT NULL,
    PRIMARY KEY (scope, day)
) STRICT, WITHOUT ROWID;
-- All that is still to be done, whenever it is due, by everything it is narrowed to, and in the same
-- scopes: what is late is all of it less what the days from today on have.
CREATE TABLE promise_open (
    consultation_id INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    decide_open     INTEGER NOT NULL,
    answer_open     INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, language, channel)
) STRICT, WITHOUT ROWID;
CREATE TABLE promise_open_of (
    scope       TEXT PRIMARY KEY,
    decide_open INTEGER NOT NULL,
    answer_open INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What is still to be done, by the very moment it is due: today's is late from that moment on.
CREATE TABLE due_count (
    at              INTEGER NOT NULL,
    consultation_id INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    decide_open     INTEGER NOT NULL,
    answer_open     INTEGER NOT NULL,
    PRIMARY KEY (at, consultation_id, language, channel)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER due_count_ends AFTER UPDATE ON due_count
    WHEN new.decide_open = 0 AND new.answer_open = 0
BEGIN
    DELETE FROM due_count
        WHERE (at, consultation_id, language, channel)
              = (new.at, new.consultation_id, new.language, new.channel);
END;

-- What some comments add to these sums, or take out, on its way to them; empty between transactions.
CREATE TABLE promise_step (
    consultation_id INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    moderator_id    INTEGER NOT NULL,
    at              INTEGER NOT NULL, -- when it is due; 0 where it is done
    decide_kept     INTEGER NOT NULL,
    decide_late     INTEGER NOT NULL,
    decide_open     INTEGER NOT NULL,
    answer_kept     INTEGER NOT NULL,
    answer_late     INTEGER NOT NULL,
    answer_open     INTEGER NOT NULL
) STRICT;

-- --- What is counted ---

-- majlis_due(agency, 0 or 1, moment) is the program's own: when what came in at a moment is to be
-- decided, or answered. Who asks something is found as in question_counted.
CREATE VIEW due_counted (comment_id, decide_at, decided_at, decided_by, answer_at, answered_at,
                         answered_by) AS
    SELECT c.id, majlis_due(k.agency_id, 0, c.received_at), d.decided_at, d.moderator_id,
           CASE WHEN c.state NOT IN ('rejected', 'spam')
                     AND (instr(c.body, '؟') > 0 OR instr(c.body, '? ') > 0
                          OR instr(c.body, '?' || char(10)) > 0 OR c.body GLOB '*[?]')
                THEN majlis_due(k.agency_id, 1, c.received_at) END,
           r.published_at, r.author_id
    FROM comment AS c CROSS JOIN consultation AS k ON k.id = c.consultation_id
         LEFT JOIN decision AS d
         ON d.id = CASE WHEN c.state NOT IN ('pending', 'held', 'escalated') THEN
             (SELECT e.id FROM decision AS e
              WHERE e.comment_id = c.id AND e.action <> 'undo'
                AND e.from_state IN ('pending', 'held', 'escalated')
                AND e.to_state NOT IN ('pending', 'held', 'escalated')
                AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = e.id)
              ORDER BY e.id LIMIT 1) END
         LEFT JOIN response AS r
         ON r.id = (SELECT q.id FROM response AS q
                    WHERE q.comment_id = c.id AND q.state = 'published'
                      AND q.published_at IS NOT NULL
                    ORDER BY q.published_at, q.id LIMIT 1);

-- What each comment adds: a row for what is to be decided, and one for what is to be answered.
CREATE VIEW promise_part AS
    SELECT comment_id, consultation_id,
           (min(at, ifnull(met_at, at)) + (SELECT seconds FROM team_clock)) / 86400 AS day,
           language, channel, moderator_id, at,
           (NOT is_answer AND ifnull(met_at <= at, 0)) AS decide_kept,
           (NOT is_answer AND ifnull(met_at > at, 0)) AS decide_late,
           (NOT is_answer AND met_at IS NULL) AS decide_open,
           (is_answer AND ifnull(met_at <= at, 0)) AS answer_kept,
           (is_answer AND ifnull(met_at > at, 0)) AS answer_late,
           (is_answer AND met_at IS NULL) AS answer_open
    FROM (SELECT u.comment_id, c.consultation_id, c.language, c.channel, is_answer,
                 iif(is_answer, u.answer_at, u.decide_at) AS at,
                 iif(is_answer, u.answered_at, u.decided_at) AS met_at,
                 ifnull(iif(is_answer, u.answered_by, u.decided_by), 0) AS moderator_id
          FROM due AS u CROSS JOIN comment AS c ON c.id = u.comment_id
               CROSS JOIN (SELECT 0 AS is_answer UNION ALL SELECT 1))
    WHERE at IS NOT NULL;
CREATE VIEW promise_day_counted AS
    SELECT consultation_id, day, language, channel, moderator_id,
           sum(decide_kept) AS decide_kept, sum(decide_late) AS decide_late,
           sum(decide_open) AS decide_open, sum(answer_kept) AS answer_kept,
           sum(answer_late) AS answer_late, sum(answer_open) AS answer_open
    FROM promise_part GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW promise_of_counted AS
    SELECT scope, day, sum(decide_kept) AS decide_kept, sum(decide_late) AS decide_late,
           sum(decide_open) AS decide_open, sum(answer_kept) AS answer_kept,
           sum(answer_late) AS answer_late, sum(answer_open) AS answer_open
    FROM (SELECT '' AS scope, p.* FROM promise_day AS p
          UNION ALL SELECT 'agency:' || k.agency_id, p.*
              FROM promise_day AS p JOIN consultation AS k ON k.id = p.consultation_id
          UNION ALL SELECT 'consultation:' || consultation_id, p.* FROM promise_day AS p
          UNION ALL SELECT 'language:' || language, p.* FROM promise_day AS p
          UNION ALL SELECT 'channel:' || channel, p.* FROM promise_day AS p
          UNION ALL SELECT 'moderator:' || moderator_id, p.* FROM promise_day AS p
              WHERE moderator_id <> 0)
    GROUP BY 1, 2;
CREATE VIEW promise_open_counted AS
    SELECT consultation_id, language, channel, sum(decide_open) AS decide_open,
           sum(answer_open) AS answer_open
    FROM promise_part WHERE decide_open + answer_open > 0 GROUP BY 1, 2, 3;
CREATE VIEW promise_open_of_counted AS
    SELECT scope, sum(decide_open) AS decide_open, sum(answer_open) AS answer_open
    FROM (SELECT '' AS scope, p.* FROM promise_open AS p
          UNION ALL SELECT 'agency:' || k.agency_id, p.*
              FROM promise_open AS p JOIN consultation AS k ON k.id = p.consultation_id
          UNION ALL SELECT 'consultation:' || consultation_id, p.* FROM promise_open AS p
          UNION ALL SELECT 'language:' || language, p.* FROM promise_open AS p
          UNION ALL SELECT 'channel:' || channel, p.* FROM promise_open AS p)
    GROUP BY 1;
CREATE VIEW due_count_counted AS
    SELECT at, consultation_id, language, channel, sum(decide_open) AS decide_open,
           sum(answer_open) AS answer_open
    FROM promise_part WHERE decide_open + answer_open > 0 GROUP BY 1, 2, 3, 4;

-- --- How it is kept ---

-- figure_change says which comment, so that the same few rows say what is due anew.
ALTER TABLE figure_change ADD COLUMN comment_id INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER figures_arrive;
DROP TRIGGER figures_leave;
DROP TRIGGER figures_decide;
DROP TRIGGER figures_undo;
CREATE TRIGGER figures_arrive AFTER INSERT ON comment
BEGIN
    INSERT INTO figure_change VALUES (NULL, new.consultation_id, new.language, new.channel,
                                      new.received_at, '', new.state, 0, 0, 0, 0, new.id);
END;
CREATE TRIGGER figures_leave AFTER DELETE ON comment
BEGIN
    INSERT INTO figure_change VALUES (NULL, old.consultation_id, old.language, old.channel,
                                      old.received_at, old.state, '', 0, 0, 0, 0, old.id);
END;
CREATE TRIGGER figures_decide AFTER INSERT ON decision WHEN new.action <> 'undo'
BEGIN
    INSERT INTO figure_change
        SELECT NULL, consultation_id, language, channel, received_at, new.from_state, new.to_state,
               new.moderator_id, new.decided_at,
               new.from_state IN ('pending', 'held', 'escalated')
               AND new.to_state NOT IN ('pending', 'held', 'escalated'),
               new.from_state NOT IN ('pending', 'held', 'escalated')
               AND new.to_state IN ('pending', 'held', 'escalated'), new.comment_id
        FROM comment WHERE id = new.comment_id;
END;
CREATE TRIGGER figures_undo AFTER INSERT ON decision WHEN new.action = 'undo'
BEGIN
    INSERT INTO figure_change
        SELECT NULL, c.consultation_id, c.language, c.channel, c.received_at, new.from_state,
               new.to_state, d.moderator_id, d.decided_at,
               -(d.from_state IN ('pending', 'held', 'escalated')
                 AND d.to_state NOT IN ('pending', 'held', 'escalated')),
               -(d.from_state NOT IN ('pending', 'held', 'escalated')
                 AND d.to_state IN ('pending', 'held', 'escalated')), new.comment_id
        FROM decision AS d CROSS JOIN comment AS c ON c.id = d.comment_id
        WHERE d.id = new.undoes_id;
END;
-- An answer, and another text, move no comment: to flow and tally they are nothing.
CREATE TRIGGER due_answered AFTER INSERT ON response WHEN new.state = 'published'
BEGIN
    INSERT INTO figure_change
        SELECT NULL, consultation_id, language, channel, received_at, state, state, 0, 0, 0, 0, id
        FROM comment WHERE id = new.comment_id;
END;
CREATE TRIGGER due_answer_changed AFTER UPDATE OF state, author_id, published_at ON response
    WHEN (old.state = 'published' OR new.state = 'published')
     AND (old.state, old.author_id, ifnull(old.published_at, -1))
         <> (new.state, new.author_id, ifnull(new.published_at, -1))
BEGIN
    INSERT INTO figure_change
        SELECT NULL, consultation_id, language, channel, received_at, state, state, 0, 0, 0, 0, id
        FROM comment WHERE id = new.comment_id;
END;
CREATE TRIGGER due_unanswered AFTER DELETE ON response WHEN old.state = 'published'
BEGIN
    INSERT INTO figure_change
        SELECT NULL, consultation_id, language, channel, received_at, state, state, 0, 0, 0, 0, id
        FROM comment WHERE id = old.comment_id;
END;
CREATE TRIGGER due_text_changed AFTER UPDATE OF body ON comment
BEGIN
    INSERT INTO figure_change VALUES (NULL, new.consultation_id, new.language, new.channel,
                                      new.received_at, new.state, new.state, 0, 0, 0, 0, new.id);
END;
-- What a comment added goes with it.
CREATE TRIGGER due_left BEFORE DELETE ON comment
BEGIN
    INSERT INTO promise_of
        SELECT scope, day, -sum(decide_kept), -sum(decide_late), -sum(decide_open),
               -sum(answer_kept), -sum(answer_late), -sum(answer_open)
        FROM (SELECT '' AS scope, p.* FROM promise_part AS p WHERE comment_id = old.id
              UNION ALL SELECT 'agency:' || k.agency_id, p.*
                  FROM promise_part AS p CROSS JOIN consultation AS k ON k.id = p.consultation_id
                  WHERE comment_id = old.id
              UNION ALL SELECT 'consultation:' || consultation_id, p.*
                  FROM promise_part AS p WHERE comment_id = old.id
              UNION ALL SELECT 'language:' || language, p.*
                  FROM promise_part AS p WHERE comment_id = old.id
              UNION ALL SELECT 'channel:' || channel, p.*
                  FROM promise_part AS p WHERE comment_id = old.id
              UNION ALL SELECT 'moderator:' || moderator_id, p.*
                  FROM promise_part AS p WHERE comment_id = old.id AND moderator_id <> 0)
        WHERE true GROUP BY 1, 2
        ON CONFLICT DO UPDATE SET
            decide_kept = decide_kept + excluded.decide_kept,
            decide_late = decide_late + excluded.decide_late,
            decide_open = decide_open + excluded.decide_open,
            answer_kept = answer_kept + excluded.answer_kept,
            answer_late = answer_late + excluded.answer_late,
            answer_open = answer_open + excluded.answer_open;
    INSERT INTO promise_day
        SELECT consultation_id, day, language, channel, moderator_id, -sum(decide_kept),
               -sum(decide_late), -sum(decide_open), -sum(answer_kept), -sum(answer_late),
               -sum(answer_open)
        FROM promise_part WHERE comment_id = old.id GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT DO UPDATE SET
            decide_kept = decide_kept + excluded.decide_kept,
            decide_late = decide_late + excluded.decide_late,
            decide_open = decide_open + excluded.decide_open,
            answer_kept = answer_kept + excluded.answer_kept,
            answer_late = answer_late + excluded.answer_late,
            answer_open = answer_open + excluded.answer_open;
    INSERT INTO promise_open_of
        SELECT scope, -sum(decide_open), -sum(answer_open)
        FROM (SELECT '' AS scope, p.* FROM promise_part AS p WHERE comment_id = old.id
              UNION ALL SELECT 'agency:' || k.agency_id, p.*
                  FROM promise_part AS p CROSS JOIN consultation AS k ON k.id = p.consultation_id
                  WHERE comment_id = old.id
              UNION ALL SELECT 'consultation:' || consultation_id, p.*
                  FROM promise_part AS p WHERE comment_id = old.id
              UNION ALL SELECT 'language:' || language, p.*
                  FROM promise_part AS p WHERE comment_id = old.id
              UNION ALL SELECT 'channel:' || channel, p.*
                  FROM promise_part AS p WHERE comment_id = old.id)
        WHERE true GROUP BY 1
        ON CONFLICT DO UPDATE SET decide_open = decide_open + excluded.decide_open,
                                  answer_open = answer_open + excluded.answer_open;
    INSERT INTO promise_open
        SELECT consultation_id, language, channel, -sum(decide_open), -sum(answer_open)
        FROM promise_part WHERE comment_id = old.id GROUP BY 1, 2, 3
        ON CONFLICT DO UPDATE SET decide_open = decide_open + excluded.decide_open,
                                  answer_open = answer_open + excluded.answer_open;
    INSERT INTO due_count
        SELECT at, consultation_id, language, channel, -sum(decide_open), -sum(answer_open)
        FROM promise_part WHERE comment_id = old.id AND decide_open + answer_open > 0
        GROUP BY 1, 2, 3, 4
        ON CONFLICT DO UPDATE SET decide_open = decide_open + excluded.decide_open,
                                  answer_open = answer_open + excluded.answer_open;
    DELETE FROM due WHERE comment_id = old.id;
END;
-- A consultation that goes to another agency comes under its promise, too: everything is looked at
-- anew, and the old sums go along at once.
CREATE TRIGGER promise_moves AFTER UPDATE OF agency_id ON consultation
    WHEN old.agency_id <> new.agency_id
BEGIN
    DELETE FROM promise_of WHERE scope IN ('agency:' || old.agency_id, 'agency:' || new.agency_id);
    INSERT INTO promise_of
        SELECT 'agency:' || k.agency_id, day, sum(decide_kept), sum(decide_late),
               sum(decide_open), sum(answer_kept), sum(answer_late), sum(answer_open)
        FROM consultation AS k JOIN promise_day AS p ON p.consultation_id = k.id
        WHERE k.agency_id IN (old.agency_id, new.agency_id) GROUP BY 1, 2;
    DELETE FROM promise_open_of
        WHERE scope IN ('agency:' || old.agency_id, 'agency:' || new.agency_id);
    INSERT INTO promise_open_of
        SELECT 'agency:' || k.agency_id, sum(decide_open), sum(answer_open)
        FROM consultation AS k JOIN promise_open AS p ON p.consultation_id = k.id
        WHERE k.agency_id IN (old.agency_id, new.agency_id) GROUP BY 1;
    UPDATE due_state SET version = version + 1, next_id = 1,
                         last_id = (SELECT ifnull(max(id), 0) FROM comment);
END;

-- --- Queues ---

-- A comment is also asked for by the way it came, and by when it was received.
CREATE INDEX comment_by_channel ON comment (channel, submitted_at);
CREATE INDEX comment_by_received ON comment (received_at);
