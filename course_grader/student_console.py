"""`python -m course_grader.student_console`: a student's process for a program that shuts it in."""

import os
from multiprocessing.connection import Connection

from course_grader import sandbox, seccomp, student
from course_grader.processes import silence


class Duplex:
    """Two pipes as one connection."""

    def __init__(self, incoming: int, outgoing: int):
        self._incoming = Connection(incoming, writable=False)
        self._outgoing = Connection(outgoing, readable=False)
        self.recv_bytes, self.send_bytes = self._incoming.recv_bytes, self._outgoing.send_bytes


def main() -> None:
    """Serve over standard input and output, which submitted code can then no longer reach."""
    incoming, outgoing = os.dup(0), os.dup(1)
    silence()
    if sandbox.be_counted_as_somebody():
        sandbox.drop_capabilities()
        seccomp.refuse((*seccomp.NAMESPACES, *seccomp.USERS))
    sandbox.limit(sandbox.Limits())
    sandbox.leave_keyring()
    sandbox.forbid_new_privileges()
    student.serve(Duplex(incoming, outgoing))


if __name__ == "__main__":
    main()
