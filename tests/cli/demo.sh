# The worked examples: made whole, made again alike, never in place of real work.
. "$(dirname "$0")/lib.bash"

first=$scratch/first.db second=$scratch/second.db
# Everything but where SQLite put it.
contents() {
    for table in agency consultation section moderator comment decision tag comment_tag response \
        template note; do
        ask "$1" "SELECT * FROM $table ORDER BY 1, 2"
    done
}

run demo --no-open
ends 'demo in its own place' 0
holds 'it is apart from real work' test -f "$XDG_DATA_HOME/majlis/demo.db"
run demo --no-open --db "$first"
ends demo 0
holds 'there are the five consultations' test "$(ask "$first" 'SELECT count(*) FROM consultation')" -ge 5
holds 'there are hundreds of comments' test "$(ask "$first" 'SELECT count(*) FROM comment')" -ge 300
holds 'most are Arabic' test \
    "$(ask "$first" "SELECT count(*) FROM comment WHERE language = 'ar'")" -gt \
    "$(ask "$first" "SELECT count(*) FROM comment WHERE language <> 'ar'")"
is 'the caller supervises' "$(ask "$first" "SELECT role FROM moderator WHERE login = '$login'")" supervisor
is 'nothing lies in the future' "$(ask "$first" "SELECT count(*) FROM comment, decision
    WHERE submitted_at > strftime('%s', '$MAJLIS_NOW') OR decided_at > strftime('%s', '$MAJLIS_NOW')")" 0
run check --db "$first"
ends 'the examples are sound' 0
run demo --no-open --db "$second"
is 'two demos are the same' "$(contents "$first" | cksum)" "$(contents "$second" | cksum)"

pending=$(ask "$first" "SELECT min(id) FROM comment WHERE state = 'pending'")
run decide "$pending" approve --db "$first"
run demo --no-open --db "$first"
ends 'demo where it is there' 0
is 'what was done stays' "$(ask "$first" "SELECT state FROM comment WHERE id = $pending")" approved
run demo --fresh --no-open --db "$first"
ends 'demo --fresh' 0
is 'what was done is gone' "$(contents "$first" | cksum)" "$(contents "$second" | cksum)"

make_database "$scratch/real.db"
cp "$scratch/real.db" "$scratch/real.before"
run demo --fresh --no-open --db "$scratch/real.db"
ends '--fresh does not replace real work' 1
holds 'real work is as it was' cmp "$scratch/real.db" "$scratch/real.before"
run demo --fresh --no-open --db "$scratch/no-such-folder/x/demo.db"
ends 'folders are made' 0
run demo --no-open --db /proc/demo.db
ends 'where nothing can be made' 1
run demo --db "$second"
ends 'opening without a terminal' 1
is 'nothing else is left beside' "$(find "$scratch" -maxdepth 1 -name '*.db.*' | wc -l)" 0
finish
