"""The trusted side: runs the notebook, its tests here and the student's answers over there.

The cells of the trusted notebook are run in their order. Answers, and what stands before them,
run in the student's process; tests, and what they need of the notebook itself, run here. A name
that only the student's process has is fetched as data, or as a function that asks there.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

from course_utils.checks.report import AnswerError, AnswerNotWritten, CheckFailed, Score
from course_utils.grading import wire
from course_utils.grading.cells import (
    Cell,
    CellKind,
    Ending,
    names_of,
    needed_here,
    needed_there,
)
from course_utils.grading.results import State, TestResult
from course_utils.grading.side import LONGEST_MESSAGE, ProcessEnded, StudentSide
from course_utils.grading.student import notebook_namespace, without_magics


class Tester:
    """Grades the cells of one submission, in their order.

    side: the student's process. ended: how the cells ended that are not to be run again, by
    name. starts: is told the name of each cell that is begun.
    """

    def __init__(
        self,
        side: StudentSide,
        ended: dict[str, Ending],
        starts: Callable[[str], None] = lambda name: None,
    ):
        self.side, self.ended, self.starts = side, ended, starts
        self.namespace: dict[str, Any] = notebook_namespace()
        self.fetched: set[str] = set()
        self.troubles: list[Ending] = []  # of answers, the last one last
        self.lost: dict[str, Ending] = {}  # name that a trusted cell should have defined

    def grade(self, cells: list[Cell], done: set[str]) -> Iterator[TestResult]:
        """The results of the tests that are not `done` yet.

        Raises ProcessEnded after the result of the test, or in the cell, that cost the
        student's process.
        """
        here, there = needed_here(cells), needed_there(cells)
        for cell in cells:
            self.starts(cell.name)
            if cell.kind is CellKind.SETUP:
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
        except (Exception, wire.Refused) as error:
            what = f"the cell {cell.name} does not run: {error}"
            self._lose(cell, Ending(State.ERROR, what))
        except ProcessEnded as stop:
            raise ProcessEnded(stop.ending, cell.name) from stop

    def _lose(self, cell: Cell, ending: Ending) -> None:
        """Names of a trusted cell that did not run: nobody else may give them a value."""
        _, assigned = names_of(without_magics(cell.source))
        self.lost |= dict.fromkeys(assigned - self.namespace.keys(), ending)

    def _run_there(self, cell: Cell) -> Ending | None:
        """Run a cell in the student's process; how it ended, if not well."""
        try:
            self.side.run(cell)
        except AnswerError as error:
            unwritten = isinstance(error, AnswerNotWritten)
            what = "it is not written yet" if unwritten else f"it ends in {error}".rstrip(".")
            return Ending(State.ERROR, f"the answer cell {cell.name} does not run: {what}.")
        except wire.Refused as refusal:  # it wrote to the connection: nothing more is believed
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
        if ending:
            self.troubles.append(ending)

    def _test(self, cell: Cell) -> Iterator[TestResult]:
        lost = None
        try:
            score, state, message = self._run_here(cell, strict=True), State.PASS, ""
        except CheckFailed as failure:
            score, state, message = 0.0, State.FAIL, str(failure)
        except AssertionError as failure:
            score, state, message = 0.0, State.FAIL, str(failure) or "the test does not hold."
        except _Undefined as undefined:
            score, state, message = 0.0, *undefined.args
        except wire.Refused as refusal:
            score, state, message = 0.0, State.REFUSED, str(refusal)
        except ProcessEnded as stop:
            score, state, message = 0.0, stop.ending.state, stop.ending.message
            lost = stop if stop.cause else None
        except Exception as error:
            score, state = 0.0, State.ERROR
            message = f"The test ended in {type(error).__name__}: {error}"
        yield TestResult(
            cell.name, cell.title(), cell.points, score, state, message[:LONGEST_MESSAGE]
        )
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
