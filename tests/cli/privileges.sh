# A program with a group of its own (set-group-ID) lends it to the installed database and nothing
# else. Needs root, to play the installation in a file system nobody else sees.
if [ "$(id -u)" != 0 ] || ! unshare -m true 2>/dev/null; then
    echo 'skipped privileges: only root can play an installation'
    exit 0
fi
[ -n "${MAJLIS_TEST_INSIDE:-}" ] || MAJLIS_TEST_INSIDE=1 exec unshare -m bash "$0"
. "$(dirname "$0")/lib.bash"

# The kernel lets nobody look into such a program, not even the program itself.
if grep -q __asan_init "$majlis"; then
    skipped privileges 'the search for leaks does not work with set-group-ID'
    exit 0
fi
readonly GROUP=54321 # nobody's
if ! mount -t tmpfs -o mode=755 tmpfs /var/lib 2>/dev/null; then
    skipped privileges 'no file system can be mounted here'
    exit 0
fi
unset MAJLIS_NOW
chmod 755 "$scratch"
mkdir -p "$scratch/installed/bin" "$scratch/open"
chmod 777 "$scratch/open"
cp "$majlis" "$scratch/installed/bin/majlis"
cp -R "${majlis%/bin/majlis}/share" "$scratch/installed/share"
chmod -R a+rX "$scratch/installed"
install -d -g "$GROUP" -m 2770 /var/lib/majlis
"$scratch/installed/bin/majlis" init 2>"$err" || failed init 'exit status'
database=/var/lib/majlis/majlis.db
is 'init goes where the installation is' "$(stat -c '%a %g' "$database" 2>/dev/null)" "660 $GROUP"
"$scratch/installed/bin/majlis" moderator add nobody --role supervisor 2>>"$err"
chgrp "$GROUP" "$scratch/installed/bin/majlis"
chmod 2755 "$scratch/installed/bin/majlis"
cp "$database" "$scratch/other.db"
chgrp "$GROUP" "$scratch/other.db"
chmod 660 "$scratch/other.db"

# Runs the installed program as somebody without that group.
run() {
    command_line="majlis $* (set-group-ID)"
    env XDG_DATA_HOME="$scratch/open/data" HOME="$scratch/open" \
        setpriv --reuid=nobody --regid=nogroup --clear-groups \
        "$scratch/installed/bin/majlis" "$@" >"$out" 2>"$err" </dev/null
    status=$?
}
if [ "$(setpriv --reuid=nobody --regid=nogroup --clear-groups cat "$database" 2>/dev/null | wc -c)" != 0 ]; then
    failed 'the database is out of reach' 'anybody can read it'
fi
run moderator list
ends 'the installed database is reached' 0
printf '{"id":"1","body":"hello"}\n' >"$scratch/open/hello.jsonl"
chmod 644 "$scratch/open/hello.jsonl"
export MAJLIS_NOW=2001-01-01T00:00:00Z
run import jsonl "$scratch/open/hello.jsonl" --consultation roads --create
ends 'it can be written' 0
is 'MAJLIS_NOW makes no false times' \
    "$(ask "$database" 'SELECT count(*) FROM comment WHERE received_at < 1000000000')" 0
unset MAJLIS_NOW
run list
is 'and read' "$(wc -l <"$out")" 1
run list --db "$scratch/other.db"
ends 'another database is not' 1
MAJLIS_DB=$scratch/other.db run list
ends 'nor through the environment' 1
run list --db "/var/lib/majlis/../majlis/majlis.db"
ends 'nor the installed one by another name' 1
run backup /var/lib/majlis/stolen.db
ends 'nothing is written where the caller may not' 1
holds 'no copy lies there' test ! -e /var/lib/majlis/stolen.db
cp "$scratch/open/hello.jsonl" "$scratch/secret.jsonl"
chgrp "$GROUP" "$scratch/secret.jsonl"
chmod 640 "$scratch/secret.jsonl"
run import jsonl "$scratch/secret.jsonl" --consultation roads
ends 'nothing is read that the caller may not' 1
run demo --no-open --db /var/lib/majlis/demo.db
ends 'no demo beside it' 1
run demo --fresh --no-open --db "$database"
ends 'no demo instead of it' 1
run backup "$scratch/open/mine.db"
ends 'a copy where the caller may write' 0
is 'the copy is for its owner alone' "$(stat -c %a "$scratch/open/mine.db")" 600
finish
