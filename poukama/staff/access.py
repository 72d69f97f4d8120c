"""Who acts: a member with the rights of this moment. And members, their posts and ways in, as a centre may see them."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404

from poukama.audit import trail
from poukama.centres.models import Centre
from poukama.gate.gates import AtCentre, admit, name_of
from poukama.gate.rules import Actor, Permission
from poukama.gate.scope import within
from poukama.staff.models import Colleague, Member, Post, WayIn
from poukama.staff.rules import CLOSED_WAYS, HOLDERS, Refusal, Refused, Role, WayState, actor, bearer, home, key_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A member as an actor now, and the centres where they hold a post, that of the oldest post first."""

    actor: Actor
    centres: tuple[Centre, ...]
    roles: frozenset[Role]


def standing(member: Member, at: dt.datetime) -> Standing:
    """What a member may do now, asked of the database each time: a change of rights works at once.

    A closed member may do nothing anywhere.
    """
    posts = Post.objects.filter(member=member).select_related("centre").order_by("begins", "id")
    held = [post for post in posts if post.held.holds_at(at)] if member.closed_at is None else []
    centres = {post.centre_id: post.centre for post in held}
    roles = frozenset(Role(post.role) for post in held)
    rights = actor(member.pk, [post.held for post in held], at)
    return Standing(rights, tuple(centres.values()), roles)


def member_of(by: Actor) -> int:
    """Who acts, as a member: nobody else works on a case, or answers for a protocol."""
    kind, _, number = by.key.partition(":")
    if kind != "member":
        raise PermissionDenied
    return int(number)


def oneself(member: Member, centre: Centre, *, by: Actor) -> tuple[Colleague, tuple[Post, ...]]:
    """Oneself as the centre where one works knows one, and one's posts anywhere. PermissionDenied for others'."""
    if by.key != key_of(member.pk):
        raise PermissionDenied
    posts = Post.objects.filter(member=member).select_related("centre").order_by("centre__code", "-begins")
    return Colleague(member, centre), tuple(posts)


def next_beginning(member: Member, at: dt.datetime) -> Post | None:
    """The next post of an open member that has not begun yet."""
    ahead = Post.objects.filter(member=member, member__closed_at=None, begins__gt=at).exclude(ends__lte=F("begins"))
    return ahead.select_related("centre").order_by("begins").first()


def who_may(permission: Permission, centre: AtCentre, at: dt.datetime) -> tuple[Member, ...]:
    """The members whose posts let them do this at a centre now, by name: to whom something can be passed on."""
    return tuple(dict.fromkeys(member for member, _ in who_holds(permission, centre, at)))


def who_holds(permission: Permission, centre: AtCentre, at: dt.datetime) -> tuple[tuple[Member, Role], ...]:
    """The same, each with every role in which they may."""
    posts = Post.objects.filter(centre_id=centre.centre_id, member__closed_at=None).select_related("member")
    held = {
        (post.member, Role(post.role)) for post in posts if post.held.holds_at(at) and post.role in HOLDERS[permission]
    }
    return tuple(sorted(held, key=lambda one: (one[0].name.casefold(), one[0].pk, one[1])))


