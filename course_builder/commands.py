"""What each subcommand of `course` does: prints, and returns the exit status.

Each takes the course's folder and what was given on the command line (`cli`), and imports what it
needs itself: some of it takes seconds.
"""

import argparse
import json
import os
import sys
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from tqdm import tqdm

from course_builder import project
from course_builder.grading import isolation_for, tried_graders
from course_grader.isolation import Isolation


def build(root: Path, options: argparse.Namespace) -> int:
    """`course build [--check] [--without-gate] [--jobs N]`."""
    from course_builder.build import build, find_stale

    if not options.check:
        if not options.without_gate:
            _pass_gate(root, options)
        written, removed = build(root)
        for path in written:
            print(path.relative_to(root))
        for path in removed:
            print(f"{path.relative_to(root)} removed: it has no source in {project.SOURCES}/")
        return 0
    stale = find_stale(root)
    for sentence in stale:
        print(sentence)
    return 1 if stale else 0


def _pass_gate(root: Path, options: argparse.Namespace) -> None:
    from course_builder.gate import pass_gate

    for name in pass_gate(root, options.jobs, partial(isolation_for, root, options.isolation)):
        print(f"{name} has passed the release gate.", file=sys.stderr)


def run(root: Path, options: argparse.Namespace) -> int:
    """`course run [--only NAME] [--profile quick|full] [--json]`."""
    from course_builder.run import SITE, run_lesson

    lessons = project.lesson_names(root)
    if options.only:
        project.check_name(options.only, lessons)
        lessons = [options.only]
    results = [run_lesson(root, name, options.profile) for name in lessons]
    if options.json:
        print(json.dumps([result.as_dict() for result in results], indent=2))
    else:
        print(_run_table(results))
        for name in lessons:
            print(f"Open {root / SITE / f'{name}.html'}")
    return 1 if any(result.error for result in results) else 0


def site(root: Path, _: argparse.Namespace) -> int:
    """`course site`."""
    from course_builder.site import build_site

    print(f"Open {build_site(root)}")
    return 0


def claims(root: Path, options: argparse.Namespace) -> int:
    """`course claims [--check] [--all] [--profile quick|full] [--jobs N] [--json]`."""
    if options.check or options.all:
        return _check_claims(root, options)
    from course_builder.record import judge_recorded

    lessons = project.lesson_names(root)
    verdicts = [verdict for name in lessons for verdict in judge_recorded(name)]
    if options.json:
        print(json.dumps([verdict.as_dict() for verdict in verdicts], indent=2))
        return 0
    for verdict in verdicts:
        print(f"{verdict.status:>19}  {verdict.claim.name}: {verdict.claim.sentence}")
        print(
            f"{'':>19}  {verdict.evidence()}, {verdict.difference.seeds} seeds, for "
            f"{verdict.holds_for()}; unadjusted: {verdict.unadjusted_status}"
        )
    return 0


def lint(root: Path, _: argparse.Namespace) -> int:
    """`course lint`."""
    from course_builder.lint import lint
    from course_builder.lint.objectives import printed_map
    from course_builder.lint.pages import read_course
    from course_builder.lint.reading import printed_measures

    course = read_course(root)
    findings = lint(course)
    print(printed_map(course))
    print(printed_measures(course))
    for finding in findings:
        print(finding)
    return 1 if findings else 0


def record(root: Path, options: argparse.Namespace) -> int:
    """`course record NAME [--only EXPERIMENT] [--jobs N]`."""
    from course_builder.record import record

    _one_thread_a_worker(options.jobs)
    for path in record(root, options.name, options.only, options.jobs):
        print(path.relative_to(root))
    return 0


