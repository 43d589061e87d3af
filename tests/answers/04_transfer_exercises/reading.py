# %% [markdown]
# Answers to the item `reading`.

# %% right="a list"
reading = ["B", "D", "F"]

# %% right="a tuple in another order, lower case"
reading = ("f", "b", "d")

# %% right="one text"
reading = "BDF"

# %% right="a frozen set, a letter twice, blanks"
reading = frozenset([" B", "D ", "F", "B"])

# %% right="an array, with a note on stderr"
import sys

reading = np.array(["B", "D", "F"])
print("chosen:", *sorted(reading), file=sys.stderr)

# %% right="computed from the intervals"
reading = {"D", "F"}
for letter, name in (("A", "one"), ("B", "two")):
    _, low, high = intervals[name]
    if not low <= 0 <= high:
        reading.add(letter)

# %% wrong="the larger mean decides" loses={"reading-true": "not_borne_out", "reading-complete": "passed_over"}
reading = {"A", "C", "D"}

# %% wrong="both conclusions supported" loses={"reading-true": "not_borne_out"}
reading = {"A", "B", "D", "F"}

# %% wrong="the comparison of independent groups passed over" loses={"reading-complete": "passed_over"}
reading = {"B", "F"}

# %% wrong="all six" loses={"reading-true": "not_borne_out", "reading-complete": "everything"}
reading = set("ABCDEF")

# %% wrong="nothing" loses={"reading-true": "no_strings", "reading-complete": "no_strings"}
reading = set()

# %% wrong="numbers of the statements" loses={"reading-true": "no_strings", "reading-complete": "no_strings"}
reading = {2, 4, 6}

# %% wrong="a letter that no statement has" loses={"reading-true": "unknown_letter", "reading-complete": "unknown_letter"}
reading = {"B", "D", "F", "G"}

# %% wrong="letters without quotation marks" loses={"reading-true": "error", "reading-complete": "error"}
reading = {B, D, F}

# %% wrong="not written" loses={"reading-true": "error", "reading-complete": "error"}
raise NotImplementedError()
