"""Checks of VGG-style nets: blocks of two convolutions and a pooling, then two Dense layers.

A net is watched at its Conv2D, MaxPooling2D and Dense layers (see `watching`). What such a
layer makes of its input, through ReLU where one belongs, must reach the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.checks.report import random_states_kept, require
from course_utils.checks.watching import (
    built_model,
    clearly_positive,
    dropped,
    is_same,
    place_hint,
    rate_hint,
    watched_pass,
    without_activation,
)

TILE = (32, 32, 3)
FILTERS = (16, 32, 64, 64, 64)
HIDDEN, CLASSES = 64, 10
EXAMPLES = 16
KINDS = ("Conv2D", "MaxPooling2D", "Dense")
# Name -> (values before it, values that were passed on).
Places = dict[str, tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Step:
    """One watched layer: its signature, its result as it should be passed on, what was."""

    signature: str
    result: np.ndarray
    passed_on: np.ndarray

    @property
    def is_pooling(self) -> bool:
        return self.signature.startswith("MaxPooling2D")


def random_tiles(seed: int, examples: int = EXAMPLES) -> np.ndarray:
    """Inputs of wide spread, so that activations can be told apart."""
    generator = np.random.default_rng([seed, 15])
    return generator.normal(0.0, 3.0, size=(examples, *TILE)).astype(np.float32)


def build_net(what: str, build: Callable, *arguments: object) -> Any:
    """The student's model, called once so that all its layers exist."""
    return built_model(what, build, *arguments, shape=(2, *TILE))


def _steps(
    what: str, model: Any, *, training: bool, seed: int
) -> tuple[np.ndarray, np.ndarray, list[Step]]:
    """One pass: the tiles, what reached the first watched layer, and the steps from there."""
    x = random_tiles(seed)
    seen, output = watched_pass(what, model, x, KINDS, training=training)
    require(
        seen,
        what,
        expected="layers of the classes Conv2D, MaxPooling2D and Dense",
        found="none of them",
        hint="the layers are made, but not applied to the input.",
    )
    results = [without_activation(one.layer, one.given) for one in seen]
    # ReLU and max pooling commute, so a ReLU behind the pooling is as good as one before it.
    passed_on = [
        np.maximum(one.given, 0) if hasattr(one.layer, "pool_size") else one.given
        for one in seen[1:]
    ]
    steps = [
        Step(
            _signature(one.layer, one.given, result),
            result if one is seen[-1] else np.maximum(result, 0),
            after,
        )
        for one, result, after in zip(seen, results, [*passed_on, output], strict=True)
    ]
    return x, seen[0].given, steps


def _signature(layer: Any, value: np.ndarray, result: np.ndarray) -> str:
    """Kind, size of the window, shape of one example before and behind."""
    change = f"{value.shape[1:]} -> {result.shape[1:]}"
    if hasattr(layer, "pool_size"):
        return f"MaxPooling2D {layer.pool_size}: {change}"
    if hasattr(layer, "kernel_size"):
        return f"Conv2D {layer.kernel_size}: {change}"
    return f"Dense: {change}"


def _plan(blocks: int) -> list[str]:
    """The signatures of a right net with this many blocks."""
    side, channels, plan = TILE[0], TILE[2], []
    for filters in FILTERS[:blocks]:
        shapes = [(side, side, channels), *2 * [(side, side, filters)]]
        plan += [f"Conv2D (3, 3): {shapes[k]} -> {shapes[k + 1]}" for k in (0, 1)]
        side, channels = side // 2, filters
        plan.append(f"MaxPooling2D (2, 2): {shapes[2]} -> {(side, side, channels)}")
    flat = side * side * channels
    return [*plan, f"Dense: {(flat,)} -> {(HIDDEN,)}", f"Dense: {(HIDDEN,)} -> {(CLASSES,)}"]


