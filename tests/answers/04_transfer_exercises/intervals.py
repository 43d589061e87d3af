# %% [markdown]
# Answers to the item `intervals`.

# %% right="numbers typed in, with four digits"
intervals = {"one": (0.0210, -0.0170, 0.0590), "two": (0.0064, 0.0027, 0.0101)}

# %% right="with ttest_rel on sorted rows"
from scipy import stats

intervals = {}
for name in ("one", "two"):
    rows = SWEEPS[name].sort_values("seed")
    with_dropout = rows.loc[rows["rate"] == 0.5, "test_accuracy"].to_numpy()
    without = rows.loc[rows["rate"] == 0.0, "test_accuracy"].to_numpy()
    test = stats.ttest_rel(with_dropout, without)
    ends = test.confidence_interval(0.95)
    intervals[name] = [np.mean(with_dropout - without), ends.low, ends.high]

# %% right="by the formula, from a pivot table, as arrays"
from scipy.stats import t


def interval_of(sweep):
    """Mean and t interval of the differences between the columns of a pivot table."""
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    mean, n = difference.mean(), len(difference)
    half = t.ppf(0.975, n - 1) * difference.std() / np.sqrt(n)
    return np.array([mean, mean - half, mean + half])


intervals = {name: interval_of(sweep) for name, sweep in SWEEPS.items()}


# %% right="rounded to four digits, with further keys"
intervals = {"measure": "test_accuracy"}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = tuple(round(value, 4) for value in (found.effect, found.low, found.high))

# %% right="float32 numbers, with a progress bar"
from dataclasses import astuple

from tqdm import tqdm

