# Eight words, nothing else. Each sets up what it needs on a clean clone.
.PHONY: setup demo run test check bench docs
T ?= tests
PY := .venv/bin/python

setup: ## environment, database, migrations, calendars
	@tools/setup run
	@.venv/bin/motcua prepare

demo: ## the one-stop unit of Nghĩa Hưng on the morning of 17 March 2021, at http://127.0.0.1:8000
	@tools/setup run
	@.venv/bin/motcua demo

run: setup ## the server on the home in var/
	@.venv/bin/motcua serve

test: ## everything, on SQLite and PostgreSQL, with a real browser; T=tests/domain for the law alone
	@tools/setup dev
	@tools/test $(T)

check: ## format, lint, types, shelves, migrations, docs
	@tools/setup dev
	@tools/check

bench: ## print the figures of docs/benchmarks.md, with the floor in the same run
	@tools/setup dev
	@$(PY) -m benchmarks

docs: ## redraw what is generated
	@tools/setup dev
	@$(PY) -m tools.draw_docs
