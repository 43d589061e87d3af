"""Claims: sentences about results, judged by results, with their status.

A claim states a direction ("with dropout the held-out accuracy is higher"); the paired
difference over seeds and its 95 % interval decide whether it is supported, refuted or
not distinguishable from no difference. Nothing about the outcome is typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from course_utils import statistics
from course_utils.trials import Experiment


@dataclass(frozen=True)
class Claim:
    """A statement that `measure` is "higher" or "lower" in treatment than in baseline.

    unit: "points" (a share, shown in percentage points) or the unit's name as it is.
    sample: with how many fresh seeds `course claims --check` measures it again; 0 leaves a
    claim that costs minutes to `--profile full`.
    """

    name: str
    sentence: str
    experiment: Experiment
    measure: str
    baseline: Mapping[str, object]
    treatment: Mapping[str, object]
    expects: str = "higher"
    unit: str = "points"
    sample: int = 3

    def judge(self, frame: pd.DataFrame | None = None) -> "Verdict":
        """The verdict on recorded trials, or on the trials given."""
        frame = self.experiment.recorded() if frame is None else frame
        difference = statistics.paired_difference(
            frame, self.measure, self.baseline, self.treatment
        )
        return Verdict(self, difference, difference.status(self.expects))


@dataclass(frozen=True)
class Verdict:
    """A claim with its evidence and its status."""

    claim: Claim
    difference: statistics.Difference
    status: str

    def as_dict(self) -> dict:
        """name, sentence, seeds, effect, interval and status, for `--json`."""
        return {
            "name": self.claim.name,
            "sentence": self.claim.sentence,
            "seeds": self.difference.seeds,
            "effect": self.difference.effect,
            "interval": [self.difference.low, self.difference.high],
            "status": self.status,
        }

    def evidence(self) -> str:
        """Effect and interval in words, such as "+7.9 points [+7.1, +8.8]"."""
        return format_difference(self.difference, self.claim.unit)


class Ledger:
    """Claims with their verdicts: a Markdown table where shown, data where read."""

    MIME_TYPE = "application/vnd.dropout-course.claims+json"

    def __init__(self, claims: Sequence[Claim]):
        self.claims = list(claims)

    def verdicts(self) -> list[Verdict]:
        """The verdict on each claim from its recorded trials."""
        return [claim.judge() for claim in self.claims]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        verdicts = self.verdicts()
        table = to_markdown(verdicts)
        rows = [verdict.as_dict() for verdict in verdicts]
        return {"text/markdown": table, "text/plain": table, self.MIME_TYPE: rows}


def to_markdown(verdicts: Sequence[Verdict]) -> str:
    """A table, one row a claim: sentence, effect with its 95 % interval, seeds, status."""
    lines = ["| claim | effect, 95 % interval | seeds | status |", "|---|---|---|---|"]
    for verdict in verdicts:
        evidence = verdict.evidence().replace(", ", ",\u00a0")  # an interval stays on one line
        lines.append(
            f"| {verdict.claim.sentence} | {evidence} "
            f"| {verdict.difference.seeds} | **{verdict.status}** |"
        )
    return "\n".join(lines)


def format_difference(difference: statistics.Difference, unit: str = "points") -> str:
    """A difference as text; shares (unit "points") become percentage points."""
    factor, digits = (100, 1) if unit == "points" else (1, 3)
    # Adding 0 makes a rounded -0.0 a plain 0.0.
    effect, low, high = (
        f"{round(factor * value, digits) + 0:+.{digits}f}"
        for value in (difference.effect, difference.low, difference.high)
    )
    return f"{effect} {unit} [{low}, {high}]"
