# Claimdesk: every command that a person or CI needs. `make` alone prints the list.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 2>/dev/null || command -v python3 2>/dev/null || echo python3.11)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help run install test test-sqlite test-pg e2e faults lint fmt types imports bench openapi lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.base ## Install, migrate, load the demo newsroom once, start everything (PORT, CLAIMDESK_DATA override)
	@exec $(BIN)/python manage.py desk_run

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

lock: .venv/.base ## Write requirements/*.txt again from requirements/*.in
	@$(PIP) install --quiet --quiet uv
	@for name in base dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-annotate --no-header $(LOCKFLAGS) \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

clean: ## Remove .venv and what tools leave behind; your data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
