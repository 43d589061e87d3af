"""What nbgrader's autograde and generate_feedback do, from a terminal or by formgrader's buttons.

By themselves they run the code of submissions as the instructor, and show hidden tests.
`nbgrader_config.py` can set the class of their exporter, which nbgrader makes when it has found the
folders, and before it reads or copies anything that lies in them. These exporters then do the work
as `course grade` does, and leave nothing to nbgrader.
"""

import os
from pathlib import Path
from typing import NoReturn

from nbconvert.exporters import Exporter
from nbgrader.converters import BaseConverter
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets import Enum, Float, Integer
from traitlets.config import Config

from course_builder import project
from course_builder.build import read_exercise
from course_builder.grading import isolation_for, tried_graders
from course_grader.errors import CourseError
from course_grader.feedback import write_feedback
from course_grader.grade import disk_error, grade_submissions, remarks
from course_grader.gradebook import Gradebook
from course_grader.isolation import KINDS
from course_grader.pool import Graders
from course_grader.submissions import read_submissions


class _Exporter(Exporter):
    """Does the work for the folders STUDENT/EXERCISE that a converter has found."""

    def __init__(self, parent: BaseConverter, config: Config) -> None:
        """Do it. Raises NbGraderException for what failed, when that is logged in a sentence."""
        super().__init__(parent=parent, config=config)
        course = parent.coursedir
        excluded = course.student_id_exclude.split(",")
        folders = [one for one in map(Path, parent.assignments) if one.parent.name not in excluded]
        parent.assignments = {}
        try:
            _require_known_layout(course)
            with Gradebook.of_directory(course, config) as book:
                self._work(course, sorted(folders), book)
        except (CourseError, OSError) as error:
            said = disk_error(error) if isinstance(error, OSError) else error
            self.log.error("%s", said)
            raise NbGraderException(str(said)) from None

    def from_filename(self, *_: object, **__: object) -> NoReturn:
        """Nothing is left to convert, unless nbgrader changes: then nothing runs either."""
        raise NbGraderException("This nbgrader does not suit the course: use `course grade`.")

    def _work(self, course: CourseDirectory, folders: list[Path], book: Gradebook) -> None:
        raise NotImplementedError


class AutogradeExporter(_Exporter):
    """Grades the submissions that `nbgrader autograde` has found."""

    isolation = Enum(KINDS, KINDS[0], help="As `course grade --isolation`.").tag(config=True)
    seconds = Float(30.0, help="As `course grade --seconds`.").tag(config=True)
    jobs = Integer(os.cpu_count() or 1, min=1, help="As `course grade --jobs`.").tag(config=True)

    def _work(self, course: CourseDirectory, folders: list[Path], book: Gradebook) -> None:
        root, name = Path(course.root), course.assignment_id
        project.check_name(name, project.exercise_names(root))
        exercise = read_exercise(root, name)
        found, left = read_submissions(folders, [exercise])
        submitted = root / course.submitted_directory
        isolation = isolation_for(root, self.isolation, [exercise], root, submitted)
        jobs = max(1, min(len(found), self.jobs))
        _, failed = grade_submissions(
            found,
            book,
            root / course.autograded_directory,
            lambda: tried_graders(Graders(jobs, isolation), isolation, self.log.info),
            self.seconds,
        )
        students = {one.student for one in found}
        stored = [one for one in book.stored(name) if one.student in students]
        for sentence in remarks(stored):
            self.log.warning("%s", sentence)
        for one in stored:
            self.log.info("%s: %g of %g points", one.name, one.score, one.max_score)
        if left or failed:
            raise CourseError("\n".join(left + failed))


class FeedbackExporter(_Exporter):
    """Writes a page for each submission that `nbgrader generate_feedback` has found autograded."""

    def _work(self, course: CourseDirectory, folders: list[Path], book: Gradebook) -> None:
        book.renew_penalties(course.assignment_id)
        stored = {one.student: one for one in book.stored(course.assignment_id)}
        ungraded = [one.parent.name for one in folders if one.parent.name not in stored]
        for one in folders:
            if one.parent.name in stored:
                page = write_feedback(
                    Path(course.root) / course.feedback_directory, stored[one.parent.name], one
                )
                self.log.info("%s", page)
        if ungraded:
            raise CourseError(
                f"The gradebook has no results of {', '.join(ungraded)}: autograde first."
            )


def _require_known_layout(course: CourseDirectory) -> None:
    """Raise CourseError for folders that are laid out in another way than `course grade` knows."""
    if course.directory_structure != CourseDirectory.directory_structure.default_value:
        raise CourseError(
            "The course needs its folders as nbgrader has them by default: take the setting "
            "CourseDirectory.directory_structure out of nbgrader_config.py."
        )
