"""Roles, what each may do, and the Actor that a member's posts make."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from poukama.gate.rules import Actor, Permission


class Role(StrEnum):
    """What a member does at a centre, by the names of its page."""

    MIDWIFE_COORDINATOR = "midwife_coordinator"
    MIDWIFE = "midwife"
    DOCTOR = "doctor"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social_worker"
    CHAPLAIN = "chaplain"
    SAMPLE_KEEPER = "sample_keeper"
    MANAGER = "manager"
    NATIONAL_STATISTICIAN = "national_statistician"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"


# What a role may do at the centre where the post is: the one table of rights. It is printed as a page to sign.
GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.MIDWIFE_COORDINATOR: frozenset(
        {
            Permission.STAFF_ENTER,
            Permission.SHIFT_READ,
            Permission.SHIFT_KEEP,
            Permission.SHIFT_TAKE,
            Permission.CONTACT_KEEP,
            Permission.CONTACT_READ,
            Permission.MEASURES_READ,
        }
    ),
    Role.MIDWIFE: frozenset(
        {
            Permission.STAFF_ENTER,
            Permission.SHIFT_READ,
            Permission.SHIFT_TAKE,
            Permission.CONTACT_KEEP,
            Permission.CONTACT_READ,
        }
    ),
    Role.DOCTOR: frozenset(
        {Permission.STAFF_ENTER, Permission.SHIFT_READ, Permission.SHIFT_TAKE, Permission.CONTACT_READ}
    ),
    Role.PSYCHOLOGIST: frozenset({Permission.STAFF_ENTER, Permission.SHIFT_READ, Permission.SHIFT_TAKE}),
    Role.SOCIAL_WORKER: frozenset({Permission.STAFF_ENTER, Permission.SHIFT_READ, Permission.SHIFT_TAKE}),
    Role.CHAPLAIN: frozenset({Permission.STAFF_ENTER, Permission.SHIFT_READ, Permission.SHIFT_TAKE}),
    Role.SAMPLE_KEEPER: frozenset({Permission.STAFF_ENTER, Permission.SHIFT_READ}),
    Role.MANAGER: frozenset(
        {Permission.STAFF_ENTER, Permission.SHIFT_READ, Permission.SHIFT_KEEP, Permission.MEASURES_READ}
    ),
    Role.NATIONAL_STATISTICIAN: frozenset({Permission.STAFF_ENTER, Permission.SHIFT_READ, Permission.MEASURES_READ}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.STAFF_ENTER, Permission.MEMBERS_KEEP, Permission.SHIFT_READ, Permission.SHIFT_KEEP}
    ),
    Role.PRIVACY_OFFICER: frozenset({Permission.STAFF_ENTER, Permission.TRAIL_READ, Permission.SHIFT_READ}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A post as far as rights go: the role at a centre, from `begins` up to but not including `ends`."""

    centre: int
    role: Role
    begins: dt.datetime
    ends: dt.datetime | None = None

    def holds_at(self, at: dt.datetime) -> bool:
        """Whether the post is held at this moment."""
        return self.begins <= at and (self.ends is None or at < self.ends)


def actor(member: int, posts: Iterable[Held], at: dt.datetime) -> Actor:
    """A member as an actor, with what the posts held at this moment grant at each centre.

    >>> since = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    >>> ida = actor(7, [Held(3, Role.PRIVACY_OFFICER, since)], since)
    >>> ida.key, ida.may(Permission.TRAIL_READ, centre=3), ida.may(Permission.TRAIL_READ, centre=4)
    ('member:7', True, False)
    """
    rights: dict[int, frozenset[Permission]] = {}
    for post in posts:
        if post.holds_at(at):
            rights[post.centre] = rights.get(post.centre, frozenset()) | GRANTS[post.role]
    return Actor(f"member:{member}", rights)
