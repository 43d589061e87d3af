# %% [markdown]
# Answers to the item `figure`.

# %% right="lower case, another order"
figure_reading = {"e", "a", "c"}

# %% right="one text"
figure_reading = "ACE"

# %% right="a tuple, a letter twice, blanks"
figure_reading = (" A", "C ", "E", "A")

# %% right="read from the table"
figure_reading = ["A", "E"]
accuracy = CURVES["plain_accuracy"]
if accuracy.iloc[-1] > accuracy[CURVES["plain_loss"].idxmin()]:
    figure_reading.append("C")

# %% wrong="where the curves cross passed over" loses={"figure-complete": "passed_over"}
figure_reading = {"C", "E"}

# %% wrong="the loss of the last epoch read as the best" loses={"figure-true": "not_borne_out"}
figure_reading = {"A", "B", "C", "E"}

# %% wrong="loss and accuracy thought to move together" loses={"figure-true": "not_borne_out", "figure-complete": "passed_over"}
figure_reading = {"A", "E", "F"}

# %% wrong="all six" loses={"figure-true": "not_borne_out", "figure-complete": "everything"}
figure_reading = set("ABCDEF")

# %% wrong="nothing" loses={"figure-true": "no_strings", "figure-complete": "no_strings"}
figure_reading = set()

# %% wrong="not written" loses={"figure-true": "error", "figure-complete": "error"}
raise NotImplementedError()
