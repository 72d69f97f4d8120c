"""Who acts: a member with the rights of this moment."""

import datetime as dt
from dataclasses import dataclass

from poukama.centres.models import Centre
from poukama.gate.gates import AtCentre
from poukama.gate.rules import Actor, Permission
from poukama.staff.models import Member, Post
from poukama.staff.rules import GRANTS, Held, Role, actor


@dataclass(frozen=True, slots=True)
class Standing:
    """A member as an actor now, and the centres where they hold a post, by code."""

    actor: Actor
    centres: tuple[Centre, ...]
    roles: frozenset[Role]


def standing(member: Member, at: dt.datetime) -> Standing:
    """What a member may do now, asked of the database each time: a change of rights works at once.

    A closed member may do nothing anywhere.
    """
    posts = Post.objects.filter(member=member).select_related("centre").order_by("centre__code")
    held = [post for post in posts if _held(post).holds_at(at)] if member.closed_at is None else []
    centres = {post.centre_id: post.centre for post in held}
    roles = frozenset(Role(post.role) for post in held)
    return Standing(actor(member.pk, map(_held, held), at), tuple(centres.values()), roles)


def _held(post: Post) -> Held:
    return Held(post.centre_id, Role(post.role), post.begins, post.ends)


def who_may(permission: Permission, centre: AtCentre, at: dt.datetime) -> tuple[Member, ...]:
    """The members whose posts let them do this at a centre now, by name: to whom something can be passed on."""
    posts = Post.objects.filter(centre_id=centre.centre_id, member__closed_at=None).select_related("member")
    held = [post for post in posts if _held(post).holds_at(at) and permission in GRANTS[Role(post.role)]]
    found = {post.member_id: post.member for post in held}
    return tuple(sorted(found.values(), key=lambda member: (member.name.casefold(), member.pk)))
