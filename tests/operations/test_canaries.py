"""What is told, to the desk and in a case, is nowhere in clear: not in a dump, the files, logs, sessions or keys.

Jobs and an outbox are tables: a dump holds them, whatever tables there come to be.
"""

import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import override_settings

from tests.operations.installation import ROOT, Browser, Installation, run_module

pytestmark = pytest.mark.ops
FIRST, SECOND = UUID(int=1), UUID(int=2)
# Every word begins so, and no file of ours holds it.
MARK = "zqkanaria"
# Shorter than this, a text may stand anywhere by chance.
SAYS_SOMETHING = 6
PLANTED = "zqkanariainclear"
NAMES = ("note", "called_name", "phone", "hours", "name_to_say")


def word(name: str, how: str) -> str:
    """A word for a field, told in some way; it says where it was from if it is found."""
    return f"{MARK}{name}{how}äö".replace("_", "")


@dataclass
class Told:
    """What was told, and where the contact is."""

    words: set[str]
    address: str
    # What has a shape of its own and no mark: codes, numbers, and all that the demo has told.
    plain: set[str] = field(default_factory=set)

    def fields(self, how: str, **more: Any) -> dict[str, Any]:
        """Every field that is sealed, with a word of its own."""
        told = {name: word(name, how) for name in NAMES}
        self.words |= set(told.values())
        return {"safe_contact": "call", **told, **more}


def tell_what_is_kept(told: Told, browser: Browser) -> None:
    """By the script, by the whole form, and with each button that takes words."""
    assert browser.save(told.address, writer=FIRST, number=1, **told.fields("saved")).status == 200
    form = told.fields("whole", writer=str(FIRST), number="2", key=str(uuid4()), do="save")
    assert browser.ask("POST", told.address, form=form).status == 303
    assert word("note", "whole") in browser.ask("GET", told.address).text
    for verb in ("takaisin", "kerrottu", "ovi"):
        form = told.fields(verb, key=str(uuid4()), door="come_now", duty="doctor", writer=str(FIRST))
        assert browser.ask("POST", f"{told.address}/{verb}", form=form).status == 303
    hung_up = browser.begin(uuid4())
    assert browser.save(hung_up, writer=FIRST, number=1, **told.fields("hung")).status == 200
    assert browser.ask("POST", f"{hung_up}/tyhja", form={"key": str(uuid4())}).status == 303


def tell_what_is_refused(told: Told, browser: Browser, colleague: Browser) -> None:
    """Without the pen; too long or no choice; what is no field, and what is no save."""
    assert colleague.save(told.address, writer=SECOND, number=1, **told.fields("refused")).status == 409
    long, age, none, broken = (word(name, "wrong") for name in ("long", "age", "none", "broken"))
    told.words |= {long, age, none, broken}
    wrong = told.fields("wrong", age=age, called_name=long * 100, unknown=none)
    assert browser.save(told.address, writer=FIRST, number=3, **wrong).status == 422
    sent = {"writer": broken, "number": broken, "fields": broken}
    assert browser.ask("POST", f"{told.address}/tallenna", sent).status == 400


def tell_a_colleague(told: Told, browser: Browser, colleague: Browser) -> None:
    """The pen is taken, and both read what the second writes."""
    take = {"key": str(uuid4()), "writer": str(SECOND)}
    assert colleague.ask("POST", f"{told.address}/ota", form=take).status == 303
    assert colleague.save(told.address, writer=SECOND, number=1, **told.fields("taken")).status == 200
    for reader in (browser, colleague):
        assert word("note", "taken") in reader.ask("GET", told.address).text
        assert word("called_name", "taken") in reader.ask("GET", "/s/puhelin").text


def tell_while_the_database_dies(told: Told, writer: Browser, desk: Installation) -> None:
    """What is sent into an outage, and sent again."""
    desk.kill_database()
    with suppress(OSError, HTTPException):
        assert writer.save(told.address, writer=SECOND, number=2, **told.fields("down")).status >= 500
    desk.start_database()
    desk.until(lambda: writer.save(told.address, writer=SECOND, number=3, **told.fields("up")).status == 200)


def tell_a_case(told: Told, desk: Installation) -> None:
    """Everything that can be told in a case; and what the demo tells is known from here on."""
    (case,) = json.loads(run_module(desk.environment, "tests.operations.telling", "tell", f"{MARK}case"))
    marked = {word for word in case["words"] if word.startswith(MARK)}
    told.words |= marked
    told.plain |= set(case["words"]) - marked
    everything = json.loads(run_module(desk.environment, "tests.operations.telling", "everything"))
    told.plain |= {text for text in everything if len(text) >= SAYS_SOMETHING and MARK not in text}
    told.plain |= {word for text in everything for word in _words(text)} - _in_clear()


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text) if len(word) >= SAYS_SOMETHING and MARK not in word}


