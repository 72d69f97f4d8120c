"""Who acts: a member with the rights of this moment."""

import datetime as dt
from dataclasses import dataclass

from poukama.centres.models import Centre
from poukama.gate.rules import Actor
from poukama.staff.models import Member, Post
from poukama.staff.rules import Held, Role, actor


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
