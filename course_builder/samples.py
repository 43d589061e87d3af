"""Samples measured again, and compared with the record.

For each claim fresh seeds are run with the lesson's own code. A claim fails when the new
effect lies outside the recorded 99 % prediction interval, or when its status changes as
the new trials join the recorded ones. By chance alone one sample in a hundred falls
outside; so that a new machine does not fail for that, a claim that disagrees is measured
a second time with other seeds, and fails only if that sample lies outside as well, or if
its status is another one with both samples joined to the record. On one machine the
outcome is always the same: the seeds are fixed. How small a change the check can see is
what it prints: the interval in which the new effect was expected.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from course_builder.experiments import LessonCode
from course_utils import statistics, trials
from course_utils.claims import Claim
from course_utils.datasets import Dataset

FIRST_SEED = 1000
LARGEST_SAMPLE = 3

Say = Callable[[str], None]


@dataclass(frozen=True)
class Comparison:
    """A sample's effect against the record."""

    effect: float
    low: float
    high: float
    recorded_status: str
    pooled_status: str

    @property
    def is_inside(self) -> bool:
        """Whether the effect lies in the prediction interval."""
        return self.low <= self.effect <= self.high

    @property
    def agrees(self) -> bool:
        """Inside the prediction interval, with the status unchanged."""
        return self.is_inside and self.recorded_status == self.pooled_status


def compare(
    claim: Claim, recorded: pd.DataFrame, sample: pd.DataFrame, before: Sequence[pd.DataFrame] = ()
) -> Comparison:
    """Hold the new trials of a claim against the recorded ones.

    The pooled status is that of the record, the samples taken before and this one. All
    frames have the columns of the claim's experiment; their seeds must differ.
    """
    old, new = (
        statistics.paired_values(frame, claim.measure, claim.baseline, claim.treatment)
        for frame in (recorded, sample)
    )
    low, high = statistics.prediction_interval(old, confidence=0.99, size=len(new))
    pooled = pd.concat([recorded, *before, sample], ignore_index=True)
    return Comparison(
        float(new.mean()), low, high, claim.judge(recorded).status, claim.judge(pooled).status
    )


def measure_again(
    code: LessonCode, names: Collection[str], jobs: int, profile: str, say: Say
) -> tuple[list[str], set[str]]:
    """Measure samples of these experiments of a lesson.

    Returns one sentence for each problem, and what was measured. profile "quick" leaves out the
    claims that cost minutes. `say` is told what is being done and found.
    """
    experiments, claims = code.load_ledger()
    problems, measured = [], set()
    for experiment in experiments:
        if experiment.name not in names:
            continue
        own = [claim for claim in claims if claim.experiment is experiment]
        chosen = [claim for claim in own if profile == "full" or claim.sample > 0]
        for claim in own:
            if claim not in chosen:
                say(f"{experiment.name}: {claim.name} is left to --profile full")
        if chosen:
            problems += _check_experiment(code, experiment, chosen, jobs, say)
            measured.add(experiment.name)
    return problems, measured


def _check_experiment(
    code: LessonCode, experiment: trials.Experiment, claims: list[Claim], jobs: int, say: Say
) -> list[str]:
    data = experiment.load()
    if data.fingerprint() != experiment.provenance()["data_sha256"]:
        again = f"run `course record {code.lesson} --only {experiment.name}`."
        return [f"{experiment.name}: the data {data.name!r} changed after recording: {again}"]
    size = max(claim.sample for claim in claims) or LARGEST_SAMPLE
    seeds = range(FIRST_SEED, FIRST_SEED + size)
    say(f"{experiment.name}: measuring again with the seeds {list(seeds)}")
    data, recorded = experiment.prepare(data), experiment.recorded()
    first = _measure(experiment, claims, data, seeds, jobs)
    doubtful = [
        claim for claim in claims if not _report(claim, compare(claim, recorded, first), say).agrees
    ]
    if not doubtful:
        return []
    seeds = range(seeds.stop, seeds.stop + 2 * size)
    say(f"{experiment.name}: a second sample, with the seeds {list(seeds)}")
    second = _measure(experiment, doubtful, data, seeds, jobs)
    problems = []
    for claim in doubtful:
        comparison = _report(claim, compare(claim, recorded, second, [first]), say)
        if not comparison.agrees:
            problems.append(_problem(claim, comparison))
    return problems


def _measure(
    experiment: trials.Experiment,
    claims: list[Claim],
    data: Dataset,
    seeds: Iterable[int],
    jobs: int,
) -> pd.DataFrame:
    """Fresh trials of the conditions that the claims compare."""
    needed = [
        condition
        for condition in experiment.conditions
        if any(
            side.items() <= condition.items()
            for claim in claims
            for side in (claim.baseline, claim.treatment)
        )
    ]
    return trials.run(experiment.measure, data, needed, seeds, jobs)


def _report(claim: Claim, comparison: Comparison, say: Say) -> Comparison:
    if comparison.agrees:
        verdict = "agrees"
    else:
        verdict = "STATUS CHANGES" if comparison.is_inside else "OUTSIDE"
    say(
        f"  {verdict:<14} {claim.name}: new effect {comparison.effect:+.4f}, expected in "
        f"[{comparison.low:+.4f}, {comparison.high:+.4f}]; "
        f"{comparison.recorded_status} -> {comparison.pooled_status}"
    )
    return comparison


def _problem(claim: Claim, comparison: Comparison) -> str:
    return (
        f"{claim.name}: measured again, the effect is {comparison.effect:+.4f} (99 % prediction "
        f"interval of the record: [{comparison.low:+.4f}, {comparison.high:+.4f}]) and the status "
        f"goes from {comparison.recorded_status} to {comparison.pooled_status}: find out what "
        "changed, then correct it or record the trials anew."
    )
