# %% [markdown]
# Answers to the item `paired`.

# %% right="a merge and ttest_rel"
def paired_difference(trials, rate, baseline=0.0):
    a, b = trials[trials.rate == rate], trials[trials.rate == baseline]
    both = a.merge(b, on="seed")
    test = stats.ttest_rel(both.test_accuracy_x, both.test_accuracy_y)
    interval = test.confidence_interval()
    effect = (both.test_accuracy_x - both.test_accuracy_y).mean()
    return np.array([effect, interval.low, interval.high])


def verdict(trials, rate):
    effect, low, high = paired_difference(trials, rate)
    if low <= 0 <= high:
        return "cannot be told apart"
    return {1.0: "better", -1.0: "worse"}[np.sign(effect)]


# %% right="sorted by seed, in place"
def paired_difference(trials, rate, baseline=0.0):
    trials.sort_values("seed", inplace=True)
    a = trials.loc[trials["rate"].eq(rate), "test_accuracy"].tolist()
    b = trials.loc[trials["rate"].eq(baseline), "test_accuracy"].tolist()
    difference = [x - y for x, y in zip(a, b, strict=True)]
    n, effect = len(difference), np.mean(difference)
    half = stats.t.ppf(0.975, n - 1) * np.std(difference, ddof=1) / np.sqrt(n)
    return [effect, effect - half, effect + half]


def verdict(trials, rate):
    low, high = paired_difference(trials, rate)[1:]
    return "better" if low > 0 else "worse" if high < 0 else "cannot be told apart"


# %% right="plain Python and the statistics module"
from statistics import fmean, stdev


def paired_difference(trials, rate, baseline=0.0):
    accuracy = {(row.rate, row.seed): row.test_accuracy for row in trials.itertuples()}
    seeds = {seed for _, seed in accuracy}
    difference = [accuracy[rate, seed] - accuracy[baseline, seed] for seed in seeds]
    effect = fmean(difference)
    factor = -stats.t.ppf(0.025, df=len(seeds) - 1)
    half = factor * stdev(difference) / len(seeds) ** 0.5
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    names = {(True, True): "better", (False, False): "worse"}
    return names.get((low > 0, high >= 0), "cannot be told apart")


# %% right="ttest_1samp, and the verdict from the probability"
from typing import NamedTuple


class Difference(NamedTuple):
    effect: float
    low: float
    high: float


def differences(trials, rate, baseline):
    by_seed = trials.set_index(["rate", "seed"])["test_accuracy"].sort_index()
    return by_seed.loc[rate] - by_seed.loc[baseline]


def paired_difference(trials: pd.DataFrame, rate: float, baseline: float = 0.0) -> Difference:
    """Effect and 95 % interval, paired by seed."""
    difference = differences(trials, rate, baseline)
    interval = stats.ttest_1samp(difference, 0).confidence_interval(0.95)
    return Difference(difference.mean(), interval.low, interval.high)


def verdict(trials: pd.DataFrame, rate: float) -> str:
    test = stats.ttest_1samp(differences(trials, rate, 0.0), 0)
    if test.pvalue >= 0.05:
        return "cannot be told apart"
    return "better" if test.statistic > 0 else "worse"


# %% right="scipy's t.interval, with a warning"
import warnings


def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot_table(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate].sub(table[baseline]).to_numpy()
    if len(difference) < 10:
        warnings.warn(f"only {len(difference)} seeds", stacklevel=2)
    low, high = stats.t.interval(
        0.95, df=len(difference) - 1, loc=difference.mean(), scale=stats.sem(difference)
    )
    return difference.mean(), low, high


def verdict(trials, rate):
    match paired_difference(trials, rate):
        case (_, low, _) if low > 0:
            return "better"
        case (_, _, high) if high < 0:
            return "worse"
        case _:
            return "cannot be told apart"


# %% right="each seed in a loop, with a progress bar"
from tqdm.auto import tqdm


def paired_difference(trials, rate, baseline=0.0):
    difference = []
    for seed in tqdm(sorted(trials["seed"].unique()), leave=False):
        of_seed = trials[trials["seed"] == seed]
        at_rate = of_seed.loc[np.isclose(of_seed["rate"], rate), "test_accuracy"].item()
        at_baseline = of_seed.loc[np.isclose(of_seed["rate"], baseline), "test_accuracy"].item()
        difference.append(at_rate - at_baseline)
    n = len(difference)
    effect = sum(difference) / n
    variance = sum((value - effect) ** 2 for value in difference) / (n - 1)
    half = stats.t(n - 1).isf(0.025) * (variance / n) ** 0.5
    return effect, effect - half, effect + half


