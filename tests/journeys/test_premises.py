"""A room is cleaned and released in the night, a mishap is written down, and the coordinator keeps who is on a list."""

import pytest

from tests.board.night import Staff, make_staff
from tests.cases.working import AT
from tests.journeys.conftest import Visit
from tests.journeys.site import Site
from tests.journeys.test_case import TABLET, at_work, sideways  # noqa: F401 - a fixture
from tests.journeys.test_every_page import CONTRAST, faults
from tests.people import make_centre
from tests.premises.writing import begin_lot, write_mishap, write_skill

pytestmark = pytest.mark.journey
ROOMS, LOTS, SKILLS, MISHAPS = "/s/tilat", "/s/tilat/erat", "/s/tilat/osaaminen", "/s/tilat/poikkeamat"


@pytest.fixture
def staff(transactional_db, site: Site, visit: Visit) -> Staff:
    """Twenty past three at an invented centre."""
    site.at = AT
    return make_staff(make_centre())


ROOM_WORDS = {
    "fi": ("Huone", "Mitä tapahtui", "Puhdistusaine", "Erä", "Pyyhintäkertoja", "Vaikutusaika, sekuntia", "Tulos"),
    "sv": (
        "Rum",
        "Vad som hände",
        "Rengöringsmedel",
        "Parti",
        "Antal avtorkningar",
        "Verkningstid, sekunder",
        "Resultat",
    ),
}
SAVE = {"fi": "Tallenna", "sv": "Spara"}
READY = {"fi": "puhdas ja sinetöity", "sv": "rent och förseglat"}


@pytest.mark.parametrize("language", ROOM_WORDS)
def test_a_midwife_writes_a_cleaning_and_releases_the_room(staff, at_work, language):  # noqa: F811
    room, verb, agent, lot, passes, seconds, outcome = ROOM_WORDS[language]
    page = at_work(staff.maija, ROOMS, language=language)
    assert faults(page) == []
    form = page.locator("form.line")
    # Nothing is asked that does not belong to the line.
    assert not form.get_by_label(agent, exact=True).is_visible()
    form.get_by_label(room, exact=True).select_option("1")
    form.get_by_label(verb, exact=True).select_option("cleaned")
    form.get_by_label(agent, exact=True).fill("Aine")
    form.get_by_label(passes, exact=True).fill("2")
    form.get_by_label(seconds, exact=True).fill("300")
    form.get_by_label(outcome, exact=True).select_option("passed")
    page.get_by_role("button", name=SAVE[language]).click()
    # The lot was forgotten: it is said, and nothing typed is lost.
    assert page.get_by_role("alert").is_visible()
    assert faults(page) == []
    assert form.get_by_label(agent, exact=True).input_value() == "Aine"
    form.get_by_label(lot, exact=True).fill("P-2026-11")
    page.get_by_role("button", name=SAVE[language]).click()
    assert READY[language] in page.locator("section", has=page.locator("#now")).inner_text()
    assert "P-2026-11" in page.locator("section", has=page.locator("#log")).inner_text()
    assert faults(page) == []


SKILL_WORDS = {
    "fi": ("Kuka", "Mikä", "Eliminaatiolistalla"),
    "sv": ("Vem", "Vad", "På elimineringslistan"),
}


@pytest.mark.parametrize("language", SKILL_WORDS)
def test_the_coordinator_writes_that_somebody_is_on_the_elimination_list(staff, at_work, language):  # noqa: F811
    who, what, on_list = SKILL_WORDS[language]
    page = at_work(staff.kaisa, SKILLS, language=language)
    assert faults(page) == []
    page.get_by_label(who, exact=True).select_option(label="Maija Marttila")
    page.get_by_label(what, exact=True).select_option(label=on_list)
    page.get_by_role("button", name=SAVE[language]).click()
    row = page.get_by_role("row", name="Maija Marttila")
    assert row.locator('[data-state="open"]').count() == 1
    assert faults(page) == []


def test_nothing_is_cut_on_a_tablet_or_in_the_dark(staff, at_work):  # noqa: F811
    centre = staff.maija.posts.get().centre
    begin_lot(centre, staff.maija, at=AT)
    write_skill(centre, staff.kaisa, staff.maija, at=AT)
    mishap = write_mishap(centre, staff.maija, at=AT)
    for path in (ROOMS, LOTS, SKILLS, MISHAPS, f"{MISHAPS}/{mishap.pk}"):
        page = at_work(staff.kaisa, path, size=TABLET, color_scheme="dark")
        assert sideways(page) <= 0
        assert faults(page, CONTRAST) == []
