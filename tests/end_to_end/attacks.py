"""Kinds of hostile submissions, and what each of them gets: nothing that it does not deserve."""

from classes import DROPOUT, MLP, NET, SHARE, TINY, WRONG_DROPOUT, Kind, write
from nbformat.v4 import new_markdown_cell

from course_grader.jobs import State

CRASH, ERROR, FAIL, TIME_OUT = State.CRASH, State.ERROR, State.FAIL, State.TIME_OUT
REFUSED = State.REFUSED
WRONG_SHARE = "share = 0.9\n"
WRONG_MLP = """\
def build_mlp(rate):
    return keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])
"""
NOTHING = {"": FAIL}
# Finds the connection to the other side, and the object that answers on it.
FIND = """
import gc, os, struct, time
from multiprocessing.connection import Connection
from course_grader import student, encoding
me = next(one for one in gc.get_objects() if isinstance(one, student.Student))
way = me.connection
"""


def cheat(name: str, code: str, states: dict = NOTHING, says: str = "", **more) -> Kind:
    """Wrong answers, with this code in front of the first one."""
    answers = {"dropout": f"{code}\n\n{WRONG_DROPOUT}", "rate": WRONG_SHARE}
    return Kind(name, answers, states, says, **more)


def theft(name: str, code: str, says: str) -> Kind:
    """Code that makes right answers, if it gets what it is after; that it does not says `says`.

    says: a regular expression, since isolations refuse in different ways.
    """
    answers = {"dropout": f"{code}\n\n{DROPOUT}", "rate": WRONG_SHARE}
    return Kind(name, answers, {"dropout": ERROR, "rate": FAIL}, says)


def protocol(name: str, code: str, state: State, says: str = "") -> Kind:
    """Right answers, with code in the first cell that disturbs what is sent."""
    return Kind(name, {"dropout": f"{FIND}\n{code}\n\n{DROPOUT}"}, {"dropout": state}, says)


def net(name: str, code: str, states: dict = NOTHING, says: str = "") -> Kind:
    """A wrong model, `model`, to which this code is done."""
    body = "".join(f"    {line}\n" for line in code.splitlines())
    head = "def wrong_mlp(rate):" + WRONG_MLP.partition(":")[2]
    source = f"{head}\n\n{MLP.replace('build_mlp', 'right_mlp')}\n\ndef build_mlp(rate):\n"
    source += f"    model = wrong_mlp(rate)\n{body}    return model\n"
    return Kind(name, {"net": source}, states, says, exercise=NET)


def forged(name: str, passed: str, states: dict = NOTHING, says: str = "") -> Kind:
    """A wrong model in a process that says that this was seen in a pass of it."""
    source = f"models.WatchedModel.watched_pass = lambda *_: {passed}"
    imports = "import numpy as np\nfrom course_grader import keras_models as models"
    return net(name, f"{imports}\n{source}", states, says)


def layer(kernel: str, given: str, shape: str = "(10,)", kind: str = "Dense") -> str:
    """A pass with one call of a layer."""
    told = f"models.Layer({kind!r}, 1, kernel={kernel}, settings={{'units': 10}})"
    return f"([models.LayerCall({told}, {given}, {shape}, None)], np.zeros((4, 10)))"


