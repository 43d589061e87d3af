"""The checks of tables of trials and of what follows from them, called outside grading.

Tables with mistakes, as answers to the exercises, are in `tests/answers`.
"""

import numpy as np
import pandas as pd
import pytest
from failing import USELESS, failing, fails

import course_checks as checks

EVIDENCE = [name for name in checks.__all__ if name.startswith("evidence_")]
OF_THE_TEST = ["test_is_plausible", "test_is_not_copied"]
MODELS = ["plain", "a", "b"]


def trials(seed=0, seeds=(0, 1, 2, 3, 4), effect_a=0.0, effect_b=-0.1, noise=0.004):
    """Invented trials; the effects are those on validation and test accuracy."""
    generator = np.random.default_rng([seed, 20])
    rows = []
    for number in seeds:
        level = generator.normal(0.5, 0.03)
        for model, effect in zip(MODELS, (0.0, effect_a, effect_b), strict=True):
            row = {"model": model, "seed": number, "epochs": 15, "pictures": 500}
            for split, shift in (("train", 0.3), ("validation", effect), ("test", effect)):
                pictures = {"train": 500, "validation": 1000, "test": 2000}[split]
                right = round(pictures * (level + shift + generator.normal(0, noise)))
                row[f"{split}_loss"] = generator.uniform(0.5, 2.0)
                row[f"{split}_accuracy"] = right / pictures
            rows.append(row)
    return pd.DataFrame(rows)


def text(table):
    """As `print_evidence` prints it."""
    kept = table[[name for name in table if not name.startswith("test_")]]
    return "\n" + kept.to_csv(index=False, float_format="%.6f") + "\n"


def test_text(table, chosen="a", step="plain"):
    """As `print_test` prints it."""
    rows = table[table.model.isin(["plain", step, chosen])]
    kept = rows[["model", "seed", "test_loss", "test_accuracy"]]
    return "\n" + kept.to_csv(index=False, float_format="%.6f") + "\n"


test_text.__test__ = False  # it makes a text, and tests nothing


def with_cell(column, value, row=4):
    table = trials()
    table[column] = table[column].astype(object)
    table.loc[row, column] = value
    return text(table)


RIGHT, TEST = text(trials()), test_text(trials())
HIGHER = test_text(trials(effect_a=0.05))
SAME_ROWS = trials().assign(train_loss=0.6, train_accuracy=0.8, validation_loss=1.5)
SAME_ROWS = SAME_ROWS.assign(validation_accuracy=0.5, test_loss=1.5, test_accuracy=0.5)
CASES = {
    "evidence_is_complete": (
        (RIGHT, MODELS),
        (text(trials().query("model != 'b'")), MODELS),
        "a model was left out",
    ),
    "evidence_is_plausible": (
        (RIGHT,),
        (with_cell("validation_loss", "0.05"),),
        "a wrong answer gets half of the probability",
    ),
    "evidence_is_not_copied": ((RIGHT,), (text(SAME_ROWS),), "rows were copied"),
    "evidence_is_paired": ((RIGHT,), (with_cell("seed", 77),), "differences cannot be paired"),
    "evidence_has_one_budget": ((RIGHT,), (with_cell("epochs", 30),), "one number of epochs"),
    "choice_is_valid": ((RIGHT, "a"), (RIGHT, "plain"), "is compared with"),
    "choice_follows_from_validation": ((RIGHT, "a"), (RIGHT, "b"), "another column"),
    "test_is_of_the_chosen": (
        (TEST, RIGHT, " a "),
        (test_text(trials(), "b"), RIGHT, "a"),
        "the choice was changed",
    ),
    "test_is_plausible": (
        (TEST,),
        (test_text(trials().assign(test_accuracy=33.0)),),
        "percentages",
    ),
    "test_is_not_copied": ((TEST,), (test_text(SAME_ROWS),), "rows were copied"),
    "conclusion_is_valid": (("higher",), ("better",), "not written as one of the three"),
    "conclusion_follows_from_test": (
        (HIGHER, "a", " HIGHER. "),
        (HIGHER, "a", "lower"),
        "other way round",
    ),
}

# ---------------------------------------------------------------- properties


def evidence_failing(evidence):
    return {
        name
        for name in EVIDENCE
        if fails(getattr(checks, name), evidence, *([MODELS] if "complete" in name else []))
    }


@pytest.mark.parametrize("seed", range(3))
def test_right_tables_of_any_numbers(seed):
    table = trials(seed, seeds=(3, 9, 100))
    assert evidence_failing(text(table)) == set()
    assert failing(OF_THE_TEST, test_text(table)) == set()
    checks.test_is_of_the_chosen(test_text(table), text(table), "a")


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_each_argument_may_be_useless(value):
    for answer in ((TEST, value, "a"), (TEST, RIGHT, value)):
        assert fails(checks.test_is_of_the_chosen, *answer)
    for name in ("choice_is_valid", "choice_follows_from_validation"):
        assert fails(getattr(checks, name), RIGHT, value)
    for answer in ((TEST, value, "higher"), (TEST, "a", value)):
        assert fails(checks.conclusion_follows_from_test, *answer)


