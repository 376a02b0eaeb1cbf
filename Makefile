# Two commands: `make run` (the site, with demo data) and `make test` (everything, in a real browser too).
# Needs Python >= 3.11 with venv, and make. PORT and ENTREMISE_VAR may be set.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
# Modules are compiled once, even where the environment says otherwise: else each process of the tests does it again.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.PHONY: help run test screenshots check messages bench nightly scan deps clean

VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
PYTEST := $(PY) -m pytest
CHECK_ENV := PYTHONPATH=. ENTREMISE_VAR=.cache/check DJANGO_SETTINGS_MODULE=entremise.config.settings

help:
	@echo "make run      the site with demo data, on http://127.0.0.1:8000 (PORT=… to change)"
	@echo "make test     all tests, browser included, and their totals"
	@echo "make screenshots  the pictures of docs/images, taken again by the browser tests"
	@echo "make check    style, imports, types, templates, missing migrations and translations"
	@echo "make messages gather the sentences to translate in entremise/locale, and compile"
	@echo "make bench    what is fast, measured (ARGS=--json for machines, BENCH=name for one)"
	@echo "make nightly  long proofs, a hundred kills, and the table of the promises (docs/operate/promesses.md)"
	@echo "make scan     what the security scanners see"
	@echo "make deps     pin the dependencies again from pyproject.toml"
	@echo "make clean    remove the virtual environment and caches (the data in var/ stays)"

$(PY):
	@scripts/venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(PY)
	@echo "Installing what the site needs…"
	@$(INSTALL) -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(PY)
	@echo "Installing what the tests need…"
	@$(INSTALL) --no-compile -r requirements/dev.txt  # each module is compiled when first used: half a minute less
	@touch $@

run: $(VENV)/.run
	@exec $(PY) -m entremise.config.cli run

test: $(VENV)/.dev
	@chromium="$$(scripts/chromium $(PY))"; \
	ENTREMISE_CHROMIUM="$$chromium" $(PYTEST) -n $(or $(WORKERS),3) --dist worksteal -m "not nightly" $(ARGS)

screenshots: $(VENV)/.dev
	@chromium="$$(scripts/chromium $(PY))"; \
	ENTREMISE_CHROMIUM="$$chromium" ENTREMISE_SCREENSHOTS=1 $(PYTEST) tests/browser/test_story.py tests/browser/test_first_visit.py

check: $(VENV)/.dev
	@mkdir -p .cache
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports --no-logo
	$(CHECK_ENV) $(VENV)/bin/mypy
	@git ls-files -z '*.html' | xargs -0 --no-run-if-empty $(VENV)/bin/djade --check --target-version 5.2
	$(CHECK_ENV) $(PY) scripts/check_templates.py
	$(CHECK_ENV) $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(PY) scripts/translations.py check
	$(CHECK_ENV) $(PY) manage.py check

messages: $(VENV)/.dev
	$(PY) scripts/translations.py update

bench: $(VENV)/.dev
	@for path in $$(grep -l '__main__' bench/$(or $(BENCH),*).py); do \
	    $(PY) -m "bench.$$(basename $$path .py)" $(ARGS); \
	done

# The tests that carry a promise, found by their own words, with the long proofs; each test file has its time, so that
# the run ends by itself whatever hangs.
PROMISES = .cache/promises.jsonl
nightly: $(VENV)/.dev .cache/scan/.done
	@mkdir -p .cache && rm -f $(PROMISES)
	@chromium="$$(scripts/chromium $(PY))"; export ENTREMISE_CHROMIUM="$$chromium"; \
	failed=0; for file in $$(grep -rlE 'tests\.promises import|mark\.nightly' tests --include='test_*.py' | sort); do \
	    echo "== $$file"; \
	    ENTREMISE_KILLS=100 ENTREMISE_PROMISES="$(CURDIR)/$(PROMISES)" \
	        timeout --kill-after=60 $(or $(NIGHTLY_SECONDS),2400) $(PYTEST) -q -p no:randomly $$file $(ARGS) || failed=1; \
	done; \
	scripts/scan .cache/scan || failed=1; \
	$(PY) scripts/promises.py $(PROMISES) || failed=1; \
	exit $$failed

# In an environment of their own: the site and its tests need none of them. Left out when they cannot be installed.
.cache/scan/.done: requirements/scan.txt | $(PY)
	@rm -rf .cache/scan && mkdir -p .cache && $(PY) -m venv .cache/scan
	@.cache/scan/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
	    -r requirements/scan.txt && touch $@ || echo "Les outils ne s'installent pas ici : leurs parties seront non mesurées."

scan: $(VENV)/.dev .cache/scan/.done
	@scripts/scan .cache/scan

deps: $(VENV)/.dev
	$(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --quiet --upgrade -o requirements/run.txt
	$(VENV)/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --quiet --constraint requirements/run.txt -o requirements/dev.txt
	$(VENV)/bin/uv pip compile requirements/scan.in --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --quiet --upgrade -o requirements/scan.txt

clean:
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist artifacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
