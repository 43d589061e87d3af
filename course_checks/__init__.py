"""What the visible and the hidden tests of the exercises call: a package for each exercise.

In it a module for each item, named by its grade id. What a check is stands in `property`; the other
modules here hold checks that several exercises share.
"""

from course_grader.contract import CheckFailed, score

__all__ = ["CheckFailed", "score"]
