"""The checks of `04_transfer_exercises`, tried on right answers in other words and wrong ones."""

import functools
import random
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import pytest
from answers import (
    USELESS,
    Hostile,
    assert_answers_stand_alone,
    assert_well_formed,
    failing,
    fails,
    fails_on_useless_answers,
    score,
    stubbed,
    visible,
)
from keras import layers

from course_utils import checks

SOURCE = Path(__file__).parents[1] / "solutions" / "04_transfer_exercises.py"
SEEDS = (0, 101, 7)

# ---------------------------------------------------------------- the head


def head(rate, units=100, activation="relu", out=None, before=(), behind=()):
    inputs = x = keras.Input((1280,))
    for layer in before:
        x = layer(x)
    x = layers.Dense(units, activation=activation)(x)
    x = layers.Dropout(rate)(x)
    x = layers.Dense(10, activation=out)(x)
    for layer in behind:
        x = layer(x)
    return keras.Model(inputs, x)


def head_with_separate_relu(rate):
    inputs = keras.Input((1280,))
    x = layers.ReLU()(layers.Dense(100)(inputs))
    return keras.Model(inputs, layers.Dense(10)(layers.Dropout(rate)(x)))


def head_of_two_models(rate):
    hidden = keras.Sequential([layers.Dense(100, activation="relu"), layers.Dropout(rate)])
    return keras.Sequential([keras.Input((1280,)), hidden, layers.Dense(10)])


def head_with_dropout_before_relu(rate):
    """A dropped sum is 0 behind the ReLU as well, and a kept one is scaled: the same."""
    parts = [layers.Dense(100), layers.Dropout(rate), layers.ReLU(), layers.Dense(10)]
    return keras.Sequential([keras.Input((1280,)), *parts])


class SubclassedHead(keras.Model):
    """told: what the dropout is told, None for its due."""

    def __init__(self, rate, told=None):
        super().__init__()
        self.hidden, self.out = layers.Dense(100), layers.Dense(10)
        self.dropout, self.told = layers.Dropout(rate), told

    def call(self, x, training=None):
        told = training if self.told is None else self.told
        return self.out(self.dropout(keras.ops.relu(self.hidden(x)), training=told))


RIGHT_HEADS = [
    head,
    head_with_separate_relu,
    head_of_two_models,
    head_with_dropout_before_relu,
    SubclassedHead,
]
LAYERS, RELU, LOGITS, ALIKE, PLACE, TRAINING, RATE = HEAD = [
    "model_has_the_dense_layers",
    "model_hidden_layers_use_relu",
    "model_returns_logits",
    "model_computes_alike_in_training",
    "model_drops_after_each_hidden_layer",
    "model_drops_in_training_only",
    "model_uses_the_rate",
]
WRONG_HEADS = {
    "another number of units": (lambda r: head(r, units=128), {LAYERS}),
    "no hidden layer": (
        lambda r: keras.Sequential([keras.Input((1280,)), layers.Dropout(r), layers.Dense(10)]),
        set(HEAD),
    ),
    "no activation": (lambda r: head(r, activation=None), {RELU}),
    "softmax": (lambda r: head(r, out="softmax"), {LOGITS}),
    "dropout on the features": (lambda r: head(0.0, before=[layers.Dropout(r)]), None),
    "dropout on the logits too": (lambda r: head(r, behind=[layers.Dropout(r)]), None),
    "no dropout": (lambda r: head(0.0), {PLACE, TRAINING, RATE}),
    "the probability of keeping": (lambda r: head(1 - r), None),
    "a fixed rate": (lambda r: head(0.5), {RATE}),
    "always active": (lambda r: SubclassedHead(r, told=True), None),
    "never active": (lambda r: SubclassedHead(r, told=False), {PLACE, TRAINING, RATE}),
    "normalisation in front": (lambda r: head(r, before=[layers.BatchNormalization()]), {ALIKE}),
    "noise in front": (lambda r: head(r, before=[layers.GaussianNoise(0.5)]), {ALIKE}),
    "normalisation behind": (lambda r: head(r, behind=[layers.BatchNormalization()]), {ALIKE}),
    "noise behind": (lambda r: head(r, behind=[layers.GaussianNoise(0.9)]), {ALIKE}),
    "one mask for whole rows": (
        lambda r: keras.Sequential(
            [
                keras.Input((1280,)),
                layers.Dense(100, activation="relu"),
                layers.Dropout(r, noise_shape=(None, 1)),
                layers.Dense(10),
            ]
        ),
        None,
    ),
    "the same model each time": (functools.lru_cache(head), {LAYERS}),
    "gaussian dropout": (
        lambda r: keras.Sequential(
            [
                keras.Input((1280,)),
                layers.Dense(100, activation="relu"),
                layers.GaussianDropout(r),
                layers.Dense(10),
            ]
        ),
        None,
    ),
}


