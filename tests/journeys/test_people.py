"""Somebody new comes to work, loses the second factor, and leaves: the whole way in a browser, in two languages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from poukama.gate.rules import OPERATOR
from poukama.staff.actions import give_post
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.journeys.conftest import Visit
from tests.journeys.site import Site
from tests.journeys.test_every_page import faults
from tests.people import LONG_AGO, come_in, invited, make_centre, make_member, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = {"width": 1366, "height": 768}
SENTENCE = "tre hägrar vid stranden"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def house(site: Site, visit: Visit):
    """Open a browser in which a member sits; nobody does if none is named."""

    @contextmanager
    def opened(member: Member | None, **looks: Any) -> Iterator[Page]:
        with visit(**(DESK | looks)) as page:
            if member is not None:
                session = sign_in(Client(), member).cookies["sessionid"].value
                page.context.add_cookies([{"name": "sessionid", "value": session, "url": f"{site.url}/s/"}])
            yield page

    return opened


@pytest.fixture
def ida() -> Member:
    return come_in(invited("ida", Role.ADMINISTRATOR)[0])


@pytest.fixture
def kaisa() -> Member:
    return make_member(Role.MIDWIFE_COORDINATOR, login="kaisa", language="sv")


def invite(page: Page, site: Site) -> str:
    """Invite Saga, with a slip of the hand; the link that lets her in."""
    page.goto(f"{site.url}/s/tyontekijat")
    page.get_by_role("link", name="Kutsu").click()
    page.get_by_label("Nimi").fill("Saga Åkerblom")
    page.get_by_label("Tunnus", exact=True).fill("Saga!")
    page.get_by_label("Kieli").select_option("sv")
    page.locator("#id_role").select_option("midwife")
    page.get_by_role("button", name="Kutsu ja näytä koodi").click()
    # What was wrong is said, with the way to it, and the rest is still there.
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Tunnus", exact=True)).to_be_focused()
    assert page.get_by_label("Nimi").input_value() == "Saga Åkerblom"
    page.get_by_label("Tunnus", exact=True).fill("saga")
    page.get_by_role("button", name="Kutsu ja näytä koodi").click()
    return page.get_by_label("Sama linkkinä").input_value()


def choose_password(page: Page, site: Site) -> None:
    """From the code in the field to the page on which a second step is set up."""
    assert faults(page) == []
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Välkommen, Saga Åkerblom")
    page.get_by_label("Nytt lösenord").fill(SENTENCE)
    page.get_by_label("Samma en gång till").fill(SENTENCE)
    assert faults(page) == []
    page.get_by_role("button").click()
    page.wait_for_url(f"{site.url}/s/oma/vaiheet*")


def test_somebody_is_invited_and_comes_in(site, house, ida):
    with house(ida) as page, house(None, locale="sv-SE") as other:
        link = invite(page, site)
        assert faults(page) == []
        other.goto(link)
        # The code goes along into another language, and is in no address when the page is there.
        for name, code in (("English", "en"), ("Svenska", "sv")):
            other.get_by_role("link", name=name).click()
            expect(other).to_have_url(f"{site.url}/s/tulo?kieli={code}")
        choose_password(other, site)
        assert Member.objects.get(login="saga").check_password(SENTENCE)
        page.get_by_role("link", name="Valmis").click()
        expect(page.locator(".page-head .tag")).to_have_text("käytössä")


def test_the_code_is_printed_without_the_frame_and_without_the_link(site, house, ida):
    with house(ida) as page:
        code = invite(page, site).partition("#")[2]
        page.emulate_media(media="print")
        assert page.locator(".rail").is_hidden()
        assert page.get_by_label("Sama linkkinä").is_hidden()
        assert page.get_by_text(code[:4]).first.is_visible()


def test_posts_begin_and_end_and_a_closed_member_is_out_with_the_page_open(site, house, ida):
    maija = make_member(login="maija")
    with house(ida) as page, house(maija) as other:
        other.goto(f"{site.url}/s/oma")
        page.goto(f"{site.url}/s/tyontekijat/{maija.pk}")
        page.locator("#id_role").select_option("doctor")
        page.get_by_role("button", name="Anna tehtävä").click()
        page.get_by_role("row", name="Lääkäri").get_by_role("button").click()
        expect(page.get_by_role("row", name="Lääkäri").locator(".tag")).to_have_text("päättynyt")
        assert faults(page) == []
        page.get_by_text("Sulje työntekijä").click()
        page.get_by_role("button", name="Sulje nyt").click()
        expect(page.locator(".page-head .tag")).to_have_text("suljettu")
        other.reload()
        assert other.get_by_role("heading", name="Oma sivu").count() == 0


def test_a_lost_second_factor_takes_two(site, house, ida, kaisa):
    maija = come_in(invited("maija")[0])
    with house(kaisa) as page, house(ida) as other:
        page.goto(f"{site.url}/s/tyontekijat/{maija.pk}")
        page.get_by_role("button", name="Begär en ny inloggning").click()
        expect(page.get_by_text("Du begärde själv, så en annan bekräftar.")).to_be_visible()
        assert page.get_by_role("button", name="Bekräfta").count() == 0
        assert faults(page) == []
        other.goto(f"{site.url}/s/tyontekijat/{maija.pk}")
        other.get_by_role("button", name="Vahvista ja näytä koodi").click()
        expect(other.get_by_role("heading", name="Näin pääset sisään")).to_be_visible()
        # The same button again, as a reload sends it, shows the same code.
        code = other.locator(".one-time").inner_text()
        other.reload()
        assert other.locator(".one-time").inner_text() == code


@pytest.mark.parametrize("looks", ["light", "dark", "contrast", "gloves", "narrow", "rtl"])
def test_every_page_can_be_read_however_it_looks(site, house, ida, looks):
    maija = come_in(invited("maija")[0])
    name = "نورا الأحمد" if looks == "rtl" else "A" * 300
    Member.objects.update(name=name)
    if looks in {"dark", "light", "contrast"}:
        Member.objects.filter(pk=ida.pk).update(look=looks)
    if looks == "gloves":
        Member.objects.filter(pk=ida.pk).update(density=looks)
    with house(ida, **({"width": 1024} if looks == "narrow" else {})) as page:
        for path in ("tyontekijat", "tyontekijat/uusi", f"tyontekijat/{maija.pk}", "oikeudet", "oma", "tulo"):
            page.goto(f"{site.url}/s/{path}")
            assert faults(page) == [], path
            assert page.evaluate(OVERFLOW) == 0, path


def test_the_page_of_rights_prints_on_one_sheet_with_room_to_sign(site, house, ida):
    with house(ida) as page:
        page.goto(f"{site.url}/s/oikeudet")
        assert faults(page) == []
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_ones_own_page_keeps_the_look_and_the_centre_that_one_chooses(site, house):
    sini = make_member(Role.SOCIAL_WORKER, login="sini")
    give_post(make_centre("laakso"), member=sini, role=Role.SOCIAL_WORKER, by=OPERATOR, at=LONG_AGO)
    with house(sini) as page:
        page.goto(f"{site.url}/s/oma")
        page.get_by_label("Tumma").check()
        page.get_by_role("button", name="Tallenna").click()
        expect(page.get_by_role("status")).to_have_text("Tallessa.")
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        page.get_by_role("button", name="Laakso").click()
        page.goto(f"{site.url}/s/oma")
        expect(page.get_by_text("Nyt: Laakso")).to_be_visible()
