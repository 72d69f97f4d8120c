"""Somebody comes to a shared machine at night: in within seconds, out without a trace, never locked out for good."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import override_settings
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from poukama.signin import access, actions
from poukama.signin.rules import Limits, oneself
from poukama.staff.models import Member
from tests.journeys.desk import kept
from tests.journeys.door import Door, barriers, comes_in, give_keys, is_in, secret_on
from tests.signin.proofs import NOW, PASSWORD, make_insider

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK, TABLET = (1366, 768), (1024, 768)
# What the invented hospital's own libraries say of each other.
hospitals = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")


@pytest.fixture
def door(site, settings, tmp_path) -> Door:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.KEYS = tmp_path
    site.at = NOW
    return Door(site, site.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def page(visit, door) -> Iterator[Page]:
    with visit(*DESK) as page:
        page.set_default_timeout(10_000)
        yield page


def test_whoever_comes_in_for_the_first_time_is_led_to_a_second_step_and_comes_in_with_it_the_next_time(page, door):
    make_insider(app=False)
    door.give_password(page)
    expect(page.locator("h1")).to_have_text("Vielä yksi vaihe, jottei kukaan muu pääse sisään")
    page.get_by_role("link", name="Ota sovellus käyttöön").click()
    secret = secret_on(page)
    assert page.locator(".qr svg").bounding_box()
    door.give_code(page, secret)
    expect(page.locator(".paper-codes li")).to_have_count(10)
    paper = page.locator(".paper-codes code").first.inner_text()
    page.get_by_role("link", name="Ne ovat minulla").click()
    comes_in(page)
    for give in ({"secret": secret}, {"code": paper}):
        door.open(page, "/s/ulos").get_by_role("button", name="Kirjaudu ulos").click()
        expect(page.locator("h1")).to_have_text("Kirjauduit ulos")
        assert not is_in(page, door)
        door.give_password(page)
        door.give_code(page, **give)
        comes_in(page)


def test_a_passkey_is_enough_by_itself_to_come_in_and_to_unlock(page, door):
    give_keys(page)
    member = make_insider()
    door.give_password(page)
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/oma/vaiheet").locator("#name").fill("Työpuhelin")
    page.get_by_role("button", name="Lisää pääsyavain").click()
    expect(page.get_by_role("row", name="Työpuhelin")).to_be_visible()
    assert len(access.steps_of(member).passkeys) == 1
    door.open(page, "/s/ulos").get_by_role("button", name="Kirjaudu ulos").click()
    door.open(page, "/s/oma/vaiheet").get_by_role("button", name="Pääsyavain").click()
    page.wait_for_url(f"{door.url}/s/oma/vaiheet")
    door.open(page, "/s/lukko?next=/s/kollegalle").get_by_role("button", name="Pääsyavain").click()
    page.wait_for_url(f"{door.url}/s/kollegalle")


def test_a_passkey_of_somebody_else_does_not_open_the_lock(page, door):
    give_keys(page)
    make_insider("kaisa"), make_insider()
    door.give_password(page, "kaisa")
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/oma/vaiheet").get_by_role("button", name="Lisää pääsyavain").click()
    expect(page.get_by_role("row")).to_have_count(2)
    door.open(page, "/s/ulos").get_by_role("button", name="Kirjaudu ulos").click()
    door.give_password(page)
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/lukko")
    expect(page.get_by_role("button", name="Pääsyavain")).to_have_count(0)
    assert not is_in(page, door)


def test_the_next_person_is_in_with_two_actions(page, door):
    give_keys(page)
    make_insider("kaisa")
    maija = make_insider()
    door.give_password(page)
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/oma/vaiheet").get_by_role("button", name="Lisää pääsyavain").click()
    expect(page.get_by_role("row")).to_have_count(2)
    door.open(page, "/s/ulos").get_by_role("button", name="Kirjaudu ulos").click()
    door.give_password(page, "kaisa")
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/vaihda")
    # One: who. Two: the finger, which this browser gives by itself.
    page.get_by_role("button", name="Maija").click()
    comes_in(page)
    expect(page.locator("html")).to_have_attribute("data-member", str(maija.pk))


def test_the_page_goes_to_the_lock_by_itself_and_back_to_where_it_was(page, door):
    make_insider()
    with override_settings(STAY=Limits(idle=dt.timedelta(seconds=2))):
        door.give_password(page)
        door.give_code(page)
        comes_in(page)
        door.open(page, "/s/kollegalle")
        expect(page.locator("#lock-warning")).to_be_visible()
        door.later(seconds=3)
        page.wait_for_url(f"{door.url}/s/lukko*")
        expect(page.locator(".lock-clock")).to_be_visible()
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url(f"{door.url}/s/kollegalle")


def test_what_was_typed_and_not_sent_outlasts_the_lock_for_whoever_typed_it(page, door):
    make_insider()
    with override_settings(STAY=Limits(idle=dt.timedelta(seconds=2))):
        door.give_password(page)
        door.give_code(page)
        comes_in(page)
        door.open(page, "/s/oma").locator("#id_name").fill("Maija M.")
        page.locator("#id_phone").fill("040 000 0099")
        door.later(seconds=3)
        page.wait_for_url(f"{door.url}/s/lukko*")
        assert "Maija M." not in str(kept(page))
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url(f"{door.url}/s/oma")
        expect(page.locator("#id_name")).to_have_value("Maija M.")
        expect(page.locator("#id_phone")).to_have_value("040 000 0099")
        assert kept(page) == []


def test_the_next_person_is_not_given_what_was_typed_before_the_lock(page, door):
    make_insider("kaisa")
    make_insider()
    door.give_password(page)
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/oma").locator("#id_name").fill("Maija M.")
    page.get_by_role("link", name="Lukitse").click()
    page.wait_for_url(f"{door.url}/s/lukko*")
    assert len(kept(page)) == 1
    door.open(page, "/s/ulos").get_by_role("button", name="Kirjaudu ulos").click()
    door.give_password(page, "kaisa")
    door.give_code(page)
    comes_in(page)
    assert "Maija" not in door.open(page, "/s/oma").locator("#id_name").input_value()
    assert kept(page) == []


def test_what_was_typed_is_given_back_when_the_session_is_lost_in_between(page, door):
    kaisa = make_insider("kaisa")
    make_insider()
    door.give_password(page)
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/kollegalle").locator("#member").select_option(str(kaisa.pk))
    page.context.clear_cookies(name="sessionid")
    page.locator("main button").click()
    expect(page.locator("h1")).to_have_text("Et ole enää kirjautuneena.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Kirjaudu uudelleen uudessa välilehdessä").click()
    door.give_password(opened.value)
    door.give_code(opened.value)
    comes_in(opened.value)
    page.get_by_role("button", name="Lähetä").click()
    # The token was renewed by the sign-in, so it is asked once more, with everything still there.
    page.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".big-code")).to_be_visible()


def test_whoever_is_shut_out_is_let_in_by_a_colleagues_code(page, door, visit):
    maija, _ = make_insider(), make_insider("kaisa")
    door.open(page, "/s/kirjaudu")
    for _ in range(5):
        door.give_password(page, password="väärin")  # noqa: S106
    expect(page.get_by_role("alert")).to_contain_text("liian monta kertaa")
    with visit(*DESK) as other:
        door.give_password(other, "kaisa")
        door.give_code(other)
        comes_in(other)
        door.open(other, "/s/kollegalle").locator("#member").select_option(str(maija.pk))
        other.locator("main button").click()
        code = other.locator(".big-code").inner_text()
    page.locator("#password").fill(PASSWORD)
    page.locator("#lift").fill(code)
    page.locator("#lift").press("Enter")
    door.give_code(page)
    comes_in(page)


@pytest.fixture
def hospital(door):
    """A hospital's own sign-in, at another site than ours."""
    with run_server_in_thread() as server:
        where = f"http://localhost:{server.server_port}"
        known = {"name": "Sairaalan tunnus", "client_id": "poukama", "secret": "s"}
        settings = {"server_url": where, "oauth_pkce_enabled": True}
        door.url = door.site.url
        with override_settings(ORGANISATION=known | {"settings": settings}):
            yield


