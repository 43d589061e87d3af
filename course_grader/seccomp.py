"""Refuse system calls to this process and all that it starts, for good. Linux only.

Needs no right of the user's. See `man 2 seccomp`; the numbers are those of <asm/unistd.h>.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from course_grader.sandbox import check_platform, forbid_new_privileges, prctl

# name: numbers on x86_64 and aarch64, which has no number where the call has a successor.
NUMBERS = {
    **{"socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "socketpair": (53, 199)},
    **{"chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452)},
    **{"chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54)},
    **{"utime": (132, None), "utimes": (235, None), "futimesat": (261, None)},
    **{"utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7)},
    **{"removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16)},
    **{"setxattrat": (463, 463), "removexattrat": (466, 466), "file_setattr": (469, 469)},
    **{"open_by_handle_at": (304, 265)},
    **{"inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262)},
    **{"shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190)},
    **{"semop": (65, 193), "semtimedop": (220, 192), "semctl": (66, 191), "msgget": (68, 186)},
    **{"msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187)},
    **{"mq_open": (240, 180), "mq_unlink": (241, 181), "ioctl": (16, 29), "fallocate": (285, 47)},
    **{"add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219)},
    **{"unshare": (272, 97), "setns": (308, 268), "clone": (56, 220), "clone3": (435, 435)},
    **{"mount": (165, 40), "fsopen": (430, 430), "open_tree": (428, 428), "io_uring": (425, 425)},
    **{"setpriority": (141, 140), "sched_setparam": (142, 118), "sched_setscheduler": (144, 119)},
    **{"sched_setattr": (314, 274), "sched_setaffinity": (203, 122), "ioprio_set": (251, 30)},
    **{"setuid": (105, 146), "setreuid": (113, 145), "setresuid": (117, 147)},
    **{"prlimit64": (302, 261), "bpf": (321, 280), "perf_event_open": (298, 241)},
    **{"userfaultfd": (323, 282), "syslog": (103, 116), "ptrace": (101, 117)},
}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
NAMESPACES = ("unshare", "setns", "clone", "clone3", "mount", "fsopen", "open_tree")
USERS = ("setuid", "setreuid", "setresuid")
NEW_NAMESPACES = 0x7E020080  # the flags of all kinds, for clone
ALLOWED, REFUSED = 0x7FFF0000, 0x00050000  # and then the number of an error
# What a refused call is told, if not EPERM. clone3 has its flags in memory, where a filter cannot
# look: libraries then use clone. Without fallocate they write. A new mode, and new dates, are said
# to be there, since whatever copies a file gives it those of the first.
TOLD = {
    **{"clone3": errno.ENOSYS, "fallocate": errno.EOPNOTSUPP},
    **dict.fromkeys(("chmod", "fchmod", "fchmodat", "fchmodat2", "utimensat"), 0),
}
# name: which argument, which bits of it, which value they have, and what becomes of the call then.
EXCEPTIONS = {
    "clone": (0, NEW_NAMESPACES, 0, ALLOWED),
    "socketpair": (1, 0xF, 1, ALLOWED),  # streams: others can send to any socket that has a path
    "prlimit64": (0, 0xFFFFFFFF, 0, ALLOWED),  # its own limits
    "ioctl": (1, 0xFF00, 0x5400, ALLOWED),  # of terminals, pipes and all files
    # The date of now: Path.touch makes a file where that fails.
    "utimensat": (2, 0xFFFFFFFF, 0, REFUSED | errno.EPERM),
}
SET_SECCOMP, FILTER = 22, 2  # of prctl
LOAD, AND, IS, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
OTHER_CALLS = 0x40000000  # those of x32, on x86_64
Step = tuple[int, int, int, int]  # code, jumps where true and where false, value


def refuse(names: Iterable[str]) -> None:
    """Refuse these system calls, keys of NUMBERS, but for EXCEPTIONS.

    Raises IsolationError where the system does not have filters.
    """
    check_platform()
    column, architecture = MACHINES[os.uname().machine]
    steps: list[Step] = [
        *((LOAD, 0, 0, 4), (IS, 1, 0, architecture), _refusal(errno.ENOSYS)),
        *((LOAD, 0, 0, 0), (AT_LEAST, 0, 1, OTHER_CALLS), _refusal(errno.ENOSYS)),
    ]
    for name in names:
        if (number := NUMBERS[name][column]) is not None:
            rule = _rule(name)
            steps += [(IS, 0, len(rule), number), *rule]
    steps.append((RETURN, 0, 0, ALLOWED))
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    text = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(text)))
    forbid_new_privileges()
    prctl(SET_SECCOMP, FILTER, ctypes.addressof(program))


def _rule(name: str) -> list[Step]:
    refusal = _refusal(TOLD.get(name, errno.EPERM))
    if name not in EXCEPTIONS:
        return [refusal]
    argument, bits, value, outcome = EXCEPTIONS[name]
    look = [(LOAD, 0, 0, 16 + 8 * argument), (AND, 0, 0, bits), (IS, 0, 1, value)]
    return [*look, (RETURN, 0, 0, outcome), refusal]


def _refusal(number: int) -> Step:
    return (RETURN, 0, 0, REFUSED | number)
