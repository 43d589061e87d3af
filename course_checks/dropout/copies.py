"""Checks of copies of one feature: `copy_weight` and `without_one`, of slope, copies and rate."""

from collections.abc import Callable, Sequence

from course_checks.property import call, check, number_from, require_equal

Cases = Sequence[tuple[float, int, float]]
TOLERANCE = 1e-6
SHARES = {
    "plain_share": "this is what least squares gives, without dropout.",
    "rate_only": "the penalty is rate / (1 - rate), since survivors are scaled, and not the rate.",
    "turned_round": "rate and keep-probability are exchanged.",
    "penalty_each": "this is the weight of a single feature, shared out among the copies: with "
    "several copies the penalty takes less in all, since it adds squares.",
}


def _weight(slope: float, copies: int, rate: float) -> float:
    odds = rate / (1 - rate)
    return slope / (copies + odds)


def _wrong_weights(slope: float, copies: int, rate: float) -> dict[str, float]:
    return {
        "plain_share": slope / copies,
        "rate_only": slope / (copies + rate),
        "turned_round": slope / (copies + (1 - rate) / rate),
        "penalty_each": slope * (1 - rate) / copies,
    }


@check(
    "each copy has the weight that makes the expected squared error smallest",
    all_together="this is what all copies carry together, not the weight of one.",
    other_weight="another weight makes another error smallest.",
    **SHARES,
)
def weight_is_right(copy_weight: Callable, cases: Cases) -> None:
    """`copy_weight(slope, copies, rate)`."""
    for case in cases:
        exact = _weight(*case)
        require_equal(
            number_from(call(copy_weight, *case), name="the weight"),
            exact,
            case="slope {}, {} copies and rate {}".format(*case),
            known=_wrong_weights(*case) | {"all_together": case[1] * exact},
            otherwise="other_weight",
            tolerance=TOLERANCE,
        )


@check(
    "without one copy the others give what their weights give",
    intact="this is the prediction with all copies.",
    fitted_again="the weights are those of a model that was fitted with one copy fewer: here they "
    "stay as they are.",
    a_share="this is the share that is left, not the prediction itself.",
    the_loss="this is what is lost, not what is left.",
    rescaled="the other copies are scaled by 1 / (1 - rate): that is done in training only.",
    other_rest="another prediction is taken.",
    **SHARES,
)
def rest_is_right(without_one: Callable, cases: Cases) -> None:
    """`without_one(slope, copies, rate)`, for the feature's value 1."""
    for case in cases:
        slope, copies, rate = case
        weight = _weight(*case)
        exact = (copies - 1) * weight
        wrong = {name: (copies - 1) * one for name, one in _wrong_weights(*case).items()}
        require_equal(
            number_from(call(without_one, *case), name="the prediction"),
            exact,
            case=f"slope {slope}, {copies} copies and rate {rate}, one copy lost",
            known=wrong
            | {
                "intact": copies * weight,
                "fitted_again": (copies - 1) * _weight(slope, copies - 1, rate),
                "a_share": (copies - 1) / copies,
                "the_loss": weight,
                "rescaled": exact / (1 - rate),
            },
            otherwise="other_rest",
            tolerance=TOLERANCE,
        )
