"""Which records still hold: `course claims --check`, which measures again what may have changed.

An experiment whose own code or data are no longer those of its record has to be recorded anew. It
is measured again (`samples`) where its code is the same, but versions of packages or modules of
`course_utils` are others than when it was last measured. No data change without one of these.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from course_builder import project
from course_builder.experiments import LessonCode
from course_builder.record import measured_conditions, note_measured, present_conditions
from course_utils import trials
from course_utils.datasets import is_bundled

Say = Callable[[str], None]


def check_claims(root: Path, jobs: int, profile: str, everything: bool, say: Say) -> list[str]:
    """Check the record of every lesson; return one sentence for each problem.

    profile "quick" measures again what needs bundled data only; "full" the rest too. everything:
    measure again whatever has changed or not, and keep with what, if there is no problem.
    `say` is told what is being done and found.
    """
    problems, measured = [], {}
    for name in project.lesson_names(root):
        code = LessonCode(root, name)
        data = code.data_sets
        found = {one: find_stale_record(code, one) for one in data}
        problems += [*filter(None, found.values()), *find_late_claims(code)]
        known = {} if everything else measured_conditions()
        present = {one: present_conditions(code, one) for one in found if not found[one]}
        due = {one for one in present if known.get(one) != present[one]}
        left = {one for one in present if profile == "quick" and not is_bundled(data[one])}
        for one in sorted(due & left):
            say(f"{one}: left to --profile full")
        if due - left:
            from course_builder.samples import measure_again

            more, names = measure_again(code, due - left, present.keys() - left, jobs, profile, say)
            problems += more
            measured |= {name: present[name] for name in names}
    if everything and not problems:
        note_measured(measured)
    return problems


def find_late_claims(code: LessonCode) -> Iterator[str]:
    """A sentence for each claim that joined the family after an experiment of it was recorded."""
    for claim in code.claims:
        for experiment in dict(claim.sides()):
            if claim.name not in _provenance(experiment).get("claims", [claim.name]):
                yield (
                    f"{claim.name}: the claim was added after {experiment} was recorded: leave it "
                    "out, or record the experiment anew with other seeds."
                )


def find_stale_record(code: LessonCode, experiment: str) -> str:
    """What is wrong with the record of an experiment, in a sentence; empty if nothing."""
    again = f"run `course record {code.lesson} --only {experiment}`."
    table, provenance = trials.recorded_folder() / f"{experiment}.csv", _provenance(experiment)
    if not (table.is_file() and provenance):
        return f"{experiment}: nothing is recorded: {again}"
    if provenance["table_sha256"] != _hash(table):
        return f"{experiment}: the recorded table was changed after recording: {again}"
    if provenance.get("items_sha256") != _hash(table.with_suffix(".npz")):
        return f"{experiment}: the recorded test items were changed after recording: {again}"
    if provenance["source_sha256"] != code.source_hash(experiment):
        return f"{experiment}: its code in {code.lesson}.py changed after recording: {again}"
    return ""


def _provenance(experiment: str) -> dict:
    path = trials.recorded_folder() / f"{experiment}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _hash(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
