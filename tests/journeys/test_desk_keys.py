"""The desk from the keyboard: what each key does, what none of them does, and that all of them can be turned off."""

import pytest
from playwright.sync_api import Page

from poukama.helpline.rules import Outcome, Retention
from tests.journeys.conftest import opened
from tests.journeys.desk import Night, between_calls, kept, until

pytestmark = pytest.mark.journey


@pytest.fixture
def page(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        yield night.in_call(page)


def test_a_hang_up_is_two_keystrokes(night: Night, page: Page):
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    between_calls(page)
    contact = night.only()
    assert (contact.outcome, contact.retention) == (Outcome.EMPTY, Retention.EMPTY)


def test_a_hang_up_without_a_server_is_two_keystrokes(night: Night, page: Page):
    night.wire.cut()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    between_calls(page)
    night.wire.mend()
    until(lambda: night.only().ended_at and not kept(page), "the end on the server")
    assert night.only().outcome is Outcome.EMPTY


def test_what_is_written_is_not_ended_as_empty_by_a_slip(night: Night, page: Page):
    page.keyboard.type("Soittaja.")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    until(lambda: page.evaluate("document.activeElement.value") == "empty", "the button in focus")
    night.has(page)
    assert night.only().ended_at is None
    page.keyboard.press("Enter")
    between_calls(page)
    assert night.only().words.note == "Soittaja."


ALT_GR = """() => {
  let clicks = 0;
  document.addEventListener("click", () => clicks += 1);
  const key = {key: "@", code: "Digit2", altKey: true, ctrlKey: true, modifierAltGraph: true, bubbles: true};
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
  return clicks;
}"""


def test_nothing_that_writes_a_character_is_a_shortcut_where_something_is_written(page: Page):
    before = said(page)
    for field in ("#note", "#called_name"):
        page.focus(field)
        page.keyboard.type("fn1 f")
        assert page.input_value(field) == "fn1 f"
        assert page.evaluate(ALT_GR) == 0
    assert said(page) == before


def test_digits_and_arrows_answer_the_question_in_focus(night: Night, page: Page):
    page.focus("[name=neck]")
    page.keyboard.press("1")
    page.focus("[name=wants][type=checkbox]")
    page.keyboard.press("2")
    page.keyboard.press("5")
    page.focus("[name=safe_now]")
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    until(lambda: night.only().answers.safe_now == "no" and not kept(page), "the answers")
    answers = night.only().answers
    assert answers.neck == "yes"
    assert {str(want) for want in answers.wants} == {"samples", "police"}


def test_f_shows_the_next_sentence_in_the_language_of_the_caller(page: Page):
    page.select_option("#language", "sv")
    until(lambda: page.locator("#phrases blockquote:visible").first.get_attribute("lang") == "sv", "Swedish")
    first = said(page)
    page.focus("[data-next]")
    page.keyboard.press("f")
    assert page.locator("#phrases blockquote:visible").count() == 2
    assert said(page) != first


def test_ctrl_k_finds_every_action_and_every_question(page: Page):
    page.keyboard.press("Control+k")
    page.keyboard.type("kieli")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "language"
    page.keyboard.press("Control+k")
    page.keyboard.type("seuraava")
    first = said(page)
    page.keyboard.press("Enter")
    assert said(page) != first
    page.keyboard.press("Control+k")
    assert page.locator("#found li").count() > 15
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "language"


def said(page: Page) -> str:
    """The sentence to say that stands first."""
    return page.locator("#phrases blockquote:visible").first.inner_text()


SHOWN = """() => [...document.querySelectorAll("[data-key]")].filter(each => each.getClientRects().length)
  .map(each => [each.dataset.key, each.matches("button") && each.querySelector("kbd").textContent])"""


def test_every_shortcut_stands_on_a_button_in_sight_and_can_be_turned_off(night: Night, page: Page):
    shown = page.evaluate(SHOWN)
    as_shown = {key: said.lower().replace("ctrl", "mod").replace(" ", "+") for key, said in shown}
    assert as_shown == {key: key.replace(" ", "+") for key, _ in shown}
    assert {"alt+1", "alt+2", "alt+3", "alt+4", "alt+5", "esc esc", "f", "mod+enter", "mod+k"} <= as_shown.keys()
    page.evaluate("() => { document.documentElement.dataset.shortcuts = 'off'; }")
    for key in ("Escape", "Escape", "Alt+1", "Control+Enter", "Control+k"):
        page.keyboard.press(key)
    page.focus("[name=neck]")
    page.keyboard.press("1")
    assert page.evaluate("document.querySelector('[name=neck]:checked').value") == "not_asked"
    contact = night.only()
    assert contact.taken is None
    assert contact.ended_at is None
    assert not page.locator("dialog").is_visible()
