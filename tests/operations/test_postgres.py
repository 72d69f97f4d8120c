"""The runner of PostgreSQL's programs, with the installed ones where there are any, and with the wheel's."""

import os
import shutil
import stat
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from poukama.operations import postgres, testing
from poukama.operations.environment import Refused
from tests.operations.checkout import kill, living

pytestmark = pytest.mark.ops

WHEEL = postgres.embedded(Path(sysconfig.get_path("purelib")))
PROGRAMS = [*postgres.installed()[:1], WHEEL]


@pytest.fixture(params=PROGRAMS, ids=lambda programs: f"PostgreSQL {programs.major}" if programs else "no wheel")
def programs(request):
    return request.param


@pytest.fixture
def where(tmp_path) -> Iterator[postgres.Home]:
    where = postgres.home(tmp_path)
    yield where
    postgres.clear(where)
    testing.discard(where)
    shutil.rmtree(where.socket, ignore_errors=True)


@pytest.fixture
def start(where, programs, tmp_path):
    started: list[postgres.Server] = []

    def begin(*, durable: bool = False) -> postgres.Server:
        started.append(postgres.start(where, programs, tmp_path / "log", durable=durable))
        return started[-1]

    yield begin
    for server in started:
        server.stop()


def ask(where: postgres.Home, statement: str) -> object:
    with psycopg.connect(where.url("postgres", "postgres"), autocommit=True) as connection:
        answer = connection.execute(statement)
        row = answer.fetchone() if answer.description else None
        return row and row[0]


def test_a_new_cluster_answers_on_its_socket_and_on_no_port(start, where):
    server = start()
    assert ask(where, "show listen_addresses") == ""
    assert ask(where, "show data_checksums") == "on"
    assert ask(where, "show server_encoding") == "UTF8"
    assert stat.S_IMODE(where.socket.stat().st_mode) == 0o700
    server.stop()
    assert server.process.returncode == 0
    assert not where.socket.exists()


def test_in_a_cluster_that_is_thrown_away_nobody_works_whom_its_owner_may_not_end(start, where):
    start()
    assert ask(where, "show autovacuum") == "off"


def test_what_was_written_outlives_a_power_cut(start, where):
    server = start(durable=True)
    ask(where, "create table kept as select 1 as n")
    kill({server.process.pid, *postgres.residents(where.data, "postgres", where.account)})
    start(durable=True)
    assert ask(where, "select n from kept") == 1


def test_a_server_without_a_launcher_gives_way_to_the_next(start, where):
    orphan = start()
    ask(where, "create table kept as select 1 as n")
    start()
    assert not living({orphan.process.pid})
    assert ask(where, "select n from kept") == 1


def test_a_lock_of_an_ended_process_that_nobody_has_asked_about_is_no_lock(start, where):
    start().stop()
    zombie = os.fork()
    if zombie == 0:
        os._exit(0)
    (where.data / "postmaster.pid").write_text(f"{zombie}\n{where.data}\n")
    start()
    os.waitpid(zombie, 0)
    assert ask(where, "select 1") == 1


def test_a_lock_of_some_other_program_is_no_lock_and_that_program_goes_on(start, where):
    start().stop()
    (where.data / "postmaster.pid").write_text(f"{os.getpid()}\n{where.data}\n")
    start()
    assert ask(where, "select 1") == 1


def test_a_cluster_half_made_is_made_again(start, where):
    half = where.data.with_name(where.data.name + ".half")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")
    start()
    assert ask(where, "select 1") == 1
    assert not half.exists()


def test_a_socket_folder_that_somebody_laid_out_is_refused(start, where, tmp_path):
    where.socket.parent.mkdir(parents=True, exist_ok=True)
    where.socket.symlink_to(tmp_path)
    with pytest.raises(Refused, match="belongs to somebody else: remove it"):
        start()
    where.socket.unlink()


def test_a_log_of_a_fault_repeats_nothing_of_the_statement(start, where, tmp_path):
    start()
    ask(where, "create table told (name text primary key); insert into told values ('Aino')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(where, "insert into told values ('Aino')")
    log = (tmp_path / "log").read_text()
    assert "duplicate key" in log
    assert "Aino" not in log


def test_the_programs_of_the_clusters_own_version_are_chosen(where):
    where.data.mkdir(parents=True)
    (where.data / "PG_VERSION").write_text("16\n")
    old, fitting = postgres.Programs(Path("/a"), 18), postgres.Programs(Path("/b"), 16)
    assert postgres.choose([old, fitting], where) == fitting


def test_a_cluster_whose_version_is_gone_is_not_left_aside_for_an_empty_one(where):
    where.data.mkdir(parents=True)
    (where.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(Refused, match="is of PostgreSQL 16, which is no longer here: install that version"):
        postgres.choose([postgres.Programs(Path("/a"), 18)], where)


def test_without_any_postgresql_the_mend_is_said(where):
    with pytest.raises(Refused, match="install version 15 or newer, or set DATABASE_URL"):
        postgres.choose([], where)


def test_a_fresh_checkout_in_the_place_of_an_old_one_has_its_own_cluster(tmp_path):
    before = postgres.home(tmp_path)
    assert postgres.home(tmp_path) == before
    shutil.rmtree(tmp_path / "var")
    assert postgres.home(tmp_path).socket != before.socket
