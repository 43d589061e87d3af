"""Results in nbgrader's gradebook: read back through nbgrader's own API."""

import copy
import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from gradebooks import (
    HONEST_IDS,
    NAME,
    NO_IDS,
    BrokenPenalty,
    copy_of,
    grade_by_hand,
    graded,
    new_database,
    set_due,
    tiny_exercise,
)
from nbgrader import api
from traitlets.config import Config

from course_grader.errors import CourseError
from course_grader.gradebook import Gradebook
from course_grader.jobs import State
from course_grader.jobs import TestResult as Result
from course_grader.records import write_grades_csv

DUE = datetime(2025, 3, 1, 12)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database with that exercise, made once."""
    return new_database(tmp_path_factory.mktemp("database"))


@pytest.fixture
def url(prepared, tmp_path):
    return copy_of(prepared, tmp_path)


@pytest.fixture
def book(url):
    with Gradebook(url) as book:
        yield book


@pytest.fixture
def nbgrader(url):
    """nbgrader's own view of the same database, as formgrader has it."""
    with api.Gradebook(url) as gradebook:
        yield gradebook


def test_points_and_digest_stand_in_the_gradebook(book, nbgrader):
    book.store(graded())
    submission = nbgrader.find_submission(NAME, "ada")
    assert (submission.score, submission.max_score) == (3.0, 7.0)
    assert (submission.code_score, submission.written_score) == (3.0, 0.0)
    assert not submission.notebooks[0].failed_tests
    assert book.digest_of(graded()) == "first"


def test_nothing_is_known_of_a_student_who_handed_in_nothing(book):
    assert book.digest_of(graded()) is None
    assert book.stored() == []


def test_a_worse_resubmission_loses_its_points(book, nbgrader):
    book.store(graded())
    book.store(graded(many=0.0, digest="second"))
    submission = nbgrader.find_submission(NAME, "ada")
    assert submission.score == 1.0
    assert submission.notebooks[0].failed_tests
    assert book.digest_of(graded()) == "second"
    assert len(nbgrader.assignment_submissions(NAME)) == 1


def test_a_paragraph_waits_for_a_person(book, nbgrader):
    book.store(graded())
    grade = nbgrader.find_grade("why", NAME, NAME, "ada")
    assert (grade.auto_score, grade.needs_manual_grade) == (None, True)
    assert not nbgrader.find_grade("double-one", NAME, NAME, "ada").needs_manual_grade


def test_an_untouched_paragraph_is_worth_nothing_and_waits_for_nobody(book, nbgrader):
    book.store(graded(why=None))
    submission = nbgrader.find_submission(NAME, "ada")
    assert nbgrader.find_grade("why", NAME, NAME, "ada").auto_score == 0.0
    assert not submission.needs_manual_grade
    [untouched] = book.stored()[0].paragraphs
    assert (untouched.score, untouched.is_written) == (0.0, False)
    grade_by_hand(nbgrader, "why", 1.0)
    [given] = book.stored()[0].paragraphs
    assert (given.score, given.is_written) == (1.0, True)


def test_what_was_not_answered_is_noted_as_nbgrader_notes_it(book, nbgrader):
    released = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    book.store(graded(why=None, code=released))
    book.store(graded("bob"))
    found = {
        (student, cell): nbgrader.find_comment(cell, NAME, NAME, student).comment
        for student in ("ada", "bob")
        for cell in ("double", "why")
    }
    assert found == {
        ("ada", "double"): "No response.",
        ("ada", "why"): "No response.",
        ("bob", "double"): None,
        ("bob", "why"): None,
    }


def test_the_manual_score_of_an_unchanged_paragraph_survives_a_regrade(book, nbgrader):
    book.store(graded())
    grade_by_hand(nbgrader, "why", 3.0)
    book.store(graded(one=0.0, code="return 0", digest="second"))
    submission = nbgrader.find_submission(NAME, "ada")
    assert (submission.score, submission.needs_manual_grade) == (2.0 + 3.0, False)


def test_a_changed_paragraph_asks_for_a_person_again(book, nbgrader):
    book.store(graded())
    grade_by_hand(nbgrader, "why", 3.0)
    book.store(graded(why="On second thoughts.", digest="second"))
    assert nbgrader.find_submission(NAME, "ada").needs_manual_grade
    assert book.stored()[0].manual is None


def test_a_test_score_given_by_a_person_is_looked_at_again_when_the_code_changes(book, nbgrader):
    book.store(graded(one=0.0, why=None))
    grade_by_hand(nbgrader, "double-one", 1.0)
    book.store(graded(one=0.0, why="Because.", digest="second"))
    assert not nbgrader.find_grade("double-one", NAME, NAME, "ada").needs_manual_grade
    book.store(graded(one=0.0, why="Because.", code="return 0", digest="third"))
    nbgrader.db.expire_all()
    assert nbgrader.find_grade("double-one", NAME, NAME, "ada").needs_manual_grade


