"""Nothing that is written at the desk is lost: not with the network, not with the server, not with the browser."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserType

from tests.journeys.conftest import opened
from tests.journeys.desk import (
    CALL,
    LATER,
    Night,
    between_calls,
    kept,
    keys,
    kill,
    machine,
    show_hour,
    until,
    waiting,
    writing,
)

pytestmark = pytest.mark.journey
# Two hundred characters of which no two stretches are the same, so that order is seen.
TEXT = "".join(f" {number:03}" for number in range(50))
CANARY = "kanarialintu"


def test_two_hundred_characters_outlive_the_network_a_reload_and_the_browser(
    night: Night, browser_type: BrowserType, tmp_path
):
    with machine(browser_type, tmp_path) as window:
        night.sign_in(window)
        page = night.in_call(window.pages[0])
        page.keyboard.type("Soittaja.")
        night.has(page)
        address = page.url
        night.wire.cut()
        page.keyboard.type(TEXT[:150])
        waiting(page, 150)
        page.reload()
        writing(page).keyboard.type(TEXT[150:])
        waiting(page, 200)
        kill(tmp_path)
    with machine(browser_type, tmp_path) as window:
        night.sign_in(window)
        page = window.pages[0]
        page.goto(address)
        assert writing(page).input_value("#note") == f"Soittaja.{TEXT}"
        night.wire.mend()
        night.has(page)
        assert kept(page) == []
    assert night.only().words.note == f"Soittaja.{TEXT}"


def test_a_save_whose_answer_is_lost_is_one_save(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        night.in_call(page).keyboard.type("Soittaja.")
        night.has(page)
        night.wire.lose_answers()
        page.keyboard.type(TEXT)
        waiting(page, 200)
        until(lambda: night.only().words.note.endswith(TEXT), "a server that has heard it")
        night.wire.mend()
        page.keyboard.type(" Loppu.")
        night.has(page)
    assert night.only().words.note == f"Soittaja.{TEXT} Loppu."


def test_a_contact_without_a_server_begins_and_ends_and_is_one_contact(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        show_hour(page.context, CALL)
        night.sign_in(page.context)
        night.at_desk(page)
        night.wire.cut()
        page.keyboard.press("n")
        writing(page).keyboard.type(TEXT)
        waiting(page, 200)
        page.reload()
        assert writing(page).input_value("#note") == TEXT
        page.keyboard.press("Control+Enter")
        between_calls(page)
        night.site.at = LATER
        night.wire.mend()
        until(lambda: night.contacts() and night.only().ended_at and not kept(page), "the contact on the server")
    contact = night.only()
    assert contact.words.note == TEXT
    # Both are the browser's hours, and not those at which the server heard of it.
    assert contact.ended_at is not None
    assert CALL <= contact.began_at <= contact.ended_at < LATER
    assert not contact.late


def test_whoever_signs_in_in_another_tab_writes_on_in_this_one(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        night.in_call(page).keyboard.type("Soittaja.")
        night.has(page)
        fresh = {"name": "csrftoken", "value": "n" * 32, "domain": "127.0.0.1", "path": "/s/"}
        page.context.add_cookies([fresh])  # type: ignore[list-item]
        page.keyboard.type(" Jatkuu.")
        night.has(page)
        page.locator("[name=do][value=second]").click()
        until(lambda: page.locator(".dock").count(), "a second call, by the form itself")
    assert sorted(contact.words.note for contact in night.contacts()) == ["", "Soittaja. Jatkuu."]


def test_what_the_server_does_not_keep_lies_here_and_is_said_until_it_does(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        night.in_call(page)
        page.fill("#called_name", "A" * 301)
        until(lambda: page.locator("[data-error=called_name]").count(), "why it is not kept")
        page.fill("#note", "Soittaja.")
        until(lambda: night.only().words.note == "Soittaja.", "the note on the server")
        assert page.locator("[data-error=called_name]").count() == 1
        assert "paitsi" in page.locator("[data-saved]").inner_text()
        assert len(kept(page)) == 1
        page.fill("#called_name", "Aino")
        night.has(page)
        assert page.locator("[data-error]").count() == 0
    assert night.only().words.called_name == "Aino"


def test_a_slip_past_no_contact_loses_no_number(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        night.in_call(page)
        page.check("[name=safe_contact][value=call]")
        page.fill("#phone", "040 000 0101")
        until(lambda: night.only().words.phone == "040 000 0101", "the number on the server")
        page.check("[name=safe_contact][value=no]")
        until(lambda: night.only().words.phone == "", "no number without a safe way")
        assert kept(page) == []
        page.check("[name=safe_contact][value=message]")
        until(lambda: night.only().words.phone == "040 000 0101", "the number on the server again")


def test_when_they_arrive_is_kept_without_a_server_and_a_bad_time_is_said_beside_it(night: Night, browser):
    with opened(browser, 1024, 768) as page:
        show_hour(page.context, CALL)
        night.sign_in(page.context)
        night.in_call(page)
        assert not page.locator("#arrives").is_visible()
        page.keyboard.press("Alt+1")
        until(lambda: page.locator("#arrives").is_visible(), "a field for when they arrive")
        writing(page).focus("#arrives")
        page.keyboard.type("pian")
        until(lambda: page.locator(".arrives .error").count(), "a word beside the field")
        assert page.input_value("#arrives") == "pian"
        night.wire.cut()
        page.fill("#arrives", "3.20")
        until(lambda: kept(page), "a copy")
        page.reload()
        until(lambda: page.locator("#arrives").is_visible(), "the field without a server")
        assert page.input_value("#arrives") == "3.20"
        night.wire.mend()
        until(lambda: not kept(page), "nothing that waits")
    (arrival,) = night.only().arrivals
    assert arrival.due == CALL.replace(hour=3, minute=20)


def test_the_list_brings_what_a_tab_wrote_once_that_tab_has_let_go(night: Night, browser):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        last = night.at_desk(page.context.new_page())
        night.in_call(page)
        night.wire.cut()
        page.keyboard.type(TEXT)
        waiting(page, 200)
        name = f"contact {page.url.rpartition('/')[2]}"
        last.evaluate("name => void navigator.locks.request(name, () => new Promise(() => {}))", name)
        page.close()
        night.wire.mend()
        at_list = night.at_desk(last.context.new_page())
        at_list.wait_for_timeout(1500)
        assert len(kept(at_list)) == 1
        last.close()
        until(lambda: not kept(at_list), "what was written on the server")
    assert night.only().words.note == TEXT


def test_two_tabs_never_write_at_once(night: Night, browser):
    with opened(browser, 1366, 768) as first:
        night.sign_in(first.context)
        night.in_call(first).keyboard.type("Ensimmäinen.")
        night.has(first)
        second = first.context.new_page()
        second.goto(first.url)
        until(lambda: second.locator("[data-write-here]").is_visible(), "a word of the other window")
        second.locator("#note").press_sequentially(" Ei tänne.")
        first.keyboard.type(TEXT)
        second.locator("[data-write-here]").click()
        until(lambda: not second.evaluate("document.querySelector('#note').readOnly"), "the second window writing")
        until(lambda: second.input_value("#note") == f"Ensimmäinen.{TEXT}", "what the first one wrote")
        writing(second).keyboard.type(" Toinen.")
        night.has(second)
        first.locator("#note").press_sequentially(" Ei enää.")
    assert night.only().words.note == f"Ensimmäinen.{TEXT} Toinen."


def test_two_machines_never_write_at_once(night: Night, browser):
    with opened(browser, 1366, 768) as first, opened(browser, 1366, 768) as second:
        for page in (first, second):
            night.sign_in(page.context)
        night.in_call(first).keyboard.type("Ensimmäinen.")
        night.has(first)
        second.goto(first.url)
        writing(second).keyboard.type(" Toinen.")
        night.has(second)
        first.keyboard.type(" Ei enää.")
        until(lambda: first.evaluate("document.querySelector('#note').readOnly"), "the first machine stopped")
        assert len(kept(first)) == 1
    assert night.only().words.note == "Ensimmäinen. Toinen."


@pytest.mark.parametrize(
    ("button", "done"),
    [
        ("n", lambda contact: contact.number > 0),
        ("alt+1", lambda contact: len(contact.arrivals) == 1),
        ("mod+enter", lambda contact: contact.ended_at is not None),
    ],
)
def test_a_press_sent_three_times_is_one(night: Night, browser, button, done):
    with opened(browser, 1366, 768) as page:
        night.sign_in(page.context)
        night.at_desk(page) if button == "n" else night.in_call(page)
        night.wire.lose_answers()
        page.evaluate("key => [1, 2, 3].forEach(() => document.querySelector(`[data-key='${key}']`).click())", button)
        until(night.contacts, "the contact on the server")
        night.wire.mend()
        if button == "n":
            writing(page).keyboard.type("Soittaja.")
        until(lambda: done(night.only()) and not kept(page), "the press on the server, once")


def test_what_lies_in_the_browser_is_sealed(night: Night, browser_type: BrowserType, tmp_path):
    with machine(browser_type, tmp_path) as window:
        night.sign_in(window)
        page = night.in_call(window.pages[0])
        night.wire.cut()
        page.keyboard.type(f"{CANARY} {TEXT}")
        waiting(page, 200 + len(CANARY) + 1)
        assert keys(page) == [False]
        (copy,) = kept(page)
        assert copy.keys() == {"id", "member", "iv", "sealed"}
        assert CANARY not in copy["sealed"]
        page.reload()
        assert CANARY in writing(page).input_value("#note")
        kill(tmp_path)
    assert [path for path in files_of(tmp_path) if holds(path, CANARY)] == []


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def holds(path: Path, word: str) -> bool:
    content = path.read_bytes()
    return word.encode() in content or word.encode("utf-16-le") in content
