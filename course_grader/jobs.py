"""What a grader gets and gives: a job, and for every test of it a state and a score."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Protocol

from course_grader.cells import Cell, CellKind

# How errors say that something ran out which all answers of a submission share.
EXHAUSTED = (
    *("MemoryError", "Cannot allocate memory", "can't start new thread"),
    *("Resource temporarily unavailable", "Too many open files", "No space left on device"),
)


class State(StrEnum):
    """How a test ended. Only PASS earns points."""

    PASS = "pass"
    FAIL = "fail"  # a property does not hold
    ERROR = "error"  # the answer's cell, or the test, ended in another error
    TIME_OUT = "time-out"
    CRASH = "crash"  # the process that ran the answer ended
    REFUSED = "refused"  # something other than data came back, or too much of it
    MISSING = "missing"  # the answer's cell is not in the submission


@dataclass(frozen=True)
class Ending:
    """How a cell or a function ended the student's process, or was ended with it."""

    state: State
    message: str


@dataclass(frozen=True)
class TestResult:
    """One graded cell of tests.

    name: its grade id. title: what it tests, in words. points: what it is worth; score: what
    was reached, between 0 and points. message: for the student; empty where the test passed.
    misconception: the name of the one that the message is about, where it is about one.
    """

    name: str
    title: str
    points: float
    score: float
    state: State
    message: str = ""
    misconception: str = ""

    @classmethod
    def lost(cls, test: Cell, ending: Ending) -> "TestResult":
        """No points for a cell of tests, and why."""
        return cls(test.name, test.title(), test.points, 0.0, ending.state, ending.message)

    @classmethod
    def from_dict(cls, fields: dict) -> "TestResult":
        """What `as_dict` made of a result."""
        return cls(**fields | {"state": State(fields["state"])})

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)

    @property
    def ran_out(self) -> bool:
        """Whether memory, processes or files ran out, as its message says."""
        return any(words in self.message for words in EXHAUSTED)

    @property
    def is_starved(self) -> bool:
        """Whether something or time ran out: another answer may have used it."""
        return self.ran_out or self.state in (State.TIME_OUT, State.CRASH)


@dataclass(frozen=True)
class Job:
    """The cells of a submission in their order, to be graded.

    seconds: for each request to the student's process, of which a test and an item, an answer with
    its tests, may take a few. round: of the checks' random numbers.
    """

    cells: tuple[Cell, ...]
    seconds: float = 30.0
    round: int = 0

    @classmethod
    def from_dict(cls, fields: dict) -> "Job":
        """What `as_dict` made of a job."""
        cells = [Cell(**row | {"kind": CellKind(row["kind"])}) for row in fields["cells"]]
        return cls(**fields | {"cells": tuple(cells)})

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)

    @property
    def seconds_a_test(self) -> float:
        return 4 * self.seconds

    @property
    def seconds_an_item(self) -> float:
        return 6 * self.seconds

    def tests(self) -> list[Cell]:
        """The cells of tests, in their order."""
        return [cell for cell in self.cells if cell.kind is CellKind.TESTS]

    def items(self) -> dict[str, str]:
        """The answer that each cell belongs to, the last one that is not behind it, by name."""
        found, item = {}, ""
        for cell in self.cells:
            item = cell.name if cell.kind is CellKind.ANSWER else item
            found[cell.name] = item
        return found

    def to_test_again(self, results: Sequence[TestResult]) -> list[str]:
        """The answers that lost tests where something ran out.

        What ran out for one can be missed by another: a helper that does not exist, since its cell
        found no memory. The first of all answers had everything to itself that a submission has: it
        is tested again where that was used up by another submission, as its message then says.
        """
        if not any(one.is_starved for one in results):
            return []
        items = self.items()
        first = next((cell.name for cell in self.cells if cell.kind is CellKind.ANSWER), "")
        lost = dict.fromkeys(
            items[one.name]
            for one in results
            if one.state is not State.PASS and (items[one.name] != first or one.ran_out)
        )
        return [item for item in lost if item]

    def of_item(self, item: str) -> "Job":
        """The same submission, of whose tests only those of one answer are run."""
        items = self.items()
        of_others = {test.name for test in self.tests() if items[test.name] != item}
        return replace(self, cells=tuple(one for one in self.cells if one.name not in of_others))


class NotGraded(Exception):
    """The grader itself failed: no verdict on the submission."""


class ServerEnded(NotGraded):
    """The grader's process is gone; the only argument is the last line that it said, if any."""

    def __str__(self) -> str:
        [said] = self.args
        return f"the grader's process has ended{f' ({said})' if said else ''}: start again."


class GradesJobs(Protocol):
    """Whatever grades a job: warm servers here, or a cluster. Use it in a `with` statement."""

    count: int  # jobs at a time
    is_here: bool  # on this machine

    def grade(self, job: Job) -> list[TestResult]:
        """The result of every test of a submission. Raises NotGraded when the grader fails."""
