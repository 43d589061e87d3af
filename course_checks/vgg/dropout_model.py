"""Nets with dropout behind their blocks, `build_with_dropout(rates)`, for the checks of nets."""

from course_checks.vgg.deeper_model import plan

__all__ = ["plan"]
