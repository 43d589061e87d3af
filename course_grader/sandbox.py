"""What shuts a forked process in, whichever way: limits, privileges, what it may see. Linux.

See `man 2 setrlimit`, `man 2 prctl`, `man 2 capset`.
"""

import contextlib
import ctypes
import errno
import os
import resource
import secrets
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course_grader.processes import silence

# From <linux/prctl.h>, <linux/capability.h> and <linux/keyctl.h>.
DIE_WITH_PARENT, DUMPABLE, DROP_BOUNDING, NO_NEW_PRIVILEGES = 1, 4, 24, 38
KEYCTL, JOIN_SESSION_KEYRING = {"x86_64": 250, "aarch64": 219}, 1
CAPABILITIES_VERSION = 0x20080522
KNOWN_MACHINES = tuple(KEYCTL)
ALL_USERS = ["0", "0", "4294967295"]  # as they are outside: from which number, as which, how many
UNUSED = 2**30  # the first of as many numbers of users that no system has

SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/localtime")
PACKAGE_FOLDERS = ("site-packages", "dist-packages")
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


@dataclass(frozen=True)
class Limits:
    """What a process may use, and of its own /tmp. memory and files in bytes, processor in seconds.

    files: the largest file, and all files together. file_count: how many files and folders.
    """

    memory: int = 3 * 2**30
    files: int = 64 * 2**20
    file_count: int = 10_000
    processor: int = 300
    processes: int = 128  # threads count as well
    open_files: int = 256
    signals: int = 1000  # that wait; timers count as well


class IsolationError(Exception):
    """The process cannot be shut in; the message says why."""


def forbid_new_privileges() -> None:
    """A program that this process starts gets no rights that the process does not have."""
    if sys.platform == "linux":
        prctl(NO_NEW_PRIVILEGES, 1)


def leave_keyring() -> None:
    """A session keyring of its own, and an empty one: tickets may lie in the caller's."""
    if sys.platform == "linux" and (number := KEYCTL.get(os.uname().machine)):
        LIBC.syscall(ctypes.c_long(number), JOIN_SESSION_KEYRING, None)


def limit(limits: Limits) -> None:
    """Set the resource limits of this process, and of each that it starts."""
    limit_memory(limits.memory)
    wanted = {
        resource.RLIMIT_FSIZE: limits.files,
        resource.RLIMIT_CPU: limits.processor,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: limits.signals,
    }
    for kind, value in wanted.items():
        _limit(kind, value)


def limit_memory(more: int) -> None:
    """Let this process, and each that it starts, take so many bytes more than it has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + more)


def _limit(kind: int, value: int) -> None:
    _, most = resource.getrlimit(kind)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(kind, (value, value))


def close_all_but(kept: Iterable[int]) -> None:
    """Close every open file but these and the standard ones, which lead nowhere from now on."""
    silence()
    low = 3
    for number in sorted(kept):
        os.closerange(low, number)
        low = number + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """End this process, by this signal, when the one that forked it ends."""
    prctl(DIE_WITH_PARENT, by)


def fork_to_shut_in(failure: str) -> Callable[[], None]:
    """Go on in a child, and return what it calls when it is shut in.

    This process waits for the child's end, and then ends; if the child ends before it has called,
    it raises IsolationError, which says what the failure is.
    """
    ready, tell = os.pipe()
    if child := os.fork():
        os.close(tell)
        is_shut_in = os.read(ready, 1) == b"1"
        os.waitpid(child, 0)
        if not is_shut_in:
            raise IsolationError(failure)
        os._exit(0)
    os.close(ready)

    def tell_that_it_is() -> None:
        os.write(tell, b"1")
        os.close(tell)

    return tell_that_it_is


def be_counted_as_somebody() -> bool:
    """Have root's process counted as that of a user that there is not, another one each time.

    A limit of processes holds for all real users but the machine's root. Files are reached as root
    still: the environment may lie in its own folder. `drop_capabilities` and `seccomp.refuse` take
    away the way back. Returns whether it is so: ordinary users, and root in a container that has
    users of its own, are counted as who they are.
    """
    if os.geteuid() != 0 or Path("/proc/self/uid_map").read_text().split() != ALL_USERS:
        return False
    with contextlib.suppress(PermissionError):  # a container can take this right away
        os.setgroups([])
        os.setresuid(UNUSED + secrets.randbelow(UNUSED), 0, 0)
        os.umask(0)  # libraries ask what that user may do with a file
        return True
    return False


def threads_of_user() -> int:
    """How many threads this user's processes have now; 0 where the system does not tell."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended
            if process.stat().st_uid == os.geteuid():
                count += sum(1 for _ in (process / "task").iterdir())
    return count


