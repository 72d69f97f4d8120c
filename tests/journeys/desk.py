"""The desk in a browser: midwives who are signed in, a wire that can be cut, and what the server has in the end."""

import datetime as dt
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import BrowserContext, BrowserType, Error, Page

from poukama.centres.models import Centre
from poukama.helpline import access
from poukama.helpline.rules import Ref
from poukama.helpline.shown import Opened
from poukama.roster import actions as roster
from poukama.roster.rules import Duty, Span
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.journeys.site import HELSINKI, Site
from tests.journeys.wire import Wire
from tests.people import make_member, sign_in

CALL = dt.datetime(2026, 11, 24, 2, 14, tzinfo=HELSINKI)
LATER = dt.datetime(2026, 11, 24, 3, 0, tzinfo=HELSINKI)
TOLD = dt.datetime(2026, 11, 24, 2, 31, tzinfo=HELSINKI)
HOME = "/s/puhelin"
_PATIENCE = 20.0
_STEP = 0.05
# The browser's clock shows the hour of the journey, and runs on from there.
_CLOCK = """
const real = Date, shift = %d - Date.now();
Date = class extends real {
  constructor(...given) { given.length ? super(...given) : super(real.now() + shift); }
  static now() { return real.now() + shift; }
};
"""
_COPIES = """async () => {
  const open = indexedDB.open("poukama");
  const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const read = (name) => new Promise((done) => {
    if (!base.objectStoreNames.contains(name)) return done([]);
    const asked = base.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const text = (bytes) => new TextDecoder("latin1").decode(bytes);
  const copies = (await read("copies")).map((each) => ({...each, iv: text(each.iv), sealed: text(each.sealed)}));
  const keys = (await read("keys")).map((key) => key.extractable ?? null);
  base.close();
  return {copies, keys};
}"""


