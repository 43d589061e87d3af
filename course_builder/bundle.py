"""What the bundle for students holds: an allow-list, and the files that are made for it."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_builder import project
from course_builder.build import student_notebook
from course_grader.cells import without_magics
from course_grader.errors import CourseError
from course_grader.imports import used_by

COPIED = ("requirements/newest.txt",)
COPIED_IF_THERE = ("LICENCE*", "LICENSE*")
PROJECT_KEYS = "name version description readme license license-files requires-python dependencies"
# Of the course's modules, those go along that this and the notebooks import, directly or not.
STUDENT_COMMAND = "course_grader.check:main"

README = """\
# {description}

Install in this folder, with Python 3.11 to 3.13 (a few minutes, once), and open the notebooks:

```
python3 -m venv .venv
.venv/bin/python -m pip install --constraint requirements/newest.txt '.[student]'
.venv/bin/jupyter lab --notebook-dir=. notebooks/00_dropout.ipynb
```

`make lab` does the same. For conda, and for Windows, `environment.yml` says how. TensorFlow offers
no package for Macs with an Intel processor nor for Windows on Arm: there, open the notebooks in
Colab.

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
\t.venv/bin/jupyter lab --notebook-dir=. notebooks/00_dropout.ipynb

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
    notebooks = {name: student_notebook(root, name) for name in project.source_names(root)}
    texts = {
        "Makefile": MAKEFILE,
        "README.md": README.format(description=settings["project"]["description"]),
        "environment.yml": environment.replace("[developer]", "[student]"),
        "nbgrader_config.py": NBGRADER_CONFIG,
        "pyproject.toml": _pyproject(settings),
    }
    for name, notebook in notebooks.items():
        text = nbformat.writes(notebook) + "\n"
        texts[f"notebooks/{name}.ipynb"] = text
        if not project.is_lesson(name):
            texts[f"original/{name}.ipynb"] = text
    made = {name: text.encode() for name, text in texts.items()}
    copied = _modules(root, notebooks.values()) | _copied(root, settings)
    return dict(sorted((made | copied).items()))


def _modules(root: Path, notebooks: Iterable[NotebookNode]) -> dict[str, bytes]:
    """The modules of the course's packages that students need, by their path in the bundle."""
    sources = [
        without_magics(cell.source)
        for notebook in notebooks
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]

    def place(package: str) -> Path | None:
        return root / package if (root / package).is_dir() else None

    module, _, _ = STUDENT_COMMAND.partition(":")
    used = used_by(sources, module, place=place)
    if module not in used.modules:
        raise CourseError(f"There is no {module} here, the students' command: put it back.")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in used.modules.values()}


def _copied(root: Path, settings: dict) -> dict[str, bytes]:
    data = settings["tool"]["setuptools"]["package-data"]
    recorded = [f"{package}/{name}" for package, names in data.items() for name in names]
    files = {}
    for pattern in (*COPIED, *recorded, *COPIED_IF_THERE):
        paths = sorted(root.glob(pattern))
        if not paths and pattern not in COPIED_IF_THERE:
            raise CourseError(
                f"There is no file {pattern}, which belongs into the bundle: make it."
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
