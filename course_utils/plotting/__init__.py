"""Figures of the lessons: a DataFrame or array in, Axes out; nothing is fitted or shown.

`style` holds the one look, `charts` draws numbers, `forests` claims, `images` pictures.
"""

from course_utils.plotting.charts import (
    confusion,
    differences,
    histograms,
    learning_curves,
    lines,
    seed_dots,
)
from course_utils.plotting.forests import Row, forest
from course_utils.plotting.images import digits, gallery, masked_images
from course_utils.plotting.style import ROLES, WIDTH, Role, picture, use_course_style

__all__ = [
    "ROLES",
    "WIDTH",
    "Role",
    "Row",
    "confusion",
    "differences",
    "digits",
    "forest",
    "gallery",
    "histograms",
    "learning_curves",
    "lines",
    "masked_images",
    "picture",
    "seed_dots",
    "use_course_style",
]
