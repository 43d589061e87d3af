"""Checks of Keras exercises: a multilayer perceptron with dropout, or a head of that kind.

A model is watched at its Dense layers (see `watching`). Between two of them lie the
activation and the dropout, whichever class and order they have. `features` is how many
numbers an example has.
"""

from collections.abc import Callable, Iterable, Sequence
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

PIXELS = 784
EXAMPLES = 32
UNITS = (256, 256, 10)


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


def _examples(features: int, seed: int) -> np.ndarray:
    """Inputs of wide spread, so that all kinds of activation can be told apart."""
    generator = np.random.default_rng([seed, 4])
    return generator.normal(0.0, 3.0, size=(EXAMPLES, features)).astype(np.float32)


def _build(what: str, build: Callable, rate: float, features: int) -> Any:
    """The student's model, called once so that all its layers exist."""
    return built_model(what, build, rate, shape=(2, features))


def _watch(what: str, model: Any, features: int, *, training: bool, seed: int) -> Watched:
    """One eager forward pass of the model, watched at its Dense layers."""
    x = _examples(features, seed)
    seen, output = watched_pass(what, model, x, ("Dense",), training=training)
    units = [one.layer.units for one in seen]
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


def _share_dropped(pairs: Iterable[tuple[np.ndarray, np.ndarray]]) -> float:
    """The share of the clearly positive values before that were dropped; 0 if there are none."""
    counts = [(dropped(*pair).sum(), clearly_positive(pair[0]).sum()) for pair in pairs]
    lost, live = np.sum(counts, axis=0)
    return float(lost / max(live, 1))


@random_states_kept()
def model_has_the_dense_layers(
    build: Callable, *, features: int = PIXELS, units: Sequence[int] = UNITS, seed: int = 0
) -> None:
    """(n, features) goes through Dense layers of these units, the last of which is the output."""
    what = f"the model has Dense layers of {', '.join(map(str, units[:-1]))} and {units[-1]} units"
    model = _build(what, build, 0.5, features)
    watched = _watch(what, model, features, training=False, seed=seed)
    require(
        watched.units == list(units) and watched.output.shape == (EXAMPLES, units[-1]),
        what,
        expected=f"Dense layers of {list(units)} units and an output of shape "
        f"({EXAMPLES}, {units[-1]})",
        found=f"Dense layers of {watched.units} units and an output of shape "
        f"{watched.output.shape}",
        hint="a layer is missing or added, or has another number of units.",
    )
    another = {id(variable) for variable in _build(what, build, 0.5, features).variables}
    require(
        not another & {id(variable) for variable in model.variables},
        what,
        expected="a new model at each call",
        found="two calls whose models share weights",
        hint="layers, or the whole model, are made once and used again, so that the next model "
        "starts with what the last one learnt.",
    )
    require(
        is_same(watched.inputs[0], _examples(features, seed)),
        what,
        expected="the first Dense layer sees the inputs as they are",
        found="they are changed before it",
        hint="the inputs are scaled inside the model as well as outside, or another layer was "
        "added in front.",
    )


@random_states_kept()
def model_hidden_layers_use_relu(build: Callable, *, features: int = PIXELS, seed: int = 0) -> None:
    """At inference, what a hidden layer passes on is the positive part of its sum."""
    what = "each hidden layer ends in a ReLU"
    watched = _watch(what, _build(what, build, 0.0, features), features, training=False, seed=seed)
    for name, (before, after) in list(watched.places().items())[:-1]:
        require(
            is_same(after, np.maximum(before, 0)),
            what,
            expected=f"{name} passes on its weighted sum where that is positive, else 0",
            found="the weighted sum itself"
            if is_same(after, before)
            else f"values from {after.min():.3g} to {after.max():.3g} for sums from "
            f"{before.min():.3g} to {before.max():.3g}",
            hint="the activation is missing: two linear layers in a row are one linear layer."
            if is_same(after, before)
            else "another activation, or a layer that the statement does not have.",
        )


