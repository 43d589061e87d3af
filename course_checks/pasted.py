"""Tables of trials that a student pastes as CSV text: what they hold, and how they are read.

The evidence is what all models reach on the training and validation pictures; from it one variant
is chosen. The test table is what this variant, the baseline and perhaps the net of the step before
reach on the test pictures.
"""

from collections.abc import Collection
from io import StringIO

import numpy as np
import pandas as pd

from course_checks.report import describe, failure, require

BASELINE = "plain"
# What `print_evidence` and `print_test` print: the parts of the data, and what is counted.
EVIDENCE, TEST = ("train", "validation"), ("test",)
COUNTS = {
    "seed": range(2**32),  # what NumPy takes
    "epochs": range(1, 10**9),
    "pictures": range(10, 3001),  # what fashion-mnist-6k has, at least one of each class
}
LONGEST = 100_000  # characters


def measures(splits: Collection[str]) -> list[str]:
    return [f"{split}_{measure}" for split in splits for measure in ("loss", "accuracy")]


def named(what: str, model: object) -> str:
    """The name of a model that others are compared with, perhaps chosen in the part before."""
    require(
        isinstance(model, str),
        what,
        expected="the name of the variant that was chosen in the part before",
        found=describe(model),
        hint="the choice of that part is missing, or is no text.",
    )
    return model.strip()


def read_table(what: str, text: object, splits: Collection[str]) -> pd.DataFrame:
    """The pasted text as trials, one row a trial, with numbers in all columns but the model's.

    splits: EVIDENCE or TEST.
    """
    require(
        isinstance(text, str) and len(text) < LONGEST,
        what,
        expected="the printed table between quotation marks, as text",
        found=describe(text),
        hint="something other than the printed text was assigned.",
    )
    try:
        # Only commas: a separator that is guessed could read another table than the one meant.
        table = pd.read_csv(StringIO(text.strip()), skipinitialspace=True)
    except (ValueError, pd.errors.ParserError) as error:
        raise failure(
            what,
            expected="comma-separated lines, the first of them with the names of the columns",
            found=type(error).__name__,
            hint="the text is empty, or lines were cut in two when it was copied.",
        ) from None  # what pandas says of itself helps nobody
    names = [name.strip() for name in text.strip().splitlines()[0].split(",")]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    require(
        not twice,
        what,
        expected="each column once",
        found=f"the column {', '.join(twice)} twice"[:100],
        hint="the first line was changed, or parts of two tables were joined.",
    )
    table = table.rename(columns=lambda name: str(name).strip())
    counts, printed_by = ["seed"], "print_test"
    if splits == EVIDENCE:
        counts, printed_by = list(COUNTS), "print_evidence"
    missing = [name for name in ["model", *counts, *measures(splits)] if name not in table]
    require(
        not missing and len(table),
        what,
        expected=f"the columns and rows that `{printed_by}` prints",
        found=f"no column {', '.join(missing)}" if missing else "no rows",
        hint="the first line was not copied, columns were removed, or it is the other table.",
    )
    lines = filter(str.strip, text.splitlines())
    cut = [line for line in lines if line.count(",") < len(names) - 1]
    require(
        not cut,
        what,
        expected=f"{len(names)} cells in each line, separated by commas",
        found=f"the line {cut[0][:60]!r}" if cut else "",
        hint="a line is incomplete, or was cut in two when it was copied.",
    )
    measured = table[[*counts, *measures(splits)]]
    numeric = all(dtype.kind in "iuf" for dtype in measured.dtypes)
    require(
        numeric and np.isfinite(measured.to_numpy(float)).all(),
        what,
        expected="a finite number in each cell but the name of the model",
        found="an empty cell, a NaN or a text",
        hint="a line is incomplete, or a training run diverged.",
    )
    table["model"] = table["model"].astype(str).str.strip()
    return table
