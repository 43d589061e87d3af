# %% [markdown]
# Answers to the item `augmented-model`.

# %% right="in front of the plain model"
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip(),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            build_plain(),
        ]
    )


# %% right="another order, ranges with both ends"
def build_augmented(strength):
    both = (-strength, strength)
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomZoom(height_factor=both, width_factor=both),
            keras.layers.RandomFlip("horizontal_and_vertical"),
            keras.layers.RandomTranslation(both, both),
            *build_plain().layers,
        ]
    )


# %% right="nested, with seeds and other ways to fill"
from keras import layers


def build_augmented(strength):
    front = keras.Sequential(
        [
            layers.RandomFlip("vertical", seed=3),
            layers.RandomTranslation(strength, strength, fill_mode="constant"),
            layers.RandomZoom(strength, strength, fill_mode="nearest", interpolation="nearest"),
        ],
        name="augmentation",
    )
    model = keras.Sequential([keras.Input((32, 32, 3)), front, build_plain()])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% right="functional, with a progress bar"
from tqdm import tqdm


def build_augmented(strength):
    stack = [
        keras.layers.RandomTranslation(strength, width_factor=strength, seed=1),
        keras.layers.RandomZoom(strength, seed=2),
        keras.layers.RandomFlip("horizontal", seed=3),
        *block(16),
        *block(32),
        *block(64),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ]
    inputs = x = keras.Input((32, 32, 3))
    for layer in tqdm(stack):
        x = layer(x)
    return keras.Model(inputs, x)


# %% right="a subclass that skips the layers at inference"
class Augmented(keras.Model):
    """Random layers are called in training only."""

    def __init__(self, strength: float):
        super().__init__()
        self.front = [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomZoom((-strength, strength)),
            keras.layers.RandomTranslation(strength, strength),
        ]
        self.plain = build_plain()

    def call(self, tiles, training=False):
        if training:
            for layer in self.front:
                tiles = layer(tiles, training=True)
        return self.plain(tiles, training=training)


def build_augmented(strength: float) -> keras.Model:
    """The plain net behind random flips, translations and zooms."""
    return Augmented(strength)


# %% right="helper, partial and a line on stderr"
import sys
import warnings
from functools import partial

%config InlineBackend.figure_format = "retina"


def assembled(strength, way):
    if strength > 0.3:
        warnings.warn(f"a strength of {strength} is much")
    print("way to flip:", way, file=sys.stderr)
    model = keras.Sequential(name="augmented")
    model.add(keras.Input(shape=(32, 32, 3)))
    model.add(keras.layers.RandomTranslation([-strength, strength], [-strength, strength]))
    model.add(keras.layers.RandomFlip(mode=way))
    model.add(keras.layers.RandomZoom([-strength, strength]))
    for layer in build_plain().layers:
        model.add(layer)
    return model


build_augmented = partial(assembled, way="horizontal")

# %% right="a Pipeline of the three"
def build_augmented(strength):
    augmentation = keras.layers.Pipeline(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
        ]
    )
    return keras.Sequential([keras.Input((32, 32, 3)), augmentation, build_plain()])


# %% wrong="not written" loses=["augmented-model-blocks", "augmented-model-layers", "augmented-model-training"] says=["not written yet"]
def build_augmented(strength):
    """The plain net behind random flips, translations and zooms."""
    raise NotImplementedError()


# %% wrong="a list of layers" loses=["augmented-model-blocks", "augmented-model-layers", "augmented-model-training"] says=["a list of layers"]
def build_augmented(strength):
    return [
        keras.layers.RandomFlip("horizontal"),
        keras.layers.RandomTranslation(strength, strength),
        keras.layers.RandomZoom(strength),
        *build_plain().layers,
    ]


# %% wrong="not applied" loses=["augmented-model-layers", "augmented-model-training"] says=["no random layer"]
def build_augmented(strength):
    augmentation = keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
        ]
    )
    return build_plain()


# %% wrong="no zoom" loses=["augmented-model-layers"] says=["a layer is missing"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            build_plain(),
        ]
    )


