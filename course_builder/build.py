"""Build the notebooks: `solutions/NAME.py` -> `notebooks/NAME.ipynb`, one rule for all.

The student's notebook is the one that `nbgrader generate_assignment` makes. For exercises the
instructor's notebook, answers included, is written where nbgrader looks for it.
"""

import hashlib
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_builder import project
from course_builder.setup_cell import setup_cells
from course_builder.source import FOLDED, read_source
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_grader.notebooks import Exercise, grading, tags
from course_grader.released import released

NBGRADER_SOURCE = f"{project.BUILD}/source"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def instructor_notebook(root: Path, name: str) -> NotebookNode:
    """The notebook with answers and hidden tests, cell ids deterministic.

    Raises CourseError when the source is broken.
    """
    notebook = read_source(root, name)
    if not notebook.cells or notebook.cells[0].cell_type != "markdown":
        raise CourseError(f"{name}.py does not start with a title: make its first cell Markdown.")
    notebook.cells[1:1] = setup_cells(name, project.repository_address(root))
    for cell in notebook.cells:
        if FOLDED in tags(cell):
            cell.source = f"# @title {cell.metadata.title}\n{cell.source}"  # Colab reads it
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _set_cell_ids(notebook)
    return notebook


def student_notebook(root: Path, name: str) -> NotebookNode:
    """The notebook as students get it: no answers, no hidden tests, no outputs.

    Raises CourseError when the source is broken.
    """
    return released(instructor_notebook(root, name), name)


def read_exercise(root: Path, name: str) -> Exercise:
    """An exercise as it is graded. Raises CourseError when the source is broken."""
    instructor = instructor_notebook(root, name)
    return Exercise(name, instructor, released(instructor, name))


def read_exercises(root: Path) -> list[Exercise]:
    """All exercises of the course."""
    return [read_exercise(root, name) for name in project.exercise_names(root)]


def build(root: Path) -> tuple[list[Path], list[Path]]:
    """Write all notebooks and nbgrader's source folder; return what was written and removed.

    Everything is made before anything is written. A notebook without a source is removed.
    """
    wanted = expected_files(root)
    for path, text in wanted.items():
        write_whole(path, text)
    removed = _without_source(root, wanted)
    for path in removed:
        path.unlink()
    return list(wanted), removed


def find_stale(root: Path) -> list[str]:
    """One sentence for each notebook that differs from its source, or has none."""
    wanted = expected_files(root)
    different = [
        path.name
        for path, text in wanted.items()
        if path.parent == root / project.NOTEBOOKS
        and (not path.is_file() or path.read_text(encoding="utf-8") != text)
    ]
    return [
        f"{project.NOTEBOOKS}/{name} differs from its source: run `course build`."
        for name in different
    ] + [
        f"{project.NOTEBOOKS}/{path.name} has no source in {project.SOURCES}/: write one, or run "
        "`course build`, which removes the notebook."
        for path in _without_source(root, wanted)
    ]


def expected_files(root: Path) -> dict[Path, str]:
    """Every file that a build writes, with its text."""
    files = {}
    for name in project.source_names(root):
        instructor = instructor_notebook(root, name)
        student = released(instructor, name)
        files[root / project.NOTEBOOKS / f"{name}.ipynb"] = _to_text(student)
        if not project.is_lesson(name):
            files[root / NBGRADER_SOURCE / name / f"{name}.ipynb"] = _to_text(instructor)
    return files


def _without_source(root: Path, wanted: dict[Path, str]) -> list[Path]:
    there = sorted((root / project.NOTEBOOKS).glob("*.ipynb"))
    return [path for path in there if path not in wanted]


def _to_text(notebook: NotebookNode) -> str:
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def _set_cell_ids(notebook: NotebookNode) -> None:
    """The grade id, or a hash of the text: stable when other cells come and go."""
    used: dict[str, int] = {}
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        identity = grading(cell).get("grade_id", digest)
        used[identity] = used.get(identity, 0) + 1
        cell.id = identity if used[identity] == 1 else f"{identity}-{used[identity]}"
        cell.metadata = _kept_metadata(cell)


def _kept_metadata(cell: NotebookNode) -> NotebookNode:
    kept = _folded(cell.metadata["title"]) if FOLDED in tags(cell) else {}
    if tags(cell):
        kept["tags"] = sorted(tags(cell))
    if grading(cell):
        kept["nbgrader"] = grading(cell)
    return nbformat.from_dict(kept)


def _folded(title: str) -> dict:
    """What folds a cell in JupyterLab, in Colab, and on the site, which shows the title."""
    return {
        "jupyter": {"source_hidden": True},
        "cellView": "form",
        "mystnb": {"code_prompt_show": title, "code_prompt_hide": title},
    }
