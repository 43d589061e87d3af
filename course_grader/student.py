"""The student's process: runs the cells of a notebook and answers questions about what they made.

What comes in is trusted and may be pickled; what goes out is data only (`encoding`). Whatever the
submitted code does to this process, it can change nothing but its own answers.
"""

import ast
import asyncio
import inspect
import io
import linecache
import os
import pickle
import tempfile
import threading
import traceback
from collections.abc import Callable, Sequence
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from course_grader import encoding
from course_grader.cells import Absent, notebook_namespace, without_magics
from course_grader.contract import is_of_unwritten, is_unwritten
from course_grader.keras_models import WatchedModel, is_model
from course_grader.processes import silence

LONGEST_MESSAGE = 2000
NO_PROCESSES = (
    "in grading no process can be started for this: call the function here, or in threads"
)
PYTHON_MAGICS = {"time", "timeit", "capture", "prun"}


def serve(connection: Connection) -> None:
    """Answer requests until the other side closes the connection."""
    Student(connection).serve()


class Student:
    """The notebook's namespace, and the objects that the other side knows by a handle."""

    def __init__(self, connection: Connection):
        self.connection = connection
        self.namespace: dict[str, Any] = notebook_namespace()
        self.namespace["get_ipython"] = Shell(self.namespace).get_ipython
        self.kept: dict[int, object] = {}
        self.models: dict[int, Any] = {}
        self.process, self.lock = os.getpid(), threading.Lock()

    def serve(self) -> None:
        while True:
            try:
                data = self.connection.recv_bytes()
            except EOFError:
                return
            self._send(self._answered(data))

    def _answered(self, data: bytes) -> dict:
        try:
            kind, *details = Requests(data, self).load()
            return {"value": getattr(self, f"_{kind}")(*details)}
        except encoding.Refused:
            raise
        except BaseException as error:  # SystemExit and KeyboardInterrupt, too
            return {"error": told(error)}

    def _send(self, answer: dict) -> None:
        try:
            data = encoding.dump(answer, self._special)
        except encoding.Refused as refusal:
            data = encoding.dump({"refused": str(refusal)})
        self.connection.send_bytes(data)

    # Requests

    def _run(self, source: str, name: str) -> None:
        """Run a cell; as in IPython, its lines can be read, which `tf.function` does."""
        place, text = f"<{name}>", without_magics(source)
        linecache.cache[place] = (len(text), None, text.splitlines(keepends=True), place)
        code = compile(text, place, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(eval(code, self.namespace))
        else:
            exec(code, self.namespace)

    def _stand_in(self, names: list[str]) -> None:
        """Give names a value that does nothing: those of modules that only tests may import."""
        self.namespace |= {name: Absent() for name in names}

    def _fetch(self, name: str) -> list[object]:
        """The value of a name in a list, which is empty where there is none."""
        return [self.namespace[name]] if name in self.namespace else []

    def _call(self, handle: int, arguments: tuple, keywords: dict) -> dict:
        """Call a function; its result, and what else the call has changed.

        That is: its arguments, and NumPy's global random state.
        """
        np.random.random()  # a state that no function sets
        before = pickle.dumps(np.random.get_state())
        with np.errstate(all="ignore"):
            result = self.kept[handle](*arguments, **keywords)
        return {
            "result": result,
            "arguments": [_state(value) for value in arguments],
            "disturbed": pickle.dumps(np.random.get_state()) != before,
        }

    def _first_call(self, handle: int, x: np.ndarray) -> object:
        """Call a model, and name it again, now that it has its variables."""
        WatchedModel(self.kept[handle]).first_call(x)
        return self.kept[handle]

    def _watched_pass(
        self, handle: int, x: np.ndarray, kinds: tuple, training: bool | None
    ) -> tuple:
        calls, output = WatchedModel(self.kept[handle]).watched_pass(x, kinds, training)
        return [(vars(one.layer), *one[1:]) for one in calls], output

    def _train(self, handle: int, x: np.ndarray, labels: np.ndarray, steps: int) -> None:
        WatchedModel(self.kept[handle]).train(x, labels, steps)

    def _assign(self, handle: int, values: Sequence[np.ndarray | None]) -> None:
        WatchedModel(self.kept[handle]).assign(values)

    def _weights(self, handle: int) -> list[tuple]:
        return [tuple(weight) for weight in WatchedModel(self.kept[handle]).weights()]

    # What is no data and yet known to the other side

    def _special(self, value: object) -> dict | None:
        if is_model(value):
            kind = type(value).__name__
            tokens = WatchedModel(value).tokens()
            return {"model": self._handle(value), "kind": kind, "tokens": tokens}
        if callable(value):
            kind = type(value).__name__
            name = str(getattr(value, "__name__", kind))[:100]
            told = {"kind": kind, "name": name, "is_unwritten": is_unwritten(value)}
            return {"function": self._handle(value), **told}
        return None

    def _handle(self, value: object) -> int:
        self.kept[id(value)] = value  # kept, so that no other object gets this id
        return id(value)

    def ask(self, callback: int, *arguments: object) -> object:
        """Call a function of the other side with data, in the middle of a request.

        Several threads may do so. Raises RuntimeError if the function has failed there, or in
        another process, which has no connection of its own.
        """
        if os.getpid() != self.process:
            raise RuntimeError(NO_PROCESSES)
        with self.lock:
            self._send({"callback": callback, "arguments": list(arguments)})
            how, value = Requests(self.connection.recv_bytes(), self).load()
        if how == encoding.FAILED:
            raise RuntimeError(value)
        return value


class Shell(Absent):
    """IPython's shell for the magics that run Python; whatever else is asked of it does nothing."""

    def __init__(self, namespace: dict[str, Any]):
        self.namespace = namespace

    def get_ipython(self) -> "Shell":
        return self

    def run_cell_magic(self, name: str, line: str, cell: str) -> object:
        return self._ipython.run_cell_magic(name, line, cell) if name in PYTHON_MAGICS else None

    def run_line_magic(self, name: str, line: str) -> object:
        if name not in PYTHON_MAGICS:
            return None
        # Names are those of the caller of this method, and not its own.
        return self._ipython.run_line_magic(name, line, _stack_depth=2)

    @cached_property
    def _ipython(self) -> Any:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        config = Config({"HistoryManager": {"enabled": False}})  # else a thread writes a file
        shell = InteractiveShell(user_ns=self.namespace, config=config)
        self.namespace["get_ipython"] = self.get_ipython  # which it takes
        return shell


class Requests(pickle.Unpickler):
    """Reads a request; models, folders and functions of the other side come as marks."""

    def __init__(self, data: bytes, student: Student):
        super().__init__(io.BytesIO(data))
        self.student = student

    def persistent_load(self, mark: tuple) -> object:
        kind, *details = mark
        if kind == encoding.CALLBACK:
            return Callback(self.student.ask, *details)
        if kind == encoding.FOLDER:
            return Path(tempfile.mkdtemp())
        assert kind == encoding.MODEL
        return self._model(*details)

    def _model(self, number: int, config: str, weights: list[np.ndarray]) -> Any:
        """A model of the other side: the same object each time, as in a notebook."""
        import keras

        if number not in self.student.models:
            self.student.models[number] = keras.models.model_from_json(config)
        self.student.models[number].set_weights(weights)
        return self.student.models[number]


class Callback:
    """A function of the other side."""

    def __init__(self, ask: Callable, number: int):
        self._ask, self._number = ask, number

    def __call__(self, *arguments: object) -> object:
        return self._ask(self._number, *arguments)


def told(error: BaseException) -> dict:
    """An error as data: the name of its type, its text, and whether it is one that tests expect."""
    try:
        text = "".join(traceback.format_exception_only(error)[-1:]).split(":", 1)
        message = text[1].strip() if len(text) > 1 else ""
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        # Locks that processes share are files, in a folder that there is none of.
        if isinstance(error, OSError) and "multiprocessing" in frame.f_globals["__name__"]:
            message = NO_PROCESSES
    except Exception:
        message = ""
    return {
        "kind": type(error).__name__,
        "message": message[:LONGEST_MESSAGE],
        "is_value_error": isinstance(error, ValueError),
        "is_of_unwritten": is_of_unwritten(error),
    }


def serve_beside(connection: Connection, statements: Sequence[str]) -> None:
    """Serve in a process of one's own machine, which nothing shuts in.

    statements: imports to run while the other side runs them, too, and before it is told that
    this process is ready.
    """
    silence()
    for statement in statements:
        exec(statement, {})
    connection.send_bytes(encoding.READY)
    serve(connection)


def _state(argument: object) -> object:
    """What a call may have changed.

    Arrays, the state of a generator, the weights of a model, the files in a folder.
    """
    if isinstance(argument, np.ndarray):
        return argument
    if isinstance(argument, np.random.Generator):
        source = argument.bit_generator
        return {"state": source.state, "children": source.seed_seq.n_children_spawned}
    if is_model(argument):
        return [tuple(weight) for weight in WatchedModel(argument).weights()]
    if isinstance(argument, Path):
        files = [path for path in argument.iterdir() if path.is_file()]
        return {path.name: np.frombuffer(path.read_bytes(), np.uint8) for path in files}
    return None
