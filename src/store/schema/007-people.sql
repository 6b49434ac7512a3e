-- Figures of people, answers and voices, which the sets Moderators, Answers and Voices read.
-- Decisions and comments are only ever added, with a number that rises, and that makes these cheap:
-- what is kept counts those up to a number, and the few behind it are counted where they are read.
-- Every so many the sums are brought up to date, all of those at once.

CREATE TABLE counted_to (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    decision_id INTEGER NOT NULL, -- decisions up to this one are in work and work_reason
    comment_id  INTEGER NOT NULL  -- comments up to this one are in voice and voice_sum
) STRICT;
INSERT INTO counted_to VALUES (1, 0, 0);

-- --- Decisions, by who made them ---

-- Each row is of one day of the team's clock; consultation 0, language '' and channel '' make the
-- row of all of them. within_N counts decisions that were made less than N seconds after what the
-- same person did before; after ten minutes or more it was a break, and is no measure.
CREATE TABLE work (
    consultation_id INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    moderator_id    INTEGER NOT NULL REFERENCES moderator (id),
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    approved        INTEGER NOT NULL, -- decisions that stand
    rejected        INTEGER NOT NULL,
    spam            INTEGER NOT NULL,
    held            INTEGER NOT NULL,
    escalated       INTEGER NOT NULL,
    undone          INTEGER NOT NULL, -- that were taken back
    overturned      INTEGER NOT NULL, -- approved, rejected or spam, which another then changed
    within_5        INTEGER NOT NULL,
    within_10       INTEGER NOT NULL,
    within_15       INTEGER NOT NULL,
    within_20       INTEGER NOT NULL,
    within_30       INTEGER NOT NULL,
    within_45       INTEGER NOT NULL,
    within_60       INTEGER NOT NULL,
    within_90       INTEGER NOT NULL,
    within_120      INTEGER NOT NULL,
    within_180      INTEGER NOT NULL,
    within_300      INTEGER NOT NULL,
    within_600      INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, day, moderator_id, language, channel)
) STRICT, WITHOUT ROWID;
CREATE TABLE work_reason ( -- rejections that stand, by their reason
    consultation_id INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    moderator_id    INTEGER NOT NULL REFERENCES moderator (id),
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    reason_id       INTEGER NOT NULL REFERENCES reason (id),
    rejected        INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, day, moderator_id, language, channel, reason_id)
) STRICT, WITHOUT ROWID;

-- What each row of decision adds, and to whom. A decision counts for its maker, on its day. An undo
-- takes it out there. A decision on what another had decided for good overturns that; an undo of it
-- takes that back. seconds: since the same person's deed before; NULL for all but the first of many
-- decided at once.
-- behind 0: of the decisions that are counted; 1: of those behind them.
CREATE VIEW decision_span (behind, first, last) AS
    SELECT 0, 0, decision_id FROM counted_to
    UNION ALL SELECT 1, decision_id, 9223372036854775807 FROM counted_to;
CREATE VIEW work_part (behind, moderator_id, day, consultation_id, language, channel,
                       reason_id, approved, rejected, spam, held, escalated, undone, overturned,
                       seconds) AS
    SELECT s.behind, n.moderator_id, (n.decided_at + (SELECT seconds FROM team_clock)) / 86400,
           c.consultation_id, c.language, c.channel, ifnull(n.reason_id, 0),
           (n.action = 'approve'), (n.action = 'reject'), (n.action = 'spam'),
           (n.action = 'hold'), (n.action = 'escalate'), 0, 0,
           iif(n.batch IS NULL OR n.batch = n.id,
               n.decided_at - (SELECT e.decided_at FROM decision AS e
                               WHERE e.moderator_id = n.moderator_id AND e.id < n.id
                               ORDER BY e.id DESC LIMIT 1), NULL)
    FROM decision_span AS s CROSS JOIN decision AS n ON n.id > s.first AND n.id <= s.last
         CROSS JOIN comment AS c ON c.id = n.comment_id
    WHERE n.action <> 'undo'
    UNION ALL
    SELECT s.behind, d.moderator_id, (d.decided_at + (SELECT seconds FROM team_clock)) / 86400,
           c.consultation_id, c.language, c.channel, ifnull(d.reason_id, 0),
           -(d.action = 'approve'), -(d.action = 'reject'), -(d.action = 'spam'),
           -(d.action = 'hold'), -(d.action = 'escalate'), 1, 0, NULL
    FROM decision_span AS s CROSS JOIN decision AS n ON n.id > s.first AND n.id <= s.last
         CROSS JOIN decision AS d ON d.id = n.undoes_id
         CROSS JOIN comment AS c ON c.id = n.comment_id
    WHERE +n.action = 'undo'
    UNION ALL
    SELECT s.behind, p.moderator_id, (p.decided_at + (SELECT seconds FROM team_clock)) / 86400,
           c.consultation_id, c.language, c.channel, 0, 0, 0, 0, 0, 0, 0, 1, NULL
    FROM decision_span AS s CROSS JOIN decision AS n ON n.id > s.first AND n.id <= s.last
         CROSS JOIN decision AS p
         ON p.id = (SELECT e.id FROM decision AS e WHERE e.comment_id = n.comment_id AND e.id < n.id
                    ORDER BY e.id DESC LIMIT 1)
         CROSS JOIN comment AS c ON c.id = n.comment_id
    WHERE +n.action <> 'undo' AND p.action <> 'undo' AND p.moderator_id <> n.moderator_id
      AND p.to_state IN ('approved', 'rejected', 'spam')
    UNION ALL
    SELECT s.behind, p.moderator_id, (p.decided_at + (SELECT seconds FROM team_clock)) / 86400,
           c.consultation_id, c.language, c.channel, 0, 0, 0, 0, 0, 0, 0, -1, NULL
    FROM decision_span AS s CROSS JOIN decision AS n ON n.id > s.first AND n.id <= s.last
         CROSS JOIN decision AS d ON d.id = n.undoes_id
         CROSS JOIN decision AS p
         ON p.id = (SELECT e.id FROM decision AS e WHERE e.comment_id = n.comment_id AND e.id < d.id
                    ORDER BY e.id DESC LIMIT 1)
         CROSS JOIN comment AS c ON c.id = n.comment_id
    WHERE +n.action = 'undo' AND p.action <> 'undo' AND p.moderator_id <> d.moderator_id
      AND p.to_state IN ('approved', 'rejected', 'spam');

