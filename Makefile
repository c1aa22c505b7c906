# Thin on purpose: every target runs one script of scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup build demo demo-stop test lint format unit integration bench

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## check the toolchain, install packages, fetch pinned parts, make the Python environment
	@scripts/setup

build: ## build the release binary, .build/release/martinet
	@scripts/build

demo: ## build, load a star schema, start Martinet, run analyst queries, print how to connect
	@scripts/demo

demo-stop: ## stop what `make demo` started; its data stays
	@scripts/demo-stop

test: ## everything: lint, tidy, unit tests, end-to-end tests with real clients
	@scripts/test

lint: ## formatters, linters and the tidy test
	@scripts/lint

format: ## let the formatters rewrite the sources
	@scripts/format

unit: ## unit tests
	@scripts/unit

integration: ## end-to-end tests; ARGS= goes to pytest, e.g. ARGS='-k psql'
	@scripts/integration $(ARGS)

bench: ## benchmarks; ARGS= goes to the runner
	@scripts/bench $(ARGS)
