# %% [markdown]
# Answers to the item `handed-on`.

# %% right="with cumulative sums"
def fewest_handed_on(confidence, right, wanted):
    kept = np.arange(1, len(right) + 1)
    shares = np.cumsum(right[np.argsort(confidence)[::-1]]) / kept
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
def fewest_handed_on(confidence, right, wanted):
    """Hands on the one with the most doubt until enough is right."""
    if right.mean() >= wanted:
        return 0
    rest = confidence > confidence.min()
    return 1 + fewest_handed_on(confidence[rest], right[rest], wanted)


# %% right="sorted in place, a float, other names, a warning"
import warnings


def fewest_handed_on(p, ok, goal):
    warnings.warn(f"{goal} is asked for", stacklevel=2)
    ok = ok[p.argsort()]
    p.sort()
    return float(next(k for k in range(len(p)) if ok[k:].mean() >= goal))


# %% [raw] wrong="how many are kept" loses={"handed-on-number": "kept"}
# - return handed_on
# + return len(right) - handed_on

# %% [raw] wrong="a share" loses={"handed-on-number": "a_share"}
# - return handed_on
# + return handed_on / len(right)

# %% [raw] wrong="more than wanted" loses={"handed-on-number": "more_than"}
# - >= wanted
# + > wanted

# %% [raw] wrong="the largest number that will do" loses={"handed-on-number": "the_largest"}
# - range(len(right))
# + reversed(range(len(right)))

# %% wrong="kept from the surest on until the share falls" loses={"handed-on-number": "first_below"}
def fewest_handed_on(confidence, right, wanted):
    from_least_doubt, kept = right[np.argsort(-confidence)], 1
    while kept < len(right) and from_least_doubt[: kept + 1].mean() >= wanted:
        kept += 1
    return len(right) - kept


# %% [raw] wrong="what is handed on counts as right" loses={"handed-on-number": "counted_as_right"}
# - from_most_doubt[handed_on:].mean()
# + (from_most_doubt[handed_on:].sum() + handed_on) / len(right)

# %% [raw] wrong="the wrong ones handed on" loses={"handed-on-number": "other_answers"}
# - right[np.argsort(confidence)]
# + np.sort(right)

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