# ── Members, as a centre sees them ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Listed:
    """A member in a centre's list: their posts there, newest first, and the way in that stands, if one does."""

    member: Member
    posts: tuple[Post, ...]
    way_in: WayIn | None

    @property
    def came_in(self) -> bool:
        """Whether they have come in and can sign in."""
        return self.member.has_usable_password()

    def holds(self, role: Role, at: dt.datetime) -> bool:
        """Whether they hold this role here now, and are not closed."""
        return self.member.closed_at is None and any(
            post.held.role is role and post.held.holds_at(at) for post in self.posts
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A member's page: the colleague, their posts here, ways in newest first, and names of who made those.

    `is_new` is whether they have never come in, by whichever centre, and `at_home` whether this centre answers for how
    they sign in.
    """

    colleague: Colleague
    listed: Listed
    ways_in: tuple[WayIn, ...]
    names: dict[str, str]
    is_new: bool
    at_home: bool


def members_of(centre: Centre, *, by: Actor, at: dt.datetime) -> list[Listed]:
    """Everybody who holds, has held or will hold a post at a centre, by name."""
    admit(by, Permission.MEMBERS_READ, centre=centre.pk)
    with within(centre.pk):
        found = _listed(centre, Member.objects.filter(posts__centre=centre).distinct())
        trail.record("members.listed", centre=centre.pk, actor=by.key, target=name_of(centre), at=at)
    return found


def member_at(centre: Centre, pk: int, *, by: Actor, at: dt.datetime) -> Seen:
    """One member as a centre sees them. Who never had a post here does not exist (Http404)."""
    admit(by, Permission.MEMBERS_READ, centre=centre.pk)
    with within(centre.pk):
        found = _listed(centre, Member.objects.filter(posts__centre=centre, pk=pk).distinct())
        if not found:
            raise Http404
        colleague = Colleague(found[0].member, centre)
        ways = tuple(WayIn.objects.filter(member=pk, centre=centre).select_related("member", "centre").order_by("-id"))
        given = [post.held for post in Post.objects.filter(member=pk).order_by("id")]
        used = WayIn.objects.filter(member=pk, used_at__isnull=False).exists()
        trail.record("member.read", centre=centre.pk, actor=by.key, target=name_of(colleague), at=at)
    names = _names({key for way in ways for key in (way.asked_by, way.confirmed_by)})
    is_new = not used and not found[0].came_in
    return Seen(colleague, found[0], ways, names, is_new, at_home=home(given, at) == centre.pk)


def member_named(centre: Centre, login: str, *, by: Actor, at: dt.datetime) -> Member:
    """The member with this login, whichever centre they are at: to give them a post here. Raises Refused if none is."""
    admit(by, Permission.MEMBERS_KEEP, centre=centre.pk)
    with within(centre.pk):
        member = Member.objects.filter(login=login).first()
        if member is None:
            raise Refused(Refusal.LOGIN_UNKNOWN)
        trail.record("member.found", centre=centre.pk, actor=by.key, target=name_of(Colleague(member, centre)), at=at)
    return member


def _listed(centre: Centre, members: QuerySet[Member]) -> list[Listed]:
    """Three queries, however many members."""
    everybody = list(members.order_by("name", "login"))
    posts = list(Post.objects.filter(centre=centre, member__in=everybody).select_related("centre").order_by("-begins"))
    ways = WayIn.objects.filter(centre=centre, member__in=everybody, used_at=None, ended_at=None)
    standing_ways = {way.member_id: way for way in ways}
    return [
        Listed(member, tuple(post for post in posts if post.member_id == member.pk), standing_ways.get(member.pk))
        for member in everybody
    ]


def _names(keys: set[str]) -> dict[str, str]:
    numbers = [int(key.removeprefix(key_of(""))) for key in keys if key.startswith(key_of(""))]
    return {key_of(member.pk): member.name for member in Member.objects.filter(pk__in=numbers)}


# ── Ways in ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever holds an open way in, and what they may do with it: come in."""

    way_in: WayIn
    actor: Actor


def way_in_of(code_hash: str, at: dt.datetime) -> Bearer:
    """The open way in that a code belongs to: holding the code is the right to it. Raises Refused."""
    return _borne(WayIn.objects.filter(code_hash=code_hash), at)


def way_in_again(pk: int, at: dt.datetime) -> Bearer:
    """The same way in a step later, if it is still open. Raises Refused."""
    return _borne(WayIn.objects.filter(pk=pk), at)


def _borne(ways: QuerySet[WayIn], at: dt.datetime) -> Bearer:
    way_in = ways.select_related("member", "centre").first()
    if way_in is None:
        raise Refused(Refusal.CODE_UNKNOWN)
    if (state := way_in.state_at(at)) is not WayState.OPEN:
        raise Refused(CLOSED_WAYS[state])
    return Bearer(way_in, bearer(way_in.member_id, way_in.centre_id))


# ── For the command line ──────────────────────────────────────────────────────────────────────────────────────────


def centre_coded(code: str) -> Centre | None:
    """The centre with this code, if it is open."""
    return Centre.objects.filter(code=code).first()


def colleague_named(login: str, *, by: Actor, at: dt.datetime) -> Colleague:
    """The member with this login, as the centre of their first post knows them. Raises Refused for no such member."""
    post = Post.objects.filter(member__login=login).select_related("member", "centre").order_by("id").first()
    if post is None:
        raise Refused(Refusal.LOGIN_UNKNOWN)
    admit(by, Permission.MEMBERS_READ, centre=post.centre_id)
    colleague = Colleague(post.member, post.centre)
    with within(post.centre_id):
        trail.record("member.read", centre=post.centre_id, actor=by.key, target=name_of(colleague), at=at)
    return colleague


def administrators(*, by: Actor, at: dt.datetime) -> dict[str, int]:
    """How many members who have come in are administrators now, by the centre's code; those that `by` may see."""
    posts = Post.objects.filter(Q(ends=None) | Q(ends__gt=at), role=Role.ADMINISTRATOR, begins__lte=at)
    held = posts.filter(member__closed_at=None).select_related("member")
    numbers = Counter(post.centre_id for post in held if post.member.has_usable_password())
    seen = [each for each in Centre.objects.order_by("code") if by.may(Permission.MEMBERS_READ, centre=each.pk)]
    return {centre.code: numbers[centre.pk] for centre in seen}
