# %% [markdown]
# Answers to the item `deeper-model`.

# %% right="functional, with ReLU layers and Reshape"
from keras import layers


def build_deeper(blocks: int) -> keras.Model:
    inputs = x = keras.Input((32, 32, 1))
    for filters in [16, 32] + (blocks - 2) * [64]:
        for _ in range(2):
            x = layers.Conv2D(filters, (3, 3), padding="SAME")(x)
            x = layers.ReLU()(x)
        x = layers.MaxPool2D((2, 2), strides=2, padding="valid")(x)
    x = layers.Reshape((-1,))(x)
    x = keras.ops.relu(layers.Dense(64)(x))
    return keras.Model(inputs, layers.Dense(10, activation="linear")(x))


# %% [raw] right="nested, compiled at once"
# -     layers = [keras.Input((32, 32, 1))]
# -     for filters in (16, 32, 64, 64, 64)[:blocks]:
# -         layers += block(filters)
# -     layers += [
# +     parts = [keras.Sequential(block(min(16 * 2**k, 64))) for k in range(blocks)]
# +     head = [
# -     return keras.Sequential(layers)
# +     model = keras.Sequential([*parts, keras.Sequential(head)])
# +     model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
# +     return model

# %% right="a subclass, with ReLU behind the pooling"
class Deeper(keras.Model):
    """ReLU and max pooling can be exchanged."""

    def __init__(self, blocks):
        super().__init__()
        self.blocks = [block(filters) for filters in (16, 32, 64, 64, 64)[:blocks]]
        for _, second, _ in self.blocks:
            second.activation = keras.activations.linear
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.logits = keras.layers.Dense(10)

    def call(self, inputs, training=None):
        x = inputs
        for first, second, pooling in self.blocks:
            x = keras.ops.relu(pooling(second(first(x))))
        return self.logits(self.hidden(self.flatten(x)))


build_deeper = Deeper


# %% [raw] right="the blocks of the plain model, then more, and a new head"
# -     layers = [keras.Input((32, 32, 1))]
# -     for filters in (16, 32, 64, 64, 64)[:blocks]:
# -         layers += block(filters)
# +     layers = [keras.Input((32, 32, 1)), *build_plain().layers[:9]]
# +     for _ in range(blocks - 3):
# +         layers.extend(block(64))

# %% right="TensorFlow for what has no weights, a warning and a progress bar"
import warnings

import tensorflow as tf
from tqdm import tqdm


def build_deeper(blocks):
    if blocks not in (3, 4, 5):
        warnings.warn("blocks should be 3, 4 or 5")
    inputs = x = tf.keras.Input((32, 32, 1))
    for k in tqdm(range(blocks)):
        for layer in block((16, 32, 64, 64, 64)[k]):
            x = layer(x)
    numbers = 64 * 4 ** (5 - blocks)
    x = tf.keras.layers.Lambda(lambda maps: tf.reshape(maps, (-1, numbers)))(x)
    x = tf.keras.layers.Activation(tf.nn.relu)(tf.keras.layers.Dense(64)(x))
    return tf.keras.Model(inputs=inputs, outputs=tf.keras.layers.Dense(10)(x))


# %% [raw] right="no Input, other start weights, the same in each layer, a dropout of rate 0"
# -     layers = [keras.Input((32, 32, 1))]
# +     start = keras.initializers.HeNormal(seed=1)
# +     conv = {"padding": "same", "activation": "relu", "kernel_initializer": start}
# +     layers = []
# -         layers += block(filters)
# +         layers += [keras.layers.Conv2D(filters, 3, **conv) for _ in range(2)]
# +         layers += [keras.layers.MaxPooling2D(), keras.layers.Dropout(0.0)]
# - keras.Sequential(layers)
# + keras.Sequential(layers, name=f"vgg_{blocks}")

# %% right="one ReLU and one pooling in all places"
def build_deeper(blocks):
    """Layers without weights may serve more than once."""
    relu, pooling = keras.layers.ReLU(), keras.layers.MaxPooling2D(2)
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same"))
            model.add(relu)
        model.add(pooling)
    for layer in (keras.layers.Flatten(), keras.layers.Dense(64), relu, keras.layers.Dense(10)):
        model.add(layer)
    return model


# %% wrong="not written" loses={"deeper-model-blocks": "unwritten", "deeper-model-values": "unwritten"}
def build_deeper(blocks):
    raise NotImplementedError()


# %% [raw] wrong="four blocks, whatever the number" loses={"deeper-model-blocks": "no_pooling"}
# - [:blocks]
# + [:4]

# %% [raw] wrong="filters go on doubling" loses={"deeper-model-blocks": "other_sizes"}
# - (16, 32, 64, 64, 64)
# + (16, 32, 64, 128, 256)

# %% [raw] wrong="one convolution a block" loses={"deeper-model-blocks": "convolutions"}
# - layers += block(filters)
# + layers += block(filters)[1:]

