"""A centre's key changes to a new version under whoever reads and writes, and a destroyed key does not come back."""

import base64
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from poukama.core import files, keys, signing, vault

PLACE = "helpline_contact.note"
CENTRE = 1


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.KEYS = tmp_path / "keys"
    settings.ROOT_KEY = new_root()
    settings.ROOT_KEY_FILE = settings.ROOT_KEY_COMMAND = ""
    return Path(settings.KEYS)


def new_root() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def told(text: str = "x") -> tuple[UUID, bytes]:
    """A record with a key, and something that was sealed with it."""
    record = uuid4()
    vault.make_key(CENTRE, record)
    return record, vault.seal(text, centre=CENTRE, record=record, place=PLACE)


def opens(record: UUID, sealed: bytes) -> bool:
    try:
        return vault.unseal(sealed, centre=CENTRE, record=record, place=PLACE) == "x"
    except vault.Unreadable:
        return False


def numbers() -> list[int]:
    return [version.number for version in keys.versions(CENTRE)]


# ── A new version ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rotation_wraps_every_key_anew_and_ends_the_version_before(folder):
    records = [told() for _ in range(20)]
    blind = vault.blind("virtanen", centre=CENTRE, place="clients_client.name")
    before = {path: path.read_bytes() for path in folder.rglob("*.key")}
    assert keys.rotate(CENTRE) == keys.Rotation(before=1, after=2, wrapped=21, unreadable=0)
    assert numbers() == [2]
    assert keys.count_keys(CENTRE) == {2: 21}
    assert all(path.read_bytes() != content for path, content in before.items())
    assert all(opens(*each) for each in records)
    assert vault.blind("virtanen", centre=CENTRE, place="clients_client.name") == blind
    assert opens(*told())


def test_a_key_from_before_a_rotation_opens_no_more(folder):
    record, sealed = told()
    path, _ = keys.record_file(CENTRE, record)
    old = path.read_bytes()
    keys.rotate(CENTRE)
    path.write_bytes(old)
    assert not opens(record, sealed)
    assert keys.rotate(CENTRE).unreadable == 1
    assert path.read_bytes() == old


def test_keys_from_before_there_were_versions_are_of_the_first(folder):
    record, sealed = told()
    for path in folder.rglob("*.key"):
        path.write_bytes(path.read_bytes()[4:])
    assert opens(record, sealed)
    assert numbers() == [1]
    keys.rotate(CENTRE)
    assert opens(record, sealed)
    assert numbers() == [2]


def test_a_spoilt_file_is_counted_and_stops_nothing():
    spoilt, other = told(), told()
    path, _ = keys.record_file(CENTRE, spoilt[0])
    path.write_bytes(b"spoilt")
    assert keys.count_keys(CENTRE) == {0: 1, 1: 1}
    assert keys.rotate(CENTRE).unreadable == 1
    assert (opens(*spoilt), opens(*other)) == (False, True)


def test_two_rotations_of_one_centre_do_not_run_at_once():
    told()
    with keys._alone(CENTRE), pytest.raises(keys.UnderWay):
        keys.rotate(CENTRE)
    assert numbers() == [1]


# ── A destroyed key ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_destroyed_key_that_somebody_kept_is_dead_once_the_others_are_wrapped_anew():
    record, sealed = told()
    other = told()
    path, _ = keys.record_file(CENTRE, record)
    kept = path.read_bytes()
    vault.destroy_key(CENTRE, record)
    assert (vault.has_key(CENTRE, record), vault.has_key(CENTRE, other[0])) == (False, True)
    assert numbers() == [2, 1]
    path.write_bytes(kept)
    assert opens(record, sealed)
    path.unlink()
    assert keys.rotate(CENTRE).wrapped == 1
    path.write_bytes(kept)
    assert (opens(record, sealed), opens(*other)) == (False, True)


def test_a_key_destroyed_during_a_rotation_stays_so_and_the_next_one_ends_that_version_too(
    monkeypatch,
):
    gone, other = told(), told()
    path, _ = keys.record_file(CENTRE, gone[0])

    @contextmanager
    def late(where: Path, content: bytes) -> Iterator[Path]:
        # Between the writing of the new file and its coming into place.
        with files.draft(where, content) as half:
            if where == path.parent and path.exists():
                vault.destroy_key(CENTRE, gone[0])
            yield half

    monkeypatch.setattr(keys, "draft", late)
    rotation = keys.rotate(CENTRE)
    assert (rotation.before, rotation.after) == (1, 2)
    assert not vault.has_key(CENTRE, gone[0])
    assert opens(*other)
    assert numbers() == [3, 2]
    keys.rotate(CENTRE)
    assert opens(*other)
    assert numbers() == [3]


def keys_of(record: UUID):
    return CENTRE, *keys.record_file(CENTRE, record), keys.versions(CENTRE)[0]


