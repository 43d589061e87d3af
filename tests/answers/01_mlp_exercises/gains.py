# %% [markdown]
# Answers to the item `gains`.

# %% right="a list in another order"
borne_out = ["E", "A", "C"]

# %% right="one string, lower case"
borne_out = "ace"

# %% right="read from the intervals of the figure"
low = {labels: [mean - half for mean, half in values] for labels, values in gains.items()}
high = {labels: [mean + half for mean, half in values] for labels, values in gains.items()}
correct, wrong = gains
borne_out = set()
if min(low[wrong][1:]) > 0:
    borne_out.add("A")
if low[correct][0] > 0:
    borne_out.add("B")
if high[correct][3] < 0:
    borne_out.add("C")
if high[correct][2] < low[correct][0]:
    borne_out.add("D")
if all(low[labels][0] < 0 < high[labels][0] for labels in gains):
    borne_out.add("E")

# %% right="a tuple"
borne_out = ("A", "C", "E")

# %% right="a frozen set, a letter twice, spaces"
borne_out = frozenset([" A", "C ", "E", "A"])

# %% right="what is left of all"
borne_out = set("ABCDEF") - {"B", "D", "F"}

# %% wrong="a mean above zero is taken for a gain" loses={"gains-true": "not_borne_out"}
borne_out = {"A", "B", "C", "E"}

# %% wrong="a decline is read off the means" loses={"gains-true": "not_borne_out"}
borne_out = {"A", "C", "D", "E"}

# %% wrong="a loss is passed over" loses={"gains-complete": "passed_over"}
borne_out = {"A", "E"}

# %% wrong="what is not told is passed over" loses={"gains-complete": "passed_over"}
borne_out = {"A", "C"}

# %% wrong="all letters" loses={"gains-true": "not_borne_out", "gains-complete": "everything"}
borne_out = set("ABCDEF")

# %% wrong="no letter" loses={"gains-true": "no_strings", "gains-complete": "no_strings"}
borne_out = set()

# %% wrong="another name" loses={"gains-true": "missing", "gains-complete": "missing"}
letters = {"A", "C", "E"}

# %% wrong="not written" loses={"gains-true": "error", "gains-complete": "error"}
raise NotImplementedError()
