# Each word sets up what it needs on a clean clone.
.PHONY: setup test check
T ?= tests

setup: ## environment, database, migrations, calendars
	@tools/setup run
	@.venv/bin/motcua prepare

test: ## everything, on SQLite and PostgreSQL; T=tests/domain for the law alone
	@tools/setup dev
	@tools/test $(T)

check: ## format, lint, types, shelves, migrations
	@tools/setup dev
	@tools/check
