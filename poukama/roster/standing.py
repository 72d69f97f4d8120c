"""What stands, as the rules read it. Only `access` and `actions` call this, inside the walls of the centre."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from poukama.roster.models import Absence, Shift
from poukama.roster.rules import POSTS, Away, Duty, Plan, Planned, Posts, Span, held
from poukama.staff.models import Member, Post
from poukama.staff.rules import Held, Role

_ROLES = frozenset().union(*POSTS.values())


def shifts_in(centre: int, span: Span, *, apart: int = 0) -> QuerySet[Shift]:
    """The shifts that stand and have a part in a time, by when they begin; all but the one that is set apart."""
    rows = Shift.objects.filter(centre_id=centre, taken_away_by=None, begins__lt=span.ends, ends__gt=span.begins)
    return rows.exclude(pk=apart).select_related("member", "instead_of").order_by("begins", "pk")


def absences_in(centre: int, span: Span) -> QuerySet[Absence]:
    """The absences that stand and have a part in a time, by when they begin."""
    rows = Absence.objects.filter(centre_id=centre, taken_away_by=None, begins__lt=span.ends, ends__gt=span.begins)
    return rows.select_related("member").order_by("begins", "pk")


def posts_at(centre: int, span: Span) -> Posts:
    """The posts that let members be on call and have a part in a time; a closed member's are none."""
    rows = Post.objects.filter(Q(ends=None) | Q(ends__gt=span.begins), centre_id=centre, role__in=_ROLES)
    found: dict[int, list[Held]] = {}
    for post in rows.filter(begins__lt=span.ends, member__closed_at=None):
        found.setdefault(post.member_id, []).append(Held(post.centre_id, Role(post.role), post.begins, post.ends))
    return found


def plan_of(centre: int, span: Span, *, apart: int = 0) -> Plan:
    """Everything that stands and has a part in a time, in three queries: shifts as far as their members hold posts."""
    rows = list(shifts_in(centre, span, apart=apart))
    posts = posts_at(centre, _around(rows, span))
    shifts = [part for row in rows for part in parts(row, posts)]
    return Plan(shifts, [away(row) for row in absences_in(centre, span)], posts)


def _around(rows: Sequence[Shift], span: Span) -> Span:
    """A time and every shift that has a part in it."""
    return Span(min([span.begins, *(r.begins for r in rows)]), max([span.ends, *(r.ends for r in rows)]))


def parts(row: Shift, posts: Posts) -> list[Planned]:
    """A shift for the rules, as far as its member holds a post for it: mostly in one piece."""
    instead_of = row.instead_of.name if row.instead_of else ""
    whole = Planned(Duty(row.duty), row.member_id, row.member.name, Span(row.begins, row.ends), row.pk, instead_of)
    return [Planned(whole.duty, whole.member, whole.name, span, whole.pk, instead_of) for span in held(whole, posts)]


def away(row: Absence) -> Away:
    """An absence for the rules."""
    return Away(row.member_id, row.member.name, Span(row.begins, row.ends), row.pk)


def people_at(centre: int, at: dt.datetime) -> list[Member]:
    """The members who hold a post at a centre now or later that lets them be on call, by name."""
    posts = Post.objects.filter(Q(ends=None) | Q(ends__gt=at), centre_id=centre, role__in=_ROLES)
    return list(Member.objects.filter(closed_at=None, pk__in=posts.values("member")).order_by("name", "pk"))
