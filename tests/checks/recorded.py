"""The calls of checks in the tests of an exercise, with the reference answers.

The cells run in one process, in their order, as in a notebook; a stand-in for `checks` forwards
each call and notes it. Whatever an answer cell gives a name is the student's, and what a helper of
the checks makes of that, too.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import ModuleType
from typing import Any

from conftest import ROOT
from failing import fails

from course_builder.build import instructor_notebook
from course_builder.project import exercise_names
from course_grader.cells import CellKind, names_of, notebook_namespace
from course_grader.notebooks import trusted_cells


@dataclass(frozen=True, eq=False)
class Students:
    """What stands for an argument that is the student's: makes it of another answer."""

    value: object
    helper: Callable | None = None
    arguments: tuple = ()

    def remade(self, answer: Callable[[object], object]) -> object:
        """With another answer in place of the student's own object."""
        if self.helper is None:
            return answer(self.value)
        return self.helper(*all_remade(self.arguments, answer))


@dataclass(frozen=True, eq=False)
class Call:
    """A call of a check, of which it is known what in it is the student's.

    test, item: the cells that it stands in and belongs to.
    """

    test: str
    item: str
    check: Callable[..., None]
    arguments: tuple
    keywords: dict[str, object]

    @property
    def name(self) -> str:
        return name_of(self.check)

    @cached_property
    def students(self) -> list[Students]:
        given = (*self.arguments, *self.keywords.values())
        return [one for one in given if isinstance(one, Students)]

    @property
    def is_of_functions(self) -> bool:
        """Whether what the student wrote is called."""
        return any(callable(one.value) for one in self.students)

    def repeat(self, answer: Callable[[object], object] = lambda own: own) -> None:
        """The same call, with `answer` of each of the student's objects in its place."""
        values = all_remade(self.keywords.values(), answer)
        keywords = dict(zip(self.keywords, values, strict=True))
        self.check(*all_remade(self.arguments, answer), **keywords)

    def fails(self, answer: Callable[[object], object]) -> str | None:
        """The message of the failed check, or None if it passes."""
        return fails(self.repeat, answer)


def all_remade(values: Iterable, answer: Callable[[object], object]) -> list:
    return [one.remade(answer) if isinstance(one, Students) else one for one in values]


def name_of(check: Callable) -> str:
    return f"{check.__module__.removeprefix('course_checks.')}.{check.__qualname__}"


@dataclass
class Recording:
    """An exercise that was run. names: of its notebook. calls: in their order."""

    exercise: str
    names: dict[str, Any] = field(default_factory=notebook_namespace)
    calls: list[Call] = field(default_factory=list)
    students: list[Students] = field(default_factory=list)
    test: str = ""
    item: str = ""

    def run(self) -> "Recording":
        for cell in trusted_cells(instructor_notebook(ROOT, self.exercise)):
            if cell.kind is CellKind.ANSWER:
                self.item = cell.name
            self.test = cell.name
            exec(compile(cell.source, f"<{cell.name}>", "exec"), self.names)
            assigned = names_of(cell.source)[1]
            if cell.kind is CellKind.ANSWER:
                self.students += [Students(self.names[name]) for name in sorted(assigned)]
            if "checks" in assigned:
                self.names["checks"] = StandIn(self.names["checks"], self)
        return self

    def noted(self, function: Callable) -> Callable:
        """A check, or a helper of checks, that is noted when it is called."""

        def called(*arguments: object, **keywords: object) -> object:
            own = tuple(self._own(one) for one in arguments)
            result = function(*arguments, **keywords)
            if hasattr(function, "property"):
                named = {name: self._own(one) for name, one in keywords.items()}
                self.calls.append(Call(self.test, self.item, function, own, named))
            elif any(isinstance(one, Students) for one in own):
                self.students.append(Students(result, function, own))
            return result

        return called

    def _own(self, value: object) -> object:
        return next((one for one in self.students if one.value is value), value)


class StandIn:
    """Stands for a module of checks, and forwards to it."""

    def __init__(self, module: ModuleType, recording: Recording):
        self._module, self._recording = module, recording

    def __getattr__(self, name: str) -> object:
        found = getattr(self._module, name)
        if isinstance(found, ModuleType):
            return StandIn(found, self._recording)
        return self._recording.noted(found) if callable(found) else found


@cache
def recording(exercise: str) -> Recording:
    return Recording(exercise).run()


# ---------------------------------------------------------------- what is known without a run


@cache
def package_of(exercise: str) -> ModuleType:
    """The package of checks that the tests of an exercise import."""
    for cell in trusted_cells(instructor_notebook(ROOT, exercise)):
        if cell.kind is CellKind.TESTS_ONLY and "checks" in names_of(cell.source)[1]:
            names: dict[str, Any] = {}
            exec(cell.source, names)
            return names["checks"]
    raise LookupError(f"{exercise} imports no checks")


def checks_of(exercise: str) -> dict[str, Callable]:
    """All checks that the tests of an exercise can call, by name."""
    modules = [module for _, module in inspect.getmembers(package_of(exercise), inspect.ismodule)]
    functions = [
        one for module in modules for _, one in inspect.getmembers(module, inspect.isfunction)
    ]
    return {name_of(one): one for one in functions if hasattr(one, "property")}


EXERCISES = exercise_names(ROOT)
