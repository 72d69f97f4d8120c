"""Reading what the database knows of the installation, its centres and their trails."""

import datetime as dt
import threading
import time
from collections.abc import Iterator

from django.db import Error

from poukama.audit import trail
from poukama.audit.rules import Line
from poukama.audit.trail import Part
from poukama.centres.models import Centre, Installation, LoadedPack
from poukama.gate.gates import admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within

# After a failure the database is left alone for this long, in seconds, so that pages do not queue up behind it.
_LET_REST = 30.0


class _Practice:
    """The answer, kept for the life of the process since it never changes, or when to ask again."""

    answer: bool | None = None
    ask_at: float = 0.0
    asking = threading.Lock()


def practice() -> bool:
    """Whether this is a practice version. Never fails and never keeps a page waiting behind another's question.

    While the database cannot say, the answer is no: nobody in need must read that the service is not real.
    """
    if _Practice.answer is None and time.monotonic() >= _Practice.ask_at and _Practice.asking.acquire(blocking=False):
        try:
            _Practice.answer = _founded_as()
        finally:
            _Practice.ask_at = time.monotonic() + _LET_REST
            _Practice.asking.release()
    return bool(_Practice.answer)


def _founded_as() -> bool | None:
    try:
        return Installation.objects.values_list("practice", flat=True).first()
    except Error:
        # Absent, or there without its tables.
        return None


def list_centres() -> list[Centre]:
    """Every centre of this installation, by code."""
    return list(Centre.objects.order_by("code"))


def held_pack(centre: Centre) -> LoadedPack:
    """The pack that holds for a centre: the newest. Every centre was opened by one."""
    return LoadedPack.objects.filter(centre=centre).latest("id")


def list_trails() -> list[tuple[str, Centre | Installation]]:
    """Whatever has an audit trail, by name: the installation, then every centre by code."""
    founded = [("installation", each) for each in Installation.objects.all()]
    return [*founded, *((centre.code, centre) for centre in list_centres())]


def look_into(
    centre: Centre | Installation,
    *,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    event: str = "trail.read",
    by: Actor,
    at: dt.datetime,
) -> Part:
    """A centre's audit trail, or the installation's, as far as it goes now; the look is its next line.

    The line comes first, because lines may be taken one by one and the taking cut short. Another centre's trail does
    not exist (Http404).
    """
    admit(by, Permission.TRAIL_READ, centre=centre.centre_id)
    with within(centre.centre_id):
        found = trail.part(centre.centre_id, since, until)
        trail.record(event, centre=centre.centre_id, actor=by.key, target=name_of(centre), at=at)
    return found


def take_lines(some: Part, *, by: Actor) -> Iterator[Line]:
    """The lines of a trail that was looked into, a few at a time, however long it is."""
    admit(by, Permission.TRAIL_READ, centre=some.centre)
    with within(some.centre):
        yield from trail.lines_of(some)


def read_trail(centre: Centre | Installation, *, by: Actor, at: dt.datetime) -> list[Line]:
    """A centre's whole audit trail, or the installation's, at once."""
    return list(take_lines(look_into(centre, by=by, at=at), by=by))
