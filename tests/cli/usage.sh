# The command line itself: help, version, languages, slips and wrong words.
. "$(dirname "$0")/lib.bash"

commands="demo init import export list decide tag note undo history stats report keys roles moderator check
    backup help"

run --version
ends version 0
writes 'version is written' 'majlis 1'

run help
ends help 0
for command in $commands; do
    writes "help lists $command" "  $command "
done
cp "$out" "$scratch/help"
run --help
is '--help is help' "$(cat "$out")" "$(cat "$scratch/help")"

for command in $commands; do
    run help "$command"
    writes "help $command" "usage: majlis $command"
    cp "$out" "$scratch/help"
    run "$command" --help
    is "$command --help is help $command" "$(cat "$out")" "$(cat "$scratch/help")"
done

run help nothing-such
ends 'help for no command' 2
run frobnicate
ends 'unknown command' 2
says 'unknown command points to help' 'majlis help'
run lsit
ends 'misspelt command' 2
says 'misspelt command is guessed' "did you mean 'list'?"
run list --jsn
ends 'misspelt option' 2
says 'misspelt option is guessed' '--json'
run list -j
ends 'unknown short option' 2
run list --limit
ends 'option without its value' 2
run list --json=yes
ends 'value for an option without' 2
run --frobnicate
ends 'unknown option before the command' 2
run decide
ends 'missing operands' 2
says 'missing operands show the usage' 'usage: majlis decide ID'
run undo 5
ends 'operand too many' 2

# arabic FILE: most of what is in it is.
arabic() { test "$(LC_ALL=C grep -o -P '[\xD8-\xDB][\x80-\xBF]' "$1" | wc -l)" -gt 20; }
run --lang ar help
holds 'Arabic help is Arabic' arabic "$out"
run help --lang ar
holds 'the language may come after the command' arabic "$out"
run --lang ar frobnicate
ends 'unknown command in Arabic' 2
holds 'errors are translated' arabic "$err"
run lsit --lang=ar
holds 'also where the language comes last' arabic "$err"
run --lang fr help
ends 'unknown language' 2

MAJLIS_NOW=yesterday run roles
ends 'wrong MAJLIS_NOW' 2

run roles
ends roles 0
writes 'roles name supervisors' supervisor
is 'a trainee decides, or not: one word each' \
    "$(awk 'NR > 1 && NF != 6' "$out" | wc -l)" 0
holds 'a supervisor may everything' awk 'NR > 1 && $5 != "yes" {bad = 1} END {exit bad}' "$out"

printf -v hostile 'li\033[31mst\302\233'
run "$hostile"
ends 'hostile command' 2
is 'a hostile word reaches no terminal' "$(LC_ALL=C tr -d '\n -~\200-\377' <"$err" | wc -c)" 0
holds 'nor as a C1 control' env LC_ALL=C awk '/\302[\200-\237]/ {exit 1}' "$err"
finish
