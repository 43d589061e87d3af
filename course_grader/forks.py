"""The warm process that students' processes are forked from, and that knows nothing.

A forked process can read all memory that its parent had. So the process that a student's is
forked from has seen no test, no answer and no result: it imports, and forks on demand.
"""

import os
import signal
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from course_grader import landlock, namespaces, sandbox, student
from course_grader.isolation import LANDLOCK, NAMESPACES, Isolation

NOT_ISOLATED = 70  # exit status, EX_SOFTWARE of <sysexits.h>
START = b"start"
SHUTS_IN = {NAMESPACES: namespaces.run_isolated, LANDLOCK: landlock.run_isolated}
LONGEST = 64  # bytes of a request
SECONDS_TO_END = 0.2


class Child:
    """A forked process that runs `main`, shut in, with these files and no others."""

    def __init__(self, main: Callable[[], None], kept: list[int], isolation: Isolation):
        places = isolation.shown, isolation.covered  # found out once, not in every child
        self.number = os.fork()
        if self.number == 0:
            exit_after(lambda: _shut_in(main, kept, isolation.kind, *places))

    def end(self) -> int:
        """Let it end if it does so at once, else kill it, with all that it started.

        Returns its exit status, negative for a signal.
        """
        last = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < last:
            number, status = os.waitpid(self.number, os.WNOHANG)
            if number:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.002)
        os.kill(self.number, signal.SIGKILL)
        _, status = os.waitpid(self.number, 0)
        return os.waitstatus_to_exitcode(status)


class ForkedStudent:
    """A student's process, asked for from another process than the warm one.

    control: a socket to that. side: the student's end of the connection.
    """

    def __init__(self, control: socket.socket, side: Connection):
        self.control = control
        socket.send_fds(control, [START], [side.fileno()])
        self.number = int(control.recv(LONGEST))

    def end(self) -> int:
        """Kill it, with all that it started; its exit status, negative for a signal."""
        self.control.send(str(self.number).encode())
        return int(self.control.recv(LONGEST))


def serve(controls: list[socket.socket], isolation: Isolation) -> None:
    """Start and end students' processes until nobody is left who could ask for one."""
    children: dict[socket.socket, dict[int, Child]] = {control: {} for control in controls}
    while children:
        for control in wait(list(children)):
            request, files, _, _ = socket.recv_fds(control, LONGEST, 1)
            if not request:
                for child in children.pop(control).values():
                    child.end()
            elif request == START:
                child = _forked(files[0], isolation)
                children[control][child.number] = child
                control.send(str(child.number).encode())
            else:
                status = children[control].pop(int(request)).end()
                control.send(str(status).encode())


def _forked(number: int, isolation: Isolation) -> Child:
    child = Child(lambda: student.serve(Connection(number)), [number], isolation)
    os.close(number)
    return child


def _shut_in(
    main: Callable[[], None], kept: list[int], kind: str, shown: list[Path], covered: list[Path]
) -> None:
    sandbox.die_with_parent()
    sandbox.end_first()
    sandbox.close_all_but(kept)
    limits = sandbox.Limits()
    if kind in SHUTS_IN:
        SHUTS_IN[kind](main, shown, covered, limits)
    else:
        # Here the limit counts everything that this user runs, not the submission's alone.
        processes = limits.processes + sandbox.threads_of_user()
        sandbox.limit(replace(limits, processes=processes))
        main()


def exit_after(main: Callable[[], None]) -> None:
    """Run `main` in a forked process, which never goes on with what its parent was doing."""
    status = 1
    try:
        main()
        status = 0
    except sandbox.IsolationError:
        status = NOT_ISOLATED
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(status)
