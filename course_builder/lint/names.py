"""Names and rates in the prose exist in the code."""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from course_builder import cli
from course_builder.lint.pages import Course, Finding, Page
from course_grader.cells import CellKind
from course_grader.imports import is_own, packages_of, place_of

FOR_NOTEBOOKS, FOR_TESTS = "course_utils", "course_checks"
WORD = re.compile(r"[A-Za-z_]\w+")  # single letters are mathematics
NUMBERS = r"\d*\.?\d+(?:(?:,? and| or|,)(?: of)? \d*\.?\d+)*"
RATES = re.compile(rf"(?:\brates?(?: of|:)? |\bdropout of |\brate=|\bDropout\()({NUMBERS})", re.I)


def names_exist(course: Course) -> Iterator[Finding]:
    """Code in the prose has no name that the code of the course does not have."""
    for page in course.texts():
        known = _names_elsewhere().union(
            *(_names(each) for each in _sources(course, page)), *map(_names_in, _test_code(page))
        )
        for block in page.blocks():
            for code in block.code:
                for name in WORD.findall(code):
                    if name not in known:
                        sentence = f"{name!r} in `{code}` is no name of the page's code."
                        yield page.finding(block.line, "names", sentence)


def imports_keep_to_the_borders(page: Page) -> Iterator[Finding]:
    """Of the course, a page imports what notebooks import; what only tests call is kept apart."""
    for cell in page.cells:
        if cell.is_markdown:
            continue
        named = packages_of([ast.unparse(cell.syntax())])
        own = {one for one in named if is_own(one) and place_of(one)}
        for package in sorted(own - {FOR_NOTEBOOKS}):
            if page.is_lesson:
                sentence = f"a lesson imports {FOR_NOTEBOOKS} only, not {package}."
            elif package != FOR_TESTS:
                sentence = f"exercises import {FOR_NOTEBOOKS} and {FOR_TESTS}, not {package}."
            elif not cell.is_tests_only or own != {package}:
                sentence = (
                    f"{package} is imported in a cell of its own, tagged {CellKind.TESTS_ONLY}: "
                    "submissions must not see it."
                )
            else:
                continue
            yield page.finding(cell.line, "imports", sentence)


def rates_exist(course: Course) -> Iterator[Finding]:
    """A rate that the prose names is a number in the code of the page or of its lesson."""
    for page in course.texts():
        known = {
            float(node.value)
            for each in _sources(course, page)
            for _, node in each.code()
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
        }
        for block in page.blocks():
            for match in RATES.finditer(block.markdown):
                for number in re.findall(r"\d*\.?\d+", match[1]):
                    if float(number) not in known:
                        sentence = f"the rate {number} is in no code of the page."
                        yield page.finding(block.line, "rates", sentence)


def _sources(course: Course, page: Page) -> list[Page]:
    lesson = course.lesson_of(page)
    return [page, lesson] if lesson and lesson is not page else [page]


def _code(page: Page) -> list[str]:
    return [ast.unparse(cell.syntax()) for cell in page.cells if not cell.is_markdown]


def _names(page: Page) -> set[str]:
    """The names and the words in strings of the code; comments are no code."""
    return set(WORD.findall("\n".join(_code(page))))


def _test_code(page: Page) -> list[Path]:
    """The packages that hold what the tests of an exercise call; lessons have none."""
    packages = {one for one in packages_of(_code(page)) if is_own(one)} - {FOR_NOTEBOOKS}
    return [place for one in packages if (place := place_of(one))]


@cache
def _names_elsewhere() -> set[str]:
    """Python's own, and those of the command `course`."""
    return {*_names_in(Path(cli.__file__)), *dir(builtins), *keyword.kwlist}


@cache
def _names_in(place: Path) -> set[str]:
    """The words of a module, or of all modules in a folder; comments do not count."""
    files = place.rglob("*.py") if place.is_dir() else [place]
    texts = [ast.unparse(ast.parse(path.read_text(encoding="utf-8"))) for path in files]
    return set(WORD.findall("\n".join(texts)))
