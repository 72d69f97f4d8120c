"""The door in a browser: who comes in, at an hour that the journey moves on, the keys that a browser pretends to."""

import datetime as dt
import re
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.signin.proofs import PASSWORD, SECRET, code_at


@dataclass
class Door:
    """The sign-in pages, and the hour there. Passkeys want a name and no number, so it is `localhost`."""

    site: Site
    url: str

    def later(self, **by: float) -> dt.datetime:
        """Let time go by; a new code of the app holds after half a minute."""
        self.site.at += dt.timedelta(**by)
        return self.site.at

    def open(self, page: Page, path: str = "/s/") -> Page:
        """Go to a page of the staff side."""
        page.goto(self.url + path)
        return page

    def give_password(self, page: Page, login: str = "maija", password: str = PASSWORD) -> None:
        """The first step."""
        if not page.url.endswith("/s/kirjaudu"):
            self.open(page, "/s/kirjaudu")
        page.locator("#login").fill(login)
        page.locator("#password").fill(password)
        page.locator("#password").press("Enter")

    def give_code(self, page: Page, secret: str = SECRET, code: str = "") -> None:
        """The second step: the app's next code, or another one."""
        page.locator("#code").fill(code or code_at(self.later(seconds=30), secret))
        page.locator("#code").press("Enter")


def is_in(page: Page, door: Door) -> bool:
    """Whether one's own page opens."""
    page.goto(f"{door.url}/s/oma")
    return page.url == f"{door.url}/s/oma"


def comes_in(page: Page) -> None:
    """Wait until somebody is in the house, wherever they land there."""
    expect(page.locator(".rail-end")).to_be_visible()


def secret_on(page: Page) -> str:
    """The secret of an app, as the page has it in text."""
    return re.sub(r"\s", "", page.locator(".secret").inner_text())


def give_keys(page: Page) -> None:
    """Let the browser have a device that makes passkeys and always knows its owner."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def barriers(page: Page) -> list[str]:
    """What axe finds on a page."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]
