"""Checks of the letters that a student chose among statements."""

from collections.abc import Collection

from course_checks.property import check, describe, require

FORM = {
    "no_strings": "the answer is not written as a set of strings.",
    "unknown_letter": "a letter that no statement has.",
}


def _letters(chosen: object, allowed: str) -> set[str]:
    """The chosen letters as a set of capitals, if they are a collection of allowed letters.

    A check that calls it declares FORM.
    """
    is_collection = isinstance(chosen, Collection) and not isinstance(chosen, dict)
    letters = list(chosen) if is_collection else []
    require(
        letters and all(isinstance(letter, str) for letter in letters),
        expected='a set of letters such as {"X", "Y"}, with at least one letter',
        found=describe(chosen),
        likely="no_strings",
    )
    capitals = {letter.strip().upper() for letter in letters}
    require(
        capitals <= set(allowed),
        expected=f"letters out of {', '.join(allowed)}",
        found=", ".join(sorted(capitals - set(allowed)))[:60],
        likely="unknown_letter",
    )
    return capitals


@check("the answer is a set of the letters that are offered", **FORM)
def are_valid(chosen: object, allowed: str) -> None:
    """`chosen` is a set (or list, tuple, string) of at least one of the letters in `allowed`."""
    _letters(chosen, allowed)


@check(
    "every chosen statement holds",
    not_borne_out="a statement sounds right, but what is shown above speaks against it.",
    **FORM,
)
def are_all_true(chosen: object, true: set[str], allowed: str) -> None:
    """No letter is chosen whose statement does not hold."""
    require(
        _letters(chosen, allowed) <= true,
        expected="only statements that hold",
        found="at least one that does not",
        likely="not_borne_out",
    )


@check(
    "every statement that holds is chosen",
    everything="some of the statements contradict what is shown above.",
    passed_over="a statement that is borne out above was passed over.",
    **FORM,
)
def are_complete(chosen: object, true: set[str], allowed: str) -> None:
    """Every letter whose statement holds is chosen, and not simply all letters."""
    letters = _letters(chosen, allowed)
    require(
        letters != set(allowed),
        expected="a choice among the statements",
        found="all of them",
        likely="everything",
    )
    require(
        true <= letters,
        expected="all statements that hold",
        found="at least one is missing",
        likely="passed_over",
    )
