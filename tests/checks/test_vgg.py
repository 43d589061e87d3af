"""Properties of the checks of `03_vgg_exercises` that no answer in the gallery can show."""

import pytest
from failing import USELESS, fails

from course_checks.vgg.dropout_rates import are_valid

FOUR, FIVE = (0.1, 0.5, 0.7, 0.3), (0.5, 0.4, 0.3, 0.2, 0.6)
RATES = {"rates A": FOUR, "rates B": FOUR[::-1]}


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_rates_of_one_candidate(value):
    assert fails(are_valid, RATES | {"rates A": value}, "4 blocks")


def test_as_many_rates_as_the_chosen_net_has_blocks():
    """Where part 1 has no answer, rates for either net are right."""
    five = {"rates A": FIVE, "rates B": FIVE[::-1]}
    are_valid(five, "5 blocks")
    for answer in ((five, "4 blocks"), (RATES, "5 blocks"), ({"rates A": (0.5,) * 3}, None)):
        assert fails(are_valid, *answer)
    for rates in (RATES, five):
        are_valid(rates, None)
