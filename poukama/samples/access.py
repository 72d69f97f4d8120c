"""Reading samples: a case's list, one sample with its custody, and its custody as a file.

Inside a case the forensic wall is asked, and opening the case was the line of it. A file is a way out and has a line of
its own.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.audit import trail
from poukama.cases.inside import Entered, Opened
from poukama.cases.walls import Reach, Section
from poukama.centres.models import Centre
from poukama.gate.gates import AtCentre, admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within
from poukama.protocols.sampling import Storage
from poukama.samples import codes, proof, writing
from poukama.samples.custody import Entry, Irregular, irregular
from poukama.samples.models import CustodyEntry, Deviation, Holding, Kit, Offer, Sample


@dataclass(frozen=True, slots=True)
class Listed:
    """A sample on a case's list, with where it stands once it is taken, and what was out of order with it."""

    row: Sample
    holding: Holding | None
    taken_by: str
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a custody as it is shown: what it says, what was irregular with it, and its hash."""

    id: UUID
    entry: Entry
    irregular: frozenset[Irregular]
    hash: bytes


@dataclass(frozen=True, slots=True)
class History:
    """A sample with every entry of its custody, the first that does not hold if there is one, and what is offered."""

    sample: Sample
    lines: tuple[Line, ...]
    broken: int | None
    offer: Offer | None


# ── Inside a case ────────────────────────────────────────────────────────────────────────────────────────────


def listed(opened: Opened) -> tuple[Listed, ...]:
    """A case's samples in the protocol's order. Raises PermissionDenied behind the wall."""
    _must_read(opened)
    with within(opened.centre_id):
        rows = Sample.objects.filter(case=opened.case).select_related("holding", "taken_by")
        odd: dict[UUID, list[Deviation]] = {}
        for sample_id, each in _deviations(opened):
            odd.setdefault(sample_id, []).append(each)
        return tuple(
            Listed(
                row,
                getattr(row, "holding", None),
                row.taken_by.name if row.taken_by else "",
                tuple(odd.get(row.pk, ())),
            )
            for row in rows.order_by("position", "place", "item")
        )


def _deviations(opened: Opened) -> list[tuple[UUID, Deviation]]:
    rows = Deviation.objects.filter(case=opened.case).order_by("at", "pk")
    return [(each.sample_id, each) for each in rows if each.sample_id is not None]


def kits(opened: Entered) -> tuple[Kit, ...]:
    """The kits that were opened for a case, the newest first."""
    _must_read(opened)
    with within(opened.centre_id):
        return tuple(Kit.objects.filter(case=opened.case).order_by("-used_at", "-pk"))


def sample(entered: Entered, record: UUID) -> Sample:
    """A sample of this case. Raises Http404, PermissionDenied behind the wall."""
    _must_read(entered)
    with within(entered.centre_id):
        row = Sample.objects.filter(case=entered.case, pk=record).select_related("centre").first()
    if row is None:
        raise Http404
    return row


def offer(entered: Entered, record: UUID) -> Offer:
    """An offer of a sample of this case. Raises Http404, PermissionDenied behind the wall."""
    _must_read(entered)
    with within(entered.centre_id):
        row = Offer.objects.filter(case=entered.case, pk=record).select_related("sample").first()
    if row is None:
        raise Http404
    return row


def history(opened: Opened, record: UUID) -> History:
    """One sample with its custody. Raises Http404, PermissionDenied behind the wall."""
    row = sample(opened, record)
    with within(opened.centre_id):
        return _history(row)


def export(opened: Opened, record: UUID, *, by: Actor, at: dt.datetime) -> str:
    """A sample's custody as a file. Raises Http404, PermissionDenied."""
    row = sample(opened, record)
    with within(opened.centre_id):
        return _exported(row, by, at)


def _must_read(entered: Entered) -> None:
    if entered.reach[Section.FORENSIC] < Reach.READS:
        raise PermissionDenied


# ── By number ────────────────────────────────────────────────────────────────────────────────────────────────


def by_code(
    centres: Iterable[AtCentre], text: str, permission: Permission = Permission.TRAIL_READ, *, by: Actor
) -> Sample:
    """The sample with this number at one of these centres, for whoever holds the permission there. Raises Http404."""
    read = codes.read(text)
    for centre in centres if read else ():
        if read and by.may(permission, centre=centre.centre_id):
            with within(centre.centre_id):
                row = Sample.objects.filter(centre_id=centre.centre_id, code=read[1]).select_related("centre").first()
            if row is not None:
                return row
    raise Http404


def history_of(row: Sample, permission: Permission = Permission.TRAIL_READ, *, by: Actor, at: dt.datetime) -> History:
    """The custody of a sample for whoever works with samples and not in the case: a line of the trail."""
    admit(by, permission, centre=row.centre_id)
    with within(row.centre_id):
        found = _history(row)
        trail.record("custody.read", centre=row.centre_id, actor=by.key, target=name_of(row), at=at)
    return found


def export_of(row: Sample, permission: Permission = Permission.TRAIL_READ, *, by: Actor, at: dt.datetime) -> str:
    """The custody of a sample as a file."""
    admit(by, permission, centre=row.centre_id)
    with within(row.centre_id):
        return _exported(row, by, at)


def centres() -> tuple[Centre, ...]:
    """Every centre of the installation, for the command line."""
    return tuple(Centre.objects.order_by("code"))


# ── Inside ───────────────────────────────────────────────────────────────────────────────────────────────────


def _entries(row: Sample) -> list[tuple[Entry, bytes, bytes, UUID]]:
    rows = CustodyEntry.objects.filter(sample=row).order_by("number")
    return [(writing.entry_of(each, row.code), bytes(each.previous), bytes(each.hash), each.pk) for each in rows]


def _history(row: Sample) -> History:
    found, kept = _entries(row), Storage(row.storage)
    befores: list[Entry | None] = [None, *(entry for entry, _, _, _ in found)]
    lines = tuple(
        Line(pk, entry, irregular(before, entry, kept), own)
        for before, (entry, _, own, pk) in zip(befores, found, strict=False)
    )
    broken = next(proof.faults((entry, previous, own) for entry, previous, own, _ in found), None)
    waiting = Offer.objects.filter(sample=row, answered_at=None).select_related("giver", "receiver").first()
    return History(row, lines, broken, waiting)


def _exported(row: Sample, by: Actor, at: dt.datetime) -> str:
    found = _entries(row)
    if not found:
        raise Http404
    head = proof.head_told(row.code, row.centre_id, len(found), found[-1][2], at)
    text = "".join(
        f"{line}\n"
        for line in (trail.signed(head), *(proof.entry_told(entry, previous, own) for entry, previous, own, _ in found))
    )
    trail.record("custody.exported", centre=row.centre_id, actor=by.key, target=name_of(row), at=at)
    return text
