"""Something at one centre for every address of the staff side that names something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pymupdf
from django.urls import URLPattern, URLResolver, get_resolver

from poukama.cases.models import BrokenGlass, Case, Entry, Note, OfCase, Task, TeamMember, Visit
from poukama.centres.actions import found
from poukama.centres.models import Centre
from poukama.clients.models import CloseEntry, SafeContact
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.gate.scope import within
from poukama.helpline import actions as helpline
from poukama.helpline.models import Arrival, CallBack
from poukama.helpline.rules import Option
from poukama.roster.models import Absence
from poukama.staff.rules import Role
from tests.cases.canaries import sow
from tests.cases.working import make_colleague
from tests.helpline.night import Desk
from tests.people import LONG_AGO, invited
from tests.premises.writing import begin_lot, write_mishap
from tests.roster.planning import Roster


class Unknown(AssertionError):
    """An address names something that nothing here is made for: make it, and name it in `Records.names`."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address by its name, and what it names, by the converter that reads it."""

    name: str
    kwargs: dict[str, str]


def addresses() -> list[Address]:
    """Every address of the staff side."""
    return [each for each in _addresses(get_resolver().url_patterns, "", "") if each.name]


def _addresses(patterns: Iterable[URLPattern | URLResolver], space: str, before: str) -> Iterator[Address]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, f"{each.namespace}:" if each.namespace else space, route)
        elif route.startswith("s/"):
            read = {name: type(kind).__name__ for name, kind in each.pattern.converters.items()}
            yield Address(f"{space}{each.name}", read)


_IN_CASE: dict[str, type[OfCase]] = {
    "entry": Entry,
    "task": Task,
    "visit": Visit,
    "seat": TeamMember,
    "note": Note,
    "glass": BrokenGlass,
}


# What an address names by a word: an act that is asked for, a window of this centre's.
_WORDS = {"cases:code": "examination", "protocols:kind": "window", "protocols:code": "mouth"}


def _first(kind: type[OfCase], case: Case) -> Any:
    return kind._default_manager.filter(case=case).values_list("pk", flat=True)[0]


class Records:
    """What there is at Satama: a contact, a case, a roster and people, with words that nobody else uses."""

    def __init__(self, mark: str) -> None:
        # Its identity codes are those of a practice version, which are no person's.
        found(INSTALLATION, practice=True, by=OPERATOR, at=LONG_AGO)
        desk = Desk(suffix="-desk")
        self.centre: Centre = desk.centre
        self.doctor = make_colleague(Role.DOCTOR, self.centre, "sown-doctor")
        sown = sow(self.centre, desk.maija, self.doctor, mark)
        self.case, self.midwife, self.sections = sown.case, desk.maija, sown.sections
        self.words = sown.words | {f"{mark}{name}" for name in ("note", "calledname", "nametosay")}
        contact = desk.begin()
        desk.save(contact, note=f"{mark}note", called_name=f"{mark}calledname", name_to_say=f"{mark}nametosay")
        desk.do(helpline.take_door, contact, option=Option.COME_NOW, due=None)
        desk.do(helpline.take_door, other := self._reached(desk), option=Option.CALL_BACK, due=None)
        way, _ = invited("sown-new", centre=self.centre)
        post = desk.maija.posts.get()
        with within(self.centre.pk):
            told = {"way": SafeContact.objects.latest("id").way, "person": CloseEntry.objects.latest("id").person}
            in_case = {f"cases:{name}": _first(kind, sown.case) for name, kind in _IN_CASE.items()}
            arrival, call = Arrival.objects.get(contact_id=contact.id), CallBack.objects.get(contact_id=other.id)
        # By an address and what it names, or by all addresses of a room.
        self.names: dict[str, Any] = {
            "helpline:record": contact.id,
            "helpline:arrived.record": arrival.pk,
            "helpline:call-back-done.record": call.pk,
            **{f"{room}:record": sown.case.pk for room in ("board", "care", "cases", "legal")},
            **in_case,
            **{f"cases:{name}": key for name, key in told.items()},
            "care:note": in_case["cases:note"],
            "legal:notice": sown.notice.pk,
            **_WORDS,
            **self._planned(Roster(self.centre)),
            **self._in_rooms(desk),
            "staff:pk": way.member_id,
            "staff:post": post.pk,
            "staff:way": way.pk,
        }

    def _planned(self, roster: Roster) -> dict[str, Any]:
        roster.away("2026-12-01T08:00", "2026-12-02T08:00")
        shift = roster.opened(roster.add("2026-11-27T22:00", "2026-11-28T06:00"))
        with within(self.centre.pk):
            return {"roster:pk": shift.pk, "roster:back.pk": Absence.objects.get().pk}

    def _in_rooms(self, desk: Desk) -> dict[str, Any]:
        lot, mishap = begin_lot(self.centre, desk.maija), write_mishap(self.centre, desk.maija)
        return {"premises:lot": lot.pk, "premises:mishap": mishap.pk}

    def _reached(self, desk: Desk) -> Any:
        contact = desk.begin()
        desk.save(contact, safe_contact="call", phone="050 000 0009", hours="18-20", name_to_say="Kirjasto")
        return contact

    def named(self, address: Address) -> dict[str, Any]:
        """What this address names, of Satama. Raises Unknown."""
        return {name: self._one(address, name) for name in address.kwargs}

    def _one(self, address: Address, name: str) -> Any:
        for key in (f"{address.name}.{name}", f"{address.name.split(':')[0]}:{name}"):
            if key in self.names:
                return self.names[key]
        raise Unknown(f"{address.name}.{name}")


def nothing(address: Address) -> dict[str, Any]:
    """What this address could name and nobody has made."""
    return {name: uuid4() if kind == "UUIDConverter" else 10**9 for name, kind in address.kwargs.items()}


def told_by(answer: Any) -> str:
    """What an answer says to whoever reads it; a document is read too."""
    if answer.get("Content-Type") == "application/pdf":
        return "".join(page.get_text() for page in pymupdf.open(stream=answer.content).pages())
    return str(answer.content.decode())