# %% wrong="the flip behind a block" loses=["augmented-model-blocks", "augmented-model-layers"] says=["move feature maps"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            *block(16),
            keras.layers.RandomFlip("horizontal"),
            *block(32),
            *block(64),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="the zoom behind the last block" loses=["augmented-model-blocks", "augmented-model-layers"] says=["move feature maps"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            *block(16),
            *block(32),
            *block(64),
            keras.layers.RandomZoom(strength),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="a rotation in front" loses=["augmented-model-layers"] says=["a fourth random layer"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomRotation(strength),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            build_plain(),
        ]
    )


# %% wrong="a change of contrast between them" loses=["augmented-model-layers"] says=["a fourth random layer"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomContrast(0.9),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            build_plain(),
        ]
    )


# %% wrong="noise behind them" loses=["augmented-model-layers"] says=["a noise"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            keras.layers.GaussianNoise(1.0),
            build_plain(),
        ]
    )


# %% wrong="no convolution" loses=["augmented-model-blocks", "augmented-model-training"] says=["the convolutions are missing"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="strength written in" loses=["augmented-model-layers"] says=["a number stands"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(0.1, 0.1),
            keras.layers.RandomZoom(0.1),
            build_plain(),
        ]
    )


# %% wrong="zoom in one direction only" loses=["augmented-model-layers"] says=["one-sided"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom((0, strength)),
            build_plain(),
        ]
    )


# %% wrong="strength 0" loses=["augmented-model-layers", "augmented-model-training"] says=["the factor 0"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(0.0, 0.0),
            keras.layers.RandomZoom(0.0),
            build_plain(),
        ]
    )


# %% wrong="active at inference" loses=["augmented-model-blocks", "augmented-model-training"] says=["training=True is set"]
class Augmented(keras.Model):
    def __init__(self, strength):
        super().__init__()
        self.flip = keras.layers.RandomFlip("horizontal")
        self.translation = keras.layers.RandomTranslation(strength, strength)
        self.zoom = keras.layers.RandomZoom(strength)
        self.plain = build_plain()

    def call(self, x, training=None):
        for layer in (self.flip, self.translation, self.zoom):
            x = layer(x, training=True)
        return self.plain(x, training=training)


def build_augmented(strength):
    return Augmented(strength)


# %% wrong="training=False wired in" loses=["augmented-model-training"] says=["training=False"]
class Augmented(keras.Model):
    def __init__(self, strength):
        super().__init__()
        self.flip = keras.layers.RandomFlip("horizontal")
        self.translation = keras.layers.RandomTranslation(strength, strength)
        self.zoom = keras.layers.RandomZoom(strength)
        self.plain = build_plain()

    def call(self, x, training=False):
        for layer in (self.flip, self.translation, self.zoom):
            x = layer(x, training=False)
        return self.plain(x)


def build_augmented(strength):
    return Augmented(strength)


# %% wrong="tiles scaled" loses=["augmented-model-blocks", "augmented-model-layers", "augmented-model-training"] says=["scaled in the", "a scaling was added"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            build_plain(),
        ]
    )


# %% wrong="whole maps dropped behind the blocks" loses=["augmented-model-blocks"] says=["that this part does not ask for"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            *block(16),
            keras.layers.SpatialDropout2D(0.5),
            *block(32),
            keras.layers.SpatialDropout2D(0.5),
            *block(64),
            keras.layers.SpatialDropout2D(0.5),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="noise behind the hidden Dense layer" loses=["augmented-model-blocks"] says=["noise or normalisation layer"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            *build_plain().layers[:-1],
            keras.layers.GaussianDropout(0.5),
            keras.layers.Dense(10),
        ]
    )


# %% wrong="no activation" loses=["augmented-model-blocks"] says=["activation is missing"]
def build_augmented(strength):
    model = keras.Sequential([keras.Input((32, 32, 3))])
    model.add(keras.layers.RandomFlip("horizontal"))
    model.add(keras.layers.RandomTranslation(strength, strength))
    model.add(keras.layers.RandomZoom(strength))
    for filters in (16, 32, 64):
        model.add(keras.layers.Conv2D(filters, 3, padding="same"))
        model.add(keras.layers.Conv2D(filters, 3, padding="same"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% wrong="global average" loses=["augmented-model-blocks"] says=["Dense"]
def build_augmented(strength):
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(strength, strength),
            keras.layers.RandomZoom(strength),
            *block(16),
            *block(32),
            *block(64),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
