"""What holds on every public page: found without scripts or style, read by anyone, heavy for nobody, kept nowhere."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.site import NIGHT
from tests.journeys.walk import LOWEST, NARROW, sizes_of

pytestmark = pytest.mark.journey

# Stems that would tell somebody who looks over a shoulder what the pages are about; the last list is of whole words.
STEMS = (
    "raisk seksu väkival vakival uhri hyväksikä hyvaksika rikos våld sexu övergrepp brott "
    "rape assault abuse violen victim"
)
WHOLE = "seri survivor survivors"
STOP = re.compile(rf"\b({'|'.join(STEMS.split())})|\b({'|'.join(WHOLE.split())})\b", re.IGNORECASE)
AXE = Axe()
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def faults(page: Page, rules: dict[str, Any] = WCAG) -> list[str]:
    # Told only what is wrong: what is right is most of the work.
    found = AXE.run(page, options={**rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {[node['html'][:100] for node in each['nodes']]}" for each in found]


def test_no_page_has_a_barrier_that_axe_knows(site, visit, every_address):
    with visit() as page:
        for path in [*every_address, "fi/nowhere"]:
            page.goto(f"{site.url}/{path}")
            assert faults(page) == [], path


def test_no_page_is_too_faint_in_the_dark(site, visit, every_address):
    """Only colours differ in the dark, and no language has colours of its own."""
    with visit(color_scheme="dark") as page:
        for path in [path for path in every_address if path.startswith("fi")]:
            page.goto(f"{site.url}/{path}")
            assert faults(page, CONTRAST) == [], path


@pytest.mark.parametrize("choices", ["d0i", "m1o", "l2u", "uuu", "d2i"])
def test_no_answer_has_a_barrier_that_axe_knows(site, visit, choices):
    site.at = NIGHT
    with visit(1280, 900) as page:
        page.goto(f"{site.url}/en/help")
        for question, letter in zip(("when", "age", "where"), choices, strict=True):
            page.check(f"#{question}-{letter}")
        page.check("#who-close")
        assert faults(page) == []


def test_no_page_scrolls_sideways_at_320_pixels_or_four_times_the_size(walked):
    """1280 pixels at 400 % are 320; the height is then that of a low window."""
    for each in walked:
        assert each.overflow[NARROW] <= 0, each.path
        assert each.overflow[LOWEST] <= 0, each.path


def test_text_at_twice_the_size_keeps_the_number_first_and_nothing_sideways(walked):
    for each in walked:
        overflow, top = each.big
        assert overflow <= 0, each.path
        assert top < 640, each.path


def test_nothing_is_kept_and_nobody_else_is_asked(walked, site):
    for each in walked:
        assert each.found["kept"] == ["", 0, 0], each.path
        assert each.found["workers"] == 0, each.path
        assert all(url.startswith(site.url) for url in each.asked), each.path


def test_no_page_breaks_its_own_policy_or_fails_a_request(walked):
    assert {each.path: each.said for each in walked if each.said} == {}


def test_every_page_weighs_at_most_30_kilobytes_in_at_most_5_requests(walked):
    for each in walked:
        assert 3 <= len(each.sizes) <= 5, each.path
        assert sum(each.sizes) <= 30_000, (each.path, each.sizes)


def test_the_frame_of_a_practice_version_weighs_little(site, visit, every_address):
    """Every language has the same frame."""
    site.practice = True
    with visit() as page:
        sizes = sizes_of(page.context.new_cdp_session(page))
        for path in [path for path in every_address if path.startswith("fi")]:
            sizes.clear()
            page.goto(f"{site.url}/{path}")
            assert 3 <= len(sizes) <= 5, path
            assert sum(sizes) <= 30_000, (path, sizes)


def test_no_title_address_or_meta_word_tells_what_the_pages_are_about(walked):
    for each in walked:
        for words in (each.path, each.found["title"], *each.found["metas"], *each.found["files"]):
            assert not STOP.search(words), words


def test_every_link_of_ours_leads_to_a_page(walked, every_address):
    """Every page of the walk was found, so a link to one of them is a link to a page."""
    led_to = {link.strip("/") for each in walked for link in each.found["links"]} - {"poistu"}
    assert led_to == set(every_address)


def test_without_scripts_every_answer_can_still_be_chosen(site, visit):
    with visit(java_script_enabled=False) as page:
        page.goto(f"{site.url}/en/help")
        page.locator("#age-0").check()
        assert page.get_by_role("heading", name="The children's clinic is the place").first.is_visible()
        assert page.get_by_role("heading", name="You can come now").is_hidden()
        assert page.locator("a[href='tel:+358407018446']").first.is_visible()


def test_without_style_every_answer_says_for_whom_it_is(site, visit):
    with visit() as page:
        page.route("**/*.css", lambda route: route.abort())
        page.goto(f"{site.url}/en/help")
        headings = page.locator("[data-door] > h3").all_inner_texts()
        assert len(headings) == len(set(headings)) > 5
        assert "Under 16: The children's clinic is the place" in headings
        assert all(heading.is_visible() for heading in page.locator("[data-door] > h3").all())
        order = page.locator("h1, #narrow, #answer").evaluate_all("all => all.map(each => each.id || each.tagName)")
        assert order == ["H1", "narrow", "answer"]


def test_forced_colours_leave_edges_to_what_can_be_pressed(site, visit):
    with visit(forced_colors="active") as page:
        page.goto(f"{site.url}/fi/apua")
        for what in (".leave", ".choice", ".phone .primary", ".answer"):
            assert page.locator(what).first.evaluate("each => getComputedStyle(each).borderTopStyle") == "solid"
        assert faults(page) == []


def test_a_keyboard_reaches_every_choice_and_sees_where_it_is(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.locator("summary").focus()
        reached = []
        for _ in range(12):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.name || document.activeElement.type || ''"))
            assert page.evaluate(
                """() => { const box = document.activeElement.getBoundingClientRect();
                const bar = document.querySelector(".exit-bar").getBoundingClientRect();
                return box.top >= bar.bottom - 1 || document.activeElement.closest(".exit-bar") !== null; }"""
            )
        assert [name for name in reached if name in {"when", "age", "where", "who", "reset"}] == [
            "when",
            "age",
            "where",
            "who",
            "reset",
        ]


def test_paper_holds_the_way_in_and_the_page_for_professionals_on_one_sheet(site, visit):
    with visit() as page:
        for hour in (site.at, NIGHT):
            site.at = hour
            for path in ("fi/keskukset/helsinki", "sv/centren/helsinki", "en/centres/helsinki", "fi/ammattilaiset",
                         "sv/yrkespersoner", "en/professionals"):  # fmt: skip
                page.goto(f"{site.url}/{path}")
                sheets = page.pdf(format="A4").count(b"/Type /Page\n")
                assert sheets == 1, path


def test_the_front_door_leads_to_the_number_in_one_tap(site, visit):
    with visit() as page:
        page.goto(site.url)
        assert page.locator("html").get_attribute("lang") == "fi"
        assert page.locator(".phone a.primary").get_attribute("href") == "tel:+358407018446"


def test_the_language_row_leads_to_the_same_page(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/kaynti")
        page.get_by_role("link", name="Svenska").click()
        assert page.url == f"{site.url}/sv/besoket"
        assert page.locator("html").get_attribute("lang") == "sv"
