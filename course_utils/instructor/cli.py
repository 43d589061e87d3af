"""The console script `course`: build, run and claims, for instructors and maintainers."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from course_utils.datasets import DataUnavailableError
from course_utils.instructor import project
from course_utils.instructor.project import CourseError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (0 well, 1 a finding, 2 a mistake in the call)."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(project.find_root(), options)
    except (CourseError, DataUnavailableError, FileNotFoundError) as error:
        print(f"course: {error}", file=sys.stderr)
        return 2


def build(root: Path, options: argparse.Namespace) -> int:
    """`course build [--check]`."""
    from course_utils.instructor.build import build, find_stale

    if not options.check:
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


def record(root: Path, options: argparse.Namespace) -> int:
    """`course record NAME [--only EXPERIMENT] [--jobs N]`."""
    from course_utils.instructor.record import record

    _one_thread_a_worker(options.jobs)
    for path in record(root, options.name, options.only, options.jobs):
        print(path.relative_to(root))
    return 0


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
    command.set_defaults(command=build)

    command = commands.add_parser("run", help="execute the lessons, write build/site/")
    command.add_argument("--only", metavar="NAME", help="one lesson")
    _add_profile(command)
    command.add_argument("--json", action="store_true", help="name, seconds and claims as JSON")
    command.set_defaults(command=run)

    command = commands.add_parser("claims", help="every claim, its evidence, its status")
    command.add_argument("--check", action="store_true", help="measure samples again; exit 1")
    _add_profile(command)
    _add_jobs(command)
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(command=claims)

    command = commands.add_parser("record", help="run a lesson's experiments, keep the trials")
    command.add_argument("name", metavar="NAME", help="the lesson")
    command.add_argument("--only", metavar="EXPERIMENT", help="one experiment")
    _add_jobs(command)
    command.set_defaults(command=record)
    return parser


def _add_profile(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--profile",
        choices=("quick", "full"),
        default="quick",
        help="quick: bundled data, no network; full: the full data sets",
    )


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="worker processes"
    )


if __name__ == "__main__":
    sys.exit(main())
