"""From an administrator's login to a database that is ready: roles, database, tables, packs, demo; and static files.

The database has two roles. One owns it and changes its tables; the other serves requests and owns nothing, so that no
fault in a page can lift the walls between centres. Every step may be done again, and after a step that broke off.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from poukama.operations.environment import Refused
from poukama.operations.postgres import OLDEST

Admin = psycopg.Connection[tuple[object, ...]]


def main(arguments: list[str]) -> int:
    """Prepare the database that the environment names; with `again`, drop it first if it is a practice version."""
    admin, owner, app = (os.environ[f"POUKAMA_{name}_URL"] for name in ("ADMIN", "OWNER", "DATABASE"))
    try:
        if arguments == ["again"]:
            drop_practice(admin)
        arrange(admin, owner, app)
        migrate(owner)
        furnish(app)
        collect_static()
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    return 0


def arrange(admin: str, owner: str, app: str) -> None:
    """Make the two roles and the database where they are missing, and give each role what it needs and no more.

    Raises Refused for what this administrator may not do.
    """
    name = _database(admin)
    with _connected(admin, name) as (connection, exists):
        _check_version(connection)
        with _mending(connection):
            for address in (owner, app):
                _make_role(connection, address)
            _belong(connection, owner)
            if not exists:
                _make_database(connection, name, owner)
    with _connected(admin, name) as (connection, _), _mending(connection):
        _grant(connection, name, owner, app)
    for address in (owner, app):
        _try_login(address)


@contextmanager
def _connected(admin: str, name: str) -> Iterator[tuple[Admin, bool]]:
    """A connection to the database, and True; or to the server's own database, and False, if it is still missing."""
    try:
        connection, exists = psycopg.connect(admin, autocommit=True, connect_timeout=5), True
    except psycopg.OperationalError as refusal:
        try:
            connection, exists = psycopg.connect(admin, dbname="postgres", autocommit=True, connect_timeout=5), False
        except psycopg.OperationalError:
            raise Refused(
                f"PostgreSQL refused DATABASE_URL ({_line(refusal)}): check its host, login and password."
            ) from None
        if connection.execute("select from pg_database where datname = %s", [name]).fetchone():
            connection.close()
            raise Refused(f"PostgreSQL refused database {name} ({_line(refusal)}): let the login connect.") from None
    with connection:
        yield connection, exists


def _check_version(connection: Admin) -> None:
    major = connection.info.server_version // 10_000
    if major < OLDEST:
        raise Refused(f"DATABASE_URL leads to PostgreSQL {major}: Poukama needs {OLDEST} or newer.")


