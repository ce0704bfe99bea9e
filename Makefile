# Needs Python 3.11 or later and make. Everything else is installed into .venv/ and node_modules/, once;
# `make test` also installs the browsers and the web servers from Debian when they are missing.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
# Empty: MkDocs. Or zensical, or properdocs.
GENERATOR ?=

# The programs in .venv contain the path of their folder: after a rename or in a copy they are installed again.
$(shell grep -qsvxF "$$(pwd -P)" .venv/.python && rm .venv/.python)

# Two builds of one commit are equal byte for byte: every date is the commit's, every order is fixed.
export SOURCE_DATE_EPOCH := $(or $(shell git log -1 --format=%ct 2>/dev/null),1764547200)
export PYTHONHASHSEED := 0
# Python is started a hundred times by the tests: what it has compiled is kept, whatever the machine says.
export PYTHONDONTWRITEBYTECODE :=
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# One Node for all; Playwright's own needs a library that a bare Debian lacks.
export PLAYWRIGHT_NODEJS_PATH := $(CURDIR)/.venv/bin/node

PIP_INSTALL := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
# $(call install,file): with uv, which takes a fifth of pip's time; where only pip knows the way to its packages, with pip.
install = .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r $(1) 2>/dev/null || $(PIP_INSTALL) $(1)
BIOME := .venv/bin/node node_modules/@biomejs/biome/bin/biome
TSC := .venv/bin/node node_modules/typescript/bin/tsc --noEmit --allowJs --checkJs --strict --skipLibCheck \
	--target es2023 --module nodenext

# $(call debian,packages): installs from Debian, or reports what to install.
define debian
	echo "Installerar $(1) (Debian) ..."; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	{ $$as_root apt-get update -qq && \
	  $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; } || \
	{ echo "Det gick inte att installera $(1). Be den som sköter datorn att göra det, och försök igen." >&2; exit 1; }
endef

