# What the public really wrote elsewhere, where such files lie beside the project.
. "$(dirname "$0")/lib.bash"

folder=../shared/data
database=$scratch/real.db
export MAJLIS_DB=$database
make_database "$database"

# whole NAME FILE MAP: every row of the file is taken, and taken once.
whole() {
    local name=$1 file=$folder/$2 map=$3 read added
    if [ ! -r "$file" ]; then
        skipped "$name" "$file is not there"
        return
    fi
    run import csv "$file" --consultation "$name" --create --map "$map"
    ends "$name" 0
    read -r read added _ < <(tail -n 1 "$err" | grep -o -E '[0-9]+' | paste -s -d ' ')
    holds "$name: rows are read" test "$read" -gt 50
    holds "$name: nearly all are taken" test "$added" -gt $((read * 9 / 10))
    run import csv "$file" --consultation "$name" --map "$map"
    is "$name: once" "$(tail -n 1 "$err" | grep -o -E '[0-9]+' | sed -n 2p)" 0
    run list "consultation:$name"
    is "$name: all are listed" "$(wc -l <"$out")" "$added"
    is "$name: harmlessly" "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <"$out" | wc -c)" 0
}
whole arsarcasm arsarcasm.csv body=tweet,channel=source
whole bowling-green polis-bowling-green.csv \
    id=comment-id,body=comment-body,author_key=author-id,submitted_at=timestamp
whole electoral-reform polis-canadian-electoral-reform.csv \
    id=comment-id,body=comment-body,author_key=author-id,submitted_at=timestamp
if [ -r "$folder/arsarcasm.csv" ]; then
    is 'Arabic is found to be Arabic' "$(ask "$database" "SELECT count(*) * 100 / (SELECT count(*)
        FROM comment WHERE source = 'arsarcasm.csv') > 95 FROM comment
        WHERE source = 'arsarcasm.csv' AND language = 'ar'")" 1
fi
run check
ends 'the database is sound' 0
finish
