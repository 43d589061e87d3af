"""The exercises as they stand in `solutions`, in one process, as in a notebook of a student's.

Grading them is tested elsewhere: by the gallery of answers, and by nbgrader's own commands.
"""

import re
from types import SimpleNamespace

import pytest
from conftest import ROOT
from nbformat import NotebookNode
from test_evidence import MODELS, require_evidence, test_text, text, trials

from course_builder.build import read_exercise
from course_builder.project import exercise_names
from course_builder.source import read_source
from course_checks import verdicts
from course_grader.cells import CellKind, names_of, with_answers
from course_grader.contract import SHARED
from course_grader.jobs import Job
from course_grader.notebooks import Exercise, grading
from course_grader.visible_tests import as_students_know_it

VGG = "03_vgg_exercises"
PARTS = ("deeper", "dropout", "augmented")
OF_TESTS = re.compile(r"graded by tests, (\d+) points in all")
OF_A_PERSON = re.compile(r"read by a person, (\d+) points")


def code_cells(name: str) -> list[NotebookNode]:
    return [cell for cell in read_source(ROOT, name).cells if cell.cell_type == "code"]


@pytest.fixture(scope="module", params=exercise_names(ROOT))
def exercise(request) -> Exercise:
    return read_exercise(ROOT, request.param)


def test_the_points_are_those_that_the_page_names(exercise):
    first = " ".join(exercise.released.cells[0].source.split())
    of_tests = sum(cell.points for cell in exercise.cells)
    marks = [grading(cell).get("points", 0) for cell in exercise.instructor.cells]
    assert [of_tests] == [int(named) for named in OF_TESTS.findall(first)]
    assert sum(marks) - of_tests == sum(int(named) for named in OF_A_PERSON.findall(first))


def test_answers_and_tests_have_what_students_do_not_see(exercise):
    for cell in exercise.cells:
        assert ("### BEGIN HIDDEN TESTS" in cell.source) == (cell.kind is CellKind.TESTS)
        assert ("### BEGIN SOLUTION" in cell.source) == (cell.kind is CellKind.ANSWER)


def passed(exercise: Exercise, answers: dict[str, str]) -> set[str]:
    """The tests that pass where these answers are given, and the others are untouched."""
    names, found = {}, set()
    token = SHARED.set({})  # models, as in grading
    for cell in with_answers(exercise.cells, exercise.released_texts | answers):
        try:
            exec(cell.source, names)
        except (AssertionError, NameError, NotImplementedError):
            assert cell.kind in (CellKind.TESTS, CellKind.ANSWER), cell.source
        else:
            found |= {cell.name} if cell.kind is CellKind.TESTS else set()
    SHARED.reset(token)
    return found


def test_an_untouched_exercise_passes_no_visible_test(exercise):
    assert passed(as_students_know_it(exercise.name, exercise.released), {}) == set()


def needed_items(exercise: Exercise, item: str) -> set[str]:
    """An item, and the others whose names its answer and its tests use, directly or not."""
    item_of, items, wanted = Job(tuple(exercise.cells)).items(), {item}, set()
    for _ in exercise.cells:  # each step of a chain is a cell of its own
        for cell in exercise.cells:
            named, assigned = names_of(cell.source)
            if cell.kind is CellKind.ANSWER and assigned & wanted:
                items.add(cell.name)
            graded = cell.kind in (CellKind.ANSWER, CellKind.TESTS)
            if item_of[cell.name] in items if graded else assigned & wanted:
                wanted |= named
    return items


def test_each_answer_earns_its_own_points_and_no_others(exercise):
    """Alone, or with those that it is judged against, or builds on."""
    item_of = Job(tuple(exercise.cells)).items()
    tests = [cell.name for cell in exercise.cells if cell.kind is CellKind.TESTS]
    reference = {cell.name: cell.source for cell in exercise.cells}
    for name in exercise.code_answers:
        together = needed_items(exercise, name)
        own = {test for test in tests if item_of[test] in together}
        assert name in {item_of[test] for test in tests}, f"no test belongs to {name}"
        assert passed(exercise, {one: reference[one] for one in together}) == own


# ---------------------------------------------------------------- helpers of the third exercise


@pytest.mark.parametrize("part", PARTS)
def test_the_choice_is_kept_as_it_was(part):
    """In one process, as at validation."""
    names = {"training_is_on": lambda: False}
    keeps = next(
        c.source for c in code_cells(VGG) if grading(c).get("grade_id") == f"{part}-testing"
    )
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
        if grading(cell).get("solution"):
            break
        exec(cell.source, names)
    names["trials"] = SimpleNamespace(run=lambda *_: trials())
    names["datasets"] = SimpleNamespace(load=lambda *_, **__: None)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return names


def test_the_test_numbers_are_printed_for_the_chosen_variant_only(notebook, capsys):
    notebook["print_evidence"](*MODELS)
    evidence = capsys.readouterr().out
    require_evidence(evidence)
    assert "test" not in evidence
    assert list(notebook["mean_accuracies"](evidence).index) == sorted(MODELS)
    notebook["print_test"]("b")
    test = capsys.readouterr().out
    verdicts.is_of_the_chosen(test, evidence, "b")
    verdicts.conclusion_follows(test, "b", "lower")
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
    source = (ROOT / "solutions" / f"{VGG}.py").read_text(encoding="utf-8")
    for table in (text(trials()), test_text(trials())):
        assert source.count(f'"""\n{table.splitlines()[1]}\n') == 3
