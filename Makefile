# Run `make help` for the list. Needs Python 3.11 or newer; works with GNU make 3.81 and later.

VENV = .venv
VENV_LTS = .venv-lts
VENV_BENCH = .venv-bench
VENV_DOCS = .venv-docs
PYTHON_IN = $(VENV)/bin/python
PORT = 8000
# The demo is its own little site, whatever the shell has set for another.
DEMO = DJANGO_SETTINGS_MODULE=newsroom.settings.dev DATABASE_URL= DEBUG=true \
       WAGTAILADMIN_BASE_URL=http://127.0.0.1:$(PORT) $(PYTHON_IN) manage.py
CHECKS = $(PYTHON_IN) .ci/checks.py
SPHINX = $(VENV_DOCS)/bin/python -m sphinx -q

.PHONY: help release demo demo-data test test-all test-more test-lts test-pythons test-move test-sites coverage lint format messages \
        attack check-site lock bench prove docs docs-messages docs-environment demo-environment \
        screenshots migrations environment test-environment clean

help:
	@echo 'make demo          a newsroom with stories on http://127.0.0.1:8000 (PORT=8001 for another port)'
	@echo 'make demo-data     the same database, without serving it'
	@echo 'make test          the checks of every change: style, types, house rules, translations, package,'
	@echo '                   tests on SQLite, on PostgreSQL and in a browser'
	@echo 'make test-all      the checks of a release: those, and the ones below down to make coverage'
	@echo 'make test-more     all tests on PostgreSQL, and in a browser'
	@echo 'make test-lts      the tests with the long-term releases of Wagtail and Django'
	@echo 'make test-pythons  the tests with the newest releases on newer Pythons, and with the oldest'
	@echo 'make test-move     the tests of moving from a site with wagtail-localize'
	@echo 'make test-sites    the built wheel in sites with each app alone, and with models of their own'
	@echo 'make check-site   a crawl of the demo, with an HTML checker, epubcheck and Lighthouse'
	@echo 'make attack        hostile requests to a served site of its own; fails on a finding'
	@echo 'make coverage      how many lines and branches the tests reach; fails below the floor'
	@echo 'make lint          style, types, import and house rules only'
	@echo 'make format        put Python and JavaScript in the house format'
	@echo 'make messages      bring the Chinese catalogues up to date'
	@echo 'make migrations    write the migrations that changed models need'
	@echo 'make lock          write the lock files again (UPGRADE=1 for the newest releases)'
	@echo 'make bench         measure, also against neighbours'
	@echo 'make prove         ARGS=import: kills an import ten times, and compares what comes of it'
	@echo 'make docs          the documentation as a site, in build/docs; a warning is an error'
	@echo 'make docs-messages bring the catalogues of the guides up to date'
	@echo 'make screenshots   pictures of the demo, in docs/screenshots'
	@echo 'make release       VERSION=…: changelog, tag, sdist and wheel; publishes nothing'
	@echo 'make clean         remove environments and caches; keeps var/ and media/'

environment:
	@.ci/system-packages demo
	@.ci/environment $(VENV) requirements.txt
	@$(PYTHON_IN) .ci/messages.py compile

test-environment:
	@.ci/system-packages test
	@.ci/environment $(VENV) requirements.txt
	@$(PYTHON_IN) .ci/messages.py compile

demo-environment:
	@.ci/system-packages demo
	@.ci/environment $(VENV) requirements-demo.txt requirements.txt
	@$(PYTHON_IN) .ci/messages.py compile

demo-data: demo-environment
	@$(DEMO) setup_demo

# The first story's pictures in all formats take some seconds: readers needn't wait for them. What is
# scheduled appears, as on a server that runs the command every minute.
demo: demo-data
	@nice -n 19 env $(DEMO) make_renditions >/dev/null 2>&1 & \
	{ while sleep 60; do nice -n 19 env $(DEMO) publish_scheduled; done; } >/dev/null 2>&1 & \
	trap "kill $$!" EXIT; $(DEMO) runserver --noreload 127.0.0.1:$(PORT)

