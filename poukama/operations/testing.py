"""`make test` and its parts: every stage runs, each says how long it took, and one that fails fails the whole."""

import base64
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from poukama.operations import postgres, prepare
from poukama.operations.environment import ROOT, VAR, Refused, clean_environment, mend_of, refuse, say
from poukama.operations.launch import addresses_of, candidates

_BIN = Path(sys.executable).parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What must be covered whole, every branch of it.
_WHOLE = "*/rules.py,*/known.py,*/access.py,*/actions.py,poukama/gate/*,poukama/clients/*"

Environment = dict[str, str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A heading, and the commands under it; the first that fails ends the stage.

    `rounds` is how often servers are killed under people who write in cases, where it is not the tests' own few.
    """

    heading: str
    commands: tuple[tuple[str, ...], ...]
    needs_browser: bool = False
    rounds: int = 0


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(_BIN / name), *arguments)


def _pytest(marks: str) -> tuple[str, ...]:
    return ("pytest", "-q", "-m", marks)


STATIC = (
    Stage("Lint and format", (_tool("ruff", "check"), _tool("ruff", "format", "--check"))),
    Stage("Types", (_tool("mypy"),)),
    Stage("Import contracts", (_tool("lint-imports"),)),
    Stage("Translations", ((sys.executable, "-m", "poukama.core.catalogues", "missing"),)),
)
FAST = Stage("Tests", ((sys.executable, "-m", *_pytest("not journey and not ops")),))
WHOLE = Stage(
    "Tests, every branch of rules, access, actions and gates",
    (
        (sys.executable, "-m", "coverage", "run", "-m", *_pytest("not journey and not ops")),
        (sys.executable, "-m", "coverage", "report", f"--include={_WHOLE}", "--fail-under=100"),
    ),
)
JOURNEYS = Stage("Journeys in a browser", ((sys.executable, "-m", *_pytest("journey")),), needs_browser=True)
OPERATIONS = Stage("Whole installations", ((sys.executable, "-m", *_pytest("ops")),))
LONG_OPERATIONS = replace(OPERATIONS, rounds=1000)
MEND = Stage("Lint and format", (_tool("ruff", "check", "--fix"), _tool("ruff", "format")))
SCREENS = Stage("Pictures", ((sys.executable, "-m", "pytest", "-q", "tests/journeys/screens.py"),), needs_browser=True)
BENCH = Stage("Figures", ((sys.executable, "-m", "tests.bench"),))

# What stands in brackets runs two at a time: a browser and a server that starts wait more than they work.
STAGES: dict[str, tuple[Stage | tuple[Stage, ...], ...]] = {
    "test": (*STATIC, (WHOLE, JOURNEYS, OPERATIONS)),
    "check": STATIC,
    "fix": (MEND,),
    "test-fast": (FAST,),
    "test-ops": (LONG_OPERATIONS,),
    "screens": (SCREENS,),
    "bench": (BENCH,),
}
_WITHOUT_DATABASE = ("check", "fix")


def main(arguments: list[str]) -> int:
    """Run the stages of a command; returns 0 if every one passed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    name = arguments[0]
    os.chdir(ROOT)
    try:
        if name in _WITHOUT_DATABASE:
            return run(STAGES[name], clean_environment())
        with throw_away() as environment:
            return run(STAGES[name], environment)
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except Refused as refusal:
        return refuse(refusal)
    except OSError as fault:
        return refuse(Refused(mend_of(fault)))


def run(stages: tuple[Stage | tuple[Stage, ...], ...], environment: Environment) -> int:
    """Run every stage, whether or not the one before passed, and say at the end which did."""
    results: list[_Running] = []
    for stage in stages:
        results += _together(stage if isinstance(stage, tuple) else (stage,), environment)
    if len(results) > 1:
        say("")
        for each in results:
            say(f"{each.word}  {each.seconds:6.1f} s  {each.stage.heading}")
    return 0 if all(each.passed for each in results) else 1


def _together(stages: tuple[Stage, ...], environment: Environment) -> "list[_Running]":
    """Run stages, two at a time. What one of several prints is kept until it has ended."""
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        running = []
        if len(stages) == 1:
            say(f"\n== {stages[0].heading}")
        for stage in stages:
            out = stack.enter_context(tempfile.TemporaryFile()) if len(stages) > 1 else None
            running.append(_Running(stage, environment, out))
        try:
            for each, work in [(each, pool.submit(each.work)) for each in running]:
                work.result()
                each.tell()
        finally:
            for each in running:
                each.stop()
    return running


@dataclass
class _Running:
    """A stage under way, with where its words go if they wait."""

    stage: Stage
    environment: Environment
    out: IO[bytes] | None
    passed: bool = False
    seconds: float = 0.0
    trouble: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def word(self) -> str:
        """Whether it passed."""
        return "passed" if self.passed else "FAILED"

    def work(self) -> None:
        """Run its commands; the first that fails ends it."""
        began = time.monotonic()
        try:
            more = {"POUKAMA_CHROMIUM": browser()} if self.stage.needs_browser else {}
            more |= {"POUKAMA_FAULT_ROUNDS": str(self.stage.rounds)} if self.stage.rounds else {}
            self.passed = all(self._call(command, self.environment | more) == 0 for command in self.stage.commands)
        except Refused as refusal:
            self.trouble = str(refusal)
        self.seconds = time.monotonic() - began

    def _call(self, command: tuple[str, ...], environment: Environment) -> int:
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.out
        )
        return self.process.wait()

    def tell(self) -> None:
        """Say what it said, and how it ended."""
        if self.out is not None:
            self.out.seek(0)
            say(f"\n== {self.stage.heading}\n{self.out.read().decode(errors='replace').rstrip()}")
        if self.trouble:
            say(self.trouble)
        say(f"-- {self.word} in {self.seconds:.1f} s")

    def stop(self) -> None:
        """End what still runs. It may have something running itself, and puts that away when asked as a person asks."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            self.process.kill()


def browser() -> str:
    """The path of a Chromium. As root on Debian one is installed if there is none; else Refused says how."""
    if named := os.environ.get("POUKAMA_CHROMIUM"):
        return named
    if found := _found_browser():
        return found
    if os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        say("Installing Chromium from Debian ...")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            done = subprocess.run(["apt-get", "-qq", *step], env=quiet, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.stderr.write(done.stderr)
                break
        if found := _found_browser():
            return found
    raise Refused("The journeys need Chromium: install it (apt-get install chromium), or name one in POUKAMA_CHROMIUM.")


def _found_browser() -> str | None:
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def throw_away() -> Iterator[Environment]:
    """An environment with a PostgreSQL of its own, which is gone afterwards; one left by a killed run is cleared."""
    VAR.mkdir(mode=0o700, exist_ok=True)
    where = postgres.home(ROOT, "test")
    with (VAR / "test.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("Another test run of this folder is under way: wait for its end, then run again.") from None
        postgres.clear(where)
        discard(where)
        shutil.rmtree(VAR / "test-keys", ignore_errors=True)
        with cluster(where, postgres.choose(candidates(), where)) as environment:
            yield environment


@contextmanager
def cluster(where: postgres.Home, programs: postgres.Programs) -> Iterator[Environment]:
    """A cluster with the two roles and an empty database; its owner may make others. Its files go at the end."""
    server = postgres.start(where, programs, VAR / "test.log", durable=False)
    try:
        addresses = addresses_of(where.url("postgres", "poukama"), {"owner": "owner", "app": "app"})
        prepare.arrange(addresses.admin, addresses.owner, addresses.app)
        with psycopg.connect(addresses.admin, autocommit=True) as admin:
            admin.execute(sql.SQL("alter role {} createdb").format(sql.Identifier("poukama_owner")))
        yield clean_environment() | {
            "POUKAMA_ROOT_KEY": base64.b64encode(os.urandom(32)).decode(),
            "POUKAMA_KEYS": str(VAR / "test-keys"),
            "POUKAMA_DATABASE_URL": addresses.app,
            "POUKAMA_OWNER_URL": addresses.owner,
            "DJANGO_SETTINGS_MODULE": "poukama.config.settings",
        }
    finally:
        server.stop()
        discard(where)
        shutil.rmtree(VAR / "test-keys", ignore_errors=True)


def discard(where: postgres.Home) -> None:
    """Remove the files of a cluster that is stopped."""
    shutil.rmtree(where.data, ignore_errors=True)
    if where.account is not None:
        shutil.rmtree(where.data.parent, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
