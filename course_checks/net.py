"""Checks of Keras nets: layers, activations, and dropout, beside a plan of how they should be.

Each takes the student's function, the plan, and the arguments for the function, a rate or a tuple
of rates among them where there is dropout. Weights are the checks' own. Where dropout is to make
no difference, tests give a rate of 1e-9 and not 0: who hands on the probability of keeping would
ask for a rate of 1, which Keras refuses.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from course_checks.passes import Net, Pass, Place, is_same
from course_checks.plan import INPUT, LAST, Plan, kind_of, signature
from course_checks.property import check, require

SMALLEST_MARGIN = 0.2  # of a rate that is known from a scale, in units of the tolerance


@check(
    "the net has {plan.words}",
    no_pooling="poolings are missing or added: each block ends in one max pooling.",
    convolutions="convolutions are missing or added: each block has two.",
    denses="a Dense layer is missing or added.",
    other_sizes="another order, number of units or filters, size of window or padding.",
    no_bias="use_bias=False was set.",
    same_weights="one layer, or a list of layers, stands in the net more than once: calling a "
    "layer again is not a new layer.",
    same_model="layers, or the whole model, are made once and used again, so that the next model "
    "starts with what the last one learnt.",
)
def has_the_layers(build: Callable, plan: Plan, *arguments: object, seed: int = 0) -> None:
    """Layers of the kinds of the plan, with weights of their own, and so has each model."""
    net = Net(build, plan, *arguments, seed=seed)
    calls = net.passed(training=False).calls
    found = [signature(one.layer, one.given.shape[1:], one.shape[1:]) for one in calls]
    expected = list(plan.layers)
    unlike = [k for k, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]]
    first = unlike[0] if unlike else min(len(found), len(expected))
    at = [names[first] if first < len(names) else "nothing" for names in (expected, found)]
    require(
        found == expected,
        expected=f"as layer {first + 1} of {len(expected)}: {at[0]}",
        found=f"{at[1]} ({len(found)} layers with weights or pooling)",
        likely=_unlike(found, expected),
    )
    weighted = [one.layer for one in calls if one.layer.kernel is not None]
    require(
        all(layer.bias is not None for layer in weighted),
        expected="a bias in each layer with weights",
        found="none in one of them",
        likely="no_bias",
    )
    tokens = [layer.token for layer in weighted]
    require(
        len(set(tokens)) == len(tokens),
        expected="weights of its own for each layer",
        found="one layer at two places",
        likely="same_weights",
    )
    given = {one for part in net.parts() for one in net.model.tokens_of(part)}
    require(
        not (net.another().tokens() & net.model.tokens()) - given,
        expected="a new model at each call",
        found="two calls whose models share weights",
        likely="same_model",
    )


def _unlike(found: Sequence[str], expected: Sequence[str]) -> str:
    kinds = {"MaxPooling2D": "no_pooling", "Conv2D": "convolutions", "Dense": "denses"}
    for kind, likely in kinds.items():
        counts = [[kind_of(name) for name in names].count(kind) for names in (found, expected)]
        if counts[0] != counts[1]:
            return likely
    return "other_sizes"


@check(
    "the first layer sees the inputs as they are",
    changed="the inputs are scaled inside the model as well as outside, or another layer was added "
    "in front.",
)
def sees_the_inputs(build: Callable, plan: Plan, *arguments: object, seed: int = 0) -> None:
    """At inference."""
    quiet = Net(build, plan, *arguments, seed=seed).passed(training=False)
    require(
        quiet.is_as_planned(INPUT),
        expected="the inputs as they are",
        found="they are changed before the first layer",
        likely="changed",
    )


@check(
    "each layer but the last ends in a ReLU",
    no_activation="the activation is missing: two linear layers in a row are one linear layer.",
    no_hidden="there is no layer in front of the last one.",
    other_activation="another activation, a normalisation, a dropout that stays active at "
    "inference, or a layer that the statement does not have.",
)
def hidden_layers_end_in_relu(
    build: Callable, plan: Plan, *arguments: object, seed: int = 0
) -> None:
    """At inference, what such a layer passes on is the positive part of its sum."""
    quiet = Net(build, plan, *arguments, seed=seed).passed(training=False)
    hidden = [one for name, one in quiet.places.items() if name not in (INPUT, LAST)]
    require(hidden, expected="hidden layers", found="none", likely="no_hidden")
    for place in hidden:
        ranges = [
            f"values from {one.min():.3g} to {one.max():.3g}" for one in (place.exact, place.found)
        ]
        require(
            quiet.is_as_planned(place.name),
            expected=f"{place.name} passes on its weighted sum where that is positive, else 0: "
            f"{ranges[0]}",
            found=ranges[1] if len(set(ranges)) > 1 else "other values in the same range",
            likely="no_activation"
            if is_same(place.found, place.total, quiet.tolerance)
            else "other_activation",
        )


@check(
    "the model returns logits",
    softmax="a softmax is applied inside the model; a loss with from_logits=True applies its own.",
    not_the_sum="an activation or another layer follows the last weighted sum.",
)
def returns_logits(build: Callable, plan: Plan, *arguments: object, seed: int = 0) -> None:
    """At inference, the output is the last layer's weighted sum."""
    quiet = Net(build, plan, *arguments, seed=seed).passed(training=False)
    low, high = quiet.output.min(), quiet.output.max()
    sums_to_one = np.allclose(quiet.output.sum(axis=-1), 1, atol=1e-2)
    require(
        quiet.is_as_planned(LAST),
        expected="the output is the weighted sum of the last layer, any real number",
        found=f"values from {low:.3g} to {high:.3g}"
        + (", and each row sums to 1" if sums_to_one else ""),
        likely="softmax" if sums_to_one else "not_the_sum",
    )


