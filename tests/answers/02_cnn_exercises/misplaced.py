# %% [markdown]
# Answers to the item `misplaced`.

# %% right="lists and tuples"
misplaced = {
    "model 1": ["drop_3"],
    "model 2": ("drop_1", "drop_3"),
    "model 3": ("drop_2", "drop_2"),
    "model 4": [],
    "model 5": ["drop_2", "drop_1"],
}

# %% [raw] right="the first of the pair"
# -     "model 2": {"drop_1", "drop_4"},
# +     "model 2": {"drop_1", "drop_3"},

# %% [raw] right="both of the pair"
# -     "model 2": {"drop_1", "drop_4"},
# +     "model 2": {"drop_1", "drop_3", "drop_4"},

# %% [raw] right="one name as a string"
# -     "model 1": {"drop_3"},
# +     "model 1": "drop_3",
# -     "model 3": {"drop_2"},
# -     "model 4": set(),
# +     "model 3": "drop_2",
# +     "model 4": {},

# %% right="frozen sets, in another order"
none = frozenset()
misplaced = {"model 4": none, "model 2": frozenset({"drop_4", "drop_1"})}
misplaced["model 5"] = frozenset(f"drop_{number}" for number in (1, 2))
for model, name in (("model 1", "drop_3"), ("model 3", "drop_2")):
    misplaced[model] = frozenset([name])
print(misplaced)

# %% right="taken from the names of the layers"
import sys

wrong_places = {"model 1": (2,), "model 2": (0, 3), "model 3": (1,), "model 5": (0, 1)}
misplaced = {
    model: {names[place] for place in wrong_places.get(model, ())}
    for model, names in dropout_layers.items()
}
for model, names in misplaced.items():
    print(model, "breaks the plan" if names else "follows it", file=sys.stderr)

# %% right="more models than asked for, with a magic"
%time model_4.summary()
misplaced: dict[str, set[str]] = dict.fromkeys(dropout_layers, set())
misplaced |= {"model 1": {"drop_3"}, "model 3": {"drop_2"}}
misplaced |= {"model 2": {"drop_1"} | {"drop_4"}, "model 5": set(dropout_layers["model 5"][:2])}
misplaced["model 6"] = "not a model"

# %% right="a default dict, with a warning"
import warnings
from collections import defaultdict

misplaced = defaultdict(set)
for place in ("1 drop_3", "2 drop_1", "2 drop_4", "3 drop_2", "5 drop_1", "5 drop_2"):
    number, name = place.split()
    misplaced[f"model {number}"].add(name)
if not misplaced["model 4"]:
    warnings.warn("model 4 has no misplaced layer", stacklevel=1)

# %% [raw] wrong="dropout on probabilities is overlooked" loses={"misplaced-model-1": "passed_over"}
# -     "model 1": {"drop_3"},
# +     "model 1": set(),

# %% [raw] wrong="dropout before Flatten is taken for wrong" loses={"misplaced-model-1": "follows_it"}
# -     "model 1": {"drop_3"},
# +     "model 1": {"drop_2", "drop_3"},

# %% [raw] wrong="the pair is overlooked" loses={"misplaced-model-2": "passed_over"}
# -     "model 2": {"drop_1", "drop_4"},
# +     "model 2": {"drop_1"},

# %% [raw] wrong="dropout on the input is overlooked" loses={"misplaced-model-2": "passed_over"}
# -     "model 2": {"drop_1", "drop_4"},
# +     "model 2": {"drop_4"},

# %% [raw] wrong="whole maps are taken for wrong" loses={"misplaced-model-2": "follows_it"}
# -     "model 2": {"drop_1", "drop_4"},
# +     "model 2": {"drop_1", "drop_2", "drop_4"},

# %% [raw] wrong="dropout at inference is overlooked" loses={"misplaced-model-3": "passed_over"}
# -     "model 3": {"drop_2"},
# +     "model 3": set(),

# %% [raw] wrong="another layer of model 3" loses={"misplaced-model-3": "follows_it"}
# -     "model 3": {"drop_2"},
# +     "model 3": {"drop_3"},

# %% [raw] wrong="little dropout on the input is taken for wrong" loses={"misplaced-model-4": "follows_it"}
# -     "model 4": set(),
# +     "model 4": {"drop_1"},

# %% [raw] wrong="the comments are believed" loses={"misplaced-model-5": "passed_over"}
# -     "model 5": {"drop_1", "drop_2"},
# +     "model 5": set(),