@pytest.mark.parametrize("answer", RIGHT_HEADS)
def test_right_heads(answer):
    for seed in SEEDS[:2]:
        checks.model_has_the_dense_layers(answer, features=1280, units=(100, 10), seed=seed)
        assert not failing(HEAD[1:], answer, features=1280, seed=seed)


@pytest.mark.parametrize(("answer", "expected"), WRONG_HEADS.values(), ids=WRONG_HEADS)
def test_wrong_heads(answer, expected):
    found = failing(HEAD[1:], answer, features=1280)
    if fails(checks.model_has_the_dense_layers, answer, features=1280, units=(100, 10)):
        found.add(LAYERS)
    assert found == expected if expected else found


# ---------------------------------------------------------------- checkpoints

OWN, BEST = "checkpoints_keep_each_run", "checkpoints_keep_the_lowest_loss"
CHECKPOINTS = [OWN, BEST]


def best_models(train_one, rates, seeds, folder, name="{rate}-{seed}.weights.h5", **options):
    """With ModelCheckpoint; `name` says which runs share a file, `options` what is kept."""
    options = {"monitor": "val_loss", "save_best_only": True} | options
    models, files = {}, {}
    for rate in rates:
        for seed in seeds:
            files[rate, seed] = folder / name.format(rate=rate, seed=seed, whole=int(10 * rate))
            keeper = keras.callbacks.ModelCheckpoint(
                files[rate, seed], save_weights_only=True, **options
            )
            models[rate, seed] = train_one(rate, seed, [keeper])
    for run, model in models.items():
        model.load_weights(files[run])
    return models


def with_whole_models(train_one, rates, seeds, folder):
    found = {}
    for number, (rate, seed) in enumerate((r, s) for r in rates for s in seeds):
        path = folder / f"{number}.keras"
        keeper = keras.callbacks.ModelCheckpoint(path, save_best_only=True)
        train_one(rate, seed, [keeper])
        found[rate, seed] = keras.models.load_model(path)
    return found


class InMemory(keras.callbacks.Callback):
    lowest = np.inf

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.lowest:
            self.lowest, self.weights = logs["val_loss"], self.model.get_weights()


class Falling(InMemory):
    """Wrong: keeps the weights whenever the loss is below that of the epoch before."""

    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch, logs)
        self.lowest = logs["val_loss"]


class UpToTheFirstRise(InMemory):
    """Wrong: the search ends at the first rise."""

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] > self.lowest:
            self.lowest = -np.inf
        super().on_epoch_end(epoch, logs)


def changed_by(factor, models):
    for model in models.values():
        model.set_weights([factor * array for array in model.get_weights()])
    return models


def in_memory(train_one, rates, seeds, folder, keeper_class=InMemory):
    found = {}
    for seed in seeds:
        for rate in rates:
            keeper = keeper_class()
            found[(rate, seed)] = train_one(rate, seed, callbacks=[keeper])
            found[(rate, seed)].set_weights(keeper.weights)
    return found


def with_folders(train_one, rates, seeds, folder):
    def one(rate, seed):
        own = folder / str(rate) / str(seed)
        own.mkdir(parents=True)
        path = str(own / "best.weights.h5")
        keeper = keras.callbacks.ModelCheckpoint(path, "val_loss", 0, True, True, "min")
        model = train_one(rate=rate, seed=seed, callbacks=[keeper])
        model.load_weights(path)
        return model

    return {(rate, seed): one(rate, seed) for rate in rates for seed in seeds}


def with_early_stopping(train_one, rates, seeds, folder):
    """Patient enough for the second dip."""
    found = {}
    for rate in rates:
        for seed in seeds:
            keeper = InMemory()
            patient = keras.callbacks.EarlyStopping(patience=3)
            found[rate, seed] = train_one(rate, seed, [keeper, patient])
            found[rate, seed].set_weights(keeper.weights)
    return found


