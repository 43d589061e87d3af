"""Tables of trials that a student pastes as CSV text: how they are read, and if they are honest.

The evidence is what all models reach on the training and validation pictures; the test table is
what the variant that was chosen, and what it is compared with, reach on the test pictures. A table
is honest if its rows are comparable, paired, plausible and not copied. What no check can see:
numbers that were invented within these rules, seeds that were picked because their runs agree with
a wish.
"""

from collections.abc import Collection
from io import StringIO
from itertools import combinations

import numpy as np
import pandas as pd

from course_checks.property import check, describe, failure, require

# What `print_evidence` and `print_test` print: the parts of the data, and what is counted.
EVIDENCE, TEST = ("train", "validation"), ("test",)
COUNTS = ("seed", "epochs", "pictures")
LONGEST = 100_000  # characters
# A check that reads a table declares them.
READING = {
    "no_text": "something other than the printed text was assigned.",
    "unreadable": "the text is empty, or lines were cut in two when it was copied.",
    "column_twice": "the first line was changed, or parts of two tables were joined.",
    "other_columns": "the first line was not copied, columns were removed, or it is the other "
    "table.",
    "cut_line": "a line is incomplete, or was cut in two when it was copied.",
    "no_numbers": "a line is incomplete, or a training run diverged.",
}


def measures(parts: Collection[str]) -> list[str]:
    return [f"{part}_{measure}" for part in parts for measure in ("loss", "accuracy")]


def named(model: object) -> str:
    """The name of a model that others are compared with, perhaps chosen in the part before."""
    require(
        isinstance(model, str),
        expected="the name of the variant that was chosen in the part before",
        found=describe(model),
        likely="unwritten",
    )
    return model.strip()


def read_table(text: object, parts: Collection[str]) -> pd.DataFrame:
    """The pasted text as trials, one row a trial, with numbers in all columns but the model's.

    parts: of the data, EVIDENCE or TEST.
    """
    require(
        isinstance(text, str) and len(text) < LONGEST,
        expected="the printed table between quotation marks, as text",
        found=describe(text),
        likely="no_text",
    )
    try:
        # Only commas: a separator that is guessed could read another table than the one meant.
        table = pd.read_csv(StringIO(text.strip()), skipinitialspace=True)
    except (ValueError, pd.errors.ParserError) as error:
        raise failure(
            expected="comma-separated lines, the first of them with the names of the columns",
            found=type(error).__name__,
            likely="unreadable",
        ) from None  # what pandas says of itself helps nobody
    lines = [line for line in text.splitlines() if line.strip()]
    names = [name.strip() for name in lines[0].split(",")]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    require(
        not twice,
        expected="each column once",
        found=f"the column {', '.join(twice)} twice"[:100],
        likely="column_twice",
    )
    table = table.rename(columns=lambda name: str(name).strip())
    is_test = "test" in parts
    numeric = [*(["seed"] if is_test else COUNTS), *measures(parts)]
    missing = [name for name in ["model", *numeric] if name not in table]
    require(
        not missing and len(table),
        expected=f"the columns and rows that `print_{'test' if is_test else 'evidence'}` prints",
        found=f"no column {', '.join(missing)}" if missing else "no rows",
        likely="other_columns",
    )
    for line in lines:
        require(
            line.count(",") >= len(names) - 1,
            expected=f"{len(names)} cells in each line, separated by commas",
            found=f"the line {line[:60]!r}",
            likely="cut_line",
        )
    require(
        all(dtype.kind in "iuf" for dtype in table[numeric].dtypes)
        and np.isfinite(table[numeric].to_numpy(float)).all(),
        expected="a finite number in each cell but the name of the model",
        found="an empty cell, a NaN or a text",
        likely="no_numbers",
    )
    table["model"] = table["model"].astype(str).str.strip()
    return table


@check(
    "the table has rows for each of the models that are compared",
    other_models="a model was left out or renamed, or the table belongs to another part.",
    **READING,
)
def is_complete(text: object, models: Collection[object]) -> None:
    """The evidence has all columns, a number in each cell, and rows for exactly these models.

    models: their names, one of them perhaps chosen by the student in the part before.
    """
    models = [named(model) for model in models]
    found = set(read_table(text, EVIDENCE)["model"])
    require(
        found == set(models),
        expected=", ".join(models),
        found=", ".join(sorted(found))[:100],
        likely="other_models",
    )


@check(
    "the numbers are such as the measurement gives",
    no_count="numbers were changed by hand: no training runs with such a value.",
    percentages="percentages stand where shares belong.",
    no_share="numbers were changed by hand, rounded, or measured on other pictures.",
    low_loss="numbers were changed by hand: a wrong answer gets half of the probability at most, "
    "and a right one costs no less than 0.",
    **READING,
)
def is_plausible(text: object, **pictures: int) -> None:
    """Seeds, epochs and pictures are whole; accuracies are shares of whole pictures; losses agree.

    pictures: how many there are of each part of the data that the table is about; of `train`, the
    most that a run can draw.
    """
    table = read_table(text, pictures)
    numbers: dict[str, object] = dict(pictures)
    if "train" in pictures:
        # What NumPy takes as a seed, and a picture of each of ten classes or more.
        limits = range(2**32), range(1, 10**9), range(10, pictures["train"] + 1)
        for column, allowed in zip(COUNTS, limits, strict=True):
            _require_counts(column, table[column], allowed)
        numbers["train"] = table["pictures"]
    for part, number in numbers.items():
        _require_measures(part, table[f"{part}_accuracy"], table[f"{part}_loss"], number)


