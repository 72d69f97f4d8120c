"""Who came in at which machine, which names were tried in vain, and the codes that let somebody try again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from poukama.signin.rules import Way
from poukama.staff.models import Member

_WAYS = [way.value for way in Way]


class OfTheInstallation:
    """A row of no centre: members belong to the installation."""

    @property
    def centre_id(self) -> int:
        """No centre's."""
        return 0


class Entry(OfTheInstallation, models.Model):
    """A member has come in, by a way, at a machine: `machine` is the hash of what its browser keeps, empty for none."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    way = models.TextField(choices=[(way, way) for way in _WAYS])
    machine = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(way__in=_WAYS), name="entry_way_is_known")]
        indexes: ClassVar = [models.Index(fields=["machine", "-at"], name="entry_machine_at")]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class WrongTry(OfTheInstallation, models.Model):
    """A name was tried in vain. The name itself is kept nowhere: only what `rules.key_of` makes of it."""

    key = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "at"], name="wrongtry_key_at")]

    def __str__(self) -> str:
        return f"wrong try {self.pk}"


class Lift(OfTheInstallation, models.Model):
    """A colleague's one-time code that lets a member who is shut out try again: kept as its hash."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    code = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(member=F("made_by")), name="lift_is_made_by_another"),
        ]

    def __str__(self) -> str:
        return f"lift {self.pk}"