def end_first() -> None:
    """Where memory runs out, the kernel ends this process, and what it starts, before others."""
    with contextlib.suppress(OSError):  # there is no such file but on Linux
        Path("/proc/self/oom_score_adj").write_text("1000")


def visible_paths(shown: Iterable[Path]) -> list[Path]:
    """What the interpreter and the packages need, and these, with the links that lead there."""
    package = Path(__file__).parent  # not its folder, which has the solutions
    installed = [Path(path) for path in sys.path if Path(path).name in PACKAGE_FOLDERS]
    python = [Path(sys.prefix), Path(sys.base_prefix), *installed, package, *shown]
    ways = [_way_to(path.absolute()) for path in python if path.exists()]
    return [*map(Path, SYSTEM), *dict.fromkeys(place for way in ways for place in way)]


def _way_to(path: Path) -> list[Path]:
    """The links on the way to a path, which modules are imported by, and where they lead."""
    for part in (*reversed(path.parents), path):
        if part.is_symlink():
            target = Path(os.path.normpath(part.parent / part.readlink()))
            return [part, *_way_to(target / path.relative_to(part))]
    return [path]


def to_cover(visible: Iterable[Path], hidden: Iterable[Path]) -> dict[Path, list[Path]]:
    """The hidden folders that lie in a visible one -> the visible ones in them, to show again.

    So a course that has the environment in its own folder can be hidden without that.
    """
    found: dict[Path, list[Path]] = {}
    for path in sorted(path.resolve() for path in hidden):
        is_shown = any(one in path.parents for one in visible)
        if path.is_dir() and is_shown and not any(outer in path.parents for outer in found):
            found[path] = [one for one in visible if path in one.parents]
    return found


def without(visible: Iterable[Path], hidden: set[Path]) -> Iterator[Path]:
    """The visible paths; in place of one that holds a hidden one, what it holds but that.

    Links are left out: where they lead is visible, or is not to be.
    """
    for path in (one for one in visible if not one.is_symlink()):
        if not any(path in one.parents for one in hidden):
            yield path
        elif path.is_dir():
            yield from without((one for one in path.iterdir() if one not in hidden), hidden)


def drop_capabilities() -> None:
    """Give up all capabilities, those of the user namespace as well."""
    for capability in range(64):
        LIBC.prctl(DROP_BOUNDING, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0)
    call("capset", header, (ctypes.c_uint32 * 6)())


LIBC = ctypes.CDLL(None, use_errno=True)


def check_platform() -> None:
    """Raise IsolationError where the numbers of system calls are not known."""
    if sys.platform != "linux" or os.uname().machine not in KNOWN_MACHINES:
        raise IsolationError(
            f"it is known for Linux on {' and '.join(KNOWN_MACHINES)}; this is "
            f"{sys.platform} on {os.uname().machine}"
        )


def prctl(option: int, *values: int) -> None:
    """`man 2 prctl`. Raises IsolationError where it fails, as `call` does."""
    call("prctl", option, *(ctypes.c_ulong(number) for number in (*values, 0, 0, 0, 0)[:4]))


def call(name: str, *arguments: object) -> None:
    require_zero(name, getattr(LIBC, name)(*arguments))


def require_zero(name: str, result: int) -> None:
    if result == 0:
        return
    number = ctypes.get_errno()
    hint = (
        "this system forbids it to ordinary users, or in this container"
        if number in (errno.EPERM, errno.ENOSPC, errno.EINVAL)
        else "the kernel lacks a part that isolation needs"
    )
    raise IsolationError(f"{name} failed, {os.strerror(number)}: {hint}")
