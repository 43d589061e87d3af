"""The runner against a student's process that says what it likes; and what a test is worth."""

import contextlib
import struct
import threading
import time
from multiprocessing import Pipe

import keras
import numpy as np
import pytest

from course_checks import CheckFailed, transfer
from course_grader import encoding, runner, visible_tests
from course_grader.cells import Cell, CellKind, needed_there, without_others
from course_grader.jobs import Job, State
from course_grader.remote import Function, ProcessEnded, StudentSide
from course_grader.student import Student

SECONDS = 3
SILENCE = 1  # seconds, where the other side does nothing
ENDLESS = 60  # seconds; nobody waits for that long


@pytest.fixture
def ends():
    """Both ends of a connection, and what the other side does with its own."""
    mine, theirs = Pipe()
    yield mine, theirs
    mine.close()
    with contextlib.suppress(OSError):  # a test may be closing it just now
        theirs.close()


def talk(theirs, act) -> None:
    """Let `act` play the student's process, in a thread."""

    def run():
        with contextlib.suppress(OSError, EOFError, TypeError):  # closed at the end of the test
            act(theirs)

    threading.Thread(target=run, daemon=True).start()


def said(*messages: bytes):
    """A student's process that sends these messages, one for each request."""

    def act(way):
        for message in messages:
            way.recv_bytes()
            way.send_bytes(message)

    return act


def answer(value: object) -> bytes:
    return encoding.dump({"value": value})


def raw(data: bytes, then=lambda way: time.sleep(ENDLESS)):
    """A student's process that writes bytes past the protocol."""

    def act(way):
        with open(way.fileno(), "wb", buffering=0, closefd=False) as stream:
            stream.write(data)
        then(way)

    return act


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (said(b"garbage"), State.REFUSED),
        (said(b""), State.REFUSED),
        (said(encoding.dump([1])), State.REFUSED),
        (said(encoding.dump({"callback": 0, "arguments": []})), State.REFUSED),
        (said(encoding.dump({"callback": -1})), State.REFUSED),
        (said(encoding.dump({"callback": "0", "arguments": None})), State.REFUSED),
        (said(encoding.dump({"error": {}})), State.REFUSED),
        (said(encoding.dump({"error": {"kind": [1]}})), State.REFUSED),
        (said(encoding.dump({"refused": "no"})), State.REFUSED),
        (said(answer(3)), State.REFUSED),
        (said(answer([1, 2])), State.REFUSED),
        (raw(struct.pack("!iQ", -1, 2**31)), State.CRASH),
        (raw(struct.pack("!i", -5)), State.REFUSED),
        (lambda way: way.close(), State.CRASH),
        (raw(struct.pack("!i", 100) + b"half"), State.TIME_OUT),
        (lambda way: time.sleep(ENDLESS), State.TIME_OUT),
    ],
)
def test_whatever_is_sent_has_a_state(ends, act, state):
    mine, theirs = ends
    talk(theirs, act)
    side = StudentSide(mine, SILENCE, {})
    try:
        side.fetch("share")
    except ProcessEnded as stop:
        assert stop.ending.state is state
    except encoding.Refused:
        assert state is State.REFUSED
    else:
        pytest.fail("it was taken")


def test_callbacks_without_end_come_to_an_end(ends):
    mine, theirs = ends

    def act(way):
        while True:
            way.recv_bytes()
            way.send_bytes(encoding.dump({"callback": 0, "arguments": []}))

    talk(theirs, act)
    side = StudentSide(mine, SILENCE, {})
    side.callbacks.append([].copy)
    with pytest.raises(ProcessEnded) as stop:
        side.request("f", "call", 1, (), {})
    assert stop.value.ending.state is State.TIME_OUT


@pytest.mark.parametrize(
    "result",
    [
        3,
        {},
        {"result": 1, "arguments": 3, "disturbed": False},
        {"result": 1, "arguments": [], "disturbed": False},
        {"result": 1, "arguments": [np.zeros(3)], "disturbed": False},
        {"result": 1, "arguments": [np.zeros((2, 2), "U1")], "disturbed": False},
    ],
)
def test_a_call_that_returns_something_else_is_refused(ends, result):
    mine, theirs = ends
    talk(theirs, said(answer(result)))
    side = StudentSide(mine, SECONDS, {})
    with pytest.raises(encoding.Refused):
        Function("function", side, 1, "f")(np.zeros((2, 2)))


