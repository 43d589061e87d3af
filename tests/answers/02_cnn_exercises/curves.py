# %% [markdown]
# Answers to the item `curves`.

# %% right="a list in another order"
borne_out = ["D", "B", "A"]

# %% right="one string, lower case"
borne_out = "abd"

# %% right="read from the numbers of the figure"
plain, dropped = (histories[role]["val_accuracy"] for role in ("plain", "dropout"))
loss = histories["plain"]["val_loss"][9:]
borne_out = set()
if plain[4] > dropped[4]:
    borne_out.add("A")
if dropped[29] > plain[29]:
    borne_out.add("B")
if loss.is_monotonic_increasing and plain[9:].is_monotonic_increasing:
    borne_out.add("D")

# %% right="a tuple"
borne_out = ("A", "B", "D")

# %% right="a frozen set, a letter twice, spaces"
borne_out = frozenset([" A", "B ", "D", "A"])

# %% right="what is left of all"
borne_out = set("ABCDEF") - {"C", "E", "F"}

# %% wrong="the curve during fit is taken for the accuracy with dropout off" loses=["curves-true"] says=["at least one that does not"]
borne_out = {"A", "B", "C", "D"}

# %% wrong="a gap taken from the log" loses=["curves-true"] says=["at least one that does not"]
borne_out = {"A", "B", "D", "E"}

# %% wrong="longer training is always fairer" loses=["curves-true"] says=["at least one that does not"]
borne_out = {"A", "B", "D", "F"}

# %% wrong="the short comparison is passed over" loses=["curves-complete"] says=["at least one is missing"]
borne_out = {"B", "D"}

# %% wrong="the long comparison is passed over" loses=["curves-complete"] says=["at least one is missing"]
borne_out = {"A", "D"}

# %% wrong="the loss is passed over" loses=["curves-complete"] says=["at least one is missing"]
borne_out = "AB"

# %% wrong="dropout helps, and nothing else" loses=["curves-true", "curves-complete"] says=["at least one that does not", "at least one is missing"]
borne_out = {"B", "E"}

# %% wrong="all letters" loses=["curves-true", "curves-complete"] says=["all of them"]
borne_out = set("ABCDEF")

# %% wrong="no letter" loses=["curves-true", "curves-complete"] says=["with at least one letter"]
borne_out = set()

# %% wrong="a dict" loses=["curves-true", "curves-complete"] says=["not written as a set of strings"]
borne_out = {"A": True, "B": True, "D": True}

# %% wrong="a letter that no statement has" loses=["curves-true", "curves-complete"] says=["no statement has"]
borne_out = {"A", "B", "D", "G"}

# %% wrong="another name" loses=["curves-true", "curves-complete"] says=["name 'borne_out' is not defined"]
letters = {"A", "B", "D"}

# %% wrong="not written" loses=["curves-true", "curves-complete"] says=["name 'borne_out' is not defined"]
raise NotImplementedError()
