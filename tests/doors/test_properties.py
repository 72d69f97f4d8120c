"""What holds of every answer, whatever is known, to whichever centre, at whatever moment."""

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from poukama.centres.rules import Ages, Area, CareWindow, Duty, Line, Night, NightRule, Pack, Place, PlaceKind
from poukama.doors.known import Age, Answer, Asker, Door, Known, Note, Reason, Sign, Want
from poukama.doors.rules import RULES, Policy, Route, route
from poukama.protocols.rules import Interval, WindowKind
from tests.factories import HELSINKI, ORIGIN, make_hours, make_line, make_pack, make_window

# The hours are drawn from a few, so that their years are read once for all examples.
OFFICE = make_hours("Mo-Fr 08:00-18:00; PH off")
ALWAYS = make_hours("24/7")
SITE_HOURS = (OFFICE, make_hours("Tu,Th 10:00-14:00; PH off"), make_hours("Mo-Su 03:30-05:00"), None)
LINES = (
    (make_line("all_day"),),
    (Line("day", "+3581", OFFICE, own=True, origin=ORIGIN), Line("night", "+3582", ALWAYS, own=False, origin=ORIGIN)),
)
PHONES = (None, "+3583", "116117")
DUTIES = frozenset({"doctor", "midwife"})

# Nights on which the clock turns, a leap day, eves and holidays, and the rest of two years.
NIGHTS = [dt.datetime(*day, tzinfo=dt.UTC) for day in [
    (2026, 3, 28, 23), (2026, 10, 24, 23), (2028, 2, 29, 1), (2026, 12, 24, 8), (2026, 6, 19, 8), (2026, 12, 6, 8),
]]  # fmt: skip
MOMENTS = st.one_of(
    st.builds(
        lambda night, minutes: night + dt.timedelta(minutes=minutes), st.sampled_from(NIGHTS), st.integers(0, 240)
    ),
    st.integers(0, 2 * 366 * 24 * 60).map(lambda minutes: NIGHTS[0] + dt.timedelta(minutes=minutes)),
)
LENGTHS = st.one_of(
    st.integers(0, 120 * 60), st.integers(0, 60 * 24 * 60), st.sampled_from([72 * 60, 72 * 60 + 1, 96 * 60])
).map(lambda minutes: dt.timedelta(minutes=minutes))


def any_pack(pick: Random) -> Pack:
    """Any centre that the reader lets through: a line at every hour, a site that opens."""
    hours = pick.choice(SITE_HOURS[:3]), pick.choice(SITE_HOURS)
    sites = tuple(
        Place(f"site{number}", PlaceKind.CENTRE, pick.choice(PHONES), each, ORIGIN) for number, each in enumerate(hours)
    )
    others = tuple(
        Place(f"{kind}{number}", kind, pick.choice(PHONES), pick.choice([None, ALWAYS, OFFICE]), ORIGIN)
        for kind in (PlaceKind.EMERGENCY, PlaceKind.CHILDREN, PlaceKind.LATER)
        for number in range(pick.randint(0, 2))
    )
    way_in = pick.choice([None, *(place.code for place in sites + others)])
    acute_within = pick.choice([None, dt.timedelta(hours=72)])
    alone = pick.choice([13, 16, 18])
    by_home, by_event = pick.choice([(True, True), (True, False), (False, True)])
    inside = frozenset({"helsinki", pick.choice(["ship", "esbo"])})
    return replace(
        make_pack(),
        lines=pick.choice(LINES),
        places=sites + others,
        ages=pick.choice([None, Ages(alone, alone, ORIGIN), Ages(alone, 12, ORIGIN)]),
        window=pick.choice([CareWindow(1, None, ORIGIN), CareWindow(None, 30, ORIGIN), None]),
        area=pick.choice([None, Area(by_home, by_event, ("helsinki",), inside, ORIGIN)]),
        night=Night(pick.choice(list(NightRule)), DUTIES, way_in, ORIGIN, acute_within, ORIGIN),
        duty=pick.choice([None, Duty(18, (), ORIGIN)]),
    )


def policy_of(number: int) -> Policy:
    """A number stands for a whole centre: drawing each of its parts would take most of the time."""
    pick = Random(number)  # noqa: S311 - no secret
    windows = [
        make_window(
            pick.choice([48, 72, 168]),
            pick.choice(list(WindowKind)),
            approved_by=pick.choice(["", "Chief physician"]),
        )
        for _ in range(pick.randint(0, 2))
    ]
    return Policy(any_pack(pick), tuple(windows))


def policies() -> st.SearchStrategy[Policy]:
    return st.integers(0, 2**24 - 1).map(policy_of)


@st.composite
def ages(draw: st.DrawFn) -> Age:
    least = draw(st.integers(0, 20) | st.integers(18, 60))
    return Age(least, draw(st.none() | st.integers(least, 80)))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Known, dict[str, Any]]:
    """What is known, and the moment and those on call."""
    at = draw(MOMENTS)
    latest = draw(st.none() | LENGTHS.map(lambda since: at - since))
    earliest = draw(st.none() | LENGTHS.map(lambda before: (latest or at) - before))
    # Weighted towards what lets the later rules speak.
    where = st.sampled_from([None, None, "Helsinki", "turku", "ship", "abroad"])
    known = Known(
        in_danger=draw(st.sampled_from([Answer.UNKNOWN, Answer.NO, Answer.NO, Answer.YES])),
        signs=draw(st.just(frozenset()) | st.frozensets(st.sampled_from(Sign), max_size=2)),
        age=draw(ages()),
        event=Interval(earliest, latest),
        asker=draw(st.sampled_from(Asker)),
        wants=draw(st.frozensets(st.sampled_from(Want), max_size=2)),
        lives=draw(where),
        happened=draw(where),
        infection=draw(st.sampled_from(Answer)),
    )
    return known, {"at": at, "on_call": draw(st.sampled_from([DUTIES, frozenset(), frozenset({"doctor"})]))}


