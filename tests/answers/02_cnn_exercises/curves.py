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

# %% wrong="the curve during fit is taken for the accuracy with dropout off" loses={"curves-true": "not_borne_out"}
borne_out = {"A", "B", "C", "D"}

# %% wrong="a gap taken from the log" loses={"curves-true": "not_borne_out"}
borne_out = {"A", "B", "D", "E"}

# %% wrong="the short comparison is passed over" loses={"curves-complete": "passed_over"}
borne_out = {"B", "D"}

# %% wrong="the long comparison is passed over" loses={"curves-complete": "passed_over"}
borne_out = {"A", "D"}

# %% wrong="all letters" loses={"curves-true": "not_borne_out", "curves-complete": "everything"}
borne_out = set("ABCDEF")

# %% wrong="no letter" loses={"curves-true": "no_strings", "curves-complete": "no_strings"}
borne_out = set()

# %% wrong="a dict" loses={"curves-true": "no_strings", "curves-complete": "no_strings"}
borne_out = {"A": True, "B": True, "D": True}

# %% wrong="a letter that no statement has" loses={"curves-true": "unknown_letter", "curves-complete": "unknown_letter"}
borne_out = {"A", "B", "D", "G"}

# %% wrong="another name" loses={"curves-true": "missing", "curves-complete": "missing"}
letters = {"A", "B", "D"}

# %% wrong="not written" loses={"curves-true": "error", "curves-complete": "error"}
raise NotImplementedError()
