"""What grading finds: a state and a score for every test of a submission."""

from dataclasses import asdict, dataclass
from enum import StrEnum


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
class TestResult:
    """One graded cell of tests.

    name: its grade id. title: what it tests, in words. points: what it is worth; score: what
    was reached, between 0 and points. message: for the student; empty where the test passed.
    """

    name: str
    title: str
    points: float
    score: float
    state: State
    message: str = ""

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)
