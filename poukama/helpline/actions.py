"""What the desk does: contacts are begun, written, passed on, ended; doors taken, calls promised, people told.

A contact has one writer: the member who holds the pen, in one window. Every verb takes the key of the form that was
sent; sent again, it does nothing more. Nothing is needed to end. A step that is refused raises `rules.Refused`.
"""

import datetime as dt
from uuid import UUID

from poukama.cases.inside import Entered
from poukama.cases.models import Case
from poukama.centres.models import Centre
from poukama.core import vault
from poukama.doors.held import policy_of
from poukama.doors.rules import Route
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission
from poukama.helpline import opening, receiving, sealed
from poukama.helpline.answers import ANSWERS, WORDS, Changes, Channel, SafeContact, hour_of
from poukama.helpline.arriving import Coming
from poukama.helpline.models import Arrival, CallBack, Contact, Told
from poukama.helpline.receiving import Receiving
from poukama.helpline.rules import (
    ArrivalState,
    Means,
    Option,
    Outcome,
    Paper,
    Reached,
    Ref,
    Refusal,
    Refused,
    Retention,
    call_back_refused,
    door_taken,
    next_time,
    not_kept,
    suggest,
    told_time,
)
from poukama.helpline.writing import (
    locked,
    member_who_acts,
    must_be_in_progress,
    must_hold_the_pen,
    new,
    of_contact,
    step,
)
from poukama.roster import access as roster
from poukama.staff.access import standing
from poukama.staff.models import Member


@action("contact.begun", Permission.CONTACT_KEEP, counts="saves")
def begin(
    centre: Centre,
    /,
    *,
    record: UUID,
    channel: Channel = Channel.PHONE,
    began: dt.datetime | None = None,
    by: Actor,
    at: dt.datetime,
) -> Contact:
    """Begin a contact under a key that the browser may have made; the same key again is the same contact.

    `began` is the browser's time, taken if it can be so.
    """
    began_at = told_time(began, at)
    return new(
        centre, Contact(id=record, channel=channel, began_at=began_at, entered_at=at, pen_id=member_who_acts(by))
    )


@action("contact.saved", Permission.CONTACT_KEEP, silent=True)
def save(ref: Ref, /, *, changes: Changes, writer: UUID, number: int, by: Actor, at: dt.datetime) -> Contact:
    """Keep what was typed or chosen since the last save. A save of this window that came before changes nothing.

    What may not be kept is left out and named in the contact's `refused`. It leaves no line: the lines of taking the
    pen and of ending say how many there were. Raises Refused to whoever does not hold the pen.
    """
    contact = locked(ref)
    if contact.writer == writer and number <= contact.number:
        raise AlreadyDone(contact)
    must_hold_the_pen(contact, by)
    if contact.writer not in (None, writer):
        raise Refused(Refusal.OTHER_WINDOW)
    contact.writer, contact.number, contact.saved_at = writer, number, at
    contact.saves += 1
    changed = _apply(contact, changes, by, at)
    if changes.answers:
        _suggest(contact, by, at)
        changed += _SUGGESTED
    contact.save(update_fields=["writer", "number", "saved_at", "saves", *changed])
    return contact


@action("contact.pen_taken", Permission.CONTACT_KEEP, counts="saves")
def take_pen(ref: Ref, /, *, writer: UUID | None = None, key: UUID, by: Actor, at: dt.datetime) -> Contact:
    """Go on writing a contact in progress, with its draft: somebody else's, or one's own from another window."""
    contact = step(ref, key, at)
    must_be_in_progress(contact)
    contact.pen_id, contact.writer, contact.number = member_who_acts(by), writer, 0
    contact.save(update_fields=["pen", "writer", "number"])
    return contact


