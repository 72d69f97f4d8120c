"""What is done with a sample that is taken, inside its case: sealed, dried, stored, given to a colleague.

Custody goes on when the case is closed. `custody.Refused` says why a step is impossible; `store` has its own verbs, and
all of them add entries by `writing.enter`.
"""

import datetime as dt
from dataclasses import replace
from uuid import UUID, uuid5

from django.http import Http404

from poukama.cases import inside
from poukama.cases import writing as case_writing
from poukama.cases.inside import Entered
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission
from poukama.protocols.held import sampling_at
from poukama.protocols.sampling import Irregular
from poukama.samples import codes, custody, rules, writing
from poukama.samples.custody import Confirmed, Kind, Step
from poukama.samples.models import CustodyEntry, Offer, Sample, Seal
from poukama.samples.rules import Reason, Refusal, Refused
from poukama.staff.models import Member
from poukama.staff.rules import key_of

_WRITE = Permission.CASE_WRITE
# What is entered by whoever has the sample; what changes hands has verbs of its own, in which both say so.
BY_HAND = frozenset({Kind.DRYING, Kind.DRIED, Kind.PACKED, Kind.OPENED, Kind.STORED, Kind.FETCHED, Kind.EXPLAINED})


@action("sample.sealed", _WRITE)
def seal(
    entered: Entered,
    /,
    *,
    sample: Sample,
    number: str,
    reason: Reason | None = None,
    key: UUID,
    by: Actor,
    at: dt.datetime,
) -> Seal:
    """Put a seal on a sample's bag. Raises Refused for a number that was used before, as the protocol says."""
    case_writing.only_once(Seal, entered, key)
    row, read = writing.held(entered, sample, by, at), codes.read(number)
    if read is None or read[0] is not codes.Series.SEAL:
        raise Refused(Refusal.NOT_A_CODE)
    again = Seal.objects.filter(centre_id=row.centre_id, number=read[1]).exists()
    if again:
        protocol = sampling_at(row)
        kept = rules.answered(Irregular.DUPLICATE_SEAL, protocol.irregular if protocol else {}, reason)
    writing.enter(row, Step(Kind.SEALED, seal=read[1]), key=uuid5(key, "custody"), by=by, at=at)
    found = Seal(id=key, sample=row, number=read[1], applied_at=at, applied_by_id=inside.member_of(by), again=again)
    case_writing.add(found, row.case)
    if again and reason is not None:
        writing.deviate(row.case, kept, reason, by, at, of=row)
    return found


@action("custody.entered", _WRITE)
def enter(entered: Entered, /, *, sample: Sample, step: Step, key: UUID, by: Actor, at: dt.datetime) -> CustodyEntry:
    """Enter a step of custody: dried, packed, opened, stored, fetched, explained. Raises custody.Refused.

    Putting it in the store for the first time needs the client's yes to storing.
    """
    row = writing.held(entered, sample, by, at)
    if step.kind not in BY_HAND:
        raise custody.Refused(custody.Refusal.NOBODY)
    if step.kind is Kind.FETCHED:
        step = replace(step, receiver=by.key)
    if step.kind is Kind.STORED:
        step = replace(step, receiver=custody.STORE, rests_on=_stored_on(row, step.acted_at or at, by, at))
    entry = writing.enter(row, step, key=key, by=by, at=at)
    if step.kind is Kind.OPENED:
        Seal.objects.filter(sample=row, broken_at=None).update(broken_at=at, broken_by=by.key, why=entry.reason)
    return entry


def _stored_on(row: Sample, moment: dt.datetime, by: Actor, at: dt.datetime) -> str:
    """What storing rests on; what was stored before goes back to its place on nothing new."""
    if CustodyEntry.objects.filter(sample=row, kind=Kind.STORED).exists():
        return ""
    return writing.rests_on(row.case, writing.STORAGE, moment, by, at)


# ── From one colleague to another ────────────────────────────────────────────────────────────────────────────


@action("custody.offered", _WRITE)
def offer(entered: Entered, /, *, sample: Sample, receiver: Member, key: UUID, by: Actor, at: dt.datetime) -> Offer:
    """Offer a sample that one has to a colleague, who says that they have it, or does not."""
    case_writing.only_once(Offer, entered, key)
    row, last = writing.held(entered, sample, by, at), writing.last_of(sample)
    if last is None or last.receiver != by.key:
        raise custody.Refused(custody.Refusal.NOT_THE_HOLDER)
    case_writing.must_work_here(receiver.pk, row.case, at)
    if key_of(receiver.pk) == by.key:
        raise custody.Refused(custody.Refusal.NOBODY)
    Offer.objects.filter(sample=row, answered_at=None).update(answered_at=at)
    found = Offer(id=key, sample=row, giver_id=inside.member_of(by), receiver=receiver, head=last.hash, offered_at=at)
    return case_writing.add(found, row.case)


@action("custody.accepted", _WRITE)
def accept(entered: Entered, /, *, offered: Offer, key: UUID, by: Actor, at: dt.datetime) -> CustodyEntry:
    """Say that one has a sample that was offered, as it was then. Raises custody.Refused if something came between."""
    row = writing.held(entered, offered.sample, by, at)
    if known := CustodyEntry.objects.filter(pk=key, sample=row).first():
        raise AlreadyDone(known)
    found, last = Offer.objects.get(pk=offered.pk, sample=row), writing.last_of(row)
    if key_of(found.receiver_id) != by.key:
        raise Http404
    if found.answered_at is not None or last is None or bytes(last.hash) != bytes(found.head):
        raise custody.Refused(custody.Refusal.CHANGED)
    found.answered_at, found.taken = at, True
    found.save(update_fields=["answered_at", "taken"])
    step = Step(Kind.HANDED, receiver=by.key, confirmed=Confirmed.BOTH_HERE, seen=last.number)
    return writing.enter(row, step, key=key, by=by, at=at)