def test_losses_of_any_net_are_plausible():
    """Cross-entropy and accuracy of invented logits, with ties, at any scale."""
    generator = np.random.default_rng(22)
    labels = np.arange(2000) % 10
    table = trials()
    for row in table.index:
        logits = generator.integers(-2, 3, size=(2000, 10)) * 10.0 ** generator.integers(-3, 3)
        logits -= logits.max(axis=1, keepdims=True)
        chances = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(2000), labels]
        table.loc[row, "test_loss"] = chances.mean()
        table.loc[row, "test_accuracy"] = np.mean(logits.argmax(axis=1) == labels)
    checks.test_is_plausible(test_text(table))


def with_losses(loss_of):
    """All losses computed from the accuracies of their rows, with a bit of noise."""
    table, generator = trials(), np.random.default_rng(21)
    for split in ("train", "validation", "test"):
        noise = generator.uniform(0, 1e-5, len(table))
        table[f"{split}_loss"] = loss_of(table[f"{split}_accuracy"]) + noise
    return table


@pytest.mark.parametrize(
    "table",
    [
        with_losses(lambda accuracy: np.log(2) * (1 - accuracy)),  # wrong in ties of two classes
        with_losses(lambda accuracy: np.log(10)),  # nothing was learnt
    ],
)
def test_losses_at_the_bounds_are_plausible(table):
    assert evidence_failing(text(table)) == set()
    assert failing(OF_THE_TEST, test_text(table)) == set()


def test_evidence_on_more_pictures_than_there_are():
    evidence = text(trials().assign(pictures=400, train_accuracy=0.5))
    checks.evidence_is_plausible(evidence, most_pictures=400)
    message = fails(checks.evidence_is_plausible, evidence, most_pictures=399)
    assert "from 10 on, at most 399" in message


def test_parts_of_another_size():
    table = trials().assign(validation_accuracy=0.5, test_accuracy=0.5)
    table["validation_accuracy"], table["test_accuracy"] = 1 / 350, 349 / 350
    table["validation_loss"] = table["test_loss"] = 3.0
    checks.evidence_is_plausible(text(table), validation=350)
    checks.test_is_plausible(test_text(table), test=350)
    assert "whole number of pictures" in fails(checks.evidence_is_plausible, text(table))
    assert "whole number of pictures" in fails(checks.test_is_plausible, test_text(table))


def test_a_part_without_the_step_before_it():
    """As where the part before has no answer."""
    for name, answer in {
        "evidence_is_complete": (RIGHT, [*MODELS, None]),
        "choice_is_valid": (RIGHT, "a"),
        "choice_follows_from_validation": (RIGHT, "a"),
        "test_is_of_the_chosen": (TEST, RIGHT, "a"),
        "conclusion_follows_from_test": (HIGHER, "a", "higher"),
    }.items():
        step = {} if name == "evidence_is_complete" else {"step": None}
        assert "chosen in the part before" in fails(getattr(checks, name), *answer, **step)


def test_ties_allow_both_choices():
    table = trials()
    means = table[table.model == "a"]["validation_accuracy"].to_numpy()
    table.loc[table.model == "b", "validation_accuracy"] = means[::-1]
    for chosen in "ab":
        checks.choice_follows_from_validation(text(table), chosen)


def test_the_net_of_the_step_before_is_no_variant():
    """It stands in both tables, and the chosen variant is compared with it."""
    table = trials(effect_a=0.05, effect_b=0.1)
    assert fails(checks.choice_follows_from_validation, text(table), "a")
    checks.choice_follows_from_validation(text(table), "a", step=" b ")
    assert "is compared with" in fails(checks.choice_is_valid, text(table), "b", step="b")
    test = test_text(table, "a", "b")
    checks.test_is_of_the_chosen(test, text(table), "a", step="b")
    assert fails(checks.test_is_of_the_chosen, test, text(table), "a")
    checks.conclusion_follows_from_test(test, "a", "lower", step="b")
    checks.conclusion_follows_from_test(test, "a", "higher")
    message = fails(checks.conclusion_follows_from_test, test, "a", "higher", step="b")
    assert "the comparison with plain" in message


def test_a_test_table_without_a_choice_before_it():
    """As where the locked cell that keeps evidence and choice ran before there were any."""
    message = fails(checks.test_is_of_the_chosen, TEST, None, None)
    assert "run them from the evidence on" in message


RIGHT_CONCLUSION = {0.05: "higher", -0.05: "lower", 0.0: "cannot be told apart"}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("effect", "right"), RIGHT_CONCLUSION.items())
def test_one_conclusion_of_three_is_right(effect, right, seed):
    table = trials(seed, effect_a=effect)
    if not effect:  # differences that are balanced around 0, whatever the seed
        plain = table[table.model == "plain"]["test_accuracy"].to_numpy()
        balanced = plain + np.array([0.01, -0.01, 0.0, 0.004, -0.004])
        table.loc[table.model == "a", "test_accuracy"] = balanced
    for said in RIGHT_CONCLUSION.values():
        message = fails(checks.conclusion_follows_from_test, test_text(table), "a", said)
        assert bool(message) == (said != right)


def test_unpaired_rows_bear_no_conclusion():
    unpaired = test_text(trials().drop(index=4))
    message = fails(checks.conclusion_follows_from_test, unpaired, "a", "higher")
    assert "same seeds" in message
