"""The web server or the database is killed, or the disk is full, under people who write in cases.

What was acknowledged is there once, nothing is there by half, and the same form sent again is one.
"""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from tests.operations.checkout import family
from tests.operations.full_disks import FULL, limited
from tests.operations.installation import TOKEN, Answer, Browser, Installation, installation
from tests.operations.writers import write_through

pytestmark = pytest.mark.ops
WRITERS = 8
ROUNDS = int(os.environ.get("POUKAMA_FAULT_ROUNDS", "6"))
# Each case is received from one form: its client with a name and keys, a seat, a visit, a companion, something told.
RECEIVED = {"do": "open", "called": "Aino", "language": "fi", "company": "sibling", "room": "", "came": ""}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("faults-of-cases"), WRITERS) as made:
        yield made


@dataclass
class Form:
    """A form as it was filled in; sent again it carries the same key."""

    path: str
    fields: dict[str, str]
    case: UUID
    key: UUID = field(default_factory=uuid4)
    acknowledged: bool = False

    def send(self, browser: Browser) -> Answer:
        """Send it; acknowledged is what leads onward."""
        answer = browser.ask("POST", self.path, form={**self.fields, "key": str(self.key)})
        self.acknowledged = self.acknowledged or answer.status in (302, 303)
        return answer

    def taken(self, browser: Browser) -> bool:
        """Whether it is taken, sent once more."""
        self.send(browser)
        return self.acknowledged


def received() -> Form:
    """Somebody has come, and a case is opened for them."""
    key = uuid4()
    return Form("/s/tapaukset/uusi", RECEIVED, key, key)


def entry(case: UUID, words: str) -> Form:
    """A line of the timeline."""
    return Form(f"/s/t/{case}/merkinta", {"section": "health", "words": words}, case)


def task(case: UUID, words: str) -> Form:
    """Something to be done."""
    fields = {"title": "other", "words": words, "section": "health", "turn": "me", "due": ""}
    return Form(f"/s/t/{case}/tehtava", fields, case)


