"""Execute a notebook in a fresh kernel, and never wait for one that will not answer."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zmq
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

SECONDS_TO_START = 120
SECONDS_OF_SILENCE = 120


class KernelFailed(Exception):
    """A notebook was not executed to its end; the message says why, in one sentence."""


def execute(
    notebook: NotebookNode, folder: Path, cell_seconds: float, executed: Callable[[], Any]
) -> None:
    """Execute the cells in their order, in that folder; outputs are put into the notebook.

    executed: is called after each cell. Raises KernelFailed when a cell ends in an error or takes
    longer than cell_seconds, and when nothing is heard of the kernel for SECONDS_OF_SILENCE. What
    was executed before stands in the notebook then.
    """
    with tempfile.TemporaryDirectory(prefix="course-") as sockets:
        client = _Client(
            notebook,
            timeout=cell_seconds,
            startup_timeout=SECONDS_TO_START,
            resources={"metadata": {"path": str(folder)}},
            on_cell_executed=lambda **_: executed(),
            config=Config({"KernelManager": _connection(Path(sockets))}),
        )
        try:
            client.execute()
        except CellExecutionError as stop:
            raise KernelFailed(f"{stop.ename}: {stop.evalue}") from stop
        except (CellTimeoutError, DeadKernelError) as stop:
            raise KernelFailed(str(stop).strip().splitlines()[0]) from stop
        except RuntimeError as stop:  # so jupyter_client says that a kernel does not start
            client.create_kernel_manager()  # nbclient cleans up once more at exit, and asks for it
            raise KernelFailed(
                f"the kernel did not answer within {SECONDS_TO_START} s of its start ({stop})"
            ) from stop


def _connection(folder: Path) -> dict[str, str]:
    """Sockets in a folder of its own: two kernels that start at once can meet on one port."""
    if zmq.has("ipc"):
        return {"transport": "ipc", "ip": str(folder / "kernel")}
    # Else ipykernel warns at each start that other users of the machine could listen in.
    return {"transport_encryption": "auto"}


class _Client(NotebookClient):
    """Listens for the kernel's first word on each cell, and for its heartbeat from then on."""

    is_heard = False

    def create_kernel_manager(self) -> KernelManager:
        """Of this Python's kernel, whichever of its name stands first on Jupyter's path."""
        manager = super().create_kernel_manager()
        manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
        return manager

    def process_message(self, *arguments: Any, **keywords: Any) -> Any:
        """Any message on the cell that is executed, the first one being that it has begun."""
        self.is_heard = True
        return super().process_message(*arguments, **keywords)

    async def async_execute_cell(self, *arguments: Any, **keywords: Any) -> NotebookNode:
        """Execute a cell; raises KernelFailed when nothing is heard of the kernel."""
        self.is_heard, last = False, time.monotonic()
        executing = asyncio.ensure_future(super().async_execute_cell(*arguments, **keywords))
        while not executing.done():
            await asyncio.wait({executing}, timeout=1)
            # A socket of ZeroMQ wakes the loop once for a message, and can have done so too early;
            # when it is asked, it does so again (ZMQ_FD in the manual of zmq_getsockopt).
            for channel in (self.kc.shell_channel, self.kc.iopub_channel):
                channel.socket.get(zmq.EVENTS)
            if self.is_heard and self.kc.hb_channel.is_beating():
                last = time.monotonic()
            elif not executing.done() and time.monotonic() - last > SECONDS_OF_SILENCE:
                executing.cancel()
                await asyncio.wait({executing})
                raise KernelFailed(f"nothing came from the kernel for {SECONDS_OF_SILENCE} s")
        return executing.result()
