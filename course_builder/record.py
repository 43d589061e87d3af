"""Record trials: run the experiments of a lesson and keep what they measured.

The code that runs is the lesson's own: its cells with the tag `experiment`. Further tags
on such a cell name the experiments that it belongs to; without them it belongs to all.
"""

import ast
import datetime
import hashlib
import importlib.metadata
import json
import platform
from pathlib import Path

import pandas as pd

from course_builder import project
from course_builder.source import read_source
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_grader.notebooks import tags
from course_utils import trials
from course_utils.claims import Claim, Ledger, Verdict

PACKAGES = ("keras", "tensorflow", "numpy", "scikit-learn", "mlxtend")
SIGNIFICANT_DIGITS = "%.7g"


def load_ledger(root: Path, name: str) -> tuple[list[trials.Experiment], list[Claim]]:
    """The experiments and claims of a lesson, in their order.

    Runs the lesson's cells with the tag `experiment` or `claims`, and nothing else.
    Raises CourseError when one of them fails.
    """
    namespace: dict = {"__name__": name}
    for cell in read_source(root, name).cells:
        if {"experiment", "claims"} & tags(cell):
            _execute(cell.source, name, namespace)
    values = list(namespace.values())
    experiments = [value for value in values if isinstance(value, trials.Experiment)]
    ledgers = [value for value in values if isinstance(value, Ledger)]
    return experiments, [claim for ledger in ledgers for claim in ledger.claims]


def judge_recorded(root: Path, name: str) -> list[Verdict]:
    """The verdicts on a lesson's claims, from its recorded trials.

    Raises CourseError when a claim does not fit the record.
    """
    verdicts = []
    for claim in load_ledger(root, name)[1]:
        try:
            verdicts.append(claim.judge())
        except ValueError as error:
            raise CourseError(f"{name}.py, claim {claim.name}: {error}") from error
    return verdicts


def source_hash(root: Path, name: str, experiment: str) -> str:
    """SHA-256 of the code of an experiment; layout, comments and imports do not count.

    Python's own printer gives the text, which is the same from Python 3.11 to 3.13.
    """
    code = []
    for cell in read_source(root, name).cells:
        others = tags(cell) - {"experiment", "claims"}
        if "experiment" in tags(cell) and (not others or experiment in others):
            code += [
                ast.unparse(statement)
                for statement in ast.parse(cell.source).body
                if not isinstance(statement, ast.Import | ast.ImportFrom)
            ]
    return hashlib.sha256("\n".join(code).encode()).hexdigest()


def record(root: Path, name: str, only: str | None = None, jobs: int = 1) -> list[Path]:
    """Run the experiments of a lesson and write one CSV and one JSON file for each.

    Each experiment is written as soon as it is done. Returns the CSV files.
    Raises CourseError when there is no such lesson or experiment.
    """
    project.check_name(name, project.lesson_names(root))
    experiments, _ = load_ledger(root, name)
    if only:
        project.check_name(only, [experiment.name for experiment in experiments])
        experiments = [experiment for experiment in experiments if experiment.name == only]
    return [_record_one(root, name, experiment, jobs) for experiment in experiments]


def _execute(code: str, name: str, namespace: dict) -> None:
    try:
        exec(compile(code, f"{name}.py", "exec"), namespace)
    except Exception as error:
        raise CourseError(
            f"{name}.py: its cells tagged `experiment` and `claims` do not run by themselves "
            f"({type(error).__name__}: {error}): tag every cell that they need."
        ) from error


def _record_one(root: Path, name: str, experiment: trials.Experiment, jobs: int) -> Path:
    data = experiment.load()
    source_sha256 = source_hash(root, name, experiment.name)  # of the code that runs now
    frame = trials.run(
        experiment.measure,
        experiment.prepare(data),
        experiment.conditions,
        experiment.seeds,
        jobs,
    )
    text = to_csv(frame)
    provenance = {
        "lesson": name,
        "source_sha256": source_sha256,
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
    return table


def to_csv(frame: pd.DataFrame) -> str:
    """The trials as CSV, seven significant digits: what float32 holds."""
    return frame.to_csv(index=False, float_format=SIGNIFICANT_DIGITS, lineterminator="\n")


def versions() -> dict[str, str]:
    """Versions of Python, the platform and the packages that results depend on."""
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = importlib.metadata.version(f"{package}-cpu")
    return found
