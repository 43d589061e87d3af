"""Execute the lessons and write them, outputs included, as notebooks and HTML."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from tqdm import tqdm

from course_builder import kernels, project
from course_builder.build import student_notebook
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_grader.notebooks import tags
from course_utils.claims import Ledger

SITE = f"{project.BUILD}/site"
CELL_SECONDS = {"quick": 300, "full": 7200}
PROFILE_CELL = "profile"  # the id of the cell that asks for the full profile
# Folded cells open with a click on their title.
TEMPLATE = """\
{%- extends 'lab/index.html.j2' -%}
{%- block input_group -%}
{%- if cell.metadata.mystnb -%}
<details><summary>{{ cell.metadata.mystnb.code_prompt_show | escape }}</summary>
{{ super() }}
</details>
{%- else -%}
{{ super() }}
{%- endif -%}
{%- endblock -%}
"""
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


@dataclass
class Result:
    """One executed lesson: how long it took, what it claims, and what stopped it."""

    name: str
    seconds: float
    claims: list[dict] = field(default_factory=list)
    error: str = ""

    def as_dict(self) -> dict:
        """name, seconds and claims, for `--json`; error only where there is one."""
        row = {"name": self.name, "seconds": round(self.seconds, 1), "claims": self.claims}
        return row | ({"error": self.error} if self.error else {})


def run_lesson(root: Path, name: str, profile: str = "quick") -> Result:
    """Execute one lesson in a fresh kernel; write `build/site/NAME.ipynb` and `.html`.

    profile "full" runs the same notebook on the full data sets. A lesson that fails is
    written as well, up to the cell that stopped it. Raises CourseError when the lesson has
    no full profile.
    """
    notebook = student_notebook(root, name)
    if profile == "full":
        _ask_for_full(notebook, name)
    started, error = time.perf_counter(), ""
    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    # disable=None: no bar where standard error is a file.
    with tqdm(total=total, desc=name, unit="cell", disable=None) as bar:
        try:
            kernels.execute(notebook, root, CELL_SECONDS[profile], bar.update)
        except kernels.KernelFailed as failure:
            error = str(failure)
    seconds = time.perf_counter() - started
    site = root / SITE
    write_whole(site / f"{name}.ipynb", nbformat.writes(notebook) + "\n")
    write_whole(site / f"{name}.html", to_html(notebook))
    return Result(name, seconds, claims_in(notebook), error)


def claims_in(notebook: NotebookNode) -> list[dict]:
    """The claims that an executed notebook shows."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found += output.get("data", {}).get(Ledger.MIME_TYPE, [])
    return found


def without_widgets(notebook: NotebookNode) -> NotebookNode:
    """A copy for pages: what a widget showed when it was made stands in its place.

    A progress bar leaves nothing.
    """
    page = nbformat.from_dict(notebook)
    widgets = page.metadata.pop("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for cell in page.cells:
        if cell.cell_type == "code":
            cell.outputs = [still for output in cell.outputs for still in _still(output, widgets)]
    return page


def to_html(notebook: NotebookNode) -> str:
    """One page that needs no network: static pictures stand in for the widgets."""
    exporter = HTMLExporter(
        raw_template=TEMPLATE, mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url=""
    )
    return exporter.from_notebook_node(without_widgets(notebook))[0]


def _ask_for_full(notebook: NotebookNode, name: str) -> None:
    """Set the profile behind the cell tagged `parameters`, as papermill does."""
    for position, cell in enumerate(notebook.cells):
        if "parameters" in tags(cell):
            injected = nbformat.v4.new_code_cell('PROFILE = "full"', id=PROFILE_CELL)
            notebook.cells.insert(position + 1, injected)
            return
    raise CourseError(
        f"{name} has no full profile: give it a cell with the tag `parameters` that sets PROFILE, "
        "or run it without --profile full."
    )


def _still(output: NotebookNode, widgets: dict) -> list[NotebookNode]:
    view = output.get("data", {}).get(WIDGET_VIEW)
    return [output] if view is None else _shown_in(view["model_id"], widgets)


def _shown_in(model: str, widgets: dict) -> list[NotebookNode]:
    """The outputs that a widget, or one inside it, holds. widgets: model id -> its state."""
    state = widgets.get(model, {}).get("state", {})
    inside = [child.removeprefix("IPY_MODEL_") for child in state.get("children", [])]
    shown = [nbformat.from_dict(output) for output in state.get("outputs", [])]
    return shown + [output for child in inside for output in _shown_in(child, widgets)]
