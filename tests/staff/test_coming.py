"""The way in on screen: a code, a password, and on; the code is in no address and no log."""

import datetime as dt
import logging

import pytest
from django.test import Client, override_settings

from poukama.staff import actions
from poukama.staff.models import Colleague, Member
from poukama.staff.rules import Role, shown_code
from tests.people import LONG_AGO, acting, come_in, invited, make_centre, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
FIRST, SECOND, SECOND_STEP = "/s/tulo", "/s/tulo/salasana", "/s/oma/vaiheet"
SENTENCE = "kolme haikaraa rannalla"
CHOSEN = {"password": SENTENCE, "again": SENTENCE}
LENGTH = {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}


@pytest.fixture(autouse=True)
def _at_the_time(monkeypatch) -> None:
    monkeypatch.setattr("poukama.core.clock.now", lambda: LONG_AGO)


def test_a_code_however_it_is_grouped_leads_to_a_password_and_in(client):
    way, code = invited()
    assert client.post(FIRST, {"code": f" {shown_code(code).lower()} "})["Location"] == SECOND
    page = client.get(SECOND)
    assert "saga" in page.text
    assert client.post(SECOND, CHOSEN)["Location"] == SECOND_STEP
    member = Member.objects.get(pk=way.member_id)
    assert member.check_password(SENTENCE)
    assert client.get(SECOND_STEP).status_code == 200
    # Nothing else opens before the second step is set up.
    assert client.get("/s/oma").status_code != 200


@pytest.mark.parametrize("typed", ["", "K7QM", "0000-0000-0000", "K7QM-42MX-9PZT", "\0", "x" * 5000])
def test_what_is_no_code_is_said_in_words_and_stays_in_the_field(client, typed):
    page = client.post(FIRST, {"code": typed})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert (typed.strip("\0") in page.text) or not typed


def test_the_page_speaks_the_language_that_the_browser_asks_for(client):
    for language, words in (("sv", "Kom in med engångskoden"), ("fi", "Tule sisään kertakoodilla")):
        assert words in client.get(FIRST, headers={"accept-language": language}).text


def test_then_it_speaks_that_of_the_member(client):
    way, code = invited()
    Member.objects.filter(pk=way.member_id).update(language="sv")
    client.post(FIRST, {"code": code})
    assert "Nytt lösenord" in client.get(SECOND).text


def test_without_a_code_there_is_no_second_step(client):
    assert client.get(SECOND)["Location"] == FIRST
    assert client.post(SECOND, CHOSEN)["Location"] == FIRST


def test_whoever_walks_away_between_the_steps_types_the_code_anew(client, monkeypatch):
    _, code = invited()
    client.post(FIRST, {"code": code})
    monkeypatch.setattr("poukama.core.clock.now", lambda: LONG_AGO + dt.timedelta(minutes=15))
    assert client.post(SECOND, CHOSEN)["Location"] == FIRST


def test_two_passwords_that_differ_and_one_that_is_short_are_refused_and_the_code_stays_open(client):
    _, code = invited()
    client.post(FIRST, {"code": code})
    assert client.post(SECOND, CHOSEN | {"again": "neljä haikaraa"}).status_code == 422
    with override_settings(AUTH_PASSWORD_VALIDATORS=[LENGTH]):
        assert client.post(SECOND, {"password": "short", "again": "short"}).status_code == 422
    assert client.post(SECOND, CHOSEN)["Location"] == SECOND_STEP


def test_a_code_used_in_between_is_said_to_be_used(client, monkeypatch):
    way, code = invited()
    client.post(FIRST, {"code": code})

    def used_first(password: str) -> str:
        come_in(way)
        return "late"

    monkeypatch.setattr("poukama.staff.coming.make_password", used_first)
    page = client.post(SECOND, CHOSEN)
    assert page.status_code == 422
    assert "Koodi on jo käytetty" in page.text
    assert not Member.objects.filter(password="late").exists()  # noqa: S106
    assert client.get(SECOND)["Location"] == FIRST


def test_whoever_was_signed_in_before_is_out(client):
    sign_in(client, make_member(login="maija"))
    way, code = invited()
    client.post(FIRST, {"code": code})
    client.post(SECOND, CHOSEN)
    assert client.session["_auth_user_id"] == str(way.member_id)
    assert not {"way_in", "way_in_since"} & set(client.session.keys())


def test_a_reset_ends_the_open_session_at_once(client):
    member = come_in(invited("maija")[0])
    sign_in(client, member)
    assert client.get("/s/oma").status_code == 200
    kaisa = make_member(Role.MIDWIFE_COORDINATOR, login="kaisa")
    ida = make_member(Role.ADMINISTRATOR, login="ida")
    asked = actions.ask_reset(Colleague(member, make_centre()), by=acting(kaisa), at=LONG_AGO)
    assert client.get("/s/oma").status_code == 200
    actions.confirm_reset(asked, code_hash="0" * 64, by=acting(ida), at=LONG_AGO)
    assert client.get("/s/oma").status_code in {302, 303, 403}


def test_the_code_is_in_no_address_session_or_log(client: Client, caplog):
    _, code = invited()
    with caplog.at_level(logging.DEBUG):
        answers = [client.post(FIRST, {"code": code}), client.get(SECOND), client.post(SECOND, CHOSEN)]
    assert all(code not in answer.get("Location", "") for answer in answers)
    assert code not in str(dict(client.session))
    assert code not in caplog.text
