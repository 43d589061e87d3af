"""Checks of what follows from tables of trials: the choice on validation, and the conclusion.

The test is looked at once, for what was chosen. Each conclusion is worth the same; it has to follow
from the student's own numbers. Where parts build on each other, `step` is the name of the net that
was chosen in the part before. What no check can see: a look at the test before the choice.
"""

import numpy as np
import pandas as pd
from scipy import stats

from course_checks.property import apart, check, describe, failure, require
from course_checks.tables import EVIDENCE, READING, TEST, measures, named, read_table
from course_utils.statistics import Difference, paired_difference

BASELINE = "plain"
CONCLUSIONS = ("higher", "lower", "cannot be told apart")
CHOICE = {
    "compared": "{name} is what the chosen variant is compared with.",
    "no_variant": "the name is not written as in the table.",
    **READING,
}
TESTED = {
    "other_models": "the test is looked at once, for the variant that was chosen before: rows were "
    "added or left out, or the choice was changed.",
    **READING,
}
FORM = {"no_conclusion": "the conclusion is not written as one of the three."}


def _chosen(table: pd.DataFrame, chosen: object, step: object, likely: str = "") -> str:
    """The chosen variant by its name in the table.

    A check that calls it declares CHOICE, or the `likely` misconception where there is no variant
    of that name.
    """
    compared = (BASELINE, named(step))
    variants = [model for model in table["model"].unique() if model not in compared]
    name = chosen.strip() if isinstance(chosen, str) else None
    require(
        name in variants,
        expected=f"one of {', '.join(variants)}"[:200],
        found=describe(chosen),
        likely=likely or ("compared" if name in compared else "no_variant"),
        name=name,
    )
    return name


@check("the choice is one of the variants in the table", **CHOICE)
def choice_is_valid(text: object, chosen: object, *, step: object = BASELINE) -> None:
    """The chosen variant is in the evidence, and is neither the baseline nor the step before."""
    _chosen(read_table(text, EVIDENCE), chosen, step)


@check(
    "the variant with the highest mean validation accuracy is chosen",
    by_training="the choice was made on the training accuracy.",
    by_another="another column, or single runs instead of means, decided.",
    **CHOICE,
)
def choice_follows_from_validation(
    text: object, chosen: object, *, step: object = BASELINE
) -> None:
    """The chosen variant has the highest mean validation accuracy (a tie allows both)."""
    table = read_table(text, EVIDENCE)
    name = _chosen(table, chosen, step)
    variants = table[~table["model"].isin([BASELINE, named(step)])]
    means = variants.groupby("model")[measures(EVIDENCE)].mean()
    validation = means["validation_accuracy"]
    best, own = validation.max(), validation[name]
    texts = apart(best, own)
    require(
        own > best - 1e-9,
        expected=f"a mean validation accuracy of {texts[0]}",
        found=f"{texts[1]} for {name}",
        likely="by_training" if means["train_accuracy"].idxmax() == name else "by_another",
    )


@check(
    "the test table is of the chosen variant and what it is compared with, on the same seeds",
    other_seeds="rows were left out, or the two tables come from two trainings.",
    **TESTED,
)
def is_of_the_chosen(
    test: object, text: object, chosen: object, *, step: object = BASELINE
) -> None:
    """The test table has the chosen variant and what it is compared with, and the right seeds.

    test: the test table as text; text: the evidence as text, and chosen: the name of the variant,
    as they were before the test was printed, None where there were none.
    """
    require(
        text is not None and chosen is not None,
        expected="evidence and a choice when the cell with `print_test` runs",
        found="none, or the cells were run in another order: run them from the evidence on, one "
        "after the other",
        likely="unwritten",
    )
    evidence, table = read_table(text, EVIDENCE), read_table(test, TEST)
    models = {BASELINE, named(step), _chosen(evidence, chosen, step, "other_models")}
    require(
        set(table["model"]) == models,
        expected=f"rows of {' and '.join(sorted(models))}, and of no other model",
        found=", ".join(sorted(set(table["model"])))[:100],
        likely="other_models",
    )
    for model in sorted(models):
        found, expected = (
            sorted(rows.loc[rows["model"] == model, "seed"]) for rows in (table, evidence)
        )
        require(
            found == expected,
            expected=f"for {model} the {len(expected)} seeds of the evidence, each once",
            found=", ".join(f"{seed:g}" for seed in found[:12]),
            likely="other_seeds",
        )


