"""The checks of `03_vgg_exercises`, tried on right answers in other words and on wrong ones."""

import random
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import pandas as pd
import pytest
from answers import (
    USELESS,
    assert_answers_stand_alone,
    assert_well_formed,
    code_cells,
    failing,
    fails,
    fails_on_useless_answers,
    kind,
    passed,
    score,
    stubbed,
    unwritten,
    visible,
)
from keras import layers

from course_utils import checks

SOURCE = Path(__file__).parents[1] / "solutions" / "03_vgg_exercises.py"
SEEDS = (0, 101, 7)

# ---------------------------------------------------------------- poolings


def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError(side)
    return side >> poolings


def side_by_division(side, poolings):
    for _ in range(poolings):
        if side < 2:
            raise ValueError("too small")
        side = int(side / 2)
    return np.int64(side)


@pytest.mark.parametrize("seed", SEEDS)
def test_right_poolings(seed):
    for answer in (side_after, side_by_division):
        checks.side_after_is_right(answer, seed=seed)
    for answer in (lambda n: n.bit_length() - 1, lambda n: int(np.floor(np.log2(n)))):
        checks.most_poolings_is_right(answer, seed=seed)


@pytest.mark.parametrize(
    ("name", "answer", "fragment"),
    [
        ("side_after_is_right", lambda n, k: n >> k, "a side of 0 is no map"),
        ("side_after_is_right", lambda n, k: max(1, n >> k), "a side of 0 is no map"),
        ("side_after_is_right", lambda n, k: -(-n // 2**k), "rounded up"),
        ("side_after_is_right", lambda n, k: n / 2**k, "rounds down"),
        ("side_after_is_right", lambda n, k: n - 2 * k, "no fixed number"),
        ("side_after_is_right", unwritten, "not written yet"),
        ("most_poolings_is_right", lambda n: n.bit_length(), "one too many"),
        ("most_poolings_is_right", lambda n: n.bit_length() - 2, "one too few"),
        ("most_poolings_is_right", lambda n: 5, "one too many"),
        ("most_poolings_is_right", np.log2, "whole number"),
    ],
)
def test_wrong_poolings(name, answer, fragment):
    assert fragment in fails(getattr(checks, name), answer)


# ---------------------------------------------------------------- nets

BLOCKS = "net_has_the_blocks"
VALUES = "net_computes_like_plain"
ALIKE = "net_computes_alike_in_training"
PLACES = "net_drops_behind_each_pooling"
RATES = "net_uses_the_rates"
LAYERS = "net_augments_before_the_first_convolution"
TRAINING = "net_augments_in_training_only"


def conv(filters, window=3, padding="same", activation="relu"):
    return layers.Conv2D(filters, window, padding=padding, activation=activation)


def block(filters):
    return [conv(filters), conv(filters), layers.MaxPooling2D()]


def head():
    return [layers.Flatten(), layers.Dense(64, activation="relu"), layers.Dense(10)]


def net(*stack):
    return keras.Sequential([keras.Input((32, 32, 3)), *stack])


def deeper(blocks):
    stack = [layer for filters in (16, 32, 64, 64, 64)[:blocks] for layer in block(filters)]
    return net(*stack, *head())


def deeper_functional(blocks):
    inputs = x = keras.Input((32, 32, 3))
    for filters in [16, 32] + (blocks - 2) * [64]:
        for _ in range(2):
            x = layers.ReLU()(conv(filters, (3, 3), activation=None)(x))
        x = layers.MaxPool2D((2, 2), strides=2, padding="valid")(x)
    x = layers.Reshape((-1,))(x)
    x = keras.ops.relu(layers.Dense(64)(x))
    return keras.Model(inputs, layers.Dense(10, activation="linear")(x))


def deeper_nested(blocks):
    parts = [keras.Sequential(block(min(16 * 2**k, 64))) for k in range(blocks)]
    model = keras.Sequential([*parts, keras.Sequential(head())])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


class Subclassed(keras.Model):
    """Blocks in a loop, ReLU behind the pooling, which is the same."""

    def __init__(self, blocks):
        super().__init__()
        self.blocks = [
            [conv(f), conv(f, activation=None), layers.MaxPooling2D()]
            for f in (16, 32, 64, 64, 64)[:blocks]
        ]
        self.flatten, self.hidden, self.last = head()

    def call(self, x, training=None):
        for one, two, pool in self.blocks:
            x = keras.ops.relu(pool(two(one(x))))
        return self.last(self.hidden(self.flatten(x)))


@pytest.mark.parametrize("build", [deeper, deeper_functional, deeper_nested, Subclassed])
def test_right_deeper_nets(build):
    for blocks in (3, 5):
        checks.net_has_the_blocks(build, blocks, blocks=blocks)
        checks.net_computes_like_plain(build, blocks)
        checks.net_computes_alike_in_training(build, blocks)


def varied(pool=layers.MaxPooling2D, last=None, first=(), extra=(), **options):
    """The plain net with one thing changed."""
    stack = list(first)
    for filters in (16, 32, 64):
        stack += [
            conv(filters, **options),
            conv(filters, **options),
            *(kind() for kind in extra),
            pool(),
        ]
    return net(*stack, *head()[:2], last or layers.Dense(10))


WRONG_NETS = {
    "too few blocks": (lambda: deeper(2), {BLOCKS}, "poolings are missing or added"),
    "too many blocks": (lambda: deeper(4), {BLOCKS}, "poolings are missing or added"),
    "valid padding": (
        lambda: net(conv(16, padding="valid"), *block(16)[1:], *block(32), *block(64), *head()),
        {BLOCKS},
        "size of window or padding",
    ),
    "5x5 kernel": (lambda: varied(window=5), {BLOCKS}, "size of window or padding"),
    "average pooling": (
        lambda: varied(partial(layers.AveragePooling2D, 2)),
        {BLOCKS, VALUES},
        "max pooling",
    ),
    "pooling 2x2, stride 1": (
        lambda: varied(lambda: layers.MaxPooling2D(2, 1, "same")),
        {BLOCKS},
        "size of window",
    ),
    "one convolution": (
        lambda: net(
            *(layer for f in (16, 32, 64) for layer in (conv(f), layers.MaxPooling2D())), *head()
        ),
        {BLOCKS},
        "two convolutions",
    ),
    "no hidden layer": (
        lambda: net(*block(16), *block(32), *block(64), layers.Flatten(), layers.Dense(10)),
        {BLOCKS},
        "two Dense layers",
    ),
    "filters equal": (
        lambda: net(*block(64), *block(64), *block(64), *head()),
        {BLOCKS},
        "number of filters",
    ),
    "no ReLU": (lambda: varied(activation=None), {VALUES}, "activation is missing"),
    "no ReLU in the second convolutions": (
        lambda: net(
            *(
                layer
                for f in (16, 32, 64)
                for layer in (conv(f), conv(f, activation=None), layers.MaxPooling2D())
            ),
            *head(),
        ),
        {VALUES},
        "activation is missing",
    ),
    "ELU": (lambda: varied(activation="elu"), {VALUES}, "another one"),
    "softmax": (
        lambda: varied(last=layers.Dense(10, activation="softmax")),
        {VALUES},
        "such as softmax",
    ),
    "ReLU at the end": (
        lambda: varied(last=layers.Dense(10, activation="relu")),
        {VALUES},
        "such as softmax",
    ),
    "rescaled": (lambda: varied(first=[layers.Rescaling(1 / 255)]), {VALUES}, "scaled in the"),
    "normalised": (
        lambda: varied(extra=[layers.LayerNormalization]),
        {VALUES},
        "normalisation was added",
    ),
    "global average": (
        lambda: net(*block(16), *block(32), *block(64), layers.GlobalAveragePooling2D(),
                    *head()[1:]),
        {BLOCKS, VALUES},
        "Dense",
    ),
    "not returned": (lambda: None, {BLOCKS, VALUES}, "found:    None"),
    "layers in a list": (lambda: head(), {BLOCKS, VALUES}, "list of length 3"),
    "no layer of these": (lambda: net(layers.Flatten()), {BLOCKS, VALUES}, "none of them"),
    "not written": (unwritten, {BLOCKS, VALUES}, "not written yet"),
}  # fmt: skip


@pytest.mark.parametrize(("build", "failed", "fragment"), WRONG_NETS.values(), ids=WRONG_NETS)
def test_wrong_nets(build, failed, fragment):
    messages = {name: fails(getattr(checks, name), build) for name in (BLOCKS, VALUES)}
    assert {name for name, message in messages.items() if message} == failed
    assert any(fragment in message for message in messages.values() if message), messages


ONLY_IN_TRAINING = {
    "dropout": lambda: layers.Dropout(0.5),
    "whole maps": lambda: layers.SpatialDropout2D(0.5),
    "noise": lambda: layers.GaussianNoise(1.0),
    "noise that multiplies": lambda: layers.GaussianDropout(0.5),
    "batch normalisation": layers.BatchNormalization,
}


def with_layer_behind_blocks(kind, blocks=3, front=()):
    stack = list(front)
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        stack += [*block(filters), kind()]
    return net(*stack, *head())


@pytest.mark.parametrize("kind", ONLY_IN_TRAINING.values(), ids=ONLY_IN_TRAINING)
def test_what_acts_in_training_only_is_seen(kind):
    """At inference such a net is right, so another test has to see it."""
    behind, before = (
        partial(with_layer_behind_blocks, kind),
        lambda _: net(kind(), *deeper(3).layers),
    )
    for build in (behind, before):
        assert failing([BLOCKS, VALUES, ALIKE], lambda k, build=build: build(k), 3) == {ALIKE}

    def augmented_too(strength):
        return behind(3, random_layers(strength))

    assert failing([BLOCKS, VALUES], augmented_too, 0.2) == set()
    message = fails(checks.net_computes_alike_in_training, augmented_too, 0.2, augmented=True)
    assert "that this part does not ask for" in message


# ---------------------------------------------------------------- dropout behind the blocks


def dropped(rates, kind=layers.Dropout, before_pooling=False, first=(), last=(), behind_hidden=()):
    stack = list(first)
    for filters, rate in zip((16, 32, 64), rates, strict=True):
        one, two, pool = block(filters)
        stack += [one, two, *([kind(rate), pool] if before_pooling else [pool, kind(rate)])]
    flatten, hidden, output = head()
    return net(*stack, flatten, hidden, *behind_hidden, output, *last)


class AlwaysOn(layers.Dropout):
    def call(self, x, training=None):
        return super().call(x, training=True)


class NeverOn(layers.Dropout):
    def call(self, x, training=None):
        return x


class Unscaled(layers.Dropout):
    def call(self, x, training=None):
        return super().call(x, training=training) * (1 - self.rate if training else 1)


def normalised_and_dropped(rate):
    return keras.Sequential([layers.BatchNormalization(), layers.Dropout(rate)])


def noisy_and_dropped(rate):
    return keras.Sequential([layers.GaussianDropout(0.2), layers.Dropout(rate)])


def one_layer_for_all(rates):
    drop = layers.Dropout(rates[0])
    inputs = x = keras.Input((32, 32, 3))
    for filters in (16, 32, 64):
        for layer in block(filters):
            x = layer(x)
        x = drop(x)
    for layer in head():
        x = layer(x)
    return keras.Model(inputs, x)


@pytest.mark.parametrize("build", [dropped, partial(dropped, kind=layers.SpatialDropout2D)])
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_right_dropout_nets(build, seed):
    assert failing([PLACES, RATES], build, seed=seed) == set()
    assert failing([BLOCKS, VALUES], build, (0.2, 0.3, 0.5), seed=seed) == set()


WRONG_DROPOUT = {
    "none": (lambda r: deeper(3), {PLACES, RATES}, "no Dropout layer"),
    "never on": (partial(dropped, kind=NeverOn), {PLACES, RATES}, "no Dropout layer"),
    "always on": (partial(dropped, kind=AlwaysOn), {PLACES}, "training=True"),
    "before the pooling": (
        partial(dropped, before_pooling=True),
        {PLACES, RATES},
        "not behind the pooling",
    ),
    "behind the output": (
        lambda r: dropped(r, last=[layers.Dropout(0.5)]),
        {PLACES},
        "erases logits",
    ),
    "behind the hidden layer": (
        lambda r: dropped(r, behind_hidden=[layers.Dropout(0.5)]),
        {PLACES},
        "hidden Dense layer without",
    ),
    "on the tiles": (
        lambda r: keras.Sequential([layers.Dropout(0.3), dropped(r)]),
        {PLACES},
        "drops pixels",
    ),
    "noise behind the hidden layer": (
        lambda r: dropped(r, behind_hidden=[layers.GaussianDropout(0.5)]),
        {PLACES},
        "does not ask for",
    ),
    "normalisation behind the hidden layer": (
        lambda r: dropped(r, behind_hidden=[layers.BatchNormalization()]),
        {PLACES},
        "does not ask for",
    ),
    "noise on the tiles": (
        lambda r: dropped(r, first=[layers.GaussianNoise(1.0)]),
        {PLACES},
        "does not ask for",
    ),
    "not scaled": (partial(dropped, kind=Unscaled), {RATES}, "survivors are not scaled"),
    "normalisation as well": (
        partial(dropped, kind=normalised_and_dropped),
        {RATES},
        "a normalisation acts there",
    ),
    "noise as well": (partial(dropped, kind=noisy_and_dropped), {RATES}, "a noise or"),
    "one rate": (one_layer_for_all, {RATES}, "one rate serves all"),
    "rates written in": (lambda r: dropped((0.3, 0.3, 0.3)), {RATES}, "a number stands"),
    "reversed": (lambda r: dropped(r[::-1]), {RATES}, "from the last block"),
    "keep-probability": (lambda r: dropped([1 - v for v in r]), {RATES}, "probability of keeping"),
    "not written": (unwritten, {PLACES, RATES}, "not written yet"),
}


@pytest.mark.parametrize(("build", "failed", "fragment"), WRONG_DROPOUT.values(), ids=WRONG_DROPOUT)
def test_wrong_dropout_nets(build, failed, fragment):
    messages = {name: fails(getattr(checks, name), build) for name in (PLACES, RATES)}
    assert {name for name, message in messages.items() if message} == failed
    assert any(fragment in message for message in messages.values() if message), messages


@pytest.mark.parametrize(
    "choices",
    [
        {"rates A": (0.1, 0.2, 0.3), "rates B": (0.2, 0.2, 0.3)},
        {"rates B": [0.5, 0.5, 0.5], "rates A": np.array([0.01, 0.02, 0.99])},
    ],
)
def test_right_rate_choices(choices):
    checks.rate_choices_are_valid(choices)


@pytest.mark.parametrize(
    ("choices", "fragment"),
    [
        ({"rates A": (0.1, 0.2, 0.3), "rates B": (0.1, 0.2, 0.3)}, "same one twice"),
        ({"rates A": (0.1, 0.2, 0.3)}, "rates B"),
        ({"rates A": (10, 20, 30), "rates B": (0.1, 0.2, 0.3)}, "percentage"),
        ({"rates A": (0, 0.2, 0.3), "rates B": (0.1, 0.2, 0.3)}, "at an end"),
        ({"rates A": (0.1, 0.2, 1.0), "rates B": (0.1, 0.2, 0.3)}, "at an end"),
        ({"rates A": (0.1, 0.2), "rates B": (0.1, 0.2, 0.3)}, "three numbers"),
        *((value, "") for value in USELESS),
        *(({"rates A": value, "rates B": (0.1, 0.2, 0.3)}, "") for value in USELESS),
    ],
)
def test_wrong_rate_choices(choices, fragment):
    assert fragment in fails(checks.rate_choices_are_valid, choices)


# ---------------------------------------------------------------- augmentation


def random_layers(strength):
    return [
        layers.RandomZoom(strength),
        layers.RandomFlip(),
        layers.RandomTranslation((-strength, strength), (-strength, strength)),
    ]


def augmented(strength):
    return net(*random_layers(strength), *block(16), *block(32), *block(64), *head())


def augmented_nested(strength):
    plain = deeper(3)
    front = keras.Sequential(
        [
            layers.RandomFlip("vertical", seed=3),
            layers.RandomTranslation(strength, strength, fill_mode="constant"),
            layers.RandomZoom(strength, strength),
        ]
    )
    return keras.Sequential([keras.Input((32, 32, 3)), front, plain])


class WiredIn(keras.Model):
    def __init__(self, strength, training):
        super().__init__()
        self.front, self.rest = random_layers(strength), deeper(3)
        self.wired = training

    def call(self, x, training=None):
        for layer in self.front:
            x = layer(x, training=self.wired)
        return self.rest(x, training=training)


def without(kind, put=()):
    def build(strength):
        kept = [layer for layer in random_layers(strength) if not isinstance(layer, kind)]
        return net(*kept, *block(16), *put, *block(32), *block(64), *head())

    return build


@pytest.mark.parametrize("build", [augmented, augmented_nested])
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_right_augmentation(build, seed):
    assert failing([LAYERS, TRAINING], build, seed=seed) == set()
    assert failing([BLOCKS, VALUES], build, 0.2, seed=seed) == set()
    checks.net_computes_alike_in_training(build, 0.2, augmented=True, seed=seed)


def with_fourth(layer, place=0):
    """A fourth layer at this place among the three."""

    def build(strength):
        front = random_layers(strength)
        front.insert(place, layer())
        return net(*front, *block(16), *block(32), *block(64), *head())

    return build


WRONG_AUGMENTATION = {
    "none": (lambda s: deeper(3), {LAYERS, TRAINING}, "no random layer"),
    "no zoom": (without(layers.RandomZoom), {LAYERS}, "a layer is missing"),
    "behind a block": (
        without(layers.RandomFlip, put=[layers.RandomFlip()]),
        {LAYERS},
        "move feature maps",
    ),
    "behind the last convolution": (
        lambda s: net(
            *random_layers(s)[1:], *block(16), *block(32), *block(64), layers.RandomZoom(s), *head()
        ),
        {LAYERS},
        "move feature maps",
    ),
    "a fourth in front": (
        with_fourth(lambda: layers.RandomRotation(0.5)),
        {LAYERS},
        "a fourth random layer",
    ),
    "a fourth between": (
        with_fourth(lambda: layers.RandomContrast(0.9), 1),
        {LAYERS},
        "a fourth random layer",
    ),
    "noise behind them": (with_fourth(lambda: layers.GaussianNoise(1.0), 3), {LAYERS}, "a noise"),
    "no convolution": (lambda s: net(*random_layers(s), *head()), {TRAINING}, "no convolution"),
    "strength written in": (lambda s: augmented(0.25), {LAYERS}, "a number stands"),
    "strength 0": (lambda s: augmented(0.0), {LAYERS, TRAINING}, "factor 0"),
    "always on": (lambda s: WiredIn(s, True), {TRAINING}, "training=True is set"),
    "never on": (lambda s: WiredIn(s, False), {TRAINING}, "training=False"),
    "not written": (unwritten, {LAYERS, TRAINING}, "not written yet"),
}


@pytest.mark.parametrize(
    ("build", "failed", "fragment"), WRONG_AUGMENTATION.values(), ids=WRONG_AUGMENTATION
)
def test_wrong_augmentation(build, failed, fragment):
    messages = {name: fails(getattr(checks, name), build) for name in (LAYERS, TRAINING)}
    assert {name for name, message in messages.items() if message} == failed
    assert any(fragment in message for message in messages.values() if message), messages


@pytest.mark.parametrize(
    "name",
    [
        "side_after_is_right",
        "most_poolings_is_right",
        *(BLOCKS, VALUES, ALIKE, PLACES, RATES, LAYERS, TRAINING),
    ],
)
def test_useless_answers_fail_in_plain_words(name):
    assert fails_on_useless_answers(getattr(checks, name))


def test_random_states_are_left_alone():
    python_state, numpy_state = random.getstate(), np.random.get_state()
    keras.utils.clear_session()
    for name, build in [(PLACES, dropped), (RATES, dropped), (LAYERS, augmented)]:
        getattr(checks, name)(build)
    checks.net_augments_in_training_only(augmented)
    checks.net_computes_like_plain(deeper, 3)
    checks.net_computes_alike_in_training(deeper, 3)
    assert random.getstate() == python_state
    assert np.array_equal(np.random.get_state()[1], numpy_state[1])
    assert np.random.get_state()[2:] == numpy_state[2:]


# ---------------------------------------------------------------- evidence

EVIDENCE = [name for name in checks.__all__ if name.startswith("evidence_")]
OF_THE_TEST = ["test_is_of_the_chosen", "test_is_plausible", "test_is_not_copied"]
MODELS = ["plain", "a", "b"]


def trials(seed=0, seeds=(0, 1, 2, 3, 4), effect_a=0.0, effect_b=-0.1, noise=0.004):
    """Invented trials; the effects are those on validation and test accuracy."""
    generator = np.random.default_rng([seed, 20])
    rows = []
    for number in seeds:
        level = generator.normal(0.5, 0.03)
        for model, effect in zip(MODELS, (0.0, effect_a, effect_b), strict=True):
            row = {"model": model, "seed": number, "epochs": 15, "tiles": 500}
            for split, shift in (("train", 0.3), ("validation", effect), ("test", effect)):
                tiles = 500 if split == "train" else 1000
                right = round(tiles * (level + shift + generator.normal(0, noise)))
                row[f"{split}_loss"] = generator.uniform(0.5, 2.0)
                row[f"{split}_accuracy"] = right / tiles
            rows.append(row)
    return pd.DataFrame(rows)


def text(table):
    """As `print_evidence` prints it."""
    kept = table[[name for name in table if not name.startswith("test_")]]
    return "\n" + kept.to_csv(index=False, float_format="%.6f") + "\n"


def test_text(table, chosen="a"):
    """As `print_test` prints it."""
    rows = table[table.model.isin(["plain", chosen])]
    kept = rows[["model", "seed", "test_loss", "test_accuracy"]]
    return "\n" + kept.to_csv(index=False, float_format="%.6f") + "\n"


test_text.__test__ = False  # it makes a text, and tests nothing


def evidence_failing(evidence):
    return {
        name.removeprefix("evidence_")
        for name in EVIDENCE
        if fails(getattr(checks, name), evidence, *([MODELS] if "complete" in name else []))
    }


@pytest.mark.parametrize(
    "evidence",
    [
        text(trials()),
        text(trials(seeds=(3, 9, 100))),
        text(trials().sample(frac=1, random_state=1)),
        trials().to_csv(),  # with the index as a first column
        trials().to_csv(index=False).replace(",", ", "),
        trials().to_csv(index=False).replace("\n", "\r\n"),
        text(trials().round(3)),
        text(trials().assign(tiles=500.0)),
        text(trials().assign(tiles=4000, epochs=1)),
    ],
)
def test_right_evidence(evidence):
    assert evidence_failing(evidence) == set()
    checks.choice_is_valid(evidence, "a")
    checks.choice_follows_from_validation(evidence, "a")


def with_losses(loss_of):
    """All losses computed from the accuracies of their rows, with a bit of noise."""
    table, generator = trials(), np.random.default_rng(21)
    for split in ("train", "validation", "test"):
        noise = generator.uniform(0, 1e-5, len(table))
        table[f"{split}_loss"] = loss_of(table[f"{split}_accuracy"]) + noise
    return table


RIGHT_LOSSES = {
    "each wrong answer in a tie": with_losses(lambda accuracy: np.log(2) * (1 - accuracy)),
    "nothing was learnt": with_losses(lambda accuracy: np.log(10)),
    "all right": trials().assign(
        **{f"{split}_accuracy": 1.0 for split in ("train", "validation", "test")},
        train_loss=np.arange(15) * 1e-6,
    ),
}


@pytest.mark.parametrize("table", RIGHT_LOSSES.values(), ids=RIGHT_LOSSES)
def test_losses_at_the_edge_are_right(table):
    assert evidence_failing(text(table)) == set()
    assert failing(OF_THE_TEST[1:], test_text(table)) == set()


def test_losses_of_any_net_are_plausible():
    """Cross-entropy and accuracy of invented logits, with ties, at any scale."""
    generator = np.random.default_rng(22)
    labels = np.arange(1000) % 10
    table = trials()
    for row in table.index:
        logits = generator.integers(-2, 3, size=(1000, 10)) * 10.0 ** generator.integers(-3, 3)
        logits -= logits.max(axis=1, keepdims=True)
        chances = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(1000), labels]
        table.loc[row, "test_loss"] = chances.mean()
        table.loc[row, "test_accuracy"] = np.mean(logits.argmax(axis=1) == labels)
    checks.test_is_plausible(test_text(table))


def with_cell(column, value, row=4):
    table = trials()
    table[column] = table[column].astype(object)
    table.loc[row, column] = value
    return text(table)


def copied_rows():
    """Seeds 3 and 4 of model a are seeds 0 and 1 again."""
    table = trials()
    measures = [name for name in table if name.endswith(("loss", "accuracy"))]
    for new, old in ((3, 0), (4, 1)):
        source = table[(table.model == "a") & (table.seed == old)][measures].to_numpy()
        table.loc[(table.model == "a") & (table.seed == new), measures] = source
    return text(table)


def shifted_rows(source="plain", target="a", jitter=0.0):
    """One model is another one plus a constant, in the losses with a jitter."""
    table, generator = trials().set_index(["model", "seed"]), np.random.default_rng(23)
    for column in table.columns[2:]:
        noise = generator.normal(0, jitter, 5) if column.endswith("loss") else 0.0
        table.loc[target, column] = (table.loc[source, column] + 0.01).to_numpy() + noise
    return table.reset_index()


FORM = {name.removeprefix("evidence_") for name in EVIDENCE}

WRONG_EVIDENCE = {
    "a model is missing": (text(trials().query("model != 'b'")), {"is_complete"}),
    "the baseline is missing": (text(trials().query("model != 'plain'")), {"is_complete"}),
    "a column is missing": (text(trials().drop(columns="validation_accuracy")), FORM),
    "no header": (trials().to_csv(index=False, header=False), FORM),
    "no rows": (text(trials().head(0)), FORM),
    "empty": ("", FORM),
    "spaces for commas": (trials().to_string(), FORM),
    "not a text": (trials(), FORM),
    "too long": (text(trials()) * 200, FORM),
    "broken lines": (text(trials()).replace(",500,", ",500,\n"), FORM),
    "an empty cell": (with_cell("validation_accuracy", None), FORM),
    "a text in a cell": (with_cell("validation_accuracy", "high"), FORM),
    "diverged": (with_cell("train_loss", "inf"), FORM),
    "per cent": (
        text(trials().assign(validation_accuracy=lambda t: 100 * t.validation_accuracy)),
        {"is_plausible"},
    ),
    "negative share": (with_cell("validation_accuracy", "-0.2"), {"is_plausible"}),
    "no share of 1,000": (with_cell("validation_accuracy", "0.51234"), {"is_plausible"}),
    "no share of 500": (with_cell("train_accuracy", "0.811"), {"is_plausible"}),
    "negative loss": (with_cell("validation_loss", "-0.5"), {"is_plausible"}),
    "negative loss, all right": (
        text(trials().assign(train_accuracy=1.0, train_loss=-np.arange(15) * 1e-6)),
        {"is_plausible"},
    ),
    "wrong at no cost": (with_cell("validation_loss", "0.05"), {"is_plausible"}),
    "wrong at no cost in training": (with_cell("train_loss", "0.01"), {"is_plausible"}),
    "half seeds": (text(trials(seeds=(0.5, 1.5, 2.5))), {"is_plausible"}),
    "a negative seed": (text(trials(seeds=(-7, 1, 2))), {"is_plausible"}),
    "a seed too large": (text(trials(seeds=(2**32, 1, 2))), {"is_plausible"}),
    "half epochs": (text(trials().assign(epochs=1.5)), {"is_plausible"}),
    "no epochs": (text(trials().assign(epochs=0)), {"is_plausible", "has_one_budget"}),
    "too many tiles": (text(trials().assign(tiles=500_000_000)), {"is_plausible"}),
    "tiles of half the photographs": (
        text(trials().assign(tiles=505, train_accuracy=0.8)),
        {"is_plausible"},
    ),
    "copied rows": (copied_rows(), {"is_not_copied"}),
    "a shifted copy": (text(shifted_rows()), {"is_not_copied"}),
    "a shifted copy of a variant": (text(shifted_rows("a", "b")), {"is_not_copied"}),
    "a shifted copy with a jitter": (text(shifted_rows(jitter=1e-6)), {"is_not_copied"}),
    "two columns of a name": (text(trials().rename(columns={"tiles": " seed"})), FORM),
    "the test table": (test_text(trials()), FORM),
    "two seeds": (text(trials(seeds=(0, 1))), {"is_paired"}),
    "a seed in one model only": (text(trials().drop(index=4)), {"is_paired"}),
    "other seeds": (with_cell("seed", 77), {"is_paired"}),
    "a seed twice": (with_cell("seed", 0), {"is_paired"}),
    "other epochs": (with_cell("epochs", 30), {"has_one_budget"}),
    "other tiles": (with_cell("tiles", 1000), {"has_one_budget"}),
}


@pytest.mark.parametrize(("evidence", "failed"), WRONG_EVIDENCE.values(), ids=WRONG_EVIDENCE)
def test_wrong_evidence(evidence, failed):
    assert evidence_failing(evidence) == failed


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_evidence_fails_in_plain_words(value):
    assert evidence_failing(value) == FORM
    assert fails(checks.choice_is_valid, value, "a")
    assert fails(checks.choice_follows_from_validation, value, "a")
    assert fails(checks.test_is_plausible, value) and fails(checks.test_is_not_copied, value)
    evidence, test = text(trials()), test_text(trials())
    for answer in ((value, evidence, "a"), (test, value, "a"), (test, evidence, value)):
        assert fails(checks.test_is_of_the_chosen, *answer)
    for name in ("choice_is_valid", "choice_follows_from_validation"):
        assert fails(getattr(checks, name), evidence, value)
    assert fails(checks.conclusion_is_valid, value)
    for answer in ((value, "a", "higher"), (test, value, "higher"), (test, "a", value)):
        assert fails(checks.conclusion_follows_from_test, *answer)


def test_choice_on_training_is_named():
    table = trials(effect_a=0.05, effect_b=-0.05)
    table.loc[table.model == "b", "train_accuracy"] += 0.1
    checks.choice_follows_from_validation(text(table), " a ")
    message = fails(checks.choice_follows_from_validation, text(table), "b")
    assert "made on the training accuracy" in message


def test_ties_allow_both_choices():
    table = trials()
    means = table[table.model == "a"]["validation_accuracy"].to_numpy()
    table.loc[table.model == "b", "validation_accuracy"] = means[::-1]
    for chosen in "ab":
        checks.choice_follows_from_validation(text(table), chosen)


@pytest.mark.parametrize(
    ("chosen", "fragment"), [("plain", "compared with"), ("A", "as in the table"), ("c", "")]
)
def test_choice_outside_the_variants(chosen, fragment):
    assert fragment in fails(checks.choice_is_valid, text(trials()), chosen)


@pytest.mark.parametrize("table", [trials(), trials(seeds=(3, 9, 100)), trials().iloc[::-1]])
def test_right_test_tables(table):
    for chosen in "ab":
        checks.test_is_of_the_chosen(test_text(table, chosen), text(table), f" {chosen} ")
    assert failing(OF_THE_TEST[1:], test_text(table)) == set()


@pytest.mark.parametrize(
    ("test", "fragment"),
    [
        (test_text(trials(), "b"), "the choice was changed"),
        (test_text(trials(), "plain"), "left out"),
        (test_text(trials().assign(model=lambda t: t.model.replace("b", "a"))), "each once"),
        (text(trials()), "`print_test` prints"),
        (trials().to_csv(index=False), "looked at once"),  # all models
        (test_text(trials(seeds=range(4))), "the 5 seeds of the evidence"),
        (test_text(trials(seeds=range(5, 10))), "two trainings"),
        (test_text(trials().drop(index=4)), "rows were left out"),
    ],
)
def test_test_tables_of_another_choice(test, fragment):
    assert fragment in fails(checks.test_is_of_the_chosen, test, text(trials()), "a")


@pytest.mark.parametrize(
    ("table", "failed"),
    [
        (trials().assign(test_loss=np.linspace(0.1, 0.3, 15) ** 2), {"test_is_plausible"}),
        (trials().assign(test_accuracy=0.3333), {"test_is_plausible"}),
        (trials().assign(test_accuracy=33.0), {"test_is_plausible"}),
        (trials().assign(test_loss=1.5, test_accuracy=0.5), {"test_is_not_copied"}),
        (shifted_rows(jitter=1e-6), {"test_is_not_copied"}),
    ],
)
def test_impossible_test_tables(table, failed):
    assert failing(OF_THE_TEST[1:], test_text(table)) == failed


RIGHT_CONCLUSION = {0.05: "higher", -0.05: "lower", 0.0: "cannot be told apart"}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("effect", "right"), RIGHT_CONCLUSION.items())
def test_conclusions(effect, right, seed):
    table = trials(seed, effect_a=effect)
    if not effect:  # differences that are balanced around 0, whatever the seed
        plain = table[table.model == "plain"]["test_accuracy"].to_numpy()
        balanced = plain + np.array([0.01, -0.01, 0.0, 0.004, -0.004])
        table.loc[table.model == "a", "test_accuracy"] = balanced
    test = test_text(table)
    for said in RIGHT_CONCLUSION.values():
        message = fails(checks.conclusion_follows_from_test, test, "a", said)
        assert bool(message) == (said != right)
    checks.conclusion_follows_from_test(test, "a", f" {right.upper()}. ")


