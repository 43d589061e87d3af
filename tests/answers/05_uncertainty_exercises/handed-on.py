# %% [markdown]
# Answers to the item `handed-on`.

# %% right="with cumulative sums"
def fewest_handed_on(confidence, right, wanted):
    order = np.argsort(confidence)[::-1]
    kept = np.arange(1, len(right) + 1)
    shares = np.cumsum(right[order]) / kept
    return len(right) - kept[shares >= wanted].max()


# %% right="in plain Python, with a note on stderr"
import sys


def fewest_handed_on(confidence, right, wanted):
    pairs = sorted(zip(confidence.tolist(), right.tolist()))
    handed_on = 0
    while sum(is_right for _, is_right in pairs[handed_on:]) < wanted * (len(pairs) - handed_on):
        handed_on += 1
    print(handed_on, "handed on", file=sys.stderr)
    return handed_on


# %% right="recursive"
sys_limit = __import__("sys").setrecursionlimit(5000)


def fewest_handed_on(confidence, right, wanted):
    """Hands on the one with the most doubt until enough is right."""
    if right.mean() >= wanted:
        return 0
    rest = np.arange(len(right)) != confidence.argmin()
    return 1 + fewest_handed_on(confidence[rest], right[rest], wanted)


# %% right="with pandas"
def fewest_handed_on(confidence, right, wanted):
    table = pd.DataFrame({"confidence": confidence, "right": right})
    table = table.sort_values("confidence", ascending=False, ignore_index=True)
    enough = table["right"].expanding().mean() >= wanted
    return len(table) - 1 - enough[enough].index[-1]


# %% right="by thresholds, with type hints"
def fewest_handed_on(confidence: np.ndarray, right: np.ndarray, wanted: float) -> int:
    numbers = []
    for threshold in confidence:
        kept = confidence >= threshold
        if np.average(right[kept]) >= wanted:
            numbers.append(int((~kept).sum()))
    return min(numbers)


# %% right="sorted in place, a float, other names, a warning"
import warnings


def fewest_handed_on(p, ok, goal):
    if goal > 0.9:
        warnings.warn("that is much to ask", stacklevel=2)
    rows = np.stack([p, ok], axis=1)
    rows = rows[rows[:, 0].argsort()]
    p.sort()
    return float(next(k for k in range(len(p)) if rows[k:, 1].mean() >= goal))


# %% wrong="how many are kept" loses={"handed-on-number": "kept"}
def fewest_handed_on(confidence, right, wanted):
    shares = np.cumsum(right[np.argsort(-confidence)]) / np.arange(1, len(right) + 1)
    return np.flatnonzero(shares >= wanted).max() + 1


# %% [raw] wrong="a share" loses={"handed-on-number": "a_share"}
# -             return handed_on
# +             return handed_on / len(right)

# %% [raw] wrong="more than wanted" loses={"handed-on-number": "more_than"}
# -         if from_most_doubt[handed_on:].mean() >= wanted:
# +         if from_most_doubt[handed_on:].mean() > wanted:

# %% [raw] wrong="the largest number that will do" loses={"handed-on-number": "the_largest"}
# -     for handed_on in range(len(right)):
# +     for handed_on in reversed(range(len(right))):

# %% wrong="kept from the surest on until the share falls" loses={"handed-on-number": "first_below"}
def fewest_handed_on(confidence, right, wanted):
    from_least_doubt = right[np.argsort(-confidence)]
    kept = 1
    while kept < len(right) and from_least_doubt[: kept + 1].mean() >= wanted:
        kept += 1
    return len(right) - kept


# %% [raw] wrong="what is handed on counts as right" loses={"handed-on-number": "counted_as_right"}
# -         if from_most_doubt[handed_on:].mean() >= wanted:
# +         if (from_most_doubt[handed_on:].sum() + handed_on) / len(right) >= wanted:

# %% wrong="the wrong ones handed on" loses={"handed-on-number": "other_answers"}
def fewest_handed_on(confidence, right, wanted):
    wrong = (~right).sum()
    kept = np.floor(right.sum() / wanted)
    return int(max(0, min(wrong, len(right) - kept)))


# %% wrong="a threshold on the confidence" loses={"handed-on-number": "other_answers"}
def fewest_handed_on(confidence, right, wanted):
    return int((confidence < wanted).sum())


# %% [raw] wrong="printed, not returned" loses={"handed-on-number": "no_number"}
# -             return handed_on
# +             print(handed_on)
# +             break

# %% wrong="not written" loses={"handed-on-number": "unwritten"}
def fewest_handed_on(confidence, right, wanted):
    """The smallest number to hand on, so that enough of the rest is right."""
    raise NotImplementedError()
