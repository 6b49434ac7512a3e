# What reaches standard output: harmless on a terminal, whole or not at all, fit for other programs.
. "$(dirname "$0")/lib.bash"

database=$scratch/demo.db
export MAJLIS_DB=$database
"$majlis" demo --no-open --db "$database" 2>/dev/null

# harmless NAME FILE: no control but newlines; no C1; nothing that turns, hides or ends text.
harmless() {
    is "$1: no control" "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <"$2" | wc -c)" 0
    # U+0080-9F; U+061C, U+200E-200F, U+202A-202E, U+2066-2069; U+2028-2029; U+FEFF; tags
    is "$1: nothing hidden" "$(LC_ALL=C grep -c -P '\xC2[\x80-\x9F]|\xD8\x9C|\xE2\x80[\x8B\x8E\x8F\xA8-\xAE]|\xE2\x81[\xA0-\xAF]|\xEF\xBB\xBF|\xF3\xA0[\x80\x81]' "$2")" 0
    holds "$1: valid UTF-8" iconv -f UTF-8 -t UTF-32 "$2"
}

run list
ends list 0
is 'a line for each comment' "$(wc -l <"$out")" "$(ask "$database" 'SELECT count(*) FROM comment')"
harmless list "$out"
is 'no line is wider than the page' "$(awk 'length > 300' "$out" | wc -l)" 0
cp "$out" "$scratch/list"
run list --lang ar
harmless 'list in Arabic' "$out"
run stats
harmless stats "$out"
run moderator list
harmless 'moderator list' "$out"
run check
harmless check "$out"

# What tricksters write, shown as what it is.
esc=$(ask "$database" "SELECT min(id) FROM comment WHERE instr(body, char(27)) BETWEEN 1 AND 20")
if [ -n "$esc" ]; then
    holds 'an escape is shown by its name' grep -q "^ *$esc .*\[ESC\]" "$scratch/list"
else
    failed 'an escape is shown by its name' 'the examples hold none'
fi
printf '%s\n' '{"id":"1","body":"a\u001b[2Jb\u009bc\u202ed\u0000e\u2067f\u0007\r\ng","author":"x\u001b]0;t\u0007"}' \
    '{"id":"2","body":"قال (نعم) ثم abc [لا]"}' '{"id":"3","body":"note \u001b"}' |
    "$majlis" import jsonl - --consultation tricks --create 2>/dev/null
run list consultation:tricks
harmless 'a trick' "$out"
writes 'brackets and letters stay in reading order' 'قال (نعم) ثم abc [لا]'
for name in ESC RLO NUL BEL; do
    writes "$name is named" "[$name"
done
trick=$(ask "$database" "SELECT id FROM comment WHERE source = 'stdin' AND source_id = '1'")
run note "$trick" $'see \033[31mred\302\205'
run history "$trick"
harmless 'history of a trick' "$out"
run tag "$trick" $'+\033[2J'
harmless 'an error about a trick' "$err"
run decide $'x\033[2J/\302\233' approve
harmless 'an error about an id' "$err"
run list $'state:\033[2J'
harmless 'an error about a query' "$err"

# --- JSON for programs ---
run list --json
ends 'list as JSON' 0
valid=$(sqlite3 -batch :memory: <<END
CREATE TABLE line (text);
.mode ascii
.separator "\037" "\n"
.import $out line
SELECT count(*) FROM line WHERE json_valid(text) AND json_type(text) = 'object';
END
)
is 'each line is an object' "${valid%$'\n'}" "$(ask "$database" 'SELECT count(*) FROM comment')"
is 'JSON has no control either' "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <"$out" | wc -c)" 0

# --- limits and queries ---
run list --limit 7
is 'a limit' "$(wc -l <"$out")" 7
run list --limit 0
is 'a limit of none' "$(wc -l <"$out")" 0
run list --limit 201
is 'a limit over one page' "$(wc -l <"$out")" 201
run list --limit -1
ends 'a limit below none' 2
run list --limit many
ends 'a limit that is no number' 2
run list state:pending lang:ar --json
is 'a query of several words' "$(wc -l <"$out")" \
    "$(ask "$database" "SELECT count(*) FROM comment WHERE state = 'pending' AND language = 'ar'")"
cp "$out" "$scratch/apart"
run list 'state:pending lang:ar' --json
is 'or of one' "$(cksum <"$out")" "$(cksum <"$scratch/apart")"
run list 'state:'
ends 'half a query' 1

# --- where it cannot go ---
# nowhere NAME COMMAND ...: the command, whose output cannot be written, fails and says so.
nowhere() {
    local name=$1
    shift
    for target in full closed; do
        command_line="majlis $* into $target output"
        if [ "$target" = full ]; then
            "$majlis" "$@" >/dev/full 2>"$err"
        else
            "$majlis" "$@" >&- 2>"$err"
        fi
        status=$?
        ends "$name into $target output" 1
    done
}
nowhere 'list' list
nowhere 'export' export csv
nowhere 'export of JSON lines' export jsonl
nowhere 'help' help
nowhere 'keys' keys
nowhere 'roles' roles
nowhere 'stats' stats
nowhere 'version' --version
{ "$majlis" export csv 2>"$err"; echo "$?" >"$scratch/status"; } | head -n 1 >/dev/null
status=$(<"$scratch/status") command_line='export | head'
ends 'a pipe that was closed' 1
"$majlis" list --limit 1 >"$out" 2>&- <&-
is 'other streams may be closed' "$?" 0
run check
ends 'none of this did harm' 0
finish
