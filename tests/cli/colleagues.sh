# Who may do what, by subcommand: a stranger, one who left, a trainee, a responder of another agency.
# Needs root, to run the program as other users of this system.
if [ "$(id -u)" != 0 ] || ! command -v setpriv >/dev/null || ! id daemon >/dev/null 2>&1; then
    echo 'skipped colleagues: only root can play other people'
    exit 0
fi
. "$(dirname "$0")/lib.bash"
chmod 755 "$scratch"
mkdir -p "$scratch/shared" "$scratch/bin"
cp "$majlis" "$scratch/bin/majlis"
cp -R "${majlis%/bin/majlis}/share" "$scratch/share"
chmod -R a+rX "$scratch/bin" "$scratch/share"
chmod 777 "$scratch/shared"
database=$scratch/shared/team.db
make_database "$database"
printf '{"id":"1","body":"first"}\n{"id":"2","body":"second"}\n' >"$scratch/two.jsonl"
run import jsonl "$scratch/two.jsonl" --db "$database" --consultation roads --create --source team
ends 'there are comments' 0
chmod 666 "$database"

# Runs the program as another user.
as() {
    local user=$1
    shift
    command_line="majlis $* (as $user)"
    HOME=$scratch/shared setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups \
        "$scratch/bin/majlis" "$@" --db "$database" >"$out" 2>"$err" </dev/null
    status=$?
}

# Every command that opens the database, as somebody would write it.
nothing_works() { # NAME
    local words
    while read -r words; do
        # shellcheck disable=SC2086
        as daemon $words
        ends "$1: $words" 1
    done <<'COMMANDS'
list
export jsonl
history 1
stats
decide 1 approve
tag 1 +roads --create
note 1 hello
undo
moderator list
moderator add daemon --role supervisor
moderator change daemon --role supervisor
assign 1 --to me
claim list
claim release 1
claim lease 60
proposal list
proposal confirm 1
backup never-made.db
COMMANDS
    as daemon
    ends "$1: the screens" 1
    is "$1: nothing changed" "$(ask "$database" 'SELECT (SELECT count(*) FROM decision) + (SELECT count(*) FROM note) + (SELECT count(*) FROM comment_tag)')" 0
}
nothing_works 'a stranger'
says 'a stranger is told why' "daemon is not in this database's list"
run moderator add daemon --role supervisor --active no --db "$database"
ends 'somebody who left' 0
nothing_works 'one who left'
says 'one who left is told why' 'no longer works here'

# A trainee proposes, and nothing else.
run moderator change daemon --role trainee --active yes --name Noora --db "$database"
ends 'a trainee comes' 0
as daemon decide 1 spam
ends 'a trainee decides' 0
says 'and is told it waits' 'another has to confirm it'
is 'nothing is decided' "$(ask "$database" 'SELECT state FROM comment WHERE id = 1')" pending
as daemon proposal confirm 1
ends 'a trainee confirms nothing' 1
as daemon decide 2 hold
as daemon proposal withdraw
ends 'a trainee takes a proposal back' 0
is 'and it is gone' "$(ask "$database" 'SELECT group_concat(comment_id) FROM proposal')" 1
as daemon undo
ends 'a trainee undoes nothing' 1
for words in 'assign 1 --to me' 'moderator change daemon --role supervisor' 'claim lease 60' \
    'import jsonl /dev/null --consultation roads'; do
    # shellcheck disable=SC2086
    as daemon $words
    ends "a trainee: $words" 1
done
as daemon proposal list
writes 'the proposal is listed' spam
run proposal confirm 1 --db "$database"
ends 'another confirms it' 0
is 'it is decided' "$(ask "$database" 'SELECT state FROM comment WHERE id = 1')" spam
is 'in the name of who confirmed' "$(ask "$database" "SELECT login || ': ' || note FROM decision JOIN moderator m ON m.id = moderator_id")" "$login: proposed by Noora"

# A claim of another's.
now=$(date -d "$MAJLIS_NOW" +%s)
ask "$database" "INSERT INTO claim SELECT 2, id, $now, $now + 300 FROM moderator WHERE login = 'daemon'"
run decide 2 approve --db "$database"
ends 'what another reads is not decided' 1
says 'the sentence names who' 'Noora is reading comment 2'
run claim list --db "$database"
writes 'the claim is listed' daemon
run claim release 2 --db "$database"
ends 'a supervisor ends it' 0
run claim release 2 --db "$database"
ends 'once' 1

# A responder of another agency.
ask "$database" "INSERT INTO agency (slug, name_ar, name_en) VALUES ('parks', 'p', 'Parks')"
run moderator change daemon --role responder --agency parks --db "$database"
ends 'a responder comes' 0
as daemon note 2 hello
ends 'another agency is not theirs to note on' 1
as daemon decide 2 approve
ends 'nor to decide' 1
as daemon tag 2 +roads --create
ends 'nor to tag' 1
run assign 2 --to @parks --db "$database"
ends 'until it is handed to them' 0
as daemon note 2 hello
ends 'then it is' 0
as daemon decide 2 approve
ends 'but never to decide' 1
run list assigned:@parks --db "$database"
writes 'and it is found' second
run assign 2 --db "$database"
ends 'to nobody must be said' 2
run claim lease 120 --db "$database"
run claim lease --db "$database"
writes 'the lease is set' 120
finish
