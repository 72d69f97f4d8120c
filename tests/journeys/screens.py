"""The README's pictures, taken of this build at a fixed hour by `make screens`; `make test` does not collect this file.

They show the real service's pages at noon and at 03:00 on 24 November 2026, and the demo's people at work at 08:10, so
that two runs take the same pictures, but for the codes of cases.
"""

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page

from demo.load import load
from poukama.cases.access import case_list
from poukama.centres.models import Centre
from poukama.staff.access import standing
from poukama.staff.models import Member
from tests.journeys.conftest import Visit
from tests.journeys.desk import answered, show_hour, writing
from tests.journeys.site import HELSINKI, NIGHT, OPEN, SOURCE, Site
from tests.people import sign_in

FOLDER = SOURCE / "docs" / "screens"
PHONE, DESK, STAFF = (360, 720), (1280, 800), (1366, 768)
MORNING = dt.datetime(2026, 11, 24, 8, 10, tzinfo=HELSINKI)
# A README loads quickly: UX 6.1 allows a picture this many bytes.
MOST_BYTES = 80_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in a window of a size; `choices` are the answers ticked, and `look` brings a part into view."""

    name: str
    path: str
    size: tuple[int, int]
    night: bool = False
    dark: bool = False
    practice: bool = False
    choices: tuple[str, ...] = ()
    look: str = ""


PICTURES = (
    Picture("help-360-fi", "/fi/apua", PHONE),
    Picture("help-360-sv-dark", "/sv/hjalp", PHONE, night=True, dark=True),
    Picture("centre-1280-en", "/en/centres/helsinki", DESK),
    Picture("young-360-fi", "/fi/nuoret", PHONE),
    Picture("help-answer-1280-fi", "/fi/apua", DESK, night=True, choices=("when-d", "age-1", "where-i"), look=".guide"),
    Picture("error-360-en", "/en/nothing-here", PHONE, practice=True),
)


def take(page: Page, site: Site, picture: Picture) -> bytes:
    """One picture, as WebP."""
    site.at, site.practice = (NIGHT if picture.night else OPEN), picture.practice
    page.goto(site.url + picture.path)
    for choice in picture.choices:
        page.check(f"#{choice}")
    if picture.look:
        page.locator(picture.look).evaluate("element => element.scrollIntoView()")
    return as_webp(page)


def as_webp(page: Page, quality: int = 88) -> bytes:
    """What the window shows, as WebP."""
    taken = Image.open(BytesIO(page.screenshot(animations="disabled")))
    out = BytesIO()
    taken.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def keep(name: str, webp: bytes) -> None:
    """Put a picture where the README finds it."""
    assert len(webp) <= MOST_BYTES
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.webp").write_bytes(webp)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_the_readme_has_this_picture(picture: Picture, site: Site, visit: Visit):
    width, height = picture.size
    colours = "dark" if picture.dark else "light"
    sharp = 2 if picture.size == PHONE else 1
    with visit(width, height, color_scheme=colours, device_scale_factor=sharp) as page:
        webp = take(page, site, picture)
    keep(picture.name, webp)


# ── The demo's people at work ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class AtWork:
    """A page of the staff side, as one of the demo's people sees it; `{case}` is the case of the night."""

    name: str
    login: str
    path: str
    dark: bool = False


AT_WORK = (
    AtWork("desk-1366-fi", "maija", "/s/puhelin"),
    AtWork("list-1366-sv-dark", "ilona", "/s/puhelin", dark=True),
    AtWork("week-1366-fi", "kaisa", "/s/paivystys"),
    AtWork("case-1366-fi", "laine", "/s/t/{case}"),
    AtWork("board-1366-fi", "kaisa", "/s/tanaan"),
)
# What the caller of the first picture has said so far: the field, and the answer that is chosen.
SAID = (("safe_now", "yes"), ("hurt", "no"), ("neck", "no"), ("age", "18-"))


def in_the_middle_of_a_call(page: Page) -> None:
    """A call from Satama, of a person who wants care, some hours after."""
    page.keyboard.press("n")
    writing(page)
    page.keyboard.type("Sisko ajaa, noin 40 min. Tulevat päivystyksen ovesta.")
    for field, answer in SAID:
        page.locator(f'input[name="{field}"][value="{answer}"]').check(force=True)
    page.select_option('select[name="language"]', "sv")
    page.select_option('select[name="when"]', index=2)
    page.select_option('select[name="place"]', index=1)
    page.locator('input[name="wants"][type="checkbox"]').first.check(force=True)
    page.fill("#called_name", "Aino")
    page.wait_for_timeout(1500)
    page.locator("#note").focus()


def the_case() -> UUID:
    """The case of the night."""
    centre = Centre.objects.get(code="satama")
    by = standing(Member.objects.get(login="laine"), MORNING).actor
    (row,) = case_list(centre, by=by, at=MORNING).rows
    return row.id


@pytest.mark.parametrize("picture", AT_WORK, ids=lambda picture: picture.name)
def test_the_readme_has_this_picture_of_the_demo(picture: AtWork, site: Site, visit: Visit, transactional_db):
    load(MORNING)
    site.at = MORNING
    width, height = STAFF
    cookies = sign_in(Client(), Member.objects.get(login=picture.login)).cookies
    with answered(), visit(width, height, color_scheme="dark" if picture.dark else "light") as page:
        show_hour(page.context, MORNING)
        for name, each in cookies.items():
            page.context.add_cookies([{"name": name, "value": each.value, "domain": "127.0.0.1", "path": "/s/"}])
        page.goto(site.url + picture.path.format(case=the_case()))
        if picture.login == "maija":
            in_the_middle_of_a_call(page)
        keep(picture.name, as_webp(page, quality=76))
