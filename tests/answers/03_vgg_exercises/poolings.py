# %% [markdown]
# Answers to the item `poolings`.

# %% right="shifts of bits"
def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError(side)
    return side >> poolings


def most_poolings(side):
    return side.bit_length() - 1


# %% right="true division cut off, as int64"
import numpy as np


def side_after(side, poolings):
    for _ in range(poolings):
        if side < 2:
            raise ValueError("too small")
        side = int(side / 2)
    return np.int64(side)


def most_poolings(side):
    return np.int64(np.floor(np.log2(side)))


# %% right="recursive, with type hints"
def side_after(side: int, poolings: int) -> int:
    """The side of a square map after `poolings` poolings."""
    if side < 1:
        raise ValueError(f"nothing is left after {poolings} poolings")
    return side if poolings == 0 else side_after(side // 2, poolings - 1)


def most_poolings(side: int) -> int:
    """Each pooling leaves a smaller map, which can take one pooling less."""
    return 0 if side < 2 else 1 + most_poolings(side // 2)


# %% right="lambdas and a search"
def refuse(side, poolings):
    raise ValueError(f"{poolings} poolings are too many for a side of {side}")


most_poolings = lambda side: max(k for k in range(side) if 2**k <= side)
side_after = lambda side, poolings: (
    side // 2**poolings if poolings <= most_poolings(side) else refuse(side, poolings)
)


# %% right="the limit by trial, with a warning"
import sys
import warnings
from itertools import count

warnings.warn("the side is rounded down at each pooling")


def side_after(side, poolings):
    sides = [side]
    while len(sides) <= poolings:
        sides.append(sides[-1] // 2)
    if sides[-1] == 0:
        print("no map is left:", sides, file=sys.stderr)
        raise ValueError("no map is left")
    return sides[poolings]


def most_poolings(side):
    for poolings in count():
        try:
            side_after(side, poolings + 1)
        except ValueError:
            return poolings


# %% right="digits in base 2, remembered"
from functools import cache, reduce


@cache
def side_after(side, poolings):
    digits = bin(side)[2:]
    kept = digits[: len(digits) - poolings] if poolings < len(digits) else ""
    if not kept:
        raise ValueError("no digit is left")
    return reduce(lambda number, digit: 2 * number + int(digit), kept, 0)


@cache
def most_poolings(side):
    return len(bin(side)) - 3


# %% right="a class of error of one's own, and a magic"
%matplotlib inline
import math


class TooSmall(ValueError):
    """The map is too small for so many poolings."""


def side_after(side, poolings):
    side = math.floor(side / 2**poolings)
    if not side:
        raise TooSmall(side)
    return side


def most_poolings(side):
    return int(math.log2(side))


# %% [raw] right="Keras is asked"
# -     """The side of a square map after some 2x2 poolings; ValueError below 1."""
# +     """The side of a square map after some 2x2 poolings; ValueError below 1."""
# +     shape = (1, side, side, 1)
# -         side //= 2
# -     if side < 1:
# -         raise ValueError("the map is too small for so many poolings")
# -     return side
# +         if shape[1] < 2:
# +             raise ValueError("the map is too small")
# +         shape = keras.layers.MaxPooling2D(2).compute_output_shape(shape)
# +     return shape[1]
# -     while side >= 2:
# -         side //= 2
# +     while 2 ** (poolings + 1) <= side:

# %% wrong="not written" loses={"poolings-side": "unwritten", "poolings-most": "unwritten"}
def side_after(side, poolings):
    """The side of a square map after some 2x2 poolings; ValueError below 1."""
    raise NotImplementedError()


def most_poolings(side):
    """How many 2x2 poolings a map of this side can take."""
    raise NotImplementedError()


# %% [raw] wrong="the second function is not written" loses={"poolings-most": "unwritten"}
# -         raise ValueError("the map is too small for so many poolings")
# +         raise ValueError("too many poolings")
# -     poolings = 0
# -     while side >= 2:
# -         side //= 2
# -         poolings += 1
# -     return poolings
# +     raise NotImplementedError()

# %% wrong="a colon is missing" loses={"poolings-side": "error", "poolings-most": "error"}
def side_after(side, poolings)
    return side // 2**poolings


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="other names" loses={"poolings-side": "missing", "poolings-most": "missing"}
def side(side, poolings):
    if side >> poolings < 1:
        raise ValueError("too many poolings")
    return side >> poolings


def max_poolings(side):
    return side.bit_length() - 1


# %% wrong="a side of 0 is returned" loses={"poolings-side": "no_map"}
def side_after(side, poolings):
    return side // 2**poolings


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="the side stays at 1" loses={"poolings-side": "no_map"}
def side_after(side, poolings):
    return max(1, side // 2**poolings)


def most_poolings(side):
    return side.bit_length() - 1


# %% [raw] wrong="a side of 1 is refused" loses={"poolings-side": "one_refused"}
# -     if side < 1:
# -         raise ValueError("the map is too small for so many poolings")
# +         if side <= 1:
# +             raise ValueError("too many poolings")
# -     poolings = 0
# -     while side >= 2:
# -         side //= 2
# -         poolings += 1
# -     return poolings
# +     return side.bit_length() - 1

# %% wrong="rounded up" loses={"poolings-side": "rounded_up"}
def side_after(side, poolings):
    for _ in range(poolings):
        if side == 1:
            raise ValueError("too many poolings")
        side = (side + 1) // 2
    return side


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="true division" loses={"poolings-side": "no_int"}
def side_after(side, poolings):
    if side < 2**poolings:
        raise ValueError("too many poolings")
    return side / 2**poolings


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="two pixels less a pooling" loses={"poolings-side": "fixed_loss"}
def side_after(side, poolings):
    side -= 2 * poolings
    if side < 1:
        raise ValueError("too many poolings")
    return side


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="divided by 2 k" loses={"poolings-side": "crash"}
def side_after(side, poolings):
    side //= 2 * poolings
    if side < 1:
        raise ValueError("too many poolings")
    return side


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="one pooling, whatever the number" loses={"poolings-side": "one_pooling"}
def side_after(side, poolings):
    if side < 2**poolings:
        raise ValueError("too many poolings")
    return side // 2


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="a list of all sides" loses={"poolings-side": "no_number"}
def side_after(side, poolings):
    sides = [side]
    for _ in range(poolings):
        sides.append(sides[-1] // 2)
    if sides[-1] < 1:
        raise ValueError("too many poolings")
    return sides


def most_poolings(side):
    return side.bit_length() - 1


# %% wrong="the side as a float" loses={"poolings-side": "no_int"}
import numpy as np


def side_after(side, poolings):
    side = np.floor(side / 2.0**poolings)
    if side < 1:
        raise ValueError("too many poolings")
    return side


def most_poolings(side):
    return side.bit_length() - 1


# %% [raw] wrong="the last pooling leaves 0" loses={"poolings-most": "one_too_many"}
# -     for _ in range(poolings):
# -         side //= 2
# -     if side < 1:
# -         raise ValueError("the map is too small for so many poolings")
# -     return side
# +     if side >> poolings < 1:
# +         raise ValueError("too many poolings")
# +     return side >> poolings
# -     while side >= 2:
# +     while side >= 1:

# %% [raw] wrong="a side of 1 counts as none" loses={"poolings-most": "one_too_few"}
# -     for _ in range(poolings):
# -         side //= 2
# -     if side < 1:
# -         raise ValueError("the map is too small for so many poolings")
# -     return side
# +     if side >> poolings < 1:
# +         raise ValueError("too many poolings")
# +     return side >> poolings
# -     while side >= 2:
# +     while side // 2 > 1:

# %% wrong="the limit of 32 written in" loses={"poolings-most": "one_too_many"}
def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError("too many poolings")
    return side >> poolings


def most_poolings(side):
    return 5


# %% wrong="the logarithm as it is" loses={"poolings-most": "not_whole"}
import numpy as np


def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError("too many poolings")
    return side >> poolings


def most_poolings(side):
    return np.log2(side)


# %% wrong="half the side" loses={"poolings-most": "formula"}
def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError("too many poolings")
    return side >> poolings


def most_poolings(side):
    return side // 2


# %% wrong="printed, not returned" loses={"poolings-side": "no_number", "poolings-most": "no_number"}
def side_after(side, poolings):
    side //= 2**poolings
    if side < 1:
        raise ValueError("too many poolings")
    print(side)


def most_poolings(side):
    print(side.bit_length() - 1)


# %% wrong="a recursion without an end" loses={"poolings-most": "crash"}
def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError("too many poolings")
    return side >> poolings


def most_poolings(side):
    return 1 + most_poolings(side // 2)
