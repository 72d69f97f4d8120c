"""What is written down stays, once, by who may; and the database keeps it so."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from poukama.audit.models import AuditEvent
from poukama.gate.scope import within
from poukama.premises import access, actions
from poukama.premises.models import LotInUse, Mishap, MishapStep, RoomEntry, SkillEntry
from poukama.premises.rules import Condition, Outcome, Refused, Shown, Skill, State, Step, Unfit, Verb
from poukama.staff.rules import Role
from tests.people import acting, make_centre, make_member
from tests.premises.conftest import AT
from tests.premises.writing import (
    DAY,
    add_to,
    begin_lot,
    room_line,
    write_mishap,
    write_room,
    write_skill,
)

RELEASED = room_line(Verb.CLEANED, Outcome.PASSED)


def seen(member, **known):
    return {"by": acting(member), "at": AT, **known}


def test_a_room_is_what_was_written_of_it_and_the_newest_line_stands_first(centre, maija):
    write_room(centre, maija, RELEASED)
    write_room(centre, maija, room_line(at=AT + dt.timedelta(minutes=1)), at=AT + dt.timedelta(minutes=1))
    found = access.rooms(centre, **seen(maija, at=AT + dt.timedelta(minutes=2)))
    assert {room: each.state for room, each in found.conditions.items()} == {
        "1": State.IN_USE,
        "2": State.UNKNOWN,
        "3": State.UNKNOWN,
    }
    assert [each.line.verb for each in found.lines] == [Verb.TAKEN, Verb.CLEANED]
    assert found.lines[1].line == RELEASED


def test_the_states_of_rooms_are_one_question_and_no_line_of_the_trail(centre, maija):
    for verb, room in ((Verb.LEFT, "1"), (Verb.ENTERED, "1"), (Verb.LOCKED, "2")):
        write_room(centre, maija, room_line(verb, room=room))
    by = acting(maija)
    with within(centre.pk):
        before = AuditEvent.objects.count()
        with CaptureQueriesContext(connection) as queries:
            found = access.states(centre, by=by, at=AT + dt.timedelta(minutes=1))
        assert AuditEvent.objects.count() == before
    assert len([each for each in queries.captured_queries if "roomentry" in each["sql"]]) == 1
    assert found == {"1": State.TO_CLEAN, "2": State.LOCKED}


def test_a_room_stays_locked_however_long_ago_somebody_locked_it_and_nothing_else_is_known_for_so_long(centre, maija):
    month = AT + dt.timedelta(days=31)
    write_room(centre, maija, RELEASED)
    write_room(centre, maija, room_line(Verb.LOCKED, room="2"))
    assert access.states(centre, **seen(maija, at=month)) == {"2": State.LOCKED}
    conditions = access.rooms(centre, **seen(maija, at=month)).conditions
    assert (conditions["1"], conditions["2"]) == (Condition(), Condition(State.LOCKED, AT))
    unlocked = room_line(Verb.UNLOCKED, room="2", at=month)
    write_room(centre, maija, unlocked, at=month)
    assert access.states(centre, **seen(maija, at=month))["2"] is State.TO_CLEAN


def test_an_open_mishap_and_a_lot_in_use_are_shown_however_many_came_after(centre, maija, monkeypatch):
    monkeypatch.setattr(access, "_LINES", 2)
    first, lot = write_mishap(centre, maija), begin_lot(centre, maija, "FIRST")
    for number in range(3):
        later = AT + dt.timedelta(minutes=number + 1)
        add_to(write_mishap(centre, maija, at=later), maija, closes=True, at=later)
        actions.end_lot(begin_lot(centre, maija, f"G-{number}", at=later), **seen(maija, at=later))
    found = access.mishaps(centre, **seen(maija))
    assert [(each.id == first.pk, each.closed) for each in found] == [(True, False), (False, True), (False, True)]
    lots = access.lots(centre, **seen(maija, at=AT + dt.timedelta(hours=1)))
    assert [(each.id == lot.pk, each.lot.ended is None) for each in lots] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_one_form_is_one_line_however_often_it_is_sent(centre, maija, kaisa):
    key = uuid4()
    rows = {write_room(centre, maija, key=key).pk for _ in range(2)}
    rows |= {begin_lot(centre, maija, key=key).pk for _ in range(2)}
    rows |= {write_skill(centre, kaisa, maija, key=key).pk for _ in range(2)}
    rows |= {write_mishap(centre, maija, key=key).pk for _ in range(2)}
    assert rows == {key}
    with within(centre.pk):
        counts = [kind.objects.count() for kind in (RoomEntry, LotInUse, SkillEntry, MishapStep)]
    assert counts == [1, 1, 1, 1]


def test_a_step_of_a_mishap_that_is_sent_twice_is_one(centre, maija):
    mishap, key = write_mishap(centre, maija), uuid4()
    assert add_to(mishap, maija, key=key).pk == add_to(mishap, maija, key=key).pk == key


def test_a_line_of_a_room_that_is_not_there_is_refused_and_nothing_is_written(centre, maija):
    with pytest.raises(Refused):
        write_room(centre, maija, room_line(room="99"))
    with within(centre.pk):
        assert not RoomEntry.objects.exists()


def test_a_lot_that_is_in_use_is_not_taken_twice_and_ends_once(centre, maija, kaisa):
    lot = begin_lot(centre, maija)
    assert begin_lot(centre, kaisa).pk == lot.pk
    assert actions.end_lot(lot, **seen(maija)).ended_at == AT
    assert actions.end_lot(lot, **seen(kaisa, at=AT + dt.timedelta(hours=1))).ended_at == AT
    assert begin_lot(centre, maija).pk != lot.pk
    states = [each.lot.ended for each in access.lots(centre, **seen(maija))]
    assert states == [None, AT]


def test_the_newest_word_on_a_skill_counts(centre, maija, kaisa):
    write_skill(centre, kaisa, maija)
    write_skill(centre, kaisa, maija, Shown(Skill.SAMPLING, DAY, taken_back=True))
    write_skill(centre, kaisa, maija, Shown(Skill.ELIMINATION_LIST, DAY))
    (of_maija,) = [each for each in access.skills(centre, **seen(kaisa)) if each.member == maija]
    assert of_maija.shown == (
        Shown(Skill.SAMPLING, DAY, taken_back=True),
        Shown(Skill.ELIMINATION_LIST, DAY),
    )


def test_everybody_sees_their_own_skills_and_whoever_keeps_them_all(centre, maija, kaisa, mirka):
    write_skill(centre, kaisa, maija)
    write_skill(centre, mirka, kaisa)
    assert [each.member for each in access.skills(centre, **seen(maija))] == [maija]
    assert [each.member for each in access.skills(centre, **seen(mirka))] == [kaisa, maija]
    with pytest.raises(PermissionDenied):
        write_skill(centre, maija, maija)


def test_a_mishap_is_sealed_and_read_again_with_what_was_done(centre, maija, kaisa):
    mishap = write_mishap(centre, maija, "Tarra irtosi.")
    add_to(mishap, kaisa, "Uusi tarra.", closes=True)
    with within(centre.pk):
        assert all(b"arra" not in bytes(row.words) for row in MishapStep.objects.all())
    _row, found = access.mishap(centre, mishap.pk, **seen(maija))
    assert [(each.step, each.words) for each in found.steps] == [
        (Step.WRITTEN, "Tarra irtosi."),
        (Step.CLOSED, "Uusi tarra."),
    ]
    assert found.closed
    assert [each.closed for each in access.mishaps(centre, **seen(maija))] == [True]
    with pytest.raises(Refused) as refused:
        add_to(mishap, kaisa)
    assert refused.value.unfit is Unfit.ENDED


def test_a_mishap_in_no_room_is_kept_and_one_in_a_room_that_is_not_there_is_refused(centre, maija):
    assert write_mishap(centre, maija, room="").room == ""
    with pytest.raises(Refused):
        write_mishap(centre, maija, room="99")


def test_another_centres_lots_and_mishaps_are_not_there(centre, maija):
    other = make_centre("laakso")
    oona = make_member(Role.MIDWIFE, centre=other, login="oona")
    lot, mishap = begin_lot(centre, maija), write_mishap(centre, maija)
    for ask in (
        lambda: access.lot(other, lot.pk, by=acting(oona)),
        lambda: access.mishap(other, mishap.pk, **seen(oona)),
        lambda: access.rooms(centre, **seen(oona)),
    ):
        with pytest.raises(Http404):
            ask()
    assert access.lots(other, **seen(oona)) == ()


def test_whoever_only_looks_writes_nothing(centre, mirka):
    with pytest.raises(PermissionDenied):
        write_room(centre, mirka)
    with pytest.raises(PermissionDenied):
        access.lot(centre, uuid4(), by=acting(mirka))


@pytest.mark.parametrize(
    "change",
    [
        "update premises_roomentry set room = '2'",
        "delete from premises_roomentry",
        "truncate premises_roomentry",
        "update premises_skillentry set until = null",
        "update premises_mishapstep set at = now()",
        "delete from premises_mishap",
        "update premises_lotinuse set number = 'X'",
        "delete from premises_lotinuse",
        "truncate premises_lotinuse",
        "update premises_lotinuse set ended_at = begun_at",
    ],
)
def test_what_was_written_never_changes(centre, maija, kaisa, change):
    write_room(centre, maija)
    write_skill(centre, kaisa, maija)
    write_mishap(centre, maija)
    begin_lot(centre, maija)
    with within(centre.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


_ROOM = {"room": "1", "verb": "taken", "at": AT, "written_at": AT}
_SKILL = {"skill": "sampling", "day": DAY, "until": DAY, "written_at": AT, "number": 1}


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        (RoomEntry, {**_ROOM, "verb": "danced"}),
        (RoomEntry, {**_ROOM, "at": AT + dt.timedelta(seconds=1)}),
        (RoomEntry, {**_ROOM, "visitor": "police"}),
        (RoomEntry, {**_ROOM, "visitor": "aunt", "verb": "entered"}),
        (RoomEntry, {**_ROOM, "outcome": "passed"}),
        (RoomEntry, {**_ROOM, "verb": "swabbed"}),
        (RoomEntry, {**_ROOM, "verb": "swabbed", "outcome": "perhaps"}),
        (RoomEntry, {**_ROOM, "verb": "cleaned", "outcome": "passed"}),
        (RoomEntry, {**_ROOM, "reagent": "Agent"}),
        (SkillEntry, {**_SKILL, "skill": "dancing"}),
        (SkillEntry, {**_SKILL, "until": DAY - dt.timedelta(days=1)}),
        (SkillEntry, {**_SKILL, "until": None}),
        (SkillEntry, {**_SKILL, "skill": "elimination_list"}),
    ],
)
def test_the_database_takes_no_row_that_says_too_little_or_too_much(centre, maija, kind, known):
    who = {"member": maija} | ({"written_by": maija} if kind is SkillEntry else {})
    with within(centre.pk), pytest.raises(IntegrityError), transaction.atomic():
        kind.objects.create(centre=centre, **who, **known)


def test_numbers_of_skills_lots_and_steps_are_each_used_once(centre, maija, kaisa):
    write_skill(centre, kaisa, maija)
    lot, mishap = begin_lot(centre, maija), write_mishap(centre, maija)
    rows = [
        lambda: SkillEntry.objects.create(centre=centre, member=maija, written_by=kaisa, **_SKILL),
        lambda: LotInUse.objects.create(
            centre=centre, supply="gloves", number=lot.number, expires=DAY, begun_at=AT, begun_by=maija
        ),
        lambda: LotInUse.objects.create(
            centre=centre, supply="hats", number="1", expires=DAY, begun_at=AT, begun_by=maija
        ),
        lambda: LotInUse.objects.create(
            centre=centre, supply="bags", number="", expires=DAY, begun_at=AT, begun_by=maija
        ),
        lambda: LotInUse.objects.create(
            centre=centre, supply="bags", number="1", expires=DAY, begun_at=AT, begun_by=maija, ended_at=AT
        ),
        *(
            lambda step=step, number=number, words=words: MishapStep.objects.create(
                centre=centre, mishap=mishap, number=number, step=step, words=words, at=AT, member=maija
            )
            for step, number, words in (
                ("added", 1, b"x"),
                ("written", 2, b"x"),
                ("added", 2, b""),
                ("hidden", 2, b"x"),
            )
        ),
    ]
    for row in rows:
        with within(centre.pk), pytest.raises(IntegrityError), transaction.atomic():
            row()


def test_a_step_belongs_to_its_mishaps_centre(centre, maija):
    other, mishap = make_centre("laakso"), write_mishap(centre, maija)
    row = {"number": 2, "step": "added", "words": b"x", "at": AT, "member": maija}
    with within(other.pk), pytest.raises(IntegrityError), transaction.atomic():
        MishapStep.objects.create(centre=other, mishap_id=mishap.pk, **row)


def test_a_mishap_is_about_something_known(centre, maija):
    with within(centre.pk), pytest.raises(IntegrityError), transaction.atomic():
        Mishap.objects.create(centre=centre, kind="weather", at=AT)
