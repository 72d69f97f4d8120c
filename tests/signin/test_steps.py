"""Setting up what lets one in: the first step of all, more of them, and the password."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from poukama.core import clock
from poukama.signin import access, actions
from poukama.signin.rules import oneself
from tests.people import sign_in
from tests.signin.proofs import NOW, PASSWORD, code_at, give_password, is_in, make_insider

pytestmark = pytest.mark.django_db
ORGANISATION = {
    "name": "Hospital",
    "client_id": "poukama",
    "secret": "s",
    "settings": {"server_url": "http://127.0.0.1:1"},
}


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """The clock of these pages, until a test moves it."""
    held = [NOW]
    monkeypatch.setattr(clock, "now", lambda: held[0])

    def move(**by: float) -> dt.datetime:
        held[0] += dt.timedelta(**by)
        return held[0]

    return move


def secret_of(client: Client) -> str:
    """The secret on the page, as a person would type it."""
    page = client.get("/s/oma/vaiheet/sovellus").content.decode()
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def test_the_first_step_of_all_makes_the_session_whole_and_shows_the_paper_codes_once(client):
    member = make_insider(app=False)
    give_password(client)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    secret = secret_of(client)
    page = client.post("/s/oma/vaiheet/sovellus", {"code": code_at(NOW, secret)})
    codes = access.paper_codes(member)
    assert all(f"{code[:4]} {code[4:]}" in page.content.decode() for code in codes)
    assert is_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    again = client.get("/s/oma/vaiheet").content.decode()
    assert not any(code[:4] + " " + code[4:] in again for code in codes)


def test_the_picture_is_drawn_inline_and_the_secret_lies_sealed_between_the_pages(client):
    make_insider(app=False)
    give_password(client)
    secret = secret_of(client)
    page = client.get("/s/oma/vaiheet/sovellus").content.decode()
    assert "<svg" in page
    assert "data:" not in page
    held = str([each.get_decoded() for each in Session.objects.all()])
    assert secret not in held
    assert secret_of(client) not in held


def test_a_wrong_first_code_is_said_and_the_same_secret_stays(client):
    member = make_insider(app=False)
    give_password(client)
    secret = secret_of(client)
    page = client.post("/s/oma/vaiheet/sovellus", {"code": "000000"})
    assert page.status_code == 422
    assert " ".join(re.findall("....", secret)) in page.content.decode()
    assert not access.steps_of(member).any
    client.post("/s/oma/vaiheet/sovellus", {"code": code_at(NOW, secret)})
    assert access.steps_of(member).app


def test_a_second_app_takes_the_place_of_the_first_and_shows_no_codes(client):
    sign_in(client, make_insider(), at=NOW)
    secret = secret_of(client)
    done = client.post("/s/oma/vaiheet/sovellus", {"code": code_at(NOW, secret)})
    assert done.headers["Location"] == "/s/oma/vaiheet"


def test_a_code_without_the_page_before_it_starts_over(client):
    sign_in(client, make_insider(), at=NOW)
    assert client.post("/s/oma/vaiheet/sovellus", {"code": "123456"}).status_code == 200


def test_new_paper_codes_are_shown_once(client):
    member = make_insider()
    sign_in(client, member, at=NOW)
    page = client.post("/s/oma/vaiheet/paperi").content.decode()
    assert all(f"{code[:4]} {code[4:]}" in page for code in access.paper_codes(member))
    assert client.get("/s/oma/vaiheet/paperi").status_code == 405


def test_without_a_second_step_there_is_no_paper(client):
    sign_in(client, make_insider(app=False), at=NOW, whole=False)
    assert client.post("/s/oma/vaiheet/paperi").status_code == 404


def test_a_step_is_removed_but_never_the_last(client):
    member = make_insider()
    sign_in(client, member, at=NOW)
    assert client.post("/s/oma/vaiheet/poista").status_code == 404
    actions.add_passkey(member, name="Phone", credential={}, by=oneself(member.pk), at=NOW)
    key = access.steps_of(member).passkeys[0]
    page = client.get("/s/oma/vaiheet").content.decode()
    assert "Phone" in page
    assert client.post("/s/oma/vaiheet/poista", {"passkey": "x"}).status_code == 404
    assert client.post("/s/oma/vaiheet/poista", {"passkey": key.pk}).status_code == 302
    assert access.steps_of(member).passkeys == ()


def test_who_has_not_proved_who_they_are_for_a_while_unlocks_first(client, at, monkeypatch):
    sign_in(client, make_insider(), at=NOW)
    monkeypatch.setattr("poukama.signin.middleware.in_call", lambda member, at: True)
    at(minutes=15)
    for address in ("/s/oma/vaiheet/paperi", "/s/oma/salasana", "/s/oma/vaiheet/sovellus"):
        assert client.post(address).headers["Location"] == "/s/lukko?next=/s/oma/vaiheet"


@pytest.mark.parametrize("answer", ["", "{}", '{"id": "x"}'])
def test_what_is_no_new_passkey_is_refused(client, answer):
    member = make_insider()
    sign_in(client, member, at=NOW)
    question = client.get("/s/oma/vaiheet/avain/kysymys").json()["publicKey"]
    assert question["authenticatorSelection"]["residentKey"] == "required"
    assert question["user"]["name"] == "maija"
    assert client.post("/s/oma/vaiheet/avain", {"credential": answer}).status_code == 422
    assert access.steps_of(member).passkeys == ()


@pytest.mark.parametrize("new", ["short", "password1234", "maija virtanen"])
def test_a_weak_password_is_refused_in_words(client, new):
    sign_in(client, make_insider(name="Maija Virtanen"), at=NOW)
    page = client.post("/s/oma/salasana", {"password": new})
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_a_new_password_ends_every_other_session(client):
    member = make_insider()
    other = sign_in(Client(), member, at=NOW)
    sign_in(client, member, at=NOW)
    assert client.get("/s/oma/salasana").status_code == 200
    assert client.post("/s/oma/salasana", {"password": "four slow grey ferries"}).status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert access.by_password("maija", PASSWORD) is None


def test_the_organisations_account_is_linked_where_there_is_one(client):
    member = make_insider()
    sign_in(client, member, at=NOW)
    assert client.post("/s/oma/vaiheet/organisaatio").status_code == 404
    with override_settings(ORGANISATION=ORGANISATION):
        page = client.post("/s/oma/vaiheet/organisaatio").content.decode()
        assert 'href="/s/kirjaudu/organisaatio"' in page
        actions.link(member, provider="organisation", subject="s", by=oneself(member.pk), at=NOW)
        assert client.post("/s/oma/vaiheet/organisaatio", {"unlink": "1"}).status_code == 302
    assert not access.steps_of(member).organisation
