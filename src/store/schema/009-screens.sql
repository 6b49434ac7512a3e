-- What the supervisor's screens list, kept at the grain they show it: each is then read from a few
-- rows of its own, however many comments there are. Each table stands beside a view that counts the
-- same anew; the check compares the two.

-- --- Today ---

-- Escalated comments, with the decision that escalated each.
CREATE TABLE escalation (
    submitted_at    INTEGER NOT NULL,
    comment_id      INTEGER NOT NULL REFERENCES comment (id),
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    moderator_id    INTEGER NOT NULL REFERENCES moderator (id),
    decided_at      INTEGER NOT NULL,
    note            TEXT NOT NULL,
    PRIMARY KEY (submitted_at, comment_id)
) STRICT, WITHOUT ROWID;
CREATE VIEW escalation_counted AS
    SELECT c.submitted_at, c.id AS comment_id, c.consultation_id, c.language, c.channel,
           d.moderator_id, d.decided_at, d.note
    FROM comment AS c CROSS JOIN decision AS d
         ON d.id = (SELECT max(e.id) FROM decision AS e WHERE e.comment_id = c.id)
    WHERE c.state = 'escalated';
CREATE TRIGGER escalation_comes AFTER INSERT ON decision WHEN new.to_state = 'escalated'
BEGIN
    INSERT INTO escalation
        SELECT submitted_at, id, consultation_id, language, channel, new.moderator_id,
               new.decided_at, new.note
        FROM comment WHERE id = new.comment_id
        ON CONFLICT DO UPDATE SET moderator_id = excluded.moderator_id,
            decided_at = excluded.decided_at, note = excluded.note;
END;
CREATE TRIGGER escalation_goes AFTER INSERT ON decision
    WHEN new.from_state = 'escalated' AND new.to_state <> 'escalated'
BEGIN
    DELETE FROM escalation
        WHERE submitted_at = (SELECT submitted_at FROM comment WHERE id = new.comment_id)
          AND comment_id = new.comment_id;
END;
CREATE TRIGGER escalation_deleted BEFORE DELETE ON comment WHEN old.state = 'escalated'
BEGIN
    DELETE FROM escalation WHERE submitted_at = old.submitted_at AND comment_id = old.id;
END;
INSERT INTO escalation SELECT * FROM escalation_counted;

-- What each person did last.
CREATE TABLE last_deed (
    moderator_id INTEGER PRIMARY KEY REFERENCES moderator (id),
    decision_id  INTEGER NOT NULL,
    comment_id   INTEGER NOT NULL,
    decided_at   INTEGER NOT NULL
) STRICT;
CREATE VIEW last_deed_counted AS
    SELECT d.moderator_id, d.id AS decision_id, d.comment_id, d.decided_at
    FROM moderator AS m CROSS JOIN decision AS d
         ON d.id = (SELECT max(e.id) FROM decision AS e WHERE e.moderator_id = m.id);
CREATE TRIGGER last_deed_done AFTER INSERT ON decision
BEGIN
    INSERT INTO last_deed VALUES (new.moderator_id, new.id, new.comment_id, new.decided_at)
        ON CONFLICT DO UPDATE SET decision_id = excluded.decision_id,
            comment_id = excluded.comment_id, decided_at = excluded.decided_at;
END;
INSERT INTO last_deed SELECT * FROM last_deed_counted;

-- The first hours in which something waits, of whatever consultation.
CREATE INDEX flow_oldest ON flow (hour) WHERE waiting > 0;

-- --- Backlog ---

-- The consultations where most waits.
CREATE INDEX tally_of_waiting ON tally_of (pending + held + escalated)
    WHERE scope >= 'consultation:' AND scope < 'consultation;';

-- --- Moderators ---

-- Who reads work counts what is behind its sums, so that this must stay little; what a sum costs is
-- the same however many go into it at once.
DROP TRIGGER work_counts;
CREATE TRIGGER work_counts AFTER INSERT ON decision
    WHEN new.id >= (SELECT decision_id FROM counted_to) + 8
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
        ON CONFLICT DO UPDATE SET rejected = rejected + excluded.rejected;
    UPDATE counted_to SET decision_id = new.id;
END;

-- --- Voices ---

DROP TRIGGER voice_counts;
DROP TRIGGER voice_goes;
DROP TRIGGER voice_tagged;
DROP TRIGGER voice_untagged;
DROP VIEW voice_sum_counted;
DROP VIEW voice_sum_behind;
DROP TABLE voice_sum;

