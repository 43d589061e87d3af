"""What a grade depends on.

A digest of all of it stands with each score: what has the same digest is not graded again, and a
machine that would come to another one is not let grade.
"""

import hashlib
import json
import platform
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from course_grader.cells import Cell, without_magics
from course_grader.imports import used_by

if TYPE_CHECKING:  # brings nbformat, which a Dask worker does without
    from course_grader.records import Submission

# Grades what it is given; the cells, and the limits, are part of the digest.
GRADED_BY = "course_grader.server"
CODE = "this package"


def digest_of(submission: "Submission", seconds: float) -> str:
    """SHA-256 of all that the results depend on: answers, tests, checks, versions, remarks."""
    answers, exercise = submission.answers, submission.exercise
    pictures = [one.data for name in exercise.paragraphs for one in submission.pictures(name)]
    facts = {
        "answers": [answers.code, answers.written, pictures] if answers else None,
        "cells": [vars(cell) for cell in exercise.cells],
        "written": {name: exercise.released_texts[name] for name in exercise.paragraphs},
        "remarks": submission.remarks,
        "timestamp": str(submission.timestamp),
        "seconds": seconds,
        "environment": environment_of(exercise.cells),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def environment_of(cells: Iterable[Cell]) -> dict[str, str]:
    """What grades the trusted cells on this machine: `tools_of`, Python and the processor."""
    here = {"python": platform.python_version(), "machine": platform.machine()}
    return tools_of(cells) | here


def tools_of(cells: Iterable[Cell]) -> dict[str, str]:
    """What has to be the same wherever a class is graded: the code that decides, and versions.

    Both follow from what the trusted cells and the grader import, directly or not.
    """
    return _tools(tuple(without_magics(cell.source) for cell in cells if cell.is_trusted))


@cache
def _tools(sources: tuple[str, ...]) -> dict[str, str]:
    used = used_by(sources, GRADED_BY)
    return {CODE: used.code()} | used.versions()
