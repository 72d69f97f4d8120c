"""The server is killed in the middle of a call, and the browser after it: the text is there once, and whole."""

from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page

from tests.journeys.desk import HOME, kept, kill, machine, until, waiting, writing
from tests.journeys.test_desk_keeps import TEXT
from tests.operations.installation import Installation, installation

pytestmark = pytest.mark.journey


@pytest.fixture
def running(tmp_path_factory):
    with installation(tmp_path_factory.mktemp("server") / "it", 1) as made:
        yield made


def seated(window: BrowserContext, running: Installation) -> Page:
    """The midwife at her machine."""
    session = running.browsers[0].session
    window.add_cookies([{"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/s/"}])
    return window.pages[0]


def notes(running: Installation) -> list[str]:
    """The notes of every contact that has been written in here; the demo's contacts have long ended."""
    rows = running.ask_owner("select centre_id, id, note from helpline_contact where ended_at is null and saves > 0")
    return [running.opened(note, centre=centre, record=UUID(str(record)), name="note") for centre, record, note in rows]


def test_two_hundred_characters_outlive_the_server_a_reload_and_the_browser(
    running: Installation, browser_type: BrowserType, tmp_path
):
    desk = f"http://127.0.0.1:{running.port}{HOME}"
    with machine(browser_type, tmp_path) as window:
        page = seated(window, running)
        page.goto(desk)
        until(lambda: page.evaluate("!!navigator.serviceWorker.controller"), "a service worker")
        page.keyboard.press("n")
        writing(page).keyboard.type("Soittaja.")
        until(lambda: notes(running) == ["Soittaja."], "the first word on the server")
        address = page.url
        running.kill_web()
        page.keyboard.type(TEXT[:150])
        waiting(page, 150)
        page.reload()
        writing(page).keyboard.type(TEXT[150:])
        waiting(page, 200)
        kill(tmp_path)
    with machine(browser_type, tmp_path) as window:
        page = seated(window, running)
        page.goto(address)
        assert writing(page).input_value("#note") == f"Soittaja.{TEXT}"
        running.start_web()
        until(lambda: notes(running) == [f"Soittaja.{TEXT}"] and not kept(page), "the text on the server, once")
