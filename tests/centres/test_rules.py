"""A centre's lines, hours, area and windows, in the year's awkward nights."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.centres.rules import CareWindow, NightRule, PlaceKind
from poukama.core.hours import Hours
from tests.factories import (
    HELSINKI,
    ORIGIN,
    at,
    make_area,
    make_line,
    make_night,
    make_pack,
    make_place,
    make_places,
    make_words,
)

YEAR = dt.timedelta(days=366)
MONTH = CareWindow(1, None, ORIGIN)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-24T07:59", False),
        ("2026-11-24T08:00", True),
        ("2026-11-24T17:59", True),
        ("2026-11-24T18:00", False),
        ("2026-11-28T12:00", False),  # a Saturday
        ("2026-12-24T12:00", False),  # Christmas Eve, a Thursday
        ("2027-06-25T12:00", False),  # Midsummer Eve, always a Friday
        ("2027-12-06T12:00", False),  # Independence Day, a Monday
        ("2026-12-31T12:00", True),  # New Year's Eve, a Thursday
        ("2028-02-29T12:00", True),
        ("2027-05-06T12:00", False),  # Ascension Day, a Thursday
    ],
)
def test_a_centre_keeps_its_hours_on_weekdays_and_closes_on_public_holidays(moment, is_open):
    assert make_pack().open_at(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24T03:00", "2026-11-24T08:00+02:00"),
        ("2026-11-24T18:00", "2026-11-25T08:00+02:00"),
        ("2026-12-23T18:00", "2026-12-28T08:00+02:00"),  # over Christmas and a weekend
        ("2027-06-24T20:00", "2027-06-28T08:00+03:00"),  # over Midsummer
        ("2027-03-28T02:59", "2027-03-30T08:00+03:00"),  # the spring night, Easter Monday after it
        ("2026-10-25T03:30", "2026-10-26T08:00+02:00"),  # the doubled hour of autumn
    ],
)
def test_the_next_opening_is_the_next_day_with_hours(moment, opening):
    found = make_pack().next_opening(at(moment))
    assert found == dt.datetime.fromisoformat(opening)
    assert found.isoformat(timespec="minutes") == opening


def test_an_open_centre_has_no_next_opening():
    assert make_pack().next_opening(at("2026-11-24T12:00")) is None


def test_a_centre_without_hours_never_opens():
    pack = make_pack(places=(make_place("centre", PlaceKind.CENTRE),))
    assert not pack.open_at(at("2026-11-24T12:00"))
    assert pack.next_opening(at("2026-11-24T12:00")) is None
    assert not pack.opens_before(at("2026-11-24T12:00"), at("2027-11-24T12:00"))


def test_of_several_sites_the_one_that_opens_first_counts():
    island = make_place("island", PlaceKind.CENTRE, "Tu 06:00-07:00")
    pack = make_pack(places=(*make_places(), island))
    assert pack.next_opening(at("2026-11-24T03:00")) == at("2026-11-24T06:00")
    assert pack.open_at(at("2026-11-24T06:30"))


def test_a_centre_that_is_always_there_opens_in_a_year_whatever_its_hours():
    pack = make_pack(places=(make_place("centre", PlaceKind.CENTRE),), night=make_night(NightRule.ALWAYS))
    assert pack.opens_before(at("2026-11-24T12:00"), at("2026-11-25T12:00"))


@pytest.mark.parametrize(
    ("start", "end", "opens"),
    [
        ("2026-11-24T03:00", "2026-11-24T07:00", False),
        ("2026-11-24T03:00", "2026-11-24T08:00", False),
        ("2026-11-24T03:00", "2026-11-24T08:01", True),
        ("2026-11-24T12:00", "2026-11-24T12:01", True),
    ],
)
def test_an_opening_counts_when_it_lies_before_the_end(start, end, opens):
    assert make_pack().opens_before(at(start), at(end)) is opens


def test_a_place_is_found_by_its_code_and_by_its_kind():
    pack = make_pack()
    assert pack.place("later").kind is PlaceKind.LATER
    assert [place.code for place in pack.of_kind(PlaceKind.CHILDREN)] == ["children"]


def test_a_place_that_is_not_there_is_not_found():
    with pytest.raises(KeyError, match="attic"):
        make_pack().place("attic")


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────

DAY_AND_NIGHT = (make_line("day", "Mo-Fr 08:00-16:00; PH off"), make_line("night", "24/7", own=False))


@pytest.mark.parametrize(
    ("moment", "line"),
    [("2026-11-24T07:59", "night"), ("2026-11-24T08:00", "day"), ("2026-12-24T12:00", "night")],
)
def test_the_first_line_that_is_open_is_the_one_to_call(moment, line):
    assert make_pack(lines=DAY_AND_NIGHT).line_at(at(moment)).code == line


def test_with_every_line_closed_the_first_still_stands():
    lines = (make_line("day", "Mo-Fr 08:00-16:00"), make_line("evening", "Mo-Fr 16:00-20:00"))
    assert make_pack(lines=lines).line_at(at("2026-11-24T03:00")).code == "day"


def test_a_line_that_is_always_open_leaves_no_hour_unanswered():
    assert make_pack().unanswered(at("2026-11-24T03:00"), at("2027-11-25T03:00")) is None


def test_two_lines_that_meet_leave_no_hour_unanswered():
    lines = (make_line("day", "08:00-16:00"), make_line("night", "16:00-08:00", own=False))
    start = at("2026-11-24T03:00")
    assert make_pack(lines=lines).unanswered(start, start + YEAR) is None


@pytest.mark.parametrize(
    ("day", "night", "silent"),
    [
        ("Mo-Fr 08:00-16:00", "16:00-07:59", "2026-11-24T07:59"),
        # A holiday closes the day line and the night line does not know of it.
        ("Mo-Su 08:00-16:00; PH off", "16:00-08:00", "2026-12-06T08:00"),
        # Sunday's later rule drops what Sunday night would have spilled into Monday.
        ("Mo-Fr 08:00-16:00", "Mo-Fr 16:00-08:00; Sa-Su 00:00-24:00", "2026-11-30T00:00"),
    ],
)
def test_the_first_unanswered_moment_is_found(day, night, silent):
    start = at("2026-11-24T03:00")
    pack = make_pack(lines=(make_line("day", day), make_line("night", night)))
    assert pack.unanswered(start, start + YEAR) == at(silent)


def test_a_gap_after_the_end_does_not_count():
    pack = make_pack(lines=(make_line("day", "Mo-Fr 08:00-16:00"),))
    assert pack.unanswered(at("2026-11-24T09:00"), at("2026-11-24T16:00")) is None
    assert pack.unanswered(at("2026-11-24T09:00"), at("2026-11-24T16:01")) == at("2026-11-24T16:00")


@pytest.mark.parametrize("night", ["2027-03-28T03:30", "2026-10-25T03:30"])
def test_on_both_clock_nights_somebody_answers(night):
    lines = (make_line("day", "08:00-16:00"), make_line("night", "16:00-08:00"))
    moment = at(night)
    assert make_pack(lines=lines).line_at(moment).code == "night"
    assert make_pack(lines=lines).unanswered(moment, moment + dt.timedelta(days=2)) is None


def test_a_wall_time_in_the_hour_that_spring_skips_is_answered_too():
    skipped = dt.datetime(2027, 3, 28, 3, 30, tzinfo=HELSINKI)
    assert not make_pack().open_at(skipped)
    assert make_pack().next_opening(skipped) == at("2027-03-30T08:00")


def test_another_countrys_holidays_are_its_own():
    oslo = Hours("Mo-Fr 08:00-16:00; PH off", ZoneInfo("Europe/Oslo"), "NO")
    constitution_day = dt.datetime(2027, 5, 17, 10, tzinfo=dt.UTC)
    assert not oslo.open_at(constitution_day)
    assert Hours("Mo-Fr 08:00-16:00; PH off", HELSINKI, "FI").open_at(constitution_day)


# ── Windows and areas ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("window", "event", "last"),
    [
        (MONTH, "2026-11-24", "2026-12-24"),
        (MONTH, "2026-12-31", "2027-01-31"),
        (MONTH, "2027-01-31", "2027-02-28"),
        (MONTH, "2028-01-30", "2028-02-29"),
        (MONTH, "2028-02-29", "2028-03-29"),
        (CareWindow(13, None, ORIGIN), "2026-12-31", "2028-01-31"),
        (CareWindow(None, 30, ORIGIN), "2027-01-31", "2027-03-02"),
    ],
)
def test_a_window_ends_on_the_same_day_of_a_later_month_or_after_so_many_days(window, event, last):
    assert window.last_date(dt.date.fromisoformat(event)).isoformat() == last


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 36))
def test_a_window_of_months_ends_in_the_month_it_names_and_never_jumps_back(event, months):
    window = CareWindow(months, None, ORIGIN)
    last = window.last_date(event)
    assert (last.year * 12 + last.month) - (event.year * 12 + event.month) == months
    assert last.day <= event.day
    assert window.last_date(event + dt.timedelta(days=1)) >= last


@pytest.mark.parametrize(
    ("place", "holds"),
    [("Helsinki", True), (" HELSINKI ", True), ("ship", True), ("abroad", False), ("Nowhere", False)],
)
def test_an_area_knows_its_municipalities_however_they_are_written(place, holds):
    assert make_area(inside=("helsinki", "ship")).holds(place) is holds


def test_words_that_are_not_there_are_empty():
    assert make_words(centre__name="Bay").get("centre.name") == "Bay"
    assert make_words().get("said.nothing") == ""


# ── Origins ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_table_of_a_pack_names_its_origin_once():
    keys = [key for key, _ in make_pack().origins()]
    assert len(keys) == len(set(keys))
    assert {"centre", "country", "ages", "window", "night", "night.acute", "lines.helpline", "duty"} <= set(keys)


def test_what_a_pack_does_not_set_has_no_origin():
    night = make_night(acute_within=None)
    pack = make_pack(ages=None, window=None, area=None, duty=None, night=night)
    keys = {key for key, _ in pack.origins()}
    assert not keys & {"ages", "window", "area", "duty", "night.acute"}


def test_holidays_with_an_origin_of_their_own_are_named():
    site = make_place("centre", PlaceKind.CENTRE, "Mo-Fr 08:00-18:00", holidays_origin=ORIGIN)
    keys = [key for key, _ in make_pack(places=(site,)).origins()]
    assert "places.centre.holidays" in keys
