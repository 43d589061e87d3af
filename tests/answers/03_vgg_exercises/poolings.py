# %% [markdown]
# Answers to the item `poolings`.

# %% right="shifts of bits, as int64"
def side_after(side, poolings):
    if side >> poolings < 1:
        raise ValueError(side)
    return np.int64(side >> poolings)


def most_poolings(side):
    return np.int64(side.bit_length() - 1)


# %% right="recursive, with type hints"
def side_after(side: int, poolings: int) -> int:
    """The side of a square map after `poolings` poolings."""
    if side < 1:
        raise ValueError(f"nothing is left after {poolings} poolings")
    return side if poolings == 0 else side_after(side // 2, poolings - 1)


def most_poolings(side: int) -> int:
    """Each pooling leaves a smaller map, which can take one pooling less."""
    return 0 if side < 2 else 1 + most_poolings(side // 2)


# %% right="lambdas, a search, an error of int()"
most_poolings = lambda side: max(k for k in range(side) if 2**k <= side)
side_after = lambda side, poolings: (
    side // 2**poolings if poolings <= most_poolings(side) else int("no map is left")
)


# %% right="remembered, the limit by trial, lines on stderr"
import sys
import warnings
from functools import cache
from itertools import count

warnings.warn("the side is rounded down at each pooling")


@cache
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


# %% right="floats made whole, a class of error of one's own, and a magic"
%matplotlib inline


class TooSmall(ValueError):
    """The map is too small for so many poolings."""


def side_after(side, poolings):
    for _ in range(poolings):
        side = int(side / 2)
    if not side:
        raise TooSmall(side)
    return side


def most_poolings(side):
    return int(np.log2(side))


# %% [raw] right="Keras is asked"
# -     for _ in range(poolings):
# -         side //= 2
# -     if side < 1:
# -         raise ValueError("the map is too small for so many poolings")
# -     return side
# +     shape = (1, side, side, 1)
# +     for _ in range(poolings):
# +         if shape[1] < 2:
# +             raise ValueError("the map is too small")
# +         shape = keras.layers.MaxPooling2D(2).compute_output_shape(shape)
# +     return shape[1]

# %% wrong="not written" loses={"poolings-side": "unwritten", "poolings-most": "unwritten"}
def side_after(side, poolings):
    raise NotImplementedError()


def most_poolings(side):
    raise NotImplementedError()


# %% [raw] wrong="the second function is not written" loses={"poolings-most": "unwritten"}
# -     poolings = 0
# +     raise NotImplementedError()

# %% [raw] wrong="a colon is missing" loses={"poolings-side": "error", "poolings-most": "error"}
# - def side_after(side, poolings):
# + def side_after(side, poolings)

# %% [raw] wrong="other names" loses={"poolings-side": "missing", "poolings-most": "missing"}
# - side_after(
# + after(
# - most_poolings(
# + max_poolings(

# %% [raw] wrong="a side of 0 is returned" loses={"poolings-side": "no_map"}
# -     if side < 1:
# -         raise ValueError("the map is too small for so many poolings")

# %% [raw] wrong="the side stays at 1" loses={"poolings-side": "no_map"}
# -     if side < 1:
# -         raise ValueError("the map is too small for so many poolings")
# -     return side
# +     return max(1, side)

# %% [raw] wrong="a side of 1 is refused" loses={"poolings-side": "one_refused"}
# - side < 1
# + side <= 1

# %% [raw] wrong="rounded up" loses={"poolings-side": "rounded_up"}
# -     for _ in range(poolings):
# -         side //= 2
# +     for _ in range(poolings):
# +         side = (side + 1) // 2

# %% [raw] wrong="true division" loses={"poolings-side": "no_int"}
# -     for _ in range(poolings):
# -         side //= 2
# +     side /= 2**poolings

# %% [raw] wrong="the side as a float" loses={"poolings-side": "no_int"}
# -     return side
# +     return float(side)

# %% [raw] wrong="two pixels less a pooling" loses={"poolings-side": "fixed_loss"}
# -     for _ in range(poolings):
# -         side //= 2
# +     side -= 2 * poolings

# %% [raw] wrong="divided by 2 k" loses={"poolings-side": "crash"}
# -     for _ in range(poolings):
# -         side //= 2
# +     side //= 2 * poolings

# %% [raw] wrong="divided by 4 at each pooling, as the number of pixels is" loses={"poolings-side": "formula"}
# -     for _ in range(poolings):
# -         side //= 2
# +     side //= 4**poolings

# %% [raw] wrong="one pooling, whatever the number" loses={"poolings-side": "one_pooling"}
# -     for _ in range(poolings):
# -         side //= 2
# +     side //= 2

# %% [raw] wrong="a list" loses={"poolings-side": "no_number"}
# -     return side
# +     return [side]

# %% [raw] wrong="the last pooling leaves 0" loses={"poolings-most": "one_too_many"}
# - side >= 2
# + side >= 1

# %% [raw] wrong="a side of 1 counts as none" loses={"poolings-most": "one_too_few"}
# - side >= 2
# + side // 2 > 1

# %% [raw] wrong="the limit of 32 written in" loses={"poolings-most": "one_too_many"}
# -     return poolings
# +     return 5

# %% [raw] wrong="the logarithm as it is" loses={"poolings-most": "not_whole"}
# -     poolings = 0
# +     return np.log2(side)

# %% [raw] wrong="half the side" loses={"poolings-most": "formula"}
# -     poolings = 0
# +     return side // 2

# %% [raw] wrong="a recursion without an end" loses={"poolings-most": "crash"}
# -     poolings = 0
# +     return 1 + most_poolings(side // 2)

# %% [raw] wrong="printed, not returned" loses={"poolings-side": "no_number", "poolings-most": "no_number"}
# -     return side
# +     print(side)
# -     return poolings
# +     print(poolings)
