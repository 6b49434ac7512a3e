# Which database is opened, and what is said of one that cannot be.
. "$(dirname "$0")/lib.bash"

database=$scratch/work.db

# unchanged NAME FILE: the file is as its copy FILE.before.
unchanged() { holds "$1" cmp "$2" "$2.before"; }

# --- choosing ---
if [ -e /var/lib/majlis/majlis.db ]; then
    skipped 'no database at all' 'one is installed here'
else
    run list
    ends 'no database at all' 1
    says 'it says how to get one' 'majlis init'
    run
    ends 'no database for the screens' 1
fi
run list --db "$scratch/missing.db"
ends 'a database that is not there' 1
says 'it names the file' missing.db
holds 'it was not made' test ! -e "$scratch/missing.db"

run init --db "$database"
ends init 0
says 'init names the supervisor' "$login"
is 'nobody else reads the file' "$(stat -c %a "$database")" 600
cp "$database" "$database.before"
run init --db "$database"
ends 'init twice' 1
unchanged 'init changes nothing there' "$database"
run --db "$database" list
ends 'list of an empty database' 0
is 'an empty database lists nothing' "$(wc -c <"$out")" 0
run list --db "$database" --json
is 'nor as JSON' "$(wc -c <"$out")" 0
MAJLIS_DB=$database run moderator list
ends 'MAJLIS_DB names it' 0
writes 'the caller is its supervisor' "$login"
MAJLIS_DB=$scratch/missing.db run moderator list --db "$database"
ends '--db comes before MAJLIS_DB' 0
if [ ! -w /var/lib/majlis ]; then
    run init
    ends "init among the user's own files" 0
    holds 'the file is there' test -f "$XDG_DATA_HOME/majlis/majlis.db"
    is 'nobody else enters the folder' "$(stat -c %a "$XDG_DATA_HOME/majlis")" 700
    [ -e /var/lib/majlis/majlis.db ] || { run list && ends "the user's own is found" 0; }
fi
run check --db "$database"
ends 'a new database is sound' 0

# --- refusing ---
refuse() {
    local name=$1 file=$2 word=$3
    for words in list 'stats --json' 'decide 1 approve' check "backup $scratch/never.db"; do
        # shellcheck disable=SC2086
        run --db "$file" $words
        ends "$name: ${words%% *}" 1
    done
    says "$name: the file is named" "$(basename "$file")"
    holds "$name: it says why" grep -q -i -E "$word" "$err"
    holds "$name: no copy is left" test ! -e "$scratch/never.db"
}

head -c 5000 /dev/urandom | base64 >"$scratch/noise.db"
cp "$scratch/noise.db" "$scratch/noise.db.before"
refuse 'not a database' "$scratch/noise.db" 'database'
unchanged 'not a database is left alone' "$scratch/noise.db"

ask "$scratch/other.db" 'CREATE TABLE comment (id INTEGER PRIMARY KEY, body TEXT);'
cp "$scratch/other.db" "$scratch/other.db.before"
refuse "another program's" "$scratch/other.db" 'majlis'
unchanged "another program's is left alone" "$scratch/other.db"

cp "$database" "$scratch/newer.db"
ask "$scratch/newer.db" 'PRAGMA journal_mode = DELETE; PRAGMA user_version = 9999;' >/dev/null
cp "$scratch/newer.db" "$scratch/newer.db.before"
refuse 'a newer one' "$scratch/newer.db" 'newer'
unchanged 'a newer one is left alone' "$scratch/newer.db"

run demo --no-open --db "$scratch/demo.db"
ends 'the worked examples' 0
head -c 60000 "$scratch/demo.db" >"$scratch/cut.db"
run check --db "$scratch/cut.db"
ends 'a truncated one does not pass the check' 1
: >"$scratch/empty.db"
refuse 'an empty file' "$scratch/empty.db" '.'
mkdir "$scratch/folder.db"
refuse 'a folder' "$scratch/folder.db" '.'

