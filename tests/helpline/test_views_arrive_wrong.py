"""What is wrong with an arrival is said, and whatever fails, what was typed stays."""

from typing import Any

import pytest
from django.test import Client

from tests.helpline.arrivals import CAME, client_of, on_the_way, receive
from tests.helpline.arriving_browser import ARRIVE, asked, cases_of, form_of, only, press
from tests.helpline.browser import DESK, stop_clock
from tests.helpline.night import Desk
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
HOSTILE = {
    "nothing": "",
    "nul": "A\0ino",
    "right to left": "\u202eAino",
    "mark": "<b>Aino</b>",
    "emoji": "🌊" * 40,
    "script": "أَينو",
    "300 letters": "Å" * 300,
    "lines": "Ai\nno",
}


@pytest.fixture
def desk(monkeypatch) -> Desk:
    stop_clock(monkeypatch, CAME)
    return Desk()


@pytest.fixture
def maija(desk) -> Client:
    return sign_in(Client(), desk.maija)


# ── What is wrong ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_is_a_called_name_or_is_said_to_be_none(desk, maija, text):
    assert press(maija, called=text).status_code == 303
    assert press(maija, do="search", sought=text, called=text).status_code == 200
    assert "<b>Aino" not in press(maija, do="search", sought=text, called=text).content.decode()


def test_a_name_that_is_too_long_is_told_beside_the_field_and_is_kept(desk, maija):
    answer = press(maija, called="Å" * 301, room="1")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in html
    assert "id_called" in html[html.index('role="alert"') :][:500]
    assert form_of(html)["called"] == ["Å" * 301]
    assert cases_of(desk) == []


@pytest.mark.parametrize(
    "wrong",
    [{"room": "9"}, {"asked_by": "moon"}, {"company": ["crowd"]}, {"language": "'; drop"}, {"key": "1"}],
    ids=str,
)
def test_a_choice_that_is_none_opens_nothing(desk, maija, wrong):
    assert press(maija, **wrong).status_code == 422
    assert cases_of(desk) == []


def test_whoever_is_alone_is_with_nobody(desk, maija):
    answer = press(maija, company=["alone", "friend"])
    assert answer.status_code == 422
    assert "Valitse joko yksin" in answer.content.decode()


WRONG_WAYS: dict[str, dict[str, Any]] = {
    "no channel": {"way-channel": "pigeon"},
    "no number": {"way-address": ""},
    "no days": {"way-days": []},
    "no hours": {"way-begins": ""},
    "no length": {"way-begins": "9", "way-ends": "9"},
    "over": {"way-expires": "1.1.2020"},
}
RIGHT: dict[str, Any] = {
    "opens_way": "on",
    "way-channel": "call",
    "way-address": "050 000 0009",
    "way-days": ["Mo"],
    "way-begins": "9",
    "way-ends": "10",
}


@pytest.mark.parametrize("wrong", WRONG_WAYS.values(), ids=WRONG_WAYS)
def test_a_way_that_could_not_be_used_is_mended_first_and_stays_as_it_was_typed(desk, maija, wrong):
    answer = press(maija, **{**RIGHT, **wrong})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<details open><summary>Turvallinen yhteys" in html
    assert 'role="alert"' in html
    assert form_of(html)["way-ends"] == [str({**RIGHT, **wrong}["way-ends"])]
    assert cases_of(desk) == []


@pytest.mark.parametrize("wrong", WRONG_WAYS.values(), ids=WRONG_WAYS)
def test_of_a_way_that_is_not_opened_nothing_is_asked(desk, maija, wrong):
    assert press(maija, **{**RIGHT, **wrong, "opens_way": []}).status_code == 303
    assert client_of(desk, only(desk)).head.ways == ()


def test_a_way_that_is_not_opened_stays_as_typed_while_something_else_is_mended(desk, maija):
    html = press(maija, **{**RIGHT, "opens_way": [], "room": "9"}).content.decode()
    form = form_of(html)
    assert (form["way-address"], form["way-days"], form["way-begins"]) == (["050 000 0009"], ["Mo"], ["9"])


def test_a_contact_that_somebody_still_writes_is_ended_first(desk, maija):
    ref = desk.begin()
    html = asked(maija, ref)
    assert f'href="{DESK}/{ref.id}">Yhteydenottoon' in html
    answer = press(maija, ref, called="Vieno")
    assert answer.status_code == 422
    assert "Maija kirjoittaa yhteydenottoa vielä" in answer.content.decode()
    assert form_of(answer.content.decode())["called"] == ["Vieno"]


def test_whoever_comes_second_sees_the_case_that_a_colleague_has_opened(desk, maija):
    contact = on_the_way(desk)
    form = form_of(asked(maija, contact))
    case = receive(desk, contact, by=desk.colleague)
    answer = maija.post(ARRIVE, {**form, "do": "open", "called": "Vieno", "room": "2"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="/s/t/{case.pk}"' in html
    assert (form_of(html)["called"], form_of(html)["room"]) == (["Vieno"], ["2"])
    assert len(cases_of(desk)) == 1
