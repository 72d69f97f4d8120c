"""What a centre has decided of time, sampling and keeping: its newest pack, with what its doctors have approved of it.

What is approved is as public as the pack, and is read so: by the guide, and by every page with a clock.
"""

import datetime as dt
from functools import lru_cache
from pathlib import Path

from django.db.models import QuerySet

from poukama.centres.files import laid_out
from poukama.centres.models import Centre, LoadedPack
from poukama.gate.gates import AtCentre
from poukama.protocols.approvals import Approval, Decided, Kind, Verb, in_force, with_approvals
from poukama.protocols.files import read_retention, read_windows
from poukama.protocols.models import ApprovalRow
from poukama.protocols.retention import Retention
from poukama.protocols.sampling import Protocol
from poukama.protocols.sampling_file import read_sampling


def approvals_at(centre: AtCentre) -> tuple[Approval, ...]:
    """Every word on every thing of a centre, oldest first. One query."""
    return _told(ApprovalRow.objects.filter(centre_id=centre.centre_id))


def approvals_of(code: str) -> tuple[Approval, ...]:
    """The same for a centre by its code, as packs name it. One query."""
    return _told(ApprovalRow.objects.filter(centre__code=code))


def decided_at(centre: AtCentre) -> Decided:
    """What a centre has decided, each with its approver where it has one. Two queries."""
    packs = LoadedPack.objects.filter(centre_id=centre.centre_id).order_by("-id")
    loaded, digest = packs.values_list("id", "digest")[:1].get()
    return with_approvals(_read(loaded, digest), approvals_at(centre))


def sampling_at(centre: AtCentre) -> Protocol | None:
    """The sampling protocol of a centre, approved or not; None where it has none. Two queries."""
    return decided_at(centre).sampling


def retention_at(centre: Centre, at: dt.datetime) -> Retention | None:
    """The rule that is in force at a moment, with its source and its approver; None where none is. Two queries.

    One that nobody has approved, or that holds only later, is none: no page shows its number and nothing ends by it.
    """
    rule = decided_at(centre).retention
    return rule if rule and in_force(rule, at, centre.zone) else None


def read_decided(folder: Path) -> Decided:
    """What a pack's folder says, of which nobody has approved anything. Raises PackErrors."""
    return Decided(read_windows(folder), read_sampling(folder), read_retention(folder))


@lru_cache(maxsize=64)
def _read(loaded: int, digest: str) -> Decided:
    # The digest is part of the question, so that another database's pack of the same number is another pack.
    with laid_out(LoadedPack.objects.values_list("files", flat=True).get(pk=loaded)) as folder:
        return read_decided(folder)


def _told(rows: QuerySet[ApprovalRow]) -> tuple[Approval, ...]:
    columns = ("kind", "code", "version", "verb", "approver__name", "at", "valid_from")
    return tuple(
        Approval(Kind(kind), code, version, Verb(verb), name, at, valid_from)
        for kind, code, version, verb, name, at, valid_from in rows.order_by("id").values_list(*columns)
    )
