"""The checks of `01_mlp_exercises`, called outside grading; its answers are in `tests/answers`."""

import keras
import numpy as np
import pytest
from failing import failing, fails
from keras import layers
from scipy import stats

import course_checks as checks

# ---------------------------------------------------------------- functions of arrays


def to_rate(keep):
    if not 0 < keep <= 1:
        raise ValueError(keep)
    return 1 - keep


def to_keep(rate):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    return 1 - rate


def one_draw_a_unit(shape, rate, generator):
    return generator.random(shape) >= rate


def dropout(draw=one_draw_a_unit, scale=lambda rate: 1 / (1 - rate)):
    """A forward pass that keeps what `draw` says and multiplies it by `scale`."""

    def forward(x, rate, training, generator):
        rate = rate if training else 0.0
        kept = draw(x.shape, rate, generator)
        return (x * kept * scale(rate)).astype(x.dtype), kept

    return forward


forward = dropout()
never_active = dropout(lambda shape, rate, generator: np.ones(shape, bool), lambda rate: 1.0)


def inverted_mask(x, rate, training, generator):
    y, mask = forward(x, rate, training, generator)
    return y, ~mask


def in_place(x, rate, training, generator):
    x[:], mask = forward(x, rate, training, generator)
    return x, mask


def backward(upstream, mask, rate):
    return upstream * mask / (1 - rate)


def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, np.float32)))


def tied(logits):
    return float(np.mean((sigmoid(logits) == 1).sum(axis=1) >= 2))


def tied_in_float64(logits):
    outputs = 1 / (1 + np.exp(-np.asarray(logits, np.float64)))
    return float(np.mean((outputs == 1).sum(axis=1) >= 2))


def classes(logits):
    return logits.argmax(axis=1)


# ---------------------------------------------------------------- models and trials


def mlp(rate=0.0, *, units=256, activation="relu", dropout=layers.Dropout, first=(), last=()):
    """A Sequential model to vary: layers in front and behind, what stands behind hidden layers."""
    hidden = [
        layer
        for _ in range(2)
        for layer in (layers.Dense(units, activation=activation), dropout(rate))
    ]
    return keras.Sequential([*first, *hidden, layers.Dense(10), *last])


class AlwaysOn(layers.Dropout):
    def call(self, x, training=None):
        return super().call(x, training=True)


def trials(seed=0, seeds=8):
    effects = {0.0: 0.0, 0.2: 0.001, 0.5: 0.012, 0.8: -0.012}
    return checks.made_up_trials(effects, seeds=seeds, seed=seed)


