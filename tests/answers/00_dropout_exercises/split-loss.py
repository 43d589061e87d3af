# %% [markdown]
# Answers to the item `split-loss`.

# %% right="over all masks"
from itertools import product


def split_loss(x, y, w, rate):
    whole, disagreement = x @ w, 0.0
    for mask in product([0, 1], repeat=len(w)):
        mask = np.array(mask)
        chance = np.prod(np.where(mask, 1 - rate, rate))
        disagreement += chance * np.mean((x * mask / (1 - rate) @ w - whole) ** 2)
    return np.mean((y - whole) ** 2), disagreement


# %% right="as the mean variance of the predictions, in a list, with a warning"
import warnings


def split_loss(x, y, w, rate):
    warnings.warn("no mask is drawn", stacklevel=2)
    variances = (x * w) ** 2 @ np.full(len(w), rate * (1 - rate) / (1 - rate) ** 2)
    return [((y - x @ w) ** 2).mean(), variances.mean()]


# %% right="the expected loss of all masks less that of the whole, with output"
from itertools import product


def split_loss(x, y, w, rate):
    expected = 0.0
    for mask in product([False, True], repeat=len(w)):
        chance = rate ** mask.count(False) * (1 - rate) ** mask.count(True)
        expected += chance * np.mean((y - x @ (w * mask) / (1 - rate)) ** 2)
    whole = np.mean((y - x @ w) ** 2)
    print(f"{whole} of {expected}")
    return whole, expected - whole


# %% right="in plain Python"
def split_loss(x, y, w, rate):
    whole = disagreement = 0.0
    for row, answer in zip(x.tolist(), y.tolist()):
        parts = [a * b for a, b in zip(row, w.tolist())]
        whole += (answer - sum(parts)) ** 2 / len(y)
        disagreement += sum(part**2 for part in parts) / len(y) * rate / (1 - rate)
    return whole, disagreement


# %% [raw] wrong="the rate as the factor" loses={"split-loss-disagreement": "rate_only"}
# - rate / (1 - rate)
# + rate

# %% [raw] wrong="survivors not scaled" loses={"split-loss-disagreement": "unscaled"}
# - rate / (1 - rate)
# + rate * (1 - rate)

# %% [raw] wrong="the odds of keeping" loses={"split-loss-disagreement": "turned_round"}
# - rate / (1 - rate)
# + (1 - rate) / rate

# %% [raw] wrong="the variance of the features" loses={"split-loss-disagreement": "variance"}
# - np.mean(x**2, axis=0)
# + np.var(x, axis=0)

# %% [raw] wrong="weights not squared" loses={"split-loss-disagreement": "not_squared"}
# - w**2
# + np.abs(w)

# %% [raw] wrong="the penalty of the weights alone" loses={"split-loss-disagreement": "without_x"}
# -  * np.mean(x**2, axis=0)

# %% [raw] wrong="the square of the sum" loses={"split-loss-disagreement": "together"}
# - np.sum(w**2 * np.mean(x**2, axis=0))
# + np.mean((x @ w) ** 2)

# %% [raw] wrong="squares added up over the examples" loses={"split-loss-disagreement": "summed"}
# - np.mean(x**2, axis=0)
# + np.sum(x**2, axis=0)

# %% [raw] wrong="the expected loss in the place of the disagreement" loses={"split-loss-disagreement": "total"}
# - return whole, disagreement
# + return whole, whole + disagreement

# %% wrong="a thousand masks drawn" loses={"split-loss-disagreement": "other_distance"}
def split_loss(x, y, w, rate):
    whole = x @ w
    masks = np.random.default_rng(0).random((1000, 1, len(w))) >= rate
    return np.mean((y - whole) ** 2), np.mean((x * masks / (1 - rate) @ w - whole) ** 2)


# %% [raw] wrong="the standard deviation" loses={"split-loss-disagreement": "other_distance"}
# - return whole, disagreement
# + return whole, disagreement**0.5

# %% [raw] wrong="the whole times the keep-probability" loses={"split-loss-whole": "kept_share"}
# - y - x @ w
# + y - (1 - rate) * x @ w

# %% [raw] wrong="the whole scaled as a survivor" loses={"split-loss-whole": "survivors"}
# - y - x @ w
# + y - x @ w / (1 - rate)

# %% [raw] wrong="the expected loss in the place of the whole" loses={"split-loss-whole": "total"}
# - return whole, disagreement
# + return whole + disagreement, disagreement

# %% [raw] wrong="errors added up" loses={"split-loss-whole": "summed"}
# - np.mean((y - x @ w) ** 2)
# + np.sum((y - x @ w) ** 2)

# %% [raw] wrong="the root of the mean squared error" loses={"split-loss-whole": "root"}
# - np.mean((y - x @ w) ** 2)
# + np.mean((y - x @ w) ** 2) ** 0.5

# %% [raw] wrong="the mean distance" loses={"split-loss-whole": "other_error"}
# - np.mean((y - x @ w) ** 2)
# + np.mean(np.abs(y - x @ w))

# %% [raw] wrong="half the squared error" loses={"split-loss-whole": "other_error"}
# - np.mean((y - x @ w) ** 2)
# + np.mean((y - x @ w) ** 2) / 2

# %% [raw] wrong="exchanged" loses={"split-loss-whole": "other_error", "split-loss-disagreement": "other_distance"}
# - return whole, disagreement
# + return disagreement, whole

# %% [raw] wrong="the sum alone" loses={"split-loss-whole": "no_tuple", "split-loss-disagreement": "no_tuple"}
# - return whole, disagreement
# + return whole + disagreement

# %% [raw] wrong="a disagreement for each example" loses={"split-loss-disagreement": "no_number"}
# - np.sum(w**2 * np.mean(x**2, axis=0))
# + np.sum(w**2 * x**2, axis=1)

# %% wrong="not written" loses={"split-loss-whole": "unwritten", "split-loss-disagreement": "unwritten"}
def split_loss(x, y, w, rate):
    """Error of the whole and disagreement of the sub-models: (whole, disagreement)."""
    raise NotImplementedError()
