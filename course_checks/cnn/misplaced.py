"""Checks of the dropout layers that break the plan: a dict from each model to a set of names."""

from collections.abc import Collection, Mapping

from course_checks.property import check, describe, require

FORM = {
    "other_models": "a model is left out, or its name is spelt in another way.",
    "no_names": "the names of the layers are strings in a set.",
    "unknown_layer": "a name that no dropout layer of this model has.",
}


def _named(answer: object, model: str, layers: Collection[str]) -> set[str]:
    """The layers that the answer names for one model, if they are a set of existing names.

    A check that calls it declares FORM.
    """
    require(
        isinstance(answer, dict) and model in answer,
        expected=f"a dict from the name of a model to a set of names, with the key {model!r}",
        found=describe(answer) if not isinstance(answer, dict) else f"no key {model!r}",
        likely="other_models",
    )
    names = answer[model]
    if isinstance(names, str):
        names = {names}
    # {} is an empty dict; nobody means another answer by it than the empty set.
    is_empty_dict = isinstance(names, dict) and not names
    require(
        is_empty_dict or isinstance(names, set | frozenset | list | tuple),
        expected='a set of names such as {"drop_7"}, or set() for none',
        found=f"{describe(names)} for {model}",
        likely="no_names",
    )
    require(
        all(isinstance(name, str) for name in names) and set(names) <= set(layers),
        expected=f"names out of {', '.join(layers)}",
        found=", ".join(describe(name) for name in names),
        likely="unknown_layer",
    )
    return set(names)


@check("the answer names dropout layers of each model", **FORM)
def layers_are_named(answer: object, dropout_layers: Mapping[str, Collection[str]]) -> None:
    """The answer has, for each model, a set of names of its dropout layers, perhaps empty."""
    for model, layers in dropout_layers.items():
        _named(answer, model, layers)


@check(
    "the layers named for {model} are those that break the plan",
    follows_it="a layer that looks unusual can still follow the plan: each of its five lines "
    "decides.",
    passed_over="more than one line of the plan can be broken, or one line more than once.",
    **FORM,
)
def layers_are_found(
    answer: object, model: str, layers: Collection[str], right: Collection[set[str]]
) -> None:
    """The layers that are named for one model are one of the sets in `right`."""
    names = _named(answer, model, layers)
    require(
        names <= set().union(*right),
        expected="only layers that break the plan",
        found="at least one that follows it",
        likely="follows_it",
    )
    require(
        names in right,
        expected="every layer that breaks the plan",
        found="at least one is missing",
        likely="passed_over",
    )
