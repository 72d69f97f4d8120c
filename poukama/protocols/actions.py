"""Approving what a centre's pack says, and taking an approval back: a row each time, and never another's content."""

import datetime as dt
from uuid import UUID

from poukama.centres.models import Centre
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission
from poukama.protocols.approvals import Approvable, Refusal, Refused, Verb, kind_of, version_of
from poukama.protocols.held import decided_at
from poukama.protocols.models import ApprovalRow
from poukama.staff.access import member_of


@action("protocol.approved", Permission.PROTOCOL_APPROVE)
def approve(
    centre: Centre, /, *, thing: Approvable, valid_from: dt.date, key: UUID, by: Actor, at: dt.datetime
) -> ApprovalRow:
    """Answer for a thing as it was read, from a date on. Raises Refused if the centre says another by now."""
    _once(key)
    _as_it_stands(centre, thing)
    if valid_from < at.astimezone(centre.zone).date():
        raise Refused(Refusal.PAST)
    return _write(centre, thing, Verb.APPROVED, valid_from, key, by, at)


@action("protocol.taken_back", Permission.PROTOCOL_APPROVE)
def take_back(centre: Centre, /, *, thing: Approvable, key: UUID, by: Actor, at: dt.datetime) -> ApprovalRow:
    """No longer answer for a thing, from now on. Raises Refused for one that nobody answers for."""
    _once(key)
    if not _as_it_stands(centre, thing).approved:
        raise Refused(Refusal.NOT_APPROVED)
    return _write(centre, thing, Verb.TAKEN_BACK, None, key, by, at)


def _once(key: UUID) -> None:
    if known := ApprovalRow.objects.filter(key=key).first():
        raise AlreadyDone(known)


def _as_it_stands(centre: Centre, thing: Approvable) -> Approvable:
    """The centre's own of the same content. Raises Refused: its pack may have changed since the thing was read."""
    version = version_of(thing)
    same = [each for each in decided_at(centre).things() if kind_of(each) is kind_of(thing) and each.code == thing.code]
    if not same or version_of(same[0]) != version:
        raise Refused(Refusal.CHANGED)
    return same[0]


def _write(
    centre: Centre, thing: Approvable, verb: Verb, valid_from: dt.date | None, key: UUID, by: Actor, at: dt.datetime
) -> ApprovalRow:
    return ApprovalRow.objects.create(
        centre=centre,
        kind=kind_of(thing),
        code=thing.code,
        version=version_of(thing),
        verb=verb,
        approver_id=member_of(by),
        at=at,
        valid_from=valid_from,
        key=key,
    )
