"""Keras nets of students, watched in a pass, with weights of the checks' own.

A net is judged by what it computes, not by how it is written: what goes into a layer, and what its
weights or its window make of that, before any activation. What lies between two watched layers
(activation, dropout, Flatten) shows in what reaches the next one.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_checks.draws import generator_for
from course_checks.plan import INPUT, LAST, Plan
from course_checks.property import call, describe, require
from course_grader.contract import shared
from course_grader.keras_models import (
    Layer,
    LayerCall,
    WatchedModel,
    is_model,
    training_option,
)

FEW = 4  # examples, enough where no draw is looked at
FEW_GONE = 0.01  # of the values at a place
TOLERANCES = {"float16": 0.02, "bfloat16": 0.08}
TOLERANCE = 0.01  # some devices multiply matrices in a format with ten bits after the point


def model_from(value: object, likely: str = "no_model") -> WatchedModel:
    """`value` as a model that can be watched, if it is a keras.Model."""
    import keras  # here, so that the NumPy checks do not wait seconds for TensorFlow

    require(
        isinstance(value, keras.Model | WatchedModel),
        expected="a keras.Model",
        found=describe(value),
        likely=likely,
    )
    return value if isinstance(value, WatchedModel) else WatchedModel(value)


def is_same(found: np.ndarray, exact: np.ndarray, tolerance: float = TOLERANCE) -> bool:
    """Equal up to the rounding of a matrix product, whatever Flatten did to the shape."""
    return found.size == exact.size and np.allclose(
        found.ravel(), exact.ravel(), rtol=tolerance, atol=tolerance * exact.std()
    )


@dataclass(frozen=True)
class Place:
    """What lies between two watched layers in one pass, or in front of the first one.

    name: of the layer in front. total: what that makes of its input, before any activation. exact:
    what should be passed on if nothing is dropped. found: what was passed on. drops: whether the
    plan has dropout there. tolerance: of the layers' dtypes.
    """

    name: str
    total: np.ndarray
    exact: np.ndarray
    found: np.ndarray
    drops: bool
    tolerance: float

    @cached_property
    def positive(self) -> np.ndarray:
        """Where a value should be positive beyond rounding, whatever the scale of the values."""
        return self.exact > 3 * self.tolerance * self.exact.std()

    @cached_property
    def gone(self) -> np.ndarray:
        """Where such a value arrives as exactly zero; nowhere if sizes differ."""
        if self.exact.size != self.found.size:
            return np.zeros(self.exact.shape, bool)
        return self.positive & (self.found.reshape(self.exact.shape) == 0)

    @cached_property
    def ratio(self) -> np.ndarray:
        """Of the positive values that were not dropped: how many times its exact value each is."""
        if self.exact.size != self.found.size:
            return np.zeros(0)
        kept = self.positive & ~self.gone
        return self.found.reshape(self.exact.shape)[kept] / self.exact[kept]


@dataclass(frozen=True)
class Pass:
    """One forward pass on x. calls: of the watched layers. places: in their order, by name."""

    x: np.ndarray
    calls: list[LayerCall]
    places: dict[str, Place]
    output: np.ndarray
    tolerance: float

    def is_as_planned(self, name: str) -> bool:
        """Whether a place passes on what it should, but for one value in a hundred at most.

        At a rate near 0 a value is dropped now and then.
        """
        place = self.places[name]
        if place.found.size != place.exact.size:
            return False
        found = place.found.reshape(place.exact.shape)
        # However small: where a value is dropped, it need not be one that is clearly positive.
        gone = (place.exact > 0) & (found == 0)
        if gone.sum() <= FEW_GONE * gone.size:
            found = np.where(gone, place.exact, found)
        return is_same(found, place.exact, self.tolerance)


class Net:
    """A student's net, the plan that it should follow, and passes of it, which checks share."""

    def __init__(self, build: Callable, plan: Plan, *arguments: object, seed: int = 0):
        self.build, self.plan, self.arguments, self.seed = build, plan, arguments, seed
        key = (build if callable(build) else None, arguments)
        self.model = shared(key, self._new_model_with_weights)

    def another(self) -> WatchedModel:
        """The model of a further call; one is enough for all checks of that function."""
        return shared(("another model", self.build), self._new_model)

    def _new_model(self) -> WatchedModel:
        """Called once at inference, so that all its layers exist."""
        submitted = model_from(call(self.build, *self.arguments))

        def model(x: np.ndarray, *, training: bool) -> None:
            submitted.first_call(x)

        call(model, np.zeros((2, *self.plan.shape), np.float32), training=False)
        return submitted

    def _new_model_with_weights(self) -> WatchedModel:
        """Whoever chose the weights could hide an activation, or a scale, behind them."""
        model, generator = self._new_model(), generator_for(0, 40)
        # A base may have been copied: its weights are known by shapes that no other layer has.
        given = {one.shape for part in self.parts() for one in part.get_weights()}
        model.assign(
            [
                None
                if one.value.shape in given or one.value.dtype.kind != "f" or not one.value.ndim
                # A vector may hold variances, and a single number a rate.
                else generator.uniform(0.5, 1.5, one.value.shape)
                if one.value.ndim < 2 and "bias" not in one.path
                else generator.normal(0, _size(one.value.shape), one.value.shape)
                for one in model.weights()
            ]
        )
        return model

    def parts(self) -> list:
        """The models among the arguments, which stay as they are."""
        return [one for one in self.arguments if is_model(one)]

    @cached_property
    def x(self) -> np.ndarray:
        """Inputs of wide spread, so that all kinds of activation can be told apart."""
        shape = (self.plan.examples, *self.plan.shape)
        return generator_for(self.seed, 4).normal(0.0, self.plan.spread, shape).astype(np.float32)

    def passed(self, training: bool | None, number: int = 0) -> Pass:
        """number: of the pass, where several are compared."""
        key = ("pass", self.model, self.plan, self.seed, training, number)
        return shared(key, lambda: self._pass(training))

    def _pass(self, training: bool | None) -> Pass:
        def model(x: np.ndarray, *, training: bool | None = None) -> tuple:
            return self.model.watched_pass(x, self.plan.kinds, training)

        x = self.x if training else self.x[:FEW]
        calls, output = call(model, x, **training_option(training))
        require(
            calls,
            expected=f"layers of the classes {', '.join(self.plan.kinds)}",
            found="none of them",
            likely="no_layers",
        )
        tolerance = max(TOLERANCES.get(one.layer.dtype, TOLERANCE) for one in calls)
        places = self._places(x, calls, output, training, tolerance)
        return Pass(x, calls, {place.name: place for place in places}, output, tolerance)

    def _places(
        self,
        x: np.ndarray,
        calls: list[LayerCall],
        output: np.ndarray,
        training: bool | None,
        tolerance: float,
    ) -> Iterator[Place]:
        if not self.plan.augments:
            choices, found = self.plan.first(x, *self.arguments), calls[0].given
            choices = choices[: None if training else 1]
            exact = next((one for one in choices if is_thinned(found, one)), choices[0])
            yield Place(INPUT, exact, exact, found, self.plan.drops_input, tolerance)
        counts = Counter()
        for one, following in zip(calls, [*calls[1:], None], strict=True):
            kind = one.layer.kind
            counts[kind] += 1
            total = exact = without_activation(one.layer, one.given)
            name, found = LAST, output
            if following:
                name = f"{kind} {counts[kind]}"
                exact, found = np.maximum(total, 0), following.given
                if following.layer.kind == "MaxPooling2D":
                    # They commute: a ReLU behind the pooling is as good as one before it.
                    found = np.maximum(found, 0)
            drops = kind == self.plan.drops_behind and name != LAST
            yield Place(name, total, exact, found, drops, tolerance)

    def works_without_training(self) -> bool:
        """Whether the model can be called without `training`.

        It cannot where a `call` of the student's own asks for the argument. Keras's `fit`,
        `predict` and `evaluate` always give it, so that such a model is right as well.
        """

        def works() -> bool:
            try:
                self.model.watched_pass(self.x, (), None)
            except Exception:
                return False
            return True

        return shared(("without training", self.model), works)


