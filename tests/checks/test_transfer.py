"""The checks of the exercises 04 and 05, called outside grading; their answers: `tests/answers`."""

import keras
import numpy as np
import pytest
from failing import USELESS, Hostile, failing, fails
from keras import layers
from scipy.special import entr, softmax

import course_checks as checks
from course_utils.statistics import paired_difference

# ---------------------------------------------------------------- right answers


def head(rate, first=(), last=()):
    hidden = [layers.Dense(100, activation="relu"), layers.Dropout(rate)]
    return keras.Sequential([keras.Input((1280,)), *first, *hidden, layers.Dense(10), *last])


def best_models(train_one, rates, seeds, folder, name="{rate}-{seed}.weights.h5"):
    """With ModelCheckpoint; `name` says which runs share a file."""
    models, files = {}, {}
    for rate in rates:
        for seed in seeds:
            files[rate, seed] = folder / name.format(rate=rate, seed=seed, whole=int(10 * rate))
            keeper = keras.callbacks.ModelCheckpoint(
                files[rate, seed], save_best_only=True, save_weights_only=True
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for run, model in models.items():
        model.load_weights(files[run])
    return models


def last_models(train_one, rates, seeds, folder):
    return {(rate, seed): train_one(rate, seed, []) for rate in rates for seed in seeds}


def features_of(base, pictures):
    return base.predict(pictures, verbose=0)


def features_as_in_training(base, pictures):
    return np.array(base(pictures, training=True))


def classifier(base, rate, trainable=False, noise_shape=None, activation=None):
    base.trainable = trainable
    inputs = keras.Input(base.input_shape[1:])
    kept = layers.Dropout(rate, noise_shape=noise_shape)(base(inputs, training=False))
    return keras.Model(inputs, layers.Dense(10, activation=activation)(kept))


def classifier_of_a_copy(base, rate, trainable):
    """The base stays as it is, and a copy of it stands in the model."""
    copy = keras.models.clone_model(base)
    copy.set_weights(base.get_weights())
    return classifier(copy, rate, trainable=trainable)


def classifier_and_layer(layer):
    """A classifier with a layer behind its logits."""

    def build(base, rate):
        model = classifier(base, rate)
        return keras.Model(model.inputs, layer()(model.output))

    return build


def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * (train + validation) + test) - (train + validation + test)


def monte_carlo(head, x, passes, training=True):
    drawn = softmax(np.stack([head(x, training=training) for _ in range(passes)]), axis=2)
    mean = drawn.mean(axis=0)
    return mean, (entr(mean) - entr(drawn).mean(axis=0)).sum(axis=1)


def fewest_handed_on(confidence, right, wanted):
    kept = np.arange(1, len(right) + 1)
    shares = np.cumsum(right[np.argsort(-confidence)]) / kept
    return len(right) - kept[shares >= wanted].max()


def largest_promise(confidence, right, bins, last=0):
    places = np.minimum((confidence * bins).astype(int), bins - 1 + last)
    return max((confidence - right)[places == place].mean() for place in set(places))


