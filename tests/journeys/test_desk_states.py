"""Every state of the desk, as axe and the eye find it: whole, cut off, taken by another, ended, to be found in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import opened
from tests.journeys.desk import CALL, HOME, Night, between_calls, show_hour, until, waiting, writing

pytestmark = pytest.mark.journey
SIZES = {"large": (1366, 768), "small": (1024, 768)}
State = Callable[[Night, Page], None]


def idle(night: Night, page: Page) -> None:
    night.at_desk(page)


def in_call(night: Night, page: Page) -> None:
    night.in_call(page).keyboard.type("Sisko ajaa, noin 40 min.")
    page.select_option("#language", "sv")
    page.check("[name=age][value='18-']")
    page.select_option("#when", "hours_6")
    page.focus("#note")
    night.has(page)


def comes(night: Night, page: Page) -> None:
    in_call(night, page)
    page.keyboard.press("Alt+1")
    until(lambda: page.locator("[data-tell] .tell").count(), "whom to tell")
    writing(page)


def cut(night: Night, page: Page) -> None:
    in_call(night, page)
    night.wire.cut()
    page.keyboard.type(" Lisää.")
    waiting(page, 7)
    page.keyboard.press("Alt+1")
    until(lambda: page.locator("[data-tell] .tell").count(), "whom to tell")


def without_server(night: Night, page: Page) -> None:
    cut(night, page)
    page.reload()
    writing(page)


def between_without_server(night: Night, page: Page) -> None:
    cut(night, page)
    page.goto(night.wire.url + HOME)
    between_calls(page)
    until(lambda: page.locator("[data-kept] li").count(), "what lies here")


def finding(night: Night, page: Page) -> None:
    in_call(night, page)
    page.keyboard.press("Control+k")
    page.keyboard.type("kie")


def elsewhere(night: Night, page: Page) -> None:
    in_call(night, page)
    other = page.context.new_page()
    other.goto(page.url)
    page.keyboard.type(" Lisää.")
    other.locator("[data-write-here]").click()
    until(lambda: page.locator("[data-banner]").is_visible(), "a word of the other window")


def second(night: Night, page: Page) -> None:
    in_call(night, page)
    page.locator("[name=do][value=second]").click()
    until(lambda: page.locator(".dock").count(), "the first call, docked")
    writing(page)


STATES: tuple[State, ...] = (
    idle,
    in_call,
    comes,
    cut,
    without_server,
    between_without_server,
    finding,
    elsewhere,
    second,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_state_of_the_desk_has_a_barrier_that_axe_knows(night: Night, browser, state: State):
    found = {}
    with opened(browser, *SIZES["large"]) as page:
        show_hour(page.context, CALL)
        night.sign_in(page.context)
        state(night, page)
        for look in ("light", "dark"):
            page.emulate_media(color_scheme=look)
            for name, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                if SHOTS:
                    page.screenshot(path=f"{SHOTS}/{state.__name__}-{look}-{name}-{night.midwife.language}.png")
                page.set_viewport_size({"width": width, "height": height})
                broken = Axe().run(page).response["violations"]
                found[look, name] = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in broken]
    assert {where: rules for where, rules in found.items() if rules} == {}


import os

SHOTS = os.environ.get("SHOTS")