# %% [raw] wrong="one of the two keep-probabilities" loses={"misplaced-model-5": "passed_over"}
# -     "model 5": {"drop_1", "drop_2"},
# +     "model 5": {"drop_1"},

# %% [raw] wrong="the right rate of model 5 is taken for wrong" loses={"misplaced-model-5": "follows_it"}
# -     "model 5": {"drop_1", "drop_2"},
# +     "model 5": {"drop_1", "drop_2", "drop_3"},

# %% wrong="nothing is misplaced" loses={"misplaced-model-1": "passed_over", "misplaced-model-2": "passed_over", "misplaced-model-3": "passed_over", "misplaced-model-5": "passed_over"}
misplaced = {
    "model 1": set(),
    "model 2": set(),
    "model 3": set(),
    "model 4": set(),
    "model 5": set(),
}

# %% wrong="everything is misplaced" loses={"misplaced-model-1": "follows_it", "misplaced-model-2": "follows_it", "misplaced-model-3": "follows_it", "misplaced-model-4": "follows_it", "misplaced-model-5": "follows_it"}
misplaced = {model: set(names) for model, names in dropout_layers.items()}

# %% [raw] wrong="a name that does not exist" loses={"misplaced-model-1": "unknown_layer", "misplaced-model-2": "unknown_layer", "misplaced-model-3": "unknown_layer", "misplaced-model-4": "unknown_layer", "misplaced-model-5": "unknown_layer"}
# -     "model 2": {"drop_1", "drop_4"},
# +     "model 2": {"drop_1", "drop_6"},

# %% [raw] wrong="one number" loses={"misplaced-model-1": "no_names", "misplaced-model-2": "no_names", "misplaced-model-3": "no_names", "misplaced-model-4": "no_names", "misplaced-model-5": "no_names"}
# -     "model 1": {"drop_3"},
# +     "model 1": 3,

# %% [raw] wrong="None where nothing is misplaced" loses={"misplaced-model-1": "no_names", "misplaced-model-2": "no_names", "misplaced-model-3": "no_names", "misplaced-model-4": "no_names", "misplaced-model-5": "no_names"}
# -     "model 4": set(),
# +     "model 4": None,

# %% [raw] wrong="an empty string where nothing is misplaced" loses={"misplaced-model-1": "unknown_layer", "misplaced-model-2": "unknown_layer", "misplaced-model-3": "unknown_layer", "misplaced-model-4": "unknown_layer", "misplaced-model-5": "unknown_layer"}
# -     "model 4": set(),
# +     "model 4": "",

# %% [raw] wrong="a model is left out" loses={"misplaced-model-1": "other_models", "misplaced-model-2": "other_models", "misplaced-model-3": "other_models", "misplaced-model-4": "other_models", "misplaced-model-5": "other_models"}
# -     "model 4": set(),

# %% wrong="an empty dict" loses={"misplaced-model-1": "other_models", "misplaced-model-2": "other_models", "misplaced-model-3": "other_models", "misplaced-model-4": "other_models", "misplaced-model-5": "other_models"}
misplaced = {}

# %% [raw] wrong="printed only" loses={"misplaced-model-1": "missing", "misplaced-model-2": "missing", "misplaced-model-3": "missing", "misplaced-model-4": "missing", "misplaced-model-5": "missing"}
# - misplaced = {
# + names = {
# -     "model 5": {"drop_1", "drop_2"},
# - }
# +     "model 5": {"drop_1", "drop_2"},
# + }
# + print(names)

# %% [raw] wrong="names without quotes" loses={"misplaced-model-1": "error", "misplaced-model-2": "error", "misplaced-model-3": "error", "misplaced-model-4": "error", "misplaced-model-5": "error"}
# -     "model 1": {"drop_3"},
# +     "model 1": {drop_3},

# %% wrong="not written" loses={"misplaced-model-1": "error", "misplaced-model-2": "error", "misplaced-model-3": "error", "misplaced-model-4": "error", "misplaced-model-5": "error"}
raise NotImplementedError()

# %% [raw] wrong="another name" loses={"misplaced-model-1": "missing", "misplaced-model-2": "missing", "misplaced-model-3": "missing", "misplaced-model-4": "missing", "misplaced-model-5": "missing"}
# - misplaced = {
# + wrong_layers = {

# %% [raw] wrong="a syntax error" loses={"misplaced-model-1": "error", "misplaced-model-2": "error", "misplaced-model-3": "error", "misplaced-model-4": "error", "misplaced-model-5": "error"}
# -     "model 4": set(),
# +     "model 4": set(,
