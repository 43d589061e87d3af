"""The command `course grade` on one machine: what it writes, regrades, survives and says."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import nullcontext

import pytest
from conftest import NEEDS_NAMESPACES
from nbgrader import api
from running import (
    COURSE,
    ENDS,
    HANGS,
    NAME,
    PART,
    PATIENCE,
    RIGHT,
    SECONDS,
    WRONG,
    grade_here,
    hand_in,
    left_behind,
    new_class,
    results_of,
    rows_of,
    run_course,
    start_course,
    stored_rows,
    until,
)

from course_builder import cli
from course_grader import gradebook
from course_grader.errors import CourseError
from course_grader.grade import Outcome
from course_grader.isolation import Isolation
from course_grader.jobs import NotGraded
from course_grader.pool import Graders

pytestmark = [
    pytest.mark.xdist_group("grade"),
    NEEDS_NAMESPACES,
]
CLASS = {"ada": RIGHT, "bob": PART, "cyd": WRONG, "dan": ENDS, "eve": RIGHT}


@pytest.fixture(scope="module")
def graders():
    """Graders for the tests that need no command of their own."""
    with Graders(2, Isolation()) as graders:
        yield graders


@pytest.fixture
def course(tmp_path, empty_gradebook):
    """A course with the class, not graded yet."""
    root = new_class(tmp_path / "course", CLASS)
    shutil.copy(empty_gradebook, root)
    return root


@pytest.fixture
def grade(course, graders):
    """Grades that class, with graders that are there already."""

    def grade(seconds: float = SECONDS) -> Outcome:
        return grade_here(course, lambda: nullcontext(graders), seconds)

    return grade


@pytest.fixture(scope="module")
def commanded(tmp_path_factory):
    """The class, graded by the command: the course's folder, exit status and both outputs."""
    root = new_class(tmp_path_factory.mktemp("commanded") / "course", CLASS)
    (root / "submitted" / "fay" / NAME).mkdir(parents=True)
    (root / "submitted" / "fay" / NAME / f"{NAME}.ipynb").write_text("")
    return root, *run_course(root, "--jobs", "2")


def no_start():
    raise AssertionError("graders were started for nothing")


def test_the_command_ends_with_a_table_and_a_status(commanded):
    _, status, out, err = commanded
    assert status == 1
    assert "Isolation: namespaces" in err
    assert "Traceback" not in err + out
    heading, line, summary, attention, *who = out.splitlines()
    assert line.split() == [NAME, "6", "1.2", "7", "5"]
    assert "to grade by hand" in heading
    assert summary.startswith("Graded now: 6; as before: 0.")
    assert attention == "Needs attention (2):"
    assert who[0].startswith(f"  dan/{NAME}: crash")
    assert "is empty: submit the notebook again" in who[1]


def test_scores_stand_in_the_csv_and_in_nbgraders_gradebook(commanded):
    root, *_ = commanded
    scores = {student: float(row["score"]) for student, row in rows_of(root).items()}
    assert scores == {"ada": 3, "bob": 1, "cyd": 0, "dan": 0, "eve": 3, "fay": 0}
    with api.Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        assert {s.student.id: s.score for s in book.assignment_submissions(NAME)} == scores
        assert book.find_grade("why", NAME, NAME, "ada").needs_manual_grade
        assert book.find_comment("why", NAME, NAME, "fay").comment == "No response."
    for student in scores:
        assert (root / "feedback" / student / NAME / f"{NAME}.html").read_text().endswith("</html>")
        assert (root / "autograded" / student / NAME / f"{NAME}.ipynb").is_file()


def test_the_command_run_again_grades_nothing(commanded):
    root, first_status, *_ = commanded
    before = results_of(root)
    status, out, err = run_course(root)
    assert (status, first_status) == (1, 1)
    assert "Graded now: 0; as before: 6." in out
    assert "Isolation" not in err  # no grader was started
    assert results_of(root) == before


