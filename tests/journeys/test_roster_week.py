"""The coordinator looks at the week, finds who is not there, and puts somebody on: with a mouse, and with none."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from poukama.roster import actions
from poukama.roster.rules import Duty
from poukama.staff.models import Member
from tests.journeys.conftest import Visit
from tests.journeys.site import Site
from tests.people import sign_in
from tests.roster.planning import NOW, Roster, span

pytestmark = pytest.mark.journey
HOME = "/s/paivystys"
AXE = Axe()
DESKS = ((1366, 768), (1024, 768))
# The first shift of the week is Maija's.
FIRST = span("2026-11-23T00:00", "2026-11-23T08:00")
AtWork = Callable[..., Page]


@pytest.fixture
def roster(transactional_db, site: Site) -> Roster:
    """Satama at 03:00 on a Tuesday: a week that nobody covers from ten on Sunday evening."""
    site.at = NOW
    roster = Roster()
    for number, login in enumerate(("maija", "outi", "kaisa") * 7):
        day, hour = divmod(number * 8, 24)
        begins, ends = f"2026-11-{23 + day}T{hour:02}:00", f"2026-11-{23 + day + (hour == 16)}T{(hour + 8) % 24:02}:00"
        roster.add(begins, "2026-11-29T22:00" if number == 20 else ends, login)
    for day in range(7):
        last = "2026-11-29T22:00"
        ends = last if day == 6 else f"2026-11-{24 + day}T08:00"
        roster.add(f"2026-11-{23 + day}T{'08' if day else '00'}:00", ends, "laine" if day % 2 else "niemi", Duty.DOCTOR)
    return roster


@pytest.fixture
def at_work(roster: Roster, site: Site, visit: Visit) -> Iterator[AtWork]:
    """Somebody signed in, in front of the week."""
    windows = []

    def opened(login: str = "kaisa", *, size: tuple[int, int] = DESKS[0], week: str = "", **looks: str) -> Page:
        window = visit(*size, **looks)
        page: Page = window.__enter__()
        windows.append(window)
        cookies = sign_in(Client(), roster[login]).cookies
        page.context.add_cookies(
            [
                {"name": name, "value": each.value, "domain": "127.0.0.1", "path": "/s/"}
                for name, each in cookies.items()
            ]
        )
        page.goto(site.url + HOME + (f"?viikko={week}" if week else ""))
        return page

    yield opened
    for window in windows:
        window.__exit__(None, None, None)


def here(page: Page) -> str:
    """What the keyboard is on."""
    text: str = page.evaluate("document.activeElement.innerText.replace(/\\s+/g, ' ').trim()")
    return text


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_two_gaps_stand_in_the_title_in_words_and_in_the_table(roster, at_work, language):
    Member.objects.update(language=language)
    page = at_work()
    assert page.title().startswith("(2) ")
    said = {"fi": "Kätilö su 29.11. klo 22–24", "sv": "Barnmorska sön 29.11 kl. 22–24"}[language]
    assert said in page.locator(".banner[data-state=fault]").inner_text()
    assert page.locator("td .gap").count() == 2
    assert page.locator("td .gap").first.is_visible()


def to(page: Page, selector: str, key: str = "Tab", most: int = 40) -> None:
    """Press a key until the keyboard is on something."""
    for _ in range(most + 1):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{most} times {key}, and not on {selector}")


def test_a_gap_is_filled_from_the_keyboard_alone(roster, at_work):
    page = at_work()
    to(page, "[href='#gap-1']")
    page.keyboard.press("Enter")
    # The keyboard is at the gap now: the next stop is what comes after it.
    page.keyboard.press("Tab")
    to(page, "#gap-1", "Shift+Tab", 1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/vuoro?**")
    to(page, "[name=member]")
    page.keyboard.type("Outi")
    to(page, "button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**tehty=**")
    assert page.get_by_role("status").inner_text() == "Vuoro on listalla."
    assert page.title().startswith("(1) ")


def test_arrows_walk_the_table(roster, at_work):
    page = at_work()
    page.locator("td a").first.focus()
    seen = [here(page)]
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(here(page))
    assert seen == ["00–08 Maija", "00–08 Maija nyt", "08–16 Outi", "00–08 Maija", "00–08 Maija", "00–08 Maija"]


def test_the_table_has_heads_of_rows_and_columns(roster, at_work):
    page = at_work()
    assert page.get_by_role("columnheader").count() == 8
    assert page.get_by_role("rowheader").count() == len(Duty)
    assert page.get_by_role("columnheader", name="ti 24 tänään").get_attribute("aria-current") == "date"


@pytest.mark.parametrize("size", DESKS, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "/vuoro", "/poissa"])
def test_every_page_can_be_used_by_anyone(roster, at_work, site, size, colours, path):
    page = at_work(size=size, color_scheme=colours)
    if path:
        page.goto(f"{site.url}{HOME}{path}")
    found = AXE.run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_shifts_page_and_its_faults_can_be_used_by_anyone(roster, at_work):
    page = at_work()
    page.locator("td a").nth(1).click()
    page.locator("[name=moment_1]").fill("")
    page.get_by_role("button", name="Jaa").click()
    assert page.get_by_role("alert").is_visible()
    found = AXE.run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "split-moment_0"


def test_the_night_of_the_changed_clock_has_its_true_hours(roster, at_work):
    roster.add("2026-10-19T00:00", "2026-10-26T00:00")
    page = at_work(week="2026-W43")
    assert "169 / 169 h" in page.get_by_role("rowheader").first.inner_text()


def test_a_double_click_puts_on_one_shift(roster, at_work, site):
    page = at_work()
    page.locator("#gap-1").click()
    page.select_option("[name=member]", label="Outi (kätilö)")
    before = len(roster.shifts())
    page.get_by_role("button", name="Lisää vuoro").dblclick()
    page.wait_for_url("**tehty=**")
    assert len(roster.shifts()) == before + 1


def test_whoever_comes_second_is_told_and_sees_the_week_as_it_stands(roster, at_work):
    page = at_work()
    page.locator("td a").first.click()
    page.wait_for_url("**/vuoro/*")
    shift = roster.row(int(page.url.rpartition("/")[2]))
    actions.change_shift(shift, key=uuid4(), member=roster["outi"], span=FIRST, by=roster.by, at=NOW)
    page.get_by_role("button", name="Poista vuoro").click()
    assert "Joku muu muutti tätä" in page.get_by_role("alert").inner_text()
    assert page.locator("td a").first.inner_text().split() == ["00–08", "Outi", "vaihto,", "oli", "Maija"]


def test_the_week_works_without_scripts(roster, at_work):
    page = at_work(java_script_enabled=False)
    page.locator("#gap-2").click()
    page.select_option("[name=member]", label="Laine (lääkäri)")
    page.get_by_role("button", name="Lisää vuoro").click()
    assert page.get_by_role("status").inner_text() == "Vuoro on listalla."


def test_on_paper_the_week_lies_on_its_side_with_its_gaps_and_no_buttons(roster, at_work):
    page = at_work()
    page.emulate_media(media="print")
    assert page.locator("td .gap").first.is_visible()
    assert not page.get_by_role("link", name="Uusi vuoro").is_visible()
    assert page.get_by_text("Tilanne ti 24.11. klo 3").is_visible()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
