"""Reading the desk: the list of the night, one contact, who is on call, and counts without content.

Every read of what was told is a line in the centre's trail. Another centre's contact does not exist (Http404).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Sum
from django.db.models.functions import ExtractHour
from django.http import Http404

from poukama.audit import trail
from poukama.cases import access as cases
from poukama.centres.models import Centre
from poukama.doors.held import policy_of
from poukama.gate.gates import AtCentre, admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within
from poukama.helpline import opening
from poukama.helpline.arriving import InCase
from poukama.helpline.models import Arrival, CallBack, Contact, Told
from poukama.helpline.rules import Measures, Outcome, Ref, listed_since
from poukama.helpline.shown import Desk, Expected, Night, Opened
from poukama.roster import access as roster
from poukama.roster.rules import Cover, Duty

_TOLD = Prefetch("told", Told.objects.select_related("told_by").order_by("told_at", "id"))
_TOLD_OF_CONTACT = Prefetch("contact__told", Told.objects.select_related("told_by").order_by("told_at", "id"))


def find(record: UUID, centres: Iterable[AtCentre], *, by: Actor) -> Ref:
    """Which of these centres has this contact, promised call or arrival; nothing of it is read, so there is no line.

    With one centre there is no query either: an action or a read finds out by itself. Raises Http404.
    """
    mine = [each.centre_id for each in centres if by.may(Permission.CONTACT_READ, centre=each.centre_id)]
    if len(mine) == 1:
        return Ref(mine[0], record)
    for centre in mine:
        with within(centre):
            if any(kind.objects.filter(pk=record).exists() for kind in (Contact, CallBack, Arrival)):
                return Ref(centre, record)
    raise Http404


def desk(centre: AtCentre, *, by: Actor, at: dt.datetime) -> Desk:
    """What holds at a centre now: the pack's policy, and who is on call. Says nothing of any contact."""
    admit(by, Permission.CONTACT_READ, centre=centre.centre_id)
    return Desk(policy_of(centre), lambda: roster.covering(centre, by=by, at=at))


def night(centre: Centre, *, covers: Iterable[Cover] = (), by: Actor, at: dt.datetime) -> Night:
    """The list: in progress, ended in the last 24 hours or in this shift, promised calls, expected arrivals.

    Which shift is this one is told by who `covers` the midwife's duty.
    """
    admit(by, Permission.CONTACT_READ, centre=centre.centre_id)
    shift_began = next((cover.since for cover in covers if cover.duty == Duty.MIDWIFE), None)
    since = listed_since(at, shift_began)
    with within(centre.centre_id):
        rows = Contact.objects.filter(centre_id=centre.centre_id).select_related("pen").order_by("-began_at", "id")
        # First those in progress: one that ends between the two is in both, and never in neither.
        in_progress = list(rows.filter(ended_at__isnull=True))
        ended = list(rows.filter(began_at__gte=since, ended_at__isnull=False))
        of_contact = {"centre_id": centre.centre_id}
        promised = list(CallBack.objects.filter(**of_contact, done_at__isnull=True).select_related("contact"))
        expected = _coming(centre.centre_id)
        contacts = [*ended, *(row.contact for row in promised), *(row.contact for row in expected)]
        codes = cases.codes(centre, [row.case_id for row in contacts if row.case_id], by=by)
        found = Night(
            since=since,
            in_progress=_listed(in_progress, by, shift_began),
            ended=_listed(ended, by, shift_began, codes),
            call_backs=opening.in_order(opening.promised(row, at, codes) for row in promised),
            arrivals=tuple(opening.expected(row, codes) for row in expected),
        )
        trail.record("contacts.listed", centre=centre.centre_id, actor=by.key, target=name_of(centre), at=at)
    return found


def coming(centre: Centre, *, by: Actor, at: dt.datetime) -> tuple[Expected, ...]:
    """Who is on the way: no more of the list than that."""
    admit(by, Permission.CONTACT_READ, centre=centre.centre_id)
    with within(centre.centre_id):
        expected = _coming(centre.centre_id)
        codes = cases.codes(centre, [row.contact.case_id for row in expected if row.contact.case_id], by=by)
        found = tuple(opening.expected(row, codes) for row in expected)
        trail.record("arrivals.listed", centre=centre.centre_id, actor=by.key, target=name_of(centre), at=at)
    return found