@random_states_kept()
def net_has_the_blocks(build: Callable, *arguments: object, blocks: int = 3, seed: int = 0) -> None:
    """`build(*arguments)` has this many blocks, then Dense layers of 64 and 10 units."""
    what = f"the net has {blocks} blocks of two convolutions and a pooling, then two Dense layers"
    _, _, steps = _steps(what, build_net(what, build, *arguments), training=False, seed=seed)
    found, expected = [step.signature for step in steps], _plan(blocks)
    places = [k for k, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]]
    first = places[0] if places else min(len(found), len(expected))
    at = [names[first] if first < len(names) else "nothing" for names in (expected, found)]
    require(
        found == expected,
        what,
        expected=f"as layer {first + 1} of {len(expected)}: {at[0]}",
        found=f"{at[1]} ({len(found)} layers with weights or pooling)",
        hint=_block_hint(found, expected),
    )


def _block_hint(found: list[str], expected: list[str]) -> str:
    hints = {
        "MaxPooling2D": "each block ends in one max pooling: poolings are missing or added.",
        "Conv2D": "each block has two convolutions: some are missing or added.",
        "Dense": "two Dense layers stand behind Flatten: one is missing or added.",
    }
    for kind, hint in hints.items():
        counts = [sum(name.startswith(kind) for name in names) for names in (found, expected)]
        if counts[0] != counts[1]:
            return hint
    return "another order, number of filters, size of window or padding."


@random_states_kept()
def net_computes_like_plain(build: Callable, *arguments: object, seed: int = 0) -> None:
    """At inference each layer passes on what the plain net would: ReLU, poolings, logits."""
    what = "nothing but ReLU and Flatten changes the numbers between the layers at inference"
    x, first, steps = _steps(what, build_net(what, build, *arguments), training=False, seed=seed)
    require(
        is_same(first, x),
        what,
        expected="the first convolution sees the tiles as they are",
        found="they are changed before it",
        hint="the tiles are scaled in the model, or changed by a layer that belongs to training.",
    )
    for step in steps:
        require(
            is_same(step.passed_on, step.result),
            what,
            expected=f"{step.signature} is followed by "
            + ("nothing" if step is steps[-1] else "ReLU, or by nothing if it is a pooling"),
            found=f"values from {step.passed_on.min():.3g} to {step.passed_on.max():.3g} where "
            f"{step.result.min():.3g} to {step.result.max():.3g} are expected",
            hint="the last Dense layer has an activation such as softmax; the loss applies its own."
            if step is steps[-1]
            else "the activation is missing or is another one, a normalisation was added, or a "
            "dropout stays active at inference.",
        )


@random_states_kept()
def net_computes_alike_in_training(
    build: Callable, *arguments: object, augmented: bool = False, seed: int = 0
) -> None:
    """Training computes what inference does; `augmented`: behind the first watched layer only."""
    what = "nothing but ReLU and Flatten changes the numbers between the layers in training either"
    x, first, steps = _steps(what, build_net(what, build, *arguments), training=True, seed=seed)
    if not augmented:
        _require_same(what, "the tiles reach the first convolution as they are", first, x)
    for step in steps:
        _require_same(what, f"{step.signature} passes its values on", step.passed_on, step.result)


def _require_same(what: str, expected: str, found: np.ndarray, exact: np.ndarray) -> None:
    require(
        is_same(found, exact),
        what,
        expected=f"in training {expected}",
        found="they are changed",
        hint="a dropout, noise or normalisation layer that this part does not ask for.",
    )


def _places(what: str, model: Any, *, training: bool, seed: int) -> Places:
    """Where dropout may act."""
    x, first, steps = _steps(what, model, training=training, seed=seed)
    counts, places = dict.fromkeys(KINDS, 0), {"the input": (x, first)}
    for step in steps:
        kind = step.signature.split()[0].rstrip(":")
        counts[kind] += 1
        places[f"{kind} {counts[kind]}"] = (step.result, step.passed_on)
    return places


def _dropping(places: Places) -> list[str]:
    """The names of the places where values are dropped."""
    return [name for name, pair in places.items() if dropped(*pair).any()]


