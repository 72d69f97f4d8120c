"""The same pages on a stick: every page opens from a file, and every link leads to another or to the way out."""

import re

import pytest
from django.test import override_settings

from poukama.guide.commands import export
from poukama.guide.pages import LANGUAGES, SLUGS
from tests.guide.installations import OPEN, installed

pytestmark = pytest.mark.journey


# Whether the heading is in sight, where the way out stays, and whether the number is in sight.
SHOWN = """() => [
  document.querySelector("h1").checkVisibility(),
  getComputedStyle(document.querySelector(".exit-bar")).position,
  document.querySelector("a[href='tel:+358407018446']").checkVisibility(),
]"""


@pytest.fixture(scope="module")
def stick(tmp_path_factory, _running):
    folder = tmp_path_factory.mktemp("a stick")
    with override_settings(WAY_OUT="https://weather.example/"):
        export(folder, installed("helsinki"), at=OPEN, practice=False)
    return folder


def test_every_page_opens_and_every_link_leads_somewhere(visit, stick):
    files = sorted(stick.rglob("*.html"))
    # The front page, and in each language every page, the centre's own, and two for when the server is away.
    assert len(files) == 1 + len(LANGUAGES) * (len(SLUGS) + 3)
    with visit() as page:
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("console", lambda message: failed.append(message.text))
        for file in files:
            page.goto(file.as_uri())
            assert page.evaluate(SHOWN) == [True, "sticky", True], file
            links = page.locator("a:not([href^='tel:'], [href^='#'], [data-leave])")
            for link in links.evaluate_all("all => all.map(each => each.getAttribute('href'))"):
                target = (file.parent / link).resolve()
                assert target in files, (file, target)
        assert failed == []


def test_no_page_says_what_only_a_clock_knows(stick):
    words = re.compile(
        "today at|tomorrow at|tänään klo|huomenna|i dag kl|i morgon|The centre is open\\.|on nyt kiinni|stängt nu"
    )
    for file in stick.rglob("*.html"):
        assert not words.search(file.read_text(encoding="utf-8")), file


def test_the_way_out_leads_straight_to_the_weather(visit, stick):
    with visit() as page:
        page.goto((stick / "fi" / "apua.html").as_uri())
        gone: list[str] = []
        page.route("https://**", lambda route: (gone.append(route.request.url), route.fulfill(status=204)))
        page.locator(".leave").click()
        page.wait_for_timeout(200)
        assert gone == ["https://weather.example/"]


def test_the_languages_lead_to_the_same_page(visit, stick):
    with visit() as page:
        page.goto((stick / "fi" / "keskukset" / "helsinki.html").as_uri())
        page.get_by_role("link", name="English").click()
        assert page.url == (stick / "en" / "centres" / "helsinki.html").as_uri()