def not_restored(train_one, rates, seeds, folder):
    return {(r, s): train_one(r, s, []) for r in rates for s in seeds}


def one_model_for_all(train_one, rates, seeds, folder):
    found = best_models(train_one, rates, seeds, folder)
    return dict.fromkeys(found, next(iter(found.values())))


def trains_twice(train_one, rates, seeds, folder):
    best_models(train_one, rates, seeds, folder)
    return best_models(train_one, rates, seeds, folder)


def keys_exchanged(train_one, rates, seeds, folder):
    found = best_models(train_one, rates, seeds, folder)
    return {(seed, rate): model for (rate, seed), model in found.items()}


def one_keeper(train_one, rates, seeds, folder):
    """One ModelCheckpoint that goes on remembering the best value of the runs before."""
    keeper = InMemory()
    found = {}
    for rate in rates:
        for seed in seeds:
            found[rate, seed] = train_one(rate, seed, [keeper])
            found[rate, seed].set_weights(keeper.weights)
    return found


def only_one_rate(train_one, rates, seeds, folder):
    return best_models(train_one, rates[:1], seeds, folder)


RIGHT_CHECKPOINTS = [
    best_models,
    with_whole_models,
    in_memory,
    with_folders,
    lambda *a: best_models(*a, name="run_{seed}_at_{rate:.3f}.weights.h5"),
    lambda *a: best_models(*a, mode="min", verbose=1),
    with_early_stopping,
    lambda train_one, *a: best_models(lambda r, s, c: train_one(r, s, c[0]), *a),
]
WRONG_CHECKPOINTS = {
    "one file": (lambda *a: best_models(*a, name="best.weights.h5"), {OWN, BEST}, "same file"),
    "a file a rate": (lambda *a: best_models(*a, name="{rate}.weights.h5"), {OWN, BEST}, "seeds"),
    "a file a seed": (lambda *a: best_models(*a, name="{seed}.weights.h5"), {OWN, BEST}, "rates"),
    "rounded rates": (
        lambda *a: best_models(*a, name="{whole}-{seed}.weights.h5"),
        {OWN, BEST},
        "rounds the rate",
    ),
    "by accuracy": (lambda *a: best_models(*a, monitor="val_accuracy"), {BEST}, "accuracy"),
    "by training loss": (lambda *a: best_models(*a, monitor="loss"), {BEST}, "training loss"),
    "the largest loss": (lambda *a: best_models(*a, mode="max"), {BEST}, "largest"),
    "every epoch": (lambda *a: best_models(*a, save_best_only=False), {BEST}, "every epoch"),
    "not restored": (not_restored, {BEST}, "nothing is restored"),
    "one model for all": (one_model_for_all, {OWN, BEST}, "file"),
    "one keeper for all": (one_keeper, {OWN, BEST}, "one callback serves"),
    "rounded to a digit": (
        lambda *a: best_models(*a, name="{rate:.1f}-{seed}.weights.h5"),
        {OWN, BEST},
        "rounds the rate",
    ),
    "no space between": (
        lambda *a: best_models(*a, name="{rate}{seed}.weights.h5"),
        {OWN, BEST},
        "into one number",
    ),
    "trained twice": (trains_twice, {OWN}, "repeated"),
    "keys exchanged": (keys_exchanged, {OWN, BEST}, "keys"),
    "rate and seed exchanged": (
        lambda train_one, *a: best_models(lambda r, s, c: train_one(s, r, c), *a),
        {OWN, BEST},
        "exchanged",
    ),
    "better than the epoch before": (lambda *a: in_memory(*a, Falling), {BEST}, "epoch before"),
    "up to the first rise": (lambda *a: in_memory(*a, UpToTheFirstRise), {BEST}, "first rise"),
    "no patience": (
        lambda train_one, *a: best_models(
            lambda r, s, c: train_one(r, s, [*c, keras.callbacks.EarlyStopping()]), *a
        ),
        {BEST},
        "first rise",
    ),
    "copies without weights": (
        lambda *a: {run: keras.models.clone_model(model) for run, model in best_models(*a).items()},
        {OWN, BEST},
        "never restored",
    ),
    "not a number": (lambda *a: changed_by(np.nan, best_models(*a)), {OWN, BEST}, "changed"),
    "three times the weight": (lambda *a: changed_by(3, best_models(*a)), {OWN, BEST}, "changed"),
    "hostile models": (
        lambda *a: dict.fromkeys(best_models(*a), Hostile()),
        {OWN, BEST},
        "other than the model",
    ),
    "one rate only": (only_one_rate, {OWN, BEST}, "keys"),
    "a list": (lambda *a: list(best_models(*a).values()), {OWN, BEST}, "dict"),
    "weights, not models": (
        lambda *a: {run: model.get_weights() for run, model in best_models(*a).items()},
        {OWN, BEST},
        "other than the model",
    ),
}


