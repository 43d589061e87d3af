"""The head on 1,280 features, `build_head(rate)`, for the checks of nets."""

from course_checks.plan import perceptron

PLAN = perceptron(1280, 100, 10)
