# %% [markdown]
# Answers to the item `copies`.

# %% right="fitted on a made-up table, with a warning"
import warnings


def fitted(slope, copies, rate):
    warnings.warn("a table of ones", stacklevel=2)
    x, y = np.ones((10, copies)), np.full(10, float(slope))
    gram = x.T @ x
    return np.linalg.solve(gram + rate / (1 - rate) * np.diag(np.diag(gram)), x.T @ y)


def copy_weight(slope, copies, rate):
    return fitted(slope, copies, rate)[0]


def without_one(slope, copies, rate):
    return fitted(slope, copies, rate)[1:].sum()


# %% [raw] right="one fraction, in an array of no dimensions"
# - slope / (copies + rate / (1 - rate))
# + np.asarray(slope * (1 - rate) / (copies * (1 - rate) + rate))

# %% right="callable objects, fractions inside, with output"
from fractions import Fraction


class Model:
    def __init__(self, lost):
        self.lost = lost

    def __call__(self, slope, copies, rate):
        slope, rate = Fraction(slope), Fraction(rate)
        weight = slope / (copies + rate / (1 - rate))
        print(weight)
        return float(weight * (copies - 1 if self.lost else 1))


copy_weight, without_one = Model(lost=False), Model(lost=True)


# %% [raw] right="the whole less one weight"
# - (copies - 1) * copy_weight(slope, copies, rate)
# + copies * copy_weight(slope, copies, rate) - copy_weight(slope, copies, rate)

# %% [raw] wrong="without dropout" loses={"copies-weight": "plain_share", "copies-left": "plain_share"}
# - (copies + rate / (1 - rate))
# + copies

# %% [raw] wrong="the rate as the penalty" loses={"copies-weight": "rate_only", "copies-left": "rate_only"}
# - rate / (1 - rate)
# + rate

# %% [raw] wrong="the odds of keeping" loses={"copies-weight": "turned_round", "copies-left": "turned_round"}
# - rate / (1 - rate)
# + (1 - rate) / rate

# %% [raw] wrong="the penalty once for each copy" loses={"copies-weight": "penalty_each", "copies-left": "penalty_each"}
# - (copies + rate / (1 - rate))
# + (copies + copies * rate / (1 - rate))

# %% [raw] wrong="what all copies carry" loses={"copies-weight": "all_together"}
# - slope / (copies + rate / (1 - rate))
# + copies * slope / (copies + rate / (1 - rate))
# - (copies - 1) * copy_weight(slope, copies, rate)
# + (copies - 1) * slope / (copies + rate / (1 - rate))

# %% [raw] wrong="a single feature's weight, shared out" loses={"copies-weight": "penalty_each", "copies-left": "penalty_each"}
# - (copies + rate / (1 - rate))
# + (1 + rate / (1 - rate)) / copies

# %% [raw] wrong="the weight times the keep-probability" loses={"copies-weight": "other_weight", "copies-left": "other_rest"}
# - slope / (copies
# + (1 - rate) * slope / (copies

# %% [raw] wrong="the prediction with all copies" loses={"copies-left": "intact"}
# - (copies - 1)
# + copies

# %% [raw] wrong="fitted again" loses={"copies-left": "fitted_again"}
# - (copies - 1) * copy_weight(slope, copies, rate)
# + (copies - 1) * copy_weight(slope, copies - 1, rate)

# %% [raw] wrong="the share that is left" loses={"copies-left": "a_share"}
# - (copies - 1) * copy_weight(slope, copies, rate)
# + (copies - 1) / copies

# %% [raw] wrong="what is lost" loses={"copies-left": "the_loss"}
# - (copies - 1) * copy
# + copy

# %% [raw] wrong="the others scaled" loses={"copies-left": "rescaled"}
# - * copy_weight(slope, copies, rate)
# + * copy_weight(slope, copies, rate) / (1 - rate)

# %% [raw] wrong="two copies lost" loses={"copies-left": "other_rest"}
# - (copies - 1)
# + (copies - 2)

# %% [raw] wrong="the size of the slope" loses={"copies-left": "other_rest"}
# - * copy_weight(slope, copies, rate)
# + * abs(copy_weight(slope, copies, rate))

# %% [raw] wrong="a weight for each copy" loses={"copies-weight": "no_number", "copies-left": "no_number"}
# - slope / (copies + rate / (1 - rate))
# + np.full(copies, slope / (copies + rate / (1 - rate)))

# %% [raw] wrong="one of two written" loses={"copies-left": "unwritten"}
# -     return (copies - 1) * copy_weight(slope, copies, rate)
# +     raise NotImplementedError()

# %% wrong="not written" loses={"copies-weight": "unwritten", "copies-left": "unwritten"}
def copy_weight(slope, copies, rate):
    """The weight of each copy."""
    raise NotImplementedError()


def without_one(slope, copies, rate):
    """The prediction for x = 1 where one copy is lost."""
    raise NotImplementedError()
