"""The command `course check NOTEBOOK`, for students: the visible tests, run as grading runs them.

What runs them is in `visible_tests`, which takes seconds to import; the process that runs the
answers imports this module, too, and does without.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from course_grader.errors import CourseError
from course_grader.text import print_what_can_be_printed

SECONDS = 60.0  # for a cell, and for each call of a function
INTERRUPTED = 130  # as shells have it, 128 and the number of the signal


def main(arguments: Sequence[str] | None = None) -> int:
    """The command of a student's copy of the course, which has no other subcommand."""
    print_what_can_be_printed()
    parser = argparse.ArgumentParser(prog="course", description="Check your exercises.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_arguments(commands.add_parser("check", help="run the visible tests of an exercise"))
    options = parser.parse_args(arguments)
    from course_grader.visible_tests import check, released_original

    try:
        return check(options.notebook, released_original(options.notebook), options.seconds)
    except CourseError as error:
        print(f"course: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("course: interrupted.", file=sys.stderr)
        return INTERRUPTED


def positive_seconds(text: str) -> float:
    """A finite number of seconds above 0."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What `course check` takes, here and in the instructor's command."""
    command.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    command.add_argument(
        "--seconds",
        type=positive_seconds,
        default=SECONDS,
        metavar="S",
        help="how long a cell, or a call of one of your functions, may take",
    )


if __name__ == "__main__":
    sys.exit(main())
