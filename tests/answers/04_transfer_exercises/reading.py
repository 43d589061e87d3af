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

# %% wrong="the larger mean decides" loses=["reading-true", "reading-complete"] says=["what is shown above speaks against it"]
reading = {"A", "C", "D"}

# %% wrong="both conclusions supported" loses=["reading-true"] says=["at least one that does not"]
reading = {"A", "B", "D", "F"}

# %% wrong="the larger effect is the supported one" loses=["reading-true"] says=["at least one that does not"]
reading = {"B", "C", "D", "F"}

# %% wrong="no difference found, so none is there" loses=["reading-true", "reading-complete"] says=["at least one that does not", "passed over"]
reading = {"B", "D", "E"}

# %% wrong="no effect, and yet more seeds" loses=["reading-true"] says=["at least one that does not"]
reading = {"B", "D", "E", "F"}

# %% wrong="sweep one alone" loses=["reading-true", "reading-complete"] says=["at least one that does not"]
reading = {"A"}

# %% wrong="pairing makes no difference" loses=["reading-complete"] says=["passed over"]
reading = {"B", "F"}

# %% wrong="more seeds are no help" loses=["reading-complete"] says=["passed over"]
reading = {"B", "D"}

# %% wrong="sweep two is not supported either" loses=["reading-complete"] says=["passed over"]
reading = {"D", "F"}

# %% wrong="one letter" loses=["reading-complete"] says=["at least one is missing"]
reading = "B"

# %% wrong="everything that does not hold" loses=["reading-true", "reading-complete"] says=["passed over"]
reading = {"A", "C", "E"}

# %% wrong="all six" loses=["reading-true", "reading-complete"] says=["a choice among the statements", "at least one that does not"]
reading = set("ABCDEF")

# %% wrong="nothing" loses=["reading-true", "reading-complete"] says=["with at least one letter"]
reading = set()

# %% wrong="a letter that no statement has" loses=["reading-true", "reading-complete"] says=["a letter that no statement has"]
reading = {"B", "D", "F", "G"}

# %% wrong="numbers of the statements" loses=["reading-true", "reading-complete"] says=["not written as a set of strings"]
reading = {2, 4, 6}

# %% wrong="the letters of the example" loses=["reading-true", "reading-complete"] says=["a letter that no statement has"]
reading = {"X", "Y"}

# %% wrong="a dict of verdicts" loses=["reading-true", "reading-complete"] says=["a set of letters such as"]
reading = {"A": False, "B": True, "C": False, "D": True, "E": False, "F": True}

# %% wrong="one string in a set" loses=["reading-true", "reading-complete"] says=["found:    BDF"]
reading = {"BDF"}

# %% wrong="a text with commas" loses=["reading-true", "reading-complete"] says=["a letter that no statement has"]
reading = "B, D, F"

# %% wrong="letters without quotation marks" loses=["reading-true", "reading-complete"] says=["name 'reading' is not defined"]
reading = {B, D, F}

# %% wrong="None" loses=["reading-true", "reading-complete"] says=["found:    None"]
reading = None

# %% wrong="a syntax error" loses=["reading-true", "reading-complete"] says=["name 'reading' is not defined"]
reading = {"B", "D", "F"

# %% wrong="not written" loses=["reading-true", "reading-complete"] says=["name 'reading' is not defined"]
raise NotImplementedError()
