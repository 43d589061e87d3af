# %% [markdown]
# Answers to the item `figure`.

# %% right="lower case, another order"
figure_reading = {"f", "b", "d"}

# %% right="one text, with output"
figure_reading = "BDF"
print(sorted(figure_reading))

# %% right="read from the table, a list"
figure_reading = ["D", "F"]
if CURVES.iloc[-1, 2] > CURVES.iloc[-1, 0]:
    figure_reading.append("B")

# %% right="a tuple, a letter twice, blanks"
figure_reading = (" B", "D ", "F", "B")

# %% wrong="the ends of the curves passed over" loses={"figure-complete": "passed_over"}
figure_reading = {"D", "F"}

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
