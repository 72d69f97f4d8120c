"""Reading a case's notices, for whoever may read what stands about authorities and law."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.cases.inside import Entered, Opened, text_of
from poukama.cases.walls import Reach, Section
from poukama.gate.scope import within
from poukama.legal.models import Notice
from poukama.legal.rules import How, Means
from poukama.staff.models import Member
from poukama.staff.rules import key_of


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice; `sent_at` is None while it is a draft, `law` is empty for one that the client's yes let go."""

    id: UUID
    recipient: str
    whom: str
    words: str
    name: str
    begun_at: dt.datetime
    saves: int
    told_at: dt.datetime | None
    told_how: How | None
    sent_at: dt.datetime | None
    sent_by: str
    means: Means | None
    proof: str
    law: str


def notices(opened: Opened) -> tuple[NoticeShown, ...]:
    """The notices of a case, the newest first. Raises PermissionDenied behind the wall."""
    _must_read(opened)
    with within(opened.centre_id):
        rows = Notice.objects.filter(case=opened.case).select_related("author", "sent_by")
        return tuple(_shown(row, opened) for row in rows.order_by("-begun_at", "-pk"))


def notice(entered: Entered, record: UUID) -> Notice:
    """A notice of this case, to act on. Raises Http404, PermissionDenied behind the wall."""
    _must_read(entered)
    with within(entered.centre_id):
        row = Notice.objects.filter(case=entered.case, pk=record).first()
    if row is None:
        raise Http404
    return row


def approvers(opened: Opened, keys: frozenset[str]) -> dict[str, str]:
    """The names that members have now, by what the ledger calls those who answer for a ground."""
    _must_read(opened)
    numbers = [int(key.removeprefix(key_of(""))) for key in keys if key.startswith(key_of(""))]
    return {key_of(pk): name for pk, name in Member.objects.filter(pk__in=numbers).values_list("pk", "name")}


def _must_read(entered: Entered) -> None:
    if entered.reach[Section.LEGAL] < Reach.READS:
        raise PermissionDenied


def _shown(row: Notice, opened: Opened) -> NoticeShown:
    return NoticeShown(
        id=row.pk,
        recipient=row.recipient,
        whom=text_of(row, opened.case, "whom"),
        words=text_of(row, opened.case),
        name=row.author.name,
        begun_at=row.begun_at,
        saves=row.saves,
        told_at=row.told_at,
        told_how=How(row.told_how) if row.told_how else None,
        sent_at=row.sent_at,
        sent_by=row.sent_by.name if row.sent_by else "",
        means=Means(row.means) if row.means else None,
        proof=text_of(row, opened.case, "proof"),
        law=row.law,
    )
