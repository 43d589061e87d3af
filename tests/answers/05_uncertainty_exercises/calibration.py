# %% [markdown]
# Answers to the item `calibration`.

# %% right="in a loop over the bins"
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    error = 0.0
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            gap = abs(confidence[inside].mean() - right[inside].mean())
            error += gap * inside.mean()
    return error


# %% right="with np.histogram"
def calibration_error(probabilities, labels, bins):
    confidence = np.max(probabilities, axis=1)
    right = (np.argmax(probabilities, axis=1) == labels).astype(float)
    edges = np.linspace(0, 1, bins + 1)
    sums = [np.histogram(confidence, edges, weights=values)[0] for values in (confidence, right)]
    return np.abs(sums[0] - sums[1]).sum() / len(labels)


# %% right="with pandas, bins by cut"
def calibration_error(probabilities, labels, bins):
    """Groups of a table; bins without pictures are not among them."""
    table = pd.DataFrame({"confidence": probabilities.max(axis=1)})
    table["right"] = probabilities.argmax(axis=1) == labels
    edges = pd.cut(table["confidence"], np.linspace(0, 1, bins + 1))
    groups = table.groupby(edges, observed=True)
    means, sizes = groups.mean(), groups.size()
    return float(np.average((means["confidence"] - means["right"]).abs(), weights=sizes))


# %% right="with digitize and a warning"
import warnings


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int) -> float:
    if len(labels) < 1000:
        warnings.warn("few pictures", stacklevel=2)
    surest = probabilities.max(1)
    places = np.digitize(surest, np.linspace(0, 1, bins + 1)[1:-1])
    total = 0
    for place in set(places.tolist()):
        (those,) = np.nonzero(places == place)
        share = np.mean(probabilities[those].argmax(1) == labels[those])
        total += len(those) * abs(surest[those].mean() - share)
    return total / len(surest)


# %% wrong="each bin alike" loses=["calibration-error", "calibration-edge"] says=["each bin counts alike"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((right - confidence)[places == place].mean()) for place in set(places)]
    return np.mean(gaps)


# %% wrong="gaps of both signs cancel" loses=["calibration-error", "calibration-edge"] says=["gaps of both signs cancel"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    return abs(np.mean((probabilities.argmax(axis=1) == labels) - confidence))


# %% wrong="for each picture by itself" loses=["calibration-error", "calibration-edge"] says=["for each example by itself"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    return np.abs((probabilities.argmax(axis=1) == labels) - confidence).mean()


# %% wrong="squares" loses=["calibration-error", "calibration-edge"] says=["the square of the gap"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    shares = [(places == place) for place in set(places)]
    return sum(those.mean() * (right - confidence)[those].mean() ** 2 for those in shares)


# %% wrong="the largest gap" loses=["calibration-error", "calibration-edge"] says=["the largest gap"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return max(abs((right - confidence)[places == place].mean()) for place in set(places))


# %% wrong="a percentage" loses=["calibration-error", "calibration-edge"] says=["a percentage is returned"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return 100 * np.abs(np.bincount(places, right - confidence)).sum() / len(labels)


# %% wrong="a bin of its own for 1" loses=["calibration-edge"] says=["have a bin of their own"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = (confidence * bins).astype(int)
    return np.abs(np.bincount(places, right - confidence)).sum() / len(labels)


# %% wrong="1 in no bin" loses=["calibration-edge"] says=["are in no bin"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    error = 0.0
    for number in range(bins):
        inside = (confidence >= number / bins) & (confidence < (number + 1) / bins)
        error += abs((right - confidence)[inside].sum())
    return error / len(labels)


# %% wrong="the mean of an empty bin" loses=["calibration-error", "calibration-edge"] says=["the arithmetic gave a NaN"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    inside = [places == place for place in range(bins)]
    return sum(those.mean() * abs((right - confidence)[those].mean()) for those in inside)


# %% wrong="the probability of the true class" loses=["calibration-error", "calibration-edge"] says=["another mean is taken"]
def calibration_error(probabilities, labels, bins):
    confidence = probabilities[np.arange(len(labels)), labels]
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return np.abs(np.bincount(places, right - confidence)).sum() / len(labels)


# %% wrong="fifteen bins, whatever is asked for" loses=["calibration-error"] says=["another mean is taken"]
def calibration_error(probabilities, labels, bins=15):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * 15).astype(int), 14)
    return np.abs(np.bincount(places, right - confidence)).sum() / len(labels)


# %% wrong="not written" loses=["calibration-error", "calibration-edge"] says=["this part is not written yet"]
def calibration_error(probabilities, labels, bins):
    """The mean distance between confidence and share of right answers."""
    raise NotImplementedError()
