"""The notebook as students get it: nbgrader's preprocessors take answers and hidden tests out."""

import copy
import logging
from collections.abc import Iterable

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.nbgraderformat import ValidationError
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from nbgrader.preprocessors.base import NbGraderPreprocessor

from course_grader.errors import CourseError

# Else they would tell the checksum of each cell to whoever presses a button of formgrader.
LOG = logging.getLogger(__name__)
# In the order of nbgrader's own generate_assignment, less its database.
TO_STUDENT = (
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
)


def released(instructor: NotebookNode, name: str) -> NotebookNode:
    """The notebook without answers, hidden tests and outputs.

    Raises CourseError, with the name, for metadata that nbgrader refuses.
    """
    try:
        return preprocessed(instructor, TO_STUDENT, ResourcesDict())
    except (ValidationError, RuntimeError) as error:
        raise CourseError(f"{name}: nbgrader refuses it: {error}") from error


def preprocessed(
    notebook: NotebookNode, steps: Iterable[type[NbGraderPreprocessor]], resources: ResourcesDict
) -> NotebookNode:
    """A copy of the notebook that has gone through these steps. Raises what they raise."""
    notebook = copy.deepcopy(notebook)
    for step in steps:
        notebook, resources = step(log=LOG).preprocess(notebook, resources)
    return notebook