IN_PROCESS = [
    cheat("input transformer", "get_ipython().input_transformers_cleanup = [lambda _: ['pass']]"),
    cheat("transformed cells", "from IPython.core import inputtransformer2 as t\n"
          "t.TransformerManager.transform_cell = lambda *_: 'share = 0.2'",
          {"dropout": FAIL}),
    cheat("syntax tree transformer", "get_ipython().ast_transformers = [None]"),
    cheat("run_cell replaced", "get_ipython().run_cell_async = None"),
    cheat("session replaced", "get_ipython().kernel.session.send = print",
          {"dropout": ERROR, "rate": FAIL}, "AttributeError"),
    cheat("display hook", "get_ipython().displayhook(2.0)"),
    cheat("traceback hidden", "get_ipython().showtraceback = print"),
    cheat("number printed", "print('3')"),
    cheat("NumPy patched", "np.allclose = np.array_equal = lambda *a, **k: True\n"
          "np.all = np.any = np.isclose = lambda *a, **k: True"),
    cheat("builtins patched", "import builtins\nbuiltins.AssertionError = ValueError\n"
          "builtins.abs = builtins.isinstance = lambda *_: True", {"dropout": CRASH, "rate": FAIL}),
    cheat("checks patched", "for name in dir(checks):\n"
          "    if not name.startswith('_'): setattr(checks, name, lambda *a, **k: None)"),
    cheat("runner patched", "from course_grader import runner, server\n"
          "runner.Runner._test = server.Grader.grade = lambda *_: []"),
    cheat("trace function", "import sys\nsys.settrace(lambda *_: None)"),
    cheat("exit handler", "import atexit, time\natexit.register(time.sleep, 1000)"),
    cheat("endless thread", "import threading, time\n"
          "threading.Thread(target=time.sleep, args=(1000,)).start()"),
    cheat("names of the tests", "checks = None\nassert_ = __name__ = 'x'"),
]  # fmt: skip

RETURNED = [
    Kind(
        "object that equals everything",
        {"rate": "class Equal(float):\n    def __eq__(self, other): return True\nshare = Equal()"},
        {"rate": FAIL},
        "share is another number.",
    ),
    Kind(
        "object that compares as it likes",
        {"rate": "class Any:\n    __le__ = __ge__ = __lt__ = __eq__ = lambda *_: True\n"
         "share = Any()"},
        {"rate": ERROR},
        "TypeError",
    ),
    Kind("generator", {"dropout": "def dropout_forward(*_):\n    yield np.ones(3)"},
         {"dropout": FAIL}, "of type generator"),
    Kind("too much data", {"dropout": "def dropout_forward(*_):\n    return np.zeros(2**24)"},
         {"dropout": REFUSED}, "more than 64 MiB"),
    Kind("list within itself", {"rate": "share = []\nshare.append(share)"},
         {"rate": REFUSED}, "more than 20 deep"),
    Kind("error with a long text", {"dropout": "def dropout_forward(*_):\n"
         "    raise ValueError('<script>\\x1b[31m=1+1\\r\\n' * 10**5)"}, {"dropout": FAIL}),
    Kind("error with an odd type", {"dropout": "def dropout_forward(*_):\n"
         "    raise type('=1+1<script>\\n\\x00', (Exception,), {'__str__': None})"},
         {"dropout": FAIL}),
    Kind("function with an endless name", {"dropout": f"{DROPOUT}\n"
         "dropout_forward.__name__ = '<script>' * 10**6"}),
]  # fmt: skip

