"""Checks of dropout in VGG-style nets: where it acts, when, and at which rates."""

from collections.abc import Callable, Sequence

import numpy as np

from course_checks.masks import (
    ALWAYS_ON,
    clearly_positive,
    drop_alike,
    dropped,
    independent_draws,
    place_hint,
    rate_hint,
    require_draws_for_each_example,
    require_draws_within_an_example,
)
from course_checks.nets import (
    KINDS,
    Step,
    build_net,
    net_steps,
    random_pictures,
    require_same,
    steps_at_inference,
    steps_in_training,
)
from course_checks.report import random_states_kept, require
from course_checks.watching import is_same, works_without_training

Rates = tuple[float, ...]  # one a block
# Name -> (values before it, values that were passed on).
Places = dict[str, tuple[np.ndarray, np.ndarray]]


def _places(x: np.ndarray | None, first: np.ndarray, steps: Sequence[Step]) -> Places:
    """Where dropout may act. x: None where the input is not looked at."""
    counts, places = dict.fromkeys(KINDS, 0), {} if x is None else {"the input": (x, first)}
    for step in steps:
        kind = step.layer.kind
        counts[kind] += 1
        places[f"{kind} {counts[kind]}"] = (step.result, step.passed_on)
    return places


def _dropping(places: Places) -> list[str]:
    """The names of the places where values are dropped."""
    return [name for name, pair in places.items() if dropped(*pair).any()]


@random_states_kept()
def net_drops_behind_each_pooling(
    build: Callable, *further: object, rates: Rates = (0.5, 0.4, 0.3, 0.2), seed: int = 0
) -> None:
    """`build(rates)` drops behind each pooling in training, nowhere else, and never at inference.

    further: arguments of `build` behind the rates, for layers in front of the first convolution
    that are another check's business, and so is what they make of the pictures.

    Elsewhere, no noise or normalisation acts in training either, where inference does as the
    plain net. Each pass and each example has draws of its own. With rates from 0.1 to 0.7 a right
    answer fails with p < 1e-11, and with these with p < 1e-50, where whole maps are dropped as
    well: there are 256 draws or more at each place, and a check fails only if none of them drops,
    if all of them come out the same in two passes, or for all examples of each map.
    """
    what = "dropout acts behind each pooling, nowhere else, and in training only"
    model = build_net(what, build, rates, *further)

    def watched(x: np.ndarray, first: np.ndarray, steps: Sequence[Step]) -> Places:
        return _places(None if further else x, first, steps)

    places, again = (watched(*steps_in_training(what, model, seed, k)) for k in (0, 1))
    quiet = watched(*steps_at_inference(what, model, seed))
    found = _dropping(places)
    expected = [f"MaxPooling2D {k}" for k in range(1, len(rates) + 1)]
    for name in (name for name in expected if name in found):
        require_draws_for_each_example(what, *places[name])
    require(
        found == expected,
        what,
        expected="values dropped behind " + " and ".join(expected),
        found="behind " + " and ".join(found) if found else "at no place at all",
        hint=place_hint(
            found,
            "Dense 2",
            {
                "the input": "dropout in front of the first convolution drops pixels.",
                "Conv2D": "dropout stands between the convolutions and the pooling, not behind "
                "the pooling.",
                "Dense 1": "the exercise leaves the hidden Dense layer without dropout.",
            },
            f"{len(expected)} blocks need {len(expected)} dropout layers.",
        ),
    )
    for name, (before, after) in places.items():
        # What another activation, or no activation, makes of them is another check's business.
        if name not in expected and is_same(*quiet[name]):
            require_same(what, f"{name} passes its values on", after, before)
    _require_nothing_dropped(what, "with training=False", quiet)
    # Without `training`, layers of augmentation act, and so does dropout behind them.
    if not further and works_without_training(model, random_pictures(seed)):
        plain = watched(*net_steps(what, model, training=None, seed=seed))
        _require_nothing_dropped(what, "with no `training` in the call, model(x)", plain)
    for name in expected:
        require(
            not drop_alike(places[name], again[name]),
            what,
            expected=f"two passes in training drop other values behind {name}",
            found="the same ones",
            hint="the random numbers are fixed, as by a seed that is set at each call.",
        )


