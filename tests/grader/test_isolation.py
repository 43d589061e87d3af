"""What a student's process can see and do, in each isolation that works on this machine."""

import ast
import contextlib
import csv
import ctypes
import json
import os
import py_compile
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from running import RIGHT, new_class, until

from course_builder import cli
from course_grader import landlock
from course_grader.cells import Cell, CellKind
from course_grader.errors import CourseError
from course_grader.isolation import PLAIN, Isolation, chosen
from course_grader.jobs import Job, NotGraded, State
from course_grader.pool import Graders
from course_grader.sandbox import IsolationError, Limits, to_cover
from course_grader.trial import PROPERTIES, notice, properties, require_strength

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are no namespaces here")
CAPTURED = {"capture_output": True, "text": True}
ADD_KEY, SESSION_KEYRING = 248, -3  # system call on x86_64, and from <linux/keyctl.h>
MARK = f"{os.getpid()}.25"  # seconds that only processes of these tests sleep
SHUT_IN = ["namespaces", "bubblewrap", "landlock"]
COURSE = Path(sys.executable).with_name("course")
GRADE = [COURSE, "grade", "submitted", "--jobs", "1"]
# As most containers refuse them.
IN_A_CONTAINER = [
    *(sys.executable, "-c"),
    "import os, sys; from course_grader import seccomp; seccomp.refuse(seccomp.NAMESPACES); "
    "os.execv(sys.argv[1], sys.argv[1:])",
]
SECRET = "a-password-in-the-environment"
# Looks through all memory of its process. Its own text does not hold what it looks for.
MEMORY = r"""
import gc, re
words = re.compile(rb"a[-]test-that-nobody-may-see|the[-]answer-of-another-student|"
                   rb"a[-]password-in-the-environment")
found = {m.group() for o in gc.get_objects() for m in words.finditer(repr(
    [one for one in gc.get_referents(o) if isinstance(one, (str, bytes))]).encode())}
with open("/proc/self/mem", "rb", 0) as memory:
    for line in open("/proc/self/maps"):
        place, mode, *_, name = line.split()[:2] + line.split()[4:]
        if mode.startswith("rw") and (name == "0" or name.startswith("[")):
            start, end = (int(one, 16) for one in place.split("-"))
            for at in range(start, end, 2**24):
                try:
                    memory.seek(at)
                    data = memory.read(min(2**24, end - at))
                except (OSError, ValueError, OverflowError):
                    continue
                found |= {one.group() for one in words.finditer(data)}
found = sorted(found)
"""
ENVIRONMENT = """
import os
texts = [repr(os.environ)]
for name in ("/proc/self/environ", "/proc/1/environ", "/proc/self/cmdline"):
    try:
        texts.append(open(name).read())
    except OSError:
        pass
found = [text for text in texts if "a-password" in text]
"""
FILES = """
import os
found = []
for number in os.listdir("/proc/self/fd"):
    try:
        found.append(os.readlink(f"/proc/self/fd/{number}"))
    except OSError:
        pass
found = [one for one in found if one != "/dev/null" and not one.startswith("socket:")]
"""
MESSAGES = """
import os
found = []
for name in ("mqueue", "mem", "kmsg", "sda", "vda"):
    try:
        os.open(f"/dev/{name}", os.O_RDONLY)
        found.append(name)
    except OSError:
        pass
try:
    found += os.listdir("/dev/shm")
except OSError:
    pass
try:
    found += [line for line in open("/proc/sysvipc/shm")][1:]
except OSError:
    pass
"""
KEYS = """
import ctypes
libc = ctypes.CDLL(None)
libc.syscall.restype = ctypes.c_long
found = [n for n in [libc.syscall(250, 10, -3, b"user", b"course-test", 0)] if n != -1]
"""
KERNEL = """
found = []
for name in ("kernel/core_pattern", "vm/drop_caches", "kernel/hostname"):
    try:
        open(f"/proc/sys/{name}", "a").close()
        found.append(name)
    except OSError:
        pass
"""
NEW_NAMESPACES = """
import ctypes
found = [flag for flag in (0x10000000, 0x10020000) if ctypes.CDLL(None).unshare(flag) == 0]
"""
WRITABLE = """
import os, sys, tempfile
own, found = tempfile.gettempdir(), []

def try_out(folder):
    try:
        open(os.path.join(folder, "written"), "w").close()
        found.append(folder)
    except OSError:
        pass

for folder, below, _ in os.walk("/"):
    if folder in ("/proc", own) or folder.count("/") > 3:
        below.clear()  # a walk through all packages takes a minute on a cold disk
    elif folder != own:
        try_out(folder)
for folder in ("/", "/tmp", "/var/tmp", "/dev/shm", "/etc", "/root", "/home", sys.prefix):
    if folder != own:
        try_out(folder)
"""
TAKE_BACK = """
try:
    open("/proc/self/oom_score_adj", "w").write("0")
except OSError:
    pass
found = open("/proc/self/oom_score_adj").read() != "1000\\n"
"""
OTHERS = """
import ctypes, fcntl, os, resource, signal
from pathlib import Path
libc = ctypes.CDLL(None)
course, caller, found = Path(@COURSE@), @CALLER@, []

def change_mode():
    before = course.stat().st_mode
    course.chmod(before ^ 0o010)
    if course.stat().st_mode == before:
        raise OSError("it was said to be done")

def of_system_v():
    told = ctypes.create_string_buffer(200)
    if not any(libc.shmctl(number, 13, told) >= 0 for number in range(99)):
        raise OSError("no segment of memory is found")

for attempt in (
    change_mode,
    of_system_v,
    lambda: fcntl.ioctl(os.open(os.__file__, os.O_RDONLY), 0x40086602, bytes([0, 0, 8] + 5 * [0])),
    lambda: os.utime(course),
    lambda: os.chown(course, 1, 1),
    lambda: os.setxattr(course, "user.course", b"x"),
    lambda: os.kill(caller, signal.SIGCONT),
    lambda: os.setpriority(os.PRIO_PROCESS, caller, 5),
    lambda: resource.prlimit(caller, resource.RLIMIT_CORE, (0, 0)),
    lambda: open(f"/proc/{caller}/cmdline").read(),
):
    try:
        attempt()
        found.append(attempt.__code__.co_firstlineno)
    except OSError:
        pass
"""
MANY_PROCESSES = """
import os, time

def many():
    count, begin = 0, time.time()
    try:
        while count < 300:
            if os.fork() == 0:
                time.sleep(60)
            count += 1
    except OSError:
        pass
    time.sleep(5)
    return count, begin, time.time()
"""
SIGHTS = {
    "work, tests and secrets in its memory": MEMORY,
    "a secret in its environment": ENVIRONMENT,
    "open files of others": FILES,
    "devices and shared memory": MESSAGES,
    "keys of the caller": KEYS,
    "settings of the kernel that it can change": KERNEL,
    "namespaces of its own": NEW_NAMESPACES,
    "folders to write to": WRITABLE,
    "a way back to the order in which memory is freed": TAKE_BACK,
    "modes, dates and processes of others to change": OTHERS,
}