-- The sums of voice (tag_id 0) and of voice_tag (section_id 0) over longer spans: 32 days that begin
-- at span * 32, or (-1) all days. A range is read from its spans, and the days at its two ends.
CREATE TABLE voice_span (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    span            INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    section_id      INTEGER NOT NULL,
    tag_id          INTEGER NOT NULL,
    comments        INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, span, language, channel, section_id, tag_id)
) STRICT, WITHOUT ROWID;
-- All days, for everything ('') and for each single thing figures are narrowed to ('agency:ID' ...):
-- comments of each consultation, section, language and channel, and those that bear a tag. The index
-- has the most first.
CREATE TABLE voice_of (
    scope    TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN
             ('consultation', 'section', 'language', 'channel', 'tag')),
    id       INTEGER NOT NULL, -- of a consultation, section or tag; else 0
    word     TEXT NOT NULL,    -- the language or the channel; else ''
    comments INTEGER NOT NULL,
    PRIMARY KEY (scope, kind, id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_of_most ON voice_of (scope, kind, comments);
CREATE VIEW voice_sum AS SELECT kind, id, word, comments FROM voice_of WHERE scope = '';

-- What a change of counted_to adds to the sums; empty at all other times.
CREATE TABLE voice_change (
    consultation_id INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    section_id      INTEGER NOT NULL,
    tag_id          INTEGER NOT NULL,
    comments        INTEGER NOT NULL
) STRICT;

-- One row for each scope and each kind that a sum goes to.
CREATE VIEW voice_place (scope_kind, kind) AS
    SELECT s.column1, t.column1
    FROM (VALUES (''), ('agency'), ('consultation'), ('language'), ('channel')) AS s
         CROSS JOIN (VALUES ('consultation'), ('section'), ('language'), ('channel'), ('tag')) AS t;
CREATE VIEW voice_of_change AS
    SELECT CASE p.scope_kind WHEN '' THEN '' WHEN 'agency' THEN 'agency:' || k.agency_id
           WHEN 'consultation' THEN 'consultation:' || k.id
           WHEN 'language' THEN 'language:' || v.language ELSE 'channel:' || v.channel END AS scope,
           p.kind,
           CASE p.kind WHEN 'consultation' THEN k.id WHEN 'section' THEN v.section_id
           WHEN 'tag' THEN v.tag_id ELSE 0 END AS id,
           CASE p.kind WHEN 'language' THEN v.language WHEN 'channel' THEN v.channel
           ELSE '' END AS word,
           sum(v.comments) AS comments
    FROM (SELECT consultation_id, language, channel, section_id, tag_id, sum(comments) AS comments
          FROM voice_change GROUP BY 1, 2, 3, 4, 5) AS v
         CROSS JOIN consultation AS k ON k.id = v.consultation_id CROSS JOIN voice_place AS p
    WHERE (v.tag_id <> 0) = (p.kind = 'tag') AND (p.kind <> 'section' OR v.section_id <> 0)
    GROUP BY 1, 2, 3, 4;
CREATE VIEW voice_span_counted AS
    SELECT consultation_id, span, language, channel, section_id, tag_id, sum(comments) AS comments
    FROM (SELECT consultation_id, day / 32 AS span, language, channel, section_id, 0 AS tag_id,
                 arrived AS comments FROM voice
          UNION ALL SELECT consultation_id, -1, language, channel, section_id, 0, arrived FROM voice
          UNION ALL SELECT consultation_id, day / 32, language, channel, 0, tag_id, comments
              FROM voice_tag
          UNION ALL SELECT consultation_id, -1, language, channel, 0, tag_id, comments
              FROM voice_tag)
    GROUP BY 1, 2, 3, 4, 5, 6;
CREATE VIEW voice_of_counted AS
    SELECT CASE p.scope_kind WHEN '' THEN '' WHEN 'agency' THEN 'agency:' || k.agency_id
           WHEN 'consultation' THEN 'consultation:' || k.id
           WHEN 'language' THEN 'language:' || v.language ELSE 'channel:' || v.channel END AS scope,
           p.kind,
           CASE p.kind WHEN 'consultation' THEN k.id WHEN 'section' THEN v.section_id
           WHEN 'tag' THEN v.tag_id ELSE 0 END AS id,
           CASE p.kind WHEN 'language' THEN v.language WHEN 'channel' THEN v.channel
           ELSE '' END AS word,
           sum(v.comments) AS comments
    FROM consultation AS k CROSS JOIN voice_span AS v ON v.consultation_id = k.id AND v.span = -1
         CROSS JOIN voice_place AS p
    WHERE (v.tag_id <> 0) = (p.kind = 'tag') AND (p.kind <> 'section' OR v.section_id <> 0)
    GROUP BY 1, 2, 3, 4;

-- How sums are kept: who has something to add writes it to voice_change, then sets counted_to, if
-- only to what it was.
CREATE TRIGGER voice_settles AFTER UPDATE OF comment_id ON counted_to
BEGIN
    INSERT INTO voice_change
        SELECT consultation_id, day, language, channel, section_id, 0, count(*)
        FROM voice_part WHERE comment_id > old.comment_id AND comment_id <= new.comment_id
        GROUP BY 1, 2, 3, 4, 5;
    INSERT INTO voice
        SELECT consultation_id, day, language, channel, section_id, sum(comments) AS comments
        FROM voice_change WHERE tag_id = 0 GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT DO UPDATE SET arrived = arrived + excluded.arrived;
    INSERT INTO voice_tag
        SELECT consultation_id, day, language, channel, tag_id, sum(comments) AS comments
        FROM voice_change WHERE tag_id <> 0 GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT DO UPDATE SET comments = comments + excluded.comments;
    INSERT INTO voice_span
        SELECT v.consultation_id, iif(s.column1, v.day / 32, -1), v.language, v.channel,
               v.section_id, v.tag_id, sum(v.comments)
        FROM voice_change AS v CROSS JOIN (VALUES (0), (1)) AS s GROUP BY 1, 2, 3, 4, 5, 6
        ON CONFLICT DO UPDATE SET comments = comments + excluded.comments;
    INSERT INTO voice_of SELECT * FROM voice_of_change WHERE true
        ON CONFLICT DO UPDATE SET comments = comments + excluded.comments;
    DELETE FROM voice_change;
END;
CREATE TRIGGER voice_counts AFTER INSERT ON comment
    WHEN new.id >= (SELECT comment_id FROM counted_to) + 64
BEGIN
    UPDATE counted_to SET comment_id = new.id;
END;
-- Where the last comment goes, its number comes again.
CREATE TRIGGER voice_goes BEFORE DELETE ON comment
    WHEN old.id <= (SELECT comment_id FROM counted_to)
BEGIN
    INSERT INTO voice_change
        SELECT consultation_id, day, language, channel, section_id, 0, -1
        FROM voice_part WHERE comment_id = old.id;
    UPDATE counted_to SET comment_id = iif(EXISTS (SELECT 1 FROM comment WHERE id > old.id),
                                           comment_id, old.id - 1);
END;
CREATE TRIGGER voice_tagged AFTER INSERT ON comment_tag
BEGIN
    INSERT INTO voice_change
        SELECT consultation_id, (new.tagged_at + (SELECT seconds FROM team_clock)) / 86400,
               language, channel, 0, new.tag_id, 1
        FROM comment WHERE id = new.comment_id;
    UPDATE counted_to SET comment_id = comment_id;
END;
CREATE TRIGGER voice_untagged BEFORE DELETE ON comment_tag
BEGIN
    INSERT INTO voice_change
        SELECT consultation_id, (old.tagged_at + (SELECT seconds FROM team_clock)) / 86400,
               language, channel, 0, old.tag_id, -1
        FROM comment WHERE id = old.comment_id;
    UPDATE counted_to SET comment_id = comment_id;
END;
-- A consultation that goes to another agency takes its comments along.
CREATE TRIGGER voice_moves AFTER UPDATE OF agency_id ON consultation
    WHEN old.agency_id <> new.agency_id
BEGIN
    DELETE FROM voice_of WHERE scope IN ('agency:' || old.agency_id, 'agency:' || new.agency_id);
    INSERT INTO voice_of SELECT * FROM voice_of_counted
        WHERE scope IN ('agency:' || old.agency_id, 'agency:' || new.agency_id);
    DELETE FROM cluster_total WHERE agency_id IN (old.agency_id, new.agency_id);
    INSERT INTO cluster_total SELECT * FROM cluster_total_counted
        WHERE agency_id IN (old.agency_id, new.agency_id);
    DELETE FROM question_of WHERE scope IN ('agency:' || old.agency_id,
                                            'agency:' || new.agency_id);
    INSERT INTO question_of SELECT * FROM question_of_counted
        WHERE scope IN ('agency:' || old.agency_id, 'agency:' || new.agency_id);
END;

-- Letters that are alike, and their clusters, of an agency or (0) of all.
CREATE TABLE cluster_total (
    agency_id INTEGER PRIMARY KEY,
    letters   INTEGER NOT NULL,
    clusters  INTEGER NOT NULL
) STRICT;
CREATE VIEW cluster_total_counted AS
    SELECT iif(a.column1, k.agency_id, 0) AS agency_id, sum(n.letters) AS letters,
           sum(n.clusters) AS clusters
    FROM consultation AS k CROSS JOIN cluster_count AS n ON n.consultation_id = k.id
         AND n.state = '' CROSS JOIN (VALUES (0), (1)) AS a
    GROUP BY 1;
CREATE TRIGGER cluster_total_begins AFTER INSERT ON cluster_count WHEN new.state = ''
BEGIN
    INSERT INTO cluster_total
        SELECT iif(a.column1, agency_id, 0), new.letters, new.clusters
        FROM consultation CROSS JOIN (VALUES (0), (1)) AS a WHERE id = new.consultation_id
        ON CONFLICT DO UPDATE SET letters = letters + excluded.letters,
            clusters = clusters + excluded.clusters;
END;
CREATE TRIGGER cluster_total_changes AFTER UPDATE OF letters, clusters ON cluster_count
    WHEN new.state = ''
BEGIN
    UPDATE cluster_total
        SET letters = letters + new.letters - old.letters,
            clusters = clusters + new.clusters - old.clusters
        WHERE agency_id IN (0, (SELECT agency_id FROM consultation
                                WHERE id = new.consultation_id));
END;
INSERT INTO cluster_total SELECT * FROM cluster_total_counted;

INSERT INTO voice_span SELECT * FROM voice_span_counted;
INSERT INTO voice_of SELECT * FROM voice_of_counted;

-- The oldest questions of a language or a channel; and how many there are, in the same scopes as
-- voice_of. question_count keeps the finest counts alone.
CREATE INDEX question_of_language ON question (language, received_at, comment_id);
CREATE INDEX question_of_channel ON question (channel, received_at, comment_id);
CREATE TABLE question_of (
    scope     TEXT PRIMARY KEY,
    questions INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
DROP TRIGGER question_comes;
DROP TRIGGER question_goes;
DROP VIEW question_count_counted;
CREATE VIEW question_count_counted AS
    SELECT consultation_id, language, channel, count(*) AS questions FROM question GROUP BY 1, 2, 3;
CREATE VIEW question_of_counted AS
    SELECT CASE s.column1 WHEN '' THEN '' WHEN 'agency' THEN 'agency:' || k.agency_id
           WHEN 'consultation' THEN 'consultation:' || k.id
           WHEN 'language' THEN 'language:' || q.language ELSE 'channel:' || q.channel END AS scope,
           sum(q.questions) AS questions
    FROM consultation AS k CROSS JOIN question_count AS q ON q.consultation_id = k.id
         CROSS JOIN (VALUES (''), ('agency'), ('consultation'), ('language'), ('channel')) AS s
    GROUP BY 1;
CREATE TRIGGER question_comes AFTER INSERT ON question
BEGIN
    INSERT INTO question_count VALUES (new.consultation_id, new.language, new.channel, 1)
        ON CONFLICT DO UPDATE SET questions = questions + 1;
    INSERT INTO question_of
        VALUES ('', 1), ('consultation:' || new.consultation_id, 1),
               ('language:' || new.language, 1), ('channel:' || new.channel, 1),
               ('agency:' || (SELECT agency_id FROM consultation WHERE id = new.consultation_id), 1)
        ON CONFLICT DO UPDATE SET questions = questions + 1;
END;
CREATE TRIGGER question_goes AFTER DELETE ON question
BEGIN
    UPDATE question_count SET questions = questions - 1
        WHERE (consultation_id, language, channel)
              = (old.consultation_id, old.language, old.channel);
    UPDATE question_of SET questions = questions - 1
        WHERE scope IN ('', 'consultation:' || old.consultation_id, 'language:' || old.language,
                        'channel:' || old.channel,
                        'agency:' || (SELECT agency_id FROM consultation
                                      WHERE id = old.consultation_id));
END;
DELETE FROM question_count WHERE consultation_id = 0;
INSERT INTO question_of SELECT * FROM question_of_counted;