def paired(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = (table[rate] - table[baseline]).to_numpy()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return difference.mean(), difference.mean() - half, difference.mean() + half


def unpaired(trials, rate, baseline=0.0):
    a, b = (trials.loc[trials.rate == r, "test_accuracy"] for r in (rate, baseline))
    interval = stats.ttest_ind(a, b).confidence_interval()
    return a.mean() - b.mean(), interval.low, interval.high


def verdict_from(interval):
    def verdict(trials, rate):
        _, low, high = interval(trials, rate)
        return "better" if low > 0 else "worse" if high < 0 else "cannot be told apart"

    return verdict


TRIALS = trials()
CASES = {
    "conversion_values_are_right": (
        (to_rate, to_keep),
        (lambda keep: keep, to_keep),
        "handed through unchanged",
    ),
    "conversion_refuses_values_out_of_range": (
        (to_rate, to_keep),
        (lambda keep: 1 - keep, to_keep),
        "it returned",
    ),
    "dropout_draws_again_each_call": (
        (forward,),
        (lambda x, rate, training, _: forward(x, rate, training, np.random.default_rng(0)),),
        "a seed is set",
    ),
    "dropout_draws_every_unit_alone": (
        (forward,),
        (dropout(lambda shape, r, g: np.tile(g.random(shape[1]) >= r, (shape[0], 1))),),
        "shared by all examples",
    ),
    "dropout_drops_the_right_fraction": (
        (forward,),
        (dropout(lambda shape, rate, generator: generator.random(shape) < rate),),
        "taken for the probability of keep",
    ),
    "dropout_is_identity_at_inference": (
        (forward,),
        (lambda x, rate, training, generator: forward(x, rate, True, generator),),
        "still dropped",
    ),
    "dropout_is_identity_at_rate_zero": (
        (forward,),
        (lambda x, r, training, g: forward(x, r or 0.5, training, g),),
        "the case of no dropping",
    ),
    "dropout_keeps_shape_and_dtype": (
        (forward,),
        (lambda x, r, training, g: forward(x.astype(np.float64), r, training, g),),
        "y is float64",
    ),
    "dropout_leaves_input_alone": ((forward,), (in_place,), "writing into x"),
    "dropout_mask_marks_the_kept": ((forward,), (inverted_mask,), "mask is inverted"),
    "dropout_scales_survivors": (
        (forward,),
        (dropout(scale=lambda rate: 1.0),),
        "survivors are not scaled",
    ),
    "dropout_uses_only_the_generator": (
        (forward,),
        (dropout(lambda shape, rate, _: np.random.rand(*shape) >= rate),),
        "np.random",
    ),
    "dropout_zeroes_the_dropped": ((forward,), (never_active,), "not one value of y is zero"),
    "backward_keeps_form": (
        (backward,),
        (lambda upstream, mask, rate: upstream * (mask / (1 - rate)),),
        "dx is float64",
    ),
    "backward_matches_numeric_gradient": (
        (backward,),
        (lambda upstream, mask, rate: upstream * mask,),
        "not scaled",
    ),
    "backward_uses_the_given_mask": (
        (backward,),
        (lambda upstream, mask, rate: upstream / (1 - rate),),
        "not used",
    ),
    "model_has_the_dense_layers": (
        (mlp,),
        (lambda rate: mlp(rate, units=512),),
        "[512, 512, 10]",
    ),
    "model_hidden_layers_use_relu": (
        (mlp,),
        (lambda rate: mlp(rate, activation=None),),
        "activation is missing",
    ),
    "model_returns_logits": (
        (mlp,),
        (lambda rate: mlp(rate, last=[layers.Softmax()]),),
        "a softmax is applied",
    ),
    "model_computes_alike_in_training": (
        (mlp,),
        (lambda rate: mlp(rate, first=[layers.GaussianNoise(0.5)]),),
        "a noise was added",
    ),
    "model_drops_after_each_hidden_layer": (
        (mlp,),
        (lambda rate: mlp(rate, last=[layers.Dropout(rate)]),),
        "erases logits",
    ),
    "model_drops_in_training_only": (
        (mlp,),
        (lambda rate: mlp(rate, dropout=AlwaysOn),),
        "training=True is set",
    ),
    "model_uses_the_rate": ((mlp,), (lambda rate: mlp(0.5),), "a number stands where"),
    "tied_counts_rows": ((tied,), (lambda z: 100 * tied(z),), "percentage"),
    "tied_works_in_float32": ((tied,), (tied_in_float64,), "computed in float64"),
    "classes_are_right_when_saturated": (
        (classes,),
        (lambda logits: sigmoid(logits).argmax(axis=1),),
        "saturate",
    ),
    "classes_are_right_at_any_size": (
        (classes,),
        (lambda z: (np.exp(z) / np.exp(z).sum(1, keepdims=True)).argmax(1),),
        "overflow",
    ),
    "chosen_letters_are_valid": (("cB", "BCDE"), ({"B", "Z"}, "BCDE"), "no statement has"),
    "chosen_letters_are_all_true": (
        ({"B"}, {"B", "C"}, "ABCD"),
        ({"B", "D"}, {"B", "C"}, "ABCD"),
        "at least one that does not",
    ),
    "chosen_letters_are_complete": (
        ({"B", "C", "D"}, {"B", "C"}, "ABCD"),
        ({"B"}, {"B", "C"}, "ABCD"),
        "at least one is missing",
    ),
    "paired_effect_is_right": (
        (paired, TRIALS, 0.5),
        (lambda trials, rate, baseline=0.0: paired(trials, baseline, rate), TRIALS, 0.5),
        "other way round",
    ),
    "paired_interval_is_right": (
        (paired, TRIALS, 0.5),
        (unpaired, TRIALS, 0.5),
        "independent groups",
    ),
    "verdict_is_right": (
        (verdict_from(paired), TRIALS, 0.5),
        (verdict_from(lambda trials, rate: 3 * [-paired(trials, rate)[0]]), TRIALS, 0.5),
        "other way round",
    ),
}

# ---------------------------------------------------------------- properties


def test_another_error_than_the_one_asked_for_is_named():
    def asserting(keep):
        assert 0 < keep <= 1
        return 1 - keep

    message = fails(checks.conversion_refuses_values_out_of_range, asserting, to_keep)
    assert "AssertionError instead" in message


def test_seed_of_keras_is_left_alone():
    def draw(names):
        keras.utils.clear_session()
        keras.utils.set_random_seed(5)
        for name in names:
            getattr(checks, name)(mlp)
        return keras.ops.convert_to_numpy(keras.random.uniform((3,)))

    models = [name for name in checks.__all__ if name.startswith("model_")]
    assert np.array_equal(draw(models), draw([]))


def test_letters_are_not_given_away():
    for chosen in ({"A"}, {"B"}, set("ABCD")):
        for check in (checks.chosen_letters_are_all_true, checks.chosen_letters_are_complete):
            message = fails(check, chosen, {"B", "C"}, "ABCD") or ""
            assert not any(f"{quote}{letter}" in message for letter in "BC" for quote in "'\"")


@pytest.mark.parametrize("seed", [0, 101, 7])
@pytest.mark.parametrize(("rate", "options"), [(0.2, {}), (0.8, {}), (0.5, {"baseline": 0.2})])
def test_intervals_of_any_trials(rate, options, seed):
    """Each rate, and a baseline that is given, which an answer has to heed."""
    pair = ["paired_effect_is_right", "paired_interval_is_right"]
    table = trials(seed)
    assert failing(pair, paired, table, rate, **options) == set()
    checks.verdict_is_right(verdict_from(paired), table, rate)
    message = fails(
        checks.paired_effect_is_right, lambda t, r, baseline=0.0: paired(t, r), table, 0.5, 0.2
    )
    assert "`baseline` is not used" in message


@pytest.mark.parametrize("seed", [0, 101, 7])
@pytest.mark.parametrize("errors", [0.5, 1.6, 9.0])
def test_trials_whose_difference_is_so_many_standard_errors(seed, errors):
    effects = {0.0: 0.0, 0.4: 0.004, 0.5: -0.003}
    made = checks.made_up_trials(effects, seed=seed, errors=errors)
    wide = made.pivot(index="seed", columns="rate", values="test_accuracy")
    for rate in (0.4, 0.5):
        difference = wide[rate] - wide[0.0]
        assert np.isclose(difference.mean(), effects[rate])
        assert np.isclose(abs(difference.mean()) / difference.sem(), errors)


def test_a_verdict_from_an_interval_of_ones_own():
    """What is wrong with the interval costs one mark; a verdict that ignores it costs another."""
    made = checks.made_up_trials({0.0: 0.0, 0.4: 0.004}, errors=1.6)

    def narrow(trials, rate):
        effect, low, high = paired(trials, rate)
        return effect, effect - (effect - low) / 3, effect + (high - effect) / 3

    assert fails(checks.verdict_is_right, verdict_from(narrow), made, 0.4)
    checks.verdict_is_right(verdict_from(narrow), made, 0.4, paired=narrow)
    checks.verdict_is_right(verdict_from(paired), made, 0.4, paired=paired)
    assert fails(checks.verdict_is_right, verdict_from(narrow), made, 0.4, paired=paired)


def test_made_up_trials_are_shuffled_and_complete():
    table = trials(seeds=5)
    assert list(table.columns) == ["rate", "seed", "test_accuracy"]
    assert len(table) == 20 and table.groupby("rate")["seed"].nunique().eq(5).all()
    assert not table["rate"].is_monotonic_increasing
