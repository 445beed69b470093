# Each word sets up what it needs on a clean clone.
.PHONY: setup demo run test check bench docs
T ?= tests

setup: ## environment, database, calendars; gives the command .venv/bin/motcua
	@tools/setup run
	@.venv/bin/motcua prepare

demo: ## a district's whole year to try, at http://127.0.0.1:8000 (PORT=8080 make demo)
	@tools/setup run
	@exec .venv/bin/motcua demo

run: setup ## the home in var/, at http://127.0.0.1:8000
	@exec .venv/bin/motcua serve

test: ## everything, on SQLite and PostgreSQL; T=tests/domain for the law alone
	@tools/setup dev
	@tools/test $(T)

check: ## format, lint, types, shelves, migrations, locks, documents
	@tools/setup dev
	@tools/check

bench: ## the figures of docs/benchmarks.md, on this machine
	@tools/setup dev
	@.venv/bin/python -m benchmarks

docs: ## redraw what the documents draw from the code
	@tools/setup run
	@.venv/bin/python tools/docs.py
