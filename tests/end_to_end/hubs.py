"""A JupyterHub on this machine: its accounts, their environments, and what they do over HTTP.

The hub runs in namespaces of its own, so that nothing that it has started outlives it, and so that
its accounts can read the interpreter and the packages where only root may: in root's home.
"""

import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from classroom import free_ports
from environments import environment_without_the_course
from running import until

PATIENCE = 300  # seconds that anything may take on a busy machine
PROXY = "configurable-http-proxy"
OWN_NAMESPACES = ("unshare", "--mount", "--pid", "--mount-proc", "--fork", "--kill-child")
SERVER = "jupyterhub-singleuser"
OTHERS_MAY = 0o005  # read what is in a folder
PASSWORD = "a-password"
SETTINGS = """\
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_port = {ports[1]}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.Authenticator.allowed_users = {names}
"""


def _what_is_missing() -> str:
    """Why no hub can be started here; empty where one can."""
    if os.geteuid() != 0:
        return "only root can make accounts and start servers as them"
    programs = (PROXY, "chpasswd", "nsenter", "runuser", "unshare", "useradd", "userdel")
    if missing := [program for program in programs if not shutil.which(program)]:
        return f"there is no program {missing[0]}"
    if subprocess.run(
        [*OWN_NAMESPACES, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True
    ).returncode:
        return "this machine does not let even root mount folders"
    return ""


MISSING = _what_is_missing()
NEEDS_A_HUB = pytest.mark.skipif(bool(MISSING), reason=f"no JupyterHub can be started: {MISSING}")


@dataclass
class Hub:
    """A hub with accounts of its own. folder: all may read what is in it, if its owner lets them.

    names: the hub's names of the accounts, which are new on this machine, by what they are called.
    """

    folder: Path
    names: dict[str, str]
    ports: list[int] = field(default_factory=lambda: free_ports(3))
    process: subprocess.Popen | None = None

    def home(self, who: str) -> Path:
        return self.folder / "home" / self.names[who]

    def start(self, settings: str) -> None:
        """Start the hub with these settings, and wait until it is ready."""
        own = SETTINGS.format(ports=self.ports, names=set(self.names.values()))
        (self.folder / "jupyterhub_config.py").write_text(f"{own}\n{settings}")
        needed = Path(sys.prefix), Path(sys.base_prefix), Path(shutil.which(PROXY)).parents[1]
        script = [*_opened(needed), "exec jupyterhub"]
        log = self.folder / "log"
        with log.open("w") as stream:
            self.process = subprocess.Popen(
                [*OWN_NAMESPACES, "bash", "-ec", "\n".join(script)],
                cwd=self.folder,
                env=os.environ | {"PATH": f"{sys.prefix}/bin:{os.environ['PATH']}"},
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        assert until(self._is_ready, PATIENCE), log.read_text()[-3000:]

    def _is_ready(self) -> bool:
        try:
            return requests.get(f"{self.address}/hub/health", timeout=5).ok
        except requests.ConnectionError:
            return False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}"

    def run(self, who: str, command: str) -> subprocess.CompletedProcess:
        """What a command says in a terminal of an account's."""
        inside = ["nsenter", f"--target={self._inside()}", "--mount", "--pid"]
        as_account = ["runuser", "--login", self.names[who], "--command", command]
        return subprocess.run(
            [*inside, *as_account], capture_output=True, text=True, timeout=PATIENCE
        )

    def _inside(self) -> str:
        """The process of the hub itself, the first one in its namespaces."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return children.read_text().strip()

    def stop(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Person:
    """Somebody who has logged in at a hub, and whose server is running."""

    def __init__(self, hub: Hub, who: str):
        self.base = f"/user/{hub.names[who]}/"
        self.address = hub.address
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.get(f"{self.address}/hub/login", timeout=PATIENCE)
        form = {"username": hub.names[who], "password": PASSWORD, "_xsrf": self._token("/hub/")}
        self.session.post(f"{self.address}/hub/login", data=form, timeout=PATIENCE)
        assert until(self._has_a_server, PATIENCE), (hub.folder / "log").read_text()[-3000:]

    def _has_a_server(self) -> bool:
        page = self.session.get(f"{self.address}{self.base}lab", timeout=PATIENCE)
        return page.ok and page.url.startswith(f"{self.address}{self.base}")

    def _token(self, path: str) -> str:
        """What the pages below this path send along, so that no other page can."""
        [token] = [
            one.value for one in self.session.cookies if (one.name, one.path) == ("_xsrf", path)
        ]
        return token

    def ask(self, request: str, body: dict | None = None, method: str = "") -> Any:
        """Send a request to the own server, as its pages do; the answer, which is JSON."""
        answer = self.session.request(
            method or ("POST" if body is not None else "GET"),
            f"{self.address}{self.base}{request}",
            json=body,
            headers={"X-XSRFToken": self._token(self.base)},
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        return answer.json()


@contextmanager
def new_hub(folder: Path, people: Iterable[str]) -> Iterator[Hub]:
    """A hub that is not started yet, and new accounts of this machine for these people."""
    hub = Hub(folder, {who: f"{who}{os.getpid()}" for who in people})
    (folder / "home").mkdir()
    try:
        for who, name in hub.names.items():
            useradd = ["useradd", "--shell=/bin/bash", "--create-home", "--home-dir", hub.home(who)]
            subprocess.run([*useradd, name], check=True)
            hub.home(who).chmod(0o755)
        lines = "".join(f"{name}:{PASSWORD}\n" for name in hub.names.values())
        subprocess.run(["chpasswd"], input=lines, text=True, check=True)
        yield hub
    finally:
        hub.stop()
        for name in hub.names.values():
            subprocess.run(["userdel", "--force", name], capture_output=True)


def environment_with(folder: Path, *install: str) -> None:
    """A new environment with what pip installs, all packages of this one, and a user's server."""
    python = environment_without_the_course(folder)
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", *install], check=True)
    _, *rest = Path(sys.prefix, "bin", SERVER).read_text().splitlines()
    server = folder / "bin" / SERVER
    server.write_text("\n".join([f"#!{python}", *rest]))
    server.chmod(0o755)
    shutil.copytree(Path(sys.prefix, "etc"), folder / "etc")
    (folder / "share").symlink_to(Path(sys.prefix, "share"))


def give(path: Path, name: str) -> None:
    """Make an account the owner of a folder and all that is in it."""
    account = pwd.getpwnam(name)
    for one in (path, *path.rglob("*")):
        os.chown(one, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _opened(folders: Iterable[Path]) -> list[str]:
    """Commands that put an open folder in the place of each closed one above these.

    They hold in the namespace of the shell that runs them, and leave empty folders where it does.
    """
    closed = {folder: above for folder in folders if (above := _closed_above(folder))}
    keep, give_back = [], []
    for number, folder in enumerate(closed):
        place, kept = shlex.quote(str(folder)), f"kept/{number}"
        keep += [f"mkdir -p {kept}", f"mount --bind {place} {kept}"]
        give_back += [f"mkdir -p {place}", f"mount --move {kept} {place}"]
    cover = [
        f"mount -t tmpfs -o mode=755 none {shlex.quote(str(above))}"
        for above in dict.fromkeys(closed.values())
    ]
    return [*keep, *cover, *give_back]


def _closed_above(folder: Path) -> Path | None:
    """The outermost folder above this one that not all may look into."""
    outside_in = reversed(folder.resolve().parents)
    return next((one for one in outside_in if one.stat().st_mode & OTHERS_MAY != OTHERS_MAY), None)