intervals = {}
for name in tqdm(SWEEPS):
    found = paired_difference(SWEEPS[name], "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = tuple(np.float32(value) for value in astuple(found)[:3])

# %% right="merged tables and an attribute getter, with a table displayed"
from operator import attrgetter

parts = attrgetter("effect", "low", "high")
first = paired_difference(SWEEPS["one"], "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
second = paired_difference(SWEEPS["two"], "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
intervals = dict(one=parts(first), two=parts(second))
pd.DataFrame(intervals)

# %% right="an ordered dict, sides exchanged twice, with a warning"
import warnings
from collections import OrderedDict

warnings.warn("five seeds are few", stacklevel=1)
intervals = OrderedDict()
for name, sweep in SWEEPS.items():
    less = paired_difference(sweep, "test_accuracy", {"rate": 0.5}, {"rate": 0.0})
    intervals[name] = (-less.effect, -less.high, -less.low)

# %% wrong="independent groups" loses={"intervals-one": "unpaired", "intervals-two": "unpaired"}
from scipy import stats

intervals = {}
for name, sweep in SWEEPS.items():
    groups = {rate: rows["test_accuracy"] for rate, rows in sweep.groupby("rate")}
    ends = stats.ttest_ind(groups[0.5], groups[0.0]).confidence_interval(0.95)
    intervals[name] = (groups[0.5].mean() - groups[0.0].mean(), ends.low, ends.high)

# %% wrong="independent groups, rounded to four digits" loses={"intervals-one": "unpaired", "intervals-two": "unpaired"}
intervals = {"one": (0.0210, -0.0261, 0.0681), "two": (0.0064, -0.0130, 0.0258)}

# %% wrong="paired in the order of the rows" loses={"intervals-one": "paired_by_row", "intervals-two": "paired_by_row"}
from course_utils.statistics import t_interval

intervals = {}
for name, sweep in SWEEPS.items():
    with_dropout = sweep[sweep["rate"] == 0.5]["test_accuracy"].to_numpy()
    without = sweep[sweep["rate"] == 0.0]["test_accuracy"].to_numpy()
    difference = with_dropout - without
    intervals[name] = (difference.mean(), *t_interval(difference))

# %% [raw] wrong="the other way round" loses={"intervals-one": "other_way", "intervals-two": "other_way"}
# -     found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
# +     found = paired_difference(sweep, "test_accuracy", {"rate": 0.5}, {"rate": 0.0})

# %% [raw] wrong="percentage points" loses={"intervals-one": "points", "intervals-two": "points"}
# -     found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
# +     found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}).in_points()

# %% [raw] wrong="a 90 % interval" loses={"intervals-one": "one_tail", "intervals-two": "one_tail"}
# -     found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
# +     found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}, 0.90)

# %% [raw] wrong="a 99 % interval" loses={"intervals-one": "other_width", "intervals-two": "other_width"}
# -     found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
# +     found = paired_difference(
# +         sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}, confidence=0.99
# +     )

# %% wrong="the factor of the normal distribution" loses={"intervals-one": "normal", "intervals-two": "normal"}
intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    half = 1.96 * difference.std() / np.sqrt(len(difference))
    intervals[name] = (difference.mean(), difference.mean() - half, difference.mean() + half)

# %% wrong="the spread of single differences" loses={"intervals-one": "of_single", "intervals-two": "of_single"}
from scipy import stats

intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    half = stats.t.ppf(0.975, len(difference) - 1) * difference.std()
    intervals[name] = (difference.mean(), difference.mean() - half, difference.mean() + half)

# %% wrong="NumPy's standard deviation" loses={"intervals-one": "divided_by_n", "intervals-two": "divided_by_n"}
from scipy import stats

intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = (wide[0.5] - wide[0.0]).to_numpy()
    half = stats.t.ppf(0.975, len(difference) - 1) * np.std(difference) / len(difference) ** 0.5
    intervals[name] = (difference.mean(), difference.mean() - half, difference.mean() + half)

# %% wrong="one standard error" loses={"intervals-one": "no_factor", "intervals-two": "no_factor"}
intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    mean, error = difference.mean(), difference.sem()
    intervals[name] = (mean, mean - error, mean + error)

# %% wrong="the smallest and the largest difference" loses={"intervals-one": "other_width", "intervals-two": "other_width"}
intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    intervals[name] = (difference.mean(), difference.min(), difference.max())

# %% [raw] wrong="validation accuracy" loses={"intervals-one": "other_rows", "intervals-two": "other_rows"}
# -     found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
# +     found = paired_difference(sweep, "validation_accuracy", {"rate": 0.0}, {"rate": 0.5})

# %% wrong="the two sweeps exchanged" loses={"intervals-one": "other_rows", "intervals-two": "other_rows"}
intervals = {"one": (0.0064, 0.0027, 0.0101), "two": (0.0210, -0.0170, 0.0590)}

# %% [raw] wrong="low and high exchanged" loses={"intervals-one": "swapped", "intervals-two": "swapped"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     intervals[name] = (found.effect, found.high, found.low)

# %% [raw] wrong="low, effect, high" loses={"intervals-one": "other_order", "intervals-two": "other_order"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     intervals[name] = (found.low, found.effect, found.high)

# %% [raw] wrong="effect and half width" loses={"intervals-one": "no_tuple", "intervals-two": "no_tuple"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     intervals[name] = (found.effect, found.high - found.effect)

# %% [raw] wrong="the interval alone" loses={"intervals-one": "no_tuple", "intervals-two": "no_tuple"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     intervals[name] = (found.low, found.high)

# %% [raw] wrong="text" loses={"intervals-one": "no_number", "intervals-two": "no_number"}
# -     intervals[name] = (found.effect, found.low, found.high)
# +     intervals[name] = (f"{found.effect:.4f}", f"{found.low:.4f}", f"{found.high:.4f}")

# %% wrong="rounded to two digits" loses={"intervals-one": "rounded", "intervals-two": "rounded"}
intervals = {"one": (0.02, -0.02, 0.06), "two": (0.01, 0.00, 0.01)}

# %% wrong="sweep one only" loses={"intervals-two": "no_key"}
found = paired_difference(SWEEPS["one"], "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
intervals = {"one": (found.effect, found.low, found.high)}

# %% wrong="a list" loses={"intervals-one": "no_key", "intervals-two": "no_key"}
intervals = []
for sweep in SWEEPS.values():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals.append((found.effect, found.low, found.high))

# %% wrong="printed, not kept" loses={"intervals-one": "missing", "intervals-two": "missing"}
for name, sweep in SWEEPS.items():
    print(name, paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}))

# %% wrong="the dict of the loop made anew" loses={"intervals-one": "no_key"}
for name, sweep in SWEEPS.items():
    intervals = {}
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.effect, found.low, found.high)

# %% wrong="a syntax error" loses={"intervals-one": "error", "intervals-two": "error"}
intervals = {
    "one": (0.0210, -0.0170, 0.0590)
    "two": (0.0064, 0.0027, 0.0101)
}

# %% wrong="not written" loses={"intervals-one": "error", "intervals-two": "error"}
raise NotImplementedError()
