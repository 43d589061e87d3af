"""What the tests of `01_mlp_exercises` call: a module for each item, named by its grade id."""

from course_checks import net as net
from course_checks.mlp import conversion as conversion
from course_checks.mlp import dropout_backward as dropout_backward
from course_checks.mlp import dropout_forward as dropout_forward
from course_checks.mlp import gains as gains
from course_checks.mlp import mlp as mlp
from course_checks.mlp import paired as paired