@action("contact.passed_on", Permission.CONTACT_KEEP, counts="saves")
def pass_on(ref: Ref, /, *, to: Member, key: UUID, by: Actor, at: dt.datetime) -> Contact:
    """Give the pen, with the draft, to a colleague who may write at this centre."""
    contact = step(ref, key, at)
    must_hold_the_pen(contact, by)
    if not standing(to, at).actor.may(Permission.CONTACT_KEEP, centre=ref.centre_id):
        raise Refused(Refusal.NOT_HERE)
    contact.pen, contact.writer, contact.number = to, None, 0
    contact.save(update_fields=["pen", "writer", "number"])
    return contact


@action("contact.door_taken", Permission.CONTACT_KEEP)
def take_door(
    ref: Ref, /, *, option: Option, due: dt.datetime | None = None, key: UUID, by: Actor, at: dt.datetime
) -> Contact:
    """Take a door; which one the button means depends on the suggestion, and both are kept. No reason is asked.

    Coming now makes an expected arrival, and another door withdraws it. Calling back promises a call. `due` is by when;
    whoever comes is else expected at the hour that stands in the contact.
    """
    contact = step(ref, key, at)
    must_hold_the_pen(contact, by)
    _take(contact, option, _suggest(contact, by, at), at)
    _expect(contact, option, due, at)
    if option is Option.CALL_BACK:
        _promise(contact, due, at)
    contact.save(update_fields=[*_SUGGESTED, *_TAKEN])
    return contact


@action("contact.call_promised", Permission.CONTACT_KEEP)
def call_back(
    ref: Ref, /, *, changes: Changes, due: dt.datetime | None = None, key: UUID, by: Actor, at: dt.datetime
) -> Contact:
    """Promise a call, with the safe-contact answer that it takes; it is the door taken, if none was yet."""
    contact = step(ref, key, at)
    must_hold_the_pen(contact, by)
    changed = _apply(contact, changes, by, at)
    suggested = _suggest(contact, by, at)
    if not contact.taken:
        _take(contact, Option.CALL_BACK, suggested, at)
    _promise(contact, due, at)
    contact.save(update_fields=[*changed, *_SUGGESTED, *_TAKEN])
    return contact


@action("contact.told", Permission.CONTACT_KEEP)
def tell(
    ref: Ref,
    /,
    *,
    duty: str,
    means: Means = Means.PHONE,
    told: dt.datetime | None = None,
    key: UUID,
    by: Actor,
    at: dt.datetime,
) -> Contact:
    """Write down that somebody on call was told: which duty, how, and when. Also after the contact has ended."""
    contact = step(ref, key, at)
    Told.objects.create(
        centre_id=ref.centre_id,
        contact=contact,
        duty=duty,
        means=means,
        told_at=told_time(told, at),
        told_by_id=member_who_acts(by),
    )
    return contact


@action("contact.ended", Permission.CONTACT_KEEP, counts="saves")
def end(ref: Ref, /, *, ended: dt.datetime | None = None, key: UUID, by: Actor, at: dt.datetime) -> Contact:
    """End a contact, whatever is in it. Its outcome is the door that was taken."""
    contact = step(ref, key, at)
    must_hold_the_pen(contact, by)
    _suggest(contact, by, at)
    contact.outcome = contact.taken or Outcome.NONE
    return _close(contact, ended, by, at)


@action("contact.empty", Permission.CONTACT_KEEP, counts="saves")
def hang_up(ref: Ref, /, *, ended: dt.datetime | None = None, key: UUID, by: Actor, at: dt.datetime) -> Contact:
    """End a silent, wrong or hung-up call: it is counted, with its length. What was typed in it is kept."""
    contact = step(ref, key, at)
    must_hold_the_pen(contact, by)
    contact.outcome = Outcome.EMPTY
    if not any(bytes(getattr(contact, name)) for name in WORDS):
        contact.retention = Retention.EMPTY
    return _close(contact, ended, by, at)


