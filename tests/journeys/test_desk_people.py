"""One machine and many people: what one leaves in the browser is nobody else's, and a contact has one writer."""

import pytest
from playwright.sync_api import Page

from poukama.helpline.shown import Opened
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.journeys.conftest import opened
from tests.journeys.desk import HOME, Night, kept, keys, until, waiting, writing
from tests.people import make_member

pytestmark = pytest.mark.journey
LEFT = "Sisko ajaa."


@pytest.fixture
def page(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        yield night.in_call(page)


@pytest.fixture
def colleague(night: Night) -> Member:
    return make_member(Role.MIDWIFE, centre=night.centre, login="ilona")


def leave_a_copy(night: Night, page: Page) -> None:
    """Something is written that the server has not, and the page goes."""
    night.wire.cut()
    page.keyboard.type(LEFT)
    waiting(page, len(LEFT))
    page.goto("about:blank")
    night.wire.mend()


def test_signing_out_leaves_nothing_in_the_browser(night: Night, page: Page):
    leave_a_copy(night, page)
    page.goto(f"{night.wire.url}/s/ulos")
    assert len(kept(page)) == 1
    page.locator("main form button").first.click()
    until(lambda: page.locator("[data-forget]").count(), "a page that says who is out")
    until(lambda: kept(page) == [] and keys(page) == [], "an empty browser")


def test_the_next_person_finds_nothing_of_the_one_before(night: Night, page: Page, colleague: Member):
    leave_a_copy(night, page)
    page.context.clear_cookies()
    night.sign_in(page.context, colleague)
    page.goto(night.wire.url + HOME)
    until(lambda: kept(page) == [] and len(keys(page)) == 1, "the next person's own key, and no copy")


def test_nobody_opens_a_copy_while_nobody_is_signed_in(night: Night, page: Page):
    address = page.url
    leave_a_copy(night, page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.goto(f"{night.wire.url}/s/kirjaudu")
    night.wire.cut()
    page.goto(address)
    until(lambda: page.locator("[data-shell=shut]").is_visible(), "a shell that opens nothing")
    assert page.input_value("#note") == ""
    night.wire.mend()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(address)
    night.has(writing(page))
    assert noted(night) == [LEFT]


def test_whoever_is_signed_out_while_writing_loses_nothing(night: Night, page: Page):
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.type("Soittaja.")
    until(lambda: page.locator("[data-banner]").is_visible(), "a word of being signed out")
    assert len(kept(page)) == 1
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(night.wire.url + HOME)
    until(lambda: noted(night) == ["Soittaja."] and not kept(page), "the text on the server")


def test_a_second_call_docks_the_first_and_both_keep_their_text(night: Night, page: Page):
    page.keyboard.type("Ensimmäinen.")
    page.locator("[name=do][value=second]").click()
    until(lambda: page.locator(".dock").count(), "the first call, docked")
    writing(page).keyboard.type("Toinen.")
    page.locator(".dock button").click()
    until(lambda: page.locator("#note").input_value() == "Ensimmäinen.", "the first call")
    writing(page).keyboard.type(" Jatkuu.")
    night.has(page)
    assert sorted(noted(night)) == ["Ensimmäinen. Jatkuu.", "Toinen."]


def test_a_second_call_without_a_server_is_a_second_contact(night: Night, page: Page):
    page.keyboard.type("Ensimmäinen.")
    night.has(page)
    night.wire.cut()
    page.locator("[name=do][value=second]").click()
    until(lambda: page.locator("[data-shell=contact]").is_visible(), "a contact without a server")
    writing(page).keyboard.type("Toinen.")
    waiting(page, 7)
    night.wire.mend()
    until(lambda: sorted(noted(night)) == ["Ensimmäinen.", "Toinen."] and not kept(page), "both on the server")


def test_a_contact_that_a_colleague_takes_over_stops_here(night: Night, page: Page, colleague: Member, browser):
    page.keyboard.type("Ensimmäinen.")
    night.has(page)
    with opened(browser, 1366, 768) as other:
        night.sign_in(other.context, colleague)
        other.goto(page.url)
        other.locator("main form button").first.click()
        writing(other).keyboard.type(" Toinen.")
        until(lambda: noted(night) == ["Ensimmäinen. Toinen."], "what the colleague wrote")
        page.keyboard.type(" Ei enää.")
        until(lambda: page.evaluate("document.querySelector('#note').readOnly"), "a form that is only read")
        assert "Ilona" in page.locator("[data-banner]").inner_text()
    assert noted(night) == ["Ensimmäinen. Toinen."]
    # What had no place lies here, to be read and copied, until somebody has done with it.
    page.goto(night.wire.url + HOME)
    until(lambda: page.locator("[data-left] textarea").count(), "what was left over")
    assert "Ei enää." in page.locator("[data-left] textarea").input_value()
    page.locator("[data-left] button").click()
    until(lambda: kept(page) == [], "an empty browser")


def test_the_shell_holds_no_data(night: Night, page: Page):
    page.keyboard.type("kanarialintu")
    night.has(page)
    between = page.context.new_page()
    night.at_desk(between)
    texts = between.evaluate(
        """async () => {
          const texts = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const asked of await cache.keys()) texts.push([asked.url, await (await cache.match(asked)).text()]);
          }
          return texts;
        }"""
    )
    pages = [address for address, _ in texts if "/static/" not in address]
    assert len(pages) == 2
    assert [address for address, text in texts if "kanarialintu" in text or night.midwife.name in text] == []
    assert [address for address, text in texts if "csrfmiddlewaretoken" in text and "/static/" not in address] == []


def noted(night: Night) -> list[str]:
    """The notes of the night, oldest contact first."""
    contacts: list[Opened] = night.contacts()
    return [contact.words.note for contact in contacts]
