# %% [markdown]
# Answers to the item `dropout-model`.

# %% right="dropout added behind each pooling of the net of part 1"
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


# %% [raw] right="a layer of one's own with tf, a line on stderr"
# - def build_with_dropout(rates):
# + import sys
# +
# + import tensorflow as tf
# +
# +
# + class Drop(tf.keras.layers.Layer):
# +     def __init__(self, rate):
# +         super().__init__()
# +         self.rate = rate
# +
# +     def call(self, x, training=None):
# +         if not training:
# +             return x
# +         kept = tf.cast(tf.random.uniform(tf.shape(x)) >= self.rate, x.dtype)
# +         return x * kept / (1 - self.rate)
# +
# +
# + def build_with_dropout(rates):
# -     layers = [keras.Input((32, 32, 1))]
# +     print("rates:", rates, file=sys.stderr)
# +     layers = [keras.Input((32, 32, 1))]
# - keras.layers.Dropout(rate)
# + Drop(rate)

# %% [raw] right="blocks nested, a decorator, a seed for each layer"
# - def build_with_dropout(rates):
# + import functools
# + import warnings
# +
# +
# + def warns_of_high_rates(build):
# +     @functools.wraps(build)
# +     def wrapper(rates):
# +         if max(rates) > 0.6:
# +             warnings.warn("a rate above 0.6 is unusual")
# +         return build(rates)
# +
# +     return wrapper
# +
# +
# + @warns_of_high_rates
# + def build_with_dropout(rates):
# - [*block(filters), keras.layers.Dropout(rate)]
# + [keras.Sequential([*block(filters), keras.layers.Dropout(rate, seed=len(layers))])]

# %% [raw] right="ReLU as a layer behind the dropout, a dropout of rate 0 behind Dense, a magic"
# - def build_with_dropout(rates):
# + %matplotlib inline
# + def build_with_dropout(rates):
# - layers += [*block(filters), keras.layers.Dropout(rate)]
# + layers += [*block(filters), keras.layers.Dropout(rate), keras.layers.Activation("relu")]
# +         layers[-4].activation = keras.activations.linear
# -         keras.layers.Dense(64, activation="relu"),
# +         keras.layers.Dense(64),
# +         keras.layers.ReLU(),
# +         keras.layers.Dropout(0.0),

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


# %% [raw] right="whole maps by noise_shape"
# - keras.layers.Dropout(rate)
# + keras.layers.Dropout(rate, noise_shape=(None, 1, 1, filters))

# %% wrong="not written" loses={"dropout-model-blocks": "unwritten", "dropout-model-places": "unwritten", "dropout-model-rates": "unwritten"}
def build_with_dropout(rates):
    raise NotImplementedError()


# %% [raw] wrong="training=False wired in" loses={"dropout-model-places": "nowhere", "dropout-model-rates": "inactive"}
# - def build_with_dropout(rates):
# + class Drop(keras.layers.Dropout):
# +     def call(self, x, training=None):
# +         return super().call(x, training=False)
# +
# +
# + def build_with_dropout(rates):
# - keras.layers.Dropout(rate)
# + Drop(rate)

# %% [raw] wrong="active at inference" loses={"dropout-model-places": "always_on"}
# - def build_with_dropout(rates):
# + class Drop(keras.layers.Dropout):
# +     def call(self, x):
# +         return super().call(x, training=True)
# +
# +
# + def build_with_dropout(rates):
# - keras.layers.Dropout(rate)
# + Drop(rate)

# %% wrong="training=True in a functional model" loses={"dropout-model-places": "always_on"}
def build_with_dropout(rates):
    inputs = x = keras.Input((32, 32, 1))
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        for layer in block(filters):
            x = layer(x)
        x = keras.layers.Dropout(rate)(x, training=True)
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(x))
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% [raw] wrong="the layer is made and not added" loses={"dropout-model-places": "nowhere", "dropout-model-rates": "inactive"}
# - layers += [*block(filters), keras.layers.Dropout(rate)]
# + layers += block(filters)
# +         keras.layers.Dropout(rate)

# %% [raw] wrong="in front of the pooling" loses={"dropout-model-places": "before_pooling", "dropout-model-rates": "inactive"}
# - layers += [*block(filters), keras.layers.Dropout(rate)]
# + layers += block(filters)
# +         layers.insert(-1, keras.layers.Dropout(rate))

# %% [raw] wrong="behind the output as well" loses={"dropout-model-places": "on_output"}
# - keras.layers.Dense(10),
# + keras.layers.Dense(10),
# +         keras.layers.Dropout(0.5),

