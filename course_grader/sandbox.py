"""Shut a forked process in: namespaces, resource limits, no new privileges. Linux only.

Needs no right of the user's and no program. A process that has shut itself in sees the system's
libraries, Python and the packages, all read-only, a /proc with nobody else in it, an empty /tmp of
limited size, and no network. See `man 7 namespaces`, `man 2 pivot_root`, `man 2 capset`.
"""

import contextlib
import ctypes
import errno
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from course_grader.processes import silence

# From <sched.h>, <sys/mount.h> and <linux/prctl.h>.
NEW_USER, NEW_MOUNTS, NEW_PIDS = 0x10000000, 0x00020000, 0x20000000
NEW_NETWORK, NEW_IPC, NEW_HOSTNAME = 0x40000000, 0x08000000, 0x04000000
READ_ONLY, NO_SETUID, NO_DEVICES, REMOUNT, BIND = 1, 2, 4, 32, 4096
RECURSIVE, PRIVATE, DETACH = 16384, 1 << 18, 2
DIE_WITH_PARENT, DUMPABLE, DROP_BOUNDING, NO_NEW_PRIVILEGES = 1, 4, 24, 38
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
KEYCTL, JOIN_SESSION_KEYRING = {"x86_64": 250, "aarch64": 219}, 1
CAPABILITIES_VERSION = 0x20080522
NOBODY = 65534

SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/localtime")
PACKAGE_FOLDERS = ("site-packages", "dist-packages")
PLACES_FOR_ROOT = tuple(map(Path, ("/tmp", "/mnt", "/media", "/var/tmp", "/sys")))
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


@dataclass(frozen=True)
class Limits:
    """What a process may use. memory and files in bytes, processor in seconds."""

    memory: int = 3 * 2**30
    files: int = 64 * 2**20
    processor: int = 300
    processes: int = 128  # threads count as well
    open_files: int = 256


class IsolationError(Exception):
    """The process cannot be shut in; the message says why."""


def run_isolated(
    main: Callable[[], None], shown: Iterable[Path], hidden: Iterable[Path], limits: Limits
) -> None:
    """Shut this forked process in, run `main` in a child of it, and exit when that has ended.

    shown: what must be seen besides the interpreter and its packages. hidden: folders that must
    not, should they lie in one that is. Never returns. Process
    1 of the new world is a guard that `main` cannot touch: when `main` or the guard's parent
    ends, all that `main` has started ends with the guard. Raises IsolationError, here or in the
    child, before `main` starts; the exit status is then that of whoever catches it, else 0.
    """
    _check_platform()
    is_root = os.geteuid() == 0
    user = os.geteuid(), os.getegid()
    others = NEW_MOUNTS | NEW_PIDS | NEW_NETWORK | NEW_IPC | NEW_HOSTNAME
    _call("unshare", others if is_root else others | NEW_USER)
    if not is_root:
        _map_user(*user)
    ready, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        is_shut_in = os.read(ready, 1) == b"1"
        os.waitpid(child, 0)
        if not is_shut_in:
            raise IsolationError("the new root could not be made")
        os._exit(0)
    os.close(ready)
    _enter_new_root(visible_paths(shown), hidden, limits.files)
    _forbid_shared_memory()
    if is_root:
        _become_nobody()
    limit(limits)  # in its own user namespace: made before, it would hold for all of them together
    _forbid_more_namespaces()
    leave_keyring()
    _drop_capabilities()
    forbid_new_privileges()
    die_with_parent()  # a change of user would undo it
    _prctl(DUMPABLE, 0)  # so that `main` cannot trace its guard
    if child := os.fork():
        os.close(tell)
        os.waitpid(child, 0)
        os._exit(0)
    _prctl(DUMPABLE, 1)
    os.write(tell, b"1")
    os.close(tell)
    main()
    os._exit(0)


def _forbid_shared_memory() -> None:
    """That of System V belongs to no process, so that no limit of one counts it."""
    with contextlib.suppress(OSError):  # older kernels let only root do so
        Path("/proc/sys/kernel/shmall").write_text("0")


def _forbid_more_namespaces() -> None:
    """In one of its own, a process could mount folders in memory without a limit."""
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def forbid_new_privileges() -> None:
    """A program that this process starts gets no rights that the process does not have."""
    if sys.platform == "linux":
        _prctl(NO_NEW_PRIVILEGES, 1)


def leave_keyring() -> None:
    """A session keyring of its own, and an empty one: tickets may lie in the caller's."""
    if sys.platform == "linux" and (number := KEYCTL.get(os.uname().machine)):
        _LIBC.syscall(ctypes.c_long(number), JOIN_SESSION_KEYRING, None)


