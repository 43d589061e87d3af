# %% [markdown]
# Answers to the item `gap-figure`.

# %% right="a list in another order"
gap_read = ["D", "A", "C"]

# %% right="one string, lower case"
gap_read = "acd"

# %% right="read from the numbers of the figure"
train, fit, test = (accuracies[name] for name in accuracies)
gap = train - test
gap_read = set()
if gap.idxmin() == 0.8:
    gap_read.add("A")
if test.idxmax() == 0.8:
    gap_read.add("B")
if train[0.4] - train[0.8] > test[0.4] - test[0.8]:
    gap_read.add("C")
if fit[0.8] < test[0.8]:
    gap_read.add("D")
if test[0.8] > train[0.8]:
    gap_read.add("E")

# %% right="a tuple"
gap_read = ("A", "C", "D")

# %% right="a frozen set, a letter twice, spaces"
gap_read = frozenset([" A", "C ", "D", "A"])

# %% right="what is left of all"
gap_read = set("ABCDEF") - {"B", "E", "F"}

# %% wrong="the smallest gap is taken for the best net" loses={"gap-figure-true": "not_borne_out"}
gap_read = {"A", "B", "C", "D"}

# %% wrong="the accuracy during fit is taken for that of the training set" loses={"gap-figure-true": "not_borne_out"}
gap_read = {"A", "C", "D", "E"}

# %% wrong="where the gap comes from is passed over" loses={"gap-figure-complete": "passed_over"}
gap_read = {"A", "D"}

# %% wrong="the gap taken from the log is passed over" loses={"gap-figure-complete": "passed_over"}
gap_read = {"A", "C"}

# %% wrong="all letters" loses={"gap-figure-true": "not_borne_out", "gap-figure-complete": "everything"}
gap_read = set("ABCDEF")

# %% wrong="no letter" loses={"gap-figure-true": "no_strings", "gap-figure-complete": "no_strings"}
gap_read = set()

# %% wrong="another name" loses={"gap-figure-true": "missing", "gap-figure-complete": "missing"}
letters = {"A", "C", "D"}

# %% wrong="not written" loses={"gap-figure-true": "error", "gap-figure-complete": "error"}
raise NotImplementedError()
