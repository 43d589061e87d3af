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

# %% wrong="where the curves cross passed over" loses={"figure-complete": "passed_over"}
figure_reading = {"C", "E"}

# %% wrong="the loss of the last epoch read as the best" loses={"figure-true": "not_borne_out"}
figure_reading = {"A", "B", "C", "E"}

# %% wrong="one run taken for a rule" loses={"figure-true": "not_borne_out"}
figure_reading = {"A", "C", "D", "E"}

# %% wrong="loss and accuracy thought to move together" loses={"figure-true": "not_borne_out", "figure-complete": "passed_over"}
figure_reading = {"A", "E", "F"}

# %% wrong="all six" loses={"figure-true": "not_borne_out", "figure-complete": "everything"}
figure_reading = set("ABCDEF")

# %% wrong="nothing" loses={"figure-true": "no_strings", "figure-complete": "no_strings"}
figure_reading = set()

# %% wrong="not written" loses={"figure-true": "error", "figure-complete": "error"}
raise NotImplementedError()
