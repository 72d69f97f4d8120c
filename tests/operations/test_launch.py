"""`make run` and its neighbours, on real copies of this checkout."""

import os
import pwd
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from poukama.operations import launch, postgres, testing
from tests.operations.checkout import Checkout, Run, copy_to, family, kill, living, ordinary_python, status

pytestmark = pytest.mark.ops


@pytest.fixture(scope="module")
def mine(tmp_path_factory) -> Iterator[Checkout]:
    """A copy whose path has spaces, in a folder that only its owner may enter."""
    private = tmp_path_factory.mktemp("only mine")
    private.chmod(0o700)
    copy_to(private / "po ukama")
    checkout = Checkout(private / "po ukama", shutil.which("python3") or "python3")
    yield checkout
    checkout.remove()


@pytest.fixture(scope="module")
def theirs() -> Iterator[Checkout]:
    """A copy of an ordinary user: somebody else if we are root, else ourselves."""
    place = Path(tempfile.mkdtemp(dir="/tmp"))  # pytest's own folder is closed to others
    place.chmod(0o755)
    copy_to(place / "poukama")
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    python = ordinary_python(account, place) if account else shutil.which("python3") or "python3"
    if account:
        for path in (place, place / "poukama", *(place / "poukama").rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
    yield Checkout(place / "poukama", python, account)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Iterator[postgres.Home]:
    """A PostgreSQL that is not ours to start, with an administrator who is not its superuser."""
    where = postgres.home(tmp_path_factory.mktemp("elsewhere"))
    log = tmp_path_factory.mktemp("log") / "postgres.log"
    server = postgres.start(where, launch.candidates()[0], log, durable=False)
    with psycopg.connect(where.url("postgres", "postgres"), autocommit=True) as root:
        root.execute("create role ann login createrole createdb")
        root.execute("create role bob login")
    yield where
    server.stop()
    testing.discard(where)


@pytest.fixture
def started(mine) -> Iterator[Run]:
    run = mine.run()
    yield run
    run.stop()


def test_the_first_run_ends_in_a_page_and_control_c_leaves_nothing(mine, capsys):
    run = mine.run()
    assert status(run.url) == 200
    assert sum("http://" in line for line in run.lines) == 1
    assert len(run.lines) <= 4
    assert run.stop(group=True) == "Stopped.\n"
    assert not living(run.pids)
    with pytest.raises(OSError, match="refused"):
        status(run.url)
    with capsys.disabled():
        print(f"\n  first run {run.seconds:.1f} s", end=" ")  # noqa: T201 - a figure, not a check


def test_a_second_run_finds_everything_there_and_stops_at_a_signal(started, capsys):
    assert status(started.url) == 200
    assert not any("Installing" in line for line in started.lines)
    assert "Traceback" not in started.stop()
    assert not living(started.pids)
    with capsys.disabled():
        print(f"\n  second run {started.seconds:.1f} s", end=" ")  # noqa: T201 - a figure, not a check


def test_it_runs_again_after_everything_was_killed(started, mine):
    kill(family(started.process.pid))
    again = mine.run()
    assert status(again.url) == 200
    again.stop()


def test_it_runs_again_after_only_the_launcher_was_killed(started, mine):
    all_of_it = family(started.process.pid)
    launcher = {pid for pid in all_of_it if b"operations.launch" in Path(f"/proc/{pid}/cmdline").read_bytes()}
    kill({started.process.pid} | launcher)
    assert living(all_of_it), "the servers outlive their launcher"
    again = mine.run()
    assert status(again.url) == 200
    assert not living(all_of_it)
    again.stop()


def test_a_server_that_falls_takes_the_rest_down_with_one_line(started):
    web = {pid for pid in started.pids if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()}
    kill(web)
    said, _ = started.process.communicate(timeout=30)
    assert "The web server has stopped: the whole of it is in " in said
    assert not living(started.pids)


def test_the_same_checkout_twice_says_where_the_first_is(started, mine):
    second = mine.make("run")
    assert second.returncode == 0
    assert second.stdout.splitlines() == [
        f"Poukama is already running here: {started.url} (Ctrl-C where it was started stops it)"
    ]


def test_somebody_who_is_not_root_runs_a_second_checkout_at_once(started, theirs):
    run = theirs.run()
    assert run.url != started.url
    assert status(run.url) == status(started.url) == 200
    run.stop()
    assert not living(run.pids)
    assert status(started.url) == 200


def test_the_demo_is_loaded_anew_under_a_running_server(started, mine):
    assert mine.make("demo").stdout == "The demo is loaded: the night before now.\n"
    assert status(started.url) == 200


def test_the_command_line_finds_the_database_of_a_running_installation(started, mine, tmp_path):
    loaded = mine.poukama("centre", "load", "centres/helsinki")
    assert loaded.returncode == 0, loaded.stdout
    assert "the centre holds this pack since" in loaded.stdout
    assert mine.poukama("guide", "export", str(tmp_path / "pages")).returncode == 0
    # It knows that this is a practice version.
    assert 'class="banner practice"' in (tmp_path / "pages" / "index.html").read_text()


def test_without_a_running_database_a_load_says_so_in_one_line(mine):
    refused = mine.poukama("centre", "load", "centres/helsinki")
    assert refused.returncode == 2
    said = [line for line in refused.stdout.splitlines() if line != "centres/helsinki: fine"]
    assert len(said) == 1
    assert said[0].startswith("poukama: the database cannot be asked: ")


def test_another_centre_may_stand_in_front(mine):
    run = mine.run(POUKAMA_FRONT_PACK="centres/satama")
    assert "040 000 0000" in answered(run.url, "GET", "/")[2]
    run.stop()
    refused = mine.make("run", POUKAMA_FRONT_PACK="centres/nowhere")
    assert refused.returncode != 0
    assert refused.stdout.splitlines()[-2] == (
        f"The pack {mine.folder}/centres/nowhere cannot be read (No such file or directory): "
        "name one in POUKAMA_FRONT_PACK."
    )


def test_every_kind_of_answer_carries_the_same_headers_and_no_log_names_it(started, mine):
    style = re.search(r"/static/core/poukama\.[0-9a-f]+\.css", answered(started.url, "GET", "/")[2])
    assert style is not None
    asked = [("GET", "/"), ("GET", "/fi/nowhere"), ("POST", "/fi/apua"), ("GET", style[0]), ("POST", style[0])]
    for method, path in asked:
        for host in ("localhost", "elsewhere.example"):
            code, headers, _ = answered(started.url, method, path, host)
            assert (code == 400) is (host != "localhost")
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert "default-src 'self'" in headers["Content-Security-Policy"]
            assert "Access-Control-Allow-Origin" not in headers
            lasting = path == style[0] and code == 200
            assert headers["Cache-Control"] == ("max-age=315360000, public, immutable" if lasting else "no-store")
    started.stop()
    logs = "".join(log.read_text() for log in (mine.folder / "var" / "log").iterdir())
    for word in ("127.0.0.1", "::1", "/fi/", "elsewhere.example"):
        assert word not in logs


def answered(url: str, method: str, path: str, host: str = "localhost") -> tuple[int, Message, str]:
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=10)) as connection:
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def test_only_its_owner_may_read_the_secrets(mine):
    for kept in ("secrets.json", "database"):
        assert (mine.folder / "var" / kept).stat().st_mode & 0o777 == 0o600
    assert (mine.folder / "var").stat().st_mode & 0o777 == 0o700


