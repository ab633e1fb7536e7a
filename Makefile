# What a person types. Every line also works by itself; README.md names the same commands.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
STATIC := $(shell find static -type f)

.DELETE_ON_ERROR:
.PHONY: run test gates check bench messages statement

run: .venv/installed .env var/static/staticfiles.json
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_demo --if-empty
	@$(BIN)/python manage.py reindex --missing --verbosity 0
	@echo "The portal is at http://127.0.0.1:$(PORT)/  (stop it with Ctrl-C)"
	@PORTAL_URL=http://127.0.0.1:$(PORT) $(BIN)/granian --interface wsgi portal.wsgi:application \
		--host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 4 --log-level warning

test: .venv/installed-dev
	$(BIN)/pytest -n auto --dist loadgroup --timeout 300
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n auto --dist loadgroup --timeout 300
	$(MAKE) gates

# Looks at every page type in a browser.
gates: .venv/installed-dev
	$(BIN)/python -m pytest -m gate -p tests.statement -n auto --dist loadgroup --timeout 300

check: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/mypy
	$(BIN)/lint-imports
	DEBUG=on $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m deploy.translations --check

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks $(THEMES)

# Collects the texts of the interface and compiles their translations.
messages: .venv/installed-dev
	$(BIN)/python -m deploy.translations

# The accessibility statement shows the figures of the last gates, if they were all green.
statement: .venv/installed-dev
	$(BIN)/python -m tests.statement

.venv/bin/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; name one with PYTHON=…')"
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/installed

.env: | .venv/installed
	umask 077; $(BIN)/python -m deploy.first_env > $@

var/static/staticfiles.json: $(STATIC) .venv/installed | .env
	$(BIN)/python manage.py collectstatic --no-input --verbosity 0
