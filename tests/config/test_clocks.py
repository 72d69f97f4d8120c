"""A clock is in colour only for what a doctor answers for: swept over every page that draws clocks."""

import re

import pytest
from django.test import Client

from tests.architecture.source import PACKAGE
from tests.board.night import make_night, make_staff
from tests.helpline.night import Desk
from tests.people import sign_in
from tests.protocols.working import AT, approve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
_CLOCK = re.compile(r'class="clock" data-state="(\w+)"')
# Each template that draws clocks, and a page that holds it.
DRAWN_BY = {
    "board/templates/board/case.html": "/s/t/{case}",
    "helpline/templates/helpline/parts/suggestion.html": "/s/puhelin/{contact}",
    "protocols/templates/protocols/list.html": "/s/asetukset/protokollat",
}


@pytest.fixture
def opened(monkeypatch):
    """Every page with clocks, by its template, as whoever may see it sees it; and the centre with its doctor."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)
    desk = Desk()
    staff = make_staff(desk.centre, desk.maija)
    contact = desk.begin()
    desk.save(contact, when="hours_6")
    named = {"case": make_night(desk.centre, staff).case.pk, "contact": contact.id}
    browser = sign_in(Client(), staff.maija)

    def read() -> dict[str, list[str]]:
        found = {}
        for template, path in DRAWN_BY.items():
            answer = browser.get(path.format(**named))
            assert answer.status_code == 200
            found[template] = _CLOCK.findall(answer.text)
        return found

    return desk.centre, staff.laine, read


def test_no_page_draws_clocks_that_this_sweep_does_not_open():
    drawing = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.glob("*/templates/**/*.html")
        if "protocols/clocks.html" in path.read_text() or 'class="clock"' in path.read_text()
    }
    assert drawing - {"protocols/templates/protocols/clocks.html"} == DRAWN_BY.keys()


def test_what_nobody_has_approved_is_grey_on_every_page(opened):
    _, _, read = opened
    for template, states in read().items():
        assert states, template
        assert set(states) == {"todo"}, template


def test_what_a_doctor_has_approved_is_in_colour_on_every_page_and_the_rest_is_grey(opened):
    centre, laine, read = opened
    approve(centre, laine, "window", "any_sample")
    approve(centre, laine, "window", "hiv_prophylaxis")
    for template, states in read().items():
        assert sum(state != "todo" for state in states) == 2, template