def _size(shape: tuple[int, ...]) -> float:
    """Of normal weights: sums keep the spread of the inputs (arXiv:1502.01852)."""
    return float(np.sqrt(2 / np.prod(shape[:-1]))) if len(shape) > 1 else 0.5


def is_thinned(found: np.ndarray, exact: np.ndarray) -> bool:
    """Whether what is not zero is the exact value times one factor, as behind any dropout."""
    if found.shape != exact.shape:
        return False
    kept = found != 0
    ratio = found[kept] / exact[kept]
    return ratio.size > 0 and np.allclose(ratio, np.median(ratio), rtol=0.02)


def without_activation(layer: Layer, value: np.ndarray) -> np.ndarray:
    """What a Dense, Conv2D or MaxPooling2D layer makes of its input, before any activation."""
    how = layer.settings
    if layer.kind == "MaxPooling2D":
        windows = _windows(value, how["pool_size"], how["strides"], how["padding"], -np.inf)
        return windows.max(axis=(4, 5))
    if layer.kind == "Dense":
        total = value @ layer.kernel
    elif layer.kernel.shape[2] == value.shape[-1]:
        windows = _windows(value, how["kernel_size"], how["strides"], how["padding"], 0.0)
        total = np.einsum("nhwcij,ijcf->nhwf", windows, layer.kernel, optimize=True)
    else:
        return np.zeros(1)  # a convolution in groups: of a size that nothing else has
    return total if layer.bias is None else total + layer.bias


def _windows(
    value: np.ndarray, size: tuple, strides: tuple, padding: str, filler: float
) -> np.ndarray:
    """The windows of maps (examples, height, width, channels), in two axes behind these."""
    if padding == "same":
        # As in TensorFlow: the odd pixel is added at the end.
        missing = [
            max((-(-side // stride) - 1) * stride + length - side, 0)
            for side, stride, length in zip(value.shape[1:3], strides, size, strict=True)
        ]
        around = [(0, 0), *((one // 2, one - one // 2) for one in missing), (0, 0)]
        value = np.pad(value, around, constant_values=filler)
    windows = np.lib.stride_tricks.sliding_window_view(value, size, axis=(1, 2))
    return windows[:, :: strides[0], :: strides[1]]
