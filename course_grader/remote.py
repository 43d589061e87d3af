"""Requests to the student's process, and what comes back: data, or what stands for an object."""

import inspect
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from course_grader import encoding
from course_grader.cells import Cell
from course_grader.contract import (
    AnswerError,
    AnswerNotWritten,
    AnswerValueError,
    CheckFailed,
    Foreign,
)
from course_grader.jobs import Ending, State
from course_grader.keras_models import ReceivedModel, is_model
from course_grader.processes import deadline

LONGEST_MESSAGE = 3000
LONGEST_NAME = 100
MOST_CHILDREN = 10_000  # of a generator in one call
FUNCTION = {"function", "kind", "name", "is_unwritten"}  # what is told of one
PLAIN = {bool, int, float, str, bytes, tuple, list, dict, set, type(None), np.ndarray, np.dtype}


class ProcessEnded(BaseException):
    """The student's process is gone, or has to go.

    Not an Exception: a check must not take it for an error of the submitted code.
    """

    def __init__(self, ending: Ending, cause: str = ""):
        super().__init__(ending.message)
        self.ending, self.cause = ending, cause


@dataclass(frozen=True)
class Function(Foreign):
    """A function, or another object that can be called, of the student's process.

    is_unwritten: whether it is as it was released, by what that process says. cell: the last answer
    before it came. variable: what it was asked for by; functions behind one decorator, and all
    lambdas, have one `__name__`.
    """

    side: "StudentSide"
    handle: int
    __name__: str
    is_unwritten: bool = False
    cell: str = ""
    variable: str = ""

    def __call__(self, *arguments: object, **keywords: object) -> object:
        return self.side.call(self, arguments, keywords)


