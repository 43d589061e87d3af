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

# %% wrong="independent groups" loses=["paired-interval", "paired-verdict"] says=["independent groups", "not paired"]
def paired_difference(trials, rate, baseline=0.0):
    a, b = (trials.loc[trials.rate == r, "test_accuracy"] for r in (rate, baseline))
    interval = stats.ttest_ind(a, b).confidence_interval()
    return a.mean() - b.mean(), interval.low, interval.high


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="paired by row" loses=["paired-interval", "paired-verdict"] says=["order in which they stand"]
def paired_difference(trials, rate, baseline=0.0):
    a, b = (trials.loc[trials.rate == r, "test_accuracy"].to_numpy() for r in (rate, baseline))
    difference = a - b
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="paired by index" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["one finite number"]
def paired_difference(trials, rate, baseline=0.0):
    a, b = (trials.loc[trials.rate == r, "test_accuracy"] for r in (rate, baseline))
    difference = a - b
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the factor of the normal distribution" loses=["paired-interval"] says=["normal distribution"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = 1.96 * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="no factor" loses=["paired-interval"] says=["without the t factor"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="one tail" loses=["paired-interval"] says=["90 % interval"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.95, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the spread of single differences" loses=["paired-interval", "paired-verdict"] says=["single differences"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * difference.std()
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the standard deviation divides by n" loses=["paired-interval"] says=["divides by n"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    spread = np.std(difference.to_numpy())
    half = stats.t.ppf(0.975, len(difference) - 1) * spread / np.sqrt(len(difference))
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="n degrees of freedom" loses=["paired-interval"] says=["another spread, factor or number of seeds"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference)) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="six seeds are assumed" loses=["paired-interval"] says=["number of seeds is used"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, 5) * difference.std() / np.sqrt(6)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="seeds 0 to 5 are assumed" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["KeyError"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = np.array([table[rate][seed] - table[baseline][seed] for seed in range(6)])
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="a 99 % interval" loses=["paired-interval", "paired-verdict"] says=["another spread, factor"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.995, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the smallest and the largest difference" loses=["paired-interval"] says=["which is its middle"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    return difference.mean(), difference.min(), difference.max()


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the ends exchanged" loses=["paired-interval", "paired-verdict"] says=["the ends are swapped"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect + half, effect - half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the half width in place of the ends" loses=["paired-interval", "paired-verdict"] says=["low and high are the 95 % t interval"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, -half, half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the difference the other way round" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["other way round"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    difference = -difference
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="per cent" loses=["paired-effect", "paired-interval"] says=["percentage"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    difference = 100 * difference
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="relative to the baseline" loses=["paired-effect", "paired-interval"] says=["other rows are averaged"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    difference = difference / table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the median" loses=["paired-effect", "paired-interval"] says=["the effect is the mean difference"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.median()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="baseline is ignored" loses=["paired-effect", "paired-interval"] says=["`baseline` is not used"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[0.0]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="rate is ignored" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["other rows are averaged"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[0.5] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the mean accuracy in place of a difference" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["for rate 0.2 against 0.0"]
def paired_difference(trials, rate, baseline=0.0):
    accuracies = trials.loc[trials.rate == rate, "test_accuracy"]
    effect = accuracies.mean()
    half = stats.t.ppf(0.975, len(accuracies) - 1) * stats.sem(accuracies)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="against all other rates" loses=["paired-effect", "paired-interval"] says=["other rows are averaged"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table.drop(columns=rate).mean(axis=1)
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the effect alone" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["a tuple (effect, low, high)"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    return difference.mean()


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="a dict" loses=["paired-effect", "paired-interval"] says=["a tuple (effect, low, high)"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return {"effect": effect, "low": effect - half, "high": effect + half}


def verdict(trials, rate):
    found = paired_difference(trials, rate)
    if found["low"] > 0:
        return "better"
    return "worse" if found["high"] < 0 else "cannot be told apart"


# %% wrong="three times None" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["one finite number"]
def paired_difference(trials, rate, baseline=0.0):
    effect = low = high = None
    return effect, low, high


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the interval is printed" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["found:    None"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    print(effect, effect - half, effect + half)


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the argument baseline left out" loses=["paired-effect", "paired-interval"] says=["TypeError"]
def paired_difference(trials, rate):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[0.0]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="a column that does not exist" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["KeyError"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="the sign of the effect decides" loses=["paired-verdict"] says=["sign of the effect alone"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    effect, _, _ = paired_difference(trials, rate)
    return "better" if effect > 0 else "worse"


# %% wrong="a verdict the other way round" loses=["paired-verdict"] says=["other way round"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "worse"
    return "better" if high < 0 else "cannot be told apart"


# %% wrong="the verdict of independent groups" loses=["paired-verdict"] says=["not paired"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    a, b = (trials.loc[trials.rate == r, "test_accuracy"] for r in (rate, 0.0))
    test = stats.ttest_ind(a, b)
    if test.pvalue >= 0.05:
        return "cannot be told apart"
    return "better" if test.statistic > 0 else "worse"


# %% wrong="intervals of the two rates that overlap" loses=["paired-verdict"] says=["the interval is too wide"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    ends = []
    for one in (rate, 0.0):
        accuracies = trials.loc[trials.rate == one, "test_accuracy"]
        half = stats.t.ppf(0.975, len(accuracies) - 1) * stats.sem(accuracies)
        ends.append((accuracies.mean() - half, accuracies.mean() + half))
    (low, high), (baseline_low, baseline_high) = ends
    if low > baseline_high:
        return "better"
    return "worse" if high < baseline_low else "cannot be told apart"


# %% wrong="the best run decides" loses=["paired-verdict"] says=["whatever its uncertainty"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    best = trials.groupby("rate")["test_accuracy"].max()
    if best[rate] == best[0.0]:
        return "cannot be told apart"
    return "better" if best[rate] > best[0.0] else "worse"


# %% wrong="one standard error decides" loses=["paired-verdict"] says=["sign of the effect alone"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[0.0]
    if abs(difference.mean()) < stats.sem(difference):
        return "cannot be told apart"
    return "better" if difference.mean() > 0 else "worse"


# %% wrong="a probability below 10 % decides" loses=["paired-verdict"] says=["narrower than the one of 95 %"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    test = stats.ttest_rel(table[rate], table[0.0])
    if test.pvalue >= 0.1:
        return "cannot be told apart"
    return "better" if test.statistic > 0 else "worse"


# %% wrong="a probability below 1 % decides" loses=["paired-verdict"] says=["the interval is too wide"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    test = stats.ttest_rel(table[rate], table[0.0])
    if test.pvalue >= 0.01:
        return "cannot be told apart"
    return "better" if test.statistic > 0 else "worse"


# %% wrong="a fixed margin of one point" loses=["paired-verdict"] says=["a fixed margin is used"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    effect, _, _ = paired_difference(trials, rate)
    if abs(effect) < 0.01:
        return "cannot be told apart"
    return "better" if effect > 0 else "worse"


# %% wrong="the high end alone decides" loses=["paired-verdict"] says=["the verdict follows from the paired 95 % interval"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, _, high = paired_difference(trials, rate)
    return "better" if high > 0 else "worse"


# %% wrong="always the same verdict" loses=["paired-verdict"] says=["the same for every interval"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    return "better"


# %% wrong="a capital letter" loses=["paired-verdict"] says=["not written exactly"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "Better"
    return "Worse" if high < 0 else "Cannot be told apart"


# %% wrong="other words" loses=["paired-verdict"] says=["one of better, worse, cannot be told apart"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "significantly better"
    return "significantly worse" if high < 0 else "not distinguishable"


# %% wrong="a list with a verdict" loses=["paired-verdict"] says=["a list of length 1"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    return ["better"] if low > 0 else ["worse"] if high < 0 else ["cannot be told apart"]


# %% wrong="no verdict where the interval contains 0" loses=["paired-verdict"] says=["found:    None"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    if high < 0:
        return "worse"


# %% wrong="the verdict is printed" loses=["paired-verdict"] says=["found:    None"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    print("better" if low > 0 else "worse" if high < 0 else "cannot be told apart")


# %% wrong="the verdict is not written" loses=["paired-verdict"] says=["not written yet"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    """ "better", "worse" or "cannot be told apart", against rate 0."""
    raise NotImplementedError()


# %% wrong="not written" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["not written yet"]
def paired_difference(trials, rate, baseline=0.0):
    """Effect of `rate` against `baseline` and its 95 % interval: (effect, low, high)."""
    raise NotImplementedError()


def verdict(trials, rate):
    """ "better", "worse" or "cannot be told apart", against rate 0."""
    raise NotImplementedError()


# %% wrong="another name" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["name 'paired_difference' is not defined"]
def difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"


# %% wrong="a syntax error" loses=["paired-effect", "paired-interval", "paired-verdict"] says=["is not defined"]
def paired_difference(trials, rate, baseline=0.0):
    table = trials.pivot(index="seed", columns="rate", values="test_accuracy")
    difference = table[rate] - table[baseline]
    effect = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1 * stats.sem(difference)
    return effect, effect - half, effect + half


def verdict(trials, rate):
    _, low, high = paired_difference(trials, rate)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "cannot be told apart"
