"""Checks of Keras exercises: a multilayer perceptron with dropout, or a head of that kind.

A model is watched at its Dense layers (see `watching`). Between two of them lie the
activation and the dropout, whichever class and order they have. `features` is how many
numbers an example has.
"""

from collections.abc import Callable, Sequence

import numpy as np

from course_checks.chains import (
    EXAMPLES,
    build_chain,
    random_rows,
    watch,
    watch_at_inference,
    watch_in_training,
)
from course_checks.masks import (
    ALWAYS_ON,
    clearly_positive,
    dropped,
    independent_draws,
    place_hint,
    rate_hint,
    require_draws_for_each_example,
)
from course_checks.report import random_states_kept, require
from course_checks.watching import (
    is_same,
    require_a_new_model,
    works_without_training,
)

PIXELS = 784
UNITS = (256, 256, 10)
RATE = 0.4  # not 0.5, which is its own opposite
# Not 0: who gives the probability of keeping would ask for a rate of 1, which Keras refuses.
NEAR_ZERO = 1e-9


def _share_dropped(before: np.ndarray, after: np.ndarray) -> float:
    """The share of the clearly positive values before that were dropped; 0 if there are none."""
    return float(dropped(before, after).sum() / max(clearly_positive(before).sum(), 1))


@random_states_kept()
def model_has_the_dense_layers(
    build: Callable, *, features: int = PIXELS, units: Sequence[int] = UNITS, seed: int = 0
) -> None:
    """(n, features) goes through Dense layers of these units, the last of which is the output."""
    what = f"the model has Dense layers of {', '.join(map(str, units[:-1]))} and {units[-1]} units"
    model = build_chain(what, build, RATE, features)
    watched = watch_at_inference(what, model, features, seed)
    require(
        watched.units == list(units) and watched.output.shape == (EXAMPLES, units[-1]),
        what,
        expected=f"Dense layers of {list(units)} units and an output of shape "
        f"({EXAMPLES}, {units[-1]})",
        found=f"Dense layers of {watched.units} units and an output of shape "
        f"{watched.output.shape}",
        hint="a layer is missing or added, or has another number of units.",
    )
    require_a_new_model(what, model, build, RATE, shape=(2, features))
    require(
        is_same(watched.inputs[0], random_rows(features, seed)),
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
    model = build_chain(what, build, NEAR_ZERO, features)
    watched = watch_at_inference(what, model, features, seed)
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
    model = build_chain(what, build, NEAR_ZERO, features)
    watched = watch_at_inference(what, model, features, seed)
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

    Where values are dropped all the same, that is another check's business; so it is behind them,
    where sums differ. A right answer drops one of its thousands of units with p < 0.003 (that a
    float32 draw is exactly 0), and then fails with p < 1e-50: hundreds of sums behind that unit
    would have to change by less than 1 %.
    """
    what = "nothing but dropout makes a difference between training and inference"
    model = build_chain(what, build, NEAR_ZERO, features)
    busy = watch_in_training(what, model, features, seed)
    quiet = watch_at_inference(what, model, features, seed)
    pairs = {"the input": (random_rows(features, seed), busy.inputs[0]), **busy.places()}
    others = {"the input": (random_rows(features, seed), quiet.inputs[0]), **quiet.places()}
    for name, (before, after) in pairs.items():
        before_at_inference, after_at_inference = others[name]
        require(
            is_same(after, after_at_inference)
            or not is_same(before, before_at_inference)
            or ((before > 0) & (after == 0)).any(),
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
    watched = watch_in_training(what, build_chain(what, build, RATE, features), features, seed)
    places = {"the input": (random_rows(features, seed), watched.inputs[0]), **watched.places()}
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

    Give or take 6 standard errors of the draws that were made, so that a mask shared by the
    examples is another check's business: for such a mask p(false fail) < 1e-6, for a right answer,
    with a thousand draws or more at each place, < 1e-8.
    """
    what = "the fraction of dropped units is the rate that is given"
    rates = (RATE, 0.75)
    fractions = {rate: _fractions(what, build, rate, features, seed) for rate in rates}
    require(
        all(fractions.values()),
        what,
        expected=f"units are dropped at the rates {rates}",
        found="none is",
        hint="no Dropout layer, or one that is not active in training.",
    )
    for rate in rates:
        for name, (found, draws) in fractions[rate].items():
            shares = [fractions[other].get(name, (0.0, 1))[0] for other in rates]
            margin = 6 * np.sqrt(rate * (1 - rate) / draws)
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
    what: str, build: Callable, rate: float, features: int, seed: int
) -> dict[str, tuple[float, int]]:
    """For each place where dropout acts: the fraction dropped, and the number of draws."""
    model = build_chain(what, build, rate, features)
    places = watch_in_training(what, model, features, seed).places()
    shares = {name: _share_dropped(*pair) for name, pair in places.items()}
    return {
        name: (share, independent_draws(*places[name])) for name, share in shares.items() if share
    }


@random_states_kept()
def model_drops_in_training_only(build: Callable, *, features: int = PIXELS, seed: int = 0) -> None:
    """Inference drops nothing; training draws for each call and example, and scales survivors.

    Inference is a call with training=False, and one without `training`. A right answer fails with
    p < 1e-15: the share dropped, of 1,400 draws or more, is known up to a tenth of what survives;
    that two passes drop the same, or that no unit is mixed, has p < 1e-100.
    """
    what = "dropout acts in training only, with new draws and scaled survivors"
    model = build_chain(what, build, RATE, features)
    quiet = watch_at_inference(what, model, features, seed)
    quiet_again = watch(what, model, features, training=False, seed=seed)
    busy, busy_again = (watch_in_training(what, model, features, seed, k) for k in (0, 1))
    require(
        is_same(quiet_again.output, quiet.output)
        and not any(dropped(*pair).any() for pair in quiet.places().values()),
        what,
        expected="with training=False no unit is dropped and the output repeats",
        found="units are dropped, or two outputs for the same input differ",
        hint="training=True is set for the dropout by hand, so it stays active in prediction.",
    )
    if works_without_training(model, random_rows(features, seed)):
        plain = watch(what, model, features, training=None, seed=seed)
        require(
            not any(dropped(*pair).any() for pair in plain.places().values()),
            what,
            expected="with no `training` in the call, model(x), no unit is dropped",
            found="units are dropped",
            hint=ALWAYS_ON,
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
            require_draws_for_each_example(what, before, after)
    if np.array_equal(busy.inputs[0], quiet.inputs[0]):
        share = _share_dropped(busy.sums[0], busy.inputs[1])
        _require_scaled_survivors(what, share, quiet.inputs[1], busy.inputs[1])


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
