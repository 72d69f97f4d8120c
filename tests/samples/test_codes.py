"""Numbers with check digits: a slip of the pen is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.samples import codes
from poukama.samples.codes import Series

NUMBERS = st.integers(1, codes.MOST)
SERIES = st.sampled_from(Series)


@given(SERIES, NUMBERS)
def test_a_number_is_read_as_it_was_made_however_it_is_spaced(series, number):
    whole = codes.code(series, number)
    assert codes.read(whole) == codes.read(codes.spaced(whole).lower()) == codes.read(f"{whole}\r") == (series, whole)


@given(SERIES, NUMBERS, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_seen(series, number, where, by):
    whole = codes.code(series, number)
    where += len(series)
    wrong = f"{whole[:where]}{(int(whole[where]) + by) % 10}{whole[where + 1 :]}"
    assert codes.read(wrong) is None


@given(SERIES, NUMBERS, st.integers(0, 7), st.integers(0, 7))
def test_two_digits_that_change_places_are_seen(series, number, one, other):
    digits = list(codes.code(series, number)[len(series) :])
    digits[one], digits[other] = digits[other], digits[one]
    wrong = series + "".join(digits)
    if wrong != codes.code(series, number):
        assert codes.read(wrong) is None


@pytest.mark.parametrize("text", ["", "N", "003121", "N00312147N", "X00312147", "00000098", "N0031214", "aino"])
def test_what_is_no_number_is_none(text):
    assert codes.read(text) is None


@pytest.mark.parametrize("number", [0, codes.MOST + 1])
def test_a_series_ends(number):
    with pytest.raises(ValueError, match="used up"):
        codes.code(Series.SAMPLE, number)
