"""The checks of nets in `03_vgg_exercises`, called outside grading.

The answers of the exercise are in `tests/answers`; its tables are tried in `test_evidence`.
"""

from functools import partial

import keras
import pytest
from failing import USELESS, failing, fails
from keras import layers

import course_checks as checks

BLOCKS, VALUES = "net_has_the_blocks", "net_computes_like_plain"

# ---------------------------------------------------------------- right answers


def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError(side)
    return side >> poolings


def net(blocks=3, first=(), behind=(), last=()):
    """The plain net; layers in front, behind each pooling (one list a block), and at the end."""
    stack = list(first)
    for k, filters in enumerate((16, 32, 64, 64, 64)[:blocks]):
        convs = [layers.Conv2D(filters, 3, padding="same", activation="relu") for _ in range(2)]
        stack += [*convs, layers.MaxPooling2D(), *(behind[k] if behind else ())]
    head = [layers.Flatten(), layers.Dense(64, activation="relu"), layers.Dense(10)]
    return keras.Sequential([keras.Input((32, 32, 3)), *stack, *head, *last])


class Subclassed(keras.Model):
    """The plain net, which is not built before its first call."""

    def __init__(self, blocks=3):
        super().__init__()
        self.parts = net(blocks).layers

    def call(self, x):
        for layer in self.parts:
            x = layer(x)
        return x


def dropped(rates, kind=layers.Dropout):
    return net(behind=[[kind(rate)] for rate in rates])


def random_layers(strength):
    return [
        layers.RandomZoom(strength),
        layers.RandomFlip(),
        layers.RandomTranslation((-strength, strength), (-strength, strength)),
    ]


def augmented(strength):
    return net(first=random_layers(strength))


class AlwaysAugmented(keras.Model):
    def __init__(self, strength):
        super().__init__()
        self.front, self.rest = random_layers(strength), net()

    def call(self, x, training=None):
        for layer in self.front:
            x = layer(x, training=True)
        return self.rest(x, training=training)


RATES = {"rates A": (0.1, 0.2, 0.3), "rates B": (0.2, 0.2, 0.3)}
CASES = {
    "side_after_is_right": (
        (side_after,),
        (lambda side, poolings: side >> poolings,),
        "a side of 0 is no map",
    ),
    "most_poolings_is_right": (
        (lambda side: side.bit_length() - 1,),
        (lambda side: side.bit_length(),),
        "one too many",
    ),
    BLOCKS: ((net,), (lambda: net(2),), "poolings are missing or added"),
    VALUES: ((net,), (lambda: net(last=[layers.Softmax()]),), "such as softmax"),
    "net_computes_alike_in_training": (
        (net,),
        (lambda: net(first=[layers.GaussianNoise(1.0)]),),
        "does not ask for",
    ),
    "net_drops_behind_each_pooling": ((dropped,), (lambda rates: net(),), "no Dropout layer"),
    "net_uses_the_rates": ((dropped,), (lambda rates: dropped(rates[::-1]),), "from the last"),
    "net_augments_before_the_first_convolution": (
        (augmented,),
        (lambda strength: net(first=random_layers(strength)[1:]),),
        "a layer is missing",
    ),
    "net_augments_in_training_only": ((augmented,), (AlwaysAugmented,), "training=True is set"),
    "rate_choices_are_valid": (
        (RATES,),
        (RATES | {"rates B": (0.1, 0.2, 0.3)},),
        "the same one twice",
    ),
}

# ---------------------------------------------------------------- properties


@pytest.mark.parametrize("build", [net, Subclassed])
def test_arguments_of_the_student_and_a_number_of_blocks(build):
    checks.net_has_the_blocks(build, 5, blocks=5)
    checks.net_computes_like_plain(build, 5)
    checks.net_computes_alike_in_training(build, 5)
    assert fails(checks.net_has_the_blocks, build, 5, blocks=4)


@pytest.mark.parametrize(
    ("build", "argument"),
    [
        (dropped, (0.2, 0.3, 0.5)),
        (partial(dropped, kind=layers.SpatialDropout2D), (0.2, 0.3, 0.5)),
        (augmented, 0.2),
    ],
)
def test_what_acts_in_training_is_not_seen_at_inference(build, argument):
    assert failing([BLOCKS, VALUES], build, argument) == set()
    assert fails(checks.net_computes_alike_in_training, build, argument)


def test_augmentation_that_is_allowed():
    """What acts in training besides it is seen all the same."""
    checks.net_computes_alike_in_training(augmented, 0.2, augmented=True)

    def dropped_too(strength):
        return net(first=random_layers(strength), behind=3 * [[layers.SpatialDropout2D(0.5)]])

    message = fails(checks.net_computes_alike_in_training, dropped_too, 0.2, augmented=True)
    assert "that this part does not ask for" in message


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_rates_of_one_choice(value):
    assert fails(checks.rate_choices_are_valid, RATES | {"rates A": value})
