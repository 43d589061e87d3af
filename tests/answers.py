"""What the tests of the checks share: how a check fails, useless answers, exercises by points."""

import jupytext
import numpy as np
import pandas as pd

from course_utils import checks


def fails(check, *answer, **options) -> str | None:
    """The message of the failed check, or None if it passes."""
    try:
        check(*answer, **options)
    except checks.CheckFailed as failure:
        message = str(failure)
        for part in ("property does not hold: ", "expected: ", "found: ", "likely: "):
            assert part in message, message
        return message
    return None


def failing(names: list[str], *answer, **options) -> set[str]:
    return {name for name in names if fails(getattr(checks, name), *answer, **options)}


def crashes(*_):
    raise RuntimeError("boom")


def unwritten(*_):
    raise NotImplementedError()


def leaves(*_):
    raise SystemExit


class Hostile:
    """Raises at whatever is asked of it."""

    def __repr__(self):
        raise RuntimeError

    __str__ = __len__ = __iter__ = __eq__ = __bool__ = __float__ = __array__ = __repr__
    __hash__ = None


USELESS = [
    None,
    (),
    (None, None),
    (1.0, 2.0, "x"),
    "text",
    float("nan"),
    10**400,
    np.array([object()]),
    np.zeros((3, 3), complex),
    (np.full((6, 5), np.nan), np.full((6, 5), np.nan)),
    pd.DataFrame({"a": [1]}),
    Hostile(),
    (Hostile(), Hostile()),
    {},
    (np.array([["a"]]), np.array([None])),
]


def fails_on_useless_answers(check, functions=1, **options) -> bool:
    """Whether every useless answer, and every function that returns one, fails in plain words."""
    answers = [lambda *_, value=value, **__: value for value in USELESS]
    answers += [crashes, unwritten, leaves, 3, None, Hostile()]
    return all(fails(check, *[answer] * functions, **options) for answer in answers)


def kind(cell) -> dict:
    """The nbgrader metadata of a cell; empty where it has none."""
    return cell.metadata.get("nbgrader", {})


def code_cells(source):
    """The code cells of an exercise in percent format."""
    return [cell for cell in jupytext.read(source).cells if cell.cell_type == "code"]


def stubbed(source: str) -> str:
    """The cell as a student receives it: each answer replaced, hidden tests kept."""
    lines, inside = [], False
    for line in source.splitlines():
        if "### BEGIN SOLUTION" in line:
            inside = True
            lines.append(line[: len(line) - len(line.lstrip())] + "raise NotImplementedError()")
        elif "### END SOLUTION" in line:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def visible(source: str) -> str:
    """A cell of tests as a student receives it."""
    return source.split("### BEGIN HIDDEN TESTS")[0]


def passed(source, change, keep=lambda source: source) -> dict[str, int]:
    """Run an exercise with `change` made to answer cells and `keep` to test cells.

    Returns the points of each cell of tests that passes, by grade id.
    """
    names, points = {}, {}
    for cell in code_cells(source):
        graded = kind(cell).get("grade", False)
        text = keep(cell.source) if graded else cell.source
        text = change(text) if kind(cell).get("solution") else text
        try:
            exec(text, names)
        except (AssertionError, NameError, NotImplementedError):
            assert graded or kind(cell).get("solution"), text
        else:
            if graded:
                points[kind(cell)["grade_id"]] = kind(cell)["points"]
    return points


def score(source, change, keep=lambda source: source) -> int:
    """The sum of the points that `passed` returns."""
    return sum(passed(source, change, keep).values())


def assert_answers_stand_alone(source, needs=()) -> None:
    """Each reference answer, submitted alone, passes its own tests and no others.

    needs: a dict from an answer to the one that it is judged against, by grade ids; the two
    are then submitted together.
    """
    graded, needs = [cell for cell in code_cells(source) if kind(cell)], dict(needs)
    tests = [kind(cell)["grade_id"] for cell in graded if kind(cell)["grade"]]
    answers = {kind(cell)["grade_id"]: cell.source for cell in graded if kind(cell)["solution"]}
    for name in answers:
        together = {name, needs.get(name, name)}
        kept = {answers[one] for one in together}
        alone = passed(source, lambda text, kept=kept: text if text in kept else stubbed(text))
        own = {one: {test for test in tests if test.startswith(f"{one}-")} for one in together}
        assert own[name], f"no test belongs to {name}"
        assert set(alone) == set().union(*own.values())


def assert_well_formed(source, points: int) -> None:
    """Grade ids are there once, tests are locked and half hidden, the points add up."""
    graded = [kind(cell) for cell in jupytext.read(source).cells if kind(cell)]
    names = [meta["grade_id"] for meta in graded]
    assert len(set(names)) == len(names)
    assert all(meta["locked"] for meta in graded if not meta["solution"])
    assert sum(meta["points"] for meta in graded if meta["grade"]) == points
    for cell in code_cells(source):
        assert ("### BEGIN HIDDEN TESTS" in cell.source) == kind(cell).get("grade", False)
        assert ("### BEGIN SOLUTION" in cell.source) == kind(cell).get("solution", False)
