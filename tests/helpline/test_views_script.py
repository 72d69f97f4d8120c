"""What the page's script sends: saves of what changed, and buttons by themselves, each under its own key."""

import json
from uuid import uuid4

import pytest

from tests.helpline.browser import DESK, Browser, stop_clock
from tests.helpline.night import NIGHT, WINDOW, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def desk(monkeypatch):
    stop_clock(monkeypatch, NIGHT)
    return Desk()


@pytest.fixture
def maija(desk):
    return Browser(desk.maija)


@pytest.fixture
def contact(maija):
    return maija.begin()


def save(browser, address, number=1, writer=WINDOW, **fields):
    sent = {"writer": str(writer), "number": number, "fields": fields}
    return browser.client.post(f"{address}/tallenna", sent, content_type="application/json")


def press(browser, address, verb, **fields):
    return browser.client.post(f"{address}/{verb}", {"key": str(uuid4()), **fields})


def test_words_are_saved_and_the_page_stays_as_it_is(maija, contact):
    answer = save(maija, contact, note="Sisko ajaa.")
    assert (answer.status_code, answer.json()) == (200, {"number": 1, "saved": "02.14"})
    maija.open(contact)
    assert maija.form()["note"] == ["Sisko ajaa."]


def test_a_choice_brings_the_suggestion_and_the_sentences_in_the_callers_language(maija, contact):
    told = save(maija, contact, language="sv", when="hours_6", age="16-17", place="satama", wants=["care"]).json()
    assert "Ehdotus: tule nyt" in told["html"]
    assert 'data-key="alt+1"' in told["html"]
    assert "<html" not in told["html"]
    assert "Tack för att du ringde." in told["phrases"]
    assert "Innan du berättar mer" in told["duty"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_save_that_came_before_changes_nothing_and_is_no_fault(maija, contact, number):
    save(maija, contact, number=2, note="Uusi.")
    answer = save(maija, contact, number=number, note="Vanha.")
    assert (answer.status_code, answer.json()["number"]) == (200, 2)
    maija.open(contact)
    assert maija.form()["note"] == ["Uusi."]


def test_what_is_valid_is_saved_and_the_rest_is_named(maija, contact):
    answer = save(maija, contact, note="Säilyy.", age="900", phone="050 000 0009")
    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {"age", "phone"}
    assert answer.json()["number"] == 1
    maija.open(contact)
    assert maija.form()["note"] == ["Säilyy."]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        json.dumps({"writer": "x", "number": 1, "fields": {}}).encode(),
        json.dumps({"writer": str(WINDOW), "number": "1", "fields": {}}).encode(),
        json.dumps({"writer": str(WINDOW), "number": 0, "fields": {}}).encode(),
        json.dumps({"writer": str(WINDOW), "number": 2**63, "fields": {}}).encode(),
        json.dumps({"writer": str(WINDOW), "number": True, "fields": []}).encode(),
        json.dumps({"writer": str(WINDOW), "number": True, "fields": {}}).encode(),
    ],
)
def test_what_is_no_save_is_refused_in_words(maija, contact, body):
    answer = maija.client.post(f"{contact}/tallenna", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["words"] == "Tätä ei voitu lukea."


def test_another_window_and_another_member_are_told_who_writes(desk, maija, contact):
    save(maija, contact)
    answer = save(maija, contact, writer=uuid4())
    assert (answer.status_code, answer.json()["kind"]) == (409, "pen")
    assert "toisessa ikkunassasi" in answer.json()["words"]
    answer = save(Browser(desk.ilona), contact, writer=uuid4())
    assert (answer.status_code, answer.json()["kind"]) == (409, "pen")
    assert "Maija kirjoittaa" in answer.json()["words"]


def test_a_contact_that_has_ended_takes_no_more(maija, contact):
    press(maija, contact, "paata")
    answer = save(maija, contact, note="Myöhässä.")
    assert (answer.status_code, answer.json()["kind"]) == (409, "ended")


def test_whoever_is_signed_out_is_told_so(maija, contact):
    maija.client.logout()
    answer = save(maija, contact, note="x")
    assert (answer.status_code, answer.json()["kind"]) == (401, "signed_out")
    assert press(maija, contact, "paata").status_code == 401


def test_another_window_takes_the_pen(maija, contact):
    save(maija, contact, note="Ensin.")
    other = uuid4()
    assert press(maija, contact, "ota", writer=str(other)).status_code == 303
    assert save(maija, contact, writer=other, note="Sitten.").status_code == 200
    assert save(maija, contact, number=2, note="Vanha ikkuna.").status_code == 409


@pytest.mark.parametrize(
    ("verb", "fields", "words"),
    [
        ("ovi", {"door": "come_now"}, "Tulee nyt, sovittu klo 02.14."),
        ("ovi", {"door": "information"}, "data-taken"),
        ("kerrottu", {"duty": "doctor", "at": NIGHT.isoformat()}, 'name="note"'),
        ("takaisin", {"safe_contact": "call", "phone": "050 000 0009", "due": "5.00"}, "050 000 0009"),
    ],
)
def test_a_button_by_itself_does_one_thing_and_leads_back(maija, contact, verb, fields, words):
    answer = press(maija, contact, verb, **fields)
    assert (answer.status_code, answer["Location"]) == (303, contact)
    assert words in maija.open(contact)


@pytest.mark.parametrize("verb", ["paata", "tyhja"])
def test_a_contact_ends_at_the_hour_that_the_browser_kept(maija, verb):
    early = NIGHT.replace(hour=1)
    address = maija.begin(began=early.isoformat())
    ended = NIGHT.replace(hour=1, minute=30)
    assert press(maija, address, verb, ended=ended.isoformat())["Location"] == DESK
    assert "kesto 16.00" in maija.open(address)


def test_somebody_was_told_at_the_hour_that_the_browser_kept(maija, contact):
    press(maija, contact, "ovi", door="come_now")
    press(maija, contact, "kerrottu", duty="doctor", at=NIGHT.replace(hour=1, minute=58).isoformat())
    assert "Kerrottu klo 01.58 puhelimitse: Lääkäri" in maija.open(contact)


def test_the_same_key_does_nothing_more(maija, contact):
    press(maija, contact, "ovi", door="come_now")
    key = str(uuid4())
    for _ in range(3):
        assert press(maija, contact, "kerrottu", duty="doctor", key=key).status_code == 303
    assert maija.open(contact).count("Kerrottu klo") == 1


def test_a_refused_button_says_what_is_missing(maija, contact):
    answer = press(maija, contact, "ovi", door="call_back")
    assert answer.status_code == 422
    assert "millä tavalla on turvallista" in answer.content.decode()


def test_a_contact_is_passed_on(desk, maija, contact):
    assert press(maija, contact, "siirra", to=str(desk.ilona.pk))["Location"] == DESK
    assert "Ilona kirjoittaa" in maija.open(contact)


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_nothing_is_done_by_looking(maija, contact, method):
    for verb in ("tallenna", "ovi", "kerrottu", "paata", "tyhja", "ota", "siirra"):
        assert getattr(maija.client, method)(f"{contact}/{verb}").status_code == 405
