"""Somebody comes at 03:20 who called at 02:14: how the tests receive them, and look at the case that they have."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from poukama.audit import trail
from poukama.cases import access as cases
from poukama.cases import actions as case_actions
from poukama.cases.models import Case
from poukama.cases.need import Purpose
from poukama.cases.rules import EntryKind, Leaving
from poukama.cases.rules import Ref as CaseRef
from poukama.clients import access as clients
from poukama.clients.reach import Channel, Way
from poukama.core.hours import Hours
from poukama.gate.scope import within
from poukama.helpline import access, actions
from poukama.helpline.arriving import Coming
from poukama.helpline.models import Contact
from poukama.helpline.rules import Option, Ref, Refusal, Refused
from tests.factories import HELSINKI, at
from tests.helpline.night import Desk

CAME = at("2026-11-24T03:20")
TOLD = {
    "called_name": "Aino",
    "language": "sv",
    "safe_now": "yes",
    "hurt": "no",
    "neck": "unknown",
    "suicidal": "unsaid",
    "when": "hours_6",
    "age": "18-",
    "wants": ["care"],
    "note": "Sisko ajaa.",
}
REACHED = {"safe_contact": "call", "phone": "050 000 0009", "hours": "18-20", "name_to_say": "Kirjasto"}
WAY = Way(uuid4(), Channel.CALL, True, "050 000 0009", Hours("24/7", HELSINKI, "FI"), CAME, name_we_say="Kirjasto")


def on_the_way(desk: Desk, **fields: Any) -> Ref:
    """A contact that has ended, of somebody who comes now."""
    ref = desk.begin()
    desk.save(ref, **{**TOLD, **fields})
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    desk.do(actions.end, ref)
    return ref


def receive(desk: Desk, contact: Ref | None = None, *, key: UUID | None = None, **known: Any) -> Case:
    by, when = known.pop("by", desk.by), known.pop("when", CAME)
    told = {"called": "Aino", "language": "sv"} | known
    coming = Coming(contact=contact.id if contact else None, **told)
    return actions.receive(desk.centre, coming=coming, key=key or uuid4(), by=by, at=when)


def read(desk: Desk, case: Case, member: Any = None) -> cases.CasePage:
    ref = CaseRef(desk.centre.pk, case.pk)
    return cases.case_page(ref, purpose=Purpose.CARE, by=member or desk.by, at=CAME)


def client_of(desk: Desk, case: Case) -> Any:
    row = clients.client(desk.centre, case.client_id, by=desk.by)
    return clients.read(row, by=desk.by, at=CAME)


def heard_in_contacts(seen: cases.CasePage) -> list[str]:
    return [str(line.words) for line in seen.timeline if line.kind is EntryKind.CONTACT]


def events(desk: Desk) -> list[str]:
    with within(desk.centre.pk):
        return [line.event for line in trail.lines(desk.centre.pk)]


def in_list(desk: Desk, by: Any = None) -> Any:
    return access.night(desk.centre, by=by or desk.by, at=CAME)


def attach(desk: Desk, contact: Ref, case: Case, by: Any = None) -> Contact:
    entered = cases.enter(CaseRef(desk.centre.pk, case.pk), by=by or desk.by, at=CAME)
    return actions.attach(contact, entered=entered, by=by or desk.by, at=CAME)


def refused(refusal: Refusal) -> Any:
    return pytest.raises(Refused, match=rf"^{refusal}$")


def departed(desk: Desk, case: Case) -> None:
    entered = cases.enter(CaseRef(desk.centre.pk, case.pk), by=desk.by, at=CAME)
    with within(desk.centre.pk):
        (visit,) = read(desk, case).visits
        row = cases.visit(entered, visit.id)
    case_actions.depart(entered, visit=row, leaving=Leaving(), by=desk.by, at=CAME)
