"""What holds of every check: a right answer passes, a wrong one and a useless one fail.

The right and wrong answers of each item, in many forms, stand in `tests/answers`; here each check
is called by itself, with one of each. `CASES` of the files `test_checks_*.py` hold them: the name
of a check with the arguments of a call that passes, of one that fails, and words of its message.
"""

import inspect
import pickle
import random
import subprocess
import sys
from contextlib import contextmanager

import numpy as np
import pytest
from failing import USELESS, crashes, fails, fails_on_useless_answers, unwritten
from IPython.core.interactiveshell import InteractiveShell
from test_cnn import CASES as CNN_CASES
from test_evidence import CASES as EVIDENCE_CASES
from test_mlp import CASES as MLP_CASES
from test_transfer import CASES as TRANSFER_CASES
from test_vgg import CASES as VGG_CASES

import course_checks as checks

CASES = MLP_CASES | CNN_CASES | VGG_CASES | EVIDENCE_CASES | TRANSFER_CASES
OF_FUNCTIONS = [name for name, (right, *_) in CASES.items() if callable(right[0])]
NO_CHECKS = {"CheckFailed", "made_up_trials", "score", "with_maps_of_one_pixel"}
SEEDS = (0, 101)


def number_of_functions(arguments) -> int:
    """How many of the arguments are a student's functions."""
    return sum(callable(argument) for argument in arguments)


def of_functions(name):
    """The check of that name as a function of the student's functions alone, and their number."""
    arguments, *_ = CASES[name]
    functions = number_of_functions(arguments)
    context = arguments[functions:]

    def check(*answer):
        getattr(checks, name)(*answer, *context)

    return check, functions


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


def test_every_check_has_a_case():
    assert set(CASES) == set(checks.__all__) - NO_CHECKS


@pytest.mark.parametrize("name", CASES)
def test_right_answer_passes(name):
    right, *_ = CASES[name]
    check = getattr(checks, name)
    seeded = "seed" in inspect.signature(check).parameters
    for options in [{"seed": seed} for seed in SEEDS] if seeded else [{}]:
        with random_states_are_kept():
            check(*right, **options)


@pytest.mark.parametrize("name", CASES)
def test_wrong_answer_fails_with_its_misconception(name):
    _, wrong, words = CASES[name]
    with random_states_are_kept():
        assert words in (fails(getattr(checks, name), *wrong) or "no failure")


@pytest.mark.parametrize("name", CASES)
def test_useless_answers_fail_in_plain_words(name):
    if name in OF_FUNCTIONS:
        check, functions = of_functions(name)
        assert fails_on_useless_answers(check, functions)
    else:
        (_, *context), *_ = CASES[name]
        assert all(fails(getattr(checks, name), value, *context) for value in USELESS)


@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_what_goes_wrong_inside_an_answer_is_named(name):
    check, functions = of_functions(name)
    assert "not written yet" in fails(check, *[unwritten] * functions)
    assert "RuntimeError: boom" in fails(check, *[crashes] * functions)


@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_random_states_are_kept_whatever_an_answer_does(name):
    check, functions = of_functions(name)
    with random_states_are_kept():
        assert fails(check, *[seeds_the_global_generators] * functions)


def test_failures_can_be_sent_between_processes():
    with pytest.raises(checks.CheckFailed) as caught:
        checks.dropout_scales_survivors(unwritten)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(copy, AssertionError) and str(copy) == str(caught.value)


def test_interrupts_are_not_swallowed():
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checks.dropout_scales_survivors(interrupted)


def test_numpy_checks_do_not_import_keras():
    code = "import sys; import course_checks as checks; assert 'keras' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_jupyter_shows_the_message_below_the_line_of_the_answer_and_nothing_of_the_check(capsys):
    shell = InteractiveShell()
    shell.run_cell("def answer(value):\n    return value / 0")
    shell.run_cell("import course_checks as checks")
    shell.run_cell("checks.conversion_values_are_right(answer, answer)")
    shown = capsys.readouterr().out
    assert shown.index("return value / 0") < shown.index("This property does not hold: ")
    assert "course_checks" not in shown
    assert max(len(line) for line in shown.splitlines()) < 100
