"""Reading who is on, where nobody is, and a week; each with its permission, and no centre but one's own."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.gate.rules import NOBODY
from poukama.gate.scope import within
from poukama.roster import access, actions
from poukama.roster.rules import Cover, Duty, Gap, Verb, Week
from poukama.staff.models import Member, Post
from poukama.staff.rules import Role
from tests.factories import at
from tests.people import make_centre, make_member
from tests.roster.planning import NOW, Roster

pytestmark = pytest.mark.django_db
NIGHT = ("2026-11-27T22:00", "2026-11-28T06:00")
W48 = Week(2026, 48)


@pytest.fixture
def roster() -> Roster:
    return Roster()


def covering(roster: Roster, when: str) -> list[tuple[str, str]]:
    return [(each.duty, each.name) for each in access.covering(roster.centre, by=roster.by, at=at(when))]


def week(roster: Roster, number: Week = W48, when: dt.datetime = NOW):
    return access.week(roster.centre, number, by=roster.by, at=when)


def lines(roster: Roster, event: str) -> int:
    with within(roster.centre.pk):
        return AuditEvent.objects.filter(event=event).count()


# ── Who is on ────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_is_on_is_told_with_number_and_end_first_in_line_first(roster):
    roster.add(*NIGHT, "laine", Duty.DOCTOR)
    roster.add(*NIGHT)
    found = access.covering(roster.centre, by=roster.actor("maija"), at=at("2026-11-28T02:00"))
    assert found == (
        Cover("midwife", "Maija", "+358400000001", at(NIGHT[1]), at(NIGHT[0])),
        Cover("doctor", "Laine", "+358400000003", at(NIGHT[1]), at(NIGHT[0])),
    )


@pytest.mark.parametrize(
    ("when", "on"),
    [
        ("2026-11-27T02:00", []),
        ("2026-11-27T21:59", []),
        ("2026-11-27T22:00", [("midwife", "Maija")]),
        ("2026-11-28T02:00", [("midwife", "Maija")]),
        ("2026-11-28T06:00", []),
    ],
)
def test_friday_night_to_saturday_morning_is_on_in_between_and_at_no_other_time(roster, when, on):
    roster.add(*NIGHT)
    assert covering(roster, when) == on


def test_one_is_on_duty_while_ones_shift_lasts(roster):
    roster.add(*NIGHT)
    during, after = at("2026-11-28T02:00"), at(NIGHT[1])
    assert access.is_on(roster.centre, by=roster.actor("maija"), at=during)
    assert not access.is_on(roster.centre, by=roster.actor("maija"), at=after)
    assert not access.is_on(roster.centre, by=roster.actor("laine"), at=during)


def test_whoever_left_the_post_or_the_house_rings_no_more(roster):
    roster.add(*NIGHT)
    roster.add(*NIGHT, "laine", Duty.DOCTOR)
    Post.objects.filter(member=roster["maija"]).update(ends=at("2026-11-28T01:00"))
    assert covering(roster, "2026-11-28T00:00") == [("midwife", "Maija"), ("doctor", "Laine")]
    assert covering(roster, "2026-11-28T02:00") == [("doctor", "Laine")]
    Member.objects.filter(pk=roster["laine"].pk).update(closed_at=NOW)
    assert covering(roster, "2026-11-28T02:00") == []


def test_who_is_on_is_two_questions_and_no_line_of_the_trail(roster, django_assert_max_num_queries):
    roster.add(*NIGHT)
    roster.add(*NIGHT, "laine", Duty.DOCTOR)
    with within(roster.centre.pk):
        before = AuditEvent.objects.count()
    # A savepoint, the walls before and after, and the two.
    with django_assert_max_num_queries(6):
        access.covering(roster.centre, by=roster.by, at=at("2026-11-28T02:00"))
    with within(roster.centre.pk):
        assert AuditEvent.objects.count() == before


# ── Gaps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_centre_has_its_first_gap_now(roster):
    gap = access.next_gap(roster.centre, by=roster.by, at=NOW)
    assert gap == Gap(Duty.MIDWIFE, NOW, NOW + dt.timedelta(days=14))


def test_the_next_gap_is_the_first_in_a_duty_that_must_be_covered(roster):
    for begins, ends in (("24T00", "30T00"), ("30T00", "30T22"), ("30T23", "30T23:30")):
        roster.add(f"2026-11-{begins}:00", f"2026-11-{ends.removesuffix(':30')}:{'30' if ':30' in ends else '00'}")
    roster.add("2026-11-24T00:00", "2026-12-01T00:00", "laine", Duty.DOCTOR)
    assert access.next_gap(roster.centre, by=roster.by, at=NOW) == Gap(
        Duty.MIDWIFE, at("2026-11-30T22:00"), at("2026-11-30T23:00")
    )


def test_without_a_gap_in_two_weeks_there_is_none(roster):
    for begins, ends in (("11-24", "12-01"), ("12-01", "12-08"), ("12-08", "12-10")):
        roster.add(f"2026-{begins}T00:00", f"2026-{ends}T00:00")
        roster.add(f"2026-{begins}T00:00", f"2026-{ends}T00:00", "laine", Duty.DOCTOR)
    assert access.next_gap(roster.centre, by=roster.by, at=NOW) is None


# ── The week ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_week_has_a_row_for_each_duty_and_a_line_in_the_trail(roster):
    seen = week(roster)
    assert [(row.duty, row.required) for row in seen.rows] == [
        (Duty.MIDWIFE, True),
        (Duty.DOCTOR, True),
        (Duty.SOCIAL_WORKER, False),
        (Duty.PSYCHOLOGIST, False),
        (Duty.CHAPLAIN, False),
    ]
    assert (seen.empty, seen.planned_before, len(seen.gaps)) == (True, False, 2)
    assert seen.missing_now(NOW) == (Duty.MIDWIFE, Duty.DOCTOR)
    assert lines(roster, "roster.read") == 1


def test_a_night_stands_on_both_its_days_and_a_gap_over_the_end_of_the_week_to_its_end(roster):
    roster.add("2026-11-23T00:00", "2026-11-29T22:00")
    roster.add("2026-11-30T08:00", "2026-11-30T20:00", "outi")
    seen = week(roster)
    midwife = seen.rows[0]
    assert midwife.covered == dt.timedelta(hours=166)
    sunday = midwife.days[6]
    assert [(entry.shift is None, entry.from_before, entry.goes_on) for entry in sunday] == [
        (False, True, False),
        (True, False, True),
    ]
    assert seen.gaps[1] == Gap(Duty.MIDWIFE, at("2026-11-29T22:00"), at("2026-11-30T08:00"))
    assert (seen.empty, seen.planned_before) == (False, True)


def test_a_gap_whose_end_is_not_in_sight_ends_with_the_week(roster):
    roster.add("2026-11-23T00:00", "2026-11-29T22:00")
    assert week(roster).gaps[1].ends == at("2026-11-30T00:00")


@pytest.mark.parametrize(("number", "hours"), [("2026-W43", 169), ("2026-W13", 167)])
def test_a_row_that_is_covered_at_all_hours_has_the_weeks_true_hours(roster, number, hours):
    wanted = Week.read(number)
    begins, ends = (f"{each.monday}T00:00" for each in (wanted, wanted.later(1)))
    roster.add(begins, ends)
    row = week(roster, wanted).rows[0]
    assert row.covered == row.length == dt.timedelta(hours=hours)


def test_a_week_shows_who_is_away_in_it(roster):
    roster.away("2026-11-25T00:00", "2026-11-26T00:00", "outi")
    roster.away("2026-11-30T00:00", "2026-12-01T00:00", "maija")
    assert [each.name for each in week(roster).absences] == ["Outi"]


def test_a_week_takes_as_many_queries_full_as_empty(roster, django_assert_max_num_queries):
    week(roster)
    for day in range(23, 30):
        for hour in (0, 6, 12):
            roster.add(f"2026-11-{day}T{hour:02}:00", f"2026-11-{day}T{hour + 6:02}:00")
    with django_assert_max_num_queries(13):
        week(roster)


# ── What a form needs ────────────────────────────────────────────────────────────────────────────────────────


def test_a_shift_is_opened_by_those_who_plan_and_says_when_it_stands_no_longer(roster):
    shift = roster.shifts(roster.add(*NIGHT).pk)[0]
    opened = access.shift(roster.centre, shift.pk, by=roster.by, at=NOW)
    assert (opened.shift, opened.stands) == (shift, True)
    assert lines(roster, "shift.read") == 1
    with pytest.raises(PermissionDenied):
        access.shift(roster.centre, shift.pk, by=roster.actor("maija"), at=NOW)
    actions.change_shift(opened.row, key=uuid4(), member=roster["outi"], span=opened.shift.span, by=roster.by, at=NOW)
    assert not access.shift(roster.centre, shift.pk, by=roster.by, at=NOW).stands
    swapped = roster.shifts()[0]
    assert access.shift(roster.centre, swapped.pk, by=roster.by, at=NOW).shift.instead_of == "Maija"
    with pytest.raises(Http404):
        access.shift(roster.centre, 4711, by=roster.by, at=NOW)


def test_who_plans_chooses_among_everybody_and_a_midwife_has_only_herself(roster):
    people = {person.member.name: person.duties for person in access.people(roster.centre, by=roster.by, at=NOW)}
    midwife, doctor = frozenset({Duty.MIDWIFE}), frozenset({Duty.DOCTOR})
    assert people == {"Kaisa": midwife, "Laine": doctor, "Maija": midwife, "Niemi": doctor, "Outi": midwife}
    Post.objects.filter(member=roster["niemi"]).update(ends=NOW)
    Member.objects.filter(pk=roster["laine"].pk).update(closed_at=NOW)
    assert len(access.people(roster.centre, by=roster.by, at=NOW)) == 3
    assert access.people(roster.centre, by=roster.actor("maija"), at=NOW) == [access.Person(roster["maija"], midwife)]


def test_absences_are_listed_while_they_last(roster):
    roster.away("2026-11-23T00:00", "2026-11-24T03:00", "outi")
    roster.away("2026-11-23T00:00", "2026-11-24T03:15", "maija")
    assert [each.name for each in access.absences(roster.centre, by=roster.by, at=NOW)] == ["Maija"]
    assert lines(roster, "absences.listed") == 1


def test_an_absence_that_is_not_there_is_not_there(roster):
    with pytest.raises(Http404):
        access.absence(roster.centre, 4711, by=roster.by, at=NOW)


def test_a_change_says_what_it_did(roster):
    roster.add(*NIGHT)
    away = roster.away("2026-11-28T00:00", "2026-11-28T04:00")
    outcome = access.outcome(roster.centre, away.pk, by=roster.by, at=NOW)
    assert outcome == access.Outcome(Verb.AWAY, made=2, took_away=1, left_out=0)
    assert access.outcome(roster.centre, uuid4(), by=roster.by, at=NOW) is None


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────

READS = {
    "covering": lambda centre, by: access.covering(centre, by=by, at=NOW),
    "is_on": lambda centre, by: access.is_on(centre, by=by, at=NOW),
    "next_gap": lambda centre, by: access.next_gap(centre, by=by, at=NOW),
    "week": lambda centre, by: access.week(centre, W48, by=by, at=NOW),
    "people": lambda centre, by: access.people(centre, by=by, at=NOW),
    "absences": lambda centre, by: access.absences(centre, by=by, at=NOW),
    "absence": lambda centre, by: access.absence(centre, 1, by=by, at=NOW),
    "shift": lambda centre, by: access.shift(centre, 1, by=by, at=NOW),
    "outcome": lambda centre, by: access.outcome(centre, uuid4(), by=by, at=NOW),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_another_centres_roster_does_not_exist(roster, read):
    roster.members["ilona"] = make_member(Role.MANAGER, centre=make_centre("laakso"), login="ilona")
    for stranger in (NOBODY, roster.actor("ilona")):
        with pytest.raises(Http404):
            read(roster.centre, stranger)
