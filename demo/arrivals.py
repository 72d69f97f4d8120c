"""Who came in the demo's night, all invented: with whom, and into which room; never what happened."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from demo.contacts import record_of
from demo.night import last_night
from poukama.centres.models import Centre
from poukama.doors.held import policy_of
from poukama.gate.scope import within
from poukama.helpline import access, actions
from poukama.helpline.arriving import Coming, known_of
from poukama.helpline.models import Contact
from poukama.helpline.rules import Ref
from poukama.staff.access import standing
from poukama.staff.models import Member


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who came, by the wall clock: after the call that began when, received by whom, into which room."""

    call: str
    came: str
    received_by: str
    room: str
    company: frozenset[str] = frozenset()


# Aino, with her sister.
ARRIVALS = (Came("02:14", "03:20", "maija", "1", frozenset({"sibling"})),)


def arrivals(centre: Centre, at: dt.datetime) -> list[UUID]:
    """Receive whoever came in the last night that was over, into a case each; those who are there stay as they are."""
    zone = policy_of(centre).pack.zone
    night = last_night(at, zone)
    opened = []
    for one in ARRIVALS:
        record = record_of(centre, night, one.call)
        if _waits(centre, record):
            opened.append(_receive(centre, record, one, night.moment(one.came, zone)))
    return opened


def _waits(centre: Centre, record: UUID) -> bool:
    with within(centre.pk):
        return Contact.objects.filter(pk=record, case=None).exists()


def _receive(centre: Centre, record: UUID, one: Came, at: dt.datetime) -> UUID:
    by = standing(Member.objects.get(login=one.received_by), at).actor
    heard = access.contact(Ref(centre.pk, record), by=by, at=at)
    known = known_of(heard.answers, heard.words)
    coming = Coming(
        called=known.called,
        language=known.language,
        interpreter=known.interpreter,
        company=one.company,
        room=one.room,
        contact=record,
    )
    return actions.receive(centre, coming=coming, key=uuid5(record, "case"), by=by, at=at).pk
