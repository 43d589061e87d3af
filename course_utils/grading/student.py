"""The student's process: runs the cells of a notebook and answers questions about what they made.

What comes in is trusted and may be pickled; what goes out is data only (`wire`). Whatever the
submitted code does to this process, it can change nothing but its own answers.
"""

import io
import os
import pickle
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.checks.report import is_unwritten
from course_utils.checks.watching import WatchedModel
from course_utils.grading import wire

LONGEST_MESSAGE = 2000
# What is sent in a form of its own instead of a pickle: its mark -> see `Requests.persistent_load`.
CALLBACK, MODEL, FOLDER = "callback", "model", "folder"
RETURNED, FAILED = "returned", "failed"  # how a function of the other side ended
READY = b"ready"


def serve(connection: Connection) -> None:
    """Answer requests until the other side closes the connection."""
    Student(connection).serve()


class Student:
    """The notebook's namespace, and the objects that the other side knows by a handle."""

    def __init__(self, connection: Connection):
        self.connection = connection
        self.namespace: dict[str, Any] = notebook_namespace()
        self.kept: dict[int, object] = {}
        self.models: dict[int, Any] = {}

    def serve(self) -> None:
        while True:
            try:
                request = self._received()
            except EOFError:
                return
            self._send(self._answered(request))

    def _received(self) -> tuple:
        return Requests(self.connection.recv_bytes(), self).load()

    def _answered(self, request: tuple) -> dict:
        kind, *details = request
        try:
            return {"value": getattr(self, f"_{kind}")(*details)}
        except wire.Refused:
            raise
        except BaseException as error:  # SystemExit and KeyboardInterrupt, too
            return {"error": told(error)}

    def _send(self, answer: dict) -> None:
        try:
            data = wire.dump(answer, self._special)
        except wire.Refused as refusal:
            data = wire.dump({"refused": str(refusal)})
        self.connection.send_bytes(data)

    # Requests

    def _run(self, source: str, name: str) -> None:
        """Run a cell."""
        exec(compile(without_magics(source), f"<{name}>", "exec"), self.namespace)

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
        """Call a model, and name it again, now that it has its weights."""
        WatchedModel(self.kept[handle]).first_call(x)
        return self.kept[handle]

    def _watched_pass(
        self, handle: int, x: np.ndarray, kinds: tuple, training: bool | None
    ) -> tuple:
        calls, output = WatchedModel(self.kept[handle]).watched_pass(x, kinds, training)
        return [(vars(one.layer), one.given, one.returned) for one in calls], output

    def _train(self, handle: int, x: np.ndarray, labels: np.ndarray, steps: int) -> None:
        WatchedModel(self.kept[handle]).train(x, labels, steps)

    def _weights(self, handle: int) -> list[tuple]:
        return [tuple(weight) for weight in WatchedModel(self.kept[handle]).weights()]

    # What is no data and yet known to the other side

    def _special(self, value: object) -> dict | None:
        if _is_model(value):
            kind = type(value).__name__
            return {"model": self._handle(value), "kind": kind, **_as_config(value)}
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

        Raises RuntimeError if the function has failed there.
        """
        self._send({"callback": callback, "arguments": list(arguments)})
        how, value = self._received()
        if how == FAILED:
            raise RuntimeError(value)
        return value


class Requests(pickle.Unpickler):
    """Reads a request; models, folders and functions of the other side come as marks."""

    def __init__(self, data: bytes, student: Student):
        super().__init__(io.BytesIO(data))
        self.student = student

    def persistent_load(self, mark: tuple) -> object:
        kind, *details = mark
        if kind == CALLBACK:
            return Callback(self.student.ask, *details)
        if kind == FOLDER:
            return Path(tempfile.mkdtemp())
        assert kind == MODEL
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


class NoShell:
    """Stands for IPython's shell, so that magics in an answer do nothing."""

    def __getattr__(self, name: str) -> Callable:
        return lambda *_, **__: None


def notebook_namespace() -> dict[str, Any]:
    """The names that a notebook starts with."""
    return {"__name__": "__main__", "get_ipython": NoShell, "display": lambda *_, **__: None}


def without_magics(source: str) -> str:
    """Plain Python: magics and shell commands become calls of `get_ipython()`."""
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(source)


def told(error: BaseException) -> dict:
    """An error as data: the names of its types, the most special one first, and its text."""
    try:
        text = "".join(traceback.format_exception_only(error)[-1:]).split(":", 1)
        message = text[1].strip() if len(text) > 1 else ""
    except Exception:
        message = ""
    kinds = [one.__name__ for one in type(error).__mro__]
    return {"kinds": kinds, "message": message[:LONGEST_MESSAGE]}


def run_from_console() -> None:
    """Serve over standard input and output, which submitted code can then no longer reach."""
    from course_utils.grading.sandbox import Limits, forbid_new_privileges, leave_keyring, limit

    incoming, outgoing = os.dup(0), os.dup(1)
    silence()
    limit(Limits())
    leave_keyring()
    forbid_new_privileges()
    serve(Duplex(incoming, outgoing))


def serve_beside(connection: Connection, modules: Sequence[str]) -> None:
    """Serve in a process of one's own machine, which nothing shuts in.

    modules: to be imported while the other side imports them, too, and before it is told that
    this process is ready.
    """
    silence()
    for name in modules:
        import_module(name)
    connection.send_bytes(READY)
    serve(connection)


def silence() -> None:
    """Nothing to read on standard input; what is printed goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


class Duplex:
    """Two pipes as one connection."""

    def __init__(self, incoming: int, outgoing: int):
        self._incoming = Connection(incoming, writable=False)
        self._outgoing = Connection(outgoing, readable=False)
        self.recv_bytes, self.poll = self._incoming.recv_bytes, self._incoming.poll
        self.send_bytes = self._outgoing.send_bytes

    def close(self) -> None:
        self._incoming.close()
        self._outgoing.close()


def _is_model(value: object) -> bool:
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.Model)


def _as_config(model: Any) -> dict:
    """Configuration (empty if there is none that will do), weights and variables of a model."""
    weights = [tuple(weight) for weight in WatchedModel(model).weights()]
    try:
        # The configuration of a Sequential leaves a layer out that stands in it a second time.
        layers = [id(layer) for layer in _layers_of(model)]
        config = model.to_json() if len(set(layers)) == len(layers) else ""
    except Exception:
        config = ""
    return {"config": config, "weights": weights, "tokens": WatchedModel(model).tokens()}


def _layers_of(model: Any) -> Iterator[Any]:
    """The layers of a model and of the models in it, each as often as it is listed."""
    for layer in getattr(model, "layers", ()):
        yield layer
        yield from _layers_of(layer)


def _state(argument: object) -> object:
    """What a call may have changed: arrays, the state of a generator, the weights of a model."""
    if isinstance(argument, np.ndarray):
        return argument
    if isinstance(argument, np.random.Generator):
        return argument.bit_generator.state
    if _is_model(argument):
        return [tuple(weight) for weight in WatchedModel(argument).weights()]
    return None


if __name__ == "__main__":
    run_from_console()
