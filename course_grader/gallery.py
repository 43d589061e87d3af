"""The gallery of answers: the tests of the exercises, tested.

A folder has a file an item, `ITEM.py`, with answers to it, one a cell, in jupytext's percent
format. A cell with `right="..."` gets full marks; one with `wrong="..."` loses the tests named in
`loses` and no others, each with the misconception that is named there, or in the state, where the
test ends without one. A raw cell holds replacements in the reference answer (`replacements`).
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from course_grader.cells import Cell, CellKind, with_answers
from course_grader.errors import CourseError
from course_grader.jobs import GradesJobs, Job, NotGraded, State, TestResult
from course_grader.notebooks import Exercise
from course_grader.replacements import with_replacements

REFERENCE, UNTOUCHED = "reference", "untouched"
UNTOUCHED_STATES = (State.FAIL, State.ERROR)  # of a test of an answer that is not written


@dataclass(frozen=True)
class Answer:
    """An answer to one item of an exercise, and what it deserves.

    cells: the exercise with this answer, and with the tests that it is judged by. loses: what
    each test that it must not pass has to tell, a misconception or else a state; "" for either.
    """

    exercise: str
    item: str
    name: str
    cells: tuple[Cell, ...]
    loses: Mapping[str, str] = field(default_factory=dict)

    def is_of_kind(self, kind: str) -> bool:
        """kind: "reference" (and untouched), "right" (right answers as well) or "all"."""
        is_of_notebook = self.name in (REFERENCE, UNTOUCHED)
        return kind == "all" or is_of_notebook or (kind == "right" and not self.loses)


@dataclass(frozen=True)
class Verdict:
    """What grading made of an answer. problems: one sentence each, none if all is as it should."""

    answer: Answer
    results: tuple[TestResult, ...]
    problems: tuple[str, ...]

    def lost(self) -> list[TestResult]:
        return [result for result in self.results if result.state is not State.PASS]

    def as_dict(self) -> dict:
        """For `course answers --json`."""
        lost = sorted(self.answer.loses)
        return {
            "exercise": self.answer.exercise,
            "item": self.answer.item,
            "answer": self.answer.name,
            "expected": f"loses {', '.join(lost)}" if lost else "full marks",
            "verdict": "; ".join(self.problems) or "as expected",
            "score": sum(result.score for result in self.results),
            "message": "\n\n".join(f"{one.name}: {one.message}" for one in self.lost()),
        }


def read_gallery(exercise: Exercise, folder: Path) -> list[Answer]:
    """The reference answers, the untouched notebook, and all answers of the gallery.

    An exercise that is being written may have no gallery yet. Raises CourseError for a file
    without an item, an item without a file, and an answer that does not say what it is.
    """
    items = exercise.code_answers
    files = {path.stem: path for path in sorted(folder.glob("*.py"))}
    if folder.is_dir() and set(files) != set(items):
        odd = ", ".join(sorted(set(files) ^ set(items)))
        raise CourseError(
            f"{'/'.join(folder.parts[-3:])} needs one file for each answer cell of "
            f"{exercise.name}, and no other; look at {odd}."
        )
    reference = Answer(exercise.name, "all", REFERENCE, tuple(exercise.cells))
    answers = [reference, _untouched(exercise)]
    for item in items:
        if item in files:
            answers += _answers(exercise, item, files[item])
    return answers


def judge(answers: Iterable[Answer], graders: GradesJobs, round: int = 0) -> Iterator[Verdict]:
    """Grade the answers as submissions are graded, in their order.

    Raises CourseError when a grader fails.
    """
    with ThreadPoolExecutor(graders.count) as pool:
        yield from pool.map(lambda answer: _verdict(answer, graders, round), answers)


def matrix(verdicts: list[Verdict]) -> str:
    """The kill matrix: item by answer, with score, the tests that were lost, and what they said.

    Wrong verdicts stand at its end once more, where they are found without a search.
    """
    lines: list[str] = []
    heading = None
    for verdict in verdicts:
        answer = verdict.answer
        if heading != (heading := (answer.exercise, answer.item)):
            lines.append(f"\n{answer.exercise}, {answer.item}")
        score = sum(result.score for result in verdict.results)
        points = sum(result.points for result in verdict.results)
        mark = "!!" if verdict.problems else "  "
        lines.append(f"{mark} {score:>4g} of {points:<4g} {answer.name}")
        lines += [
            f"{'':>15}{one.name} ({told(one)}): {likely(one.message)}" for one in verdict.lost()
        ]
        lines += [f"{'':>15}WRONG VERDICT: {problem}" for problem in verdict.problems]
    wrong = [
        f"WRONG VERDICT: {one.answer.exercise}, {one.answer.item}, {one.answer.name!r}: {problem}"
        for one in verdicts
        for problem in one.problems
    ]
    return "\n".join([*lines, "", *wrong, totals(verdicts)])


def totals(verdicts: list[Verdict]) -> str:
    """How many answers of each kind there are, and how many verdicts are wrong."""
    gallery = [one for one in verdicts if one.answer.name not in (REFERENCE, UNTOUCHED)]
    wrong = sum(bool(one.answer.loses) for one in gallery)
    bad = sum(bool(one.problems) for one in verdicts)
    items = len({(one.answer.exercise, one.answer.item) for one in gallery})
    return (
        f"{items} items: {wrong} wrong answers and {len(gallery) - wrong} unusual right ones, "
        f"{len(verdicts) - len(gallery)} reference and untouched notebooks; wrong verdicts: {bad}."
    )


def told(result: TestResult) -> str:
    """Why a test is lost: the name of the misconception, or else the state."""
    return result.misconception or result.state.value


def likely(message: str) -> str:
    """The last part of a check's message, which names the misconception, in one line."""
    _, _, hint = message.partition("likely:")
    return " ".join((hint or message).split())[:160]