def _in_clear() -> set[str]:
    """The words that packs and texts of the pages have anyway."""
    files = [*ROOT.glob("centres/**/*.toml"), *ROOT.glob("poukama/**/*.po"), *ROOT.glob("poukama/**/*.py")]
    return {word for file in files for word in _words(file.read_text())}


@pytest.fixture(scope="module")
def told(desk) -> Told:
    """What was told, with something in clear beside it: a search that does not find that finds nothing."""
    browser, colleague = desk.browsers
    found = Told(set(), browser.begin(uuid4()))
    tell_what_is_kept(found, browser)
    tell_what_is_refused(found, browser, colleague)
    tell_a_colleague(found, browser, colleague)
    tell_while_the_database_dies(found, colleague, desk)
    tell_a_case(found, desk)
    desk.ask_owner("create table planted (in_clear text)")
    desk.ask_owner("insert into planted values (%s)", PLANTED)
    desk.ask_owner(f"do $$ begin raise log '{PLANTED}'; end $$")
    desk.ask_owner("checkpoint")
    return found


def shapes(text: str) -> set[bytes]:
    """A word as it may lie in a file: in either encoding, in hexadecimal, in base64 at any place."""
    plain = text.encode()
    # What base64 makes of the middle does not hang on what stands around it.
    inside = {b64encode(b"." * shift + plain)[4:-4] for shift in range(3)}
    return {plain, text.encode("utf-16-le"), plain.hex().encode(), *inside}


def found_in(haystack: bytes, words: set[str]) -> set[str]:
    """The words that are there, in any shape. Their beginning is looked for first, for few files hold it."""
    if not any(shape in haystack for shape in shapes(MARK)):
        return set()
    return {text for text in words if any(shape in haystack for shape in shapes(text))}


def plain_in(haystack: bytes, told: Told) -> set[str]:
    """What is found of that which has no mark."""
    return {text for text in told.plain if text.encode() in haystack}


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder, whole."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def dump(desk: Installation) -> bytes:
    """The whole database, as it is backed up."""
    command: list[str | Path] = [desk.programs.folder / "pg_dump", "--inserts", "--dbname", desk.admin]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_a_word_is_found_in_any_shape():
    wanted, other = word("note", "here"), word("note", "nowhere")
    for shape in shapes(wanted):
        assert found_in(b"before " + shape + b" after", {wanted, other}) == {wanted}


def test_a_dump_holds_no_word_that_was_told(desk, told):
    dumped = dump(desk)
    assert found_in(dumped, told.words | {PLANTED}) == {PLANTED}
    assert plain_in(dumped, told) == set()
    assert len(told.words) > 60
    assert {"040 000 0101", "Biblioteket"} <= told.plain


def test_the_database_files_hold_no_word_that_was_told_nor_does_what_it_writes_ahead(desk, told):
    found: dict[str, set[str]] = {}
    for name, content in files(desk.where.data):
        found[name] = found_in(content, told.words | {PLANTED})
        assert plain_in(content, told) == set(), name
    assert {name: words for name, words in found.items() if words - {PLANTED}} == {}
    planted = {name.split("/")[0] for name, words in found.items() if words}
    assert planted == {"base", "pg_wal"}


def test_neither_log_holds_a_word_that_was_told(desk, told):
    logs = dict(files(desk.logs))
    assert logs.keys() == {"postgres.log", "web.log"}
    assert found_in(logs["postgres.log"], told.words | {PLANTED}) == {PLANTED}
    # The web server wrote of the database that was down, and not of what was to be saved in it.
    assert b"OperationalError" in logs["web.log"] or b"PoolTimeout" in logs["web.log"]
    assert found_in(logs["web.log"], told.words) == set()
    assert plain_in(b"".join(logs.values()), told) == set()


def test_no_session_holds_a_word_that_was_told(desk, told):
    rows = desk.ask_owner("select session_data from django_session")
    with override_settings(SECRET_KEY=desk.environment["POUKAMA_SECRET_KEY"]):
        sessions = [SessionStore().decode(data) for (data,) in rows]
    assert all("_auth_user_id" in session for session in sessions)
    assert len(sessions) == 2
    assert found_in(repr(sessions).encode(), told.words) == plain_in(repr(sessions).encode(), told) == set()


def test_the_keys_hold_no_word_that_was_told_and_lie_outside_the_database(desk, told):
    keys = Path(desk.environment["POUKAMA_KEYS"])
    assert not keys.is_relative_to(desk.where.data)
    contents = [content for _name, content in files(keys)]
    assert len(contents) >= 2
    assert found_in(b"".join(contents), told.words) == plain_in(b"".join(contents), told) == set()


def test_the_audit_trail_holds_no_word_that_was_told(desk, told):
    lines = desk.ask_owner("select event, actor, target from audit_auditevent")
    assert len(lines) > 10
    assert found_in(repr(lines).encode(), told.words) == set()
