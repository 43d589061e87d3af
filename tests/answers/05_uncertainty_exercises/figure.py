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

# %% wrong="the ends of the curves passed over" loses=["figure-complete"] says=["at least one is missing"]
figure_reading = {"D", "F"}

# %% wrong="the highest curve at one point taken for the best" loses=["figure-true"] says=["at least one that does not"]
figure_reading = {"A", "B", "D", "F"}

# %% wrong="masks that agree are right" loses=["figure-true"] says=["at least one that does not"]
figure_reading = {"B", "C", "D", "F"}

# %% wrong="a curve taken for calibration" loses=["figure-true"] says=["what is shown above speaks against it"]
figure_reading = {"B", "D", "E", "F"}

# %% wrong="mutual information taken for the best doubt" loses=["figure-true", "figure-complete"] says=["at least one that does not", "passed over"]
figure_reading = {"A", "B"}

# %% wrong="chance falls, too" loses=["figure-complete"] says=["at least one is missing"]
figure_reading = {"B", "F"}

# %% wrong="the size of a doubt thought to count" loses=["figure-complete"] says=["at least one is missing"]
figure_reading = {"B", "D"}

# %% wrong="all six" loses=["figure-true", "figure-complete"] says=["a choice among the statements", "at least one that does not"]
figure_reading = set("ABCDEF")

# %% wrong="nothing" loses=["figure-true", "figure-complete"] says=["with at least one letter"]
figure_reading = set()

# %% wrong="not written" loses=["figure-true", "figure-complete"] says=["name 'figure_reading' is not defined"]
raise NotImplementedError()
