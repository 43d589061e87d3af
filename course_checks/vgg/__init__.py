"""What the tests of `03_vgg_exercises` call: a module for each item, named by its grade id."""

from course_checks import net as net
from course_checks.vgg import augmented_evidence as augmented_evidence
from course_checks.vgg import augmented_model as augmented_model
from course_checks.vgg import augmented_test as augmented_test
from course_checks.vgg import deeper_evidence as deeper_evidence
from course_checks.vgg import deeper_model as deeper_model
from course_checks.vgg import deeper_test as deeper_test
from course_checks.vgg import dropout_evidence as dropout_evidence
from course_checks.vgg import dropout_model as dropout_model
from course_checks.vgg import dropout_rates as dropout_rates
from course_checks.vgg import dropout_test as dropout_test
from course_checks.vgg import poolings as poolings
