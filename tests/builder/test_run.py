"""`course run`: executed lessons, their table, and what a failing cell does."""

import asyncio
import json
import re
import sys

import pytest
import zmq
from executed import record_claims
from jupyter_client.asynchronous.client import AsyncKernelClient

from course_builder import kernels, run
from course_builder.cli import main

CLAIM = """
    # %%
    import matplotlib.pyplot as plt
    from course_utils import claims, plotting, trials

    # %% tags=["parameters"]
    PROFILE = "quick"

    # %% Which profile? tags=["hide-input"]
    print("profile", PROFILE)
    for step in trials.progress(range(3), "steps"):
        pass
    plotting.picture(plt.subplots()[1], alt="The line is flat.")

    # %%
    import ipywidgets

    def show(rate):
        return plotting.picture(plt.subplots()[1], alt=f"The line at rate {rate} is flat.")

    _ = ipywidgets.interact(show, rate=ipywidgets.FloatSlider(0.5, min=0.0, max=0.9))

    # %%
    from pathlib import Path

    trials.recorded_folder = lambda: Path("recorded").resolve()
    claims.Ledger("01_tiny")
"""
FAILING = """
    # %%
    print("before")

    # %%
    1 / 0

    # %%
    print("after")
"""


@pytest.mark.xdist_group("kernels")
def test_run_executes_writes_and_reports(make_course, capsys):
    course = make_course(**{"01_tiny": CLAIM, "01_tiny_exercises": FAILING})
    record_claims(course / "recorded", "01_tiny")
    assert main(["run"]) == 0
    printed = capsys.readouterr().out
    assert "01_tiny " in printed and "2: 1 refuted, 1 supported" in printed
    assert "exercises" not in printed
    page = course / "build" / "site" / "01_tiny.html"
    assert f"Open {page}" in printed
    html = page.read_text(encoding="utf-8")
    assert re.search(r"<details><summary>Which profile\?</summary>[^~]+</details>", html)
    assert "profile quick" in html and "Dropout gains" in html
    assert '<img alt="The line is flat."' in html
    assert '<img alt="The line at rate 0.5 is flat."' in html, "what the slider showed at first"
    assert "interactive(" not in html
    assert "0/3" not in html, "the progress bar must leave nothing in the page"
    loaded = re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=.https?:[^>]*>", html)
    assert not loaded, "the page must work without a network"