@pytest.mark.parametrize("answer", RIGHT_CHECKPOINTS)
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_right_checkpoints(answer, seed):
    assert not failing(CHECKPOINTS, answer, seed=seed)


@pytest.mark.parametrize(
    ("answer", "expected", "words"), WRONG_CHECKPOINTS.values(), ids=WRONG_CHECKPOINTS
)
def test_wrong_checkpoints(answer, expected, words):
    messages = {name: fails(getattr(checks, name), answer) for name in CHECKPOINTS}
    assert {name for name, message in messages.items() if message} == expected
    assert any(words in messages[name] for name in expected), messages


def test_useless_checkpoints_fail_in_plain_words():
    for name in CHECKPOINTS:
        assert fails_on_useless_answers(getattr(checks, name))


# ---------------------------------------------------------------- features and the base in a model

VALUES, ALONE = FEATURES = ["features_are_those_of_inference", "features_leave_the_base_alone"]


def in_batches(base, pictures):
    batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
    return np.concatenate([base(batch, training=False) for batch in batches])


def one_by_one(base, pictures):
    rows = [base(picture[None])[0] for picture in pictures]
    return np.array([[float(value) for value in keras.ops.convert_to_numpy(row)] for row in rows])


def frozen_too(base, pictures):
    base.trainable = False
    return keras.ops.convert_to_numpy(base(pictures, training=False))


def drifting(base, pictures):
    batches = [pictures[start : start + 32] for start in range(0, len(pictures), 32)]
    return np.concatenate([base(batch, training=True) for batch in batches])


def frozen_but_training(base, pictures):
    base.trainable = False
    return np.array(base(pictures, training=True))


