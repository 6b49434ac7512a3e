# The program as `make install-team` leaves it, with real users and a group of its own. All of it
# stands in a mount namespace, users and groups too, and is gone with this script however it ends.
cannot() {
    echo "skipped team: $1"
    exit 0
}
[ "$(id -u)" = 0 ] || cannot 'only root can play an installation'
command -v useradd >/dev/null || cannot 'there is no useradd'
unshare -m true 2>/dev/null || cannot 'no namespace can be made here'
grep -q '^NoNewPrivs:[[:space:]]*0' /proc/self/status || cannot 'nothing gains a group here'
state=${STATEDIR:-/var/lib/majlis}
case $PWD/ in "$(dirname "$state")"/*) cannot "the sources lie beside $state" ;; esac
[ -n "${MAJLIS_TEST_INSIDE:-}" ] || MAJLIS_TEST_INSIDE=1 exec unshare -m bash "$0"
. "$(dirname "$0")/lib.bash"

# The kernel lets nobody look into such a program, not even the program itself.
! grep -q __asan_init "$majlis" || cannot 'the search for leaks does not work with set-group-ID'
readonly GROUP=majlis-test
mount -t tmpfs -o mode=755 tmpfs "$scratch" 2>/dev/null || cannot 'no file system can be mounted here'
mount -t tmpfs -o mode=755 tmpfs "$(dirname "$state")" || exit 1
trap 'kill $(jobs -p) 2>/dev/null; umount "$scratch" /etc 2>/dev/null; rm -rf "$scratch"' EXIT
cp -a /etc "$scratch/etc" && mount --bind "$scratch/etc" /etc || exit 1
mkdir "$scratch/home"
unset MAJLIS_NOW

command_line='make install-team'
make install-team PREFIX="$scratch/prefix" TEAM_GROUP="$GROUP" STATEDIR="$state" \
    BUILD="${BUILD:-build}" >"$out" 2>"$err" || failed install-team 'exit status'
program=$scratch/prefix/bin/majlis database=$state/majlis.db
is 'the program lends the group' "$(stat -c '%a %U %G' "$program")" "2755 root $GROUP"
is 'the folder is for the group alone' "$(stat -c '%a %U %G' "$state")" "2770 root $GROUP"
for user in maryam khalid gone stranger; do
    useradd -m -d "$scratch/home/$user" -s /bin/bash "$user" || exit 1
done
{
    "$program" init && "$program" moderator add maryam --role supervisor &&
        "$program" moderator add khalid --role moderator &&
        "$program" moderator add gone --role supervisor --active no
} 2>"$err" || failed 'root sets it up' 'exit status'
is 'the database is for the group alone' "$(stat -c '%a %G' "$database")" "660 $GROUP"

# as USER COMMAND ...: runs it as this user, with no group but the user's own, in the user's home.
as() {
    local user=$1
    shift
    (cd "$scratch/home/$user" && exec env HOME="$PWD" XDG_DATA_HOME="$PWD/data" setpriv \
        --reuid="$user" --regid="$user" --init-groups "$@")
}
# run USER ...: the installed program as this user.
run() {
    local user=$1
    shift
    command_line="$user: majlis $*"
    as "$user" "$program" "$@" >"$out" 2>"$err" </dev/null
    status=$?
}
modes() { stat -c '%a %G' "$database-wal" "$database-shm" | sort -u; }

printf '{"id":"1","body":"heliotrope"}\n{"id":"2","body":"second"}\n' >"$scratch/in.jsonl"
MAJLIS_NOW=2001-01-01T00:00:00Z run maryam import jsonl "$scratch/in.jsonl" --consultation roads --create
ends 'a supervisor imports' 0
is 'MAJLIS_NOW makes no false times' \
    "$(ask "$database" 'SELECT count(*) FROM comment WHERE received_at < 1000000000')" 0

# Whoever comes first makes the log; the other works with it.
mkfifo "$scratch/hold" && chmod 666 "$scratch/hold"
for first in maryam khalid; do
    rm -f "$database-wal" "$database-shm"
    as "$first" "$program" list >/dev/null
    sqlite3 "$database" 'SELECT 1' >/dev/null
    as maryam sh -c "ulimit -c unlimited; exec '$program' import jsonl - --consultation roads 7<'$out'" \
        <"$scratch/hold" 2>"$err" &
    importer=$!
    exec 8>"$scratch/hold"
    until [ -e "$database-shm" ] || ! kill -0 $importer 2>/dev/null; do sleep 0.05; done
    is "the log is the group's ($first first)" "$(modes)" "660 $GROUP"
    process=$(pgrep -u maryam -x majlis)
    is "no core is written ($first first)" \
        "$(awk '/^Max core file size/ {print $5 $6}' "/proc/$process/limits")" 00
    is "it cannot be looked into ($first first)" "$(stat -c %U "/proc/$process/environ")" root
    holds "no stray descriptor stays ($first first)" test ! -e "/proc/$process/fd/7"
    exec 8>&-
    wait $importer
done

run khalid decide 1 approve
ends 'a moderator decides' 0
run maryam history 1
writes 'another sees who did it' khalid
run khalid backup "$scratch/home/khalid/all.db"
ends 'a moderator makes no copy' 1
run khalid moderator change khalid --role supervisor
ends 'nor himself a supervisor' 1
for file in "$database" "$state"; do
    command_line="khalid: cat $file"
    as khalid ls -l "$file" >"$out" 2>"$err"
    is "$file is out of reach" "$(wc -c <"$out")" 0
done

# Everything there is, with operands that would do something: none of it for these two.
before=$(ask "$database" .dump | sha256sum)
operands() {
    case $1 in
    import) echo "jsonl $scratch/in.jsonl --consultation roads" ;;
    export) echo csv ;;
    decide) echo 2 approve ;;
    tag) echo 1 +x --create ;;
    note) echo 1 text ;;
    history) echo 1 ;;
    moderator) echo list ;;
    assign) echo 1 --to me ;;
    claim) echo list ;;
    proposal) echo list ;;
    second) echo next ;;
    backup) echo copy.db ;;
    restore) echo copy.db ;;
    report) echo -o report.html ;;
    demo) echo --no-open ;;
    esac
}
harmless=' demo init keys roles help ' # they open no database but one's own
for user in stranger gone; do
    for word in '' $("$program" help | sed -n '/^Commands:/,/^Options:/s/^  \([a-z]*\) .*/\1/p'); do
        run "$user" $word $(operands "$word")
        case $harmless in
        *" $word "*) ;;
        *) ends "$user gets in nowhere: '$word'" 1 ;;
        esac
        holds "$user reads nothing: '$word'" test -z "$(grep -l heliotrope "$out" "$err")"
    done
