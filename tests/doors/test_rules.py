"""The ten rules, one by one, and what stands at each of their edges."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from poukama.centres.rules import Ages, CareWindow, NightRule
from poukama.doors.known import ANY_AGE, Age, Answer, Asker, Contradiction, Door, Known, NotKnowable, Reason
from poukama.doors.rules import RULES, Policy, route
from poukama.protocols.rules import Interval, WindowKind
from tests.doors.asking import DUTIES, NIGHT, OPEN, ago, ask, event, signs, wants
from tests.factories import ORIGIN, at, make_area, make_line, make_night, make_pack, make_window

CLINICS = make_pack(ages=Ages(16, 13, ORIGIN))
EVERY_NIGHT = make_pack(night=make_night(NightRule.ALWAYS))
REFERRED = make_pack(night=make_night(NightRule.REFERRED))
NO_NIGHT = make_pack(night=make_night(NightRule.NONE))
BY_HOME = make_pack(area=make_area(by_event=False))
BY_EVENT = make_pack(area=make_area(by_home=False))
SEA = make_pack(area=make_area(by_home=False, inside=("helsinki", "ship", "abroad")))
ANYWHERE = make_pack(area=None)
ANY_YEARS = make_pack(ages=None)
NO_WINDOW = make_pack(window=None)
NOT_ACUTE = make_pack(night=make_night(acute_within=None))
PROFESSIONAL = Asker.PROFESSIONAL

# Each row: the rule that decides, the door, and what was asked of which centre at which moment.
DECIDES: list[tuple[str, str, dict[str, Any]]] = [
    # 1
    ("danger", "emergency", {"in_danger": Answer.YES}),
    ("danger", "emergency", {"in_danger": Answer.YES, "age": Age(12, 12), "signs": signs("neck")}),
    ("danger", "emergency", {"signs": signs("breathing")}),
    ("danger", "emergency", {"signs": signs("bleeding", "suicidal"), "moment": OPEN}),
    # 2
    ("too_young", "children", {"age": Age(15, 15)}),
    ("too_young", "children", {"age": Age(0, 15), "moment": OPEN}),
    ("too_young", "children", {"age": Age(0, 15), "signs": signs("neck")}),
    ("too_young", "children", {"pack": CLINICS, "age": Age(12, 12), "asker": PROFESSIONAL}),
    ("too_young", "children", {"pack": CLINICS, "age": Age(12, 12)}),
    ("too_young", "helpline", {"pack": CLINICS, "age": Age(13, 15)}),
    ("too_young", "helpline", {"pack": CLINICS, "age": Age(0, 15)}),
    # 3
    ("needs_a_doctor", "medical_now", {"signs": signs("neck")}),
    ("needs_a_doctor", "medical_now", {"signs": signs("injury"), "moment": OPEN, "lives": "turku"}),
    ("needs_a_doctor", "medical_now", {"signs": signs("pregnant"), "age": Age(15, 17)}),
    # 4
    ("too_late", "later_services", {"event": event(1000, 900)}),
    ("too_late", "later_services", {"event": event(None, 900), "lives": "turku", "happened": "turku"}),
    ("too_late", "later_services", {"event": event(1000, 900), "age": ANY_AGE}),
    # 5
    ("elsewhere", "other_centre", {"lives": "turku", "happened": "abroad"}),
    ("elsewhere", "other_centre", {"pack": BY_HOME, "lives": "ship"}),
    ("elsewhere", "other_centre", {"pack": BY_EVENT, "happened": "turku", "lives": "helsinki"}),
    ("elsewhere", "other_centre", {"pack": SEA, "happened": "turku", "age": ANY_AGE}),
    # 6
    ("perhaps_too_young", "helpline", {"age": ANY_AGE}),
    ("perhaps_too_young", "helpline", {"age": Age(15, 17), "moment": OPEN}),
    ("perhaps_too_young", "helpline", {"age": ANY_AGE, "wants": wants("talk")}),
    ("perhaps_too_young", "helpline", {"pack": CLINICS, "age": Age(12, 14), "asker": PROFESSIONAL}),
    # 7
    ("open_now", "centre_now", {"moment": OPEN}),
    ("open_now", "centre_now", {"moment": OPEN, "age": Age(16, 16), "lives": "turku"}),
    ("open_now", "centre_now", {"moment": OPEN, "lives": "turku", "happened": " Helsinki "}),
    ("open_now", "centre_now", {"moment": OPEN, "pack": SEA, "happened": "ship"}),
    ("open_now", "centre_now", {"moment": OPEN, "pack": BY_HOME, "happened": "turku"}),
    ("open_now", "centre_now", {"moment": OPEN, "pack": ANYWHERE, "lives": "turku", "happened": "turku"}),
    ("open_now", "centre_now", {"moment": OPEN, "pack": ANY_YEARS, "age": Age(3, 3)}),
    ("open_now", "centre_now", {"moment": OPEN, "pack": NO_WINDOW, "event": event(99999, 99999)}),
    ("open_now", "centre_now", {"moment": OPEN, "pack": CLINICS, "age": Age(13, 13), "asker": PROFESSIONAL}),
    ("open_now", "centre_now", {"moment": OPEN, "wants": wants("talk")}),
    ("open_now", "centre_now", {"pack": EVERY_NIGHT, "wants": wants("talk")}),
    # 8
    ("talk_at_night", "helpline", {"wants": wants("talk")}),
    ("talk_at_night", "helpline", {"wants": wants("talk", "information"), "event": event(3, 2)}),
    # 9
    ("acute_at_night", "on_call_now", {}),
    ("acute_at_night", "on_call_now", {"wants": wants("samples", "talk")}),
    ("acute_at_night", "on_call_now", {"event": event(5, None), "wants": wants("police")}),
    ("acute_at_night", "on_call_now", {"event": event(200, 71), "wants": wants("police")}),
    ("acute_at_night", "on_call_now", {"pack": REFERRED, "asker": PROFESSIONAL}),
    ("acute_at_night", "on_call_now", {"on_call": frozenset()}),
    # 10
    ("next_opening", "centre_next", {"event": event(100, 80)}),
    ("next_opening", "centre_next", {"wants": wants("police")}),
    ("next_opening", "centre_next", {"wants": wants("police", "talk")}),
    ("next_opening", "centre_next", {"pack": REFERRED}),
    ("next_opening", "centre_next", {"pack": REFERRED, "asker": PROFESSIONAL, "event": event(100, 80)}),
    ("next_opening", "centre_next", {"pack": NO_NIGHT, "event": event(3, 2)}),
    ("next_opening", "centre_next", {"pack": NOT_ACUTE, "event": event(3, 2)}),
]


@pytest.mark.parametrize(("rule", "door", "asked"), DECIDES)
def test_the_first_rule_that_answers_decides(rule, door, asked):
    found = ask(**asked)
    assert (found.trace[-1], found.door) == (rule, door)
    assert found.trace == tuple(each.__name__ for each in RULES)[: len(found.trace)]


def test_every_rule_decides_something():
    assert {rule for rule, _door, _asked in DECIDES} == {rule.__name__ for rule in RULES}


def test_every_reason_and_every_door_is_given_by_some_rule():
    routes = [ask(**asked) for _rule, _door, asked in DECIDES]
    assert {found.reason for found in routes} == set(Reason)
    assert {found.door for found in routes} == set(Door)


@pytest.mark.parametrize(
    ("asked", "also"),
    [
        ({"in_danger": Answer.YES}, "helpline"),
        ({"in_danger": Answer.YES, "age": ANY_AGE}, "helpline children"),
        ({"in_danger": Answer.YES, "signs": signs("suicidal")}, "helpline"),
        ({"age": Age(0, 15)}, "helpline"),
        ({"age": Age(0, 15), "signs": signs("suicidal")}, "helpline emergency"),
        ({"pack": CLINICS, "age": Age(14, 14)}, "children"),
        ({"signs": signs("neck")}, "helpline"),
        ({"signs": signs("neck"), "age": Age(15, 16)}, "helpline children"),
        ({"event": event(1000, 900)}, "helpline"),
        ({"event": event(1000, 900), "age": ANY_AGE}, "helpline children"),
        ({"lives": "turku", "happened": "turku"}, "helpline"),
        ({"lives": "turku", "happened": "turku", "age": ANY_AGE}, "helpline children"),
        ({"age": ANY_AGE}, "children on_call_now"),
        ({"age": ANY_AGE, "moment": OPEN}, "children centre_now"),
        ({"age": ANY_AGE, "wants": wants("talk")}, "children"),
        ({"age": ANY_AGE, "event": event(100, 80)}, "children centre_next"),
        ({"moment": OPEN}, ""),
        ({"wants": wants("talk")}, "centre_next"),
        ({"wants": wants("talk"), "signs": signs("suicidal")}, "centre_next emergency"),
        ({}, ""),
        ({"on_call": frozenset()}, "helpline"),
        ({"event": event(100, 80)}, "helpline"),
    ],
)
def test_the_other_doors_that_also_apply(asked, also):
    assert " ".join(ask(**asked).also) == also


# ── Ages ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("age", "door"),
    [
        (Age(15, 15), "children"),
        (Age(16, 16), "centre_now"),
        (Age(16, 17), "centre_now"),
        (Age(18), "centre_now"),
        (Age(15, 16), "helpline"),
        (Age(15), "helpline"),
        (Age(0, 15), "children"),
    ],
)
def test_fifteen_is_under_the_minimum_and_sixteen_is_not(age, door):
    assert ask(moment=OPEN, age=age).door == door


def test_nobody_may_be_too_young_where_there_is_no_minimum():
    assert "children" not in ask(ANY_YEARS, in_danger=Answer.YES, age=ANY_AGE).also


# ── The centre's window ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("happened", "moment", "inside"),
    [
        ("2026-10-24T23:00", "2026-11-24T23:59:59", True),
        ("2026-10-24T00:00", "2026-11-24T23:59:59", True),
        ("2026-10-24T23:00", "2026-11-25T00:00", False),
        ("2026-01-31T12:00", "2026-02-28T23:59:59", True),
        ("2026-01-31T12:00", "2026-03-01T00:00", False),
        ("2028-01-31T12:00", "2028-02-29T23:59:59", True),
        ("2028-01-31T12:00", "2028-03-01T00:00", False),
        ("2028-02-29T12:00", "2028-03-29T23:59:59", True),
        ("2028-02-29T12:00", "2028-03-30T00:00", False),
        ("2026-12-31T12:00", "2027-01-31T23:59:59", True),
        ("2026-12-31T12:00", "2027-02-01T00:00", False),
        # The last date of one window is the night on which the clock turns, 23 or 25 hours long.
        ("2026-02-28T12:00", "2026-03-28T23:59:59", True),
        ("2026-09-25T00:30", "2026-10-25T23:59:59", True),
        ("2026-09-25T23:59", "2026-10-26T00:00", False),
    ],
)
def test_a_window_of_a_month_holds_to_the_end_of_its_last_local_date(happened, moment, inside):
    found = ask(moment=at(moment), event=Interval(at(happened), at(happened)))
    assert (found.door != "later_services") is inside


def test_a_window_of_days_counts_dates():
    pack = make_pack(window=CareWindow(None, 30, ORIGIN))
    happened = Interval(None, at("2026-10-24T23:00"))
    assert ask(pack, at("2026-11-23T23:59"), event=happened).door != "later_services"
    assert ask(pack, at("2026-11-24T00:00"), event=happened).door == "later_services"


def test_whoever_calls_inside_the_window_is_inside_even_if_the_next_opening_is_after_it():
    friday_evening = at("2026-11-27T20:00")
    found = ask(moment=friday_evening, event=Interval(at("2026-10-27T20:00"), at("2026-10-27T20:00")))
    assert (found.door, found.opens_at) == ("centre_next", at("2026-11-30T08:00"))


def test_a_window_is_counted_from_the_latest_possible_time():
    assert ask(event=Interval(at("2020-01-01T00:00"), None)).door == "on_call_now"
    assert ask(event=Interval(None, None)).door == "on_call_now"


# ── Open or closed ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("moment", "door", "opens_at"),
    [
        ("2026-11-24T03:00", "on_call_now", "2026-11-24T08:00:00+02:00"),
        ("2026-11-24T07:59", "on_call_now", "2026-11-24T08:00:00+02:00"),
        ("2026-11-24T08:00", "centre_now", None),
        ("2026-11-27T17:59", "centre_now", None),
        ("2026-11-27T18:00", "on_call_now", "2026-11-30T08:00:00+02:00"),
        ("2026-12-24T12:00", "on_call_now", "2026-12-28T08:00:00+02:00"),
        ("2026-12-31T12:00", "centre_now", None),
        ("2026-06-19T12:00", "on_call_now", "2026-06-22T08:00:00+03:00"),
        ("2027-12-06T12:00", "on_call_now", "2027-12-07T08:00:00+02:00"),
        ("2028-02-29T12:00", "centre_now", None),
        ("2026-03-29T04:30", "on_call_now", "2026-03-30T08:00:00+03:00"),
        ("2026-10-25T03:30", "on_call_now", "2026-10-26T08:00:00+02:00"),
    ],
)
def test_the_calendar_opens_and_closes_the_centre(moment, door, opens_at):
    found = ask(moment=at(moment))
    assert (found.door, found.opens_at and found.opens_at.isoformat()) == (door, opens_at)


def test_open_at_every_hour_still_tells_when_the_full_service_opens():
    assert ask(EVERY_NIGHT).opens_at == at("2026-11-24T08:00")


# ── Acute ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("since", "acute"),
    [
        (dt.timedelta(hours=71), True),
        (dt.timedelta(hours=72), True),
        (dt.timedelta(hours=72, seconds=59), True),
        (dt.timedelta(hours=72, minutes=1), False),
    ],
)
@pytest.mark.parametrize("moment", ["2026-11-24T03:00", "2026-03-29T06:00", "2026-10-25T06:00"])
def test_the_last_minute_of_the_acute_time_is_included_and_is_counted_in_utc(moment, since, acute):
    now = at(moment)
    latest = (now.astimezone(dt.UTC) - since).astimezone(now.tzinfo)
    found = ask(moment=now, event=Interval(latest - dt.timedelta(days=3), latest))
    assert (found.door == "on_call_now") is acute


# At 03:00 the centre opens in five hours.
@pytest.mark.parametrize(
    ("happened", "acute"),
    [
        (event(97, 95), True),  # possibly open now, shut at eight
        (event(92, 91), True),  # shut at eight
        (event(91, 90), False),  # still open at eight, on the minute
        (event(None, 95), True),
        (event(97, 96), True),  # open to its last moment
        (event(98, 96.1), False),  # shut already
    ],
)
def test_an_approved_window_that_could_shut_before_the_next_opening_is_acute(happened, acute):
    found = ask(NOT_ACUTE, event=happened, windows=(make_window(96, WindowKind.CARE),))
    assert (found.door == "on_call_now") is acute


def test_a_window_counts_only_once_it_is_approved_and_in_force():
    happened, window = event(97, 95), make_window(96)
    today = NIGHT.date()
    doors = [
        ask(NOT_ACUTE, event=happened, windows=(each,)).door
        for each in (
            replace(window, approved_by=""),
            replace(window, valid_from=today + dt.timedelta(days=1)),
            replace(window, valid_from=today),
        )
    ]
    assert doors == ["centre_next", "centre_next", "on_call_now"]


def test_a_window_is_in_force_from_the_midnight_of_the_centres_own_date():
    just_past_midnight = at("2026-11-24T00:30")
    window = make_window(96, valid_from=just_past_midnight.date())
    found = ask(NOT_ACUTE, just_past_midnight, event=event(95, 94, just_past_midnight), windows=(window,))
    assert found.door == "on_call_now"


def test_a_window_may_shut_before_an_opening_that_never_comes():
    never = replace(NOT_ACUTE, places=tuple(replace(place, hours=None) for place in NOT_ACUTE.places))
    found = ask(never, event=event(1, 1), windows=(make_window(96),))
    assert (found.door, found.opens_at) == ("on_call_now", None)
    assert ask(never, event=event(100, 100), windows=(make_window(96),)).door == "centre_next"


def test_somebody_of_those_on_call_is_enough():
    assert "nobody_on_call" not in ask(on_call=frozenset({"midwife"})).notes
    assert "nobody_on_call" in ask(on_call=frozenset({"chaplain"})).notes


# ── Areas, contradictions, zones ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("pack", "lives", "happened", "outside"),
    [
        (None, "turku", "turku", True),
        (None, "turku", None, False),
        (None, None, "turku", False),
        (None, "turku", "helsinki", False),
        (None, "HELSINKI", "turku", False),
        (BY_HOME, "turku", "helsinki", True),
        (BY_HOME, None, "turku", False),
        (BY_EVENT, "helsinki", "turku", True),
        (BY_EVENT, "turku", None, False),
        (SEA, None, "ship", False),
        (SEA, None, "abroad", False),
        (make_pack(area=make_area(by_home=False, by_event=False)), "turku", "turku", False),
    ],
)
def test_only_when_every_place_that_counts_is_known_and_outside_is_it_another_centre(pack, lives, happened, outside):
    assert (ask(pack, lives=lives, happened=happened).door == "other_centre") is outside


@pytest.mark.parametrize(
    ("earliest", "latest", "contradiction"),
    [
        (ago(1), ago(2), Contradiction.EARLIEST_AFTER_LATEST),
        (ago(1), ago(-1), Contradiction.AFTER_NOW),
        (None, ago(-0.1), Contradiction.AFTER_NOW),
        (ago(-0.1), None, Contradiction.AFTER_NOW),
        # An hour apart by the clock, in the doubled hour, though the wall shows the opposite.
        (at("2026-10-25T03:10").replace(fold=1), at("2026-10-25T03:50"), Contradiction.EARLIEST_AFTER_LATEST),
    ],
)
def test_times_that_contradict_each_other_are_refused(earliest, latest, contradiction):
    with pytest.raises(NotKnowable) as refused:
        ask(event=Interval(earliest, latest))
    assert refused.value.contradiction is contradiction


def test_now_is_not_after_now():
    assert ask(event=Interval(NIGHT, NIGHT)).door == "on_call_now"


def test_a_wall_clock_is_no_moment():
    with pytest.raises(ValueError, match="zone"):
        route(Known(), Policy(make_pack()), on_call=DUTIES, at=dt.datetime(2026, 11, 24, 3))  # noqa: DTZ001


def test_at_night_another_line_may_answer():
    day = make_line("day", "Mo-Fr 08:00-18:00", phone="+3581")
    night = make_line("night", "24/7", own=False, phone="+3582")
    pack = make_pack(lines=(day, night))
    assert [ask(pack, moment, wants=wants("talk"), age=ANY_AGE).phone for moment in (OPEN, NIGHT)] == ["+3581", "+3582"]