@random_states_kept()
def model_returns_logits(build: Callable, *, features: int = PIXELS, seed: int = 0) -> None:
    """At inference, the output is the last layer's weighted sum."""
    what = "the model returns logits"
    watched = _watch(what, _build(what, build, 0.0, features), features, training=False, seed=seed)
    before, after = watched.places()["the output layer"]
    sums_to_one = np.allclose(after.sum(axis=1), 1, atol=1e-3)
    require(
        is_same(after, before),
        what,
        expected="the output is the weighted sum of the last Dense layer, any real number",
        found=f"values from {after.min():.3g} to {after.max():.3g}"
        + (", and each row sums to 1" if sums_to_one else ""),
        hint="a softmax is applied inside the model; a loss with from_logits=True applies its own."
        if sums_to_one
        else "an activation or another layer follows the last weighted sum.",
    )


@random_states_kept()
def model_computes_alike_in_training(
    build: Callable, *, features: int = PIXELS, seed: int = 0
) -> None:
    """With a rate near 0, each place passes on in training what it passes on at inference.

    Where values are dropped all the same, that is another check's business.
    """
    what = "nothing but dropout makes a difference between training and inference"
    # Not 0: who gives the probability of keeping would ask for a rate of 1, which Keras refuses.
    model = _build(what, build, 1e-9, features)
    busy, quiet = (
        _watch(what, model, features, training=training, seed=seed) for training in (True, False)
    )
    pairs = {"the input": (_examples(features, seed), busy.inputs[0]), **busy.places()}
    others = {"the input": (_examples(features, seed), quiet.inputs[0]), **quiet.places()}
    for name, (before, after) in pairs.items():
        before_at_inference, after_at_inference = others[name]
        require(
            is_same(after, after_at_inference)
            or not is_same(before, before_at_inference)
            or dropped(before, after).any(),
            what,
            expected=f"with a rate near 0, {name} passes on the same with training=True and False",
            found="other numbers in training",
            hint="a normalisation or a noise was added, which acts in training only.",
        )


@random_states_kept()
def model_drops_after_each_hidden_layer(
    build: Callable, *, features: int = PIXELS, seed: int = 0
) -> None:
    """In training, units are dropped after every hidden layer and nowhere else.

    A right answer fails with p < 1e-100: thousands of units are looked at.
    """
    what = "dropout acts after each hidden layer, and nowhere else"
    watched = _watch(what, _build(what, build, 0.5, features), features, training=True, seed=seed)
    places = {"the input": (_examples(features, seed), watched.inputs[0]), **watched.places()}
    found = [name for name, pair in places.items() if dropped(*pair).any()]
    expected = [name for name in places if name.startswith("hidden")]
    require(
        found == expected,
        what,
        expected=" and ".join(expected),
        found=" and ".join(found) or "no place at all",
        hint=place_hint(
            found,
            "the output layer",
            {"the input": "dropout before the first Dense layer drops inputs, not hidden units."},
            "one Dropout layer acts at one place: each hidden layer needs its own dropout step.",
        ),
    )


@random_states_kept()
def model_uses_the_rate(build: Callable, *, features: int = PIXELS, seed: int = 0) -> None:
    """The fraction dropped is the rate that is given, wherever dropout acts.

    Three passes; 6 standard errors of as many draws as there are units in a layer and
    passes, so that a mask shared by the examples is another check's business. For a
    right answer, with a draw for each example as well, p(false fail) < 1e-100.
    """
    what = "the fraction of dropped units is the rate that is given"
    rates, passes = (0.2, 0.7), 3
    fractions = {rate: _fractions(what, build, rate, features, passes, seed) for rate in rates}
    require(
        all(fractions.values()),
        what,
        expected=f"units are dropped at the rates {rates}",
        found="none is",
        hint="no Dropout layer, or one that is not active in training.",
    )
    for rate in rates:
        for name, (found, units) in fractions[rate].items():
            shares = [fractions[other].get(name, (0.0, 1))[0] for other in rates]
            margin = 6 * np.sqrt(rate * (1 - rate) / (passes * units))
            require(
                abs(found - rate) < margin,
                what,
                expected=f"at rate {rate}, {rate:.0%} dropped after {name}, give or take "
                f"{margin:.0%}",
                found=f"{found:.0%}",
                hint=rate_hint(
                    shares,
                    rates,
                    "the same fraction at every rate: a number stands where the argument belongs.",
                ),
            )


