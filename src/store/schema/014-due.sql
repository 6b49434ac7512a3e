-- What due_counted says, said so that looking at one comment costs little: a list of three behind IN
-- becomes a table of its own, and an order a sort, each time a comment is looked at.
DROP VIEW due_counted;
CREATE VIEW due_counted (comment_id, decide_at, decided_at, decided_by, answer_at, answered_at,
                         answered_by) AS
    SELECT c.id, majlis_due(k.agency_id, 0, c.received_at), d.decided_at, d.moderator_id,
           CASE WHEN EXISTS (SELECT 1 FROM question AS q WHERE q.comment_id = c.id)
                     OR (c.state <> 'rejected' AND c.state <> 'spam'
                         AND EXISTS (SELECT 1 FROM response AS p
                                     WHERE p.comment_id = c.id AND p.state = 'published')
                         AND (instr(c.body, '؟') > 0 OR instr(c.body, '? ') > 0
                              OR instr(c.body, '?' || char(10)) > 0 OR c.body GLOB '*[?]'))
                THEN majlis_due(k.agency_id, 1, c.received_at) END,
           r.published_at, r.author_id
    FROM comment AS c CROSS JOIN consultation AS k ON k.id = c.consultation_id
         LEFT JOIN decision AS d
         ON d.id = CASE WHEN c.state <> 'pending' AND c.state <> 'held'
                             AND c.state <> 'escalated' THEN
             (SELECT e.id FROM decision AS e
              WHERE e.comment_id = c.id AND e.action <> 'undo'
                AND (e.from_state = 'pending' OR e.from_state = 'held'
                     OR e.from_state = 'escalated')
                AND e.to_state <> 'pending' AND e.to_state <> 'held'
                AND e.to_state <> 'escalated'
                AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = e.id)
              ORDER BY e.id LIMIT 1) END
         LEFT JOIN response AS r
         ON r.id = CASE WHEN EXISTS (SELECT 1 FROM response AS p WHERE p.comment_id = c.id) THEN
             (SELECT q.id FROM response AS q
              WHERE q.comment_id = c.id AND q.state = 'published' AND q.published_at IS NOT NULL
              ORDER BY q.published_at, q.id LIMIT 1) END;