def whole_batches_only(base, pictures):
    return base.predict(pictures[: len(pictures) // 32 * 32], verbose=0)


def scaled_in_place(base, pictures):
    pictures /= 2
    return base.predict(2 * pictures, verbose=0)


RIGHT_FEATURES = [
    lambda base, x: base.predict(x, verbose=0),
    lambda base, x: base.predict(x),
    in_batches,
    one_by_one,
    frozen_too,
    lambda base, x: np.array(base(x)),
]
WRONG_FEATURES = {
    "the classmate's": (drifting, {VALUES, ALONE}, "company"),
    "frozen, but training=True": (frozen_but_training, {VALUES}, "dropout drops"),
    "whole batches only": (whole_batches_only, {VALUES}, "shape"),
    "another order": (lambda b, x: b.predict(x, verbose=0)[::-1], {VALUES}, "another order"),
    "scaled pictures": (lambda b, x: b.predict(x / 255, verbose=0), {VALUES}, "changed on the way"),
    "zeros": (lambda b, x: np.zeros((len(x), 72)), {VALUES, ALONE}, "nothing is computed"),
    "in place": (scaled_in_place, {ALONE}, "in place"),
    "a tensor": (lambda b, x: b(x, training=False), {VALUES, ALONE}, "array"),
    "a list": (lambda b, x: list(b.predict(x, verbose=0)), {VALUES, ALONE}, "array"),
    "mean of the batch": (
        lambda b, x: b.predict(x, verbose=0).mean(axis=0),
        {VALUES, ALONE},
        "shape",
    ),
    "the pictures themselves": (lambda b, x: x.reshape(len(x), -1), {VALUES, ALONE}, "shape"),
}


@pytest.mark.parametrize("answer", RIGHT_FEATURES)
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_right_features(answer, seed):
    assert not failing(FEATURES, answer, seed=seed)


@pytest.mark.parametrize(
    ("answer", "expected", "words"), WRONG_FEATURES.values(), ids=WRONG_FEATURES
)
def test_wrong_features(answer, expected, words):
    messages = {name: fails(getattr(checks, name), answer) for name in FEATURES}
    assert {name for name, message in messages.items() if message} == expected
    assert any(words in messages[name] for name in expected), messages


GIVES, INFERENCE, FROZEN, DROPS = CLASSIFIER = [
    "classifier_returns_logits_of_the_features",
    "classifier_runs_the_base_as_at_inference",
    "classifier_leaves_the_base_alone",
    "classifier_drops_features",
]


def classifier(
    base,
    rate,
    trainable=False,
    training=False,
    head_training=None,
    dense=None,
    dropout=layers.Dropout,
):
    base.trainable = trainable
    inputs = keras.Input(base.input_shape[1:])
    x = base(inputs) if training is None else base(inputs, training=training)
    x = dropout(rate)(x, training=head_training) if head_training else dropout(rate)(x)
    return keras.Model(inputs, layers.Dense(10, **(dense or {}))(x))


class SubclassedClassifier(keras.Model):
    """training: what the base is told; head_training: what the head is told, None for its due."""

    def __init__(self, base, rate, trainable=False, training=False, head_training=None):
        super().__init__()
        base.trainable = trainable
        self.base, self.dropout, self.out = base, layers.Dropout(rate), layers.Dense(10)
        self.told, self.head_told = training, head_training

    def call(self, x, training=None):
        told = training if self.head_told is None else self.head_told
        return self.out(self.dropout(self.base(x, training=self.told), training=told))


def classifier_with_head_model(base, rate):
    base.trainable = False
    inputs = keras.Input((8, 8, 3))
    top = keras.Sequential([layers.Dropout(rate), layers.Dense(10)])
    return keras.Model(inputs, top(base(inputs, training=False)))


def classifier_with_frozen_layers(base, rate):
    for layer in base.layers:
        layer.trainable = False
    inputs = keras.Input((8, 8, 3))
    x = layers.Dropout(rate, seed=1)(base(inputs, training=False))
    return keras.Model(inputs, layers.Dense(10)(x))


def sequential(base, rate):
    base.trainable = False
    return keras.Sequential([base, layers.Dropout(rate), layers.Dense(10)])


def frozen_whole(base, rate):
    model = classifier(base, rate)
    model.trainable = False
    return model


def frozen_head_only(base, rate):
    model = classifier(base, rate, trainable=True)
    model.layers[-1].trainable = False
    return model


def only_normalisation_frozen(base, rate):
    model = classifier(base, rate, trainable=True)
    base.layers[2].trainable = False
    return model


def around_the_output(base, rate, trainable=False):
    base.trainable = trainable
    outputs = layers.Dense(10)(layers.Dropout(rate)(base.output))
    return keras.Model(base.inputs, outputs)


def with_a_copy(base, rate, trainable=False):
    """The base stays as it is, and a copy of it stands in the model."""
    copy = keras.models.clone_model(base)
    copy.set_weights(base.get_weights())
    return SubclassedClassifier(copy, rate, trainable=trainable)


def logits_then(*behind):
    def build(base, rate):
        base.trainable = False
        parts = [base, layers.Dropout(rate), layers.Dense(10), *behind]
        return keras.Sequential(parts)

    return build


def with_hidden_layer(base, rate):
    base.trainable = False
    hidden = [layers.Dense(72, activation="relu"), layers.Dropout(rate), layers.Dense(10)]
    return keras.Sequential([base, *hidden])


def head_without_base(base, rate):
    parts = [layers.Flatten(), layers.Dropout(rate), layers.Dense(10)]
    return keras.Sequential([keras.Input((8, 8, 3)), *parts])


class Unscaled(layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate, self.seeds = rate, keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        keep = keras.random.uniform(keras.ops.shape(x), seed=self.seeds) >= self.rate
        return x * keras.ops.cast(keep, x.dtype)


RIGHT_CLASSIFIERS = [
    classifier,
    SubclassedClassifier,
    classifier_with_head_model,
    classifier_with_frozen_layers,
    sequential,
    around_the_output,
    with_a_copy,
    lambda base, rate: classifier(base, rate, dense={"kernel_initializer": "zeros"}),
    # Harmless here: a frozen batch normalisation uses its stored means whatever it is told.
    lambda base, rate: classifier(base, rate, training=True),
    lambda base, rate: classifier(base, rate, dropout=lambda r: layers.Dropout(r, (None, 72))),
]
WRONG_CLASSIFIERS = {
    "not frozen, training=True": (
        lambda b, r: classifier(b, r, trainable=True, training=True),
        {INFERENCE, FROZEN},
    ),
    "not frozen": (lambda b, r: classifier(b, r, trainable=True), {INFERENCE, FROZEN}),
    "not frozen, subclassed": (lambda b, r: SubclassedClassifier(b, r, trainable=True), {FROZEN}),
    "not frozen, subclassed, training=True": (
        lambda b, r: SubclassedClassifier(b, r, trainable=True, training=True),
        {GIVES, INFERENCE, FROZEN},
    ),
    "only normalisation frozen": (only_normalisation_frozen, {FROZEN}),
    "frozen whole": (frozen_whole, {FROZEN}),
    "head frozen, base not": (frozen_head_only, {INFERENCE, FROZEN}),
    "head's dropout switched off": (
        lambda b, r: SubclassedClassifier(b, r, head_training=False),
        {DROPS},
    ),
    "head's dropout always on": (
        lambda b, r: SubclassedClassifier(b, r, head_training=True),
        {DROPS},
    ),
    **{
        f"{name} logits": (
            lambda b, r, name=name: classifier(b, r, dense={"activation": name}),
            {GIVES},
        )
        for name in ("softmax", "relu", "tanh", "log_softmax", "elu", "gelu")
    },
    "dropout on the logits": (logits_then(layers.Dropout(0.5)), {GIVES}),
    "noise on the logits": (logits_then(layers.GaussianNoise(0.5)), {GIVES}),
    "around the output, not frozen": (
        lambda b, r: around_the_output(b, r, trainable=True),
        {INFERENCE, FROZEN},
    ),
    "a copy, not frozen": (lambda b, r: with_a_copy(b, r, trainable=True), {FROZEN}),
    "one mask for all pictures": (
        lambda b, r: classifier(b, r, dropout=lambda rate: layers.Dropout(rate, (1, 72))),
        {DROPS},
    ),
    "whole pictures dropped": (
        lambda b, r: classifier(b, r, dropout=lambda rate: layers.Dropout(rate, (None, 1))),
        {DROPS},
    ),
    "no dropout": (lambda b, r: classifier(b, 0.0), {DROPS}),
    "the probability of keeping": (lambda b, r: classifier(b, 1 - r), {DROPS}),
    "a fixed rate": (lambda b, r: classifier(b, 0.6), {DROPS}),
    "not scaled": (lambda b, r: classifier(b, r, dropout=Unscaled), {DROPS}),
    "hidden layer": (with_hidden_layer, set(CLASSIFIER)),
    "no base": (head_without_base, set(CLASSIFIER)),
}


@pytest.mark.parametrize("answer", RIGHT_CLASSIFIERS)
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_right_classifiers(answer, seed):
    assert not failing(CLASSIFIER, answer, seed=seed)


@pytest.mark.parametrize(("answer", "expected"), WRONG_CLASSIFIERS.values(), ids=WRONG_CLASSIFIERS)
def test_wrong_classifiers(answer, expected):
    found = failing(CLASSIFIER, answer)
    assert found == expected if expected else DROPS in found


@pytest.mark.parametrize("name", FEATURES + CLASSIFIER)
def test_useless_features_and_models_fail_in_plain_words(name):
    assert fails_on_useless_answers(getattr(checks, name))


# ---------------------------------------------------------------- passes, rates, sweeps


def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * (train + validation) + test) - (train + validation + test)


RIGHT_PASSES = [
    passes_saved,
    lambda *a: float(passes_saved(*a)),
    lambda *a: np.int64(passes_saved(*a)),
    lambda t, v, e, epochs, runs: (t + v) * (epochs * runs - 1) + e * (runs - 1),
]
WRONG_PASSES = [
    (lambda t, v, e, n, r: r * (n * (t + v) + e), "not taken off"),
    (lambda t, v, e, n, r: r * (n * t + e) - (t + v + e), "validation pictures"),
    (lambda t, v, e, n, r: (r * n - 1) * (t + v + e), "once a run"),
    (lambda t, v, e, n, r: n * (t + v) + e - (t + v + e), "one run"),
    (lambda t, v, e, n, r: r * (n - 1) * (t + v), "for each run"),
    (lambda t, v, e, n, r: r * n * -(-t // 32), "batches"),
    (lambda t, v, e, n, r: -passes_saved(t, v, e, n, r), "another product"),
]


@pytest.mark.parametrize("answer", RIGHT_PASSES)
@pytest.mark.parametrize("seed", SEEDS)
def test_right_passes(answer, seed):
    checks.passes_saved_are_right(answer, seed=seed)


@pytest.mark.parametrize(("answer", "words"), WRONG_PASSES)
def test_wrong_passes(answer, words):
    assert words in fails(checks.passes_saved_are_right, answer)


def test_useless_passes_fail_in_plain_words():
    assert fails_on_useless_answers(checks.passes_saved_are_right)


@pytest.mark.parametrize(
    "choices",
    [
        {"rate A": 0.2, "rate B": 0.5},
        {"rate B": np.float32(0.1), "rate A": 0.9},
        {"rate A": np.array(0.3), "rate B": 0.99},
    ],
)
def test_right_rates(choices):
    checks.two_rates_are_valid(choices)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"rate A": 0.2}, "key"),
        ({"rate A": 0.2, "rate B": 0.2}, "two candidates"),
        ({"rate A": 20, "rate B": 50}, "percentage"),
        ({"rate A": 0.0, "rate B": 0.5}, "at an end"),
        ({"rate A": 0.5, "rate B": 1}, "at an end"),
        ({"rate A": "0.5", "rate B": 0.2}, "number"),
        ({"rate A": True, "rate B": 0.2}, "number"),
        ([0.2, 0.5], "key"),
        ({"rate A": 0.2, "rate B": float("nan")}, "NaN"),
    ],
)
def test_wrong_rates(choices, words):
    assert words in fails(checks.two_rates_are_valid, choices)