@pytest.fixture(scope="module", params=SHUT_IN)
def isolation(request, tmp_path_factory):
    """An isolation that works here; it hides a course."""
    skip_unless_there(request.param)
    return chosen(request.param, [new_class(tmp_path_factory.mktemp("hidden") / "course", {})])


@pytest.fixture
def segment():
    """Memory of System V that belongs to whoever grades."""
    libc = ctypes.CDLL(None)
    number = libc.shmget(0, ctypes.c_size_t(4096), 0o666)
    yield
    libc.shmctl(number, 0, None)


@pytest.fixture(scope="module")
def graders(isolation):
    """A grader that has graded another student before, started where there are secrets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_SECRET", SECRET)
        key = ctypes.CDLL(None).syscall
        key(ADD_KEY, b"user", b"course-test", b"x", ctypes.c_size_t(1), SESSION_KEYRING)
        with Graders(1, isolation) as graders:
            try:
                before = graders.grade(job("answer = 'the-answer-of-another-student'", "answer"))
            except NotGraded as error:
                pytest.skip(f"{isolation.kind} does not work here: {error}")
            assert before[0].state is State.FAIL
            yield graders


def skip_unless_there(kind: str) -> None:
    if kind == "bubblewrap" and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")
    if kind == "landlock" and landlock.version() < landlock.NEEDED:
        pytest.skip("this kernel has no Landlock, or not all of it")


def job(answer: str, name: str = "found") -> Job:
    """An answer, and a hidden test that says what it found."""
    test = f"# a-test-that-nobody-may-see\nassert not {name}, str({name})"
    cells = Cell(CellKind.ANSWER, "answer", answer), Cell(CellKind.TESTS, "test", test, 1.0)
    return Job(cells, seconds=60)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.usefixtures("segment")
def test_a_submission_does_not_find(graders, isolation, sight):
    looks = SIGHTS[sight].replace("@COURSE@", repr(isolation.hidden[0]))
    [result] = graders.grade(job(looks.replace("@CALLER@", str(os.getpid()))))
    assert (result.state, result.message) == (State.PASS, "")


def test_all_properties_hold(graders, isolation):
    found = properties(graders, isolation)
    assert found == dict.fromkeys(PROPERTIES.values(), True)
    require_strength(isolation, found)
    assert "WARNING" not in notice(isolation, found)


def test_processes_of_one_submission_leave_another_one_its_own(isolation):
    """Both start as many as they can, at the same time."""
    tests = Cell(CellKind.TESTS, "tests", "assert False, repr(many())", 1.0)
    job = Job((Cell(CellKind.ANSWER, "answer", MANY_PROCESSES), tests))
    with Graders(2, isolation) as graders, ThreadPoolExecutor(2) as pool:
        both = [pool.submit(graders.grade, job) for _ in range(2)]
        found = [ast.literal_eval(one.result()[0].message) for one in both]
    counts, begins, ends = zip(*found, strict=True)
    assert max(begins) < min(ends)
    assert min(counts) > 100


def test_an_exit_status_does_not_pass_for_a_failure_of_the_grader(graders):
    [result] = graders.grade(job("import os\nos._exit(70)"))
    assert result.state is State.CRASH


def test_packages_are_there_although_the_course_around_them_is_hidden():
    """An environment often lies in the course's own folder."""
    around = Path(sys.prefix).resolve().parent
    isolation = chosen("namespaces", [around])
    with Graders(1, isolation) as graders:
        [result] = graders.grade(job("import sklearn.tree\nfound = []"))
        assert result.state is State.PASS, result.message
        assert all(properties(graders, isolation).values())


