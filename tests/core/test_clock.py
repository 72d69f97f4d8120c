"""From a wall clock to a moment, on the two nights on which a wall clock is unsure."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from poukama.core.clock import from_wall, in_utc, now

HELSINKI = ZoneInfo("Europe/Helsinki")


def wall(text: str, **which: bool) -> str:
    return from_wall(dt.datetime.fromisoformat(text), HELSINKI, **which).isoformat()


def test_now_is_in_utc():
    assert now().tzinfo is dt.UTC


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        ("2026-11-24T03:00", "2026-11-24T01:00:00+00:00"),
        ("2026-06-19T03:00", "2026-06-19T00:00:00+00:00"),
        ("2028-02-29T12:00", "2028-02-29T10:00:00+00:00"),
        # The night on which spring skips 03:00-03:59: its times move on by the hour.
        ("2026-03-29T02:59", "2026-03-29T00:59:00+00:00"),
        ("2026-03-29T03:00", "2026-03-29T01:00:00+00:00"),
        ("2026-03-29T03:30", "2026-03-29T01:30:00+00:00"),
        ("2026-03-29T04:00", "2026-03-29T01:00:00+00:00"),
        ("2026-10-25T02:59", "2026-10-24T23:59:00+00:00"),
        ("2026-10-25T04:00", "2026-10-25T02:00:00+00:00"),
        # One that names its offset is a moment already.
        ("2026-10-25T03:30+02:00", "2026-10-25T01:30:00+00:00"),
        ("2026-11-24T03:00-05:00", "2026-11-24T08:00:00+00:00"),
    ],
)
def test_a_wall_clock_names_one_moment(shown, moment, later):
    assert wall(shown, later=later) == moment


def test_of_a_doubled_hour_the_caller_says_which():
    assert wall("2026-10-25T03:30") == "2026-10-25T00:30:00+00:00"
    assert wall("2026-10-25T03:30", later=True) == "2026-10-25T01:30:00+00:00"


def test_a_moment_keeps_itself_in_utc():
    assert in_utc(dt.datetime(2026, 11, 24, 3, tzinfo=HELSINKI)) == dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)


def test_a_wall_clock_without_its_zone_is_no_moment():
    with pytest.raises(ValueError, match="a moment has a zone"):
        in_utc(dt.datetime(2026, 11, 24, 3))  # noqa: DTZ001
