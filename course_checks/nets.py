"""Checks of VGG-style nets: blocks of two convolutions and a pooling, then two Dense layers.

A net is watched at its Conv2D, MaxPooling2D and Dense layers (see `watching`). What such a
layer makes of its input, through ReLU where one belongs, must reach the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import random_states_kept, require
from course_checks.watching import (
    built_model,
    is_same,
    require_a_new_model,
    watched_pass,
    without_activation,
)
from course_grader.contract import shared
from course_grader.keras_models import Layer, WatchedModel

PICTURE = (32, 32, 1)
FILTERS = (16, 32, 64, 64, 64)
HIDDEN, CLASSES = 64, 10
EXAMPLES = 4  # enough where no draw is looked at
SOME = 16  # where draws are looked at
KINDS = ("Conv2D", "MaxPooling2D", "Dense")


@dataclass(frozen=True)
class Step:
    """One call of a watched layer.

    shape: of what it returned. passed_on: what reached the next one, or was the output.
    """

    layer: Layer
    given: np.ndarray
    shape: tuple[int, ...]
    passed_on: np.ndarray
    is_last: bool

    @cached_property
    def result(self) -> np.ndarray:
        """What should be passed on."""
        result = without_activation(self.layer, self.given)
        return result if self.is_last else np.maximum(result, 0)

    @property
    def signature(self) -> str:
        """Kind, size of the window, shape of one example before and behind."""
        kind, change = self.layer.kind, f"{self.given.shape[1:]} -> {self.shape[1:]}"
        window = {"MaxPooling2D": "pool_size", "Conv2D": "kernel_size"}.get(kind)
        return f"{kind} {self.layer.settings[window]}: {change}" if window else f"Dense: {change}"

    @property
    def is_pooling(self) -> bool:
        return self.layer.kind == "MaxPooling2D"


def random_pictures(seed: int, examples: int = EXAMPLES) -> np.ndarray:
    """Inputs of wide spread, so that activations can be told apart."""
    generator = generator_for(seed, 15)
    return generator.normal(0.0, 3.0, size=(examples, *PICTURE)).astype(np.float32)


def build_net(what: str, build: Callable, *arguments: object) -> WatchedModel:
    """The student's model, called once so that all its layers exist."""
    return built_model(what, build, *arguments, shape=(2, *PICTURE))


def net_steps(
    what: str,
    model: WatchedModel,
    *,
    training: bool | None,
    seed: int,
    examples: int = EXAMPLES,
) -> tuple[np.ndarray, np.ndarray, list[Step]]:
    """One pass: the pictures, what reached the first watched layer, and the steps from there."""
    x = random_pictures(seed, examples)
    seen, output = watched_pass(what, model, x, KINDS, training=training)
    require(
        seen,
        what,
        expected="layers of the classes Conv2D, MaxPooling2D and Dense",
        found="none of them",
        hint="the layers are made, but not applied to the input.",
    )
    # ReLU and max pooling commute, so a ReLU behind the pooling is as good as one before it.
    passed_on = [
        np.maximum(one.given, 0) if one.layer.kind == "MaxPooling2D" else one.given
        for one in seen[1:]
    ]
    steps = [
        Step(one.layer, one.given, one.returned.shape, after, one is seen[-1])
        for one, after in zip(seen, [*passed_on, output], strict=True)
    ]
    return x, seen[0].given, steps


def steps_at_inference(
    what: str, model: WatchedModel, seed: int
) -> tuple[np.ndarray, np.ndarray, list[Step]]:
    """The same with training=False; in grading, checks that look at the same pass share it."""
    return shared(("pass", model, seed), lambda: net_steps(what, model, training=False, seed=seed))


def steps_in_training(
    what: str, model: WatchedModel, seed: int, number: int = 0
) -> tuple[np.ndarray, np.ndarray, list[Step]]:
    """The same with training=True. number: of the pass, where several are compared."""
    return shared(
        ("training pass", model, seed, number),
        lambda: net_steps(what, model, training=True, seed=seed, examples=SOME),
    )


def _plan(blocks: int) -> list[str]:
    """The signatures of a right net with this many blocks."""
    side, channels, plan = PICTURE[0], PICTURE[2], []
    for filters in FILTERS[:blocks]:
        shapes = [(side, side, channels), *2 * [(side, side, filters)]]
        plan += [f"Conv2D (3, 3): {shapes[k]} -> {shapes[k + 1]}" for k in (0, 1)]
        side, channels = side // 2, filters
        plan.append(f"MaxPooling2D (2, 2): {shapes[2]} -> {(side, side, channels)}")
    flat = side * side * channels
    return [*plan, f"Dense: {(flat,)} -> {(HIDDEN,)}", f"Dense: {(HIDDEN,)} -> {(CLASSES,)}"]


@random_states_kept()
def net_has_the_blocks(build: Callable, *arguments: object, blocks: int = 3, seed: int = 0) -> None:
    """`build(*arguments)` has this many blocks, then Dense layers of 64 and 10 units.

    Each convolution and each Dense layer has weights of its own, and so has each model.
    """
    what = f"the net has {blocks} blocks of two convolutions and a pooling, then two Dense layers"
    model = build_net(what, build, *arguments)
    _, _, steps = steps_at_inference(what, model, seed)
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
    _require_own_weights(what, steps)
    require_a_new_model(what, model, build, *arguments, shape=(2, *PICTURE))


def _require_own_weights(what: str, steps: list[Step]) -> None:
    """No convolution or Dense layer is called twice in one pass."""
    places: dict[int, list[int]] = {}
    for k, step in enumerate(steps, 1):
        if not step.is_pooling:
            places.setdefault(step.layer.token, []).append(k)
    twice = [numbers for numbers in places.values() if len(numbers) > 1]
    require(
        not twice,
        what,
        expected="weights of its own for each convolution and each Dense layer",
        found=" and ".join(f"layer {k}" for k in twice[0]) + " with the same ones" if twice else "",
        hint="one layer, or a list of layers, stands in the net more than once: calling a layer "
        "again is not a new layer.",
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
    x, first, steps = steps_at_inference(what, build_net(what, build, *arguments), seed)
    require(
        is_same(first, x),
        what,
        expected="the first convolution sees the pictures as they are",
        found="they are changed before it",
        hint="they are scaled in the model, or changed by a layer that belongs to training.",
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
def net_computes_alike_in_training(build: Callable, *arguments: object, seed: int = 0) -> None:
    """Training computes what inference does."""
    what = "nothing but ReLU and Flatten changes the numbers between the layers in training either"
    x, first, steps = steps_in_training(what, build_net(what, build, *arguments), seed)
    require_same(what, "the pictures reach the first convolution as they are", first, x)
    for step in steps:
        require_same(what, f"{step.signature} passes its values on", step.passed_on, step.result)


def require_same(what: str, expected: str, found: np.ndarray, exact: np.ndarray) -> None:
    require(
        is_same(found, exact),
        what,
        expected=f"in training {expected}",
        found="they are changed",
        hint="a dropout, noise or normalisation layer that this part does not ask for.",
    )