def sign_in_there(page: Page, subject: str) -> None:
    page.get_by_role("link", name="Sairaalan tunnus").click()
    page.locator("input[name=sub]").fill(subject)
    page.locator("button[type=submit]").first.click()


@hospitals
def test_the_hospitals_account_opens_for_whoever_linked_it_and_for_nobody_else(page, door, hospital):
    member = make_insider()
    door.open(page, "/s/kirjaudu")
    sign_in_there(page, "subject-1")
    expect(page.locator("h1")).to_have_text("Tuota tunnusta ei ole liitetty kehenkään täällä")
    assert Member.objects.count() == 1, "nobody is made"
    actions.link(member, provider="organisation", subject="subject-1", by=oneself(member.pk), at=NOW)
    door.open(page, "/s/kollegalle")
    sign_in_there(page, "subject-1")
    comes_in(page)
    assert access.steps_of(member).organisation
    # The lock opens for the same account.
    door.open(page, "/s/lukko")
    sign_in_there(page, "subject-1")
    comes_in(page)


@hospitals
def test_the_hospitals_account_is_linked_while_signed_in(page, door, hospital):
    member = make_insider()
    door.give_password(page)
    door.give_code(page)
    comes_in(page)
    door.open(page, "/s/oma/vaiheet").get_by_role("button", name="Liitä tämä tunnus").click()
    page.get_by_role("link", name="Jatka").click()
    page.locator("input[name=sub]").fill("subject-2")
    page.locator("button[type=submit]").first.click()
    page.wait_for_url(f"{door.url}/s/oma/vaiheet*")
    assert access.of_organisation("organisation", "subject-2") == member


