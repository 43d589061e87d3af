# %% [markdown]
# Answers to the item `promise`.

# %% right="in a loop over the bins"
def largest_promise(confidence, right, bins):
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


# %% right="with pandas, bins by cut"
def largest_promise(confidence, right, bins):
    """A table with a row for each answer."""
    table = pd.DataFrame({"confidence": confidence, "right": right.astype(float)})
    groups = table.groupby(pd.cut(table["confidence"], np.linspace(0, 1, bins + 1)), observed=True)
    means = groups.mean()
    return float((means["confidence"] - means["right"]).max())


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
    places = np.minimum(np.floor(confidence * bins).astype(int), bins - 1)
    counts = np.bincount(places, minlength=bins)
    with np.errstate(invalid="ignore"):
        means = [np.bincount(places, v, minlength=bins) / counts for v in (confidence, right)]
    return np.nanmax(means[0] - means[1])


# %% right="searchsorted, with a warning"
import warnings


def largest_promise(confidence, right, bins):
    warnings.warn("small bins vary much", stacklevel=2)
    places = np.searchsorted(np.arange(1, bins) / bins, confidence)
    best = -np.inf
    for place in set(places):
        best = max(best, np.mean(confidence[places == place]) - np.mean(right[places == place]))
    return best


# %% wrong="share right minus confidence" loses={"promise-largest": "sign", "promise-edge": "sign"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return max((right - confidence)[places == place].mean() for place in set(places))


# %% wrong="the distance of either sign" loses={"promise-largest": "sign", "promise-edge": "sign"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return max(abs((right - confidence)[places == place].mean()) for place in set(places))


# %% wrong="the calibration error of the lesson" loses={"promise-largest": "mean_distance", "promise-edge": "mean_distance"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return np.abs(np.bincount(places, right - confidence)).sum() / len(right)


# %% wrong="empty bins count as 0" loses={"promise-edge": "empty_bins"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    promises = np.zeros(bins)
    for place in set(places):
        promises[place] = (confidence - right)[places == place].mean()
    return promises.max()


# %% wrong="single answers" loses={"promise-largest": "single_answers", "promise-edge": "single_answers"}
def largest_promise(confidence, right, bins):
    return (confidence - right).max()


# %% wrong="weighted by the answers" loses={"promise-largest": "weighted", "promise-edge": "weighted"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return (np.bincount(places, confidence - right) / len(right))[np.unique(places)].max()


# %% wrong="a bin of its own for 1" loses={"promise-edge": "own_bin"}
def largest_promise(confidence, right, bins):
    places = (confidence * bins).astype(int)
    return max((confidence - right)[places == place].mean() for place in set(places))


# %% wrong="1 in no bin" loses={"promise-edge": "no_bin"}
def largest_promise(confidence, right, bins):
    promises = []
    for number in range(bins):
        inside = (confidence >= number / bins) & (confidence < (number + 1) / bins)
        if inside.any():
            promises.append((confidence - right)[inside].mean())
    return max(promises)


# %% wrong="the mean of an empty bin" loses={"promise-largest": "no_number", "promise-edge": "no_number"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return np.max([(confidence - right)[places == place].mean() for place in range(bins)])


# %% wrong="all answers in one bin" loses={"promise-largest": "other_gap", "promise-edge": "other_gap"}
def largest_promise(confidence, right, bins):
    return confidence.mean() - right.mean()


# %% wrong="fifteen bins, whatever is asked for" loses={"promise-largest": "other_gap"}
def largest_promise(confidence, right, bins=15):
    places = np.minimum((confidence * 15).astype(int), 14)
    return max((confidence - right)[places == place].mean() for place in set(places))


# %% wrong="the bin instead of its promise" loses={"promise-largest": "other_gap", "promise-edge": "other_gap"}
def largest_promise(confidence, right, bins):
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return int(max(set(places), key=lambda place: (confidence - right)[places == place].mean()))


# %% wrong="not written" loses={"promise-largest": "unwritten", "promise-edge": "unwritten"}
def largest_promise(confidence, right, bins):
    """The largest excess of confidence over the share of right answers in a bin."""
    raise NotImplementedError()
