# One configuration, release; the program and its tests share one build.
SWIFT := swift
BIN := .build/release/downlink
PREFIX ?= /usr/local
FILTER ?=
ARGS ?=
export SWIFT_BACKTRACE := enable=no

.DEFAULT_GOAL := help
.PHONY: help test

test: ## all tests; FILTER= narrows
	@$(SWIFT) build -c release --build-tests
	@$(SWIFT) test -c release --disable-testable-imports --skip-build $(if $(FILTER),--filter '$(FILTER)')

help: ## lists the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-8s %s\n", $$1, $$2 }'
