"""Checks of a training loop with dropout: `train(net, x, labels, steps, learning_rate)`.

The made-up net has a hidden unit of its own for each example, and no biases. So what a step makes
of the weights of one unit depends on nothing but whether this unit was kept, and what several steps
make of them on how often: each right result is known exactly, but for that whole number.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.special import log_softmax, softmax

from course_checks.draws import generator_for
from course_checks.property import call, check, failure, number_from, require, require_written
from course_grader.contract import shared

EXAMPLES, CLASSES, RATE = 60, 3, 0.4
LEARNING_RATE = 0.1 * EXAMPLES  # the loss is a mean over the examples
TOLERANCE = 2e-4


class MadeUp:
    """A net, its examples, and what was made of it. sizes, directions: of the hidden units."""

    def __init__(self, seed: int):
        generator = generator_for(seed, 67)
        self.sizes = generator.uniform(0.8, 1.2, EXAMPLES)
        self.directions = generator.uniform(-0.5, 0.5, (EXAMPLES, CLASSES))
        self.labels = generator.integers(0, CLASSES, EXAMPLES)
        self.x = np.eye(EXAMPLES, dtype=np.float32)

    def net(self) -> Any:
        import keras
        from keras import layers

        # Names that Keras gives to no layer of the student's, in another process either.
        hidden = layers.Dense(EXAMPLES, "relu", use_bias=False, name="loop_hidden")
        dropout = layers.Dropout(RATE, name="loop_dropout")
        logits = layers.Dense(CLASSES, use_bias=False, name="loop_logits")
        inputs = keras.Input((EXAMPLES,), name="loop_inputs")
        net = keras.Sequential([inputs, hidden, dropout, logits], name="loop_net")
        net.set_weights([np.diag(self.sizes), self.directions])
        return net

    def after(self, steps: int, rate: float) -> np.ndarray:
        """Sizes and directions after so many steps that kept a unit: (EXAMPLES, 1 + CLASSES).

        Sizes stay above 0, so that ReLU has no say.
        """
        sizes, directions = self.sizes[:, None], self.directions
        for _ in range(steps):
            passed_on = sizes / (1 - rate)
            error = softmax(passed_on * directions, axis=1) - np.eye(CLASSES)[self.labels]
            pull = LEARNING_RATE / EXAMPLES * error
            pulled = (pull * directions).sum(axis=1, keepdims=True) / (1 - rate)
            sizes, directions = sizes - pulled, directions - passed_on * pull
        return np.hstack([sizes, directions])

    def loss(self, weights: Sequence[np.ndarray], kept: np.ndarray | float = 1.0) -> float:
        """The mean cross-entropy. kept: how much of each unit is passed on."""
        hidden = np.maximum(self.x @ weights[0], 0) * kept
        chances = log_softmax(hidden @ weights[1], axis=1)
        return float(-chances[np.arange(EXAMPLES), self.labels].mean())


def _trained(train: Callable, steps: int, seed: int) -> tuple[MadeUp, list[np.ndarray], object]:
    """The made-up net, its weights after training, and the result of the student's function.

    In grading, both checks look at the same call.
    """
    require_written(train)

    def make() -> tuple[MadeUp, list[np.ndarray], object]:
        made_up = MadeUp(seed)
        net = made_up.net()
        result = call(train, net, made_up.x.copy(), made_up.labels.copy(), steps, LEARNING_RATE)
        return made_up, net.get_weights(), result

    return shared(("trained", train if callable(train) else None, steps, seed), make)


def _times_kept(made_up: MadeUp, weights: list[np.ndarray], steps: int) -> np.ndarray | None:
    """How many steps have kept each unit; None if these are no weights that training leads to."""
    sizes, rest = np.diag(weights[0]), weights[0] - np.diag(np.diag(weights[0]))
    found = np.hstack([sizes[:, None], weights[1]])
    ways = np.array([made_up.after(number, RATE) for number in range(steps + 1)])
    distances = np.abs(found - ways).max(axis=2)
    if np.abs(rest).max() > TOLERANCE or not (distances.min(axis=0) < TOLERANCE).all():
        return None
    return distances.argmin(axis=0)


@check(
    "each step trains with dropout on, and draws masks of its own",
    false_fail=1e-9,
    inactive="dropout is off in the pass that trains: the net is called without `training=True`.",
    untrained="no step changes the weights.",
    same_masks="the masks of all steps are the same, as with a seed that is set before each.",
    other_training="another number of steps, another learning rate or optimiser, or another loss.",
)
def trains_with_dropout(train: Callable, *, steps: Sequence[int] = (1, 3), seed: int = 0) -> None:
    """Every unit's weights are those after 0, 1, ... or all steps in which it was kept.

    A right answer fails if all of 60 units are dropped, or all kept, in a single step, or if none
    is kept in 1 or 2 of 3 steps.
    """
    for number in steps:
        made_up, weights, _ = _trained(train, number, seed)
        times = _times_kept(made_up, weights, number)
        if times is None:
            plain = made_up.after(number, 0.0)
            own = np.hstack([np.diag(weights[0])[:, None], weights[1]])
            is_plain = np.abs(own - plain).max() < TOLERANCE
            raise failure(
                expected="for each unit the weights that it has after some steps in which it was "
                "kept, and no change in the others",
                found="what training without dropout gives" if is_plain else "other weights",
                likely="inactive" if is_plain else "other_training",
            )
        require(
            times.any(),
            expected=f"weights that {_count(number)} changed",
            found="the weights that were given",
            likely="untrained",
        )
        require(
            len(set(times)) > 1 and (number == 1 or set(times) - {0, number}),
            expected=f"units that {_count(number)} kept and dropped in turn",
            found=f"each unit was kept in {' or '.join(map(str, sorted(set(times))))} of them",
            likely="same_masks",
        )


def _count(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps} steps"


@check(
    "the losses are measured after each step, with dropout off",
    false_fail=1e-9,
    no_list="a list of losses is asked for, one a step.",
    of_the_step="this is the loss of the pass that trained, with dropout on and before the step.",
    too_early="this is the loss before the step.",
    dropout_on="dropout is on where the loss is measured, or another loss is measured.",
    summed="the losses of the examples are added up, not averaged.",
)
def losses_are_without_dropout(
    train: Callable, *, steps: Sequence[int] = (1, 3), seed: int = 0
) -> None:
    """The last one is known from the weights, whatever the training was like."""
    for number in steps:
        made_up, weights, result = _trained(train, number, seed)
        if isinstance(result, np.ndarray) and result.ndim == 1:
            result = list(result)
        require(
            isinstance(result, list | tuple) and len(result) == number,
            expected=f"a list of {number} numbers for {_count(number)}",
            found=f"a list of length {len(result)}"
            if isinstance(result, list | tuple)
            else "no list",
            likely="no_list",
        )
        last = [number_from(one, name="each loss") for one in result][-1]
        exact = made_up.loss(weights)
        if not abs(last - exact) < TOLERANCE:
            raise failure(
                expected=f"{exact:.4f} after {_count(number)}, which is the loss of the net as it "
                "is at the end",
                found=f"{last:.4f}",
                likely=_likely_loss(last, exact, made_up, weights, number),
            )


def _likely_loss(
    found: float, exact: float, made_up: MadeUp, weights: list[np.ndarray], steps: int
) -> str:
    known = {"summed": exact * EXAMPLES}
    if steps == 1:
        before = [np.diag(made_up.sizes), made_up.directions]
        known["too_early"] = made_up.loss(before)
        times = _times_kept(made_up, weights, steps)
        if times is not None:
            known["of_the_step"] = made_up.loss(before, times / (1 - RATE))
    near = (name for name, value in known.items() if abs(found - value) < TOLERANCE)
    return next(near, "dropout_on")
