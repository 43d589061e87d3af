"""What `course check` prints: item by item, one line a test, and why a test did not pass."""

import re
import shutil
import textwrap
from dataclasses import dataclass, field

from course_grader.jobs import State, TestResult
from course_grader.text import printable

NOT_WRITTEN = "not written yet."  # how the messages end of what is still to be written
WIDEST = 100  # columns
MARK = 12  # columns, of the state in front of a test's title
LABEL = re.compile(r" *(expected|found|likely): *")


@dataclass
class Item:
    """An answer and its tests.

    source: None where the cell is missing. points: of what a person reads, which has no tests.
    """

    name: str
    source: str | None
    stub: str
    points: float = 0.0
    results: list[TestResult] = field(default_factory=list)


def text_of(item: Item) -> str:
    """The lines of one item, the first one empty."""
    score = sum(result.score for result in item.results)
    points = item.points + sum(result.points for result in item.results)
    if item.source is None:
        return f"\n{item.name}: the cell is missing, 0 of {points:g} points"
    if item.source.strip() in ("", item.stub.strip()):
        return f"\n{item.name}: not written yet, 0 of {points:g} points"
    if not item.results:
        return f"\n{item.name}: a person reads it, {points:g} points"
    lines = [f"\n{item.name}: {score:g} of {points:g} points"]
    told = ""
    for result in item.results:
        lines += _lines_of(result, told)
        told = result.message
    return "\n".join(lines)


def summary(results: list[TestResult]) -> str:
    """What the command ends with."""
    passed = sum(result.state is State.PASS for result in results)
    score = sum(result.score for result in results)
    points = sum(result.points for result in results)
    return (
        f"\n{passed} of {len(results)} visible tests pass: {score:g} of {points:g} points.\n"
        "At grading, a few more tests of the same properties run."
    )


def _lines_of(result: TestResult, told: str) -> list[str]:
    """The lines of one test. told: the message that was printed last."""
    is_open = result.state is not State.PASS and result.message.endswith(NOT_WRITTEN)
    mark = "open" if is_open else f"{result.state}"
    head = _filled(f"  {mark:<{MARK - 2}}", result.title, " " * MARK)
    if result.state is State.PASS or is_open:
        return [head]
    if result.message == told:
        return [head, f"{'':<{MARK}}as above"]
    body = [printable(line.expandtabs()) for line in result.message.splitlines()]
    return [head, *(_filled(" " * MARK, line, " " * (MARK + _label(line))) for line in body)]


def _label(line: str) -> int:
    """The columns up to where the text of a line begins."""
    return found.end() if (found := LABEL.match(line)) else 0


def _filled(start: str, text: str, later: str) -> str:
    """A line as wide as the terminal, and more lines where it is longer."""
    words = text.strip()
    begin = start + text[: len(text) - len(text.lstrip())]
    width = max(min(shutil.get_terminal_size().columns, WIDEST), 2 * len(later))
    return textwrap.fill(
        words,
        width,
        initial_indent=begin,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
