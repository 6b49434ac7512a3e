# What the scripts of this folder share. Each check prints one line: "ok NAME", "FAILED NAME: why"
# with what the program wrote behind it, or "skipped NAME: why".

set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
majlis=${BUILD:-$PWD/build}/bin/majlis
if [ ! -x "$majlis" ]; then
    echo "FAILED $0: $majlis is not built"
    exit 1
fi
scratch=$(mktemp -d) || exit 1
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$scratch"' EXIT
out=$scratch/out err=$scratch/err
login=$(id -run)
failures=0

unset MAJLIS_DB NO_COLOR LANGUAGE LC_ALL LC_MESSAGES
export HOME=$scratch/home XDG_DATA_HOME=$scratch/home/data LANG=C.UTF-8 TZ=UTC
export MAJLIS_NOW=2026-11-24T10:30:00Z
mkdir -p "$HOME"

# Runs the program: its outputs are in $out and $err, its exit status in $status.
run() {
    command_line="majlis $*"
    "$majlis" "$@" >"$out" 2>"$err" </dev/null
    status=$?
}

passed() { echo "ok $1"; }

failed() {
    echo "FAILED $1: $2"
    printf '    %q\n' "$command_line"
    sed 's/^/    /' "$err" | head -n 20
    failures=$((failures + 1))
}

skipped() { echo "skipped $1: $2"; }

# ends NAME STATUS: the last run ended with this exit status; where it did not do its work, it wrote
# a sentence to standard error.
ends() {
    if [ "$status" != "$2" ]; then
        failed "$1" "exit status $status instead of $2"
    elif [ "$2" != 0 ] && ! grep -q '^majlis: .' "$err"; then
        failed "$1" "nothing was said"
    else
        passed "$1"
    fi
}

# says NAME TEXT, writes NAME TEXT: standard error, or standard output, of the last run holds TEXT.
says() {
    if grep -q -F -e "$2" "$err"; then passed "$1"; else failed "$1" "it did not say '$2'"; fi
}
writes() {
    if grep -q -F -e "$2" "$out"; then passed "$1"; else failed "$1" "it did not write '$2'"; fi
}

# is NAME ACTUAL EXPECTED: two texts are the same.
is() {
    if [ "$2" = "$3" ]; then passed "$1"; else failed "$1" "'$2' instead of '$3'"; fi
}

# holds NAME COMMAND ...: the command succeeds.
holds() {
    local name=$1
    shift
    if "$@" >/dev/null 2>&1; then passed "$name"; else failed "$name" "not so: $*"; fi
}

# Asks the database, through SQLite's own shell.
ask() { sqlite3 -batch -noheader "$1" "$2"; }

# A new database at this path, with the caller as its supervisor.
make_database() {
    "$majlis" init --db "$1" 2>"$err" || { command_line="majlis init" failed init "exit status $?"; exit 1; }
}

# The end of a script.
finish() { [ "$failures" = 0 ]; exit; }
