"""Claims: sentences about results, judged by results, with their status.

A claim states a direction ("with dropout the held-out accuracy is higher"). The claims of a
lesson are one family, fixed before its experiments are recorded, in `recorded/LESSON.toml`. The
paired difference over seeds, with the part of the test items where they were kept, and Holm's
method over the family decide whether a claim is supported, refuted or not distinguishable from
no difference. Nothing about the outcome is typed.
"""

import html
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import get_origin

import numpy as np
import pandas as pd

from course_utils import statistics, trials

THESE = "these test pictures"


@dataclass(frozen=True)
class Claim:
    """A statement that `measure` is "higher" or "lower" in treatment than in baseline.

    baseline, treatment: conditions of the experiment, with all their columns.
    unit: "points" (a share, shown in percentage points) or the unit's name as it is.
    sample: with how many fresh seeds `course claims --check` measures it again; 0 leaves a
    claim that costs minutes to `--profile full`. baseline_experiment: where the baseline is a
    condition of another experiment, on the same data and seeds. shown: in the lesson; the site
    has all.
    """

    name: str
    sentence: str
    experiment: str
    measure: str
    baseline: dict[str, object]
    treatment: dict[str, object]
    expects: str = "higher"
    unit: str = "points"
    sample: int = 3
    baseline_experiment: str = ""
    shown: bool = False

    def sides(self) -> list[tuple[str, dict[str, object]]]:
        """The experiment and the condition of the baseline, then those of the treatment."""
        return [
            (self.baseline_experiment or self.experiment, self.baseline),
            (self.experiment, self.treatment),
        ]

    def compared(
        self, trials_of: Callable[[str], pd.DataFrame] = trials.recorded
    ) -> tuple[pd.DataFrame, str, dict, dict]:
        """Trials, measure, baseline and treatment, as `statistics` takes them.

        trials_of: gives the trials of an experiment; without it they are the recorded ones.
        """
        frames = [trials_of(name).assign(experiment=name) for name in dict(self.sides())]
        conditions = ({"experiment": name} | condition for name, condition in self.sides())
        return pd.concat(frames, ignore_index=True), self.measure, *conditions

    def items(self) -> tuple[np.ndarray | None, np.ndarray | None]:
        """Treatment minus baseline on each test item, mean over the seeds, and the items' groups.

        None and None where the measure is no accuracy whose test items were kept.
        """
        right, shares = self.measure.replace("accuracy", "right"), []
        for name, condition in self.sides():
            kept = trials.recorded_items(name)
            if right not in kept:
                return None, None
            chosen = statistics.select(recorded_conditions(name), condition)
            seeds = trials.recorded(name)["seed"].nunique()
            shares.append(kept[right][chosen.index.item()] / seeds)
        return shares[1] - shares[0], kept.get("groups")


def recorded_conditions(experiment: str) -> pd.DataFrame:
    """The conditions of the recorded trials, in the order of `trials.recorded_items`."""
    conditions = trials.recorded(experiment).loc[:, :"seed"].drop(columns="seed")
    return conditions.drop_duplicates(ignore_index=True)


@dataclass(frozen=True)
class Verdict:
    """A claim with its evidence, judged as one of a family.

    difference: with the part of the test items, where they were kept; over_seeds: without it.
    population: what it holds for. adjusted_p: the p-value by Holm's method.
    """

    claim: Claim
    difference: statistics.Difference
    over_seeds: statistics.Difference
    population: str
    adjusted_p: float

    @property
    def status(self) -> str:
        """Supported, refuted or not distinguishable, as one claim of the family."""
        return self.difference.status(self.claim.expects, self.adjusted_p)

    @property
    def unadjusted_status(self) -> str:
        """The status of the claim if it were the only one."""
        return self.difference.status(self.claim.expects)

    def as_dict(self) -> dict:
        """For `--json`: name, sentence, seeds, effect, interval, status and unadjusted_status."""
        return {
            "name": self.claim.name,
            "sentence": self.claim.sentence,
            "seeds": self.difference.seeds,
            "effect": self.difference.effect,
            "interval": [self.difference.low, self.difference.high],
            "status": self.status,
            "unadjusted_status": self.unadjusted_status,
        }

    def evidence(self) -> str:
        """Effect and interval in words, such as "+7.9 points [+7.1, +8.8]"."""
        return format_difference(self.difference, self.claim.unit)

    def holds_for(self) -> str:
        """The population, and what the seeds alone say where that is more."""
        alone = self.over_seeds.status(self.claim.expects)
        is_more = self.unadjusted_status == "not distinguishable" != alone
        return f"{self.population} ({THESE} alone: {alone})" if is_more else self.population


class Ledger:
    """The claims that a lesson shows: a picture of their verdicts, and the same in words.

    All claims of the lesson are judged, as one family, and stand in the data of the output.
    Raises ValueError as `judge` does, and where the lesson shows no claim.
    """

    MIME_TYPE = "application/vnd.dropout-course.claims+json"

    def __init__(self, lesson: str):
        self.verdicts = judge(lesson)
        self.shown = [verdict for verdict in self.verdicts if verdict.claim.shown]
        if not self.shown:
            raise ValueError(
                f"The lesson {lesson!r} shows no claim: write `shown = true` to some in "
                f"{lesson}.toml."
            )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {
            "text/html": to_html(self.shown),
            "text/plain": "\n".join(map(in_words, self.shown)),
            self.MIME_TYPE: [verdict.as_dict() for verdict in self.verdicts],
        }


