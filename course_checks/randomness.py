"""Checks of how a forward pass of dropout, written in NumPy, draws its random numbers."""

from collections.abc import Callable

import numpy as np

from course_checks.draws import generator_for
from course_checks.forward import (
    forward_pass,
    inputs_far_from_zero,
    kept_units,
    read_result,
)
from course_checks.report import call, random_states_kept, require


@random_states_kept()
def dropout_drops_the_right_fraction(forward: Callable, *, seed: int = 0) -> None:
    """The fraction of zeros is within 6 standard errors of the rate: p(false fail) < 1e-8.

    The values are laid out along the features, then along the examples, and the better
    one counts: a mask that is shared along one axis is the business of another check.
    """
    what = "the fraction of dropped values is the rate, up to chance"
    size = 60_000
    for rate in (0.1, 0.3, 0.8):
        fractions = []
        for shape in ((1, size), (size, 1)):
            y, _ = forward_pass(what, forward, inputs_far_from_zero(seed, shape), rate, True, seed)
            fractions.append(float(np.mean(y == 0)))
        found = min(fractions, key=lambda fraction: abs(fraction - rate))
        margin = 6 * np.sqrt(rate * (1 - rate) / size)
        require(
            abs(found - rate) < margin,
            what,
            expected=f"{rate:.0%} of the values are zero, give or take {margin:.1%}",
            found=f"{found:.1%}",
            hint="the rate is taken for the probability of keeping."
            if abs(found - (1 - rate)) < margin
            else "nothing is dropped in training, or everything is."
            if found in (0, 1)
            else "the numbers that decide are not uniform between 0 and 1, or the rate is not "
            "the threshold.",
        )


@random_states_kept()
def dropout_draws_every_unit_alone(forward: Callable, *, seed: int = 0) -> None:
    """Each value is dropped by a draw of its own: by example, by feature, and in number.

    The numbers of kept values in rows and in columns must spread as independent
    draws do (variance between 0.5 and 1.6 times the binomial one), and the total
    must differ between calls. p(false fail) < 1e-7 for all of them together: the variances are
    those of 256 numbers each, 5.6 and 6.8 of their standard deviations away from the limits.
    """
    what = "every value is dropped by an independent draw of its own"
    rate, size = 0.4, 256
    x = inputs_far_from_zero(seed, (size, size))
    kept = kept_units(what, forward_pass(what, forward, x, rate, True, seed)[0])
    for axis, shared in [(0, "all examples"), (1, "all features of an example")]:
        require(
            not (np.all(kept, axis=axis) | np.all(~kept, axis=axis)).all(),
            what,
            expected="a draw for each example and each feature",
            found=f"one draw is shared by {shared}",
            hint="the random numbers were drawn for one axis and broadcast along the other.",
        )
    share = kept.mean()  # whether it is the rate is another check's business
    for axis, line in [(1, "rows"), (0, "columns")]:
        spread = np.var(kept.sum(axis=axis), ddof=1) / (size * share * (1 - share))
        require(
            0.5 < spread < 1.6,
            what,
            expected=f"the number kept in the {line} varies as for independent draws",
            found=f"its variance is {spread:.2f} times the one of independent draws",
            hint="a fixed number of units is chosen: the rate is a probability for each unit, "
            "not a share of the units."
            if spread <= 0.5
            else "one draw decides about several units.",
        )
    small = x[:16, :16]
    totals = {
        np.count_nonzero(forward_pass(what, forward, small, rate, True, seed + k)[0])
        for k in range(20)
    }
    require(
        len(totals) > 1,
        what,
        expected="the number of kept values varies from call to call",
        found=f"{totals.pop()} of {small.size} in each of 20 calls",
        hint="a fixed number of units is chosen, or the mask never changes.",
    )


@random_states_kept()
def dropout_draws_again_each_call(forward: Callable, *, seed: int = 0) -> None:
    """Two calls with one generator drop different values; p(false fail) < 1e-100 (10,000 draws)."""
    what = "each call draws a new mask"
    x = inputs_far_from_zero(seed, (200, 50))
    generator = generator_for(seed, 2)
    first, second = (
        kept_units(
            what, read_result(what, call(what, forward, x.copy(), 0.5, True, generator), x)[0]
        )
        for _ in range(2)
    )
    require(
        not np.array_equal(first, second),
        what,
        expected="two calls in a row with the same generator drop different values",
        found="both calls drop the same ones",
        hint="a seed is set inside the function, the mask is stored, or a copy of the generator "
        "draws.",
    )


@random_states_kept()
def dropout_uses_only_the_generator(forward: Callable, *, seed: int = 0) -> None:
    """All randomness comes from `generator`; NumPy's global state is not touched.

    p(false fail) < 1e-100, if generators in different states give the same 10,000 draws.
    """
    what = "all random numbers come from the generator that is given"
    x = inputs_far_from_zero(seed, (200, 50))
    first, again = (
        kept_units(what, forward_pass(what, forward, x, 0.5, True, seed)[0]) for _ in range(2)
    )
    require(
        np.array_equal(first, again),
        what,
        expected="two generators in the same state lead to the same mask",
        found=f"the masks differ in {np.mean(first != again):.1%} of the values",
        hint="the numbers are drawn from np.random or from a generator made inside the function.",
    )
    other = kept_units(what, forward_pass(what, forward, x, 0.5, True, seed + 1)[0])
    require(
        not np.array_equal(first, other),
        what,
        expected="generators in different states lead to different masks",
        found="the same mask from both",
        hint="a seed is set inside the function, so the generator that is given has no effect.",
    )
    np.random.seed(987_654_321)  # a state that the submitted code is not likely to set itself
    before = np.random.get_state()
    forward_pass(what, forward, x, 0.5, True, seed)
    after = np.random.get_state()
    require(
        before[2:] == after[2:] and np.array_equal(before[1], after[1]),
        what,
        expected="NumPy's global random state is the same before and after",
        found="it changed",
        hint="np.random.seed or a function such as np.random.rand is called.",
    )
