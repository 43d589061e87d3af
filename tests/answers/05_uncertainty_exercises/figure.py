# %% [markdown]
# Answers to the item `figure`.

# %% right="a list"
figure_reading = ["B", "D", "F"]

# %% right="lower case, another order"
figure_reading = {"f", "b", "d"}

# %% right="from a dict of verdicts, with output"
verdicts = {"A": False, "B": True, "C": False, "D": True, "E": False, "F": True}
figure_reading = {letter for letter, holds in verdicts.items() if holds}
print(sorted(figure_reading))

# %% right="read from the table"
figure_reading = {"D", "F"}
if CURVES.iloc[-1, 2] > CURVES.iloc[-1, 0]:
    figure_reading.add("B")

# %% right="a tuple"
figure_reading = ("B", "D", "F")

# %% right="a frozen set, a letter twice, spaces"
figure_reading = frozenset([" B", "D ", "F", "B"])

# %% wrong="the ends of the curves passed over" loses={"figure-complete": "passed_over"}
figure_reading = {"D", "F"}

# %% wrong="the highest curve at one point taken for the best" loses={"figure-true": "not_borne_out"}
figure_reading = {"A", "B", "D", "F"}

# %% wrong="masks that agree are right" loses={"figure-true": "not_borne_out"}
figure_reading = {"B", "C", "D", "F"}

# %% wrong="mutual information taken for the best doubt" loses={"figure-true": "not_borne_out", "figure-complete": "passed_over"}
figure_reading = {"A", "B"}

# %% wrong="all six" loses={"figure-true": "not_borne_out", "figure-complete": "everything"}
figure_reading = set("ABCDEF")

# %% wrong="nothing" loses={"figure-true": "no_strings", "figure-complete": "no_strings"}
figure_reading = set()

# %% wrong="not written" loses={"figure-true": "error", "figure-complete": "error"}
raise NotImplementedError()