def test_nothing_is_left_of_the_processes(commanded):
    root, *_ = commanded
    assert until(lambda: not left_behind(root), 10)


def test_what_is_graded_is_not_graded_again(course, grade):
    assert grade().graded_now == len(CLASS)
    before = results_of(course)
    outcome = grade_here(course, no_start)
    assert outcome.graded_now == 0
    assert results_of(course) == before


def test_another_limit_of_time_grades_all_again(grade):
    grade()
    assert grade(SECONDS + 1).graded_now == len(CLASS)


def test_a_changed_test_grades_all_again(course, grade):
    grade()
    source = course / "solutions" / f"{NAME}.py"
    changed = source.read_text().replace("assert double(7) == 14", "assert double(2.5) == 5")
    source.write_text(changed)
    assert grade().graded_now == len(CLASS)
    assert rows_of(course)["bob"]["score"] == "3.0"


@pytest.mark.parametrize(("body", "score"), [(RIGHT, 3), (WRONG, 0), (ENDS, 0)])
def test_a_changed_answer_is_graded_again_whatever_it_was_worth(course, grade, body, score):
    grade()
    hand_in(course, "bob", body)
    assert grade().graded_now == 1
    assert float(rows_of(course)["bob"]["score"]) == score
    with api.Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        assert book.find_submission(NAME, "bob").score == score


def test_an_id_that_was_one_before_keeps_nobody_from_a_page(course, grade):
    grade()
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book, book:
        columns = ("student.id", "submitted_assignment.student_id", "course_grading.student")
        for table, column in (one.split(".") for one in columns):
            book.execute(f"UPDATE {table} SET {column} = 'Lovelace, Ada' WHERE {column} = 'ada'")
    for folder in ("submitted/ada", "feedback"):
        shutil.rmtree(course / folder)
    [said] = [one for one in grade().attention if one.startswith("Lovelace, Ada/")]
    assert said.startswith(f"Lovelace, Ada/{NAME}: no page in feedback/: 'Lovelace, Ada' cannot be")
    assert len(list((course / "feedback").iterdir())) == len(CLASS) - 1


def test_a_submission_that_is_empty_now_loses_its_points(course, grade):
    grade()
    (course / "submitted" / "ada" / NAME / f"{NAME}.ipynb").write_text("")
    assert grade().graded_now == 1
    assert rows_of(course)["ada"]["score"] == "0.0"


def test_where_the_grader_fails_the_points_from_before_stand_and_that_is_told(course, grade):
    grade()
    hand_in(course, "ada", WRONG)

    class Failing:
        count = 1

        def grade(self, job):
            raise NotGraded("there is no memory.")

    outcome = grade_here(course, lambda: nullcontext(Failing()))
    [said] = [one for one in outcome.attention if "NOT graded" in one]
    assert said.startswith(f"ada/{NAME}: NOT graded: there is no memory. The points of what was")
    assert rows_of(course)["ada"]["score"] == "3.0"
    assert grade().graded_now == 1
    assert rows_of(course)["ada"]["score"] == "0.0"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--jobs", "0"], "'0' is no whole number above 0"),
        (["--jobs", "-1"], "'-1' is no whole number above 0"),
        (["--jobs", "two"], "'two' is no whole number above 0"),
        (["--seconds", "0"], "'0' is no number of seconds above 0"),
        (["--seconds", "nan"], "'nan' is no number of seconds above 0"),
        (["--seconds", "inf"], "'inf' is no number of seconds above 0"),
    ],
)
def test_a_number_that_grades_nothing_is_refused(words, says, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["grade", "submitted", *words])
    assert stop.value.code == 2
    assert says in capsys.readouterr().err


def test_what_ran_out_needs_attention(course, grade):
    hand_in(course, "bob", "raise MemoryError")
    said = f"bob/{NAME}: something ran out: double-one, double-many."
    assert [one for one in grade().attention if one.startswith("bob/")] == [said]


