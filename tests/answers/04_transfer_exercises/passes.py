# %% [markdown]
# Answers to the item `passes`.

# %% right="collected into one product"
def passes_saved(train, validation, test, epochs, runs):
    return (train + validation) * (epochs * runs - 1) + test * (runs - 1)


# %% [raw] right="a float, counted in a loop"
# -     old = runs * (epochs * (train + validation) + test)
# +     old = 0.0
# +     for _ in range(runs):
# +         old += epochs * (train + validation) + test

# %% right="a NumPy integer from a dot product"
def passes_saved(train, validation, test, epochs, runs):
    """Each part times how often its pictures pass, less once."""
    times = np.array([epochs * runs, epochs * runs, runs])
    return np.dot([train, validation, test], times - 1)


# %% right="a recursive function"
def passes_saved(train, validation, test, epochs, runs):
    if runs == 0:
        return -(train + validation + test)
    rest = passes_saved(train, validation, test, epochs, runs - 1)
    return rest + epochs * (train + validation) + test


# %% right="a lambda with other names, behind a magic, with output to stderr"
%precision 3
import sys

passes_saved = lambda a, b, c, n, k: sum([n * (a + b) + c] * k) - sum((a, b, c))
print("tried:", passes_saved(1000, 200, 300, 30, 4), file=sys.stderr)

# %% [raw] wrong="the passes of the new way not taken off" loses={"passes-saved": "not_taken_off"}
# -  - (train + validation + test)

# %% [raw] wrong="no validation in the epochs" loses={"passes-saved": "no_validation"}
# - epochs * (train + validation)
# + epochs * train

# %% [raw] wrong="the test in each epoch" loses={"passes-saved": "test_each_epoch"}
# - (epochs * (train + validation) + test)
# + epochs * (train + validation + test)

# %% [raw] wrong="one run" loses={"passes-saved": "one_run"}
# - runs * (
# + (

# %% [raw] wrong="features computed anew in each run" loses={"passes-saved": "anew_each_run"}
# - old - (
# + old - runs * (

# %% [raw] wrong="batches of the training pictures only" loses={"passes-saved": "other_formula"}
# - old - (train + validation + test)
# + runs * epochs * -(-train // 32)

# %% [raw] wrong="a share instead of a number" loses={"passes-saved": "other_formula"}
# - old - (train + validation + test)
# + 1 - (train + validation + test) / old

# %% [raw] wrong="both ways returned" loses={"passes-saved": "no_number"}
# - old - (train
# + old, (train

# %% [raw] wrong="printed, not returned" loses={"passes-saved": "no_number"}
# - return old - (train + validation + test)
# + print(old - (train + validation + test))

# %% [raw] wrong="a name that is missing" loses={"passes-saved": "crash"}
# - (train + validation)
# + (train + val)

# %% [raw] wrong="not written" loses={"passes-saved": "unwritten"}
# -     old = runs * (epochs * (train + validation) + test)
# -     return old - (train + validation + test)
# +     raise NotImplementedError()

# %% [raw] wrong="a syntax error" loses={"passes-saved": "error"}
# - runs):
# + runs)
