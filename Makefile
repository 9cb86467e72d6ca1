# One configuration, release, for run and for test; both share one build.
SWIFT := swift
FLAGS := -c release --static-swift-stdlib --disable-testable-imports
BIN = .build/release/downlink
PREFIX ?= /usr/local
FILTER ?=
ARGS ?=
export SWIFT_BACKTRACE := enable=no

.PHONY: help system build run test bench check record install lint
.DEFAULT_GOAL := help

build: system
	@$(SWIFT) build $(FLAGS) --product downlink

test: system ## all tests; FILTER= narrows
	@$(SWIFT) build $(FLAGS) --build-tests
	@$(SWIFT) test $(FLAGS) --skip-build $(if $(FILTER),--filter '$(FILTER)')
