"""Items, their checks and their answers in the gallery belong together, and nothing is left out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pkgutil import iter_modules

import pytest
from conftest import ROOT
from recorded import EXERCISES, checks_of, name_of, package_of

from course_builder.build import read_exercise
from course_builder.gate import gallery_of
from course_grader.cells import CellKind
from course_grader.gallery import REFERENCE, UNTOUCHED, Answer

CALL = re.compile(r"checks\.(\w+)\.(\w+)\(")  # in a cell of tests
NO_MISTAKES = ("unwritten", "missing")  # but nothing at all


@cache
def answers(exercise: str) -> list[Answer]:
    gallery = gallery_of(ROOT, read_exercise(ROOT, exercise))
    return [one for one in gallery if one.name not in (REFERENCE, UNTOUCHED)]


def called(exercise: str) -> Iterator[tuple[str, Callable]]:
    """The names of cells of tests, with the checks that they call."""
    package = package_of(exercise)
    for cell in read_exercise(ROOT, exercise).cells:
        for module, name in CALL.findall(cell.source) if cell.kind is CellKind.TESTS else ():
            found = getattr(getattr(package, module), name)
            if hasattr(found, "property"):
                yield cell.name, found


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_item_has_a_module_of_checks_and_each_module_an_item(exercise):
    items = [name.replace("-", "_") for name in read_exercise(ROOT, exercise).code_answers]
    modules = [one.name for one in iter_modules(package_of(exercise).__path__)]
    assert sorted(modules) == sorted(items)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_check_is_called_by_a_test(exercise):
    assert set(checks_of(exercise)) == {name_of(check) for _, check in called(exercise)}


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


def test_an_answer_shows_each_hint():
    """In a test that calls the check, or another one with the same hint."""
    declared, shown = {}, set()
    for exercise in EXERCISES:
        told = defaultdict(set)
        for answer in answers(exercise):
            for test, misconception in answer.loses.items():
                told[test].add(misconception)
        for test, check in called(exercise):
            hints = declared[name_of(check)] = check.property.misconceptions
            shown |= {hint for name, hint in hints.items() if name in told[test]}
    missing = {name: set(hints.values()) - shown for name, hints in declared.items()}
    assert {name: hints for name, hints in missing.items() if hints} == {}
