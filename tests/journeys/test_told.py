"""Arrived at 03:20: what was told by telephone is there, the rest is told once; six consents, one of them not yet."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from poukama.cases.models import Case
from poukama.cases.told import Topic
from poukama.clients.consents import Answer
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.cases.night import make_night
from tests.cases.pages import ledger_of, record_of
from tests.cases.working import AT, MINUTE, make_colleague
from tests.journeys.conftest import Visit
from tests.journeys.site import Site
from tests.people import make_centre, sign_in

pytestmark = pytest.mark.journey
AXE = Axe()
DESKS = ((1366, 768), (1024, 768))
LANGUAGES = ("fi", "sv")
SAVED = {"fi": "Tallennettu.", "sv": "Sparat."}
QUOTED = {"fi": "”polvi on kipeä”", "sv": "”polvi on kipeä”"}
BEFORE = {"fi": "aiemmin: ei", "sv": "tidigare: nej"}
STOPS = {"fi": "Keskeytyy nyt:", "sv": "Avbryts nu:"}
AtWork = Callable[..., Page]


@pytest.fixture
def maija(transactional_db, site: Site) -> Member:
    site.at = AT + MINUTE
    return make_colleague(Role.MIDWIFE, make_centre(), "maija")


@pytest.fixture
def case(maija: Member) -> Case:
    """A case with what its client told an hour ago, and as they came."""
    return make_night(make_centre(), maija)


@pytest.fixture
def at_work(case: Case, maija: Member, site: Site, visit: Visit) -> Iterator[AtWork]:
    """The midwife, in front of a page of the case."""
    windows = []

    def opened(name: str = "kerrottu", *, language: str = "fi", size: tuple[int, int] = DESKS[0], **looks: str) -> Page:
        Member.objects.update(language=language)
        window = visit(*size, **looks)
        page: Page = window.__enter__()
        windows.append(window)
        for cookie, each in sign_in(Client(), maija).cookies.items():
            page.context.add_cookies([{"name": cookie, "value": each.value, "domain": "127.0.0.1", "path": "/s/"}])
        page.goto(f"{site.url}/s/t/{case.pk}/{name}")
        return page

    yield opened
    for window in windows:
        window.__exit__(None, None, None)


def usable(page: Page) -> None:
    """Anybody can use the page as it stands, and nothing of it is cut off."""
    found = AXE.run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def save(page: Page) -> None:
    """Press the one primary button, and wait for what comes of it."""
    with page.expect_navigation():
        page.locator("button.primary").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_is_told_corrected_and_never_asked_again(at_work, language):
    page = at_work(language=language)
    usable(page)
    neck = page.locator('.untold a[href*="topic=neck"]')
    neck.click()
    page.locator("#tell").wait_for()
    usable(page)
    page.locator('#tell input[name=said][value="no"]').check()
    save(page)
    assert page.get_by_role("status").first.inner_text() == SAVED[language]
    assert page.locator('.untold a[href*="topic=neck"]').count() == 0
    assert "Maija" in page.locator("#neck").inner_text()

    page.locator('#injuries a[href*="fact="]').click()
    page.locator("#tell textarea").fill("polvi on kipeä")
    page.locator("#tell input[name=own_words]").check()
    page.locator('#tell input[name=said][value="told"]').check()
    save(page)
    injuries = page.locator("#injuries").inner_text()
    assert QUOTED[language] in injuries
    assert BEFORE[language] in injuries
    usable(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_typed_is_lost_when_something_is_missing(at_work, language):
    page = at_work("kerrottu/yhteys", language=language)
    page.locator("[name=address]").fill("040 000 0002")
    page.locator("[name=code_word]").fill("lokki")
    save(page)
    assert page.get_by_role("alert").is_visible()
    assert page.locator("[name=code_word]").input_value() == "lokki"
    usable(page)
    page.locator("[role=alert] a").click()
    page.keyboard.press("Space")
    assert page.locator("[name=days]").first.is_checked()
    page.locator("[name=begins]").fill("9")
    page.locator("[name=ends]").fill("10.30")
    save(page)
    assert "9–10.30" in page.locator("#way").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_way_is_closed_at_once_by_one_button(at_work, case, maija, language):
    page = at_work(language=language)
    with page.expect_navigation():
        page.locator("#way li button").first.click()
    assert [way.open for way in record_of(case, maija, AT + MINUTE).head.ways] == [False]
    assert page.locator("#way .tag[data-state=past]").is_visible()
    usable(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_consents_are_given_one_of_them_not_yet_and_one_is_taken_back(at_work, case, maija, site, language):
    page = at_work("suostumus", language=language)
    usable(page)
    for code in ("examination", "mouth", "skin", "photographs", "release"):
        page.locator(f'input[type=radio][name=answer_{code}][value="yes"]').check()
    page.locator('input[type=radio][name=answer_testing][value="not_now"]').check()
    save(page)
    assert page.get_by_role("status").first.inner_text() == SAVED[language]
    answers = [entry.answer for entry in ledger_of(case, maija).entries]
    assert sorted(answers) == sorted([Answer.YES] * 5 + [Answer.NOT_NOW])
    usable(page)

    site.at = AT + 2 * MINUTE
    page.locator('input[type=radio][name=answer_release][value="no"]').check()
    save(page)
    assert STOPS[language] in page.locator("tr", has=page.locator("#act-release")).inner_text()

    page.locator("#act-release").click()
    assert page.locator('button[aria-disabled="true"]').is_visible()
    usable(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_copy_for_the_client_prints_by_itself(at_work, language):
    page = at_work("suostumus/tuloste", language=language)
    usable(page)
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert not page.locator(".sheet-tools").is_visible()
    assert page.locator(".sheet").is_visible()


@pytest.mark.parametrize("size", DESKS, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_can_be_used_by_anyone(at_work, site, case, size, colours):
    page = at_work(size=size, color_scheme=colours)
    parts = ("henkilo", "osoite", "yhteys", "toiveet", "huoltajat", "laheinen", "suhde", "suljettu")
    topics = (Topic.TIME, Topic.SINCE_THEN, Topic.MUNICIPALITY, Topic.RECORD_SEEN_BY)
    names = ["kerrottu", *(f"kerrottu/{part}" for part in parts), *(f"kerrottu?topic={topic}" for topic in topics)]
    for name in (*names, "suostumus", "suostumus/mouth", "suostumus/release"):
        page.goto(f"{site.url}/s/t/{case.pk}/{name}")
        usable(page)