def _coming(centre: int) -> list[Arrival]:
    rows = Arrival.objects.filter(centre_id=centre, closed_at__isnull=True).select_related("contact")
    return list(rows.prefetch_related(_TOLD_OF_CONTACT).order_by("agreed_at", "id"))


def contact(ref: Ref, *, by: Actor, at: dt.datetime) -> Opened:
    """One contact, opened; whether it may be written is `mine`. Raises Http404, or InCase for one that is attached."""
    admit(by, Permission.CONTACT_READ, centre=ref.centre_id)
    with within(ref.centre_id):
        rows = Contact.objects.filter(centre_id=ref.centre_id).select_related("pen")
        row = rows.prefetch_related(_TOLD, "call_backs", "arrivals").filter(pk=ref.id).first()
        if row is None:
            raise Http404
        if row.case_id:
            raise InCase(row.case_id)
        opened = opening.opened(row, by, at)
        trail.record("contact.read", centre=ref.centre_id, actor=by.key, target=name_of(row), at=at)
    return opened


def beside(ref: Ref, *, by: Actor) -> tuple[tuple[UUID, dt.datetime], ...]:
    """The other contacts that a member has in progress at this centre, and since when; nothing of them is read."""
    admit(by, Permission.CONTACT_READ, centre=ref.centre_id)
    with within(ref.centre_id):
        rows = Contact.objects.filter(centre_id=ref.centre_id, ended_at__isnull=True, pen_id=opening.member_of(by))
        return tuple(rows.exclude(pk=ref.id).order_by("began_at", "id").values_list("id", "began_at"))


def writing(by: Actor, centres: Iterable[AtCentre]) -> bool:
    """Whether somebody has a contact in progress: their screen is locked later. Nothing of it is read."""
    return any(_holds_a_pen(by, each.centre_id) for each in centres)


def _holds_a_pen(by: Actor, centre: int) -> bool:
    if not by.may(Permission.CONTACT_KEEP, centre=centre):
        return False
    with within(centre):
        return Contact.objects.filter(centre_id=centre, ended_at__isnull=True, pen_id=opening.member_of(by)).exists()


def measures(centre: Centre, *, since: dt.datetime, until: dt.datetime, by: Actor, at: dt.datetime) -> Measures:
    """Counts of the contacts that began from `since` up to `until` and have ended. No text is read."""
    admit(by, Permission.MEASURES_READ, centre=centre.centre_id)
    with within(centre.centre_id):
        rows = Contact.objects.filter(
            centre_id=centre.centre_id, began_at__gte=since, began_at__lt=until, ended_at__isnull=False
        )
        zone = policy_of(centre).pack.zone
        groups = list(
            rows.annotate(hour=ExtractHour("began_at", tzinfo=zone))
            .values("hour", "language", "outcome")
            .annotate(number=Count("id"), length=Sum(F("ended_at") - F("began_at")))
            .order_by("hour", "language", "outcome")
        )
        trail.record("measures.read", centre=centre.centre_id, actor=by.key, target=name_of(centre), at=at)
    answered = [group for group in groups if group["outcome"] != Outcome.UNANSWERED]
    spoken = [group for group in answered if group["outcome"] != Outcome.EMPTY]
    return Measures(
        offered=_sum(groups),
        answered=_sum(answered),
        silent=_sum(answered) - _sum(spoken),
        length=sum((group["length"] for group in spoken), dt.timedelta()),
        hours=_by("hour", groups),
        languages=_by("language", groups),
        outcomes=_by("outcome", groups),
    )


def _sum(groups: Iterable[Mapping[str, Any]]) -> int:
    return sum(group["number"] for group in groups)


def _by(name: str, groups: Iterable[Mapping[str, Any]]) -> dict[Any, int]:
    counted: dict[Any, int] = {}
    for group in groups:
        counted[group[name]] = counted.get(group[name], 0) + group["number"]
    return counted


def _listed(
    rows: Iterable[Contact], by: Actor, shift_began: dt.datetime | None, codes: Mapping[UUID, str] = opening.NO_CODES
) -> tuple[Any, ...]:
    return tuple(opening.listed(row, by, shift_began, codes) for row in rows)
