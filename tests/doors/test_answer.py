"""What an answer carries besides the door: places, the number to call first, notes."""

from dataclasses import replace

import pytest

from poukama.centres.rules import Ages, CallFirst, CareWindow, Duty, NightRule, PlaceKind, SignList
from poukama.doors.known import ANY_AGE, Age, Answer, Asker, Note
from poukama.protocols.rules import WindowKind
from tests.doors.asking import NIGHT, OPEN, ask, event, signs, wants
from tests.factories import (
    EXAMPLE,
    at,
    make_area,
    make_line,
    make_night,
    make_pack,
    make_place,
    make_places,
    make_window,
)

LINE = "+358400000000"
WITH_NUMBERS = make_pack(
    places=(
        make_place("centre", PlaceKind.CENTRE, "Mo-Fr 08:00-18:00", phone="+3581"),
        make_place("islands", PlaceKind.CENTRE, "Tu 10:00-14:00", phone="+3582"),
        make_place("emergency", PlaceKind.EMERGENCY, "24/7", phone="+3583"),
        make_place("north", PlaceKind.CHILDREN, "Mo-Fr 08:00-16:00", phone="+3584"),
        make_place("south", PlaceKind.CHILDREN, phone="+3585"),
        make_place("later", PlaceKind.LATER, "Mo-Fr 09:00-15:00", phone="116117"),
    )
)


@pytest.mark.parametrize(
    ("asked", "places", "phone"),
    [
        ({"in_danger": Answer.YES}, "", "112"),
        ({"age": Age(0, 15)}, "north south", "+3585"),
        ({"age": Age(0, 15), "moment": OPEN}, "north south", "+3584"),
        ({"signs": signs("neck")}, "emergency", "+3583"),
        ({"event": event(1000, 900)}, "later", LINE),
        ({"event": event(1000, 900), "moment": OPEN}, "later", "116117"),
        ({"lives": "turku", "happened": "turku"}, "", LINE),
        ({"age": ANY_AGE}, "", LINE),
        ({"moment": OPEN}, "centre islands", "+3581"),
        ({"moment": at("2026-11-24T17:00")}, "centre", "+3581"),
        ({}, "emergency", "+3583"),
        ({"on_call": frozenset()}, "emergency", "+3583"),
        ({"event": event(100, 80)}, "centre", LINE),
        ({"pack": replace(WITH_NUMBERS, night=make_night(by_way_of=None))}, "centre islands", LINE),
        ({"pack": replace(WITH_NUMBERS, night=make_night(NightRule.ALWAYS))}, "centre islands", LINE),
    ],
)
def test_a_door_has_its_places_and_its_own_number_if_it_answers_now(asked, places, phone):
    found = ask(**{"pack": WITH_NUMBERS, **asked})
    assert (" ".join(place.code for place in found.places), found.phone) == (places, phone)


def test_sites_that_open_together_are_all_the_next_opening():
    twins = tuple(make_place(code, PlaceKind.CENTRE, "Mo-Fr 08:00-18:00") for code in ("east", "west"))
    found = ask(make_pack(places=twins), event=event(100, 80))
    assert (found.places, found.opens_at) == (twins, at("2026-11-24T08:00"))


def test_a_site_that_never_opens_again_does_not_stand_in_the_way():
    places = (make_place("gone", PlaceKind.CENTRE, "off"), make_place("centre", PlaceKind.CENTRE, "Mo-Fr 08:00-18:00"))
    found = ask(make_pack(places=places), event=event(100, 80))
    assert ([place.code for place in found.places], found.opens_at) == (["centre"], at("2026-11-24T08:00"))


def test_with_nobody_on_call_the_emergency_clinics_number_stands_even_where_the_way_in_is_another():
    places = (
        make_place("centre", PlaceKind.CENTRE, "Mo-Fr 08:00-18:00"),
        make_place("night_door", PlaceKind.CENTRE, phone="+3581"),
        make_place("emergency", PlaceKind.EMERGENCY, phone="+3582"),
    )
    pack = make_pack(places=places, night=make_night(by_way_of="night_door"))
    assert ask(pack).phone == "+3581"
    assert ask(pack, on_call=frozenset()).phone == "+3582"


# ── Notes ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "notes"),
    [
        ({"moment": OPEN}, "police_optional preserve"),
        ({}, "call_first police_optional preserve"),
        ({"signs": signs("neck")}, "call_first police_optional preserve"),
        ({"moment": OPEN, "infection": Answer.YES}, "call_first police_optional preserve"),
        ({"infection": Answer.YES}, "call_first police_optional preserve"),
        ({"moment": OPEN, "infection": Answer.NO}, "police_optional preserve"),
        ({"on_call": frozenset()}, "nobody_on_call call_first police_optional preserve"),
        ({"age": ANY_AGE, "on_call": frozenset()}, "nobody_on_call under_18_duty preserve"),
        ({"moment": OPEN, "asker": Asker.CLOSE_PERSON}, "police_optional close_person preserve"),
        ({"moment": OPEN, "asker": Asker.PROFESSIONAL}, "police_optional professional preserve"),
        ({"moment": OPEN, "asker": Asker.SELF}, "police_optional preserve"),
        ({"moment": OPEN, "signs": signs("suicidal")}, "stay_on_the_line police_optional preserve"),
        ({"in_danger": Answer.YES, "signs": signs("suicidal")}, "stay_on_the_line police_optional preserve"),
        ({"event": event(1000, 900)}, "police_optional"),
    ],
)
def test_what_is_said_whatever_the_door(asked, notes):
    assert " ".join(ask(**asked).notes) == notes


