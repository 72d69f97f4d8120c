"""03:20, whoever called at 02:14 has come, with her sister: a case is open in a minute, nothing is asked twice."""

import datetime as dt
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from poukama.cases import access as cases
from poukama.cases.need import Purpose
from poukama.cases.rules import EntryKind
from poukama.cases.rules import Ref as CaseRef
from poukama.cases.told import Topic
from poukama.helpline.rules import Ref
from poukama.staff.access import standing
from tests.journeys.called import TOLD, call
from tests.journeys.conftest import opened
from tests.journeys.desk import HOME, Night, show_hour, until
from tests.journeys.site import HELSINKI
from tests.journeys.test_every_page import CONTRAST, WCAG, faults

pytestmark = pytest.mark.journey
CAME = dt.datetime(2026, 11, 24, 3, 20, tzinfo=HELSINKI)
# Two seconds a key, reading and asking who is with them included: a minute.
MOST_KEYS = 30
COMPANION = {"fi": "sisarus", "sv": "syskon"}


class Hands:
    """The midwife's hands: every press is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def go_to(self, where: str, key: str = "Tab") -> None:
        """Press a key until what was looked for has the focus."""
        while not self.page.evaluate("where => document.activeElement.matches(where)", where):
            self.press(key)
            assert self.pressed <= MOST_KEYS, where


@pytest.fixture(params=COMPANION)
def language(request, night: Night) -> str:
    chosen: str = request.param
    night.midwife.language = chosen
    night.midwife.save(update_fields=["language"])
    return chosen


@pytest.fixture
def contact(night: Night) -> Ref:
    """The call of 02:14, of whoever is on the way."""
    ref = call(night)
    night.site.at = CAME
    return ref


@pytest.fixture
def page(night: Night, contact: Ref, browser):
    with opened(browser, 1366, 768) as page:
        show_hour(page.context, CAME)
        night.sign_in(page.context)
        page.goto(night.wire.url + HOME)
        yield page


def only_case(night: Night) -> cases.CasePage:
    by = standing(night.midwife, CAME).actor
    (row,) = cases.case_list(night.centre, by=by, at=CAME).rows
    return cases.case_page(CaseRef(night.centre.pk, row.id), purpose=Purpose.CARE, by=by, at=CAME)


def look(page: Page) -> None:
    """No barrier in light and dark, in a large and a small window."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (1366, 1024):
            page.set_viewport_size({"width": width, "height": 768})
            keep_picture(page, f"{theme}-{width}")
            assert faults(page, WCAG if theme == "light" else CONTRAST) == [], (theme, width)
    page.emulate_media(color_scheme="light")


def keep_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        title = page.locator("h1").inner_text()
        lang = page.locator("html").get_attribute("lang")
        count = page.locator(".items li, .told").count() + 10 * page.locator(".told").count()
        page.screenshot(path=Path(folder) / f"{title}-{count}-{lang}-{name}.png", full_page=True)


def test_the_case_is_open_in_a_minute_with_all_that_was_told(night: Night, page: Page, contact: Ref, language):
    hands = Hands(page)
    hands.go_to(f'a[href*="{contact.id}"].button')
    hands.press("Enter")
    page.wait_for_selector(".told")
    until(lambda: page.evaluate("document.activeElement.value === 'open'"), "the button has the focus")
    hands.go_to('[name="company"][value="sibling"]', "Shift+Tab")
    hands.press(" ")
    hands.go_to('[name="room"]')
    hands.press("ArrowDown")
    hands.go_to('[value="open"]')
    look(page)
    hands.press("Enter")
    page.wait_for_url("**/s/t/*")
    assert hands.pressed <= MOST_KEYS
    seen = only_case(night)
    facts = {topic: accounts[0].fact for topic, accounts in seen.told.picture.items()}
    assert facts.keys() == {
        Topic.ASKER,
        Topic.SAFE_NOW,
        Topic.INJURIES,
        Topic.NECK,
        Topic.TIME,
        Topic.MUNICIPALITY,
        Topic.WANTS,
        Topic.COMPANION,
    }
    assert {fact.contact for topic, fact in facts.items() if topic is not Topic.COMPANION} == {contact.id}
    (visit,) = seen.visits
    assert (visit.room, visit.arrived_at.astimezone(HELSINKI)) == ("1", CAME)
    assert [line.words for line in seen.timeline if line.kind is EntryKind.CONTACT][:1] == [TOLD["note"]]
    page.goto(night.wire.url + HOME)
    assert "Aino" not in page.content()
    look(page)


def test_nothing_that_was_told_is_an_empty_field_on_the_page(page: Page, contact: Ref, language):
    page.click(f'a[href*="{contact.id}"].button')
    card = page.locator(".told").inner_text()
    for word in ("Aino", "050 000 0009", "klo 14–15", "Sisko ajaa", "18+", "Satama"):
        assert word in card
    assert page.input_value("[name=called]") == "Aino"
    assert page.input_value("[name=language]") == "sv"
    assert page.input_value("[name=way-address]") == "050 000 0009"
    assert (page.input_value("[name=way-begins]"), page.input_value("[name=way-ends]")) == ("14.00", "15.00")


def test_a_double_press_opens_one_case(night: Night, page: Page, contact: Ref, language):
    page.click(f'a[href*="{contact.id}"].button')
    page.locator('[value="open"]').dblclick()
    page.wait_for_url("**/s/t/*")
    assert len(only_case(night).visits) == 1


def test_whoever_is_looked_for_is_found_by_the_code_and_is_received_into_their_case(
    night: Night, page: Page, contact: Ref, language
):
    page.goto(f"{night.wire.url}/s/tapaukset/uusi")
    page.keyboard.type("Vieno")
    look(page)
    page.click('[value="open"]')
    page.wait_for_url("**/s/t/*")
    assert "Vieno" in page.locator("h1").inner_text()
    code = page.locator("h1 .code").inner_text()
    page.goto(f"{night.wire.url}/s/tapaukset/uusi?yhteydenotto={contact.id}")
    page.fill("[name=sought]", code)
    page.check('[name="company"][value="friend"]')
    page.click('[value="search"]')
    page.wait_for_selector(f"text={code}")
    assert page.is_checked('[name="company"][value="friend"]')
    look(page)
    page.click('[value^="attach:"]')
    page.wait_for_url("**/s/t/*")
    assert Topic.NECK in only_case(night).told.picture