test: test-environment
	@$(CHECKS)

# One after the other; `make -k test-all` goes on after a failure.
test-all: test test-more test-lts test-pythons test-move test-sites check-site coverage docs

test-more: test-environment
	@$(CHECKS) 'all tests on PostgreSQL' 'all browser tests'

test-lts: environment
	@.ci/environment $(VENV_LTS) requirements-lts.txt
	$(VENV_LTS)/bin/python .ci/checks.py 'django check' migrations 'tests on SQLite'

# The newest releases on newer Pythons, and the oldest ones: noxfile.py.
test-pythons: environment
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(PYTHON_IN) -m nox $(ARGS)

release: environment
	@$(PYTHON_IN) .ci/release.py $(VERSION)

test-move: environment
	@.ci/environment $(VENV_BENCH) requirements-bench.txt
	$(VENV_BENCH)/bin/python -m pytest -q tests/moved_site --ds=tests.moved_site.settings

test-sites: test-environment
	@.ci/environment $(VENV_BENCH) requirements-bench.txt
	@$(CHECKS) 'installed sites'

# The demo in a temporary folder, on loopback; ARGS="--address URL" for a site that runs.
check-site: environment
	@.ci/system-packages site-check
	@.ci/node-packages tests/crawl
	@$(PYTHON_IN) -m tests.crawl $(ARGS)

# On loopback, in a temporary folder; ARGS=cache for the attacks with that word in their names.
attack: environment
	@$(PYTHON_IN) -m tests.attack $(ARGS)

lint: environment
	@$(CHECKS) 'ruff check' 'ruff format' 'import rules' 'house rules' mypy 'scripts and styles'

format: environment
	@$(PYTHON_IN) -m ruff check --quiet --fix-only .
	@$(PYTHON_IN) -m ruff format --quiet .
	@! command -v npm >/dev/null || .ci/biome format --write --log-level=warn

coverage: environment
	$(PYTHON_IN) -m pytest -q -n 2 --all -m 'not browser and not text_browser' --cov --cov-report=term

messages: test-environment
	@$(PYTHON_IN) .ci/messages.py write
	@$(PYTHON_IN) .ci/messages.py check

# Made with the long-term releases, so that newer ones can run them too.
migrations: environment
	@.ci/environment $(VENV_LTS) requirements-lts.txt
	DJANGO_SETTINGS_MODULE=newsroom.settings.test $(VENV_LTS)/bin/python manage.py makemigrations $(ARGS)

lock: environment
	@.ci/lock $(PYTHON_IN)

bench: environment
	@.ci/environment $(VENV_BENCH) requirements-bench.txt
	$(VENV_BENCH)/bin/python -m tests.benchmarks $(ARGS)

prove: environment
	$(PYTHON_IN) -m tests.prove $(ARGS)

docs-environment:
	@.ci/environment $(VENV_DOCS) requirements-docs.txt

# A warning is an error; links to other sites are listed in build/docs/external-links.txt.
docs: docs-environment
	@rm -rf build/docs
	@$(SPHINX) -n -W --keep-going -b html docs build/docs/en
	@$(SPHINX) -n -W --keep-going -b html -D language=zh_CN docs build/docs/zh-hans
	@echo 'The documentation is in build/docs/en and build/docs/zh-hans.'

docs-messages: docs-environment
	@$(SPHINX) -b gettext docs build/gettext docs/guides/*.md
	@$(VENV_DOCS)/bin/sphinx-intl update -p build/gettext -d docs/locale -l zh_CN

screenshots: test-environment demo-data
	@$(PYTHON_IN) .ci/screenshots.py

clean:
	rm -rf .venv .venv-* node_modules tests/crawl/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	    .hypothesis .coverage htmlcov build dist staticfiles *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
