"""A copy of this checkout, with its `make` commands, for tests that start and stop whole installations."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from poukama.operations import postgres, testing

ROOT = Path(__file__).resolve().parents[2]
# What belongs to this test run and not to the machine.
_OURS = ("POUKAMA_", "DJANGO_", "DATABASE_URL", "MAKE", "MFLAGS", "PYTHON", "VIRTUAL_ENV", "COVERAGE", "PYTEST", "PG")
_PATIENCE = 120.0


@dataclass
class Run:
    """A `make run` that has said where it is."""

    process: subprocess.Popen[str]
    lines: list[str]
    seconds: float
    pids: set[int] = field(default_factory=set)

    @property
    def url(self) -> str:
        """The address that it printed."""
        return next(word for word in self.lines[-1].split() if word.startswith("http://"))

    def stop(self, *, group: bool = False) -> str:
        """Stop it, if it still runs, as SIGTERM to `make` does or Ctrl-C in the terminal; what it said since."""
        if self.process.stdout is None or self.process.stdout.closed:
            return ""
        self.pids |= family(self.process.pid)
        if self.process.poll() is not None:
            pass
        elif group:
            os.killpg(self.process.pid, signal.SIGINT)
        else:
            self.process.terminate()
        said, _ = self.process.communicate(timeout=30)
        return said


@dataclass
class Checkout:
    """A copy in a folder of its own, and as whom it runs if not as whoever tests."""

    folder: Path
    python: str
    account: pwd.struct_passwd | None = None

    def make(self, target: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """One `make` command, to its end."""
        process = self._start(target, extra)
        said, _ = process.communicate(timeout=_PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, said)

    def run(self, **extra: str) -> Run:
        """`make run`, up to the line that says where it is."""
        began = time.monotonic()
        process = self._start("run", extra)
        lines: list[str] = []
        for line in process.stdout or ():
            lines.append(line.rstrip("\n"))
            if "http://" in line:
                return Run(process, lines, time.monotonic() - began, family(process.pid))
        raise AssertionError("\n".join(["make run ended:", *lines]))

    def poukama(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command of the command line, told nothing but its words."""
        return subprocess.run(
            [".venv/bin/poukama", *words],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )

    def environment(self) -> dict[str, str]:
        """What a person who has just logged in would have."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        return kept | {"HOME": str(self.folder.parent) if self.account else os.environ.get("HOME", "/")}

    def _start(self, target: str, extra: dict[str, str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["make", target, f"PYTHON={self.python}"],
            cwd=self.folder,
            env=self.environment() | extra,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )

    def remove(self) -> None:
        """Its files, and its cluster's where that lives elsewhere."""
        if self.account is None and os.geteuid() == 0:
            where = postgres.home(self.folder)
            postgres.clear(where)
            testing.discard(where)
        shutil.rmtree(self.folder)


def copy_to(folder: Path) -> None:
    """The files that git knows, and no others."""
    folder.mkdir(parents=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)


def family(pid: int) -> set[int]:
    """A process and everything that descends from it."""
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        if state := _state(int(process.name)):
            parents[int(process.name)] = int(state[1])
    found, before = {pid}, set[int]()
    while found != before:
        before = set(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def living(pids: set[int]) -> set[int]:
    """Those that still run; one that has ended and that nobody has asked about does not."""
    return {pid for pid in pids if (state := _state(pid)) and state[0] != "Z"}


def _state(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def kill(pids: set[int]) -> None:
    """As a power cut does."""
    for pid in pids:
        # One may end by itself when another has.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while living(pids):
        time.sleep(0.02)


def status(url: str) -> int:
    """The answer to a page."""
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - a loopback address that we printed
        return int(answer.status)


def ordinary_python(account: pwd.struct_passwd, place: Path) -> str:
    """A Python that an ordinary user may run; a copy of ours where every one is out of its reach."""
    ours = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    complete = "import ensurepip, ssl, sys; sys.exit(sys.version_info < (3, 11))"
    for python in (ours, Path("/usr/local/bin/python3"), Path("/usr/bin/python3")):
        try:
            subprocess.run(
                [python, "-c", complete],
                cwd="/",
                user=account.pw_uid,
                group=account.pw_gid,
                extra_groups=[],
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return str(python)
    unneeded = shutil.ignore_patterns("site-packages", "test", "tests", "__pycache__")
    shutil.copytree(sys.base_prefix, place / "python", symlinks=True, ignore=unneeded)
    return str(place / "python" / "bin" / ours.name)