-- What the tables are to hold, and what is still to come to them.
CREATE VIEW work_counted AS
    SELECT iif(fine, consultation_id, 0) AS consultation_id, day, moderator_id,
           iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
           sum(approved) AS approved, sum(rejected) AS rejected, sum(spam) AS spam,
           sum(held) AS held, sum(escalated) AS escalated, sum(undone) AS undone,
           sum(overturned) AS overturned,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 5) AS within_5,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 10) AS within_10,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 15) AS within_15,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 20) AS within_20,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 30) AS within_30,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 45) AS within_45,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 60) AS within_60,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 90) AS within_90,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 120) AS within_120,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 180) AS within_180,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 300) AS within_300,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 600) AS within_600
    FROM work_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
    WHERE behind = 0
    GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW work_reason_counted AS
    SELECT iif(fine, consultation_id, 0) AS consultation_id, day, moderator_id,
           iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
           reason_id, sum(rejected) AS rejected
    FROM work_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
    WHERE behind = 0 AND reason_id <> 0
    GROUP BY 1, 2, 3, 4, 5, 6;
CREATE VIEW work_behind AS
    SELECT iif(fine, consultation_id, 0) AS consultation_id, day, moderator_id,
           iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
           sum(approved) AS approved, sum(rejected) AS rejected, sum(spam) AS spam,
           sum(held) AS held, sum(escalated) AS escalated, sum(undone) AS undone,
           sum(overturned) AS overturned,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 5) AS within_5,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 10) AS within_10,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 15) AS within_15,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 20) AS within_20,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 30) AS within_30,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 45) AS within_45,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 60) AS within_60,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 90) AS within_90,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 120) AS within_120,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 180) AS within_180,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 300) AS within_300,
           count(*) FILTER (WHERE seconds >= 0 AND seconds < 600) AS within_600
    FROM work_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
    WHERE behind = 1
    GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW work_reason_behind AS
    SELECT iif(fine, consultation_id, 0) AS consultation_id, day, moderator_id,
           iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
           reason_id, sum(rejected) AS rejected
    FROM work_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
    WHERE behind = 1 AND reason_id <> 0
    GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TRIGGER work_counts AFTER INSERT ON decision
    WHEN new.id >= (SELECT decision_id FROM counted_to) + 64
BEGIN
    INSERT INTO work SELECT * FROM work_behind WHERE true
        ON CONFLICT DO UPDATE SET
            approved = approved + excluded.approved, rejected = rejected + excluded.rejected,
            spam = spam + excluded.spam, held = held + excluded.held,
            escalated = escalated + excluded.escalated, undone = undone + excluded.undone,
            overturned = overturned + excluded.overturned,
            within_5 = within_5 + excluded.within_5, within_10 = within_10 + excluded.within_10,
            within_15 = within_15 + excluded.within_15,
            within_20 = within_20 + excluded.within_20,
            within_30 = within_30 + excluded.within_30,
            within_45 = within_45 + excluded.within_45,
            within_60 = within_60 + excluded.within_60,
            within_90 = within_90 + excluded.within_90,
            within_120 = within_120 + excluded.within_120,
            within_180 = within_180 + excluded.within_180,
            within_300 = within_300 + excluded.within_300,
            within_600 = within_600 + excluded.within_600;
    INSERT INTO work_reason SELECT * FROM work_reason_behind WHERE true
        ON CONFLICT DO UPDATE SET
            rejected = rejected + excluded.rejected;
    UPDATE counted_to SET decision_id = new.id;