BEHIND_A_LINK = """
import sys
from course_grader.cells import Cell, CellKind
from course_grader.isolation import chosen
from course_grader.trial import properties
from course_grader.jobs import Job
from course_grader.pool import Graders
from pathlib import Path

kind, hidden = sys.argv[1:]
answer = Cell(CellKind.ANSWER, "answer", "def f():\\n    import sklearn.tree\\n    return 1")
test = Cell(CellKind.TESTS, "test", "assert f() == 1", 1.0)
isolation = chosen(kind, [Path(hidden)])
with Graders(1, isolation) as graders:
    print(sys.prefix, graders.grade(Job((answer, test)))[0].message)
    print(all(properties(graders, isolation).values()))
"""


@pytest.mark.parametrize("place", ["course/.venv", "home"])
@pytest.mark.parametrize("kind", SHUT_IN)
def test_an_environment_behind_a_link_is_found(kind, place, tmp_path):
    """As a link itself, and in a folder that is one."""
    skip_unless_there(kind)
    environment = Path(sys.prefix).resolve()
    link = tmp_path / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(environment if link.name == ".venv" else environment.parent)
    python = (link if link.name == ".venv" else link / environment.name) / "bin" / "python"
    hidden = link.parent if link.name == ".venv" else environment.parent
    done = subprocess.run(
        [python, "-c", BEHIND_A_LINK, kind, hidden], capture_output=True, text=True
    )
    assert done.stdout == f"{python.parents[1]} \nTrue\n", done.stderr[-2000:]


