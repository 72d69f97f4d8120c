"""Reading the roster: who is on now, the next gap, a week, and what a form about it needs.

Who is on now and the next gap are told to whoever works at the centre many times an hour, and leave no line in the
trail; weeks, shifts and absences do.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.http import Http404

from poukama.audit import trail
from poukama.centres.models import Centre
from poukama.doors.held import policy_of
from poukama.gate.gates import AtCentre, Row, admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within
from poukama.roster import week as table
from poukama.roster.models import Absence, Change, Shift
from poukama.roster.rules import AHEAD, Away, Cover, Duty, Gap, Planned, Span, Verb, Week, gaps
from poukama.roster.standing import absences_in, away, parts, people_at, plan_of, posts_at, shifts_in
from poukama.staff.models import Member
from poukama.staff.rules import key_of

_INSTANT = dt.timedelta(microseconds=1)


def covering(centre: AtCentre, /, *, by: Actor, at: dt.datetime) -> tuple[Cover, ...]:
    """Who is on each duty now, first in line first. A duty that nobody is on is not among them."""
    admit(by, Permission.SHIFT_READ, centre=centre.centre_id)
    with within(centre.centre_id):
        return _covering(centre.centre_id, at)


def is_on(centre: AtCentre, /, *, by: Actor, at: dt.datetime) -> bool:
    """Whether whoever acts is on a duty of this centre now."""
    admit(by, Permission.SHIFT_READ, centre=centre.centre_id)
    with within(centre.centre_id):
        return any(by.key == key_of(part.member) for _, part in _on_now(centre.centre_id, at))


def _covering(centre: int, at: dt.datetime) -> tuple[Cover, ...]:
    on = {
        part.duty: Cover(part.duty, part.name, row.member.phone, part.span.ends, part.span.begins)
        for row, part in _on_now(centre, at)
    }
    return tuple(on[duty] for duty in Duty if duty in on)


def _on_now(centre: int, at: dt.datetime) -> list[tuple[Shift, Planned]]:
    """The shifts of this moment, each with the part of it that its member can be on."""
    rows = list(shifts_in(centre, Span(at, at + _INSTANT)))
    if not rows:
        return []
    posts = posts_at(centre, Span(min(row.begins for row in rows), max(row.ends for row in rows)))
    return [(row, part) for row in rows for part in parts(row, posts) if part.span.holds(at)]


def next_gap(centre: Centre, /, *, by: Actor, at: dt.datetime) -> Gap | None:
    """The first time in the next two weeks when nobody is on a duty that must be covered, now included."""
    admit(by, Permission.SHIFT_READ, centre=centre.pk)
    ahead = Span(at, at + AHEAD)
    with within(centre.pk):
        plan = plan_of(centre.pk, ahead)
    return next(iter(gaps(ahead, required_duties(centre), plan.shifts)), None)


def required_duties(centre: Centre) -> frozenset[Duty]:
    """The duties that must be covered at all hours: those that the centre's pack needs at night."""
    needed = policy_of(centre).pack.night.duties
    return frozenset(duty for duty in Duty if duty in needed)


def week(centre: Centre, number: Week, /, *, by: Actor, at: dt.datetime) -> table.WeekSeen:
    """A week of the roster, with who is on now."""
    admit(by, Permission.SHIFT_READ, centre=centre.pk)
    days, required = number.days(centre.zone), required_duties(centre)
    whole = number.span(centre.zone)
    with within(centre.pk):
        plan = plan_of(centre.pk, Span(whole.begins, whole.ends + dt.timedelta(days=1)))
        now = _covering(centre.pk, at)
        before = Shift.objects.filter(centre=centre, taken_away_by=None).exists()
        trail.record("roster.read", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    missing = table.gaps_of(whole, required, plan.shifts)
    rows = tuple(table.row(duty, days, plan.shifts, missing, required=duty in required) for duty in Duty)
    absences = tuple(each for each in plan.absences if each.span.common(whole))
    return table.WeekSeen(number, centre.zone, days, rows, missing, absences, required, now, before)


@dataclass(frozen=True, slots=True)
class Opened:
    """A shift to change: the row, and as the rules read it. It `stands` until a change takes it away."""

    row: Shift
    shift: Planned
    stands: bool


def shift(centre: Centre, pk: int, /, *, by: Actor, at: dt.datetime) -> Opened:
    """A shift of this centre, also one that stands no longer. Another is Http404."""
    with _keeping(centre, by):
        found = _found(Shift.objects.filter(centre=centre, pk=pk).select_related("member", "instead_of").first())
        _read("shift.read", centre, found, by, at)
    instead_of = found.instead_of.name if found.instead_of else ""
    span = Span(found.begins, found.ends)
    planned = Planned(Duty(found.duty), found.member_id, found.member.name, span, found.pk, instead_of)
    return Opened(found, planned, found.taken_away_by_id is None)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be on call, and as what."""

    member: Member
    duties: frozenset[Duty]


def people(centre: Centre, /, *, by: Actor, at: dt.datetime) -> list[Person]:
    """Who can be on call at a centre: for one who plans, everybody; for one who takes a shift, themselves."""
    admit(by, Permission.SHIFT_READ, centre=centre.pk)
    found = [Person(member, duties) for member, duties in people_at(centre.pk, at)]
    if by.may(Permission.SHIFT_KEEP, centre=centre.pk):
        return found
    return [person for person in found if by.key == key_of(person.member.pk)]


def absences(centre: Centre, /, *, by: Actor, at: dt.datetime) -> list[Away]:
    """Who is away now or later."""
    with _keeping(centre, by):
        found = [away(row) for row in absences_in(centre.pk, Span(at, at + dt.timedelta(days=3660)))]
        trail.record("absences.listed", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return found


def absence(centre: Centre, pk: int, /, *, by: Actor, at: dt.datetime) -> Absence:
    """An absence at this centre, also one that stands no longer. Another is Http404."""
    with _keeping(centre, by):
        found = _found(Absence.objects.filter(centre=centre, pk=pk).first())
        _read("absence.read", centre, found, by, at)
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change did: how many shifts it put on and took away, and how many it left out."""

    verb: Verb
    made: int
    took_away: int
    left_out: int


def outcome(centre: Centre, key: UUID, /, *, by: Actor, at: dt.datetime) -> Outcome | None:
    """What the change of this key did; None if there was none here."""
    admit(by, Permission.SHIFT_READ, centre=centre.pk)
    with within(centre.pk):
        change = Change.objects.filter(centre=centre, pk=key).first()
        if change is None:
            return None
        return Outcome(Verb(change.verb), change.made.count(), change.took_away.count(), change.left_out)


@contextmanager
def _keeping(centre: Centre, by: Actor) -> Iterator[None]:
    admit(by, Permission.SHIFT_KEEP, centre=centre.pk)
    with within(centre.pk):
        yield


Found = TypeVar("Found", Shift, Absence)


def _found(row: Found | None) -> Found:
    if row is None:
        raise Http404
    return row


def _read(event: str, centre: Centre, row: Row, by: Actor, at: dt.datetime) -> None:
    trail.record(event, centre=centre.pk, actor=by.key, target=name_of(row), at=at)
