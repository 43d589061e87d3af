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

# %% wrong="one rate only" loses=["rates-valid"] says=["a key is missing"]
rate_choices = {"rate A": 0.5}

# %% wrong="the same rate twice" loses=["rates-valid"] says=["a choice needs two candidates"]
rate_choices = {"rate A": 0.2, "rate B": 0.2}

# %% wrong="percentages" loses=["rates-valid"] says=["a percentage stands where a probability belongs"]
rate_choices = {"rate A": 20, "rate B": 50}

# %% wrong="no dropout as a choice" loses=["rates-valid"] says=["a rate at an end"]
rate_choices = {"rate A": 0.0, "rate B": 0.5}

# %% wrong="everything dropped" loses=["rates-valid"] says=["a rate at an end"]
rate_choices = {"rate A": 0.5, "rate B": 1}

# %% wrong="below 0" loses=["rates-valid"] says=["rates above 0 and below 1"]
rate_choices = {"rate A": -0.3, "rate B": 0.3}

# %% wrong="text" loses=["rates-valid"] says=["rate A is one finite number"]
rate_choices = {"rate A": "0.5", "rate B": "0.2"}

# %% wrong="True for a rate" loses=["rates-valid"] says=["rate A is one finite number"]
rate_choices = {"rate A": True, "rate B": 0.2}

# %% wrong="a list" loses=["rates-valid"] says=["a list of length 2"]
rate_choices = [0.2, 0.5]

# %% wrong="not a number" loses=["rates-valid"] says=["the arithmetic gave a NaN"]
rate_choices = {"rate A": 0.2, "rate B": float("nan")}

# %% wrong="other names" loses=["rates-valid"] says=["spelt in another way"]
rate_choices = {"A": 0.2, "B": 0.5}

# %% wrong="names in capitals" loses=["rates-valid"] says=["spelt in another way"]
rate_choices = {"Rate A": 0.2, "Rate B": 0.5}

# %% wrong="three rates" loses=["rates-valid"] says=["other keys"]
rate_choices = {"rate A": 0.2, "rate B": 0.5, "rate C": 0.8}

# %% wrong="plain in the dict" loses=["rates-valid"] says=["other keys"]
rate_choices = {"plain": 0.0, "rate A": 0.2, "rate B": 0.5}

# %% wrong="rates as keys" loses=["rates-valid"] says=["other keys"]
rate_choices = {0.2: "rate A", 0.5: "rate B"}

# %% wrong="a list of rates for each name" loses=["rates-valid"] says=["a collection stands where a number belongs"]
rate_choices = {"rate A": [0.2, 0.3], "rate B": [0.5, 0.6]}

# %% wrong="a set" loses=["rates-valid"] says=["a set of length 2"]
rate_choices = {0.2, 0.5}

# %% wrong="one key twice" loses=["rates-valid"] says=["a key is missing"]
rate_choices = {"rate A": 0.2, "rate A": 0.5}

# %% wrong="None" loses=["rates-valid"] says=["found:    None"]
rate_choices = None

# %% wrong="two names of their own" loses=["rates-valid"] says=["name 'rate_choices' is not defined"]
rate_a = 0.2
rate_b = 0.5

# %% wrong="a syntax error" loses=["rates-valid"] says=["name 'rate_choices' is not defined"]
rate_choices = {"rate A" = 0.2, "rate B" = 0.5}

# %% wrong="not written" loses=["rates-valid"] says=["name 'rate_choices' is not defined"]
raise NotImplementedError()
