# %% [markdown]
# Answers to the item `promise`.

# %% right="in a loop over the bins, with a warning"
import warnings


def largest_promise(confidence, right, bins):
    warnings.warn("small bins vary much", stacklevel=2)
    promises = []
    for number in range(bins):
        inside = (confidence > number / bins) & (confidence <= (number + 1) / bins)
        if inside.any():
            promises.append(confidence[inside].mean() - right[inside].mean())
    return max(promises)


# %% right="with np.histogram, empty bins left out"
def largest_promise(confidence, right, bins):
    edges = np.linspace(0, 1, bins + 1)
    counts = np.histogram(confidence, edges)[0]
    sums = np.histogram(confidence, edges, weights=confidence - right)[0]
    return (sums[counts > 0] / counts[counts > 0]).max()


# %% right="in plain Python, with a dict and a note on stderr"
import sys


def largest_promise(confidence, right, bins):
    found = {}
    for c, r in zip(confidence.tolist(), right.tolist()):
        found.setdefault(min(int(c * bins), bins - 1), []).append(c - r)
    print(sorted(found), file=sys.stderr)
    return max(sum(values) / len(values) for values in found.values())


# %% right="NaN for empty bins"
def largest_promise(confidence: np.ndarray, right: np.ndarray, bins: int) -> float:
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    with np.errstate(invalid="ignore"):
        return np.nanmax(np.bincount(places, confidence - right) / np.bincount(places))


# %% [raw] wrong="share right minus confidence" loses={"promise-largest": "sign", "promise-edge": "sign"}
# - confidence - right
# + right - confidence

# %% [raw] wrong="the distance of either sign" loses={"promise-largest": "sign", "promise-edge": "sign"}
# - mean().max()
# + mean().abs().max()

# %% [raw] wrong="the calibration error of the lesson" loses={"promise-largest": "mean_distance", "promise-edge": "mean_distance"}
# - mean().max()
# + sum().abs().sum() / len(right)

# %% [raw] wrong="empty bins count as 0" loses={"promise-edge": "empty_bins"}
# - mean().max()
# + mean().reindex(range(bins), fill_value=0).max()

# %% [raw] wrong="single answers" loses={"promise-largest": "single_answers", "promise-edge": "single_answers"}
# - mean().max()
# + max().max()

# %% [raw] wrong="weighted by the answers" loses={"promise-largest": "weighted", "promise-edge": "weighted"}
# - mean().max()
# + sum().max() / len(right)

# %% [raw] wrong="a bin of its own for 1" loses={"promise-edge": "own_bin"}
# - [1:-1]
# + [1:]

# %% [raw] wrong="1 in no bin" loses={"promise-edge": "no_bin"}
# -     inner_borders = np
# +     right, confidence = right[confidence < 1], confidence[confidence < 1]
# +     inner_borders = np

# %% [raw] wrong="the mean of an empty bin" loses={"promise-largest": "no_number", "promise-edge": "no_number"}
# - mean().max()
# + mean().reindex(range(bins)).max(skipna=False)

# %% [raw] wrong="all answers in one bin" loses={"promise-largest": "other_gap", "promise-edge": "other_gap"}
# - [1:-1]
# + [:0]

# %% [raw] wrong="fifteen bins, whatever is asked for" loses={"promise-largest": "other_gap"}
# - bins + 1
# + 16

# %% [raw] wrong="the bin instead of its promise" loses={"promise-largest": "other_gap", "promise-edge": "other_gap"}
# - mean().max()
# + mean().idxmax()

# %% wrong="not written" loses={"promise-largest": "unwritten", "promise-edge": "unwritten"}
def largest_promise(confidence, right, bins):
    """The largest excess of confidence over the share of right answers in a bin."""
    raise NotImplementedError()

# %% wrong="the first bin left out" loses={"promise-edge": "other_gap"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [(confidence - right)[places == k].mean() for k in range(1, bins) if (places == k).any()]
    return max(gaps)
