"""Hours are said as people say them, and read back as they were written."""

import pytest
from django.utils.translation import override

from poukama.clients.weekly import DAYS, Times, hours_words, read

SAID = [
    ("24/7", "milloin vain", "när som helst", "at any hour"),
    ("Mo-Fr 14:00-15:00", "ma–pe 14–15", "mån–fre 14–15", "Mon–Fri 14–15"),
    ("Mo,Tu 09:00-15:30", "ma, ti 9–15.30", "mån, tis 9–15.30", "Mon, Tue 9–15:30"),
    ("Mo,Tu,We,Fr 00:00-24:00", "ma–ke, pe 0–24", "mån–ons, fre 0–24", "Mon–Wed, Fri 0–24"),
    ("Mo-Su 22:00-06:00", "joka päivä 22–6", "varje dag 22–6", "every day 22–6"),
    ("10:00-12:00", "joka päivä 10–12", "varje dag 10–12", "every day 10–12"),
    ("Sa 10:00-12:00; Su 13:00-14:00", "la 10–12; su 13–14", "lör 10–12; sön 13–14", "Sat 10–12; Sun 13–14"),
    ("Mo 10:00-12:00; PH off", *["Mo 10:00-12:00; PH off"] * 3),
]


@pytest.mark.parametrize(("expression", "fi", "sv", "en"), SAID)
def test_hours_are_said_in_every_language(expression, fi, sv, en):
    for language, words in (("fi", fi), ("sv", sv), ("en", en)):
        with override(language):
            assert hours_words(expression) == words


@pytest.mark.parametrize("days", [(0,), (0, 2, 4), tuple(range(7)), (5, 6)])
def test_times_are_read_as_they_are_written(days):
    times = Times(days, "22:00", "06:30")
    assert read(times.expression) == (times,)


def test_days_may_go_over_the_end_of_the_week():
    assert read("Sa-Mo 09:00-10:00") == (Times((0, 5, 6), "09:00", "10:00"),)


@pytest.mark.parametrize("text", ["", "Mo", "Mo 25:00-26:00", "Xx 09:00-10:00", "sunrise-sunset", "Mo 09:00-10:00 off"])
def test_what_is_no_list_of_days_and_times_is_not_read(text):
    assert read(text) is None


def test_there_are_seven_days():
    assert len(DAYS) == 7
