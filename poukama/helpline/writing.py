"""What every write of this room does first: finds the row and holds it, knows a form sent twice, asks for the pen.

For `actions` and `receiving` alone, in the transaction of an action.
"""

import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from psycopg.errors import UniqueViolation

from poukama.centres.models import Centre
from poukama.core import vault
from poukama.gate.gates import AlreadyDone
from poukama.gate.rules import Actor
from poukama.helpline import opening
from poukama.helpline.models import Arrival, CallBack, Contact, Done
from poukama.helpline.rules import Ref, Refusal, Refused

Hanging = TypeVar("Hanging", CallBack, Arrival)


def member_who_acts(by: Actor) -> int:
    """Who acts, as a member: nobody else takes a call."""
    member = opening.member_of(by)
    if member is None:
        raise PermissionDenied
    return member


def new(centre: Centre, contact: Contact) -> Contact:
    """Insert a contact with its key; one that stands is the one that was meant."""
    contact.centre_id = centre.centre_id
    vault.make_key(centre.centre_id, contact.pk)
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError as fault:
        if not isinstance(fault.__cause__, UniqueViolation):
            raise
        begun = Contact.objects.filter(pk=contact.pk).first()
        if begun is None:
            # Another centre has this key: it does not exist here.
            raise Http404 from None
        raise AlreadyDone(begun) from None
    return contact


def locked(ref: Ref) -> Contact:
    """A contact, held until the transaction ends."""
    contact = Contact.objects.select_for_update().filter(pk=ref.id, centre_id=ref.centre_id).first()
    if contact is None:
        raise Http404
    return contact


def of_contact(kind: type[Hanging], ref: Ref) -> Hanging:
    """A promised call or an expected arrival, behind the lock of its contact: every write to it waits there."""
    contact_id = kind.objects.filter(pk=ref.id, centre_id=ref.centre_id).values_list("contact_id", flat=True).first()
    if contact_id is None:
        raise Http404
    contact = locked(Ref(ref.centre_id, contact_id))
    row = kind.objects.get(pk=ref.id)
    row.contact = contact
    return row


def step(ref: Ref, key: UUID, at: dt.datetime) -> Contact:
    """The contact, locked, for a form that was not sent before."""
    contact = locked(ref)
    if Done.objects.filter(contact=contact, key=key).exists():
        raise AlreadyDone(contact)
    Done.objects.create(centre_id=ref.centre_id, contact=contact, key=key, done_at=at)
    return contact


def must_be_in_progress(contact: Contact) -> None:
    """Raise Refused for a contact that has ended."""
    if contact.ended_at:
        raise Refused(Refusal.ENDED)


def must_hold_the_pen(contact: Contact, by: Actor) -> None:
    """Raise Refused to whoever does not write this contact."""
    must_be_in_progress(contact)
    if contact.pen_id != opening.member_of(by):
        raise Refused(Refusal.PEN, contact.pen.name if contact.pen else "")