def _require_nothing_dropped(what: str, when: str, places: Places) -> None:
    found = _dropping(places)
    require(
        not found,
        what,
        expected=f"no value dropped {when}",
        found="values dropped behind " + " and ".join(found),
        hint=ALWAYS_ON,
    )


@random_states_kept()
def net_uses_the_rates(
    build: Callable, *further: object, rates: Rates = (0.1, 0.5, 0.7, 0.3), seed: int = 0
) -> None:
    """The share dropped behind each pooling is the rate of that block; the rest is scaled by it.

    further: arguments of `build` behind the rates. rates: different ones.

    Give or take 6 standard errors of the draws that were made: one a value, or, where maps are
    dropped as a whole, one a map, of which there are 256 or more at each place:
    p(false fail) < 1e-6 for it, and < 1e-8 for a right answer of the other kind. Whole examples
    are too few for that, and are refused.
    """
    what = "each block has the rate that is given for it"
    model = build_net(what, build, rates, *further)
    _, _, steps = steps_in_training(what, model, seed)
    poolings = [step for step in steps if step.is_pooling]
    shares = [_share(step) for step in poolings]
    require(
        len(shares) == len(rates),
        what,
        expected=f"{len(rates)} poolings",
        found=str(len(shares)),
        hint="blocks are missing or added.",
    )
    for step, (share, _) in zip(poolings, shares, strict=True):
        if share:  # else nothing is dropped there, which is told below
            require_draws_within_an_example(what, step.result, step.passed_on)
    for k, (rate, (share, draws)) in enumerate(zip(rates, shares, strict=True), 1):
        margin = 6 * np.sqrt(rate * (1 - rate) / draws)
        require(
            abs(share - rate) < margin,
            what,
            expected=f"{rate:.0%} dropped in block {k} for the rates {rates}, give or take "
            f"{margin:.1%}",
            found=f"{share:.1%}",
            hint=_rate_hint([share for share, _ in shares], rates),
        )
    _require_scaled_survivors(what, rates, poolings)


def _require_scaled_survivors(what: str, rates: Rates, poolings: Sequence[Step]) -> None:
    """In training, a positive value behind a pooling is zero or 1 / (1 - rate) times itself."""
    for k, (rate, step) in enumerate(zip(rates, poolings, strict=True), 1):
        found, scaled = step.passed_on.ravel(), step.result.ravel() / (1 - rate)
        # Where the plain net has a 0, another activation is another check's business.
        require(
            is_same(found, np.where((found == 0) | (scaled == 0), found, scaled)),
            what,
            expected=f"behind the pooling of block {k} a value is 0 or {1 / (1 - rate):.4g} times "
            f"what it was, at rate {rate}",
            found="other values",
            hint="survivors are not scaled, or a noise or a normalisation acts there as well.",
        )


def _share(pooling: Step) -> tuple[float, int]:
    """Behind a pooling: the share dropped, and how many draws decided that."""
    before, after = pooling.result, pooling.passed_on
    live, lost = clearly_positive(before), dropped(before, after)
    some_lost, some_kept = lost.any(axis=(1, 2)), (live & ~lost).any(axis=(1, 2))
    if not (some_lost & some_kept).any():  # whole maps: each counts as one value
        before = (some_lost | some_kept).astype(float)
        after = some_kept.astype(float)
    share = dropped(before, after).sum() / max(clearly_positive(before).sum(), 1)
    return float(share), max(independent_draws(before, after), 1)


def _rate_hint(shares: list[float], rates: Rates) -> str:
    if np.allclose(shares, rates[::-1], atol=0.09):
        return "the rates are used from the last block to the first."
    constant = "one rate serves all blocks, or a number stands where the argument belongs."
    return rate_hint(shares, rates, constant)
