# Two commands are all a newcomer needs: `make chat` and `make test`. The rest is for developers.
# Each is quick the second time: what is installed or downloaded is not touched again.

PYTHON ?= python3
VENV ?= .venv
PIP_FLAGS ?=
PEERS ?= --limit 18 --warm
FUZZ ?= 300
ROUND_TRIP ?= 10000
BENCH ?=
LOAD ?=
SCALE ?=
BIN := $(VENV)/bin
# Tests of running servers, browsers and models, which use every core: one after another.
SERVED := tests/chat tests/llm tests/server tests/web
PEERS_VENV := $(VENV)/peers
AUDIT_VENV := $(VENV)/audit

BUNDLE ?=

.PHONY: chat test check properties round-trip fuzz trust load quality results peers bench bench-scale
.PHONY: screenshots docs wheel bundle check-install mcpb sbom audit install install-dev clean

chat: install
	$(BIN)/assistant models pull
	$(BIN)/assistant chat

test: install-dev
	$(BIN)/assistant models pull all-minilm-l6-v2 smollm2-135m-instruct
	$(BIN)/python -m pytest -n auto --maxprocesses 2 --dist loadfile $(SERVED:%=--ignore=%)
	$(BIN)/python -m pytest $(SERVED)

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The property tests with 2,000 new examples each, instead of the 100 that every run tries.
properties: install-dev
	HYPOTHESIS_PROFILE=new nice $(BIN)/python -m pytest -n auto --maxprocesses 2 --dist loadfile \
		$$(grep -lr "from hypothesis" tests --include=test_*.py)

# Write ROUND_TRIP papers with each writer and read them back: five minutes on two busy cores. Names
# after the number select formats. Results in docs/design/readers.md.
round-trip: install-dev
	nice $(BIN)/python tests/papers/round_trip.py $(ROUND_TRIP)

# Run each reader on damaged files for FUZZ seconds. Names after the number select readers.
fuzz: install-dev
	nice $(BIN)/python tests/papers/fuzz.py $(FUZZ)

# Kill and damage libraries, again and again: half an hour on two idle cores. Results in
# docs/promises.md.
trust: install-dev
	nice $(BIN)/python tests/trust/kills.py 200
	nice $(BIN)/python tests/trust/damages.py 100

# Twenty browsers and fifty searches a second for five minutes, then 1,000 questions: an hour and a
# half on two idle cores. LOAD holds other options. Results in docs/promises.md.
load: install-dev
	$(BIN)/assistant models pull all-minilm-l6-v2 smollm2-135m-instruct
	$(BIN)/python -u tests/trust/load.py $(LOAD)

# A fixed slice of our own questions, asked anew of the default model, against the recorded floors.
quality: install
	$(BIN)/assistant models pull
	rm -rf build/quality
	$(BIN)/assistant eval run --questions sample --limit 24 --library build/quality/library \
		--out build/quality/predictions.jsonl
	$(BIN)/assistant eval floor build/quality/predictions.jsonl eval/baselines/sample-slice.toml

# Three quarters of an hour. What was answered by an earlier start is kept.
results: install
	$(BIN)/assistant models pull qwen2.5-coder-1.5b-instruct qwen2.5-coder-0.5b-instruct \
		all-minilm-l6-v2
	$(BIN)/assistant eval results eval/results.toml --out build/results --markdown eval/RESULTS.md \
		$(if $(wildcard eval/PEERS.md),--append eval/PEERS.md)

# Ours beside LangChain and LlamaIndex: a quarter of an hour. PEERS holds the options of `eval.peers`.
peers: $(PEERS_VENV)/installed
	$(PEERS_VENV)/bin/assistant models pull
	$(PEERS_VENV)/bin/python -m eval.peers --library build/peers/library --out build/peers \
		--markdown eval/PEERS.md $(PEERS)

