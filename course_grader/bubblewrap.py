"""The command that shuts a program in with bubblewrap."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from course_grader.errors import CourseError
from course_grader.sandbox import Limits, to_cover, visible_paths


def command(
    environment: Mapping[str, str], shown: Iterable[Path], covered: Iterable[Path]
) -> list[str]:
    """The words before those of a program that is to be shut in.

    environment: of that program, besides HOME and PATH. shown, covered: as for
    `namespaces.run_isolated`. Raises CourseError where bubblewrap is not installed.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise CourseError(
            "bubblewrap is not installed (there is no program bwrap on the PATH): install the "
            "package bubblewrap, or choose another isolation."
        )
    kinds = ("ipc", "pid", "net", "uts", "cgroup-try")
    words = [program, "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    words += [f"--unshare-{kind}" for kind in kinds]
    if os.geteuid() == 0:
        # No limit of processes holds for root: the console goes on as somebody else.
        words += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        words += ["--unshare-user", "--disable-userns"]
    for name, value in {**environment, "HOME": "/tmp", "PATH": "/usr/bin:/bin"}.items():
        words += ["--setenv", name, value]
    # Before what is shown: a course, with its packages, may lie in /tmp.
    words += ["--perms", "1777", "--size", str(Limits().files), "--tmpfs", "/tmp"]
    visible = visible_paths(shown)
    for path in visible:
        words += _show(path)
    for path, inner in to_cover(visible, covered).items():
        words += ["--tmpfs", str(path)]
        for one in inner:
            words += _show(one)
        words += ["--remount-ro", str(path)]
    words += ["--proc", "/proc", "--dev", "/dev"]
    # Without capabilities root is still root: it could write to /proc/sys.
    words += ["--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"]
    return [*words, "--chdir", "/tmp"]


def _show(path: Path) -> list[str]:
    if path.is_symlink():
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind", str(path), str(path)] if path.exists() else []
