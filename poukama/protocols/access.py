"""Reading protocols for the page where a doctor answers for them. They are no secret, so no look at them is written."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404

from poukama.centres.models import Centre
from poukama.gate.gates import admit
from poukama.gate.rules import Actor, Permission
from poukama.protocols.approvals import Approvable, Approval, Decided, Kind, kind_of, version_of
from poukama.protocols.held import approvals_at, decided_at
from poukama.protocols.rules import Window


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing with its version, every word on it, of any version, newest first; and the centre's windows."""

    thing: Approvable
    version: str
    words: tuple[Approval, ...]
    windows: tuple[Window, ...]


def decided(centre: Centre, /, *, by: Actor, at: dt.datetime) -> Decided:
    """What a centre has decided. Raises PermissionDenied."""
    admit(by, Permission.PROTOCOL_READ, centre=centre.pk)
    return decided_at(centre)


def thing(centre: Centre, kind: Kind, code: str, /, *, by: Actor, at: dt.datetime) -> Seen:
    """One thing of a centre. Raises PermissionDenied; Http404 for one that it does not have."""
    every = decided(centre, by=by, at=at)
    found = [each for each in every.things() if (kind_of(each), each.code) == (kind, code)]
    if not found:
        raise Http404
    words = [each for each in approvals_at(centre) if (each.kind, each.code) == (kind, code)]
    return Seen(found[0], version_of(found[0]), tuple(reversed(words)), every.windows)