# --- somebody else at it ---
cp "$scratch/demo.db" "$scratch/locked.db"
coproc HOLDER { sqlite3 -batch "$scratch/locked.db"; }
holder=$HOLDER_PID
echo "BEGIN IMMEDIATE; SELECT 'held';" >&"${HOLDER[1]}"
read -r answer <&"${HOLDER[0]}"
is 'another process holds the lock' "$answer" held
pending=$(ask "$scratch/demo.db" "SELECT min(id) FROM comment WHERE state = 'pending'")
run note "$pending" 'a word' --db "$scratch/locked.db"
ends 'writing while it is locked' 1
run list --limit 1 --db "$scratch/locked.db"
ends 'reading while it is locked' 0
echo 'COMMIT;' >&"${HOLDER[1]}"
eval "exec ${HOLDER[1]}>&-"
wait "$holder" 2>/dev/null
run note "$pending" 'a word' --db "$scratch/locked.db"
ends 'writing when it is free again' 0

# --- what may not be written ---
mkdir "$scratch/still"
cp "$scratch/demo.db" "$scratch/still/still.db"
as_caller=()
if [ "$(id -u)" = 0 ]; then
    as_caller=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
    "$majlis" moderator add nobody --role supervisor --db "$scratch/still/still.db" 2>/dev/null
    chmod 755 "$scratch"
    chmod 644 "$scratch/still/still.db"
fi
chmod 444 "$scratch/still/still.db"
chmod 555 "$scratch/still"
if [ -z "${as_caller[*]}" ] || "${as_caller[@]}" "$majlis" --version >/dev/null 2>&1; then
    "${as_caller[@]}" "$majlis" list --limit 3 --db "$scratch/still/still.db" >"$out" 2>"$err"
    status=$? command_line='list, read-only'
    ends 'a read-only one can be listed' 0
    is 'and has its comments' "$(wc -l <"$out")" 3
    "${as_caller[@]}" "$majlis" note "$pending" word --db "$scratch/still/still.db" >"$out" 2>"$err"
    status=$? command_line='note, read-only'
    ends 'a read-only one cannot be written' 1
else
    skipped 'a read-only database' 'another user cannot run the program here'
fi
chmod 755 "$scratch/still"

# --- a full disk ---
awk 'BEGIN {print "id,body"; for (i = 0; i < 20000; i++) print i ",a comment that takes some room; it is number " i}' \
    >"$scratch/many.csv"
# full NAME FOLDER COMMAND ...: the import fails under COMMAND, and leaves the database as it was.
full() {
    local name=$1 file=$2/full.db
    shift 2
    cp "$database" "$file" || return
    "$@" "$majlis" import csv "$scratch/many.csv" --consultation many --create --db "$file" \
        >"$out" 2>"$err" </dev/null
    status=$? command_line="import on a full disk"
    ends "$name: the import fails" 1
    run check --db "$file"
    ends "$name: the database is sound" 0
    is "$name: nothing is left" "$(ask "$file" 'SELECT count(*) FROM comment')" 0
}
readonly FULL_BLOCKS=600 # of 1024 bytes, as ulimit counts: more than the empty database, less than the rest
limited() { (ulimit -f "$FULL_BLOCKS" && "$@"); }
full 'a file-size limit' "$scratch" limited
mkdir "$scratch/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=1536k tmpfs "$scratch/small" 2>/dev/null; then
    full 'a full disk' "$scratch/small" env
    umount "$scratch/small"
else
    skipped 'a full disk' 'no file system can be mounted here'
fi

# --- backup ---
run backup "$scratch/copy.db" --db "$scratch/demo.db"
ends backup 0
is 'nobody else reads the copy' "$(stat -c %a "$scratch/copy.db")" 600
run check --db "$scratch/copy.db"
ends 'the copy is sound' 0
is 'the copy has all comments' "$(ask "$scratch/copy.db" 'SELECT count(*) FROM comment')" \
    "$(ask "$scratch/demo.db" 'SELECT count(*) FROM comment')"
cp "$scratch/copy.db" "$scratch/copy.db.before"
run backup "$scratch/copy.db" --db "$scratch/demo.db"
ends 'backup over a file that is there' 1
unchanged 'that file is left alone' "$scratch/copy.db"
run backup "$scratch/no/such/folder.db" --db "$scratch/demo.db"
ends 'backup into no folder' 1
finish
