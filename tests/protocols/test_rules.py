"""What a clock shows of a window: a table of states, and what holds for every interval."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.protocols.rules import ClockState, Interval, Window, WindowKind, clock
from tests.factories import FAR, at, make_window

NOW = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
ZERO = dt.timedelta()


def ago(hours: float | None) -> dt.datetime | None:
    return None if hours is None else NOW - dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("earliest", "latest", "state", "least", "most"),
    [
        (10, 5, ClockState.OPEN, 62, 67),
        (57, 50, ClockState.OPEN, 15, 22),
        (58, 50, ClockState.CLOSING, 14, 22),  # less than a fifth of 72 h is left
        (57.6, 50, ClockState.OPEN, 14.4, 22),  # a fifth is not less than a fifth
        (72, 72, ClockState.CLOSING, 0, 0),  # its last moment is inside
        (73, 72, ClockState.UNCERTAIN, -1, 0),
        (100, 60, ClockState.UNCERTAIN, -28, 12),
        (100, 73, ClockState.PASSED, -28, -1),
        (None, 60, ClockState.UNCERTAIN, None, 12),
        (None, 73, ClockState.PASSED, None, -1),
        (10, None, ClockState.OPEN, 62, 72),
        (80, None, ClockState.UNCERTAIN, -8, 72),
        (None, None, ClockState.UNCERTAIN, None, 72),
    ],
)
def test_a_clock_shows_the_range_of_what_is_left(earliest, latest, state, least, most):
    seen = clock(make_window(72), Interval(ago(earliest), ago(latest)), NOW)
    assert seen.state is state
    assert seen.least == (None if least is None else dt.timedelta(hours=least))
    assert seen.most == dt.timedelta(hours=most)


def test_a_window_with_a_named_approver_is_approved():
    assert make_window(72, approved_by="Chief physician").approved
    assert not make_window(72, approved_by="").approved


def test_an_unknown_interval_knows_neither_end():
    assert Interval().unknown
    assert not Interval(earliest=NOW).unknown
    assert not Interval(latest=NOW).unknown


def test_what_is_left_is_counted_in_hours_that_pass_not_in_hours_a_clock_shows():
    before = dt.datetime.fromisoformat("2026-10-24T12:00:00+03:00")
    after = dt.datetime.fromisoformat("2026-10-25T12:00:00+02:00")
    assert clock(make_window(72), Interval(before, before), after).most == dt.timedelta(hours=72 - 25)


hours_back = st.none() | st.integers(0, 24 * 400)
lengths = st.integers(1, 24 * 60)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    earliest, latest = draw(hours_back), draw(hours_back)
    if earliest is not None and latest is not None and earliest < latest:
        earliest, latest = latest, earliest
    return Interval(ago(earliest), ago(latest))


@given(intervals(), lengths)
def test_the_shortest_left_is_never_more_than_the_longest(event, hours):
    seen = clock(make_window(hours), event, NOW)
    assert seen.least is None or seen.least <= seen.most


@given(intervals(), lengths, st.integers(1, 60 * 24 * 30))
def test_a_minute_more_never_reopens_a_window(event, hours, minutes):
    window = make_window(hours)
    later = NOW + dt.timedelta(minutes=minutes)
    # An unknown end means "up to now", and now moves: hold the event still.
    held = Interval(event.earliest, event.latest or NOW)
    order = [ClockState.OPEN, ClockState.CLOSING, ClockState.UNCERTAIN, ClockState.PASSED]
    assert order.index(clock(window, held, later).state) >= order.index(clock(window, held, NOW).state)


@given(intervals(), lengths)
def test_knowing_less_never_makes_a_clock_surer(event, hours):
    window = make_window(hours)
    vaguer = clock(window, Interval(None, event.latest), NOW)
    assert vaguer.state in {ClockState.UNCERTAIN, ClockState.PASSED}
    assert vaguer.most == clock(window, event, NOW).most


@given(intervals(), lengths)
def test_passed_means_surely_and_open_means_surely(event, hours):
    seen = clock(make_window(hours), event, NOW)
    assert (seen.state is ClockState.PASSED) == (seen.most < ZERO)
    surely_open = seen.least is not None and seen.least >= ZERO
    assert (seen.state in {ClockState.OPEN, ClockState.CLOSING}) == surely_open


@given(st.integers(0, 24 * 60), lengths)
def test_a_moment_that_is_known_is_never_uncertain(back, hours):
    seen = clock(make_window(hours), Interval(ago(back), ago(back)), NOW)
    assert seen.state is not ClockState.UNCERTAIN
    assert seen.least == seen.most


def test_a_window_is_about_a_sample_or_about_care():
    window = Window("mouth", WindowKind.SAMPLE, dt.timedelta(hours=48), "A handbook", FAR)
    assert not window.approved
    assert clock(window, Interval(), NOW).window is window


@pytest.mark.parametrize(
    ("happened", "now", "left"),
    [("2026-03-28T12:00", "2026-03-29T12:00", 49), ("2026-10-24T12:00", "2026-10-25T12:00", 47)],
)
def test_what_is_left_is_counted_by_the_clock_on_the_nights_that_turn_it(happened, now, left):
    seen = clock(make_window(72), Interval(at(happened), at(happened)), at(now))
    assert seen.least == seen.most == dt.timedelta(hours=left)
