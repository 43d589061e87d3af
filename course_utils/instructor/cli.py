"""The console script `course`, for instructors and maintainers."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tqdm import tqdm

from course_utils.arguments import positive_number, positive_seconds
from course_utils.datasets import DataUnavailableError
from course_utils.grading.check import add_arguments
from course_utils.grading.nest import Isolation
from course_utils.instructor import project
from course_utils.instructor.project import CourseError

INTERRUPTED, NOT_READ = 130, 141  # as shells have it, 128 and the number of the signal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (0 well, 1 a finding, 2 a mistake in the call)."""
    options = _parser().parse_args(arguments)
    try:
        status = options.command(project.find_root(), options)
        sys.stdout.flush()
        return status
    except (CourseError, DataUnavailableError, FileNotFoundError) as error:
        print(f"course: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("course: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        if _is_read():
            raise
        # Else Python tries once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_READ


def _is_read() -> bool:
    """Whether what is printed is still read: `course lint | head` ends before all of it is."""
    try:
        print(flush=True)
    except BrokenPipeError:
        return False
    return True


def build(root: Path, options: argparse.Namespace) -> int:
    """`course build [--check] [--without-gate] [--jobs N]`."""
    from course_utils.instructor.build import build, find_stale

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
    from course_utils.instructor.gate import pass_gate

    for name in pass_gate(root, options.jobs, _isolation(root, options.isolation, [])):
        print(f"{name} has passed the release gate.", file=sys.stderr)


def run(root: Path, options: argparse.Namespace) -> int:
    """`course run [--only NAME] [--profile quick|full] [--json]`."""
    from course_utils.instructor.run import SITE, run_lesson

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
    from course_utils.instructor.site import build_site

    print(f"Open {build_site(root)}")
    return 0


def claims(root: Path, options: argparse.Namespace) -> int:
    """`course claims [--check] [--profile quick|full] [--jobs N] [--json]`."""
    from course_utils.instructor.record import judge_recorded

    if options.check:
        return _check_claims(root, options)
    verdicts = [
        verdict for name in project.lesson_names(root) for verdict in judge_recorded(root, name)
    ]
    if options.json:
        print(json.dumps([verdict.as_dict() for verdict in verdicts], indent=2))
        return 0
    for verdict in verdicts:
        print(f"{verdict.status:>19}  {verdict.claim.name}: {verdict.claim.sentence}")
        print(f"{'':>19}  {verdict.evidence()}, {verdict.difference.seeds} seeds")
    return 0


def lint(root: Path, _: argparse.Namespace) -> int:
    """`course lint`."""
    from course_utils.instructor.lint import lint
    from course_utils.instructor.lint.objectives import printed_map
    from course_utils.instructor.lint.pages import read_course

    course = read_course(root)
    findings = lint(course)
    print(printed_map(course))
    for finding in findings:
        print(finding)
    return 1 if findings else 0


def record(root: Path, options: argparse.Namespace) -> int:
    """`course record NAME [--only EXPERIMENT] [--jobs N]`."""
    from course_utils.instructor.record import record

    _one_thread_a_worker(options.jobs)
    for path in record(root, options.name, options.only, options.jobs):
        print(path.relative_to(root))
    return 0


def answers(root: Path, options: argparse.Namespace) -> int:
    """`course answers [--exercise NAME] [--jobs N] [--json]`."""
    from course_utils.grading.client import Graders
    from course_utils.grading.isolation import require_working
    from course_utils.instructor.gallery import judge, matrix, read_gallery

    names = project.exercise_names(root)
    if options.exercise:
        project.check_name(options.exercise, names)
        names = [options.exercise]
    gallery = [answer for name in names for answer in read_gallery(root, name)]
    isolation = _isolation(root, options.isolation, [])
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
    from course_utils.grading.local import check
    from course_utils.instructor.build import student_notebook

    name = options.notebook.stem
    project.check_name(name, project.exercise_names(root))
    return check(options.notebook, student_notebook(root, name), options.seconds)


def grade(root: Path, options: argparse.Namespace) -> int:
    """`course grade SUBMISSIONS [--jobs N] [--scheduler ADDRESS] [--isolation KIND]`."""
    from course_utils.instructor.grade import grade_class, table

    hidden = [root, options.submissions]
    isolation = _isolation(root, options.isolation, hidden)
    start = partial(_graders, options, isolation)
    outcome = grade_class(root, options.submissions, start, options.seconds)
    print(table(outcome))
    return 1 if outcome.attention else 0


def release(root: Path, options: argparse.Namespace) -> int:
    """`course release DEST`."""
    from course_utils.instructor.gate import not_passed
    from course_utils.instructor.release import release

    for name in not_passed(root):
        what = "has not passed the release gate as it is now: `course build` takes it there."
        print(f"note: {name} {what}", file=sys.stderr)
    files = release(root, options.destination)
    print(f"{len(files)} files in {options.destination}; no leak was found.")
    return 0


def _isolation(root: Path, kind: str, hidden: list[Path]) -> Isolation:
    from course_utils.grading.isolation import chosen

    return chosen(kind, hidden, project.isolation_command(root))


@contextmanager
def _graders(options: argparse.Namespace, isolation: Isolation) -> Iterator:
    """Graders here or on a cluster, whose isolation was tried and is told."""
    from course_utils.grading.client import Graders
    from course_utils.grading.cluster import ClusterGraders
    from course_utils.grading.isolation import notice, properties, require_strength

    here = options.scheduler is None
    graders = (
        Graders(options.jobs, isolation) if here else ClusterGraders(options.scheduler, isolation)
    )
    with graders:
        found = properties(graders, isolation)
        require_strength(isolation, found)
        print(notice(isolation, found), file=sys.stderr, flush=True)
        yield graders


def _check_claims(root: Path, options: argparse.Namespace) -> int:
    from course_utils.instructor.remeasure import check_claims

    _one_thread_a_worker(options.jobs)
    say = print if not options.json else lambda text: print(text, file=sys.stderr)
    problems = check_claims(root, options.jobs, options.profile, say)
    if options.json:
        print(json.dumps(problems, indent=2))
    else:
        print("\n".join(problems) or "Every claim that was measured again agrees with its record.")
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="course", description="Build, run and check the course.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="solutions/ -> notebooks/")
    command.add_argument("--check", action="store_true", help="only name what is stale; exit 1")
    command.add_argument(
        "--without-gate", action="store_true", help="write untested exercises, for a quick look"
    )
    _add_jobs(command)
    _add_isolation(command)
    command.set_defaults(command=build)

    command = commands.add_parser("run", help="execute the lessons, write build/site/")
    command.add_argument("--only", metavar="NAME", help="one lesson")
    _add_profile(command)
    command.add_argument("--json", action="store_true", help="name, seconds and claims as JSON")
    command.set_defaults(command=run)

    command = commands.add_parser("site", help="executed lessons, exercises, claims -> build/html/")
    command.set_defaults(command=site)

    command = commands.add_parser("claims", help="every claim, its evidence, its status")
    command.add_argument("--check", action="store_true", help="measure samples again; exit 1")
    _add_profile(command)
    _add_jobs(command)
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(command=claims)

    command = commands.add_parser("lint", help="check the content of the pages; exit 1")
    command.set_defaults(command=lint)

    command = commands.add_parser("record", help="run a lesson's experiments, keep the trials")
    command.add_argument("name", metavar="NAME", help="the lesson")
    command.add_argument("--only", metavar="EXPERIMENT", help="one experiment")
    _add_jobs(command)
    command.set_defaults(command=record)
    command = commands.add_parser("answers", help="grade the gallery of answers; exit 1")
    command.add_argument("--exercise", metavar="NAME", help="one exercise")
    _add_jobs(command)
    _add_isolation(command)
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(command=answers)

    command = commands.add_parser("check", help="the visible tests of one notebook, with hints")
    add_arguments(command)
    command.set_defaults(command=check)

    command = commands.add_parser("grade", help="grade submissions, in isolation")
    command.add_argument("submissions", type=Path, metavar="SUBMISSIONS")
    _add_jobs(command)
    command.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster")
    _add_isolation(command)
    command.add_argument(
        "--seconds",
        type=positive_seconds,
        default=30.0,
        metavar="S",
        help="how long a call of a student's function may take",
    )
    command.set_defaults(command=grade)

    command = commands.add_parser("release", help="the student bundle, scanned for leaks")
    command.add_argument("destination", type=Path, metavar="DEST")
    command.set_defaults(command=release)
    return parser


def _add_isolation(command: argparse.ArgumentParser) -> None:
    from course_utils.grading.isolation import KINDS

    command.add_argument(
        "--isolation",
        choices=KINDS,
        default=KINDS[0],
        help="namespaces (Linux), bubblewrap, the command set in pyproject.toml, or plain: none",
    )


def _add_profile(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--profile",
        choices=("quick", "full"),
        default="quick",
        help="quick: bundled data, no network; full: the full data sets",
    )


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs",
        type=positive_number,
        default=os.cpu_count() or 1,
        metavar="N",
        help="worker processes",
    )


if __name__ == "__main__":
    sys.exit(main())
