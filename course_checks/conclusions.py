"""Checks of what is concluded: the choice on validation, the test looked at once, the conclusion.

Each conclusion is worth the same; it has to follow from the student's own numbers. Where parts
build on each other, `step` is the name of the net that was chosen in the part before. What no check
can see: a look at the test before the choice.
"""

import numpy as np
import pandas as pd
from scipy import stats

from course_checks.pasted import BASELINE, EVIDENCE, TEST, measures, named, read_table
from course_checks.report import describe, failure, require
from course_utils.statistics import Difference, paired_difference

CONCLUSIONS = ("higher", "lower", "cannot be told apart")


def _chosen(what: str, table: pd.DataFrame, chosen: object, step: object) -> str:
    """The chosen variant by its name in the table."""
    compared = (BASELINE, named(what, step))
    variants = [model for model in table["model"].unique() if model not in compared]
    name = chosen.strip() if isinstance(chosen, str) else None
    require(
        name in variants,
        what,
        expected=f"one of {', '.join(variants)}"[:200],
        found=describe(chosen),
        hint=f"{name} is what the chosen variant is compared with."
        if name in compared
        else "the name is not written as in the table.",
    )
    return name


def choice_is_valid(text: object, chosen: object, *, step: object = BASELINE) -> None:
    """The chosen variant is in the table, and is neither the baseline nor the step before."""
    what = "the choice is one of the variants in the table"
    _chosen(what, read_table(what, text, EVIDENCE), chosen, step)


def choice_follows_from_validation(
    text: object, chosen: object, *, step: object = BASELINE
) -> None:
    """The chosen variant has the highest mean validation accuracy (a tie allows both)."""
    what = "the variant with the highest mean validation accuracy is chosen"
    table = read_table(what, text, EVIDENCE)
    name = _chosen(what, table, chosen, step)
    variants = table[~table["model"].isin([BASELINE, named(what, step)])]
    means = variants.groupby("model")[measures(EVIDENCE)].mean()
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


def test_is_of_the_chosen(
    test: object, text: object, chosen: object, *, step: object = BASELINE
) -> None:
    """The test table has the chosen variant and what it is compared with, and the right seeds.

    test: the test table as text; text: the evidence as text, and chosen: the name of the variant,
    as they were before the test was printed, None where there were none.
    """
    what = "the test table is of the chosen variant and what it is compared with, on the same seeds"
    require(
        text is not None and chosen is not None,
        what,
        expected="evidence and a choice when the cell with `print_test` runs",
        found="none",
        hint="the evidence and the choice are not written, or the cells were run in another "
        "order: run them from the evidence on, one after the other.",
    )
    evidence, table = read_table(what, text, EVIDENCE), read_table(what, test, TEST)
    models = {BASELINE, named(what, step), _chosen(what, evidence, chosen, step)}
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


def conclusion_follows_from_test(
    test: object, chosen: object, conclusion: object, *, step: object = BASELINE
) -> None:
    """The conclusion is what the 95 % interval of the paired test differences says.

    test: the test table as text. Differences are chosen variant minus step, paired by seed.
    """
    what = "the conclusion follows from the paired 95 % interval of the test accuracies"
    table, step = read_table(what, test, TEST), named(what, step)
    name, found = _chosen(what, table, chosen, step), _conclusion(what, conclusion)
    try:
        difference = _difference(table, name, step)
    except ValueError as error:
        raise failure(
            what,
            expected=f"rows of {step} and {name} with the same seeds",
            found=str(error)[:200],
            hint="see the test of the seeds.",
        ) from None
    require(
        found == _says(difference),
        what,
        expected=f"what an interval from {difference.low:+.4f} to {difference.high:+.4f} says of "
        f"{name} minus {step} ({difference.seeds} seeds)",
        found=repr(found),
        hint=_conclusion_hint(table, name, step, found, difference),
    )


def _difference(table: pd.DataFrame, name: str, step: str) -> Difference:
    return paired_difference(table, "test_accuracy", {"model": step}, {"model": name})


def _says(difference: Difference) -> str:
    """That one of the CONCLUSIONS that follows."""
    status = difference.status("higher")
    return {"supported": "higher", "refuted": "lower"}.get(status, CONCLUSIONS[2])


def _conclusion_hint(
    table: pd.DataFrame, name: str, step: str, found: str, difference: Difference
) -> str:
    # Another check has seen to it that the rows of the baseline are there.
    if step != BASELINE and found == _says(_difference(table, name, BASELINE)):
        return f"this is what the comparison with {BASELINE} says; {step} is asked for."
    if CONCLUSIONS[2] not in (found, _says(difference)):
        return "the difference was taken the other way round."
    if found == CONCLUSIONS[2] and _unpaired_holds_zero(table, name, step):
        return "the runs were not paired by seed, which makes the interval too wide here."
    if found == CONCLUSIONS[2]:
        return "the two ends of the interval decide: 0 is in it only if their signs differ."
    if (found == "higher") == (difference.effect > 0):
        return "the sign of the mean difference alone decided, whatever its uncertainty."
    return "another column, or other rows, decided."


def _unpaired_holds_zero(table: pd.DataFrame, name: str, step: str) -> bool:
    """Whether 0 is in the 95 % t interval of two independent groups of the same size."""
    model, accuracy = table["model"], table["test_accuracy"]
    chosen, before = accuracy[model == name], accuracy[model == step]
    factor = stats.t.ppf(0.975, 2 * len(chosen) - 2)
    half = factor * np.sqrt((chosen.var() + before.var()) / len(chosen))
    return abs(chosen.mean() - before.mean()) <= half