def in_words(verdict: Verdict) -> str:
    """One line: the sentence, its status, the evidence, and what it holds for."""
    return (
        f"{verdict.claim.sentence}: {verdict.status} ({verdict.evidence()}, "
        f"{verdict.difference.seeds} seeds, for {verdict.holds_for()})."
    )


def to_html(verdicts: Sequence[Verdict]) -> str:
    """A forest plot, one panel a unit, and below it the same in words, for screen readers too."""
    from course_utils import plotting  # brings matplotlib

    panels: dict[str, list[plotting.Row]] = {}
    for verdict in verdicts:
        is_share = verdict.claim.unit == "points"
        difference = verdict.difference.in_points() if is_share else verdict.difference
        label = f"difference in {'percentage ' * is_share}{verdict.claim.unit.removeprefix('of ')}"
        evidence = f"{verdict.evidence()}\n{verdict.difference.seeds} seeds"
        row = plotting.Row(verdict.claim.sentence, difference, verdict.status, evidence)
        panels.setdefault(label, []).append(row)
    counts = Counter(verdict.status for verdict in verdicts)
    told = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    alt = f"Of the claims in this picture {told}; the list below says each in words."
    items = "".join(f"<li>{html.escape(in_words(verdict))}</li>" for verdict in verdicts)
    words = f"<details><summary>The same in words</summary><ul>{items}</ul></details>"
    return plotting.picture(plotting.forest(panels), alt=alt).data + words


def judge(lesson: str) -> list[Verdict]:
    """The verdicts on the claims of a lesson from the recorded trials.

    The claims are one family, adjusted by Holm's method (1979, www.jstor.org/stable/4615733):
    the chance that any claim without a difference is told apart stays below 5 %.
    Raises ValueError as `read` does, and for a claim that does not fit its record;
    FileNotFoundError where nothing is recorded.
    """
    from statsmodels.stats.multitest import multipletests  # takes a second

    family = read(lesson)
    try:
        evidence = [_evidence(claim) for claim in family]
    except ValueError as error:
        raise ValueError(f"{lesson}.toml, {error}") from error
    p_values = [difference.p_value for difference, _, _ in evidence]
    adjusted = multipletests(p_values, method="holm")[1]
    return [
        Verdict(claim, *found, float(p_value))
        for claim, found, p_value in zip(family, evidence, adjusted, strict=True)
    ]


def _evidence(claim: Claim) -> tuple[statistics.Difference, statistics.Difference, str]:
    """The difference, that over seeds alone, and what the former holds for."""
    try:
        over_seeds = statistics.paired_difference(*claim.compared())
        changes, groups = claim.items()
        difference = statistics.paired_difference(*claim.compared(), items=changes, groups=groups)
    except ValueError as error:
        raise ValueError(f"claim {claim.name}: {error}") from error
    new = "new pictures" if groups is None else "new senders"
    return difference, over_seeds, THESE if changes is None else new


def to_markdown(verdicts: Sequence[Verdict]) -> str:
    """A table, one row a claim: sentence, evidence, what it holds for, and both statuses."""
    lines = [
        "| claim | effect, 95 % interval | seeds | correlation | holds for | status | unadjusted |",
        "|---|---|---|---|---|---|---|",
    ]
    for verdict in verdicts:
        evidence = verdict.evidence().replace(", ", ",\u00a0")  # an interval stays on one line
        correlation = verdict.difference.correlation
        lines.append(
            f"| {verdict.claim.sentence} | {evidence} | {verdict.difference.seeds} "
            f"| {'–' if np.isnan(correlation) else f'{correlation:.2f}'} "
            f"| {verdict.holds_for()} | **{verdict.status}** | {verdict.unadjusted_status} |"
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


def read(lesson: str) -> list[Claim]:
    """The claims of a lesson, in the order of their file; none where it has no such file.

    Raises ValueError for a file that is no TOML, and for a claim with an unknown key, without one
    that it needs, or with a wrong value.
    """
    path = trials.recorded_folder() / f"{lesson}.toml"
    if not path.is_file():
        return []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is no TOML: {error}.") from error
    rows = table.pop("claim", [])
    if table or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"{path.name} holds more than claims: begin each with [[claim]].")
    for row in rows:
        if problem := _problem(row, rows):
            raise ValueError(f"{path.name}, claim {row.get('name', 'without a name')}: {problem}")
    return [Claim(**row) for row in rows]


def _problem(row: dict, rows: list[dict]) -> str:
    """What is wrong with a claim as it was read, in a sentence; empty if nothing."""
    known = {field.name: get_origin(field.type) or field.type for field in fields(Claim)}
    needed = [field.name for field in fields(Claim) if field.default is MISSING]
    if odd := [key for key in row if key not in known]:
        return f"there is no {odd[0]!r} in a claim: write one of {', '.join(known)}."
    if lacking := [key for key in needed if key not in row]:
        return f"{lacking[0]!r} is missing: add it."
    for key, value in row.items():
        if type(value) is not known[key]:  # True is no number here
            return f"{key!r} is {value!r}: write a value of the type {known[key].__name__}."
    if row.get("expects", "higher") not in ("higher", "lower"):
        return f"'expects' is {row['expects']!r}: write 'higher' or 'lower'."
    if row.get("sample", 0) < 0:
        return f"'sample' is {row['sample']}: write a number of seeds, or 0."
    if [other.get("name") for other in rows].count(row["name"]) > 1:
        return "another one has the same name: give each its own."
    return ""