NOT_THERE = "FileNotFound|PermissionError"
COURSE_FILE = "open('@COURSE@/{}').read()"
THEFTS = [
    theft("reads the tests beside the notebook", f"open('{TINY}.ipynb').read()", NOT_THERE),
    theft("reads the solutions", COURSE_FILE.format(f"solutions/{TINY}.py"), NOT_THERE),
    theft("reads the solutions by a way up", f"open('../../../solutions/{TINY}.py').read()",
          NOT_THERE),
    theft("reads the work of others", COURSE_FILE.format(f"submitted/aa-first/{TINY}/{TINY}.ipynb"),
          NOT_THERE),
    theft("lists the submissions", "import os\nos.listdir('@COURSE@/submitted')", NOT_THERE),
    theft("reads the gallery of answers",
          "from pathlib import Path\nimport course_utils\n"
          "next((Path(course_utils.__file__).parents[1] / 'tests').iterdir())", NOT_THERE),
    theft("runs the reference solution",
          f"exec({COURSE_FILE.format(f'build/source/{TINY}/{TINY}.py')})",
          NOT_THERE),
    theft("reads by /proc", f"open('/proc/1/root@COURSE@/solutions/{TINY}.py').read()", "Error"),
    theft("changes the gradebook", "import sqlite3\nsqlite3.connect('@COURSE@/gradebook.db')"
          ".execute('update grade set manual_score=99')", "unable to open"),
    theft("puts a trigger into the gradebook", "import sqlite3\n"
          "sqlite3.connect('file:@COURSE@/gradebook.db?mode=rw', uri=True).execute("
          "'create trigger t after update on grade begin delete from grade; end')",
          "unable to open"),
    theft("writes files outside", "open('@OUTSIDE@/written', 'w').write('x')", NOT_THERE),
    theft("writes into the packages", "open(np.__file__, 'w')", "Read-only|PermissionError"),
    theft("opens a connection", "import socket\n"
          "socket.create_connection(('127.0.0.1', @PORT@), 1)", "Error"),
    theft("resolves a name", "import socket\nsocket.gethostbyname('localhost.example')",
          "gaierror|PermissionError"),
    theft("opens an abstract socket", "import socket\n"
          "socket.socket(socket.AF_UNIX).connect('\\0course-@PORT@')", "Refused|PermissionError"),
    theft("takes over its parent", "import ctypes, os\n"
          "assert ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0", "AssertionError"),
    theft("fills the disk", "for number in range(99):\n"
          "    with open(f'/tmp/{number}', 'wb') as f: f.write(bytes(2**24))", "No space left|"
          "PermissionError"),
    theft("makes one large file", "with open('large', 'wb') as f:\n"
          "    f.seek(2**30)\n    f.write(b'x')", "File too large"),
    theft("makes a namespace of its own", "import ctypes\n"
          "assert ctypes.CDLL(None).unshare(0x10020000) == 0", "AssertionError"),
    theft("starts processes without end", "import os\nfor _ in range(300):\n"
          "    os.posix_spawn('/usr/bin/sleep', ['sleep', '1000'], {})",
          "Resource temporarily unavailable"),
]  # fmt: skip

OUTLIVE = [
    cheat("background process", "import subprocess\nsubprocess.Popen(['sleep', '@MARK@'], "
          "start_new_session=True)"),
    cheat("process that outlives its parent", "import ctypes, os, time\n"
          "ctypes.CDLL(None).prctl(1, 0)\n"
          "if os.fork() == 0:\n    os.setsid(); ctypes.CDLL(None).prctl(1, 0); time.sleep(1000)"),
    cheat("kills all that it can", "import os\nfor one in (1, os.getppid(), -1):\n"
          "    try: os.kill(one, 9)\n    except OSError: pass"),
    cheat("stops itself", "import os\nos.kill(os.getpid(), 19)",
          {"dropout": TIME_OUT, "rate": FAIL}, "did not end"),
    cheat("own numpy.py", "", lay=lambda folder, notebook: _with_modules(folder, notebook)),
    Kind("right answers and an own numpy.py", lay=lambda f, n: _with_modules(f, n)),
]  # fmt: skip