@check(
    "nothing but dropout makes a difference between training and inference",
    false_fail=1e-50,
    noise="a normalisation, a noise or another layer was added, which acts in training only.",
)
def computes_alike_in_training(
    build: Callable, plan: Plan, *arguments: object, seed: int = 0
) -> None:
    """Without dropout, or with a rate near 0, each place passes on in training what it should.

    Where it does not at inference either, or where values are dropped all the same, that is another
    check's business. Near 0 a right answer drops one of its thousands of units with p < 0.03 (that
    a float32 draw is exactly 0), and one in a hundred of them, which would count, never.
    """
    net = Net(build, plan, *arguments, seed=seed)
    busy, quiet = net.passed(training=True), net.passed(training=False)
    may_drop = plan.rate_of(arguments) is not None
    for name, place in busy.places.items():
        is_judged_here = name in quiet.places and quiet.is_as_planned(name)
        require(
            busy.is_as_planned(name) or not is_judged_here or (may_drop and place.gone.any()),
            expected=f"{name} passes on in training what it passes on at inference",
            found="other numbers",
            likely="noise",
        )


@check(
    "dropout acts where it should, and nowhere else",
    false_fail=1e-11,
    nowhere="no Dropout layer, or one that gets rate 0 or training=False, or that is not called.",
    on_output="dropout behind the output layer erases logits: it would hide the answer itself.",
    on_input="dropout in front of the first layer drops inputs, not hidden units.",
    before_pooling="dropout stands between the convolutions and the pooling, not behind the "
    "pooling.",
    elsewhere="a layer has dropout that should have none.",
    too_few="one Dropout layer acts at one place: each place needs a dropout step of its own.",
)
def drops_at_its_places(build: Callable, plan: Plan, *arguments: object, seed: int = 0) -> None:
    """In training. There are 256 draws or more at each place.

    At a rate of 0.1 none of them drops with p < 2e-12, and at the other rates of the tests with
    less.
    """
    busy = Net(build, plan, *arguments, seed=seed).passed(training=True)
    found = [name for name, place in busy.places.items() if place.gone.any()]
    expected = list(plan.rates(arguments, [place.name for place in _dropping(busy)]))
    require(
        found == expected,
        expected=f"values dropped behind {' and '.join(expected)}",
        found=f"behind {' and '.join(found)}" if found else "at no place at all",
        likely=_misplaced(found, set(found) - set(expected)),
    )


def _misplaced(found: Sequence[str], wrong: set[str]) -> str:
    if not found:
        return "nowhere"
    known = {
        LAST: "on_output",
        INPUT: "on_input",
        "Conv2D": "before_pooling",
        "": "elsewhere",
    }
    hints = [hint for begin, hint in known.items() for name in wrong if name.startswith(begin)]
    return next(iter(hints), "too_few")


