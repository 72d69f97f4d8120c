"""Disks that are full: files that may grow no further, and where whoever tests may mount one, a small disk."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import psycopg

from tests.operations.installation import Installation

# A file of the database's log is this large when it is made.
LARGEST = 16 * 1024 * 1024
# After a thousand rounds something has grown beyond that; it may be written once more while the server starts.
MARGIN = 1024 * 1024
SMALL = 96 * 1024 * 1024
FILL = """
insert into cases_entry (id, centre_id, case_id, kind, section, at, written_at, member_id, reason, asked, words)
select gen_random_uuid(), centre_id, case_id, 'written', 'health', at, written_at, member_id, '', false, %s::bytea
from (select * from cases_entry where case_id = %s::uuid limit 1) one, generate_series(1, 100)
"""


Room = Callable[[], None]


@contextmanager
def limited(pid: int, size: int) -> Iterator[None]:
    """A process, and what it starts meanwhile, writes no file beyond a size, as on a full disk."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def large_files(house: Installation, case: UUID, _folder: Path) -> Iterator[Room]:
    """No file of the database grows beyond those of its log, and the entries have grown so far."""
    leave(house)
    house.kill_database()
    # What is started inherits it: whoever tests may not change the limits of another account's server.
    with limited(os.getpid(), max(LARGEST, largest(house) + MARGIN)):
        house.start_database()
    while fills(house, case):
        pass
    house.start_web()

    def make_room() -> None:
        house.kill_database()
        house.start_database()

    yield make_room


def largest(house: Installation) -> int:
    """The size of the largest file of the tables, in bytes."""
    return max(path.stat().st_size for path in (house.where.data / "base").rglob("*") if path.is_file())


def fills(house: Installation, case: UUID) -> bool:
    """Whether a hundred more entries of a case, of six thousand bytes each, still found room."""
    try:
        house.ask_owner(FILL, b"\x01" + os.urandom(6000), str(case))
    except psycopg.InternalError:
        return False
    return True


@contextmanager
def small_disk(house: Installation, _case: UUID, folder: Path) -> Iterator[Room]:
    """The tables on a small disk of their own, that is full. The installation goes with it."""
    folder.mkdir()
    [(size,)] = house.ask_owner("select pg_database_size('poukama')", database="postgres")
    room = f"size={max(SMALL, size + SMALL // 2)},mode=0777"
    subprocess.run(["mount", "-t", "tmpfs", "-o", room, "none", str(folder)], check=True)
    try:
        for parent in folder.parents:
            # Whoever the server runs as must come through.
            with suppress(PermissionError):
                parent.chmod(parent.stat().st_mode | 0o011)
        tables = folder / "tables"
        tables.mkdir(mode=0o700)
        if house.where.account:
            os.chown(tables, house.where.account.pw_uid, house.where.account.pw_gid)
        move(house, tables)
        ballast = folder / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as full:
            while True:
                full.write(b"." * 65_536)
        yield ballast.unlink
    finally:
        house.kill_web()
        if house.database:
            house.kill_database()
        subprocess.run(["umount", "-l", str(folder)], check=True)


def leave(house: Installation) -> None:
    """End the web server, and the connections to it."""
    house.kill_web()
    for browser in house.browsers:
        browser.close()


def move(house: Installation, tables: Path) -> None:
    """Put the tables of the installation there."""
    leave(house)
    house.ask_owner(f"create tablespace small location '{tables}'")
    house.ask_owner("alter database poukama set tablespace small", database="postgres")
    house.start_web()


def may_mount() -> bool:
    """Whether whoever tests may mount a disk: that capability is the twenty-first."""
    lines = Path("/proc/self/status").read_text().splitlines()
    held = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff"))
    return bool(held >> 21 & 1)


# Whoever may mount one has a small disk as well, the last of this file: the installation goes with it.
FULL = [large_files, *([small_disk] if may_mount() else [])]
