"""Shut a forked process in with namespaces: the fastest way, where the system allows them.

Needs no right of the user's and no program. A process that has shut itself in sees the system's
libraries, Python and the packages, all read-only, a /proc with nobody else in it, an empty /tmp of
limited size, and no network. See `man 7 namespaces`, `man 2 pivot_root`.
"""

import contextlib
import ctypes
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from course_grader.sandbox import (
    DEVICES,
    DUMPABLE,
    LIBC,
    IsolationError,
    Limits,
    call,
    check_platform,
    die_with_parent,
    drop_capabilities,
    forbid_new_privileges,
    fork_to_shut_in,
    leave_keyring,
    limit,
    prctl,
    require_zero,
    to_cover,
    visible_paths,
)

# From <sched.h> and <sys/mount.h>.
NEW_USER, NEW_MOUNTS, NEW_PIDS = 0x10000000, 0x00020000, 0x20000000
NEW_NETWORK, NEW_IPC, NEW_HOSTNAME = 0x40000000, 0x08000000, 0x04000000
READ_ONLY, NO_SETUID, NO_DEVICES, REMOUNT, BIND = 1, 2, 4, 32, 4096
RECURSIVE, PRIVATE, DETACH = 16384, 1 << 18, 2
NOBODY = 65534
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
PLACES_FOR_ROOT = tuple(map(Path, ("/tmp", "/mnt", "/media", "/var/tmp", "/sys")))


def run_isolated(
    main: Callable[[], None], shown: Iterable[Path], hidden: Iterable[Path], limits: Limits
) -> None:
    """Shut this forked process in, run `main` in a child of it, and exit when that has ended.

    shown: what must be seen besides the interpreter and its packages. hidden: folders that must
    not, should they lie in one that is. Never returns. Process 1 of the new world is a guard that
    `main` cannot touch: when `main` or the guard's parent ends, all that `main` has started ends
    with the guard. Raises IsolationError, here or in the child, before `main` starts; the exit
    status is then that of whoever catches it, else 0.
    """
    check_platform()
    is_root = os.geteuid() == 0
    user = os.geteuid(), os.getegid()
    others = NEW_MOUNTS | NEW_PIDS | NEW_NETWORK | NEW_IPC | NEW_HOSTNAME
    call("unshare", others if is_root else others | NEW_USER)
    if not is_root:
        _map_user(os.open("/proc", os.O_PATH), *user)
    tell_that_it_is = fork_to_shut_in("the new root could not be made")
    proc = _enter_new_root(visible_paths(shown), hidden, limits)
    _forbid_shared_memory(proc)
    if is_root:
        _become_nobody(proc)
    limit(limits)  # in its own user namespace: made before, it would hold for all of them together
    _forbid_more_namespaces(proc)
    os.close(proc)
    leave_keyring()
    drop_capabilities()
    forbid_new_privileges()
    die_with_parent()  # a change of user would undo it
    prctl(DUMPABLE, 0)  # so that `main` cannot trace its guard
    if child := os.fork():
        os.waitpid(child, 0)
        os._exit(0)
    prctl(DUMPABLE, 1)
    tell_that_it_is()
    main()
    os._exit(0)


def _forbid_shared_memory(proc: int) -> None:
    """That of System V belongs to no process, so that no limit of one counts it."""
    with contextlib.suppress(OSError):  # older kernels let only root do so
        _write(proc, "sys/kernel/shmall", "0")


def _forbid_more_namespaces(proc: int) -> None:
    """In one of its own, a process could mount folders in memory without a limit."""
    _write(proc, "sys/user/max_user_namespaces", "0")


def _become_nobody(proc: int) -> None:
    """An ordinary user, in a user namespace of its own, so that its processes are counted there."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    prctl(DUMPABLE, 1)
    call("unshare", NEW_USER)
    _map_user(proc, NOBODY, NOBODY)


def _enter_new_root(visible: list[Path], hidden: Iterable[Path], limits: Limits) -> int:
    """Make a new root in memory with these paths in it, read-only, and move there.

    Returns its /proc, open as a folder in which files can still be written.
    """
    _mount(None, "/", None, RECURSIVE | PRIVATE)
    root = _place_for_root(visible)
    _mount("tmpfs", root, "tmpfs", NO_SETUID | NO_DEVICES, "size=1m,mode=755")
    # Before what is shown: a course, with its packages, may lie in /tmp.
    (root / "tmp").mkdir()
    most = f"size={limits.files},nr_inodes={limits.file_count},mode=1777"
    _mount("tmpfs", root / "tmp", "tmpfs", NO_SETUID | NO_DEVICES, most)
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
    os.chdir(root)
    _syscall(PIVOT_ROOT[os.uname().machine], b".", b".")
    call("umount2", b".", DETACH)
    proc = os.open("/proc", os.O_PATH)
    _mount("/proc", "/proc", None, BIND)
    for place in ("/proc", "/"):
        _mount(None, place, None, BIND | REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES)
    os.chdir("/tmp")
    os.environ |= {"HOME": "/tmp", "TMPDIR": "/tmp"}
    tempfile.tempdir = None
    return proc


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


def _map_user(proc: int, user: int, group: int) -> None:
    _write(proc, "self/setgroups", "deny")
    _write(proc, "self/uid_map", f"{user} {user} 1")
    _write(proc, "self/gid_map", f"{group} {group} 1")


def _write(proc: int, name: str, text: str) -> None:
    with os.fdopen(os.open(name, os.O_WRONLY, dir_fd=proc), "w") as file:
        file.write(text)


def _mount(source: object, target: object, kind: str | None, flags: int, data: str = "") -> None:
    texts = [None if text is None else os.fsencode(str(text)) for text in (source, target, kind)]
    call("mount", *texts, ctypes.c_ulong(flags), data.encode() or None)


def _syscall(number: int, *arguments: object) -> None:
    require_zero("pivot_root", LIBC.syscall(ctypes.c_long(number), *arguments))