@pytest.mark.parametrize("kind", SHUT_IN)
def test_packages_that_lie_in_tmp_are_there(kind, monkeypatch):
    skip_unless_there(kind)
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        packages = Path(folder) / "site-packages"
        packages.mkdir()
        (file := packages / "only_there.py").touch()
        monkeypatch.syspath_prepend(packages)
        monkeypatch.setenv("PYTHONPATH", str(packages), prepend=os.pathsep)
        isolation = chosen(kind, [])
        with Graders(1, isolation) as graders:
            source = f"from pathlib import Path\nfound = not Path({str(file)!r}).exists()"
            [result] = graders.grade(job(source))
            assert result.state is State.PASS, result.message
            assert all(properties(graders, isolation).values())


def test_a_module_that_only_tests_import_cannot_be_read_in_any_form(tmp_path, monkeypatch):
    """Landlock has to leave out the file that Python has compiled, too."""
    skip_unless_there("landlock")
    packages = tmp_path / "site-packages"
    packages.mkdir()
    (source := packages / "only_in_tests.py").write_text("SECRET = 1")
    compiled = py_compile.compile(str(source))
    monkeypatch.syspath_prepend(packages)
    monkeypatch.setenv("PYTHONPATH", str(packages), prepend=os.pathsep)
    isolation = Isolation("landlock", imports_of_tests=("import only_in_tests",))
    attempt = f"import os\nos.stat({compiled!r})\nfound = open({compiled!r}).read()"
    with Graders(1, isolation) as graders:
        [result] = graders.grade(job(attempt))
        assert "PermissionError" in result.message
        assert all(properties(graders, isolation).values())


def test_a_hidden_folder_in_a_visible_one_is_covered_but_for_what_has_to_be_seen(tmp_path):
    course = tmp_path / "usr" / "course"
    (course / "environment").mkdir(parents=True)
    visible = [tmp_path / "usr", course / "environment", tmp_path / "lib"]
    covered = to_cover(visible, [course, course / "submitted", tmp_path / "elsewhere"])
    assert covered == {course: [course / "environment"]}


FOR_AN_ORDINARY_USER = """
import json, sys
from course_grader.cells import Cell, CellKind
from course_grader.isolation import chosen
from course_grader.trial import properties
from course_grader.jobs import Job
from course_grader.pool import Graders

kind, *answers = json.loads(sys.argv[1])
isolation = chosen(kind, [])
test = Cell(CellKind.TESTS, "test", "assert not found, str(found)", 1.0)
jobs = [Job((Cell(CellKind.ANSWER, "answer", one), test)) for one in answers]
with Graders(1, isolation) as graders:
    messages = [graders.grade(one)[0].message for one in jobs]
    print(json.dumps([properties(graders, isolation), messages]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever runs this is an ordinary user already")
@pytest.mark.parametrize("kind", ["namespaces", "landlock"])
def test_all_properties_hold_for_an_ordinary_user(kind):
    skip_unless_there(kind)
    packages = next(path for path in sys.path if Path(path).name == "site-packages")
    root = Path(cli.__file__).parents[1]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{root}:{packages}", "HOME": "/tmp"}
    asked = json.dumps([kind, WRITABLE, TAKE_BACK, NEW_NAMESPACES])
    done = subprocess.run(
        [_python_for_others(), "-c", FOR_AN_ORDINARY_USER, asked],
        **{"user": 65534, "group": 65534, "extra_groups": []},
        **{"env": environment, "cwd": "/", "capture_output": True, "text": True},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == [dict.fromkeys(PROPERTIES.values(), True), ["", "", ""]]


FILL = """
found = []
try:
    for number in range({count}):
        with open(str(number), "wb") as file:
            file.write(bytes({size}))
