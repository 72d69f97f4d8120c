"""Reading what was written down of rooms, lots, skills and mishaps. Another centre's row is Http404."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from poukama.audit import trail
from poukama.centres.models import Centre
from poukama.core import vault
from poukama.doors.held import policy_of
from poukama.gate.gates import admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within
from poukama.premises.models import WORDS, LotInUse, Mishap, MishapStep, RoomEntry, SkillEntry
from poukama.premises.rules import (
    LOCKS,
    Cleaning,
    Condition,
    Kind,
    Lot,
    Outcome,
    RoomLine,
    Shown,
    Skill,
    State,
    Step,
    Supply,
    Verb,
    Visitor,
    condition,
)
from poukama.staff.access import who_holds
from poukama.staff.models import Member
from poukama.staff.rules import key_of

# So many of the newest lines, lots and mishaps stand on a page, besides every lot in use and every open mishap.
_LINES = 60
# What makes a room's state is looked for so far back, but for its lock, which stays on until somebody takes it off.
_BACK = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a log and who wrote it, with when where that was later."""

    line: RoomLine
    name: str
    written_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of a centre as they are, in the pack's order, and the newest lines of their log, newest first."""

    conditions: Mapping[str, Condition]
    lines: tuple[Written, ...]


def rooms(centre: Centre, /, *, by: Actor, at: dt.datetime) -> Rooms:
    """The rooms and their log. Raises PermissionDenied."""
    admit(by, Permission.PREMISES_READ, centre=centre.pk)
    with within(centre.pk):
        rows = list(_rows(centre, at).select_related("member"))
        trail.record("rooms.read", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    written = [Written(_line(row), row.member.name, row.written_at) for row in rows]
    found = _conditions([each.line for each in written])
    conditions = {room: found.get(room, Condition()) for room in policy_of(centre).pack.rooms}
    return Rooms(conditions, tuple(reversed(written[-_LINES:])))


def states(centre: Centre, /, *, by: Actor, at: dt.datetime) -> Mapping[str, State]:
    """The state of each room that something was written of: one question, and no line of the trail, for a board."""
    admit(by, Permission.PREMISES_READ, centre=centre.pk)
    with within(centre.pk):
        lines = [_line(row) for row in _rows(centre, at)]
    return {room: found.state for room, found in _conditions(lines).items()}


def _rows(centre: Centre, at: dt.datetime) -> QuerySet[RoomEntry]:
    rows = RoomEntry.objects.filter(Q(at__gt=at - _BACK) | Q(verb__in=LOCKS), centre=centre)
    return rows.order_by("at", "written_at")


def _conditions(lines: list[RoomLine]) -> dict[str, Condition]:
    rooms = {line.room for line in lines}
    return {room: condition(line for line in lines if line.room == room) for room in rooms}


def _line(row: RoomEntry) -> RoomLine:
    cleaning = None
    if row.passes is not None and row.contact is not None:
        cleaning = Cleaning(row.reagent, row.lot, row.passes, row.contact)
    return RoomLine(
        room=row.room,
        verb=Verb(row.verb),
        at=row.at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        cleaning=cleaning,
        visitor=Visitor(row.visitor) if row.visitor else None,
    )


# ── Lots ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LotSeen:
    """A lot, by its key, with who took it into use."""

    id: UUID
    lot: Lot
    name: str


def lots(centre: Centre, /, *, by: Actor, at: dt.datetime) -> tuple[LotSeen, ...]:
    """Every lot in use, and the newest that are not. Raises PermissionDenied."""
    admit(by, Permission.PREMISES_READ, centre=centre.pk)
    with within(centre.pk):
        lots = LotInUse.objects.filter(centre=centre).select_related("begun_by").order_by("-begun_at", "id")
        rows = [*lots.filter(ended_at=None), *lots.exclude(ended_at=None)[:_LINES]]
        trail.record("lots.read", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return tuple(LotSeen(row.pk, _lot(row), row.begun_by.name) for row in rows)


def _lot(row: LotInUse) -> Lot:
    return Lot(Supply(row.supply), row.number, row.expires, row.begun_at, row.ended_at)


def lot(centre: Centre, key: UUID, /, *, by: Actor) -> LotInUse:
    """A lot to be ended. Raises PermissionDenied, Http404."""
    admit(by, Permission.PREMISES_WRITE, centre=centre.pk)
    with within(centre.pk):
        row = LotInUse.objects.filter(centre=centre, pk=key).first()
    if row is None:
        raise Http404
    return row


# ── Skills ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Skilled:
    """A member with the newest word on each of their skills."""

    member: Member
    shown: tuple[Shown, ...]


def skills(centre: Centre, /, *, by: Actor, at: dt.datetime) -> tuple[Skilled, ...]:
    """What those who work at a centre have shown: everybody, to whoever keeps it; oneself, to all others."""
    admit(by, Permission.PREMISES_READ, centre=centre.pk)
    everybody = {member.pk: member for member, _role in who_holds(Permission.PREMISES_WRITE, centre, at)}
    if not by.may(Permission.SKILL_KEEP, centre=centre.pk):
        everybody = {pk: member for pk, member in everybody.items() if key_of(pk) == by.key}
    with within(centre.pk):
        rows = SkillEntry.objects.filter(centre=centre, member__in=everybody).order_by("number")
        newest = {(row.member_id, row.skill): row for row in rows}
        trail.record("skills.read", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return tuple(
        Skilled(member, tuple(_shown(newest.values(), pk)))
        for pk, member in sorted(everybody.items(), key=lambda each: each[1].name)
    )


def _shown(rows: Iterable[SkillEntry], member: int) -> list[Shown]:
    found = {row.skill: row for row in rows if row.member_id == member}
    return [
        Shown(skill, row.day, row.until, row.taken_back) for skill in Skill if (row := found.get(skill)) is not None
    ]


# ── Mishaps ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class MishapSeen:
    """A mishap; its words only where it was opened."""

    id: UUID
    kind: Kind
    room: str
    at: dt.datetime
    closed: bool
    steps: tuple["StepSeen", ...] = ()


@dataclass(frozen=True, slots=True)
class StepSeen:
    """What was written of a mishap, by whom and when."""

    step: Step
    words: str
    at: dt.datetime
    name: str


def mishaps(centre: Centre, /, *, by: Actor, at: dt.datetime) -> tuple[MishapSeen, ...]:
    """Every open mishap, and the newest that are closed. Raises PermissionDenied."""
    admit(by, Permission.PREMISES_READ, centre=centre.pk)
    with within(centre.pk):
        found = Mishap.objects.filter(centre=centre).order_by("-at", "-id")
        ended = Exists(MishapStep.objects.filter(mishap=OuterRef("pk"), step=Step.CLOSED))
        seen = [_seen(row, closed=False) for row in found.filter(~ended)]
        seen += [_seen(row, closed=True) for row in found.filter(ended)[:_LINES]]
        trail.record("mishaps.listed", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return tuple(seen)


def mishap(centre: Centre, key: UUID, /, *, by: Actor, at: dt.datetime) -> tuple[Mishap, MishapSeen]:
    """A mishap with everything that was written of it. Raises PermissionDenied, Http404."""
    admit(by, Permission.PREMISES_READ, centre=centre.pk)
    with within(centre.pk):
        row = Mishap.objects.filter(centre=centre, pk=key).first()
        if row is None:
            raise Http404
        steps = tuple(_step(each) for each in row.steps.select_related("member").order_by("number"))
        trail.record("mishap.read", centre=centre.pk, actor=by.key, target=name_of(row), at=at)
    closed = any(each.step is Step.CLOSED for each in steps)
    return row, _seen(row, steps, closed=closed)


def _seen(row: Mishap, steps: tuple[StepSeen, ...] = (), *, closed: bool) -> MishapSeen:
    return MishapSeen(row.pk, Kind(row.kind), row.room, row.at, closed, steps)


def _step(row: MishapStep) -> StepSeen:
    words = vault.unseal(bytes(row.words), centre=row.centre_id, record=row.mishap_id, place=WORDS)
    return StepSeen(Step(row.step), words, row.at, row.member.name)
