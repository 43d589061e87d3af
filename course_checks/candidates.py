"""Two candidates that a student names: two rates of dropout, or two tuples of rates."""

from collections.abc import Mapping

from course_checks.property import describe, require

# A check that calls these functions declares them.
CANDIDATES = {
    "other_keys": "a key is missing or spelt in another way.",
    "outside": "a percentage stands where a probability belongs, or a rate at an end, which drops "
    "nothing or everything.",
    "same": "a choice needs two candidates.",
}


def candidates_from(choices: object, *names: str) -> dict[str, object]:
    """The two candidates by their names, in this order."""
    require(
        isinstance(choices, dict) and set(choices) == set(names),
        expected=f'a dict with the keys "{names[0]}" and "{names[1]}"',
        found="other keys" if isinstance(choices, dict) else describe(choices),
        likely="other_keys",
    )
    return {name: choices[name] for name in names}


def require_candidates(candidates: Mapping[str, tuple[float, ...]]) -> None:
    """The rates of each candidate lie between 0 and 1, and the candidates differ."""
    for name, rates in candidates.items():
        require(
            all(0 < rate < 1 for rate in rates),
            expected=f"rates above 0 and below 1 for {name}",
            found=", ".join(f"{rate:.4g}" for rate in rates),
            likely="outside",
        )
    require(
        len(set(candidates.values())) == len(candidates),
        expected="two candidates that differ",
        found="the same one twice",
        likely="same",
    )
