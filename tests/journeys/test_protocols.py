"""A doctor answers for what the pack says: clocks turn from grey to colour on every page, and back."""

import re

import pytest
from playwright.sync_api import Page

from tests.board.night import Made, Staff, make_night, make_staff
from tests.cases.working import AT
from tests.journeys.conftest import Visit
from tests.journeys.site import Site
from tests.journeys.test_case import TABLET, AtWork, at_work, sideways  # noqa: F401 - a fixture
from tests.journeys.test_every_page import CONTRAST, faults
from tests.people import make_centre

pytestmark = pytest.mark.journey
LIST = "/s/asetukset/protokollat"


@pytest.fixture
def staff(transactional_db, site: Site, visit: Visit) -> Staff:
    """Twenty past three at an invented centre."""
    site.at = AT
    return make_staff(make_centre())


@pytest.fixture
def made(staff: Staff) -> Made:
    return make_night(staff.maija.posts.get().centre, staff)


def coloured(page: Page) -> list[str]:
    """The clocks of a page that are not grey, by name."""
    return page.locator('.clock:not([data-state="todo"]) > b').all_inner_texts()


SAID = {
    "fi": ("Hyväksy", "Peru hyväksyntä", "Suunäytteet", "Lue protokolla"),
    "sv": ("Godkänn", "Återta godkännandet", "Munprover", "Läs protokollet"),
}


@pytest.mark.parametrize("language", SAID)
def test_a_doctor_approves_and_takes_it_back(made, staff, at_work, site, language):  # noqa: F811
    approve, back, mouth, protocol = SAID[language]
    page = at_work(staff.laine, LIST, language=language)
    assert faults(page) == []
    assert coloured(page) == []
    page.get_by_role("link", name=mouth).click()
    assert faults(page) == []
    page.get_by_role("button", name=approve).click()
    assert page.get_by_role("button", name=back).is_visible()
    assert "Leena Laine" in page.locator(".shore").inner_text()
    # In colour there, and on the page of a case.
    for path in (LIST, f"/s/t/{made.case.pk}"):
        page.goto(site.url + path)
        assert coloured(page) == [mouth]
    # The example protocol, read whole before it is approved.
    page.goto(site.url + LIST)
    page.get_by_role("link", name=protocol).click()
    assert faults(page) == []
    page.get_by_role("button", name=approve).click()
    assert page.get_by_role("button", name=back).is_visible()
    assert faults(page) == []
    # Taken back, the clock is grey again at once.
    page.goto(site.url + LIST)
    page.get_by_role("link", name=mouth).click()
    page.get_by_role("button", name=back).click()
    page.goto(f"{site.url}/s/t/{made.case.pk}")
    assert coloured(page) == []


def test_a_test_case_is_tried_and_a_slip_of_the_hand_is_said(staff, at_work):  # noqa: F811
    page = at_work(staff.laine, LIST, java_script_enabled=False)
    page.get_by_label("Tunteja tapahtuneesta").fill("200")
    page.get_by_role("button", name="Näytä kellot").click()
    assert re.search(r"Hyväksyttynä: ohi", page.locator(".clocks").inner_text())
    page.get_by_label("Tunteja tapahtuneesta").fill("9999")
    page.get_by_role("button", name="Näytä kellot").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Tunteja tapahtuneesta").input_value() == "9999"


def test_nothing_is_cut_on_a_tablet_or_in_the_dark(staff, at_work):  # noqa: F811
    for path in (LIST, f"{LIST}/sampling/adults"):
        page = at_work(staff.laine, path, size=TABLET, color_scheme="dark")
        assert sideways(page) <= 0
        assert faults(page, CONTRAST) == []
