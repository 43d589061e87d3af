"""What is written of results for people to read: feedback pages, and notebooks for graders.

Both are made from results and from the released notebook only, so no hidden test is in them.
"""

import copy
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import jinja2
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

from course_grader.files import write_whole
from course_grader.jobs import State, TestResult
from course_grader.notebooks import grading as cell_grading
from course_grader.pictures import attach
from course_grader.records import Paragraph, StoredGrading, Submission, check_student
from course_grader.text import printable

LONGEST_MESSAGE = 1000  # characters of a submission's own, in 25 lines
LONGEST_COMMENT = 10_000  # characters of a person's
LONGEST_STAMP = 1000  # bytes of a file that nbgrader lays beside a submission
COLOUR_CODE = re.compile(r"\x1b\[[\d;]*[A-Za-z]")
LABELS = {"expected": "Expected", "found": "Found", "likely": "Likely cause"}
PART = re.compile(r" +(expected|found|likely): +(.*)")
STATES = {
    State.PASS: "passed",
    State.FAIL: "does not hold",
    State.ERROR: "ended in an error",
    State.TIME_OUT: "took too long",
    State.CRASH: "broke off",
    State.REFUSED: "result refused",
    State.MISSING: "answer missing",
}
# Tags, links and images, and links in formulas: what can run a script out of Markdown.
UNSAFE_MARKDOWN = ((r"<(?=[A-Za-z/!?])", "&lt;"), (r"\](?=[(:])", "] "), (r"\\(?=href)", r"\\ "))
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Feedback on {{ exercise }}</title>
<style>
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --line: #d0d7de;
  --paper: #fff; --shade: #f6f8fa; --good: #176130; --bad: #a1260d }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --soft: #a5adb8; --line: #3b434d;
  --paper: #15191e; --shade: #1e242b; --good: #6fcf8b; --bad: #ff9f8a } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #333; --line: #999;
  --paper: #fff; --shade: #fff; --good: #000; --bad: #000 } tbody { break-inside: avoid } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem }
h3 { font-size: 1rem; margin: 1rem 0 .25rem }
p { margin: .25rem 0 }
.soft { color: var(--soft) }
.total { font-size: 1.25rem; margin-top: 1rem }
table { width: 100%; border-collapse: collapse; border-bottom: 1px solid var(--line) }
th, td { padding: .5rem .5rem .5rem 0; text-align: left; vertical-align: top; font-weight: 400 }
tbody { border-top: 1px solid var(--line) }
thead th { color: var(--soft); font-size: .875rem }
tbody th { width: 60% }
td.bad { color: var(--bad) }
td.good { color: var(--good) }
th.points, td.points { text-align: right; padding-right: 0; width: 4.5rem;
  overflow-wrap: normal; font-variant-numeric: tabular-nums }
td.message { padding: 0 0 .75rem }
.box { background: var(--shade); border-left: 3px solid var(--line); padding: .5rem .75rem }
.box p, dd { white-space: pre-wrap }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .75rem; margin: .25rem 0 }
dt { color: var(--soft) }
dd { margin: 0 }
@media (max-width: 30rem) { dl { display: block } dd { margin-bottom: .375rem }
  tbody th { width: 50% } }
