"""The claims of a lesson fit its experiments and what was recorded of them."""

from collections.abc import Iterator

from course_builder.experiments import LessonCode
from course_builder.lint.pages import Course, Finding
from course_utils import statistics, trials
from course_utils.claims import Claim, recorded_conditions

SHOWN = 8  # at most, in a lesson


def some_claims_are_shown(course: Course) -> Iterator[Finding]:
    """Of the claims of a lesson it shows a few."""
    for page in course.claims:
        shown = sum(claim.shown for claim in LessonCode(course.root, page.name).claims)
        if not 1 <= shown <= SHOWN:
            sentence = f"{shown} claims are shown: write `shown = true` to 1 to {SHOWN} of them."
            yield page.finding(1, "claims", sentence)


def claims_fit_their_records(course: Course) -> Iterator[Finding]:
    """A claim compares two whole conditions of the lesson's experiments in a measure they have."""
    for page in course.claims:
        code = LessonCode(course.root, page.name)
        for claim, cell in zip(code.claims, page.cells, strict=True):
            if problem := _problem(claim, code):
                yield page.finding(cell.line, "claims", f"{claim.name}: {problem}")


def _problem(claim: Claim, code: LessonCode) -> str:
    data = {}
    try:
        for name, condition in claim.sides():
            if name not in code.data_sets:
                return f"the lesson has no experiment {name!r}."
            columns = recorded_conditions(name).columns
            if set(condition) != set(columns):
                return f"{condition} is no whole condition: name {', '.join(columns)}."
            data[name] = trials.Experiment(name, "", None, [], []).provenance()["data_sha256"]
        statistics.paired_difference(*claim.compared())
        claim.items()
    except (ValueError, FileNotFoundError) as error:
        return str(error)
    if len(set(data.values())) > 1:
        return f"{' and '.join(data)} were recorded on other data each."
    return ""
