"""What holds of every check: right answers pass, useless ones fail in plain words.

The checks are called as the tests of the exercises call them. Wrong answers of each item, with what
is wrong with them, stand in `tests/answers`.
"""

import pickle
import random
import subprocess
import sys
from contextlib import contextmanager

import numpy as np
import pytest
from failing import USELESS, USELESS_FUNCTIONS, crashes, unwritten
from IPython.core.interactiveshell import InteractiveShell
from recorded import EXERCISES, Call, checks_of, recording

from course_checks.mlp import dropout_forward
from course_grader.contract import ROUND, CheckFailed

CHECKS = [
    pytest.param(exercise, name, marks=pytest.mark.xdist_group(exercise))
    for exercise in EXERCISES
    for name in checks_of(exercise)
]
OTHER_ROUND = 3  # the gate takes 1 and 2


@pytest.fixture
def call(exercise: str, name: str) -> Call:
    """The first call of a check in the tests of an exercise."""
    return next(call for call in recording(exercise).calls if call.name == name)


@pytest.fixture
def call_of_functions(call: Call) -> Call:
    if not call.is_of_functions:
        pytest.skip("the student's answer is a value")
    return call


@contextmanager
def random_states_are_kept():
    python_state, numpy_state = random.getstate(), np.random.get_state()
    yield
    assert random.getstate() == python_state
    assert np.array_equal(np.random.get_state()[1], numpy_state[1])
    assert np.random.get_state()[2:] == numpy_state[2:]


def seeds_the_global_generators(*_, **__):
    random.seed(0)
    np.random.seed(0)


@pytest.mark.parametrize(("exercise", "name"), CHECKS)
def test_right_answer_passes_in_another_round(exercise, name):
    calls = [call for call in recording(exercise).calls if call.name == name]
    token = ROUND.set(OTHER_ROUND)
    try:
        with random_states_are_kept():
            for call in calls:
                call.repeat()
    finally:
        ROUND.reset(token)


@pytest.mark.parametrize(("exercise", "name"), CHECKS)
def test_useless_answers_fail_in_plain_words(call):
    useless = USELESS_FUNCTIONS if call.is_of_functions else USELESS
    for number, value in enumerate(useless):
        assert call.fails(lambda _, value=value: value), f"useless answer {number} passes"


@pytest.mark.parametrize(("exercise", "name"), CHECKS)
def test_one_useless_part_of_an_answer_is_no_error(call):
    """What the other parts are worth may still be seen."""
    for part in call.students if len(call.students) > 1 else ():
        useless = USELESS_FUNCTIONS if callable(part.value) else USELESS
        for value in useless:
            call.fails(lambda own, value=value, part=part: value if own is part.value else own)


@pytest.mark.parametrize(("exercise", "name"), CHECKS)
def test_what_goes_wrong_inside_an_answer_is_named(call_of_functions):
    assert "not written yet" in call_of_functions.fails(lambda _: unwritten)
    assert "RuntimeError: boom" in call_of_functions.fails(lambda _: crashes)


@pytest.mark.parametrize(("exercise", "name"), CHECKS)
def test_random_states_are_kept_whatever_an_answer_does(call_of_functions):
    with random_states_are_kept():
        assert call_of_functions.fails(lambda _: seeds_the_global_generators)


def test_failures_can_be_sent_between_processes():
    with pytest.raises(CheckFailed) as caught:
        dropout_forward.scales_survivors(unwritten)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(copy, AssertionError) and str(copy) == str(caught.value)
    assert copy.misconception == "unwritten"


def test_interrupts_are_not_swallowed():
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dropout_forward.scales_survivors(interrupted)


def test_numpy_checks_do_not_import_keras():
    code = "import sys; import course_checks.mlp; assert 'keras' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_jupyter_shows_the_message_below_the_line_of_the_answer_and_nothing_of_the_check(capsys):
    shell = InteractiveShell()
    shell.run_cell("def answer(value):\n    return value / 0")
    shell.run_cell("from course_checks import mlp as checks")
    shell.run_cell("checks.conversion.values_are_right(answer, answer)")
    shown = capsys.readouterr().out
    assert shown.index("return value / 0") < shown.index("This property does not hold: ")
    assert "course_checks" not in shown
    assert max(len(line) for line in shown.splitlines()) < 100
