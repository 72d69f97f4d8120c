"""Times and choices as people say them, in three languages."""

import pytest
from django.utils import translation

from poukama.centres.rules import CareWindow
from poukama.doors.known import Age
from poukama.guide import rules, wording
from tests.factories import HELSINKI, ORIGIN, at, make_pack

NOW = at("2026-11-27T22:00")


@pytest.mark.parametrize(
    ("when", "fi", "sv", "en"),
    [
        ("2026-11-27T23:30", "tänään klo 23.30", "i dag kl. 23.30", "today at 23:30"),
        ("2026-11-28T08:00", "huomenna klo 8.00", "i morgon kl. 8.00", "tomorrow at 08:00"),
        (
            "2026-11-30T08:00",
            "maanantaina 30.11. klo 8.00",
            "på måndag 30.11 kl. 8.00",
            "on Monday 30 November at 08:00",
        ),
    ],
)
def test_a_moment_to_come_is_said_in_local_words(when, fi, sv, en):
    for language, words in (("fi", fi), ("sv", sv), ("en", en)):
        with translation.override(language):
            assert wording.moment(at(when), NOW, HELSINKI) == words


def test_tomorrow_is_the_next_date_of_the_centre_and_not_of_utc():
    with translation.override("en"):
        assert wording.moment(at("2026-11-28T00:30"), at("2026-11-27T23:59"), HELSINKI) == "tomorrow at 00:30"


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (Age(0, 15), "Under 16"),
        (Age(16, 17), "16–17"),
        (Age(17, 17), "17"),
        (Age(18), "18 or over"),
        (Age(), "Don't know"),
    ],
)
def test_an_age_group_is_said_shortly(group, words):
    with translation.override("en"):
        assert wording.age(group) == words


@pytest.mark.parametrize(
    ("window", "less", "more"),
    [
        (CareWindow(1, None, ORIGIN), "Less than a month", "More than a month"),
        (CareWindow(3, None, ORIGIN), "Less than 3 months", "More than 3 months"),
        (CareWindow(None, 30, ORIGIN), "Less than 30 days", "More than 30 days"),
        (CareWindow(None, 1, ORIGIN), "Less than 1 day", "More than 1 day"),
        (None, "Longer ago", "Longer ago"),
    ],
)
def test_the_choices_of_time_name_the_packs_window(window, less, more):
    pack = make_pack(window=window)
    with translation.override("en"):
        assert wording.when(rules.INSIDE_WINDOW, pack) == less
        assert wording.when(rules.PAST_WINDOW, pack) == more
        assert wording.when(rules.DAYS, pack) == "Less than 3 days"
        assert wording.when(rules.UNKNOWN, pack) == "Don't know"
