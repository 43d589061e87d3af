"""What the tests of `00_dropout_exercises` call: a module for each item, named by its grade id."""

from course_checks.dropout import copies as copies
from course_checks.dropout import ensemble as ensemble
from course_checks.dropout import loop as loop
from course_checks.dropout import mask_weights as mask_weights
from course_checks.dropout import ridge as ridge
from course_checks.dropout import robustness as robustness
from course_checks.dropout import split_loss as split_loss
