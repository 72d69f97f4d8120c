"""Taking people in, and giving them posts."""

import datetime as dt

from poukama.centres.models import Centre
from poukama.gate.gates import action
from poukama.gate.rules import Actor, Permission, WholeInstallation
from poukama.staff.models import Member, Post
from poukama.staff.rules import Role


@action("member.added", Permission.MEMBERS_KEEP)
def add_member(
    installation: WholeInstallation,
    /,
    *,
    login: str,
    name: str,
    language: str,
    phone: str = "",
    by: Actor,
    at: dt.datetime,
) -> Member:
    """Take a person in, without a post and without a way in yet. Raises IntegrityError for a login that is taken."""
    member = Member(login=login, name=name, language=language, phone=phone, joined_at=at)
    member.set_unusable_password()
    member.save(force_insert=True)
    return member


@action("post.given", Permission.MEMBERS_KEEP)
def give_post(
    centre: Centre,
    /,
    *,
    member: Member,
    role: Role,
    begins: dt.datetime | None = None,
    ends: dt.datetime | None = None,
    by: Actor,
    at: dt.datetime,
) -> Post:
    """Give a member a role at a centre, from now on unless another time is named."""
    return Post.objects.create(member=member, centre=centre, role=role, begins=begins or at, ends=ends)