done
is 'nothing has changed' "$(ask "$database" .dump | sha256sum)" "$before"

# What belongs to the group but not to the caller.
cp "$database" "$scratch/other.db"
cp "$scratch/in.jsonl" "$scratch/secret.jsonl"
chgrp "$GROUP" "$scratch/other.db" "$scratch/secret.jsonl"
chmod 660 "$scratch/other.db" "$scratch/secret.jsonl"
run maryam list --db "$scratch/other.db"
ends 'another database is not opened' 1
MAJLIS_DB=$scratch/other.db run maryam list
ends 'nor through the environment' 1
run maryam list --db "$state/../$(basename "$state")/majlis.db"
ends 'nor the installed one by another name' 1
run maryam import jsonl "$scratch/secret.jsonl" --consultation roads
ends 'nothing is read that the caller may not' 1
run maryam backup "$state/stolen.db"
ends 'nothing is written where the caller may not' 1
run maryam demo --fresh --no-open --db "$database"
ends 'no demo instead of it' 1
run maryam backup "$scratch/home/maryam/mine.db"
ends 'a copy where the caller may write' 0
is "the copy is the caller's" "$(stat -c '%a %U %G' "$scratch/home/maryam/mine.db")" '600 maryam maryam'

# A terminal description of the caller's own: the build's program takes it, the installed one not.
printf 'planted|caller,\n\tam, cols#80, lines#24, cup=\\E[%%i%%p1%%d;%%p2%%dH, clear=\\E[H\\E[2J,\n' >"$scratch/planted"
tic -o "$scratch/home/khalid/.terminfo" "$scratch/planted" 2>"$err"
chmod -R a+rX "$scratch/home/khalid/.terminfo"
planted=(env TERM=planted TERMINFO="$scratch/home/khalid/.terminfo")
holds 'the planted terminal is there' as khalid "${planted[@]}" infocmp planted
command_line='khalid: majlis with a planted TERMINFO'
as khalid "${planted[@]}" timeout 10 script -qec "$program" /dev/null >"$out" 2>"$err" </dev/null
holds 'the planted terminal is not used' grep -q '"planted"' "$out"

