# Aljabr: what a newcomer runs. `make help` lists everything.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
DEMO ?= demo
CLAIMS ?= 20000
BENCH_CLAIMS ?= 100000
KILLS ?= 30

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(BIN)/.base ## a sample of 20,000 claims through the whole job: summary, report, letters, payment file
	@$(BIN)/aljabr demo --out $(DEMO) --claims $(CLAIMS)

test: lint types contracts ## everything CI runs: tests, import contracts, guards, ruff, mypy
	$(BIN)/python -m pytest -n auto

lint: $(BIN)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BIN)/.dev ## mypy, strict
	$(BIN)/mypy

contracts: $(BIN)/.dev ## which room may import which
	$(BIN)/lint-imports

bench: $(BIN)/.dev ## 100,000 claims through the whole job: seconds, claims/s, peak memory, time of each stage
	$(BIN)/python benchmarks/whole_job.py --claims $(BENCH_CLAIMS)

bench-short: $(BIN)/.dev ## the same with 5,000 claims
	$(BIN)/python benchmarks/whole_job.py --claims 5000

bench-linkage: $(BIN)/.dev ## 1,000,000 mentions linked beside bare Splink with the same blocking: seconds, ratio, F1
	$(BIN)/python benchmarks/linkage.py --persons 1000000

bench-linkage-short: $(BIN)/.dev ## the same with 50,000 mentions
	$(BIN)/python benchmarks/linkage.py --persons 50000

torture: $(BIN)/.dev ## kill a run at many random points and compare the bytes it ends in
	$(BIN)/python benchmarks/kill_and_resume.py --kills $(KILLS)

requirements: ## write the pinned, hashed requirements again (needs uv)
	for set in base:build dev:"build --extra dev"; do \
	  uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	    --extra $${set#*:} pyproject.toml -o requirements/$${set%%:*}.txt; done

clean: ## remove what the targets made
	rm -rf .venv demo demo.work demo-sample demo-sample-truth bench bench-linkage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Aljabr needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 2; }
	@$(PYTHON) -m venv .venv

$(BIN)/.base: $(BIN)/python requirements/base.txt pyproject.toml
	@echo "Installing what Aljabr needs (pinned and hashed) …"
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.dev: $(BIN)/.base requirements/dev.txt
	@echo "Installing what the tests need …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: help demo test lint types contracts bench bench-short bench-linkage bench-linkage-short torture requirements clean