@hospitals
def test_a_verified_login_is_enough_where_the_installation_says_which_claim_it_is(page, door, hospital):
    member = make_insider("maija")
    with override_settings(ORGANISATION_LOGIN_CLAIM="sub"):
        door.open(page, "/s/kirjaudu")
        sign_in_there(page, "Maija")
        comes_in(page)
    assert access.of_organisation("organisation", "Maija") == member


@pytest.mark.parametrize(("language", "scheme"), [("fi", "light"), ("sv", "dark")])
def test_no_page_at_the_door_has_a_barrier_or_runs_over_its_edge(visit, door, language, scheme):
    make_insider("kaisa")
    make_insider(language=language)
    half = make_insider("ilona", app=False, language=language)
    with visit(*TABLET, locale=language, color_scheme=scheme) as page:
        found = []

        def look() -> None:
            found.extend(barriers(page))
            assert page.evaluate("document.documentElement.scrollWidth") <= TABLET[0], page.url

        door.open(page, "/s/kirjaudu")
        look()
        door.give_password(page, password="x")  # noqa: S106
        look()
        door.give_password(page)
        look()
        door.give_code(page)
        for path in (
            "/s/oma/vaiheet",
            "/s/oma/vaiheet/sovellus",
            "/s/oma/salasana",
            "/s/kollegalle",
            "/s/vaihda",
            "/s/ei-ole",
        ):
            door.open(page, path)
            look()
        door.open(page, "/s/oma/vaiheet").locator("[action$=paperi] button").click()
        look()
        for path in ("/s/lukko", "/s/ulos"):
            door.open(page, path)
            look()
        page.locator("main button").click()
        look()
        door.give_password(page, half.login)
        look()
    assert found == []
