"""How often a right answer fails a test by chance: every test, again and again.

    .venv/bin/python benchmarks/false_fails.py [--seconds S] [--exercise NAME ...]

Each cell of tests of each exercise runs for S seconds on the reference answers, at least five
times, each time in another round of random numbers (`contract.ROUND`). What is found
is written to benchmarks/false_fails.csv: repetitions, failures, and the 95 % upper bound
on the probability (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404). The bounds below 1e-6
that the checks declare are worked out, not counted; this table shows that nothing contradicts
them. A test repeats a sample of it.
"""

import argparse
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import CodeType

os.environ |= {"NBGRADER_EXECUTION": "autograde", "TF_CPP_MIN_LOG_LEVEL": "3"}

import pandas as pd
from scipy import stats

from course_builder.build import instructor_notebook
from course_builder.project import exercise_names
from course_grader.cells import Cell, CellKind
from course_grader.contract import ROUND
from course_grader.notebooks import trusted_cells

TABLE = Path(__file__).with_suffix(".csv")
ROOT = TABLE.parents[1]
FEWEST = 5  # repetitions of a slow test
FIRST_ROUND = 1000  # the gate and the tests take smaller ones


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="for each test")
    parser.add_argument("--exercise", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    options = parser.parse_args()
    names = options.exercise or exercise_names(ROOT)
    with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
        rows = pool.map(measure, names, [options.seconds] * len(names))
        table = pd.DataFrame([row for found in rows for row in found])
    table.to_csv(TABLE, index=False, float_format="%.3g")
    print(table.to_string(index=False))


def measure(name: str, seconds: float) -> list[dict]:
    """A row for each test of one exercise."""
    rows = []
    for cell, namespace in tests_with_names(name):
        code = compile(cell.source, cell.name, "exec")
        end, repetitions, failures = time.monotonic() + seconds, 0, 0
        while time.monotonic() < end or repetitions < FEWEST:
            failures += fails(code, namespace, FIRST_ROUND + repetitions)
            repetitions += 1
        bound = stats.binomtest(failures, repetitions).proportion_ci(0.9, "exact").high
        rows.append(
            {
                "exercise": name,
                "test": cell.name,
                "repetitions": repetitions,
                "failures": failures,
                "upper_bound": bound,
            }
        )
    return rows


def tests_with_names(name: str) -> Iterator[tuple[Cell, dict]]:
    """The cells of tests of an exercise, each with the names that it finds in the notebook."""
    namespace: dict = {"__name__": "__main__"}
    for cell in trusted_cells(instructor_notebook(ROOT, name)):
        if cell.kind is CellKind.TESTS:
            yield cell, namespace
        exec(compile(cell.source, cell.name, "exec"), namespace)


def fails(code: CodeType, namespace: dict, number: int) -> bool:
    """Whether a test fails on the reference answers in this round."""
    token = ROUND.set(number)
    try:
        exec(code, namespace)
    except AssertionError:
        return True
    finally:
        ROUND.reset(token)
    return False


if __name__ == "__main__":
    main()
