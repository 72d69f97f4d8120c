"""Nothing that is written at the desk is lost: not with the network, not with the server, not with the browser."""

import pytest
from playwright.sync_api import BrowserType

from tests.journeys.desk import HOME, Night, kept, kill, machine, saved, waiting, writing

pytestmark = pytest.mark.journey
# Two hundred characters of which no two stretches are the same, so that order is seen.
TEXT = "".join(f" {number:03}" for number in range(50))


def test_two_hundred_characters_outlive_the_network_a_reload_and_the_browser(
    night: Night, browser_type: BrowserType, tmp_path
):
    with machine(browser_type, tmp_path) as window:
        night.sign_in(window)
        page = night.in_call(window.pages[0])
        page.keyboard.type("Soittaja.")
        saved(page)
        address = page.url
        night.wire.cut()
        page.keyboard.type(TEXT[:150])
        waiting(page, 150)
        page.reload()
        writing(page).keyboard.type(TEXT[150:])
        waiting(page, 200)
        kill(tmp_path)
    with machine(browser_type, tmp_path) as window:
        night.sign_in(window)
        page = window.pages[0]
        page.goto(address)
        assert writing(page).input_value("#note") == f"Soittaja.{TEXT}"
        night.wire.mend()
        saved(page)
        assert kept(page) == []
    assert night.only().words.note == f"Soittaja.{TEXT}"
    assert HOME in address
