"""The clocks and the suggestion: ranges, grey where nobody has approved, and five buttons whatever is suggested."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.translation import override

from poukama.doors.known import Want
from poukama.doors.rules import Policy
from poukama.helpline import suggested
from poukama.helpline.answers import Answers, Hurt, SafeNow, Said, When
from poukama.helpline.rules import Option
from poukama.helpline.shown import Desk
from poukama.protocols.rules import WindowKind
from tests.factories import EXAMPLE, at, make_night, make_pack, make_window

NIGHT = at("2026-11-24T02:14")
SAMPLE = make_window(100, code="any_sample")
SHORT = make_window(50, code="mouth")
HIV = make_window(72, WindowKind.CARE, code="hiv_prophylaxis")
PILL = make_window(120, WindowKind.CARE, code="ulipristal")
ADULT = Answers(age="18-", neck=Said.NO, hurt=Hurt.NO, safe_now=SafeNow.YES, wants=frozenset({Want.CARE}))


def region(answers=ADULT, taken=None, windows=(SAMPLE, SHORT, HIV, PILL), moment=NIGHT, **pack):
    desk = Desk(Policy(make_pack(**pack), tuple(windows)))
    with override("en"):
        found = suggested.context(NIGHT, answers, taken, desk, "en", moment)
        return {**found, "clocks": [replace(bar, name=str(bar.name)) for bar in found["clocks"]]}


def test_samples_are_one_clock_by_their_longest_window():
    bars = region(replace(ADULT, when=When.HOURS_24))["clocks"]
    assert [bar.name for bar in bars] == ["Samples", "Emergency contraception", "HIV prevention"]
    assert (bars[0].sure, bars[0].perhaps) == (12, 12)


def test_a_clock_is_a_range_of_what_is_used_and_says_so():
    [bar] = region(replace(ADULT, when=When.HOURS_6), windows=[HIV])["clocks"]
    assert (bar.sure, bar.perhaps, bar.state, bar.word) == (4, 4, "open", "open")
    assert bar.said == "at least 4 and at most 8 per cent of the time is used"


@pytest.mark.parametrize(
    ("when", "state", "word"),
    [
        (When.HOURS_6, "open", "open"),
        (When.DAYS_3, "wait", "closing"),
        (When.DAYS_7, "past", "past"),
        (When.LONGER, "past", "past"),
        (When.NOT_ASKED, "todo", "unsure"),
    ],
)
def test_a_clock_says_its_state_in_a_word(when, state, word):
    [bar] = region(replace(ADULT, when=when), windows=[HIV])["clocks"]
    assert (bar.state, bar.word) == (state, word)


def test_of_an_event_at_an_unknown_time_nothing_is_surely_used():
    [bar] = region(windows=[HIV])["clocks"]
    assert (bar.sure, bar.perhaps) == (0, 100)


@pytest.mark.parametrize("changes", [{"approved_by": ""}, {"valid_from": dt.date(2026, 11, 25)}])
def test_a_window_that_nobody_has_approved_is_grey_and_named_an_example(changes):
    found = region(replace(ADULT, when=When.HOURS_6), windows=[replace(HIV, **changes)])
    assert [(bar.state, bar.word) for bar in found["clocks"]] == [("todo", "example")]
    assert found["clocks_note"].startswith("Examples that nobody has approved yet.")


def test_whoever_approved_and_the_source_are_named():
    note = region(windows=[replace(HIV, approved_by=""), SAMPLE])["clocks_note"]
    assert note == "Approved by: Chief physician. Source: A page"


def test_without_a_protocol_there_is_no_clock():
    found = region(windows=[])
    assert found["clocks"] == []
    assert found["clocks_note"] == "This centre has no protocol yet, so there are no clocks."


@pytest.mark.parametrize("answers", [Answers(), ADULT, replace(ADULT, safe_now=SafeNow.NO), Answers(age="0-15")])
def test_the_five_buttons_are_always_there_with_the_suggested_one_first(answers):
    said = region(answers)["suggestion"]
    numbers = [said["option"].number, *(button.number for button in said["others"])]
    assert sorted(numbers) == [1, 2, 3, 4, 5]
    assert said["option"].primary
    assert not any(button.primary for button in said["others"])


def test_once_a_door_is_taken_no_button_is_pressed_on_anybody():
    said = region(taken=Option.APPOINTMENT)["suggestion"]
    assert not said["option"].primary
    assert [button.value for button in said["others"] if button.taken] == [Option.APPOINTMENT]


def test_the_reason_holds_what_was_heard_and_the_trace_ends_in_the_deciding_rule():
    said = region(replace(ADULT, when=When.HOURS_6))["suggestion"]
    assert said["title"] == "Suggestion: come now"
    assert said["reason"] == "cannot wait for the morning · 18+ · 3–6 h ago · care"
    assert str(said["trace"][-1]) == "closed, and cannot wait?"


def test_with_nobody_on_call_the_answer_is_a_door_and_says_so():
    said = region()["suggestion"]
    assert said["option"].value is Option.COME_NOW
    assert [note["state"] for note in said["notes"] if "on call" in str(note["word"])] == ["fault"]


def test_what_rests_on_an_example_says_so():
    said = region(night=make_night(origin=EXAMPLE))["suggestion"]
    assert any("example" in str(note["word"]) for note in said["notes"])


def test_a_door_that_opens_later_says_when():
    said = region(replace(ADULT, wants=frozenset({Want.TALK}), when=When.DAYS_7), windows=[])["suggestion"]
    assert said["also"] == "Also: come at the next opening"
    calm = region(replace(ADULT, when=When.DAYS_7), windows=[])["suggestion"]
    assert calm["opens"] == "Opens: Tue 24 Nov at 08:00"