@action("contact.entered_late", Permission.CONTACT_KEEP, counts="saves")
def enter_late(centre: Centre, /, *, record: UUID, paper: Paper, by: Actor, at: dt.datetime) -> Contact:
    """Enter a contact from paper, marked as entered afterwards; or a call that nobody answered, which is counted.

    Raises Refused for times that cannot be so, or a call to be promised without a safe way.
    """
    if not paper.began <= paper.ended <= at:
        raise Refused(Refusal.TIMES)
    contact = Contact(id=record, channel=paper.channel, began_at=paper.began, ended_at=paper.ended, entered_at=at)
    contact.late, contact.ended_by_id = True, member_who_acts(by)
    new(centre, contact)
    _apply(contact, paper.changes, by, at)
    suggested = _suggest(contact, by, paper.began)
    if paper.option:
        _take(contact, paper.option, suggested, paper.began)
    contact.outcome = contact.taken or (Outcome.NONE if paper.answered else Outcome.UNANSWERED)
    contact.save()
    if paper.option is Option.CALL_BACK:
        _promise(contact, None, at)
    return contact


@action("contact.called_back", Permission.CONTACT_KEEP)
def call_back_done(
    ref: Ref, /, *, reached: Reached, again: dt.datetime | None = None, by: Actor, at: dt.datetime
) -> Contact:
    """Write down what came of a promised call; `again` is by when it is tried again. Done twice, the first holds.

    Whoever does not want a call is promised no other, whatever hour was written beside the button.
    """
    call = of_contact(CallBack, ref)
    if call.done_at:
        raise AlreadyDone(call.contact)
    call.reached, call.done_at, call.done_by_id = reached, at, member_who_acts(by)
    call.save()
    if again and reached is not Reached.WITHDRAWN:
        CallBack.objects.create(centre_id=ref.centre_id, contact=call.contact, promised_at=at, due=again)
    return call.contact


@action("contact.arrived", Permission.CONTACT_KEEP)
def arrived(ref: Ref, /, *, state: ArrivalState = ArrivalState.MET, by: Actor, at: dt.datetime) -> Contact:
    """Close an expected arrival: met, did not come, or withdrawn. Closed twice, the first holds."""
    arrival = of_contact(Arrival, ref)
    if arrival.closed_at:
        raise AlreadyDone(arrival.contact)
    arrival.state, arrival.closed_at = state, at
    arrival.save()
    return arrival.contact


# ── Into a case ──────────────────────────────────────────────────────────────────────────────────────────────


@action("contact.attached", Permission.CONTACT_KEEP)
def attach(
    ref: Ref, /, *, entered: Entered, known: frozenset[str] = frozenset(), by: Actor, at: dt.datetime
) -> Contact:
    """Attach an ended contact to a case that one is inside of: what was told is the case's, and sealed with it.

    `known` are words that the client's record has already. Attached to this case before, it stays so. Raises Refused
    for one in progress, or of another case.
    """
    contact = locked(ref)
    if contact.case_id == entered.case.pk:
        # It may have outlived a power cut.
        vault.destroy_key(ref.centre_id, contact.pk)
        raise AlreadyDone(contact)
    if contact.case_id:
        raise Refused(Refusal.ATTACHED)
    if not contact.ended_at:
        raise Refused(Refusal.IN_PROGRESS, contact.pen.name if contact.pen else "")
    receiving.carry(contact, entered, known, by, at)
    return contact


@action("arrival.received", Permission.CONTACT_KEEP)
def receive(centre: Centre, /, *, coming: Coming, key: UUID, by: Actor, at: dt.datetime) -> Case:
    """Receive somebody who has come: a visit in their case or in a new one, with what they told before attached.

    All of it holds or none, and the form sent again is the same arrival. Raises Refused as `attach` does, and what
    `cases` raises.
    """
    contact = locked(Ref(centre.pk, coming.contact)) if coming.contact else None
    receiving_now = Receiving(centre, coming, contact, key, by, at)
    # A new case waits here for the same form's first sending.
    entered = receiving_now.into_case()
    if case := receiving_now.before():
        raise AlreadyDone(case)
    receiving_now.keep(entered)
    if contact:
        attach(Ref(centre.pk, contact.pk), entered=entered, known=receiving_now.elsewhere(), by=by, at=at)
    return entered.case


# ── What is written ──────────────────────────────────────────────────────────────────────────────────────────

