"""Every state of the desk, as axe finds it: whole, cut off, written elsewhere, to be found in."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import opened
from tests.journeys.desk import CALL, HOME, Night, between_calls, show_hour, until, waiting, writing
from tests.journeys.test_every_page import CONTRAST, WCAG, faults

pytestmark = pytest.mark.journey
SIZES = ((1366, 768), (1024, 768))
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Look = Callable[[str, Page], None]


@pytest.fixture
def page(night: Night, browser):
    with opened(browser, *SIZES[0]) as page:
        show_hour(page.context, CALL)
        night.sign_in(page.context)
        yield night.at_desk(page)


@pytest.fixture
def look():
    """Looks at a state in light and dark, in a large and a small window; what is wrong is told at the end."""
    found: dict[tuple[str, str, int], list[str]] = {}

    def looked(state: str, page: Page) -> None:
        for theme in LOOKS:
            page.emulate_media(color_scheme=theme)
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                # Only colours differ in the dark.
                found[state, theme, width] = faults(page, WCAG if theme == "light" else CONTRAST)

    yield looked
    assert {where: broken for where, broken in found.items() if broken} == {}


def talk(night: Night, page: Page) -> None:
    """A call with a few answers and a note."""
    page.keyboard.press("n")
    writing(page).keyboard.type("Sisko ajaa, noin 40 min.")
    page.select_option("#language", "sv")
    page.check("[name=age][value='18-']")
    page.select_option("#when", "hours_6")
    page.focus("#note")
    night.has(page)


def test_no_barrier_while_the_server_is_there(night: Night, page: Page, look: Look):
    look("between calls", page)
    talk(night, page)
    look("in a call", page)
    page.keyboard.press("Control+k")
    page.keyboard.type("kie")
    look("finding", page)
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+1")
    until(lambda: page.locator("[data-tell] .tell").count(), "whom to tell")
    look("coming now", writing(page))
    page.locator("[name=do][value=second]").click()
    until(lambda: page.locator(".dock").count(), "the first call, docked")
    look("a second call", writing(page))


def test_no_barrier_without_a_server(night: Night, page: Page, look: Look):
    talk(night, page)
    night.wire.cut()
    page.keyboard.type(" Lisää.")
    waiting(page, 7)
    page.keyboard.press("Alt+1")
    until(lambda: page.locator("[data-tell] .tell").count(), "whom to tell")
    look("cut off", page)
    page.reload()
    look("reloaded", writing(page))
    page.goto(night.wire.url + HOME)
    until(lambda: between_calls(page).locator("[data-kept] li").count(), "what lies here")
    look("between calls without a server", page)
    page.goto(f"{night.wire.url}/s/paivystys")
    until(lambda: page.locator("[data-shell=desk]").is_visible(), "a page that comes back later")
    look("another page", page)


def test_no_barrier_where_another_window_writes(night: Night, page: Page, look: Look):
    talk(night, page)
    other = page.context.new_page()
    other.goto(page.url)
    until(lambda: other.locator("[data-write-here]").is_visible(), "a word of the other window")
    look("elsewhere", other)
