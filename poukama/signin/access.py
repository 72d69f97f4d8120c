"""Reading what lets a member in. Nothing here is a client's, and no row is walled off by centre."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from poukama.centres.models import Centre
from poukama.gate.gates import admit
from poukama.gate.rules import Actor, Permission
from poukama.signin.models import Entry, WrongTry
from poukama.signin.rules import Limits, Way, shut_until
from poukama.signin.sealing import secrets_of
from poukama.staff.models import Member, Post
from poukama.staff.rules import Role

KIND = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner knows it."""

    pk: int
    name: str
    made_at: dt.datetime
    used_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Steps:
    """A member's second steps: passkeys, an app that makes codes, how many paper codes are left, the organisation."""

    passkeys: tuple[Passkey, ...]
    app: bool
    paper: int
    organisation: bool

    @property
    def any(self) -> bool:
        """Whether there is a second step. Paper codes alone are none: they are for the day the other one is lost."""
        return bool(self.passkeys) or self.app


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a sign-in page: who they are, and what they do there."""

    pk: int
    name: str
    roles: tuple[Role, ...]
    centre: Centre


# ── At the door ──────────────────────────────────────────────────────────────────────────────────────────────


def shut(key: bytes, at: dt.datetime) -> dt.datetime | None:
    """Until when this name is shut out; None while it may be tried."""
    return shut_until(WrongTry.objects.filter(key=key).values_list("at", flat=True), at)


def by_password(login: str, password: str) -> Member | None:
    """The open member with this login and password. A password is hashed once, whatever is wrong with either."""
    if "\0" in login:
        make_password(password)
        return None
    found = authenticate(None, username=login, password=password)
    return found if isinstance(found, Member) else None


def known_as(login: str) -> Member | None:
    """The member with this login, open or closed."""
    return None if "\0" in login else Member.objects.filter(login=login).first()


def open_known_as(login: str) -> Member | None:
    """The member with this login, unless closed."""
    found = known_as(login)
    return found if found and found.closed_at is None else None


def open_member(pk: int | None) -> Member | None:
    """The member with this key, unless closed."""
    return None if pk is None else Member.objects.filter(pk=pk, closed_at=None).first()


def of_organisation(provider: str, subject: str) -> Member | None:
    """The open member whom an organisation knows as this subject."""
    found = SocialAccount.objects.filter(provider=provider, uid=subject, user__closed_at=None).first()
    member: Member | None = found.user if found else None
    return member


# ── Second steps ─────────────────────────────────────────────────────────────────────────────────────────────


def steps_of(member: Member) -> Steps:
    """A member's second steps. Two queries."""
    found = list(Authenticator.objects.filter(user=member).order_by("id"))
    keys = (each for each in found if each.type == KIND.WEBAUTHN)
    paper = next((each for each in found if each.type == KIND.RECOVERY_CODES), None)
    return Steps(
        tuple(Passkey(each.pk, each.data["name"], each.created_at, each.last_used_at) for each in keys),
        any(each.type == KIND.TOTP for each in found),
        _left(paper) if paper else 0,
        SocialAccount.objects.filter(user=member).exists(),
    )


def _left(paper: Authenticator) -> int:
    used: int = paper.data["used_mask"]
    made: int = app_settings.RECOVERY_CODE_COUNT
    return made - used.bit_count()


def paper_codes(member: Member) -> tuple[str, ...]:
    """The paper codes that are not used yet: to be shown once, when they are made."""
    paper = Authenticator.objects.filter(user=member, type=KIND.RECOVERY_CODES).first()
    if paper is None:
        return ()
    with secrets_of(member):
        return tuple(RecoveryCodes(paper).get_unused_codes())


# ── People on a page ─────────────────────────────────────────────────────────────────────────────────────────


def people_at(machine: bytes, limits: Limits, at: dt.datetime) -> tuple[Person, ...]:
    """Who came in at this machine within a shift, and may come in again: by name."""
    if not machine:
        return ()
    since = Entry.objects.filter(machine=machine, at__gt=at - limits.whole_shift, at__lte=at).exclude(way=Way.PASSWORD)
    return _people(since.values("member"), at)


def came_in_at(machine: bytes, member: Member, limits: Limits, at: dt.datetime) -> bool:
    """Whether a member took both steps at this machine within a shift."""
    entries = Entry.objects.filter(machine=machine, member=member, at__gt=at - limits.whole_shift, at__lte=at)
    return bool(machine) and entries.exclude(way=Way.PASSWORD).exists()


def everybody(at: dt.datetime) -> tuple[Person, ...]:
    """Everybody with a post, by centre and name: what a practice version's sign-in page shows."""
    return _people(Member.objects.values("pk"), at)


def colleagues(centre: Centre, *, by: Actor, at: dt.datetime) -> tuple[Person, ...]:
    """Who has a post at a centre now, the one who asks left out."""
    admit(by, Permission.STAFF_ENTER, centre=centre.pk)
    people = _people(Post.objects.filter(centre=centre).values("member"), at)
    return tuple(each for each in people if each.centre.pk == centre.pk and f"member:{each.pk}" != by.key)


def _people(members: QuerySet[Any, Any], at: dt.datetime) -> tuple[Person, ...]:
    held = Post.objects.filter(member__in=members, member__closed_at=None, begins__lte=at).exclude(ends__lte=at)
    ordered = held.select_related("member", "centre").order_by("centre__code", "member__name", "member_id", "id")
    return tuple(_together(ordered))


def _together(posts: Iterable[Post]) -> Iterable[Person]:
    """One person for each member and centre, with all the roles there."""
    found: dict[tuple[int, int], Person] = {}
    for post in posts:
        key = (post.centre_id, post.member_id)
        roles = found[key].roles if key in found else ()
        found[key] = Person(post.member_id, post.member.name, (*roles, Role(post.role)), post.centre)
    return found.values()
