"""Watch over what a submission starts and writes, where no namespace ends with it.

The process that calls this can signal what it starts and nothing else (`landlock`), so that it can
end all of that at once, whatever forks meanwhile.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from course_grader.sandbox import Limits, die_with_parent, prctl

ADOPT_ORPHANS = 36  # from <linux/prctl.h>
SECONDS_BETWEEN_LOOKS = 0.25


def fork_and_watch(parent: int, limits: Limits) -> Path:
    """Go on in a child with a new folder, which is returned; this process ends when that has ended.

    Before, it ends all that the child has started, and removes the folder. It does so as well when
    its parent, given by number, ends, and when there is more in the folder than the limits allow.
    """
    heard = {signal.SIGCHLD, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, heard)
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:  # it has ended just now
        os._exit(0)
    prctl(ADOPT_ORPHANS, 1)
    folder = _new_folder()
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, heard)
        return next(folder.iterdir())
    try:
        _watch(child, folder, limits, heard)
    finally:
        _end_all(folder)
        os._exit(0)


def _new_folder() -> Path:
    """A folder that nobody can list, with one in it that is open to all who know its name.

    `landlock` has root's processes counted as somebody else's, whom libraries then ask about.
    """
    folder = Path(tempfile.mkdtemp(prefix="submission-"))
    folder.chmod(0o711)
    Path(tempfile.mkdtemp(dir=folder)).chmod(0o777)
    return folder


def _watch(child: int, folder: Path, limits: Limits, heard: set[signal.Signals]) -> None:
    """Until the child or the parent has ended, or the folder holds too much."""
    with contextlib.suppress(OSError):
        # Where memory runs out, submissions end first: not what ends all that they have started.
        Path("/proc/self/oom_score_adj").write_text("0")
    next_look = 0.0
    while True:
        told = signal.sigtimedwait(heard, max(next_look - time.monotonic(), 0))
        if told and (told.si_signo == signal.SIGTERM or child in _ended()):
            return
        if time.monotonic() >= next_look:
            if not _is_within(folder, limits):
                return
            next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS


def _end_all(folder: Path) -> None:
    with contextlib.suppress(OSError):  # there is nobody left
        os.kill(-1, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        subprocess.run([*command, "--", folder], check=False)


def _ended() -> Iterator[int]:
    """The processes that have ended, of this one and adopted ones."""
    with contextlib.suppress(ChildProcessError):
        while number := os.waitpid(-1, os.WNOHANG)[0]:
            yield number


def _is_within(folder: Path, limits: Limits) -> bool:
    """Whether what is in a folder keeps to the limits; what cannot be looked at does not."""
    size, count, waiting = 0, 0, [str(folder)]
    while waiting:
        try:
            for one in os.scandir(waiting.pop()):
                count += 1
                size += 512 * one.stat(follow_symlinks=False).st_blocks
                if one.is_dir(follow_symlinks=False):
                    waiting.append(one.path)
                if size > limits.files or count > limits.file_count:
                    return False
        except (FileNotFoundError, NotADirectoryError):  # it has gone meanwhile
            continue
        except OSError:
            return False
    return True
