"""The test database: made and migrated by its owner, used as the role that serves requests, which owns nothing."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase, override_settings
from hypothesis import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from poukama.centres import access
from poukama.config.settings import database
from poukama.core import catalogues
from poukama.guide import approved

# How long an example takes says more of the machine than of us.
settings.register_profile("poukama", deadline=None)
settings.load_profile("poukama")

NAME = f"test_poukama_{os.getpid()}"
Owner = Callable[[str], list[tuple[Any, ...]]]


def as_owner(statement: str | sql.Composed, *, dbname: str = NAME) -> list[tuple[Any, ...]]:
    """Run a statement as the owner of the tables; its rows, if it gives any."""
    with psycopg.connect(os.environ["POUKAMA_OWNER_URL"], dbname=dbname, autocommit=True) as owner:
        answer = owner.execute(statement)
        return answer.fetchall() if answer.description else []


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """One database a run. Without the two URLs there is no test of the database, and no quiet skipping either."""
    if missing := {"POUKAMA_DATABASE_URL", "POUKAMA_OWNER_URL"} - os.environ.keys():
        pytest.fail(f"`make test` starts a database and sets {', '.join(sorted(missing))}", pytrace=False)
    serving = dict(connection.settings_dict)
    name, role = sql.Identifier(NAME), sql.Identifier(serving["USER"])
    as_owner(sql.SQL("drop database if exists {} with (force)").format(name), dbname="postgres")
    as_owner(sql.SQL("create database {}").format(name), dbname="postgres")
    for rights, what in (("select, insert, update, delete", "tables"), ("usage", "sequences")):
        grant = sql.SQL("alter default privileges in schema public grant {} on {} to {}")
        as_owner(grant.format(sql.SQL(rights), sql.SQL(what), role))
    with django_db_blocker.unblock():
        _use(os.environ["POUKAMA_OWNER_URL"])
        call_command("migrate", verbosity=0)
        connection.close()
        _use(os.environ["POUKAMA_DATABASE_URL"])
        yield
        connection.close()
    as_owner(sql.SQL("drop database {} with (force)").format(name), dbname="postgres")


def _use(url: str) -> None:
    # Without the pool, which keeps connections that the end of the run would have to break.
    given = database(url)
    connection.settings_dict.update({**given, "NAME": NAME})
    connection.settings_dict["OPTIONS"] = {k: v for k, v in given["OPTIONS"].items() if k != "pool"}  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def app_url(django_db_setup) -> str:
    """Where the role that serves requests finds the test database."""
    return make_conninfo(os.environ["POUKAMA_DATABASE_URL"], dbname=NAME)


@pytest.fixture(scope="session")
def owner(django_db_setup) -> Owner:
    """Runs a statement as the tables' owner, for what nobody else may do."""
    return as_owner


@pytest.fixture(autouse=True, scope="session")
def _emptying_is_the_owners() -> Iterator[None]:
    # Django empties every table after a test that commits. Ours refuse that, so the owner lifts the refusal for it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: _empty())
        yield


def _empty() -> None:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    lines = [f"alter table {table} disable trigger user" for table in tables]
    lines.append(f"truncate {', '.join(tables)} restart identity cascade")
    lines += [f"alter table {table} enable trigger user" for table in tables]
    # A server that a test left in the middle of a transaction is named as a fault, not waited for.
    as_owner(";".join(["set lock_timeout = '10s'", *lines]))


@pytest.fixture(scope="session", autouse=True)
def _compiled_texts() -> None:
    catalogues.compile_all()


@pytest.fixture
def plain_static(tmp_path) -> Iterator[None]:
    """Static files by their plain names, for pages without a server."""
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        yield


@pytest.fixture(autouse=True)
def _practice_is_asked_afresh(request, monkeypatch) -> None:
    # A test that has no database has the real service, as the pages have it without one.
    has_database = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    marked = request.node.get_closest_marker("django_db")
    monkeypatch.setattr(access._Practice, "answer", None if has_database or marked else False)
    monkeypatch.setattr(access._Practice, "ask_at", 0.0)
    # Nor has it anything approved.
    never: defaultdict[str, float] = defaultdict(lambda: 0.0 if has_database or marked else float("inf"))
    monkeypatch.setattr(approved._Known, "answers", {})
    monkeypatch.setattr(approved._Known, "ask_at", never)
