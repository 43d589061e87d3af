"""Shut a forked process in where namespaces are refused, as in most containers. Linux 6.12.

Needs no right of the user's and no program. Landlock keeps from a process the files that it is not
shown, other processes, TCP and abstract sockets; a filter of system calls (`seccomp`) keeps from it
what Landlock leaves: other sockets, modes and dates of files, keys, limits of other processes. It
sees whether a path is there. See `man 7 landlock` and the kernel's landlock.rst.
"""

import ctypes
import os
import struct
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from course_grader import guard, seccomp
from course_grader.sandbox import (
    DEVICES,
    LIBC,
    IsolationError,
    Limits,
    be_counted_as_somebody,
    check_platform,
    die_with_parent,
    drop_capabilities,
    forbid_new_privileges,
    fork_to_shut_in,
    leave_keyring,
    limit,
    require_zero,
    threads_of_user,
    visible_paths,
    without,
)

# From <linux/landlock.h>, <asm/unistd.h> and <linux/prctl.h>.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REFER = 1 << 13
ALL_ON_FILES, ALL_ON_TCP, SIGNALS, ALL_SCOPES = 2**16 - 1, 3, 2, 3
MAKE_DEVICES_AND_SOCKETS, USE_DEVICES = 1 << 6 | 1 << 9 | 1 << 11, 1 << 15
BENEATH, GET_VERSION = 1, 1
# What came with each version, from 2 on.
PARTS = ("moving files", "cutting files off", "TCP", "devices", "signals and abstract sockets")
NEEDED = len(PARTS) + 1
OF_THE_MACHINE = ("net", "task")  # what a process is told in its own folder of /proc
PROC = ("/proc/cpuinfo", "/proc/meminfo")
REFUSED = tuple(seccomp.NUMBERS.keys() - {"ptrace"})  # Landlock keeps other processes from it


def run_isolated(
    main: Callable[[], None], shown: Iterable[Path], hidden: Iterable[Path], limits: Limits
) -> None:
    """As `namespaces.run_isolated`; raises IsolationError where the kernel lacks a part."""
    check_platform()
    require_all_parts_in(version())
    visible = list(without(visible_paths(shown), {path.resolve() for path in hidden}))
    caller = os.getpid()
    tell_that_it_is = fork_to_shut_in("Landlock could not be set up")
    forbid_new_privileges()
    # For `guard`, -1 then means what it has started. Without REFER nothing could change its folder.
    ruleset = _ruleset(REFER, 0, SIGNALS)
    _allow(ruleset, Path("/"), REFER)
    _restrict(ruleset)
    _shut_in(visible, guard.fork_and_watch(caller, limits), limits)
    tell_that_it_is()
    main()
    os._exit(0)


def version() -> int:
    """Which Landlock this kernel has; 0 or less for none."""
    if sys.platform != "linux":
        return 0
    return LIBC.syscall(ctypes.c_long(CREATE_RULESET), None, ctypes.c_size_t(0), GET_VERSION)


def require_all_parts_in(version: int) -> None:
    """Raise IsolationError where a version of Landlock lacks what is needed."""
    if version >= NEEDED:
        return
    lacking = f"a Landlock without {', '.join(PARTS[version - 1 :])}"
    has = lacking if version > 0 else "no Landlock, or it is switched off or forbidden here"
    raise IsolationError(f"this kernel has {has}: Linux 6.12 or newer has all of it")


def _shut_in(visible: list[Path], folder: Path, limits: Limits) -> None:
    os.chdir(folder)
    os.environ |= {"HOME": str(folder), "TMPDIR": str(folder)}
    tempfile.tempdir = None
    if be_counted_as_somebody():
        limit(limits)
    else:
        # Here the limit counts everything that this user runs, not the submission's alone.
        limit(replace(limits, processes=limits.processes + threads_of_user()))
    leave_keyring()
    drop_capabilities()
    forbid_new_privileges()
    die_with_parent()  # a change of user would undo it
    ruleset = _ruleset(ALL_ON_FILES, ALL_ON_TCP, ALL_SCOPES)
    for path in visible:
        _allow(ruleset, path, EXECUTE | READ_FILE | READ_DIR)
    own = Path(f"/proc/{os.getpid()}")
    told = [one for one in own.iterdir() if one.name not in OF_THE_MACHINE and not one.is_symlink()]
    for path in (*map(Path, PROC), *told):  # links lead to files of others
        _allow(ruleset, path, READ_FILE | READ_DIR)
    for device in DEVICES:
        _allow(ruleset, Path(device), READ_FILE | WRITE_FILE)
    _allow(ruleset, folder, ALL_ON_FILES & ~MAKE_DEVICES_AND_SOCKETS & ~USE_DEVICES)
    _restrict(ruleset)
    seccomp.refuse(REFUSED)


def _ruleset(files: int, tcp: int, scopes: int) -> int:
    """A new ruleset, which refuses these kinds of access but for what is allowed later."""
    words = ctypes.create_string_buffer(struct.pack("=QQQ", files, tcp, scopes), 24)
    return _checked(LIBC.syscall(ctypes.c_long(CREATE_RULESET), words, ctypes.c_size_t(24), 0))


def _allow(ruleset: int, path: Path, access: int) -> None:
    """Allow access to a file, or to all beneath a folder; what is not there is left out."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    access &= ALL_ON_FILES if path.is_dir() else EXECUTE | WRITE_FILE | READ_FILE
    words = ctypes.create_string_buffer(struct.pack("=Qi", access, place), 12)
    _checked(LIBC.syscall(ctypes.c_long(ADD_RULE), ruleset, BENEATH, words, 0))
    os.close(place)


def _restrict(ruleset: int) -> None:
    _checked(LIBC.syscall(ctypes.c_long(RESTRICT_SELF), ruleset, 0))
    os.close(ruleset)


def _checked(result: int) -> int:
    """What a system call returns. Raises IsolationError where it failed."""
    require_zero("Landlock", min(result, 0))
    return result
