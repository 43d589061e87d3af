"""What `course lint` finds in the content of the course. Each rule is one function.

A rule of a page looks at one page; a rule of the course at all of them, with the table of works
(`solutions/references.csv`), that of quoted figures (`solutions/quoted.csv`), the documents and
the claims of the lessons.
"""

from collections.abc import Callable, Iterator

from course_builder.lint.claims import claims_fit_their_records, some_claims_are_shown
from course_builder.lint.figures import figures_have_texts
from course_builder.lint.folding import subject_is_open_and_machinery_folded
from course_builder.lint.names import imports_keep_to_the_borders, names_exist, rates_exist
from course_builder.lint.objectives import items_serve_objectives, objectives_have_items
from course_builder.lint.pages import Course, Finding, Page
from course_builder.lint.prose import no_typed_results, words_are_the_courses_own
from course_builder.lint.reading import lesson_is_read_in_time
from course_builder.lint.references import (
    cited_works_are_listed,
    links_are_right,
    quoted_figures_have_sources,
    references_are_works,
    works_are_used,
)
from course_builder.lint.spelling import words_are_spelt_right
from course_builder.lint.structure import (
    headings_are_in_order,
    lesson_is_whole,
    predictions_come_first,
)

RULES_OF_A_PAGE: tuple[Callable[[Page], Iterator[Finding]], ...] = (
    lesson_is_whole,
    predictions_come_first,
    headings_are_in_order,
    figures_have_texts,
    subject_is_open_and_machinery_folded,
    lesson_is_read_in_time,
    imports_keep_to_the_borders,
)
RULES_OF_THE_COURSE: tuple[Callable[[Course], Iterator[Finding]], ...] = (
    no_typed_results,
    words_are_the_courses_own,
    names_exist,
    rates_exist,
    references_are_works,
    cited_works_are_listed,
    quoted_figures_have_sources,
    works_are_used,
    links_are_right,
    words_are_spelt_right,
    items_serve_objectives,
    objectives_have_items,
    claims_fit_their_records,
    some_claims_are_shown,
)


def lint(course: Course) -> list[Finding]:
    """What all rules find. Raises CourseError for a table that cannot be read."""
    found = [finding for page in course.pages for rule in RULES_OF_A_PAGE for finding in rule(page)]
    found += [finding for rule in RULES_OF_THE_COURSE for finding in rule(course)]
    return sorted(found, key=lambda finding: (finding.file, finding.line))