def test_an_endless_loop_needs_attention_and_harms_nobody_else(course, grade):
    hand_in(course, "bob", HANGS)
    outcome = grade(1.0)
    assert [one for one in outcome.attention if one.startswith(f"bob/{NAME}: time")]
    assert rows_of(course)["eve"]["score"] == "3.0"


def test_where_the_reference_answers_lose_points_none_is_graded(course, grade):
    """As where they need what the isolation does not show; here it is the course itself."""
    source = course / "solutions" / f"{NAME}.py"
    needs_the_course = f"return 2 * x if __import__('os').path.exists({str(course)!r}) else 0"
    source.write_text(source.read_text().replace(RIGHT, needs_the_course))
    with pytest.raises(CourseError, match=r"get 0 of 3 points here \(double-one: the test does"):
        grade()
    assert not stored_rows(course)


def test_mistakes_of_the_instructors_are_told_in_a_sentence(course, monkeypatch, capsys):
    monkeypatch.chdir(course)
    for folder, sentence in (("nothing", "There is no folder nothing"), ("bare", "bare is empty")):
        (course / "bare").mkdir(exist_ok=True)
        assert cli.main(["grade", folder]) == 2
        assert sentence in capsys.readouterr().err
    shutil.rmtree(course / "solutions")
    assert cli.main(["grade", "submitted"]) == 2


def test_a_locked_gradebook_is_told_and_left_whole(course, grade, monkeypatch):
    grade()
    before = results_of(course)
    hand_in(course, "bob", RIGHT)
    monkeypatch.setattr(gradebook, "SQLITE_SECONDS", 0.2)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CourseError, match="database is locked"):
            grade()
    assert results_of(course)["bob"] == before["bob"]
    assert results_of(course)["grades.csv"] == before["grades.csv"]
    monkeypatch.undo()
    assert grade().graded_now == 1
    assert rows_of(course)["bob"]["score"] == "3.0"


@pytest.mark.parametrize(
    ("size", "then", "said"),
    [
        ("8m", "rm -r feedback; head -c 16m /dev/zero > filler", "No space left on device"),
        ("200k", "rm gradebook.db", "cannot be opened"),
        ("8m", "mount -o remount,ro .", "Read-only file system"),
    ],
    ids=["full", "no-room-for-a-gradebook", "read-only"],
)
def test_a_disk_that_cannot_be_written_is_told_in_a_sentence(course, grade, size, then, said):
    """In a mount namespace of its own, so that nobody else sees it."""
    grade()
    before = results_of(course)
    own = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run([*own, "true"], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    copy = course.with_name("copy")
    shutil.copytree(course, copy)
    script = f"""
        mount -t tmpfs -o size={size},mode=755 none {course} && cd {course} || exit 9
        cp -r {copy}/. . 2>/dev/null
        ( {then} ) 2>/dev/null
        {COURSE} grade submitted
    """
    done = subprocess.run(
        [*own, "sh", "-c", script], capture_output=True, text=True, timeout=PATIENCE
    )
    assert (done.returncode, done.stdout) == (2, "")
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("course: ")
    assert said in sentence
    assert results_of(course) == before


def test_ctrl_c_ends_at_once_and_a_second_run_goes_on(tmp_path, graders, empty_gradebook):
    bodies = {f"s{number}": f"import time; time.sleep(0.4); {RIGHT}" for number in range(8)}
    root = new_class(tmp_path / "course", bodies)
    shutil.copy(empty_gradebook, root)
    process = start_course(root, "--jobs", "2")
    assert until(lambda: stored_rows(root) > 1)
    start = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert time.monotonic() - start < 10
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == "course: interrupted."
    assert "Traceback" not in err
    assert until(lambda: not left_behind(root), 10)
    done = stored_rows(root)
    assert 2 <= done < 8
    outcome = grade_here(root, lambda: nullcontext(graders))
    assert outcome.graded_now == 8 - done
    assert {row["score"] for row in rows_of(root).values()} == {"3.0"}
