"""Checks of the exercise on the passes of a base that kept features save."""

from collections import Counter
from collections.abc import Callable, Iterator

from course_checks.draws import generator_for
from course_checks.report import call, number_from, random_states_kept, require

PASSES = "the passes saved are those of the old way minus those of the new one"


def _passes_of_old_way(epochs: int, runs: int) -> Iterator[str]:
    """The parts of the data in the order in which they pass through the base."""
    for _ in range(runs):
        for _ in range(epochs):
            yield "train"
            yield "validation"
        yield "test"


@random_states_kept()
def passes_saved_are_right(passes_saved: Callable, *, seed: int = 0) -> None:
    """`passes_saved(train, validation, test, epochs, runs)`, an exact whole number.

    The old way: each run passes training and validation pictures through the base in every
    epoch, and the test pictures once. The new way: each picture once.
    """
    generator = generator_for(seed, 24)
    drawn = [int(generator.integers(low, 20 * low)) for low in (500, 100, 50, 3, 2)]
    for numbers in ([1000, 200, 300, 30, 4], drawn, [100, 10, 5, 1, 3], [1, 1, 1, 1, 1]):
        train, validation, test, epochs, runs = numbers
        counts = Counter(_passes_of_old_way(epochs, runs))
        pictures = {"train": train, "validation": validation, "test": test}
        old = sum(number * counts[part] for part, number in pictures.items())
        exact = old - sum(pictures.values())
        found = number_from(PASSES, call(PASSES, passes_saved, *numbers), name="the result")
        known = {
            "the passes that the new way needs as well are not taken off.": old,
            "the validation pictures, which pass through the base in every epoch, too, are left "
            "out.": exact - runs * epochs * validation,
            "the test pictures pass through the base once a run, not once an epoch.": exact
            + runs * (epochs - 1) * test,
            "one run is counted; a sweep has several.": exact - (runs - 1) * (old // runs),
            "the features are thought to be computed anew for each run.": old
            - runs * (train + validation + test),
        }
        matching = [hint for hint, value in known.items() if value == found]
        require(
            found == exact,
            PASSES,
            expected=f"{exact} for {train} training, {validation} validation and {test} test "
            f"pictures, {epochs} epochs and {runs} runs",
            found=f"{found:.10g}",
            hint=next(iter(matching), "batches are counted, or another product or sum."),
        )