END;
INSERT INTO work SELECT * FROM work_behind;
INSERT INTO work_reason SELECT * FROM work_reason_behind;
UPDATE counted_to SET decision_id = (SELECT ifnull(max(id), 0) FROM decision);

-- --- Second looks ---

-- What another made of the comment that a decision was about. A supervisor draws decided comments
-- for a second look, by someone who is not told the first; and a trainee's proposal, which the
-- decision confirmed or not, is kept beside it.
CREATE TABLE second_look (
    id           INTEGER PRIMARY KEY,
    decision_id  INTEGER NOT NULL UNIQUE REFERENCES decision (id),
    kind         TEXT NOT NULL CHECK (kind IN ('sample', 'proposal')),
    drawn_by     INTEGER REFERENCES moderator (id), -- NULL: of a proposal
    drawn_at     INTEGER NOT NULL,                  -- of a proposal: when it was made
    moderator_id INTEGER REFERENCES moderator (id), -- who looked; NULL: nobody yet
    action       TEXT CHECK (action IN ('approve', 'reject', 'spam', 'hold', 'escalate')),
    looked_at    INTEGER, -- of a proposal: when the decision was made
    CHECK ((drawn_by IS NULL) = (kind = 'proposal')),
    CHECK ((moderator_id IS NULL) = (action IS NULL)),
    CHECK ((moderator_id IS NULL) = (looked_at IS NULL)),
    CHECK (kind = 'sample' OR moderator_id IS NOT NULL)
) STRICT;
CREATE INDEX second_look_in_time ON second_look (looked_at);
CREATE INDEX second_look_open ON second_look (id) WHERE looked_at IS NULL;
CREATE TRIGGER second_look_stays BEFORE UPDATE ON second_look
    WHEN old.looked_at IS NOT NULL OR old.decision_id <> new.decision_id
BEGIN SELECT RAISE(ABORT, 'what was said at a second look is never changed'); END;

DROP TRIGGER decision_settles;
CREATE TRIGGER decision_settles AFTER INSERT ON decision
BEGIN
    INSERT INTO second_look (decision_id, kind, drawn_at, moderator_id, action, looked_at)
        SELECT new.id, 'proposal', proposed_at, moderator_id, action, new.decided_at FROM proposal
        WHERE comment_id = new.comment_id AND moderator_id <> new.moderator_id
          AND new.action <> 'undo';
    DELETE FROM claim WHERE comment_id = new.comment_id;
    DELETE FROM proposal WHERE comment_id = new.comment_id;
END;

-- --- Answers ---

-- Responses by the day they were begun, handed to review and published, the agency they are of and
-- who wrote them; consultation 0, language '', channel '' and author 0 make the row of all.
-- within_N counts those published in less than N after the comment was received.
CREATE TABLE answer (
    consultation_id INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    agency_id       INTEGER NOT NULL REFERENCES agency (id),
    language        TEXT NOT NULL, -- of the comment
    channel         TEXT NOT NULL,
    author_id       INTEGER NOT NULL,
    drafted         INTEGER NOT NULL,
    submitted       INTEGER NOT NULL,
    published       INTEGER NOT NULL,
    within_4h       INTEGER NOT NULL,
    within_8h       INTEGER NOT NULL,
    within_1d       INTEGER NOT NULL,
    within_2d       INTEGER NOT NULL,
    within_3d       INTEGER NOT NULL,
    within_5d       INTEGER NOT NULL,
    within_7d       INTEGER NOT NULL,
    within_14d      INTEGER NOT NULL,
    within_30d      INTEGER NOT NULL,
    within_90d      INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, day, agency_id, language, channel, author_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer_state ( -- what is being written and what waits for review, now
    consultation_id INTEGER NOT NULL,
    agency_id       INTEGER NOT NULL REFERENCES agency (id),
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    author_id       INTEGER NOT NULL,
    draft           INTEGER NOT NULL,
    waiting         INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, agency_id, language, channel, author_id)
) STRICT, WITHOUT ROWID;

