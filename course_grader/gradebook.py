"""Results of grading, in nbgrader's own gradebook.

What grading finds goes where nbgrader would have put it, so that its formgrader, manual
grading, CSV export and feedback go on working. A table of our own, `course_grading`, stands in
the same database and holds what nbgrader has no place for: the digest, messages and remarks.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from nbconvert.exporters.exporter import ResourcesDict
from nbgrader import api
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    ClearHiddenTests,
    ClearMarkScheme,
    SaveCells,
)
from sqlalchemy import Engine, create_engine, inspect, make_url, select, text, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session
from traitlets.config import Config

from course_grader.errors import CourseError
from course_grader.gradebook_rows import (
    Base,
    Row,
    find_rows,
    hash_of,
    new_row,
    seconds_late,
    set_comments,
    set_grades,
    stored_grading,
    submitted_notebook,
)
from course_grader.notebooks import Exercise
from course_grader.records import StoredGrading, Submission, check_student
from course_grader.released import TO_STUDENT, preprocessed

SQLITE_SECONDS = 60  # how long one process waits for another that is writing
# nbgrader keeps hidden tests in its gradebook, and tells by them whether a cell was changed.
TO_GRADEBOOK = (
    *(step for step in TO_STUDENT if step not in (ClearHiddenTests, ClearMarkScheme)),
    SaveCells,
)


class Gradebook:
    """nbgrader's gradebook, and our own table beside it; close it, or use it in `with`."""

    def __init__(self, db_url: str, course_id: str = "", config: Config | None = None) -> None:
        """Open the database, and make its tables where it has none.

        config: nbgrader's settings, for the plugin of late penalties. Raises CourseError when
        the database cannot be opened, or has the tables of an older nbgrader.
        """
        self._url = _patient(db_url)
        try:
            _require_columns(self._url)
            with _programs_of_this_python():
                self._book = api.Gradebook(self._url, course_id or "default_course")
                _complete_version(self._book.engine)
            Base.metadata.create_all(self._book.engine)
        except (SQLAlchemyError, ImportError) as error:
            raise CourseError(
                f"The gradebook {make_url(db_url)} cannot be opened "
                f"({_first_line(error)}): look at CourseDirectory.db_url in "
                "nbgrader_config.py."
            ) from error
        self._late = AssignLatePenalties(config=config or Config())
        self._late.init_plugin()

    @classmethod
    def of_course(cls, root: Path) -> "Gradebook":
        """The gradebook that nbgrader's settings name for the course in the folder `root`."""
        settings = NbGrader(log_level="ERROR")
        settings.load_cwd_config = False  # those of `root` are meant, wherever one stands
        with _modules_of(root):
            settings.initialize([], root=str(root))
        return cls.of_directory(settings.coursedir, settings.config)

    @classmethod
    def of_directory(cls, course: CourseDirectory, config: Config) -> "Gradebook":
        """The gradebook of what nbgrader knows as a course, with these settings."""
        with _modules_of(Path(course.root)):
            return cls(course.db_url, course.course_id, config)

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, SQLAlchemyError):
            raise CourseError(
                f"The gradebook {make_url(self._url)} cannot be read or written "
                f"({_first_line(error)}). Mend it and run the command again: what stands in it "
                "is whole."
            ) from error

    def close(self) -> None:
        """Close all connections to the database."""
        self._book.close()

    def prepare(self, exercise: Exercise) -> None:
        """Save the exercise and its cells, as `nbgrader generate_assignment` does.

        Raises CourseError when cells came or went since submissions were stored.
        """
        name = exercise.name
        self._book.update_or_create_assignment(name)
        names = {"notebook": name, "assignment": name, "db_url": self._url}
        try:
            preprocessed(exercise.instructor, TO_GRADEBOOK, ResourcesDict(nbgrader=names))
        except RuntimeError as error:
            raise CourseError(
                f"{name} has other cells than those that the gradebook holds grades of "
                f"({error}): put the cells back, or drop its grades with "
                f"`nbgrader db assignment remove {name} --force` and grade again."
            ) from error

    def store(self, graded: Submission) -> None:
        """Put the results and their digest into the gradebook: all of them, or none.

        Raises CourseError for a student's id that cannot be stored, and for results that are
        not those of the cells in the gradebook.
        """
        check_student(graded.student)
        try:
            self._store(graded)
        except IntegrityError:  # another process made the same student or submission just now
            self._store(graded)

    def digest_of(self, submission: Submission) -> str | None:
        """The digest that was stored with results for it; None where there are no results."""
        with Session(self._book.engine) as session:
            return session.scalar(
                select(Row.digest)
                .join(api.SubmittedNotebook, api.SubmittedNotebook.id == Row.submission)
                .where(*_row_of(submission))
            )

    def stored(self, exercise: str | None = None) -> list[StoredGrading]:
        """All that is stored, of one exercise or of all, sorted by exercise and student."""
        with Session(self._book.engine) as session:
            gradings = [
                stored_grading(row, notebook) for row, notebook in find_rows(session, exercise)
            ]
        return sorted(gradings, key=lambda grading: (grading.exercise, grading.student))

    def renew_penalties(self, exercise: str | None = None) -> None:
        """Assign the late penalties again: manual grades, due dates and extensions may be new."""
        with Session(self._book.engine) as session, session.begin():
            for _, notebook in find_rows(session, exercise):
                self._assign_penalty(session, notebook)

    def _store(self, graded: Submission) -> None:
        with Session(self._book.engine) as session, session.begin():
            # Writing first takes the lock, so that nothing read below is old when it is used.
            session.execute(update(Row).where(*_row_of(graded)).values(digest=graded.digest))
            notebook = submitted_notebook(session, graded)
            before = session.scalar(select(Row.answers).where(*_row_of(graded)))
            answers = {
                name: hash_of("".join([text, *(one.data for one in graded.pictures(name))]))
                for name, text in graded.texts.items()
            }
            old = json.loads(before) if before else {}
            changed = {name for name in {*answers, *old} if answers.get(name) != old.get(name)}
            set_grades(notebook, graded, changed)
            set_comments(notebook, graded)
            self._assign_penalty(session, notebook)
            session.merge(new_row(graded, notebook.id, answers))

    def _assign_penalty(self, session: Session, notebook: api.SubmittedNotebook) -> None:
        session.flush()
        notebook.late_submission_penalty = None
        late = seconds_late(notebook.assignment)
        if late > 0:
            this = api.SubmittedNotebook.id == notebook.id
            score = session.scalar(select(api.SubmittedNotebook.score).where(this))
            student = notebook.assignment.student_id
            penalty = self._late.plugin_inst.late_submission_penalty(student, score, late)
            if penalty is not None:
                notebook.late_submission_penalty = min(max(penalty, 0.0), score)


