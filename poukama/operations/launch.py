"""`make run`: PostgreSQL, the database, the web server, one line that says where; and all of it stopped again."""

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from poukama.operations import postgres
from poukama.operations.environment import ROOT, VAR, Refused, clean_environment, mend_of, refuse, say
from poukama.operations.kept import keep_address, kept_keys, kept_secrets

FIRST_PORT = 8000
LOGS = VAR / "log"
# The web server's working folder, and nobody else's: by it a server that lost its launcher is found again.
WEB = VAR / "web"
_LAST_LINES = 15
_PATIENCE = 60.0


class Stopped(Exception):
    """Somebody asked us to stop."""


class Asked:
    """Whether somebody asked us to stop: looked at while we wait, so that nothing is left half started."""

    def __init__(self) -> None:
        self.to_stop = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, *_: object) -> None:
        self.to_stop = True

    def pause(self, seconds: float) -> None:
        """Wait, and raise Stopped if we were asked to stop."""
        time.sleep(seconds)
        if self.to_stop:
            raise Stopped


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one database: for its administrator, for the role that owns it, for the app, which does not."""

    admin: str
    owner: str
    app: str


def main(arguments: list[str]) -> int:
    """Run Poukama until somebody stops it, or load its demo anew. Returns the exit code."""
    asked = Asked()
    try:
        with ExitStack() as stack:
            {"run": run, "demo": demo}[arguments[0]](stack, asked)
    except Stopped:
        say("Stopped.")
    except Refused as refusal:
        return refuse(refusal)
    except OSError as fault:
        return refuse(Refused(mend_of(fault)))
    return 0


def run(stack: ExitStack, asked: Asked) -> None:
    """Start everything, say where it is, and wait. What was started is stopped with the stack."""
    if not stack.enter_context(_alone()):
        say(f"Poukama is already running here: {_running()} (Ctrl-C where it was started stops it)")
        return
    postgres.kill_residents(WEB, "python")
    server, addresses = database(stack, asked)
    prepare(addresses, asked)
    port = stack.enter_context(free_port())
    web = stack.enter_context(web_server(port, addresses))
    _await_page(port, web, asked)
    url = f"http://localhost:{port}/"
    (VAR / "running.json").write_text(json.dumps({"url": url}))
    say(f"Poukama is ready: {url} (Ctrl-C stops it)")
    while web.poll() is None and (server is None or server.process.poll() is None):
        asked.pause(0.2)
    part, log = ("The web server", "web.log") if web.poll() is not None else ("PostgreSQL", "postgres.log")
    raise _fault(f"{part} has stopped", LOGS / log)


def demo(stack: ExitStack, asked: Asked) -> None:
    """Drop the practice database and make it again, with the demo's last night. Its web server may go on running."""
    if stack.enter_context(_alone()):
        _, addresses = database(stack, asked)
    else:
        where = postgres.home(ROOT)
        addresses = addresses_of(os.environ.get("DATABASE_URL") or where.url("postgres", "poukama"), kept_secrets())
    prepare(addresses, asked, "again")
    say("The demo is loaded: the night before now.")


def database(stack: ExitStack, asked: Asked) -> tuple[postgres.Server | None, Addresses]:
    """The database's server, if it is ours to start, and the addresses of the database."""
    LOGS.mkdir(parents=True, exist_ok=True)
    if url := os.environ.get("DATABASE_URL"):
        return None, addresses_of(url, kept_secrets())
    # What leads libpq to some other server by default must not lead it away from ours.
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    where = postgres.home(ROOT)
    programs = postgres.choose(candidates(), where)
    say(f"Starting PostgreSQL {programs.major} ...")
    server = postgres.start(where, programs, LOGS / "postgres.log", pause=asked.pause)
    stack.callback(server.stop)
    return server, addresses_of(where.url("postgres", "poukama"), kept_secrets())


def candidates() -> list[postgres.Programs]:
    """Every PostgreSQL whose programs we could use: the installed ones, then the wheel's."""
    wheels = [postgres.embedded(Path(packages)) for packages in sys.path if packages.endswith("-packages")]
    return postgres.installed() + [programs for programs in wheels if programs is not None]


def addresses_of(admin: str, kept: dict[str, str]) -> Addresses:
    """The addresses of the database that an administrator's address names, with the passwords that were kept."""
    parts = urlsplit(admin)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise Refused("DATABASE_URL is not understood: write postgresql://administrator:password@host:5432/poukama.")
    place = parts.netloc.rpartition("@")[2]

    def address(role: str) -> str:
        login = f"{quote(f'{name}_{role}', safe='')}:{kept[role]}"
        return urlunsplit(parts._replace(netloc=f"{login}@{place}"))

    return Addresses(admin, address("owner"), address("app"))


