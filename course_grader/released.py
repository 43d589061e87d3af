"""The notebook as students get it: nbgrader's preprocessors take answers and hidden tests out."""

import copy

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

from course_grader.errors import CourseError

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
    notebook, resources = copy.deepcopy(instructor), ResourcesDict()
    try:
        for preprocessor in TO_STUDENT:
            notebook, resources = preprocessor().preprocess(notebook, resources)
    except (ValidationError, RuntimeError) as error:
        raise CourseError(f"{name}: nbgrader refuses it: {error}") from error
    return notebook
