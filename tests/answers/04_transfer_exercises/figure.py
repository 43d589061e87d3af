# %% [markdown]
# Answers to the item `figure`.

# %% right="a list"
figure_reading = ["A", "C", "E"]

# %% right="lower case, another order"
figure_reading = {"e", "a", "c"}

# %% right="one text"
figure_reading = "ACE"

# %% right="read from the table"
figure_reading = set()
lowest = CURVES[["plain_loss", "dropout_loss"]].min()
if lowest["dropout_loss"] < lowest["plain_loss"]:
    figure_reading.add("A")
accuracy = CURVES["plain_accuracy"]
if accuracy.iloc[-1] > accuracy[CURVES["plain_loss"].idxmin()]:
    figure_reading.add("C")
if CURVES.loc[6, "plain_loss"] < CURVES.loc[6, "dropout_loss"]:
    figure_reading.add("E")

# %% right="a tuple"
figure_reading = ("A", "C", "E")

# %% right="a frozen set, a letter twice, spaces"
figure_reading = frozenset([" A", "C ", "E", "A"])

# %% wrong="where the curves cross passed over" loses=["figure-complete"] says=["at least one is missing"]
figure_reading = {"C", "E"}

# %% wrong="the loss of the last epoch read as the best" loses=["figure-true"] says=["at least one that does not"]
figure_reading = {"A", "B", "C", "E"}

# %% wrong="one run taken for a rule" loses=["figure-true"] says=["what is shown above speaks against it"]
figure_reading = {"A", "C", "D", "E"}

# %% wrong="loss and accuracy thought to move together" loses=["figure-true", "figure-complete"] says=["at least one that does not", "passed over"]
figure_reading = {"A", "E", "F"}

# %% wrong="longer is better" loses=["figure-true", "figure-complete"] says=["at least one that does not"]
figure_reading = {"B", "C"}

# %% wrong="the higher rate better at any time" loses=["figure-complete"] says=["at least one is missing"]
figure_reading = {"A", "C"}

# %% wrong="only the loss read" loses=["figure-complete"] says=["passed over"]
figure_reading = {"A", "E"}

# %% wrong="all six" loses=["figure-true", "figure-complete"] says=["a choice among the statements", "at least one that does not"]
figure_reading = set("ABCDEF")

# %% wrong="nothing" loses=["figure-true", "figure-complete"] says=["with at least one letter"]
figure_reading = set()

# %% wrong="not written" loses=["figure-true", "figure-complete"] says=["name 'figure_reading' is not defined"]
raise NotImplementedError()
