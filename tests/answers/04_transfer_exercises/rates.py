# %% [markdown]
# Answers to the item `rates`.

# %% right="other rates"
rate_choices = {"rate A": 0.2, "rate B": 0.5}

# %% right="the other order, the larger rate first"
rate_choices = {"rate B": 0.1, "rate A": 0.9}

# %% right="NumPy numbers"
rate_choices = {"rate A": np.float32(0.25), "rate B": np.array(0.75)}

# %% right="from dict and zip"
names = ["rate A", "rate B"]
rate_choices = dict(zip(names, np.linspace(0, 1, 4)[1:3]))

# %% right="close together"
rate_choices = dict([("rate A", 0.5), ("rate B", 0.55)])

# %% right="near the ends, with a warning"
import warnings

rate_choices = {"rate A": 0.001, "rate B": 0.99}
if max(rate_choices.values()) > 0.9:
    warnings.warn("nearly everything is dropped", stacklevel=1)

# %% right="fractions, from a function"
from fractions import Fraction


def rates_from(*kept):
    """The rates for some numbers of kept units out of five."""
    return {f"rate {letter}": Fraction(5 - k, 5) for letter, k in zip("AB", kept)}


rate_choices = rates_from(4, 2)
print(rate_choices)


# %% wrong="one rate only" loses={"rates-valid": "other_keys"}
rate_choices = {"rate A": 0.5}

# %% wrong="the same rate twice" loses={"rates-valid": "same"}
rate_choices = {"rate A": 0.2, "rate B": 0.2}

# %% wrong="percentages" loses={"rates-valid": "outside"}
rate_choices = {"rate A": 20, "rate B": 50}

# %% wrong="no dropout as a choice" loses={"rates-valid": "outside"}
rate_choices = {"rate A": 0.0, "rate B": 0.5}

# %% wrong="text" loses={"rates-valid": "no_number"}
rate_choices = {"rate A": "0.5", "rate B": "0.2"}

# %% wrong="True for a rate" loses={"rates-valid": "no_number"}
rate_choices = {"rate A": True, "rate B": 0.2}

# %% wrong="a list" loses={"rates-valid": "other_keys"}
rate_choices = [0.2, 0.5]

# %% wrong="two names of their own" loses={"rates-valid": "missing"}
rate_a = 0.2
rate_b = 0.5

# %% wrong="a syntax error" loses={"rates-valid": "error"}
rate_choices = {"rate A" = 0.2, "rate B" = 0.5}

# %% wrong="not written" loses={"rates-valid": "error"}
raise NotImplementedError()