def _row_of(submission: Submission) -> tuple:
    return Row.student == submission.student, Row.exercise == submission.exercise.name


def _require_columns(url: str) -> None:
    """Raise CourseError where tables lack columns, as those of an older nbgrader do.

    Before nbgrader opens it: that would make tables that its upgrade finds in its way.
    """
    engine = create_engine(url)
    try:
        found = inspect(engine).get_multi_columns()
    finally:
        engine.dispose()
    there = {table: {column["name"] for column in columns} for (_, table), columns in found.items()}
    for table in api.Base.metadata.sorted_tables:
        lacking = sorted({*table.columns.keys()} - there.get(table.name, {*table.columns.keys()}))
        if lacking:
            raise CourseError(
                f"The gradebook {make_url(url).set(query={})} was made by an older nbgrader (its "
                f"table {table.name} has no {', '.join(lacking)}): copy it as a backup, run "
                "`nbgrader db upgrade`, and then this again."
            )


def _complete_version(engine: Engine) -> None:
    """Note which version the tables have, as `nbgrader db upgrade` needs it.

    nbgrader does so when it has made them, but never later: a process that was killed left them
    without.
    """
    with engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
        )
        if connection.scalar(text("SELECT version_num FROM alembic_version")) is None:
            add = text("INSERT INTO alembic_version (version_num) VALUES (:version)")
            connection.execute(add, {"version": api.get_alembic_version()})


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _patient(db_url: str) -> str:
    """The same database; with SQLite, a process waits while another one writes."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(SQLITE_SECONDS)})
    return url.render_as_string(hide_password=False)


@contextmanager
def _modules_of(root: Path) -> Iterator[None]:
    """The settings may name a plugin beside them. nbgrader adds the current folder for good."""
    before = list(sys.path)
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path[:] = before


@contextmanager
def _programs_of_this_python() -> Iterator[None]:
    """nbgrader starts alembic by its bare name, as if the environment were activated."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{before}"
    try:
        yield
    finally:
        os.environ["PATH"] = before
