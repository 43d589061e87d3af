"""Checks of measured evidence that a student pastes as CSV text, and of what is concluded.

Nothing is trained here. Two tables are pasted: the evidence, which is what all models reach on the
training and validation tiles and from which one variant is chosen, and then the test table of
this variant and the baseline. A table is honest if its rows can have come from the measurement
that the exercise shows: comparable, paired, plausible, not copied. Each conclusion is worth the
same; it has to follow from the student's own numbers.

What no check can see: numbers that were invented within these rules, seeds that were picked
because their runs agree with a wish, a look at the test before the choice.
"""

from collections.abc import Collection, Mapping
from io import StringIO
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

from course_utils.checks.report import describe, failure, require
from course_utils.statistics import paired_difference

BASELINE = "plain"
CONCLUSIONS = ("higher", "lower", "cannot be told apart")
# What `print_evidence` and `print_test` print: the parts of the data, and what is counted.
EVIDENCE, TEST = ("train", "validation"), ("test",)
COUNTS = {
    "seed": range(2**32),  # what NumPy takes
    "epochs": range(1, 10**9),
    "tiles": range(10, 4001, 10),  # what photo-tiles has
}
HELD_OUT = 1000  # tiles in the validation and in the test part
LONGEST = 100_000  # characters
PLAUSIBLE = "the numbers are such as the measurement gives"


def _measures(splits: Collection[str]) -> list[str]:
    return [f"{split}_{measure}" for split in splits for measure in ("loss", "accuracy")]


def _table(what: str, text: object, splits: Collection[str]) -> pd.DataFrame:
    """The pasted text as trials, one row a trial, with numbers in all columns but the model's.

    splits: EVIDENCE or TEST.
    """
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
    counts, printed_by = ["seed"], "print_test"
    if splits == EVIDENCE:
        counts, printed_by = list(COUNTS), "print_evidence"
    missing = [name for name in ["model", *counts, *_measures(splits)] if name not in table]
    require(
        not missing and len(table) and table.columns.is_unique,
        what,
        expected=f"the columns and rows that `{printed_by}` prints",
        found=f"no column {', '.join(missing)}" if missing else "no rows, or a column twice",
        hint="the first line was not copied, columns were removed, or it is the other table.",
    )
    measured = table[[*counts, *_measures(splits)]]
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
    found = set(_table(what, text, EVIDENCE)["model"])
    require(
        found == set(models),
        what,
        expected=", ".join(models),
        found=", ".join(sorted(found))[:100],
        hint="a model was left out or renamed, or the table belongs to another part.",
    )


def evidence_is_plausible(text: object) -> None:
    """Seeds, epochs and tiles are whole; accuracies are shares of whole tiles; losses agree."""
    table = _table(PLAUSIBLE, text, EVIDENCE)
    for column, allowed in COUNTS.items():
        _require_counts(column, table[column], allowed)
    _require_measures(table, {"train": table["tiles"], "validation": HELD_OUT})


def test_is_plausible(text: object) -> None:
    """Accuracies are shares of whole test tiles, and the losses agree with them."""
    _require_measures(_table(PLAUSIBLE, text, TEST), {"test": HELD_OUT})


def _require_counts(column: str, values: pd.Series, allowed: range) -> None:
    wrong = [value for value in values if value != int(value) or int(value) not in allowed]
    steps = f" in steps of {allowed.step}, up to {allowed[-1]}" if allowed.step > 1 else ""
    require(
        not wrong,
        PLAUSIBLE,
        expected=f"in the column {column} whole numbers from {allowed.start} on{steps}",
        found=", ".join(f"{value:g}" for value in wrong[:3]),
        hint="numbers were changed by hand: no training runs with such a value.",
    )


def _require_measures(table: pd.DataFrame, tiles: Mapping[str, object]) -> None:
    """tiles: part of the data -> how many tiles it has, perhaps another number in each row.

    A wrong answer has a probability of 1/2 at most, since another class has no less; it costs
    a cross-entropy of ln 2 or more, and a right one costs no less than 0.
    """
    for split, number in tiles.items():
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
            expected=f"each {split}_accuracy the share of a whole number of tiles",
            found="one that is not",
            hint="numbers were changed by hand, rounded, or measured on other tiles.",
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
    """No two rows hold the same measurements, and no model is another one plus a constant."""
    _require_own_runs(text, EVIDENCE)