def test_all_is_stored_or_nothing(url, nbgrader):
    config = Config()
    config.AssignLatePenalties.plugin_class = BrokenPenalty
    set_due(nbgrader, DUE)
    with Gradebook(url, config=config) as book:
        with pytest.raises(ZeroDivisionError):
            book.store(graded(timestamp=DUE + timedelta(days=1)))
        assert book.digest_of(graded()) is None
        assert nbgrader.students == []
        book.store(graded(timestamp=DUE))
        with pytest.raises(ZeroDivisionError):
            book.store(graded(one=0.0, digest="second", timestamp=DUE + timedelta(days=1)))
        assert book.digest_of(graded()) == "first"
    assert nbgrader.find_submission(NAME, "ada").score == 3.0


def test_lateness_costs_nothing_by_default(book, nbgrader):
    set_due(nbgrader, DUE)
    book.store(graded(timestamp=DUE + timedelta(minutes=1)))
    [grading] = book.stored()
    assert (grading.seconds_late, grading.late_penalty, grading.score) == (60.0, 0.0, 3.0)


def test_the_late_penalty_is_the_one_that_the_settings_name(url, nbgrader):
    set_due(nbgrader, DUE)
    config = Config()
    config.LateSubmissionPlugin.penalty_method = "zero"
    with Gradebook(url, config=config) as book:
        book.store(graded(timestamp=DUE + timedelta(minutes=1)))
        assert nbgrader.find_submission(NAME, "ada").late_submission_penalty == 3.0
        grade_by_hand(nbgrader, "why", 4.0)
        book.renew_penalties(NAME)
        assert book.stored()[0].score == 0.0
        book.store(graded(timestamp=DUE, digest="second"))
        assert book.stored()[0].score == 7.0


def test_an_extension_counts_and_does_no_harm_without_a_due_date(book, nbgrader):
    book.store(graded(timestamp=DUE + timedelta(hours=2)))
    nbgrader.grant_extension(NAME, "ada", hours=1)
    assert book.stored()[0].seconds_late == 0.0
    set_due(nbgrader, DUE)
    assert book.stored()[0].seconds_late == 3600.0


def test_all_that_was_stored_comes_back(book):
    message = "\x00 50 %\ud800"
    slow = Result("double-many", "It doubles many", 2.0, 0.5, State.TIME_OUT, message)
    results = (graded().results[0], slow)
    book.store(graded(results=results, remarks=("a remark", "another")))
    [grading] = book.stored(NAME)
    assert (grading.tests, grading.remarks) == (results, ("a remark", "another"))
    assert (grading.auto, grading.manual, grading.by_hand) == (1.5, None, frozenset())
    assert book.stored("02_other_exercises") == []


def test_scores_and_comments_given_by_a_person_come_back(book, nbgrader):
    book.store(graded(one=0.0))
    grade_by_hand(nbgrader, "why", 3.5)
    grade_by_hand(nbgrader, "double-one", 1.0)
    nbgrader.find_comment("why", NAME, NAME, "ada").manual_comment = "Well argued."
    nbgrader.db.commit()
    [grading] = book.stored()
    assert (grading.auto, grading.manual, grading.score) == (3.0, 3.5, 6.5)
    assert grading.by_hand == {"double-one"}
    assert grading.comments == {"why": "Well argued."}
    assert not grading.needs_manual_grade


def test_a_submission_that_nbgrader_dropped_is_forgotten(book, nbgrader):
    book.store(graded())
    nbgrader.remove_submission(NAME, "ada")
    assert book.digest_of(graded()) is None
    assert book.stored() == []
    book.store(graded())
    assert book.digest_of(graded()) == "first"


def test_the_exercise_stands_in_the_gradebook_as_nbgrader_saves_it(nbgrader):
    notebook = nbgrader.find_notebook(NAME, NAME)
    sources = {cell.name: cell.source for cell in notebook.source_cells}
    assert {cell.name: cell.max_score for cell in notebook.grade_cells} == {
        "double-one": 1.0,
        "double-many": 2.0,
        "why": 4.0,
    }
    assert {cell.name for cell in notebook.solution_cells} == {"double", "why"}
    assert "BEGIN HIDDEN TESTS" in sources["double-many"]
    assert "raise NotImplementedError()" in sources["double"]


