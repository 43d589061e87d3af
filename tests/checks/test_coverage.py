"""Items, their checks and their answers in the gallery belong together, and nothing is left out."""

from collections import defaultdict
from functools import cache

import pytest
from conftest import ROOT
from recorded import EXERCISES, checks_of, modules_of, package_of, recording

from course_builder.build import read_exercise
from course_builder.gate import gallery_of
from course_grader.cells import CellKind
from course_grader.gallery import REFERENCE, UNTOUCHED, Answer

pytestmark = pytest.mark.xdist_group("coverage")
NO_MISTAKES = ("unwritten", "missing")  # but nothing at all


@cache
def answers(exercise: str) -> list[Answer]:
    gallery = gallery_of(ROOT, read_exercise(ROOT, exercise))
    return [one for one in gallery if one.name not in (REFERENCE, UNTOUCHED)]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_item_has_a_module_of_checks_and_each_module_an_item(exercise):
    items = [name.replace("-", "_") for name in read_exercise(ROOT, exercise).code_answers]
    assert sorted(modules_of(package_of(exercise))) == sorted(items)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_check_is_called_by_a_test(exercise):
    assert set(checks_of(exercise)) == {call.name for call in recording(exercise).calls}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_item_has_right_answers(exercise):
    right = {one.item for one in answers(exercise) if not one.loses}
    assert right == set(read_exercise(ROOT, exercise).code_answers)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_two_mistakes_or_more_lose_each_test(exercise):
    mistakes = defaultdict(set)
    for answer in answers(exercise):
        for test, told in answer.loses.items():
            mistakes[test] |= {answer.name} if told not in NO_MISTAKES else set()
    cells = read_exercise(ROOT, exercise).cells
    tests = [cell.name for cell in cells if cell.kind is CellKind.TESTS]
    assert [name for name in tests if len(mistakes[name]) < 2] == []


def test_an_answer_shows_each_misconception():
    """In a test that calls the check; of checks that several exercises call, in one of them."""
    declared, shown = {}, defaultdict(set)
    for exercise in EXERCISES:
        told = defaultdict(set)
        for answer in answers(exercise):
            for test, misconception in answer.loses.items():
                told[test].add(misconception)
        for call in recording(exercise).calls:
            declared[call.name] = set(call.check.property.misconceptions)
            shown[call.name] |= told[call.test]
    missing = {name: sorted(declared[name] - shown[name]) for name in declared}
    assert {name: names for name, names in missing.items() if names} == {}
