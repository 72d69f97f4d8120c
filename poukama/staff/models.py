"""Members of staff, and the posts they hold at centres. A member is closed, never deleted."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from poukama.centres.models import Centre
from poukama.staff.rules import Role


class Member(AbstractBaseUser):
    """A person on staff. Members belong to no centre: one person may hold posts at several."""

    login = models.TextField(unique=True)
    name = models.TextField()
    language = models.TextField(default="fi")
    # The number of work, as +358...: what is rung when they are on call. Empty if there is none.
    phone = models.TextField(blank=True, default="")
    joined_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "login"
    # Django and its libraries find members by their login through it.
    objects = BaseUserManager["Member"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(login__regex=r"^[a-z0-9][a-z0-9._-]{0,63}$"), name="member_login_shape"),
            models.CheckConstraint(condition=Q(phone__regex=r"^(\+[0-9]{5,15})?$"), name="member_phone_is_e164"),
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
