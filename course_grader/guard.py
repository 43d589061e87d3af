"""Watch over what a submission starts and writes, where no namespace ends with it.

The process that calls this can signal what it starts and nothing else (`landlock`), so that it can
end all of that at once, whatever forks meanwhile.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
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
    folder = Path(tempfile.mkdtemp(prefix="submission-"))
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, heard)
        return folder
    while _goes_on(child, folder, limits, signal.sigtimedwait(heard, SECONDS_BETWEEN_LOOKS)):
        pass
    with contextlib.suppress(OSError):  # there is nobody left
        os.kill(-1, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    with contextlib.suppress(OSError):  # there are files in it
        folder.rmdir()
        os._exit(0)
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        subprocess.run([*command, "--", folder], check=False)
    os._exit(0)


def _goes_on(child: int, folder: Path, limits: Limits, heard: signal.struct_siginfo | None) -> bool:
    if heard is None:
        return _is_within(folder, limits)
    return heard.si_signo == signal.SIGCHLD and child not in _ended()


def _ended() -> Iterator[int]:
    """The processes that have ended, of this one and adopted ones."""
    with contextlib.suppress(ChildProcessError):
        while number := os.waitpid(-1, os.WNOHANG)[0]:
            yield number


def _is_within(folder: Path, limits: Limits) -> bool:
    """Whether the files in a folder, whatever happens to them meanwhile, keep to the limits."""
    size = count = 0
    for place, _, names in os.walk(folder):
        count += 1 + len(names)
        for name in names:
            with contextlib.suppress(OSError):
                size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 - many of them
        if size > limits.files or count > limits.file_count:
            return False
    return True