def _verdict(answer: Answer, graders: GradesJobs, round: int) -> Verdict:
    try:
        results = tuple(graders.grade(Job(answer.cells, round=round)))
    except NotGraded as error:
        raise CourseError(
            f"{answer.exercise}, {answer.item}, {answer.name!r}: not graded: {error}"
        ) from error
    return Verdict(answer, results, tuple(_problems(answer, results)))


def _problems(answer: Answer, results: tuple[TestResult, ...]) -> Iterator[str]:
    lost = {result.name: told(result) for result in results if result.score < result.points}
    for name in sorted(lost.keys() - answer.loses.keys()):
        yield f"loses {name}, which it should pass"
    for name, misconception in answer.loses.items():
        if name not in lost:
            yield f"passes {name}, which it should lose"
        elif misconception not in ("", lost[name]):
            yield f"loses {name} with {lost[name]!r} instead of {misconception!r}"
    if answer.name == UNTOUCHED:
        for result in results:
            if result.state not in UNTOUCHED_STATES:
                yield f"{result.name} ends in {result.state}"
    for result in results:
        if result.state is not State.PASS and not result.message.strip():
            yield f"{result.name} is lost without a word"


def _untouched(exercise: Exercise) -> Answer:
    cells = tuple(with_answers(exercise.cells, exercise.released_texts))
    tests = [cell.name for cell in cells if cell.kind is CellKind.TESTS]
    return Answer(exercise.name, "all", UNTOUCHED, cells, dict.fromkeys(tests, ""))


def _answers(exercise: Exercise, item: str, path: Path) -> Iterator[Answer]:
    [reference] = [cell.source for cell in exercise.cells if cell.name == item]
    used: set[str] = set()
    for number, cell in enumerate(jupytext.read(path, fmt="py:percent").cells, 1):
        if cell.cell_type == "markdown":
            continue
        name, loses = _named(cell, f"{path.name}, cell {number}")
        if name in used:
            raise CourseError(f"{path.name}: two answers are called {name!r}: rename one.")
        used.add(name)
        source = cell.source
        if cell.cell_type == "raw":
            source = with_replacements(reference, source, f"{path.name}, {name!r}")
        own = _with_one_answer(exercise.cells, item, source)
        unknown = loses.keys() - {one.name for one in own if one.kind is CellKind.TESTS}
        if unknown:
            raise CourseError(
                f"{path.name}, {name!r}: no tests of this item are called "
                f"{', '.join(sorted(unknown))}: correct `loses`."
            )
        yield Answer(exercise.name, item, name, tuple(own), loses)


def _named(cell: NotebookNode, place: str) -> tuple[str, dict[str, str]]:
    """The name of an answer, and what it loses with which misconception."""
    right, wrong = cell.metadata.get("right"), cell.metadata.get("wrong")
    loses = cell.metadata.get("loses", {})
    if (right is None) == (wrong is None) or bool(wrong) != bool(loses):
        raise CourseError(
            f'{place}: an answer is marked right="NAME", or wrong="NAME" with loses={{...}}: '
            "write one of them in its cell marker."
        )
    if not isinstance(loses, dict) or not all(
        isinstance(one, str) and one for one in loses.values()
    ):
        raise CourseError(
            f'{place}: write loses={{"TEST": "MISCONCEPTION", ...}}, with the state of a test '
            'that ends without a misconception, such as "error".'
        )
    return str(right or wrong), loses


def _with_one_answer(cells: list[Cell], item: str, source: str) -> list[Cell]:
    """The exercise with this answer to one item, reference answers elsewhere, the item's tests."""
    found, current = [], ""
    for cell in cells:
        if cell.kind is CellKind.ANSWER:
            current = cell.name
        if cell.name == item:
            found.append(Cell(cell.kind, item, source))
        elif cell.kind is not CellKind.TESTS or current == item:
            found.append(cell)
    return found
