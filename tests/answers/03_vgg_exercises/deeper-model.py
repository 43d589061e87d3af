# %% [markdown]
# Answers to the item `deeper-model`.

# %% right="a list of layers, unpacked"
def build_deeper(blocks):
    stack = [layer for filters in (16, 32, 64, 64, 64)[:blocks] for layer in block(filters)]
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            *stack,
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


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
        self.blocks = [
            [
                keras.layers.Conv2D(filters, 3, padding="same", activation="relu"),
                keras.layers.Conv2D(filters, 3, padding="same"),
                keras.layers.MaxPooling2D(),
            ]
            for filters in (16, 32, 64, 64, 64)[:blocks]
        ]
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.logits = keras.layers.Dense(10)

    def call(self, inputs, training=None):
        x = inputs
        for first, second, pooling in self.blocks:
            x = keras.ops.relu(pooling(second(first(x))))
        return self.logits(self.hidden(self.flatten(x)))


build_deeper = Deeper


# %% right="the blocks of the plain model, then a new head"
def build_deeper(blocks):
    """Take the blocks of a new plain model and add more of them."""
    layers = build_plain().layers[:9]
    for _ in range(blocks - 3):
        layers.extend(block(64))
    head = [
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential([keras.Input((32, 32, 1)), *layers, *head])


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


# %% right="recursive, another start of the weights, a dropout of rate 0"
from functools import partial

conv = partial(keras.layers.Conv2D, kernel_size=3, padding="same", kernel_initializer="he_normal")


def body(blocks):
    """The layers of the first blocks."""
    if not blocks:
        return []
    filters = (16, 32, 64, 64, 64)[blocks - 1]
    parts = [conv(filters, activation="relu"), conv(filters, activation=keras.ops.relu)]
    return [*body(blocks - 1), *parts, keras.layers.MaxPooling2D(), keras.layers.Dropout(0.0)]


def build_deeper(blocks):
    model = keras.Sequential(body(blocks), name=f"vgg_{blocks}")
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(units=64, activation="relu"))
    model.add(keras.layers.Dense(units=10))
    return model


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


# %% right="start weights from a seed, the same in each layer"
def build_deeper(blocks):
    start = keras.initializers.GlorotUniform(seed=1)
    stack = [keras.Input((32, 32, 1))]
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        conv = {"padding": "same", "activation": "relu", "kernel_initializer": start}
        stack += [keras.layers.Conv2D(filters, 3, **conv) for _ in range(2)]
        stack += [keras.layers.MaxPooling2D(2)]
    stack += [keras.layers.Flatten(), keras.layers.Dense(64, activation="relu")]
    return keras.Sequential([*stack, keras.layers.Dense(10)])


# %% wrong="not written" loses={"deeper-model-blocks": "unwritten", "deeper-model-values": "unwritten"}
def build_deeper(blocks):
    """A net of 3 to 5 blocks with 16, 32, 64, 64, 64 filters."""
    raise NotImplementedError()


