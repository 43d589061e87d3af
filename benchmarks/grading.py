"""Processor seconds a submission: stock nbgrader against `course grade`, side by side in one run.

    .venv/bin/python benchmarks/grading.py [--answers KIND] [--copies N] [--exercise NAME ...]

The same submissions are graded both ways; user and system seconds of all processes count. The
second line is what one more submission takes: the difference to a run with a single one. KIND:

    reference   N complete submissions with the reference answers
    together    the unusual right answers of the gallery, one of each item in each submission
    alone       each of these in a submission of its own, with no other item answered

Scores are compared test by test. Not a test: it takes minutes, and its figures depend on the
machine.
"""

import argparse
import itertools
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from course_builder.build import instructor_notebook, read_exercise, student_notebook
from course_builder.gate import gallery_of
from course_builder.project import exercise_names, find_root
from course_grader.cells import CellKind
from course_grader.files import write_whole
from course_grader.gallery import REFERENCE, UNTOUCHED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=8, metavar="N")
    parser.add_argument("--exercise", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="of `course grade`")
    kinds = ("reference", "together", "alone")
    parser.add_argument("--answers", choices=kinds, default="reference", metavar="KIND")
    options = parser.parse_args()
    root = find_root()
    print(f"{'processor s a submission':<28}{'stock':>8}{'ours':>8}{'ratio':>8}")
    for name in options.exercise or exercise_names(root):
        if options.answers == "reference":
            submissions = [reference_answers(root, name)] * options.copies
        elif options.answers == "together":
            submissions = together(root, name)
        else:
            submissions = alone(root, name)
        with tempfile.TemporaryDirectory() as folder:
            compare(root, Path(folder), name, submissions, options.jobs)


def compare(
    root: Path, folder: Path, name: str, submissions: list[dict[str, str]], jobs: int
) -> None:
    """Grade the submissions both ways, each in courses of their own; print what it took."""
    whole, slope, walls, scores = {}, {}, {}, {}
    for way in ("stock", "ours"):
        one = make_course(root, folder / way / "one", name, submissions[:1])
        all_ = make_course(root, folder / way / "all", name, submissions)
        alone, _ = grade(one, way, name, jobs)
        spent_on_all, walls[way] = grade(all_, way, name, jobs)
        whole[way] = spent_on_all / len(submissions)
        slope[way] = (spent_on_all - alone) / (len(submissions) - 1)
        scores[way] = read_scores(all_, name)
    same = "identical" if scores["stock"] == scores["ours"] else "DIFFERENT"
    print(_row(f"{name} ({len(submissions)})", whole), f"wall {walls['stock']:.0f} s and")
    print(_row("  one more submission", slope), f"{walls['ours']:.0f} s; scores {same}", flush=True)
    for student, test in itertools.product(scores["stock"], next(iter(scores["stock"].values()))):
        pair = scores["stock"][student][test], scores["ours"][student][test]
        if pair[0] != pair[1]:
            print(f"  {student}, {test}: {pair[0]} and {pair[1]}")


def _row(what: str, seconds: dict[str, float]) -> str:
    ratio = seconds["stock"] / seconds["ours"]
    return f"{what:<28}{seconds['stock']:>8.2f}{seconds['ours']:>8.2f}{ratio:>8.1f}  "


def make_course(root: Path, course: Path, name: str, submissions: list[dict[str, str]]) -> Path:
    """A course of this exercise alone, with the submissions collected."""
    (course / "solutions").mkdir(parents=True)
    for path in ("nbgrader_config.py", "pyproject.toml", f"solutions/{name}.py"):
        shutil.copy(root / path, course / path)
    released = student_notebook(root, name)
    source = course / "build" / "source" / name / f"{name}.ipynb"
    write_whole(source, nbformat.writes(instructor_notebook(root, name)))
    for number, answers in enumerate(submissions):
        path = course / "submitted" / f"student-{number:03}" / name / f"{name}.ipynb"
        write_whole(path, nbformat.writes(answered(released, answers)))
    return course


def answered(released: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    notebook = nbformat.from_dict(released)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(grade_id, cell.source)
    return notebook


def reference_answers(root: Path, name: str) -> dict[str, str]:
    cells = read_exercise(root, name).cells
    return {cell.name: cell.source for cell in cells if cell.kind is CellKind.ANSWER}


def together(root: Path, name: str) -> list[dict[str, str]]:
    """Each right answer of the gallery once; reference answers where an item has no more."""
    reference = reference_answers(root, name)
    by_item = right_answers(root, name)
    rounds = itertools.zip_longest(*by_item.values())
    return [
        reference
        | {item: text for item, text in zip(by_item, texts, strict=True) if text is not None}
        for texts in rounds
    ]


def alone(root: Path, name: str) -> list[dict[str, str]]:
    """Each right answer of the gallery once, and nothing else that is answered."""
    return [{item: text} for item, texts in right_answers(root, name).items() for text in texts]


def right_answers(root: Path, name: str) -> dict[str, list[str]]:
    """Item -> the right answers of the gallery to it."""
    by_item: dict[str, list[str]] = {}
    for answer in gallery_of(root, read_exercise(root, name)):
        if answer.name not in (REFERENCE, UNTOUCHED) and not answer.loses:
            source = next(cell.source for cell in answer.cells if cell.name == answer.item)
            by_item.setdefault(answer.item, []).append(source)
    return by_item


def grade(course: Path, way: str, name: str, jobs: int) -> tuple[float, float]:
    """Grade what was submitted; processor and wall seconds."""
    run(course, "nbgrader", "generate_assignment", name)
    before, started = spent(), time.perf_counter()
    if way == "stock":
        run(course, "nbgrader", "autograde", name)
    else:
        run(course, "course", "grade", "submitted", "--jobs", str(jobs))
    return spent() - before, time.perf_counter() - started


def run(course: Path, *words: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        words, cwd=course, env=os.environ | {"PATH": path}, capture_output=True, text=True
    )
    if result.returncode:
        sys.exit(f"{' '.join(words)}:\n{result.stderr[-3000:]}")


def spent() -> float:
    """User and system seconds of all processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def read_scores(course: Path, name: str) -> dict[str, dict[str, float]]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.cell.cell_type == "code"
            }
            for submission in book.assignment_submissions(name)
        }


if __name__ == "__main__":
    main()