# %% [raw] wrong="behind the hidden Dense layer as well" loses={"dropout-model-places": "elsewhere"}
# - keras.layers.Dense(10),
# + keras.layers.Dropout(0.5),
# +         keras.layers.Dense(10),

# %% [raw] wrong="on the pictures as well" loses={"dropout-model-places": "on_input"}
# - [keras.Input((32, 32, 1))]
# + [keras.Input((32, 32, 1)), keras.layers.Dropout(0.3)]

# %% [raw] wrong="noise with each dropout" loses={"dropout-model-places": "noise", "dropout-model-rates": "unscaled"}
# - keras.layers.Dropout(rate)
# + keras.layers.GaussianDropout(0.2), keras.layers.Dropout(rate)

# %% [raw] wrong="batch normalisation behind the hidden Dense layer" loses={"dropout-model-blocks": "other_activation"}
# - keras.layers.Dense(10),
# + keras.layers.BatchNormalization(),
# +         keras.layers.Dense(10),

# %% [raw] wrong="batch normalisation with each dropout" loses={"dropout-model-blocks": "other_activation"}
# - keras.layers.Dropout(rate)
# + keras.layers.BatchNormalization(), keras.layers.Dropout(rate)

# %% [raw] wrong="survivors are not scaled" loses={"dropout-model-rates": "unscaled"}
# - def build_with_dropout(rates):
# + class Drop(keras.layers.Dropout):
# +     def call(self, x, training=None):
# +         return super().call(x, training) * (1 - self.rate if training else 1)
# +
# +
# + def build_with_dropout(rates):
# - keras.layers.Dropout(rate)
# + Drop(rate)

# %% [raw] wrong="one layer for all blocks" loses={"dropout-model-rates": "constant"}
# - layers = [keras.Input((32, 32, 1))]
# + layers, drop = [keras.Input((32, 32, 1))], keras.layers.Dropout(rates[0])
# - keras.layers.Dropout(rate)
# + drop

# %% [raw] wrong="rates written in" loses={"dropout-model-rates": "constant"}
# - keras.layers.Dropout(rate)
# + keras.layers.Dropout(0.3)

# %% [raw] wrong="the rates of the last block first" loses={"dropout-model-rates": "backwards"}
# - rates, strict
# + rates[::-1], strict

# %% [raw] wrong="the probability of keeping" loses={"dropout-model-rates": "keeping"}
# - keras.layers.Dropout(rate)
# + keras.layers.Dropout(1 - rate)

# %% [raw] wrong="rates in per cent" loses={"dropout-model-rates": "per_cent"}
# - keras.layers.Dropout(rate)
# + keras.layers.Dropout(rate / 100)

# %% [raw] wrong="no hidden Dense layer" loses={"dropout-model-blocks": "denses"}
# -         keras.layers.Dense(64, activation="relu"),

# %% [raw] wrong="the same mask at each call" loses={"dropout-model-places": "fixed"}
# - def build_with_dropout(rates):
# + class Drop(keras.layers.Dropout):
# +     def call(self, x, training=None):
# +         return keras.random.dropout(x, self.rate, seed=1) if training else x
# +
# +
# + def build_with_dropout(rates):
# - keras.layers.Dropout(rate)
# + Drop(rate)

# %% [raw] wrong="one mask for the whole batch" loses={"dropout-model-places": "shared"}
# - keras.layers.Dropout(rate)
# + keras.layers.Dropout(rate, noise_shape=(1, None, None, None))

# %% [raw] wrong="whole examples dropped" loses={"dropout-model-places": "shared"}
# - keras.layers.Dropout(rate)
# + keras.layers.Dropout(rate, noise_shape=(None, 1, 1, 1))

# %% [raw] wrong="no activation in the blocks, noise behind the hidden layer" loses={"dropout-model-blocks": "no_activation", "dropout-model-places": "noise"}
# - layers += [*block(filters), keras.layers.Dropout(rate)]
# + layers += [*block(filters), keras.layers.Dropout(rate)]
# +         layers[-4].activation = layers[-3].activation = keras.activations.linear
# - keras.layers.Dense(10),
# + keras.layers.GaussianNoise(1.0),
# +         keras.layers.Dense(10),

# %% [raw] wrong="the three blocks of plain" loses={"dropout-model-blocks": "no_pooling", "dropout-model-places": "too_few", "dropout-model-rates": "other_rate"}
# - (16, 32, 64, 64, 64)
# + (16, 32, 64)

# %% [raw] wrong="four blocks, whatever the rates" loses={"dropout-model-blocks": "no_pooling", "dropout-model-places": "too_few", "dropout-model-rates": "other_rate"}
# - (16, 32, 64, 64, 64)
# + (16, 32, 64, 64)
