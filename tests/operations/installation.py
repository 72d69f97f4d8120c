"""A whole installation for a test: a database that waits for the disk, a web server, members who are signed in."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlencode
from uuid import UUID

import psycopg
from django.test import override_settings

from poukama.core import vault
from poukama.operations import launch, postgres, testing
from poukama.operations.environment import clean_environment
from tests.operations.checkout import family, kill

ROOT = Path(__file__).resolve().parents[2]
# What a form's token looks like; the cookie and the header only have to say the same.
TOKEN = "t" * 32


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str

    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.text)


@dataclass
class Browser:
    """A member's browser: signed in, on one connection that is opened again when it broke."""

    port: int
    session: str
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Any = None, *, form: dict[str, str] | None = None) -> Answer:
        """One request. Raises OSError or HTTPException when nobody answers it."""
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept-Language": "fi",
        }
        content = b""
        if body is not None:
            headers["Content-Type"], content = "application/json", json.dumps(body).encode()
        elif form is not None:
            headers["Content-Type"], content = "application/x-www-form-urlencoded", urlencode(form).encode()
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            self.connection.request(method, path, content, headers)
            response = self.connection.getresponse()
            return Answer(response.status, response.read().decode())
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        """Let the connection go."""
        if self.connection:
            self.connection.close()
        self.connection = None

    def begin(self, record: UUID) -> str:
        """Begin a contact; its address."""
        answer = self.ask("POST", "/s/puhelin/uusi", form={"contact": str(record)})
        assert answer.status == 303, answer
        return f"/s/puhelin/{record}"

    def save(self, address: str, *, writer: UUID, number: int, **fields: Any) -> Answer:
        """What the page's script sends."""
        return self.ask("POST", f"{address}/tallenna", {"writer": str(writer), "number": number, "fields": fields})


@dataclass
class Installation:
    """The database's server, the web server, and where their files are."""

    folder: Path
    where: postgres.Home
    programs: postgres.Programs
    environment: dict[str, str]
    admin: str
    port: int
    database: postgres.Server | None = None
    web: subprocess.Popen[bytes] | None = None
    browsers: list[Browser] = field(default_factory=list)

    @property
    def logs(self) -> Path:
        """Where both servers write."""
        return self.folder / "log"

    def start_database(self) -> None:
        """Start it; what a kill has left is mended first."""
        self.database = postgres.start(self.where, self.programs, self.logs / "postgres.log")

    def kill_database(self) -> None:
        """As a power cut does: every process of it at once."""
        for pid in postgres.residents(self.where.data, "postgres", self.where.account):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.database:
            self.database.process.wait(20)

    def start_web(self) -> None:
        """Start the web server as `make run` does; it answers when this returns."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "--no-ws", "--log-level", "error"]
        with (self.logs / "web.log").open("ab") as out:
            self.web = subprocess.Popen(
                [*command, "--no-access-log", "poukama.config.wsgi:application"],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        nobody = Browser(self.port, "")
        self.until(lambda: nobody.ask("GET", "/s/puhelin").status < 500)
        nobody.close()

    def kill_web(self) -> None:
        """Every process of it at once."""
        if self.web:
            kill(family(self.web.pid))
            self.web.wait()

    def until(self, holds: Any, seconds: float = 20.0) -> float:
        """Wait until something holds; how long it took. Raises AssertionError if it never does."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            with suppress(OSError, http.client.HTTPException):
                if holds():
                    return time.monotonic() - began
            time.sleep(0.02)
        raise AssertionError(f"it does not hold after {seconds:.0f} s")

    def ask_owner(self, statement: LiteralString, *values: object, database: str = "") -> list[tuple[Any, ...]]:
        """As the administrator of the server, behind every wall; in another of its databases if one is named."""
        where = self.where.url("postgres", database) if database else self.admin
        with psycopg.connect(where, autocommit=True) as connection:
            answer = connection.execute(statement, values)
            return answer.fetchall() if answer.description else []

    def opened(self, sealed: bytes, *, centre: int, record: UUID, name: str) -> str:
        """A sealed text of a contact."""
        return self.unsealed(sealed, centre=centre, record=record, place=f"helpline_contact.{name}")

    def unsealed(self, sealed: bytes, *, centre: int, record: UUID, place: str) -> str:
        """A sealed text, with this installation's keys."""
        known = {"KEYS": self.environment["POUKAMA_KEYS"], "ROOT_KEY": self.environment["POUKAMA_ROOT_KEY"]}
        with override_settings(**known):
            return vault.unseal(bytes(sealed), centre=centre, record=record, place=place)


@contextmanager
def installation(folder: Path, members: int) -> Iterator[Installation]:
    """An installation in a folder, running, with so many midwives at Satama signed in; all of it gone afterwards."""
    (folder / "log").mkdir(parents=True)
    where = postgres.home(folder)
    addresses = launch.addresses_of(where.url("postgres", "poukama"), {"owner": "owner", "app": "app"})
    environment = clean_environment() | {
        "DJANGO_SETTINGS_MODULE": "poukama.config.settings",
        "PYTHONPATH": str(ROOT),
        "POUKAMA_SECRET_KEY": "only for this test, and long enough to be one",
        "POUKAMA_ROOT_KEY": b64encode(os.urandom(32)).decode(),
        "POUKAMA_KEYS": str(folder / "keys"),
        "POUKAMA_STATIC": str(folder / "static"),
        "POUKAMA_DATABASE_URL": addresses.app,
    }
    programs = postgres.choose(launch.candidates(), where)
    made = Installation(folder, where, programs, environment, addresses.admin, _free_port())
    made.start_database()
    try:
        told = {"POUKAMA_ADMIN_URL": addresses.admin, "POUKAMA_OWNER_URL": addresses.owner}
        run_module(environment | told, "poukama.operations.prepare")
        sessions = json.loads(run_module(environment, "tests.operations.signed_in", str(members)))
        made.browsers = [Browser(made.port, session) for session in sessions]
        made.start_web()
        yield made
    finally:
        for browser in made.browsers:
            browser.close()
        made.kill_web()
        if made.database:
            made.kill_database()
        testing.discard(where)


def run_module(environment: dict[str, str], module: str, *words: str) -> str:
    """What a program of ours prints in an installation; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
