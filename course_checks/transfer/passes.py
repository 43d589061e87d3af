"""Checks of the item `passes`: `passes_saved(train, validation, test, epochs, runs)`."""

from collections.abc import Callable, Mapping

from course_checks.property import call, check, number_from, require_equal


@check(
    "the passes saved are those of the old way minus those of the new one",
    not_taken_off="the passes that the new way needs as well are not taken off.",
    no_validation="the validation pictures, which pass through the base in every epoch, too, are "
    "left out.",
    test_each_epoch="the test pictures pass through the base once a run, not once an epoch.",
    one_run="one run is counted; a sweep has several.",
    anew_each_run="the features are thought to be computed anew for each run.",
    other_formula="batches are counted, or another product or sum.",
)
def saved_are_right(passes_saved: Callable, cases: Mapping[tuple[int, ...], int]) -> None:
    """An exact whole number in each case, a tuple of the arguments: what is right there is given.

    A misconception shows as what is right in another case. So that all can be told apart, the
    first case comes with one run as well, without validation pictures, and with the test pictures
    moved to the training ones.
    """
    for numbers, exact in cases.items():
        train, validation, test, epochs, runs = numbers
        of_one_run = cases.get((train, validation, test, epochs, 1), float("nan"))
        without_validation = cases.get((train, 0, test, epochs, runs), float("nan"))
        found = number_from(call(passes_saved, *numbers), name="the result")
        require_equal(
            int(found) if found.is_integer() else found,
            exact,
            case=f"{train} training, {validation} validation and {test} test pictures, {epochs} "
            f"epochs and {runs} runs",
            known={
                "not_taken_off": exact + train + validation + test,
                "no_validation": without_validation - validation,
                "test_each_epoch": cases.get((train + test, validation, 0, epochs, runs)),
                "one_run": of_one_run,
                "anew_each_run": runs * of_one_run,
            },
            otherwise="other_formula",
        )
