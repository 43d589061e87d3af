"""Nets of 3 to 5 blocks, `build_deeper(blocks)`, for the checks of nets."""

from course_checks.plan import Plan, vgg

FILTERS = (16, 32, 64, 64, 64)


def plan(blocks: int, *, augments: bool = False) -> Plan:
    """The net with this many blocks; where its function takes rates, with dropout behind each."""
    return vgg(*FILTERS[:blocks], augments=augments)