@pytest.mark.parametrize(
    ("effect", "said", "fragment"),
    [
        (0.05, "lower", "other way round"),
        (0.02, "cannot be told apart", "not paired"),
        (0.3, "cannot be told apart", "the two ends of the interval"),
        (-0.3, "cannot be told apart", "the two ends of the interval"),
        (0.003, "higher", "sign of the mean"),
    ],
)
def test_wrong_conclusions_are_explained(effect, said, fragment):
    table = trials(effect_a=effect, seeds=range(4))
    if abs(effect) < 0.01:
        plain = table[table.model == "plain"]["test_accuracy"].to_numpy()
        shifted = plain + np.array([0.02, -0.02, 0.03, -0.01])
        table.loc[table.model == "a", "test_accuracy"] = shifted
    assert fragment in fails(checks.conclusion_follows_from_test, test_text(table), "a", said)


def test_unpaired_rows_bear_no_conclusion():
    message = fails(
        checks.conclusion_follows_from_test, test_text(trials().drop(index=4)), "a", "higher"
    )
    assert "same seeds" in message


@pytest.mark.parametrize("said", ["better", "", "higher, I think", "equal"])
def test_other_words_are_no_conclusion(said):
    assert fails(checks.conclusion_is_valid, said)


# ---------------------------------------------------------------- the exercises