def until(true: Callable[[], Any], what: str) -> Any:
    """Wait for something to come true, and give it back; a page that is just going is asked again."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with suppress(Error):
            if found := true():
                return found
        time.sleep(_STEP)
    raise AssertionError(f"in {_PATIENCE:.0f} seconds: not {what}")


@contextmanager
def answered() -> Iterator[None]:
    """At the end wait until the server has finished what it was asked: the tables are emptied next."""
    asked: list[object] = []
    done: list[object] = []

    def begun(sender: object, **_: object) -> None:
        asked.append(sender)

    def finished(sender: object, **_: object) -> None:
        done.append(sender)

    request_started.connect(begun)
    request_finished.connect(finished)
    try:
        yield
        until(lambda: len(asked) <= len(done), "every request answered")
    finally:
        request_started.disconnect(begun)
        request_finished.disconnect(finished)


@dataclass
class Night:
    """A night at a centre: its pages at the end of a wire, at an hour that the journey chooses."""

    site: Site
    wire: Wire
    centre: Centre
    midwife: Member

    def sign_in(self, window: BrowserContext, member: Member | None = None) -> None:
        """Whoever sits at this browser now."""
        cookies = sign_in(Client(), member or self.midwife).cookies
        for name, each in cookies.items():
            window.add_cookies([{"name": name, "value": each.value, "domain": "127.0.0.1", "path": "/s/"}])

    def put_on_call(self, duty: Duty, member: Member) -> None:
        """A member is on this duty from the evening to the morning."""
        keeper = make_member(Role.MIDWIFE_COORDINATOR, centre=self.centre, login="keeper")
        shift = Span(CALL - dt.timedelta(hours=4), CALL + dt.timedelta(hours=6))
        by = standing(keeper, CALL).actor
        roster.add_shift(self.centre, key=uuid4(), duty=duty, member=member, span=shift, by=by, at=CALL)

    def contacts(self) -> list[Opened]:
        """Every contact of the night, the oldest first, as the server has it."""
        by, at = standing(self.midwife, self.site.at).actor, self.site.at
        night = access.night(self.centre, by=by, at=at)
        # One that ends between the two lists is in both.
        refs: set[Ref] = {each.ref for each in (*night.in_progress, *night.ended)}
        return sorted(
            (access.contact(ref, by=by, at=at) for ref in refs), key=lambda each: (each.began_at, each.ref.id)
        )

    def only(self) -> Opened:
        """The one contact of the night."""
        (found,) = self.contacts()
        return found

    def has(self, page: Page) -> None:
        """Wait until the server has the note as this page shows it, and nothing of it lies in the browser."""
        until(lambda: self._notes() & {page.input_value("#note")} and not kept(page), "the note on the server")

    def _notes(self) -> set[str]:
        return {contact.words.note for contact in self.contacts()}

    def at_desk(self, page: Page) -> Page:
        """The page between calls, with its shell kept."""
        page.goto(self.wire.url + HOME)
        until(lambda: page.evaluate("!!navigator.serviceWorker.controller"), "a service worker")
        return page

    def in_call(self, page: Page) -> Page:
        """A contact in progress, begun by a key."""
        self.at_desk(page)
        page.keyboard.press("n")
        return writing(page)


def writing(page: Page) -> Page:
    """Wait until a contact can be written in."""
    until(
        lambda: page.evaluate("document.activeElement?.id === 'note' && !document.activeElement.readOnly"), "the note"
    )
    # The form's own scripts have come when the button that only they serve is in sight.
    until(lambda: page.locator('[data-key="mod+k"]').is_visible(), "the scripts")
    return page


def between_calls(page: Page) -> Page:
    """Wait until the list is there, or what stands for it without a server."""
    there = "location.pathname === '/s/puhelin' && document.readyState === 'complete'"
    until(lambda: page.evaluate(there), "the page between calls")
    return page


def waiting(page: Page, letters: int) -> None:
    """Wait until the strip says that so many characters wait, and lie in this browser."""
    says = page.locator('[data-saved] [data-state="wait"]')
    until(lambda: says.count() and f" {letters} " in says.inner_text(), f"a strip with {letters} characters")


def kept(page: Page) -> list[dict[str, Any]]:
    """The copies that lie in this browser, as they lie there."""
    copies: list[dict[str, Any]] = page.evaluate(_COPIES)["copies"]
    return copies


def keys(page: Page) -> list[bool]:
    """Of each key that lies in this browser, whether a script could take it out."""
    found: list[bool] = page.evaluate(_COPIES)["keys"]
    return found


@contextmanager
def machine(kind: BrowserType, profile: Path, at: dt.datetime = CALL, **looks: Any) -> Iterator[BrowserContext]:
    """A browser that keeps its profile, as a machine at the desk does."""
    from tests.journeys.conftest import CHROMIUM, FLAGS  # noqa: PLC0415 - conftest imports this module

    given = {"viewport": {"width": 1366, "height": 768}, "locale": "fi-FI", "reduced_motion": "reduce"} | looks
    window = kind.launch_persistent_context(profile, executable_path=CHROMIUM, args=list(FLAGS), **given)
    show_hour(window, at)
    try:
        yield window
    finally:
        with suppress(Error):
            window.close()


def show_hour(window: BrowserContext, at: dt.datetime) -> None:
    """Set the clock of a browser."""
    window.add_init_script(_CLOCK % int(at.timestamp() * 1000))


def turn_to(page: Page, at: dt.datetime) -> None:
    """Set the clock of a page that is open, and of those after it."""
    show_hour(page.context, at)
    page.evaluate(f"() => {{ {_CLOCK % int(at.timestamp() * 1000)} }}")


def kill(profile: Path) -> None:
    """End a browser as a power cut does."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            if f"--user-data-dir={profile}".encode() in words and not any(
                word.startswith(b"--type=") for word in words
            ):
                os.kill(int(process.name), signal.SIGKILL)
    for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
        (profile / name).unlink(missing_ok=True)