GENERATOR = np.random.default_rng(0).bit_generator.state


@pytest.mark.parametrize(
    "state",
    [
        *({}, [], 3, {"state": 3}, {"state": {"bit_generator": "MT19937"}, "children": 0}),
        *({"state": GENERATOR, "children": wrong} for wrong in ("1", 1.5, None, [])),
    ],
)
def test_a_generator_cannot_be_put_into_a_state_that_is_none(ends, state):
    mine, theirs = ends
    result = {"result": 1, "arguments": [state], "disturbed": False}
    talk(theirs, said(answer(result)))
    generator = np.random.default_rng(0)
    with contextlib.suppress(encoding.Refused):
        Function("function", StudentSide(mine, SECONDS, {}), 1, "f")(generator)
    assert 0 <= generator.random() < 1


def test_names_that_a_process_gives_are_short(ends):
    mine, theirs = ends
    fields = {"function": 1, "kind": "k" * 10**6, "name": "n" * 10**6, "is_unwritten": False}
    data = encoding.dump({"value": [0]}, lambda v: fields if v == 0 and type(v) is int else None)
    talk(theirs, said(data))
    [function] = StudentSide(mine, SECONDS, {}).fetch("f")
    assert len(function.kind) <= 100 and len(function.__name__) <= 100


def grade(ends, *cells: Cell):
    """The results of the cells, with a student's process of the real kind."""
    mine, theirs = ends
    talk(theirs, lambda way: Student(way).serve())
    return {
        one.name: one for one in runner.Runner(StudentSide(mine, SECONDS, {})).grade(cells, set())
    }


def trusted(name: str, source: str) -> Cell:
    return Cell(CellKind.SETUP, name, source)


def answered(name: str, source: str) -> Cell:
    return Cell(CellKind.ANSWER, name, source)


def checked(name: str, source: str, points: float = 2.0) -> Cell:
    return Cell(CellKind.TESTS, name, source, points)


@pytest.mark.parametrize(
    ("last", "score"),
    [
        ("'text'", 2),
        ("np.float64(1.5)", 2),
        ("np.int64(1)", 2),
        ("True", 2),
        ("-1", 2),
        ("2.5", 2),
        ("print(0)", 2),
        ("None", 2),
        ("checks.score(1.5, of=2)", 1.5),
        ("checks.score(0, of=2)", 0),
        ("checks.score(3, of=3)", 2),
        ("checks.score(3, of=2)", 0),
        ("checks.score(float('nan'), of=2)", 0),
        ("share", 2),
    ],
)
def test_only_a_score_gives_part_of_the_points(ends, last, score):
    results = grade(
        ends,
        trusted("imports", "import numpy as np\nimport course_checks as checks"),
        answered("rate", "share = 1e9"),
        checked("rate-value", f"assert share > 0\n{last}"),
    )
    assert results["rate-value"].score == score


def test_a_submission_cannot_stand_in_for_what_a_trusted_cell_should_have_defined(ends):
    results = grade(
        ends,
        answered("rate", "def f(x):\n    raise ValueError\nexpected = 7\nshare = 7"),
        trusted("table", "values = f(3)\nexpected = values + 1"),
        checked("rate-value", "assert share == expected"),
    )
    assert results["rate-value"].state is State.ERROR
    assert "the cell table does not run" in results["rate-value"].message


def test_a_later_answer_can_use_a_name_of_a_trusted_cell(ends):
    results = grade(
        ends,
        trusted("number", "factor = 3"),
        answered("rate", "share = factor * 2"),
        checked("rate-value", "assert share == factor * 2"),
    )
    assert results["rate-value"].state is State.PASS


@pytest.mark.parametrize(
    "answer",
    ["%x\n" * 2000, "-" * 10**5 + "1", "(" * 10**5, "\0", "'\ud800'", "x = [" * 500],
    ids=lambda answer: repr(answer[:10]),
)
def test_an_answer_that_no_parser_reads_needs_all_trusted_cells(answer):
    cells = [trusted("number", "factor = 3"), answered("rate", answer)]
    assert needed_there(cells) == {"number", "rate"}


