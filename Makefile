# Everything a newcomer needs: make demo, make test. Both set themselves up, inside this folder only.

PYTHON ?= python3
PEERS_PYTHON ?= $(PYTHON)
PYTEST ?= -n auto --dist loadgroup

DEV := .venv
DEMO := .venv-demo
PEERS := .venv-peers
EXTRAS := plots,formats,i18n,sealing,documents,test,lint

# What Python compiles is kept: the tests read hundreds of modules in each process, and start many.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test lint unit format bench scenarios published proofs scale growth plans clean

help:  ## show this list
	@echo "make TARGET, with one of"
	@sed -n 's/^\([a-z]*\):.*  ## /  \1  /p' Makefile | awk '{ n = $$1; $$1 = ""; printf "  %-10s%s\n", n, $$0 }'
	@echo "Another Python than python3: make TARGET PYTHON=python3.12"

demo: $(DEMO)/.ready  ## settle the four islands; installs only what that needs
	@$(DEMO)/bin/python examples/four-islands/demo.py

test: lint unit  ## everything that must pass: lint, then every test

lint: $(DEV)/.ready  ## style, types, and who imports whom
	$(DEV)/bin/ruff check
	$(DEV)/bin/ruff format --check
	$(DEV)/bin/pyright --pythonpath $(DEV)/bin/python
	$(DEV)/bin/lint-imports --no-logo

unit: $(DEV)/.ready  ## every test, without lint (PYTEST="-k draw" for some of them)
	$(DEV)/bin/python -m pytest $(PYTEST)

format: $(DEV)/.ready  ## put the style right
	$(DEV)/bin/ruff check --fix
	$(DEV)/bin/ruff format

bench: $(DEV)/.ready $(PEERS)/.ready  ## measure, side by side with other programs (1.5 GB of them)
	HIKIWAKE_PEERS_PYTHON=$(PEERS)/bin/python $(DEV)/bin/python benchmarks/run.py

scenarios: $(DEV)/.ready  ## settle every scenario that HIKIWAKE_SHARED holds, in one go
	$(DEV)/bin/python benchmarks/scenarios.py

published: $(DEV)/.ready  ## compare our frontiers with those that others published
	$(DEV)/bin/python benchmarks/published.py

proofs: $(DEV)/.ready  ## make and check a certificate for every scenario
	$(DEV)/bin/python benchmarks/proofs.py

growth: $(DEV)/.ready  ## how time grows with issues, options, parties and the frontier
	$(DEV)/bin/python benchmarks/growth.py

scale: $(DEV)/.ready  ## how far one machine goes: estates, many parties, 10^50 packages
	$(DEV)/bin/python benchmarks/scale.py

plans: $(DEV)/.ready  ## the best order of 200 plans of many steps, and its bound
	$(DEV)/bin/python benchmarks/plans.py --write

clean:  ## remove everything that make and the tests have made
	rm -rf $(DEV) $(DEMO) $(PEERS) build dist src/*.egg-info
	rm -rf .hypothesis .import_linter_cache .pytest_cache .ruff_cache
	find src tests examples benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- virtual environments ------------------------------------------------------------------
# A .ready file stands for a finished one. What pip says goes to a log, shown only on failure.

$(DEV)/.ready: pyproject.toml constraints.txt
	@$(call venv,$(DEV),$(PYTHON),about a minute)
	@$(call pip,$(DEV),-c constraints.txt setuptools)
	@$(call pip,$(DEV),-c constraints.txt --no-build-isolation -e '.[$(EXTRAS)]')
	@touch $@

$(DEMO)/.ready: pyproject.toml constraints.txt
	@$(call venv,$(DEMO),$(PYTHON),about 20 seconds)
	@$(call pip,$(DEMO),-c constraints.txt setuptools)
	@$(call pip,$(DEMO),-c constraints.txt --no-build-isolation -e .)
	@touch $@

$(PEERS)/.ready: benchmarks/peers.txt
	@$(call venv,$(PEERS),$(PEERS_PYTHON),a few minutes)
	@$(call pip,$(PEERS),-r benchmarks/peers.txt)
	@touch $@

# venv(folder, python, how long): make it, or keep the one that is there and runs
define venv
$(2) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Hikiwake needs Python 3.11 or newer; '$(2)' says: $$($(2) --version 2>&1 | tail -n 1)" >&2; \
	echo "Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }; \
echo "Setting up $(1) ($(3)) ..."; \
$(1)/bin/python -c '' 2>/dev/null || $(2) -m venv --clear $(1) || { \
	echo "Python could not make a virtual environment; what it says stands above." >&2; exit 1; }
endef

# pip(folder, arguments): install, quietly unless it fails
define pip
$(1)/bin/python -m pip install --disable-pip-version-check $(2) >$(1)/setup.log 2>&1 || { \
	cat $(1)/setup.log >&2; echo "Setting up $(1) failed; pip's words stand above." >&2; exit 1; }
endef