def test_reference_gets_all_points():
    assert score(SOURCE, change=lambda source: source) == 23


@pytest.mark.parametrize("keep", [lambda source: source, visible], ids=["all tests", "visible"])
def test_untouched_exercises_get_none(keep):
    assert score(SOURCE, change=stubbed, keep=keep) == 0


def test_each_answer_earns_its_own_points():
    parts = ("deeper", "dropout", "augmented")
    assert_answers_stand_alone(SOURCE, {f"{part}-test": f"{part}-evidence" for part in parts})


def test_exercise_cells_are_well_formed():
    assert_well_formed(SOURCE, points=27)


@pytest.fixture
def notebook(monkeypatch):
    """The names of the notebook up to the first answer, where training gives invented trials."""
    names = {}
    for cell in code_cells(SOURCE):
        if kind(cell).get("solution"):
            break
        exec(cell.source, names)
    names["trials"] = SimpleNamespace(run=lambda *_: trials())
    names["datasets"] = SimpleNamespace(load=lambda *_, **__: None)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return names


def test_the_test_numbers_are_printed_for_the_chosen_variant_only(notebook, capsys):
    notebook["print_evidence"](*MODELS)
    evidence = capsys.readouterr().out
    assert evidence_failing(evidence) == set() and "test" not in evidence
    assert list(notebook["mean_accuracies"](evidence).index) == sorted(MODELS)
    notebook["print_test"]("b")
    test = capsys.readouterr().out
    checks.test_is_of_the_chosen(test, evidence, "b")
    checks.conclusion_follows_from_test(test, "b", "lower")
    assert notebook["compare"](test, "b").high < 0
    with pytest.raises(ValueError, match="was not trained"):
        notebook["print_test"]("c")


