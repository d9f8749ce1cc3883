# Claimdesk: every command that a person or CI needs. `make` alone prints the list.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 2>/dev/null || command -v python3 2>/dev/null || echo python3.11)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help run install dense test test-sqlite test-pg e2e faults lint fmt types imports bench openapi lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.base ## Install, migrate, load the demo newsroom once, start everything (PORT, CLAIMDESK_DATA override)
	@CLAIMDESK_DEMO=$${CLAIMDESK_DEMO-1} exec $(BIN)/python manage.py desk_run

install: .venv/.base ## Make .venv from the lock, nothing else

.venv/.base: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Claimdesk needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "[1/2] Making .venv"; $(PYTHON) -m venv .venv; }
	@echo "[2/2] Installing what requirements/base.txt locks (a minute or two)"
	@$(PIP) install --quiet --quiet --require-hashes --requirement requirements/base.txt
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing the tools that requirements/dev.txt locks"
	@$(PIP) install --quiet --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

dense: .venv/.base ## Add what a sentence model needs (CLAIMDESK_EMBEDDINGS, docs/operations.md)
	@$(PIP) install --quiet --quiet --require-hashes --requirement requirements/dense.txt

test: .venv/.dev ## Run the whole suite: on SQLite, and on PostgreSQL with Redis where they can be had
	@$(BIN)/python -m tests.suite

test-sqlite: .venv/.dev ## Run the suite on the embedded default alone
	@$(BIN)/python -m tests.suite sqlite

test-pg: .venv/.dev ## Run the suite on PostgreSQL and Redis alone
	@$(BIN)/python -m tests.suite postgres

e2e: .venv/.dev ## Run the browser tests
	@$(BIN)/python -m tests.suite sqlite -m e2e

faults: .venv/.dev ## Run the tests that kill and cut off
	@$(BIN)/python -m tests.suite sqlite -m faults

lint: .venv/.dev ## Check style, types, imports, templates, settings, migrations and the API's description
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	@mkdir -p var
	$(AS_PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(AS_DEMO) $(BIN)/python manage.py makemigrations --check --dry-run
	$(AS_DEMO) $(BIN)/python manage.py spectacular --validate --file var/openapi.yaml
	diff -u docs/openapi.yaml var/openapi.yaml || { echo "The API changed: make openapi, and read the difference" >&2; exit 1; }

# Settings for commands that only read the code; nobody's database is touched.
AS_DEMO = CLAIMDESK_DEMO=1 DATABASE_URL= CELERY_BROKER_URL=
AS_PRODUCTION = DATABASE_URL= CELERY_BROKER_URL= CLAIMDESK_DEMO=0 DEBUG=0 CLAIMDESK_URL=https://desk.example.org \
  ALLOWED_HOSTS=desk.example.org SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF

fmt: .venv/.dev ## Put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv/.dev ## Check types alone
	$(BIN)/mypy

imports: .venv/.dev ## Check the import contracts alone
	$(BIN)/lint-imports

openapi: .venv/.dev ## Write docs/openapi.yaml again
	$(AS_DEMO) $(BIN)/python manage.py spectacular --validate --file docs/openapi.yaml

bench: .venv/.dev ## Measure: every script in bench/, one after the other
	@for script in bench/*.py; do name=$$(basename $$script .py); \
	  case $$name in __init__) ;; *) echo "== bench.$$name"; $(AS_DEMO) $(BIN)/python -m bench.$$name || exit 1 ;; esac; done

lock: .venv/.base ## Write requirements/*.txt again from requirements/*.in
	@$(PIP) install --quiet --quiet uv
	@for name in base dense dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-annotate --no-header $(LOCKFLAGS) \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

clean: ## Remove .venv and what tools leave behind; your data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
