"""Opening hours at their edges: holidays, both nights on which the clock turns, leap days, hours that never come."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from poukama.core.hours import Hours, ParserError, UnknownCountryError
from tests.factories import HELSINKI, at, make_hours

OFFICE = make_hours("Mo-Fr 08:00-18:00; PH off")


def shown(moment: dt.datetime | None) -> str:
    """As the centre's clock and offset say it: two readings of a doubled hour differ."""
    return moment.isoformat() if moment else "never"


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-24T07:59", False),
        ("2026-11-24T08:00", True),
        ("2026-11-27T17:59", True),  # Friday
        ("2026-11-27T18:00", False),
        ("2026-11-28T12:00", False),  # Saturday
        ("2026-12-24T12:00", False),  # Christmas Eve, a Thursday
        ("2026-12-25T12:00", False),
        ("2026-12-31T12:00", True),  # New Year's Eve
        ("2027-01-01T12:00", False),
        ("2027-01-06T12:00", False),  # Epiphany
        ("2026-06-19T12:00", False),  # Midsummer Eve, a Friday
        ("2027-12-06T12:00", False),  # Independence Day, a Monday
        ("2028-02-29T12:00", True),  # a Tuesday
        ("2026-03-30T08:00", True),  # the first weekday of summer time
        ("2026-10-26T08:00", True),  # and of winter time
    ],
)
def test_weekdays_are_open_and_holidays_are_not(moment, is_open):
    assert OFFICE.open_at(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24T03:00", "2026-11-24T08:00:00+02:00"),
        ("2026-11-27T18:00", "2026-11-30T08:00:00+02:00"),
        ("2026-12-23T18:00", "2026-12-28T08:00:00+02:00"),
        ("2026-12-31T18:00", "2027-01-04T08:00:00+02:00"),
        ("2026-06-18T18:00", "2026-06-22T08:00:00+03:00"),
        ("2026-03-27T18:00", "2026-03-30T08:00:00+03:00"),
        ("2026-10-23T18:00", "2026-10-26T08:00:00+02:00"),
        ("2028-02-28T18:00", "2028-02-29T08:00:00+02:00"),
    ],
)
def test_the_next_opening_is_told_in_the_centres_time(moment, opening):
    assert shown(OFFICE.next_opening(at(moment))) == opening


def test_while_it_is_open_the_next_change_closes_it_and_no_opening_is_next():
    assert OFFICE.next_change(at("2026-11-24T12:00")) == at("2026-11-24T18:00")
    assert OFFICE.next_opening(at("2026-11-24T12:00")) is None


def test_a_time_that_spring_skips_is_taken_for_the_moment_that_it_names():
    skipped = dt.datetime(2026, 3, 29, 3, 30, tzinfo=HELSINKI)
    assert make_hours("Mo-Su 04:00-05:00").open_at(skipped)


@pytest.mark.parametrize(
    ("expression", "moment", "change"),
    [
        ("Mo-Su 03:30-05:00", "2026-03-28T12:00", "2026-03-29T04:00:00+03:00"),
        ("Mo-Su 03:00-03:30", "2026-03-28T12:00", "2026-03-30T03:00:00+03:00"),
        ("Mo-Su 03:30-05:00", "2026-10-24T12:00", "2026-10-25T03:30:00+03:00"),
        ("Mo-Su 02:00-03:00", "2026-10-25T02:30", "2026-10-25T03:00:00+03:00"),
        ("Mo-Su 03:00-03:30", "2026-10-25T03:40", "2026-10-26T03:00:00+02:00"),
    ],
)
def test_on_the_nights_that_turn_the_clock_every_change_is_a_moment_that_exists(expression, moment, change):
    assert shown(make_hours(expression).next_change(at(moment))) == change


@pytest.mark.parametrize(("expression", "is_open"), [("24/7", True), ("off", False), ("Mo-Su 00:00-24:00", True)])
def test_what_never_changes_has_no_next_change(expression, is_open):
    hours = make_hours(expression)
    assert hours.open_at(at("2026-11-24T03:00")) is is_open
    assert hours.next_change(at("2026-11-24T03:00")) is None


@pytest.mark.parametrize("expression", ['Mo-Fr 08:00-18:00 unknown "by appointment"', "Mo-Fr 08:00-18:00 unknown"])
def test_hours_by_appointment_count_as_closed(expression):
    hours = make_hours(expression)
    assert not hours.open_at(at("2026-11-24T12:00"))
    assert hours.next_opening(at("2026-11-24T12:00")) is None


def test_a_change_that_neither_opens_nor_closes_is_none():
    two_doors = make_hours('Mo 08:00-10:00, Mo 10:00-12:00 "the other door"')
    assert two_doors.next_change(at("2026-11-23T09:00")) == at("2026-11-23T12:00")


def test_hours_that_rest_for_years_come_back():
    leap_day = make_hours("Feb 29 10:00-12:00")
    assert shown(leap_day.next_opening(at("2096-03-01T00:00"))) == "2104-02-29T10:00:00+02:00"


def test_the_turn_of_the_year_is_a_moment_like_any_other():
    midnight = Hours("2026 00:00-24:00", ZoneInfo("UTC"), "FI")
    new_year = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert midnight.next_opening(new_year - dt.timedelta(minutes=1)) == new_year
    assert midnight.open_at(new_year)
    assert midnight.next_change(new_year) == dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    assert not midnight.open_at(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))


def test_the_same_moment_in_another_zone_has_the_same_hours():
    auckland = at("2026-11-27T17:59").astimezone(ZoneInfo("Pacific/Auckland"))
    assert OFFICE.open_at(auckland)
    assert OFFICE.next_change(auckland) == at("2026-11-27T18:00")


def test_what_is_no_hours_is_refused():
    with pytest.raises(ParserError):
        make_hours("weekdays")
    with pytest.raises(UnknownCountryError):
        Hours("24/7", HELSINKI, "XX")
