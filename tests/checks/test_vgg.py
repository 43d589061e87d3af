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
    return keras.Sequential([keras.Input((32, 32, 1)), *stack, *head, *last])


class Subclassed(keras.Model):
    """The plain net, which is not built before its first call."""

    def __init__(self, blocks=3):
        super().__init__()
        self.parts = net(blocks).layers

    def call(self, x):
        for layer in self.parts:
            x = layer(x)
        return x


def dropped(rates, kind=layers.Dropout, first=()):
    return net(len(rates), first=first, behind=[[kind(rate)] for rate in rates])


def random_layers(strength):
    return [
        layers.RandomZoom(strength),
        layers.RandomFlip(),
        layers.RandomTranslation((-strength, strength), (-strength, strength)),
    ]


def augmented(rates, strength):
    return dropped(rates, first=random_layers(strength))


class AlwaysAugmented(keras.Model):
    def __init__(self, rates, strength):
        super().__init__()
        self.front, self.rest = random_layers(strength), dropped(rates)

    def call(self, x, training=None):
        for layer in self.front:
            x = layer(x, training=True)
        return self.rest(x, training=training)


FOUR, FIVE = (0.1, 0.5, 0.7, 0.3), (0.5, 0.4, 0.3, 0.2, 0.6)
RATES = {"rates A": FOUR, "rates B": FOUR[::-1]}
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
        (augmented, FOUR),
        (lambda rates, strength: dropped(rates, first=random_layers(strength)[1:]), FOUR),
        "a layer is missing",
    ),
    "net_augments_in_training_only": (
        (augmented, FOUR),
        (AlwaysAugmented, FOUR),
        "training=True is set",
    ),
    "rate_choices_are_valid": (
        (RATES, "4 blocks"),
        (RATES | {"rates B": FOUR}, "4 blocks"),
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
    ("build", "arguments"),
    [
        (dropped, ((0.2, 0.3, 0.5),)),
        (partial(dropped, kind=layers.SpatialDropout2D), ((0.2, 0.3, 0.5),)),
        (augmented, ((0.2, 0.3, 0.5), 0.2)),
    ],
)
def test_what_acts_in_training_is_not_seen_at_inference(build, arguments):
    assert failing([BLOCKS, VALUES], build, *arguments) == set()
    assert fails(checks.net_computes_alike_in_training, build, *arguments)


@pytest.mark.parametrize("rates", [FOUR, FIVE])
def test_dropout_behind_augmentation(rates):
    """The pictures are changed in front of the net; what acts elsewhere is seen all the same."""
    checks.net_drops_behind_each_pooling(augmented, 0.2, rates=rates)
    checks.net_uses_the_rates(augmented, 0.2, rates=rates)

    def dropped_too(rates, strength):
        front = random_layers(strength)
        behind = [[layers.Dropout(rate)] for rate in rates]
        return net(len(rates), front, behind, last=[layers.Dropout(0.5)])

    message = fails(checks.net_drops_behind_each_pooling, dropped_too, 0.2, rates=rates)
    assert "erases logits" in message


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_rates_of_one_choice(value):
    assert fails(checks.rate_choices_are_valid, RATES | {"rates A": value}, "4 blocks")


def test_as_many_rates_as_the_chosen_net_has_blocks():
    """Where part 1 has no answer, rates for either net are right."""
    five = {"rates A": FIVE, "rates B": FIVE[::-1]}
    checks.rate_choices_are_valid(five, "5 blocks")
    for answer in ((five, "4 blocks"), (RATES, "5 blocks"), ({"rates A": (0.5,) * 3}, None)):
        assert fails(checks.rate_choices_are_valid, *answer)
    for rates in (RATES, five):
        checks.rate_choices_are_valid(rates, None)