SCRIPT = """
import course_checks as checks

class Script:
    def asked(self, number):
        if number - 1:
            raise checks.CheckFailed("another number")
        return 10

ask = Script().asked
"""


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("def item(): return np.ones(2)", "item"),  # np is the trusted cell's, whoever assigns it
        ("def item(): return last()", "helper last item"),
        ("def item(): return given", "helper item"),  # by way of a trusted cell
        ("def item(): return globals()['last']()", "helper last broken other item behind"),
        ("item = -" + "-" * 100_000 + "1", "helper last broken other item behind"),
    ],
)
def test_an_answer_alone_has_those_that_it_needs(source, kept):
    sources = {
        "trusted": "import numpy as np",
        "helper": "def helper(): return 1",
        "given": "given = helper()",
        "last": "def last(): return helper()",
        "broken": "def broken(",
        "other": "import numpy as np",
        "item": source,
        "test": "assert item()",
        "behind": "def helper(): return 2",
    }
    kinds = {"trusted": CellKind.SETUP, "given": CellKind.SETUP, "test": CellKind.TESTS}
    cells = [Cell(kinds.get(name, CellKind.ANSWER), name, one) for name, one in sources.items()]
    answers = [cell.name for cell in without_others(cells, "item") if cell.name not in kinds]
    assert answers == kept.split()


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ("ask(2)", "another number"),
        ("ask(1) + ask(2)", "another number"),
        ("[end(ask, number) for number in (2, 1, 2)]", "another number"),
        ("ask()", "a function of the test was called wrongly: missing a required argument"),
        ("ask(1, 2, 3)", "a function of the test was called wrongly: too many"),
        ("ask([1])", "a function of the test was called wrongly: unsupported operand"),
    ],
)
def test_a_function_of_the_test_that_fails_leaves_the_next_answer_alone(ends, asks, says):
    source = f"def end(ask, n):\n    try: ask(n)\n    except RuntimeError: pass\ndef f(ask): {asks}"
    results = grade(
        ends,
        trusted("script", SCRIPT),
        answered("asks", source),
        answered("right", "def g(ask): return ask(1)"),
        checked("test-asks", "f(ask)"),
        checked("test-right", "assert g(ask) == 10"),
    )
    assert says in results["test-asks"].message
    assert [results[name].score for name in ("test-asks", "test-right")] == [0, 2]


TRANSFER = "from course_checks import transfer as checks"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('"""Of a base."""\n    raise NotImplementedError()', "features_of returns a value"),
        ("if base:\n        raise NotImplementedError()", "features_of(an object of type Fun"),
        ("base.trainable = False\n    raise NotImplementedError()", "features_of(an object"),
        ("raise NameError()", "features_of(an object of type Functional, a float32 array"),
        ("raise NotImplementedError('of mine')", "features_of(an object of type Functional"),
        ("return base.call_later(pictures)", "features_of(an object of type Functional"),
        ("return keras.layers.Layer().call(pictures)", "features_of(an object of type Functional"),
    ],
)
def test_only_a_function_as_it_was_released_fails_before_it_is_called(ends, body, expected):
    source = f"def features_of(base, pictures):\n    {body}"
    check = "checks.features.are_those_of_inference"
    results = grade(
        ends,
        trusted("imports", f"import keras\nimport numpy as np\n{TRANSFER}"),
        answered("features", source),
        checked("features-values", f"{check}(features_of)"),
    )
    notebook = {"__name__": "__main__", "checks": transfer, "keras": keras}
    with pytest.raises(CheckFailed) as failure:
        exec(f"{source}\n{check}(features_of)", notebook)
    for message in (results["features-values"].message, str(failure.value)):
        assert f"expected: {expected}" in message
        assert ("not written yet" in message) == ("raise NotImplementedError()" in body)


GRAPHS = """
import tensorflow as tf

@tf.function
def total(x):
    kept = tf.constant(0.0)
    for number in tf.range(3):
        if x[number] > 0:
            kept += x[number]
    return kept

def f(x):
    if x[0] > 1e9:
        return None
    return float(total(tf.constant(x, tf.float32)))
"""


def test_a_graph_is_made_of_the_lines_of_an_answer(ends):
    results = grade(
        ends,
        trusted("imports", "import numpy as np"),
        answered("graph", GRAPHS),
        checked("graph-sum", "assert f(np.array([1.0, -2.0, 4.0])) == 5"),
    )
    assert results["graph-sum"].message == ""


