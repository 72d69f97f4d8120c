"""Who is on a team, and which registers may read each other."""

from uuid import uuid4

import pytest

from poukama.cases import access, actions
from poukama.cases.inside import NotLetIn
from poukama.cases.models import TeamMember
from poukama.cases.rules import Allowed, CloseReason, EntryKind, Ground, Refusal
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.cases.working import (
    AT,
    MINUTE,
    break_glass,
    by,
    events,
    into,
    make_colleague,
    now,
    opened,
    refused,
)


def test_the_coordinator_puts_somebody_on_a_team_that_she_is_not_on_and_never_herself(case, centre, kaisa):
    niemi = make_colleague(Role.DOCTOR, centre)
    hers = now(kaisa)
    subject = access.find(case.pk, [centre], by=by(kaisa))
    key = uuid4()
    seats = [actions.put_on_team(subject, member=niemi, role=Role.DOCTOR, key=key, **hers) for _ in range(2)]
    assert seats[0] == seats[1]
    with refused(Refusal.ONESELF):
        actions.put_on_team(subject, member=kaisa, role=Role.MIDWIFE_COORDINATOR, key=uuid4(), **hers)
    with refused(Refusal.NO_POST):
        actions.put_on_team(subject, member=niemi, role=Role.CHAPLAIN, key=uuid4(), **hers)
    assert into(case, niemi).member == niemi.pk


def test_nobody_is_put_on_the_team_of_a_closed_case(case, centre, maija, kaisa, acting):
    niemi = make_colleague(Role.DOCTOR, centre)
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **acting)
    with refused(Refusal.CLOSED):
        subject = access.find(case.pk, [centre], by=by(kaisa))
        actions.put_on_team(subject, member=niemi, role=Role.DOCTOR, key=uuid4(), by=by(kaisa), at=AT)


def test_whoever_leaves_the_team_is_let_in_no_more(case, centre, maija, acting):
    niemi = make_colleague(Role.DOCTOR, centre)
    seat = actions.join_team(into(case, maija), member=niemi, role=Role.DOCTOR, key=uuid4(), **acting)
    entered = into(case, niemi)
    for _ in range(2):
        actions.leave_team(into(case, maija), seat=seat, **acting)
    with pytest.raises(NotLetIn):
        into(case, niemi, when=AT + MINUTE)
    with within(case.centre_id):
        assert TeamMember.objects.filter(case=case, until=None).count() == 1
    assert entered.member == niemi.pk
    assert events(case.centre).count("team.left") == 1


def test_a_broken_glass_changes_nothing_of_who_else_is_let_in_where(case, centre, maija):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    break_glass(case, ilona)
    (seat,) = access.team(opened(case, maija))
    inside = into(case, ilona)
    with refused(Refusal.ONESELF):
        actions.leave_team(inside, seat=access.seat(inside, seat.id), **now(ilona))
    with refused(Refusal.ONESELF):
        crossing = Allowed(True, Ground.CONSENT)
        actions.let_registers_read(inside, crossing=crossing, key=uuid4(), **now(ilona))


def test_the_timeline_says_who_joined_and_who_left(case, centre, maija, acting):
    niemi = make_colleague(Role.DOCTOR, centre, "niemi")
    seat = actions.join_team(into(case, maija), member=niemi, role=Role.DOCTOR, key=uuid4(), **acting)
    actions.leave_team(into(case, maija), seat=seat, **acting)
    lines = [(line.kind, line.name) for line in access.timeline(opened(case, maija))]
    assert {(EntryKind.JOINED, "Niemi"), (EntryKind.LEFT, "Niemi")} <= set(lines)


def test_whoever_is_on_duty_may_stay_and_whoever_broke_the_glass_may_not(case, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    hers = now(ilona) | {"member": ilona, "role": Role.MIDWIFE}
    break_glass(case, ilona)
    with refused(Refusal.ONESELF):
        actions.join_team(into(case, ilona), key=uuid4(), **hers)
    actions.join_team(into(case, ilona, on_duty=True), key=uuid4(), **hers)
    assert into(case, ilona).way == "team"


def test_the_registers_read_each_other_only_on_a_ground_that_is_named(case, maija, acting):
    inside, key = into(case, maija), uuid4()
    with refused(Refusal.NO_GROUND):
        actions.let_registers_read(inside, crossing=Allowed(True, Ground.LAW), key=uuid4(), **acting)
    law = Allowed(True, Ground.LAW, "a law, and why", told_at=AT)
    for _ in range(2):
        actions.let_registers_read(inside, crossing=law, key=key, **acting)
    assert events(case.centre).count("registers.crossed") == 1