except OSError as error:
    found = error.strerror
import time
time.sleep(1)
"""


@pytest.mark.parametrize(("count", "size"), [(20_000, 0), (99, 2**20)])
@pytest.mark.parametrize("kind", ["namespaces", "landlock"])
def test_a_submission_has_only_so_many_files_and_bytes(kind, count, size, tmp_path, monkeypatch):
    skip_unless_there(kind)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Graders(1, chosen(kind, [])) as graders:
        [result] = graders.grade(job(FILL.format(count=count, size=size)))
    full = "No space left on device" if kind == "namespaces" else "ended the process that it ran in"
    assert full in result.message
    assert until(lambda: not any(tmp_path.iterdir()), 10)


HONEST = """
import asyncio, os, shutil, tarfile, tempfile
from pathlib import Path

Path("new").touch()
Path("new").write_text("text")
os.makedirs("a/b")
shutil.copy2("new", "a/copy")
shutil.copytree("a", "c")
os.replace("a/copy", "a/b/moved")
shutil.move("c", "d")
shutil.make_archive("archive", "gztar", "d")
shutil.unpack_archive("archive.tar.gz", "unpacked")
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile(dir=folder) as file:
    file.write(bytes(2**20))
asyncio.run(asyncio.sleep(0))
found = not (os.access("new", os.W_OK) and Path("unpacked/copy").read_text() == "text")
"""


def test_files_of_its_own_can_be_copied_moved_and_packed(graders):
    [result] = graders.grade(job(HONEST))
    assert (result.state, result.message) == (State.PASS, "")


# Each leaves a process behind, and does what could keep a guard from its work.
DISTRACTIONS = {
    "a tree too deep to walk": "for _ in range(1300):\n    os.mkdir('d'); os.chdir('d')",
    "a folder that cannot be read": "os.mkdir('d', 0o300)\nfor n in range(20_000):\n"
    "    open(f'd/{n}', 'w').close()\ntime.sleep(1)",
    "orphans that end all the time": "if not os.fork():\n    while True:\n"
    "        if not os.fork():\n            os.fork()\n            os._exit(0)\n"
    "        time.sleep(0.02)\n"
    "for n in range(99): open(str(n), 'wb').write(bytes(2**20))\ntime.sleep(1)",
}


@pytest.mark.parametrize("distraction", DISTRACTIONS)
def test_a_guard_is_not_kept_from_its_work(distraction, tmp_path, monkeypatch):
    skip_unless_there("landlock")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    leave = "import os, subprocess, time\nfound = 0\n"
    leave += f"subprocess.Popen(['/usr/bin/sleep', '{MARK}'], start_new_session=True)\n"
    with Graders(1, chosen("landlock", [])) as graders:
        [result] = graders.grade(job(leave + DISTRACTIONS[distraction]))
    # The tree is within the limits, and its answer ends well.
    assert result.state is (State.PASS if "tree" in distraction else State.CRASH)
    assert until(lambda: _sleeping() == 0 and not any(tmp_path.iterdir()), 20)


DETACHED = f"""
import os, subprocess, time
open("file", "w").write("x")
subprocess.Popen(["/usr/bin/sleep", "{MARK}"], start_new_session=True)
time.sleep(60)
"""
GRADES_FOR_EVER = """
import sys
from course_grader.cells import Cell, CellKind
from course_grader.isolation import chosen
from course_grader.jobs import Job
from course_grader.pool import Graders

