# majlis: build, try, test, install. `make help` lists what there is.
#
#   make demo     installs missing packages, builds, opens the program on the worked examples
#   make check    the same packages, then every test

PREFIX ?= /usr/local
STATEDIR ?= /var/lib/majlis
TEAM_GROUP ?= majlis
DESTDIR ?=
BUILD ?= build
CC ?= cc

.DEFAULT_GOAL := all
SHELL := /bin/bash

# V=1 shows every command as it runs.
V ?= 0
QUIET_0 = @echo '  $(1)';
QUIET_1 =
quiet = $(QUIET_$(V))

# What the program is built from, and what its tests need besides: names of Debian and Ubuntu packages.
BUILD_PACKAGES := gcc make pkg-config gettext locales libncurses-dev libsqlite3-dev libunistring-dev \
    libfribidi-dev libcsv-dev libjansson-dev nettle-dev libstemmer-dev \
    libical-dev
TEST_PACKAGES := libcmocka-dev libexpat1-dev libvterm-dev unicode-data mandoc sqlite3 clang-format

LIBRARIES := ncursesw sqlite3 fribidi jansson nettle
PACKAGED_FLAGS = $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
PACKAGED_LIBS = $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lunistring -lcsv -lstemmer -ldl

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
    -Wundef -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Werror
OPTIMISE ?= -O2 -g
HARDENING ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong
SANITIZE ?=
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE $(WARNINGS) $(OPTIMISE) \
    $(HARDENING) $(SANITIZE) -Isrc -I$(BUILD)/generated $(PACKAGED_FLAGS) $(OWN_FLAGS) $(CFLAGS)