_TAKEN = ("taken", "taken_door", "taken_at")
_SUGGESTED = ("suggested_door", "suggested_reason", "suggested_trace", "suggested_at")


def _apply(contact: Contact, changes: Changes, by: Actor, at: dt.datetime) -> list[str]:
    """Set what changes, and name the columns.

    Without a safe way, what leads to the caller is emptied and refused; who takes it back is called back no more.
    """
    for name, value in changes.answers.items():
        setattr(contact, name, sorted(value) if isinstance(value, frozenset) else value)
    barred = not_kept(opening.answers_of(contact))
    contact.refused = tuple(name for name in barred if changes.words.get(name) or changes.answers.get(name))
    for name, text in changes.words.items():
        sealed.put(contact, name, text)
    for name in barred:
        setattr(contact, name, False if name in ANSWERS else b"")
    if changes.answers.get("safe_contact") is SafeContact.NO:
        promised = CallBack.objects.filter(contact=contact, done_at__isnull=True)
        promised.update(reached=Reached.WITHDRAWN, done_at=at, done_by=member_who_acts(by))
    if "arrives" in changes.answers:
        _expect_at_another_hour(contact)
    return [*changes.answers, *changes.words, *barred]


def _suggest(contact: Contact, by: Actor, at: dt.datetime) -> Route:
    """Write down what the engine says to what has been said."""
    duties = frozenset(cover.duty for cover in roster.covering(contact, by=by, at=at))
    found = suggest(opening.answers_of(contact), contact.began_at, policy_of(contact), on_call=duties, at=at)
    contact.suggested_door, contact.suggested_reason = found.door, found.reason
    contact.suggested_trace, contact.suggested_at = list(found.trace), at
    return found


def _take(contact: Contact, option: Option, suggested: Route, at: dt.datetime) -> None:
    contact.taken, contact.taken_door, contact.taken_at = option, door_taken(option, suggested), at


def _expect(contact: Contact, option: Option, due: dt.datetime | None, at: dt.datetime) -> None:
    """Somebody who comes now is expected; whoever takes another door is expected no longer."""
    expected = Arrival.objects.filter(contact=contact, closed_at__isnull=True).first()
    if option is Option.COME_NOW:
        arrival = expected or Arrival(centre_id=contact.centre_id, contact=contact, agreed_at=at)
        arrival.due = due or _arrives(contact, arrival.agreed_at)
        arrival.save()
    elif expected:
        expected.state, expected.closed_at = ArrivalState.WITHDRAWN, at
        expected.save()


def _expect_at_another_hour(contact: Contact) -> None:
    for arrival in Arrival.objects.filter(contact=contact, closed_at__isnull=True):
        arrival.due = _arrives(contact, arrival.agreed_at)
        arrival.save(update_fields=["due"])


def _arrives(contact: Contact, agreed: dt.datetime) -> dt.datetime | None:
    """The moment after it was agreed at which the clock shows the hour that was said, None where none was."""
    wall = hour_of(contact.arrives)
    return next_time(wall, agreed, policy_of(contact).pack.zone) if wall else None


def _promise(contact: Contact, due: dt.datetime | None, at: dt.datetime) -> None:
    """Promise a call, or change by when. Raises Refused without a safe way, or without a number."""
    if refusal := call_back_refused(opening.answers_of(contact), sealed.words_of(contact)):
        raise Refused(refusal)
    promised = CallBack.objects.filter(contact=contact, done_at__isnull=True).first()
    call = promised or CallBack(centre_id=contact.centre_id, contact=contact, promised_at=at)
    call.due = due
    call.save()


def _close(contact: Contact, ended: dt.datetime | None, by: Actor, at: dt.datetime) -> Contact:
    """Take the pen away: from here on nobody writes."""
    contact.ended_at = max(told_time(ended, at), contact.began_at)
    contact.ended_by_id, contact.pen = member_who_acts(by), None
    contact.save(update_fields=["ended_at", "ended_by", "pen", "outcome", "retention", *_SUGGESTED])
    return contact