</style>
</head>
<body>
<main>
<h1>Feedback on {{ exercise }}</h1>
<p class="soft">{{ student }}</p>
<p class="total"><strong>{{ score }}</strong> of {{ max_score }} points</p>
{% for note in notes %}<p>{{ note }}</p>
{% endfor %}
{% for heading, lines in sections if lines %}
<h2 id="section-{{ loop.index }}">{{ heading }}</h2>
<table aria-labelledby="section-{{ loop.index }}">
<thead><tr><th scope="col">{{ heading[:-1] }}</th><th scope="col">Result</th>
<th scope="col" class="points">Points</th></tr></thead>
{% for line in lines %}
<tbody>
<tr><th scope="row">{{ line.title }}</th>
<td class="{{ line.kind }}">{{ line.result }}</td><td class="points">{{ line.points }}</td></tr>
{% if line.message %}<tr><td colspan="3" class="message"><div class="box">
<p>{{ line.message }}</p>
{% if line.details %}<dl>
{% for label, text in line.details %}<dt>{{ label }}</dt><dd>{{ text }}</dd>
{% endfor %}</dl>{% endif %}
</div></td></tr>{% endif %}
</tbody>
{% endfor %}
</table>
{% endfor %}
{% for title, comment in comments %}
{% if loop.first %}<h2>Comments on your code</h2>{% endif %}
<h3>{{ title }}</h3>
<div class="box"><p>{{ comment }}</p></div>
{% endfor %}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class _Line:
    """One row of a table. kind: good, bad or open. details: pairs of a label and a text."""

    title: str
    kind: str
    result: str
    points: str
    message: str = ""
    details: tuple[tuple[str, str], ...] = ()


def feedback_page(grading: StoredGrading) -> str:
    """One self-contained HTML page: what every test found, and what a person gave and wrote.

    Text that came from a submission is shown as text, without control characters, shortened.
    """
    written = {paragraph.name for paragraph in grading.paragraphs}
    others = {name: text for name, text in grading.comments.items() if name not in written}
    tests = [_test_line(test, test.name in grading.by_hand) for test in grading.tests]
    paragraphs = [_paragraph_line(each, grading.comments) for each in grading.paragraphs]
    return _TEMPLATE.render(
        exercise=_readable(grading.exercise),
        student=_readable(grading.student),
        score=_number(grading.score),
        max_score=_number(grading.max_score),
        notes=_notes(grading),
        sections=[("Tests", tests), ("Written answers", paragraphs)],
        comments=[(_words(name), _comment(text)) for name, text in sorted(others.items())],
    )


def graded_notebook(graded: Submission) -> NotebookNode:
    """The released notebook with a student's answers and, below each test, its result.

    In Markdown, HTML and links become text, and pictures stand at the end. A test that did not pass
    has an error output, which nbgrader marks in colour.
    """
    notebook = copy.deepcopy(graded.exercise.released)
    results = {test.name: test for test in graded.results}
    for cell in notebook.cells:
        name = cell_grading(cell).get("grade_id")
        if cell_grading(cell).get("solution") and name in graded.texts:
            cell.source = _harmless(graded.texts[name], cell.cell_type)
            attach(cell, graded.pictures(name))
        elif name in results:
            cell.outputs = [_output(results[name])]
    return notebook


def write_feedback(feedback: Path, grading: StoredGrading, submission: Path | None = None) -> Path:
    """Write `feedback/STUDENT/EXERCISE/EXERCISE.html`, for `nbgrader release_feedback`.

    feedback: the folder. submission: the folder that was graded, if it is there; nbgrader's own
    notes beside the notebook are copied from it. Returns the page's path. Raises CourseError
    for a student's id that is no folder's name.
    """
    path = _place(feedback, grading.student, grading.exercise, ".html")
    _write_stamps(path.parent, submission)
    write_whole(path, feedback_page(grading))
    return path


def write_graded_notebook(autograded: Path, graded: Submission) -> Path:
    """Write `autograded/STUDENT/EXERCISE/EXERCISE.ipynb`, which formgrader shows.

    As `write_feedback` otherwise.
    """
    path = _place(autograded, graded.student, graded.exercise.name, ".ipynb")
    _write_stamps(path.parent, graded.own_folder)
    write_whole(path, nbformat.writes(graded_notebook(graded)) + "\n")
    return path


def _place(folder: Path, student: str, exercise: str, suffix: str) -> Path:
    check_student(student)
    return folder / student / exercise / f"{exercise}{suffix}"


