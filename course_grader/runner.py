"""The trusted side: runs the notebook, its tests here and the student's answers over there.

The cells of the trusted notebook are run in their order. Answers, and what stands before them,
run in the student's process; tests, and what they need of the notebook itself, run here. A name
that only the student's process has is fetched as data, or as a function that asks there.
"""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_grader.cells import (
    Cell,
    CellKind,
    names_of,
    needed_here,
    needed_there,
    notebook_namespace,
    without_magics,
)
from course_grader.contract import AnswerError, AnswerNotWritten, CheckFailed, Score
from course_grader.encoding import Refused
from course_grader.jobs import Ending, Job, State, TestResult
from course_grader.remote import LONGEST_MESSAGE, ProcessEnded, StudentSide

# Of those that Jupyter has, the other ones run Python and keep what it defines.
NAMELESS = re.compile(r"\s*(%%(?!time\b|capture\b|prun\b)\w+)")


@dataclass
class Progress:
    """What is known of a submission so far.

    alone: an item, where answers that it does not need are left out. spent: seconds, by item.
    cell: the one that is being run.
    """

    job: Job
    alone: str = ""
    results: dict[str, TestResult] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    ended: dict[str, Ending] = field(default_factory=dict)  # not to be tried again, by what it is
    cell: str = ""
    finished: bool = False

    def size(self) -> int:
        return len(self.results) + len(self.ended)

    def note_ending(self, cause: str, ending: Ending) -> None:
        """A cell or a function cost the student's process.

        A function that crashed may be right for other inputs; an endless one costs time.
        """
        is_cell = any(cell.name == cause for cell in self.job.cells)
        if is_cell or ending.state is State.TIME_OUT:
            self.ended[cause] = ending

    def blame(self, state: State, message: str) -> None:
        """The cell that was being run is what the processes were lost in."""
        test = next((test for test in self.job.tests() if test.name == self.cell), None)
        if test:
            self.results[test.name] = TestResult.lost(test, Ending(state, message))
        elif self.cell:
            self.ended[self.cell] = Ending(state, f"the cell {self.cell}: {message}")

    def item(self) -> str:
        """The first answer that has tests without a result; all time is spent on it."""
        items = self.job.items()
        return next(
            (items[one.name] for one in self.job.tests() if one.name not in self.results), ""
        )

    def spend(self, seconds: float) -> None:
        self.spent[self.item()] = self.spent.get(self.item(), 0.0) + seconds

    def seconds_left(self) -> float:
        """For the item."""
        return max(self.job.seconds_an_item - self.spent.get(self.item(), 0.0), 0.0)

    def give_up(self) -> None:
        """No time is left for the item: the other ones are still graded."""
        what = f"the item {self.item()} took more than {self.job.seconds_an_item:g} s in all."
        items, item = self.job.items(), self.item()
        for test in self.job.tests():
            if items[test.name] == item and test.name not in self.results:
                self.results[test.name] = TestResult.lost(test, Ending(State.TIME_OUT, what))

    def all_results(self) -> list[TestResult]:
        """A result for every test, in their order."""
        return [self.results[test.name] for test in self.job.tests()]


