-- What Voices shows is narrowed, and leads to what it counts.

-- --- Letters that are alike ---

-- Counted so that figures can narrow them to a language, the way they came, and a time. Each table
-- stands beside a view that counts the same anew; the check compares the two.

-- By the day they were received, on the team's clock.
CREATE TABLE cluster_day (
    consultation_id INTEGER NOT NULL REFERENCES consultation (id),
    day             INTEGER NOT NULL,
    cluster_id      INTEGER NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    letters         INTEGER NOT NULL,
    waiting         INTEGER NOT NULL, -- of these, how many wait now
    PRIMARY KEY (consultation_id, day, cluster_id, language, channel)
) STRICT, WITHOUT ROWID;
-- Of all days, for what can be asked: a language, a way they came, or both. What is left open is ''.
CREATE TABLE cluster_sum (
    consultation_id INTEGER NOT NULL, -- of the cluster
    cluster_id      INTEGER NOT NULL REFERENCES cluster (id),
    narrowed        TEXT NOT NULL CHECK (narrowed IN ('language', 'channel', 'both')),
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    letters         INTEGER NOT NULL,
    waiting         INTEGER NOT NULL,
    PRIMARY KEY (cluster_id, narrowed, language, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_sum_most
    ON cluster_sum (narrowed, language, channel, letters DESC, cluster_id);
CREATE INDEX cluster_sum_of_consultation
    ON cluster_sum (consultation_id, narrowed, language, channel, letters DESC, cluster_id);
CREATE TABLE cluster_sum_count ( -- these letters, and the clusters that have some
    narrowed        TEXT NOT NULL,
    language        TEXT NOT NULL,
    channel         TEXT NOT NULL,
    consultation_id INTEGER NOT NULL, -- 0: of all
    letters         INTEGER NOT NULL,
    clusters        INTEGER NOT NULL,
    PRIMARY KEY (narrowed, language, channel, consultation_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW cluster_day_counted AS
    SELECT consultation_id, (received_at + (SELECT seconds FROM team_clock)) / 86400 AS day,
           cluster_id, language, channel, count(*) AS letters,
           sum(state IN ('pending', 'held', 'escalated')) AS waiting
    FROM comment INDEXED BY comment_by_cluster WHERE cluster_id IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5;
-- The coarse sums are counted from the fine ones.
CREATE VIEW cluster_sum_counted AS
    SELECT consultation_id, cluster_id, n.column1 AS narrowed,
           iif(n.column1 = 'channel', '', language) AS language,
           iif(n.column1 = 'language', '', channel) AS channel,
           sum(letters) AS letters, sum(waiting) AS waiting
    FROM cluster_day CROSS JOIN (VALUES ('language'), ('channel'), ('both')) AS n
    GROUP BY 1, 2, 3, 4, 5;
CREATE VIEW cluster_sum_count_counted AS
    SELECT narrowed, language, channel, iif(a.column1, consultation_id, 0) AS consultation_id,
           sum(letters) AS letters, sum(letters > 0) AS clusters
    FROM cluster_sum CROSS JOIN (VALUES (0), (1)) AS a
    GROUP BY 1, 2, 3, 4;

CREATE TRIGGER cluster_sum_begins AFTER INSERT ON cluster_sum
BEGIN
    INSERT INTO cluster_sum_count
        VALUES (new.narrowed, new.language, new.channel, 0, new.letters, new.letters > 0),
               (new.narrowed, new.language, new.channel, new.consultation_id, new.letters,
                new.letters > 0)
        ON CONFLICT DO UPDATE SET letters = letters + excluded.letters,
                                  clusters = clusters + excluded.clusters;
END;
CREATE TRIGGER cluster_sum_changes AFTER UPDATE OF letters ON cluster_sum
    WHEN old.letters <> new.letters
BEGIN
    UPDATE cluster_sum_count
        SET letters = letters + new.letters - old.letters,
            clusters = clusters + (new.letters > 0) - (old.letters > 0)
        WHERE narrowed = new.narrowed AND language = new.language AND channel = new.channel
          AND consultation_id IN (0, new.consultation_id);
END;

INSERT INTO cluster_day SELECT * FROM cluster_day_counted;
INSERT INTO cluster_sum SELECT * FROM cluster_sum_counted;

-- A comment comes to a cluster (1) or leaves it (-1). What an import adds is counted at its end.
CREATE TRIGGER letter_moves AFTER UPDATE OF cluster_id ON comment
    WHEN old.cluster_id IS NOT new.cluster_id
     AND ifnull(new.id <= (SELECT gathered_from FROM counted_to), 1)
BEGIN
    INSERT INTO cluster_day
        SELECT new.consultation_id, (new.received_at + (SELECT seconds FROM team_clock)) / 86400,
               iif(m.column1 = 1, new.cluster_id, old.cluster_id), new.language, new.channel,
               m.column1, m.column1 * (iif(m.column1 = 1, new.state, old.state)
                                       IN ('pending', 'held', 'escalated'))
        FROM (VALUES (-1), (1)) AS m
        WHERE iif(m.column1 = 1, new.cluster_id, old.cluster_id) IS NOT NULL
        ON CONFLICT DO UPDATE SET letters = letters + excluded.letters,
                                  waiting = waiting + excluded.waiting;
    INSERT INTO cluster_sum
        SELECT new.consultation_id, iif(m.column1 = 1, new.cluster_id, old.cluster_id), n.column1,
               iif(n.column1 = 'channel', '', new.language),
               iif(n.column1 = 'language', '', new.channel),
               m.column1, m.column1 * (iif(m.column1 = 1, new.state, old.state)
                                       IN ('pending', 'held', 'escalated'))
        FROM (VALUES (-1), (1)) AS m
             CROSS JOIN (VALUES ('language'), ('channel'), ('both')) AS n
        WHERE iif(m.column1 = 1, new.cluster_id, old.cluster_id) IS NOT NULL
        ON CONFLICT DO UPDATE SET letters = letters + excluded.letters,
                                  waiting = waiting + excluded.waiting;
    UPDATE kept_stamp SET letters = random();
END;
-- It is decided on, or waits again.
CREATE TRIGGER letter_waits AFTER UPDATE OF state ON comment
    WHEN new.cluster_id IS NOT NULL AND old.cluster_id IS new.cluster_id
     AND (old.state IN ('pending', 'held', 'escalated'))
         <> (new.state IN ('pending', 'held', 'escalated'))
     AND ifnull(new.id <= (SELECT gathered_from FROM counted_to), 1)
BEGIN
    UPDATE cluster_day
        SET waiting = waiting + iif(new.state IN ('pending', 'held', 'escalated'), 1, -1)
        WHERE consultation_id = new.consultation_id
          AND day = (new.received_at + (SELECT seconds FROM team_clock)) / 86400
          AND cluster_id = new.cluster_id AND language = new.language AND channel = new.channel;
    UPDATE cluster_sum
        SET waiting = waiting + iif(new.state IN ('pending', 'held', 'escalated'), 1, -1)
        WHERE cluster_id = new.cluster_id
          AND (narrowed, language, channel)
              IN (VALUES ('language', new.language, ''), ('channel', '', new.channel),
                         ('both', new.language, new.channel));
    UPDATE kept_stamp SET letters = random();
END;
CREATE TRIGGER letter_goes AFTER DELETE ON comment
    WHEN old.cluster_id IS NOT NULL
     AND ifnull(old.id <= (SELECT gathered_from FROM counted_to), 1)
BEGIN
    UPDATE cluster_day
        SET letters = letters - 1,
            waiting = waiting - (old.state IN ('pending', 'held', 'escalated'))
        WHERE consultation_id = old.consultation_id
          AND day = (old.received_at + (SELECT seconds FROM team_clock)) / 86400
          AND cluster_id = old.cluster_id AND language = old.language AND channel = old.channel;
    UPDATE cluster_sum
        SET letters = letters - 1,
            waiting = waiting - (old.state IN ('pending', 'held', 'escalated'))
        WHERE cluster_id = old.cluster_id
          AND (narrowed, language, channel)
              IN (VALUES ('language', old.language, ''), ('channel', '', old.channel),
                         ('both', old.language, old.channel));
    UPDATE kept_stamp SET letters = random();
END;
-- The cluster that an import's comment came to; 0: none.
ALTER TABLE gathered ADD COLUMN cluster_id INTEGER NOT NULL DEFAULT 0;

-- --- Sections ---

-- The comments of a section by their state, in the order of queues: in place of the index that had
-- them by section alone.
DROP INDEX comment_of_section;
CREATE INDEX comment_by_section ON comment (section_id, state, submitted_at)
    WHERE section_id IS NOT NULL;
