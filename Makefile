# Aljabr: what a newcomer runs. `make help` lists everything.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
DEMO ?= demo
CLAIMS ?= 20000
BENCH_CLAIMS ?= 100000
BENCH_RECORDS ?= 1000000
KILLS ?= 30

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

demo: $(BIN)/.base ## a sample of 20,000 claims through the whole job: summary, report, letters, payment file
	@$(BIN)/aljabr demo --out $(DEMO) --claims $(CLAIMS)

serve: $(BIN)/.web ## the registry on the web with a demo, on http://127.0.0.1:8020/
	@$(BIN)/aljabr serve --demo

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

bench-match: $(BIN)/.dev ## one new record against a register of 1,000,000: milliseconds, memory, how often the right person is found
	$(BIN)/python benchmarks/match_new.py --records $(BENCH_RECORDS)

bench-match-short: $(BIN)/.dev ## the same with 20,000 records
	$(BIN)/python benchmarks/match_new.py --records 20000

bench-short: $(BIN)/.dev ## the same with 5,000 claims
	$(BIN)/python benchmarks/whole_job.py --claims 5000

bench-linkage: $(BIN)/.dev ## 1,000,000 mentions linked beside bare Splink with the same blocking: seconds, ratio, F1
	$(BIN)/python benchmarks/linkage.py --persons 1000000

bench-linkage-short: $(BIN)/.dev ## the same with 50,000 mentions
	$(BIN)/python benchmarks/linkage.py --persons 50000

bench-lists: $(BIN)/.dev ## two lists of 6,000 and 28,000 people with name, age and sex only, beside sorted tokens and plain Splink: F1 of each
	$(BIN)/python benchmarks/names_on_lists.py

bench-lists-short: $(BIN)/.dev ## the same with lists of 600 and 2,800
	$(BIN)/python benchmarks/names_on_lists.py --short 600 --long 2800

bench-rules: $(BIN)/.dev ## one decision table on 1,000,000 facts: Aljabr, hand-written SQL; 10,000,000 facts in bounded memory
	$(BIN)/python benchmarks/decision_tables.py $(if $(wildcard .peers/bin/python),--peers .peers/bin/python)

bench-rules-short: $(BIN)/.dev ## the same with 100,000 facts, without the large run
	$(BIN)/python benchmarks/decision_tables.py --items 100000 --large 0 --rounds 3 $(if $(wildcard .peers/bin/python),--peers .peers/bin/python)

bench-peers: $(BIN)/python ## install two other rule engines into .peers, for bench-rules to measure beside (one is GPL; nothing of ours uses them)
	@$(PYTHON) -m venv .peers
	@.peers/bin/python -m pip --disable-pip-version-check install --quiet zen-engine==2.1.3 pyDMNrules==1.4.5 || echo "Not installable here; bench-rules leaves out what is missing."

bench-simulate: $(BIN)/.dev ## a change of the law tried on 1,000,000 claims: seconds, peak memory
	$(BIN)/python benchmarks/simulation.py

torture: $(BIN)/.dev ## kill a run at many random points and compare the bytes it ends in
	$(BIN)/python benchmarks/kill_and_resume.py --kills $(KILLS)

torture-registry: $(BIN)/.dev ## 4 threads at every act of 200 claims; every guard dropped once; 30 kill -9 of web, workers, sequencer, PostgreSQL
	$(BIN)/python benchmarks/registry_races.py --claims 200
	$(BIN)/python benchmarks/registry_guards.py
	$(BIN)/python benchmarks/registry_kills.py --kills $(KILLS)

bench-registry: $(BIN)/.dev ## queue, search and claim page over 1,000,000 claims: p95 and queries of each
	$(BIN)/python benchmarks/registry_pages.py

bench-registry-short: $(BIN)/.dev ## the same over 2,000 claims, holding no time against them
	$(BIN)/python benchmarks/registry_pages.py --claims 2000 --rounds 3 --bar 60000

styles: ## compile the registry's style sheet again (needs npm)
	cd src/aljabr/registry/web/styles && npm install --no-package-lock --silent && npx @tailwindcss/cli -i registry.css -o ../static/registry/registry.css --minify

mutants: $(BIN)/.dev ## break the compiler of decision tables in 30 listed ways; at least 28 must be noticed
	$(BIN)/python benchmarks/compiler_mutants.py

mutants-short: $(BIN)/.dev ## the same with five of them
	$(BIN)/python benchmarks/compiler_mutants.py --count 5

messages: $(BIN)/.web ## collect what is to be translated, compile the registry's catalogues
	@DJANGO_SETTINGS_MODULE=aljabr.registry.settings DATABASE_URL= ALJABR_SECRET_KEY=none $(BIN)/python -m django messages

requirements: ## write the pinned, hashed requirements again, one version of each package in every set (needs uv)
	for set in dev:"build --extra web --extra dev" web:"build --extra web" base:build; do \
	  uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	    $$([ $${set%%:*} = dev ] || echo --constraints requirements/dev.txt) \
	    --extra $${set#*:} pyproject.toml -o requirements/$${set%%:*}.txt; done

clean: ## remove what the targets made
	rm -rf .venv .peers demo demo.work demo-sample demo-sample-truth bench bench-linkage bench-match .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Aljabr needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 2; }
	@$(PYTHON) -m venv .venv

$(BIN)/.base: $(BIN)/python requirements/base.txt pyproject.toml
	@echo "Installing what Aljabr needs (pinned and hashed) …"
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.web: $(BIN)/.base requirements/web.txt
	@echo "Installing what the registry needs …"
	@$(PIP) --require-hashes -r requirements/web.txt
	@touch $@

$(BIN)/.dev: $(BIN)/.base requirements/dev.txt
	@echo "Installing what the tests need …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: help demo serve styles messages test lint types contracts bench bench-short bench-linkage bench-linkage-short bench-lists bench-lists-short bench-match bench-match-short bench-rules bench-rules-short bench-peers bench-simulate torture torture-registry bench-registry bench-registry-short mutants mutants-short requirements clean