SOURCES := $(sort $(wildcard src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
SCHEMA := $(sort $(wildcard src/store/schema/*.sql))
LIBRARY := $(BUILD)/libmajlis.a
PROGRAM := $(BUILD)/bin/majlis
LANGUAGES := $(patsubst data/po/%.po,%,$(wildcard data/po/*.po))
CATALOGUES := $(LANGUAGES:%=$(BUILD)/share/locale/%/LC_MESSAGES/majlis.mo)
LOCALE := $(BUILD)/share/locale/majlis.UTF-8/LC_MESSAGES/SYS_LC_MESSAGES
SHARED := $(wildcard data/*.json data/examples/*)
SHARE_STAMP := $(BUILD)/share/majlis/.copied

UNIT := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*.c tests/conformance/*.c \
    tests/load/*.c tests/crash/*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/bench/bench_*.c))
# The made-up public that benches and tests share.
CROWD := $(patsubst tests/%.c,$(BUILD)/tests/%.o,$(wildcard tests/bench/crowd*.c))
TERMINAL_TESTS := $(BUILD)/tests/screens/run-screen

.PHONY: FORCE all demo check check-built check-crash check-report check-terminals asan asan-built bench fuzz lint install uninstall install-team \
    uninstall-team clean help \
    packages test-packages pot manual-keys

all: $(PROGRAM) $(CATALOGUES) $(LOCALE) $(SHARE_STAMP)

help:
	@sed -n 's/^#   make/make/p' Makefile

# --- packages -------------------------------------------------------------------------------------

# Installs the packages in $(1) that are missing; elsewhere than on Debian and kin, names them.
define install_missing
	@missing=''; \
	if command -v dpkg-query >/dev/null; then \
	    for name in $(1); do \
	        dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$name"; \
	    done; \
	    if [ -n "$$missing" ]; then \
	        root=''; [ "$$(id -u)" = 0 ] || root=sudo; \
	        echo "installing:$$missing"; \
	        { $$root apt-get update -q && $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; } >&2 || \
	            { echo "could not install:$$missing" >&2; exit 1; }; \
	    fi; \
	else \
	    echo "this is not Debian or Ubuntu: install what these packages hold, then run 'make': $(1)" >&2; \
	    exit 1; \
	fi
endef

packages:
	$(call install_missing,$(BUILD_PACKAGES))

test-packages:
	$(call install_missing,$(BUILD_PACKAGES) $(TEST_PACKAGES))

# --- the program ----------------------------------------------------------------------------------

$(PROGRAM): $(BUILD)/obj/main.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,LINK $@)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(PACKAGED_LIBS)

$(LIBRARY): $(OBJECTS) $(BUILD)/generated/schema.o
	@rm -f $@
	$(call quiet,AR $@)$(AR) rcs $@ $^

$(BUILD)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call quiet,CC $<)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# What objects are built with is kept, so that another compiler, flag or folder builds them anew.
$(BUILD)/settings: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(CFLAGS_ALL)) $(STATEDIR)' >$@.now
	@if cmp -s $@.now $@; then rm $@.now; else mv $@.now $@; fi
FORCE:
$(OBJECTS) $(BUILD)/obj/main.o: $(BUILD)/settings
$(BUILD)/obj/base/paths.o $(BUILD)/fuzz/obj/base/paths.o: \
    OWN_FLAGS = -DMAJLIS_STATE_DIR='"$(STATEDIR)"'

# Every migration becomes one string of a table, in the order of its number, and ends in setting the
# schema's number to its place.
$(BUILD)/generated/schema.c: $(SCHEMA) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "store/schema.h"'; \
	  echo 'const char *const schema_migrations[] = {'; \
	  number=0; \
	  for file in $(SCHEMA); do \
	      number=$$((number + 1)); \
	      sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/    "/' -e 's/$$/\\n"/' $$file; echo "    \"PRAGMA user_version = $$number;\""; echo '    ,'; \
	  done; \
	  echo '};'; \
	  echo 'const int schema_migration_count = $(words $(SCHEMA));'; } > $@

$(BUILD)/generated/schema.o: $(BUILD)/generated/schema.c
	$(call quiet,CC $<)$(CC) $(CFLAGS_ALL) -Wno-overlength-strings -MMD -MP -c -o $@ $<

$(BUILD)/share/locale/%/LC_MESSAGES/majlis.mo: data/po/%.po
	@mkdir -p $(@D)
	@msgfmt --check -o $@ $<

# A bare locale of our own: gettext wants one that is not "C", and a host may have none.
$(LOCALE):
	@mkdir -p $(BUILD)/share/locale
	@localedef --no-archive -c -i POSIX -f UTF-8 $(BUILD)/share/locale/majlis.UTF-8 2>/dev/null || true
	@test -f $@

$(SHARE_STAMP): $(SHARED)
	@mkdir -p $(BUILD)/share/majlis/examples
	@cp $(wildcard data/*.json) $(BUILD)/share/majlis/
	@cp $(wildcard data/examples/*) $(BUILD)/share/majlis/examples/
	@touch $@

demo: packages
	@$(MAKE) --no-print-directory all
	$(PROGRAM) demo

# The catalogue of texts, and the translations brought up to it.
pot:
	xgettext --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 -c --no-wrap -F --package-name=majlis \
	    --omit-header -o $(BUILD)/majlis.pot $(wildcard src/*.c src/*/*.c)
	for po in data/po/*.po; do msgmerge -q -U --no-wrap --no-location --backup=off -N $$po $(BUILD)/majlis.pot; done

# The manual's table of keys, made again from the command table.
manual-keys: $(PROGRAM)
	@$(PROGRAM) keys --mdoc > $(BUILD)/keys.mdoc
	@sed -i -e '/^\.\\" keys begin/,/^\.\\" keys end/{//!d}' -e '/^\.\\" keys begin/r $(BUILD)/keys.mdoc' man/majlis.1

# --- tests ----------------------------------------------------------------------------------------

check: test-packages
	@$(MAKE) --no-print-directory check-built

check-built: all $(UNIT) $(BENCHES) $(TERMINAL_TESTS) $(FUZZERS:%=$(BUILD)/fuzz/%)
	@BUILD=$(BUILD) STATEDIR=$(STATEDIR) tests/run

# Kills the program hundreds of times, where `make check` does a few.
CRASH_RUNS ?= 500
check-crash: test-packages
	@$(MAKE) --no-print-directory $(BUILD)/tests/crash/test_crash $(BUILD)/tests/crash/test_faults
	CRASH_RUNS=$(CRASH_RUNS) $(BUILD)/tests/crash/test_crash
	CRASH_STEP=1 $(BUILD)/tests/crash/test_faults

# The program in four real terminals on a virtual display; the report is in $(BUILD)/terminals.
TERMINAL_PACKAGES := xvfb xdotool imagemagick fonts-dejavu-core xterm pterm mlterm sakura dbus
REAL_TERMINALS := $(patsubst %,$(BUILD)/tests/terminals/%,relay sheet read_picture)
check-terminals: test-packages
	$(call install_missing,$(TERMINAL_PACKAGES))
	@$(MAKE) --no-print-directory all $(TERMINAL_TESTS) $(REAL_TERMINALS)
	@BUILD=$(BUILD) tests/terminals/run

asan: test-packages
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan OPTIMISE='-O1 -g -fno-omit-frame-pointer' \
	    HARDENING= SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' check-built

$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,CC $<)$(CC) $(CFLAGS_ALL) -Itests -MMD -MP -o $@ $< $(LIBRARY) $(PACKAGED_LIBS) -lcmocka -lexpat -lm -lutil

$(CROWD): $(BUILD)/tests/%.o: tests/%.c $(BUILD)/settings
	@mkdir -p $(@D)
	$(call quiet,CC $<)$(CC) $(CFLAGS_ALL) -Itests -MMD -MP -c -o $@ $<

$(BENCHES) $(BUILD)/tests/bench/make_crowd: $(BUILD)/tests/%: tests/%.c $(CROWD) $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,CC $<)$(CC) $(CFLAGS_ALL) -Itests -MMD -MP -o $@ $< $(CROWD) $(LIBRARY) $(PACKAGED_LIBS) -lcmocka -lvterm -lm -lutil

$(TERMINAL_TESTS): $(wildcard tests/screens/*.c tests/screens/*.h) $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,CC tests/screens)$(CC) $(CFLAGS_ALL) -Itests -o $@ $(wildcard tests/screens/*.c) $(LIBRARY) $(PACKAGED_LIBS) -lvterm -lutil

# Fuzzers stand on the sanitizers, with a driver that mutates its seeds: no special compiler needed.
FUZZ_FLAGS = $(filter-out -O2 -D_FORTIFY_SOURCE=2,$(CFLAGS_ALL)) -O1 \
    -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_LIBRARY := $(BUILD)/fuzz/libmajlis.a

$(BUILD)/fuzz/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call quiet,CC $< for fuzzing)$(CC) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<

$(FUZZ_LIBRARY): $(SOURCES:src/%.c=$(BUILD)/fuzz/obj/%.o) $(BUILD)/generated/schema.o
	@rm -f $@
	$(call quiet,AR $@)$(AR) rcs $@ $^

$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/driver.c $(wildcard tests/fuzz/*.h) $(FUZZ_LIBRARY)
	$(call quiet,CC $<)$(CC) $(FUZZ_FLAGS) -o $@ $(filter %.c %.a,$^) $(PACKAGED_LIBS)

FUZZ_SECONDS ?= 300
fuzz: test-packages
	@$(MAKE) --no-print-directory $(FUZZERS:%=$(BUILD)/fuzz/%)
	@for fuzzer in $(FUZZERS); do \
	    echo "$$fuzzer, $(FUZZ_SECONDS) seconds"; \
	    $(BUILD)/fuzz/$$fuzzer --seconds $(FUZZ_SECONDS) tests/fuzz/seeds/$${fuzzer#fuzz_}/* || exit 1; \
	done

# At a million comments, or as many as BENCH_COMMENTS says.
bench: test-packages
	@$(MAKE) --no-print-directory all $(BENCHES)
	@for bench in $(BENCHES); do BUILD=$(BUILD) $$bench || exit 1; done

# The report on the worked examples as a browser shows and prints it: look at the files.
BROWSER_FLAGS := --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync
check-report: all
	$(call install_missing,chromium)
	@mkdir -p $(BUILD)/report
	@$(PROGRAM) demo --fresh --no-open --db $(BUILD)/report/demo.db
	@profile=$$(mktemp -d) && trap 'rm -rf "$$profile"' EXIT && for language in ar en both; do \
	    page=$(abspath $(BUILD))/report/$$language; \
	    $(PROGRAM) report --db $(BUILD)/report/demo.db --lang $$language -o $$page.html && \
	    chromium $(BROWSER_FLAGS) --user-data-dir=$$profile --no-pdf-header-footer \
	        --print-to-pdf=$$page.pdf file://$$page.html && \
	    chromium $(BROWSER_FLAGS) --user-data-dir=$$profile --window-size=900,3000 \
	        --screenshot=$$page.png file://$$page.html && \
	    test -s $$page.pdf && test -s $$page.png || exit 1; \
	done

lint: test-packages
	clang-format --dry-run --Werror $(wildcard src/*.[ch] src/*/*.[ch] tests/*/*.[ch])
	tests/manuals
	tests/layers

# --- installation ---------------------------------------------------------------------------------

MANUALS = $(wildcard man/*.[1-8])

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/majlis/examples
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/majlis
	install -m 644 $(wildcard data/*.json) $(DESTDIR)$(PREFIX)/share/majlis/
	install -m 644 $(wildcard data/examples/*) $(DESTDIR)$(PREFIX)/share/majlis/examples/
	for language in $(LANGUAGES); do \
	    install -D -m 644 $(BUILD)/share/locale/$$language/LC_MESSAGES/majlis.mo \
	        $(DESTDIR)$(PREFIX)/share/locale/$$language/LC_MESSAGES/majlis.mo; done
	install -d $(DESTDIR)$(PREFIX)/share/locale
	cp -R $(BUILD)/share/locale/majlis.UTF-8 $(DESTDIR)$(PREFIX)/share/locale/
	for page in $(MANUALS); do \
	    install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/majlis
	rm -rf $(DESTDIR)$(PREFIX)/share/majlis $(DESTDIR)$(PREFIX)/share/locale/majlis.UTF-8
	for language in $(LANGUAGES); do \
	    rm -f $(DESTDIR)$(PREFIX)/share/locale/$$language/LC_MESSAGES/majlis.mo; done
	for page in $(MANUALS); do \
	    rm -f $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; done

# For a team: the program lends its own group, which no person is in, to the database's folder.
install-team: install
	getent group $(TEAM_GROUP) >/dev/null || groupadd --system $(TEAM_GROUP)
	install -o root -g $(TEAM_GROUP) -m 2755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/majlis
	install -d -o root -g $(TEAM_GROUP) -m 2770 $(DESTDIR)$(STATEDIR)
	for file in $(DESTDIR)$(STATEDIR)/majlis.db*; do \
	    [ ! -f "$$file" ] || { chgrp $(TEAM_GROUP) "$$file" && chmod 660 "$$file"; } || exit 1; done
	@echo "majlis-team(7) says what comes next: majlis init, majlis moderator add"

# The database and the group stay: they are the team's.
uninstall-team: uninstall
	@echo "kept: $(DESTDIR)$(STATEDIR) and the group $(TEAM_GROUP)"

clean:
	rm -rf build build-*

-include $(OBJECTS:.o=.d) $(SOURCES:src/%.c=$(BUILD)/fuzz/obj/%.d) $(BUILD)/obj/main.d $(wildcard $(BUILD)/tests/*/*.d)
