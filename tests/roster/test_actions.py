"""Planning: what is put on, changed, split, removed and copied, and who is away; each form once, each change whole."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.gate.scope import within
from poukama.roster import access, actions
from poukama.roster.models import Absence, Shift
from poukama.roster.rules import Duty, Problem, Refused, Week
from poukama.staff.models import Member, Post
from poukama.staff.rules import Role
from tests.factories import at
from tests.people import make_centre, make_member
from tests.roster.planning import NOW, Roster, span

pytestmark = pytest.mark.django_db
EVENING, NIGHT = ("2026-11-27T14:00", "2026-11-27T22:00"), ("2026-11-27T22:00", "2026-11-28T06:00")


@pytest.fixture
def roster() -> Roster:
    return Roster()


def who(roster: Roster) -> list[tuple[str, str, str]]:
    """Who stands when, by the hour in Helsinki."""
    zone = roster.centre.zone
    return [
        (each.name, f"{each.span.begins.astimezone(zone):%d %H}", f"{each.span.ends.astimezone(zone):%d %H}")
        for each in roster.shifts()
    ]


def refused(problem: Problem):
    return pytest.raises(Refused, match=f"^{problem}$")


# ── Putting on ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_shift_is_put_on_and_is_a_line_of_the_trail(roster):
    change = roster.add(*NIGHT)
    assert who(roster) == [("Maija", "27 22", "28 06")]
    with within(roster.centre.pk):
        event = AuditEvent.objects.get(event="shift.added")
    assert (event.actor, event.target) == (roster.by.key, f"roster.change:{change.pk}")


def test_the_same_form_sent_again_does_nothing_more(roster):
    key = uuid4()
    first = roster.add(*NIGHT, key=key)
    assert roster.add(*NIGHT, key=key) == first
    assert len(roster.shifts()) == 1
    with within(roster.centre.pk):
        assert AuditEvent.objects.filter(event="shift.added").count() == 1


@pytest.mark.parametrize(
    ("begins", "ends", "login", "duty", "problem"),
    [
        ("2026-11-28T05:00", "2026-11-28T07:00", "outi", Duty.MIDWIFE, Problem.OVERLAPS),
        ("2026-12-24T22:00", "2026-12-25T06:00", "outi", Duty.MIDWIFE, Problem.ABSENT),
        ("2026-11-28T06:00", "2026-11-28T14:00", "laine", Duty.MIDWIFE, Problem.NO_POST),
        ("2026-11-28T06:00", "2026-11-28T14:00", "mikko", Duty.MIDWIFE, Problem.NO_POST),
        ("2025-12-31T06:00", "2025-12-31T14:00", "outi", Duty.MIDWIFE, Problem.NO_POST),
        ("2026-12-01T06:00", "2026-12-21T14:00", "outi", Duty.MIDWIFE, Problem.TOO_LONG),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(roster, begins, ends, login, duty, problem):
    roster.add(*NIGHT)
    roster.away("2026-12-24T00:00", "2026-12-27T00:00", "outi")
    with refused(problem):
        roster.add(begins, ends, login, duty)
    assert len(roster.shifts()) == 1
    with within(roster.centre.pk):
        assert AuditEvent.objects.filter(event="shift.added").count() == 1


def test_a_coordinator_is_a_midwife_and_may_answer_too(roster):
    roster.add(*NIGHT, "kaisa")
    assert who(roster) == [("Kaisa", "27 22", "28 06")]


def test_somebody_who_left_the_post_is_in_nobodys_way(roster):
    roster.add("2026-11-27T20:00", "2026-11-28T08:00")
    Post.objects.filter(member=roster["maija"]).update(ends=at("2026-11-27T22:00"))
    roster.add(*NIGHT, "outi")
    assert who(roster) == [("Maija", "27 20", "27 22"), ("Outi", "27 22", "28 06")]
    Member.objects.filter(pk=roster["outi"].pk).update(closed_at=NOW)
    roster.add(*NIGHT, "kaisa")
    assert who(roster) == [("Maija", "27 20", "27 22"), ("Kaisa", "27 22", "28 06")]


# ── Taking ───────────────────────────────────────────────────────────────────────────────────────────────────


def take(roster: Roster, login: str, of: str, duty: Duty = Duty.MIDWIFE):
    facts: dict[str, Any] = {"key": uuid4(), "duty": duty, "member": roster[of], "span": span(*NIGHT), "at": NOW}
    return actions.take_shift(roster.centre, by=roster.actor(login), **facts)


def test_a_midwife_takes_a_shift_where_nobody_is(roster):
    take(roster, "maija", "maija")
    assert who(roster) == [("Maija", "27 22", "28 06")]
    with refused(Problem.OVERLAPS):
        take(roster, "outi", "outi")


def test_nobody_puts_a_shift_on_another_but_those_who_plan(roster):
    with pytest.raises(PermissionDenied):
        take(roster, "maija", "outi")
    with pytest.raises(PermissionDenied):
        roster.add(*NIGHT, by=roster.actor("maija"))
    with pytest.raises(PermissionDenied):
        take(roster, "mikko", "mikko")
    roster.add(*NIGHT, by=roster.actor("mikko"))


def test_another_centre_does_not_exist(roster):
    ilona = make_member(Role.MANAGER, centre=make_centre("laakso"), login="ilona")
    roster.members["ilona"] = ilona
    with pytest.raises(Http404):
        roster.add(*NIGHT, by=roster.actor("ilona"))


# ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────────


def change(roster: Roster, shift: Shift, login: str, begins: str = NIGHT[0], ends: str = NIGHT[1], **more):
    facts: dict[str, Any] = {"key": uuid4(), "by": roster.by, "at": NOW, **more}
    return actions.change_shift(shift, member=roster[login], span=span(begins, ends), **facts)


def test_a_changed_shift_is_a_new_one_and_the_old_one_stays_in_the_book(roster):
    shift = roster.opened(roster.add(*NIGHT))
    swap = change(roster, shift, "outi", NIGHT[0], "2026-11-28T07:00")
    assert who(roster) == [("Outi", "27 22", "28 07")]
    with within(roster.centre.pk):
        old = Shift.objects.get(pk=shift.pk)
    assert (old.member, old.ends, old.taken_away_by_id) == (roster["maija"], span(*NIGHT).ends, swap.pk)


def test_a_swap_says_whose_it_was_until_it_is_theirs_again(roster):
    first = change(roster, roster.opened(roster.add(*NIGHT)), "outi")
    assert roster.shifts()[0].instead_of == "Maija"
    second = change(roster, roster.opened(first), "kaisa")
    assert roster.shifts()[0].instead_of == "Maija"
    change(roster, roster.opened(second), "maija")
    assert roster.shifts()[0].instead_of == ""


def test_a_change_of_nothing_is_none(roster):
    first = roster.add(*NIGHT)
    assert change(roster, roster.opened(first), "maija") == first


def test_the_second_of_two_who_change_a_shift_is_told(roster):
    shift = roster.opened(roster.add(*NIGHT))
    change(roster, shift, "outi")
    with refused(Problem.CHANGED_MEANWHILE):
        change(roster, shift, "kaisa")
    with refused(Problem.CHANGED_MEANWHILE):
        actions.remove_shift(shift, key=uuid4(), by=roster.by, at=NOW)
    assert who(roster) == [("Outi", "27 22", "28 06")]


def test_a_change_sent_twice_is_one(roster):
    shift, key = roster.opened(roster.add(*NIGHT)), uuid4()
    assert change(roster, shift, "outi", key=key) == change(roster, shift, "outi", key=key)
    assert who(roster) == [("Outi", "27 22", "28 06")]


def test_a_shift_is_changed_over_its_own_time_but_not_over_anothers(roster):
    roster.add(*EVENING, "outi")
    shift = roster.opened(roster.add(*NIGHT))
    with refused(Problem.OVERLAPS):
        change(roster, shift, "maija", "2026-11-27T21:00")
    change(roster, shift, "maija", "2026-11-27T23:00")
    assert who(roster) == [("Outi", "27 14", "27 22"), ("Maija", "27 23", "28 06")]


def test_a_removed_shift_leaves_its_time_free(roster):
    shift = roster.opened(roster.add(*NIGHT))
    actions.remove_shift(shift, key=uuid4(), by=roster.by, at=NOW)
    assert roster.shifts() == []
    roster.add(*NIGHT, "outi")


# ── Splitting ────────────────────────────────────────────────────────────────────────────────────────────────


def split(roster: Roster, shift: Shift, moment: str, login: str):
    facts: dict[str, Any] = {"key": uuid4(), "by": roster.by, "at": NOW}
    return actions.split_shift(shift, moment=at(moment), member=roster[login], **facts)


def test_a_split_shift_is_two_and_the_second_may_be_anothers(roster):
    shift = roster.opened(roster.add(*NIGHT))
    split(roster, shift, "2026-11-28T02:00", "outi")
    assert who(roster) == [("Maija", "27 22", "28 02"), ("Outi", "28 02", "28 06")]
    assert [each.instead_of for each in roster.shifts()] == ["", "Maija"]


def test_a_shift_may_be_split_for_the_same_member(roster):
    split(roster, roster.opened(roster.add(*NIGHT)), "2026-11-28T02:00", "maija")
    assert who(roster) == [("Maija", "27 22", "28 02"), ("Maija", "28 02", "28 06")]


@pytest.mark.parametrize(
    ("moment", "login", "problem"),
    [
        ("2026-11-27T22:00", "outi", Problem.NOT_INSIDE),
        ("2026-11-28T06:00", "outi", Problem.NOT_INSIDE),
        ("2026-11-28T02:00", "laine", Problem.NO_POST),
    ],
)
def test_a_split_that_cannot_be_leaves_the_shift_as_it_is(roster, moment, login, problem):
    shift = roster.opened(roster.add(*NIGHT))
    with refused(problem):
        split(roster, shift, moment, login)
    assert who(roster) == [("Maija", "27 22", "28 06")]


# ── Copying ──────────────────────────────────────────────────────────────────────────────────────────────────


def copy(roster: Roster, source: str = "2026-W48", target: str = "2026-W49", **more):
    facts: dict[str, Any] = {"key": uuid4(), "by": roster.by, "at": NOW, **more}
    return actions.copy_week(roster.centre, source=Week.read(source), target=Week.read(target), **facts)


def test_a_week_is_copied_where_nobody_is_yet(roster):
    roster.add(*EVENING, "outi")
    roster.add(*NIGHT)
    roster.add("2026-11-29T22:00", "2026-11-30T08:00", "outi")
    roster.add("2026-12-04T20:00", "2026-12-04T21:00", "kaisa")
    made = copy(roster)
    assert made.left_out == 1
    assert who(roster)[2:] == [
        ("Outi", "29 22", "30 08"),
        ("Kaisa", "04 20", "04 21"),
        ("Maija", "04 22", "05 06"),
        ("Outi", "06 22", "07 08"),
    ]


def test_a_copy_sent_twice_is_one_and_a_second_copy_finds_nothing_left(roster):
    roster.add(*NIGHT)
    key = uuid4()
    assert copy(roster, key=key) == copy(roster, key=key)
    with refused(Problem.NOTHING_TO_COPY):
        copy(roster)
    assert len(roster.shifts()) == 2


def test_a_copied_week_forgets_last_weeks_swaps(roster):
    change(roster, roster.opened(roster.add(*NIGHT)), "outi")
    copy(roster)
    assert [each.instead_of for each in roster.shifts()] == ["Maija", ""]


def test_copying_takes_as_many_queries_for_many_shifts_as_for_one(roster, django_assert_max_num_queries):
    for day in range(23, 30):
        for hour in (0, 6, 12):
            roster.add(f"2026-11-{day}T{hour:02}:00", f"2026-11-{day}T{hour + 6:02}:00")
    with django_assert_max_num_queries(26):
        copy(roster)


# ── Absences ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_absence_frees_what_its_member_was_to_stand_meanwhile(roster):
    roster.add(*EVENING, "outi")
    roster.add(*NIGHT)
    roster.away("2026-11-28T00:00", "2026-11-28T04:00")
    assert who(roster) == [("Outi", "27 14", "27 22"), ("Maija", "27 22", "28 00"), ("Maija", "28 04", "28 06")]


def test_nobody_is_away_twice_at_once(roster):
    roster.away("2026-12-24T00:00", "2026-12-27T00:00")
    with refused(Problem.AWAY_ALREADY):
        roster.away("2026-12-26T00:00", "2026-12-28T00:00")
    roster.away("2026-12-27T00:00", "2026-12-28T00:00")


def absence_of(roster: Roster, number: int = 0) -> Absence:
    listed = access.absences(roster.centre, by=roster.by, at=NOW)
    return access.absence(roster.centre, listed[number].pk, by=roster.by, at=NOW)


def end(roster: Roster, absence: Absence, when: str):
    return actions.end_absence(absence, key=uuid4(), by=roster.by, at=at(when))


def test_somebody_who_is_back_can_be_put_on_again_and_the_days_away_stay_in_the_book(roster):
    roster.away("2026-11-23T00:00", "2026-11-30T00:00")
    absence = absence_of(roster)
    end(roster, absence, "2026-11-27T12:00")
    roster.add(*NIGHT)
    with refused(Problem.ABSENT):
        roster.add("2026-11-27T10:00", "2026-11-27T13:00")
    with refused(Problem.CHANGED_MEANWHILE):
        end(roster, absence, "2026-11-27T12:00")


def test_an_absence_that_has_not_begun_never_was(roster):
    roster.away("2026-11-27T00:00", "2026-11-30T00:00")
    end(roster, absence_of(roster), "2026-11-24T03:00")
    roster.add(*NIGHT)
    assert access.absences(roster.centre, by=roster.by, at=NOW) == []


def test_an_absence_that_is_over_cannot_be_ended(roster):
    roster.away("2026-11-24T00:00", "2026-11-25T00:00")
    with refused(Problem.CHANGED_MEANWHILE):
        end(roster, absence_of(roster), "2026-11-25T00:00")


# ── At the same time ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_of_many_who_fill_one_gap_at_once_one_does_and_the_others_are_told():
    roster = Roster()
    told: list[Problem | None] = []

    def one(login: str) -> None:
        try:
            roster.add(*NIGHT, login)
            told.append(None)
        except Refused as refusal:
            told.append(refusal.problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(login,)) for login in ("maija", "outi", "kaisa") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, told)) == ["None", *["overlaps"] * 5]
    assert len(roster.shifts()) == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_many_at_once_is_one_change():
    roster, key = Roster(), uuid4()

    def one() -> None:
        roster.add(*NIGHT, key=key)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(roster.shifts()) == 1
