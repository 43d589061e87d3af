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

# %% wrong="a mean above zero is taken for a gain" loses=["gains-true"] says=["at least one that does not"]
borne_out = {"A", "B", "C", "E"}

# %% wrong="a decline is read off the means" loses=["gains-true"] says=["at least one that does not"]
borne_out = {"A", "C", "D", "E"}

# %% wrong="intervals over seeds are taken to hold for other test sets" loses=["gains-true"] says=["at least one that does not"]
borne_out = {"A", "C", "E", "F"}

# %% wrong="a loss is passed over" loses=["gains-complete"] says=["at least one is missing"]
borne_out = {"A", "E"}

# %% wrong="what is not told is passed over" loses=["gains-complete"] says=["at least one is missing"]
borne_out = {"A", "C"}

# %% wrong="the gain with wrong labels is passed over" loses=["gains-complete"] says=["at least one is missing"]
borne_out = "CE"

# %% wrong="only means are looked at" loses=["gains-true", "gains-complete"] says=["at least one that does not", "at least one is missing"]
borne_out = {"A", "B", "C", "D"}

# %% wrong="all letters" loses=["gains-true", "gains-complete"] says=["all of them"]
borne_out = set("ABCDEF")

# %% wrong="no letter" loses=["gains-true", "gains-complete"] says=["with at least one letter"]
borne_out = set()

# %% wrong="another name" loses=["gains-true", "gains-complete"] says=["name 'borne_out' is not defined"]
letters = {"A", "C", "E"}

# %% wrong="not written" loses=["gains-true", "gains-complete"] says=["name 'borne_out' is not defined"]
raise NotImplementedError()
