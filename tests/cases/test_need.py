"""Who is let in, for how long, and what looks like curiosity."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.cases.need import Alert, Glass, Look, Seat, Way, alerts, glass_ends, review_by, ways
from tests.factories import HELSINKI, at

AT = at("2026-11-24T03:20")
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
moments = st.integers(0, 24 * 60).map(lambda minutes: AT + dt.timedelta(minutes=minutes))


def in_by(*, seats=(), glasses=(), on_duty=False, when=AT):
    return ways(seats, glasses, when, on_duty=on_duty)


def test_nobody_is_let_in_for_being_at_the_centre():
    assert in_by() == ()


def test_the_team_is_let_in_and_whoever_is_on_duty_and_whoever_broke_the_glass():
    seat, glass = Seat(AT - HOUR), Glass(AT)
    assert in_by(seats=[seat]) == (Way.TEAM,)
    assert in_by(on_duty=True) == (Way.DUTY,)
    assert in_by(glasses=[glass]) == (Way.BREAK_GLASS,)
    assert in_by(seats=[seat], glasses=[glass], on_duty=True) == tuple(Way)


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (AT, None, True),
        (AT + SECOND, None, False),
        (AT - HOUR, AT, False),
        (AT - HOUR, AT + SECOND, True),
    ],
)
def test_a_seat_is_held_from_its_beginning_up_to_its_end(since, until, held):
    assert bool(in_by(seats=[Seat(since, until)])) is held


@pytest.mark.parametrize(
    ("passed", "open_"), [(-SECOND, False), (0 * HOUR, True), (HOUR - SECOND, True), (HOUR, False), (2 * HOUR, False)]
)
def test_a_broken_glass_opens_a_case_for_an_hour_and_no_longer(passed, open_):
    assert bool(in_by(glasses=[Glass(AT)], when=AT + passed)) is open_


def test_an_hour_is_an_hour_in_the_night_that_has_one_twice():
    broken = at("2026-10-25T03:30")
    assert in_by(glasses=[Glass(broken)], when=broken.astimezone(dt.UTC) + HOUR - SECOND)
    assert not in_by(glasses=[Glass(broken)], when=broken.astimezone(dt.UTC) + HOUR)


@given(st.lists(moments, max_size=4), moments)
def test_whatever_glasses_were_broken_none_opens_a_case_longer_than_an_hour(broken, when):
    let_in = bool(in_by(glasses=[Glass(each) for each in broken], when=when))
    assert let_in is any(each <= when < each + HOUR for each in broken)
    ends = glass_ends([Glass(each) for each in broken], when)
    assert (ends is not None) is let_in
    assert ends is None or when < ends <= when + HOUR


@pytest.mark.parametrize(
    ("broken", "due"),
    [
        ("2026-11-24T00:00", "2026-11-26T00:00"),
        ("2026-11-24T23:59", "2026-11-26T00:00"),
        ("2026-10-24T12:00", "2026-10-26T00:00"),
        ("2028-02-28T03:20", "2028-03-01T00:00"),
    ],
)
def test_it_is_reviewed_by_the_end_of_the_next_day(broken, due):
    assert review_by(at(broken), HELSINKI) == at(due)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, set()),
        ({"own_surnames": frozenset({b"laine"})}, {Alert.SAME_SURNAME}),
        ({"names_of_staff": frozenset({b"aino laine"})}, {Alert.COLLEAGUE}),
        ({"way": Way.BREAK_GLASS}, {Alert.NO_DUTY}),
        ({"way": Way.BREAK_GLASS, "own_surnames": frozenset({b"laine"})}, {Alert.NO_DUTY, Alert.SAME_SURNAME}),
        ({"clients_words": frozenset(), "own_surnames": frozenset({b"laine"})}, set()),
    ],
)
def test_what_is_worth_a_second_look(changes, found):
    known = {
        "way": Way.TEAM,
        "own_surnames": frozenset({b"niemi"}),
        "names_of_staff": frozenset({b"kaisa niemi"}),
        "clients_words": frozenset({b"aino", b"laine"}),
        "clients_names": frozenset({b"aino laine"}),
    }
    assert alerts(Look(**{**known, **changes})) == found
