"""Checks of measured evidence that a student pastes as CSV text, and of what is concluded.

Nothing is trained here. A table is honest if its rows can have come from the measurement that
the exercise shows: comparable, paired, plausible, not copied. Each conclusion is worth the
same; it has to follow from the student's own numbers.
"""

from collections.abc import Collection
from io import StringIO

import numpy as np
import pandas as pd

from course_utils.checks.report import describe, failure, require
from course_utils.statistics import paired_difference

BASELINE = "plain"
CONCLUSIONS = ("higher", "lower", "cannot be told apart")
SPLITS = ("train", "validation", "test")
ACCURACIES = [f"{split}_accuracy" for split in SPLITS]
LOSSES = [f"{split}_loss" for split in SPLITS]
COUNTS = ["seed", "epochs", "tiles"]
HELD_OUT = 1000  # tiles in the validation and in the test part
LONGEST = 100_000  # characters


def _table(what: str, text: object) -> pd.DataFrame:
    """The pasted text as trials, one row a trial, with numbers in all measured columns."""
    require(
        isinstance(text, str) and len(text) < LONGEST,
        what,
        expected="the printed table between quotation marks, as text",
        found=describe(text),
        hint="something other than the printed text was assigned.",
    )
    try:
        # Only commas: a separator that is guessed could read another table than the one meant.
        table = pd.read_csv(StringIO(text.strip()), skipinitialspace=True)
    except (ValueError, pd.errors.ParserError) as error:
        raise failure(
            what,
            expected="comma-separated lines, the first of them with the names of the columns",
            found=type(error).__name__,
            hint="the text is empty, or lines were cut in two when it was copied.",
        ) from error
    table = table.rename(columns=lambda name: str(name).strip())
    missing = [name for name in ["model", *COUNTS, *ACCURACIES, *LOSSES] if name not in table]
    require(
        not missing and len(table),
        what,
        expected="the columns and rows that `print_evidence` prints",
        found=f"no column {', '.join(missing)}" if missing else "no rows",
        hint="the first line was not copied, or columns were removed.",
    )
    measured = table[[*COUNTS, *ACCURACIES, *LOSSES]]
    numeric = all(dtype.kind in "iuf" for dtype in measured.dtypes)
    require(
        numeric and np.isfinite(measured.to_numpy(float)).all(),
        what,
        expected="a finite number in each cell but the name of the model",
        found="an empty cell, a NaN or a text",
        hint="a line is incomplete, or a training run diverged.",
    )
    table["model"] = table["model"].astype(str).str.strip()
    return table


def evidence_is_complete(text: object, models: Collection[str]) -> None:
    """The table has all columns, a number in each cell, and rows for exactly these models."""
    what = "the table has rows for each of the models that are compared"
    found = set(_table(what, text)["model"])
    require(
        found == set(models),
        what,
        expected=", ".join(models),
        found=", ".join(sorted(found))[:100],
        hint="a model was left out or renamed, or the table belongs to another part.",
    )


def evidence_is_plausible(text: object) -> None:
    """Accuracies are shares, of whole numbers of tiles where the tiles are counted; losses > 0."""
    what = "the numbers are such as the measurement gives"
    table = _table(what, text)
    shares = table[ACCURACIES].to_numpy()
    require(
        ((shares >= 0) & (shares <= 1)).all(),
        what,
        expected="accuracies between 0 and 1",
        found=f"values from {shares.min():.4g} to {shares.max():.4g}",
        hint="percentages stand where shares belong.",
    )
    for column in ACCURACIES[1:]:
        counts = table[column].to_numpy() * HELD_OUT
        require(
            np.allclose(counts, np.round(counts), atol=0.01),
            what,
            expected=f"each {column} a whole number of {HELD_OUT} tiles",
            found="one that is not",
            hint="numbers were changed by hand, or measured on other tiles.",
        )
    require(
        (table[LOSSES].to_numpy() >= 0).all(),
        what,
        expected="losses that are not negative",
        found="a negative loss",
        hint="numbers were changed by hand: a cross-entropy is never below 0.",
    )


def evidence_is_not_copied(text: object) -> None:
    """No two rows hold the same measurements, and no model is another one plus a constant.

    Losses are printed with six digits; two runs that were really made do not agree in all of
    them.
    """
    what = "each row is a run of its own"
    table = _table(what, text)
    measures = [*ACCURACIES, *LOSSES]
    repeated = table.duplicated(measures, keep=False)
    require(
        not repeated.any(),
        what,
        expected="other measurements in each row",
        found=f"{int(repeated.sum())} rows that agree in all of them",
        hint="rows were copied, or the seed has no effect.",
    )
    losses = table.pivot_table(index="seed", columns="model", values="test_loss")
    for model in losses.columns.drop(BASELINE, errors="ignore"):
        if BASELINE in losses and losses[model].count() >= 3:
            spread = (losses[model] - losses[BASELINE]).std()
            require(
                not spread < 1e-9,
                what,
                expected=f"differences between {model} and {BASELINE} that vary with the seed",
                found="the same difference for each seed",
                hint="a constant was added to the rows of another model.",
            )


