"""The roster that the practice version starts with."""

import datetime as dt

import pytest

from demo.roster import roster
from poukama.centres.models import Centre
from poukama.roster import access
from poukama.roster.rules import Duty, Week
from poukama.roster.week import WeekSeen
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.factories import at
from tests.people import make_centre, make_member

pytestmark = pytest.mark.django_db
NOW = at("2026-11-24T03:00")
W48 = Week(2026, 48)
PEOPLE = {
    "kaisa": Role.MIDWIFE_COORDINATOR,
    **dict.fromkeys(("maija", "kerttu", "ilona", "outi"), Role.MIDWIFE),
    **dict.fromkeys(("laine", "niemi", "koski"), Role.DOCTOR),
    "sini": Role.SOCIAL_WORKER,
    "pia": Role.PSYCHOLOGIST,
    "hanna": Role.CHAPLAIN,
}


@pytest.fixture
def satama() -> Centre:
    centre = make_centre()
    for login, role in PEOPLE.items():
        make_member(role, centre=centre, login=login)
    return centre


def seen(centre: Centre, number: Week = W48) -> WeekSeen:
    by = standing(Member.objects.get(login="kaisa"), NOW).actor
    return access.week(centre, number, by=by, at=NOW)


def test_this_week_has_two_gaps_from_ten_on_sunday(satama):
    assert roster({"satama": satama}, NOW) == 1
    assert [(gap.duty, gap.begins, gap.ends) for gap in seen(satama).gaps] == [
        (Duty.MIDWIFE, at("2026-11-29T22:00"), at("2026-11-30T00:00")),
        (Duty.DOCTOR, at("2026-11-29T22:00"), at("2026-11-30T08:00")),
    ]


def test_the_other_weeks_are_covered_but_for_the_gap_that_reaches_over(satama):
    roster({"satama": satama}, NOW)
    assert [gap.ends for gap in seen(satama, W48.later(1)).gaps] == [at("2026-11-30T08:00")]
    assert [gap.duty for gap in seen(satama, W48.later(-1)).gaps] == [Duty.DOCTOR]


def test_somebody_is_on_the_telephone_at_any_hour_of_the_night(satama):
    roster({"satama": satama}, NOW)
    assert [cover.name for cover in seen(satama).now] == ["Maija", "Laine", "Hanna"]


def test_the_week_shows_swaps_and_who_is_away(satama):
    roster({"satama": satama}, NOW)
    week = seen(satama)
    swaps = {e.shift.instead_of for row in week.rows for day in row.days for e in day if e.shift} - {""}
    assert swaps == {"Kaisa", "Niemi"}
    assert [away.name for away in week.absences] == ["Pia"]


def test_a_roster_that_is_there_is_left_as_it_is(satama):
    roster({"satama": satama}, NOW)
    before = seen(satama)
    assert roster({"satama": satama}, NOW + dt.timedelta(days=7)) == 0
    assert seen(satama) == before


def test_laakso_has_its_doctor_and_its_midwife():
    centre = make_centre("laakso")
    for login, role in (("ida", Role.ADMINISTRATOR), ("elli", Role.MIDWIFE), ("laine", Role.DOCTOR)):
        make_member(role, centre=centre, login=login)
    assert roster({"laakso": centre}, NOW) == 1
    by = standing(Member.objects.get(login="ida"), NOW).actor
    assert access.week(centre, W48, by=by, at=NOW).gaps == ()


def test_without_people_there_is_no_roster():
    assert roster({"satama": make_centre(), "elsewhere": make_centre("laakso")}, NOW) == 0
