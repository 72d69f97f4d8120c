"""Members of staff, the posts they hold at centres, and their ways in. A member is closed, never deleted."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

from poukama.centres.models import Centre
from poukama.staff.rules import Density, Look, Purpose, Role, WayState, state_of


class Member(AbstractBaseUser):
    """A person on staff. Members belong to no centre: one person may hold posts at several."""

    login = models.TextField(unique=True)
    name = models.TextField()
    language = models.TextField(default="fi")
    # The number of work, as +358...: what is rung when they are on call. Empty if there is none.
    phone = models.TextField(blank=True, default="")
    # How they want the pages to be.
    look = models.TextField(default=Look.FOLLOW.value)
    density = models.TextField(default=Density.COMPACT.value)
    shortcuts = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "login"
    # Django and its libraries find members by their login through it.
    objects = BaseUserManager["Member"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(login__regex=r"^[a-z0-9][a-z0-9._-]{0,63}$"), name="member_login_shape"),
            models.CheckConstraint(condition=Q(phone__regex=r"^(\+[0-9]{5,15})?$"), name="member_phone_is_e164"),
            models.CheckConstraint(condition=Q(look__in=[each.value for each in Look]), name="member_look_is_known"),
            models.CheckConstraint(
                condition=Q(density__in=[each.value for each in Density]), name="member_density_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def centre_id(self) -> int:
        """No centre's: members belong to the installation."""
        return 0

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the member may sign in: what Django asks before it lets anybody stay."""
        return self.closed_at is None


class Post(models.Model):
    """A role at a centre, from `begins` up to but not including `ends`; no end is known while that is empty.

    Rows are not walled off by centre as others are: they are what says whose walls are whose.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="posts")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    role = models.TextField(choices=[(role.value, role.value) for role in Role])
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    # Of the form that gave it: the same form sent twice gives one post.
    key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="post_ends_later"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="post_role_is_known"),
            models.UniqueConstraint(
                fields=["member", "centre", "role"], condition=Q(ends__isnull=True), name="post_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} at {self.centre_id}"


class WayIn(models.Model):
    """A way in: a code that is used once, kept only as a hash, which lets a member choose a password.

    A lost second factor takes two people: one asks, and the row waits without a code until another confirms. Only the
    command line may do both. Whoever asked and confirmed is kept as the audit trail names them.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="ways_in")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    purpose = models.TextField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    confirmed_by = models.TextField(blank=True, default="")
    code_hash = models.TextField(unique=True, null=True)  # noqa: DJ001 - many wait without one, and none are equal
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in Purpose]), name="way_in_purpose_is_known"
            ),
            models.CheckConstraint(condition=Q(code_hash__regex=r"^[0-9a-f]{64}$"), name="way_in_hash_is_sha256"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(used_at__isnull=True, ended_at__isnull=True), name="way_in_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.JOIN.value)
                | Q(asked_by="operator")
                | Q(code_hash__isnull=True)
                | (~Q(confirmed_by="") & ~Q(confirmed_by=F("asked_by"))),
                name="way_in_reset_takes_two",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=Concat(Value("member:"), Cast("member_id", models.TextField())))
                & ~Q(confirmed_by=Concat(Value("member:"), Cast("member_id", models.TextField()))),
                name="way_in_not_ones_own",
            ),
        ]

    def __str__(self) -> str:
        return f"way in of {self.member_id}"

    def state_at(self, at: dt.datetime) -> WayState:
        """How far it has come."""
        return state_of(
            coded=self.code_hash is not None,
            expires_at=self.expires_at,
            used_at=self.used_at,
            ended_at=self.ended_at,
            at=at,
        )


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member as one centre knows them: what is done to a member is a line of that centre's trail."""

    member: Member
    centre: Centre

    _meta: ClassVar[Any] = Member._meta

    @property
    def pk(self) -> int:
        """The member's."""
        return self.member.pk

    @property
    def centre_id(self) -> int:
        """The centre that knows them so."""
        return self.centre.pk
