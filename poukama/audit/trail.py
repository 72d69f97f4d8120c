"""Writing the audit trail, and taking it out."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from poukama.audit.models import AuditEvent
from poukama.audit.rules import Checkpoint, Line, checkpoint_told, signed_bytes, with_signature
from poukama.core import signing

# How many rows the database hands over at once.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a centre's lines, those after one up to and including another, with the seals of these two."""

    centre: int
    after: int
    before: bytes
    number: int
    seal: bytes


def record(event: str, *, centre: int, actor: str, target: str, at: dt.datetime, count: int | None = None) -> None:
    """Add a line to a centre's chain. It belongs last in its transaction: the chain waits until that ends."""
    AuditEvent.objects.create(event=event, centre_id=centre, actor=actor, target=target, at=at, count=count)


def lines(centre: int) -> list[Line]:
    """A centre's whole chain in its own order, as far as this transaction may see it."""
    return list(lines_of(part(centre)))


def part(centre: int, since: dt.datetime | None = None, until: dt.datetime | None = None) -> Part:
    """The lines from the first at or after `since` to the last before `until`, as they stand now; all without these."""
    rows = AuditEvent.objects.filter(centre_id=centre).order_by("number")
    first = rows.filter(at__gte=since).values_list("number", flat=True).first() if since else 1
    last = (rows.filter(at__lt=until) if until else rows).last()
    number = last.number if last else 0
    # Of a time without lines, none: after the last one before it.
    after = min(first - 1, number) if first else number
    before = rows.filter(number=after).first()
    return Part(centre, after, bytes(before.seal) if before else b"", number, bytes(last.seal) if last else b"")


def lines_of(some: Part) -> Iterator[Line]:
    """The lines of a part in their order, a few at a time. A transaction must be open until the last is taken."""
    rows = AuditEvent.objects.filter(centre_id=some.centre, number__gt=some.after, number__lte=some.number)
    return (_line(row) for row in rows.order_by("number").iterator(_AT_ONCE))


def _line(row: AuditEvent) -> Line:
    told = (row.centre_id, row.number, row.at, row.event, row.actor, row.target)
    return Line(*told, bytes(row.before), bytes(row.seal), row.count)


def signed(told: Mapping[str, Any]) -> str:
    """An object as one line of text, signed by this installation."""
    return with_signature(told, signing.sign(signed_bytes(told)))


def checkpoint(name: str, some: Part, at: dt.datetime) -> str:
    """What a trail is at a moment, signed; `name` is what people call the trail."""
    return signed(checkpoint_told(Checkpoint(name, some.centre, some.number, some.seal, at, some.after, some.before)))
