"""Writing down what happened in rooms, what is used, what somebody has shown, and what went wrong.

Each has the key of the form that it came from: the same form sent again writes nothing more. What cannot be is Refused.
"""

import datetime as dt
from uuid import UUID

from django.db.models import Max

from poukama.centres.models import Centre
from poukama.core import vault
from poukama.doors.held import policy_of
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission
from poukama.premises.models import WORDS, LotInUse, Mishap, MishapStep, RoomEntry, SkillEntry
from poukama.premises.rules import Kind, Lot, Refused, RoomLine, Shown, Step, Unfit, check, check_shown, check_step
from poukama.staff.access import member_of
from poukama.staff.models import Member


@action("room.written", Permission.PREMISES_WRITE)
def write_room(centre: Centre, /, *, line: RoomLine, key: UUID, by: Actor, at: dt.datetime) -> RoomEntry:
    """Write a line of a room's log. Raises Refused."""
    if known := RoomEntry.objects.filter(pk=key).first():
        raise AlreadyDone(known)
    check(line, policy_of(centre).pack.rooms, at)
    row = RoomEntry(id=key, centre=centre, room=line.room, verb=line.verb, at=line.at, written_at=at)
    row.member_id, row.visitor, row.outcome = member_of(by), line.visitor or "", line.outcome or ""
    if line.cleaning is not None:
        row.reagent, row.lot = line.cleaning.reagent, line.cleaning.lot
        row.passes, row.contact = line.cleaning.passes, line.cleaning.contact
    row.save(force_insert=True)
    return row


@action("lot.begun", Permission.PREMISES_WRITE)
def begin_lot(centre: Centre, /, *, lot: Lot, key: UUID, by: Actor, at: dt.datetime) -> LotInUse:
    """Take a lot into use. One that is in use already stays the one it is."""
    same = LotInUse.objects.filter(centre=centre, supply=lot.supply, number=lot.number, ended_at=None)
    if known := (LotInUse.objects.filter(pk=key) | same).first():
        raise AlreadyDone(known)
    return LotInUse.objects.create(
        id=key,
        centre=centre,
        supply=lot.supply,
        number=lot.number,
        expires=lot.expires,
        begun_at=at,
        begun_by_id=member_of(by),
    )


@action("lot.ended", Permission.PREMISES_WRITE)
def end_lot(lot: LotInUse, /, *, by: Actor, at: dt.datetime) -> LotInUse:
    """A lot is used no more."""
    row = LotInUse.objects.select_for_update().get(pk=lot.pk)
    if row.ended_at is not None:
        raise AlreadyDone(row)
    row.ended_at, row.ended_by_id = at, member_of(by)
    row.save(update_fields=["ended_at", "ended_by"])
    return row


@action("skill.written", Permission.SKILL_KEEP)
def write_skill(
    centre: Centre, /, *, member: Member, shown: Shown, key: UUID, by: Actor, at: dt.datetime
) -> SkillEntry:
    """Write down that a member has shown something, or that it holds no more. Raises Refused."""
    if known := SkillEntry.objects.filter(pk=key).first():
        raise AlreadyDone(known)
    check_shown(shown, at.astimezone(centre.zone).date())
    # The newest counts: whoever writes waits for whoever wrote before.
    Centre.objects.select_for_update().get(pk=centre.pk)
    last = SkillEntry.objects.filter(centre=centre).aggregate(last=Max("number"))["last"]
    return SkillEntry.objects.create(
        id=key,
        centre=centre,
        member=member,
        skill=shown.skill,
        day=shown.on,
        until=shown.until,
        taken_back=shown.taken_back,
        written_at=at,
        written_by_id=member_of(by),
        number=(last or 0) + 1,
    )


@action("mishap.written", Permission.PREMISES_WRITE)
def write_mishap(
    centre: Centre, /, *, kind: Kind, room: str, words: str, key: UUID, by: Actor, at: dt.datetime
) -> Mishap:
    """Write down that something went wrong. Raises Refused."""
    if known := Mishap.objects.filter(pk=key).first():
        raise AlreadyDone(known)
    check_step((), words)
    if room and room not in policy_of(centre).pack.rooms:
        raise Refused(Unfit.UNKNOWN_ROOM)
    vault.make_key(centre.pk, key)
    row = Mishap.objects.create(id=key, centre=centre, kind=kind, room=room, at=at)
    _add(row, 1, Step.WRITTEN, words, key, by, at)
    return row


@action("mishap.added_to", Permission.PREMISES_WRITE)
def add_to_mishap(mishap: Mishap, /, *, words: str, closes: bool, key: UUID, by: Actor, at: dt.datetime) -> MishapStep:
    """Write what was done about a mishap; the last word closes it. Raises Refused."""
    row = Mishap.objects.select_for_update().get(pk=mishap.pk)
    if known := row.steps.filter(pk=key).first():
        raise AlreadyDone(known)
    steps = [Step(step) for step in row.steps.values_list("step", flat=True)]
    check_step(steps, words)
    return _add(row, len(steps) + 1, Step.CLOSED if closes else Step.ADDED, words, key, by, at)


def _add(mishap: Mishap, number: int, step: Step, words: str, key: UUID, by: Actor, at: dt.datetime) -> MishapStep:
    sealed = vault.seal(words, centre=mishap.centre_id, record=mishap.pk, place=WORDS)
    return MishapStep.objects.create(
        id=key,
        centre_id=mishap.centre_id,
        mishap=mishap,
        number=number,
        step=step,
        words=sealed,
        at=at,
        member_id=member_of(by),
    )
