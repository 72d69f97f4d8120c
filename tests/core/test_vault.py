"""What is sealed opens in its own place and nowhere else, and not at all once its key is destroyed."""

import base64
import os
import threading
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from poukama.core import keys, vault

PLACE = "helpline_contact.note"


@pytest.fixture
def record() -> UUID:
    record = uuid4()
    vault.make_key(1, record)
    return record


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
@examples(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sealed_opens_as_it_was(record, text):
    sealed = vault.seal(text, centre=1, record=record, place=PLACE)
    assert vault.unseal(sealed, centre=1, record=record, place=PLACE) == text


def test_sealing_twice_gives_different_bytes_and_neither_holds_the_text(record):
    once, again = (vault.seal("kanarialintu", centre=1, record=record, place=PLACE) for _ in range(2))
    assert once != again
    assert b"kanaria" not in once


def test_nothing_is_sealed_as_nothing(record):
    assert vault.seal("", centre=1, record=record, place=PLACE) == b""


def test_sealed_bytes_open_in_no_other_place_record_or_centre(record):
    other = uuid4()
    vault.make_key(1, other)
    vault.make_key(2, record)
    sealed = vault.seal("x", centre=1, record=record, place=PLACE)
    for elsewhere in (
        {"centre": 1, "record": record, "place": "helpline_contact.phone"},
        {"centre": 1, "record": other, "place": PLACE},
        {"centre": 2, "record": record, "place": PLACE},
    ):
        with pytest.raises(vault.Unreadable):
            vault.unseal(sealed, **elsewhere)


@pytest.mark.parametrize(
    "spoil", [lambda b: b[:-1], lambda b: b[:-1] + bytes([b[-1] ^ 1]), lambda b: b"\x02" + b[1:], lambda b: b[:5]]
)
def test_changed_bytes_do_not_open(record, spoil):
    sealed = vault.seal("x", centre=1, record=record, place=PLACE)
    with pytest.raises(vault.Unreadable):
        vault.unseal(spoil(sealed), centre=1, record=record, place=PLACE)


def test_a_destroyed_key_leaves_nothing_readable_and_nothing_sealable(record):
    sealed = vault.seal("x", centre=1, record=record, place=PLACE)
    vault.destroy_key(1, record)
    vault.destroy_key(1, record)
    with pytest.raises(vault.Unreadable):
        vault.unseal(sealed, centre=1, record=record, place=PLACE)
    with pytest.raises(vault.Unreadable):
        vault.seal("y", centre=1, record=record, place=PLACE)


def test_a_record_keeps_its_first_key(record):
    sealed = vault.seal("x", centre=1, record=record, place=PLACE)
    vault.make_key(1, record)
    assert vault.unseal(sealed, centre=1, record=record, place=PLACE) == "x"


def test_keys_made_at_once_are_one_key(settings, tmp_path):
    settings.KEYS, record = tmp_path, uuid4()
    start, sealed = threading.Barrier(8), []

    def make() -> None:
        start.wait()
        vault.make_key(7, record)
        sealed.append(vault.seal("x", centre=7, record=record, place=PLACE))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vault.unseal(each, centre=7, record=record, place=PLACE) for each in sealed] == ["x"] * 8
    assert len(list(tmp_path.rglob("*.key"))) == 2
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".key"] == ["lock"]


def test_nobody_else_on_the_machine_may_list_the_keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    vault.make_key(1, uuid4())
    assert {oct(path.stat().st_mode & 0o77) for path in (tmp_path / "keys").rglob("*")} == {"0o0"}


def test_no_key_stands_in_a_file_as_it_is(settings, tmp_path, monkeypatch):
    made = [b"A" * 32, b"B" * 32]
    monkeypatch.setattr(keys, "new_key", lambda: made.pop(0))
    settings.KEYS = tmp_path
    vault.make_key(1, uuid4())
    contents = b"".join(path.read_bytes() for path in tmp_path.rglob("*.key"))
    assert b"AAAA" not in contents
    assert b"BBBB" not in contents


def test_another_root_key_opens_nothing(settings, record):
    sealed = vault.seal("x", centre=1, record=record, place=PLACE)
    settings.ROOT_KEY = base64.b64encode(os.urandom(32)).decode()
    with pytest.raises(vault.Unreadable):
        vault.unseal(sealed, centre=1, record=record, place=PLACE)


def test_the_root_key_may_stand_in_a_file_or_come_from_a_command(settings, tmp_path, record):
    sealed = vault.seal("x", centre=1, record=record, place=PLACE)
    file = tmp_path / "root"
    file.write_text(settings.ROOT_KEY + "\n")
    settings.ROOT_KEY, settings.ROOT_KEY_FILE = "", str(file)
    assert vault.unseal(sealed, centre=1, record=record, place=PLACE) == "x"
    settings.ROOT_KEY_FILE, settings.ROOT_KEY_COMMAND = "", f"cat {file}"
    assert vault.unseal(sealed, centre=1, record=record, place=PLACE) == "x"


@pytest.mark.parametrize("text", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_what_is_no_root_key_is_refused(settings, record, text):
    settings.ROOT_KEY = text
    with pytest.raises(vault.NoRootKey):
        vault.seal("x", centre=1, record=record, place=PLACE)


@pytest.mark.parametrize("command", ["false", "/nowhere/keys secret-token"])
def test_a_command_that_fails_is_told_without_its_words(settings, record, command):
    settings.ROOT_KEY_COMMAND = command
    with pytest.raises(vault.NoRootKey) as told:
        vault.seal("x", centre=1, record=record, place=PLACE)
    assert "secret-token" not in str(told.value)


# ── Blind ────────────────────────────────────────────────────────────────────────────────────────────────────

NAME = "clients_client.name"


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2, unique=True))
@examples(max_examples=40)
def test_the_same_text_is_blind_as_the_same_bytes_and_another_as_others(texts):
    once, again, other = (vault.blind(text, centre=1, place=NAME) for text in (texts[0], texts[0], texts[1]))
    assert once == again != other
    assert len(once) == 32


def test_blind_bytes_are_others_in_another_place_and_at_another_centre():
    found = {
        vault.blind("virtanen", centre=1, place=NAME),
        vault.blind("virtanen", centre=2, place=NAME),
        vault.blind("virtanen", centre=1, place="clients_client.called"),
    }
    assert len(found) == 3


def test_where_a_place_ends_cannot_be_shifted_into_the_text():
    assert vault.blind("b", centre=1, place="a") != vault.blind("", centre=1, place="ab")


def test_blind_bytes_come_of_a_kept_key_that_the_root_key_alone_opens(settings, tmp_path):
    settings.KEYS = tmp_path
    once = vault.blind("virtanen", centre=3, place=NAME)
    keys._versions.cache_clear()
    assert vault.blind("virtanen", centre=3, place=NAME) == once
    (path,) = tmp_path.rglob("blind.key")
    assert path.stat().st_mode & 0o77 == 0
    settings.ROOT_KEY = base64.b64encode(os.urandom(32)).decode()
    with pytest.raises(vault.Unreadable):
        vault.blind("virtanen", centre=3, place=NAME)