# %% wrong="one block too few" loses={"deeper-model-blocks": "no_pooling"}
def build_deeper(blocks):
    stack = [layer for filters in (16, 32, 64, 64)[: blocks - 1] for layer in block(filters)]
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            *stack,
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="four blocks, whatever the number" loses={"deeper-model-blocks": "no_pooling"}
def build_deeper(blocks):
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            *block(16),
            *block(32),
            *block(64),
            *block(64),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="filters go on doubling" loses={"deeper-model-blocks": "other_sizes"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for k in range(blocks):
        for layer in block(16 * 2**k):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="one convolution a block" loses={"deeper-model-blocks": "convolutions"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="pooling moves by one pixel" loses={"deeper-model-blocks": "refused"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D(2, strides=1, padding="same"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="average pooling" loses={"deeper-model-blocks": "no_pooling", "deeper-model-values": "other_activation"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.AveragePooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="no activation in a block's end" loses={"deeper-model-values": "no_activation"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.Conv2D(filters, 3, padding="same"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="softmax at the end" loses={"deeper-model-values": "softmax"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for layer in block(filters):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% wrong="batch normalisation behind the blocks" loses={"deeper-model-values": "other_activation"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for layer in block(filters):
            model.add(layer)
        model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="noise in front" loses={"deeper-model-values": "noise"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1)), keras.layers.GaussianNoise(1.0)])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for layer in block(filters):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="dropout on the pictures" loses={"deeper-model-values": "noise"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1)), keras.layers.Dropout(0.5)])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for layer in block(filters):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="not returned" loses={"deeper-model-blocks": "no_model", "deeper-model-values": "no_model"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for layer in block(filters):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    model.summary()


# %% wrong="no layer with weights" loses={"deeper-model-blocks": "no_layers", "deeper-model-values": "no_layers"}
def build_deeper(blocks):
    inputs = keras.Input((32, 32, 1))
    x = inputs
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        block(filters)
    return keras.Model(inputs, keras.layers.Flatten()(x))


# %% wrong="valid padding" loses={"deeper-model-blocks": "other_sizes", "deeper-model-values": "crash"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for k, filters in enumerate((16, 32, 64, 64, 64)[:blocks]):
        padding = "valid" if k == 0 else "same"
        model.add(keras.layers.Conv2D(filters, 3, padding=padding, activation="relu"))
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="as many filters in each block" loses={"deeper-model-blocks": "other_sizes"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for _ in range(blocks):
        for layer in block(64):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="no hidden Dense layer" loses={"deeper-model-blocks": "denses"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for layer in block(filters):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="ReLU at the end" loses={"deeper-model-values": "not_the_sum"}
def build_deeper(blocks):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (16, 32, 64, 64, 64)[:blocks]:
        for layer in block(filters):
            model.add(layer)
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10, activation="relu"))
    return model


# %% wrong="the third block again" loses={"deeper-model-blocks": "crash", "deeper-model-values": "crash"}
def build_deeper(blocks):
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            *block(16),
            *block(32),
            *(block(64) * (blocks - 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the Dense layers of plain" loses={"deeper-model-blocks": "crash", "deeper-model-values": "crash"}
def build_deeper(blocks):
    layers = build_plain().layers
    for _ in range(blocks - 3):
        layers[-3:-3] = block(64)
    return keras.Sequential([keras.Input((32, 32, 1)), *layers])


# %% wrong="the fifth block is the fourth again" loses={"deeper-model-blocks": "same_weights"}
def build_deeper(blocks):
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            *block(16),
            *block(32),
            *block(64),
            *(block(64) * (blocks - 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="one model for all calls" loses={"deeper-model-blocks": "same_model"}
def make(blocks):
    stack = [layer for filters in (16, 32, 64, 64, 64)[:blocks] for layer in block(filters)]
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            *stack,
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


made = {blocks: make(blocks) for blocks in (3, 4, 5)}


def build_deeper(blocks):
    return made[blocks]


# %% wrong="the two convolutions of a block are one" loses={"deeper-model-blocks": "same_weights"}
def build_deeper(blocks):
    inputs = x = keras.Input((32, 32, 1))
    for k, filters in enumerate((16, 32, 64, 64, 64)[:blocks]):
        conv = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")
        again = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")
        x = conv(x)
        x = keras.layers.MaxPooling2D(2)(conv(x) if k > 2 else again(x))
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(x))
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% wrong="the same Dense layers in each model" loses={"deeper-model-blocks": "same_model"}
logits = keras.layers.Dense(10)


def build_deeper(blocks):
    stack = [layer for filters in (16, 32, 64, 64, 64)[:blocks] for layer in block(filters)]
    hidden = keras.layers.Dense(64, activation="relu")
    return keras.Sequential(
        [keras.Input((32, 32, 1)), *stack, keras.layers.Flatten(), hidden, logits]
    )
