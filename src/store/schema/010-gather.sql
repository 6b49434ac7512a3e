-- An import adds comments by the hundred thousand, in one transaction. What they add to counts and
-- sums is then counted once, at its end, and not comment by comment.

-- Comments over this number came in an import that has not ended: its end counts them. NULL: there is
-- none, and each is counted as it comes.
ALTER TABLE counted_to ADD COLUMN gathered_from INTEGER;

-- The comments of an import that ends, put together; empty at all other times.
CREATE TABLE gathered (
    consultation_id INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    received_at     INTEGER NOT NULL,
    state           TEXT NOT NULL,
    comments        INTEGER NOT NULL
) STRICT;

-- All that a comment by itself adds, in one trigger: each costs, even where it has nothing to do. A
-- comment that just came has no response.
DROP TRIGGER comment_arrives;
DROP TRIGGER figures_arrive;
DROP TRIGGER voice_counts;
DROP TRIGGER question_asked;
CREATE TRIGGER comment_arrives AFTER INSERT ON comment
    WHEN (SELECT gathered_from FROM counted_to) IS NULL
BEGIN
    INSERT INTO comment_count VALUES (new.consultation_id, new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    INSERT INTO arrival_count VALUES (new.consultation_id, new.received_at / 3600, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    INSERT INTO figure_change VALUES (NULL, new.consultation_id, new.language, new.channel,
                                      new.received_at, '', new.state, 0, 0, 0, 0, new.id);
    UPDATE counted_to SET comment_id = new.id WHERE comment_id + 64 <= new.id;
    INSERT INTO question
        SELECT new.consultation_id, new.language, new.channel, new.received_at, new.id
        WHERE new.state NOT IN ('rejected', 'spam')
          AND (instr(new.body, '؟') > 0
               OR (instr(new.body, '?') > 0
                   AND (instr(new.body, '? ') > 0 OR instr(new.body, '?' || char(10)) > 0
                        OR new.body GLOB '*[?]')));
END;
DROP TRIGGER question_comes;
DROP TRIGGER question_goes;
CREATE TRIGGER question_comes AFTER INSERT ON question
    WHEN ifnull(new.comment_id <= (SELECT gathered_from FROM counted_to), 1)
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
    WHEN ifnull(old.comment_id <= (SELECT gathered_from FROM counted_to), 1)
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

-- What an import adds is among what is added next.
DROP VIEW flow_change;
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
    FROM figure_change WHERE moderator_id <> 0
    UNION ALL
    SELECT consultation_id, (received_at + (SELECT seconds FROM team_clock)) / 3600, language,
           channel, 0, comments, 0, 0, comments * (state IN ('pending', 'held', 'escalated'))
    FROM gathered;
DROP VIEW tally_change;
CREATE VIEW tally_change AS
    SELECT consultation_id, language, channel,
           (to_state = 'pending') - (from_state = 'pending') AS pending,
           (to_state = 'approved') - (from_state = 'approved') AS approved,
           (to_state = 'rejected') - (from_state = 'rejected') AS rejected,
           (to_state = 'spam') - (from_state = 'spam') AS spam,
           (to_state = 'held') - (from_state = 'held') AS held,
           (to_state = 'escalated') - (from_state = 'escalated') AS escalated
    FROM figure_change
    UNION ALL
    SELECT consultation_id, language, channel, comments * (state = 'pending'),
           comments * (state = 'approved'), comments * (state = 'rejected'),
           comments * (state = 'spam'), comments * (state = 'held'),
           comments * (state = 'escalated')
    FROM gathered;

-- Who asks something and is not answered stands in question already; only an answered comment's text
-- is looked at.
DROP VIEW due_counted;
CREATE VIEW due_counted (comment_id, decide_at, decided_at, decided_by, answer_at, answered_at,
                         answered_by) AS
    SELECT c.id, majlis_due(k.agency_id, 0, c.received_at), d.decided_at, d.moderator_id,
           CASE WHEN EXISTS (SELECT 1 FROM question AS q WHERE q.comment_id = c.id)
                     OR (c.state NOT IN ('rejected', 'spam')
                         AND EXISTS (SELECT 1 FROM response AS p
                                     WHERE p.comment_id = c.id AND p.state = 'published')
                         AND (instr(c.body, '؟') > 0 OR instr(c.body, '? ') > 0
                              OR instr(c.body, '?' || char(10)) > 0 OR c.body GLOB '*[?]'))
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