def _write_stamps(folder: Path, submission: Path | None) -> None:
    """The time and the secret that `nbgrader submit` made: release_feedback stops without them.

    A submission that came another way has no secret; one that nobody knows stands in for it,
    and the student gets the page as the submission came.
    """
    sources = [folder] if submission is None else [submission, folder]
    for name, otherwise in (
        ("timestamp.txt", ""),
        ("submission_secret.txt", secrets.token_hex(64)),
    ):
        texts = [text for source in sources if (text := _small_text(source / name))]
        write_whole(folder / name, texts[0] if texts else otherwise)


def _small_text(path: Path) -> str | None:
    """A file that a student may have made: no link is followed, no large file is read."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LONGEST_STAMP:
        return None
    return path.read_text(encoding="utf-8", errors="replace")


def _harmless(answer: str, cell_type: str) -> str:
    """A student's source as a grader may open it.

    formgrader shows HTML and links in Markdown as they are, with the grader's own rights.
    """
    # A notebook's JSON can hold half of a surrogate pair, which no file can.
    text = answer.encode("utf-8", "replace").decode()
    for pattern, instead in UNSAFE_MARKDOWN if cell_type == "markdown" else ():
        text = re.sub(pattern, instead, text)
    return text


def _output(test: TestResult) -> NotebookNode:
    result = f"{STATES[test.state]}: {_number(test.score)} of {_number(test.points)} points"
    if test.state == State.PASS:
        return new_output("stream", name="stdout", text=f"{result}\n")
    message = _readable(test.message)
    lines = [result, *message.splitlines()]
    return new_output("error", ename=test.state.value, evalue=message, traceback=lines)


def _notes(grading: StoredGrading) -> list[str]:
    passed = sum(test.state == State.PASS for test in grading.tests)
    notes = [f"{passed} of {len(grading.tests)} tests passed."]
    if grading.needs_manual_grade:
        notes.append("Not final: a person has still to read a part of it.")
    if grading.late_penalty:
        taken = _number(grading.late_penalty)
        notes.append(f"Points taken off because it was handed in after the due date: {taken}.")
    return notes


def _test_line(test: TestResult, is_by_hand: bool) -> _Line:
    is_good = test.state == State.PASS
    result = f"{'✓' if is_good else '✗'} {STATES[test.state]}"
    if is_by_hand:
        result += "; points given by a person"
    what, details = _parts(_readable(test.message))
    points = f"{_number(test.score)} of {_number(test.points)}"
    return _Line(_readable(test.title), "good" if is_good else "bad", result, points, what, details)


def _paragraph_line(paragraph: Paragraph, comments: dict[str, str]) -> _Line:
    result = "graded" if paragraph.is_written else "nothing was written"
    score = "–" if paragraph.score is None else _number(paragraph.score)
    return _Line(
        _words(paragraph.name),
        "open",
        "not graded yet" if paragraph.score is None else result,
        f"{score} of {_number(paragraph.points)}",
        _comment(comments.get(paragraph.name, "")),
    )


def _parts(message: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What a check says first, and what it expected, found and holds for the likely cause."""
    texts, labels = [""], []
    for line in message.splitlines():
        if match := PART.fullmatch(line):
            labels.append(LABELS[match[1]])
            texts.append(match[2])
        else:
            texts[-1] = f"{texts[-1]}\n{line}".strip()
    return texts[0], tuple(zip(labels, texts[1:], strict=True))


def _readable(text: str, longest: int = LONGEST_MESSAGE) -> str:
    """Text that a page or a terminal can show: no control or direction marks, not too long."""
    start = COLOUR_CODE.sub("", text[: 2 * longest])
    lines = [printable(re.sub(r"\s", " ", line), "") for line in start.split("\n")]
    shown = "\n".join(lines).strip()
    lines = shown[:longest].split("\n")[: longest // 40]
    short = "\n".join(lines)
    return short if len(text) <= 2 * longest and short == shown else f"{short} … (shortened)"


def _comment(text: str) -> str:
    return _readable(text, LONGEST_COMMENT)


def _words(name: str) -> str:
    return _readable(name).replace("-", " ").replace("_", " ").capitalize()


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


_TEMPLATE = jinja2.Environment(
    autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined
).from_string(PAGE)