def test_is_not_copied(text: object) -> None:
    """The same of the test table."""
    _require_own_runs(text, TEST)


def _require_own_runs(text: object, splits: Collection[str]) -> None:
    """Losses are printed with six digits, in which two runs that were really made differ.

    Losses of two models that differ by a constant, up to a jitter of 1e-4 and of a thousandth
    of what the runs vary by, count as copied; for runs that were really made, p < 1e-5. A copy
    with a larger jitter is not seen, nor one of losses that hardly vary.
    """
    what = "each row is a run of its own"
    table = _table(what, text, splits)
    repeated = table.duplicated(_measures(splits), keep=False)
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
    return variation > 1e-3 and spread < min(1e-4, 1e-3 * variation)


def evidence_is_paired(text: object) -> None:
    """Each model was run with the same three or more seeds, each once."""
    what = "all models have the same seeds, three or more, each once"
    table = _table(what, text, EVIDENCE)
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
    """All rows have the same number of epochs and of training tiles."""
    what = "all models were trained for the same epochs on the same tiles"
    table = _table(what, text, EVIDENCE)
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
    _chosen(what, _table(what, text, EVIDENCE), chosen)


def choice_follows_from_validation(text: object, chosen: object) -> None:
    """The chosen variant has the highest mean validation accuracy (a tie allows both)."""
    what = "the variant with the highest mean validation accuracy is chosen"
    table = _table(what, text, EVIDENCE)
    name = _chosen(what, table, chosen)
    means = table[table["model"] != BASELINE].groupby("model")[_measures(EVIDENCE)].mean()
    validation = means["validation_accuracy"]
    require(
        validation[name] > validation.max() - 1e-9,
        what,
        expected=f"a mean validation accuracy of {validation.max():.4f}",
        found=f"{validation[name]:.4f} for {name}",
        hint="the choice was made on the training accuracy."
        if means["train_accuracy"].idxmax() == name
        else "another column, or single runs instead of means, decided.",
    )


def test_is_of_the_chosen(test: object, text: object, chosen: object) -> None:
    """The test table has the baseline and the chosen variant only, with the seeds of the evidence.

    test: the test table as text; text: the evidence as text.
    """
    what = "the test table has the baseline and the chosen variant, with the seeds of the evidence"
    evidence, table = _table(what, text, EVIDENCE), _table(what, test, TEST)
    models = {BASELINE, _chosen(what, evidence, chosen)}
    require(
        set(table["model"]) == models,
        what,
        expected=f"rows of {' and '.join(sorted(models))}, and of no other model",
        found=", ".join(sorted(set(table["model"])))[:100],
        hint="the test is looked at once, for the variant that was chosen before: rows were added "
        "or left out, or the choice was changed.",
    )
    for model in sorted(models):
        found, expected = (
            sorted(rows.loc[rows["model"] == model, "seed"]) for rows in (table, evidence)
        )
        require(
            found == expected,
            what,
            expected=f"for {model} the {len(expected)} seeds of the evidence, each once",
            found=", ".join(f"{seed:g}" for seed in found[:12]),
            hint="rows were left out, or the two tables come from two trainings.",
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


def conclusion_follows_from_test(test: object, chosen: object, conclusion: object) -> None:
    """The conclusion is what the 95 % interval of the paired test differences says.

    test: the test table as text. Differences are chosen variant minus baseline, paired by seed.
    """
    what = "the conclusion follows from the paired 95 % interval of the test accuracies"
    table = _table(what, test, TEST)
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
    if found == CONCLUSIONS[2] and _unpaired_holds_zero(table, name):
        return "the runs were not paired by seed, which makes the interval too wide here."
    if found == CONCLUSIONS[2]:
        return "the two ends of the interval decide: 0 is in it only if their signs differ."
    if (found == "higher") == (effect > 0):
        return "the sign of the mean difference alone decided, whatever its uncertainty."
    return "another column, or other rows, decided."


def _unpaired_holds_zero(table: pd.DataFrame, name: str) -> bool:
    """Whether 0 is in the 95 % t interval of two independent groups of the same size."""
    model, accuracy = table["model"], table["test_accuracy"]
    chosen, plain = accuracy[model == name], accuracy[model == BASELINE]
    factor = stats.t.ppf(0.975, 2 * len(chosen) - 2)
    half = factor * np.sqrt((chosen.var() + plain.var()) / len(chosen))
    return abs(chosen.mean() - plain.mean()) <= half