def _fractions(
    what: str, build: Callable, rate: float, features: int, passes: int, seed: int
) -> dict[str, tuple[float, int]]:
    """For each place where dropout acts: the fraction dropped, and the number of units."""
    model = _build(what, build, rate, features)
    watched = [
        _watch(what, model, features, training=True, seed=seed + k).places() for k in range(passes)
    ]
    found = {}
    for name in watched[0]:
        share = _share_dropped(places[name] for places in watched)
        if share:
            found[name] = (share, watched[0][name][0].shape[1])
    return found


@random_states_kept()
def model_drops_in_training_only(build: Callable, *, features: int = PIXELS, seed: int = 0) -> None:
    """Inference drops nothing; training draws for each call and example, and scales survivors.

    A right answer fails with p < 1e-100.
    """
    what = "dropout acts in training only, with new draws and scaled survivors"
    rate = 0.4
    model = _build(what, build, rate, features)
    quiet, quiet_again, busy, busy_again = (
        _watch(what, model, features, training=training, seed=seed)
        for training in (False, False, True, True)
    )
    require(
        is_same(quiet_again.output, quiet.output)
        and not any(dropped(*pair).any() for pair in quiet.places().values()),
        what,
        expected="with training=False no unit is dropped and the output repeats",
        found="units are dropped, or two outputs for the same input differ",
        hint="training=True is set for the dropout by hand, so it stays active in prediction.",
    )
    require(
        not np.array_equal(busy.output, busy_again.output),
        what,
        expected="with training=True two outputs for the same input differ",
        found="they are the same",
        hint="no dropout is active in training, or its mask is fixed by a seed at each call.",
    )
    for before, after in busy.places().values():
        if dropped(before, after).any():
            _require_draws_for_each_example(what, before, after)
    if np.array_equal(busy.inputs[0], quiet.inputs[0]):
        share = _share_dropped([(busy.sums[0], busy.inputs[1])])
        _require_scaled_survivors(what, share, quiet.inputs[1], busy.inputs[1])


def _require_draws_for_each_example(what: str, before: np.ndarray, after: np.ndarray) -> None:
    """Some unit is kept for one example and dropped for another, and so within an example."""
    gone = dropped(before, after)
    kept = clearly_positive(before) & ~gone
    for axis, expected, found in (
        (
            0,
            "a unit is dropped for some examples and kept for others",
            "each unit is either dropped or kept for all examples",
        ),
        (
            1,
            "of one example some units are dropped and some kept",
            "all units of an example are either dropped or kept",
        ),
    ):
        require(
            (kept.any(axis=axis) & gone.any(axis=axis)).any(),
            what,
            expected=expected,
            found=found,
            hint="one mask is shared by the whole batch, or by all units, as by noise_shape.",
        )


def _require_scaled_survivors(
    what: str, share: float, at_inference: np.ndarray, in_training: np.ndarray
) -> None:
    """What survives makes up for the fraction that was dropped, whatever the rate is."""
    kept = (in_training != 0) & clearly_positive(at_inference)
    exact = 1 / (1 - share) if share < 1 else np.inf
    ratio = in_training[kept] / at_inference[kept] if kept.any() else np.zeros(1)
    middle = float(np.median(ratio))
    require(
        np.isclose(middle, exact, rtol=0.2) and np.allclose(ratio, middle, rtol=0.1),
        what,
        expected=f"where {share:.0%} are dropped, a survivor in training is about {exact:.2f} "
        "times its value at inference",
        found=f"from {ratio.min():.2f} to {ratio.max():.2f} times",
        hint="survivors are not scaled, so that prediction sees larger sums than training did, "
        "or another noise than dropout is used.",
    )
