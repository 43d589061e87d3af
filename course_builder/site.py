"""The site: executed lessons, exercises, claims and the page for instructors, by Sphinx.

What a person writes for it lies in `docs/`; the rest is made of the notebooks here.
"""

import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_builder import project, run
from course_builder.build import student_notebook
from course_builder.record import judge_recorded
from course_builder.setup_cell import colab_address, colab_badge
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_grader.notebooks import tags
from course_utils import plotting
from course_utils.claims import Ledger, Verdict, to_html, to_markdown

WRITTEN = ("docs/site", "docs/instructors.md")
PAGES = f"{project.BUILD}/pages"
HTML = f"{project.BUILD}/html"
COVER = "cover"  # the tag of the cell whose picture stands on the first page
QUESTION = re.compile(r"^\*\*Question\.\*\*\s+(.+?)(?:\n\s*\n|\Z)", re.DOTALL | re.MULTILINE)


def build_site(root: Path) -> Path:
    """Build the site into `build/html/` from the executed lessons; return its start page.

    The site that is there stays until the new one is whole. Raises CourseError when a lesson
    is not executed, has failed, or has changed since; when Sphinx is missing; and when it
    warns, of a broken reference for instance.
    """
    _require_sphinx()
    lessons = {name: _executed(root, name) for name in project.lesson_names(root)}
    _write_pages(root, lessons)
    with tempfile.TemporaryDirectory(dir=root / project.BUILD) as folder:
        new = Path(folder, "html")
        _run_sphinx(root / PAGES, new, Path(folder, "doctrees"))
        shutil.rmtree(root / HTML, ignore_errors=True)
        new.rename(root / HTML)
    return root / HTML / "index.html"


def _require_sphinx() -> None:
    try:
        import myst_nb  # noqa: F401
        import sphinx_book_theme  # noqa: F401
    except ModuleNotFoundError as error:
        raise CourseError(
            f"The package {error.name}, which builds the site, is missing: "
            "run `pip install 'dropout-course[developer]'`."
        ) from error


def _executed(root: Path, name: str) -> NotebookNode:
    """The executed lesson as `course run` left it."""
    path = root / run.SITE / f"{name}.ipynb"
    again = f"run `course run --only {name}`."
    if not path.is_file():
        raise CourseError(f"{name} has not been executed: {again}")
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.id != run.PROFILE_CELL]
    if sources != [cell.source for cell in student_notebook(root, name).cells]:
        raise CourseError(f"{name} has changed since it was executed: {again}")
    for output in _outputs(notebook):
        if output.output_type == "error":
            raise CourseError(f"{name} has failed with {output.ename}: mend it, and {again}")
    return notebook


def _write_pages(root: Path, lessons: dict[str, NotebookNode]) -> None:
    """Write what Sphinx reads: the pages, and the notebooks to download."""
    pages = root / PAGES
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(root / WRITTEN[0], pages)
    shutil.copy(root / WRITTEN[1], pages)
    write_whole(pages / "cover.txt", "\n\n".join(_covers(lessons)))
    write_whole(pages / "lessons.txt", _table_of_lessons(root, lessons))
    verdicts = {name: found for name in lessons if (found := judge_recorded(name))}
    write_whole(pages / "pictures.txt", _pictures_of_claims(lessons, verdicts))
    write_whole(pages / "claims.txt", _tables_of_claims(lessons, verdicts))
    for name in project.source_names(root):
        student = student_notebook(root, name)
        write_whole(pages / "notebooks" / f"{name}.ipynb", nbformat.writes(student))
        page = _page(root, name, lessons.get(name, student))
        write_whole(pages / f"{name}.ipynb", nbformat.writes(page))


def _page(root: Path, name: str, notebook: NotebookNode) -> NotebookNode:
    """The notebook as it stands on the site, with links below its title."""
    page = run.without_widgets(notebook)
    badge = colab_badge(name, project.repository_address(root))  # a picture from the network
    page.cells = [cell for cell in page.cells if cell.source != badge]
    for output in _outputs(page):
        output.get("data", {}).pop(Ledger.MIME_TYPE, None)  # stands there as a picture as well
    title, text = (page.cells[0].source + "\n").split("\n", 1)
    page.cells[0].source = f"{title}\n\n{_links(root, name)}\n\n{text}"
    return page


def _links(root: Path, name: str) -> str:
    """Below a title: the notebook to download, in Colab, and the lesson's other page."""
    links = [f"{{download}}`Download this notebook <notebooks/{name}.ipynb>`"]
    if target := colab_address(name, project.repository_address(root)):
        links.append(f"[Open it in Colab]({target})")
    if (other := _other(name)) in project.source_names(root):
        links.append(f"[{'Exercises' if project.is_lesson(name) else 'Lesson'}]({other}.ipynb)")
    return " · ".join(links)


def _other(name: str) -> str:
    """The exercises of a lesson, and the lesson of exercises."""
    return f"{name}_exercises" if project.is_lesson(name) else name.removesuffix("_exercises")


def _covers(lessons: dict[str, NotebookNode]) -> list[str]:
    """The pictures of cells with the tag, each with its lesson."""
    return [
        f"{output.data['text/html']}\n\n[{_title(notebook)}]({name}.ipynb)"
        for name, notebook in lessons.items()
        for cell in notebook.cells
        if COVER in tags(cell)
        for output in cell.outputs
    ]


def _table_of_lessons(root: Path, lessons: dict[str, NotebookNode]) -> str:
    known = project.source_names(root)
    lines = ["| lesson | question | exercises |", "|---|---|---|"]
    for name, notebook in lessons.items():
        exercises = f"[exercises]({_other(name)}.ipynb)" if _other(name) in known else ""
        lines.append(
            f"| [{_title(notebook)}]({name}.ipynb) | {_question(name, notebook)} | {exercises} |"
        )
    return "\n".join(lines)


def _pictures_of_claims(
    lessons: dict[str, NotebookNode], verdicts: dict[str, list[Verdict]]
) -> str:
    """How many claims have which status, and for each lesson those that it shows."""
    counts = Counter(verdict.status for found in verdicts.values() for verdict in found)
    told = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    parts = [f"Claims: {counts.total()}, of which {told}." if counts else "There are no claims."]
    plotting.use_course_style()
    for name, found in verdicts.items():
        shown = [verdict for verdict in found if verdict.claim.shown]
        if shown:
            parts += [f"**[{_title(lessons[name])}]({name}.ipynb)**", to_html(shown)]
    return "\n\n".join(parts)


def _tables_of_claims(lessons: dict[str, NotebookNode], verdicts: dict[str, list[Verdict]]) -> str:
    """A table of all claims of each lesson."""
    parts = []
    for name, found in verdicts.items():
        title = f"## {_title(lessons[name])}"
        parts += [title, f"[The lesson]({name}.ipynb)", to_markdown(found)]
    return "\n\n".join(parts)


def _outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def _title(notebook: NotebookNode) -> str:
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ")


def _question(name: str, notebook: NotebookNode) -> str:
    found = QUESTION.search(notebook.cells[0].source)
    if not found:
        raise CourseError(f"{name} asks nothing: begin a paragraph below its title **Question.**")
    return " ".join(found[1].split())


def _run_sphinx(pages: Path, html: Path, doctrees: Path) -> None:
    from sphinx.cmd.build import build_main

    options = ["--quiet", "--fail-on-warning", "--keep-going", "--doctree-dir", str(doctrees)]
    if build_main([*options, str(pages), str(html)]):
        raise CourseError("Sphinx does not build the site: mend what it names above.")
