# Comments in and out: counts, repetition, interruption, the round trip, pipes.
. "$(dirname "$0")/lib.bash"

database=$scratch/work.db
export MAJLIS_DB=$database
make_database "$database"
count() { ask "${1:-$database}" 'SELECT count(*) FROM comment'; }
# counted NAME "READ ADDED CHANGED UNCHANGED REFUSED": what the last import said of itself.
counted() {
    is "$1" "$(tail -n 1 "$err" | grep -o -E '[0-9]+' | paste -s -d ' ')" "$2"
}

# --- CSV ---
cat >"$scratch/a.csv" <<'END'
id,body,author,submitted_at
1,"A street, a ""square"", and
a second line",Umm Ahmad,2026-11-01T08:00:00Z
2,شارع الكورنيش مزدحم صباحاً,,2026-11-02
3,,Nobody,2026-11-03
4,A day that is none,Somebody,2026-13-45
END
run import csv "$scratch/a.csv" --consultation roads
ends 'an unknown consultation' 1
says 'and what to do' '--create'
run import csv "$scratch/a.csv" --consultation roads --create
ends 'import csv' 0
counted 'two are added, two refused' '4 2 0 0 2'
says 'a wrong row is named' 'a.csv:5:'
is 'the text came byte for byte' "$(ask "$database" "SELECT body FROM comment WHERE source_id = '1'")" \
    $'A street, a "square", and\na second line'
is 'the file is the source' "$(ask "$database" 'SELECT DISTINCT source FROM comment')" a.csv
is 'the languages are found' \
    "$(ask "$database" "SELECT group_concat(language, ' ') FROM (SELECT language FROM comment ORDER BY id)")" 'en ar'
run import csv "$scratch/a.csv" --consultation roads
counted 'the same again adds nothing' '4 0 0 2 2'
sed -i 's/مزدحم/فاضي/' "$scratch/a.csv"
run import csv "$scratch/a.csv" --consultation roads
counted 'a changed text is changed' '4 0 1 1 2'

printf 'when;what\n' >"$scratch/odd.csv"
run import csv "$scratch/odd.csv" --consultation roads
ends 'no column for the text' 1
printf 'Text here,Who\nhello,me\n' >"$scratch/b.csv"
run import csv "$scratch/b.csv" --consultation roads --map 'body=Text here,author=Who'
ends 'import with --map' 0
counted 'its row is added' '1 1 0 0 0'
run import csv "$scratch/b.csv" --consultation roads --map 'body=Text here,author=Who'
counted 'without ids, too, the same again adds nothing' '1 0 0 1 0'
run import csv "$scratch/b.csv" --consultation roads --map 'colour=Who'
ends 'a field there is none of' 2
run import csv "$scratch/b.csv" --consultation roads --map 'body=No such column'
ends 'a column there is none of' 1
run import csv "$scratch/missing.csv" --consultation roads
ends 'a file that is not there' 1
run import csv "$scratch" --consultation roads
ends 'a folder' 1
run import xml "$scratch/a.csv" --consultation roads
ends 'an unknown format' 2
run import csv "$scratch/a.csv"
ends 'no consultation said' 2
says 'it asks for it' '--consultation'
: >"$scratch/nothing.csv"
run import jsonl "$scratch/nothing.csv" --consultation roads
ends 'an empty file of JSON lines' 0
before=$(count)
head -c 20000 /dev/urandom >"$scratch/noise"
run import jsonl "$scratch/noise" --consultation roads
is 'noise is no comment' "$(count)" "$before"

# --- JSON lines, from a pipe ---
printf '%s\n' '{"id":"a","body":"A question"}' '{"id":"b","body":"An answer","parent":"a"}' \
    '{"id":"c","body":"Lost","parent":"zzz"}' '{"id":' '[1]' |
    "$majlis" import jsonl - --consultation talk --create --source talk >"$out" 2>"$err"
status=$? command_line='import jsonl -'
ends 'import from a pipe' 0
counted 'three are added, two refused' '5 3 0 0 2'
says 'a reply to nothing is named' 'standard input:3:'
is 'the reply hangs on its parent' "$(ask "$database" "SELECT p.source_id FROM comment c
    JOIN comment p ON p.id = c.parent_id WHERE c.source_id = 'b'")" a