WRAPPED = """
def timed(function):
    def wrapper(*arguments):
        return function(*arguments)
    return wrapper

@timed
def endless():
    while True:
        pass

@timed
def right():
    return 1

other = lambda: 2
"""


def test_what_does_not_end_is_known_by_its_cell_and_variable():
    cells = [
        answered("wrapped", WRAPPED),
        checked("first", "endless()"),
        checked("second", "endless()"),
        checked("third", "assert right() + other() == 3"),
        answered("again", "def endless(): return 3"),
        checked("fourth", "endless()"),
    ]
    results = visible_tests.run(Job(tuple(cells), seconds=SILENCE))
    states = [State.TIME_OUT, State.TIME_OUT, State.PASS, State.PASS]
    assert [one.state for one in results] == states
    assert results[0].message.startswith("`endless` did not end")


@pytest.mark.parametrize(
    "source",
    [
        "%%time\nshare = 3",
        "%%capture printed\nshare = 3\nprint(share)",
        "\n%%prun -q\nshare = 3",
        "%time share = 3",
        "share = %time 1 + 2",
        "%timeit -n 1 -r 1 sum([1, 2])\n%matplotlib inline\n!false\nshare = 3",
        "import asyncio\nshare = await asyncio.sleep(0, 3)",
        "async def later(): return 3\nshare = await later()",
        "%%time\nimport asyncio\nnot_used = 1\nshare = 3",
    ],
)
def test_what_jupyter_runs_and_keeps_is_run_and_kept(ends, source):
    test = checked("share-value", "assert share == 3")
    results = grade(ends, answered("share", source), test)
    assert results["share-value"].message == ""


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            "%%timeit -n 1 -r 1\nshare = 3",
            "begins with `%%timeit`, which keeps no names: take that",
        ),
        ("%%bash\nshare=3", "begins with `%%bash`, which keeps no names: take that line out."),
        ("%%time\nshare = 1 / 0", "does not run: it ends in ZeroDivisionError"),
        ("%time share = 1 / 0", "does not run: it ends in ZeroDivisionError"),
        ("share = await 3", "does not run: it ends in TypeError"),
    ],
)
def test_where_no_name_is_kept_the_message_says_why(ends, source, says):
    results = grade(ends, answered("share", source), checked("share-value", "assert share == 3"))
    assert says in results["share-value"].message


def test_code_can_read_its_own_lines(ends):
    source = "import inspect\ndef f(): return 3\nlines = inspect.getsource(f)"
    test = checked("lines-value", "assert lines == 'def f(): return 3\\n'")
    assert grade(ends, answered("lines", source), test)["lines-value"].message == ""


def test_children_of_a_generator_are_new_in_each_call(ends):
    results = grade(
        ends,
        trusted("imports", "import numpy as np"),
        answered("child", "def f(generator): return generator.spawn(2)[1].random()"),
        checked(
            "child-new",
            "generator = np.random.default_rng(3)\n"
            "children = np.random.default_rng(3).spawn(4)\n"
            "assert [f(generator), f(generator)] == [one.random() for one in children[1::2]]",
        ),
    )
    assert results["child-new"].message == ""


REFUSES = """
from course_checks.property import check, require_value_error

@check("it is refused", accepted="none.")
def refuses(f):
    require_value_error(f, likely="accepted")
"""


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("def f(): raise ValueError('no')", State.PASS),
        ("class Rate(ValueError): pass\ndef f(): raise Rate()", State.PASS),
        ("class ValueError(Exception): pass\ndef f(): raise ValueError()", State.FAIL),
        ("def f(): raise TypeError()", State.FAIL),
    ],
)
def test_a_value_error_is_known_by_its_type_and_not_by_its_name(ends, source, state):
    results = grade(
        ends,
        trusted("imports", REFUSES),
        answered("error", source),
        checked("error-kind", "refuses(f)"),
    )
    assert results["error-kind"].state is state


def test_a_magic_finds_what_trusted_cells_define(ends):
    results = grade(
        ends,
        trusted("factor", "factor = 3"),
        answered("share", "%time share = factor"),
        checked("share-value", "assert share == 3"),
    )
    assert results["share-value"].message == ""