-- What each response adds.
CREATE VIEW answer_part (response_id, consultation_id, moment, agency_id, language, channel,
                         author_id, drafted, submitted, published, seconds) AS
    SELECT r.id, c.consultation_id, r.created_at, r.agency_id, c.language, c.channel,
           r.author_id, 1, 0, 0, NULL
    FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
    WHERE true
    UNION ALL
    SELECT r.id, c.consultation_id, r.submitted_at, r.agency_id, c.language, c.channel,
           r.author_id, 0, 1, 0, NULL
    FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
    WHERE r.submitted_at IS NOT NULL
    UNION ALL
    SELECT r.id, c.consultation_id, r.published_at, r.agency_id, c.language, c.channel,
           r.author_id, 0, 0, 1, r.published_at - c.received_at
    FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
    WHERE r.state = 'published' AND r.published_at IS NOT NULL;
CREATE VIEW answer_counted AS
    SELECT iif(fine, consultation_id, 0) AS consultation_id,
           (moment + (SELECT seconds FROM team_clock)) / 86400 AS day, agency_id,
           iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
           iif(fine, author_id, 0) AS author_id,
           sum(drafted) AS drafted, sum(submitted) AS submitted, sum(published) AS published,
           count(*) FILTER (WHERE seconds < 14400) AS within_4h,
           count(*) FILTER (WHERE seconds < 28800) AS within_8h,
           count(*) FILTER (WHERE seconds < 86400) AS within_1d,
           count(*) FILTER (WHERE seconds < 172800) AS within_2d,
           count(*) FILTER (WHERE seconds < 259200) AS within_3d,
           count(*) FILTER (WHERE seconds < 432000) AS within_5d,
           count(*) FILTER (WHERE seconds < 604800) AS within_7d,
           count(*) FILTER (WHERE seconds < 1209600) AS within_14d,
           count(*) FILTER (WHERE seconds < 2592000) AS within_30d,
           count(*) FILTER (WHERE seconds < 7776000) AS within_90d
    FROM answer_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
    GROUP BY 1, 2, 3, 4, 5, 6;
CREATE VIEW answer_state_counted AS
    SELECT iif(fine, c.consultation_id, 0) AS consultation_id, r.agency_id,
           iif(fine, c.language, '') AS language, iif(fine, c.channel, '') AS channel,
           iif(fine, r.author_id, 0) AS author_id,
           sum(r.state = 'draft') AS draft, sum(r.state = 'submitted') AS waiting
    FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
         CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
    GROUP BY 1, 2, 3, 4, 5;
INSERT INTO answer SELECT * FROM answer_counted;
INSERT INTO answer_state SELECT * FROM answer_state_counted;

-- A response is taken out as it was and put in as it is.
CREATE TRIGGER answer_begins AFTER INSERT ON response
BEGIN
    INSERT INTO answer
        SELECT iif(fine, consultation_id, 0) AS consultation_id,
               (moment + (SELECT seconds FROM team_clock)) / 86400 AS day, agency_id,
               iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
               iif(fine, author_id, 0) AS author_id,
               drafted, submitted, published, (seconds IS NOT NULL AND seconds < 14400),
               (seconds IS NOT NULL AND seconds < 28800),
               (seconds IS NOT NULL AND seconds < 86400),
               (seconds IS NOT NULL AND seconds < 172800),
               (seconds IS NOT NULL AND seconds < 259200),
               (seconds IS NOT NULL AND seconds < 432000),
               (seconds IS NOT NULL AND seconds < 604800),
               (seconds IS NOT NULL AND seconds < 1209600),
               (seconds IS NOT NULL AND seconds < 2592000),
               (seconds IS NOT NULL AND seconds < 7776000)
        FROM answer_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE response_id = new.id
        ON CONFLICT DO UPDATE SET
            drafted = drafted + excluded.drafted, submitted = submitted + excluded.submitted,
            published = published + excluded.published,
            within_4h = within_4h + excluded.within_4h,
            within_8h = within_8h + excluded.within_8h,
            within_1d = within_1d + excluded.within_1d,
            within_2d = within_2d + excluded.within_2d,
            within_3d = within_3d + excluded.within_3d,
            within_5d = within_5d + excluded.within_5d,
            within_7d = within_7d + excluded.within_7d,
            within_14d = within_14d + excluded.within_14d,
            within_30d = within_30d + excluded.within_30d,
            within_90d = within_90d + excluded.within_90d;
    INSERT INTO answer_state
        SELECT iif(fine, c.consultation_id, 0) AS consultation_id, r.agency_id,
               iif(fine, c.language, '') AS language, iif(fine, c.channel, '') AS channel,
               iif(fine, r.author_id, 0) AS author_id,
               (r.state = 'draft'), (r.state = 'submitted')
        FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
             CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE r.id = new.id
        ON CONFLICT DO UPDATE SET draft = draft + excluded.draft,
            waiting = waiting + excluded.waiting;
