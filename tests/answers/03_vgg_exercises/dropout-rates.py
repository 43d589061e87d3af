# %% [markdown]
# Answers to the item `dropout-rates`.

# %% right="more dropout in later blocks"
rate_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, 0.3), "rates B": (0.2, 0.2, 0.3, 0.3, 0.3)}

# %% right="lists and arrays, the other order of keys"
import numpy as np

rate_choices = {"rates B": [0.5, 0.5, 0.5, 0.5, 0.5], "rates A": np.array([0.01, 0.02, 0.5, 0.5, 0.99])}

# %% right="built with dict and zip"
rate_choices = dict(zip(("rates A", "rates B"), ((0.05,) * 5, (0.4,) * 5)))

# %% right="the same rates in another order"
import warnings

warnings.warn("the second tuple is the first one reversed")
rates = (0.1, 0.2, 0.3, 0.4, 0.5)
rate_choices = {"rates A": rates, "rates B": rates[::-1]}

# %% right="fractions"
from fractions import Fraction

rate_choices = {
    "rates A": tuple(Fraction(k, 10) for k in range(1, 6)),
    "rates B": tuple(Fraction(1, k) for k in range(6, 1, -1)),
}

# %% right="added one after the other, with notes on stderr"
import sys
from collections import OrderedDict

rate_choices = OrderedDict()
rate_choices["rates A"] = 0.1, 0.1, 0.1, 0.1, 0.1
rate_choices["rates B"] = 0.1, 0.1, 0.1, 0.1, 0.1000001
for name, rates in rate_choices.items():
    print(name, rates, file=sys.stderr)

# %% right="named tuples"
from collections import namedtuple

Rates = namedtuple("Rates", ["first", "second", "third", "fourth", "fifth"])
rate_choices = {
    "rates A": Rates(0.2, 0.3, 0.4, 0.4, 0.4),
    "rates B": Rates(first=0.3, second=0.4, third=0.5, fourth=0.5, fifth=0.5),
}

# %% right="from keep-probabilities, in float32"
import numpy as np

keep = {"rates A": (0.9, 0.9, 0.8, 0.7, 0.6), "rates B": (0.8, 0.7, 0.5, 0.5, 0.5)}
rate_choices = {name: tuple(1 - np.float32(p) for p in values) for name, values in keep.items()}
%precision 3

# %% wrong="not written" loses={"dropout-rates-valid": "error"}
raise NotImplementedError()

# %% wrong="a bracket is missing" loses={"dropout-rates-valid": "error"}
rate_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, 0.3), "rates B": (0.2, 0.3, 0.5, 0.5, 0.5)

# %% wrong="another name" loses={"dropout-rates-valid": "missing"}
rates_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, 0.3), "rates B": (0.2, 0.3, 0.5, 0.5, 0.5)}

# %% wrong="nothing" loses={"dropout-rates-valid": "other_keys"}
rate_choices = None

# %% wrong="the same tuple twice" loses={"dropout-rates-valid": "same"}
rate_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, 0.3), "rates B": (0.1, 0.2, 0.3, 0.3, 0.3)}

# %% wrong="the same rates as tuple and list" loses={"dropout-rates-valid": "same"}
rate_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, 0.3), "rates B": [0.1, 0.2, 0.3, 0.3, 0.3]}

# %% wrong="one tuple" loses={"dropout-rates-valid": "other_keys"}
rate_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, 0.3)}

# %% wrong="percentages" loses={"dropout-rates-valid": "outside"}
rate_choices = {"rates A": (10, 20, 30, 30, 30), "rates B": (0.1, 0.2, 0.3, 0.3, 0.3)}

# %% wrong="two rates" loses={"dropout-rates-valid": "other_length"}
rate_choices = {"rates A": (0.1, 0.2), "rates B": (0.1, 0.2, 0.3, 0.3, 0.3)}

# %% wrong="a rate for the hidden Dense layer as well" loses={"dropout-rates-valid": "other_length"}
rate_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, 0.3, 0.5), "rates B": (0.2, 0.3, 0.5, 0.5, 0.5, 0.5)}

# %% wrong="a NaN" loses={"dropout-rates-valid": "outside"}
rate_choices = {"rates A": (0.1, 0.2, 0.3, 0.3, float("nan")), "rates B": (0.2, 0.3, 0.5, 0.5, 0.5)}
