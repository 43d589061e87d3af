"""What the bundle for students holds: an allow-list, and the files that are made for it."""

import json
import tomllib
from pathlib import Path

import nbformat

from course_utils.instructor import project
from course_utils.instructor.build import student_notebook
from course_utils.instructor.project import CourseError

# The allow-list: copied are these and the declared package data; `contents` makes the others.
COPIED = (
    "course_utils/*.py",
    "course_utils/bases/*.py",
    "course_utils/checks/*.py",
    "course_utils/datasets/*.py",
    "course_utils/plotting/*.py",
    # What `course check` imports; servers, isolation and clusters stay with the instructor.
    *(f"course_utils/grading/{name}.py" for name in ("__init__", "check", "local", "printing")),
    *(f"course_utils/grading/{name}.py" for name in ("assembly", "cells", "tester", "results")),
    *(f"course_utils/grading/{name}.py" for name in ("side", "student", "models", "wire")),
    "course_utils/grading/deadline.py",
    "requirements/newest.txt",
)
COPIED_IF_THERE = ("LICENCE*", "LICENSE*")
PROJECT_KEYS = "name version description readme license license-files requires-python dependencies"
STUDENT_COMMAND = "course_utils.grading.check:main"

README = """\
# {description}

Install in this folder, with Python 3.11 to 3.13 (a few minutes, once), and open the notebooks:

```
python3 -m venv .venv
.venv/bin/python -m pip install --constraint requirements/newest.txt '.[student]'
.venv/bin/jupyter lab --notebook-dir=. notebooks/01_mlp.ipynb
```

`make lab` does the same. For conda, and for Windows, `environment.yml` says how.

In the exercises, `notebooks/NAME_exercises.ipynb`:

1. Run the cells from the top, and answer in the cells that say `YOUR CODE HERE` or
   `YOUR ANSWER HERE`. Leave the cells of tests as they are, and delete none.
2. Press **Validate** above the notebook to run the visible tests.
3. Save, and run `.venv/bin/course check notebooks/NAME_exercises.ipynb` (with conda without
   `.venv/bin/`). It compares the notebook with `original/NAME_exercises.ipynb`.
4. Hand in `notebooks/NAME_exercises.ipynb`, that one file, under its own name.

To start anew, copy the notebook from `original/`.
"""
MAKEFILE = """\
# Needs Python 3.11 to 3.13, which may be named: make lab PYTHON=/path/to/python3.12
PYTHON ?= python3

.PHONY: lab
lab: .venv/installed
\t.venv/bin/jupyter lab --notebook-dir=. notebooks/01_mlp.ipynb

.venv/installed: pyproject.toml requirements/newest.txt
\t$(PYTHON) -m venv --clear .venv
\t.venv/bin/python -m pip install --quiet --constraint requirements/newest.txt '.[student]'
\t@touch $@
"""
# Of the button Validate, which takes anything on standard error for a failure.
NBGRADER_CONFIG = """\
c = get_config()
c.Execute.timeout = 120
c.Execute.startup_timeout = 120
c.KernelManager.transport_encryption = "auto"
"""


def contents(root: Path) -> dict[str, bytes]:
    """The allow-list: every file of the bundle, by its path there."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    environment = (root / "environment.yml").read_text(encoding="utf-8")
    texts = {
        "Makefile": MAKEFILE,
        "README.md": README.format(description=settings["project"]["description"]),
        "environment.yml": environment.replace("[developer]", "[student]"),
        "nbgrader_config.py": NBGRADER_CONFIG,
        "pyproject.toml": _pyproject(settings),
    }
    for name in project.source_names(root):
        text = nbformat.writes(student_notebook(root, name)) + "\n"
        texts[f"notebooks/{name}.ipynb"] = text
        if name.endswith("_exercises"):
            texts[f"original/{name}.ipynb"] = text
    made = {name: text.encode() for name, text in texts.items()}
    return dict(sorted((made | _copied(root, settings)).items()))


def _copied(root: Path, settings: dict) -> dict[str, bytes]:
    data = settings["tool"]["setuptools"]["package-data"]["course_utils"]
    files = {}
    for pattern in (*COPIED, *(f"course_utils/{name}" for name in data), *COPIED_IF_THERE):
        paths = sorted(root.glob(pattern))
        if not paths and pattern not in COPIED_IF_THERE:
            raise CourseError(
                f"There is no file {pattern}: make it, or take it off the list in bundle.py."
            )
        files |= {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    return files


def _pyproject(settings: dict) -> str:
    """What an installation with the extra `student` needs, and nothing for developers."""
    declared = settings["project"]
    tables = {
        "build-system": settings["build-system"],
        "project": {key: declared[key] for key in PROJECT_KEYS.split() if key in declared},
        "project.optional-dependencies": {"student": declared["optional-dependencies"]["student"]},
        "project.scripts": {"course": STUDENT_COMMAND},
        "tool.setuptools.packages.find": settings["tool"]["setuptools"]["packages"]["find"],
        "tool.setuptools.package-data": settings["tool"]["setuptools"]["package-data"],
    }
    text = ""
    for name, table in tables.items():
        text += f"[{name}]\n"
        for key, value in table.items():  # TOML writes texts and lists of texts as JSON does
            text += f"{key} = {json.dumps(value, indent=4)}\n"
    return text
