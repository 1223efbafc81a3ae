# `make` lists what can be done. Everything is installed from lock files on the way; nothing but Python 3.11 is assumed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
# Words for the program behind demo, bench and faults: make demo ARGS="--speed 1"
ARGS ?=

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: install ## Start everything here, show one log, Ctrl-C stops all (ports: KINERJA_EDGE_PORT ..., KINERJA_PORT_OFFSET)
	@exec $(PY) -m deploy.local run

.PHONY: up
up: install ## The same in the background; returns when it is healthy
	@$(PY) -m deploy.local up

.PHONY: down
down: ## Stop what `make up` started and wait until nothing runs
	@[ -x $(PY) ] && $(PY) -m deploy.local down || echo "the stack is not running"

.PHONY: status
status: ## Is it running, where, and how heavy was it at its start
	@$(PY) -m deploy.local status

.PHONY: demo
demo: install ## A past of 30 days in all three streams, then a working morning (ARGS="--days 365", ARGS=--help)
	@$(PY) -m bench.demo $(ARGS)

.PHONY: check
check: python ## The fast part: format, lint, types, import rules, contracts, unit tests (under a minute)
	@deploy/check.sh

.PHONY: test
test: install ## Everything: check, real broker and database, browser, faults
	@deploy/check.sh --all

.PHONY: bench
bench: install peers ## Performance workloads, beside their peers (ARGS="surge --small"); writes bench/results/
	@$(PY) -m bench $(ARGS)

.PHONY: faults
faults: install ## Fault drills: kill -9 of every part under load, many times
	@$(PY) -m pytest tests/faults -q --full $(ARGS)

.PHONY: fmt
fmt: python ## Format the code (check never edits)
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix --select I .

.PHONY: install
install: ## Install what run and test need, from lock files (done by them)
	@deploy/install.sh python broker signin web

.PHONY: python peers
python:
	@deploy/install.sh python
peers:
	@deploy/install.sh python peers
