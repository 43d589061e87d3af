# %% [markdown]
# Answers to the item `conversion`.

# %% right="a helper for both"
def rest_of_one(value, inside):
    """What is left of 1, for a value inside its range."""
    if inside:
        return 1.0 - value
    raise ValueError(f"{value} is out of range")


def rate_from_keep_probability(keep_probability):
    return rest_of_one(keep_probability, 0 < keep_probability <= 1)


def keep_probability_from_rate(rate):
    return rest_of_one(rate, 0 <= rate < 1)


# %% right="NumPy numbers are returned"
def rate_from_keep_probability(keep_probability):
    if keep_probability <= 0 or keep_probability > 1:
        raise ValueError
    return np.float64(1 - keep_probability)


def keep_probability_from_rate(rate):
    if rate < 0 or rate >= 1:
        raise ValueError
    return np.asarray(1 - rate)


# %% right="a decorator refuses"
from functools import wraps


def refusing(condition):
    def decorate(function):
        @wraps(function)
        def checked(value):
            if condition(value):
                raise ValueError(f"{function.__name__} does not take {value}")
            return function(value)

        return checked

    return decorate


@refusing(lambda value: value <= 0 or value > 1)
def rate_from_keep_probability(keep_probability):
    return 1 - keep_probability


@refusing(lambda value: value < 0 or value >= 1)
def keep_probability_from_rate(rate):
    return 1 - rate


# %% right="an error class of its own, derived from ValueError"
class OutOfRange(ValueError):
    """A probability outside its range."""


def rate_from_keep_probability(keep_probability: float) -> float:
    if 0 < keep_probability <= 1:
        return -(keep_probability - 1)
    raise OutOfRange(keep_probability)


def keep_probability_from_rate(rate: float) -> float:
    if 0 <= rate < 1:
        return -(rate - 1)
    raise OutOfRange(rate)


# %% right="functools.partial, with a note in the log"
import functools
import logging


def complement(low_belongs, value):
    low, high = value >= 0 if low_belongs else value > 0, value < 1 if low_belongs else value <= 1
    if not (low and high):
        logging.warning("%s is refused", value)
        raise ValueError(value)
    return 1 - value


rate_from_keep_probability = functools.partial(complement, False)
keep_probability_from_rate = functools.partial(complement, True)

# %% right="a failed assertion becomes a ValueError"
def rate_from_keep_probability(keep_probability):
    try:
        assert 0 < keep_probability <= 1
    except AssertionError:
        raise ValueError(f"{keep_probability} is no keep-probability") from None
    else:
        return 1 - keep_probability


def keep_probability_from_rate(rate):
    try:
        rate_from_keep_probability(1 - rate)
    except ValueError as error:
        raise ValueError(f"{rate} is no rate") from error
    return 1 - rate


# %% right="timed with a magic"
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


%timeit -n 10 -r 1 rate_from_keep_probability(0.8)
print(keep_probability_from_rate(0.2))

# %% right="callable objects"
class Complement:
    def __init__(self, excluded):
        self.excluded = excluded

    def __call__(self, value):
        if value == self.excluded or not 0 <= value <= 1:
            raise ValueError(f"{value} is out of range")
        return 1 - value


rate_from_keep_probability = Complement(excluded=0)
keep_probability_from_rate = Complement(excluded=1)

# %% right="decimal arithmetic inside"
from decimal import Decimal


def rate_from_keep_probability(keep_probability):
    exact = Decimal(repr(keep_probability))
    if exact <= 0 or exact > 1:
        raise ValueError(f"{exact} is not in (0, 1]")
    return float(1 - exact)


def keep_probability_from_rate(rate):
    exact = Decimal(repr(rate))
    if exact < 0 or exact >= 1:
        raise ValueError(f"{exact} is not in [0, 1)")
    return float(1 - exact)


# %% wrong="keep-probability taken for the rate" loses=["conversion-values"] says=["handed through unchanged"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="both are handed through" loses=["conversion-values"] says=["counts the dropped units"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return rate


# %% wrong="one function refuses nothing" loses=["conversion-ranges"] says=["it returned 1.1", "such a value is let through"]
def rate_from_keep_probability(keep_probability):
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="neither refuses anything" loses=["conversion-ranges"] says=["raises ValueError", "such a value is let through"]
def rate_from_keep_probability(keep_probability):
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    return 1 - rate


# %% wrong="the same ends for both ranges" loses=["conversion-values", "conversion-ranges"] says=["ValueError: a rate lies in (0, 1]"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 < rate <= 1:
        raise ValueError("a rate lies in (0, 1]")
    return 1 - rate


# %% wrong="the ends exchanged" loses=["conversion-values", "conversion-ranges"] says=["ValueError", "the ends of the two ranges differ"]
def rate_from_keep_probability(keep_probability):
    if not 0 <= keep_probability < 1:
        raise ValueError("out of range")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 < rate <= 1:
        raise ValueError("out of range")
    return 1 - rate


# %% wrong="all ends accepted" loses=["conversion-ranges"] says=["keeping nothing is not"]
def rate_from_keep_probability(keep_probability):
    if keep_probability < 0 or keep_probability > 1:
        raise ValueError("not a probability")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if rate < 0 or rate > 1:
        raise ValueError("not a probability")
    return 1 - rate