# Settings are read with the caller's rights: an error must not tell what stands in a file of the group.
settings=$(getent passwd khalid | cut -d: -f6)/.config/majlis
install -d "$settings"
ln -s "$scratch/secret.jsonl" "$settings/config"
command_line='khalid: majlis with a secret for settings'
as khalid env TERM=xterm timeout 10 script -qec "$program" /dev/null >"$out" 2>"$err" </dev/null
holds 'a secret is no settings file' sh -c "! grep -q heliotrope '$out'"
chmod 664 "$scratch/secret.jsonl"
as khalid env TERM=xterm timeout 10 script -qec "$program" /dev/null >"$out" 2>"$err" </dev/null
holds 'what anybody may read is one' grep -q 'heliotrope.*is no setting' "$out"
rm -r "$settings"

# The person's editor holds none of the program's rights, though the program does while it waits.
cat >"$scratch/home/maryam/editor" <<EDITOR
#!/bin/sh
sed -n 's/^Gid:\t//p' /proc/self/status >"\$HOME/seen.groups"
id -Gn >"\$HOME/seen.names"
for file in $database $database-wal $state; do
    ! ls "\$file" && ! cat "\$file" && ! touch "\$file" || echo "\$file"
done >"\$HOME/seen.open" 2>/dev/null
env >"\$HOME/seen.environment"
printf 'from outside\n' >"\$1"
mkfifo "\$HOME/waiting"
read line <"\$HOME/waiting"
EDITOR
chmod 755 "$scratch/home/maryam/editor"
mkfifo "$scratch/keys"
command_line='maryam: majlis, Ctrl-X Ctrl-E'
# comes FILE TEXT: within some seconds the file holds the text.
comes() {
    local deadline=$((SECONDS + 20))
    until [ -e "$1" ] && grep -q -e "$2" "$1"; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.05
    done
}
as maryam env TERM=xterm VISUAL="$scratch/home/maryam/editor" MINE=yes timeout 60 \
    script -qefc "stty rows 24 cols 80; exec '$program'" /dev/null \
    <"$scratch/keys" >"$scratch/screen" 2>"$err" &
exec 9>"$scratch/keys"
comes "$scratch/screen" second && printf c >&9
comes "$scratch/screen" Respond && printf 'text\030\005' >&9
holds 'the editor runs, in the environment of its person' \
    comes "$scratch/home/maryam/seen.environment" MINE=yes
process=$(pgrep -u maryam -x majlis)
own=$(id -g maryam)
is 'the program that waits holds the group' "$(awk '/^Gid:/ {print $3}' "/proc/$process/status")" \
    "$(getent group "$GROUP" | cut -d: -f3)"
is 'its editor does not' "$(tr '\t' ' ' <"$scratch/home/maryam/seen.groups")" "$own $own $own $own"
is 'nor among its others' "$(cat "$scratch/home/maryam/seen.names")" maryam
is 'nor reaches the database' "$(cat "$scratch/home/maryam/seen.open")" ''
echo >"$scratch/home/maryam/waiting"
holds 'what it leaves comes back' comes "$scratch/screen" 'from outside'
kill "${process:-$!}"
exec 9>&-
wait

# The kernel's part: what the caller preloads is not loaded.
echo '#include <unistd.h>
__attribute__((constructor)) static void speak(void) { (void)!write(2, "preloaded", 9); }' >"$scratch/p.c"
cc -shared -fPIC -o "$scratch/p.so" "$scratch/p.c" 2>"$err"
command_line='khalid: majlis list with LD_PRELOAD'
as khalid env LD_PRELOAD="$scratch/p.so" true 2>"$err"
is 'the library would speak' "$(cat "$err")" preloaded
as khalid env LD_PRELOAD="$scratch/p.so" "$program" list >"$out" 2>"$err"
is 'it is not loaded' "$(grep -c '^preloaded' "$err")" 0

make uninstall-team PREFIX="$scratch/prefix" TEAM_GROUP="$GROUP" STATEDIR="$state" \
    BUILD="${BUILD:-build}" >"$out" 2>"$err"
holds 'uninstalling takes the program' test ! -e "$program"
holds 'and leaves the database' test -s "$database"
finish
