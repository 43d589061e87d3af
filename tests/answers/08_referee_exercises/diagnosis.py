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


# %% wrong="float64 never saturates" loses={"diagnosis-true": "not_borne_out"}
diagnosis = {"A", "B", "D", "E"}

# %% wrong="a shift changes nothing" loses={"diagnosis-true": "not_borne_out"}
diagnosis = {"A", "C", "D", "E"}

# %% wrong="the letter of the labels is missing" loses={"diagnosis-complete": "passed_over"}
diagnosis = {"D", "E"}

# %% wrong="the letter of the equal outputs is missing" loses={"diagnosis-complete": "passed_over"}
diagnosis = {"A", "E"}

# %% wrong="all letters" loses={"diagnosis-true": "not_borne_out", "diagnosis-complete": "everything"}
diagnosis = {"A", "B", "C", "D", "E", "F"}

# %% wrong="empty braces" loses={"diagnosis-true": "no_strings", "diagnosis-complete": "no_strings"}
diagnosis = {}

# %% wrong="an empty string" loses={"diagnosis-true": "no_strings", "diagnosis-complete": "no_strings"}
diagnosis = ""

# %% wrong="a letter that is not offered" loses={"diagnosis-true": "unknown_letter", "diagnosis-complete": "unknown_letter"}
diagnosis = {"A", "D", "E", "G"}

# %% wrong="a sentence" loses={"diagnosis-true": "unknown_letter", "diagnosis-complete": "unknown_letter"}
diagnosis = "A, D and E hold"

# %% wrong="numbers of the statements" loses={"diagnosis-true": "no_strings", "diagnosis-complete": "no_strings"}
diagnosis = {1, 4, 5}

# %% wrong="letters without quotes" loses={"diagnosis-true": "error", "diagnosis-complete": "error"}
diagnosis = {A, D, E}

# %% wrong="printed only" loses={"diagnosis-true": "missing", "diagnosis-complete": "missing"}
print({"A", "D", "E"})

# %% wrong="another name" loses={"diagnosis-true": "missing", "diagnosis-complete": "missing"}
diagnose = {"A", "D", "E"}

# %% wrong="not written" loses={"diagnosis-true": "error", "diagnosis-complete": "error"}
raise NotImplementedError()

# %% wrong="a syntax error" loses={"diagnosis-true": "error", "diagnosis-complete": "error"}
diagnosis = {"A", "D" "E"
