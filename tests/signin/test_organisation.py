"""A hospital's own sign-in, against an invented hospital on this machine: whom it lets in, and what is kept of it."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client, override_settings
from oidc_provider_mock import User, run_server_in_thread

from poukama.core import clock
from poukama.signin import access, actions
from poukama.signin.organisation import same_person, verified_login
from poukama.signin.rules import oneself
from poukama.staff.models import Member
from tests.people import sign_in
from tests.signin.proofs import NOW, is_in, make_insider

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")]
SUBJECT = "subject-1"


@pytest.fixture(autouse=True)
def _at(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(scope="module")
def hospital():
    told = User(sub=SUBJECT, claims={"email": "maija@hospital.example", "preferred_username": "Maija"})
    with run_server_in_thread(user_claims=[told]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _known(hospital):
    known = {"name": "Hospital", "client_id": "poukama", "secret": "s"}
    with override_settings(ORGANISATION=known | {"settings": {"server_url": hospital, "oauth_pkce_enabled": True}}):
        yield


def come_back(client: Client, subject: str = SUBJECT):
    """Sign in at the hospital as this subject, and bring back what it sends along."""
    asked = client.get("/s/kirjaudu/organisaatio").headers["Location"]
    back = requests.post(asked, data={"sub": subject}, allow_redirects=False, timeout=5).headers["Location"]
    brought = {name: texts[0] for name, texts in parse_qs(urlsplit(back).query).items()}
    return client.get("/s/kirjaudu/organisaatio/paluu", brought)


def linked(login: str = "maija", subject: str = SUBJECT) -> Member:
    member = make_insider(login)
    actions.link(member, provider="organisation", subject=subject, by=oneself(member.pk), at=NOW)
    return member


def test_a_linked_subject_is_in_with_both_steps_under_a_new_session_key(client):
    linked()
    assert come_back(client).headers["Location"] == "/s/"
    assert is_in(client)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == (SUBJECT, {}), "nothing else that it told is kept"


def test_it_is_asked_with_a_proof_that_the_answer_is_for_this_browser(client):
    make_insider()
    asked = parse_qs(urlsplit(client.get("/s/kirjaudu/organisaatio").headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/s/kirjaudu/organisaatio/paluu"]
    assert len(asked["state"][0]) >= 16


@pytest.mark.parametrize("case", ["unknown", "closed"])
def test_nobody_else_is_let_in_and_nobody_is_made(client, case):
    member = make_insider() if case == "unknown" else linked()
    if case == "closed":
        Member.objects.filter(pk=member.pk).update(closed_at=NOW)
    assert come_back(client).status_code == 403
    assert client.get("/s/").status_code == 302
    assert Member.objects.count() == 1


@pytest.mark.parametrize("answer", [{}, {"code": "x", "state": "y"}, {"error": "access_denied", "state": "y"}])
def test_an_answer_that_was_not_asked_for_lets_nobody_in(client, answer):
    linked()
    assert client.get("/s/kirjaudu/organisaatio/paluu", answer).status_code in {200, 403}
    assert client.get("/s/").status_code == 302


def test_somebody_who_turns_back_there_reads_how_to_come_in(client):
    linked()
    asked = parse_qs(urlsplit(client.get("/s/kirjaudu/organisaatio").headers["Location"]).query)
    page = client.get("/s/kirjaudu/organisaatio/paluu", {"error": "access_denied", "state": asked["state"][0]})
    assert page.status_code == 403
    assert 'href="/s/kirjaudu"' in page.content.decode()


def test_it_is_linked_only_when_that_was_asked_for_and_only_to_one(client):
    kaisa, maija = make_insider("kaisa"), make_insider()
    sign_in(client, maija, at=NOW)
    assert come_back(client).status_code == 403, "not asked for"
    client.post("/s/oma/vaiheet/organisaatio")
    assert come_back(client).headers["Location"] == "/s/oma/vaiheet"
    assert access.of_organisation("organisation", SUBJECT) == maija
    sign_in(client, kaisa, at=NOW)
    client.post("/s/oma/vaiheet/organisaatio")
    assert come_back(client).status_code == 403
    assert access.of_organisation("organisation", SUBJECT) == maija


def test_it_opens_the_lock_of_its_own_member_only(client):
    maija, kaisa = linked(), make_insider("kaisa")
    for member, opened in ((maija, True), (kaisa, False)):
        sign_in(client, member, at=NOW)
        client.get("/s/lukko")
        assert come_back(client).status_code == (302 if opened else 403)
        assert is_in(client) is opened


@pytest.mark.parametrize(("claim", "let_in"), [("", False), ("preferred_username", True), ("email", False)])
def test_a_verified_login_links_the_member_where_the_installation_names_its_claim(client, claim, let_in):
    member = make_insider()
    with override_settings(ORGANISATION_LOGIN_CLAIM=claim):
        come_back(client)
    assert (access.of_organisation("organisation", SUBJECT) == member) is let_in
    assert is_in(client) is let_in


@pytest.mark.parametrize(
    ("told", "claim", "login"),
    [
        ({"userinfo": {"email": " Maija@Example.org ", "email_verified": True}}, "email", "maija@example.org"),
        ({"userinfo": {"email": "maija@example.org", "email_verified": "true"}}, "email", ""),
        ({"id_token": {"upn": "maija"}}, "upn", "maija"),
        ({"id_token": {"upn": "maija"}}, "", ""),
        ({}, "upn", ""),
    ],
)
def test_an_address_counts_only_where_the_hospital_has_verified_it(told, claim, login):
    assert verified_login(told, claim) == login


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ({"id_token": {"sub": "a"}, "userinfo": {"sub": "a"}}, True),
        ({"id_token": {"sub": "a"}, "userinfo": {"sub": "b"}}, False),
        ({"id_token": {"sub": "a"}}, True),
    ],
)
def test_what_the_hospital_tells_twice_must_be_of_one_person(told, same):
    assert same_person(told) is same


def test_without_a_hospital_there_are_no_such_addresses(client):
    with override_settings(ORGANISATION=None):
        for address in ("/s/kirjaudu/organisaatio", "/s/kirjaudu/organisaatio/paluu"):
            assert client.get(address).status_code == 404
        assert "Hospital" not in client.get("/s/kirjaudu").content.decode()
    assert "Hospital" in client.get("/s/kirjaudu").content.decode()


def test_a_link_from_elsewhere_finds_the_session_at_the_second_look(client):
    sign_in(client, make_insider(), at=NOW)
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    first = Client().get("/s/kollegalle?x=1", headers=elsewhere)
    assert 'content="0;url=/s/kollegalle?x=1&amp;again"' in first.content.decode()
    assert not first.cookies
    assert client.get("/s/kollegalle?x=1&again", headers=elsewhere).status_code == 200
    assert settings.SESSION_COOKIE_SAMESITE == "Strict"


def test_the_linking_that_was_asked_for_holds_for_one_answer(client):
    maija = make_insider()
    sign_in(client, maija, at=NOW)
    client.post("/s/oma/vaiheet/organisaatio")
    come_back(client, "subject-2")
    assert come_back(client, "subject-3").status_code == 403
    assert access.steps_of(maija).organisation
