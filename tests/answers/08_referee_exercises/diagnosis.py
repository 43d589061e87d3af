# %% [markdown]
# Answers to the item `diagnosis`.

# %% right="a list in another order"
diagnosis = ["E", "A", "D"]

# %% right="a tuple"
diagnosis = "A", "D", "E"

# %% right="one string"
diagnosis = "ADE"

# %% right="lower case"
diagnosis = {"a", "d", "e"}

# %% right="spaces around a letter"
diagnosis = {"A ", " D", "E"}

# %% right="a letter twice"
diagnosis = ["A", "A", "D", "E", "e"]

# %% right="a frozen set, printed"
diagnosis = frozenset("ADE")
print(f"statements that hold: {', '.join(sorted(diagnosis))}")

# %% right="an array"
diagnosis = np.array(["A", "D", "E"])

# %% right="a list made of numbers"
diagnosis = {chr(ord("A") + number) for number in (0, 3, 4)}

# %% right="annotated, with the docstring of a cell"
"""B, C and F do not hold."""

diagnosis: set[str] = set("ABCDEF") - {"B", "C", "F"}

# %% right="a dict of truth values, turned into a set"
holds = {"A": True, "B": False, "C": False, "D": True, "E": True, "F": False}
diagnosis = {letter for letter, is_true in holds.items() if is_true}

# %% right="each statement is tried"
import sys


def sigmoid(values):
    return 1 / (1 + np.exp(-values))


shifted = np.argmax(sigmoid(logits - np.float32(30)), axis=1)
tries = {
    "A": np.mean(np.argmax(logits, axis=1) == labels) > 0.5,
    "B": (np.sum(sigmoid(logits.astype(np.float64)) == 1, axis=1) < 2).all(),
    "C": np.array_equal(shifted, read_classes),
    "D": len(np.unique(logits)) > len(np.unique(sigmoid(logits))),
    "E": np.bincount(read_classes)[0] > 2 * np.bincount(labels)[0],
    "F": False,
}
print(tries, file=sys.stderr)
%time diagnosis_tried = sorted(tries)
diagnosis = [letter for letter, holds in tries.items() if holds]

# %% wrong="float64 never saturates" loses=["diagnosis-true"] says=["at least one that does not"]
diagnosis = {"A", "B", "D", "E"}

# %% wrong="a shift changes nothing" loses=["diagnosis-true"] says=["a statement sounds right"]
diagnosis = {"A", "C", "D", "E"}

# %% wrong="the sigmoid is not monotonic" loses=["diagnosis-true"] says=["at least one that does not"]
diagnosis = {"A", "D", "E", "F"}

# %% wrong="all but one" loses=["diagnosis-true"] says=["at least one that does not"]
diagnosis = set("ABCDE")

# %% wrong="the letter of the labels is missing" loses=["diagnosis-complete"] says=["at least one is missing"]
diagnosis = {"D", "E"}

# %% wrong="the letter of the equal outputs is missing" loses=["diagnosis-complete"] says=["was passed over"]
diagnosis = {"A", "E"}

# %% wrong="the letter of argmax is missing" loses=["diagnosis-complete"] says=["at least one is missing"]
diagnosis = {"A", "D"}

# %% wrong="one true letter" loses=["diagnosis-complete"] says=["at least one is missing"]
diagnosis = {"E"}

# %% wrong="one true letter as a string" loses=["diagnosis-complete"] says=["at least one is missing"]
diagnosis = "D"

# %% wrong="the opposite" loses=["diagnosis-true", "diagnosis-complete"] says=["at least one that does not", "at least one is missing"]
diagnosis = {"B", "C", "F"}

# %% wrong="one false letter" loses=["diagnosis-true", "diagnosis-complete"] says=["at least one that does not", "at least one is missing"]
diagnosis = ["C"]

# %% wrong="the network has learnt nothing" loses=["diagnosis-true", "diagnosis-complete"] says=["at least one is missing"]
diagnosis = {"B", "D", "E"}

# %% wrong="all letters" loses=["diagnosis-true", "diagnosis-complete"] says=["all of them", "at least one that does not"]
diagnosis = {"A", "B", "C", "D", "E", "F"}

# %% wrong="no letter" loses=["diagnosis-true", "diagnosis-complete"] says=["with at least one letter"]
diagnosis = set()

# %% wrong="empty braces" loses=["diagnosis-true", "diagnosis-complete"] says=["an object of type dict"]
diagnosis = {}

# %% wrong="an empty string" loses=["diagnosis-true", "diagnosis-complete"] says=["found:    ''"]
diagnosis = ""

# %% wrong="a letter that is not offered" loses=["diagnosis-true", "diagnosis-complete"] says=["a letter that no statement has"]
diagnosis = {"A", "D", "E", "G"}

# %% wrong="a sentence" loses=["diagnosis-true", "diagnosis-complete"] says=["a letter that no statement has"]
diagnosis = "A, D and E hold"

# %% wrong="letters with commas in one string" loses=["diagnosis-true", "diagnosis-complete"] says=["letters out of A, B, C, D, E, F"]
diagnosis = {"A, D, E"}

# %% wrong="numbers of the statements" loses=["diagnosis-true", "diagnosis-complete"] says=["not written as a set of strings"]
diagnosis = {1, 4, 5}

# %% wrong="a dict of truth values" loses=["diagnosis-true", "diagnosis-complete"] says=["not written as a set of strings"]
diagnosis = {"A": True, "B": False, "C": False, "D": True, "E": True, "F": False}

# %% wrong="a list in a list" loses=["diagnosis-true", "diagnosis-complete"] says=["a list of length 1"]
diagnosis = [["A", "D", "E"]]

# %% wrong="a function" loses=["diagnosis-true", "diagnosis-complete"] says=["an object of type function"]
def diagnosis():
    return {"A", "D", "E"}


# %% wrong="letters without quotes" loses=["diagnosis-true", "diagnosis-complete"] says=["name 'diagnosis' is not defined"]
diagnosis = {A, D, E}

# %% wrong="None" loses=["diagnosis-true", "diagnosis-complete"] says=["found:    None"]
diagnosis = None

# %% wrong="what print returns" loses=["diagnosis-true", "diagnosis-complete"] says=["found:    None"]
diagnosis = print({"A", "D", "E"})

# %% wrong="printed only" loses=["diagnosis-true", "diagnosis-complete"] says=["name 'diagnosis' is not defined"]
print({"A", "D", "E"})

# %% wrong="another name" loses=["diagnosis-true", "diagnosis-complete"] says=["name 'diagnosis' is not defined"]
diagnose = {"A", "D", "E"}

# %% wrong="not written" loses=["diagnosis-true", "diagnosis-complete"] says=["name 'diagnosis' is not defined"]
raise NotImplementedError()

# %% wrong="a syntax error" loses=["diagnosis-true", "diagnosis-complete"] says=["name 'diagnosis' is not defined"]
diagnosis = {"A", "D" "E"
