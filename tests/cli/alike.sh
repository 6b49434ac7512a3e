# Letters that are alike: in lists and statistics, and in a database from before there were clusters.
. "$(dirname "$0")/lib.bash"

database=$scratch/alike.db
run demo --no-open --db "$database"
ends 'the worked examples' 0
cluster=$(ask "$database" "SELECT cluster_id FROM comment WHERE id = 158")
letters=$(ask "$database" "SELECT count(*) FROM comment WHERE cluster_id = $cluster")
is 'a campaign is a cluster' "$letters" 6

run list "cluster:$cluster" --db "$database"
ends 'list of a cluster' 0
is 'it lists every letter' "$(wc -l <"$out")" "$letters"
is 'and names the cluster in each line' "$(grep -c "  $cluster  " "$out")" "$letters"
run list alike:158 --json --db "$database"
is 'alike: finds the same, and JSON names it' \
    "$(grep -c "\"cluster\":$cluster[,}]" "$out")" "$letters"
run list alike:1 --json --db "$database"
is 'who is like no other has no cluster' "$(grep -c '^{"id":1,.*"cluster":null[,}]' "$out")" 1

run stats --json --db "$database"
is 'letters and clusters are counted apart' \
    "$(ask :memory: "SELECT sum(json_extract(value, '$.alike') + json_extract(value, '$.clusters'))
        FROM json_each(readfile('$out'), '$.consultations')")" \
    "$(ask "$database" "SELECT sum(letters) + sum(clusters) FROM cluster_count WHERE state = ''")"

# As an older program left it: nothing was looked for yet. The first that may write does, and tells.
found=$(ask "$database" "SELECT group_concat(letters) FROM (SELECT letters FROM cluster ORDER BY letters)")
sqlite3 "$database" "UPDATE comment SET cluster_id = NULL;
    DELETE FROM cluster_sum; DELETE FROM cluster_sum_count; DELETE FROM cluster_day;
    DELETE FROM cluster_state; DELETE FROM cluster_count; DELETE FROM cluster; DELETE FROM alike_key;
    UPDATE alike_backlog SET next_id = 1, last_id = (SELECT max(id) FROM comment)"
run list alike:158 --db "$database"
is 'who only reads finds none yet' "$(wc -l <"$out")" 1
run note 1 'a first word' --db "$database"
ends 'a command that writes' 0
is 'it finds the same clusters as on arrival' \
    "$(ask "$database" "SELECT group_concat(letters) FROM (SELECT letters FROM cluster ORDER BY letters)")" "$found"
is 'and has none left to look at' \
    "$(ask "$database" "SELECT next_id > last_id FROM alike_backlog")" 1
run check --db "$database"
ends 'the database is sound' 0
