"""The guard: what a session reaches, when it locks, and what counts as doing something."""

import datetime as dt
import json

import pytest
from django.test import Client

from poukama.core import clock
from poukama.roster.rules import Duty
from poukama.signin import calls
from tests.people import sign_in
from tests.roster.planning import Roster
from tests.signin.proofs import NOW, PASSWORD, is_in, make_insider, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """The clock of these pages, until a test moves it."""
    held = [NOW]
    monkeypatch.setattr(clock, "now", lambda: held[0])

    def move(**by: float) -> None:
        held[0] += dt.timedelta(**by)

    return move


@pytest.fixture
def inside(client: Client) -> Client:
    return sign_in(client, make_insider(), at=NOW)


def in_call(monkeypatch) -> None:
    monkeypatch.setattr(calls, "in_call", lambda request, at: True)
    monkeypatch.setattr("poukama.signin.middleware.in_call", lambda request, at: True)


# ── The lock ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_idle_session_is_refused_and_leads_back_to_the_page_that_was_left(inside, at):
    at(minutes=5)
    stopped = inside.get("/s/kollegalle?x=1")
    assert stopped.headers["Location"] == "/s/lukko?next=/s/kollegalle%3Fx%3D1"
    assert inside.get("/s/lukko").status_code == 200
    back = inside.post("/s/lukko", {"password": PASSWORD, "next": "/s/kollegalle?x=1"})
    assert back.headers["Location"] == "/s/kollegalle?x=1"
    assert is_in(inside)


def test_with_a_contact_open_it_takes_twenty_minutes(inside, at, monkeypatch):
    in_call(monkeypatch)
    at(minutes=19)
    assert is_in(inside)
    at(minutes=20)
    assert not is_in(inside)


def test_the_page_of_the_lock_locks_at_once(inside):
    page = inside.get("/s/lukko?next=/s/kollegalle").content.decode()
    assert 'value="/s/kollegalle"' in page
    assert not is_in(inside)


