# %% [markdown]
# Answers to the item `intervals`.

# %% right="numbers typed in, with four digits"
intervals = {"one": (0.0210, -0.0170, 0.0590), "two": (0.0064, 0.0027, 0.0101)}

# %% right="with ttest_rel on sorted rows, as lists"
from scipy import stats

intervals = {}
for name in ("one", "two"):
    rows = SWEEPS[name].sort_values("seed")
    with_dropout, without = (rows.loc[rows["rate"] == k, "test_accuracy"] for k in (0.5, 0.0))
    test = stats.ttest_rel(with_dropout, without)
    effect = with_dropout.mean() - without.mean()
    intervals[name] = [effect, *test.confidence_interval(0.95)]

# %% [raw] right="arrays of float32"
# - (found.effect, found.low, found.high)
# + np.array([found.effect, found.low, found.high], np.float32)

# %% [raw] right="rounded to four digits, further keys, sides exchanged twice, with a warning"
# - intervals = {}
# + import warnings
# + from collections import OrderedDict
# +
# + warnings.warn("five seeds are few", stacklevel=1)
# + intervals = OrderedDict(measure="test_accuracy")
# - {"rate": 0.0}, {"rate": 0.5}
# + {"rate": 0.5}, {"rate": 0.0}
# - (found.effect, found.low, found.high)
# + tuple(round(-value, 4) for value in (found.effect, found.high, found.low))

# %% [raw] wrong="independent groups" loses={"intervals-one": "unpaired", "intervals-two": "unpaired"}
# - intervals = {}
# + from scipy import stats
# +
# + intervals = {}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     groups = (sweep.loc[sweep["rate"] == rate, "test_accuracy"] for rate in (0.5, 0.0))
# +     intervals[name] = (found.effect, *stats.ttest_ind(*groups).confidence_interval())

# %% wrong="independent groups, rounded to four digits" loses={"intervals-one": "unpaired", "intervals-two": "unpaired"}
intervals = {"one": (0.0210, -0.0261, 0.0681), "two": (0.0064, -0.0130, 0.0258)}

# %% [raw] wrong="paired in the order of the rows" loses={"intervals-one": "paired_by_row", "intervals-two": "paired_by_row"}
# -     found = paired_difference(sweep
# +     rows = sweep.assign(seed=sweep.groupby("rate").cumcount())
# +     found = paired_difference(rows

# %% [raw] wrong="the other way round" loses={"intervals-one": "other_way", "intervals-two": "other_way"}
# - {"rate": 0.0}, {"rate": 0.5}
# + {"rate": 0.5}, {"rate": 0.0}

# %% [raw] wrong="percentage points" loses={"intervals-one": "points", "intervals-two": "points"}
# - {"rate": 0.5})
# + {"rate": 0.5}).in_points()

# %% [raw] wrong="a 90 % interval" loses={"intervals-one": "one_tail", "intervals-two": "one_tail"}
# - {"rate": 0.5})
# + {"rate": 0.5}, 0.90)

# %% [raw] wrong="a 99 % interval" loses={"intervals-one": "other_width", "intervals-two": "other_width"}
# - {"rate": 0.5})
# + {"rate": 0.5}, 0.99)

# %% [raw] wrong="the factor of the normal distribution" loses={"intervals-one": "normal", "intervals-two": "normal"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     half = 1.96 * found.seeds_error
# +     intervals[name] = (found.effect, found.effect - half, found.effect + half)

# %% [raw] wrong="the spread of single differences" loses={"intervals-one": "of_single", "intervals-two": "of_single"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     half = (found.high - found.effect) * found.seeds**0.5
# +     intervals[name] = (found.effect, found.effect - half, found.effect + half)

# %% [raw] wrong="NumPy's standard deviation" loses={"intervals-one": "divided_by_n", "intervals-two": "divided_by_n"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     half = (found.high - found.effect) * (1 - 1 / found.seeds) ** 0.5
# +     intervals[name] = (found.effect, found.effect - half, found.effect + half)

# %% [raw] wrong="one standard error" loses={"intervals-one": "no_factor", "intervals-two": "no_factor"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     half = found.seeds_error
# +     intervals[name] = (found.effect, found.effect - half, found.effect + half)

# %% [raw] wrong="validation accuracy" loses={"intervals-one": "other_rows", "intervals-two": "other_rows"}
# - test_accuracy
# + validation_accuracy

# %% wrong="the two sweeps exchanged" loses={"intervals-one": "other_rows", "intervals-two": "other_rows"}
intervals = {"one": (0.0064, 0.0027, 0.0101), "two": (0.0210, -0.0170, 0.0590)}

# %% [raw] wrong="low and high exchanged" loses={"intervals-one": "swapped", "intervals-two": "swapped"}
# - found.low, found.high
# + found.high, found.low

# %% [raw] wrong="low, effect, high" loses={"intervals-one": "other_order", "intervals-two": "other_order"}
# - found.effect, found.low
# + found.low, found.effect

# %% [raw] wrong="effect and half width" loses={"intervals-one": "no_tuple", "intervals-two": "no_tuple"}
# - found.low, found.high
# + found.high - found.effect

# %% [raw] wrong="the object that holds the numbers" loses={"intervals-one": "no_tuple", "intervals-two": "no_tuple"}
# - (found.effect, found.low, found.high)
# + found

# %% [raw] wrong="text" loses={"intervals-one": "no_number", "intervals-two": "no_number"}
# - (found.effect, found.low, found.high)
# + [f"{value:.4f}" for value in (found.effect, found.low, found.high)]

# %% wrong="rounded to two digits" loses={"intervals-one": "rounded", "intervals-two": "rounded"}
intervals = {"one": (0.02, -0.02, 0.06), "two": (0.01, 0.00, 0.01)}

# %% [raw] wrong="sweep two only" loses={"intervals-one": "no_key"}
# -     intervals[name]
# +     intervals = {}
# +     intervals[name]

# %% wrong="sweep one only" loses={"intervals-two": "no_key"}
intervals = {"one": (0.0210, -0.0170, 0.0590)}

# %% wrong="a list" loses={"intervals-one": "no_key", "intervals-two": "no_key"}
intervals = [(0.0210, -0.0170, 0.0590), (0.0064, 0.0027, 0.0101)]

# %% [raw] wrong="printed, not kept" loses={"intervals-one": "missing", "intervals-two": "missing"}
# - intervals = {}
#
# -     intervals[name] = (found.effect, found.low, found.high)
# +     print(name, found)

# %% [raw] wrong="a syntax error" loses={"intervals-one": "error", "intervals-two": "error"}
# - SWEEPS.items():
# + SWEEPS.items()

# %% wrong="not written" loses={"intervals-one": "error", "intervals-two": "error"}
raise NotImplementedError()