# $(call given,names): those variables that were given to make itself, as arguments; not those of the environment.
given = $(foreach name,$(1),$(if $(findstring command,$(origin $(name))),'$(name)=$(subst ','\'',$($(name)))'))

.PHONY: help serve build dist check role competence support schema release test lint format types protocol profile bench venv everything \
	python browsers servers lock clean

help: ## Show the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 16

serve: .venv/.build node_modules/.installed ## Build and show the site on this computer; again when a file changes
	@exec .venv/bin/python -m macros.site.server --watch --port $(PORT)

build: $(if $(GENERATOR),.venv/.test,.venv/.build) node_modules/.installed ## Build the site into site/, to be put on a server; GENERATOR=zensical
	@.venv/bin/python -m macros.site.build $(GENERATOR)
	@.venv/bin/python -m macros.site.publish site

dist: venv ## Build the site and pack it into dist/: one archive, its checksum, and a list of its parts (SBOM)
	@$(MAKE) --no-print-directory build
	@.venv/bin/python -m macros.site.dist

check: .venv/.build ## Check the texts in framework/ (about a second)
	@.venv/bin/python -m macros.load

role: .venv/.build ## Add a role: NAME="…", and LIKE=a role or LEVELS="1.1=3 …"; also PART=… ID=…
	@.venv/bin/python -m macros.add role $(call given,NAME LIKE LEVELS PART ID)

competence: .venv/.build ## Add a competence: AREA=5 TITLE="…"; also LIKE=a competence, LEVELS="chef=3 …"
	@.venv/bin/python -m macros.add competence $(call given,AREA TITLE LIKE LEVELS)

support: .venv/.build ## Add a part's own support texts: PART=kulturskolan DOCUMENT="…"
	@.venv/bin/python -m macros.add support $(call given,PART DOCUMENT)

test: $(if $(FAST),venv,everything) ## Run every test, in Chromium, Firefox and WebKit too; FAST=1: those that need nothing from Debian
	.venv/bin/python -m pytest --numprocesses auto --dist worksteal $(if $(FAST),-m "not slow") $(ARGS)

lint: venv ## Check style and types of Python, JavaScript and CSS
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	$(BIOME) ci --error-on-warnings
	$(TSC) --lib es2023,dom,dom.iterable $(PAGE_SCRIPTS)
	$(TSC) --lib es2023,webworker $(WORKER_SCRIPTS)
	$(TSC) --lib es2023,dom,dom.iterable --types node $(NODE_SCRIPTS)

format: venv ## Format Python, JavaScript and CSS
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	$(BIOME) check --write

schema: .venv/.build ## Write the JSON Schemas of the files in framework/, for editors that complete and underline
	@.venv/bin/python -m macros.schemas

release: .venv/.build ## Keep the framework as it is now, under the version that it claims
	@.venv/bin/python -m macros.versions

types: .venv/.build ## Write the types of quiz/protocol/ for the page's scripts
	.venv/bin/python -m macros.protocol_types

protocol: venv browsers ## Run the tests that show accessibility and write the result for the site
	.venv/bin/python -m pytest --numprocesses auto -m wcag --protocol=docs/assets/protokoll.json

profile: venv browsers ## Count which functions of Pyodide are used; again when Pyodide or quiz/ changes
	@.venv/bin/python -m tests.make_profile

bench: everything ## Measure build, bytes and self-check, as ratios within one run
	@for file in $(sort $(wildcard tests/bench_*.py)); do .venv/bin/python -m "tests.$$(basename "$$file" .py)"; done

venv: .venv/.test node_modules/.installed ## Install all packages, without running anything

# Debian's packages are unpacked while Python's and npm's are fetched.
everything: python
	@$(MAKE) --no-print-directory venv & venv=$$!; trap 'kill $$venv 2>/dev/null || true' EXIT; \
	$(MAKE) --no-print-directory browsers servers; wait $$venv

lock: venv ## Choose the newest versions that pyproject.toml and package.json allow
	$(UV_LOCK) pyproject.toml -o requirements.txt
	$(UV_LOCK) -c requirements.txt --extra test pyproject.toml -o requirements-test.txt
	$(UV_LOCK:3.11=3.14) --no-deps -c requirements.txt --group pyproject.toml:pyodide -o requirements-pyodide.txt
	npm install --package-lock-only

clean: ## Remove what was built; the installed packages stay
	rm -rf site dist .cache

# A page, a worker and Node each know other names.
WORKER_SCRIPTS := $(wildcard quiz/browser/*worker*.mjs macros/editor/browser/worker.mjs)
PAGE_SCRIPTS := $(filter-out $(WORKER_SCRIPTS),$(wildcard quiz/browser/*.mjs macros/editor/browser/*.mjs)) $(wildcard macros/search/*.mjs docs/assets/*.js docs/assets/*.mjs)
NODE_SCRIPTS := $(wildcard macros/site/*.mjs tests/*.mjs)
UV_LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 eller senare behövs. Säg vilken som ska användas: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,python3-venv); }

.venv/.python: | $(if $(wildcard .venv/.python),,python)
	@echo "Installerar Pythonpaket i .venv/ (första gången; tar en stund) ..."
	@$(PYTHON) -m venv --clear .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-test.txt >.venv/uv.txt
	@$(PIP_INSTALL) .venv/uv.txt
	@pwd -P >$@

# These do not run in this Python, but in the browser's (see macros/site/runtime.mjs).
PYODIDE_PLATFORM := pyemscripten_2026_0_wasm32
.venv/.build: .venv/.python requirements.txt requirements-pyodide.txt
	@$(call install,requirements.txt)
	@$(PIP_INSTALL) requirements-pyodide.txt --no-deps --upgrade --target .venv/pyodide \
		--ignore-requires-python --python-version 3.14 --platform $(PYODIDE_PLATFORM) --only-binary :all: --no-compile
	@touch $@

.venv/.test: .venv/.build requirements-test.txt
	@$(call install,requirements-test.txt)
	@touch $@

node_modules/.installed: .venv/.build package.json package-lock.json .npmrc
	@echo "Installerar webbläsardelar i node_modules/ ..."
	@NODE_USE_SYSTEM_CA=1 npm ci --ignore-scripts --loglevel=error
	@touch $@

# With its driver, a screen for it, and what lets a script print from it.
WEBKIT := webkit2gtk-driver xvfb gir1.2-webkit2-4.1 python3-gi
browsers:
	@which chromium chromium-headless-shell firefox-esr WebKitWebDriver Xvfb >/dev/null && \
		/usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1")' 2>/dev/null && \
		fc-list : family | grep -q 'Liberation Sans' || \
		{ $(call debian,chromium chromium-headless-shell firefox-esr $(WEBKIT) fonts-liberation); }

# The tests start these by themselves: none that is installed here becomes a service of this machine.
SERVERS := nginx libnginx-mod-http-brotli-static apache2-bin caddy lighttpd lighttpd-mod-deflate media-types wrk

servers:
	@missing=$$(for name in $(SERVERS); do \
		dpkg-query -Wf '$${db:Status-Status}' $$name 2>/dev/null | grep -qx installed || printf "%s " $$name; done); \
	[ -z "$$missing" ] || { \
		as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; policy=/usr/sbin/policy-rc.d; \
		[ -e $$policy ] || { \
			trap "$$as_root rm -f $$policy" EXIT; \
			printf '#!/bin/sh\nexit 101\n' | $$as_root install -m 755 /dev/stdin $$policy; }; \
		$(call debian,$$missing); \
		for name in $$missing; do $$as_root systemctl disable --quiet $$name 2>/dev/null || true; done; }
