# %% [markdown]
# Answers to the item `ridge`.

# %% [raw] right="with an inverse, the penalty as a sum of squares, and a warning"
# -     gram = x.T @ x
# -     penalty = rate / (1 - rate) * np.diag(np.diag(gram))
# -     return np.linalg.solve(gram + penalty, x.T @ y)
# +     import warnings
# +
# +     warnings.warn("the inverse", stacklevel=2)
# +     return np.linalg.inv(x.T @ x + rate / (1 - rate) * np.diag((x**2).sum(axis=0))) @ x.T @ y

# %% right="scikit-learn's Ridge on features divided by the root of their mean square"
from sklearn.linear_model import Ridge


def dropout_ridge(x, y, rate):
    size = np.sqrt(np.mean(x**2, axis=0))
    model = Ridge(alpha=len(y) * rate / (1 - rate), fit_intercept=False, solver="svd")
    return model.fit(x / size, y).coef_ / size


# %% right="least squares with a row more for each feature"
def dropout_ridge(x, y, rate):
    rows = np.diag(np.sqrt(rate / (1 - rate) * np.sum(x**2, axis=0)))
    return np.linalg.lstsq(np.vstack([x, rows]), np.append(y, np.zeros(len(rows))), rcond=None)[0]


# %% right="least squares over all masks, with output"
from itertools import product


def dropout_ridge(x, y, rate):
    rows, answers = [], []
    for mask in product([0, 1], repeat=x.shape[1]):
        chance = np.prod(np.where(mask, 1 - rate, rate))
        rows.append(np.sqrt(chance) * x * np.array(mask) / (1 - rate))
        answers.append(np.sqrt(chance) * y)
    print(len(rows))
    return np.linalg.lstsq(np.vstack(rows), np.concatenate(answers), rcond=None)[0]


# %% [raw] right="mean squares on both sides"
# - x.T @ x
# + x.T @ x / len(y)
# - x.T @ y
# + x.T @ y / len(y)

# %% [raw] wrong="the same penalty for each weight" loses={"ridge-weights": "identity", "ridge-wide": "identity"}
# - np.diag(np.diag(gram))
# + np.eye(len(gram))

# %% [raw] wrong="the same penalty for each weight, times the examples" loses={"ridge-weights": "identity", "ridge-wide": "identity"}
# - np.diag(np.diag(gram))
# + len(y) * np.eye(len(gram))

# %% [raw] wrong="variances" loses={"ridge-weights": "variance", "ridge-wide": "variance"}
# - np.diag(np.diag(gram))
# + len(y) * np.diag(x.var(axis=0))

# %% [raw] wrong="centred first" loses={"ridge-weights": "centred", "ridge-wide": "centred"}
# -     gram = x.T @ x
# +     x, y = x - x.mean(axis=0), y - y.mean()
# +     gram = x.T @ x

# %% [raw] wrong="mean squares in the penalty alone" loses={"ridge-weights": "mean_squares", "ridge-wide": "mean_squares"}
# - np.diag(np.diag(gram))
# + np.diag(np.mean(x**2, axis=0))

# %% [raw] wrong="the rate as the factor" loses={"ridge-weights": "rate_only", "ridge-wide": "rate_only"}
# - rate / (1 - rate)
# + rate

# %% [raw] wrong="the factor of unscaled survivors" loses={"ridge-weights": "unscaled", "ridge-wide": "unscaled"}
# - rate / (1 - rate)
# + rate * (1 - rate)

# %% [raw] wrong="the odds of keeping" loses={"ridge-weights": "turned_round", "ridge-wide": "turned_round"}
# - rate / (1 - rate)
# + (1 - rate) / rate

# %% [raw] wrong="times the keep-probability" loses={"ridge-weights": "keep_scaled", "ridge-wide": "keep_scaled"}
# -     return np.linalg
# +     return (1 - rate) * np.linalg

# %% [raw] wrong="divided by the keep-probability" loses={"ridge-weights": "keep_scaled", "ridge-wide": "keep_scaled"}
# - x.T @ y)
# + x.T @ y) / (1 - rate)

# %% [raw] wrong="least squares" loses={"ridge-weights": "plain", "ridge-wide": "plain"}
# -     return np.linalg.solve(gram + penalty, x.T @ y)
# +     return np.linalg.lstsq(x, y, rcond=None)[0]

# %% wrong="a thousand masks drawn" loses={"ridge-weights": "other_penalty", "ridge-wide": "other_penalty"}
def dropout_ridge(x, y, rate):
    masks = np.random.default_rng(0).random((1000, *x.shape)) >= rate
    rows = (masks * x / (1 - rate)).reshape(-1, x.shape[1])
    return np.linalg.lstsq(rows, np.tile(y, 1000), rcond=None)[0]


# %% wrong="standardised, with an intercept" loses={"ridge-weights": "other_penalty", "ridge-wide": "other_penalty"}
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler


def dropout_ridge(x, y, rate):
    return Ridge(alpha=len(y) * rate / (1 - rate)).fit(StandardScaler().fit_transform(x), y).coef_


# %% [raw] wrong="a column" loses={"ridge-weights": "wrong_shape", "ridge-wide": "wrong_shape"}
# - x.T @ y)
# + x.T @ y[:, None])

# %% wrong="not written" loses={"ridge-weights": "unwritten", "ridge-wide": "unwritten"}
def dropout_ridge(x, y, rate):
    """The weights with the smallest expected squared error: shape (features,)."""
    raise NotImplementedError()