@check(
    "dropout acts in training only",
    always_on="training=True is set for the dropout by hand, or is the default of `call`. (In a "
    "functional model, a `training` that is given in the call overrules it; a call without one "
    "does not.)",
    not_repeated="two outputs for the same input differ at inference.",
    scaled="inference is scaled, as in the original method: inverted dropout scales in training, "
    "and prediction needs no scaling.",
)
def drops_in_training_only(build: Callable, plan: Plan, *arguments: object, seed: int = 0) -> None:
    """Inference is a call with training=False, and one without `training`, if that works."""
    net = Net(build, plan, *arguments, seed=seed)
    quiet, again = (net.passed(training=False, number=number) for number in (0, 1))
    passes = {"training=False": quiet}
    if not plan.augments and net.works_without_training():
        passes["no `training` in the call, model(x)"] = net.passed(training=None)
    for when, one in passes.items():
        found = [name for name, place in one.places.items() if place.gone.any()]
        require(
            not found,
            expected=f"no value dropped with {when}",
            found=f"values dropped behind {' and '.join(found)}",
            likely="always_on",
        )
    require(
        is_same(again.output, quiet.output, quiet.tolerance),
        expected="with training=False the output repeats",
        found="it differs",
        likely="not_repeated",
    )
    for place in _dropping(quiet):
        factor = _factor(place)
        require(
            factor is None or abs(factor - 1) < 2 * quiet.tolerance,
            expected=f"with training=False {place.name} passes on what its weights give",
            found=f"{factor or 0:.3g} times that",
            likely="scaled",
        )


@check(
    "each pass in training draws anew, for each example and each unit",
    false_fail=1e-11,
    fixed="the random numbers are fixed, as by a seed that is set at each call.",
    inactive="no dropout is active in training.",
    shared="one mask is shared by the whole batch, or by all units, as by noise_shape.",
)
def draws_anew(build: Callable, plan: Plan, *arguments: object, seed: int = 0) -> None:
    """Somewhere in 256 draws or more: not all of them drop the same, in both passes.

    At a rate of 0.1 and with draws for 16 maps of 16 examples each, no map is dropped for some and
    kept for others with p < 2e-12.
    """
    net = Net(build, plan, *arguments, seed=seed)
    busy, again = (net.passed(training=True, number=number) for number in (0, 1))
    active = [place for place in busy.places.values() if place.gone.any()]
    require(active, expected="values dropped in training", found="none", likely="inactive")
    for place in active:
        other = again.places[place.name]
        both = place.positive & other.positive
        require(
            (place.gone != other.gone)[both].any(),
            expected=f"two passes in training drop other values behind {place.name}",
            found="the same ones",
            likely="fixed",
        )
        for axis, what in ((0, "for some examples"), (1, "of one example")):
            require(
                _is_mixed(place, axis),
                expected=f"{what}, some values dropped behind {place.name} and some kept",
                found="all or none",
                likely="shared",
            )


def _dropping(one: Pass) -> list[Place]:
    return [place for place in one.places.values() if place.drops]


def _is_mixed(place: Place, axis: int) -> bool:
    """Whether values along this axis, 0 for the examples, are dropped and kept."""
    gone, kept = (
        what.reshape(len(place.gone), -1) for what in (place.gone, place.positive & ~place.gone)
    )
    return bool((gone.any(axis=axis) & kept.any(axis=axis)).any())


def _factor(place: Place) -> float | None:
    """How many times its exact value each value is that was not dropped; None if it varies."""
    ratio = place.ratio
    if not ratio.size or not np.allclose(ratio, np.median(ratio), rtol=0.1):
        return None
    return float(np.median(ratio))


def _share(place: Place) -> tuple[float, int]:
    """The share dropped, and how many draws at least decided that.

    One a value; where maps are dropped as a whole, one a map; where all examples share a mask, one
    a unit; where examples are dropped as a whole, one an example.
    """
    gone, seen = place.gone, place.positive
    if gone.ndim == 4 and not (gone.any(axis=(1, 2)) & (seen & ~gone).any(axis=(1, 2))).any():
        gone, seen = gone.any(axis=(1, 2)), seen.any(axis=(1, 2))
    draws = int(seen.sum())
    for axis in (0, 1):
        if not _is_mixed(place, axis):
            draws = int(seen.reshape(len(seen), -1).any(axis=axis).sum())
    return float(gone.sum() / max(seen.sum(), 1)), max(draws, 1)


