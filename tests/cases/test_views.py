"""Who gets to see a case's pages, and the way in for whoever is not let in."""

from uuid import uuid4

import pytest
from django.test import Client

from poukama.cases.models import Case
from poukama.staff.rules import Role
from tests.cases.working import AT, events, make_colleague, on_call
from tests.people import make_centre, sign_in

pytestmark = pytest.mark.usefixtures("plain_static")


@pytest.fixture(autouse=True)
def at_night(monkeypatch, plain_static):
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


def page(member, case: Case, name: str = "tiimi"):
    return sign_in(Client(), member).get(f"/s/t/{case.pk}/{name}")


def test_the_team_sees_a_case_under_its_code_and_the_called_name(maija, case):
    shown = page(maija, case)
    assert shown.status_code == 200
    assert "Aino" in shown.text
    assert "Aino" not in shown.text[: shown.text.index("</head>")]


def test_whoever_is_not_let_in_is_led_to_the_glass(case, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    shut = page(ilona, case)
    assert (shut.status_code, shut.headers["Location"]) == (302, f"/s/t/{case.pk}/lasi")
    assert "Aino" not in page(ilona, case, "lasi").text


def test_the_glass_opens_for_a_reason_in_words_and_says_until_when(case, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    browser, address, key = sign_in(Client(), ilona), f"/s/t/{case.pk}/lasi", uuid4()
    given = {"key": key, "reason": "client_here", "words": "  "}
    refused = browser.post(address, given)
    assert (refused.status_code, 'aria-invalid="true"' in refused.text) == (422, True)
    for _ in range(2):
        browser.post(address, given | {"words": "soittaa, pyytää apua"})
    assert events(centre).count("glass.broken") == 1
    assert "04.20" in page(ilona, case).text


def test_whoever_is_on_duty_is_let_in(case, centre, kaisa):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    on_call(centre, ilona, kaisa)
    assert page(ilona, case).status_code == 200


def test_a_case_of_another_centre_is_not_there(case, centre):
    laakso = make_centre("laakso")
    oona = make_colleague(Role.MIDWIFE, laakso, "oona")
    for name in ("tiimi", "lasi"):
        assert page(oona, case, name).status_code == page(oona, Case(pk=uuid4()), name).status_code == 404
