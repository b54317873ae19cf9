# The verbs of the house; the same here, in CI and in README.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: install demo serve check test test-slow test-ray bench eval gpu container-test clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(STAMP)

demo: install
	$(BIN)/sejul summarize --format table examples/page.txt

serve: install
	$(BIN)/sejul serve

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: install
	$(BIN)/python -m pytest -m "not slow and not gpu and not ray" -n 2

test-slow: install
	$(BIN)/python -m pytest -m "slow and not gpu and not ray"

# Into the same environment: what Ray brings along (uvloop, another protobuf) must not change the rest.
$(VENV)/.installed-ray: $(STAMP) requirements-ray.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-ray.lock
	touch $@

test-ray: $(VENV)/.installed-ray
	$(BIN)/python -m pytest -m ray tests/scale

# Coverage-guided fuzzing, two minutes unless said otherwise; atheris is installed for it and stands in no lock.
FUZZ_SECONDS ?= 120
fuzz: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "atheris>=3,<4"
	$(BIN)/python -m bench fuzz --seconds $(FUZZ_SECONDS)

# Asks the vulnerability service that pip-audit knows, or the one that PIP_AUDIT_VULNERABILITY_SERVICE names; not in
# CI, which may have no way out. What cannot be asked about fails.
audit:
	test -x .audit/bin/pip-audit || { $(PYTHON) -m venv .audit && .audit/bin/python -m pip install --quiet "pip-audit>=2.9,<3"; }
	.audit/bin/pip-audit --strict --no-deps --disable-pip -r requirements.lock

bench: install
	$(BIN)/python -m bench

eval: install
	$(BIN)/python -m bench.eval

gpu: install
	$(BIN)/python -m pytest -m gpu tests/gpu
	$(BIN)/python -m bench gpu

# Needs root and Debian's buildah and debootstrap; says so and stops where they are missing.
container-test: install
	$(BIN)/python -m deploy.container_test

clean:
	rm -rf $(VENV) .audit build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