def _conclusion(conclusion: object) -> str:
    """The conclusion as one of CONCLUSIONS. A check that calls it declares FORM."""
    text = " ".join(conclusion.lower().split()) if isinstance(conclusion, str) else ""
    text = text.rstrip(".")
    require(
        text in CONCLUSIONS,
        expected=f"one of {', '.join(CONCLUSIONS)}",
        found=describe(conclusion),
        likely="no_conclusion",
    )
    return text


@check("the conclusion is one of the three", **FORM)
def conclusion_is_valid(conclusion: object) -> None:
    """One of CONCLUSIONS."""
    _conclusion(conclusion)


@check(
    "the conclusion follows from the paired 95 % interval of the test accuracies",
    unpaired_table="see the test of the seeds.",
    other_comparison="this is what the comparison with plain says; {step} is asked for.",
    reversed="the difference was taken the other way round.",
    unpaired="the runs were not paired by seed, which makes the interval too wide here.",
    one_end="the two ends of the interval decide: 0 is in it only if their signs differ.",
    sign_alone="the sign of the mean difference alone decided, whatever its uncertainty.",
    other_rows="another column, or other rows, decided.",
    **TESTED,
    **FORM,
)
def conclusion_follows(
    test: object, chosen: object, conclusion: object, *, step: object = BASELINE
) -> None:
    """The conclusion is what the 95 % interval of the paired test differences says.

    test: the test table as text. Differences are chosen variant minus step, paired by seed.
    """
    table, step = read_table(test, TEST), named(step)
    name = _chosen(table, chosen, step, "other_models")
    found = _conclusion(conclusion)
    try:
        difference = _difference(table, name, step)
    except ValueError as error:
        raise failure(
            expected=f"rows of {step} and {name} with the same seeds",
            found=str(error)[:200],
            likely="unpaired_table",
        ) from None
    if found != _says(difference):
        raise failure(
            expected=f"what an interval from {difference.low:+.4f} to {difference.high:+.4f} says "
            f"of {name} minus {step} ({difference.seeds} seeds)",
            found=repr(found),
            likely=_likely(table, name, step, found, difference),
            step=step,
        )


def _difference(table: pd.DataFrame, name: str, step: str) -> Difference:
    return paired_difference(table, "test_accuracy", {"model": step}, {"model": name})


def _says(difference: Difference) -> str:
    """That one of CONCLUSIONS that follows."""
    status = difference.status("higher")
    return {"supported": "higher", "refuted": "lower"}.get(status, CONCLUSIONS[2])


def _likely(table: pd.DataFrame, name: str, step: str, found: str, difference: Difference) -> str:
    # Another check has seen to it that the rows of the baseline are there.
    if step != BASELINE and found == _says(_difference(table, name, BASELINE)):
        return "other_comparison"
    if CONCLUSIONS[2] not in (found, _says(difference)):
        return "reversed"
    if found == CONCLUSIONS[2]:
        return "unpaired" if _unpaired_holds_zero(table, name, step) else "one_end"
    return "sign_alone" if (found == "higher") == (difference.effect > 0) else "other_rows"


def _unpaired_holds_zero(table: pd.DataFrame, name: str, step: str) -> bool:
    """Whether 0 is in the 95 % t interval of two independent groups of the same size."""
    model, accuracy = table["model"], table["test_accuracy"]
    chosen, before = accuracy[model == name], accuracy[model == step]
    factor = stats.t.ppf(0.975, 2 * len(chosen) - 2)
    half = factor * np.sqrt((chosen.var() + before.var()) / len(chosen))
    return abs(chosen.mean() - before.mean()) <= half
