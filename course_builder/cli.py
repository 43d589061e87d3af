"""The console script `course`, for instructors and maintainers."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from course_builder import commands, project
from course_grader.check import INTERRUPTED, add_arguments, positive_seconds
from course_grader.errors import CourseError
from course_grader.isolation import KINDS
from course_grader.text import print_what_can_be_printed
from course_utils.datasets import DataUnavailableError

NOT_READ = 141  # as shells have it, 128 and the number of the signal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (0 well, 1 a finding, 2 a mistake in the call)."""
    print_what_can_be_printed()
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="course", description="Build, run and check the course.")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    command = subparsers.add_parser("build", help="solutions/ -> notebooks/")
    command.add_argument("--check", action="store_true", help="only name what is stale; exit 1")
    command.add_argument(
        "--without-gate", action="store_true", help="write untested exercises, for a quick look"
    )
    _add_jobs(command)
    _add_isolation(command)
    command.set_defaults(command=commands.build)

    command = subparsers.add_parser("run", help="execute the lessons, write build/site/")
    command.add_argument("--only", metavar="NAME", help="one lesson")
    _add_profile(command)
    command.add_argument("--json", action="store_true", help="name, seconds and claims as JSON")
    command.set_defaults(command=commands.run)

    command = subparsers.add_parser(
        "site", help="executed lessons, exercises, claims -> build/html/"
    )
    command.set_defaults(command=commands.site)

    command = subparsers.add_parser("claims", help="every claim, its evidence, its status")
    command.add_argument("--check", action="store_true", help="measure again what changed; exit 1")
    command.add_argument("--all", action="store_true", help="measure all of it again; exit 1")
    _add_profile(command)
    _add_jobs(command)
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(command=commands.claims)

    command = subparsers.add_parser("lint", help="check the content of the pages; exit 1")
    command.set_defaults(command=commands.lint)

    command = subparsers.add_parser("record", help="run a lesson's experiments, keep the trials")
    command.add_argument("name", metavar="NAME", help="the lesson")
    command.add_argument("--only", metavar="EXPERIMENT", help="one experiment")
    _add_jobs(command)
    command.set_defaults(command=commands.record)
    command = subparsers.add_parser("answers", help="grade the gallery of answers; exit 1")
    command.add_argument("--exercise", metavar="NAME", help="one exercise")
    command.add_argument(
        "--kind",
        choices=("reference", "right", "all"),
        default="all",
        help="reference: and untouched; right: right answers as well",
    )
    _add_jobs(command)
    _add_isolation(command)
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(command=commands.answers)

    command = subparsers.add_parser("check", help="the visible tests of one notebook, with hints")
    add_arguments(command)
    command.set_defaults(command=commands.check)

    command = subparsers.add_parser("grade", help="grade submissions, in isolation")
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
    command.set_defaults(command=commands.grade)

    command = subparsers.add_parser("release", help="the student bundle, scanned for leaks")
    command.add_argument("destination", type=Path, metavar="DEST")
    command.set_defaults(command=commands.release)
    return parser


def _positive_number(text: str) -> int:
    """A whole number above 0."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _add_isolation(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--isolation",
        choices=KINDS,
        default=KINDS[0],
        help="namespaces (Linux), bubblewrap, landlock (Linux 6.12), the command set in "
        "pyproject.toml, or plain: none",
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
        type=_positive_number,
        default=os.cpu_count() or 1,
        metavar="N",
        help="worker processes",
    )


if __name__ == "__main__":
    sys.exit(main())
