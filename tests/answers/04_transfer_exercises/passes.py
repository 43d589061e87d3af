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


# %% wrong="the passes of the new way not taken off" loses={"passes-saved": "not_taken_off"}
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * (train + validation) + test)


# %% wrong="no validation in the epochs" loses={"passes-saved": "no_validation"}
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * train + test) - (train + validation + test)


# %% wrong="the test in each epoch" loses={"passes-saved": "test_each_epoch"}
def passes_saved(train, validation, test, epochs, runs):
    return (runs * epochs - 1) * (train + validation + test)


# %% wrong="one run" loses={"passes-saved": "one_run"}
def passes_saved(train, validation, test, epochs, runs):
    return epochs * (train + validation) + test - (train + validation + test)


# %% wrong="features computed anew in each run" loses={"passes-saved": "anew_each_run"}
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs - 1) * (train + validation)


# %% wrong="batches of the training pictures only" loses={"passes-saved": "other_formula"}
def passes_saved(train, validation, test, epochs, runs):
    return runs * epochs * -(-train // 32)


# %% [raw] wrong="a share instead of a number" loses={"passes-saved": "other_formula"}
# -     return old - (train + validation + test)
# +     return 1 - (train + validation + test) / old

# %% [raw] wrong="both ways returned" loses={"passes-saved": "no_number"}
# -     return old - (train + validation + test)
# +     return old, train + validation + test

# %% wrong="printed, not returned" loses={"passes-saved": "no_number"}
def passes_saved(train, validation, test, epochs, runs):
    print(runs * (epochs * (train + validation) + test) - (train + validation + test))


# %% wrong="a name that is missing" loses={"passes-saved": "crash"}
def passes_saved(train, validation, test, epochs, runs):
    return runs * (epochs * (train + val) + test) - (train + val + test)


# %% [raw] wrong="not written" loses={"passes-saved": "unwritten"}
# -     old = runs * (epochs * (train + validation) + test)
# -     return old - (train + validation + test)
# +     raise NotImplementedError()

# %% wrong="a syntax error" loses={"passes-saved": "error"}
def passes_saved(train, validation, test, epochs, runs)
    return runs * (epochs * (train + validation) + test) - (train + validation + test)