# First token, whole answer, speed and memory, beside LangChain and bare llama.cpp. A quarter of an
# hour on two idle cores; BENCH holds the options of `eval.bench`.
bench: $(PEERS_VENV)/installed
	$(PEERS_VENV)/bin/assistant models pull
	$(PEERS_VENV)/bin/python -m eval.bench --library build/bench/library \
		--markdown eval/BENCH.md --plot eval/bench.svg $(BENCH)

# What a library of 1,000, 10,000 and 100,000 synthetic papers costs. Results in docs/scaling.md.
bench-scale: install
	$(BIN)/python -m eval.bench.scale --papers 1000 10000 100000 $(SCALE)

# The pictures of the README, with the default model: some minutes.
screenshots: install-dev
	$(BIN)/assistant models pull
	$(BIN)/python docs/screenshots.py

# The pages of this repository as a site, in build/site. Warnings are errors.
docs: install-dev
	$(BIN)/python docs/site_pages.py build/site-pages
	$(BIN)/mkdocs build --quiet --strict

wheel: install-dev
	$(BIN)/python -m hatchling build --target wheel --directory dist

# A folder for machines without a network: wheels of all packages, models, install.sh. The first time
# llama-cpp-python is compiled for any processor (7 minutes); BUNDLE holds the options of the script.
bundle: install
	$(BIN)/assistant models pull
	$(BIN)/python packaging/bundle/make_bundle.py dist/bundle $(BUNDLE)

# Install the bundle by its script, pip, pipx and uv, each into an empty folder without a network, and
# ask a question. Each takes 1.6 GB of disk, and the models 1.2 GB; one is removed before the next.
check-install: bundle
	PYTHON=$(PYTHON) packaging/bundle/check_install.sh dist/bundle build/check-install

# The bundle for Claude Desktop. It starts the command installed here.
mcpb:
	mkdir -p dist
	$(PYTHON) -m zipfile -c dist/paper-assistant.mcpb packaging/mcpb/manifest.json packaging/mcpb/server

# What the program consists of: packages and models, as CycloneDX. Needs no network.
sbom: install
	mkdir -p dist
	$(BIN)/python packaging/sbom.py >dist/sbom.cdx.json

# Look the pinned packages up among known vulnerabilities. Needs the network; a package that cannot
# be looked up is an error.
audit: $(AUDIT_VENV)/installed
	$(AUDIT_VENV)/bin/python packaging/audit.py $(AUDIT_VENV)/bin/pip-audit constraints.txt

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 2; }
	@command -v c++ >/dev/null || \
		{ echo "A C++ compiler is needed. README.md says what to install."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# $(1): the environment; $(2): the constraints; $(3): what to install.
define pip-install
	@echo "Installing. The first time llama-cpp-python is compiled from source:"
	@echo "about 7 minutes on 2 cores, without output in between. pip keeps the result."
	$(1)/bin/python -m pip install --quiet $(PIP_FLAGS) --constraint $(2) $(3)
	@touch $@
endef

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/made
	$(call pip-install,$(VENV),constraints.txt,--editable .)

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/made
	$(call pip-install,$(VENV),constraints.txt,--editable ".[dev]")
	@touch $(VENV)/installed

# An environment of its own: a package of LangChain's wants an older huggingface_hub than ours.
$(PEERS_VENV)/installed: pyproject.toml constraints.txt eval/peers/requirements.txt | $(VENV)/made
	$(PYTHON) -m venv $(PEERS_VENV)
	grep -v '^huggingface_hub==' constraints.txt >$(PEERS_VENV)/constraints.txt
	$(call pip-install,$(PEERS_VENV),$(PEERS_VENV)/constraints.txt,--editable . \
		--requirement eval/peers/requirements.txt)

$(AUDIT_VENV)/installed: | $(VENV)/made
	$(PYTHON) -m venv $(AUDIT_VENV)
	$(AUDIT_VENV)/bin/python -m pip install --quiet $(PIP_FLAGS) "pip-audit==2.10.1"
	@touch $@

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
