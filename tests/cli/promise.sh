# Working hours, holidays and promises: set, shown, read from lists, recorded; and what follows from
# them for what is due.
. "$(dirname "$0")/lib.bash"

database=$scratch/promise.db
export MAJLIS_DB=$database
make_database "$database"

run calendar
ends 'the calendar of a new database' 0
writes 'its hours' 'sun-thu 07:00-14:30'
run promise
ends 'its promises' 0
writes 'two days to decide, five to answer' '-  2d  5d'

# Tuesday 2026-11-17, 10:00: to be decided by Thursday 14:30, to be answered by Tuesday the 24th.
printf '%s\n' '{"id":"one","body":"Why?"}' >"$scratch/one.jsonl"
MAJLIS_NOW=2026-11-17T10:00:00Z run import jsonl "$scratch/one.jsonl" --consultation roads --create
ends 'a comment' 0
due() { ask "$database" "SELECT strftime('%m-%d %H:%M', $1, 'unixepoch') FROM due WHERE comment_id = 1"; }
run decide 1 hold
MAJLIS_NOW=2026-11-19T14:30:00Z run list late:decide
is 'nothing is late at its last moment' "$(wc -l <"$out")" 0
MAJLIS_NOW=2026-11-19T14:30:01Z run list late:decide
is 'it is a second later' "$(wc -l <"$out")" 1
run list late:answer
is 'no answer is late at half past ten' "$(wc -l <"$out")" 0
MAJLIS_NOW=2026-11-24T15:00:00Z run list late:answer
is 'but at three' "$(wc -l <"$out")" 1
run list 'due:<2026-11-19'
is 'it was not due before the 19th' "$(wc -l <"$out")" 0
run list due:2026-11-19
is 'but on it' "$(wc -l <"$out")" 1
run list 'due:>2026-11-19T14:30' 'due:<+1d'
is 'or from its moment on' "$(wc -l <"$out")" 1
run list received:2026-11-17 channel:web
is 'by the day it was received and the way it came' "$(wc -l <"$out")" 1
run list received:2026-11-16
is 'and on no other day' "$(wc -l <"$out")" 0
for wrong in late:soon due:soon due:+soon 'due:<' received:7d 'due:<2026-11-01 due:<2026-11-02'; do
    run list $wrong
    ends "$wrong is no query" 1
done

run promise set --decide 8h
ends 'a promise in hours' 0
is 'four and a half hours of Tuesday, three and a half of Wednesday' "$(due decide_at)" '11-18 10:30'
run promise set --agency nobody --decide 8h
ends 'of an agency that is not there' 1
run promise set --decide soon
ends 'a promise is a number' 1
run promise set
ends 'something is promised' 2
run promise set --decide default
ends 'what holds for all is said' 1
agency=$(ask "$database" 'SELECT slug FROM agency')
run promise set --agency "$agency" --decide none
ends 'an agency promises nothing' 0
is 'and nothing is due' "$(due decide_at)" ''
run promise set --agency "$agency" --decide default
ends 'or what all do' 0
is 'so that it is' "$(due decide_at)" '11-18 10:30'
run promise set --agency "$agency" --decide default
says 'again is no change' 'nothing is changed'

run calendar hours 'sun-thu 9:00-12:00, 13:00-14:00' --from 2026-11-18 --to 2026-11-30
ends 'other hours for a time' 0
is 'three hours until noon, and half an hour from one' "$(due decide_at)" '11-18 13:30'
run calendar hours
writes 'they are shown' '-  2026-11-18  2026-11-30  sun-thu 09:00-12:00,13:00-14:00'
run calendar hours none --from 2026-11-18 --to 2026-11-30
ends 'and taken away' 0
is 'so that it is as before' "$(due decide_at)" '11-18 10:30'
run calendar hours none
ends 'the ordinary ones stay' 1
run calendar hours 'sun-thu 14:00-7:00'
ends 'no day ends before it begins' 1
run calendar hours 'sun-thu 7:00-14:00' --from 2026-11-18
ends 'a time has an end' 2
run calendar clock -05:00
ends 'another clock' 0
is 'ten is five in the morning there: all of Tuesday, and half an hour' "$(due decide_at)" '11-18 12:30'
run calendar clock
writes 'it is shown' '-05:00'
run calendar clock later
ends 'a clock is a number of hours' 2
run calendar clock +0
ends 'and back' 0

