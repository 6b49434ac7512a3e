# Second looks: drawn by a supervisor, given by somebody else, blindly; and the figures they come to.
. "$(dirname "$0")/lib.bash"

database=$scratch/second.db
export MAJLIS_DB=$database
make_database "$database"
printf '%s\n' '{"id":"one","body":"First words"}' '{"id":"two","body":"Second\u001b[31m words"}' \
    '{"id":"three","body":"Third"}' >"$scratch/three.jsonl"
run import jsonl "$scratch/three.jsonl" --consultation roads --create --source desk/test
ends 'three comments' 0
run decide 1 approve
ends 'the first is approved' 0

run second draw 5
ends 'what there is is drawn' 0
is 'one was drawn' "$(ask "$database" 'SELECT count(*) FROM second_look')" 1
run second draw 5
ends 'drawing again' 0
is 'nothing is drawn twice' "$(ask "$database" 'SELECT count(*) FROM second_look')" 1
run second next
ends 'nobody looks at their own decision' 1
run second say 1 spam
ends 'or says something of it' 1
run second say 2 spam
ends 'nor of what was not drawn' 1
run second draw many
ends 'a number is wanted' 2
run second say 1 publish
ends 'and a decision' 2
run second draw 100000
ends 'not that many' 1

# Another decided on the second, and it is drawn.
run moderator add other --role moderator
ends 'another' 0
sqlite3 "$database" "INSERT INTO decision (id, comment_id, moderator_id, action, from_state,
    to_state, decided_at) SELECT 99, 2, id, 'spam', 'pending', 'spam', strftime('%s', 'now')
    FROM moderator WHERE login = 'other'"
run second draw 5 --days 3000
ends 'that one is drawn' 0
run second next
ends 'it is shown' 0
is 'its number' "$(head -1 "$out")" 2
writes 'its words' 'Second'
is 'and nothing that acts on a terminal' "$(tr -d '\n' <"$out" | tr -dc '[:cntrl:]')" ''
run second say 2 approve
ends 'and judged' 0
run second say 2 approve
ends 'once only' 1
is 'nothing about the comment changed' "$(ask "$database" 'SELECT state FROM comment WHERE id = 2')" spam
run stats moderators.team --csv --from 3000d
ends 'the figures' 0
is 'one was compared, none alike, one waits' "$(tail -1 "$out" | tr -d '\r' | cut -d, -f7-)" '"1","0.000","","1"'
finish
