"""What the visible and the hidden tests of the exercises call.

Each function checks one property of a student's work and returns None if it
holds. If it does not, the function raises `CheckFailed`, an AssertionError whose
message names the property, what was expected, what was found and the likely
misconception. An error inside the student's code is reported in the same form.

A check leaves NumPy's global random state and Python's `random` as it found them,
and gives the student's code arrays of its own. `seed` chooses the data of a check;
a right answer passes with every seed (the docstrings give the chance that it fails).
"""

from course_checks.augmentation import (
    net_augments_before_the_first_convolution,
    net_augments_in_training_only,
)
from course_checks.backward import (
    backward_keeps_form,
    backward_matches_numeric_gradient,
    backward_uses_the_given_mask,
)
from course_checks.checkpoints import (
    checkpoints_keep_each_run,
    checkpoints_keep_the_lowest_loss,
)
from course_checks.classifier import (
    classifier_drops_features,
    classifier_leaves_the_base_alone,
    classifier_returns_logits_of_the_features,
    classifier_runs_the_base_as_at_inference,
)
from course_checks.conclusions import (
    choice_follows_from_validation,
    choice_is_valid,
    conclusion_follows_from_test,
    conclusion_is_valid,
    test_is_of_the_chosen,
)
from course_checks.doubts import (
    fewest_handed_on_are_right,
    largest_promise_is_right,
    largest_promise_works_at_the_edge,
)
from course_checks.evidence import (
    evidence_has_one_budget,
    evidence_is_complete,
    evidence_is_not_copied,
    evidence_is_paired,
    evidence_is_plausible,
    test_is_not_copied,
    test_is_plausible,
)
from course_checks.forward import (
    dropout_is_identity_at_inference,
    dropout_is_identity_at_rate_zero,
    dropout_keeps_shape_and_dtype,
    dropout_leaves_input_alone,
    dropout_mask_marks_the_kept,
    dropout_scales_survivors,
    dropout_zeroes_the_dropped,
)
from course_checks.frozen import (
    features_are_those_of_inference,
    features_leave_the_base_alone,
)
from course_checks.models import (
    model_computes_alike_in_training,
    model_drops_after_each_hidden_layer,
    model_drops_in_training_only,
    model_has_the_dense_layers,
    model_hidden_layers_use_relu,
    model_returns_logits,
    model_uses_the_rate,
)
from course_checks.monte_carlo import (
    monte_carlo_information_is_right,
    monte_carlo_mean_is_right,
)
from course_checks.net_dropout import (
    net_drops_behind_each_pooling,
    net_uses_the_rates,
)
from course_checks.nets import (
    net_computes_alike_in_training,
    net_computes_like_plain,
    net_has_the_blocks,
)
from course_checks.passes import passes_saved_are_right
from course_checks.places import (
    layers_are_named,
    wrong_layers_are_found,
)
from course_checks.randomness import (
    dropout_draws_again_each_call,
    dropout_draws_every_unit_alone,
    dropout_drops_the_right_fraction,
    dropout_uses_only_the_generator,
)
from course_checks.rates import (
    conversion_refuses_values_out_of_range,
    conversion_values_are_right,
    rate_choices_are_valid,
    two_rates_are_valid,
)
from course_checks.saturation import (
    chosen_letters_are_all_true,
    chosen_letters_are_complete,
    chosen_letters_are_valid,
    classes_are_right_at_any_size,
    classes_are_right_when_saturated,
    tied_counts_rows,
    tied_works_in_float32,
)
from course_checks.shapes import (
    cnn_parameters_are_right,
    cnn_rows_are_complete,
    cnn_shapes_are_right,
    conv_parameters_are_right,
    conv_shapes_are_right,
    dense_parameters_are_right,
    pool_shapes_are_right,
)
from course_checks.sides import most_poolings_is_right, side_after_is_right
from course_checks.spatial import (
    spatial_dropout_drops_whole_maps,
    with_maps_of_one_pixel,
)
from course_checks.trials import (
    interval_is_given,
    made_up_trials,
    paired_effect_is_right,
    paired_interval_is_right,
    verdict_is_right,
)
from course_grader.contract import CheckFailed, score

__all__ = [
    "CheckFailed",
    "backward_keeps_form",
    "backward_matches_numeric_gradient",
    "backward_uses_the_given_mask",
    "checkpoints_keep_each_run",
    "checkpoints_keep_the_lowest_loss",
    "choice_follows_from_validation",
    "choice_is_valid",
    "chosen_letters_are_all_true",
    "chosen_letters_are_complete",
    "chosen_letters_are_valid",
    "classes_are_right_at_any_size",
    "classes_are_right_when_saturated",
    "classifier_drops_features",
    "classifier_leaves_the_base_alone",
    "classifier_returns_logits_of_the_features",
    "classifier_runs_the_base_as_at_inference",
    "cnn_parameters_are_right",
    "cnn_rows_are_complete",
    "cnn_shapes_are_right",
    "conclusion_follows_from_test",
    "conclusion_is_valid",
    "conv_parameters_are_right",
    "conv_shapes_are_right",
    "conversion_refuses_values_out_of_range",
    "conversion_values_are_right",
    "dense_parameters_are_right",
    "dropout_draws_again_each_call",
    "dropout_draws_every_unit_alone",
    "dropout_drops_the_right_fraction",
    "dropout_is_identity_at_inference",
    "dropout_is_identity_at_rate_zero",
    "dropout_keeps_shape_and_dtype",
    "dropout_leaves_input_alone",
    "dropout_mask_marks_the_kept",
    "dropout_scales_survivors",
    "dropout_uses_only_the_generator",
    "dropout_zeroes_the_dropped",
    "evidence_has_one_budget",
    "evidence_is_complete",
    "evidence_is_not_copied",
    "evidence_is_paired",
    "evidence_is_plausible",
    "features_are_those_of_inference",
    "features_leave_the_base_alone",
    "fewest_handed_on_are_right",
    "interval_is_given",
    "largest_promise_is_right",
    "largest_promise_works_at_the_edge",
    "layers_are_named",
    "made_up_trials",
    "model_computes_alike_in_training",
    "model_drops_after_each_hidden_layer",
    "model_drops_in_training_only",
    "model_has_the_dense_layers",
    "model_hidden_layers_use_relu",
    "model_returns_logits",
    "model_uses_the_rate",
    "monte_carlo_information_is_right",
    "monte_carlo_mean_is_right",
    "most_poolings_is_right",
    "net_augments_before_the_first_convolution",
    "net_augments_in_training_only",
    "net_computes_alike_in_training",
    "net_computes_like_plain",
    "net_drops_behind_each_pooling",
    "net_has_the_blocks",
    "net_uses_the_rates",
    "paired_effect_is_right",
    "paired_interval_is_right",
    "passes_saved_are_right",
    "pool_shapes_are_right",
    "rate_choices_are_valid",
    "score",
    "side_after_is_right",
    "spatial_dropout_drops_whole_maps",
    "test_is_not_copied",
    "test_is_of_the_chosen",
    "test_is_plausible",
    "tied_counts_rows",
    "tied_works_in_float32",
    "two_rates_are_valid",
    "verdict_is_right",
    "with_maps_of_one_pixel",
    "wrong_layers_are_found",
]
