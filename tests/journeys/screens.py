"""The README's pictures, taken of this build at a fixed hour by `make screens`; `make test` does not collect this file.

They show the real service's pages at noon and at 03:00 on 24 November 2026, so that two runs take the same pictures.
"""

from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.site import NIGHT, OPEN, SOURCE, Site

FOLDER = SOURCE / "docs" / "screens"
PHONE, DESK = (360, 720), (1280, 800)
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
    taken = Image.open(BytesIO(page.screenshot(animations="disabled")))
    out = BytesIO()
    taken.save(out, "WEBP", quality=88, method=6)
    return out.getvalue()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_the_readme_has_this_picture(picture: Picture, site: Site, visit: Visit):
    width, height = picture.size
    colours = "dark" if picture.dark else "light"
    sharp = 2 if picture.size == PHONE else 1
    with visit(width, height, color_scheme=colours, device_scale_factor=sharp) as page:
        webp = take(page, site, picture)
    assert len(webp) <= MOST_BYTES
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{picture.name}.webp").write_bytes(webp)
