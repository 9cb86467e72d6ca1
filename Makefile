# One configuration, release; the program and its tests share one build.
SWIFT := swift
BIN := .build/release/downlink
PREFIX ?= /usr/local
FILTER ?=
ARGS ?=
DOCUMENTS ?= 30000
export SWIFT_BACKTRACE := enable=no

TEST := $(SWIFT) test -c release --disable-testable-imports --skip-build
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# What the build needs beyond Swift, and the file that shows that it is there.
MISSING := $(strip \
  $(if $(wildcard /usr/include/curses.h),,libncurses-dev) \
  $(if $(wildcard /usr/include/sqlite3.h),,libsqlite3-dev) \
  $(if $(wildcard /usr/include/cmark.h),,libcmark-dev) \
  $(if $(wildcard /usr/include/png.h),,libpng-dev) \
  $(if $(wildcard /usr/include/turbojpeg.h),,libturbojpeg0-dev) \
  $(if $(wildcard /usr/include/gif_lib.h),,libgif-dev) \
  $(if $(shell command -v git),,git) \
  $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),,ca-certificates))

.DEFAULT_GOAL := help
.PHONY: run test bench bench-search torture check sanitize lint demos record install help packages \
  program

# The sync brings in posts that came with a pull; where it cannot write, the reader says so.
run: program ## builds the program and opens the reader; ARGS= gives it a command line
	@$(BIN) sync >/dev/null 2>&1 || true
	@if [ -n "$(ARGS)" ] || { [ -t 0 ] && [ -t 1 ]; }; then exec $(BIN) $(ARGS); fi; \
	$(BIN) list && printf '%s\n' '' \
	  'There is no terminal here, so this is the list. In a terminal, "make run" opens the reader.' \
	  'Without one:  $(BIN) read POST   search WORDS   run DEMO   --help'

test: packages ## all tests; FILTER= narrows
	@$(SWIFT) build -c release --build-tests
	@$(TEST) $(if $(FILTER),--filter '$(FILTER)')

# With PyTorch (PYTHON=, else python3) rows run in turn with their twins in Tests/Baselines.
bench: program ## times the reader, the compute core and the demos; prints a table; ARGS= chooses
	@$(SWIFT) build -c release --product downlink-bench
	@.build/release/downlink-bench $(ARGS)

# Queries and known items are cut from the documents themselves.
bench-search: program ## search, index and sync on a folder of Markdown: CORPUS=DIR DOCUMENTS=30000
	@$(SWIFT) build -c release --product downlink-bench
	@.build/release/downlink-bench search $(CORPUS) --documents $(DOCUMENTS) $(ARGS)

# LEVEL=commit is what `make test` does; nightly takes up to an hour, release many.
torture: program ## kills, power cuts, faults, full disks, rivals, damage; LEVEL= ONLY=T01,T02
	@python3 Tests/Torture/torture.py $(BIN) --level $(or $(LEVEL),nightly) \
	  $(if $(ONLY),--only $(ONLY))

check: lint test demos ## lint, tests, every claim of every demo, content and library
	@$(BIN) check

# Each sanitizer has a build of its own. Traps of exit tests are meant to be traps.
sanitize: ## the compute core's tests under the address sanitizer, the sharded step's under the thread's
	@$(call sanitized,address) $(if $(FILTER),--filter '$(FILTER)')
	@$(call sanitized,thread) --filter 'ShardedGradient|Determinism'
sanitized = DOWNLINK_SANITIZE=1 ASAN_OPTIONS=detect_leaks=0 \
  $(SWIFT) test -c release --disable-testable-imports --sanitize=$(1) --scratch-path .build/$(1)

record: packages ## rewrites snapshots and transcripts, to be read in the diff
	@$(SWIFT) build -c release --build-tests
	@RECORD=1 $(TEST) $(if $(FILTER),--filter '$(FILTER)')

install: program ## $(PREFIX)/bin/downlink and $(PREFIX)/share/downlink
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/downlink/Sources
	install -s -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/downlink
	cp -R Content Assets $(DESTDIR)$(PREFIX)/share/downlink
	cp -R Sources/Demos $(DESTDIR)$(PREFIX)/share/downlink/Sources

help: ## lists the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-12s %s\n", $$1, $$2 }'

program: packages
	@$(SWIFT) build -c release --product downlink

lint:
	@$(SWIFT) format lint --strict -r -p Sources Tests Package.swift

# Every demo at its default; a claim that does not hold ends with status 2.
demos: program
	@for demo in $$($(BIN) demos | awk '/^[a-z]/ { print $$1 }'); do \
	  $(BIN) run $$demo || exit; \
	done

packages:
ifneq ($(MISSING),)
	@echo "Installing what the build needs: $(MISSING)$(if $(SUDO), (with sudo))"
	@command -v apt-get >/dev/null || \
	  { echo 'There is no apt-get here; install what these packages hold by other means.'; exit 1; }
	@$(SUDO) apt-get update -q
	@$(SUDO) env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -q --no-install-recommends $(MISSING)
endif
