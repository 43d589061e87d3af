"""What the tests of `08_referee_exercises` call: a module for each item, named by its grade id."""

from course_checks.referee import diagnosis as diagnosis
from course_checks.referee import gap_figure as gap_figure
from course_checks.referee import saturation as saturation
