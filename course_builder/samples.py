"""Samples measured again, and compared with the record.

For each claim fresh seeds are run with the lesson's own code. A claim fails when the new
effect lies outside the recorded 99 % prediction interval. By chance alone one sample in a
hundred does; so that a new machine does not fail for that, a claim that disagrees is measured
a second time with other seeds, and fails only if that sample lies outside as well. The claims'
statuses are not compared: each depends on the whole family. On one machine the outcome is
always the same: the seeds are fixed. How small a change the check can see is what it prints:
the interval in which the new effect was expected.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from course_builder.experiments import LessonCode
from course_utils import statistics, trials
from course_utils.claims import Claim

FIRST_SEED = 1000
LARGEST_SAMPLE = 3

Say = Callable[[str], None]


@dataclass(frozen=True)
class Comparison:
    """A sample's effect against the record."""

    effect: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether the effect lies in the prediction interval."""
        return self.low <= self.effect <= self.high

    def __str__(self) -> str:
        return f"effect is {self.effect:+.4f}, expected in [{self.low:+.4f}, {self.high:+.4f}]"


def compare(claim: Claim, sample: Mapping[str, pd.DataFrame]) -> Comparison:
    """Hold the new trials of a claim, by experiment, against the recorded ones."""
    old = statistics.paired_values(*claim.compared())
    new = statistics.paired_values(*claim.compared(sample.__getitem__))
    low, high = statistics.prediction_interval(old, confidence=0.99, size=len(new))
    return Comparison(float(new.mean()), low, high)


def measure_again(
    code: LessonCode,
    due: Collection[str],
    sound: Collection[str],
    jobs: int,
    profile: str,
    say: Say,
) -> tuple[list[str], set[str]]:
    """Measure samples of the experiments of a lesson that are due.

    sound: the experiments whose records hold and may be measured; claims on others are left out.
    Returns one sentence for each problem, and what was measured. profile "quick" leaves out the
    claims that cost minutes. `say` is told what is being done and found.
    """
    experiments, claims = code.load_ledger()
    problems, measured = [], set()
    for experiment in experiments:
        chosen = []
        for claim in claims:
            sides = dict(claim.sides()).keys()
            if claim.experiment == experiment.name and sides & due and sides <= sound:
                if profile == "full" or claim.sample > 0:
                    chosen.append(claim)
                else:
                    say(f"{experiment.name}: {claim.name} is left to --profile full")
        if chosen:
            needed = {name for claim in chosen for name, _ in claim.sides()}
            problems += _check(
                code, [e for e in experiments if e.name in needed], chosen, jobs, say
            )
            measured |= needed & due
    return problems, measured


def _check(
    code: LessonCode,
    experiments: list[trials.Experiment],
    claims: list[Claim],
    jobs: int,
    say: Say,
) -> list[str]:
    """Check claims that have one experiment for their treatments."""
    prepared = {}
    for experiment in experiments:
        data = experiment.load()
        if data.fingerprint() != experiment.provenance()["data_sha256"]:
            again = f"run `course record {code.lesson} --only {experiment.name}`."
            return [f"{experiment.name}: the data {data.name!r} changed after recording: {again}"]
        prepared[experiment.name] = experiment.prepare(data)
    size = max(claim.sample for claim in claims) or LARGEST_SAMPLE
    for seeds in (
        range(FIRST_SEED, FIRST_SEED + size),
        range(FIRST_SEED + size, FIRST_SEED + 3 * size),
    ):
        say(f"{claims[0].experiment}: measuring again with the seeds {list(seeds)}")
        sample = {
            one.name: trials.run(one.measure, prepared[one.name], conditions, seeds, jobs)
            for one in experiments
            if (conditions := _needed(one, claims))
        }
        compared = [(claim, compare(claim, sample)) for claim in claims]
        for claim, found in compared:
            say(f"  {'agrees' if found.agrees else 'OUTSIDE':<8} {claim.name}: the {found}")
        doubtful = [(claim, found) for claim, found in compared if not found.agrees]
        if not doubtful:
            return []
        claims = [claim for claim, _ in doubtful]
    return [
        f"{claim.name}: measured again, the {found} (99 % prediction interval of the record): "
        "find out what changed, then correct it or record the trials anew."
        for claim, found in doubtful
    ]


def _needed(experiment: trials.Experiment, claims: list[Claim]) -> list[Mapping[str, object]]:
    """The conditions of an experiment that the claims compare."""
    sides = [side for claim in claims for side in claim.sides()]
    return [each for each in experiment.conditions if (experiment.name, each) in sides]