@pytest.mark.parametrize(
    ("age", "note"),
    [
        (Age(17, 17), "under_18_duty"),
        (Age(16, 17), "under_18_duty"),
        (Age(17, 18), "under_18_duty"),
        (Age(16), "under_18_duty"),
        (ANY_AGE, "under_18_duty"),
        (Age(0, 15), "under_18_duty"),
        (Age(18, 18), "police_optional"),
        (Age(18), "police_optional"),
    ],
)
def test_whoever_may_be_under_18_hears_of_the_duty_and_never_that_a_report_is_optional(age, note):
    assert [each for each in ask(moment=OPEN, age=age).notes if each in {"under_18_duty", "police_optional"}] == [note]


def test_where_there_is_no_duty_nothing_is_said_of_one():
    assert ask(make_pack(duty=None), OPEN).notes == (Note.PRESERVE,)


@pytest.mark.parametrize(
    ("windows", "latest", "kept"),
    [
        ((make_window(96), make_window(48)), 96, True),
        ((make_window(48), make_window(96)), 96.1, False),
        ((make_window(48), make_window(500, WindowKind.CARE)), 49, False),
        ((make_window(500, WindowKind.CARE),), 600, True),  # no sample window: the centre's month
        ((), 600, True),
        ((), 900, False),
        ((make_window(96),), None, True),
        # The longest is the longest, whatever it is called and wherever it stands.
        ((make_window(96, code="a"), make_window(48, code="b")), 60, True),
        ((make_window(48, code="b"), make_window(96, code="a")), 60, True),
    ],
)
def test_what_may_be_within_the_longest_sample_window_is_worth_preserving(windows, latest, kept):
    assert (Note.PRESERVE in ask(event=event(None, latest), windows=windows).notes) is kept


def test_without_any_window_it_is_always_worth_preserving():
    assert Note.PRESERVE in ask(make_pack(window=None), event=event(99999, 99999)).notes


# ── What is not approved ─────────────────────────────────────────────────────────────────────────────────────

NOT_HERE = {"lives": "turku", "happened": "turku"}
MONTH_AGO = {"event": event(1000, 900)}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"emergency_signs": SignList(frozenset({"neck"}), EXAMPLE)}, {"signs": signs("neck")}),
        ({"medical_signs": SignList(frozenset({"neck"}), EXAMPLE)}, {"signs": signs("neck")}),
        ({"ages": Ages(16, 16, EXAMPLE)}, {"age": Age(0, 15)}),
        ({"ages": Ages(16, 16, EXAMPLE)}, {"age": ANY_AGE}),
        ({"ages": Ages(16, 16, EXAMPLE)}, {"age": ANY_AGE, **NOT_HERE}),
        ({"window": CareWindow(1, None, EXAMPLE)}, MONTH_AGO),
        ({"window": CareWindow(1, None, EXAMPLE)}, {}),
        ({"area": replace(make_area(), origin=EXAMPLE)}, NOT_HERE),
        ({"hours_origin": EXAMPLE}, {"moment": OPEN}),
        ({"hours_origin": EXAMPLE}, {"wants": wants("talk")}),
        ({"night": make_night(NightRule.ALWAYS, origin=EXAMPLE)}, {}),
        ({"night": make_night(acute_origin=EXAMPLE)}, {}),
        ({"night": make_night(acute_origin=EXAMPLE)}, {"event": event(100, 80)}),
        ({"night": make_night(acute_origin=EXAMPLE)}, {"age": ANY_AGE}),
        ({"call_first": CallFirst(frozenset({"centre_now"}), EXAMPLE)}, {"moment": OPEN}),
        ({"duty": Duty(18, (), EXAMPLE)}, {"moment": OPEN}),
        ({"country_origin": EXAMPLE}, {"in_danger": Answer.YES}),
        ({"lines": (make_line(origin=EXAMPLE),)}, {"wants": wants("talk")}),
        ({"places": tuple(replace(place, origin=EXAMPLE) for place in make_places())}, {"signs": signs("injury")}),
    ],
)
def test_an_example_that_took_part_in_the_answer_is_told(changes, asked):
    assert Note.UNAPPROVED_PROTOCOL in ask(make_pack(**changes), **asked).notes
    assert Note.UNAPPROVED_PROTOCOL not in ask(make_pack(), **asked).notes


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"emergency_signs": SignList(frozenset({"neck"}), EXAMPLE)}, {}),
        ({"ages": Ages(16, 16, EXAMPLE)}, {}),
        ({"night": make_night(origin=EXAMPLE, acute_origin=EXAMPLE)}, {"moment": OPEN}),
        ({"country_origin": EXAMPLE}, {}),
        ({"call_first": CallFirst(frozenset({"centre_now"}), EXAMPLE)}, {"moment": OPEN, "infection": Answer.YES}),
    ],
)
def test_an_example_that_took_no_part_is_not_told(changes, asked):
    assert Note.UNAPPROVED_PROTOCOL not in ask(make_pack(**changes), **asked).notes


@pytest.mark.parametrize(
    ("window", "latest", "told"),
    [
        (make_window(96, approved_by=""), 3, True),
        (make_window(96), 3, False),
        (make_window(96, approved_by=""), 97, False),  # nothing is said to preserve, so nothing rests on it
        (make_window(96, valid_from=at("2026-11-25T00:00").date()), 3, True),
    ],
)
def test_a_sample_window_that_nobody_approved_is_told(window, latest, told):
    found = ask(moment=NIGHT, event=event(latest, latest), windows=(window,))
    assert (Note.UNAPPROVED_PROTOCOL in found.notes) is told
