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


# %% [raw] right="a failed assertion becomes a ValueError"
# -     if not 0 < keep_probability <= 1:
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +     try:
# +         assert 0 < keep_probability <= 1
# +     except AssertionError:
# +         raise ValueError(f"{keep_probability} is no keep-probability") from None
# +     else:
# +         return 1 - keep_probability
# -     if not 0 <= rate < 1:
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +     try:
# +         rate_from_keep_probability(1 - rate)
# +     except ValueError as error:
# +         raise ValueError(f"{rate} is no rate") from error

# %% [raw] right="timed with a magic"
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# +         raise ValueError("a keep-probability lies in (0, 1]")
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise ValueError("a rate lies in [0, 1)")
# -     return 1 - rate
# +     return 1 - rate
# +
# +
# + %timeit -n 10 -r 1 rate_from_keep_probability(0.8)
# + print(keep_probability_from_rate(0.2))

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


# %% [raw] wrong="keep-probability taken for the rate" loses={"conversion-values": "handed_through"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +         raise ValueError("a keep-probability lies in (0, 1]")
# +     return keep_probability
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise ValueError("a rate lies in [0, 1)")

# %% [raw] wrong="both are handed through" loses={"conversion-values": "handed_through"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +         raise ValueError("a keep-probability lies in (0, 1]")
# +     return keep_probability
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# -     return 1 - rate
# +         raise ValueError("a rate lies in [0, 1)")
# +     return rate

# %% [raw] wrong="the same ends for both ranges" loses={"conversion-values": "crash", "conversion-ranges": "ends"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# +         raise ValueError("a keep-probability lies in (0, 1]")
# -     if not 0 <= rate < 1:
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +     if not 0 < rate <= 1:
# +         raise ValueError("a rate lies in (0, 1]")

# %% [raw] wrong="TypeError raised" loses={"conversion-ranges": "outside"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# +         raise TypeError("a keep-probability lies in (0, 1]")
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise TypeError("a rate lies in [0, 1)")

# %% [raw] wrong="the error is returned" loses={"conversion-ranges": "outside"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# +         return ValueError("a keep-probability lies in (0, 1]")
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         return ValueError("a rate lies in [0, 1)")

# %% [raw] wrong="per cent" loses={"conversion-values": "other_relation"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +         raise ValueError("a keep-probability lies in (0, 1]")
# +     return 100 * (1 - keep_probability)
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise ValueError("a rate lies in [0, 1)")

# %% [raw] wrong="the rate is the inverse" loses={"conversion-values": "other_relation"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +         raise ValueError("a keep-probability lies in (0, 1]")
# +     return 1 / keep_probability
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise ValueError("a rate lies in [0, 1)")

# %% [raw] wrong="text returned" loses={"conversion-values": "no_number", "conversion-ranges": "no_number"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +         raise ValueError("a keep-probability lies in (0, 1]")
# +     return f"{1 - keep_probability:.2f}"
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# -     return 1 - rate
# +         raise ValueError("a rate lies in [0, 1)")
# +     return f"{1 - rate:.2f}"

# %% wrong="everything is refused" loses={"conversion-values": "crash", "conversion-ranges": "ends"}
def rate_from_keep_probability(keep_probability):
    raise ValueError("out of range")


def keep_probability_from_rate(rate):
    raise ValueError("out of range")


# %% wrong="the program is left" loses={"conversion-values": "crash", "conversion-ranges": "crash"}
import sys


def rate_from_keep_probability(keep_probability):
    sys.exit("out of range")


def keep_probability_from_rate(rate):
    sys.exit("out of range")


# %% [raw] wrong="None for the rate" loses={"conversion-values": "no_number", "conversion-ranges": "no_number"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +         raise ValueError("a keep-probability lies in (0, 1]")
# +     rate = 1 - keep_probability
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise ValueError("a rate lies in [0, 1)")

# %% wrong="values in place of functions" loses={"conversion-values": "no_function", "conversion-ranges": "no_function"}
rate_from_keep_probability = 0.2
keep_probability_from_rate = "1 - rate"

# %% [raw] wrong="another name in the body" loses={"conversion-values": "crash", "conversion-ranges": "crash"}
# -     if not 0 < keep_probability <= 1:
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +     if not 0 < p <= 1:
# +         raise ValueError("a keep-probability lies in (0, 1]")
# +     return 1 - p
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise ValueError("a rate lies in [0, 1)")

# %% [raw] wrong="a function has another name" loses={"conversion-values": "missing", "conversion-ranges": "missing"}
# - def rate_from_keep_probability(keep_probability):
# + def rate_from_keep(keep_probability):
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# +         raise ValueError("a keep-probability lies in (0, 1]")
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# +         raise ValueError("a rate lies in [0, 1)")

# %% [raw] wrong="not written" loses={"conversion-values": "unwritten", "conversion-ranges": "unwritten"}
# -     if not 0 < keep_probability <= 1:
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# -     return 1 - keep_probability
# +     raise NotImplementedError()
# -     if not 0 <= rate < 1:
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# -     return 1 - rate
# +     raise NotImplementedError()

# %% [raw] wrong="one of two written" loses={"conversion-values": "unwritten", "conversion-ranges": "unwritten"}
# -         raise ValueError(f"a keep-probability lies in (0, 1], not {keep_probability}")
# +         raise ValueError("a keep-probability lies in (0, 1]")
# -     if not 0 <= rate < 1:
# -         raise ValueError(f"a rate lies in [0, 1), not {rate}")
# -     return 1 - rate
# +     raise NotImplementedError()

# %% wrong="a syntax error" loses={"conversion-values": "error", "conversion-ranges": "error"}
def rate_from_keep_probability(keep_probability)
    return 1 - keep_probability


def keep_probability_from_rate(rate):
    if not 0 <= rate < 1:
        raise ValueError("a rate lies in [0, 1)")
    return 1 - rate