LAID = [
    Kind("markup in the written answer", {"why": "<script>x</script>[a](javascript:x) \ud800\0"}),
    Kind("a link to the work of others", {}, {"": REFUSED}, "is no file but a link",
         lay=lambda f, n: (f / f"{TINY}.ipynb").symlink_to(f"../../aa-first/{TINY}/{TINY}.ipynb")),
    Kind("a folder that is a link", {}, {"": REFUSED}, "is no folder but a link",
         lay=lambda f, n: (f.rmdir(), f.symlink_to(f"../aa-first/{TINY}"))),
    Kind("many cells", change=lambda n: n.cells.extend([new_markdown_cell("x")] * 30_000)),
    Kind("46 MiB of small objects", {}, {"": REFUSED}, "more than 2048 MiB of memory",
         lay=lambda f, n: write(n | {"metadata": {"x": [{}] * (46 * 2**20 // 4)}},
                                f / f"{TINY}.ipynb")),
    Kind("a pipe as time stamp", says="timestamp.txt is no date",
         lay=lambda f, n: (write(n, f / f"{TINY}.ipynb"), _pipe(f / "timestamp.txt"))),
    Kind("a file with an odd name", says=".ipynb was graded, since",
         lay=lambda f, n: write(n, f / "\udcff=1+1\n;=1+1;.ipynb")),
    Kind("an answer that stalls a parser", {"rate": "%x\n" * 100_000 + SHARE},
         {"rate": TIME_OUT}),
    Kind("an answer that breaks a parser", {"rate": "-" * 100_000 + "1"}, {"rate": ERROR}),
]  # fmt: skip

PROTOCOL = [
    protocol("garbage", "way.send_bytes(b'garbage')", REFUSED, "cannot be read as data"),
    protocol("half a message", "os.write(way.fileno(), struct.pack('!i', 2**20))", TIME_OUT),
    protocol("message of 2 GiB", "os.write(way.fileno(), struct.pack('!iQ', -1, 2**31))", CRASH),
    protocol("endless stream", "while True: os.write(way.fileno(), bytes(2**16))", REFUSED),
    protocol("deep nesting", "h = b'[' * 10**5\nway.send_bytes(len(h).to_bytes(8, 'big') + h)",
             REFUSED, "cannot be read as data"),
    protocol("connection closed", "way.close()", CRASH),
    protocol("callbacks without end", "while True: me._send({'callback': 0, 'arguments': []})",
             REFUSED, "a function was asked for that does not exist"),
    protocol("encoding patched", "encoding.dump = lambda *_: b'x'", REFUSED),
    Kind("handle that does not exist",
         {"dropout": f"{FIND}\n{DROPOUT}\nstudent.Student._handle = lambda *_: 12345"},
         {"dropout": FAIL}, "KeyError"),
    Kind("answers made up", {"dropout": f"{FIND}\n{WRONG_DROPOUT}\n"
         "student.Student._answered = lambda *_: {'value': [True]}", "rate": WRONG_SHARE},
         {"dropout": FAIL, "rate": FAIL}),
    Kind("name of 8 MB", {"dropout": f"{FIND}\n{WRONG_DROPOUT}\n"
         "encoding.dump = lambda *_, dump=encoding.dump: dump({'value': [0]}, lambda v: None if "
         "type(v) is dict or v != 0 else {'function': 1, 'kind': 'k', 'name': 'n' * 2**23, "
         "'is_unwritten': 1})"},
         {"dropout": REFUSED, "rate": ERROR}, "is not the result of a function"),
]  # fmt: skip

MODELS = [
    net("wrong model", ""),
    net("not a model", "class Fake:\n    layers = right_mlp(rate).layers\nreturn Fake()",
        says="an object of type Fake"),
    net("configuration of another model",
        "model.get_config = lambda: right_mlp(rate).get_config()"),
    net("model of its own that lies", "class Lying(keras.Model):\n"
        "    layers = right_mlp(rate).layers\n"
        "    def call(self, x, training=False): return x[:, :10]\n"
        "    def get_config(self): return right_mlp(rate).get_config()\nreturn Lying()"),
    net("Lambda layer", "return keras.Sequential([keras.Input((784,)), keras.layers.Lambda("
        "lambda x: __import__('os').system('true') or x[:, :10])])"),
    forged("pass that is none", "5", says="TypeError"),
    forged("layer that was not asked for", layer("None", "np.ones(3)", kind="Lambda"),
           {"": REFUSED}),
    forged("kernel that is text", layer("'text'", "np.ones((4, 784))"), {"": REFUSED},
           "cannot be read as numbers"),
    forged("shape that is none", layer("np.ones((784, 10))", "np.ones((4, 784))", "'no'"),
           {"": REFUSED}),
    forged("product too large for any memory",
           layer("np.ones((1, 2**21))", "np.ones((2**21, 1))"), {"": ERROR}, "allocate"),
    net("configuration of the right model", "model.to_json = lambda: right_mlp(rate).to_json()"),
]  # fmt: skip

AT_THE_MACHINE = [*THEFTS, *OUTLIVE]  # what depends on the isolation
ATTACKS = [*AT_THE_MACHINE, *IN_PROCESS, *RETURNED, *LAID, *PROTOCOL, *MODELS]


def _with_modules(folder, notebook):
    write(notebook, folder / f"{TINY}.ipynb")
    for name in ("numpy.py", "course_checks/__init__.py", "course_grader/__init__.py"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("raise SystemExit('imported what lies beside the notebook')")


def _pipe(path):
    import os

    os.mkfifo(path)