def prepare(addresses: Addresses, asked: Asked, *how: str) -> None:
    """Bring the database and the static files up to date, in a process of its own that knows the owner's address."""
    environment = _environment(addresses.app) | {
        "POUKAMA_ADMIN_URL": addresses.admin,
        "POUKAMA_OWNER_URL": addresses.owner,
    }
    log = LOGS / "prepare.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "poukama.operations.prepare", *how],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        while process.poll() is None:
            asked.pause(0.02)
    finally:
        process.kill()
        process.wait()
    if process.returncode == 2:
        raise Refused(log.read_text().strip().splitlines()[-1])
    if process.returncode:
        raise _fault("The database could not be prepared", log)
    keep_address(addresses.app)


def _environment(app: str) -> dict[str, str]:
    """What the web server knows: the app's login, and neither the owner's nor the administrator's."""
    hidden = ("DATABASE_URL", "PGPASSWORD", "PGUSER", "PGOPTIONS")
    return {name: value for name, value in clean_environment().items() if name not in hidden} | {
        **kept_keys(),
        "DJANGO_SETTINGS_MODULE": "poukama.config.settings",
        "POUKAMA_DATABASE_URL": app,
        "POUKAMA_SECRET_KEY": kept_secrets()["secret_key"],
        # The web server works in a folder of its own: what was named from here is named in full.
        "POUKAMA_FRONT_PACK": str(ROOT / (os.environ.get("POUKAMA_FRONT_PACK") or "centres/helsinki")),
        "POUKAMA_PACKS": str(ROOT / (os.environ.get("POUKAMA_PACKS") or "centres")),
    }


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this is the only run of this checkout; the lock goes with the process, however it ends."""
    VAR.mkdir(mode=0o700, exist_ok=True)
    if VAR.stat().st_uid != os.geteuid():
        raise Refused(f"{VAR} belongs to another user: run as that user, or take a checkout of your own.")
    with (VAR / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        (VAR / "running.json").unlink(missing_ok=True)
        yield True


def _running() -> str:
    try:
        return str(json.loads((VAR / "running.json").read_text())["url"])
    except FileNotFoundError:
        return "it is just starting"


@contextmanager
def free_port() -> Iterator[int]:
    """The first free port from the usual one up, kept from every other launcher on this machine while it is held."""
    for port in range(FIRST_PORT, 2**16):
        with closing(socket.socket(socket.AF_UNIX)) as claim:
            try:
                # A name outside the file system: two launchers that look at once can't both have it, and it needs no
                # clearing up. The port itself is the web server's to take.
                claim.bind(f"\0poukama.port.{port}")
            except OSError:
                continue
            if _free(port):
                yield port
                return
    raise Refused("No port is free on this machine: stop another server.")


def _free(port: int) -> bool:
    # "localhost" may mean either: a server of somebody else on one of them would answer in our place.
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            probe = socket.socket(family)
        except OSError:
            continue
        with closing(probe):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as fault:
                if family == socket.AF_INET or "in use" in str(fault):
                    return False
    return True


@contextmanager
def web_server(port: int, addresses: Addresses) -> Iterator[subprocess.Popen[bytes]]:
    """The web server, on the loopback interface only; it writes nothing to the terminal."""
    WEB.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error", "--no-access-log"]
    with (LOGS / "web.log").open("ab") as out:
        process = subprocess.Popen(
            [*command, "poukama.config.wsgi:application"],
            cwd=WEB,
            env=_environment(addresses.app),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await_page(port: int, web: subprocess.Popen[bytes], asked: Asked) -> None:
    patience = time.monotonic() + _PATIENCE
    while time.monotonic() < patience:
        if web.poll() is not None:
            raise _fault("The web server stopped while starting", LOGS / "web.log")
        if (status := _status(port)) is not None:
            if status >= 500:
                raise _fault(f"The first page fails ({status})", LOGS / "web.log")
            return
        asked.pause(0.05)
    raise _fault(f"The first page did not answer within {_PATIENCE:.0f} seconds", LOGS / "web.log")


def _status(port: int) -> int | None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None


def _fault(what: str, log: Path) -> Refused:
    """Something broke that nobody has foreseen: the last of what it said, then one line."""
    lines = log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
    sys.stderr.write("".join(f"  {line}\n" for line in lines))
    return Refused(f"{what}: the whole of it is in {log}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