END;
CREATE TRIGGER answer_changes
    BEFORE UPDATE OF agency_id, author_id, state, created_at, submitted_at,
                                    published_at ON response
    WHEN (old.agency_id, old.author_id, old.state, old.created_at, ifnull(old.submitted_at, -1),
          ifnull(old.published_at, -1))
         <> (new.agency_id, new.author_id, new.state, new.created_at, ifnull(new.submitted_at, -1),
             ifnull(new.published_at, -1))
BEGIN
    INSERT INTO answer
        SELECT iif(fine, consultation_id, 0) AS consultation_id,
               (moment + (SELECT seconds FROM team_clock)) / 86400 AS day, agency_id,
               iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
               iif(fine, author_id, 0) AS author_id,
               -drafted, -submitted, -published, -(seconds IS NOT NULL AND seconds < 14400),
               -(seconds IS NOT NULL AND seconds < 28800),
               -(seconds IS NOT NULL AND seconds < 86400),
               -(seconds IS NOT NULL AND seconds < 172800),
               -(seconds IS NOT NULL AND seconds < 259200),
               -(seconds IS NOT NULL AND seconds < 432000),
               -(seconds IS NOT NULL AND seconds < 604800),
               -(seconds IS NOT NULL AND seconds < 1209600),
               -(seconds IS NOT NULL AND seconds < 2592000),
               -(seconds IS NOT NULL AND seconds < 7776000)
        FROM answer_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE response_id = old.id
        ON CONFLICT DO UPDATE SET
            drafted = drafted + excluded.drafted, submitted = submitted + excluded.submitted,
            published = published + excluded.published,
            within_4h = within_4h + excluded.within_4h,
            within_8h = within_8h + excluded.within_8h,
            within_1d = within_1d + excluded.within_1d,
            within_2d = within_2d + excluded.within_2d,
            within_3d = within_3d + excluded.within_3d,
            within_5d = within_5d + excluded.within_5d,
            within_7d = within_7d + excluded.within_7d,
            within_14d = within_14d + excluded.within_14d,
            within_30d = within_30d + excluded.within_30d,
            within_90d = within_90d + excluded.within_90d;
    INSERT INTO answer_state
        SELECT iif(fine, c.consultation_id, 0) AS consultation_id, r.agency_id,
               iif(fine, c.language, '') AS language, iif(fine, c.channel, '') AS channel,
               iif(fine, r.author_id, 0) AS author_id,
               -(r.state = 'draft'), -(r.state = 'submitted')
        FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
             CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE r.id = old.id
        ON CONFLICT DO UPDATE SET draft = draft + excluded.draft,
            waiting = waiting + excluded.waiting;
END;
CREATE TRIGGER answer_changed
    AFTER UPDATE OF agency_id, author_id, state, created_at, submitted_at,
                                    published_at ON response
    WHEN (old.agency_id, old.author_id, old.state, old.created_at, ifnull(old.submitted_at, -1),
          ifnull(old.published_at, -1))
         <> (new.agency_id, new.author_id, new.state, new.created_at, ifnull(new.submitted_at, -1),
             ifnull(new.published_at, -1))
BEGIN
    INSERT INTO answer
        SELECT iif(fine, consultation_id, 0) AS consultation_id,
               (moment + (SELECT seconds FROM team_clock)) / 86400 AS day, agency_id,
               iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
               iif(fine, author_id, 0) AS author_id,
               drafted, submitted, published, (seconds IS NOT NULL AND seconds < 14400),
               (seconds IS NOT NULL AND seconds < 28800),
               (seconds IS NOT NULL AND seconds < 86400),
               (seconds IS NOT NULL AND seconds < 172800),
               (seconds IS NOT NULL AND seconds < 259200),
               (seconds IS NOT NULL AND seconds < 432000),
               (seconds IS NOT NULL AND seconds < 604800),
               (seconds IS NOT NULL AND seconds < 1209600),
               (seconds IS NOT NULL AND seconds < 2592000),
               (seconds IS NOT NULL AND seconds < 7776000)
        FROM answer_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE response_id = new.id
        ON CONFLICT DO UPDATE SET
            drafted = drafted + excluded.drafted, submitted = submitted + excluded.submitted,
            published = published + excluded.published,
            within_4h = within_4h + excluded.within_4h,
            within_8h = within_8h + excluded.within_8h,
            within_1d = within_1d + excluded.within_1d,
            within_2d = within_2d + excluded.within_2d,
            within_3d = within_3d + excluded.within_3d,
            within_5d = within_5d + excluded.within_5d,
            within_7d = within_7d + excluded.within_7d,
            within_14d = within_14d + excluded.within_14d,
            within_30d = within_30d + excluded.within_30d,
            within_90d = within_90d + excluded.within_90d;
    INSERT INTO answer_state
        SELECT iif(fine, c.consultation_id, 0) AS consultation_id, r.agency_id,
               iif(fine, c.language, '') AS language, iif(fine, c.channel, '') AS channel,
               iif(fine, r.author_id, 0) AS author_id,
               (r.state = 'draft'), (r.state = 'submitted')
        FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
             CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE r.id = new.id
        ON CONFLICT DO UPDATE SET draft = draft + excluded.draft,
            waiting = waiting + excluded.waiting;
