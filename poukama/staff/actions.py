"""Taking people in, letting them in, giving them posts, and closing them."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from poukama.centres.models import Centre
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import OPERATOR, Actor, Permission, WholeInstallation
from poukama.staff.models import Colleague, Member, Post, WayIn
from poukama.staff.rules import (
    CLOSED_WAYS,
    Manner,
    Person,
    Purpose,
    Refusal,
    Refused,
    Role,
    Tenure,
    WayState,
    key_of,
    within,
)

# The library that keeps second factors; the room that uses it stands above this one.
_SECOND_STEPS = "allauth.mfa"

# ── Coming ───────────────────────────────────────────────────────────────────────────────────────────────────


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
    return _new_member(login, Person(name, language, phone), at)


@action("member.invited", Permission.MEMBERS_KEEP)
def invite(
    centre: Centre, /, *, login: str, person: Person, tenure: Tenure, code_hash: str, by: Actor, at: dt.datetime
) -> WayIn:
    """Take a person in, give them their first post, and a way in. Raises Refused for a login that is taken.

    The same code again is the same invitation.
    """
    _take_turns(centre)
    if known := WayIn.objects.filter(code_hash=code_hash, centre=centre).first():
        raise AlreadyDone(known)
    if Member.objects.filter(login=login).exists():
        raise Refused(Refusal.LOGIN_TAKEN)
    member = _new_member(login, person, at)
    Post.objects.create(member=member, centre=centre, role=tenure.role, begins=tenure.begins, ends=tenure.ends)
    return _open_way(Colleague(member, centre), Purpose.JOIN, code_hash, by=by, at=at)


@action("code.made", Permission.MEMBERS_KEEP)
def make_code(colleague: Colleague, /, *, code_hash: str, by: Actor, at: dt.datetime) -> WayIn:
    """Give somebody who has not come in yet a new code; the one before ends. Raises Refused for who has come in."""
    member = _locked(colleague)
    if known := WayIn.objects.filter(code_hash=code_hash, member=member).first():
        raise AlreadyDone(known)
    _refuse_oneself(colleague, by)
    if member.has_usable_password() or member.ways_in.filter(used_at__isnull=False).exists():
        raise Refused(Refusal.JOINED)
    return _open_way(colleague, Purpose.JOIN, code_hash, by=by, at=at)


@action("code.used", Permission.STAFF_ENTER)
def come_in(way_in: WayIn, /, *, password: str, by: Actor, at: dt.datetime) -> WayIn:
    """Use a way in: the member has this password, given as the hash to keep, and is no longer closed.

    Of two at once one comes in. Raises Refused if the way is not open, PermissionDenied for anybody else's.
    """
    if by.key != key_of(way_in.member_id):
        raise PermissionDenied
    member = Member.objects.select_for_update().get(pk=way_in.member_id)
    held = WayIn.objects.get(pk=way_in.pk)
    if (state := held.state_at(at)) is not WayState.OPEN:
        raise Refused(CLOSED_WAYS[state])
    member.password, member.closed_at = password, None
    member.save(update_fields=["password", "closed_at"])
    held.used_at = at
    held.save(update_fields=["used_at"])
    return held


# ── A lost second factor: one asks, another confirms ─────────────────────────────────────────────────────────


@action("reset.asked", Permission.MEMBERS_RESET)
def ask_reset(colleague: Colleague, /, *, by: Actor, at: dt.datetime) -> WayIn:
    """Ask that a member may come in anew. Nothing changes for the member until another person confirms.

    Asked for already, it stays as it was. Raises Refused for oneself, and for who has never come in.
    """
    member = _locked(colleague)
    _refuse_oneself(colleague, by)
    if not member.ways_in.filter(used_at__isnull=False).exists() and not member.has_usable_password():
        raise Refused(Refusal.NOT_JOINED)
    for standing in _standing_ways(member):
        if standing.state_at(at) is WayState.ASKED and standing.centre_id == colleague.centre_id:
            raise AlreadyDone(standing)
    return _open_way(colleague, Purpose.RESET, None, by=by, at=at)


@action("reset.confirmed", Permission.MEMBERS_RESET)
def confirm_reset(way_in: WayIn, /, *, code_hash: str, by: Actor, at: dt.datetime) -> WayIn:
    """Confirm what another has asked: password and second factors are forgotten, sessions end, and the code opens.

    Raises Refused for oneself, for whoever asked, and for a request that no longer waits. The command line may do both.
    """
    colleague = Colleague(way_in.member, way_in.centre)
    member = _locked(colleague)
    held = WayIn.objects.get(pk=way_in.pk)
    if held.code_hash == code_hash:
        raise AlreadyDone(held)
    _refuse_oneself(colleague, by)
    if held.asked_by == by.key and by != OPERATOR:
        raise Refused(Refusal.SAME_PERSON)
    if (state := held.state_at(at)) is not WayState.ASKED:
        raise Refused(CLOSED_WAYS.get(state, Refusal.CODE_USED))
    member.set_unusable_password()
    member.save(update_fields=["password"])
    _forget_second_steps(member)
    held.code_hash, held.confirmed_by, held.expires_at = code_hash, by.key, at + within(Purpose.RESET)
    held.save(update_fields=["code_hash", "confirmed_by", "expires_at"])
    return held


@action("code.ended", Permission.MEMBERS_RESET)
def end_way_in(way_in: WayIn, /, *, by: Actor, at: dt.datetime) -> WayIn:
    """Take back a code, or a request for one. One that is used or ended stays as it is."""
    _locked(Colleague(way_in.member, way_in.centre))
    held = WayIn.objects.get(pk=way_in.pk)
    if held.used_at is not None or held.ended_at is not None:
        raise AlreadyDone(held)
    held.ended_at = at
    held.save(update_fields=["ended_at"])
    return held


# ── Posts ────────────────────────────────────────────────────────────────────────────────────────────────────


@action("post.given", Permission.MEMBERS_KEEP)
def give_post(  # noqa: PLR0913 - a post has these parts
    centre: Centre,
    /,
    *,
    member: Member,
    role: Role,
    begins: dt.datetime | None = None,
    ends: dt.datetime | None = None,
    key: UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> Post:
    """Give a member a role at a centre, from now on unless another time is named. The same `key` again is the same.

    Raises Refused for oneself, for a closed member, and while they hold that role there.
    """
    colleague = Colleague(member, centre)
    now = _locked(colleague)
    if key is not None and (known := Post.objects.filter(key=key, member=member, centre=centre).first()):
        raise AlreadyDone(known)
    _refuse_oneself(colleague, by)
    if now.closed_at is not None:
        raise Refused(Refusal.CLOSED)
    tenure = Tenure(role, begins or at, ends)
    held = Post.objects.filter(member=member, centre=centre, role=role)
    if any(tenure.overlaps(Tenure(Role(post.role), post.begins, post.ends)) for post in held):
        raise Refused(Refusal.POST_HELD)
    new = Post(member=member, centre=centre, role=role, begins=tenure.begins, ends=ends)
    new.key = key or new.key
    new.save(force_insert=True)
    return new


@action("post.ended", Permission.MEMBERS_KEEP)
def end_post(post: Post, /, *, ends: dt.datetime, by: Actor, at: dt.datetime) -> Post:
    """End a post at a moment, now or to come; one that has not begun by then is as if it had never begun.

    Raises Refused for a post that is over, and for the last administrator's.
    """
    _take_turns(post.centre)
    held = Post.objects.get(pk=post.pk)
    if held.ends == ends:
        raise AlreadyDone(held)
    if held.ends is not None and held.ends <= at:
        raise Refused(Refusal.POST_OVER)
    held.ends = max(ends, held.begins)
    held.save(update_fields=["ends"])
    if held.role == Role.ADMINISTRATOR and by != OPERATOR:
        _refuse_without_administrator(post.centre, max(held.ends, at))
    return held


@action("member.closed", Permission.MEMBERS_KEEP)
def close(colleague: Colleague, /, *, by: Actor, at: dt.datetime) -> Colleague:
    """Close a member: posts and ways in end now, and nothing more can be done in their name. Nothing is deleted.

    Raises Refused for oneself, for the last administrator, and for who holds a post at another centre as well.
    """
    _take_turns(colleague.centre)
    member = _locked(colleague)
    if member.closed_at is not None:
        raise AlreadyDone(Colleague(member, colleague.centre))
    _refuse_oneself(colleague, by)
    posts = [post for post in member.posts.all() if post.ends is None or post.ends > at]
    if by != OPERATOR and any(post.centre_id != colleague.centre_id for post in posts):
        raise Refused(Refusal.ELSEWHERE)
    for post in posts:
        post.ends = max(at, post.begins)
        post.save(update_fields=["ends"])
    if by != OPERATOR and any(post.role == Role.ADMINISTRATOR for post in posts):
        _refuse_without_administrator(colleague.centre, at)
    _standing_ways(member).update(ended_at=at)
    member.closed_at = at
    member.save(update_fields=["closed_at"])
    return Colleague(member, colleague.centre)


# ── Oneself ──────────────────────────────────────────────────────────────────────────────────────────────────


@action("member.changed", Permission.STAFF_ENTER)
def change_oneself(colleague: Colleague, /, *, person: Person, manner: Manner, by: Actor, at: dt.datetime) -> Colleague:
    """Change one's own name, language, telephone, and how the pages look. PermissionDenied for anybody else."""
    if by.key != key_of(colleague.pk):
        raise PermissionDenied
    member = _locked(colleague)
    member.name, member.language, member.phone = person.name, person.language, person.phone
    member.look, member.density, member.shortcuts = manner.look, manner.density, manner.shortcuts
    member.save(update_fields=["name", "language", "phone", "look", "density", "shortcuts"])
    return Colleague(member, colleague.centre)


