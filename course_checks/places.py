"""Checks of the exercise on misplaced dropout layers: which layers are named for each model."""

from collections.abc import Collection, Mapping

from course_checks.report import describe, require


def _named(what: str, answer: object, model: str, layers: Collection[str]) -> set[str]:
    """The layers that the answer names for one model, if they are a set of existing names."""
    require(
        isinstance(answer, dict) and model in answer,
        what,
        expected=f"a dict from the name of a model to a set of names, with the key {model!r}",
        found=describe(answer) if not isinstance(answer, dict) else f"no key {model!r}",
        hint="a model is left out, or its name is spelt in another way.",
    )
    names = answer[model]
    if isinstance(names, str):
        names = {names}
    # {} is an empty dict; nobody means another answer by it than the empty set.
    is_empty_dict = isinstance(names, dict) and not names
    require(
        is_empty_dict or isinstance(names, set | frozenset | list | tuple),
        what,
        expected='a set of names such as {"drop_7"}, or set() for none',
        found=f"{describe(names)} for {model}",
        hint="the names of the layers are strings in a set.",
    )
    require(
        all(isinstance(name, str) for name in names) and set(names) <= set(layers),
        what,
        expected=f"names out of {', '.join(layers)}",
        found=", ".join(describe(name) for name in names),
        hint="a name that no dropout layer of this model has.",
    )
    return set(names)


def layers_are_named(answer: object, dropout_layers: Mapping[str, Collection[str]]) -> None:
    """The answer has, for each model, a set of names of its dropout layers, perhaps empty."""
    what = "the answer names dropout layers of each model"
    for model, layers in dropout_layers.items():
        _named(what, answer, model, layers)


def wrong_layers_are_found(
    answer: object, model: str, layers: Collection[str], right: Collection[set[str]]
) -> None:
    """The layers that are named for one model are one of the sets in `right`."""
    what = f"the layers named for {model} are those that break the plan"
    names = _named(what, answer, model, layers)
    broken = set().union(*right)
    require(
        names <= broken,
        what,
        expected="only layers that break the plan",
        found="at least one that follows it",
        hint="a layer that looks unusual can still follow the plan: each of its five lines "
        "decides.",
    )
    require(
        names in right,
        what,
        expected="every layer that breaks the plan",
        found="at least one is missing",
        hint="more than one line of the plan can be broken, or one line more than once.",
    )
