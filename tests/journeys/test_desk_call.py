"""02:14, a call in Swedish, her sister beside her: come now, doctor told at 02:31. From the keyboard alone."""

import pytest
from playwright.sync_api import Page

from poukama.helpline.answers import Hurt, SafeNow, Said, When
from poukama.helpline.rules import Option, Outcome
from poukama.helpline.shown import Opened
from poukama.roster.rules import Duty
from poukama.staff.rules import Role
from tests.journeys.conftest import opened
from tests.journeys.desk import (
    CALL,
    LATER,
    TOLD,
    Night,
    between_calls,
    kept,
    show_hour,
    turn_to,
    until,
    writing,
)
from tests.people import make_member

pytestmark = pytest.mark.journey
MOST_KEYS = 25
NUMBER = "+358400000021"
# The letter that finds Swedish in the list of languages, and what she writes.
INTERFACES = {
    "fi": ("r", "Sisko vieressä, ajaa itse. Noin 40 min."),
    "sv": ("s", "Systern är bredvid och kör. Ungefär 40 min."),
}


class Hands:
    """The midwife's hands: presses are counted, what is written in the note is not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.fixture(params=INTERFACES)
def language(request, night: Night) -> str:
    chosen: str = request.param
    night.midwife.language = chosen
    night.midwife.save(update_fields=["language"])
    return chosen


@pytest.fixture(autouse=True)
def _doctor_on_call(night: Night) -> None:
    doctor = make_member(Role.DOCTOR, centre=night.centre, login="laine", name="L. Laine", phone=NUMBER)
    night.put_on_call(Duty.DOCTOR, doctor)


def begin_and_write(hands: Hands, letter: str, note: str) -> None:
    """From the list to a note in a contact of a Swedish speaker."""
    hands.press("n")
    writing(hands.page)
    hands.press(*["Shift+Tab"] * 3, letter)
    hands.press(*["Tab"] * 3)
    hands.write(note)


def answer(hands: Hands) -> None:
    """Safe, not hurt, nothing happened to the neck, three to six hours ago, of age."""
    hands.press("Tab", "Tab", "Tab", "1")
    hands.press("Tab", "3", "Tab", "2", "Tab", "3", "Tab", "Tab", "4")


def heard(contact: Opened, note: str) -> None:
    answers = contact.answers
    assert (answers.language, answers.age) == ("sv", "18-")
    assert (answers.safe_now, answers.hurt, answers.neck, answers.when) == (
        SafeNow.YES,
        Hurt.NO,
        Said.NO,
        When.HOURS_6,
    )
    assert contact.words.note == note
    assert contact.taken is not None
    assert contact.taken.option is Option.COME_NOW
    assert contact.outcome == Outcome.COME_NOW
    assert contact.ended_at is not None
    assert [(told.duty, told.at.astimezone(TOLD.tzinfo).strftime("%H:%M")) for told in contact.told] == [
        ("doctor", "02:31")
    ]


def test_the_call_takes_few_keystrokes_besides_the_note(night: Night, browser, language):
    letter, note = INTERFACES[language]
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        hands = Hands(night.at_desk(page))
        begin_and_write(hands, letter, note)
        answer(hands)
        night.has(page)
        hands.press("Alt+1")
        until(lambda: page.locator("[data-tell] .number").is_visible(), "the number of whoever is told")
        night.site.at = TOLD
        hands.press("Alt+6")
        until(lambda: "2.31" in page.locator("[data-tell]").inner_text().replace(":", "."), "told at 02:31")
        hands.press("Control+Enter")
        between_calls(page)
    heard(night.only(), note)
    assert hands.pressed <= MOST_KEYS


def test_the_call_goes_on_when_the_network_is_cut_in_its_middle(night: Night, browser, language):
    letter, note = INTERFACES[language]
    with opened(browser, 1366, 768) as page:
        show_hour(page.context, CALL)
        night.sign_in(page.context)
        hands = Hands(night.at_desk(page))
        begin_and_write(hands, letter, note[:10])
        night.has(page)
        night.wire.cut()
        hands.write(note[10:])
        answer(hands)
        hands.press("Alt+1")
        until(lambda: page.locator("[data-tell] .number").is_visible(), "the number of whoever is told")
        turn_to(page, TOLD)
        hands.press("Alt+6")
        until(lambda: page.locator("[data-pressed] p").count() == 2, "two presses that wait")
        hands.press("Control+Enter")
        between_calls(page)
        until(lambda: page.locator("[data-kept] li").count() == 1, "a contact that waits")
        night.site.at = LATER
        night.wire.mend()
        until(lambda: page.locator("[data-kept]").count() == 0, "the list of the server")
        until(lambda: night.only().ended_at and not kept(page), "the end of the contact")
    heard(night.only(), note)
    assert hands.pressed <= MOST_KEYS
