"""Arrays that are known exactly, and those that misconceptions lead to."""

from collections.abc import Mapping

import numpy as np

from course_checks.property import apart, failure


def require_close(
    found: np.ndarray,
    exact: np.ndarray,
    *,
    name: str,
    case: str,
    known: Mapping[str, np.ndarray],
    otherwise: str,
    tolerance: float = 1e-5,
) -> None:
    """An array is the exact one, up to `tolerance` times the largest value of that.

    name: of the array. known: misconception -> the array that it gives; the first that fits is
    likely.
    """
    limit = tolerance * np.abs(exact).max()

    def fits(value: np.ndarray) -> bool:
        return bool((np.abs(found - value) <= limit).all())  # a NaN does not

    if not fits(exact):
        errors = np.abs(found - exact)
        worst = np.unravel_index(np.argmax(np.nan_to_num(errors, nan=np.inf)), exact.shape)
        texts = apart(float(exact[worst]), float(found[worst]))
        place = ", ".join(map(str, worst))
        raise failure(
            expected=f"{name}[{place}] is {texts[0]} for {case}",
            found=texts[1],
            likely=next((wrong for wrong, value in known.items() if fits(value)), otherwise),
        )
