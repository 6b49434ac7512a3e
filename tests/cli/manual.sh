# The manual says what the program does: keys, commands, options, fields, tables and columns.
. "$(dirname "$0")/lib.bash"

manual=man/majlis.1
run keys
ends keys 0
run keys --mdoc
ends 'keys for the manual' 0
sed -n '/^\.\\" keys begin/,/^\.\\" keys end/p' "$manual" | sed '1d;$d' >"$scratch/keys"
command_line="diff of majlis keys --mdoc and $manual"
diff "$scratch/keys" "$out" >"$err"
is "the manual's keys are the program's" "$?" 0

for source in src/cli/*.c; do
    command=$(sed -n 's/^ *\.name = "\(.*\)",/\1/p' "$source")
    [ -n "$command" ] || continue
    holds "the manual has $command" grep -q -E "^\.It Ic $command( |$)" "$manual"
    for option in $(sed -n 's/^ *{"\([a-z-]*\)",.*/\1/p' "$source"); do
        holds "the manual has $command and its $option" awk -v command="$command" -v option="$option" '
            /^\.It Ic / {here = $3 == command}
            BEGIN {wanted = "Fl " (length(option) == 1 ? "" : "-") option}
            here && index($0, wanted) {found = 1}
            END {exit !found}' "$manual"
    done
done

sed -n '/query_fields\[\]/,/}/p' src/store/query*.c | grep -o '"[a-z]*:"' | tr -d '":' >"$scratch/fields"
holds 'there are fields' test "$(wc -l <"$scratch/fields")" -ge 8
while read -r field; do
    holds "the manual has the field $field" grep -q -E "^\.It Ic $field[ :]" man/majlis-query.7
done <"$scratch/fields"

# Every table and column there is, as SQLite names them, is an item of the manual.
make_database "$scratch/new.db"
ask "$scratch/new.db" "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
    AND name NOT LIKE 'comment\_words\__%' ESCAPE '\'" >"$scratch/tables"
holds 'there are tables' test "$(wc -l <"$scratch/tables")" -ge 12
while read -r table; do
    # A virtual table's columns are known only to whoever has its tokenizer.
    if [ "$table" = comment_words ]; then
        columns=body
    else
        columns=$(ask "$scratch/new.db" "SELECT name FROM pragma_table_info('$table')")
    fi
    holds "the manual has the table $table" grep -q -x -F ".Ss $table" man/majlis-schema.5
    for column in $columns; do
        holds "the manual has $table.$column" awk -v table="$table" -v column="$column" '
            /^\.Ss / {here = $2 == table}
            here && $1 == ".It" && $2 == "Va" && $3 == column {found = 1}
            END {exit !found}' man/majlis-schema.5
    done
done <"$scratch/tables"
finish
