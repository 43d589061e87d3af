"""Answers that are written as their differences from the reference answer."""

import pytest

from course_grader.errors import CourseError
from course_grader.replacements import with_replacements

REFERENCE = """\
def mean(x):
    ### BEGIN SOLUTION
    total = sum(x)

    count = len(x)
    return total / count
    ### END SOLUTION"""
PLAIN = "def mean(x):\n    total = sum(x)\n\n    count = len(x)\n    return total / count\n"
REPLACED = {
    "a part of a line": ("- / count\n+ // count", "/ count", "// count"),
    "a line by two": (
        "-     count = len(x)\n+     n = 1\n+     count = n",
        "count = len(x)",
        "n = 1\n    count = n",
    ),
    "a line is left out": ("-     count = len(x)", "    count = len(x)\n", ""),
    "a part of a line is left out": ("-  / count", " / count", ""),
    "two lines that exchange places": (
        "-     total = sum(x)\n+     count = len(x)\n-     count = len(x)\n+     total = sum(x)",
        "total = sum(x)\n\n    count = len(x)",
        "count = len(x)\n\n    total = sum(x)",
    ),
    "a blank line ends what is left out": (
        "-     total = sum(x)\n\n-     return total / count\n+     return 0",
        "    total = sum(x)\n\n    count = len(x)\n    return total / count",
        "\n    count = len(x)\n    return 0",
    ),
    "a blank line in a piece": (
        "- sum(x)\n-\n-     count\n+ 0\n+\n+     n",
        "sum(x)\n\n    count =",
        "0\n\n    n =",
    ),
    "over the lines of a mark": (
        "- def mean(x):\n-     total\n+ def mean(x):\n+     t",
        "total =",
        "t =",
    ),
}


@pytest.mark.parametrize("case", REPLACED)
def test_pieces_of_the_reference_answer_are_replaced(case):
    lines, old, new = REPLACED[case]
    assert with_replacements(REFERENCE, lines, "a.py") == PLAIN.replace(old, new)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("- count\n+ n", "'count' stands 2 times in the reference answer"),
        ("- total = max(x)\n+ n", "'total = max(x)' stands 0 times"),
        ("- BEGIN SOLUTION\n+ n", "stands 0 times"),
        ("- sum(x)\n+ 0\n- total = sum\n+ n", "'total = sum' stands not behind the one above it"),
        ("+ n", "above '+ n', no `- ` says"),
        ("- sum(x)\n+ 0\n\n+ n", "above '+ n', no `- ` says"),
        ("return 0", "begins with neither"),
        ("", "nothing is replaced"),
    ],
)
def test_what_cannot_be_replaced_is_refused_in_a_sentence(lines, problem):
    with pytest.raises(CourseError) as caught:
        with_replacements(REFERENCE, lines, "a.py, 'n'")
    assert str(caught.value).startswith("a.py, 'n': ") and problem in str(caught.value)
    assert "\n" not in str(caught.value)
