"""What the tests of `05_uncertainty_exercises` call: a module for each item, by its grade id."""

from course_checks.uncertainty import figure as figure
from course_checks.uncertainty import handed_on as handed_on
from course_checks.uncertainty import monte_carlo as monte_carlo
from course_checks.uncertainty import promise as promise