def test_an_existing_server_gets_two_roles_and_a_database(mine, elsewhere):
    run = mine.run(DATABASE_URL=elsewhere.url("ann", "harbour"))
    assert status(run.url) == 200
    run.stop()
    with psycopg.connect(elsewhere.url("postgres", "harbour")) as root:
        roles = root.execute(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles "
            "where rolname like 'harbour%' order by 1"
        ).fetchall()
        owned = root.execute("select tableowner, count(*) > 0 from pg_tables where schemaname = 'public' group by 1")
        assert roles == [("harbour_app", False), ("harbour_owner", False)]
        assert owned.fetchall() == [("harbour_owner", True)]
        assert root.execute("select has_schema_privilege('harbour_app', 'public', 'create')").fetchone() == (False,)
        assert root.execute("select practice from centres_installation").fetchall() == [(True,)]


def test_it_runs_a_second_time_on_an_existing_server(mine, elsewhere):
    for _ in range(2):
        run = mine.run(DATABASE_URL=elsewhere.url("ann", "quay"))
        assert status(run.url) == 200
        run.stop()


def test_the_web_server_knows_no_login_but_its_own(mine, elsewhere):
    run = mine.run(DATABASE_URL=elsewhere.url("ann", "quay"))
    web = [pid for pid in run.pids if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    known = b"".join(Path(f"/proc/{pid}/environ").read_bytes() for pid in web)
    run.stop()
    assert b"quay_app" in known
    assert b"quay_owner" not in known
    assert b"ann@" not in known


def test_a_real_service_is_never_dropped_for_the_demo(mine, elsewhere):
    with psycopg.connect(elsewhere.url("ann", "postgres"), autocommit=True) as ann:
        ann.execute("create database real")
    with psycopg.connect(elsewhere.url("ann", "real"), autocommit=True) as ann:
        ann.execute(
            "create table centres_installation (practice boolean); insert into centres_installation values (false)"
        )
    refused = mine.make("demo", DATABASE_URL=elsewhere.url("ann", "real"))
    assert refused.returncode != 0
    assert "real is not a practice version: the demo is never loaded into it" in refused.stdout
    with psycopg.connect(elsewhere.url("ann", "real")) as ann:
        assert ann.execute("select practice from centres_installation").fetchall() == [(False,)]


@pytest.mark.parametrize(
    ("login", "line"),
    [
        ("bob", "ALTER ROLE bob CREATEROLE CREATEDB"),
        ("nobody_here", "check its host, login and password"),
    ],
)
def test_what_a_login_may_not_do_is_said_in_one_line(mine, elsewhere, login, line):
    refused = mine.make("run", DATABASE_URL=elsewhere.url(login, "elsewhere"))
    assert refused.returncode != 0
    *said, makes_own = refused.stdout.splitlines()
    assert len(said) == 1
    assert line in said[0]
    assert makes_own.startswith("make: ***")


@pytest.mark.parametrize("url", ["mysql://ann@localhost/x", "postgresql://ann@localhost", "poukama"])
def test_an_address_that_is_none_is_refused_with_an_example(mine, url):
    refused = mine.make("run", DATABASE_URL=url)
    assert refused.stdout.splitlines()[0] == (
        "DATABASE_URL is not understood: write postgresql://administrator:password@host:5432/poukama."
    )


def test_an_interrupted_set_up_is_mended(mine):
    (mine.folder / ".venv" / "poukama.json").unlink()
    shutil.rmtree(next((mine.folder / ".venv" / "lib").glob("python3*/site-packages/django")))
    assert mine.make("setup").returncode == 0
    command = mine.folder / ".venv" / "bin" / "poukama"
    assert os.access(command, os.X_OK)
    run = mine.run()
    assert status(run.url) == 200
    run.stop()
    assert urlsplit(run.url).hostname == "localhost"