def answers(root: Path, options: argparse.Namespace) -> int:
    """`course answers [--exercise NAME] [--kind KIND] [--jobs N] [--json]`."""
    from course_builder.build import read_exercise
    from course_builder.gate import gallery_of
    from course_grader.gallery import judge, matrix
    from course_grader.pool import Graders
    from course_grader.trial import require_working

    names = project.exercise_names(root)
    if options.exercise:
        project.check_name(options.exercise, names)
        names = [options.exercise]
    exercises = [read_exercise(root, name) for name in names]
    gallery = [
        answer
        for exercise in exercises
        for answer in gallery_of(root, exercise)
        if answer.is_of_kind(options.kind)
    ]
    isolation = isolation_for(root, options.isolation, exercises)
    with Graders(options.jobs, isolation) as graders:
        require_working(graders, isolation)
        verdicts = list(tqdm(judge(gallery, graders), total=len(gallery), disable=None))
    if options.json:
        print(json.dumps([verdict.as_dict() for verdict in verdicts], indent=2))
    else:
        print(matrix(verdicts))
    return 1 if any(verdict.problems for verdict in verdicts) else 0


def check(root: Path, options: argparse.Namespace) -> int:
    """`course check NOTEBOOK`."""
    from course_builder.build import student_notebook
    from course_grader.visible_tests import as_students_know_it, check

    name = options.notebook.stem
    project.check_name(name, project.exercise_names(root))
    exercise = as_students_know_it(name, student_notebook(root, name))
    return check(options.notebook, exercise, options.seconds)


def grade(root: Path, options: argparse.Namespace) -> int:
    """`course grade SUBMISSIONS [--jobs N] [--scheduler ADDRESS] [--isolation KIND]`."""
    from course_builder.build import read_exercises
    from course_grader.grade import grade_class, table

    exercises = read_exercises(root)
    isolation = isolation_for(root, options.isolation, exercises, root, options.submissions)
    start = partial(_graders, options, isolation)
    outcome = grade_class(root, exercises, options.submissions, start, options.seconds)
    print(table(outcome))
    return 1 if outcome.attention else 0


def release(root: Path, options: argparse.Namespace) -> int:
    """`course release DEST`."""
    from course_builder.gate import not_passed
    from course_builder.release import release

    for name in not_passed(root):
        what = "has not passed the release gate as it is now: `course build` takes it there."
        print(f"note: {name} {what}", file=sys.stderr)
    files = release(root, options.destination)
    print(f"{len(files)} files in {options.destination}; no leak was found.")
    return 0


def _graders(options: argparse.Namespace, isolation: Isolation) -> AbstractContextManager:
    """Graders here or on a cluster, whose isolation was tried and is told."""
    from course_grader.cluster import ClusterGraders
    from course_grader.pool import Graders

    here = options.scheduler is None
    graders = (
        Graders(options.jobs, isolation) if here else ClusterGraders(options.scheduler, isolation)
    )
    say = partial(print, file=sys.stderr, flush=True)
    return tried_graders(graders, isolation, say)


def _check_claims(root: Path, options: argparse.Namespace) -> int:
    from course_builder.remeasure import check_claims

    _one_thread_a_worker(options.jobs)
    say = print if not options.json else lambda text: print(text, file=sys.stderr)
    problems = check_claims(root, options.jobs, options.profile, options.all, say)
    if options.json:
        print(json.dumps(problems, indent=2))
    else:
        print("\n".join(problems) or "Every record holds.")
    return 1 if problems else 0


def _one_thread_a_worker(jobs: int) -> None:
    """Workers side by side are fastest with one TensorFlow thread each."""
    if jobs > 1:
        os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
        os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")


def _run_table(results: list) -> str:
    lines = [f"{'lesson':<16}{'seconds':>8}  claims"]
    for result in results:
        counts = _count_statuses(result.claims) if not result.error else f"FAILED: {result.error}"
        lines.append(f"{result.name:<16}{result.seconds:>8.1f}  {counts}")
        lines += [f"{'':<26}{claim['status']:<20}{claim['name']}" for claim in result.claims]
    return "\n".join(lines)


def _count_statuses(claims: list[dict]) -> str:
    statuses = [claim["status"] for claim in claims]
    counts = [f"{statuses.count(status)} {status}" for status in dict.fromkeys(statuses)]
    return f"{len(claims)}: {', '.join(counts)}" if claims else "none"