# %% [raw] wrong="pooling moves by one pixel" loses={"deeper-model-blocks": "other_sizes"}
# - layers += block(filters)
# + layers += block(filters)[:2]
# +         layers += [keras.layers.MaxPooling2D(2, strides=1, padding="same")]

# %% [raw] wrong="average pooling" loses={"deeper-model-blocks": "no_pooling", "deeper-model-values": "other_activation"}
# - layers += block(filters)
# + layers += [*block(filters)[:2], keras.layers.AveragePooling2D(2)]

# %% [raw] wrong="no activation in a block's end" loses={"deeper-model-values": "no_activation"}
# - layers += block(filters)
# + layers += block(filters)
# +         layers[-2].activation = keras.activations.linear

# %% [raw] wrong="batch normalisation behind the blocks" loses={"deeper-model-values": "other_activation"}
# - layers += block(filters)
# + layers += [*block(filters), keras.layers.BatchNormalization()]

# %% [raw] wrong="noise in front" loses={"deeper-model-values": "noise"}
# - [keras.Input((32, 32, 1))]
# + [keras.Input((32, 32, 1)), keras.layers.GaussianNoise(1.0)]

# %% [raw] wrong="dropout on the pictures" loses={"deeper-model-values": "noise"}
# - [keras.Input((32, 32, 1))]
# + [keras.Input((32, 32, 1)), keras.layers.Dropout(0.5)]

# %% [raw] wrong="valid padding" loses={"deeper-model-blocks": "other_sizes", "deeper-model-values": "crash"}
# -     layers += [
# +     layers[1] = keras.layers.Conv2D(16, 3, activation="relu")
# +     layers += [

# %% [raw] wrong="no hidden Dense layer" loses={"deeper-model-blocks": "denses"}
# -         keras.layers.Dense(64, activation="relu"),

# %% [raw] wrong="softmax at the end" loses={"deeper-model-values": "softmax"}
# - keras.layers.Dense(10)
# + keras.layers.Dense(10, activation="softmax")

# %% [raw] wrong="ReLU at the end" loses={"deeper-model-values": "not_the_sum"}
# - keras.layers.Dense(10)
# + keras.layers.Dense(10, activation="relu")

# %% [raw] wrong="not returned" loses={"deeper-model-blocks": "no_model", "deeper-model-values": "no_model"}
# - return keras.Sequential(layers)
# + keras.Sequential(layers).summary()

# %% [raw] wrong="no layer with weights" loses={"deeper-model-blocks": "no_layers", "deeper-model-values": "no_layers"}
# - layers += block(filters)
# + block(filters)
# -         keras.layers.Dense(64, activation="relu"),
# -         keras.layers.Dense(10),

# %% [raw] wrong="the third block again" loses={"deeper-model-blocks": "crash", "deeper-model-values": "crash"}
# -     for filters in (16, 32, 64, 64, 64)[:blocks]:
# -         layers += block(filters)
# +     layers += block(16) + block(32) + block(64) * (blocks - 2)

# %% [raw] wrong="the fifth block is the fourth again" loses={"deeper-model-blocks": "same_weights"}
# -     for filters in (16, 32, 64, 64, 64)[:blocks]:
# -         layers += block(filters)
# +     layers += block(16) + block(32) + block(64) + block(64) * (blocks - 3)

# %% [raw] wrong="the two convolutions of a block are one" loses={"deeper-model-blocks": "same_weights"}
# - layers += block(filters)
# + layers += block(filters)
# +         if len(layers) > 10:
# +             layers[-3] = layers[-2]

# %% wrong="the Dense layers of plain" loses={"deeper-model-blocks": "crash", "deeper-model-values": "crash"}
def build_deeper(blocks):
    layers = build_plain().layers
    for _ in range(blocks - 3):
        layers[-3:-3] = block(64)
    return keras.Sequential([keras.Input((32, 32, 1)), *layers])


# %% [raw] wrong="one model for all calls" loses={"deeper-model-blocks": "same_model"}
# - def build_deeper(blocks):
# + from functools import cache
# +
# +
# + @cache
# + def build_deeper(blocks):

# %% [raw] wrong="the same Dense layers in each model" loses={"deeper-model-blocks": "same_model"}
# - def build_deeper(blocks):
# + logits = keras.layers.Dense(10)
# +
# +
# + def build_deeper(blocks):
# - keras.layers.Dense(10)
# + logits

# %% [raw] wrong="the rim of the pictures is cut off" loses={"deeper-model-values": "changed"}
# -     layers = [keras.Input((32, 32, 1))]
# +     layers = [keras.Input((32, 32, 1)), keras.layers.Cropping2D(2), keras.layers.ZeroPadding2D(2)]

# %% [raw] wrong="a ReLU that begins at 1" loses={"deeper-model-values": "other_activation"}
# -         layers += block(filters)
# +         layers += block(filters)
# +         layers[-2].activation = keras.layers.ReLU(threshold=1.0)
