# Two commands are all a newcomer needs: `make chat` and `make test`. The rest is for developers.
# Each is quick the second time: what is installed or downloaded is not touched again.

PYTHON ?= python3
VENV ?= .venv
PIP_FLAGS ?=
BIN := $(VENV)/bin

.PHONY: chat test check install install-dev clean

chat: install
	$(BIN)/assistant models pull
	$(BIN)/assistant chat

test: install-dev
	$(BIN)/assistant models pull all-minilm-l6-v2 smollm2-135m-instruct
	$(BIN)/python -m pytest

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 2; }
	@command -v c++ >/dev/null || \
		{ echo "A C++ compiler is needed: apt install build-essential cmake python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# $(1): what to install; $(2): the stamp.
define pip-install
	@echo "Installing. The first time llama-cpp-python is compiled from source:"
	@echo "about 7 minutes on 2 cores, without output in between. pip keeps the result."
	$(BIN)/python -m pip install --quiet $(PIP_FLAGS) --constraint constraints.txt --editable "$(1)"
	@touch $(2)
endef

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/made
	$(call pip-install,.,$@)

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/made
	$(call pip-install,.[dev],$@)
	@touch $(VENV)/installed

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