def verdict(trials, rate):
    effect, low, _ = paired_difference(trials, rate)
    if abs(effect) <= effect - low:
        return "cannot be told apart"
    return ("worse", "better")[int(effect > 0)]


# %% right="unstacked, timed"
def paired_difference(trials, rate, baseline=0.0):
    table = trials.set_index(["seed", "rate"])["test_accuracy"].unstack("rate")
    summary = (table[rate] - table[baseline]).agg(["mean", "sem", "count"])
    margin = summary["sem"] * stats.t.ppf(0.975, summary["count"] - 1)
    return tuple(summary["mean"] + sign * margin for sign in (0, -1, 1))


VERDICTS = ["worse", "cannot be told apart", "better"]
verdict = lambda trials, rate: VERDICTS[
    1 + int(sum(np.sign(paired_difference(trials, rate)[1:])) / 2)
]

%timeit -n 1 -r 1 paired_difference(trials, 0.5)
print({rate: verdict(trials, rate) for rate in (0.2, 0.5, 0.8)})


# %% [raw] wrong="independent groups" loses={"paired-interval": "unpaired", "paired-verdict": "too_wide"}
# -     table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
# -     difference = table[rate] - table[baseline]
# -     effect = difference.mean()
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     a, b = (trials.loc[trials.rate == r, "test_accuracy"] for r in (rate, baseline))
# +     interval = stats.ttest_ind(a, b).confidence_interval()
# +     return a.mean() - b.mean(), interval.low, interval.high

# %% [raw] wrong="paired by row" loses={"paired-interval": "paired_by_row", "paired-verdict": "too_wide"}
# -     table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
# -     difference = table[rate] - table[baseline]
# +     a, b = (trials.loc[trials.rate == r, "test_accuracy"].to_numpy() for r in (rate, baseline))
# +     difference = a - b
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="paired by index" loses={"paired-effect": "no_number", "paired-interval": "no_number", "paired-verdict": "always_the_same"}
# -     table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
# -     difference = table[rate] - table[baseline]
# +     a, b = (trials.loc[trials.rate == r, "test_accuracy"] for r in (rate, baseline))
# +     difference = a - b
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="the factor of the normal distribution" loses={"paired-interval": "normal"}
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     half = 1.96 * stats.sem(difference)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="no factor" loses={"paired-interval": "no_factor"}
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     half = stats.sem(difference)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="one tail" loses={"paired-interval": "one_tail"}
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     half = stats.t.ppf(0.95, len(difference) - 1) * stats.sem(difference)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="the spread of single differences" loses={"paired-interval": "of_single", "paired-verdict": "too_wide"}
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     half = stats.t.ppf(0.975, len(difference) - 1) * difference.std()
# +     return effect, effect - half, effect + half

# %% [raw] wrong="the standard deviation divides by n" loses={"paired-interval": "divided_by_n"}
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     spread = np.std(difference.to_numpy())
# +     half = stats.t.ppf(0.975, len(difference) - 1) * spread / np.sqrt(len(difference))
# +     return effect, effect - half, effect + half

# %% [raw] wrong="n degrees of freedom" loses={"paired-interval": "other_width"}
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     half = stats.t.ppf(0.975, len(difference)) * stats.sem(difference)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="seeds 0 to 5 are assumed" loses={"paired-effect": "crash", "paired-interval": "crash", "paired-verdict": "crash"}
# -     difference = table[rate] - table[baseline]
# +     difference = np.array([table[rate][seed] - table[baseline][seed] for seed in range(6)])
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="a 99 % interval" loses={"paired-interval": "other_width", "paired-verdict": "too_wide"}
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     half = stats.t.ppf(0.995, len(difference) - 1) * stats.sem(difference)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="the smallest and the largest difference" loses={"paired-interval": "off_middle"}
# -     effect = difference.mean()
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     return difference.mean(), difference.min(), difference.max()

# %% [raw] wrong="the ends exchanged" loses={"paired-interval": "other_width", "paired-verdict": "too_narrow"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect + half, effect - half

# %% [raw] wrong="the half width in place of the ends" loses={"paired-interval": "off_middle", "paired-verdict": "always_the_same"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, -half, half

