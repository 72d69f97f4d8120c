"""The pages at the door: who comes in by what, what is said when it does not hold, and the next person's turn."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from poukama.audit import trail
from poukama.core import clock
from poukama.gate.scope import within
from poukama.signin import access
from poukama.signin.models import Entry, WrongTry
from tests.people import make_member, sign_in
from tests.signin.proofs import (
    NOW,
    PASSWORD,
    code_at,
    give_code,
    give_password,
    is_in,
    make_insider,
    make_practice,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """The clock of these pages: 03:14 in Helsinki, until a test moves it."""
    held = [NOW]
    monkeypatch.setattr(clock, "now", lambda: held[0])

    def move(**by: float) -> dt.datetime:
        held[0] += dt.timedelta(**by)
        return held[0]

    return move


def said() -> list[str]:
    with within(0):
        return [line.event for line in trail.lines(0)]


def come_in(client: Client, login: str, at) -> None:
    """Both steps, with the next code of the app."""
    give_password(client, login)
    assert give_code(client, code_at(at(seconds=30))).status_code == 302


# ── Two steps ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_password_and_a_code_open_the_page_that_was_asked_for(client, at):
    make_insider()
    asked = client.get("/s/kollegalle")
    assert asked.headers["Location"] == "/s/kirjaudu?next=/s/kollegalle"
    first = give_password(client, next="/s/kollegalle")
    assert first.headers["Location"] == "/s/kirjaudu/koodi?next=/s/kollegalle"
    assert not is_in(client)
    second = give_code(client, code_at(NOW), next="/s/kollegalle")
    assert second.headers["Location"] == "/s/kollegalle"
    assert is_in(client)
    assert said()[-2:] == ["signin.code_used", "signin.entered"]


def test_a_paper_code_opens_too_and_a_name_is_typed_in_any_case(client):
    member = make_insider()
    give_password(client, " Maija ")
    assert give_code(client, access.paper_codes(member)[0]).status_code == 302
    assert is_in(client)


def test_the_second_step_is_awaited_for_ten_minutes(client, at):
    make_insider()
    give_password(client)
    assert give_code(client, code_at(at(minutes=10))).headers["Location"] == "/s/kirjaudu"
    assert not is_in(client)


def test_without_the_first_step_there_is_no_second(client):
    make_insider()
    assert client.get("/s/kirjaudu/koodi").headers["Location"] == "/s/kirjaudu"


def test_who_is_in_is_not_asked_again(client):
    sign_in(client, make_insider())
    assert client.get("/s/kirjaudu").headers["Location"] == "/s/"


def test_who_has_no_second_step_is_led_to_set_one_up_before_anything_else(client):
    make_insider(app=False)
    assert give_password(client).headers["Location"] == "/s/oma/vaiheet"
    assert client.get("/s/").headers["Location"] == "/s/oma/vaiheet?next=/s/" or not is_in(client)
    assert client.get("/s/oma/vaiheet").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/s/", "//elsewhere.example", "/fi/apua", "javascript:0"]
)
def test_nobody_is_led_away_after_signing_in(client, elsewhere):
    member = make_insider()
    give_password(client, next=elsewhere)
    assert give_code(client, access.paper_codes(member)[0], next=elsewhere).headers["Location"] == "/s/"


# ── What does not hold ───────────────────────────────────────────────────────────────────────────────────────


def test_the_words_are_the_same_whatever_is_wrong(client):
    make_insider()
    closed = make_insider("kaisa")
    type(closed).objects.filter(pk=closed.pk).update(closed_at=NOW)
    pages = [
        give_password(client, login, password)
        for login, password in (
            ("maija", "wrong"),
            ("nobody", PASSWORD),
            ("kaisa", PASSWORD),
            ("ma\0ija", "x"),
            ("", ""),
        )
    ]
    assert {page.status_code for page in pages} == {422}
    bodies = {
        page.content.decode().replace(f'value="{login}"', "")
        for page, login in zip(pages, ("maija", "nobody", "kaisa", "ma\0ija", ""), strict=True)
    }
    tokenless = {body.split("csrfmiddlewaretoken")[0] for body in bodies}
    assert len(tokenless) == 1
    assert all("eivät sovi yhteen" in body or "do not go together" in body for body in bodies)


@pytest.mark.parametrize("login", ["maija", "nobody"])
def test_after_five_wrong_tries_a_name_is_shut_out_for_five_minutes_also_one_that_nobody_has(client, at, login):
    make_insider()
    answers = [give_password(client, login, "wrong").status_code for _ in range(6)]
    assert answers == [422, 422, 422, 422, 429, 429]
    assert give_password(client, login).status_code == 429, "the right password neither"
    assert ("signin.shut_out" in said()) is (login == "maija")
    at(minutes=5)
    assert give_password(client, login).status_code == (302 if login == "maija" else 422)


def test_wrong_codes_shut_out_too_and_right_ones_before_that_forgive(client, at):
    make_insider()
    for _ in range(4):
        give_password(client)
        assert give_code(client, "000000").status_code == 422
    come_in(client, "maija", at)
    for _ in range(4):
        give_password(client)
        assert give_code(client, "000000").status_code == 422
    assert give_code(client, "000000").status_code == 429
    assert give_code(client, code_at(at(seconds=60))).status_code == 429


def test_a_colleagues_code_lets_one_try_again_at_once(client, at):
    maija, kaisa = make_insider(), make_insider("kaisa")
    for _ in range(5):
        give_password(client, password="wrong")  # noqa: S106
    page = sign_in(Client(), kaisa).post("/s/kollegalle", {"member": maija.pk})
    code = page.context["code"]
    assert code in page.content.decode()
    assert give_password(client, lift="WRONG-CODE").status_code == 429
    assert give_password(client, "nobody", lift=code).status_code == 422
    assert give_password(client, lift=code.lower()).status_code == 302
    for _ in range(5):
        give_password(client, password="wrong")  # noqa: S106
    assert give_password(client, lift=code).status_code == 429, "it holds once"


def test_a_code_is_made_for_colleagues_only(client):
    make_insider()
    pia = make_insider("pia")
    pia.posts.update(ends=NOW)
    sign_in(client, make_insider("kaisa"))
    assert "Maija" in client.get("/s/kollegalle").content.decode()
    for member in (pia.pk, "x", ""):
        assert client.post("/s/kollegalle", {"member": member}).status_code == 404


def test_no_typed_name_and_no_password_is_kept_anywhere(client):
    make_insider()
    give_password(client, "somebody-typed-this", "or-even-this")
    give_password(client)
    kept = [bytes(each.key) for each in WrongTry.objects.all()]
    kept += [Session(session_data=each.session_data).session_data.encode() for each in Session.objects.all()]
    kept += [str(Session.objects.get(pk=each.pk).get_decoded()).encode() for each in Session.objects.all()]
    with within(0):
        kept += [str(line).encode() for line in trail.lines(0)]
    for text in (b"somebody-typed-this", b"or-even-this", b"maija", b"Maija", PASSWORD.encode()):
        assert not any(text in each for each in kept), text


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_session_has_a_new_key_after_each_step(client, at):
    make_insider()
    keys = []
    for step in (lambda: give_password(client), lambda: give_code(client, code_at(NOW))):
        step()
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    client.get("/s/lukko")
    client.post("/s/lukko", {"password": PASSWORD})
    keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert len(set(keys)) == 3
    assert Session.objects.count() == 1, "and the old ones are gone"


def test_cookies_go_to_the_staff_side_only_and_no_script_reads_them(client, at):
    make_insider()
    come_in(client, "maija", at)
    assert set(client.cookies) >= {"sessionid", "machine"}
    for name in ("sessionid", "machine"):
        cookie = client.cookies[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/s/", True, "Strict"), name
    assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60


def test_a_session_of_another_making_is_nobodys(client):
    client.force_login(make_insider())
    assert client.get("/s/").headers["Location"] == "/s/kirjaudu"


def test_a_member_who_is_closed_is_out_at_the_next_request(client):
    member = make_insider()
    sign_in(client, member)
    assert is_in(client)
    type(member).objects.filter(pk=member.pk).update(closed_at=NOW)
    assert client.get("/s/").status_code == 302


def test_going_out_ends_the_session_and_says_that_nothing_is_left(client):
    sign_in(client, make_insider())
    assert client.get("/s/ulos").context["inside"]
    assert client.post("/s/ulos").headers["Location"] == "/s/ulos"
    assert not client.get("/s/ulos").context["inside"]
    assert said()[-1] == "signin.left"
    assert client.get("/s/").headers["Location"] == "/s/kirjaudu"
    assert client.post("/s/ulos").status_code == 302, "also for who was out already"


# ── The next person ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_next_person_is_in_with_two_actions_and_nothing_is_left_of_the_one_before(client, at):
    maija, kaisa = make_insider(), make_insider("kaisa")
    for login in ("maija", "kaisa"):
        come_in(client, login, at)
    before = client.cookies["sessionid"].value
    page = client.get("/s/vaihda").content.decode()
    assert "Maija" in page
    chosen = client.post("/s/vaihda", {"member": maija.pk})
    assert chosen.headers["Location"] == "/s/kirjaudu/koodi"
    assert not Session.objects.filter(pk=before).exists()
    assert not is_in(client), "Kaisa is out from the moment Maija is chosen"
    assert give_code(client, code_at(at(seconds=30))).status_code == 302
    assert client.get("/s/").context["member"] == maija
    assert Entry.objects.filter(member=kaisa).count() == 1


def test_who_has_not_been_at_this_machine_this_shift_is_not_chosen(client, at):
    maija = make_insider()
    come_in(client, "maija", at)
    other = Client()
    assert "Maija" not in other.get("/s/vaihda").content.decode()
    assert other.post("/s/vaihda", {"member": maija.pk}).status_code == 404
    at(hours=12)
    assert client.post("/s/vaihda", {"member": maija.pk}).status_code == 404
    assert client.post("/s/vaihda", {"member": "9" * 30}).status_code == 404


def test_who_has_lost_the_second_step_since_gives_the_password_again(client, at):
    member = make_insider()
    come_in(client, "maija", at)
    Authenticator.objects.all().delete()
    assert client.post("/s/vaihda", {"member": member.pk}).headers["Location"] == "/s/kirjaudu"


# ── A practice version ───────────────────────────────────────────────────────────────────────────────────────


def test_in_a_practice_version_one_press_is_enough(client):
    make_practice()
    member = make_insider(app=False)
    page = client.get("/s/kirjaudu").content.decode()
    assert "Maija" in page
    assert "kätilö" in page or "midwife" in page
    assert client.post("/s/harjoitus", {"member": member.pk}).status_code == 302
    assert is_in(client)
    assert "Maija" in client.get("/s/vaihda").content.decode()
    assert client.post("/s/harjoitus", {"member": 99999999}).status_code == 404


def test_in_a_practice_version_a_password_alone_is_enough_for_who_has_no_second_step(client):
    make_practice()
    make_insider(app=False)
    give_password(client)
    assert is_in(client)


def test_outside_a_practice_version_there_are_no_such_people_and_no_such_address(client):
    member = make_insider()
    assert "Maija" not in client.get("/s/kirjaudu").content.decode()
    assert client.post("/s/harjoitus", {"member": member.pk}).status_code == 404
    assert not is_in(client)


# ── Passkeys and languages ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("answer", ["", "null", "[]", "{", '{"id": 1}', '{"response": 7}', "x" * 30_000])
def test_what_is_no_passkey_lets_nobody_in(client, answer):
    make_insider()
    question = client.get("/s/kirjaudu/avain/kysymys").json()
    assert question["publicKey"]["userVerification"] == "required"
    page = client.post("/s/kirjaudu/avain", {"credential": answer})
    assert page.status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    ("asked", "language", "word"),
    [
        ("fi-FI,en;q=0.8", "fi", "Kirjaudu"),
        ("sv", "sv", "Logga in"),
        ("de,en", "en", "Sign in"),
        ("de", "fi", "Kirjaudu"),
    ],
)
def test_the_door_speaks_the_browsers_language_before_anybody_is_known(client, asked, language, word):
    page = client.get("/s/kirjaudu", headers={"accept-language": asked}).content.decode()
    assert f'<html lang="{language}"' in page
    assert f"<h1>{word}</h1>" in page


def test_a_link_chooses_the_language_and_the_machine_remembers(client):
    def language(address: str) -> str:
        page = client.get(address, headers={"accept-language": "fi"}).content.decode()
        return str(page.partition('<html lang="')[2][:2])

    assert [language(f"/s/kirjaudu{more}") for more in ("?kieli=sv", "", "?kieli=xx", "?kieli=fi", "")] == [
        *("sv", "sv", "fi", "fi", "fi")
    ]


def test_the_door_costs_no_query_and_no_cookie_but_the_forms_own(client, django_assert_num_queries):
    make_member()
    with django_assert_num_queries(1):
        page = client.get("/s/kirjaudu")
    assert set(page.cookies) == {"csrftoken"}
