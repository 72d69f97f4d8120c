"""What every write of this room does: takes the case or the sample, asks the ledger, adds an entry of custody.

For this room's `actions` alone, in the transaction of an action. Custody does not ask whether the case is open.
"""

import datetime as dt
from uuid import UUID, uuid4

from django.http import Http404

from poukama.cases import inside
from poukama.cases import writing as case_writing
from poukama.cases.inside import Entered
from poukama.cases.models import Case
from poukama.cases.walls import Section
from poukama.clients import access as ledgers
from poukama.clients.consents import Act, LegalGround, NoGround, Purpose, Recipient
from poukama.gate.gates import AlreadyDone
from poukama.gate.rules import Actor
from poukama.protocols.sampling import Storage
from poukama.samples import codes, custody
from poukama.samples.custody import About, Entry, Step
from poukama.samples.models import CustodyEntry, Deviation, Kit, Sample
from poukama.samples.rules import Deviation as Odd
from poukama.samples.rules import Reason, Refusal, Refused

EXAMINATION = Act(Purpose.EXAMINATION, Recipient.CENTRE)
STORAGE = Act(Purpose.STORAGE, Recipient.CENTRE)
_SAID = ("number", "acted_at", "entered_at", "by", "giver", "receiver", "witness", "place", "seal", "storage")
_SAID_TOO = ("rests_on", "reason", "reference")


def act_of(scope: str) -> Act:
    """What a group of samples rests on; what is taken from nobody, as a control, on the examination's own yes."""
    return Act(Purpose.SAMPLES, Recipient.CENTRE, scope) if scope else EXAMINATION


# ── What an act rests on ─────────────────────────────────────────────────────────────────────────────────────


def rests_on(case: Case, act: Act, moment: dt.datetime, by: Actor, at: dt.datetime) -> str:
    """What an act rested on at a moment, as custody names it. Raises Refused for one that rests on nothing."""
    try:
        found = ledgers.rests_on(case.client, act, moment=moment, by=by, at=at)
    except NoGround:
        raise Refused(Refusal.NO_CONSENT) from None
    return f"ground:{found.key}" if isinstance(found, LegalGround) else f"consent:{found.number}"


# ── Into a case, and to a sample ─────────────────────────────────────────────────────────────────────────────


def take(entered: Entered, by: Actor, at: dt.datetime) -> Case:
    """The case, open and held, for whoever may write what is forensic. Raises cases' Refused."""
    return case_writing.take(entered, Section.FORENSIC, by, at)


def held(entered: Entered, sample: Sample, by: Actor, at: dt.datetime) -> Sample:
    """A sample of the case, held until the transaction ends, also of a closed one. Raises as `take` does, Http404."""
    case_writing.must_be_in(entered, by, at)
    case_writing.must_write(entered, Section.FORENSIC)
    row = hold(sample)
    if row.case_id != entered.case.pk:
        raise Http404
    return row


def hold(sample: Sample) -> Sample:
    """A sample's row as it is now, held until the transaction ends: one step of it waits for the one before."""
    found = Sample.objects.select_for_update(no_key=True, of=("self",)).select_related("case__client", "centre")
    row = found.filter(pk=sample.pk).first()
    if row is None:
        raise Http404
    return row


# ── Custody ──────────────────────────────────────────────────────────────────────────────────────────────────


def last_of(sample: Sample) -> CustodyEntry | None:
    """The newest entry of a sample."""
    return CustodyEntry.objects.filter(sample=sample).order_by("-number").first()


def entry_of(row: CustodyEntry, code: str) -> Entry:
    """An entry as the rules know it."""
    return Entry(
        centre=row.centre_id,
        sample=code,
        kind=custody.Kind(row.kind),
        confirmed=custody.Confirmed(row.confirmed),
        seal_seen=custody.SealSeen(row.seal_seen),
        condition=custody.Condition(row.condition),
        **{name: getattr(row, name) for name in (*_SAID, *_SAID_TOO)},
    )


def enter(sample: Sample, step: Step, *, key: UUID, by: Actor, at: dt.datetime) -> CustodyEntry:
    """Add an entry to a sample that is held. Raises custody.Refused; the same form again finds its entry."""
    if known := CustodyEntry.objects.filter(pk=key, sample=sample).first():
        raise AlreadyDone(known)
    newest = last_of(sample)
    last = entry_of(newest, sample.code) if newest else None
    entry = custody.coming(last, step, About(sample.centre_id, sample.code, by.key, at))
    custody.checked(last, entry, Storage(sample.storage))
    row = CustodyEntry(id=key, centre_id=sample.centre_id, case_id=sample.case_id, sample=sample)
    for name in (*_SAID, *_SAID_TOO, "kind", "confirmed", "seal_seen", "condition"):
        setattr(row, name, getattr(entry, name))
    row.previous = newest.hash if newest else b""
    row.save(force_insert=True)
    row.refresh_from_db(fields=["hash"])
    return row


# ── Deviations and numbers ───────────────────────────────────────────────────────────────────────────────────


def deviate(case: Case, kind: Odd, reason: Reason, by: Actor, at: dt.datetime, *, of: Sample | Kit) -> Deviation:
    """Keep something that was out of order with its reason."""
    row = Deviation(id=uuid4(), kind=kind, reason=reason, at=at, member_id=inside.member_of(by))
    row.sample, row.kit = (of, None) if isinstance(of, Sample) else (None, of)
    return case_writing.add(row, case)


def next_numbers(series: codes.Series, taken: str | None, count: int) -> list[str]:
    """The next numbers of a series after the highest that is taken. Raises Refused where the series ends."""
    first = int(taken[1:-2]) + 1 if taken else 1
    if first + count - 1 > codes.MOST:
        raise Refused(Refusal.SERIES_OVER)
    return [codes.code(series, number) for number in range(first, first + count)]
