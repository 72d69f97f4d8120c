"""Whatever is typed can be kept, and stays as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.core.texts import clean, one_line

# Every code point that Python has, the halves of pairs too.
ANYTHING = st.text(st.characters())


@given(ANYTHING)
def test_what_is_cleaned_can_be_encoded_and_holds_no_nul(text):
    assert "\0" not in clean(text).encode().decode()


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_what_can_be_kept_is_kept_to_the_letter(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    "name", ["Åsa Sjöström-Ängström", "نورا الأحمد", "李小龙", "O'Brien", "👩🏽‍⚕️ Aino", "שרה\u200f", "x" * 300]
)
def test_a_name_in_any_script_is_one_line_as_it_stands(name):
    assert one_line(name) == name


@given(ANYTHING)
def test_a_line_is_one_line_without_space_at_its_ends(text):
    line = one_line(text)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ai\0no", "Aino"),
        ("Ai\ud83dno", "Ai\ufffdno"),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("a\r\nb", "a\r\nb"),
    ],
)
def test_only_what_nobody_can_hold_is_taken_out(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" \t\n", ""), ("Maija\r\nX: y", "Maija X: y"), ("\u202eevil\u2066", "evil"), ("a\x85b\u2028c", "a b c")],
)
def test_a_line_keeps_nothing_that_breaks_it_or_turns_it_round(typed, kept):
    assert one_line(typed) == kept
