"""A length and an hour are said as the language says them."""

import datetime as dt

import pytest
from django.utils.translation import override

from poukama.staff import moments
from tests.factories import HELSINKI, at

NIGHT = at("2026-11-24T02:14")


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "ti 24.11. klo 02.14"), ("sv", "tis 24.11 kl. 02.14"), ("en", "Tue 24 Nov at 02:14")],
)
def test_a_day_and_an_hour_are_said_as_the_language_says_them(language, said):
    with override(language):
        assert moments.day_and_hour(NIGHT, HELSINKI) == said


def test_an_hour_of_this_day_is_said_alone():
    with override("fi"):
        assert moments.nearby(NIGHT, NIGHT + dt.timedelta(hours=21), HELSINKI) == "klo 02.14"
        assert moments.nearby(NIGHT, NIGHT + dt.timedelta(hours=22), HELSINKI) == "ti 24.11. klo 02.14"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "00.00"), (-5, "00.00"), (402, "06.42"), (3600, "1.00.00"), (90061, "25.01.01")]
)
def test_a_length_is_in_minutes_and_in_hours_when_it_has_any(seconds, said):
    with override("fi"):
        assert moments.length(NIGHT, NIGHT + dt.timedelta(seconds=seconds)) == said
