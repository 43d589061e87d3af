"""The four graded exercises as they stand in `solutions`: their cells, points and helpers."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from answers import (
    assert_answers_stand_alone,
    assert_well_formed,
    code_cells,
    kind,
    score,
    stubbed,
    visible,
)
from test_checks_evidence import MODELS, evidence_failing, test_text, text, trials

from course_utils import checks

SOLUTIONS = Path(__file__).parents[1] / "solutions"
VGG = SOLUTIONS / "03_vgg_exercises.py"
PARTS = ("deeper", "dropout", "augmented")
# Points of the tests, and of the tests that the reference answers pass outside grading.
POINTS = {
    "01_mlp_exercises": (34, 30),
    "02_cnn_exercises": (19, 19),
    "03_vgg_exercises": (27, 23),
    "04_transfer_exercises": (29, 25),
}
# Answers that are judged against another one.
NEEDS = {
    "03_vgg_exercises": {f"{part}-test": f"{part}-evidence" for part in PARTS},
    "04_transfer_exercises": {"sweep-test": "sweep-evidence"},
}


@pytest.mark.parametrize("name", POINTS)
def test_cells_are_well_formed(name):
    assert_well_formed(SOLUTIONS / f"{name}.py", points=POINTS[name][0])


@pytest.mark.parametrize("name", POINTS)
def test_reference_gets_all_points(name):
    source = SOLUTIONS / f"{name}.py"
    assert score(source, change=lambda answer: answer) == POINTS[name][1]


@pytest.mark.parametrize("keep", [lambda source: source, visible], ids=["all tests", "visible"])
@pytest.mark.parametrize("name", POINTS)
def test_untouched_exercises_get_none(name, keep):
    assert score(SOLUTIONS / f"{name}.py", change=stubbed, keep=keep) == 0


@pytest.mark.parametrize("name", POINTS)
def test_each_answer_earns_its_own_points(name):
    assert_answers_stand_alone(SOLUTIONS / f"{name}.py", NEEDS.get(name, ()))


# ---------------------------------------------------------------- helpers of the third exercise


@pytest.mark.parametrize("part", PARTS)
def test_the_choice_is_kept_as_it_was(part):
    """In one process, as at validation."""
    names = {"training_is_on": lambda: False}
    keeps = next(c.source for c in code_cells(VGG) if kind(c).get("grade_id") == f"{part}-testing")
    exec(keeps, names)
    assert names[f"{part}_kept"] == (None, None)
    names |= {f"{part}_evidence": "table", f"{part}_chosen": "a"}
    exec(keeps, names)
    names[f"{part}_chosen"] = "b"
    assert names[f"{part}_kept"] == ("table", "a")


@pytest.fixture
def notebook(monkeypatch):
    """The names of the notebook up to the first answer, where training gives invented trials."""
    names = {}
    for cell in code_cells(VGG):
        if kind(cell).get("solution"):
            break
        exec(cell.source, names)
    names["trials"] = SimpleNamespace(run=lambda *_: trials())
    names["datasets"] = SimpleNamespace(load=lambda *_, **__: None)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return names


def test_the_test_numbers_are_printed_for_the_chosen_variant_only(notebook, capsys):
    notebook["print_evidence"](*MODELS)
    evidence = capsys.readouterr().out
    assert evidence_failing(evidence) == set() and "test" not in evidence
    assert list(notebook["mean_accuracies"](evidence).index) == sorted(MODELS)
    notebook["print_test"]("b")
    test = capsys.readouterr().out
    checks.test_is_of_the_chosen(test, evidence, "b")
    checks.conclusion_follows_from_test(test, "b", "lower")
    assert notebook["compare"](test, "b").high < 0
    with pytest.raises(ValueError, match="was not trained"):
        notebook["print_test"]("c")


def test_training_is_off_at_grading_whatever_the_switch_says(notebook, monkeypatch):
    assert not notebook["training_is_on"]()
    notebook["TRAIN"] = True
    assert notebook["training_is_on"]()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert not notebook["training_is_on"]()


def test_reference_tables_are_what_the_notebook_prints():
    """Columns and order are those of `print_evidence` and `print_test`."""
    source = VGG.read_text(encoding="utf-8")
    for table in (text(trials()), test_text(trials())):
        assert source.count(f'"""\n{table.splitlines()[1]}\n') == 3
