"""Properties of the checks of tables, and of what follows from them, for tables of any numbers.

Tables with mistakes, as answers to the exercises, are in `tests/answers`.
"""

import numpy as np
import pandas as pd
import pytest
from failing import fails, misconception_of

from course_checks import tables, verdicts

EVIDENCE, TEST = {"train": 3000, "validation": 1000}, {"test": 2000}
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


RIGHT, RIGHT_TEST = text(trials()), test_text(trials())
HIGHER = test_text(trials(effect_a=0.05))

# ---------------------------------------------------------------- properties


def require_evidence(evidence):
    """Each check of such a table passes."""
    tables.is_complete(evidence, MODELS)
    tables.is_plausible(evidence, **EVIDENCE)
    tables.is_not_copied(evidence, *EVIDENCE)
    tables.is_paired(evidence)
    tables.has_one_budget(evidence)


def require_test(test):
    tables.is_plausible(test, **TEST)
    tables.is_not_copied(test, *TEST)


@pytest.mark.parametrize("seed", range(3))
def test_right_tables_of_any_numbers(seed):
    table = trials(seed, seeds=(3, 9, 100))
    require_evidence(text(table))
    require_test(test_text(table))
    verdicts.is_of_the_chosen(test_text(table), text(table), "a")


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
    tables.is_plausible(test_text(table), **TEST)


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
    require_evidence(text(table))
    require_test(test_text(table))


def test_evidence_on_more_pictures_than_there_are():
    evidence = text(trials().assign(pictures=400, train_accuracy=0.5))
    tables.is_plausible(evidence, **EVIDENCE | {"train": 400})
    message = fails(tables.is_plausible, evidence, **EVIDENCE | {"train": 399})
    assert "from 10 on, at most 399" in message


def test_a_part_without_the_step_before_it():
    """As where the part before has no answer."""
    found = [
        misconception_of(tables.is_complete, RIGHT, [*MODELS, None]),
        misconception_of(verdicts.choice_is_valid, RIGHT, "a", step=None),
        misconception_of(verdicts.choice_follows_from_validation, RIGHT, "a", step=None),
        misconception_of(verdicts.is_of_the_chosen, RIGHT_TEST, RIGHT, "a", step=None),
        misconception_of(verdicts.conclusion_follows, HIGHER, "a", "higher", step=None),
        # The locked cell that keeps evidence and choice ran before there were any.
        misconception_of(verdicts.is_of_the_chosen, RIGHT_TEST, None, None),
    ]
    assert found == ["unwritten"] * 6


def test_ties_allow_both_choices():
    table = trials()
    means = table[table.model == "a"]["validation_accuracy"].to_numpy()
    table.loc[table.model == "b", "validation_accuracy"] = means[::-1]
    for chosen in "ab":
        verdicts.choice_follows_from_validation(text(table), chosen)


def test_the_net_of_the_step_before_is_no_variant():
    """It stands in both tables, and the chosen variant is compared with it."""
    table = trials(effect_a=0.05, effect_b=0.1)
    assert fails(verdicts.choice_follows_from_validation, text(table), "a")
    verdicts.choice_follows_from_validation(text(table), "a", step=" b ")
    assert misconception_of(verdicts.choice_is_valid, text(table), "b", step="b") == "compared"
    test = test_text(table, "a", "b")
    verdicts.is_of_the_chosen(test, text(table), "a", step="b")
    assert fails(verdicts.is_of_the_chosen, test, text(table), "a")
    verdicts.conclusion_follows(test, "a", "lower", step="b")
    verdicts.conclusion_follows(test, "a", "higher")
    likely = misconception_of(verdicts.conclusion_follows, test, "a", "higher", step="b")
    assert likely == "other_comparison"


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
        message = fails(verdicts.conclusion_follows, test_text(table), "a", said)
        assert bool(message) == (said != right)


def test_unpaired_rows_bear_no_conclusion():
    unpaired = test_text(trials().drop(index=4))
    likely = misconception_of(verdicts.conclusion_follows, unpaired, "a", "higher")
    assert likely == "unpaired_table"