# ── What the steps share ─────────────────────────────────────────────────────────────────────────────────────


def _new_member(login: str, person: Person, at: dt.datetime) -> Member:
    member = Member(login=login, name=person.name, language=person.language, phone=person.phone, joined_at=at)
    member.set_unusable_password()
    member.save(force_insert=True)
    return member


def _open_way(colleague: Colleague, purpose: Purpose, code_hash: str | None, *, by: Actor, at: dt.datetime) -> WayIn:
    """The one way in that stands for a member; what stood before has ended."""
    _standing_ways(colleague.member).update(ended_at=at)
    return WayIn.objects.create(
        member=colleague.member,
        centre=colleague.centre,
        purpose=purpose,
        asked_by=by.key,
        asked_at=at,
        code_hash=code_hash,
        expires_at=at + within(purpose),
    )


def _standing_ways(member: Member) -> QuerySet[WayIn]:
    return WayIn.objects.filter(member=member, used_at__isnull=True, ended_at__isnull=True)


def _locked(colleague: Colleague) -> Member:
    """The member as they are now; whoever else acts on them waits."""
    return Member.objects.select_for_update().get(pk=colleague.pk)


def _take_turns(centre: Centre) -> None:
    """Let steps that count a centre's people wait for each other."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)


def _refuse_oneself(colleague: Colleague, by: Actor) -> None:
    if by.key == key_of(colleague.pk):
        raise Refused(Refusal.ONESELF)


def _refuse_without_administrator(centre: Centre, at: dt.datetime) -> None:
    others = Post.objects.filter(centre=centre, role=Role.ADMINISTRATOR, member__closed_at=None, begins__lte=at)
    if not others.exclude(ends__lte=at).exists():
        raise Refused(Refusal.LAST_ADMINISTRATOR)


def _forget_second_steps(member: Member) -> None:
    """Forget what they signed in with besides the password."""
    if apps.is_installed(_SECOND_STEPS):
        kept: Any = apps.get_app_config("mfa").get_model("Authenticator")
        kept.objects.filter(user=member).delete()
