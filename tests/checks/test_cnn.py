"""Properties of the checks of `02_cnn_exercises` that no answer in the gallery can show."""

import pytest
from failing import USELESS, fails, unwritten
from recorded import recording

from course_checks.cnn import misplaced, old_cnn, spatial


@pytest.fixture(scope="module")
def old_net() -> dict:
    """The reference answer to the item `old-cnn`."""
    return recording("02_cnn_exercises").names["old_cnn"]


@pytest.mark.parametrize("value", USELESS, ids=range(len(USELESS)))
def test_useless_parts_of_an_answer(old_net, value):
    """A row of the table, one of its parts (an empty shape has a form), names of one model."""
    rows = [(part, value) for part in old_cnn.PARTS]
    if not isinstance(value, tuple) or value:
        shape, number = old_net["conv 2"]
        rows += [("shape", (value, number)), ("number of parameters", (shape, value))]
    for part, row in rows:
        assert fails(old_cnn.rows_are_complete, old_net | {"conv 2": row}, part)
    assert fails(misplaced.layers_are_found, {"model 1": value}, "model 1", "abc", [{"a"}])


def test_failure_shows_the_call_with_maps():
    one_pixel = spatial.with_maps_of_one_pixel(unwritten)
    assert "shape (100, 1, 1, 200)" in fails(spatial.scales_survivors, one_pixel)
