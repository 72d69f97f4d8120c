"""The night that the practice version shows."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.night import last_night

HELSINKI = ZoneInfo("Europe/Helsinki")


def shown(text, zone=HELSINKI):
    return last_night(dt.datetime.fromisoformat(text).replace(tzinfo=zone), zone)


@pytest.mark.parametrize(
    ("loaded", "begins", "ends"),
    [
        ("2026-11-24T08:00", "2026-11-23T18:00Z", "2026-11-24T06:00Z"),
        ("2026-11-24T07:59", "2026-11-22T18:00Z", "2026-11-23T06:00Z"),
        ("2026-11-24T23:30", "2026-11-23T18:00Z", "2026-11-24T06:00Z"),
        ("2026-11-25T03:00", "2026-11-23T18:00Z", "2026-11-24T06:00Z"),
        ("2028-02-29T12:00", "2028-02-28T18:00Z", "2028-02-29T06:00Z"),
        ("2028-03-01T03:00", "2028-02-28T18:00Z", "2028-02-29T06:00Z"),
        ("2027-01-01T09:00", "2026-12-31T18:00Z", "2027-01-01T06:00Z"),
    ],
)
def test_it_is_the_last_one_that_was_over(loaded, begins, ends):
    assert (shown(loaded).begins, shown(loaded).ends) == tuple(map(dt.datetime.fromisoformat, (begins, ends)))


@pytest.mark.parametrize(
    ("loaded", "hours"), [("2026-03-29T12:00", 11), ("2026-10-25T12:00", 13), ("2026-11-24T12:00", 12)]
)
def test_the_nights_when_the_clock_changes_are_an_hour_shorter_and_longer(loaded, hours):
    night = shown(loaded)
    assert night.ends - night.begins == dt.timedelta(hours=hours)


def test_loaded_in_the_hour_that_comes_twice_it_is_the_night_before():
    first, second = (dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
    assert last_night(first, HELSINKI) == last_night(second, HELSINKI) == shown("2026-10-24T12:00")


@given(st.integers(0, 40 * 366 * 24 * 60))
def test_it_is_always_over_and_never_two_days_old(minutes):
    at = dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    night = last_night(at, HELSINKI)
    assert dt.timedelta(0) <= at - night.ends <= dt.timedelta(hours=25)
    assert night.begins < night.ends