class Runner:
    """Grades the cells of one submission, in their order.

    side: the student's process. starts: is told the name of each cell that is begun.
    """

    def __init__(self, side: StudentSide, starts: Callable[[str], None] = lambda name: None):
        self.side, self.ended, self.starts = side, side.endings, starts
        self.namespace: dict[str, Any] = notebook_namespace()
        self.fetched: set[str] = set()
        self.troubles: list[Ending] = []  # of answers, the last one last
        self.lost: dict[str, Ending] = {}  # name that a trusted cell should have defined

    def grade(self, cells: Sequence[Cell], done: set[str]) -> Iterator[TestResult]:
        """The results of the tests that are not `done` yet.

        Raises ProcessEnded after the result of the test, or in the cell, that cost the
        student's process.
        """
        here, there = needed_here(cells), needed_there(cells)
        for cell in cells:
            self.starts(cell.name)
            if cell.is_not_graded:
                self._set_up(
                    cell, is_needed_here=cell.name in here, is_needed_there=cell.name in there
                )
            elif cell.kind is CellKind.ANSWER:
                self._answer(cell)
            elif cell.name not in done:
                yield from self._test(cell)

    def _set_up(self, cell: Cell, *, is_needed_here: bool, is_needed_there: bool) -> None:
        """Run a trusted cell on one or both sides; what an answer lacks may stop it."""
        if cell.name in self.ended:
            self._lose(cell, self.ended[cell.name])
            return
        if is_needed_there:
            self._run_there(cell)
        if not is_needed_here:
            return
        try:
            self._run_here(cell, strict=False)
        except (Exception, Refused) as error:
            what = f"the cell {cell.name} does not run: {error}"
            self._lose(cell, Ending(State.ERROR, what))
        except ProcessEnded as stop:
            raise ProcessEnded(stop.ending, cell.name) from stop

    def _lose(self, cell: Cell, ending: Ending) -> None:
        """Names of a trusted cell that did not run: nobody else may give them a value."""
        _, assigned = names_of(cell.source)
        self.lost |= dict.fromkeys(assigned - self.namespace.keys(), ending)

    def _run_there(self, cell: Cell) -> Ending | None:
        """Run a cell in the student's process; how it ended, if not well."""
        try:
            if cell.kind is CellKind.TESTS_ONLY:
                self.side.stand_in(names_of(cell.source)[1])
            else:
                self.side.run(cell)
        except AnswerError as error:
            unwritten = isinstance(error, AnswerNotWritten)
            what = "it is not written yet" if unwritten else f"it ends in {error}".rstrip(".")
            return Ending(State.ERROR, f"the answer cell {cell.name} does not run: {what}.")
        except Refused as refusal:  # it wrote to the connection: nothing more is believed
            what = f"the cell {cell.name} was not run as it should be: {refusal}"
            raise ProcessEnded(Ending(State.REFUSED, what), cell.name) from refusal
        except ProcessEnded as stop:
            raise ProcessEnded(stop.ending, cell.name) from stop
        return None

    def _answer(self, cell: Cell) -> None:
        if cell.source is None:
            what = f"the answer cell {cell.name} is not in the notebook."
            ending = Ending(State.MISSING, what)
        elif cell.name in self.ended:
            ending = self.ended[cell.name]
        else:
            ending = self._run_there(cell)
            if magic := NAMELESS.match(cell.source):
                what = f"the answer cell {cell.name} begins with `{magic[1]}`, which keeps no names"
                ending = ending or Ending(State.MISSING, f"{what}: take that line out.")
        if ending:
            self.troubles.append(ending)

    def _test(self, cell: Cell) -> Iterator[TestResult]:
        lost, misconception = None, ""
        try:
            score, state, message = self._run_here(cell, strict=True), State.PASS, ""
        except CheckFailed as failure:
            score, state, message = 0.0, State.FAIL, str(failure)
            misconception = failure.misconception
        except AssertionError as failure:
            score, state, message = 0.0, State.FAIL, str(failure) or "the test does not hold."
        except _Undefined as undefined:
            score, state, message = 0.0, *undefined.args
        except Refused as refusal:
            score, state, message = 0.0, State.REFUSED, str(refusal)
        except ProcessEnded as stop:
            score, state, message = 0.0, stop.ending.state, stop.ending.message
            lost = stop if stop.cause else None
        except Exception as error:
            score, state = 0.0, State.ERROR
            message = f"The test ended in {type(error).__name__}: {error}"
        message = message[:LONGEST_MESSAGE]
        yield TestResult(cell.name, cell.title(), cell.points, score, state, message, misconception)
        if lost:
            raise lost

    def _run_here(self, cell: Cell, *, strict: bool) -> float:
        """Run a trusted cell; for a cell of tests, the points that it gives.

        strict: whether every name has to exist.
        """
        source = without_magics(cell.source)
        needed, assigned = names_of(source)
        for name in sorted(needed - (self.namespace.keys() - self.fetched)):
            if name in self.lost:
                if strict:
                    raise _Undefined(*self._why_undefined(name))
            elif found := self.side.fetch(name):
                self.namespace[name] = found[0]
                self.fetched.add(name)
            elif strict:
                raise _Undefined(*self._why_undefined(name))
        self.fetched -= assigned
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"<{cell.name}>", "exec"), self.namespace)
        if last is None:
            return cell.points
        value = eval(compile(ast.Expression(last.value), f"<{cell.name}>", "eval"), self.namespace)
        return min(float(value), cell.points) if isinstance(value, Score) else cell.points

    def _why_undefined(self, name: str) -> tuple[State, str]:
        if not self.troubles and name not in self.lost:
            return (
                State.MISSING,
                f"the name {name!r} is not defined: no answer cell gives it a value.",
            )
        ending = self.lost.get(name) or self.troubles[-1]
        return ending.state, f"the name {name!r} is not defined: {ending.message}"


class _Undefined(Exception):
    """A name that a test needs does not exist. args: state and message."""