def test_a_key_that_goes_between_two_looks_is_passed_by():
    record, _ = told()
    known = keys_of(record)
    vault.destroy_key(CENTRE, record)
    assert keys._rewrap(*known) is False


def test_a_key_that_was_wrapped_anew_between_two_looks_is_found(monkeypatch):
    record, sealed = told()
    real = keys.versions

    def rotated_meanwhile(centre: int) -> tuple[keys.Version, ...]:
        monkeypatch.setattr(keys, "versions", real)
        keys.rotate(centre)
        return real(centre)

    monkeypatch.setattr(keys, "versions", rotated_meanwhile)
    assert opens(record, sealed)
    assert numbers() == [2]


# ── Under whoever reads and writes ───────────────────────────────────────────────────────────────────────────

ROTATE = """
import time
from poukama.core import keys
if {slow}:
    whole = keys._rewrap
    keys._rewrap = lambda *known: (time.sleep(0.005), whole(*known))[1]
print("begun", flush=True)
for _ in range({times}):
    keys.rotate(1)
"""


def rotating(settings, *, times: int = 1, slow: bool = False) -> subprocess.Popen[bytes]:
    """Another process that changes the centre's key; it has begun when this returns."""
    environment = os.environ | {"POUKAMA_KEYS": str(settings.KEYS), "POUKAMA_ROOT_KEY": settings.ROOT_KEY}
    environment |= {"DJANGO_SETTINGS_MODULE": "poukama.config.settings"}
    code = ROTATE.format(times=times, slow=slow)
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE)  # noqa: S603
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"begun\n"
    return process


def test_readers_and_writers_go_on_while_another_process_changes_the_key(settings):
    records = [told() for _ in range(20)]
    process = rotating(settings, times=3)
    unread: list[UUID] = []
    destroyed: list[tuple[UUID, bytes]] = []

    def work() -> None:
        while process.poll() is None:
            new = told()
            records.append(new)
            unread.extend(record for record, sealed in [new, *records[:20]] if not opens(record, sealed))
            doomed = told()
            vault.destroy_key(CENTRE, doomed[0])
            destroyed.append(doomed)
            time.sleep(0.03)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert process.wait() == 0
    assert len(records) > 22
    assert unread == []
    keys.rotate(CENTRE)
    assert all(opens(*each) for each in records)
    assert not any(opens(*each) for each in destroyed)
    assert len(numbers()) == 1
    assert keys.count_keys(CENTRE) == {numbers()[0]: len(records)}


def test_a_rotation_that_is_killed_leaves_everything_readable_and_goes_on_from_there(settings, folder):
    records = [told() for _ in range(60)]
    process = rotating(settings, slow=True)
    while not 5 < keys.count_keys(CENTRE).get(2, 0) < 50:
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    (folder / "1" / f"left{files.DRAFT}").write_bytes(b"half")
    done = keys.count_keys(CENTRE)
    assert numbers() == [2, 1]
    assert all(opens(*each) for each in [*records, told()])
    rotation = keys.rotate(CENTRE)
    assert (rotation.before, rotation.after, rotation.wrapped) == (1, 2, done[1])
    assert numbers() == [2]
    assert all(opens(*each) for each in records)
    assert list(folder.rglob(f"*{files.DRAFT}")) == []


# ── The root key ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_root_key_stands_before_the_old_one_until_the_old_one_is_taken_out(settings):
    record, sealed = told()
    public = signing.public_key()
    old, new = settings.ROOT_KEY, new_root()
    settings.ROOT_KEY = f"{new}\n{old}"
    assert opens(record, sealed)
    assert keys.renew_root() == [CENTRE]
    signing.renew_root()
    settings.ROOT_KEY = new
    assert opens(record, sealed)
    assert signing.public_key() == public
    settings.ROOT_KEY = old
    with pytest.raises(keys.Unreadable):
        vault.unseal(sealed, centre=CENTRE, record=record, place=PLACE)


def test_a_root_key_whose_file_changes_is_read_anew(settings, tmp_path):
    file = tmp_path / "root"
    file.write_text(settings.ROOT_KEY)
    settings.ROOT_KEY, settings.ROOT_KEY_FILE = "", str(file)
    record, sealed = told()
    new = new_root()
    file.write_text(f"{new}\n{file.read_text()}\n")
    keys.renew_root()
    file.write_text(f"{new}\n")
    assert opens(record, sealed)


# ── The signature ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_signing_key_is_one_and_is_wrapped_by_the_root_key(settings, folder):
    assert signing.public_key() == signing.public_key()
    assert signing.sign(b"x") == signing.sign(b"x") != signing.sign(b"y")
    private = signing._private_key().private_bytes_raw()
    assert all(private not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    settings.ROOT_KEY = new_root()
    with pytest.raises(keys.Unreadable):
        signing.sign(b"x")
