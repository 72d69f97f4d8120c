"""Half-open shifts, the gaps between them, and weeks copied by the clock on the wall."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.roster.rules import (
    Duty,
    Gap,
    Plan,
    Problem,
    Refused,
    Span,
    Week,
    gaps,
    halves,
    held,
    moved,
    planned_for,
    uncovered,
)
from poukama.staff.rules import Role
from tests.factories import HELSINKI, at
from tests.people import LONG_AGO
from tests.roster.planning import away, planned, post, span

WEEK = Week(2026, 48).span(HELSINKI)
_BASE = dt.datetime(2026, 10, 20, tzinfo=dt.UTC)
# Quarters of an hour around the night of 25 October 2026, which has an hour twice.
moments = st.integers(0, 4 * 24 * 14).map(lambda quarters: _BASE + dt.timedelta(minutes=15 * quarters))
spans = st.lists(moments, min_size=2, max_size=2, unique=True).map(lambda pair: Span(*sorted(pair)))

# ── Spans ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_friday_night_is_on_at_two_on_saturday_and_over_at_six():
    night = span("2026-11-27T22:00", "2026-11-28T06:00")
    assert night.holds(at("2026-11-28T02:00"))
    assert not night.holds(at("2026-11-27T02:00"))
    assert not night.holds(at("2026-11-28T06:00"))


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        ("2026-11-24T22:00", "2026-11-25T06:00", 8),
        ("2026-10-24T22:00", "2026-10-25T06:00", 9),
        ("2026-03-28T22:00", "2026-03-29T06:00", 7),
    ],
)
def test_a_night_is_as_long_as_it_truly_is(begins, ends, hours):
    assert span(begins, ends).length == dt.timedelta(hours=hours)


@pytest.mark.parametrize("ends", ["2026-11-24T22:00", "2026-11-24T21:00"])
def test_a_span_is_never_empty(ends):
    with pytest.raises(ValueError, match="ends after"):
        span("2026-11-24T22:00", ends)


def test_a_wall_clock_time_makes_no_span():
    with pytest.raises(ValueError, match="zone"):
        Span(dt.datetime(2026, 11, 24), dt.datetime(2026, 11, 25))  # noqa: DTZ001 - that it has none is the point


@given(spans, spans)
def test_what_is_common_and_what_is_left_are_the_whole(one, other):
    common = one.common(other)
    parts = sorted([*one.without(other), *([common] if common else [])])
    assert (parts[0].begins, parts[-1].ends) == (one.begins, one.ends)
    assert all(before.ends == after.begins for before, after in pairwise(parts))


# ── Weeks ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("week", "hours"), [("2026-W48", 168), ("2026-W43", 169), ("2026-W13", 167)])
def test_a_week_has_its_true_hours(week, hours):
    read = Week.read(week)
    assert read.span(HELSINKI).length == dt.timedelta(hours=hours)
    assert sum((day.length for day in read.days(HELSINKI)), dt.timedelta()) == dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "48",
        "2026-48",
        "2026-W54",
        "2026-W00",
        "1999-W01",
        "2100-W01",
        "2026-Wxx",
        "2026-W1",
        "٢٠٢٦-W48",
        "2026-W480",
    ],
)
def test_what_is_no_week_is_none(text):
    with pytest.raises(ValueError, match=r".+"):
        Week.read(text)


@given(st.dates(dt.date(2001, 1, 1), dt.date(2098, 1, 1)), st.integers(-60, 60))
def test_a_week_is_read_as_it_is_written_and_counted_forth_and_back(date, number):
    week = Week.of(date)
    assert Week.read(str(week)) == week
    assert week.later(number).later(-number) == week
    assert week.monday <= date < week.later(1).monday


# ── Gaps ─────────────────────────────────────────────────────────────────────────────────────────────────────


@given(spans, st.lists(spans, max_size=8))
def test_shifts_and_gaps_together_are_the_required_time_and_never_in_one(required, covered):
    left = uncovered(required, covered)
    assert not any(gap.common(shift) for gap in left for shift in covered)
    rest = [required]
    for piece in [*covered, *left]:
        rest = [part for each in rest for part in each.without(piece)]
    assert rest == []
    assert all(required.common(gap) == gap for gap in left)
    assert all(before.ends < after.begins for before, after in pairwise(left))


@given(st.lists(spans, max_size=8))
def test_the_next_gap_begins_at_the_first_moment_that_nobody_covers(covered):
    required = Span(_BASE, _BASE + dt.timedelta(days=14))
    left = uncovered(required, covered)
    steps = [_BASE + dt.timedelta(minutes=15 * n) for n in range(4 * 24 * 14)]
    bare = [step for step in steps if not any(each.holds(step) for each in covered)]
    assert [gap.begins for gap in left][:1] == bare[:1]


def test_gaps_come_in_order_and_the_first_in_line_first():
    shifts = [
        planned("2026-11-23T00:00", "2026-11-29T22:00"),
        planned("2026-11-23T00:00", "2026-11-24T08:00", duty=Duty.DOCTOR),
        planned("2026-11-24T09:00", "2026-11-29T22:00", duty=Duty.DOCTOR),
    ]
    assert gaps(WEEK, {Duty.DOCTOR, Duty.MIDWIFE}, shifts) == (
        Gap(Duty.DOCTOR, at("2026-11-24T08:00"), at("2026-11-24T09:00")),
        Gap(Duty.MIDWIFE, at("2026-11-29T22:00"), at("2026-11-30T00:00")),
        Gap(Duty.DOCTOR, at("2026-11-29T22:00"), at("2026-11-30T00:00")),
    )


# ── What may be planned ──────────────────────────────────────────────────────────────────────────────────────

NIGHT = planned("2026-11-27T22:00", "2026-11-28T06:00")


def plan(shifts=(), absences=(), posts=None):
    return Plan(shifts, absences, {1: [post()]} if posts is None else posts)


@pytest.mark.parametrize(
    "other",
    [
        planned("2026-11-27T14:00", "2026-11-27T22:00", member=2),
        planned("2026-11-28T06:00", "2026-11-28T14:00", member=2),
        planned("2026-11-27T22:00", "2026-11-28T06:00", member=2, duty=Duty.DOCTOR),
    ],
)
def test_back_to_back_and_on_another_duty_is_no_objection(other):
    assert plan([other]).objection(NIGHT) is None


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2026-11-28T00:00", "2026-11-28T01:00"),
        ("2026-11-27T20:00", "2026-11-27T22:15"),
        ("2026-11-27T00:00", "2026-11-29T00:00"),
    ],
)
def test_a_shift_in_the_time_of_another_is_refused_with_whose_it_is(begins, ends):
    other = planned(begins, ends, member=2)
    objection = plan([other]).objection(NIGHT)
    assert objection is not None
    assert (objection.problem, objection.name) == (Problem.OVERLAPS, "Member 2")
    assert objection.span == NIGHT.span.common(other.span)


def test_nobody_is_on_call_while_away():
    objection = plan(absences=[away("2026-11-28T05:00", "2026-11-30T00:00")]).objection(NIGHT)
    assert objection is not None
    assert (objection.problem, objection.span) == (Problem.ABSENT, span("2026-11-28T05:00", "2026-11-28T06:00"))
    assert plan(absences=[away("2026-11-28T05:00", "2026-11-30T00:00", member=2)]).objection(NIGHT) is None
    assert plan(absences=[away("2026-11-28T06:00", "2026-11-30T00:00")]).objection(NIGHT) is None


@pytest.mark.parametrize(
    "posts",
    [
        {},
        {2: [post()]},
        {1: [post(Role.DOCTOR)]},
        {1: [post(ends=at("2026-11-28T05:00"))]},
        {1: [post(begins=at("2026-11-28T05:00"))]},
        {1: [post(begins=at("2026-12-28T05:00"))]},
        {1: [post(ends=at("2026-11-28T01:00")), post(begins=at("2026-11-28T02:00"))]},
        {1: [post(begins=LONG_AGO, ends=LONG_AGO)]},
    ],
)
def test_a_post_of_that_role_is_needed_all_the_while(posts):
    objection = plan(posts=posts).objection(NIGHT)
    assert objection is not None
    assert objection.problem is Problem.NO_POST


@pytest.mark.parametrize(
    "posts",
    [
        [post()],
        [post(Role.MIDWIFE_COORDINATOR)],
        [post(ends=at("2026-11-28T06:00"))],
        [post(ends=at("2026-11-28T01:00")), post(Role.MIDWIFE_COORDINATOR, begins=at("2026-11-28T01:00"))],
        [post(), post(Role.DOCTOR)],
    ],
)
def test_posts_that_follow_each_other_will_do(posts):
    assert plan(posts={1: posts}).objection(NIGHT) is None


def test_a_shift_of_more_than_eight_days_is_a_slip():
    long = planned("2026-11-01T00:00", "2026-11-09T00:15")
    objection = plan().objection(long)
    assert objection is not None
    assert objection.problem is Problem.TOO_LONG
    assert plan().objection(planned("2026-11-01T00:00", "2026-11-09T00:00")) is None


def test_whoever_leaves_the_post_is_on_call_no_longer():
    assert held(NIGHT, {1: [post(ends=at("2026-11-28T01:00"))]}) == (span("2026-11-27T22:00", "2026-11-28T01:00"),)
    assert held(NIGHT, {}) == ()


# ── Splitting and swapping ───────────────────────────────────────────────────────────────────────────────────


@given(spans, moments)
def test_the_halves_are_the_whole_or_the_moment_is_refused(whole, moment):
    if not whole.begins < moment < whole.ends:
        with pytest.raises(Refused, match="not_inside"):
            halves(whole, moment)
        return
    first, second = halves(whole, moment)
    assert (first.begins, first.ends, second.begins, second.ends) == (whole.begins, moment, moment, whole.ends)


@pytest.mark.parametrize(
    ("old", "before", "new", "whose"), [(1, None, 2, 1), (2, 1, 3, 1), (2, 1, 1, None), (1, None, 1, None)]
)
def test_a_swap_shows_whose_it_was_by_the_plan_until_it_goes_back(old, before, new, whose):
    assert planned_for(old, before, new) == whose


# ── Copying ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(spans, st.sampled_from([-14, -7, 7, 14, 364]))
def test_a_copied_shift_keeps_its_times_on_the_wall(whole, days):
    copy = moved(whole, days, HELSINKI)
    if copy is None:
        # Only where the clock goes back or forth is there so little that nothing of it is left.
        assert whole.length <= dt.timedelta(hours=1)
        return
    for before, after in ((whole.begins, copy.begins), (whole.ends, copy.ends)):
        there = before.astimezone(HELSINKI).replace(tzinfo=None) + dt.timedelta(days=days)
        wall = after.astimezone(HELSINKI).replace(tzinfo=None)
        assert wall in {there, there + dt.timedelta(hours=1)}


def test_copying_over_the_change_of_clocks_makes_a_night_of_its_true_length():
    nights = [planned("2026-10-17T22:00", "2026-10-18T08:00"), planned("2026-10-18T08:00", "2026-10-18T22:00")]
    copies = plan().with_copies(nights, 7, HELSINKI)
    assert [copy.span.length for copy in copies.made] == [dt.timedelta(hours=11), dt.timedelta(hours=14)]
    assert copies.made[0].span == span("2026-10-24T22:00", "2026-10-25T08:00")


def test_what_stands_already_is_not_copied_and_what_does_not_fit_is_counted():
    source = [planned(f"2026-11-1{day}T08:00", f"2026-11-1{day}T20:00") for day in (6, 7, 8)]
    there = [planned("2026-11-23T08:00", "2026-11-23T20:00")]
    copies = plan(there, [away("2026-11-24T19:00", "2026-11-24T20:00")]).with_copies(source, 7, HELSINKI)
    assert [copy.span for copy in copies.made] == [span("2026-11-25T08:00", "2026-11-25T20:00")]
    assert copies.left_out == 1


def test_what_a_skipped_hour_swallows_is_not_copied():
    source = [planned("2026-03-22T03:00", "2026-03-22T04:00")]
    assert plan().with_copies(source, 7, HELSINKI).made == ()


def test_copies_never_overlap_each_other():
    # An hour that comes twice turns these round on an ordinary night.
    second = dt.datetime(2026, 10, 25, 1, 10, tzinfo=dt.UTC)
    source = [planned("2026-10-24T22:00", "2026-10-25T03:50"), planned("2026-10-25T05:00", "2026-10-25T08:00")]
    source.insert(1, replace(source[0], span=Span(second, at("2026-10-25T05:00"))))
    copies = plan().with_copies(source, 7, HELSINKI)
    assert copies.left_out == 1
    assert all(a.span.common(b.span) is None for a in copies.made for b in copies.made if a is not b)
