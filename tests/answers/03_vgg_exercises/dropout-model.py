# %% [markdown]
# Answers to the item `dropout-model`.

# %% right="dropout added behind each pooling of plain"
def build_with_dropout(rates):
    layers, rates = build_deeper(len(rates)).layers, iter(rates)
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for layer in layers:
        model.add(layer)
        if isinstance(layer, keras.layers.MaxPooling2D):
            model.add(keras.layers.Dropout(next(rates)))
    return model


# %% right="functional, rates unpacked, whole maps"
from keras import layers


def build_with_dropout(rates):
    first, second, *others = rates
    inputs = x = keras.Input((32, 32, 1))
    for filters, rate in ((16, first), (32, second), *((64, rate) for rate in others)):
        for layer in block(filters):
            x = layer(x)
        x = layers.SpatialDropout2D(rate)(x)
    x = layers.Dense(64, activation="relu")(layers.Flatten()(x))
    return keras.Model(inputs, layers.Dense(10)(x))


# %% right="a subclass with keras.random"
class WithDropout(keras.Model):
    """Drops by hand, in training only."""

    def __init__(self, rates):
        super().__init__()
        self.rates = list(rates)
        self.blocks = [block(min(16 * 2**k, 64)) for k in range(len(self.rates))]
        self.head = [
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
        self.seeds = keras.random.SeedGenerator(1)

    def call(self, x, training=False):
        for layers, rate in zip(self.blocks, self.rates):
            for layer in layers:
                x = layer(x)
            if training:
                x = keras.random.dropout(x, rate, seed=self.seeds)
        for layer in self.head:
            x = layer(x)
        return x


def build_with_dropout(rates):
    return WithDropout(rates)


# %% right="a layer of one's own with tf"
import sys

import tensorflow as tf


class Drop(tf.keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=None):
        if not training:
            return x
        kept = tf.cast(tf.random.uniform(tf.shape(x)) >= self.rate, x.dtype)
        return x * kept / (1 - self.rate)


def build_with_dropout(rates):
    print("rates:", rates, file=sys.stderr)
    model = tf.keras.Sequential([tf.keras.Input((32, 32, 1))])
    for k, filters in enumerate((16, 32, 64, 64, 64)[: len(rates)]):
        for layer in block(filters):
            model.add(layer)
        model.add(Drop(rates[k]))
    model.add(tf.keras.layers.Flatten())
    model.add(tf.keras.layers.Dense(64, "relu"))
    model.add(tf.keras.layers.Dense(10))
    return model


# %% right="blocks nested, a decorator, a seed for each layer"
import functools
import warnings


def warns_of_high_rates(build):
    @functools.wraps(build)
    def wrapper(rates):
        if max(rates) > 0.6:
            warnings.warn("a rate above 0.6 is unusual")
        return build(rates)

    return wrapper


def dropped_block(filters, rate, seed):
    """A block and its dropout as a model of its own."""
    return keras.Sequential([*block(filters), keras.layers.Dropout(rate, seed=seed)])


@warns_of_high_rates
def build_with_dropout(rates):
    parts = [dropped_block(min(16 * 2**k, 64), rate, seed=k) for k, rate in enumerate(rates)]
    head = [
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential([*parts, *head])


# %% right="ReLU as a layer behind the dropout, a dropout of rate 0 behind Dense"
def build_with_dropout(rates):
    stack = [keras.Input((32, 32, 1))]
    for filters, rate in zip((16, 32, 64, 64, 64)[: len(rates)], rates, strict=True):
        stack += [
            keras.layers.Conv2D(filters, 3, padding="same", activation=keras.activations.relu),
            keras.layers.Conv2D(filters, 3, padding="same"),
            keras.layers.MaxPooling2D(pool_size=(2, 2)),
            keras.layers.Dropout(rate),
            keras.layers.Activation("relu"),
        ]
    stack += [keras.layers.Flatten(), keras.layers.Dense(64), keras.layers.ReLU()]
    stack += [keras.layers.Dropout(0.0), keras.layers.Dense(10)]
    return keras.Sequential(stack)


%time build_with_dropout((0.1, 0.2, 0.3, 0.4))


# %% right="a subclass that has to be told training"
class WithDropout(keras.Model):
    """Its `call` has no default for `training`; `fit`, `predict` and `evaluate` give it."""

    def __init__(self, rates):
        super().__init__()
        self.blocks = [block(filters) for filters in (16, 32, 64, 64, 64)[: len(rates)]]
        self.drops = [keras.layers.Dropout(rate) for rate in rates]
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.logits = keras.layers.Dense(10)

    def call(self, x, training):
        for layers, drop in zip(self.blocks, self.drops):
            for layer in layers:
                x = layer(x)
            x = drop(x, training=training)
        return self.logits(self.hidden(self.flatten(x)))


build_with_dropout = WithDropout


# %% right="whole maps by noise_shape"
def build_with_dropout(rates):
    stack = [keras.Input((32, 32, 1))]
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        drop = keras.layers.Dropout(rate, noise_shape=(None, 1, 1, filters))
        stack += [*block(filters), drop]
    stack += [keras.layers.Flatten(), keras.layers.Dense(64, activation="relu")]
    return keras.Sequential([*stack, keras.layers.Dense(10)])


# %% wrong="not written" loses={"dropout-model-blocks": "unwritten", "dropout-model-places": "unwritten", "dropout-model-rates": "unwritten"}
def build_with_dropout(rates):
    """A net with a block for each rate, and dropout of that rate behind it."""
    raise NotImplementedError()


# %% wrong="training=False wired in" loses={"dropout-model-places": "nowhere", "dropout-model-rates": "inactive"}
class WithDropout(keras.Model):
    def __init__(self, rates):
        super().__init__()
        self.blocks = [block(filters) for filters in (16, 32, 64, 64, 64)[: len(rates)]]
        self.drops = [keras.layers.Dropout(rate) for rate in rates]
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.logits = keras.layers.Dense(10)

    def call(self, x, training=None):
        for layers, drop in zip(self.blocks, self.drops):
            for layer in layers:
                x = layer(x)
            x = drop(x, training=False)
        return self.logits(self.hidden(self.flatten(x)))


def build_with_dropout(rates):
    return WithDropout(rates)


# %% wrong="active at inference" loses={"dropout-model-places": "always_on"}
class WithDropout(keras.Model):
    def __init__(self, rates):
        super().__init__()
        self.blocks = [block(filters) for filters in (16, 32, 64, 64, 64)[: len(rates)]]
        self.drops = [keras.layers.Dropout(rate) for rate in rates]
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.logits = keras.layers.Dense(10)

    def call(self, x):
        for layers, drop in zip(self.blocks, self.drops):
            for layer in layers:
                x = layer(x)
            x = drop(x, training=True)
        return self.logits(self.hidden(self.flatten(x)))


def build_with_dropout(rates):
    return WithDropout(rates)


# %% wrong="in front of the pooling" loses={"dropout-model-places": "before_pooling", "dropout-model-rates": "inactive"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        first, second, pooling = block(filters)
        for layer in (first, second, keras.layers.Dropout(rate), pooling):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="behind the output as well" loses={"dropout-model-places": "on_output"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Dropout(0.5))
    return model


# %% wrong="behind the hidden Dense layer as well" loses={"dropout-model-places": "elsewhere"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dropout(0.5))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="on the pictures as well" loses={"dropout-model-places": "on_input"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1)), keras.layers.Dropout(0.3)])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="noise on the pictures" loses={"dropout-model-places": "noise"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1)), keras.layers.GaussianNoise(1.0)])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="batch normalisation behind the hidden Dense layer" loses={"dropout-model-blocks": "other_activation"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="survivors are not scaled" loses={"dropout-model-rates": "unscaled"}
class Drop(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.seeds = keras.random.SeedGenerator()

    def call(self, x, training=None):
        if not training:
            return x
        draws = keras.random.uniform(keras.ops.shape(x), seed=self.seeds)
        return keras.ops.where(draws < self.rate, 0.0, x)


def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), Drop(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="batch normalisation with each dropout" loses={"dropout-model-blocks": "other_activation"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        extra = [keras.layers.BatchNormalization(), keras.layers.Dropout(rate)]
        for layer in block(filters) + extra:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="noise with each dropout" loses={"dropout-model-places": "noise", "dropout-model-rates": "unscaled"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        extra = [keras.layers.GaussianDropout(0.2), keras.layers.Dropout(rate)]
        for layer in block(filters) + extra:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="one layer for all blocks" loses={"dropout-model-rates": "constant"}
def build_with_dropout(rates):
    drop = keras.layers.Dropout(rates[0])
    inputs = x = keras.Input((32, 32, 1))
    for filters in (16, 32, 64, 64, 64)[: len(rates)]:
        for layer in [*block(filters), drop]:
            x = layer(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(64, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% wrong="rates written in" loses={"dropout-model-rates": "constant"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[: len(rates)]:
        for layer in [*block(filters), keras.layers.Dropout(0.3)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="the rates of the last block first" loses={"dropout-model-rates": "backwards"}
def build_with_dropout(rates):
    rates = list(rates)
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[: len(rates)]:
        for layer in [*block(filters), keras.layers.Dropout(rates.pop())]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="the probability of keeping" loses={"dropout-model-rates": "keeping"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(1 - rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="the layer is made and not called" loses={"dropout-model-places": "nowhere", "dropout-model-rates": "inactive"}
def build_with_dropout(rates):
    inputs = x = keras.Input((32, 32, 1))
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in block(filters):
            x = layer(x)
        keras.layers.Dropout(rate)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(64, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% wrong="no hidden Dense layer" loses={"dropout-model-blocks": "denses"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="the same mask at each call" loses={"dropout-model-places": "fixed"}
class Drop(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=None):
        return keras.random.dropout(x, self.rate, seed=1) if training else x


def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), Drop(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="one mask for the whole batch" loses={"dropout-model-places": "shared"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, side, rate in zip((16, 32, 64, 64, 64), (16, 8, 4, 2, 1), rates):
        for layer in block(filters):
            model.add(layer)
        model.add(keras.layers.Dropout(rate, noise_shape=(1, side, side, filters)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="training=True in a functional model" loses={"dropout-model-places": "always_on"}
def build_with_dropout(rates):
    inputs = x = keras.Input((32, 32, 1))
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in block(filters):
            x = layer(x)
        x = keras.layers.Dropout(rate)(x, training=True)
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(x))
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% wrong="whole examples dropped" loses={"dropout-model-places": "shared"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate, noise_shape=(None, 1, 1, 1))]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="rates in per cent" loses={"dropout-model-rates": "per_cent"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate / 100)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="no activation in the blocks, noise behind the hidden layer" loses={"dropout-model-blocks": "no_activation", "dropout-model-places": "noise"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        model.add(keras.layers.Conv2D(filters, 3, padding="same"))
        model.add(keras.layers.Conv2D(filters, 3, padding="same"))
        model.add(keras.layers.MaxPooling2D(2))
        model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.GaussianNoise(1.0))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="the three blocks of plain" loses={"dropout-model-blocks": "no_pooling", "dropout-model-places": "too_few", "dropout-model-rates": "other_rate"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="four blocks, whatever the rates" loses={"dropout-model-blocks": "no_pooling", "dropout-model-places": "too_few", "dropout-model-rates": "other_rate"}
def build_with_dropout(rates):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters, rate in zip((16, 32, 64, 64), rates):
        for layer in [*block(filters), keras.layers.Dropout(rate)]:
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model