# %% [raw] wrong="the difference the other way round" loses={"paired-effect": "other_way", "paired-interval": "off_middle", "paired-verdict": "other_way"}
# -     difference = table[rate] - table[baseline]
# +     difference = table[rate] - table[baseline]
# +     difference = -difference
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="per cent" loses={"paired-effect": "points", "paired-interval": "off_middle"}
# -     difference = table[rate] - table[baseline]
# +     difference = table[rate] - table[baseline]
# +     difference = 100 * difference
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="the median" loses={"paired-effect": "other_rows", "paired-interval": "off_middle"}
# -     effect = difference.mean()
# +     effect = difference.median()
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="baseline is ignored" loses={"paired-effect": "no_baseline", "paired-interval": "off_middle"}
# -     difference = table[rate] - table[baseline]
# +     difference = table[rate] - table[0.0]
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="rate is ignored" loses={"paired-effect": "other_rows", "paired-interval": "off_middle", "paired-verdict": "always_the_same"}
# -     difference = table[rate] - table[baseline]
# +     difference = table[0.5] - table[baseline]
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="the effect alone" loses={"paired-effect": "no_tuple", "paired-interval": "no_tuple", "paired-verdict": "crash"}
# -     effect = difference.mean()
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     return difference.mean()

# %% [raw] wrong="three times None" loses={"paired-effect": "no_number", "paired-interval": "no_number", "paired-verdict": "crash"}
# -     table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
# -     difference = table[rate] - table[baseline]
# -     effect = difference.mean()
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     effect = low = high = None
# +     return effect, low, high

# %% [raw] wrong="the interval is printed" loses={"paired-effect": "no_tuple", "paired-interval": "no_tuple", "paired-verdict": "crash"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     print(effect, effect - half, effect + half)

# %% [raw] wrong="a column that does not exist" loses={"paired-effect": "crash", "paired-interval": "crash", "paired-verdict": "crash"}
# -     table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
# +     table = trials.pivot(index="seed", columns="rate", values="accuracy")
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="the sign of the effect decides" loses={"paired-verdict": "too_narrow"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half
# -     _, low, high = paired_difference(trials, rate)
# -     if low > 0:
# -         return "better"
# -     return "worse" if high < 0 else "cannot be told apart"
# +     effect, _, _ = paired_difference(trials, rate)
# +     return "better" if effect > 0 else "worse"

# %% [raw] wrong="a verdict the other way round" loses={"paired-verdict": "other_way"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half
# -         return "better"
# -     return "worse" if high < 0 else "cannot be told apart"
# +         return "worse"
# +     return "better" if high < 0 else "cannot be told apart"

# %% [raw] wrong="a capital letter" loses={"paired-verdict": "other_words"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half
# -         return "better"
# -     return "worse" if high < 0 else "cannot be told apart"
# +         return "Better"
# +     return "Worse" if high < 0 else "Cannot be told apart"

# %% [raw] wrong="no verdict where the interval contains 0" loses={"paired-verdict": "other_words"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half
# -     return "worse" if high < 0 else "cannot be told apart"
# +     if high < 0:
# +         return "worse"

# %% [raw] wrong="the verdict is not written" loses={"paired-verdict": "unwritten"}
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half
# -     _, low, high = paired_difference(trials, rate)
# -     if low > 0:
# -         return "better"
# -     return "worse" if high < 0 else "cannot be told apart"
# +     raise NotImplementedError()

# %% wrong="not written" loses={"paired-effect": "unwritten", "paired-interval": "unwritten", "paired-verdict": "unwritten"}
def paired_difference(trials, rate, baseline=0.0):
    """Effect of `rate` against `baseline` and its 95 % interval: (effect, low, high)."""
    raise NotImplementedError()


def verdict(trials, rate):
    """ "better", "worse" or "cannot be told apart", against rate 0."""
    raise NotImplementedError()


# %% [raw] wrong="another name" loses={"paired-effect": "missing", "paired-interval": "missing", "paired-verdict": "missing"}
# - def paired_difference(trials, rate, baseline=0.0):
# + def difference(trials, rate, baseline=0.0):
# -     return float(effect), float(effect - half), float(effect + half)
# +     return effect, effect - half, effect + half

# %% [raw] wrong="a syntax error" loses={"paired-effect": "error", "paired-interval": "error", "paired-verdict": "error"}
# -     """Effect of `rate` against `baseline` and its 95 % interval: (effect, low, high)."""
#
# -     half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
# -     return float(effect), float(effect - half), float(effect + half)
# +     half = stats.t.ppf(0.975, len(difference) - 1 * stats.sem(difference)
# +     return effect, effect - half, effect + half
# -     """ "better", "worse" or "cannot be told apart", against rate 0."""
