# `make` sets everything up and renders, reads back and compares the agreement of the Landkreis Emsland 2024.
# `make test` sets up and runs all checks. Both may be run again at any time; with nothing to do they take no time.
#
# make PYTHON=…   another interpreter for the environment (3.11 or later)
# make 2025      all agreements of a year as PDF and Word, proven; only what changed is made again
# make lang       all checks with all that `make test` takes a sample of: thousands of kills, drawn records and documents (an hour)
# make treffer    the laws, over thousands of generated records; then how well scans are read (TREFFER="--documents 20 --only skew"),
#                 ours and such as no part of zv has made (OUTSIDE="--documents 24 --seed 3 --only photo")
# make fuzz       spoilt records, wordings, tables, calls and documents, by a seed, for ten minutes; counts over all runs, and keeps what
#                 does not end as it should in out/fuzz (FUZZ="--minutes 60 --only yaml --only csv --seed 5")
# make bench      measures zv beside the usual tools, ocrmypdf among them where it is installed
# make bilder     the pictures of the workbench in README and handbook, made anew
# make wheel      dist/zv-….whl
# make pakete     dist/pakete: zv and all it needs, to be set up where there is no network (FUER="windows win_amd64" for such a machine,
#                 named as uv and as pip call it, and FUER_PYTHON=3.13 for its Python)
# make lock       new versions of all packages into requirements.lock
# make clean      removes all that was made, records excepted

SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
READY := $(VENV)/ready
LOCK := requirements.lock
KERN := templates/arbeitsplatz/kern
BESIDE := $(VENV)/beside
# One more than two processors have: some tests wait (7 min 59 s whole instead of 8 min 10).
JOBS ?= 3

# apt-get and pip must not run twice at once.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: all test lang lint treffer fuzz bench bilder wheel pakete lock clean system system-tests

all: $(READY)
	$(BIN)/zv drucke 2024 lk-emsland
	$(BIN)/zv runde agreements/2024/lk-emsland.yaml

# What is there is looked for every time (it costs a tenth of a second), what was installed is not installed again.
system system-tests:
	@test -n "$(PYTHON)" || { echo "zv braucht Python 3.11 oder neuer / zv needs Python 3.11 or later" >&2; exit 1; }
	@"$(PYTHON)" .ci/system.py $(if $(filter %-tests,$@),--tests)

# Compiled once, zv starts in two thirds of the time, also where Python may not write; pip does so for all other packages.
# The list of German words is made once, too.
$(READY): $(LOCK) pyproject.toml $(KERN)/package-lock.json | system
	@test -x $(BIN)/pip || "$(PYTHON)" -m venv $(VENV)
	@echo "Pakete werden eingerichtet / installing packages: $(LOCK) -> $(VENV)"
	@$(PIP) install --require-hashes --no-deps -r $(LOCK)
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@$(PIP) check
	@npm ci --prefix $(KERN) --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@$(BIN)/python -m compileall -q agreements extract render zv
	@$(BIN)/python -m agreements.language.dictionary
	@touch $@

YEARS := $(filter 20%,$(MAKECMDGOALS))
.PHONY: $(YEARS)
$(YEARS): $(READY)
	$(BIN)/zv drucke $@ --alle

# Here code is put into form; on a machine that checks (CI is set there) it must be in form already.
lint: $(READY)
	$(BIN)/ruff format $(if $(CI),--check)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Where Python is told to keep nothing that it has compiled, every process of a run would compile tests and program anew.
test lang: export PYTHONDONTWRITEBYTECODE :=
test: system-tests lint
	$(BIN)/pytest -n $(JOBS) --dist worksteal

lang: system-tests lint
	$(BIN)/pytest -n $(JOBS) --dist worksteal --hypothesis-profile=lang

treffer: system-tests $(READY) $(BESIDE)/ready
	$(BIN)/pytest -n $(JOBS) --dist worksteal -m law --hypothesis-profile=treffer
	$(BIN)/python tests/support/treffer.py --json out/treffer.json $(TREFFER)
	$(BIN)/python tests/support/calibrating.py out/treffer.json $(wildcard out/fit*.json)
	$(BIN)/python tests/support/outside.py --make --json out/outside.json $(OUTSIDE)

# What makes documents that are not ours lies beside the environment: nothing else sees it.
$(BESIDE)/ready: requirements-treffer.lock $(READY)
	@echo "Pakete werden eingerichtet / installing packages: $< -> $(BESIDE)"
	@$(PIP) install --require-hashes --no-deps --upgrade --target $(BESIDE) -r $<
	@touch $@

fuzz: system-tests $(READY)
	nice $(BIN)/python tests/support/fuzzing.py $(FUZZ)

bench: system-tests $(READY)
	$(BIN)/python tests/support/bench.py
	$(BIN)/python tests/support/bench_workbench.py

bilder: system-tests $(READY)
	$(BIN)/python tests/support/screens.py

wheel: $(READY)
	$(BIN)/python -m hatchling build --target wheel

# The packages are those of the lock, and their sums are checked. uv says which of them another system needs: pip asks this one about it.
FUER ?=
FUER_PYTHON ?= $(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
pakete: wheel
	@rm -rf dist/pakete && mkdir -p dist/pakete
	@$(BIN)/uv pip compile --quiet --no-config --no-sources $(if $(FUER),--python-platform $(firstword $(FUER))) --python-version $(FUER_PYTHON) \
		--extra scan --extra seite --constraints $(LOCK) --generate-hashes --no-header --no-annotate --output-file dist/pakete/pakete.txt pyproject.toml
	@$(PIP) download --require-hashes --no-deps --only-binary :all: --python-version $(FUER_PYTHON) \
		$(if $(FUER),--platform $(lastword $(FUER)) --implementation cp) --dest dist/pakete --requirement dist/pakete/pakete.txt
	@cp dist/zv-*.whl dist/pakete/

# uv asks the public registry alone, so that no address or path of one machine gets into the file;
# universal: the same versions hold on Windows and for later Pythons. The second file has what the first has not; augraphy asks for
# the OpenCV that opens windows, and does with the one that opens none.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --no-config --no-sources --upgrade --universal --python-version 3.11 --extra dev --extra scan --extra seite --extra daten \
		--generate-hashes --custom-compile-command "make lock" --output-file $(LOCK) pyproject.toml
	@locked="--no-emit-package opencv-python $$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' $(LOCK))"; \
	$(BIN)/uv pip compile --quiet --no-config --no-sources --upgrade --universal --python-version 3.11 --extra treffer --constraints $(LOCK) \
		--generate-hashes --custom-compile-command "make lock" --output-file requirements-treffer.lock $$locked pyproject.toml

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find out -mindepth 1 ! -name .gitkeep -delete
