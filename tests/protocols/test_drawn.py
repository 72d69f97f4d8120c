"""Clocks as they are drawn: a bar, a word, who approved it; where the time has passed, what can still be done."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.translation import override

from poukama.protocols.drawn import NAMES, bar_with_words, note_of
from poukama.protocols.rules import Interval, clock
from tests.factories import HELSINKI, at, make_window

NOW = at("2026-11-24T04:20")
HOUR = dt.timedelta(hours=1)
MOUTH = make_window(48, code="mouth")


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def drawn(window, hours):
    return bar_with_words(clock(window, Interval(NOW - hours * HOUR, NOW - hours * HOUR), NOW), NOW, HELSINKI)


def test_a_bar_has_the_name_of_its_window_or_its_code():
    assert str(drawn(MOUTH, 1).name) == str(NAMES["mouth"])
    assert drawn(replace(MOUTH, code="left_ear"), 1).name == "Left ear"


def test_a_window_that_has_passed_says_what_can_still_be_done():
    passed = drawn(MOUTH, 50)
    assert (passed.state, passed.note) == ("past", "May still be considered; ask the doctor.")
    assert drawn(MOUTH, 1).note == ""


def test_an_unapproved_window_that_has_passed_is_an_example_and_advises_nothing():
    example = drawn(replace(MOUTH, approved_by=""), 50)
    assert (example.state, example.word, example.note) == ("todo", "example", "")


def test_without_an_approved_window_nobody_is_named():
    assert note_of([], NOW, HELSINKI) == "This centre has no protocol yet, so there are no clocks."
    assert note_of([replace(MOUTH, approved_by="")], NOW, HELSINKI).startswith("Examples that nobody has approved yet.")


def test_whoever_approved_is_named_with_the_day_from_which_it_holds():
    dated = replace(MOUTH, valid_from=dt.date(2026, 1, 1))
    assert note_of([dated], NOW, HELSINKI) == "Approved by: Chief physician, Jan 1, 2026. Source: A page"