END;
CREATE TRIGGER answer_goes BEFORE DELETE ON response
BEGIN
    INSERT INTO answer
        SELECT iif(fine, consultation_id, 0) AS consultation_id,
               (moment + (SELECT seconds FROM team_clock)) / 86400 AS day, agency_id,
               iif(fine, language, '') AS language, iif(fine, channel, '') AS channel,
               iif(fine, author_id, 0) AS author_id,
               -drafted, -submitted, -published, -(seconds IS NOT NULL AND seconds < 14400),
               -(seconds IS NOT NULL AND seconds < 28800),
               -(seconds IS NOT NULL AND seconds < 86400),
               -(seconds IS NOT NULL AND seconds < 172800),
               -(seconds IS NOT NULL AND seconds < 259200),
               -(seconds IS NOT NULL AND seconds < 432000),
               -(seconds IS NOT NULL AND seconds < 604800),
               -(seconds IS NOT NULL AND seconds < 1209600),
               -(seconds IS NOT NULL AND seconds < 2592000),
               -(seconds IS NOT NULL AND seconds < 7776000)
        FROM answer_part CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE response_id = old.id
        ON CONFLICT DO UPDATE SET
            drafted = drafted + excluded.drafted, submitted = submitted + excluded.submitted,
            published = published + excluded.published,
            within_4h = within_4h + excluded.within_4h,
            within_8h = within_8h + excluded.within_8h,
            within_1d = within_1d + excluded.within_1d,
            within_2d = within_2d + excluded.within_2d,
            within_3d = within_3d + excluded.within_3d,
            within_5d = within_5d + excluded.within_5d,
            within_7d = within_7d + excluded.within_7d,
            within_14d = within_14d + excluded.within_14d,
            within_30d = within_30d + excluded.within_30d,
            within_90d = within_90d + excluded.within_90d;
    INSERT INTO answer_state
        SELECT iif(fine, c.consultation_id, 0) AS consultation_id, r.agency_id,
               iif(fine, c.language, '') AS language, iif(fine, c.channel, '') AS channel,
               iif(fine, r.author_id, 0) AS author_id,
               -(r.state = 'draft'), -(r.state = 'submitted')
        FROM response AS r CROSS JOIN comment AS c ON c.id = r.comment_id
             CROSS JOIN (SELECT 0 AS fine UNION ALL SELECT 1)
        WHERE r.id = old.id
        ON CONFLICT DO UPDATE SET draft = draft + excluded.draft,
            waiting = waiting + excluded.waiting;
END;

-- --- Voices ---