answer = Cell(CellKind.ANSWER, "answer", sys.argv[2])
with Graders(1, chosen(sys.argv[1], [])) as graders:
    graders.grade(Job((answer, Cell(CellKind.TESTS, "test", "assert True", 1.0))))
"""


@pytest.mark.parametrize("kind", ["namespaces", "landlock"])
def test_nothing_is_left_where_the_grader_is_killed(kind, tmp_path):
    skip_unless_there(kind)
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADES_FOR_EVER, kind, DETACHED],
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert until(lambda: _sleeping() == 1, 60)
    assert len(list(tmp_path.glob("submission-*"))) == (2 if kind == "landlock" else 0)
    for process in (*_children_of(grader.pid), grader.pid):
        os.kill(process, signal.SIGKILL)
    grader.wait()
    assert until(lambda: _sleeping() == 0 and not any(tmp_path.glob("submission-*")), 10)


def _sleeping() -> int:
    """How many processes there are that answers of these tests have detached."""
    found = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found += path.read_bytes() == f"/usr/bin/sleep\0{MARK}\0".encode()
    return found


def _children_of(process: int) -> list[int]:
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


@pytest.mark.parametrize(
    ("version", "says"),
    [
        (-1, "has no Landlock, or it is switched off"),
        (1, "a Landlock without moving files, cutting files off, TCP, devices, signals and"),
        (5, "a Landlock without signals and abstract sockets: Linux 6.12"),
    ],
)
def test_a_kernel_without_all_of_landlock_says_what_it_lacks(version, says):
    with pytest.raises(IsolationError, match=says):
        landlock.require_all_parts_in(version)


def test_with_landlock_it_grades_where_namespaces_are_refused(course):
    skip_unless_there("landlock")
    done = subprocess.run([*IN_A_CONTAINER, *GRADE, "--isolation", "landlock"], **CAPTURED)
    assert done.returncode == 0, done.stderr
    assert f"Isolation: landlock: {'; '.join(PROPERTIES.values())}.\n" in done.stderr
    [row] = csv.DictReader((course / "grades.csv").read_text().splitlines())
    assert float(row["auto"]) == 3


def _python_for_others() -> str:
    """An interpreter of this version that an ordinary user can read."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for path in (os.path.realpath(sys.executable), f"/usr/bin/{version}"):
        open_to_all = [Path(path), *Path(path).parents]
        if Path(path).exists() and all(one.stat().st_mode & 0o005 == 0o005 for one in open_to_all):
            return path
    pytest.skip(f"no {version} that an ordinary user may read is installed")


def test_without_namespaces_a_submission_may_start_as_many_threads_as_with_them():
    """However many this user has started elsewhere, which the system counts as well."""
    asked = "import resource\nmost = resource.getrlimit(resource.RLIMIT_NPROC)[0]"
    wait = threading.Event()
    others = [threading.Thread(target=wait.wait) for _ in range(150)]
    for one in others:
        one.start()
    try:
        with Graders(1, Isolation(PLAIN)) as graders:
            [result] = graders.grade(job(asked, "most"))
    finally:
        wait.set()
    assert int(result.message) >= 150 + Limits().processes


def test_plain_says_loudly_what_is_not_there():
    isolation = Isolation(PLAIN)
    with Graders(1, isolation) as graders:
        found = properties(graders, isolation)
    require_strength(isolation, found)
    said = notice(isolation, found)
    assert "*** WARNING: submissions run as you, on your files." in said
    assert "***   nothing but its own /tmp to write to" in said


@pytest.mark.parametrize("missing", PROPERTIES.values())
def test_an_isolation_that_is_weaker_than_asked_for_is_refused(missing):
    found = dict.fromkeys(PROPERTIES.values(), True) | {missing: False}
    with pytest.raises(CourseError, match="weaker here than it should be"):
        require_strength(Isolation(), found)


