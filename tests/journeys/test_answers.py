"""Somebody asks where to get help, and sees the one answer that the engine gives; nobody else hears of it."""

import pytest
from playwright.sync_api import Page

from poukama.doors.rules import route
from poukama.guide import rules
from poukama.guide.commands import export
from tests.guide.installations import NIGHT, OPEN, PACKS, installed

pytestmark = pytest.mark.journey

# Sets the radios of a token and says which answers are in sight: door, others, state, and the notes.
SEEN = """tokens => tokens.map(token => {
  const names = ["when", "age", "where"];
  document.querySelector("form").reset();
  names.forEach((name, at) => {
    const radio = document.getElementById(`${name}-${token[at]}`);
    if (radio) radio.checked = true;
  });
  const inSight = (kind) => [...document.querySelectorAll(`.answer [data-${kind}]`)]
    .filter(each => each.parentElement.closest(".answer > section") === null && each.getClientRects().length)
    .map(each => [each.dataset[kind], each.dataset.also ?? "", each.dataset.hours ?? ""]);
  return [token, inSight("door"), inSight("note")];
})"""
SHOWN_NOTES = {"under_18_duty", "preserve", "police_optional"}


def expected(pack: str, at) -> dict[str, tuple[str, str, set[str]]]:
    policy = installed(pack).policy
    known = rules.questions(policy.pack, at).combinations()
    found = {token: route(each, policy, on_call=policy.pack.night.duties, at=at) for token, each in known.items()}
    return {
        token: (str(each.door), " ".join(each.also), SHOWN_NOTES & {str(note) for note in each.notes})
        for token, each in found.items()
    }


def seen(page: Page, tokens: list[str], hours: str = "") -> dict[str, tuple[str, str, set[str]]]:
    told = {}
    for token, doors, notes in page.evaluate(SEEN, tokens):
        here = [(door, also) for door, also, state in doors if state in ("", hours)]
        assert len(here) == 1, (token, doors)
        told[token] = (*here[0], {note for note, _, state in notes if state in ("", hours)})
    return told


@pytest.mark.parametrize("pack", PACKS)
def test_every_combination_shows_what_the_engine_says(site, visit, pack):
    site.use(pack)
    with visit() as page:
        for at in (OPEN, NIGHT):
            site.at = at
            page.goto(f"{site.url}/fi/apua")
            answers = expected(pack, at)
            assert seen(page, list(answers)) == answers


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("pack", PACKS)
def test_files_show_both_states_as_the_engine_says(visit, tmp_path, pack):
    export(tmp_path, installed(pack), at=OPEN, practice=False)
    with visit() as page:
        page.goto(f"file://{tmp_path}/sv/hjalp.html")
        for at, hours in ((OPEN, "open"), (NIGHT, "closed")):
            answers = expected(pack, at)
            assert seen(page, list(answers), hours) == answers


def test_an_unanswered_question_counts_as_not_known(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        before = page.locator(".answer > section").all_inner_texts()
        for name in ("when", "age", "where"):
            page.check(f"#{name}-u")
        assert page.locator(".answer > section").all_inner_texts() == before


def test_four_choices_ask_nobody_and_leave_no_step_in_the_history(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.wait_for_load_state("networkidle")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        steps = page.evaluate("history.length")
        for choice in ("#when-d", "#age-2", "#where-i", "#who-close"):
            page.check(choice)
        page.wait_for_timeout(200)
        assert asked == []
        assert page.evaluate("history.length") == steps
        assert page.url == f"{site.url}/fi/apua"
        assert "Voit tulla nyt" in page.locator(".answer").inner_text()
        assert "Usko, kuuntele" in page.locator(".answer").inner_text()


def test_a_close_person_gets_a_word_of_their_own_only_when_they_say_so(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/en/help")
        assert page.locator("[data-who]").is_hidden()
        page.check("#who-close")
        assert page.locator("[data-who]").is_visible()
        page.check("#who-self")
        assert page.locator("[data-who]").is_hidden()


def test_a_younger_age_takes_away_the_word_about_deciding(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/en/help")
        sentence = page.get_by_text("you decide whether to report", exact=False)
        assert sentence.first.is_visible()
        for age in ("#age-0", "#age-1"):
            page.check(age)
            assert not any(each.is_visible() for each in sentence.all())
        page.check("#age-2")
        assert sentence.first.is_visible()


def test_a_reload_and_coming_back_show_no_choice(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.check("#age-0")
        page.reload()
        assert page.locator(":checked").count() == 0
        page.check("#age-0")
        page.goto(f"{site.url}/fi/nuoret")
        page.go_back()
        assert page.locator(":checked").count() == 0


def test_a_button_clears_the_choices(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/fi/apua")
        page.check("#age-0")
        page.get_by_role("button", name="Tyhjennä vastaukset").click()
        assert page.locator(":checked").count() == 0


def test_a_screen_reader_hears_only_the_heading_of_the_new_answer(site, visit):
    with visit() as page:
        page.goto(f"{site.url}/en/help")
        assert page.locator("[role=status]").inner_text() == ""
        page.check("#age-2")
        assert page.locator("[role=status]").inner_text() == "You can come now"
