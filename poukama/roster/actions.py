"""Planning who is on call: shifts put on and taken, changed, split and removed; weeks copied; absences.

Whoever changes a centre's roster waits for the change before, and judges by what stands after it. Each change has the
key of the form it came from: the same form sent again does nothing more. What cannot be is Refused, with the reason.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from poukama.centres.models import Centre
from poukama.gate.gates import AlreadyDone, AtCentre, action
from poukama.gate.rules import Actor, Permission
from poukama.roster.models import Absence, Change, Shift
from poukama.roster.rules import LONGEST, Duty, Plan, Planned, Problem, Refused, Span, Verb, Week, halves, planned_for
from poukama.roster.standing import absences_in, parts, plan_of, shifts_in
from poukama.staff.models import Member

# ── Shifts ───────────────────────────────────────────────────────────────────────────────────────────────────


@action("shift.added", Permission.SHIFT_KEEP)
def add_shift(
    centre: Centre, /, *, key: UUID, duty: Duty, member: Member, span: Span, by: Actor, at: dt.datetime
) -> Change:
    """Put somebody on a duty. Raises Refused."""
    return _added(centre, Verb.ADDED, key, Planned(duty, member.pk, member.name, span), at)


@action("shift.taken", Permission.SHIFT_TAKE)
def take_shift(
    centre: Centre, /, *, key: UUID, duty: Duty, member: Member, span: Span, by: Actor, at: dt.datetime
) -> Change:
    """Put oneself on a duty where nobody is: what everybody may do who can be on call. Raises Refused."""
    if by.key != f"member:{member.pk}":
        raise PermissionDenied
    return _added(centre, Verb.TAKEN, key, Planned(duty, member.pk, member.name, span), at)


@action("shift.changed", Permission.SHIFT_KEEP)
def change_shift(shift: Shift, /, *, key: UUID, member: Member, span: Span, by: Actor, at: dt.datetime) -> Change:
    """Give a shift to somebody, or another time, or both. Raises Refused."""
    _take_turn(shift, key)
    old = _as_it_stands(shift)
    if (old.member_id, old.begins, old.ends) == (member.pk, span.begins, span.ends):
        raise AlreadyDone(old.made_by)
    new = Planned(Duty(old.duty), member.pk, member.name, span)
    plan = _judged(plan_of(old.centre_id, span, apart=old.pk), new)
    change = _change(shift, Verb.CHANGED, key, at, [old])
    _put(change, plan, [_row(change, new, planned_for(old.member_id, old.instead_of_id, member.pk))])
    return change


@action("shift.split", Permission.SHIFT_KEEP)
def split_shift(
    shift: Shift, /, *, key: UUID, moment: dt.datetime, member: Member, by: Actor, at: dt.datetime
) -> Change:
    """Cut a shift in two at a moment; the second half is this member's from there on. Raises Refused."""
    _take_turn(shift, key)
    old = _as_it_stands(shift)
    first, second = halves(Span(old.begins, old.ends), moment)
    plan = plan_of(old.centre_id, second, apart=old.pk)
    new = Planned(Duty(old.duty), member.pk, member.name, second)
    if member.pk != old.member_id:
        _judged(plan, new)
    kept = replace(new, member=old.member_id, span=first)
    change = _change(shift, Verb.SPLIT, key, at, [old])
    instead_of = planned_for(old.member_id, old.instead_of_id, member.pk)
    _put(change, plan, [_row(change, kept, old.instead_of_id), _row(change, new, instead_of)])
    return change


@action("shift.removed", Permission.SHIFT_KEEP)
def remove_shift(shift: Shift, /, *, key: UUID, by: Actor, at: dt.datetime) -> Change:
    """Take a shift away; nobody is on in its place. Raises Refused."""
    _take_turn(shift, key)
    return _change(shift, Verb.REMOVED, key, at, [_as_it_stands(shift)])


@action("week.copied", Permission.SHIFT_KEEP)
def copy_week(centre: Centre, /, *, key: UUID, source: Week, target: Week, by: Actor, at: dt.datetime) -> Change:
    """Plan a week as another was, by the clock on the wall, wherever nobody is on yet. What does not fit is left out.

    Raises Refused if nothing can be copied.
    """
    _take_turn(centre, key)
    days = (target.monday - source.monday).days
    over, into = source.span(centre.zone), target.span(centre.zone)
    plan = plan_of(centre.pk, Span(into.begins, into.ends + LONGEST))
    found = [each for each in plan_of(centre.pk, over).shifts if over.holds(each.span.begins)]
    copies = plan.with_copies(found, days, centre.zone)
    if not copies.made:
        raise Refused(Problem.NOTHING_TO_COPY)
    change = _change(centre, Verb.COPIED, key, at, left_out=copies.left_out)
    _put(change, plan, [_row(change, each) for each in copies.made])
    return change


