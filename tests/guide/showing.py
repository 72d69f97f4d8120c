"""Shows the text pages to tests, from the packs that are shipped, at noon on a weekday unless told otherwise."""

import datetime as dt
from functools import lru_cache

import pytest
from django.test import override_settings
from django.test.html import Element

from poukama.guide import page as pages
from poukama.guide.links import Links, OnServer
from poukama.guide.pages import LANGUAGES, Address, Page
from tests.guide.installations import CENTRES, OPEN, PACKS, installed
from tests.guide.reading import own, text, tree

NOON = OPEN
TEXTS = tuple(page for page in Page if page is not Page.HELP)
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

every_page = pytest.mark.parametrize("which", TEXTS)
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_pack = pytest.mark.parametrize("front", PACKS)
# Laakso sets no age, no limit and no duty.
every_pack_with_limits = pytest.mark.parametrize("front", ["helsinki", "satama"])


@lru_cache(maxsize=512)  # many tests read the same page; none changes it
def shown(
    which: Page,
    language: str,
    front: str = "helsinki",
    *,
    when: dt.datetime = NOON,
    practice: bool = False,
    links: Links | None = None,
) -> Element:
    """A page as a tree, as the server shows it at a moment."""
    address = Address(which, language, front if which is Page.CENTRE else "")
    with override_settings(STORAGES=PLAIN_FILES, PACKS=CENTRES):
        known = installed(front, practice=practice)
        return tree(pages.html(address, known, at=when, practice=practice, links=links or OnServer()))


@lru_cache(maxsize=512)
def said(which: Page, language: str, front: str = "helsinki", *, practice: bool = False) -> str:
    """What the page itself says, without what stands on every page."""
    return text(own(shown(which, language, front, practice=practice)))
