"""The seeded night from the call to the morning: arrival, six consents, a note behind a wall, the board at 08:10."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.journeys.called import call
from tests.journeys.conftest import Visit
from tests.journeys.desk import HOME, Night, show_hour, until
from tests.journeys.site import HELSINKI
from tests.journeys.test_every_page import faults
from tests.people import make_member

pytestmark = pytest.mark.journey
STAFF = (1366, 768)
YES, NOT_YET = ("examination", "mouth", "skin", "photographs", "storage"), "release"
WORDS = "kanarialintu"
SAID = {
    "fi": {"write": "Kirjoita merkintä", "private": "Yksityinen", "sign": "Allekirjoita", "there": "merkintä on"},
    "sv": {"write": "Skriv en anteckning", "private": "Privat", "sign": "Signera", "there": "det finns en"},
}
Hour = tuple[int, int]


class House:
    """Whoever works that night and the next morning, each in a window of their own."""

    def __init__(self, night: Night, visit: Visit, language: str) -> None:
        self.night, self.visit, self.said = night, visit, SAID[language]
        roles = {"pia": Role.PSYCHOLOGIST, "kaisa": Role.MIDWIFE_COORDINATOR}
        self.people = {
            login: make_member(role, centre=night.centre, login=login, language=language)
            for login, role in roles.items()
        }
        self.people["maija"] = night.midwife
        Member.objects.filter(pk=night.midwife.pk).update(language=language)

    def sits(self, page: Page, login: str, hour: Hour, path: str) -> None:
        """Somebody opens a page at an hour; nothing of it keeps anybody out."""
        self.night.site.at = dt.datetime(2026, 11, 24, *hour, tzinfo=HELSINKI)
        show_hour(page.context, self.night.site.at)
        self.night.sign_in(page.context, self.people[login])
        page.goto(self.night.wire.url + path)
        assert faults(page) == []


@pytest.mark.parametrize("language", SAID)
def test_the_night_goes_on_from_the_call_to_the_morning(night: Night, visit: Visit, language: str):
    house, contact = House(night, visit, language), call(night)
    with visit(*STAFF) as page:
        house.sits(page, "maija", (3, 20), HOME)
        case = arrival(page, str(contact.id))
        for topic in ("safe_now", "neck", "injuries", "time", "municipality", "wants", "asker", "companion"):
            house.sits(page, "maija", (3, 21), f"{case}/kerrottu")
            assert page.locator(f'.untold a[href*="topic={topic}"]').count() == 0, topic
        house.sits(page, "maija", (3, 42), f"{case}/suostumus")
        consents(page)
        put_on_the_team(page, house, case)
    with visit(*STAFF) as page:
        house.sits(page, "pia", (7, 50), f"{case}/tuki")
        private_note(page, house)
    with visit(*STAFF) as page:
        house.sits(page, "maija", (8, 0), f"{case}/tuki")
        expect(page.locator(".notes")).to_contain_text(house.said["there"])
        assert WORDS not in page.content()
        code = page.locator("h1 .code").inner_text()
    with visit(*STAFF) as page:
        for path in ("/s/tanaan", "/s/tanaan/seina"):
            house.sits(page, "kaisa", (8, 10), path)
            assert code in page.locator("main").inner_text()
            assert not {"Aino", WORDS, "Sisko"} & set(page.locator("body").inner_text().split())


def arrival(page: Page, contact: str) -> str:
    """She has come, with her sister, into room 1; the case that is opened."""
    page.click(f'a[href*="{contact}"].button')
    page.check('[name="company"][value="sibling"]')
    page.check('[name="room"][value="1"]')
    page.click('[value="open"]')
    page.wait_for_url("**/s/t/*")
    assert faults(page) == []
    return urlsplit(page.url).path


def consents(page: Page) -> None:
    """Five times yes, and once not yet."""
    for code in YES:
        page.check(f'input[name=answer_{code}][value="yes"]')
    page.check(f'input[name=answer_{NOT_YET}][value="not_now"]')
    with page.expect_navigation():
        page.locator("button.primary").click()
    page.reload()
    assert page.locator('input[value="not_now"]:checked').count() == 1
    assert page.locator('input[value="yes"]:checked').count() == len(YES)
    assert faults(page) == []


def put_on_the_team(page: Page, house: House, case: str) -> None:
    """The psychologist of the morning."""
    house.sits(page, "maija", (4, 30), f"{case}/tiimiin")
    page.select_option("[name=seat]", f"{house.people['pia'].pk}:psychologist")
    page.locator("button.primary").click()
    page.wait_for_url(f"**{case}")


def private_note(page: Page, house: House) -> None:
    """What nobody else reads."""
    page.get_by_label(house.said["private"]).check()
    page.get_by_role("button", name=house.said["write"]).click()
    until(lambda: page.locator("form[data-note]").count(), "the note")
    page.locator("#id_words").fill(WORDS)
    page.get_by_role("button", name=house.said["sign"]).click()
    page.wait_for_url("**/tuki")
    expect(page.locator(".notes")).to_contain_text(WORDS)
