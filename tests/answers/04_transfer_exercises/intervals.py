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

# %% wrong="independent groups" loses=["intervals-one", "intervals-two"] says=["as independent groups; the seed is not used"]
from scipy import stats

intervals = {}
for name, sweep in SWEEPS.items():
    groups = {rate: rows["test_accuracy"] for rate, rows in sweep.groupby("rate")}
    ends = stats.ttest_ind(groups[0.5], groups[0.0]).confidence_interval(0.95)
    intervals[name] = (groups[0.5].mean() - groups[0.0].mean(), ends.low, ends.high)

# %% wrong="independent groups, rounded to four digits" loses=["intervals-one", "intervals-two"] says=["as independent groups"]
intervals = {"one": (0.0210, -0.0261, 0.0681), "two": (0.0064, -0.0130, 0.0258)}

# %% wrong="paired in the order of the rows" loses=["intervals-one", "intervals-two"] says=["in the order in which they stand, not by seed"]
from course_utils.statistics import t_interval

intervals = {}
for name, sweep in SWEEPS.items():
    with_dropout = sweep[sweep["rate"] == 0.5]["test_accuracy"].to_numpy()
    without = sweep[sweep["rate"] == 0.0]["test_accuracy"].to_numpy()
    difference = with_dropout - without
    intervals[name] = (difference.mean(), *t_interval(difference))

# %% wrong="the other way round" loses=["intervals-one", "intervals-two"] says=["the other way round"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.5}, {"rate": 0.0})
    intervals[name] = (found.effect, found.low, found.high)

# %% wrong="percentage points" loses=["intervals-one", "intervals-two"] says=["percentage points are given"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}).in_points()
    intervals[name] = (found.effect, found.low, found.high)

# %% wrong="a 90 % interval" loses=["intervals-one", "intervals-two"] says=["that is a 90 % interval"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}, 0.90)
    intervals[name] = (found.effect, found.low, found.high)

# %% wrong="a 99 % interval" loses=["intervals-one", "intervals-two"] says=["another spread, factor or number of seeds"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(
        sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}, confidence=0.99
    )
    intervals[name] = (found.effect, found.low, found.high)

# %% wrong="the factor of the normal distribution" loses=["intervals-one", "intervals-two"] says=["with few seeds, t is larger"]
intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    half = 1.96 * difference.std() / np.sqrt(len(difference))
    intervals[name] = (difference.mean(), difference.mean() - half, difference.mean() + half)

# %% wrong="the spread of single differences" loses=["intervals-one", "intervals-two"] says=["not of their mean"]
from scipy import stats

intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    half = stats.t.ppf(0.975, len(difference) - 1) * difference.std()
    intervals[name] = (difference.mean(), difference.mean() - half, difference.mean() + half)

# %% wrong="NumPy's standard deviation" loses=["intervals-one", "intervals-two"] says=["divides by n, not by n - 1"]
from scipy import stats

intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = (wide[0.5] - wide[0.0]).to_numpy()
    half = stats.t.ppf(0.975, len(difference) - 1) * np.std(difference) / len(difference) ** 0.5
    intervals[name] = (difference.mean(), difference.mean() - half, difference.mean() + half)

# %% wrong="one standard error" loses=["intervals-one", "intervals-two"] says=["without the t factor"]
intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    mean, error = difference.mean(), difference.sem()
    intervals[name] = (mean, mean - error, mean + error)

# %% wrong="the smallest and the largest difference" loses=["intervals-one", "intervals-two"] says=["another spread, factor or number of seeds"]
intervals = {}
for name, sweep in SWEEPS.items():
    wide = sweep.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = wide[0.5] - wide[0.0]
    intervals[name] = (difference.mean(), difference.min(), difference.max())

# %% wrong="validation accuracy" loses=["intervals-one", "intervals-two"] says=["another measure, another sweep, or another rate"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "validation_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.effect, found.low, found.high)

# %% wrong="the two sweeps exchanged" loses=["intervals-one", "intervals-two"] says=["another measure, another sweep, or another rate"]
intervals = {"one": (0.0064, 0.0027, 0.0101), "two": (0.0210, -0.0170, 0.0590)}

# %% wrong="mean accuracies, not their difference" loses=["intervals-one", "intervals-two"] says=["other rows are compared"]
from course_utils.statistics import t_interval

intervals = {}
for name, sweep in SWEEPS.items():
    accuracies = sweep.loc[sweep["rate"] == 0.5, "test_accuracy"]
    intervals[name] = (accuracies.mean(), *t_interval(accuracies))

# %% wrong="low and high exchanged" loses=["intervals-one", "intervals-two"] says=["the ends are swapped"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.effect, found.high, found.low)

# %% wrong="low, effect, high" loses=["intervals-one", "intervals-two"] says=["the order is (effect, low, high)"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.low, found.effect, found.high)

# %% wrong="effect and half width" loses=["intervals-one", "intervals-two"] says=["a tuple (effect, low, high)"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.effect, found.high - found.effect)

# %% wrong="the interval alone" loses=["intervals-one", "intervals-two"] says=["three numbers are wanted"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.low, found.high)

# %% wrong="the object itself" loses=["intervals-one", "intervals-two"] says=["not the object that holds them"]
intervals = {
    name: paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    for name, sweep in SWEEPS.items()
}

# %% wrong="text" loses=["intervals-one", "intervals-two"] says=["effect is one finite number"]
intervals = {}
for name, sweep in SWEEPS.items():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (f"{found.effect:.4f}", f"{found.low:.4f}", f"{found.high:.4f}")

# %% wrong="rounded to two digits" loses=["intervals-one", "intervals-two"] says=["rounded to 2 digits"]
intervals = {"one": (0.02, -0.02, 0.06), "two": (0.01, 0.00, 0.01)}

# %% wrong="sweep one only" loses=["intervals-two"] says=["a dict with the key 'two'"]
found = paired_difference(SWEEPS["one"], "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
intervals = {"one": (found.effect, found.low, found.high)}

# %% wrong="a list" loses=["intervals-one", "intervals-two"] says=["a list of length 2"]
intervals = []
for sweep in SWEEPS.values():
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals.append((found.effect, found.low, found.high))

# %% wrong="printed, not kept" loses=["intervals-one", "intervals-two"] says=["name 'intervals' is not defined"]
for name, sweep in SWEEPS.items():
    print(name, paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5}))

# %% wrong="the dict of the loop made anew" loses=["intervals-one"] says=["a dict with the key 'one'"]
for name, sweep in SWEEPS.items():
    intervals = {}
    found = paired_difference(sweep, "test_accuracy", {"rate": 0.0}, {"rate": 0.5})
    intervals[name] = (found.effect, found.low, found.high)

# %% wrong="a syntax error" loses=["intervals-one", "intervals-two"] says=["name 'intervals' is not defined"]
intervals = {
    "one": (0.0210, -0.0170, 0.0590)
    "two": (0.0064, 0.0027, 0.0101)
}

# %% wrong="not written" loses=["intervals-one", "intervals-two"] says=["name 'intervals' is not defined"]
raise NotImplementedError()
