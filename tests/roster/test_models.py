"""What the database itself refuses, whoever asks and by whatever way."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from poukama.gate.scope import within
from poukama.roster.models import Absence, Change, Shift
from tests.people import make_centre, make_member
from tests.roster.planning import NOW, Roster, span

pytestmark = pytest.mark.django_db


def put(roster: Roster, change: Change, begins: str, ends: str, **more: Any) -> Shift:
    time = span(begins, ends)
    facts: dict[str, Any] = {
        "duty": "midwife",
        "member": roster["outi"],
        "begins": time.begins,
        "ends": more.pop("ends_at", time.ends),
    } | more
    with transaction.atomic(), within(roster.centre.pk):
        return Shift.objects.create(centre=roster.centre, made_by=change, **facts)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2026-11-28T00:00", "2026-11-28T01:00"),
        ("2026-11-27T21:00", "2026-11-27T22:01"),
        ("2026-11-27T20:00", "2026-11-28T08:00"),
    ],
)
def test_a_shift_in_the_time_of_another_of_its_duty_is_refused(begins, ends):
    roster = Roster()
    change = roster.add("2026-11-27T22:00", "2026-11-28T06:00")
    with pytest.raises(IntegrityError, match="shift_one_at_a_time"):
        put(roster, change, begins, ends)


def test_back_to_back_shifts_and_other_duties_are_taken():
    roster = Roster()
    change = roster.add("2026-11-27T22:00", "2026-11-28T06:00")
    put(roster, change, "2026-11-27T20:00", "2026-11-27T22:00")
    put(roster, change, "2026-11-28T06:00", "2026-11-28T08:00")
    put(roster, change, "2026-11-27T22:00", "2026-11-28T06:00", duty="doctor")
    assert len(roster.shifts()) == 3, "the midwife is no doctor"


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"duty": "cook"}, "shift_duty_is_known"),
        ({"ends_at": span("2026-11-01T00:00", "2026-11-02T00:00").begins}, "shift_ends_later"),
    ],
)
def test_a_shift_ends_after_it_begins_and_is_on_a_duty(facts, constraint):
    roster = Roster()
    change = roster.add("2026-11-27T22:00", "2026-11-28T06:00")
    # A range that ends before it begins is no range, which the database may say first.
    with pytest.raises(DatabaseError, match=rf"{constraint}|range lower bound"):
        put(roster, change, "2026-11-02T22:00", "2026-11-03T06:00", **facts)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from {table}",
        "update {table} set member_id = member_id",
        "update {table} set taken_away_by_id = made_by_id, ends = ends + interval '1 hour'",
        "truncate {table} cascade",
    ],
)
@pytest.mark.parametrize("table", ["roster_shift", "roster_absence"])
def test_nothing_of_a_row_changes_but_its_being_taken_away(table, statement, owner):
    roster = Roster()
    roster.add("2026-11-27T22:00", "2026-11-28T06:00")
    roster.away("2026-12-27T22:00", "2026-12-28T06:00")
    with (
        pytest.raises(DatabaseError, match=r"refused|permission denied"),
        transaction.atomic(),
        within(roster.centre.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize("model", [Shift, Absence])
def test_what_is_taken_away_stays_away(model):
    roster = Roster()
    change = roster.add("2026-11-27T22:00", "2026-11-28T06:00")
    roster.away("2026-12-27T22:00", "2026-12-28T06:00")
    with within(roster.centre.pk):
        model.objects.update(taken_away_by=change)
        with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
            model.objects.update(taken_away_by=None)


def test_a_change_is_written_once():
    roster = Roster()
    roster.add("2026-11-27T22:00", "2026-11-28T06:00")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), within(roster.centre.pk):
        Change.objects.update(left_out=3)


def test_one_member_is_not_away_twice_at_once():
    roster = Roster()
    change = roster.away("2026-12-27T22:00", "2026-12-28T06:00")
    time = span("2026-12-28T00:00", "2026-12-29T00:00")
    with (
        pytest.raises(IntegrityError, match="absence_one_at_a_time"),
        transaction.atomic(),
        within(roster.centre.pk),
    ):
        Absence.objects.create(
            centre=roster.centre, member=roster["maija"], begins=time.begins, ends=time.ends, made_by=change
        )


def test_another_centres_rows_are_neither_seen_nor_in_the_way():
    roster = Roster()
    there = make_centre("laakso")
    ilona = make_member(centre=there, login="ilona")
    change = roster.add("2026-11-27T22:00", "2026-11-28T06:00")
    time = span("2026-11-27T22:00", "2026-11-28T06:00")
    with within(there.pk):
        assert not Shift.objects.exists()
        theirs = Change.objects.create(centre=there, verb="added", at=NOW)
        Shift.objects.create(
            centre=there, duty="midwife", member=ilona, begins=time.begins, ends=time.ends, made_by=theirs
        )
    assert Shift.objects.count() == 0, "outside of every centre there is nothing"
    with within(roster.centre.pk):
        assert [str(shift) for shift in Shift.objects.all()] == [f"shift {Shift.objects.get().pk}"]
        assert str(Change.objects.get()) == f"change {change.pk}"


def test_an_absence_is_called_by_its_number():
    roster = Roster()
    roster.away("2026-12-27T22:00", "2026-12-28T06:00")
    with within(roster.centre.pk):
        assert str(Absence.objects.get()) == f"absence {Absence.objects.get().pk}"
