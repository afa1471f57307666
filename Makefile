# The commands of the project. Nothing to activate: each uses .venv/ by its path, and makes it where it is missing.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
RUN_STAMP := .venv/.runtime-installed
DEV_STAMP := .venv/.dev-installed
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test bench lint lock

run: $(RUN_STAMP)  ## serve on localhost; the address is printed
	$(BIN)/streamlit run app.py

test: $(DEV_STAMP)  ## every test; those in a browser where there is one
	$(BIN)/python -m pytest

bench: $(DEV_STAMP)  ## the table of ratios of benchmarks/
	$(BIN)/python -m benchmarks

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict clact_model

lock: $(DEV_STAMP)  ## pin requirements*.in again, with hashes
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements-dev.in -o requirements-dev.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "Python 3.11 est nécessaire (trouvé : %s)." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv

# A stamp newer than the pins: the second start installs nothing.
$(RUN_STAMP): requirements.txt | $(BIN)/python
	$(INSTALL) -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	$(INSTALL) -r requirements-dev.txt
	@touch $@