run calendar holiday 2026-11-18 --ar 'عطلة' --en 'Day off'
ends 'a holiday' 0
is 'its hours lie on the next day' "$(due decide_at)" '11-19 10:30'
run calendar holiday 2026-11-18
ends 'has a name' 2
run calendar holiday 2026-02-30 --en x
ends 'and a date' 2
run calendar holiday 2026-11-18 --to 2026-11-01 --en x
ends 'that does not go backwards' 2
run calendar workday 2026-11-18
ends 'a working day again' 0
is 'as before' "$(due decide_at)" '11-18 10:30'

# Lists.
printf '\xef\xbb\xbfDate;To;Name_AR;name_en\r\n2026-11-18;2026-11-19;إجازة;"Off; for two days"\r\n2026-13-01;;x;y\r\n2026-12-01;2026-11-01;x;y\r\n2026-12-01;;"x;y\r\n٢٠٢٦-١٢-٠٢;;;Only English\r\n' >"$scratch/days.csv"
run calendar import "$scratch/days.csv"
ends 'a list with mistakes' 1
says 'the date is named with its line' 'days.csv:3: '
says 'and the span' 'days.csv:4: the last day lies before the first'
says 'and the quotation mark' 'days.csv:5: a quotation mark is not closed'
says 'the rest is taken' '3 days read: 3 are new or changed; 3 lines refused'
is 'it is due behind them' "$(due decide_at)" '11-22 10:30'
run calendar holidays
writes 'names are shown' '-  2026-11-19  إجازة         Off; for two days'
printf 'nothing\nof this kind\n' >"$scratch/no.csv"
run calendar import "$scratch/no.csv"
ends 'a list names its columns' 1
run calendar import "$scratch/nowhere.csv"
ends 'and is there' 1
cat >"$scratch/days.ics" <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20201218
RRULE:FREQ=YEARLY;UNTIL=20271231
SUMMARY;LANGUAGE=en:National
  Day\, Qatar
SUMMARY;LANGUAGE=ar:اليوم الوطني
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20270309
DTEND;VALUE=DATE:20270312
SUMMARY:عيد الفطر
DESCRIPTION:
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20270309T100000Z
SUMMARY:A meeting
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20271218
RRULE:FREQ=NEVERLY
SUMMARY:Odd
END:VEVENT
BEGIN:VEVENT
UID:5
STATUS:CANCELLED
DTSTART;VALUE=DATE:20271219
SUMMARY:Not held
END:VEVENT
BEGIN:VEVENT
UID:6
ICS
run calendar import "$scratch/days.ics" --agency "$agency"
ends 'a calendar with mistakes' 1
says 'an hour is no holiday' 'days.ics:18: '
says 'what recurs must be read' 'days.ics:23: '
says 'and an event ends' 'days.ics:35: '
is 'days of every year, and three in a row' \
    "$(ask "$database" "SELECT group_concat(date(day * 86400, 'unixepoch'), ' ') FROM holiday WHERE agency_id <> 0")" \
    '2025-12-18 2026-12-18 2027-03-09 2027-03-10 2027-03-11 2027-12-18'
is 'names unfolded' \
    "$(ask "$database" "SELECT DISTINCT name_en || ', ' || name_ar FROM holiday WHERE day = 20440 AND agency_id <> 0")" \
    'National Day, Qatar, اليوم الوطني'
run calendar import "$scratch/days.ics" --agency "$agency"
says 'again nothing is new' '6 days read: 0 are new or changed'

run log
writes 'hours are recorded' '"hours":"sun-thu 09:00-12:00,13:00-14:00"'
writes 'holidays' '"name_en":"Day off"'
writes 'promises' '{"decide":"8h","answer":"5d"}'
writes 'the clock' '"name":"utc-offset","value":-18000'
run check
ends 'all of it is sound' 0

# Who may.
sqlite3 "$database" "INSERT INTO moderator (login, name, role) SELECT 'second', 'Second', 'supervisor';
    UPDATE moderator SET role = 'moderator' WHERE login = '$login'"
run promise set --decide 1h
ends 'a moderator may not' 1
says 'and is told' 'working hours'
finish
