"""Writing the audit trail, and taking it out."""

import datetime as dt

from poukama.audit.models import AuditEvent
from poukama.audit.rules import Line


def record(event: str, *, centre: int, actor: str, target: str, at: dt.datetime) -> None:
    """Add a line to a centre's chain. It belongs last in its transaction: the chain waits until that ends."""
    AuditEvent.objects.create(event=event, centre_id=centre, actor=actor, target=target, at=at)


def lines(centre: int) -> list[Line]:
    """A centre's whole chain in its own order, as far as this transaction may see it."""
    rows = AuditEvent.objects.filter(centre_id=centre).order_by("number")
    return [
        Line(row.centre_id, row.number, row.at, row.event, row.actor, row.target, bytes(row.before), bytes(row.seal))
        for row in rows
    ]
