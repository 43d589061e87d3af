"""What the tests of `02_cnn_exercises` call: a module for each item, named by its grade id."""

from course_checks.cnn import curves as curves
from course_checks.cnn import misplaced as misplaced
from course_checks.cnn import old_cnn as old_cnn
from course_checks.cnn import saved as saved
from course_checks.cnn import shapes as shapes
from course_checks.cnn import spatial as spatial
