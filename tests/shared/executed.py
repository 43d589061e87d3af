"""A course whose lessons have been executed, as a site is made of it; what pages say."""

import html
import re
import shutil
from pathlib import Path

import classes
import nbformat
from conftest import ROOT
from nbformat import NotebookNode
from nbformat.v4 import new_output

from course_builder import run
from course_builder.build import student_notebook
from course_utils.claims import Ledger

SECRET = "an-answer-that-stands-on-no-page"
ALT = "The line is flat at every rate."
COVER = "The platypus swims."
PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
CLAIMS = """
[[claim]]
name = "gain"
sentence = "Dropout gains"
experiment = "net"
measure = "accuracy"
baseline = {rate = 0}
treatment = {rate = 1}
shown = true

[[claim]]
name = "loss"
sentence = "Dropout lowers the loss"
experiment = "net"
measure = "loss"
baseline = {rate = 0}
treatment = {rate = 1}
expects = "lower"
unit = "nats"
"""
TRIALS = "rate,seed,accuracy,loss\n0,0,0.9,1\n0,1,0.9,1\n1,0,0.7,0.6\n1,1,0.71,0.61\n"
CLAIM = "<p>Dropout gains: refuted</p>"
LESSON = """
# **Question.** Does the wombat
# dig?
#
# A line behind the question.

# %% [markdown]
# ## What the evidence says
#
# See the [other lesson](02_two.ipynb) for `a_very_long_name_that_does_not_fit(on_a_phone, at_all)`.

# %%
show_everything = "in one cell that is wider than the screen of a phone: " + "x" + "y" + "z" + "abc"
"""
EXERCISES = f"""
{classes.answer("dig", f"depth = '{SECRET}'")}
{classes.tests_cell("dig-depth", 1, "assert depth", f"assert depth == '{SECRET}'")}
"""
SOURCES = {
    "01_one": LESSON,
    "01_one_exercises": EXERCISES,
    "02_two": '# **Question.** Does the platypus swim?\n\n# %% tags=["cover"]\n1\n',
}


def picture(alt: str) -> dict:
    return {"text/html": f'<img alt="{alt}" width="80" src="data:image/gif;base64,{PIXEL}">'}


def widget(model: str) -> NotebookNode:
    data = {run.WIDGET_VIEW: {"model_id": model}, "text/plain": f"what {model} is in text"}
    return new_output("display_data", data)


WIDE_TABLE = f"<table><tr><th>wide</th>{'<td>0.1234</td>' * 60}</tr></table>"
OUTPUTS = [
    new_output("stream", name="stderr", text="a note of TensorFlow"),
    new_output("stream", name="stdout", text="a long line " * 40),
    new_output("display_data", picture(ALT)),
    new_output("display_data", {"text/html": WIDE_TABLE}),
    new_output(
        "display_data", {"text/html": '<pre><span style="color: #00d7ff">pale</span></pre>'}
    ),
    new_output("execute_result", {"text/html": CLAIM, Ledger.MIME_TYPE: []}),
    widget("bar"),
    widget("box"),
]
WIDGETS = {
    "bar": {"state": {"children": []}},
    "box": {"state": {"children": ["IPY_MODEL_slider", "IPY_MODEL_shown"]}},
    "slider": {"state": {"value": 0.5}},
    "shown": {
        "state": {
            "outputs": [
                {
                    "output_type": "display_data",
                    "data": picture("The slider's picture."),
                    "metadata": {},
                }
            ]
        }
    },
}


def executed_course(folder: Path, repository: str = "", **sources: str) -> Path:
    """A course whose lessons have been executed; the code of 01_one has every kind of output."""
    course = classes.make_course(folder, **(SOURCES | sources))
    (course / "pyproject.toml").write_text(f'[tool.course]\nrepository = "{repository}"\n')
    shutil.copytree(ROOT / "docs" / "site", course / "docs" / "site")
    (course / "docs" / "instructors.md").write_text("# For instructors\n\n`course grade`\n")
    for name in ("01_one", "02_two"):
        notebook = student_notebook(course, name)
        if name == "01_one":
            notebook.cells[-1].outputs = OUTPUTS
            notebook.metadata.widgets = {run.WIDGET_STATE: {"state": WIDGETS}}
        else:
            notebook.cells[-1].outputs = [new_output("execute_result", picture(COVER))]
        write_executed(course, name, notebook)
    return course


def record_claims(folder: Path, lesson: str) -> Path:
    """Write two claims of a lesson and their trials into a new folder."""
    folder.mkdir()
    (folder / f"{lesson}.toml").write_text(CLAIMS)
    (folder / "net.csv").write_text(TRIALS)
    return folder


def write_executed(course: Path, name: str, notebook: NotebookNode) -> None:
    path = course / run.SITE / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def text_of(page: Path) -> str:
    """What stands on a page, without its marks."""
    return html.unescape(re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8")))
