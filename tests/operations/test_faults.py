"""The web server or the database is killed under twenty midwives who write: what was acknowledged is there, once."""

import time
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from tests.operations.installation import Browser, Installation, installation
from tests.operations.writers import write_through

pytestmark = pytest.mark.ops
WRITERS, ROUNDS = 20, 20
WINDOW = UUID(int=7)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("faults"), WRITERS) as made:
        yield made


class Writer:
    """A midwife who types a letter at a time, and each time sends the whole note under the next number."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.record = uuid4()
        self.address = f"/s/puhelin/{self.record}"
        self.sent = self.acknowledged = 0
        self.begun = False

    def note(self, number: int) -> str:
        """What stands in the note after so many letters."""
        return f"{self.record.hex[:8]} " + "kirjain " * number

    def step(self) -> bool:
        """Begin, or send the letter that is not acknowledged yet; whether it was taken."""
        if not self.begun:
            answer = self.browser.ask("POST", "/s/puhelin/uusi", form={"contact": str(self.record)})
            self.begun = answer.status == 303
            return self.begun
        self.sent = self.acknowledged + 1
        answer = self.browser.save(self.address, writer=WINDOW, number=self.sent, note=self.note(self.sent))
        if answer.status == 200 and answer.json()["number"] == self.sent:
            self.acknowledged = self.sent
        return answer.status == 200


def kept(desk: Installation, writers: list[Writer]) -> dict[UUID, tuple[int, int, str]]:
    """The number of the last save, how many there were, and the note, of each contact that is there."""
    rows = desk.ask_owner(
        "select id, centre_id, number, saves, note from helpline_contact where id = any(%s)",
        [writer.record for writer in writers],
    )
    return {
        record: (number, saves, desk.opened(note, centre=centre, record=record, name="note"))
        for record, centre, number, saves, note in rows
    }


def assert_there(desk: Installation, writers: list[Writer]) -> None:
    """What was acknowledged is there; what was not may be; each letter once, in order."""
    found = kept(desk, writers)
    for writer in writers:
        number, saves, note = found.get(writer.record, (0, 0, ""))
        assert writer.acknowledged <= number <= writer.sent
        assert saves == number
        assert note == (writer.note(number) if number else "")
        assert not writer.begun or writer.record in found


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_what_was_acknowledged_is_there_once_whatever_is_killed(desk, turn):
    what = ("web", "database", "database")[turn % 3]
    writers = [Writer(browser) for browser in desk.browsers]
    write_through(desk, writers, what)
    assert_there(desk, writers)
    # The same letter is sent again, by the same window, until it is taken: the web server's pool mends itself.
    for writer in writers:
        desk.until(writer.step)
        desk.until(lambda: writer.begun and writer.step())  # noqa: B023 - asked before the next
    assert_there(desk, writers)
    assert all(writer.acknowledged == writer.sent > 0 for writer in writers)


def test_the_trails_are_whole_after_it_all(desk):
    lines = desk.ask_owner("select number from audit_auditevent where centre_id = 1 order by number")
    assert [number for (number,) in lines] == list(range(1, len(lines) + 1))
    begun = desk.ask_owner(
        "select count(*), count(distinct target) from audit_auditevent where event = 'contact.begun'"
    )
    contacts = desk.ask_owner("select count(*) from helpline_contact where not late")
    assert begun == [(contacts[0][0], contacts[0][0])]
    assert contacts[0][0] >= WRITERS * ROUNDS


def test_the_database_comes_back_to_a_web_server_that_stayed(desk):
    desk.kill_database()
    browser = desk.browsers[0]
    assert browser.ask("GET", "/s/puhelin").status >= 500
    time.sleep(1)
    desk.start_database()
    assert desk.until(lambda: browser.ask("GET", "/s/puhelin").status == 200) < 10