# ── Absences ─────────────────────────────────────────────────────────────────────────────────────────────────


@action("absence.added", Permission.SHIFT_KEEP)
def add_absence(centre: Centre, /, *, key: UUID, member: Member, span: Span, by: Actor, at: dt.datetime) -> Change:
    """Write down that somebody is away. What they were to stand meanwhile is free, and shown so. Raises Refused."""
    _take_turn(centre, key)
    if absence := absences_in(centre.pk, span).filter(member=member).first():
        raise Refused(Problem.AWAY_ALREADY, member.name, Span(absence.begins, absence.ends))
    plan, rows = plan_of(centre.pk, span), list(shifts_in(centre.pk, span).filter(member=member))
    change = _change(centre, Verb.AWAY, key, at, rows)
    Absence.objects.create(centre=centre, member=member, begins=span.begins, ends=span.ends, made_by=change)
    Shift.objects.bulk_create(_left_of(change, plan, rows, span))
    return change


@action("absence.ended", Permission.SHIFT_KEEP)
def end_absence(absence: Absence, /, *, key: UUID, by: Actor, at: dt.datetime) -> Change:
    """Somebody is back, from now on; an absence that has not begun never was. Their shifts do not come back with them.

    Raises Refused.
    """
    _take_turn(absence, key)
    old = Absence.objects.select_related("made_by").get(pk=absence.pk)
    if old.taken_away_by_id is not None or old.ends <= at:
        raise Refused(Problem.CHANGED_MEANWHILE)
    change = _change(absence, Verb.BACK, key, at)
    Absence.objects.filter(pk=old.pk).update(taken_away_by=change)
    if old.begins < at:
        Absence.objects.create(
            centre_id=old.centre_id, member_id=old.member_id, begins=old.begins, ends=at, made_by=change
        )
    return change


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────


def _take_turn(subject: AtCentre, key: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('roster ' || %s, 0))", [subject.centre_id])
    if done := Change.objects.filter(pk=key).first():
        raise AlreadyDone(done)


def _as_it_stands(shift: Shift) -> Shift:
    now = Shift.objects.select_related("made_by").get(pk=shift.pk)
    if now.taken_away_by_id is not None:
        raise Refused(Problem.CHANGED_MEANWHILE)
    return now


def _added(centre: Centre, verb: Verb, key: UUID, new: Planned, at: dt.datetime) -> Change:
    _take_turn(centre, key)
    plan = _judged(plan_of(centre.pk, new.span), new)
    change = _change(centre, verb, key, at)
    _put(change, plan, [_row(change, new)])
    return change


def _judged(plan: Plan, new: Planned) -> Plan:
    if objection := plan.objection(new):
        raise objection
    return plan


def _change(
    subject: AtCentre, verb: Verb, key: UUID, at: dt.datetime, taken_away: Iterable[Shift] = (), *, left_out: int = 0
) -> Change:
    change = Change.objects.create(pk=key, centre_id=subject.centre_id, verb=verb, at=at, left_out=left_out)
    _take_away(change, taken_away)
    return change


def _take_away(change: Change, rows: Iterable[Shift]) -> None:
    Shift.objects.filter(pk__in=[row.pk for row in rows]).update(taken_away_by=change)


def _row(change: Change, new: Planned, instead_of: int | None = None) -> Shift:
    begins, ends = new.span.begins, new.span.ends
    return Shift(
        centre_id=change.centre_id,
        duty=new.duty,
        member_id=new.member,
        begins=begins,
        ends=ends,
        instead_of_id=instead_of,
        made_by=change,
    )


def _put(change: Change, plan: Plan, rows: list[Shift]) -> None:
    """Put shifts on, in place of what their time still held of members who have left the post."""
    spans = [(row.duty, Span(row.begins, row.ends)) for row in rows]
    around = Span(min(span.begins for _, span in spans), max(span.ends for _, span in spans))
    void = [
        row
        for row in shifts_in(change.centre_id, around)
        if any(row.duty == duty and span.common(Span(row.begins, row.ends)) for duty, span in spans)
    ]
    _take_away(change, void)
    left = [_row(change, part, row.instead_of_id) for row in void for part in parts(row, plan.posts)]
    Shift.objects.bulk_create([*left, *rows])


def _left_of(change: Change, plan: Plan, rows: Iterable[Shift], hole: Span) -> list[Shift]:
    """What stays of shifts around a time in which they are no longer."""
    return [
        _row(change, replace(part, span=rest), row.instead_of_id)
        for row in rows
        for part in parts(row, plan.posts)
        for rest in part.span.without(hole)
    ]
