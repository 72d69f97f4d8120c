"""The night goes on from the call: a case is found, nothing is asked twice, and the morning's board knows of it."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page

from poukama.staff.models import Member
from tests.board.night import MORNING, OWN, STORY, Made, Staff, make_night, make_staff
from tests.cases.working import AT
from tests.journeys.conftest import Visit
from tests.journeys.desk import answered
from tests.journeys.site import Site
from tests.journeys.test_every_page import CONTRAST, faults
from tests.people import make_centre, sign_in

pytestmark = pytest.mark.journey
AtWork = Callable[..., Page]
DESK, TABLET = (1366, 768), (1024, 768)


@pytest.fixture
def staff(transactional_db, site: Site) -> Staff:
    """Twenty past three at an invented centre."""
    site.at = AT
    return make_staff(make_centre())


@pytest.fixture
def made(staff: Staff) -> Made:
    """The case of the night."""
    return make_night(staff.maija.posts.get().centre, staff)


@pytest.fixture
def at_work(site: Site, visit: Visit) -> Iterator[AtWork]:
    """Somebody signed in, at a page."""
    windows = []

    def opened(member: Member, path: str, *, language: str = "fi", size: tuple[int, int] = DESK, **looks: str) -> Page:
        Member.objects.update(language=language)
        window = visit(*size, **looks)
        page: Page = window.__enter__()
        windows.append(window)
        for name, each in sign_in(Client(), member).cookies.items():
            page.context.add_cookies([{"name": name, "value": each.value, "domain": "127.0.0.1", "path": "/s/"}])
        page.goto(site.url + path)
        return page

    with answered():
        yield opened
        for window in windows:
            window.__exit__(None, None, None)


def sideways(page: Page) -> int:
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


@pytest.mark.parametrize(
    ("language", "find", "lists"), [("fi", "Etsi tapaus", "Tapaukset"), ("sv", "Sök ett ärende", "Ärenden")]
)
def test_a_case_is_found_by_a_name_that_comes_into_no_address(made, staff, at_work, language, find, lists):
    page = at_work(staff.maija, "/s/tapaukset", language=language)
    assert page.get_by_role("heading", level=1).inner_text() == lists
    assert faults(page) == []
    page.get_by_label(find).fill("aino")
    page.keyboard.press("Enter")
    page.locator("td .code").click()
    assert page.url.endswith(f"/s/t/{made.case.pk}")
    assert "Aino" in page.get_by_role("heading", level=1).inner_text()
    assert "Aino" not in page.title()


@pytest.mark.parametrize(("language", "told"), [("fi", "Kerrottu jo"), ("sv", "Redan berättat")])
def test_what_was_told_is_seen_without_scrolling_and_nothing_is_in_the_way(made, staff, at_work, language, told):
    page = at_work(staff.maija, f"/s/t/{made.case.pk}", language=language)
    box = page.locator(".told").bounding_box()
    assert box
    assert box["y"] + box["height"] < DESK[1]
    assert page.locator(".told h2").inner_text() == told
    assert page.locator(".told q").inner_text().strip("”") == OWN
    assert STORY in page.locator(".told").inner_text()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    assert sideways(page) <= 0


def test_an_entry_is_written_a_task_is_done_and_the_client_leaves_without_scripts(made, staff, at_work):
    page = at_work(staff.maija, f"/s/t/{made.case.pk}", java_script_enabled=False)
    page.get_by_text("Lisää merkintä").first.click()
    page.get_by_role("button", name="Lisää merkintä").click()
    assert page.locator(".error-summary").is_visible()
    assert page.locator("h2", has_text="Lisää merkintä").is_visible()
    page.get_by_label("terveys").check()
    page.get_by_role("textbox", name="Merkintä").fill("juotavaa tarjottu")
    page.get_by_role("button", name="Lisää merkintä").click()
    assert "juotavaa tarjottu" in page.locator(".timeline").inner_text()
    page.get_by_role("button", name="Tehty: Mukaan annettava suunnitelma").click()
    assert "Tehtävä tehty" in page.locator(".timeline").inner_text()
    page.get_by_role("link", name="Lähtee").click()
    page.get_by_label("kotiin", exact=True).check()
    page.get_by_role("button", name="Asiakas lähtee").click()
    assert re.search(r"kotiin", page.locator('[aria-labelledby="visits"]').inner_text())
    # A filter is a choice of the page, and hides nothing else.
    page.locator(".filter summary").click()
    page.locator(".filter").get_by_label("terveys", exact=True).check()
    assert page.locator(".timeline li:visible", has_text="juotavaa").count() == 1
    assert page.locator(".timeline li:visible", has_text="Saapui").count() == 0


@pytest.mark.parametrize(("language", "title"), [("fi", "Tänään ti 24.11."), ("sv", "I dag tis 24.11")])
def test_the_morning_board_names_whoever_came_at_night_by_code(made, staff, at_work, site, language, title):
    site.at = MORNING
    page = at_work(staff.kaisa, "/s/tanaan", language=language)
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert faults(page) == []
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    assert sideways(page) <= 0
    page.locator(".first .code").first.click()
    assert page.url.endswith(f"/s/t/{made.case.pk}")


def test_the_coordinator_lands_on_today_and_paper_holds_a_case_on_two_sheets(made, staff, at_work):
    page = at_work(staff.kaisa, "/s/")
    assert page.url.endswith("/s/tanaan")
    page.goto(page.url.replace("tanaan", f"t/{made.case.pk}"))
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 2
    page.emulate_media(media="print")
    assert page.locator('.timeline [data-state="private"]:visible').count() == 0
