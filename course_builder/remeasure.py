"""Which records still hold: `course claims --check`, which measures again what may have changed.

An experiment whose own code or data are no longer those of its record has to be recorded anew. It
is measured again (`samples`) where its code is the same, but versions of packages or modules of
`course_utils` are others than when it was last measured. No data change without one of these.
"""

import hashlib
import json
from collections.abc import Callable
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
        found = {one: find_stale_record(code, one) for one in code.data_sets}
        problems += filter(None, found.values())
        known = {} if everything else measured_conditions()
        due = {
            one: present
            for one, stale in found.items()
            if not stale and known.get(one) != (present := present_conditions(code, one))
        }
        left = [one for one in due if profile == "quick" and not is_bundled(code.data_sets[one])]
        for one in left:
            say(f"{one}: left to --profile full")
            del due[one]
        if due:
            from course_builder.samples import measure_again

            more, names = measure_again(code, due, jobs, profile, say)
            problems += more
            measured |= {name: due[name] for name in names}
    if everything and not problems:
        note_measured(measured)
    return problems


def find_stale_record(code: LessonCode, experiment: str) -> str:
    """What is wrong with the record of an experiment, in a sentence; empty if nothing."""
    again = f"run `course record {code.lesson} --only {experiment}`."
    table = trials.recorded_folder() / f"{experiment}.csv"
    if not (table.is_file() and table.with_suffix(".json").is_file()):
        return f"{experiment}: nothing is recorded: {again}"
    provenance = json.loads(table.with_suffix(".json").read_text(encoding="utf-8"))
    if provenance["table_sha256"] != hashlib.sha256(table.read_bytes()).hexdigest():
        return f"{experiment}: the recorded table was changed after recording: {again}"
    if provenance["source_sha256"] != code.source_hash(experiment):
        return f"{experiment}: its code in {code.lesson}.py changed after recording: {again}"
    return ""
