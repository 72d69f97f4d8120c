"""Somebody comes into the room: the page is gone at once, and says honestly what stays."""

import pytest
from playwright.sync_api import Page

from tests.journeys.walk import LOW, WIDE

pytestmark = pytest.mark.journey


def leaves(page: Page, site) -> None:
    page.wait_for_url(f"{site.url}/way-out", wait_until="commit")


def test_the_way_out_is_in_sight_and_covered_by_nothing_at_every_height(walked):
    assert {each.path: each.free for each in walked if each.free != [True, True, True]} == {}


@pytest.mark.parametrize("size", [WIDE, LOW], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_number_is_in_sight_before_any_scrolling(walked, size):
    for each in walked:
        first, _ = each.numbers[size]
        assert first is not None
        assert first < size[1], each.path
    big = next(each for each in walked if each.path == "fi/apua").numbers[size][1]
    assert big is not None
    assert big < size[1]


def test_the_first_two_stops_of_a_keyboard_are_the_content_and_the_way_out(walked):
    for each in walked:
        assert each.stops == [["#main", True], ["/poistu", True]], each.path


def test_a_tap_blanks_the_page_at_once(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        # No other page comes, so what is seen is what the tap itself did.
        page.route("**/poistu", lambda route: route.fulfill(status=204))
        took = page.evaluate(
            """() => new Promise(done => {
              const start = performance.now();
              new MutationObserver(() => done(performance.now() - start)).observe(document.body, {attributes: true});
              document.querySelector(".leave").click();
            })"""
        )
        assert took < 100
        assert page.locator("h1").is_hidden()
        assert "Yhteystiedot" not in page.title()


def test_the_way_out_takes_the_page_out_of_the_way_back(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/nowhere")
        page.goto(f"{site.url}/fi/apua")
        steps = page.evaluate("history.length")
        page.locator(".leave").click()
        leaves(page, site)
        assert page.evaluate("history.length") == steps
        page.go_back()
        assert page.url == f"{site.url}/fi/nowhere"


def test_the_page_one_lands_on_is_not_told_where_one_was(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.locator(".leave").click()
        leaves(page, site)
        assert set(site.referrers) == {""}
        assert page.evaluate("document.referrer") == ""


def test_without_scripts_the_way_out_is_a_plain_link(site, visit):
    with visit(java_script_enabled=False) as page:
        page.goto(f"{site.url}/sv/hjalp")
        page.locator(".leave").click()
        leaves(page, site)


def test_shift_three_times_leaves(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        for _ in range(3):
            page.keyboard.press("Shift")
        leaves(page, site)


@pytest.mark.parametrize("keys", [["Shift", "Shift", "a", "Shift"], ["Shift", "Shift"], ["Control+Shift"] * 3])
def test_other_keys_between_do_not_leave(site, visit, keys):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(100)
        assert page.locator("h1").is_visible()


def test_shift_of_a_keyboard_on_the_screen_does_not_leave(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.evaluate(
            """() => { for (let press = 0; press < 3; press++)
              dispatchEvent(new KeyboardEvent("keydown", {key: "Shift", code: ""})); }"""
        )
        page.wait_for_timeout(100)
        assert page.locator("h1").is_visible()


def test_shift_inside_a_text_field_does_not_leave(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.evaluate("document.body.append(document.createElement('textarea'))")
        page.locator("textarea").focus()
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_timeout(100)
        assert page.locator("h1").is_visible()


def test_the_skip_link_goes_to_the_content(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_every_page_says_that_the_history_stays(site, visit):
    words = {"fi": "Selaushistoria ei tyhjene", "sv": "Webbhistoriken raderas inte", "en": "Your history is not erased"}
    with visit() as page:
        for language, path in (("fi", "fi/apua"), ("sv", "sv/besoket"), ("en", "en/visit")):
            page.goto(f"{site.url}/{path}")
            assert words[language] in page.locator("footer").inner_text()
            assert words[language] in page.locator(".leave").inner_text()
