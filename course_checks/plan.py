"""How a net should be: its layers with weights or pooling, and where dropout acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course_grader.keras_models import Layer

INPUT, LAST = "the input", "the output layer"  # names of places


def the_input(x: np.ndarray, *_: object) -> list[np.ndarray]:
    """Nothing stands in front of the first layer."""
    return [x]


@dataclass(frozen=True)
class Plan:
    """A chain of layers. ReLU follows each of them but the last, or commutes with what does.

    words: the chain. shape: of one example. layers: what `signature` says of each. drops_behind:
    the kind of layer behind which dropout acts, never behind the last one. drops_input: whether it
    acts on what reaches the first layer. first: maps the inputs and the arguments of the student's
    function to that: the right one first, then what another check is to judge. augments: layers of
    augmentation make something else of the inputs in training, and in a call without `training`.
    examples: of a pass. spread: the standard deviation of the inputs.
    """

    words: str
    shape: tuple[int, ...]
    layers: tuple[str, ...]
    drops_behind: str = ""
    drops_input: bool = False
    first: Callable[..., Sequence[np.ndarray]] = the_input
    augments: bool = False
    examples: int = 32
    spread: float = 3.0

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes in keras.layers whose calls are watched."""
        return tuple(dict.fromkeys(kind_of(layer) for layer in self.layers))

    @staticmethod
    def rate_of(arguments: Sequence[object]) -> float | tuple[float, ...] | None:
        """That one of the arguments of the student's function: of all places, or one for each."""
        return next((one for one in arguments if isinstance(one, float | tuple)), None)

    def rates(self, arguments: Sequence[object], places: Sequence[str]) -> dict[str, float]:
        """Name -> rate of each place where dropout acts. places: those that a net has."""
        rate = self.rate_of(arguments)
        if isinstance(rate, tuple):
            return {f"{self.drops_behind} {k}": one for k, one in enumerate(rate, 1)}
        return dict.fromkeys(places, rate)


def kind_of(signature: str) -> str:
    """The class in keras.layers."""
    return signature.split(":")[0].split()[0]


def signature(layer: Layer, before: tuple[int, ...], after: tuple[int, ...]) -> str:
    """Kind, size of the window, shape of one example before and behind."""
    window = {"MaxPooling2D": "pool_size", "Conv2D": "kernel_size"}.get(layer.kind)
    size = f" {layer.settings[window]}" if window else ""
    return f"{layer.kind}{size}: {before} -> {after}"


def perceptron(*units: int) -> Plan:
    """Dense layers with dropout behind the hidden ones. units: of the input as well."""
    layers = tuple(f"Dense: {(one,)} -> {(other,)}" for one, other in pairwise(units))
    words = f"Dense layers of {', '.join(map(str, units[1:-1]))} and {units[-1]} units"
    return Plan(words, (units[0],), layers, drops_behind="Dense")


def vgg(*filters: int, augments: bool = False) -> Plan:
    """A block for each of the filters, with dropout behind the poolings, then two Dense layers."""
    side, channels, layers = 32, 1, []
    for one in filters:
        shapes = [(side, side, channels), *2 * [(side, side, one)]]
        layers += [f"Conv2D (3, 3): {before} -> {after}" for before, after in pairwise(shapes)]
        side, channels = side // 2, one
        layers.append(f"MaxPooling2D (2, 2): {shapes[-1]} -> {(side, side, channels)}")
    units = (side * side * channels, 64, 10)
    layers += [f"Dense: {(one,)} -> {(other,)}" for one, other in pairwise(units)]
    words = f"{len(filters)} blocks of two convolutions and a pooling, then two Dense layers"
    return Plan(
        words,
        (32, 32, 1),
        tuple(layers),
        drops_behind="MaxPooling2D",
        augments=augments,
        examples=16,
    )
