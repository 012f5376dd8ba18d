# Every target that needs the environment sets up what is missing first; when nothing is, that takes a moment.
# Settings are read from .env where there is one (see .env.example).

PYTHON ?= python3
BIN := .venv/bin
WITH_SETTINGS := if [ -f .env ]; then set -a; . ./.env; set +a; fi;
# the quick ones first: some fork, which wants a process without threads
TESTS ?= tests/unit tests/schemas tests/architecture tests/integration tests/stories tests/e2e tests/faults
PYTEST_FLAGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench replay lock lock-kafka clean-data

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: ## Set up what is missing (the other targets do so by themselves)
	@$(PYTHON) deploy/local/bootstrap.py

run: setup ## Start the whole system; Ctrl-C stops it, the data stays in .local
	@$(WITH_SETTINGS) exec $(BIN)/python -m deploy.local

test: ## Run all tests, on real Kafka and real PostgreSQL and in a real browser
	@$(PYTHON) deploy/local/bootstrap.py --browser
	@$(WITH_SETTINGS) $(BIN)/python -m pytest $(PYTEST_FLAGS) $(TESTS)

check: setup ## Format, lint, types, imports, published schemas, and the quick tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy backbone deploy schemas services tests
	@$(BIN)/lint-imports
	@$(BIN)/python -m schemas.export --check
	@$(BIN)/python -m pytest -q tests/unit tests/schemas tests/architecture

format: setup ## Format the code and sort its imports
	@$(BIN)/ruff check --select I --fix --quiet .
	@$(BIN)/ruff format .

bench: setup ## Measure the figures of docs/performance.md
	@$(WITH_SETTINGS) $(BIN)/python -m tests.bench

replay: setup ## Replay the running system's log into empty tables and compare
	@test -f .local/env || { echo "Nothing runs here: start it with make run, then replay in another terminal."; exit 1; }
	@set -a; . ./.local/env; set +a; $(BIN)/python -m services.cli replay

clean-data: setup ## Ask, then delete the data in .local
	@$(WITH_SETTINGS) $(BIN)/python -m deploy.local clean-data

lock: setup ## Resolve the Python and npm packages anew and lock them with hashes
	@$(BIN)/python -m deploy.lock

lock-kafka: setup ## Lock Kafka's jars anew after a change of deploy/kafka/pom.xml (needs Maven)
	@$(BIN)/python -m deploy.kafka.lock
