# Decisions, tags, notes, history, people: what the screens do, from a shell.
. "$(dirname "$0")/lib.bash"

database=$scratch/work.db
export MAJLIS_DB=$database
make_database "$database"
printf '%s\n' '{"id":"one","body":"First","author":"Umm Ahmad"}' '{"id":"two","body":"Second"}' \
    '{"id":"x/y","body":"Third"}' >"$scratch/three.jsonl"
run import jsonl "$scratch/three.jsonl" --consultation roads --create --source desk/test
ends 'three comments' 0

state() { ask "$database" "SELECT state FROM comment WHERE id = $1"; }
decisions() { ask "$database" 'SELECT count(*) FROM decision'; }

# --- decide, undo ---
for action in approve:approved spam:spam hold:held escalate:escalated; do
    run decide 1 "${action%:*}" --note 'seen'
    ends "decide ${action%:*}" 0
    is "the state is ${action#*:}" "$(state 1)" "${action#*:}"
    run undo
    ends "undo ${action%:*}" 0
    is "it is pending again" "$(state 1)" pending
done
run undo
ends 'nothing left to undo' 1
run decide 1 reject --reason insult
ends 'reject with a reason' 0
is 'it is rejected' "$(state 1)" rejected
run decide desk/test/two approve
ends 'a comment by its source' 0
is 'it was that comment' "$(state 2)" approved
run decide desk/test/x/y approve
ends 'a source and an id with strokes' 0
is 'it was that comment too' "$(state 3)" approved

before=$(decisions)
run decide 2 reject
ends 'reject without a reason' 2
run decide 2 reject --reason no-such-reason
ends 'reject with an unknown reason' 1
run decide 2 approve --reason insult
ends 'approve with a reason' 2
run decide 2 approve
ends 'a decision that changes nothing' 1
run decide 2 aprove
ends 'misspelt decision' 2
says 'misspelt decision is guessed' "'approve'"
run decide 2 undo
ends 'undo is no decision' 2
run decide 999 approve
ends 'no such comment' 1
run decide desk/test/none approve
ends 'no such comment of the source' 1
run decide first approve
ends 'a word that is no comment' 2
run decide -- -2 approve
ends 'a number below nothing' 2
is 'none of these decided anything' "$(decisions)" "$before"

# --- tag, note ---
run tag 1 +roads +safety
ends 'two tags' 0
run tag 1 -roads +parking
ends 'one off, one on' 0
is 'the tags are right' "$(ask "$database" "SELECT group_concat(slug, ' ') FROM (SELECT slug FROM
    comment_tag JOIN tag ON tag.id = tag_id WHERE comment_id = 1 ORDER BY slug)")" 'parking safety'
run tag 1 +no-such-tag
ends 'a tag there is none of' 1
run tag 1 +no-such-tag --create
ends 'a new tag' 0
run tag 1 roads
ends 'a tag without a sign' 2
run tag 1 '+a b'
ends 'a tag with a blank' 1
run note 1 a note of several words
ends note 0
is 'its words are joined' "$(ask "$database" 'SELECT body FROM note')" 'a note of several words'
run note 1 ''
ends 'an empty note' 1
run note 1 -- --odd
ends 'a note that begins like an option' 0

# --- history ---
run history 1
ends history 0
writes 'history has the decision' reject
writes 'history has the reason' insult
writes 'history has the tag' parking
writes 'history has the note' 'a note of several words'
run history 1 --json
ends 'history as JSON' 0
is 'it is one array' "$(ask :memory: "SELECT json_type(CAST(readfile('$out') AS TEXT))")" array
run history 999
ends 'history of no comment' 1

# --- stats ---
run stats
ends stats 0
writes 'stats has the consultation' roads
writes 'stats has the moderator' "$login"
run stats --json
ends 'stats as JSON' 0
json() { ask :memory: "SELECT json_extract(CAST(readfile('$out') AS TEXT), '$1')"; }
is 'three comments are counted' "$(json '$.consultations[0].comments')" 3
is 'none waits' "$(json '$.consultations[0].waiting')" 0
is 'three decisions stand' "$(json '$.moderators[0].decisions')" 3
is 'four were undone' "$(json '$.moderators[0].undone')" 4
is 'one rejection for insult' "$(json '$.moderators[0].reasons.insult')" 1
is 'today is the last day' "$(json '$.days[29].day')" 2026-11-24
is 'three arrived today' "$(json '$.days[29].arrived')" 3

# --- people ---
run moderator add aisha --role responder --name 'عائشة الأنصاري'
ends 'add a moderator' 0
run moderator list
writes 'she is listed' 'عائشة الأنصاري'
run moderator add aisha --role moderator
ends 'add her twice' 1
is 'she keeps her role' "$(ask "$database" "SELECT role FROM moderator WHERE login = 'aisha'")" responder
run moderator change aisha --role supervisor --active no
ends 'change her' 0
is 'she is changed' "$(ask "$database" "SELECT role || active FROM moderator WHERE login = 'aisha'")" supervisor0
run moderator change nobody-such --role trainee
ends 'change nobody' 1
run moderator add badr
ends 'add without a role' 2
run moderator add badr --role minister
ends 'add with an unknown role' 2
run moderator add 'b adr' --role trainee
ends 'a login with a blank' 2
run moderator add badr --role trainee --agency no-such-agency
ends 'an unknown agency' 1
run moderator change "$login" --active no
ends 'the last one cannot leave' 1
is 'and stays' "$(ask "$database" "SELECT active FROM moderator WHERE login = '$login'")" 1
run moderator remove aisha
ends 'nobody is removed' 2

# --- rights ---
ask "$database" "UPDATE moderator SET role = 'operator', active = 1 WHERE login = 'aisha';
    UPDATE moderator SET role = 'trainee' WHERE login = '$login'"
for words in 'export csv' 'moderator add badr --role trainee' "backup $scratch/never.db" \
    "import jsonl $scratch/three.jsonl --consultation roads"; do
    # shellcheck disable=SC2086
    run $words
    ends "a trainee may not: ${words%% *}" 1
done
holds 'no copy was made' test ! -e "$scratch/never.db"
run list
ends 'a trainee may list' 0
ask "$database" "UPDATE moderator SET active = 0 WHERE login = '$login'"
run list
ends 'one who is not active may not' 1
USER=aisha LOGNAME=aisha run list
ends 'the environment names nobody' 1
ask "$database" "DELETE FROM moderator WHERE login = 'nobody-such'; PRAGMA foreign_keys = OFF;
    UPDATE moderator SET login = 'somebody' WHERE login = '$login'"
run list
ends 'one who is not in the list may not' 1
says 'and learns who lets people in' moderator
finish
