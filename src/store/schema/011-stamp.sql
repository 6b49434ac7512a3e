-- When what is kept last changed, so that who reads it again and again knows what it read to be true
-- still. A stamp is no number that counts: one that was never kept, since its transaction was taken
-- back, can't come again.
CREATE TABLE kept_stamp (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    names     INTEGER NOT NULL, -- all that has a name, which everything else hangs on, too
    sums      INTEGER NOT NULL, -- flow, tally and promise, and what is made of them
    work      INTEGER NOT NULL, -- work and work_reason
    voices    INTEGER NOT NULL, -- voice and question, and what is made of them
    letters   INTEGER NOT NULL, -- cluster, and what is made of it
    escalated INTEGER NOT NULL  -- escalation
) STRICT;
INSERT INTO kept_stamp VALUES (1, random(), random(), random(), random(), random(), random());

-- What happened goes into the sums here; figures_settle() sets the stamp of those that it adds to.
CREATE TRIGGER kept_work_settles AFTER UPDATE OF decision_id ON counted_to
BEGIN
    UPDATE kept_stamp SET work = random();
END;
CREATE TRIGGER kept_voices_settle AFTER UPDATE OF comment_id ON counted_to
BEGIN
    UPDATE kept_stamp SET voices = random();
END;
CREATE TRIGGER kept_comment_goes AFTER DELETE ON comment
BEGIN
    UPDATE kept_stamp SET names = random(); -- it may have been anywhere
END;
CREATE TRIGGER kept_due_begins_anew AFTER UPDATE ON due_state
BEGIN
    UPDATE kept_stamp SET sums = random();
END;
CREATE TRIGGER kept_answer_begins AFTER INSERT ON answer_count
BEGIN
    UPDATE kept_stamp SET sums = random();
END;
CREATE TRIGGER kept_answer_changes AFTER UPDATE ON answer_count
BEGIN
    UPDATE kept_stamp SET sums = random();
END;

-- Not while an import adds them: it ends with counted_to.
CREATE TRIGGER kept_question_comes AFTER INSERT ON question
    WHEN ifnull(new.comment_id <= (SELECT gathered_from FROM counted_to), 1)
BEGIN
    UPDATE kept_stamp SET voices = random();
END;
CREATE TRIGGER kept_question_goes AFTER DELETE ON question
BEGIN
    UPDATE kept_stamp SET voices = random();
END;
CREATE TRIGGER kept_escalation_comes AFTER INSERT ON escalation
BEGIN
    UPDATE kept_stamp SET escalated = random();
END;
CREATE TRIGGER kept_escalation_changes AFTER UPDATE ON escalation
BEGIN
    UPDATE kept_stamp SET escalated = random();
END;
CREATE TRIGGER kept_escalation_goes AFTER DELETE ON escalation
BEGIN
    UPDATE kept_stamp SET escalated = random();
END;

-- Names, and the clock, which is a policy.
CREATE TRIGGER kept_agency_comes AFTER INSERT ON agency
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_agency_changes AFTER UPDATE ON agency
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_agency_goes AFTER DELETE ON agency
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_consultation_comes AFTER INSERT ON consultation
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_consultation_changes AFTER UPDATE ON consultation
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_consultation_goes AFTER DELETE ON consultation
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_section_comes AFTER INSERT ON section
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_section_changes AFTER UPDATE ON section
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_section_goes AFTER DELETE ON section
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_moderator_comes AFTER INSERT ON moderator
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_moderator_changes AFTER UPDATE ON moderator
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_moderator_goes AFTER DELETE ON moderator
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_reason_comes AFTER INSERT ON reason
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_reason_changes AFTER UPDATE ON reason
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_reason_goes AFTER DELETE ON reason
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_tag_comes AFTER INSERT ON tag
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_tag_changes AFTER UPDATE ON tag
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_tag_goes AFTER DELETE ON tag
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_policy_comes AFTER INSERT ON policy
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_policy_changes AFTER UPDATE ON policy
BEGIN
    UPDATE kept_stamp SET names = random();
END;
CREATE TRIGGER kept_policy_goes AFTER DELETE ON policy
BEGIN
    UPDATE kept_stamp SET names = random();
END;
