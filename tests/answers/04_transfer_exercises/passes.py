# %% [markdown]
# Answers to the item `passes`.

# %% right="collected into one product"
def passes_saved(train, validation, test, epochs, runs):
    return (train + validation) * (epochs * runs - 1) + test * (runs - 1)


# %% right="a float"
def passes_saved(train, validation, test, epochs, runs):
    old = 0.0
    for part, times in ((train, epochs), (validation, epochs), (test, 1)):
        old += part * times
    return runs * old - train - validation - test


# %% right="a NumPy integer from a dot product"
def passes_saved(train, validation, test, epochs, runs):
    """Each part times how often its pictures pass, less once."""
    parts = np.array([train, validation, test], dtype=np.int64)
    times = np.array([epochs * runs, epochs * runs, runs], dtype=np.int64)
    return np.dot(parts, times - 1)


# %% right="counted in loops"
def passes_saved(train, validation, test, epochs, runs):
    old = 0
    for _ in range(runs):
        for _ in range(epochs):
            old += train
            old += validation
        old += test
    new = train + validation + test
    return old - new


# %% right="helper functions with type hints"
def passes_of_old_way(train: int, validation: int, test: int, epochs: int, runs: int) -> int:
    def of_one_run() -> int:
        return epochs * (train + validation) + test

    return runs * of_one_run()


def passes_saved(train: int, validation: int, test: int, epochs: int, runs: int) -> int:
    new = passes_of_old_way(train, validation, test, epochs=1, runs=1)
    return passes_of_old_way(train, validation, test, epochs, runs) - new


# %% right="a recursive function"
def passes_saved(train, validation, test, epochs, runs):
    if runs == 0:
        return -(train + validation + test)
    rest = passes_saved(train, validation, test, epochs, runs - 1)
    return rest + epochs * (train + validation) + test


# %% right="a lambda, with output to stderr"
import sys

passes_saved = lambda train, validation, test, epochs, runs: (
    sum([epochs * (train + validation) + test] * runs) - sum((train, validation, test))
)
print("tried:", passes_saved(1000, 200, 300, 30, 4), file=sys.stderr)

# %% right="other names for the arguments, behind a magic"
%precision 3


def passes_saved(n_train, n_val, n_test, n_epochs, n_runs):
    return n_runs * n_epochs * (n_train + n_val) + n_runs * n_test - (n_train + n_val + n_test)


# %% wrong="the passes of the new way not taken off" loses=["passes-saved"] says=["not taken off"]
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * (train + validation) + test)


# %% wrong="no validation in the epochs" loses=["passes-saved"] says=["the validation pictures"]
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * train + test) - (train + validation + test)


# %% wrong="the test in each epoch" loses=["passes-saved"] says=["once a run, not once an epoch"]
def passes_saved(train, validation, test, epochs, runs):
    return (runs * epochs - 1) * (train + validation + test)


# %% wrong="one run" loses=["passes-saved"] says=["a sweep has several"]
def passes_saved(train, validation, test, epochs, runs):
    return epochs * (train + validation) + test - (train + validation + test)


# %% wrong="features computed anew in each run" loses=["passes-saved"] says=["anew for each run"]
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs - 1) * (train + validation)


# %% wrong="batches counted" loses=["passes-saved"] says=["batches are counted"]
def passes_saved(train, validation, test, epochs, runs):
    def batches(pictures):
        return -(-pictures // 32)

    old = runs * (epochs * (batches(train) + batches(validation)) + batches(test))
    return old - (batches(train) + batches(validation) + batches(test))


# %% wrong="batches of the training pictures only" loses=["passes-saved"] says=["batches are counted"]
def passes_saved(train, validation, test, epochs, runs):
    return runs * epochs * -(-train // 32)


# %% wrong="new way minus old way" loses=["passes-saved"] says=["another product or sum"]
def passes_saved(train, validation, test, epochs, runs):
    new = train + validation + test
    return new - runs * (epochs * (train + validation) + test)


# %% wrong="a share instead of a number" loses=["passes-saved"] says=["another product or sum"]
def passes_saved(train, validation, test, epochs, runs):
    old = runs * (epochs * (train + validation) + test)
    return 1 - (train + validation + test) / old


# %% wrong="the test once for the whole sweep" loses=["passes-saved"] says=["another product or sum"]
def passes_saved(train, validation, test, epochs, runs):
    return runs * epochs * (train + validation) + test - (train + validation + test)


# %% wrong="both ways returned" loses=["passes-saved"] says=["a collection stands where a number"]
def passes_saved(train, validation, test, epochs, runs):
    old = runs * (epochs * (train + validation) + test)
    return old, train + validation + test


# %% wrong="numbers of the first example typed in" loses=["passes-saved"] says=["another product or sum"]
def passes_saved(train, validation, test, epochs, runs):
    return 4 * (30 * (1000 + 200) + 300) - 1500


# %% wrong="printed, not returned" loses=["passes-saved"] says=["found:    None"]
def passes_saved(train, validation, test, epochs, runs):
    print(runs * (epochs * (train + validation) + test) - (train + validation + test))


# %% wrong="as text" loses=["passes-saved"] says=["is one finite number"]
def passes_saved(train, validation, test, epochs, runs):
    saved = runs * (epochs * (train + validation) + test) - (train + validation + test)
    return f"{saved:,} passes"


# %% wrong="a name that is missing" loses=["passes-saved"] says=["NameError: name 'val' is not defined"]
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * (train + val) + test) - (train + val + test)


# %% wrong="not written" loses=["passes-saved"] says=["this part is not written yet"]
def passes_saved(train, validation, test, epochs, runs):
    """How many passes of the base are saved by keeping the features."""
    raise NotImplementedError()


# %% wrong="a syntax error" loses=["passes-saved"] says=["name 'passes_saved' is not defined"]
def passes_saved(train, validation, test, epochs, runs)
    return runs * (epochs * (train + validation) + test) - (train + validation + test)