def doors(found: Route) -> set[Door]:
    return {found.door, *found.also}


many = settings(max_examples=150, deadline=None)


@many
@given(questions(), policies())
def test_it_always_answers_with_a_number_and_something_that_is_open(question, policy):
    known, now = question
    found = route(known, policy, **now)
    assert found.phone
    assert found.line.hours.open_at(now["at"])
    assert found.trace[-1] in {rule.__name__ for rule in RULES}
    answering = {place.phone for place in policy.pack.places if not place.hours or place.hours.open_at(now["at"])}
    assert found.phone in {found.line.phone, policy.pack.emergency_phone, *answering}


@many
@given(questions(), policies())
def test_danger_always_wins(question, policy):
    known, now = question
    found = route(replace(known, in_danger=Answer.YES), policy, **now)
    assert (found.door, found.reason, found.phone) == (Door.EMERGENCY, Reason.DANGER, policy.pack.emergency_phone)


@many
@given(questions(), policies())
def test_the_helpline_is_among_the_doors_unless_a_better_one_is_open(question, policy):
    known, now = question
    found = route(known, policy, **now)
    if Door.HELPLINE not in doors(found):
        assert found.door in {Door.CENTRE_NOW, Door.ON_CALL_NOW}
        assert Note.NOBODY_ON_CALL not in found.notes


@many
@given(questions(), policies())
def test_no_door_stands_twice(question, policy):
    known, now = question
    found = route(known, policy, **now)
    assert len(found.also) == len(set(found.also))
    assert found.door not in found.also
    assert len(found.notes) == len(set(found.notes))


@many
@given(questions(), policies(), st.integers(1, 60 * 24 * 40))
def test_a_minute_more_never_reopens_a_window(question, policy, minutes):
    known, now = question
    known = replace(known, event=replace(known.event, latest=known.event.latest or now["at"]))
    if route(known, policy, **now).door is Door.LATER_SERVICES:
        later = {**now, "at": now["at"] + dt.timedelta(minutes=minutes)}
        assert route(known, policy, **later).door is Door.LATER_SERVICES


@many
@given(questions(), policies(), st.integers(1, 60 * 24 * 40))
def test_a_minute_more_never_makes_it_worth_preserving_again(question, policy, minutes):
    known, now = question
    known = replace(known, event=replace(known.event, latest=known.event.latest or now["at"]))
    if Note.PRESERVE not in route(known, policy, **now).notes:
        later = {**now, "at": now["at"] + dt.timedelta(minutes=minutes)}
        assert Note.PRESERVE not in route(known, policy, **later).notes


@many
@given(questions(), policies(), st.sampled_from(["Europe/Helsinki", "Pacific/Auckland", "America/St_Johns", "UTC"]))
def test_the_same_question_in_another_time_zone_has_the_same_answer(question, policy, name):
    known, now = question
    zone = ZoneInfo(name)
    elsewhere = Interval(*(each and each.astimezone(zone) for each in (known.event.earliest, known.event.latest)))
    asked = replace(known, event=elsewhere), {**now, "at": now["at"].astimezone(zone)}
    assert route(asked[0], policy, **asked[1]) == route(known, policy, **now)


@many
@given(questions(), policies())
def test_whoever_may_be_under_18_is_never_told_that_a_report_is_optional(question, policy):
    known, now = question
    notes = route(known, policy, **now).notes
    assert not {Note.UNDER_18_DUTY, Note.POLICE_OPTIONAL} <= set(notes)
    if known.age.least < 18:
        assert Note.POLICE_OPTIONAL not in notes


@many
@given(questions(), policies(), ages())
def test_knowing_more_of_the_age_never_adds_the_childrens_door(question, policy, age):
    known, now = question
    narrow = replace(known, age=age)
    wide = replace(known, age=Age(0, None))
    if Door.CHILDREN in doors(route(narrow, policy, **now)):
        assert Door.CHILDREN in doors(route(wide, policy, **now))


@many
@given(questions(), policies())
def test_the_answer_for_an_adult_is_among_the_doors_for_whoever_may_be_too_young(question, policy):
    known, now = question
    found = route(known, policy, **now)
    if found.reason is Reason.PERHAPS_UNDER_AGE:
        adult = route(replace(known, age=Age(60, 60)), policy, **now)
        assert adult.door in doors(found)


@many
@given(questions(), policies())
def test_the_next_opening_is_told_exactly_while_the_service_is_closed(question, policy):
    known, now = question
    found = route(known, policy, **now)
    sites = [place.hours for place in policy.pack.of_kind(PlaceKind.CENTRE) if place.hours]
    if any(hours.open_at(now["at"]) for hours in sites):
        assert found.opens_at is None
    else:
        assert found.opens_at is not None
        assert found.opens_at.utcoffset() == found.opens_at.astimezone(HELSINKI).utcoffset()
        assert any(hours.open_at(found.opens_at) for hours in sites)
        just_before = found.opens_at.astimezone(dt.UTC) - dt.timedelta(minutes=1)
        assert not any(hours.open_at(just_before) for hours in sites)
