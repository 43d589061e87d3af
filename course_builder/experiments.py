"""The experiments of a lesson, as its source has them: their code, and what that depends on.

The code is the lesson's own: its cells with the tag `experiment`. Further tags that are names of
experiments say which ones a cell belongs to; without them it belongs to all.
"""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import course_utils
from course_builder import project
from course_grader.errors import CourseError
from course_grader.imports import Import, used_by

if TYPE_CHECKING:
    from course_utils.claims import Claim
    from course_utils.trials import Experiment

EXPERIMENT = "experiment"
CELL = re.compile(r"^# %%(.*)\n", re.MULTILINE)
TAGS = re.compile(r"\btags=(\[.*?\])")


class LessonCode:
    """The code of a lesson's experiments; it is run by `load_ledger` only."""

    def __init__(self, root: Path, lesson: str):
        self.lesson = lesson
        cells = list(_cells(root / project.SOURCES / f"{lesson}.py"))
        self._sources = [source for tags, source in cells if EXPERIMENT in tags]
        self._parsed = [
            (tags, ast.parse(source).body) for tags, source in cells if EXPERIMENT in tags
        ]
        self._modules: dict[str, str] = {}  # statements that import -> hash of what they lead to

    @cached_property
    def claims(self) -> "list[Claim]":
        """The claims of the lesson. Raises CourseError for a file that is none of claims."""
        from course_utils.claims import read

        try:
            return read(self.lesson)
        except ValueError as error:
            raise CourseError(str(error)) from error

    @cached_property
    def data_sets(self) -> dict[str, str]:
        """The names of the experiments -> the names of their data sets."""
        found = {}
        for _, statements in self._parsed:
            for node in (node for one in statements for node in ast.walk(one)):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Experiment"):
                    given = dict(zip(("name", "data"), node.args, strict=False))
                    given |= {word.arg: word.value for word in node.keywords}
                    name, data = (getattr(given.get(key), "value", "") for key in ("name", "data"))
                    found[name] = data
        return found

    def source_hash(self, experiment: str) -> str:
        """SHA-256 of the code of an experiment; layout, comments and imports do not count.

        Python's own printer gives the text, which is the same from Python 3.11 to 3.13.
        """
        code = [
            ast.unparse(one) for one in self._statements(experiment) if not isinstance(one, Import)
        ]
        return hashlib.sha256("\n".join(code).encode()).hexdigest()

    def modules_hash(self, experiment: str) -> str:
        """SHA-256 of the modules of `course_utils` that the code of an experiment uses."""
        statements = list(self._statements(experiment))
        names = {
            node.id for one in statements for node in ast.walk(one) if isinstance(node, ast.Name)
        }
        imports = [_less(one, names) for one in statements if isinstance(one, Import)]
        code = "\n".join(ast.unparse(one) for one in imports if one.names)
        if code not in self._modules:
            self._modules[code] = used_by([code], place=_place).code()
        return self._modules[code]

    def load_ledger(self) -> "tuple[list[Experiment], list[Claim]]":
        """The experiments and claims, in their order.

        Runs the cells with the tag `experiment`, and nothing else. Raises CourseError when one
        of them fails, and when a claim is not on conditions of these experiments.
        """
        from course_utils.trials import Experiment

        namespace: dict = {"__name__": self.lesson}
        for source in self._sources:
            self._execute(source, namespace)
        values = list(namespace.values())
        experiments = [value for value in values if isinstance(value, Experiment)]
        if odd := {one.name for one in experiments} ^ set(self.data_sets):
            raise CourseError(
                f"{self.lesson}.py: the name of an experiment must stand as a text where it is "
                f"made, since its code is found by it: look at {', '.join(sorted(odd))}."
            )
        conditions = {one.name: [dict(each) for each in one.conditions] for one in experiments}
        for claim in self.claims:
            for experiment, condition in claim.sides():
                if condition not in conditions.get(experiment, []):
                    raise CourseError(
                        f"{self.lesson}.toml, claim {claim.name}: {condition} is no condition of "
                        f"the experiment {experiment!r}: spell one out with all its columns."
                    )
        return experiments, self.claims

    def _statements(self, experiment: str) -> Iterator[ast.stmt]:
        for tags, statements in self._parsed:
            owners = tags & set(self.data_sets)
            if not owners or experiment in owners:
                yield from statements

    def _execute(self, code: str, namespace: dict) -> None:
        try:
            exec(compile(code, f"{self.lesson}.py", "exec"), namespace)
        except Exception as error:
            raise CourseError(
                f"{self.lesson}.py: its cells tagged `experiment` do not run by themselves "
                f"({type(error).__name__}: {error}): tag every cell that they need."
            ) from error


def _cells(path: Path) -> Iterator[tuple[set[str], str]]:
    """The tags and the text of each cell; jupytext, which `build` reads it with, takes a second."""
    _, *parts = CELL.split(path.read_text(encoding="utf-8"))
    for marker, text in zip(parts[::2], parts[1::2], strict=True):
        found = TAGS.search(marker)
        yield set(json.loads(found[1])) if found else set(), text


def _less(statement: Import, names: set[str]) -> Import:
    """An import statement without what it imports under other names than these."""
    kept = [one for one in statement.names if (one.asname or one.name).split(".")[0] in names]
    if isinstance(statement, ast.Import):
        return ast.Import(kept)
    return ast.ImportFrom(statement.module, kept, statement.level)


def _place(package: str) -> Path | None:
    return Path(course_utils.__file__).parent if package == course_utils.__name__ else None