def _margin(share: float, draws: int) -> float:
    """Six standard errors."""
    return 6 * np.sqrt(share * (1 - share) / draws)


@check(
    "the share that is dropped is the rate that is given",
    false_fail=1e-6,
    inactive="no Dropout layer, or one that is not active in training.",
    per_cent="hardly anything is dropped: the rate was divided by 100, as if it were in per cent.",
    constant="the same share at every rate: a number stands where the argument belongs, or one "
    "rate serves all places.",
    keeping="the probability of keeping was given; Keras's rate is the one of dropping.",
    backwards="the rates are used from the last place to the first.",
    other_rate="dropout is applied twice at one place, or the rate is altered on the way.",
)
def uses_the_rate(build: Callable, plan: Plan, *settings: Sequence, seed: int = 0) -> None:
    """Wherever dropout acts. settings: arguments of the function, one or more times.

    Give or take six standard errors of the draws that were made, so that a mask shared by the
    examples is another check's business, and so is a place without dropout where one rate is given.
    Where survivors are scaled by a rate that the draws agree with, that rate counts.
    """
    found = [row for arguments in settings for row in _shares(build, plan, arguments, seed)]
    rates, shares = (np.array([row[k] for row in found]) for k in (1, 2))
    require(
        len(found) and shares.max() > 0,
        expected="values dropped in training",
        found="none",
        likely="inactive",
    )
    for name, rate, share, margin in found:
        require(
            abs(share - rate) < margin,
            expected=f"at the rate {rate:.4g}, {rate:.1%} dropped behind {name}, give or take "
            f"{margin:.1%}",
            found=f"{share:.1%}",
            likely=_unlike_rates(shares, rates),
        )


def _shares(
    build: Callable, plan: Plan, arguments: Sequence, seed: int
) -> Iterator[tuple[str, float, float, float]]:
    """Name of the place, rate, share dropped, and how far from the rate it may be."""
    busy = Net(build, plan, *arguments, seed=seed).passed(training=True)
    places = {place.name: place for place in _dropping(busy)}
    if not isinstance(plan.rate_of(arguments), tuple):
        active = [one for one in busy.places.values() if one.gone.any()]
        places = {one.name: one for one in active if one.drops or one.name != INPUT}
    for name, rate in plan.rates(arguments, list(places)).items():
        if name not in places:
            yield name, rate, 0.0, 0.0
            continue
        share, draws = _share(places[name])
        margin, factor = _margin(rate, draws), _factor(places[name])
        if factor and abs(1 - 1 / factor - share) < margin:
            share, margin = 1 - 1 / factor, min(margin, SMALLEST_MARGIN * busy.tolerance)
        yield name, rate, share, margin


def _unlike_rates(shares: np.ndarray, rates: np.ndarray) -> str:
    if shares.max() < 0.03:
        return "per_cent"
    if np.ptp(shares) < 0.1:
        return "constant"
    if np.allclose(shares, 1 - rates, rtol=0, atol=0.1):
        return "keeping"
    return "backwards" if np.allclose(shares, rates[::-1], rtol=0, atol=0.09) else "other_rate"


@check(
    "what survives is scaled by 1 / (1 - rate)",
    false_fail=1e-8,
    unscaled="survivors are not scaled, so that prediction sees larger sums than training did, or "
    "another noise than dropout is used.",
)
def scales_survivors(build: Callable, plan: Plan, *arguments: object, seed: int = 0) -> None:
    """In training; whatever the rate is: the share that is dropped makes up for the rest.

    Up to six standard errors of the rate that the scale implies.
    """
    net = Net(build, plan, *arguments, seed=seed)
    busy, quiet = net.passed(training=True), net.passed(training=False)
    for place in _dropping(busy):
        share, draws = _share(place)
        if _factor(quiet.places[place.name]) is None or not share:
            continue  # another activation, or no dropout: another check's business
        factor = _factor(place)
        implied = float(np.clip(1 - 1 / factor, 0, 1)) if factor else 0.0
        require(
            factor and abs(implied - share) < _margin(implied, draws) + 2 * busy.tolerance,
            expected=f"where {share:.0%} are dropped behind {place.name}, a survivor is about "
            f"{1 / (1 - share) if share < 1 else np.inf:.3g} times its value",
            found=f"{factor:.3g} times" if factor else "another factor for each",
            likely="unscaled",
        )