def evidence_is_paired(text: object) -> None:
    """Each model was run with the same three or more seeds, each once."""
    what = "all models have the same seeds, three or more, each once"
    table = _table(what, text)
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
    """All rows have the same number of epochs and of training tiles, and more than one model."""
    what = "all models were trained for the same epochs on the same tiles"
    table = _table(what, text)
    for column in ("epochs", "tiles"):
        values = sorted(set(table[column]))
        require(
            len(values) == 1 and values[0] >= 1,
            what,
            expected=f"one number of {column} in the whole table",
            found=", ".join(f"{value:g}" for value in values[:6]),
            hint="EPOCHS or TILES was changed between the runs, or rows come from two tables.",
        )


def _chosen(what: str, table: pd.DataFrame, chosen: object) -> str:
    """The chosen variant by its name in the table."""
    variants = [model for model in table["model"].unique() if model != BASELINE]
    name = chosen.strip() if isinstance(chosen, str) else None
    require(
        name in variants,
        what,
        expected=f"one of {', '.join(variants)}"[:200],
        found=describe(chosen),
        hint=f"{BASELINE} is what the chosen variant is compared with."
        if name == BASELINE
        else "the name is not written as in the table.",
    )
    return name


def choice_is_valid(text: object, chosen: object) -> None:
    """The chosen variant is in the table and is not the baseline."""
    what = "the choice is one of the variants in the table"
    _chosen(what, _table(what, text), chosen)


def choice_follows_from_validation(text: object, chosen: object) -> None:
    """The chosen variant has the highest mean validation accuracy (a tie allows both)."""
    what = "the variant with the highest mean validation accuracy is chosen"
    table = _table(what, text)
    name = _chosen(what, table, chosen)
    means = table[table["model"] != BASELINE].groupby("model")[ACCURACIES].mean()
    validation = means["validation_accuracy"]
    require(
        validation[name] > validation.max() - 1e-9,
        what,
        expected=f"a mean validation accuracy of {validation.max():.4f}",
        found=f"{validation[name]:.4f} for {name}",
        hint="the choice was made on the test accuracy, which then flatters the chosen variant."
        if means["test_accuracy"].idxmax() == name
        else "the choice was made on the training accuracy."
        if means["train_accuracy"].idxmax() == name
        else "another column, or single runs instead of means, decided.",
    )


def _conclusion(what: str, conclusion: object) -> str:
    text = " ".join(conclusion.lower().split()) if isinstance(conclusion, str) else ""
    text = text.rstrip(".")
    require(
        text in CONCLUSIONS,
        what,
        expected=f"one of {', '.join(CONCLUSIONS)}",
        found=describe(conclusion),
        hint="the conclusion is not written as one of the three.",
    )
    return text


def conclusion_is_valid(conclusion: object) -> None:
    """One of the three CONCLUSIONS."""
    _conclusion("the conclusion is one of the three", conclusion)


def conclusion_follows_from_test(text: object, chosen: object, conclusion: object) -> None:
    """The conclusion is what the 95 % interval of the paired test differences says.

    Differences are chosen variant minus baseline, paired by seed.
    """
    what = "the conclusion follows from the paired 95 % interval of the test accuracies"
    table = _table(what, text)
    name, found = _chosen(what, table, chosen), _conclusion(what, conclusion)
    try:
        difference = paired_difference(table, "test_accuracy", {"model": BASELINE}, {"model": name})
    except ValueError as error:
        raise failure(
            what,
            expected=f"rows of {BASELINE} and {name} with the same seeds",
            found=str(error)[:200],
            hint="see the test of the seeds.",
        ) from error
    right = {"supported": "higher", "refuted": "lower"}.get(
        difference.status("higher"), CONCLUSIONS[2]
    )
    require(
        found == right,
        what,
        expected=f"what an interval from {difference.low:+.4f} to {difference.high:+.4f} says of "
        f"{name} minus {BASELINE} ({difference.seeds} seeds)",
        found=repr(found),
        hint=_conclusion_hint(table, name, found, right, difference.effect),
    )


def _conclusion_hint(table: pd.DataFrame, name: str, found: str, right: str, effect: float) -> str:
    if CONCLUSIONS[2] not in (found, right):
        return "the difference was taken the other way round."
    if found == CONCLUSIONS[2]:
        return "the runs were not paired by seed, which makes the interval too wide."
    if (found == "higher") == (effect > 0):
        return "the sign of the mean difference alone decided, whatever its uncertainty."
    return "another column, or other rows, decided."