def _require_counts(column: str, values: pd.Series, allowed: range) -> None:
    wrong = [value for value in values if value != int(value) or int(value) not in allowed]
    require(
        not wrong,
        expected=f"in the column {column} whole numbers from {allowed.start} on, at most "
        f"{allowed[-1]}",
        found=", ".join(f"{value:g}" for value in wrong[:3]),
        likely="no_count",
    )


def _require_measures(part: str, shares: pd.Series, losses: pd.Series, number: object) -> None:
    """number: of the pictures of this part, perhaps another one in each row.

    A wrong answer has a probability of 1/2 at most, since another class has no less; it costs
    a cross-entropy of ln 2 or more, and a right one costs no less than 0.
    """
    require(
        ((shares >= 0) & (shares <= 1)).all(),
        expected="accuracies between 0 and 1",
        found=f"values from {shares.min():.4g} to {shares.max():.4g}",
        likely="percentages",
    )
    right = shares * number
    require(
        ((right - right.round()).abs() < 0.01).all(),
        expected=f"each {part}_accuracy the share of a whole number of pictures",
        found="one that is not",
        likely="no_share",
    )
    least = np.log(2) * (1 - shares)
    worst = int((losses - least).to_numpy().argmin())
    require(
        (losses >= np.where(shares < 1, least - 1e-4, 0)).all(),
        expected=f"each {part}_loss at least ln 2 times the share of wrong answers",
        found=f"{losses.iloc[worst]:.4g} at an accuracy of {shares.iloc[worst]:.4g}",
        likely="low_loss",
    )


@check(
    "each row is a run of its own",
    false_fail=4e-7,
    copied="rows were copied, or the seed has no effect.",
    shifted="a constant was added to the rows of another model.",
    **READING,
)
def is_not_copied(text: object, *parts: str) -> None:
    """No two rows hold the same measurements, and no model is another one plus a constant.

    parts: of the data that the table is about. Losses are printed with six digits, in which two
    runs that were really made differ.

    Losses of two models that differ by a constant, up to a jitter of a ten-thousandth of what the
    runs vary by (of 1 at most), count as copied. For three runs that were really made the squared
    spread of the differences is a chi-square with two degrees: with a correlation of 0.9 between
    the models p < 6e-8 for each pair and part of the data, of which there are six. A copy with a
    larger jitter is not seen, nor one of losses that hardly vary.
    """
    table = read_table(text, parts)
    repeated = table.duplicated(measures(parts), keep=False)
    require(
        not repeated.any(),
        expected="other measurements in each row",
        found=f"{int(repeated.sum())} rows that agree in all of them",
        likely="copied",
    )
    for part in parts:
        losses = table.pivot_table(index="seed", columns="model", values=f"{part}_loss")
        for one, other in combinations(losses.columns, 2):
            require(
                not _is_shifted(losses[[one, other]].dropna().to_numpy()),
                expected=f"losses whose difference between {one} and {other} varies with the seed",
                found=f"the same difference in {part}_loss for each seed",
                likely="shifted",
            )


def _is_shifted(losses: np.ndarray) -> bool:
    """Whether one column of (seeds, 2) is the other plus a constant and a jitter."""
    if len(losses) < 3:
        return False
    spread = (losses[:, 0] - losses[:, 1]).std(ddof=1)
    variation = losses.std(axis=0, ddof=1).max()
    return variation > 1e-3 and spread < 1e-4 * min(1, variation)


@check(
    "all models have the same seeds, three or more, each once",
    seed_twice="tables of two runs were joined: the same seed again is no new evidence.",
    few_seeds="two runs say next to nothing about how much runs vary.",
    other_seeds="rows were left out or taken from another run, so differences cannot be paired.",
    **READING,
)
def is_paired(text: object) -> None:
    """Each model of the evidence was run with the same three or more seeds, each once."""
    table = read_table(text, EVIDENCE)
    seeds = [sorted(rows["seed"]) for _, rows in table.groupby("model")]
    require(
        all(len(set(numbers)) == len(numbers) for numbers in seeds),
        expected="one row for each model and seed",
        found="a model with the same seed twice",
        likely="seed_twice",
    )
    fewest = min(len(numbers) for numbers in seeds)
    require(
        fewest >= 3,
        expected="at least 3 seeds for each model",
        found=str(fewest),
        likely="few_seeds",
    )
    require(
        all(numbers == seeds[0] for numbers in seeds),
        expected="the same seeds for each model",
        found="different ones",
        likely="other_seeds",
    )


@check(
    "all models were trained for the same epochs on as many pictures",
    changed="EPOCHS or PICTURES was changed between the runs, or rows come from two tables.",
    **READING,
)
def has_one_budget(text: object) -> None:
    """All rows of the evidence have the same number of epochs and of training pictures."""
    table = read_table(text, EVIDENCE)
    for column in ("epochs", "pictures"):
        values = sorted(set(table[column]))
        require(
            len(values) == 1 and values[0] >= 1,
            expected=f"one number of {column} in the whole table",
            found=", ".join(f"{value:g}" for value in values[:6]),
            likely="changed",
        )