SWEEP = checks.made_up_trials({0.0: 0.0, 0.5: 0.01}, seeds=6, seed=3)
FOUND = paired_difference(SWEEP, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
INTERVAL = FOUND.effect, FOUND.low, FOUND.high
CASES = {
    "checkpoints_keep_each_run": (
        (best_models,),
        (lambda *a: best_models(*a, name="best.weights.h5"),),
        "same file",
    ),
    "checkpoints_keep_the_lowest_loss": ((best_models,), (last_models,), "nothing is restored"),
    "features_are_those_of_inference": (
        (features_of,),
        (features_as_in_training,),
        "company",
    ),
    "features_leave_the_base_alone": (
        (features_of,),
        (features_as_in_training,),
        "moves its stored means",
    ),
    "classifier_returns_logits_of_the_features": (
        (classifier,),
        (lambda base, rate: classifier(base, rate, activation="softmax"),),
        "each row sums to 1",
    ),
    "classifier_runs_the_base_as_at_inference": (
        (classifier,),
        (lambda base, rate: classifier(base, rate, trainable=True),),
        "uses the mean of the batch",
    ),
    "classifier_leaves_the_base_alone": (
        (classifier,),
        (lambda base, rate: classifier(base, rate, trainable=True),),
        "still has the weights of the base",
    ),
    "classifier_drops_features": (
        (classifier,),
        (lambda base, rate: classifier(base, 1 - rate),),
        "the probability of keeping",
    ),
    "passes_saved_are_right": (
        (passes_saved,),
        (lambda t, v, e, epochs, runs: runs * (epochs * (t + v) + e),),
        "not taken off",
    ),
    "monte_carlo_mean_is_right": (
        (monte_carlo,),
        (lambda *a: monte_carlo(*a, training=False),),
        "dropout is off",
    ),
    "monte_carlo_information_is_right": (
        (monte_carlo,),
        (lambda *a: (monte_carlo(*a)[0], -monte_carlo(*a)[1]),),
        "the other way round",
    ),
    "fewest_handed_on_are_right": (
        (fewest_handed_on,),
        (lambda confidence, *a: len(confidence) - fewest_handed_on(confidence, *a),),
        "how many are kept",
    ),
    "largest_promise_is_right": (
        (largest_promise,),
        (lambda *a: abs(largest_promise(*a)) + 0.1,),
        "other answers are taken together",
    ),
    "largest_promise_works_at_the_edge": (
        (largest_promise,),
        (lambda *a: largest_promise(*a, last=1),),
        "a bin of their own",
    ),
    "two_rates_are_valid": (
        ({"rate A": 0.2, "rate B": 0.5},),
        ({"rate A": 20, "rate B": 50},),
        "percentage",
    ),
    "interval_is_given": (
        ({"one": INTERVAL, "two": None}, "one", SWEEP, 0.5),
        ({"one": (INTERVAL[0], INTERVAL[2], INTERVAL[1])}, "one", SWEEP, 0.5),
        "swapped",
    ),
}

# ---------------------------------------------------------------- heads

HEAD = [name for name in checks.__all__ if name.startswith("model_")]
DENSE, ALIKE = "model_has_the_dense_layers", "model_computes_alike_in_training"


def head_failing(build):
    """The checks of the first exercise, for other numbers of features and units."""
    found = failing([name for name in HEAD if name != DENSE], build, features=1280)
    if fails(checks.model_has_the_dense_layers, build, features=1280, units=(100, 10)):
        found.add(DENSE)
    return found


class HeadThatHasToBeTold(keras.Model):
    """Cannot be called without `training`."""

    def __init__(self, rate):
        super().__init__()
        self.parts = layers.Dense(100, activation="relu"), layers.Dropout(rate), layers.Dense(10)

    def call(self, x, training):
        hidden, dropout, out = self.parts
        return out(dropout(hidden(x), training=training))


@pytest.mark.parametrize("build", [head, HeadThatHasToBeTold])
def test_checks_of_models_for_another_number_of_features(build):
    assert head_failing(build) == set()


@pytest.mark.parametrize(
    "layer", [layers.BatchNormalization, lambda: layers.GaussianNoise(0.9)], ids=["norm", "noise"]
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_normalisation_and_noise_around_a_head(layer, place):
    assert head_failing(lambda rate: head(rate, **{place: [layer()]})) == {ALIKE}


# ---------------------------------------------------------------- checkpoints


def told_to_stop(patience):
    """With early stopping as well."""

    def answer(train_one, *arguments):
        def train(rate, seed, callbacks):
            stop = keras.callbacks.EarlyStopping(patience=patience)
            return train_one(rate, seed, callbacks=[*callbacks, stop])

        return best_models(train, *arguments)

    return answer


def test_callbacks_may_stop_a_training():
    """A patience of 3 outlasts the rise of the loss between its dips; one of 0 does not."""
    names = ["checkpoints_keep_each_run", "checkpoints_keep_the_lowest_loss"]
    assert failing(names, told_to_stop(patience=3)) == set()
    assert "first rise" in fails(checks.checkpoints_keep_the_lowest_loss, told_to_stop(patience=0))


def changed_by(factor, models):
    for model in models.values():
        model.set_weights([factor * array for array in model.get_weights()])
    return models


def one_model_for_all(*arguments):
    found = best_models(*arguments)
    return dict.fromkeys(found, next(iter(found.values())))


WRONG_CHECKPOINTS = {
    "one model for all": (one_model_for_all, "file"),
    "whole tenths of the rate": (
        lambda *a: best_models(*a, name="{whole}-{seed}.weights.h5"),
        "rounds the rate",
    ),
    "one rate only": (
        lambda train_one, rates, *a: best_models(train_one, rates[:1], *a),
        "keys",
    ),
    "rate and seed exchanged": (
        lambda train_one, *a: best_models(lambda rate, seed, c: train_one(seed, rate, c), *a),
        "exchanged",
    ),
    "a list": (lambda *a: list(best_models(*a).values()), "dict"),
    "not a number": (lambda *a: changed_by(np.nan, best_models(*a)), "changed"),
    "three times the weight": (lambda *a: changed_by(3, best_models(*a)), "changed"),
    "hostile models": (
        lambda *a: dict.fromkeys(best_models(*a), Hostile()),
        "other than the model",
    ),
}


@pytest.mark.parametrize(
    ("answer", "words"), WRONG_CHECKPOINTS.values(), ids=WRONG_CHECKPOINTS.keys()
)
def test_models_that_are_not_those_of_their_runs(answer, words):
    own = fails(checks.checkpoints_keep_each_run, answer)
    best = fails(checks.checkpoints_keep_the_lowest_loss, answer)
    assert own and best and words in own + best


# ---------------------------------------------------------------- classifiers

GIVES, FROZEN, DROPS = (
    "classifier_returns_logits_of_the_features",
    "classifier_leaves_the_base_alone",
    "classifier_drops_features",
)
CLASSIFIER = [name for name in checks.__all__ if name.startswith("classifier_")]
WRONG_CLASSIFIERS = {
    **{
        name: (lambda base, rate, name=name: classifier(base, rate, activation=name), {GIVES})
        for name in ("relu", "tanh", "log_softmax", "elu", "gelu")
    },
    "dropout on the logits too": (classifier_and_layer(lambda: layers.Dropout(0.5)), {GIVES}),
    "noise on the logits": (classifier_and_layer(lambda: layers.GaussianNoise(0.5)), {GIVES}),
    "a copy, not frozen": (
        lambda base, rate: classifier_of_a_copy(base, rate, trainable=True),
        {"classifier_runs_the_base_as_at_inference", FROZEN},
    ),
    "whole pictures dropped": (
        lambda base, rate: classifier(base, rate, noise_shape=(None, 1)),
        {DROPS},
    ),
    "no dropout": (lambda base, rate: classifier(base, 0.0), {DROPS}),
}


@pytest.mark.parametrize(
    ("build", "failed"), WRONG_CLASSIFIERS.values(), ids=WRONG_CLASSIFIERS.keys()
)
def test_classifiers_that_fail_few_checks(build, failed):
    assert failing(CLASSIFIER, build) == failed


class ClassifierThatHasToBeTold(keras.Model):
    """Cannot be called without `training`."""

    def __init__(self, base, rate):
        super().__init__()
        base.trainable = False
        self.base, self.dropout, self.out = base, layers.Dropout(rate), layers.Dense(10)

    def call(self, x, training):
        return self.out(self.dropout(self.base(x, training=False), training=training))


def test_a_classifier_that_cannot_be_called_without_training():
    assert failing(CLASSIFIER, ClassifierThatHasToBeTold) == set()


# ---------------------------------------------------------------- intervals


def test_tolerance_of_intervals():
    """Four digits are enough, unless more are asked for."""
    rounded = {"one": [round(value, 4) for value in INTERVAL]}
    checks.interval_is_given(rounded, "one", SWEEP, 0.5)
    assert fails(checks.interval_is_given, rounded, "one", SWEEP, 0.5, tolerance=1e-9)


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_numbers_of_one_sweep(value):
    assert fails(checks.interval_is_given, {"one": value}, "one", SWEEP, 0.5)
