"""What code imports, found in its text: nothing is imported to find out.

Some packages are *own*: they come with this package, or from no distribution at all. Their modules
are followed, and are what can change without a new version. All others are known by their version.
"""

import ast
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec, resolve_name
from pathlib import Path

Import = ast.Import | ast.ImportFrom


@dataclass(frozen=True)
class Used:
    """What some code leads to: own modules by full name, and the top-level names of the rest."""

    modules: dict[str, Path]
    others: frozenset[str]

    def code(self) -> str:
        """SHA-256 of the own modules; layout and comments do not count."""
        texts = {name: path.read_text(encoding="utf-8") for name, path in self.modules.items()}
        parts = [f"{name}\n{_without_layout(text)}" for name, text in sorted(texts.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def versions(self) -> dict[str, str]:
        """The versions of what is not own, by top-level name; what is missing is left out."""
        owners = {name: _distributions().get(name, ()) for name in sorted(self.others)}
        return {
            name: ", ".join(sorted(set(map(metadata.version, found))))
            for name, found in owners.items()
            if found
        }


def used_by(
    sources: Iterable[str], *modules: str, place: Callable[[str], Path | None] | None = None
) -> Used:
    """What the sources and these own modules import, directly or not, within functions as well.

    place: where an own package lies, None for all others; by default where it is installed.
    """
    place = place or _place_of_own
    waiting = [name for source in sources for one in _all_imports(source) for name in _named(one)]
    waiting += modules
    found: dict[str, Path] = {}
    others: set[str] = set()
    while waiting:
        name = waiting.pop()
        top, *inner = name.split(".")
        if top in sys.stdlib_module_names or top in others or name in found:
            continue
        if not (folder := place(top)):
            others.add(top)
        elif path := _file_in(folder, inner):
            found[name] = path
            waiting += [name.rpartition(".")[0]] if inner else []
            source = path.read_text(encoding="utf-8")
            around = name if path.name == "__init__.py" else name.rpartition(".")[0]
            waiting += [named for one in _all_imports(source) for named in _named(one, around)]
    return Used(found, frozenset(others))


def unconditional_imports(source: str) -> list[str]:
    """The import statements that run whenever the code does; those in functions are left out."""
    waiting, found = list(ast.parse(source).body), []
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Import):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.Try):
            waiting[:0] = node.body
    return found


def packages_of(statements: Iterable[str]) -> set[str]:
    """The top-level names that import statements name."""
    return {
        name.partition(".")[0]
        for statement in statements
        for one in _all_imports(statement)
        for name in _named(one)
    }


def place_of(package: str) -> Path | None:
    """The folder of a package, or the file of a module; None where there is none of this name."""
    spec = find_spec(package)
    if spec is None or not spec.has_location:
        return None
    path = Path(spec.origin)
    return path.parent if spec.submodule_search_locations else path


@cache
def is_own(package: str) -> bool:
    """Whether a package comes with this one, or from no distribution."""
    if package in sys.stdlib_module_names:
        return False
    owners = _distributions().get(package)
    own = _distributions().get(__name__.partition(".")[0], ())
    return owners is None or not set(owners).isdisjoint(own)


@cache
def _distributions() -> dict[str, list[str]]:
    """The distributions that bring a package, by its top-level name."""
    return dict(metadata.packages_distributions())


def _all_imports(source: str) -> list[Import]:
    """Every import statement; what is no Python has none."""
    try:
        return [node for node in ast.walk(ast.parse(source)) if isinstance(node, Import)]
    except SyntaxError:
        return []


def _named(statement: Import, around: str = "") -> Iterator[str]:
    """Every module that a statement may name; `from a import b` names a and perhaps a.b.

    around: the package that the statement stands in; in a notebook, where there is none, what is
    relative names nothing.
    """
    names = [alias.name for alias in statement.names]
    if isinstance(statement, ast.Import):
        yield from names
    elif around or not statement.level:
        module = resolve_name("." * statement.level + (statement.module or ""), around)
        yield module
        yield from (f"{module}.{name}" for name in names)


def _place_of_own(package: str) -> Path | None:
    return place_of(package) if is_own(package) else None


def _file_in(place: Path, inner: list[str]) -> Path | None:
    """The file of a module of a package; None where the name is that of something else."""
    if place.is_file():
        return None if inner else place
    path = place.joinpath(*inner)
    files = path / "__init__.py", path.with_suffix(".py")
    return next((file for file in files if file.is_file()), None)


def _without_layout(source: str) -> str:
    try:
        return ast.unparse(ast.parse(source))
    except SyntaxError:
        return source