-- Comments received in a day; section 0: of none.
CREATE TABLE voice (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    day             INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    section_id      INTEGER NOT NULL,
    arrived         INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, day, language, channel, section_id)
) STRICT, WITHOUT ROWID;
-- The same of all days, for each consultation, section, language and channel, and the tags that are
-- on comments: the most first.
CREATE TABLE voice_sum (
    kind     TEXT NOT NULL CHECK (kind IN
             ('consultation', 'section', 'language', 'channel', 'tag')),
    id       INTEGER NOT NULL, -- of a consultation, section or tag; else 0
    word     TEXT NOT NULL,    -- the language or the channel; else ''
    comments INTEGER NOT NULL,
    PRIMARY KEY (kind, id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_sum_most ON voice_sum (kind, comments);
CREATE TABLE voice_tag ( -- tags that are on comments, by the day they were put there
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    day             INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    tag_id          INTEGER NOT NULL REFERENCES tag (id),
    comments        INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, day, language, channel, tag_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW voice_part (comment_id, consultation_id, day, language, channel, section_id) AS
    SELECT id, consultation_id, (received_at + (SELECT seconds FROM team_clock)) / 86400, language,
           channel, ifnull(section_id, 0)
    FROM comment NOT INDEXED; -- by its number alone: an index in the order of groups has them all
CREATE VIEW voice_tag_counted AS
    SELECT c.consultation_id, (x.tagged_at + (SELECT seconds FROM team_clock)) / 86400 AS day,
           c.language, c.channel, x.tag_id, count(*) AS comments
    FROM comment_tag AS x CROSS JOIN comment AS c ON c.id = x.comment_id
    GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW voice_counted AS
    SELECT consultation_id, day, language, channel, section_id, count(*) AS arrived
    FROM voice_part WHERE comment_id <= (SELECT comment_id FROM counted_to)
    GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW voice_sum_counted AS
    SELECT 'consultation' AS kind, consultation_id AS id, '' AS word, count(*) AS comments
    FROM voice_part WHERE comment_id <= (SELECT comment_id FROM counted_to)
    GROUP BY 2, 3
    UNION ALL
    SELECT 'section' AS kind, section_id AS id, '' AS word, count(*) AS comments
    FROM voice_part WHERE comment_id <= (SELECT comment_id FROM counted_to) AND section_id <> 0
    GROUP BY 2, 3
    UNION ALL
    SELECT 'language' AS kind, 0 AS id, language AS word, count(*) AS comments
    FROM voice_part WHERE comment_id <= (SELECT comment_id FROM counted_to)
    GROUP BY 2, 3
    UNION ALL
    SELECT 'channel' AS kind, 0 AS id, channel AS word, count(*) AS comments
    FROM voice_part WHERE comment_id <= (SELECT comment_id FROM counted_to)
    GROUP BY 2, 3
    UNION ALL SELECT 'tag', tag_id, '', count(*) FROM comment_tag GROUP BY 2;
CREATE VIEW voice_behind AS
    SELECT consultation_id, day, language, channel, section_id, count(*) AS arrived
    FROM voice_part WHERE comment_id > (SELECT comment_id FROM counted_to)
    GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW voice_sum_behind AS
    SELECT 'consultation' AS kind, consultation_id AS id, '' AS word, count(*) AS comments
    FROM voice_part WHERE comment_id > (SELECT comment_id FROM counted_to)
    GROUP BY 2, 3
    UNION ALL
    SELECT 'section' AS kind, section_id AS id, '' AS word, count(*) AS comments
    FROM voice_part WHERE comment_id > (SELECT comment_id FROM counted_to) AND section_id <> 0
    GROUP BY 2, 3
    UNION ALL
    SELECT 'language' AS kind, 0 AS id, language AS word, count(*) AS comments
    FROM voice_part WHERE comment_id > (SELECT comment_id FROM counted_to)
    GROUP BY 2, 3
    UNION ALL
    SELECT 'channel' AS kind, 0 AS id, channel AS word, count(*) AS comments
    FROM voice_part WHERE comment_id > (SELECT comment_id FROM counted_to)
    GROUP BY 2, 3;

CREATE TRIGGER voice_counts AFTER INSERT ON comment
    WHEN new.id >= (SELECT comment_id FROM counted_to) + 64
BEGIN
    INSERT INTO voice SELECT * FROM voice_behind WHERE true
        ON CONFLICT DO UPDATE SET arrived = arrived + excluded.arrived;
    INSERT INTO voice_sum SELECT * FROM voice_sum_behind WHERE true
        ON CONFLICT DO UPDATE SET comments = comments + excluded.comments;
    UPDATE counted_to SET comment_id = new.id;
END;
-- Where the last comment goes, its number comes again.
CREATE TRIGGER voice_goes BEFORE DELETE ON comment
    WHEN old.id <= (SELECT comment_id FROM counted_to)
BEGIN
    UPDATE voice SET arrived = voice.arrived - 1 FROM voice_part AS p
        WHERE p.comment_id = old.id AND voice.consultation_id = p.consultation_id
          AND voice.day = p.day AND voice.language = p.language AND voice.channel = p.channel
          AND voice.section_id = p.section_id;
    UPDATE voice_sum SET comments = comments - 1
        WHERE (kind, id, word) IN (VALUES ('consultation', old.consultation_id, ''),
                                          ('section', old.section_id, ''),
                                          ('language', 0, old.language),
                                          ('channel', 0, old.channel));
    UPDATE counted_to SET comment_id = old.id - 1
        WHERE NOT EXISTS (SELECT 1 FROM comment WHERE id > old.id);
END;
CREATE TRIGGER voice_stays BEFORE UPDATE OF section_id ON comment
    WHEN old.section_id IS NOT new.section_id
BEGIN SELECT RAISE(ABORT, 'a comment keeps its section'); END;
INSERT INTO voice SELECT * FROM voice_behind;
INSERT INTO voice_sum SELECT * FROM voice_sum_behind;
UPDATE counted_to SET comment_id = (SELECT ifnull(max(id), 0) FROM comment);

CREATE TRIGGER voice_tagged AFTER INSERT ON comment_tag
BEGIN
    INSERT INTO voice_tag
        SELECT consultation_id, (new.tagged_at + (SELECT seconds FROM team_clock)) / 86400,
               language, channel, new.tag_id, 1
        FROM comment WHERE id = new.comment_id
        ON CONFLICT DO UPDATE SET comments = comments + 1;
    INSERT INTO voice_sum VALUES ('tag', new.tag_id, '', 1)
        ON CONFLICT DO UPDATE SET comments = comments + 1;
END;
CREATE TRIGGER voice_untagged BEFORE DELETE ON comment_tag
BEGIN
    UPDATE voice_tag SET comments = comments - 1
        FROM (SELECT consultation_id, language, channel FROM comment WHERE id = old.comment_id) AS c
        WHERE voice_tag.consultation_id = c.consultation_id AND voice_tag.language = c.language
          AND voice_tag.channel = c.channel AND tag_id = old.tag_id
          AND day = (old.tagged_at + (SELECT seconds FROM team_clock)) / 86400;
    UPDATE voice_sum SET comments = comments - 1 WHERE kind = 'tag' AND id = old.tag_id;
END;
INSERT INTO voice_tag SELECT * FROM voice_tag_counted;
INSERT INTO voice_sum SELECT 'tag', tag_id, '', count(*) FROM comment_tag GROUP BY 2;

-- Comments that ask something, neither rejected nor spam, to which no response was published. A
-- question is what has an Arabic question mark, or another at the end of a word.
CREATE TABLE question (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    received_at     INTEGER NOT NULL,
    comment_id      INTEGER NOT NULL REFERENCES comment (id),
    PRIMARY KEY (consultation_id, language, channel, received_at, comment_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX question_of_comment ON question (comment_id);
CREATE INDEX question_in_time ON question (received_at, comment_id);
CREATE TABLE question_count ( -- consultation 0, language '' and channel '': all
    consultation_id INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    questions       INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, language, channel)
) STRICT, WITHOUT ROWID;
CREATE VIEW question_counted AS
    SELECT consultation_id, language, channel, received_at, id AS comment_id
    FROM comment AS c
    WHERE state NOT IN ('rejected', 'spam')
      AND (instr(body, '؟') > 0 OR instr(body, '? ') > 0 OR instr(body, '?' || char(10)) > 0
           OR body GLOB '*[?]')
      AND NOT EXISTS (SELECT 1 FROM response AS r
                      WHERE r.comment_id = c.id AND r.state = 'published');
CREATE VIEW question_count_counted AS
    SELECT consultation_id, language, channel, count(*) AS questions FROM question GROUP BY 1, 2, 3
    UNION ALL SELECT 0, '', '', count(*) FROM question;
CREATE TRIGGER question_comes AFTER INSERT ON question
BEGIN
    INSERT INTO question_count VALUES (new.consultation_id, new.language, new.channel, 1),
            (0, '', '', 1)
        ON CONFLICT DO UPDATE SET questions = questions + 1;
END;
CREATE TRIGGER question_goes AFTER DELETE ON question
BEGIN
    UPDATE question_count SET questions = questions - 1
        WHERE (consultation_id, language, channel)
              = (old.consultation_id, old.language, old.channel)
           OR (consultation_id, language, channel) = (0, '', '');
END;
CREATE TRIGGER question_asked AFTER INSERT ON comment
    WHEN (instr(new.body, '؟') > 0 OR instr(new.body, '?') > 0)
BEGIN
    INSERT INTO question SELECT * FROM question_counted WHERE comment_id = new.id;
END;
CREATE TRIGGER question_decided AFTER UPDATE OF state ON comment
    WHEN (old.state IN ('rejected', 'spam')) <> (new.state IN ('rejected', 'spam'))
BEGIN
    DELETE FROM question WHERE comment_id = new.id;
    INSERT INTO question SELECT * FROM question_counted WHERE comment_id = new.id;
END;
CREATE TRIGGER question_changed AFTER UPDATE OF body ON comment
BEGIN
    DELETE FROM question WHERE comment_id = new.id;
    INSERT INTO question SELECT * FROM question_counted WHERE comment_id = new.id;
END;
CREATE TRIGGER question_left BEFORE DELETE ON comment
BEGIN
    DELETE FROM question WHERE comment_id = old.id;
END;
CREATE TRIGGER question_answered AFTER INSERT ON response WHEN new.state = 'published'
BEGIN
    DELETE FROM question WHERE comment_id = new.comment_id;
END;
CREATE TRIGGER question_answer_changed AFTER UPDATE OF state ON response
    WHEN (old.state = 'published') <> (new.state = 'published')
BEGIN
    DELETE FROM question WHERE comment_id = new.comment_id;
    INSERT INTO question SELECT * FROM question_counted WHERE comment_id = new.comment_id;
END;
CREATE TRIGGER question_unanswered AFTER DELETE ON response WHEN old.state = 'published'
BEGIN
    DELETE FROM question WHERE comment_id = old.comment_id;
    INSERT INTO question SELECT * FROM question_counted WHERE comment_id = old.comment_id;
END;
INSERT INTO question SELECT * FROM question_counted;