@contextmanager
def _mending(connection: Admin) -> Iterator[None]:
    """Say in one line what the administrator's login may not do."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as refusal:
        login = connection.info.user
        raise Refused(
            f"The login of DATABASE_URL may not do this ({_line(refusal)}): "
            f"ALTER ROLE {login} CREATEROLE CREATEDB, or name a login that may."
        ) from None
    except psycopg.Error as refusal:
        raise Refused(f"PostgreSQL refused ({_line(refusal)}): mend that, then run again.") from None


def _make_role(connection: Admin, address: str) -> None:
    role, password = _login(address)
    name = sql.Identifier(role)
    there = connection.execute("select rolsuper or rolbypassrls from pg_roles where rolname = %s", [role]).fetchone()
    if there == (True,):
        raise Refused(f"The role {role} passes every wall: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS, then run again.")
    if there and _may_log_in(address):
        return
    if there is None:
        connection.execute(sql.SQL("create role {}").format(name))
    # Sent as the server keeps it, so that no log of the server can hold the password.
    kept = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.execute(sql.SQL("alter role {} login password {}").format(name, sql.Literal(kept)))


def _belong(connection: Admin, owner: str) -> None:
    """An administrator who is not a superuser acts for the owner as its member."""
    role = _login(owner)[0]
    if connection.execute("select pg_has_role(%s, 'member')", [role]).fetchone() != (True,):
        connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(role)))


def _make_database(connection: Admin, name: str, owner: str) -> None:
    statement = "create database {} owner {} template template0 encoding 'UTF8'"
    if connection.info.server_version >= 170_000:
        # The same order of letters on every machine, whatever its system knows.
        statement += " locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
    role = sql.Identifier(_login(owner)[0])
    connection.execute(sql.SQL(statement).format(sql.Identifier(name), role))


def _grant(connection: Admin, name: str, owner: str, app: str) -> None:
    for statement in (
        "revoke all on database {database} from public",
        "grant all on database {database} to {owner}",
        "grant connect on database {database} to {app}",
        "revoke all on schema public from public",
        "grant all on schema public to {owner}",
        "grant usage on schema public to {app}",
        "alter default privileges for role {owner} in schema public "
        "grant select, insert, update, delete on tables to {app}",
        "alter default privileges for role {owner} in schema public grant usage on sequences to {app}",
    ):
        names = {"database": name, "owner": _login(owner)[0], "app": _login(app)[0]}
        connection.execute(sql.SQL(statement).format(**{key: sql.Identifier(value) for key, value in names.items()}))


def _try_login(address: str) -> None:
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError as refusal:
        raise Refused(
            f"The role {_login(address)[0]} can't log in ({_line(refusal)}): allow scram-sha-256 for it in pg_hba.conf."
        ) from None


def _may_log_in(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError as refusal:
        # Logged in, and then found the database missing.
        return "does not exist" in str(refusal)
    return True


def drop_practice(admin: str) -> None:
    """Drop the database, if it is a practice version. Raises Refused, and drops nothing, for any other."""
    name = _database(admin)
    with _connected(admin, name) as (connection, exists):
        if not exists:
            return
        try:
            practice = connection.execute("select practice from centres_installation").fetchone()
        except psycopg.errors.UndefinedTable:
            practice = None
    if practice != (True,):
        raise Refused(f"The database {name} is not a practice version: the demo is never loaded into it.")
    with psycopg.connect(admin, dbname="postgres", autocommit=True) as connection, _mending(connection):
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def migrate(owner: str) -> None:
    """Bring the tables up to date, as the role that owns them."""
    _use(owner)
    from django.core.management import call_command  # noqa: PLC0415 - only after the database is named

    call_command("migrate", interactive=False, verbosity=0)


def furnish(app: str) -> None:
    """Found a new installation as a practice version; load the front centre's pack, and in practice the demo."""
    _use(app)
    from django.conf import settings  # noqa: PLC0415 - only after the database is named

    from demo.load import load  # noqa: PLC0415
    from poukama.centres import actions  # noqa: PLC0415
    from poukama.centres.files import read_files  # noqa: PLC0415
    from poukama.centres.pack import PackErrors, read_pack  # noqa: PLC0415
    from poukama.core import clock  # noqa: PLC0415
    from poukama.gate.rules import INSTALLATION, OPERATOR  # noqa: PLC0415

    at, front = clock.now(), settings.FRONT_PACK
    practice = True
    try:
        actions.found(INSTALLATION, practice=True, by=OPERATOR, at=at)
    except actions.FoundedAsOther:
        practice = False
    try:
        actions.load_pack(INSTALLATION, pack=read_pack(front), files=read_files(front), by=OPERATOR, at=at)
        if practice:
            load(at)
    except OSError as fault:
        raise Refused(f"The pack {front} cannot be read ({fault.strerror}): name one in POUKAMA_FRONT_PACK.") from None
    except PackErrors as faults:
        raise Refused(f"A pack is at fault ({faults.errors[0]}): poukama centre check PACK says all of it.") from None


def collect_static() -> None:
    """Gather the style sheets and scripts, compressed and named by what they hold, where the web server finds them."""
    from django.core.management import call_command  # noqa: PLC0415 - only after Django is set up

    call_command("collectstatic", interactive=False, verbosity=0)


def _use(address: str) -> None:
    """Make Django talk to the database as this role."""
    os.environ["POUKAMA_DATABASE_URL"] = address
    import django  # noqa: PLC0415 - settings read the environment when they are imported
    from django.db import connection  # noqa: PLC0415

    django.setup()
    connection.close()
    connection.settings_dict["USER"], connection.settings_dict["PASSWORD"] = _login(address)
    # A pool would go on giving out the connections of the role before.
    connection.settings_dict["OPTIONS"].pop("pool", None)


def _login(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return unquote(parts.username or ""), unquote(parts.password or "")


def _database(address: str) -> str:
    return unquote(urlsplit(address).path.lstrip("/"))


def _line(refusal: Exception) -> str:
    """What PostgreSQL said, without the prose around it."""
    return (str(refusal).strip().splitlines() or ["no reason given"])[0].rpartition("FATAL: ")[2].strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
