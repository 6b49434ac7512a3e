-- An import adds comments by the hundred thousand, in one transaction. What they add to counts and
-- sums is then counted once, at its end, and not comment by comment: of those over
-- counted_to.gathered_from.

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