def test_a_wrong_password_does_not_open_the_lock_and_five_shut_it(inside):
    inside.get("/s/lukko")
    answers = [inside.post("/s/lukko", {"password": "wrong"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert inside.post("/s/lukko", {"password": PASSWORD}).status_code == 429
    assert not is_in(inside)


def test_on_the_lock_lie_the_clock_who_is_on_call_with_the_number_and_the_way_back(client, at):
    roster = Roster()
    roster.add("2026-11-23T22:00", "2026-11-24T06:00", "laine", Duty.DOCTOR)
    roster.add("2026-11-24T06:00", "2026-11-24T08:00", "niemi", Duty.DOCTOR)
    sign_in(client, roster["maija"], at=NOW)
    page = client.get("/s/lukko").content.decode()
    assert ">3.14</time>" in page
    assert "Lääkäri: <bdi>Laine</bdi>" in page
    assert f'href="tel:{roster["laine"].phone}"' in page
    assert "Niemi" not in page
    assert 'name="password"' not in page, "who has none is not asked for one"


def test_with_nobody_on_call_the_lock_says_so(inside):
    assert "Päivystyslistalla ei ole ketään" in inside.get("/s/lukko").content.decode()


def test_in_a_practice_version_one_press_opens_the_lock_and_nowhere_else(inside):
    inside.get("/s/lukko")
    assert inside.post("/s/lukko", {"practice": "1"}).status_code == 422
    make_practice()
    assert inside.post("/s/lukko", {"practice": "1"}).status_code == 302
    assert is_in(inside)


def test_the_next_person_can_take_over_a_locked_machine(inside):
    inside.get("/s/lukko")
    assert inside.get("/s/vaihda").status_code == 200
    assert inside.post("/s/ulos").status_code == 302


def test_after_twelve_hours_a_session_is_over(inside, at, monkeypatch):
    in_call(monkeypatch)
    for _ in range(47):
        at(minutes=15)
        assert is_in(inside)
    at(minutes=15)
    assert inside.get("/s/").headers["Location"] == "/s/kirjaudu"
    assert inside.get("/s/kirjaudu").status_code == 200


# ── What counts as doing something ───────────────────────────────────────────────────────────────────────────


def do(client: Client, how: str) -> int:
    if how == "opens a page":
        return client.get("/s/kollegalle").status_code
    if how == "polls":
        return client.get("/s/kollegalle", headers={"X-Quiet": "1"}).status_code
    if how == "fetches ahead":
        return client.get("/s/kollegalle", headers={"Sec-Purpose": "prefetch"}).status_code
    if how == "types and asks":
        return client.get("/s/elossa").status_code
    if how == "only asks":
        return client.get("/s/elossa", headers={"X-Quiet": "1"}).status_code
    sent = {"saves what changed": {"fields": {"note": "a"}}, "saves nothing": {"fields": {}}, "sends no fields": []}
    body = "{" if how == "sends what is no JSON" else json.dumps(sent[how])
    return client.post("/s/kollegalle", body, content_type="application/json").status_code


@pytest.mark.parametrize(
    ("how", "counts"),
    [
        ("opens a page", True),
        ("types and asks", True),
        ("saves what changed", True),
        ("polls", False),
        ("fetches ahead", False),
        ("only asks", False),
        ("saves nothing", False),
        ("sends no fields", False),
        ("sends what is no JSON", False),
    ],
)
def test_what_a_person_does_keeps_a_session_open_and_what_a_page_does_by_itself_does_not(inside, at, how, counts):
    at(minutes=4)
    assert do(inside, how) != 401
    at(minutes=2)
    assert is_in(inside) is counts


def test_how_long_there_is_left_is_told_in_seconds(inside, at, monkeypatch):
    at(minutes=2)
    assert inside.get("/s/elossa", headers={"X-Quiet": "1"}).json() == {"left": 180}
    in_call(monkeypatch)
    assert inside.get("/s/elossa", headers={"X-Quiet": "1"}).json() == {"left": 1080}


def test_a_busy_session_is_written_only_every_quarter_minute(inside, at, django_assert_num_queries):
    inside.get("/s/")
    with django_assert_num_queries(3):
        inside.get("/s/")


# ── Answers to each kind of request ──────────────────────────────────────────────────────────────────────────


def test_a_save_of_a_locked_session_is_told_so_in_words_and_where_to_go(inside, at):
    at(minutes=5)
    answer = inside.post("/s/kollegalle", {"fields": {"note": "a"}}, content_type="application/json")
    assert answer.status_code == 401
    told = answer.json()
    assert (told["kind"], told["why"], told["way"]) == ("signed_out", "locked", "/s/lukko")
    assert told["words"] == "Näyttö on lukittu."


def test_a_save_without_a_session_is_told_so(client):
    answer = client.post("/s/kollegalle", {}, content_type="application/json", headers={"accept-language": "sv"})
    assert answer.status_code == 401
    assert answer.json()["words"] == "Du är inte längre inloggad."


def test_a_part_of_a_page_sends_the_whole_page_to_the_lock(inside, at):
    at(minutes=5)
    known = {"HX-Request": "true", "HX-Current-URL": "http://testserver/s/kollegalle"}
    answer = inside.get("/s/kollegalle", headers=known)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/s/lukko?next=/s/kollegalle")


def test_a_form_of_a_lost_session_gives_back_what_was_typed_and_keeps_no_secret(client):
    long = "What was typed, and is longer than forty characters. <b>"
    sent = {"note": long, "member": "7", "password": "hunter", "code": "123456"}
    page = client.post("/s/kollegalle", sent, headers={"accept-language": "en"})
    text = page.content.decode()
    assert page.status_code == 401
    assert "You are not signed in any more." in text
    assert "longer than forty characters. &lt;b&gt;</textarea>" in text
    assert 'name="member" value="7"' in text
    assert "hunter" not in text
    assert "123456" not in text
    assert 'href="/s/kirjaudu" target="_blank"' in text


def test_what_half_a_session_reaches_is_setting_up_its_step(client):
    sign_in(client, make_insider(app=False), at=NOW, whole=False)
    assert client.get("/s/").headers["Location"] == "/s/oma/vaiheet"
    assert client.post("/s/kollegalle").status_code == 401
    assert client.get("/s/oma/vaiheet").status_code == 200
    assert client.get("/s/elossa").status_code == 200


def test_a_page_of_the_staff_side_tells_its_address_to_ourselves_alone(client):
    assert client.get("/s/kirjaudu").headers["Referrer-Policy"] == "same-origin"
    assert client.get("/fi/apua").headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/s/elossa", "/s/puhelin", "/s/kirjaudu"])
def test_a_request_of_a_session_that_is_over_takes_no_cookie_from_whoever_came_in_meanwhile(client, path):
    client.cookies["sessionid"] = "over" * 8
    answer = client.get(path)
    assert "sessionid" not in answer.cookies
