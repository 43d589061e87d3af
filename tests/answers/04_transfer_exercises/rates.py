# %% [markdown]
# Answers to the item `rates`.

# %% right="the other order, the larger rate first"
rate_choices = {"rate B": 0.1, "rate A": 0.9}

# %% right="NumPy numbers, from dict and zip"
rate_choices = dict(zip(["rate A", "rate B"], [np.float32(0.25), np.array(0.75)]))

# %% right="fractions, close together"
from fractions import Fraction

rate_choices = {f"rate {letter}": Fraction(50 + k, 100) for k, letter in enumerate("AB")}

# %% right="near the ends, with a warning"
import warnings

rate_choices = {"rate A": 0.001, "rate B": 0.99}
if max(rate_choices.values()) > 0.9:
    warnings.warn("nearly everything is dropped", stacklevel=1)

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
rate_a, rate_b = 0.2, 0.5

# %% wrong="a syntax error" loses={"rates-valid": "error"}
rate_choices = {"rate A" = 0.2, "rate B" = 0.5}

# %% wrong="not written" loses={"rates-valid": "error"}
raise NotImplementedError()
