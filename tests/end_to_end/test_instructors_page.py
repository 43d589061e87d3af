"""docs/instructors.md: every command on the page, run in its order, from an empty folder.

The commands and settings come from the page itself. The section on JupyterHub is tested in
test_jupyterhub.py.
"""

import csv
import re
from collections.abc import Iterator

import pytest
from classroom import (
    BLOCK,
    COMMENT,
    NAME,
    ON_A_HUB,
    PAGE,
    SERVERS,
    Classroom,
    commands_of,
    configure,
    mark_in_formgrader,
    new_classroom,
    prepare,
    start_dask,
)
from conftest import NEEDS_NAMESPACES, ROOT
from nbgrader.utils import get_username

from course_builder.build import instructor_notebook

pytestmark = [
    pytest.mark.xdist_group("instructors_page"),
    NEEDS_NAMESPACES,
]
POINTS = 26  # of the tests


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Iterator[Classroom]:
    """The page from its beginning to its end."""
    with new_classroom(tmp_path_factory.mktemp("page")) as room:
        for kind, text in BLOCK.findall(PAGE.replace(ON_A_HUB, "")):
            if kind == "python":
                configure(room, text)
                continue
            for command in commands_of(text):
                prepare(room, command)
                if command == "jupyter lab":
                    mark_in_formgrader(room)
                elif command.startswith(SERVERS):
                    start_dask(room, command)
                else:
                    room.run(command)
        yield room


def test_every_command_ends_as_the_page_says(room):
    """Grading ends with 1, since one notebook cannot be read."""
    for command, statuses in room.statuses.items():
        expected = 1 if command.startswith("course grade") else 0
        assert set(statuses) == {expected}, (command, room.printed[command])
    assert len(room.statuses) > 12


def test_what_is_built_has_passed_the_gate_and_what_is_released_has_no_leak(room):
    assert f"{NAME} has passed the release gate." in room.printed["course build"][0]
    [released] = [said for command, said in room.printed.items() if "course release" in command]
    assert "no leak was found" in released[0]
    for file in (f"notebooks/{NAME}.ipynb", "course_grader/check.py", "course_checks/__init__.py"):
        assert (room.course.parent / "dropout-students" / file).is_file()


def test_right_wrong_late_and_unreadable_work_is_graded(room):
    me, rows = get_username(), room.grades["course grade submitted 1"]
    assert {student: float(row["auto"]) for student, row in rows.items()} == {
        **{me: POINTS, "ada": POINTS - 1, "eve": POINTS, "fay": 0}
    }
    assert {student: float(row["score"]) for student, row in rows.items()} == {
        **{me: POINTS, "ada": POINTS - 1, "eve": 0, "fay": 0}
    }
    assert float(rows["eve"]["late_penalty"]) == POINTS
    assert rows["eve"]["seconds_late"] == "7200"
    assert [student for student, row in rows.items() if row["needs_manual_grade"] == "yes"] == [me]


def test_grading_says_what_isolation_holds_and_what_needs_attention(room):
    first, second = room.printed["course grade submitted"]
    assert "Isolation: namespaces: no network; no other processes in reach" in first
    assert "Graded now: 4; as before: 0." in first
    assert f"fay/{NAME}: not graded, no points: {NAME}.ipynb is empty" in first
    assert "Graded now: 0; as before: 4." in second


def test_points_and_comment_of_a_person_reach_the_table_and_the_page(room):
    me = get_username()
    rows = room.grades["course grade submitted 2"]
    assert (rows[me]["score"], rows[me]["manual"]) == ("29.0", "3.0")
    assert {row["needs_manual_grade"] for row in rows.values()} == {"no"}
    [page] = room.student.glob(f"{NAME}/feedback/*/{NAME}.html")  # fetched by the student
    text = page.read_text(encoding="utf-8")
    assert "<strong>29</strong> of 30 points" in text
    assert COMMENT.replace("<", "&lt;").replace(">", "&gt;") in text


def test_hints_are_on_the_pages_and_hidden_tests_are_not(room):
    pages = list((room.course / "feedback").glob(f"*/{NAME}/{NAME}.html"))
    texts = {page.parts[-3]: page.read_text(encoding="utf-8") for page in pages}
    assert "survivors are not scaled" in texts["ada"]
    assert len(texts) == 5
    hidden = _hidden_lines()
    assert len(hidden) > 20
    for text in (*texts.values(), room.shown):
        assert not [line for line in hidden if line in text]


def test_nbgrader_exports_the_same_scores(room):
    with (room.course / "exported.csv").open(encoding="utf-8", newline="") as stream:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(stream)}
    rows = room.grades["course grade submitted 2"]
    assert exported == {student: float(row["score"]) for student, row in rows.items()}
    assert (room.course / "gradebook-backup.db").stat().st_size > 10_000


def test_the_cluster_grades_what_is_new_and_nothing_else(room):
    [(command, [said])] = [
        one for one in room.printed.items() if one[0].startswith("course grade submitted --sch")
    ]
    assert "Graded now: 1; as before: 4." in said
    rows = room.grades[f"{command} 1"]
    assert float(rows["gil"]["score"]) == POINTS
    assert float(rows[get_username()]["score"]) == 29


def _hidden_lines() -> list[str]:
    """The lines of hidden tests that say something."""
    region = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)
    sources = [cell.source for cell in instructor_notebook(ROOT, NAME).cells]
    lines = [
        line for source in sources for text in region.findall(source) for line in text.split("\n")
    ]
    return [line.strip() for line in lines if len(line.strip()) > 20]