@random_states_kept()
def net_drops_behind_each_pooling(build: Callable, *, seed: int = 0) -> None:
    """`build(rates)` drops behind the three poolings in training, nowhere else, never at inference.

    Elsewhere, no noise or normalisation acts in training either. A right answer fails with
    p < 1e-100: thousands of values are looked at.
    """
    what = "dropout acts behind each pooling, nowhere else, and in training only"
    model = build_net(what, build, (0.5, 0.4, 0.3))
    places = _places(what, model, training=True, seed=seed)
    found = _dropping(places)
    expected = [f"MaxPooling2D {k}" for k in (1, 2, 3)]
    require(
        found == expected,
        what,
        expected="values dropped behind " + " and ".join(expected),
        found="behind " + " and ".join(found) if found else "at no place at all",
        hint=place_hint(
            found,
            "Dense 2",
            {
                "the input": "dropout in front of the first convolution drops pixels of the tile.",
                "Conv2D": "dropout stands between the convolutions and the pooling, not behind "
                "the pooling.",
                "Dense 1": "the exercise leaves the hidden Dense layer without dropout.",
            },
            f"{len(expected)} blocks need {len(expected)} dropout layers.",
        ),
    )
    for name, (before, after) in places.items():
        if name not in expected:
            _require_same(what, f"{name} passes its values on", after, before)
    quiet = _dropping(_places(what, model, training=False, seed=seed))
    require(
        not quiet,
        what,
        expected="no value dropped with training=False",
        found="values dropped behind " + " and ".join(quiet),
        hint="training=True is set for the dropout by hand.",
    )


@random_states_kept()
def net_uses_the_rates(build: Callable, *, seed: int = 0) -> None:
    """The share dropped behind each pooling is the rate of that block; the rest is scaled by it.

    Averaged over maps, with 6 standard errors of as many draws as there are maps, so that
    dropping whole maps is right as well: p(false fail) < 1e-7 for it.
    """
    what = "each block has the rate that is given for it"
    for rates in ((0.1, 0.5, 0.7), (0.7, 0.2, 0.4)):
        model = build_net(what, build, rates)
        shares = _shares(what, model, seed)
        require(
            len(shares) == len(rates),
            what,
            expected=f"{len(rates)} poolings",
            found=str(len(shares)),
            hint="blocks are missing or added.",
        )
        for k, (rate, (share, maps)) in enumerate(zip(rates, shares, strict=True), 1):
            margin = 6 * np.sqrt(rate * (1 - rate) / maps)
            require(
                abs(share - rate) < margin,
                what,
                expected=f"{rate:.0%} dropped in block {k} for the rates {rates}, give or take "
                f"{margin:.0%}",
                found=f"{share:.0%}",
                hint=_rate_hint([share for share, _ in shares], rates),
            )
        _require_scaled_survivors(what, model, rates, seed)


def _require_scaled_survivors(what: str, model: Any, rates: tuple[float, ...], seed: int) -> None:
    """In training, a value behind a pooling is zero or 1 / (1 - rate) times what it was."""
    _, _, steps = _steps(what, model, training=True, seed=seed)
    poolings = [step for step in steps if step.is_pooling]
    for k, (rate, step) in enumerate(zip(rates, poolings, strict=True), 1):
        found, scaled = step.passed_on.ravel(), step.result.ravel() / (1 - rate)
        require(
            is_same(found, np.where(found == 0, 0, scaled)),
            what,
            expected=f"behind the pooling of block {k} a value is 0 or {1 / (1 - rate):.4g} times "
            f"what it was, at rate {rate}",
            found="other values",
            hint="survivors are not scaled, or a noise or a normalisation acts there as well.",
        )


def _shares(what: str, model: Any, seed: int, passes: int = 4) -> list[tuple[float, int]]:
    """Behind each pooling: the share dropped, averaged over maps, and how many maps."""
    per_pooling: dict[int, list[np.ndarray]] = {}
    for k in range(passes):
        _, _, steps = _steps(what, model, training=True, seed=seed + k)
        for place, step in enumerate(step for step in steps if step.is_pooling):
            live = clearly_positive(step.result).sum(axis=(1, 2))
            lost = dropped(step.result, step.passed_on).sum(axis=(1, 2))
            per_pooling.setdefault(place, []).append(lost[live > 0] / live[live > 0])
    joined = [np.concatenate(values) for values in per_pooling.values()]
    return [(float(values.mean()), len(values)) if len(values) else (0.0, 1) for values in joined]


def _rate_hint(shares: list[float], rates: tuple[float, ...]) -> str:
    if np.allclose(shares, rates[::-1], atol=0.09):
        return "the rates are used from the last block to the first."
    constant = "one rate serves all blocks, or a number stands where the argument belongs."
    return rate_hint(shares, rates, constant)
