"""Pages for those who look after cases without opening them: broken glasses, and the walls to sign."""

from uuid import uuid4

import pytest
from django.test import Client

from poukama.cases import access, actions
from poukama.cases.walls import WALLS, Section
from poukama.clients import actions as clients
from poukama.core import vault
from poukama.staff.rules import Role
from tests.cases.pages import client_of
from tests.cases.working import AT, HOUR, break_glass, by, counted, events, make_case, make_colleague, now
from tests.people import make_centre, sign_in


@pytest.fixture(autouse=True)
def at_night(monkeypatch, plain_static):
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


@pytest.fixture
def ilona(centre):
    """A midwife on no team."""
    return make_colleague(Role.MIDWIFE, centre, "ilona")


@pytest.fixture
def petra(centre):
    """The privacy officer."""
    return make_colleague(Role.PRIVACY_OFFICER, centre, "petra")


def browser(member):
    return sign_in(Client(), member)


def verdict(glass, **changes):
    return {"verdict": "needed", "words": "oli tarpeen"} | changes


def test_a_broken_glass_waits_until_somebody_else_has_said_what_it_came_to(case, ilona, petra, centre):
    glass = break_glass(case, ilona, words="soitti, pyysi apua")
    shown = browser(petra).get("/s/lasit").text
    assert "soitti, pyysi apua" in shown
    assert "Aino" not in shown
    for _ in range(2):
        answer = browser(petra).post(f"/s/lasit/{glass.pk}", verdict(glass))
        assert answer.headers["Location"] == "/s/lasit"
    assert access.review_queue(centre, **now(petra)) == ()
    assert events(centre).count("glass.reviewed") == 1
    assert "Ei arvioitavaa" in browser(petra).get("/s/lasit").text


def test_a_verdict_needs_words_and_is_one_of_three(case, ilona, petra):
    glass = break_glass(case, ilona)
    for wrong, field in ((verdict(glass, words=" "), "words"), (verdict(glass, verdict="fine"), "verdict")):
        answer = browser(petra).post(f"/s/lasit/{glass.pk}", wrong)
        assert answer.status_code == 422
        assert f"{glass.pk.hex}_{field}_error" in answer.text


def test_nobody_reviews_their_own(case, centre, kaisa):
    other = make_case(make_colleague(Role.MIDWIFE, centre, "ilona"), centre)
    glass = break_glass(other, kaisa)
    own = browser(kaisa)
    assert "Tämä on omasi" in own.get("/s/lasit").text
    assert own.post(f"/s/lasit/{glass.pk}", verdict(glass)).status_code == 422
    assert len(access.review_queue(centre, **now(kaisa))) == 1


def test_the_one_that_is_due_first_stands_on_top_and_a_late_one_says_so(case, ilona, petra, centre):
    break_glass(case, ilona, words="toinen", when=AT - HOUR)
    break_glass(case, ilona, words="ensimmäinen", when=AT - 80 * HOUR)
    shown = browser(petra).get("/s/lasit").text
    assert shown.index("ensimmäinen") < shown.index("toinen")
    assert shown.count("arvioitava viimeistään") == 1


def test_the_code_leads_only_those_who_are_let_in(case, ilona, petra, kaisa, maija):
    break_glass(case, ilona)
    address = f"/s/t/{case.pk}/tiimi"
    assert address not in browser(petra).get("/s/lasit").text
    assert address not in browser(kaisa).get("/s/lasit").text
    actions.join_team(
        access.enter(access.find(case.pk, [case], by=by(maija)), by=by(maija), at=AT),
        member=kaisa,
        role=Role.MIDWIFE_COORDINATOR,
        key=uuid4(),
        **now(maija),
    )
    assert address in browser(kaisa).get("/s/lasit").text


def test_others_have_no_such_page_and_another_centres_is_not_there(case, ilona, maija):
    glass = break_glass(case, ilona)
    assert browser(maija).get("/s/lasit").status_code == 403
    assert browser(maija).post(f"/s/lasit/{glass.pk}", verdict(glass)).status_code == 403
    oona = browser(make_colleague(Role.PRIVACY_OFFICER, make_centre("laakso"), "oona"))
    assert oona.post(f"/s/lasit/{glass.pk}", verdict(glass)).status_code == 404
    assert "Ei arvioitavaa" in oona.get("/s/lasit").text


def test_for_whoever_is_shut_out_there_is_none_to_review(case, ilona, petra, maija, centre):
    glass = break_glass(case, ilona, words="soitti, pyysi apua")
    clients.shut_out(client_of(case, maija), member=petra, **now(maija))
    assert "soitti" not in browser(petra).get("/s/lasit").text
    assert browser(petra).post(f"/s/lasit/{glass.pk}", verdict(glass)).status_code == 404
    assert access.review_queue(centre, **now(petra)) == ()


def test_one_of_a_record_that_is_destroyed_keeps_no_other_from_being_reviewed(case, ilona, petra, maija, centre):
    break_glass(case, ilona, words="soitti, pyysi apua")
    gone = break_glass(make_case(maija, centre), ilona, words="sanottu")
    of = client_of(gone.case, maija)
    clients.add_to_identity(of, said={"shielded": True, "address": "Kanarianlinnuntie 3"}, **now(maija))
    vault.destroy_key(centre.pk, gone.case.client_id)
    shown = browser(petra).get("/s/lasit")
    assert shown.status_code == 200
    assert "soitti, pyysi apua" in shown.text
    assert "sanottu" not in shown.text
    assert browser(petra).post(f"/s/lasit/{gone.pk}", verdict(gone)).status_code == 302
    assert len(access.review_queue(centre, **now(petra))) == 1


def test_the_list_takes_as_many_queries_with_many_as_with_one(case, ilona, petra):
    break_glass(case, ilona)
    officer = browser(petra)
    officer.get("/s/lasit")
    one = counted(lambda: officer.get("/s/lasit"))
    for _ in range(4):
        break_glass(case, ilona)
    assert counted(lambda: officer.get("/s/lasit")) == one <= 25


def test_the_walls_are_printed_whole_and_linked_from_the_rights(kaisa):
    table = browser(kaisa).get("/s/oikeudet/seinat").context
    assert len(table["sections"]) == len(Section)
    assert [len(row["cells"]) for row in table["rows"]] == [len(Section)] * len(WALLS)
    assert "/s/oikeudet/seinat" in browser(kaisa).get("/s/oikeudet").text


def test_a_midwife_does_not_see_the_walls(maija):
    assert browser(maija).get("/s/oikeudet/seinat").status_code == 403
