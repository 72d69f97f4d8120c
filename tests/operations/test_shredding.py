"""What was destroyed does not come back: not from a dump, not from the files and what was written ahead of them."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from poukama.operations import postgres
from tests.operations.installation import Installation, run_module

pytestmark = pytest.mark.ops


@dataclass
class Copies:
    """What was copied before one of three cases was destroyed, the third of them told after the base copy."""

    made: Installation
    told: list[dict[str, Any]]
    folder: Path
    base: Path
    archive: Path

    def opened(self, url: str) -> list[bool]:
        """Which of the cases open in a restored database, with the keys of now."""
        environment = self.made.environment | {"POUKAMA_DATABASE_URL": url}
        cases = [f"{each['case']}/{mark}accountäö" for each, mark in zip(self.told, MARKS, strict=True)]
        answer: list[bool] = json.loads(run_module(environment, "tests.operations.telling", "open", *cases))
        return answer


MARKS = ("zqaa", "zqbbb", "zqcccc")


@pytest.fixture(scope="module")
def copies(desk, tmp_path_factory) -> Iterator[Copies]:
    made, folder = desk, tmp_path_factory.mktemp("shredding")
    base, archive = made.where.data.with_name("base"), made.where.data.with_name("archive")
    postgres._own(base, made.where)
    told = tell(made, *MARKS[:2])
    copying = pg(made, "pg_basebackup", "-D", base, "-X", "none", "-c", "fast")
    finish(postgres._spawn(made.where, copying, subprocess.PIPE))
    told += tell(made, MARKS[2])
    made.ask_owner("select pg_switch_wal()")
    # What the server is only preparing comes and goes while it is copied.
    shutil.copytree(made.where.data / "pg_wal", archive, ignore=shutil.ignore_patterns("xlogtemp.*"))
    own_all(made, archive)
    subprocess.run([made.programs.folder / "pg_dump", "-Fc", "-f", folder / "dump", made.admin], check=True)
    shutil.copytree(made.environment["POUKAMA_KEYS"], folder / "old-keys")
    found = Copies(made, told, folder, base, archive)
    assert found.opened(made.environment["POUKAMA_DATABASE_URL"]) == [True, True, True]
    who = ("--asked-by", "ida", "--confirmed-by", "tuula", "--reason", "kept_long_enough")
    words = ("vault", "destroy", told[0]["case"], *who, "--certificate", str(folder / "certificate"))
    run_module(made.environment, "poukama.config.cli", *words)
    yield found
    for copy in (base, archive):
        shutil.rmtree(copy, ignore_errors=True)


def tell(made: Installation, *marks: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(run_module(made.environment, "tests.operations.telling", "tell", *marks))
    return told


def pg(made: Installation, program: str, *words: str | Path) -> list[str | Path]:
    return [made.programs.folder / program, *words, "-h", made.where.socket, "-U", "postgres"]


def finish(process: subprocess.Popen[bytes]) -> None:
    said = process.communicate()[0]
    assert process.returncode == 0, said


def own_all(made: Installation, folder: Path) -> None:
    if made.where.account:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, made.where.account.pw_uid, made.where.account.pw_gid)


def named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def test_in_the_database_of_now_it_is_gone_and_the_others_are_there(copies):
    assert copies.opened(copies.made.environment["POUKAMA_DATABASE_URL"]) == [False, True, True]
    certificate = json.loads((copies.folder / "certificate").read_text())
    assert certificate["record"] == f"clients.client:{copies.told[0]['client']}"


def test_a_dump_from_before_does_not_bring_it_back_and_brings_back_the_others(copies):
    made = copies.made
    made.ask_owner("create database restored")
    command = [made.programs.folder / "pg_restore", "-d", named(made.admin, "restored"), copies.folder / "dump"]
    subprocess.run(command, check=True)
    assert copies.opened(named(made.environment["POUKAMA_DATABASE_URL"], "restored")) == [False, True, True]


def test_a_copy_of_the_files_and_what_was_written_ahead_do_not_bring_it_back(copies, tmp_path):
    made = copies.made
    where = replace(made.where, data=copies.base, socket=made.where.socket.with_name("restored"))
    with (copies.base / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {copies.archive}/%f \"%p\"'\n")
    (copies.base / "recovery.signal").touch()
    own_all(made, copies.base)
    server = postgres.start(where, made.programs, tmp_path / "log")
    try:
        url = made.environment["POUKAMA_DATABASE_URL"].replace(made.where.socket.name, where.socket.name)
        # The third was told after the copy of the files: what was written ahead has brought it.
        assert copies.opened(url) == [False, True, True]
    finally:
        server.stop()
        shutil.rmtree(where.data)


def test_nor_does_an_old_copy_of_its_key(copies):
    """The key of the case alone, put back among the keys of now, and the database from before."""
    told = copies.told[0]
    name = Path(str(told["centre"]), told["client"][:2], told["client"].replace("-", "") + ".key")
    back = Path(copies.made.environment["POUKAMA_KEYS"], name)
    shutil.copy(copies.folder / "old-keys" / name, back)
    assert copies.opened(copies.made.environment["POUKAMA_DATABASE_URL"]) == [False, True, True]
    back.unlink()