# --- out ---
run export csv consultation:roads
ends 'export csv' 0
writes 'its head' '"id","consultation","state"'
run export jsonl 'consultation:talk'
ends 'export jsonl' 0
is 'three objects' "$(wc -l <"$out")" 3
is 'they are objects' "$(ask :memory: "SELECT json_type('$(head -n 1 "$out")')")" object
run export json
ends 'an unknown format to export' 2
run export csv state:nonsense
ends 'a wrong query' 1
says 'it is repeated' nonsense
run export csv consultation:no-such
ends 'a consultation there is none of' 1
run export csv state:spam
ends 'a query that finds nothing' 0
is 'writes the head alone' "$(wc -l <"$out")" 1

# --- there and back ---
demo=$scratch/demo.db
"$majlis" demo --no-open --db "$demo" 2>/dev/null
contents="SELECT quote(CAST(body AS BLOB)), author, language, channel, submitted_at FROM comment
    WHERE consultation_id = (SELECT id FROM consultation WHERE slug = 'SLUG') ORDER BY submitted_at, body"
for slug in $(ask "$demo" 'SELECT slug FROM consultation'); do
    back=$scratch/back-$slug.db
    make_database "$back"
    "$majlis" export jsonl "consultation:$slug" --db "$demo" |
        "$majlis" import jsonl - --consultation "$slug" --create --db "$back" 2>"$err"
    status=$? command_line="export jsonl | import jsonl"
    ends "$slug there and back" 0
    there=$(ask "$demo" "SELECT count(*) FROM comment WHERE consultation_id =
        (SELECT id FROM consultation WHERE slug = '$slug')")
    counted "$slug: every comment" "$there $there 0 0 0"
    is "$slug: the same comments" "$(ask "$back" "${contents/SLUG/$slug}" | cksum)" \
        "$(ask "$demo" "${contents/SLUG/$slug}" | cksum)"
done
# A field a spreadsheet would run bears a mark, so those alone differ.
back=$scratch/back-csv.db
make_database "$back"
"$majlis" export csv consultation:doha-traffic --db "$demo" |
    "$majlis" import csv - --consultation doha-traffic --create --db "$back" 2>"$err"
plain="SELECT quote(CAST(body AS BLOB)) FROM comment
    WHERE consultation_id = (SELECT id FROM consultation WHERE slug = 'doha-traffic')
    AND ltrim(body, '''') = body AND body NOT GLOB '[-=+@]*' AND instr(body, char(0)) = 0
    ORDER BY submitted_at, body"
is 'there and back as CSV' "$(ask "$back" "$plain" | cksum)" "$(ask "$demo" "$plain" | cksum)"

# --- two commands and a pipe ---
"$majlis" list state:pending lang:ar --json --limit 5 --db "$demo" |
    sed -n 's/.*"id": *\([0-9]*\).*/\1/p' |
    while read -r id; do "$majlis" decide "$id" hold --db "$demo" 2>>"$err"; done
is 'what list finds, decide takes' "$(ask "$demo" "SELECT count(*) FROM decision JOIN moderator m
    ON m.id = moderator_id WHERE action = 'hold' AND login = '$login'")" 5

# --- interrupted ---
endless() {
    awk 'BEGIN {print "id,body"; for (i = 0;; i++) print i ",comment number " i " of very many"}' 2>/dev/null
}
mkfifo "$scratch/pipe"
# stop NAME SIGNAL FEEDER: an import that reads what FEEDER writes without end is stopped.
stop() {
    local name=$1 signal=$2 feeder=$3 importer feeder_id waited=0
    before=$(count)
    "$feeder" >"$scratch/pipe" &
    feeder_id=$!
    env --default-signal=INT "$majlis" import csv "$scratch/pipe" --consultation endless --create \
        >"$out" 2>"$err" &
    importer=$!
    # It has the database open when the log is there; a second later it is in the middle.
    while [ "$waited" -lt 100 ] && [ ! -e "$database-wal" ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    sleep 1
    kill -s "$signal" "$importer"
    wait "$importer" 2>/dev/null
    status=$?
    kill "$feeder_id" 2>/dev/null
    wait "$feeder_id" 2>/dev/null
    command_line="import, stopped by $signal"
    [ "$signal" = KILL ] || ends "$name: it fails" 1
    [ "$signal" = KILL ] || says "$name: it says so" 'nothing was imported'
    is "$name: nothing is left" "$(count)" "$before"
    is "$name: no consultation either" \
        "$(ask "$database" "SELECT count(*) FROM consultation WHERE slug = 'endless'")" 0
    run check
    ends "$name: the database is sound" 0
}
silent() {
    printf 'id,body\n1,hello\n'
    exec sleep 60
}
stop 'Ctrl-C in the middle' INT endless
stop 'Ctrl-C while a pipe is silent' INT silent
stop 'a polite kill' TERM endless
stop 'a kill without warning' KILL endless
finish
