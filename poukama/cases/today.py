"""What the open cases of a centre ask of today: codes, times and whose turn it is, and no word of anybody's.

For `access` alone, in a transaction that it has opened; it takes as many queries for many cases as for one.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from poukama.cases.models import BrokenGlass, Presence, Task, Visit
from poukama.cases.need import review_by
from poukama.cases.rules import Present, Title, is_late
from poukama.cases.shown import Board, CameIn, HereNow, ToReview, Waiting
from poukama.cases.walls import Reach, Section, sections
from poukama.clients import kept, sealed
from poukama.clients.models import Client, IdentityEntry, ShutOut
from poukama.staff.rules import Role

# The most rows of a list: more would be read by nobody.
MOST = 40
_A_DAY = dt.timedelta(days=1)
# What is due within this time waits for us already.
_SOON = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at which centre: the clients shut to them, how far the walls let them, and when."""

    centre: int
    shut: QuerySet[ShutOut, UUID]
    reach: Mapping[Section, Reach]
    at: dt.datetime


def board(look: Look, week_ends: dt.datetime, zone: ZoneInfo, *, reviews: bool) -> Board:
    """All of it; the glasses only for whoever reviews them."""
    soon = look.at + _SOON
    waiting = _tasks(look, ~Q(title=Title.FOLLOW_UP.value), Q(due=None) | Q(due__lt=soon))
    week = _tasks(look, Q(title=Title.FOLLOW_UP.value), Q(due__lt=week_ends))
    here, came = _here(look), _came(look)
    glasses = _reviews(look, zone) if reviews else []
    sizes = {"waiting": len(waiting), "week": len(week), "here": len(here), "came": len(came), "reviews": len(glasses)}
    return Board(
        here=tuple(here[:MOST]),
        waiting=tuple(waiting[:MOST]),
        week=tuple(week[:MOST]),
        came=tuple(came[:MOST]),
        reviews=tuple(glasses[:MOST]),
        more=frozenset(name for name, size in sizes.items() if size > MOST),
    )


def _code(client: Client) -> str:
    return sealed.readable(client, "code")


def _open_tasks(look: Look) -> QuerySet[Task]:
    known = sections(look.reach, Reach.KNOWS)
    return Task.objects.filter(centre_id=look.centre, done_at=None, section__in=known)


def _tasks(look: Look, *conditions: Q) -> list[Waiting]:
    """Those whose time comes first on top, then the oldest."""
    rows = _open_tasks(look).filter(*conditions, case__closed_at=None).exclude(case__client__in=look.shut)
    rows = rows.select_related("case__client", "member").order_by(F("due").asc(nulls_last=True), "added_at", "pk")
    return [
        Waiting(
            case=row.case_id,
            code=_code(row.case.client),
            title=Title(row.title),
            turn=row.member.name if row.member else Role(row.role),
            due=row.due,
            added_at=row.added_at,
            late=is_late(row.due, row.done_at, look.at),
        )
        for row in rows[: MOST + 1]
    ]


def _here(look: Look) -> list[HereNow]:
    """The visits that have not ended; the language to whoever reads who the client is."""
    rows = Visit.objects.filter(centre_id=look.centre, departed_at=None).exclude(case__client__in=look.shut)
    visits = list(rows.select_related("case__client").order_by("arrived_at", "pk")[: MOST + 1])
    there: dict[UUID, set[Present]] = {}
    for each in Presence.objects.filter(visit__in=[visit.pk for visit in visits]):
        there.setdefault(each.visit_id, set()).add(Present(each.who))
    named = [visit.case.client_id for visit in visits if look.reach[Section.IDENTITY] >= Reach.READS]
    language = {row.client_id: row.language for row in kept.newest_of(IdentityEntry, named)}
    return [
        HereNow(
            case=visit.case_id,
            code=_code(visit.case.client),
            room=visit.room,
            arrived_at=visit.arrived_at,
            language=language.get(visit.case.client_id, ""),
            there=tuple(who for who in Present if who in there.get(visit.pk, set())),
        )
        for visit in visits
    ]


def _came(look: Look) -> list[CameIn]:
    """Whoever came in the last day, whatever its date, and has something open; a night has two dates."""
    rows = Visit.objects.filter(centre_id=look.centre, arrived_at__gt=look.at - _A_DAY, case__closed_at=None)
    rows = rows.filter(Exists(_open_tasks(look).filter(case=OuterRef("case")))).exclude(case__client__in=look.shut)
    rows = rows.select_related("case__client").order_by("arrived_at", "pk")
    newest = {row.case_id: row for row in rows[: MOST + 1]}
    return [CameIn(row.case_id, _code(row.case.client), row.arrived_at) for row in newest.values()]


def _reviews(look: Look, zone: ZoneInfo) -> list[ToReview]:
    rows = BrokenGlass.objects.filter(centre_id=look.centre, reviewed_at=None).exclude(case__client__in=look.shut)
    rows = rows.select_related("case__client").order_by("broken_at", "pk")
    return [ToReview(row.case_id, _code(row.case.client), review_by(row.broken_at, zone)) for row in rows[: MOST + 1]]