def test_points_can_be_changed_later_but_cells_cannot(book, nbgrader):
    book.store(graded())
    exercise = tiny_exercise()
    changed = copy.deepcopy(exercise.instructor)
    cell = next(c for c in changed.cells if c.metadata.get("nbgrader", {}).get("points") == 4)
    cell.metadata.nbgrader.points = 5
    book.prepare(replace(exercise, instructor=changed))
    assert nbgrader.find_submission(NAME, "ada").max_score == 8.0
    changed.cells.remove(cell)
    with pytest.raises(CourseError, match=r"has other cells .* put the cells back"):
        book.prepare(replace(exercise, instructor=changed))


def test_results_of_other_cells_are_refused(book):
    with pytest.raises(CourseError, match=r"only on one side: double-many\)"):
        book.store(graded(results=graded().results[:1]))
    with pytest.raises(CourseError, match="has no 02_other_exercises: prepare"):
        book.store(graded(exercise=replace(tiny_exercise(), name="02_other_exercises")))
    assert book.stored() == []


@pytest.mark.parametrize("student", [*HONEST_IDS, "x" * 128])
def test_names_of_people_and_accounts_are_ids(book, nbgrader, student):
    book.store(graded(student))
    assert book.digest_of(graded(student)) == "first"
    assert nbgrader.find_submission(NAME, student).score == 3.0


@pytest.mark.parametrize("student", [*NO_IDS, "", "x" * 129])
def test_what_is_no_id_is_refused(book, student):
    with pytest.raises(CourseError, match="cannot be a student's id: before you open formgrader"):
        book.store(graded(student))


def test_several_can_write_at_the_same_time(url):
    def write(worker):
        with Gradebook(url) as book:
            for number in range(8):
                book.store(graded(f"student {number}", digest=f"{worker}-{number}"))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(3)))
    with Gradebook(url) as book:
        assert len(book.stored()) == 8


def test_a_gradebook_that_cannot_be_opened_is_named_without_its_password(tmp_path):
    with pytest.raises(CourseError, match=r"nothing\.db cannot be opened .*db_url"):
        Gradebook(f"sqlite:///{tmp_path}/no/nothing.db")
    with pytest.raises(CourseError) as error:
        Gradebook("nonsense://me:secret@localhost/grades")
    assert "secret" not in str(error.value)


def test_the_settings_of_the_course_name_the_gradebook(url, nbgrader, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
        f"c.CourseDirectory.db_url = {url!r}\n",
        encoding="utf-8",
    )
    set_due(nbgrader, DUE)
    with Gradebook.of_course(tmp_path) as book:
        book.store(graded(timestamp=DUE + timedelta(days=1)))
    assert nbgrader.find_submission(NAME, "ada").late_submission_penalty == 3.0


def test_the_table_of_grades_has_a_row_a_submission(book, nbgrader, tmp_path):
    book.store(graded("bob", one=0.0))
    book.store(graded("ada", remarks=("no timestamp.", "too many\nlines")))
    grade_by_hand(nbgrader, "why", 3.0)
    rows = csv_rows(book, tmp_path)
    assert [row["student"] for row in rows] == ["ada", "bob"]
    assert rows[0] == {
        "student": "ada",
        "exercise": NAME,
        "score": "6.0",
        "max_score": "7.0",
        "auto": "3.0",
        "manual": "3.0",
        "needs_manual_grade": "no",
        "seconds_late": "0",
        "late_penalty": "0.0",
        "remarks": "no timestamp. too many lines",
    }
    assert (rows[1]["manual"], rows[1]["needs_manual_grade"]) == ("", "yes")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "＝"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheet_takes_nothing_in_it_for_a_formula(book, tmp_path, separator, start):
    """Some take quotes only where a cell begins, and cells to be separated by what they like."""
    book.store(
        graded("ada", remarks=(f"{start}HYPERLINK(1)", f"x{separator}{start}1+1{separator}y"))
    )
    [stored] = book.stored()  # ids like this one stand in gradebooks of other programs
    write_grades_csv(tmp_path / "grades.csv", [stored, replace(stored, student=f"{start}cmd()")])
    with (tmp_path / "grades.csv").open(encoding="utf-8", newline="") as stream:
        lines = stream.read().splitlines()
    quoting = csv.QUOTE_MINIMAL if separator == "," else csv.QUOTE_NONE
    for row in csv.reader(lines, delimiter=separator, quoting=quoting):
        assert not [value for value in row if value.startswith(start.strip())]


def csv_rows(book, folder):
    path = folder / "grades.csv"
    write_grades_csv(path, book.stored())
    assert [file.name for file in folder.iterdir() if "csv" in file.name] == ["grades.csv"]
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
