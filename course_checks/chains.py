"""Passes through a chain of Dense layers, watched: what goes into each, and what becomes of it.

Between two of them lie the activation and the dropout, whichever class and order they have.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_checks.draws import generator_for
from course_checks.report import require
from course_checks.watching import built_model, watched_pass, without_activation
from course_grader.contract import shared
from course_grader.keras_models import WatchedModel

EXAMPLES = 32


@dataclass(frozen=True)
class Watched:
    """One forward pass of EXAMPLES rows.

    units: of each Dense layer, in the order of the calls.
    inputs: what went into each of them, float32, (EXAMPLES, features).
    sums: its kernel and bias applied to that, before any activation.
    output: what the model returned, (EXAMPLES, classes).
    """

    units: list[int]
    inputs: list[np.ndarray]
    sums: list[np.ndarray]
    output: np.ndarray

    def places(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Where dropout may act: name -> (values before it, values that were passed on)."""
        passed_on = [*self.inputs[1:], self.output]
        names = [f"hidden layer {k}" for k in range(1, len(self.sums))] + ["the output layer"]
        return dict(zip(names, zip(self.sums, passed_on, strict=True), strict=True))


def random_rows(features: int, seed: int) -> np.ndarray:
    """Inputs of wide spread, so that all kinds of activation can be told apart."""
    generator = generator_for(seed, 4)
    return generator.normal(0.0, 3.0, size=(EXAMPLES, features)).astype(np.float32)


def build_chain(what: str, build: Callable, rate: float, features: int) -> WatchedModel:
    """The student's model, called once so that all its layers exist."""
    return built_model(what, build, rate, shape=(2, features))


def watch(
    what: str, model: WatchedModel, features: int, *, training: bool | None, seed: int
) -> Watched:
    """One eager forward pass of the model, watched at its Dense layers."""
    x = random_rows(features, seed)
    seen, output = watched_pass(what, model, x, ("Dense",), training=training)
    units = [one.layer.settings["units"] for one in seen]
    inputs = [one.given for one in seen]
    shapes = [value.shape for value in [*inputs, output]]
    require(
        len(units) >= 2 and shapes == [(EXAMPLES, size) for size in [features, *units]],
        what,
        expected=f"a chain of keras.layers.Dense, from {(EXAMPLES, features)} to the output",
        found=f"{len(units)} Dense layers; inputs and output of the shapes {shapes}",
        hint="hidden layers are missing, or something between them changes the shape.",
    )
    return Watched(
        units, inputs, [without_activation(one.layer, one.given) for one in seen], output
    )


def watch_at_inference(what: str, model: WatchedModel, features: int, seed: int) -> Watched:
    """The same with training=False; in grading, checks that look at the same pass share it."""
    return shared(
        ("pass", model, seed), lambda: watch(what, model, features, training=False, seed=seed)
    )


def watch_in_training(
    what: str, model: WatchedModel, features: int, seed: int, number: int = 0
) -> Watched:
    """The same with training=True. number: of the pass, where several are compared."""
    return shared(
        ("training pass", model, seed, number),
        lambda: watch(what, model, features, training=True, seed=seed),
    )
