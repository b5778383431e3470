# make run                 install, load the catalogue and serve it (PORT=8000, PYTHON=python3)
# make admin               the first editor's account (asks, or reads DJANGO_SUPERUSER_*)
# make dev                 the development server, with reloading and debug pages
# make test                every check there is, on both databases and in a browser
# make coverage           what the tests on SQLite do not reach
# make lint / format       style, types and layers / apply the style
# make search-quality      how good the search answers its test questions
# make validate-html      the W3C's checker on every type of page (needs Java and npm)
# make audit               known weaknesses in our code and in the packages
# make sbom                what the site is made of, as CycloneDX (SBOM=sbom.json)
# make bench               measurements on a large catalogue
# make clean               remove what these commands made, but never the data in var/

PYTHON ?= python3
PORT ?= 8000
SBOM ?= sbom.json
VAR_DIR ?= $(CURDIR)/var
BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

export VAR_DIR
export PYTHONUNBUFFERED := 1

# Who gives a key, keeps it; otherwise one is made and kept in var/.
ifeq ($(SECRET_KEY)$(SECRET_KEY_FILE),)
KEY := SECRET_KEY_FILE="$(VAR_DIR)/secret_key"
endif
# On your own machine there is no certificate, so no https.
SITE := DEBUG=0 IS_HTTPS=0 LOG_FORMAT_CONSOLE=plain $(KEY) $(BIN)/python manage.py
DEBUG_SITE := DEBUG=1 $(BIN)/python manage.py

.NOTPARALLEL:
.PHONY: run admin dev test coverage lint format search-quality validate-html audit sbom bench clean check-port database site

run: check-port $(RUNTIME) site
	@echo "6/6  Serving http://127.0.0.1:$(PORT)/ - stop with Ctrl+C"
	@env DEBUG=0 IS_HTTPS=0 LOG_FORMAT_CONSOLE=plain LOG_ACCESS=0 $(KEY) \
		GRANIAN_PORT=$(PORT) GRANIAN_LOG_LEVEL=error deploy/serve

check-port:
	@echo "1/6  Checking Python and port $(PORT)"
	@$(PYTHON) scripts/check_machine.py "$(PORT)"

site: database
	@echo "4/6  Loading the catalogue"
	@$(SITE) load_catalogue
	@$(SITE) import_boundaries --if-missing --timeout 5 --quiet-offline
	@echo "5/6  Preparing the search index and the static files"
	@$(SITE) rebuild_search_index --if-behind >/dev/null
	@$(SITE) collectstatic --noinput --verbosity 0

database: $(RUNTIME)
	@echo "3/6  Bringing the database up to date"
	@$(if $(KEY),$(BIN)/python scripts/secret_key.py "$(VAR_DIR)/secret_key",:)
	@$(SITE) migrate --verbosity 0

admin: database
	@$(SITE) createsuperuser $(if $(DJANGO_SUPERUSER_PASSWORD),--noinput)

dev: $(DEV)
	@mkdir -p "$(VAR_DIR)"
	@$(DEBUG_SITE) migrate --verbosity 0
	@$(DEBUG_SITE) load_catalogue
	@$(DEBUG_SITE) runserver $(PORT)

test: $(DEV)
	@$(BIN)/python -m tests.run_all

coverage: $(DEV)
	@$(BIN)/python -m tests.run_all coverage

lint: $(DEV)
	@$(BIN)/python -m tests.run_all checks

format: $(DEV)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

search-quality: $(DEV)
	@DEBUG=1 $(BIN)/python -m benchmarks.search_quality

validate-html: $(DEV)
	@$(BIN)/python -m benchmarks.html_validity

audit: $(DEV)
	@$(BIN)/python scripts/audit.py

sbom: $(DEV)
	@$(BIN)/python scripts/sbom.py "$(SBOM)"

bench: $(DEV)
	@DEBUG=1 $(BIN)/python -m benchmarks

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf "$(VAR_DIR)/static"; rm -f "$(VAR_DIR)"/.coverage*
	find . -name __pycache__ -prune -exec rm -rf {} +

# A finished installation leaves a mark, so that the next time it is not done again.
$(RUNTIME): requirements.txt | .venv/bin/pip
	@echo "2/6  Installing the packages into .venv (about a minute, only the first time)"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): requirements.txt requirements-observability.txt requirements-dev.txt | .venv/bin/pip
	@echo "Installing the packages for development into .venv"
	@$(PIP) -r requirements-dev.txt
	@touch $(RUNTIME) $@

.venv/bin/pip:
	@$(PYTHON) scripts/check_machine.py
	@$(PYTHON) -m venv .venv