class StudentSide:
    """Requests to the student's process, and what they return.

    connection: to that process. seconds: for each request. endings: of cells, by name, and of
    functions, by cell and variable, that are not to be tried again. cell: the last answer that ran.
    """

    def __init__(self, connection: Connection, seconds: float, endings: dict[str, Ending]):
        self.connection, self.seconds, self.endings = connection, seconds, endings
        self.cell = ""
        self.callbacks: list[Callable] = []
        self.models: dict[int, ReceivedModel] = {}
        self.sent: dict[int, Any] = {}
        self.tokens_by_part: dict[int, list[int]] = {}

    def run(self, cell: Cell) -> None:
        """Run a cell; raises AnswerError as the cell did."""
        if not cell.is_trusted:
            self.cell = cell.name
        self.request(f"the cell {cell.name}", "run", cell.source, cell.name)

    def stand_in(self, names: set[str]) -> None:
        """Give names a value that does nothing."""
        self.request("the names of the tests", "stand_in", sorted(names))

    def fetch(self, name: str) -> list[object]:
        """The value of a name, in a list; an empty list if the name is not defined."""
        found = self.request(name, "fetch", name)
        if not isinstance(found, list) or len(found) > 1:
            raise encoding.Refused("what came back is no value.")
        return [replace(one, variable=name) if isinstance(one, Function) else one for one in found]

    def call(self, function: Function, arguments: tuple, keywords: dict) -> object:
        """Call a function there; arguments that are changed there are changed here."""
        known_as = f"{function.variable} of {function.cell}"
        if known_as in self.endings:
            raise ProcessEnded(self.endings[known_as])
        try:
            answer = self.request(function.variable, "call", function.handle, arguments, keywords)
        except ProcessEnded as stop:
            raise ProcessEnded(stop.ending, known_as) from stop
        if not isinstance(answer, dict) or set(answer) != {"result", "arguments", "disturbed"}:
            raise encoding.Refused("what came back is not the result of a function.")
        if answer["disturbed"]:
            np.random.random()  # so that the check sees a changed state here, too
        states = answer["arguments"]
        if not isinstance(states, list) or len(states) != len(arguments):
            raise encoding.Refused("what came back is not the result of a function.")
        for argument, state in zip(arguments, states, strict=True):
            self._bring_back(argument, state)
        return answer["result"]

    def request(self, cause: str, *request: object) -> Any:
        """Send a request and wait for its answer.

        Raises AnswerError, ProcessEnded or Refused.
        """
        try:
            with deadline(self.seconds):
                self._send(request)
                failed = None
                while True:
                    if not self.connection.poll(self.seconds):
                        raise TimeoutError
                    answer = encoding.load(
                        self.connection.recv_bytes(encoding.LARGEST), self._adopt
                    )
                    if not isinstance(answer, dict):
                        raise encoding.Refused("what came back is no answer.")
                    if "callback" not in answer:
                        break
                    try:
                        reply = (
                            (encoding.FAILED, str(failed)) if failed else self._called_back(answer)
                        )
                    except CheckFailed as error:  # told when the request over there has ended
                        failed, reply = error, (encoding.FAILED, str(error))
                    self._send(reply)
        except TimeoutError as error:
            what = f"`{cause}`" if cause.isidentifier() else cause or "the answer"
            message = f"{what} did not end within {self.seconds:g} s: look for an endless loop."
            raise ProcessEnded(Ending(State.TIME_OUT, message), cause) from error
        except (EOFError, OSError) as error:
            what = f"`{cause}`" if cause.isidentifier() else cause or "the answer"
            message = (
                f"{what} ended the process that it ran in: look for os._exit, for memory, "
                "processes or files beyond the limits, or for an error in compiled code."
            )
            raise ProcessEnded(Ending(State.CRASH, message), cause) from error
        if failed:
            raise failed
        if "error" in answer:
            raise _error(answer["error"])
        if "refused" in answer:
            raise encoding.Refused(str(answer["refused"])[:LONGEST_MESSAGE])
        return answer.get("value")

    def _send(self, message: object) -> None:
        buffer = io.BytesIO()
        _Pickler(buffer, self).dump(message)
        self.connection.send_bytes(buffer.getvalue())

    def _called_back(self, answer: dict) -> tuple[str, object]:
        """How a function of the test ended, and what it returned. Raises CheckFailed."""
        number, arguments = answer["callback"], answer.get("arguments")
        if type(number) is not int or not 0 <= number < len(self.callbacks):
            raise encoding.Refused("a function was asked for that does not exist.")
        if not isinstance(arguments, list):
            raise encoding.Refused("a function was called without a list of arguments.")
        callback = self.callbacks[number]
        try:
            inspect.signature(callback).bind(*arguments)
            return encoding.RETURNED, callback(*arguments)
        except (CheckFailed, TimeoutError):  # the latter of the deadline
            raise
        except Exception as error:  # such as of an array method, for a list
            return encoding.FAILED, f"a function of the test was called wrongly: {error}"

    def _adopt(self, fields: dict) -> object:
        """What takes the place of an object that stays in the student's process."""
        if set(fields) == FUNCTION and type(fields["function"]) is int:
            kind, name = (str(fields[key])[:LONGEST_NAME] for key in ("kind", "name"))
            unwritten = fields["is_unwritten"] is True
            return Function(kind, self, fields["function"], name, unwritten, self.cell, name)
        if set(fields) != {"model", "kind", "tokens"}:
            raise ValueError("no such object")
        handle = fields["model"]
        if handle in self.models:
            self.models[handle].renew(fields)
        else:
            self.models[handle] = ReceivedModel(fields, self.tokens_by_part, self._ask_model)
        return self.models[handle]

    def _ask_model(self, *request: object) -> Any:
        return self.request("the model", *request)

    def _bring_back(self, argument: object, state: object) -> None:
        """Make an argument what it was there after the call."""
        if isinstance(argument, np.ndarray) and isinstance(state, np.ndarray):
            if argument.shape != state.shape or argument.dtype != state.dtype:
                raise encoding.Refused("an argument came back in another form.")
            argument[...] = state
        elif isinstance(argument, np.random.Generator):
            self._bring_back_generator(argument, state)
        elif is_model(argument):
            self._bring_back_weights(argument, state)
        elif isinstance(argument, Path):
            _bring_back_files(argument, state)

    def _bring_back_generator(self, generator: np.random.Generator, state: object) -> None:
        """Its state, and how many children it has had: the next ones are others."""
        source = generator.bit_generator
        try:
            source.state = state["state"]
            born = state["children"] - source.seed_seq.n_children_spawned
            source.seed_seq.spawn(min(max(born, 0), MOST_CHILDREN))
        except (TypeError, ValueError, KeyError) as error:
            raise encoding.Refused("the state of the generator cannot be read.") from error

    def _bring_back_weights(self, model: Any, rows: object) -> None:
        try:
            tokens, _, values = zip(*rows, strict=True)
            model.set_weights(list(values))
        except (TypeError, ValueError) as error:
            raise encoding.Refused("the model that was given came back in another form.") from error
        self.tokens_by_part[id(model)] = list(tokens)


def _bring_back_files(folder: Path, state: object) -> None:
    """Write what lies in the folder there, folders in it left out."""
    files = state if isinstance(state, dict) else {}
    for name, data in files.items():
        if not isinstance(name, str) or name != Path(name).name or "\0" in name:
            raise encoding.Refused("a file came back under a name that is none.")
        if not isinstance(data, np.ndarray):
            raise encoding.Refused("a file came back that is none.")
        (folder / name).write_bytes(data.tobytes())


class _Pickler(pickle.Pickler):
    """Writes a request; functions, models and folders stay here and are sent as marks."""

    def __init__(self, buffer: io.BytesIO, side: StudentSide):
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self.side = side

    def persistent_id(self, value: object) -> tuple | None:
        if type(value) in PLAIN:  # nearly all of the many objects in a table
            return None
        if inspect.ismethod(value):
            self.side.callbacks.append(value)
            return encoding.CALLBACK, len(self.side.callbacks) - 1
        if isinstance(value, Path):
            return (encoding.FOLDER,)
        if is_model(value):
            self.side.sent[id(value)] = value  # kept, so that no other object gets this id
            return encoding.MODEL, id(value), value.to_json(), value.get_weights()
        return None


def _error(fields: object) -> AnswerError:
    if not isinstance(fields, dict) or not isinstance(fields.get("kind"), str):
        raise encoding.Refused("what came back is no answer.")
    kind = AnswerValueError if fields.get("is_value_error") is True else AnswerError
    if fields.get("is_of_unwritten") is True:
        kind = AnswerNotWritten
    return kind(fields["kind"][:100], str(fields.get("message", ""))[:LONGEST_MESSAGE])
