# Needs only make and Python 3.11 to 3.13; every target sets up .venv by itself.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && echo $$python && break; done)
LESSONS = $(filter-out %_exercises.ipynb,$(wildcard notebooks/*.ipynb))
# Processes, pages and the browser: with older packages they do nothing else.
ONCE = attacks browser colab grade_killed instructors_page journey lint sandbox site
# Runs on every file of the environment $(1) that pip installed; some packages ship
# examples that do not compile, hence the dash.
COMPILE = -@$(1)/bin/python -m compileall -qq -j 0 $(1)/lib course_*

.PHONY: run site test test-oldest test-colab lab lock clean

run: .venv/installed  ## execute the lessons, write build/site/
	.venv/bin/course run

site: run  ## execute the lessons, write the site to build/html/
	.venv/bin/course site

lab: .venv/installed  ## open JupyterLab on the first lesson
	.venv/bin/jupyter lab --notebook-dir=. notebooks/01_mlp.ipynb

test: .venv/installed  ## everything: style, unit tests, notebooks, grading, claims
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/course build --check
	.venv/bin/course lint
	.venv/bin/course run
	.venv/bin/course site
	.venv/bin/python -m pytest -n 2 --dist loadgroup
	.venv/bin/course answers --jobs 2
	.venv/bin/python -m pytest -n 2 --dist loadscope --nbval-lax --nbval-cell-timeout=300 $(LESSONS)
	.venv/bin/course claims --check

test-oldest: .venv-oldest/installed  ## unit tests and grading with the oldest versions allowed
	.venv-oldest/bin/python -m pytest -n 2 --dist loadgroup $(ONCE:%=--ignore=tests/test_%.py)
	.venv-oldest/bin/course answers --jobs 2

test-colab: .venv/installed .venv-colab/installed  ## the notebooks on Colab's versions, with the oldest Keras
	.venv/bin/python -m pytest -n 2 --dist loadgroup tests/test_colab.py

lock: .venv/installed  ## renew the pinned versions from the ranges in pyproject.toml
	$(call LOCK,newest,highest)
	$(call LOCK,oldest,lowest-direct)
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--resolution $(2) --extra developer --no-header --no-annotate --no-emit-index-url \
	--output-file requirements/$(1).txt pyproject.toml

clean:
	rm -rf .venv .venv-oldest .venv-colab build

.venv/installed: requirements/newest.txt pyproject.toml
	$(call INSTALL,.venv,newest)
.venv-oldest/installed: requirements/oldest.txt pyproject.toml
	$(call INSTALL,.venv-oldest,oldest)
# Without dependencies: what Colab lacks must be missing here, too.
.venv-colab/installed: requirements/colab.txt
	@echo "Setting up .venv-colab with $(PYTHON): a few minutes, once."
	@$(PYTHON) -m venv --clear .venv-colab
	@.venv-colab/bin/python -m pip install --quiet --no-compile --no-deps -r $<
	$(call COMPILE,.venv-colab)
	@touch $@

# Bytecode is compiled here, on all cores: without it every kernel spends about 13 s of
# processor time importing Keras instead of 5.
define INSTALL
@test -n "$(PYTHON)" || { echo "No Python 3.11 to 3.13 with venv was found: install one, \
or name it, as in 'make run PYTHON=/path/to/python3.12'."; exit 1; }
@echo "Setting up $(1) with $(PYTHON): a few minutes, once."
@$(PYTHON) -m venv --clear $(1)
@$(1)/bin/python -m pip install --quiet --no-compile -r requirements/$(2).txt
@$(1)/bin/python -m pip install --quiet --no-compile --no-deps --no-build-isolation --editable .
$(call COMPILE,$(1))
@touch $@
endef
