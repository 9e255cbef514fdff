# Works with GNU make 3.81 (macOS) and later. `make` alone lists the targets.

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--no-header --no-emit-index-url --no-annotate $(if $(UPGRADE),--upgrade)
NODE_RANGE := $(shell sed -n 's/.*"node": "\(.*\)".*/\1/p' client/package.json)
NODE_FITS := node client/scripts/node_fits.cjs '$(NODE_RANGE)' 2>/dev/null
CLIENT := client/index.html client/vite.config.ts client/tsconfig.json \
	$(shell find client/src client/public -type f ! -name '*.test.*' 2>/dev/null)
# Side by side: the tests wait for servers and browsers most of the time. A file stays in one process.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
PYTHON_FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))

# When the Python that .venv was made with is gone, everything is installed anew.
$(shell test -x $(PYTHON) || rm -f .venv/.runtime .venv/.dev)

.DEFAULT_GOAL := help
.PHONY: help setup page run test test-all bench lint client compiled servers lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.runtime page ## Make .venv, install SpotAI, build the page; quick when nothing changed

page:
	@if $(NODE_FITS); then \
		$(MAKE) --no-print-directory spotai/static/index.html || \
			echo "The page could not be built, as said above: the API is served without it, or with" \
				"the page built before. Mend that and run make setup again." >&2; \
	else \
		echo "No Node that builds the page ($(NODE_RANGE)): the API is served without it." >&2; \
		echo "Debian or Ubuntu: https://nodejs.org has packages. macOS: brew install node." >&2; \
	fi

run: setup ## Serve SpotAI on http://127.0.0.1:5000
	@exec $(PYTHON) -m spotai serve

test: lint servers compiled client ## Lint, check types and run the tests
	$(PYTHON) -m pytest $(SIDE_BY_SIDE) -m "not long"

test-all: lint servers compiled client ## The same and the long runs
	$(PYTHON) -m pytest $(SIDE_BY_SIDE) -m "not alone"
	$(PYTHON) -m pytest -m alone

bench: .venv/.bench ## Time the search against other engines, 1 and 15 million songs (an hour)
	$(PYTHON) -m bench.search

lint: .venv/.dev ## Check format, style and types
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

client: .venv/.dev servers ## Lint the client, check its types, test it, alone and in a browser
	@if $(NODE_FITS); then \
		$(MAKE) --no-print-directory spotai/static/index.html && \
		cd client && npm run lint && npm test && npm run e2e; \
	else \
		echo "No Node that the client needs ($(NODE_RANGE)): it cannot be tested." >&2; \
		if [ "$${CI:-}" = true ]; then exit 1; fi; \
	fi

# Once, before many processes and servers want it.
compiled: .venv/.dev
	@$(PYTHON) -c "from spotai.search import warm_up; warm_up()"

lock: $(PYTHON) ## Write the pins from pyproject.toml (UPGRADE=1: the newest that fit)
	$(PIP) install --quiet uv
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt
	$(LOCK) pyproject.toml --group bench --constraint requirements-dev.txt \
		--output-file requirements-bench.txt

clean: ## Remove .venv, caches and build leftovers; songs in data/ stay
	rm -rf client/node_modules spotai/static test-output .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The tests start private servers and a browser: the programs are installed here, nothing is left
# running.
servers:
	@PATH="$$PATH:/usr/sbin"; missing=; \
	command -v mariadbd >/dev/null || missing="mariadb-server"; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
		command -v google-chrome >/dev/null || test -d /Applications/Chromium.app || \
		missing="$$missing chromium"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then \
		apt-get update && DEBIAN_FRONTEND=noninteractive \
			apt-get install --yes --no-install-recommends $$missing; \
		exit; \
	fi; \
	echo "Missing:" $$missing "- tests that need these cannot run." >&2; \
	echo "Debian or Ubuntu: sudo apt-get install" $$missing >&2; \
	echo "macOS: brew install mariadb; brew install --cask chromium" >&2; \
	if [ "$${CI:-}" = true ]; then exit 1; fi

spotai/static/index.html: client/node_modules/.installed $(CLIENT)
	cd client && npm run build
	@touch $@

client/node_modules/.installed: client/package-lock.json
	cd client && npm ci
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	$(PIP) install --requirement requirements-dev.txt
	@touch $@

.venv/.bench: .venv/.runtime requirements-bench.txt
	$(PIP) install --requirement requirements-bench.txt
	@touch $@

.venv/.runtime: $(PYTHON) requirements.txt pyproject.toml
	$(PIP) install --requirement requirements.txt
	$(PIP) install --no-deps --editable .
	@touch $@

$(PYTHON):
	@for python in python3.13 python3.12 python3.11 python3; do \
		if $$python -c "$(PYTHON_FITS)" 2>/dev/null; then \
			echo "Making .venv with $$($$python --version)"; \
			exec $$python -m venv --clear .venv; \
		fi; \
	done; \
	echo "SpotAI needs Python 3.11, 3.12 or 3.13 with its venv module; none was found." >&2; \
	echo "Debian or Ubuntu: apt-get install python3 python3-venv." >&2; \
	echo "macOS: brew install python@3.13, or the installer from python.org." >&2; \
	exit 1
