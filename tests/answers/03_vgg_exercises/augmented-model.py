# %% [markdown]
# Answers to the item `augmented-model`.

# %% [raw] right="in front of the net of part 2"
# -             keras.layers.RandomFlip("horizontal"),
# +             keras.layers.RandomFlip(),
# -             *build_with_dropout(rates).layers,
# +             build_with_dropout(rates),

# %% [raw] right="another order, ranges with both ends"
# -     """The net of part 2 behind random flips, translations and zooms."""
# +     """The net of part 2 behind random flips, translations and zooms."""
# +     both = (-strength, strength)
# -             keras.layers.RandomFlip("horizontal"),
# -             keras.layers.RandomTranslation(strength, strength),
# -             keras.layers.RandomZoom(strength),
# +             keras.layers.RandomZoom(height_factor=both, width_factor=both),
# +             keras.layers.RandomFlip("horizontal_and_vertical"),
# +             keras.layers.RandomTranslation(both, both),

# %% right="nested, with seeds and other ways to fill"
from keras import layers


def build_augmented(rates, strength):
    front = keras.Sequential(
        [
            layers.RandomFlip("vertical", seed=3),
            layers.RandomTranslation(strength, strength, fill_mode="constant"),
            layers.RandomZoom(strength, strength, fill_mode="nearest", interpolation="nearest"),
        ],
        name="augmentation",
    )
    model = keras.Sequential([keras.Input((32, 32, 1)), front, build_with_dropout(rates)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% right="functional, with a progress bar"
from tqdm import tqdm


def build_augmented(rates, strength):
    stack = [
        keras.layers.RandomTranslation(strength, width_factor=strength, seed=1),
        keras.layers.RandomZoom(strength, seed=2),
        keras.layers.RandomFlip("horizontal", seed=3),
        *build_with_dropout(rates).layers,
    ]
    inputs = x = keras.Input((32, 32, 1))
    for layer in tqdm(stack):
        x = layer(x)
    return keras.Model(inputs, x)


# %% right="a subclass that skips the layers at inference"
class Augmented(keras.Model):
    """Random layers are called in training only."""

    def __init__(self, rates: tuple, strength: float):
        super().__init__()
        self.front = [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomZoom((-strength, strength)),
            keras.layers.RandomTranslation(strength, strength),
        ]
        self.rest = build_with_dropout(rates)

    def call(self, pictures, training=False):
        if training:
            for layer in self.front:
                pictures = layer(pictures, training=True)
        return self.rest(pictures, training=training)


def build_augmented(rates: tuple, strength: float) -> keras.Model:
    """The net of part 2 behind random flips, translations and zooms."""
    return Augmented(rates, strength)


# %% right="helper, partial and a line on stderr"
import sys
import warnings
from functools import partial

%config InlineBackend.figure_format = "retina"


def assembled(rates, strength, way):
    if strength > 0.3:
        warnings.warn(f"a strength of {strength} is much")
    print("way to flip:", way, file=sys.stderr)
    model = keras.Sequential(name="augmented")
    model.add(keras.Input(shape=(32, 32, 1)))
    model.add(keras.layers.RandomTranslation([-strength, strength], [-strength, strength]))
    model.add(keras.layers.RandomFlip(mode=way))
    model.add(keras.layers.RandomZoom([-strength, strength]))
    for layer in build_with_dropout(rates).layers:
        model.add(layer)
    return model


build_augmented = partial(assembled, way="horizontal")


# %% [raw] right="a Pipeline of the three"
# -     return keras.Sequential(
# +     augmentation = keras.layers.Pipeline(
# -             keras.Input((32, 32, 1)),
#
# -             *build_with_dropout(rates).layers,
#
# -     )
# +     )
# +     return keras.Sequential([keras.Input((32, 32, 1)), augmentation, build_with_dropout(rates)])

# %% wrong="not written" loses={"augmented-model-blocks": "unwritten", "augmented-model-layers": "unwritten", "augmented-model-training": "unwritten"}
def build_augmented(rates, strength):
    """The net of part 2 behind random flips, translations and zooms."""
    raise NotImplementedError()


# %% wrong="a list of layers" loses={"augmented-model-blocks": "no_model", "augmented-model-layers": "no_model", "augmented-model-training": "no_model"}
def build_augmented(rates, strength):
    return [
        keras.layers.RandomFlip("horizontal"),
        keras.layers.RandomTranslation(strength, strength),
        keras.layers.RandomZoom(strength),
        *build_with_dropout(rates).layers,
    ]


# %% [raw] wrong="not applied" loses={"augmented-model-layers": "misplaced", "augmented-model-training": "idle"}
# -     return keras.Sequential(
# +     augmentation = keras.Sequential(
# -             keras.Input((32, 32, 1)),
#
# -             *build_with_dropout(rates).layers,
#
# -     )
# +     )
# +     return build_with_dropout(rates)

# %% [raw] wrong="no zoom" loses={"augmented-model-layers": "misplaced"}
# -             keras.layers.RandomZoom(strength),
# -             *build_with_dropout(rates).layers,
# +             build_with_dropout(rates),

# %% [raw] wrong="the flip behind a block" loses={"augmented-model-blocks": "other_rate", "augmented-model-layers": "misplaced"}
# -     """The net of part 2 behind random flips, translations and zooms."""
# +     """The net of part 2 behind random flips, translations and zooms."""
# +     parts = build_with_dropout(rates).layers
# -             keras.layers.RandomFlip("horizontal"),
#
# -             *build_with_dropout(rates).layers,
# +             *parts[:4],
# +             keras.layers.RandomFlip("horizontal"),
# +             *parts[4:],

# %% [raw] wrong="the zoom behind the last block" loses={"augmented-model-blocks": "other_rate", "augmented-model-layers": "misplaced"}
# -     """The net of part 2 behind random flips, translations and zooms."""
# +     """The net of part 2 behind random flips, translations and zooms."""
# +     parts = build_with_dropout(rates).layers
# -             keras.layers.RandomTranslation(strength, strength),
# +             keras.layers.RandomTranslation(strength, strength),
# +             *parts[:-3],
# -             *build_with_dropout(rates).layers,
# +             *parts[-3:],

# %% [raw] wrong="a rotation in front" loses={"augmented-model-layers": "something_else"}
# -             keras.Input((32, 32, 1)),
# +             keras.Input((32, 32, 1)),
# +             keras.layers.RandomRotation(strength),
# -             *build_with_dropout(rates).layers,
# +             build_with_dropout(rates),

# %% [raw] wrong="noise behind them" loses={"augmented-model-layers": "something_else"}
# -             *build_with_dropout(rates).layers,
# +             keras.layers.GaussianNoise(1.0),
# +             build_with_dropout(rates),

# %% [raw] wrong="no convolution" loses={"augmented-model-blocks": "no_pooling", "augmented-model-layers": "no_layers", "augmented-model-training": "no_layers"}
# -             *build_with_dropout(rates).layers,
# +             keras.layers.Flatten(),
# +             keras.layers.Dense(64, activation="relu"),
# +             keras.layers.Dense(10),

# %% [raw] wrong="strength written in" loses={"augmented-model-layers": "other_factor"}
# -             keras.layers.RandomTranslation(strength, strength),
# -             keras.layers.RandomZoom(strength),
# -             *build_with_dropout(rates).layers,
# +             keras.layers.RandomTranslation(0.1, 0.1),
# +             keras.layers.RandomZoom(0.1),
# +             build_with_dropout(rates),

# %% [raw] wrong="zoom in one direction only" loses={"augmented-model-layers": "other_factor"}
# -             keras.layers.RandomZoom(strength),
# -             *build_with_dropout(rates).layers,
# +             keras.layers.RandomZoom((0, strength)),
# +             build_with_dropout(rates),

# %% [raw] wrong="strength 0" loses={"augmented-model-layers": "other_factor", "augmented-model-training": "idle"}
# -             keras.layers.RandomTranslation(strength, strength),
# -             keras.layers.RandomZoom(strength),
# -             *build_with_dropout(rates).layers,
# +             keras.layers.RandomTranslation(0.0, 0.0),
# +             keras.layers.RandomZoom(0.0),
# +             build_with_dropout(rates),

# %% wrong="active at inference" loses={"augmented-model-blocks": "not_repeated", "augmented-model-training": "always_on"}
class Augmented(keras.Model):
    def __init__(self, rates, strength):
        super().__init__()
        self.flip = keras.layers.RandomFlip("horizontal")
        self.translation = keras.layers.RandomTranslation(strength, strength)
        self.zoom = keras.layers.RandomZoom(strength)
        self.rest = build_with_dropout(rates)

    def call(self, x, training=None):
        for layer in (self.flip, self.translation, self.zoom):
            x = layer(x, training=True)
        return self.rest(x, training=training)


def build_augmented(rates, strength):
    return Augmented(rates, strength)


# %% [raw] wrong="pictures scaled" loses={"augmented-model-layers": "something_else", "augmented-model-training": "always_on"}
# -             keras.Input((32, 32, 1)),
# +             keras.Input((32, 32, 1)),
# +             keras.layers.Rescaling(1 / 255),
# -             *build_with_dropout(rates).layers,
# +             build_with_dropout(rates),

# %% [raw] wrong="dropout behind the hidden Dense layer as well" loses={"augmented-model-blocks": "elsewhere"}
# -     """The net of part 2 behind random flips, translations and zooms."""
# +     """The net of part 2 behind random flips, translations and zooms."""
# +     parts = build_with_dropout(rates).layers
# -             *build_with_dropout(rates).layers,
# +             *parts[:-1],
# +             keras.layers.Dropout(0.5),
# +             parts[-1],

# %% [raw] wrong="noise behind the hidden Dense layer" loses={"augmented-model-blocks": "noise"}
# -             *build_with_dropout(rates).layers,
# +             *build_with_dropout(rates).layers[:-1],
# +             keras.layers.GaussianDropout(0.5),
# +             keras.layers.Dense(10),

# %% wrong="no activation" loses={"augmented-model-blocks": "no_activation"}
def build_augmented(rates, strength):
    model = keras.Sequential([keras.Input((32, 32, 1))])
    model.add(keras.layers.RandomFlip("horizontal"))
    model.add(keras.layers.RandomTranslation(strength, strength))
    model.add(keras.layers.RandomZoom(strength))
    for filters, rate in zip((16, 32, 64, 64, 64), rates):
        model.add(keras.layers.Conv2D(filters, 3, padding="same"))
        model.add(keras.layers.Conv2D(filters, 3, padding="same"))
        model.add(keras.layers.MaxPooling2D(2))
        model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# %% [raw] wrong="global average" loses={"augmented-model-blocks": "other_sizes"}
# -     """The net of part 2 behind random flips, translations and zooms."""
# +     """The net of part 2 behind random flips, translations and zooms."""
# +     parts = build_with_dropout(rates).layers
# -             *build_with_dropout(rates).layers,
# +             *parts[:-3],
# +             keras.layers.GlobalAveragePooling2D(),
# +             keras.layers.Dense(64, activation="relu"),
# +             keras.layers.Dense(10),

# %% [raw] wrong="the net of part 1, without dropout" loses={"augmented-model-blocks": "nowhere"}
# -             *build_with_dropout(rates).layers,
# +             build_deeper(len(rates)),

# %% [raw] wrong="one rate for all blocks" loses={"augmented-model-blocks": "constant"}
# -             *build_with_dropout(rates).layers,
# +             build_with_dropout([rates[0]] * len(rates)),

# %% [raw] wrong="the same changes at each call" loses={"augmented-model-training": "fixed"}
# - def build_augmented(rates, strength):
# + class Fixed(keras.Sequential):
# +     def call(self, inputs, training=None, mask=None):
# +         for layer in self.layers[:3]:
# +             layer.generator.state.assign([1, 0])
# +         return super().call(inputs, training=training, mask=mask)
# +
# +
# + def build_augmented(rates, strength):
# - keras.Sequential
# + Fixed
