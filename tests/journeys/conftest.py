"""A browser and the pages, for every journey: given a page, when somebody does something, then they see."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from poukama.guide.pages import LANGUAGES, SLUGS, Address
from poukama.guide.pages import Page as Name
from tests.journeys.desk import CALL, Night, answered
from tests.journeys.site import Site, running
from tests.journeys.walk import Seen, walk
from tests.journeys.wire import wire
from tests.people import make_centre, make_member

CHROMIUM = os.environ.get("POUKAMA_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The browser keeps a loop in this thread, and Django would take a query beside it for one inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

Visit = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"no browser at {CHROMIUM}: install Chromium, or set POUKAMA_CHROMIUM to one", pytrace=False)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def _running(tmp_path_factory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("static")) as site:
        yield site


@pytest.fixture
def site(_running: Site) -> Iterator[Site]:
    """The pages, at noon on a Tuesday, with Helsinki in front."""
    yield _running
    _running.forget()


@contextmanager
def opened(browser: Browser, width: int = 360, height: int = 640, **more: Any) -> Iterator[Page]:
    """A window, closed with all it knew at the end."""
    # Without motion, so that nothing is looked at while it fades in.
    looks = {"viewport": {"width": width, "height": height}, "locale": "fi-FI", "reduced_motion": "reduce"}
    context = browser.new_context(**(looks | more))
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture
def visit(browser: Browser) -> Visit:
    """Open a window of a telephone's size, or of another."""
    return partial(opened, browser)


@pytest.fixture(scope="session")
def walked(browser: Browser, _running: Site, every_address: list[str]) -> list[Seen]:
    """What one walk past every page has found."""
    with opened(browser) as page:
        return walk(page, _running.url, every_address)


@pytest.fixture(scope="session")
def every_address() -> list[str]:
    """Every public page, in every language."""
    pages = [Address(page, language).path for page in SLUGS for language in LANGUAGES]
    return [*pages, *(Address(Name.CENTRE, language, "helsinki").path for language in LANGUAGES)]


@pytest.fixture
def night(transactional_db, site: Site) -> Iterator[Night]:
    """02:14 at an invented centre with a midwife on duty, at the end of a wire."""
    site.at = CALL
    with answered(), wire(site.url) as laid:
        centre = make_centre()
        yield Night(site, laid, centre, make_member(centre=centre))
