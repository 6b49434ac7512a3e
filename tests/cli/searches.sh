# What words find, in which order, and searches that are kept under names.
. "$(dirname "$0")/lib.bash"

database=$scratch/searches.db
export MAJLIS_DB=$database
make_database "$database"
printf '%s\n' '{"id":"a","body":"Two schools and a road","submitted_at":"2026-11-03T10:00:00Z"}' \
    '{"id":"b","body":"One school","submitted_at":"2026-11-02T10:00:00Z"}' \
    '{"id":"c","body":"The schoolyard of a metro","submitted_at":"2026-11-01T10:00:00Z"}' \
    '{"id":"d","body":"السيارات أمام المدرسة","submitted_at":"2026-11-04T10:00:00Z"}' >"$scratch/four.jsonl"
run import jsonl "$scratch/four.jsonl" --consultation roads --create --source desk
ends 'four comments' 0

# The numbers of what a query finds, in order.
finds() {
    run list --json -- "$2"
    is "$1" "$(sed -E 's/.*"id": ?([0-9]+).*/\1/' "$out" | tr '\n' ' ' | sed 's/ $//')" "$3"
}

finds 'the very word, then other forms and longer words' school '2 1 3'
finds 'a word is not a beginning but at the end' 'school road' '1'
finds 'a beginning' 'schooly*' '3'
finds 'the word as it is spelled' '~school' '2'
finds 'without a word' '-road school' '2 3'
finds 'only without: in the order of submission' '-school' '3 4'
finds 'one or the other' 'metro OR road school' '1 3'
finds 'Arabic forms' 'سيارة' '4'
finds 'Arabic spelling' 'المدرسه' '4'
run list 'OR road'
ends 'nothing before OR' 1
run list -- '-tag:x'
ends 'only states are excluded' 1

run searches save 'my schools' 'school -metro'
ends 'a search is saved' 0
finds 'it stands in a query' 'saved:"my schools"' '2 1'
finds 'and is narrowed there' 'saved:"my schools" road' '1'
run searches
writes 'it is listed' 'my schools'
run searches save 'my schools' '~school'
finds 'it is replaced' 'saved:"my schools"' '2'
run searches save nothing ''
ends 'nothing to save' 1
ask "$database" "INSERT INTO section (consultation_id, ordinal, title_ar, title_en, body)
    VALUES (1, 1, 'ا', 'One', ''), (1, 2, 'ب', 'Two', '')"
printf '%s\n' '{"id":"e","body":"Schools of the second section","section":2,"submitted_at":"2026-11-05T10:00:00Z"}' \
    >"$scratch/fifth.jsonl"
run import jsonl "$scratch/fifth.jsonl" --consultation roads --source desk
finds 'a section' 'consultation:roads section:2' '5'
finds 'what a section has of a search' 'consultation:roads section:2 school' '5'
finds 'a section without any' 'consultation:roads section:1' ''
run list 'section:2'
ends 'a section of no consultation' 1
says 'it says what to add' 'consultation:NAME section:2'
run list 'consultation:roads section:3'
says 'those there are, are said' 'there are: 1, 2'
run searches save second 'consultation:roads section:2'
finds 'it stands in a saved search' 'saved:second state:pending' '5'
finds 'which says it once more' 'section:2 saved:second' '5'
run list 'saved:second section:1'
ends 'two sections at once' 1
says 'which cannot be' 'different sections'
run searches delete second
run list 'saved:other'
says 'those there are, are said' 'my schools'
run searches delete other
ends 'nothing to delete' 1
run searches delete 'my schools'
ends 'it is deleted' 0
is 'nothing is left' "$(ask "$database" 'SELECT count(*) FROM saved_search')" 0
run searches save
ends 'how it is written' 2
finish
