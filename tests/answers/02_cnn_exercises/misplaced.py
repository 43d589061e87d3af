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

# %% right="the first of the pair"
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_3"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% right="both of the pair"
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_3", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% right="one name as a string"
misplaced = {
    "model 1": "drop_3",
    "model 2": {"drop_1", "drop_4"},
    "model 3": "drop_2",
    "model 4": {},
    "model 5": {"drop_1", "drop_2"},
}

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


# %% wrong="dropout on probabilities is overlooked" loses=["misplaced-model-1"] says=["at least one is missing"]
misplaced = {
    "model 1": set(),
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="dropout before Flatten is taken for wrong" loses=["misplaced-model-1"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_2", "drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="dropout between convolutions is taken for wrong" loses=["misplaced-model-1"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_1"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="all layers of model 1" loses=["misplaced-model-1"] says=["only layers that break the plan"]
misplaced = {
    "model 1": {"drop_1", "drop_2", "drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="the pair is overlooked" loses=["misplaced-model-2"] says=["one line more than once"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="dropout on the input is overlooked" loses=["misplaced-model-2"] says=["every layer that breaks the plan"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="only the pair" loses=["misplaced-model-2"] says=["more than one line of the plan can be broken"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_3", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="whole maps are taken for wrong" loses=["misplaced-model-2"] says=["a layer that looks unusual"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_2", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="the last dropout is taken for wrong" loses=["misplaced-model-2"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4", "drop_5"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="dropout at inference is overlooked" loses=["misplaced-model-3"] says=["every layer that breaks the plan"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": set(),
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="another layer of model 3" loses=["misplaced-model-3"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_3"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="both layers behind poolings" loses=["misplaced-model-3"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_1", "drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="little dropout on the input is taken for wrong" loses=["misplaced-model-4"] says=["a layer that looks unusual"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": {"drop_1"},
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="whole maps of model 4 are taken for wrong" loses=["misplaced-model-4"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": {"drop_2"},
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="dropout on both sides of a Dense layer is taken for wrong" loses=["misplaced-model-4"] says=["each of its five lines decides"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": {"drop_3", "drop_4"},
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="the comments are believed" loses=["misplaced-model-5"] says=["at least one is missing"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": set(),
}

# %% wrong="one of the two keep-probabilities" loses=["misplaced-model-5"] says=["at least one is missing"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1"},
}

# %% wrong="the right rate of model 5 is taken for wrong" loses=["misplaced-model-5"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2", "drop_3"},
}

# %% wrong="only the right rate of model 5" loses=["misplaced-model-5"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_3"},
}

# %% wrong="all dropout on inputs, no rate looked at" loses=["misplaced-model-4", "misplaced-model-5"] says=["at least one that follows it", "every layer that breaks the plan"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": {"drop_1"},
    "model 5": set(),
}

# %% wrong="whole maps are always wrong" loses=["misplaced-model-2", "misplaced-model-4"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_2", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": {"drop_2"},
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="nothing is misplaced" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-5"] says=["at least one is missing"]
misplaced = {
    "model 1": set(),
    "model 2": set(),
    "model 3": set(),
    "model 4": set(),
    "model 5": set(),
}

# %% wrong="everything is misplaced" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["at least one that follows it"]
misplaced = {model: set(names) for model, names in dropout_layers.items()}

# %% wrong="the layers that follow the plan" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["at least one that follows it"]
misplaced = {
    "model 1": {"drop_1", "drop_2"},
    "model 2": {"drop_2", "drop_5"},
    "model 3": {"drop_1", "drop_3"},
    "model 4": {"drop_1", "drop_2", "drop_3", "drop_4"},
    "model 5": {"drop_3"},
}

# %% wrong="a name that does not exist" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["a name that no dropout layer of this model has"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_6"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="names with a hyphen" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["names out of drop_1, drop_2, drop_3"]
misplaced = {
    "model 1": {"drop-3"},
    "model 2": {"drop-1", "drop-4"},
    "model 3": {"drop-2"},
    "model 4": set(),
    "model 5": {"drop-1", "drop-2"},
}

# %% wrong="the kind of the layer in place of its name" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["'Dropout'"]
misplaced = {
    "model 1": {"Dropout"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="numbers of the layers" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["a name that no dropout layer of this model has"]
misplaced = {
    "model 1": {3},
    "model 2": {1, 4},
    "model 3": {2},
    "model 4": set(),
    "model 5": {1, 2},
}

# %% wrong="one number" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["found:    3 for model 1"]
misplaced = {
    "model 1": 3,
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="None where nothing is misplaced" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["found:    None for model 4"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": None,
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="an empty string where nothing is misplaced" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["found:    ''"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": "",
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="two names in one string" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["'drop_1, drop_4'"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": "drop_1, drop_4",
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="sets in a list" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["a set of length 1"]
misplaced = {
    "model 1": [{"drop_3"}],
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="a dict of reasons" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["an object of type dict for model 1"]
misplaced = {
    "model 1": {"drop_3": "behind the softmax"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="the layers themselves" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["an object of type Dropout"]
misplaced = {
    "model 1": [model_1.get_layer("drop_3")],
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="a model is left out" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["no key 'model 4'"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="keys with an underscore" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["its name is spelt in another way"]
misplaced = {
    "model_1": {"drop_3"},
    "model_2": {"drop_1", "drop_4"},
    "model_3": {"drop_2"},
    "model_4": set(),
    "model_5": {"drop_1", "drop_2"},
}

# %% wrong="numbers as keys" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["no key 'model 1'"]
misplaced = {
    1: {"drop_3"},
    2: {"drop_1", "drop_4"},
    3: {"drop_2"},
    4: set(),
    5: {"drop_1", "drop_2"},
}

# %% wrong="a list of sets" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["a list of length 5"]
misplaced = [
    {"drop_3"},
    {"drop_1", "drop_4"},
    {"drop_2"},
    set(),
    {"drop_1", "drop_2"},
]

# %% wrong="one set for all models" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["a set of length 4"]
misplaced = {"drop_1", "drop_2", "drop_3", "drop_4"}

# %% wrong="an empty dict" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["no key 'model 1'"]
misplaced = {}

# %% wrong="None" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["found:    None"]
misplaced = None

# %% wrong="printed only" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["name 'misplaced' is not defined"]
names = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}
print(names)

# %% wrong="names without quotes" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["name 'misplaced' is not defined"]
misplaced = {
    "model 1": {drop_3},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="not written" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["name 'misplaced' is not defined"]
raise NotImplementedError()

# %% wrong="another name" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["name 'misplaced' is not defined"]
wrong_layers = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(),
    "model 5": {"drop_1", "drop_2"},
}

# %% wrong="a syntax error" loses=["misplaced-model-1", "misplaced-model-2", "misplaced-model-3", "misplaced-model-4", "misplaced-model-5"] says=["name 'misplaced' is not defined"]
misplaced = {
    "model 1": {"drop_3"},
    "model 2": {"drop_1", "drop_4"},
    "model 3": {"drop_2"},
    "model 4": set(,
    "model 5": {"drop_1", "drop_2"},
}
