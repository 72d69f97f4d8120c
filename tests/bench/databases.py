"""The databases of a run: the one that `make bench` gives, one as it was when there was little in it, and the plain."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection
from psycopg import sql

from poukama.operations import postgres
from poukama.operations.environment import ROOT

# As it was when there was little in it.
FEW_DATABASE = "few"


def named(address: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def main_name() -> str:
    """The name of the database that `make bench` gives."""
    return urlsplit(os.environ["POUKAMA_DATABASE_URL"]).path.lstrip("/")


def app(name: str) -> str:
    """The address at which requests are served from a database."""
    return named(os.environ["POUKAMA_DATABASE_URL"], name)


def database_seconds() -> float:
    """What every process of the test cluster has used so far, and those that have ended."""
    where = postgres.home(ROOT, "test")
    ticks = 0
    for pid in postgres.residents(where.data, "postgres", where.account):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def copy(name: str) -> None:
    """Copy the database as it is now."""
    connection.close()
    with psycopg.connect(named(os.environ["POUKAMA_OWNER_URL"], "postgres"), autocommit=True) as owner:
        names = {"copy": sql.Identifier(name), "main": sql.Identifier(main_name())}
        owner.execute(sql.SQL("drop database if exists {copy} with (force)").format(**names))
        owner.execute(sql.SQL("create database {copy} template {main}").format(**names))


@contextmanager
def using(name: str) -> Iterator[None]:
    """Django talks to this database."""
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = main_name()


@lru_cache(maxsize=1)
def prepare_plain() -> str:
    """A database of its own for the plain stack, owned by whoever owns ours; the session of somebody in it."""
    with psycopg.connect(os.environ["POUKAMA_OWNER_URL"], autocommit=True) as owner:
        owner.execute("drop database if exists plain with (force)")
        owner.execute("create database plain")
    os.environ["POUKAMA_PLAIN_URL"] = named(os.environ["POUKAMA_OWNER_URL"], "plain")
    command = [sys.executable, "-m", "tests.bench.stack.site"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout
