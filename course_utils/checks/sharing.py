"""What several checks of one grading run share: models and results of a student's functions.

Only where nothing can change between the checks. In a notebook, where a student changes one cell
and runs another, nothing is shared.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any

SHARED: ContextVar[dict | None] = ContextVar("shared", default=None)


def shared(key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` returns; in grading it is called once for each key."""
    kept = SHARED.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return kept[key]
