"""What the tests of `01_mlp_exercises` call: a module for each item, named by its grade id."""

from course_checks.mlp import dropout_forward as dropout_forward