class Writer:
    """A midwife who receives somebody, writes a line and a task about them, and receives the next."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.forms = [received()]

    @property
    def acknowledged(self) -> int:
        """How many forms were taken."""
        return sum(form.acknowledged for form in self.forms)

    def step(self) -> bool:
        """Send the form that is not taken yet, or the next; whether it was taken."""
        last = self.forms[-1]
        if last.acknowledged:
            words, number = f"rivi {len(self.forms)} {last.case.hex[:8]}", len(self.forms) % 3
            last = (received(), entry(last.case, words), task(last.case, words))[number]
            self.forms.append(last)
        return last.taken(self.browser)


# ── What is there ────────────────────────────────────────────────────────────────────────────────────────────


def kept(house: Installation, forms: list[Form]) -> dict[UUID, str]:
    """The words of each form that is there; those of a case are none."""
    keys = [form.key for form in forms]
    rows = house.ask_owner(
        "select id, centre_id, id, '', ''::bytea from cases_case where id = any(%s) union all "
        "select id, centre_id, case_id, 'cases_entry', words from cases_entry where id = any(%s) union all "
        "select id, centre_id, case_id, 'cases_task', words from cases_task where id = any(%s)",
        keys,
        keys,
        keys,
    )
    assert len({row[0] for row in rows}) == len(rows)
    return {
        key: house.unsealed(words, centre=centre, record=case, place=f"{table}.words:{key}")
        for key, centre, case, table, words in rows
    }


def assert_there(house: Installation, forms: list[Form]) -> None:
    """What was acknowledged is there, with its words; what was not may be; each has one line of the trail if it is."""
    found = kept(house, forms)
    for form in forms:
        assert not form.acknowledged or form.key in found
        assert found.get(form.key, form.fields.get("words", "")) == form.fields.get("words", "")
    targets = [f"cases.{kind}:{key}" for key in found for kind in ("case", "entry", "task")]
    lines = house.ask_owner(
        "select count(*), count(distinct target) from audit_auditevent where target = any(%s) "
        "and event in ('case.opened', 'entry.written', 'task.added')",
        targets,
    )
    assert lines == [(len(found), len(found))]


# What there must be none of, each with the question that finds it.
HALVES = {
    "a case without a seat": "select id from cases_case c where not exists "
    "(select from cases_teammember where case_id = c.id)",
    "a case without its first line": "select id from cases_case c where 1 <> "
    "(select count(*) from cases_entry where case_id = c.id and kind = 'opened')",
    "a client without a case": "select id from clients_client c where not exists "
    "(select from cases_case where client_id = c.id)",
    "a client of whom nothing is said": "select id from clients_client c where not exists "
    "(select from clients_identityentry where client_id = c.id)",
    "a client whom no code finds": "select id from clients_client c where 1 <> "
    "(select count(*) from clients_searchkey where client_id = c.id and place = 'code')",
    "something told without a fact": "select id from cases_entry e where kind = 'told' and not exists "
    "(select from cases_fact where entry_id = e.id)",
    "somebody there without a visit": "select case_id from cases_entry e where kind = 'arrived' and not exists "
    "(select from cases_visit where case_id = e.case_id)",
    "a received case without what came with it": "select id from cases_case c where id = any(%s) and (1, 1, 1) <> "
    "((select count(*) from cases_visit where case_id = c.id), "
    "(select count(*) from cases_presence where case_id = c.id), "
    "(select count(*) from cases_fact where case_id = c.id))",
}


def assert_whole(house: Installation, forms: list[Form]) -> None:
    """Nothing is there by half."""
    cases = [form.key for form in forms if form.key == form.case]
    for what, question in HALVES.items():
        found = house.ask_owner(question, *([cases] if "%s" in question else []))
        assert found == [], what


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_what_was_acknowledged_in_a_case_is_there_once_whatever_is_killed(house, turn):
    what = ("web", "database", "database")[turn % 3]
    writers = [Writer(browser) for browser in house.browsers]
    write_through(house, writers, what)
    forms = [form for writer in writers for form in writer.forms]
    assert_there(house, forms)
    assert_whole(house, forms)
    # The same form is sent again until it is taken: the web server's pool mends itself.
    for writer in writers:
        house.until(lambda: writer.forms[-1].taken(writer.browser))  # noqa: B023 - asked before the next
        house.until(writer.step)
    forms = [form for writer in writers for form in writer.forms]
    assert all(form.acknowledged for form in forms)
    assert_there(house, forms)
    assert_whole(house, forms)


def test_the_trail_is_whole_after_it_all(house):
    lines = house.ask_owner("select number from audit_auditevent where centre_id = 1 order by number")
    assert [number for (number,) in lines] == list(range(1, len(lines) + 1))


# ── Two at once, and a line that breaks ──────────────────────────────────────────────────────────────────────


def opened(house: Installation, browser: Browser) -> UUID:
    """A case that somebody has received."""
    form = received()
    house.until(lambda: form.taken(browser))
    return form.case


def test_two_people_write_in_one_case_at_once_and_both_entries_stay(house):
    one, other = house.browsers[:2]
    case = opened(house, one)
    glass = Form(f"/s/t/{case}/lasi", {"reason": "client_here", "words": "she rang"}, case)
    assert glass.taken(other)
    forms = [[entry(case, f"{name} kirjoittaa {number}") for number in range(5)] for name in ("yksi", "toinen")]
    together = threading.Barrier(2)

    def write(browser: Browser, mine: list[Form]) -> None:
        for form in mine:
            together.wait(20)
            form.send(browser)

    threads = [threading.Thread(target=write, args=pair) for pair in zip((one, other), forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    everything = [*forms[0], *forms[1]]
    assert all(form.acknowledged for form in everything)
    assert_there(house, everything)
    page = one.ask("GET", f"/s/t/{case}").text
    assert all(form.fields["words"] in page for form in everything)


@pytest.mark.parametrize(
    ("part", "taken"),
    [(1.0, True), (1.0, False), (0.5, False)],
    ids=["when it was taken, and nobody was told", "as soon as it was sent", "in the middle of the form"],
)
def test_a_form_whose_connection_was_lost_and_that_is_sent_again_is_one(house, part, taken):
    browser = house.browsers[0]
    case = opened(house, browser)
    form = entry(case, "lähetetty, ja yhteys katkesi")
    body = urlencode({**form.fields, "key": str(form.key)}).encode()
    head = (
        f"POST {form.path} HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Cookie: sessionid={browser.session}; csrftoken={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", house.port), timeout=20) as line:
        line.sendall(head + body[: int(len(body) * part)])
        if taken:
            house.until(lambda: form.key in kept(house, [form]))
    assert form.taken(browser)
    assert_there(house, [form])
    assert browser.ask("GET", f"/s/t/{case}").text.count(form.fields["words"]) == 1


# ── A full disk ──────────────────────────────────────────────────────────────────────────────────────────────

SORRY = "Kirjoittamasi on alla tallessa"


def test_a_case_that_finds_no_room_for_its_key_is_not_there_by_half_and_is_opened_when_there_is(house):
    browser, form = house.browsers[0], received()
    form.fields = {**RECEIVED, "called": "Aino, joka tuli yöllä ja jonka nimeä ei muuten tiedetä"}
    assert house.web is not None
    with ExitStack() as stack:
        for pid in family(house.web.pid):
            stack.enter_context(limited(pid, 0))
        answer = form.send(browser)
    assert answer.status == 500
    assert SORRY in answer.text
    assert form.fields["called"] in answer.text
    assert kept(house, [form]) == {}
    assert_whole(house, [form])
    assert form.taken(browser)
    assert_there(house, [form])
    assert_whole(house, [form])


@pytest.mark.parametrize("full", FULL)
def test_a_full_disk_under_the_database_says_so_keeps_what_was_typed_and_goes_on_when_there_is_room(
    house, tmp_path_factory, full
):
    browser = house.browsers[0]
    case = opened(house, browser)
    with full(house, case, tmp_path_factory.mktemp("disk") / "small") as make_room:
        forms: list[Form] = []
        answer = Answer(303, "")
        while answer.status in (302, 303):
            assert len(forms) < 200
            # What is sealed takes as much room as it has letters.
            forms.append(entry(case, f"sivu {len(forms)} " + os.urandom(3000).hex()))
            answer = forms[-1].send(browser)
        assert answer.status == 500
        assert SORRY in answer.text
        assert forms[-1].fields["words"] in answer.text
        assert kept(house, forms).keys() == {form.key for form in forms[:-1]}
        assert_whole(house, forms)
        make_room()
        house.until(lambda: forms[-1].taken(browser))
        assert_there(house, forms)
        assert_whole(house, forms)