def test_useless_rates_fail_in_plain_words():
    assert all(fails(checks.two_rates_are_valid, value) for value in USELESS)


SWEEP = checks.made_up_trials({0.0: 0.0, 0.5: 0.01}, seeds=6, seed=3)


def interval(frame=SWEEP, confidence=0.95):
    from course_utils.statistics import paired_difference

    found = paired_difference(frame, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}, confidence)
    return found.effect, found.low, found.high


def unpaired(frame):
    from scipy import stats

    groups = [rows["test_accuracy"].to_numpy() for _, rows in frame.groupby("rate")]
    found = stats.ttest_ind(groups[1], groups[0])
    ends = found.confidence_interval(0.95)
    return groups[1].mean() - groups[0].mean(), ends.low, ends.high


@pytest.mark.parametrize(
    "given",
    [
        interval(),
        list(interval()),
        np.array(interval()),
        tuple(round(value, 4) for value in interval()),
        tuple(np.float32(value) for value in interval()),
    ],
)
def test_right_intervals(given):
    checks.interval_is_given({"one": given, "two": None}, "one", SWEEP, 0.5)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (unpaired(SWEEP), "independent groups"),
        (tuple(-value for value in (interval()[0], interval()[2], interval()[1])), "other way"),
        (tuple(100 * value for value in interval()), "percentage points"),
        (interval(confidence=0.9), "90 %"),
        (interval()[1:], "three numbers"),
        (SimpleNamespace(effect=0.01, low=0.0, high=0.02), "by themselves"),
        ((interval()[0], interval()[2], interval()[1]), "swapped"),
        (interval(checks.made_up_trials({0.0: 0.0, 0.5: 0.03}, seed=4)), "other rows"),
        (tuple(map(str, interval())), "number"),
    ],
)
def test_wrong_intervals(given, words):
    assert words in fails(checks.interval_is_given, {"one": given}, "one", SWEEP, 0.5)


def test_useless_intervals_fail_in_plain_words():
    for value in USELESS:
        assert fails(checks.interval_is_given, value, "one", SWEEP, 0.5)
        assert fails(checks.interval_is_given, {"one": value}, "one", SWEEP, 0.5)


# ---------------------------------------------------------------- the exercise


def test_the_exercise_is_well_formed():
    assert_well_formed(SOURCE, points=27)


def test_reference_answers_get_all_points_and_untouched_ones_none():
    assert score(SOURCE, lambda answer: answer) == 23
    assert score(SOURCE, stubbed, visible) == 0


def test_answers_stand_alone():
    assert_answers_stand_alone(SOURCE, needs={"sweep-test": "sweep-evidence"})


def test_checks_keep_the_random_states():
    random.seed(5)
    np.random.seed(5)
    before = random.getstate(), np.random.get_state()[1].copy()
    checks.checkpoints_keep_each_run(best_models)
    checks.classifier_drops_features(classifier)
    checks.passes_saved_are_right(passes_saved)
    assert before[0] == random.getstate()
    assert np.array_equal(before[1], np.random.get_state()[1])