@pytest.fixture
def course(tmp_path, monkeypatch, empty_gradebook):
    course = new_class(tmp_path / "course", {"ada": RIGHT})
    shutil.copy(empty_gradebook, course)
    monkeypatch.chdir(course)
    return course


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["/no/such/program"], "/no/such/program cannot be started: No such file or directory"),
        (["true"], "(true ends before it has answered): mend the command that is set, or "),
        (
            ["sh", "-c", "echo docker: no daemon. >&2; echo See the manual >&2; exit 125"],
            "(sh ends before it has answered, saying: docker: no daemon): mend the command",
        ),
        (["cat"], "(cat answers something else than `python -m course_grader.student_console`"),
        ([sys.executable, "-m", "course_grader.student_console"], "is weaker here than it should"),
        ([], "No command is set"),
    ],
)
def test_a_command_that_does_not_isolate_grades_nothing(course, capfd, command, says):
    (course / "pyproject.toml").write_text(f"[tool.course]\nisolation = {json.dumps(command)}\n")
    assert cli.main(["grade", "submitted", "--isolation", "command", "--jobs", "1"]) == 2
    said = capfd.readouterr().err
    assert says in said and len(said.strip().splitlines()) == 1
    assert not (course / "grades.csv").exists()


def test_a_command_that_isolates_grades(course, capfd):
    """Any program that shuts a process in, as a container's does."""
    if not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed: the package bubblewrap brings it")
    hidden = [course, course / "submitted"]
    command = ["env", "--unset=NOTHING", *chosen("bubblewrap", hidden).command]
    (course / "pyproject.toml").write_text(f"[tool.course]\nisolation = {json.dumps(command)}\n")
    assert cli.main(["grade", "submitted", "--isolation", "command", "--jobs", "1"]) == 0
    assert "Isolation: command: no network; no other processes in reach" in capfd.readouterr().err
    [row] = csv.DictReader((course / "grades.csv").read_text().splitlines())
    assert float(row["auto"]) == 3


def test_bubblewrap_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CourseError, match=r"is not installed \(there is no program bwrap on the"):
        chosen("bubblewrap", [])


def test_bubblewrap_that_may_not_make_namespaces_is_told(course, capfd, monkeypatch):
    program = course / "bwrap"
    program.write_text("#!/bin/sh\necho bwrap: setting up uid map: Permission denied >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(course), prepend=os.pathsep)
    assert cli.main(["grade", "submitted", "--isolation", "bubblewrap", "--jobs", "1"]) == 2
    [said] = capfd.readouterr().err.splitlines()
    assert (
        "bwrap ends before it has answered, saying: bwrap: setting up uid map: Permission" in said
    )


@pytest.mark.parametrize("command", [["grade", "submitted"], ["answers"], ["build"]])
def test_a_machine_that_refuses_namespaces_is_told(course, command):
    skip_unless_there("landlock")
    done = subprocess.run([*IN_A_CONTAINER, COURSE, *command, "--jobs", "1"], **CAPTURED)
    assert (done.returncode, done.stdout) == (2, "")
    [said] = done.stderr.splitlines()
    assert "(unshare failed, Operation not permitted: this system forbids it to ordinary" in said
    assert said.endswith("(bubblewrap, landlock, command, plain; landlock would work here).")


@pytest.mark.parametrize("command", [["grade", "submitted"], ["answers"], ["build"]])
def test_a_server_that_does_not_start_is_told(course, capfd, monkeypatch, command):
    (course / "numpy.py").write_text("import a_module_that_is_missing")
    monkeypatch.setenv("PYTHONPATH", str(course), prepend=os.pathsep)
    assert cli.main([*command, "--jobs", "1"]) == 2
    [said] = capfd.readouterr().err.splitlines()
    assert said == (
        "course: The server that grades does not start (ModuleNotFoundError: No module named "
        "'a_module_that_is_missing'): install this package and what it needs as its README says, "
        "and run the command again."
    )
