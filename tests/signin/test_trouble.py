"""What the staff side says when something is wrong, in the member's language and its own look."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from poukama.signin import access
from poukama.staff.rules import Role
from tests.people import sign_in
from tests.signin.proofs import make_insider

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Tällaista sivua ei ole"), ("sv", "Det finns ingen sådan sida"), ("en", "no such page")],
)
def test_a_page_that_is_not_there_says_so_in_the_members_language(client, language, words):
    page = sign_in(client, make_insider(language=language)).get("/s/ei-ole")
    assert page.status_code == 404
    assert words in page.content.decode()
    assert 'class="rail"' in page.content.decode()


def test_who_is_not_in_reads_it_at_the_door(client):
    page = client.get("/s/ei-ole", headers={"accept-language": "sv"})
    assert page.status_code == 404
    assert "Det finns ingen sådan sida" in page.content.decode()
    assert 'class="door"' in page.content.decode()


def test_a_script_is_told_in_its_own_way(client):
    answer = sign_in(client, make_insider()).get("/s/ei-ole", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["kind"]) == (404, "failed")


def test_a_fault_says_that_what_is_saved_is_saved_and_is_written_down_without_its_request(monkeypatch, caplog):
    client = sign_in(Client(raise_request_exception=False), make_insider())

    def fails(*known, **more):
        raise RuntimeError("a fault")

    monkeypatch.setattr(access, "colleagues", fails)
    with caplog.at_level(logging.ERROR, "poukama.signin.trouble"):
        page = client.get("/s/kollegalle?x=a-secret")
    assert page.status_code == 500
    assert "Tallennettu on tallessa" in page.content.decode()
    assert "a-secret" not in caplog.text


def test_a_form_that_met_a_fault_gives_back_what_was_typed_and_can_be_sent_again(monkeypatch):
    client = sign_in(Client(raise_request_exception=False), make_insider())

    def fails(*known, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(access, "colleagues", fails)
    words = "a text that somebody has typed for a good while <b>"
    page = client.post("/s/kollegalle", {"member": "7", "words": words, "password": "not shown"})
    text = page.content.decode()
    assert page.status_code == 500
    assert "Kirjoittamasi on alla" in text
    assert "a text that somebody has typed for a good while &lt;b&gt;</textarea>" in text
    assert 'name="member" value="7"' in text
    assert "not shown" not in text


@pytest.mark.parametrize(("language", "words"), [("fi", "Kirjoittamasi on alla"), ("sv", "Det du skrev finns kvar")])
def test_a_fault_before_anybody_is_known_is_told_in_the_language_of_the_browser(monkeypatch, language, words):
    client = sign_in(Client(raise_request_exception=False), make_insider())

    def fails(*known):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("poukama.staff.middleware.standing", fails)
    page = client.post("/s/kollegalle", {"words": "typed"}, headers={"accept-language": language})
    assert page.status_code == 500
    assert words in page.content.decode()
    assert 'value="typed"' in page.content.decode()


def test_a_right_that_is_missing_is_told_without_blame(client):
    member = make_insider("laine", Role.DOCTOR)
    sign_in(client, member)
    member.posts.all().delete()
    page = client.get("/s/oma")
    assert page.status_code == 403
    assert "Tämä ei kuulu oikeuksiisi" in page.content.decode()


def test_a_form_from_before_the_last_sign_in_can_be_sent_again_with_what_was_typed():
    client = sign_in(Client(enforce_csrf_checks=True), make_insider())
    page = client.post("/s/kollegalle", {"member": "7"})
    text = page.content.decode()
    assert page.status_code == 403
    assert 'action="/s/kollegalle"' in text
    assert 'name="member" value="7"' in text
    assert "csrfmiddlewaretoken" in text


@pytest.mark.parametrize("logger", ["django.request", "django.security.csrf", "django.security.DisallowedHost"])
def test_no_page_that_refuses_writes_its_address_to_a_log(logger):
    logging_: Any = settings.LOGGING
    told = logging_["loggers"][logger]
    assert (told["handlers"], told["propagate"]) == (["nowhere"], False)


def test_another_sites_form_is_not_offered_to_be_sent():
    client = sign_in(Client(enforce_csrf_checks=True), make_insider())
    page = client.post("/s/kollegalle", {"member": "7"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "/s/kollegalle" not in page.content.decode()


def test_a_save_from_before_the_last_sign_in_is_given_a_new_token():
    client = sign_in(Client(enforce_csrf_checks=True), make_insider())
    answer = client.post("/s/kollegalle", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["kind"]) == (403, "stale")
    token = {"X-CSRFToken": answer.json()["token"]}
    assert client.post("/s/kollegalle", {}, content_type="application/json", headers=token).status_code == 404


def test_what_cannot_be_read_is_told(client):
    assert client.get("/s/kirjaudu", headers={"host": "elsewhere.example"}).status_code == 400