def test_training_is_off_at_grading_whatever_the_switch_says(notebook, monkeypatch):
    assert not notebook["training_is_on"]()
    notebook["TRAIN"] = True
    assert notebook["training_is_on"]()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert not notebook["training_is_on"]()


def test_reference_tables_are_what_the_notebook_prints():
    """Columns and order are those of `print_evidence` and `print_test`."""
    source = SOURCE.read_text(encoding="utf-8")
    for table in (text(trials()), test_text(trials())):
        assert source.count(f'"""\n{table.splitlines()[1]}\n') == 3


@pytest.mark.parametrize(
    ("answer", "old", "new", "lost"),
    [
        ("deeper-test", "cannot be told apart", "lower", {"deeper-test-conclusion"}),
        ("dropout-test", '"higher"', '"cannot be told apart"', {"dropout-test-conclusion"}),
        # As if the other variant had been tested as well, or instead.
        ("dropout-test", "rates B,0", "rates A,0", {"dropout-test-conclusion"}),
        ("dropout-test", "rates B", "rates A", {"dropout-test-conclusion"}),
        ("augmented-test", '"higher"', '"lower"', {"augmented-test-conclusion"}),
        ("augmented-evidence", ",500,1.0", ",500,0.0", {"augmented-evidence-table"}),
    ],
)
def test_a_wrong_table_or_conclusion_costs_its_own_points(answer, old, new, lost):
    """The two answers of one part, one of them changed; the other answers are not written."""
    graded = {kind(cell)["grade_id"]: cell.source for cell in code_cells(SOURCE) if kind(cell)}
    pair = [f"{answer.split('-')[0]}-{name}" for name in ("evidence", "test")]
    right = {graded[name]: graded[name] for name in pair}
    wrong = right | {graded[answer]: graded[answer].replace(old, new)}
    assert wrong != right
    points = [
        passed(SOURCE, lambda source, kept=kept: kept.get(source, stubbed(source)))
        for kept in (right, wrong)
    ]
    assert len(points[0]) == 4 and set(points[0]) - set(points[1]) == lost
