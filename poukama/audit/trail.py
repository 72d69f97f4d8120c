"""Writing the audit trail, and taking it out."""

import datetime as dt

from poukama.audit.models import AuditEvent
from poukama.audit.rules import Line


def record(event: str, *, centre: int, actor: str, target: str, at: dt.datetime, count: int | None = None) -> None:
    """Add a line to a centre's chain. It belongs last in its transaction: the chain waits until that ends."""
    AuditEvent.objects.create(event=event, centre_id=centre, actor=actor, target=target, at=at, count=count)


def lines(centre: int) -> list[Line]:
    """A centre's whole chain in its own order, as far as this transaction may see it."""
    rows = AuditEvent.objects.filter(centre_id=centre).order_by("number")
    return [_line(row) for row in rows]


def _line(row: AuditEvent) -> Line:
    told = (row.centre_id, row.number, row.at, row.event, row.actor, row.target)
    return Line(*told, bytes(row.before), bytes(row.seal), row.count)