def _become_nobody() -> None:
    """An ordinary user, in a user namespace of its own, so that its processes are counted there."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    _prctl(DUMPABLE, 1)
    _call("unshare", NEW_USER)
    _map_user(NOBODY, NOBODY)


def limit(limits: Limits) -> None:
    """Set the resource limits of this process, and of each that it starts."""
    wanted = {
        resource.RLIMIT_AS: _address_space() + limits.memory,
        resource.RLIMIT_FSIZE: limits.files,
        resource.RLIMIT_CPU: limits.processor,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
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


def die_with_parent() -> None:
    """End this process when the one that forked it ends."""
    _prctl(DIE_WITH_PARENT, signal.SIGKILL)


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


def _check_platform() -> None:
    if sys.platform != "linux" or os.uname().machine not in PIVOT_ROOT:
        raise IsolationError(
            f"namespaces are known for Linux on {' and '.join(PIVOT_ROOT)}; this is "
            f"{sys.platform} on {os.uname().machine}"
        )


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


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


def _enter_new_root(visible: list[Path], hidden: Iterable[Path], size: int) -> None:
    """Make a new root in memory with these paths in it, read-only, and move there."""
    _mount(None, "/", None, RECURSIVE | PRIVATE)
    root = _place_for_root(visible)
    _mount("tmpfs", root, "tmpfs", NO_SETUID | NO_DEVICES, f"size={size},mode=755")
    bound: list[Path] = []
    for path in visible:
        if path.exists() and not any(path == old or old in path.parents for old in bound):
            _show(path, root)
            bound += [] if path.is_symlink() else [path]
    for device in DEVICES:
        target = root / device[1:]
        target.parent.mkdir(exist_ok=True)
        target.touch()
        _mount(device, target, None, BIND)
    for path, inner in to_cover(visible, hidden).items():
        target = root / str(path).lstrip("/")
        _mount("tmpfs", target, "tmpfs", NO_SETUID | NO_DEVICES, "size=1m")
        for one in inner:
            _show(one, root)
        _mount(None, target, None, BIND | REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES)
    (root / "proc").mkdir()
    _mount("proc", root / "proc", "proc", NO_SETUID | NO_DEVICES)
    (root / "tmp").mkdir(mode=0o1777, exist_ok=True)
    (root / "tmp").chmod(0o1777)
    os.chdir(root)
    _syscall(PIVOT_ROOT[os.uname().machine], b".", b".")
    _call("umount2", b".", DETACH)
    os.chdir("/tmp")
    os.environ |= {"HOME": "/tmp", "TMPDIR": "/tmp"}
    tempfile.tempdir = None


def _place_for_root(visible: list[Path]) -> Path:
    """A folder to mount the new root on, with nothing in it that has to be seen."""
    for place in PLACES_FOR_ROOT:
        seen = (one for path in visible for one in (*path.parents, *path.resolve().parents))
        if place.is_dir() and place not in seen:
            return place
    raise IsolationError(
        f"there is no folder to make the new root in (tried {', '.join(map(str, PLACES_FOR_ROOT))})"
    )


def _show(path: Path, root: Path) -> None:
    """Bind one path into the new root, or make the same link there."""
    target = root / str(path).lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        if not target.is_symlink():
            target.symlink_to(path.readlink())
        return
    target.mkdir(exist_ok=True) if path.is_dir() else target.touch()
    _mount(path, target, None, BIND | RECURSIVE)
    _mount(None, target, None, BIND | REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES)


def _map_user(user: int, group: int) -> None:
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _drop_capabilities() -> None:
    """Give up all capabilities, those of the user namespace as well."""
    for capability in range(64):
        _LIBC.prctl(DROP_BOUNDING, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())


_LIBC = ctypes.CDLL(None, use_errno=True)


def _mount(source: object, target: object, kind: str | None, flags: int, data: str = "") -> None:
    texts = [None if text is None else os.fsencode(str(text)) for text in (source, target, kind)]
    _call("mount", *texts, ctypes.c_ulong(flags), data.encode() or None)


def _prctl(option: int, value: int) -> None:
    _call("prctl", option, *(ctypes.c_ulong(number) for number in (value, 0, 0, 0)))


def _call(name: str, *arguments: object) -> None:
    _require_zero(name, getattr(_LIBC, name)(*arguments))


def _syscall(number: int, *arguments: object) -> None:
    _require_zero("pivot_root", _LIBC.syscall(ctypes.c_long(number), *arguments))


def _require_zero(name: str, result: int) -> None:
    if result == 0:
        return
    number = ctypes.get_errno()
    hint = (
        "this system does not let ordinary users make namespaces, or forbids it in this container"
        if number in (errno.EPERM, errno.ENOSPC, errno.EINVAL)
        else "the kernel lacks a part that isolation needs"
    )
    raise IsolationError(f"{name} failed, {os.strerror(number)}: {hint}")
