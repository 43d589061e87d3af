# %% [markdown]
# Answers to the item `mask-weights`.

# %% [raw] right="as two powers"
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     kept = masks.sum(axis=1)
# +     return rate ** (masks.shape[1] - kept) * (1 - rate) ** kept

# %% [raw] right="with SciPy's binomial distribution, unit by unit, and a warning"
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     import warnings
# +
# +     from scipy import stats
# +
# +     warnings.warn("each unit on its own", stacklevel=2)
# +     return np.prod(stats.bernoulli.pmf(masks, 1 - rate), axis=1)

# %% right="in plain Python, with a note on stderr"
import sys


def mask_weights(masks, rate):
    weights = []
    for mask in masks.tolist():
        weight = 1.0
        for bit in mask:
            weight *= 1 - rate if bit else rate
        weights.append(weight)
    print(sum(weights), file=sys.stderr)
    return np.array(weights)


# %% [raw] right="logarithms, where 0 times the logarithm of 0 is 0"
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     from scipy.special import xlogy
# +
# +     return np.exp((xlogy(1 - masks, rate) + xlogy(masks, 1 - rate)).sum(axis=1))

# %% [raw] right="in float32"
# - return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# + return np.where(masks == 1, 1 - rate, rate).prod(axis=1).astype(np.float32)

# %% [raw] wrong="rate and keep-probability exchanged" loses={"mask-weights-values": "swapped", "mask-weights-rate-zero": "swapped"}
# - 1 - rate, rate
# + rate, 1 - rate

# %% [raw] wrong="1 taken for dropped" loses={"mask-weights-values": "swapped", "mask-weights-rate-zero": "swapped"}
# - masks == 1
# + masks == 0

# %% [raw] wrong="all alike" loses={"mask-weights-values": "uniform", "mask-weights-rate-zero": "uniform"}
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     return np.full(len(masks), 0.5 ** masks.shape[1])

# %% [raw] wrong="divided by their sum" loses={"mask-weights-values": "normalised"}
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     weights = np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     return weights / weights.sum()

# %% [raw] wrong="the binomial probability of the number" loses={"mask-weights-values": "counted"}
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     from scipy import stats
# +
# +     return stats.binom.pmf(masks.sum(axis=1), masks.shape[1], 1 - rate)

# %% [raw] wrong="what is dropped alone" loses={"mask-weights-values": "only_dropped"}
# - 1 - rate, rate
# + 1, rate

# %% [raw] wrong="what is kept alone" loses={"mask-weights-values": "only_kept", "mask-weights-rate-zero": "other_weight"}
# - 1 - rate, rate
# + 1 - rate, 1

# %% [raw] wrong="the logarithm of rate 0" loses={"mask-weights-rate-zero": "logarithm"}
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     kept = masks.sum(axis=1)
# +     return np.exp((masks.shape[1] - kept) * np.log(rate) + kept * np.log(1 - rate))

# %% [raw] wrong="probabilities added up" loses={"mask-weights-values": "other_weight", "mask-weights-rate-zero": "other_weight"}
# - prod
# + sum

# %% [raw] wrong="a product along the wrong axis" loses={"mask-weights-values": "wrong_shape", "mask-weights-rate-zero": "wrong_shape"}
# - axis=1
# + axis=0

# %% [raw] wrong="a list" loses={"mask-weights-values": "no_array", "mask-weights-rate-zero": "no_array"}
# -     return np.where(masks == 1, 1 - rate, rate).prod(axis=1)
# +     return np.where(masks == 1, 1 - rate, rate).prod(axis=1).tolist()

# %% wrong="not written" loses={"mask-weights-values": "unwritten", "mask-weights-rate-zero": "unwritten"}
def mask_weights(masks, rate):
    """The probability of each mask: shape (m,)."""
    raise NotImplementedError()