# %% wrong="all ends refused" loses=["conversion-values", "conversion-ranges"] says=["ValueError"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability < 1:
        raise ValueError("not between 0 and 1")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 < rate < 1:
        raise ValueError("not between 0 and 1")
    return 1 - rate


# %% wrong="large values only are refused" loses=["conversion-ranges"] says=["raises ValueError"]
def rate_from_keep_probability(keep_probability):
    if keep_probability > 1:
        raise ValueError("more than 1")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if rate >= 1:
        raise ValueError("more than 1")
    return 1 - rate


# %% wrong="an assertion in place of ValueError" loses=["conversion-ranges"] says=["AssertionError instead"]
def rate_from_keep_probability(keep_probability):
    assert 0 < keep_probability <= 1
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="TypeError raised" loses=["conversion-ranges"] says=["TypeError instead"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise TypeError("a keep-probability lies in (0, 1]")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise TypeError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="the error is returned" loses=["conversion-ranges"] says=["it returned an object of type ValueError"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        return ValueError("a keep-probability lies in (0, 1]")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        return ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="the error is printed" loses=["conversion-ranges"] says=["it returned None"]
def rate_from_keep_probability(keep_probability):
    if 0 < keep_probability <= 1:
        return 1 - keep_probability
    print("ValueError")


def keep_probability_from_rate(rate):
    if 0 <= rate < 1:
        return 1 - rate
    print("ValueError")


# %% wrong="values out of range are clipped" loses=["conversion-ranges"] says=["raises ValueError"]
def rate_from_keep_probability(keep_probability):
    return 1 - min(max(keep_probability, 0.0), 1.0)


def keep_probability_from_rate(rate):
    return 1 - min(max(rate, 0.0), 1.0)


# %% wrong="a warning in place of an error" loses=["conversion-ranges"] says=["it returned"]
import warnings


def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        warnings.warn("a keep-probability lies in (0, 1]", stacklevel=2)
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        warnings.warn("a rate lies in [0, 1)", stacklevel=2)
    return 1 - rate


# %% wrong="per cent" loses=["conversion-values"] says=["another relation"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 100 * (1 - keep_probability)


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="the rate is the inverse" loses=["conversion-values"] says=["another relation"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 1 / keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="the scale of survivors is returned" loses=["conversion-values"] says=["another relation"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 / (1 - rate)


# %% wrong="rounded to one digit" loses=["conversion-values"] says=["is 0.75"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return round(1 - keep_probability, 1)


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return round(1 - rate, 1)


# %% wrong="text returned" loses=["conversion-values", "conversion-ranges"] says=["one finite number"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return f"{1 - keep_probability:.2f}"


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return f"{1 - rate:.2f}"


# %% wrong="everything is refused" loses=["conversion-values", "conversion-ranges"] says=["the error arises inside the submitted code"]
def rate_from_keep_probability(keep_probability):
    raise ValueError("out of range")


def keep_probability_from_rate(rate):
    raise ValueError("out of range")


# %% wrong="the program is left" loses=["conversion-values", "conversion-ranges"] says=["SystemExit"]
import sys


def rate_from_keep_probability(keep_probability):
    sys.exit("out of range")


def keep_probability_from_rate(rate):
    sys.exit("out of range")


# %% wrong="None for the rate" loses=["conversion-values", "conversion-ranges"] says=["found:    None"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    rate = 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="printed and not returned" loses=["conversion-values", "conversion-ranges"] says=["found:    None"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    print(1 - keep_probability)


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    print(1 - rate)


# %% wrong="values in place of functions" loses=["conversion-values", "conversion-ranges"] says=["the name was given another value"]
rate_from_keep_probability = 0.2
keep_probability_from_rate = "1 - rate"

# %% wrong="another name in the body" loses=["conversion-values", "conversion-ranges"] says=["NameError: name 'p' is not defined"]
def rate_from_keep_probability(keep_probability):
    if not 0 < p <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 1 - p


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="a function has another name" loses=["conversion-values", "conversion-ranges"] says=["'rate_from_keep_probability' is not defined"]
def rate_from_keep(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate


# %% wrong="not written" loses=["conversion-values", "conversion-ranges"] says=["not written yet"]
def rate_from_keep_probability(keep_probability):
    """The rate, in [0, 1), that belongs to a keep-probability in (0, 1]."""
    raise NotImplementedError()


def keep_probability_from_rate(rate):
    """The keep-probability, in (0, 1], that belongs to a rate in [0, 1)."""
    raise NotImplementedError()


# %% wrong="one of two written" loses=["conversion-values", "conversion-ranges"] says=["not written yet"]
def rate_from_keep_probability(keep_probability):
    if not 0 < keep_probability <= 1:
        raise ValueError("a keep-probability lies in (0, 1]")
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    """The keep-probability, in (0, 1], that belongs to a rate in [0, 1)."""
    raise NotImplementedError()


# %% wrong="a syntax error" loses=["conversion-values", "conversion-ranges"] says=["is not defined"]
def rate_from_keep_probability(keep_probability)
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate
