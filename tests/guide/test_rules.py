"""What each choice says is known, and the windows that bound it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.centres.rules import Ages, CareWindow, NightRule, PlaceKind
from poukama.doors.known import ANY_AGE, ANY_TIME, Age, Door
from poukama.doors.rules import Policy
from poukama.guide import rules
from tests.factories import HELSINKI, ORIGIN, at, make_line, make_night, make_pack, make_place
from tests.guide.installations import OPEN, PACKS, installed

MINUTE = dt.timedelta(minutes=1)
# The strategy takes its bounds without a zone and adds it.
FIRST, LAST = dt.datetime(2025, 1, 1), dt.datetime(2032, 1, 1)  # noqa: DTZ001
moments = st.datetimes(FIRST, LAST, timezones=st.just(HELSINKI)).map(
    lambda moment: moment.astimezone(dt.UTC).replace(second=0, microsecond=0)
)
windows = st.one_of(
    st.integers(1, 14).map(lambda months: CareWindow(months, None, ORIGIN)),
    st.integers(1, 400).map(lambda days: CareWindow(None, days, ORIGIN)),
)


def holds(window: CareWindow, event: dt.datetime, now: dt.datetime) -> bool:
    return now.astimezone(HELSINKI).date() <= window.last_date(event.astimezone(HELSINKI).date())


@given(now=moments, window=windows)
def test_the_start_of_the_window_is_the_first_minute_whose_window_holds(now, window):
    start = rules.window_start(make_pack(window=window), now)
    assert start is not None
    assert holds(window, start, now)
    assert not holds(window, start - MINUTE, now)


@given(now=moments, window=windows)
def test_the_choices_of_time_follow_each_other_without_a_gap(now, window):
    when = rules.questions(make_pack(window=window), now).when
    start = rules.window_start(make_pack(window=window), now)
    recent, past = when[rules.DAYS], when[rules.PAST_WINDOW]
    assert (recent.earliest, recent.latest) == (now - rules.FIRST_DAYS, now)
    between = when.get(rules.INSIDE_WINDOW)
    if between:
        assert recent.earliest
        assert (between.earliest, between.latest) == (start, recent.earliest - MINUTE)
    first = (between or recent).earliest
    assert first
    assert start
    assert past.latest == min(first, start) - MINUTE
    assert when[rules.UNKNOWN] is ANY_TIME


def test_between_the_first_days_and_the_window_there_is_a_minute_or_nothing():
    """At midnight a window of three days begins with the first three days; a minute later it begins before them."""
    pack = make_pack(window=CareWindow(None, 3, ORIGIN))
    midnight = at("2026-11-24T00:00")
    assert rules.INSIDE_WINDOW not in rules.questions(pack, midnight).when
    between = rules.questions(pack, midnight + MINUTE).when[rules.INSIDE_WINDOW]
    assert between.earliest == between.latest == at("2026-11-21T00:00")
    for now in (midnight, midnight + MINUTE):
        assert rules.answers(Policy(pack), now)


def test_without_a_window_nobody_is_asked_whether_it_is_past():
    when = rules.questions(make_pack(window=None), OPEN).when
    assert list(when) == [rules.DAYS, rules.INSIDE_WINDOW, rules.UNKNOWN]
    assert when[rules.INSIDE_WINDOW].earliest is None


def test_a_window_shorter_than_the_first_days_leaves_nothing_between():
    when = rules.questions(make_pack(window=CareWindow(None, 2, ORIGIN)), OPEN).when
    assert rules.INSIDE_WINDOW not in when


def test_the_age_groups_are_the_packs():
    assert rules.questions(installed("helsinki").front, OPEN).age == {
        "0": Age(0, 15),
        "1": Age(16, 17),
        "2": Age(18),
        "u": ANY_AGE,
    }
    grown = make_pack(ages=Ages(18, 16, ORIGIN), duty=None)
    assert rules.questions(grown, OPEN).age == {"0": Age(0, 17), "1": Age(18), "u": ANY_AGE}
    assert rules.questions(make_pack(ages=None, duty=None), OPEN).age == {"u": ANY_AGE}


def test_a_pack_without_an_area_asks_nobody_where():
    assert list(rules.questions(make_pack(area=None), OPEN).where) == [rules.UNKNOWN]


@pytest.mark.parametrize("code", PACKS)
def test_yes_lies_inside_the_area_and_no_outside_both_ways(code):
    pack = installed(code).front
    where = rules.questions(pack, OPEN).where
    assert pack.area is not None
    inside, outside = where["i"], where["o"]
    assert inside.lives is not None
    assert pack.area.holds(inside.lives)
    for place in (outside.lives, outside.happened):
        assert place is not None
        assert not pack.area.holds(place)


@pytest.mark.parametrize("code", PACKS)
def test_an_adult_who_says_no_is_sent_to_another_centre_and_whoever_does_not_know_is_not(code):
    policy = installed(code).policy
    doors = {token: answer.route.door for answer in rules.answers(policy, OPEN) for token in answer.tokens}
    adult = [age for age in rules.questions(policy.pack, OPEN).age if age != rules.UNKNOWN][-1:] or [rules.UNKNOWN]
    assert doors[f"d{adult[0]}o"] is Door.OTHER_CENTRE
    assert doors[f"d{adult[0]}u"] is not Door.OTHER_CENTRE


def test_answers_hold_until_a_site_a_line_or_a_clinic_changes_its_hours():
    line = make_line(hours="Mo-Su 06:00-13:00")
    clinic = make_place("clinic", PlaceKind.CHILDREN, "Mo-Su 08:00-12:30")
    base = make_pack()
    assert rules.holds_until(base, OPEN) == at("2026-11-24T18:00")
    assert rules.holds_until(make_pack(lines=(line,)), OPEN) == at("2026-11-24T13:00")
    assert rules.holds_until(make_pack(places=(*base.places, clinic)), OPEN) == at("2026-11-24T12:30")


def test_what_never_changes_holds_without_end():
    always = make_pack(places=(make_place("centre", PlaceKind.CENTRE, "24/7"),))
    assert rules.holds_until(always, OPEN) is None
    assert rules.open_and_closed(always, OPEN) == (OPEN,)


def test_a_centre_that_takes_people_in_at_every_hour_has_one_state():
    pack = make_pack(night=make_night(rule=NightRule.ALWAYS))
    night = at("2026-11-24T03:00")
    assert rules.takes_in(pack, night)
    assert rules.open_and_closed(pack, night) == (night,)


def test_open_comes_before_closed_whenever_it_is_asked():
    pack = make_pack()
    assert rules.open_and_closed(pack, OPEN) == (OPEN, at("2026-11-24T18:00"))
    night = at("2026-11-24T03:00")
    assert rules.open_and_closed(pack, night) == (at("2026-11-24T08:00"), night)


def test_two_sites_that_take_turns_close_when_the_last_one_does():
    sites = (
        make_place("first", PlaceKind.CENTRE, "Mo-Su 08:00-14:00"),
        make_place("second", PlaceKind.CENTRE, "Mo-Su 10:00-20:00"),
    )
    assert rules.open_and_closed(make_pack(places=sites), OPEN) == (OPEN, at("2026-11-24T20:00"))
