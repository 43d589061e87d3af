# %% [markdown]
# Answers to the item `reading`.

# %% right="a list"
reading = ["B", "D", "F"]

# %% right="a tuple in another order"
reading = ("F", "B", "D")

# %% right="lower case"
reading = {"b", "d", "f"}

# %% right="one text"
reading = "BDF"

# %% right="a frozen set, a letter twice, spaces"
reading = frozenset([" B", "D ", "F", "B"])

# %% right="what is left of all, with a note on stderr"
import sys

reading = set("ABCDEF") - {"A", "C", "E"}
print("chosen:", *sorted(reading), file=sys.stderr)

# %% right="from a dict of verdicts"
verdicts = {"A": False, "B": True, "C": False, "D": True, "E": False, "F": True}
reading = {letter for letter, holds in verdicts.items() if holds}

# %% right="an array"
reading = np.array(["B", "D", "F"])

# %% right="computed from the intervals"
def holds_zero(low, high):
    return low <= 0 <= high


reading = {"F"}
for letter, name in (("A", "one"), ("B", "two")):
    _, low, high = intervals[name]
    if not holds_zero(low, high):
        reading.add(letter)
groups = {rate: rows["test_accuracy"] for rate, rows in SWEEPS["two"].groupby("rate")}
error = np.sqrt(sum(group.var() / len(group) for group in groups.values()))
if abs(groups[0.5].mean() - groups[0.0].mean()) < 2.145 * error:
    reading |= {"D"}


# %% wrong="the larger mean decides" loses={"reading-true": "not_borne_out", "reading-complete": "passed_over"}
reading = {"A", "C", "D"}

# %% wrong="both conclusions supported" loses={"reading-true": "not_borne_out"}
reading = {"A", "B", "D", "F"}

# %% wrong="no difference found, so none is there" loses={"reading-true": "not_borne_out", "reading-complete": "passed_over"}
reading = {"B", "D", "E"}

# %% wrong="all six" loses={"reading-true": "not_borne_out", "reading-complete": "everything"}
reading = set("ABCDEF")

# %% wrong="nothing" loses={"reading-true": "no_strings", "reading-complete": "no_strings"}
reading = set()

# %% wrong="a letter that no statement has" loses={"reading-true": "unknown_letter", "reading-complete": "unknown_letter"}
reading = {"B", "D", "F", "G"}

# %% wrong="numbers of the statements" loses={"reading-true": "no_strings", "reading-complete": "no_strings"}
reading = {2, 4, 6}

# %% wrong="the letters of the example" loses={"reading-true": "unknown_letter", "reading-complete": "unknown_letter"}
reading = {"X", "Y"}

# %% wrong="letters without quotation marks" loses={"reading-true": "error", "reading-complete": "error"}
reading = {B, D, F}

# %% wrong="a syntax error" loses={"reading-true": "error", "reading-complete": "error"}
reading = {"B", "D", "F"

# %% wrong="not written" loses={"reading-true": "error", "reading-complete": "error"}
raise NotImplementedError()
