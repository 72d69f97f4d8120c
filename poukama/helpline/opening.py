"""From rows to what pages are shown: opens what is sealed, and works out what is late, whose, and of which shift."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from poukama.core.vault import Unreadable
from poukama.doors.known import Asker, Door, Reason, Want
from poukama.gate.rules import Actor
from poukama.helpline import sealed
from poukama.helpline.answers import Answers, Channel, Hurt, SafeContact, SafeNow, Said, When, Words
from poukama.helpline.models import Arrival, CallBack, Contact, Told
from poukama.helpline.rules import ArrivalState, Means, Option, Outcome, Reached, Ref, Retention, late
from poukama.helpline.shown import Attached, Expected, Listed, Opened, Promised, Suggestion, Taken, Telling


def member_of(by: Actor) -> int | None:
    """The member who acts, None for whoever is no member."""
    kind, _, number = by.key.partition(":")
    return int(number) if kind == "member" else None


def answers_of(row: Contact) -> Answers:
    """The structured part of a contact."""
    return Answers(
        caller=Asker(row.caller),
        language=row.language,
        interpreter=row.interpreter,
        safe_now=SafeNow(row.safe_now),
        hurt=Hurt(row.hurt),
        neck=Said(row.neck),
        suicidal=Said(row.suicidal),
        when=When(row.when),
        unsure=row.unsure,
        age=row.age,
        place=row.place,
        infection=Said(row.infection),
        wants=frozenset(Want(want) for want in row.wants),
        safe_contact=SafeContact(row.safe_contact),
        voicemail=row.voicemail,
        arrives=row.arrives,
    )


def opened(row: Contact, by: Actor, at: dt.datetime) -> Opened:
    """A contact, whole; its told, promised calls and arrivals are fetched already."""
    try:
        words, unreadable = sealed.words_of(row), False
    except Unreadable:
        words, unreadable = Words(), True
    return Opened(
        ref=Ref(row.centre_id, row.pk),
        channel=Channel(row.channel),
        began_at=row.began_at,
        ended_at=row.ended_at,
        entered_at=row.entered_at,
        late=row.late,
        mine=row.pen_id is not None and row.pen_id == member_of(by),
        writes=row.pen.name if row.pen else "",
        writer=row.writer,
        number=row.number,
        saved_at=row.saved_at,
        answers=answers_of(row),
        words=words,
        unreadable=unreadable,
        suggestion=_suggestion(row),
        taken=_taken(row),
        outcome=Outcome(row.outcome),
        retention=Retention(row.retention),
        told=tuple(_telling(each) for each in row.told.all()),
        call_backs=tuple(promised(each, at) for each in _with(row, row.call_backs.all())),
        arrivals=tuple(expected(each) for each in _with(row, row.arrivals.all())),
    )


# The codes of the cases that contacts are attached to.
Codes = Mapping[UUID, str]
NO_CODES: Codes = {}


def attached(row: Contact, codes: Codes) -> Attached | None:
    """The case that a contact is attached to, if it is."""
    if row.case_id is None:
        return None
    return Attached(row.case_id, codes[row.case_id]) if row.case_id in codes else Attached()


def listed(row: Contact, by: Actor, shift_began: dt.datetime | None, codes: Codes = NO_CODES) -> Listed:
    """A contact as the list shows it: with the name it was called by, and nothing else that was told."""
    return Listed(
        ref=Ref(row.centre_id, row.pk),
        channel=Channel(row.channel),
        began_at=row.began_at,
        ended_at=row.ended_at,
        late=row.late,
        language=row.language,
        outcome=Outcome(row.outcome),
        suggested=Door(row.suggested_door) if row.suggested_door else None,
        taken=Door(row.taken_door) if row.taken_door else None,
        called_name=_text(row, "called_name"),
        writes=row.pen.name if row.pen else "",
        mine=row.pen_id is not None and row.pen_id == member_of(by),
        this_shift=shift_began is not None and row.began_at >= shift_began,
        attached=attached(row, codes),
    )


def promised(row: CallBack, at: dt.datetime, codes: Codes = NO_CODES) -> Promised:
    """A promised call, with what it takes to make it; of an attached contact that is in its case."""
    contact = row.contact
    return Promised(
        ref=Ref(row.centre_id, row.pk),
        contact=Ref(row.centre_id, contact.pk),
        promised_at=row.promised_at,
        due=row.due,
        late=row.done_at is None and late(row.promised_at, row.due, at),
        way=SafeContact(contact.safe_contact),
        language=contact.language,
        voicemail=contact.voicemail,
        called_name=_text(contact, "called_name"),
        phone=_text(contact, "phone"),
        hours=_text(contact, "hours"),
        name_to_say=_text(contact, "name_to_say"),
        done_at=row.done_at,
        reached=Reached(row.reached) if row.reached else None,
        attached=attached(contact, codes),
    )


def in_order(calls: Iterable[Promised]) -> tuple[Promised, ...]:
    """Promised calls by their time, those without one by when they were promised."""
    return tuple(sorted(calls, key=lambda call: (call.due or call.promised_at, call.ref.id)))


def expected(row: Arrival, codes: Codes = NO_CODES) -> Expected:
    """An expected arrival, with what was told."""
    contact = row.contact
    return Expected(
        ref=Ref(row.centre_id, row.pk),
        contact=Ref(row.centre_id, contact.pk),
        agreed_at=row.agreed_at,
        due=row.due,
        state=ArrivalState(row.state),
        door=Door(contact.taken_door) if contact.taken_door else None,
        called_name=_text(contact, "called_name"),
        answers=answers_of(contact),
        told=tuple(_telling(each) for each in contact.told.all()),
        attached=attached(contact, codes),
    )


def _text(contact: Contact, name: str) -> str:
    """What a list shows of a sealed column: nothing, if its key is destroyed or spoilt. The others are shown."""
    try:
        return sealed.text_of(contact, name)
    except Unreadable:
        return ""


def _with(contact: Contact, rows: Iterable[Any]) -> Iterable[Any]:
    """Rows of a contact that know it, so that it is not fetched once more."""
    for row in rows:
        row.contact = contact
        yield row


def _telling(row: Told) -> Telling:
    return Telling(row.duty, Means(row.means), row.told_at, row.told_by.name)


def _suggestion(row: Contact) -> Suggestion | None:
    if row.suggested_at is None:
        return None
    trace = tuple(row.suggested_trace)
    return Suggestion(Door(row.suggested_door), Reason(row.suggested_reason), trace, row.suggested_at)


def _taken(row: Contact) -> Taken | None:
    return Taken(Option(row.taken), Door(row.taken_door), row.taken_at) if row.taken_at else None
