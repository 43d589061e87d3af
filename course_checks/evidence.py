"""Checks of measured evidence: whether a pasted table can have come from the measurement.

Nothing is trained here. A table is honest if its rows are comparable, paired, plausible and not
copied. What no check can see: numbers that were invented within these rules, seeds that were
picked because their runs agree with a wish.
"""

from collections.abc import Collection, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from course_checks.pasted import COUNTS, EVIDENCE, TEST, measures, named, read_table
from course_checks.report import require

PLAUSIBLE = "the numbers are such as the measurement gives"


def evidence_is_complete(text: object, models: Collection[object]) -> None:
    """The table has all columns, a number in each cell, and rows for exactly these models.

    models: their names, one of them perhaps chosen by the student in the part before.
    """
    what = "the table has rows for each of the models that are compared"
    models = [named(what, model) for model in models]
    found = set(read_table(what, text, EVIDENCE)["model"])
    require(
        found == set(models),
        what,
        expected=", ".join(models),
        found=", ".join(sorted(found))[:100],
        hint="a model was left out or renamed, or the table belongs to another part.",
    )


def evidence_is_plausible(
    text: object, *, most_pictures: int = COUNTS["pictures"][-1], validation: int = 1000
) -> None:
    """Seeds, epochs and pictures are whole; accuracies are shares of whole pictures; losses agree.

    most_pictures: how many there are to train on. validation: how many are in that part.
    """
    table = read_table(PLAUSIBLE, text, EVIDENCE)
    pictures = range(COUNTS["pictures"].start, most_pictures + 1)
    for column, allowed in {**COUNTS, "pictures": pictures}.items():
        _require_counts(column, table[column], allowed)
    _require_measures(table, {"train": table["pictures"], "validation": validation})


def test_is_plausible(text: object, *, test: int = 2000) -> None:
    """Accuracies are shares of whole test pictures, of which there are `test`; losses agree."""
    _require_measures(read_table(PLAUSIBLE, text, TEST), {"test": test})


def _require_counts(column: str, values: pd.Series, allowed: range) -> None:
    wrong = [value for value in values if value != int(value) or int(value) not in allowed]
    require(
        not wrong,
        PLAUSIBLE,
        expected=f"in the column {column} whole numbers from {allowed.start} on, at most "
        f"{allowed[-1]}",
        found=", ".join(f"{value:g}" for value in wrong[:3]),
        hint="numbers were changed by hand: no training runs with such a value.",
    )


def _require_measures(table: pd.DataFrame, pictures: Mapping[str, object]) -> None:
    """pictures: part of the data -> how many it has, perhaps another number in each row.

    A wrong answer has a probability of 1/2 at most, since another class has no less; it costs
    a cross-entropy of ln 2 or more, and a right one costs no less than 0.
    """
    for split, number in pictures.items():
        shares, losses = table[f"{split}_accuracy"], table[f"{split}_loss"]
        require(
            ((shares >= 0) & (shares <= 1)).all(),
            PLAUSIBLE,
            expected="accuracies between 0 and 1",
            found=f"values from {shares.min():.4g} to {shares.max():.4g}",
            hint="percentages stand where shares belong.",
        )
        right = shares * number
        require(
            ((right - right.round()).abs() < 0.01).all(),
            PLAUSIBLE,
            expected=f"each {split}_accuracy the share of a whole number of pictures",
            found="one that is not",
            hint="numbers were changed by hand, rounded, or measured on other pictures.",
        )
        least = np.log(2) * (1 - shares)
        worst = int((losses - least).to_numpy().argmin())
        require(
            (losses >= np.where(shares < 1, least - 1e-4, 0)).all(),
            PLAUSIBLE,
            expected=f"each {split}_loss at least ln 2 times the share of wrong answers",
            found=f"{losses.iloc[worst]:.4g} at an accuracy of {shares.iloc[worst]:.4g}",
            hint="numbers were changed by hand: a wrong answer gets half of the probability at "
            "most, and a right one costs no less than 0.",
        )


def evidence_is_not_copied(text: object) -> None:
    """No two rows hold the same measurements, and no model is another one plus a constant.

    A table that was really measured fails with p < 4e-7 (worked out at `_require_own_runs`).
    """
    _require_own_runs(text, EVIDENCE)


def test_is_not_copied(text: object) -> None:
    """The same of the test table, with p < 4e-7 as well."""
    _require_own_runs(text, TEST)


def _require_own_runs(text: object, splits: Collection[str]) -> None:
    """Losses are printed with six digits, in which two runs that were really made differ.

    Losses of two models that differ by a constant, up to a jitter of a ten-thousandth of what the
    runs vary by (of 1 at most), count as copied. For three runs that were really made the squared
    spread of the differences is a chi-square with two degrees: with a correlation of 0.9 between
    the models p < 6e-8 for each pair and part of the data, and p < 4e-7 for all six. A copy with a
    larger jitter is not seen, nor one of losses that hardly vary.
    """
    what = "each row is a run of its own"
    table = read_table(what, text, splits)
    repeated = table.duplicated(measures(splits), keep=False)
    require(
        not repeated.any(),
        what,
        expected="other measurements in each row",
        found=f"{int(repeated.sum())} rows that agree in all of them",
        hint="rows were copied, or the seed has no effect.",
    )
    for split in splits:
        losses = table.pivot_table(index="seed", columns="model", values=f"{split}_loss")
        for one, other in combinations(losses.columns, 2):
            require(
                not _is_shifted(losses[[one, other]].dropna().to_numpy()),
                what,
                expected=f"losses whose difference between {one} and {other} varies with the seed",
                found=f"the same difference in {split}_loss for each seed",
                hint="a constant was added to the rows of another model.",
            )


def _is_shifted(losses: np.ndarray) -> bool:
    """Whether one column of (seeds, 2) is the other plus a constant and a jitter."""
    if len(losses) < 3:
        return False
    spread = (losses[:, 0] - losses[:, 1]).std(ddof=1)
    variation = losses.std(axis=0, ddof=1).max()
    return variation > 1e-3 and spread < 1e-4 * min(1, variation)


def evidence_is_paired(text: object) -> None:
    """Each model was run with the same three or more seeds, each once."""
    what = "all models have the same seeds, three or more, each once"
    table = read_table(what, text, EVIDENCE)
    seeds = {model: sorted(rows["seed"]) for model, rows in table.groupby("model")}
    lists = list(seeds.values())
    require(
        all(len(set(numbers)) == len(numbers) for numbers in lists),
        what,
        expected="one row for each model and seed",
        found="a model with the same seed twice",
        hint="tables of two runs were joined: the same seed again is no new evidence.",
    )
    require(
        min(len(numbers) for numbers in lists) >= 3,
        what,
        expected="at least 3 seeds for each model",
        found=f"{min(len(numbers) for numbers in lists)}",
        hint="two runs say next to nothing about how much runs vary.",
    )
    require(
        all(numbers == lists[0] for numbers in lists),
        what,
        expected="the same seeds for each model",
        found="different ones",
        hint="rows were left out or taken from another run, so differences cannot be paired.",
    )


def evidence_has_one_budget(text: object) -> None:
    """All rows have the same number of epochs and of training pictures."""
    what = "all models were trained for the same epochs on as many pictures"
    table = read_table(what, text, EVIDENCE)
    for column in ("epochs", "pictures"):
        values = sorted(set(table[column]))
        require(
            len(values) == 1 and values[0] >= 1,
            what,
            expected=f"one number of {column} in the whole table",
            found=", ".join(f"{value:g}" for value in values[:6]),
            hint="EPOCHS or PICTURES was changed between the runs, or rows come from two tables.",
        )
