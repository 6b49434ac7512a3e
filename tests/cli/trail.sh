# The trail, restoring, and the settings that streaming tools rely on.
. "$(dirname "$0")/lib.bash"

database=$scratch/work.db
export MAJLIS_DB=$database
run demo --no-open --db "$database"
ends 'the worked examples' 0

# --- the log ---
run log --head
ends 'the head' 0
head=$(cat "$out")
is 'the head is a SHA-256' "$(grep -c -E '^[0-9a-f]{64}$' "$out")" 1
pending=$(ask "$database" "SELECT min(id) FROM comment WHERE state = 'pending'")
MAJLIS_NOW=2026-11-25T08:00:00Z run decide "$pending" approve
MAJLIS_NOW=2026-11-25T08:00:01Z run note "$pending" 'a word'
MAJLIS_NOW=2026-11-25T08:00:02Z run export csv
run log --since 2026-11-25
is 'what was done since' "$(awk '{print $5}' "$out" | paste -s -d ' ')" 'decision note export'
writes 'with who did it' " $login "
run log --since 2026-11-25 --json
is 'and a hash in each' "$(grep -c -E '"hash":"[0-9a-f]{64}"' "$out")" 3
run log --since yesterday
ends 'a date that is none' 2
printf 'id,body\n1,one\n2,two\n' >"$scratch/two.csv"
run import csv "$scratch/two.csv" --consultation two --create
run log
is 'an import is one row' "$(grep -c '  import ' "$out")" 1
writes 'with its counts' '"added":2'
run moderator add khalid2 --role trainee
run log
writes 'a role is a row' '"role":"trainee"'
run check --head "$head"
ends 'the published head is still there' 0
run check --head "${head//[0-9]/0}"
ends 'another is not' 1
writes 'it is said' 'published head'
cp "$database" "$scratch/changed.db"
ask "$scratch/changed.db" "DROP TRIGGER log_stays; UPDATE log SET what = '{}' WHERE sequence = 30"
run check --db "$scratch/changed.db"
ends 'a changed row is a fault' 1
writes 'which is named' 'log 30:'

# --- settings for tools that stream the log ---
is 'a write-ahead log' "$(ask "$database" 'PRAGMA journal_mode')" wal
coproc READER { sqlite3 -batch "$database"; }
echo "BEGIN; SELECT count(*) > 0 FROM comment;" >&"${READER[1]}"
read -r answer <&"${READER[0]}"
is 'another reads in a transaction' "$answer" 1
run note "$pending" 'beside a reader'
ends 'and does not keep us from writing' 0
run restore "$scratch/changed.db"
ends 'restoring while another is at it' 1

# --- restoring ---
echo 'COMMIT;' >&"${READER[1]}"
eval "exec ${READER[1]}>&-"
wait "$READER_PID" 2>/dev/null
run backup "$scratch/copy.db"
ends backup 0
comments=$(ask "$database" 'SELECT count(*) FROM comment')
run note "$pending" 'after the backup'
run restore "$scratch/changed.db"
ends 'an unsound backup is refused' 1
is 'and nothing has changed' "$(ask "$database" "SELECT count(*) FROM note WHERE body = 'after the backup'")" 1
run restore "$scratch/copy.db"
ends restore 0
is 'the comments are there' "$(ask "$database" 'SELECT count(*) FROM comment')" "$comments"
is 'what came later is not' "$(ask "$database" "SELECT count(*) FROM note WHERE body = 'after the backup'")" 0
kept=$(ls "$database".before-*)
is 'it is in what was kept' "$(ask "$kept" "SELECT count(*) FROM note WHERE body = 'after the backup'")" 1
run check
ends 'what was restored is sound' 0
head -c 3000 /dev/urandom >"$database"
run restore "$scratch/copy.db"
ends 'over a damaged one' 0
run check
ends 'that is sound, too' 0
finish
