"""What the tests of `04_transfer_exercises` call: a module for each item, named by its grade id."""

from course_checks import net as net
from course_checks.transfer import checkpoint as checkpoint
from course_checks.transfer import classifier as classifier
from course_checks.transfer import features as features
from course_checks.transfer import figure as figure
from course_checks.transfer import head as head
from course_checks.transfer import intervals as intervals
from course_checks.transfer import passes as passes
from course_checks.transfer import rates as rates
from course_checks.transfer import reading as reading
from course_checks.transfer import sweep_evidence as sweep_evidence
from course_checks.transfer import sweep_test as sweep_test