@pytest.mark.xdist_group("kernels")
def test_the_full_profile_is_handed_to_the_lesson(make_course, capsys):
    course = make_course(**{"01_tiny": CLAIM, "02_tiny": FAILING})
    record_claims(course / "recorded", "01_tiny")
    assert main(["run", "--only", "01_tiny", "--profile", "full", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["name"] == "01_tiny" and row["seconds"] > 0
    assert [claim["status"] for claim in row["claims"]] == ["refuted", "supported"]
    assert "profile full" in (course / "build" / "site" / "01_tiny.html").read_text()


SUSPENDED = "# %%\nimport os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n"


@pytest.mark.xdist_group("kernels")
def test_a_kernel_that_falls_silent_is_an_error_in_the_full_profile_too(
    make_course, capsys, monkeypatch
):
    monkeypatch.setattr(kernels, "SECONDS_OF_SILENCE", 3)
    parameters = '# %% tags=["parameters"]\nPROFILE = "quick"\n\n'
    make_course(**{"01_tiny": parameters + SUSPENDED})
    assert main(["run", "--profile", "full"]) == 1
    assert "FAILED: nothing came from the kernel for 3 s\n" in capsys.readouterr().out


@pytest.mark.xdist_group("kernels")
def test_a_kernel_that_does_not_take_the_cell_is_an_error(make_course, capsys, monkeypatch):
    """Its heart beats, but the cell is never begun: another kernel has its connection."""
    monkeypatch.setattr(kernels, "SECONDS_OF_SILENCE", 3)
    monkeypatch.setattr(AsyncKernelClient, "execute", lambda *_, **__: "a-message-that-was-lost")
    make_course(**{"01_tiny": FAILING})
    assert main(["run"]) == 1
    assert "FAILED: nothing came from the kernel for 3 s\n" in capsys.readouterr().out


@pytest.mark.xdist_group("kernels")
def test_a_kernel_that_does_not_start_is_an_error(make_course, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(kernels, "SECONDS_TO_START", 2)
    deaf = tmp_path / "python"
    deaf.write_text("#!/bin/sh\nexec sleep 60\n")
    deaf.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(deaf))
    make_course(**{"01_tiny": FAILING})
    assert main(["run"]) == 1
    said = capsys.readouterr().out
    assert "FAILED: the kernel did not answer within 2 s of its start (" in said


@pytest.mark.xdist_group("kernels")
def test_a_foreign_kernel_that_stands_first_on_the_path_is_not_started(
    make_course, tmp_path, monkeypatch
):
    spec = {"argv": ["sleep", "60"], "display_name": "Python 3", "language": "python"}
    file = tmp_path / "jupyter" / "kernels" / "python3" / "kernel.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    make_course(**{"01_tiny": f"# %%\nimport sys\nassert sys.executable == {sys.executable!r}\n"})
    assert main(["run"]) == 0


@pytest.mark.xdist_group("kernels")
def test_a_long_cell_that_says_nothing_is_waited_for(make_course, monkeypatch):
    monkeypatch.setattr(kernels, "SECONDS_OF_SILENCE", 3)
    make_course(**{"01_tiny": "# %%\nimport time\ntime.sleep(5)\n"})
    assert main(["run"]) == 0


@pytest.mark.xdist_group("kernels")
def test_a_message_that_woke_nobody_is_read(make_course, monkeypatch):
    """The cell ends while the loop is busy, and another look at the socket takes the signal."""
    waits = "import time, pathlib\nwhile not pathlib.Path('go').exists(): time.sleep(0.01)"
    course = make_course(**{"01_tiny": f"# %%\n{waits}\n"})
    execute, missed, late = AsyncKernelClient.execute, [], []

    def execute_and_miss_what_comes(self, code, *arguments, **keywords):
        def miss():
            (course / "go").touch()
            for channel in (self.shell_channel, self.iopub_channel):
                missed.append(zmq.Socket.shadow(channel.socket.underlying).poll(20_000))
            asyncio.get_running_loop().call_later(30, late.append, "only the time limit ends it")

        if code == waits:
            asyncio.get_running_loop().call_later(0.1, miss)
        return execute(self, code, *arguments, **keywords)

    monkeypatch.setattr(AsyncKernelClient, "execute", execute_and_miss_what_comes)
    monkeypatch.setitem(run.CELL_SECONDS, "quick", 60)
    assert main(["run"]) == 0
    assert missed == [zmq.POLLIN, zmq.POLLIN] and not late


@pytest.mark.xdist_group("kernels")
def test_kernels_use_no_port_where_the_system_can_do_without(make_course):
    """Two runs at the same time cannot meet on one."""
    make_course(
        **{
            "01_tiny": "# %%\nfrom ipykernel.connect import get_connection_info\n"
            "assert get_connection_info(unpack=True)['transport'] == 'ipc'\n"
        }
    )
    assert main(["run"]) == 0


@pytest.mark.xdist_group("kernels")
def test_a_failing_cell_ends_in_1_and_the_page_shows_how_far_it_came(make_course, capsys):
    course = make_course(**{"01_tiny": FAILING})
    assert main(["run"]) == 1
    assert "FAILED: ZeroDivisionError: division by zero" in capsys.readouterr().out
    html = (course / "build" / "site" / "01_tiny.html").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in html and "<pre>before" in html and "<pre>after" not in html


def test_a_lesson_without_a_full_profile_says_so(make_course, capsys):
    make_course(**{"01_tiny": FAILING})
    assert main(["run", "--profile", "full"]) == 2
    assert "01_tiny has no full profile" in capsys.readouterr().err


def test_an_unknown_lesson_is_a_mistake_in_the_call(make_course, capsys):
    make_course(**{"01_tiny": CLAIM})
    assert main(["run", "--only", "02_cnn"]) == 2
    assert "There is no '02_cnn' here: choose one of 01_tiny" in capsys.readouterr().err
