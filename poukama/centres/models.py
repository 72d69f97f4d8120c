"""The installation, its centres, and the packs that described them. Public reference data, changed only by packs."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """This installation: one row, written when the database is made, never changed."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    practice = models.BooleanField()
    founded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="installation_is_one")]

    def __str__(self) -> str:
        return "practice version" if self.practice else "real service"

    @property
    def centre_id(self) -> int:
        """No centre's: the number of the installation itself."""
        return 0


class Centre(models.Model):
    """A centre. Its names and everything else that is told stand in its pack, with their owners and dates."""

    code = models.TextField(unique=True)
    country = models.TextField()
    time_zone = models.TextField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z][a-z0-9-]*$"), name="centre_code_is_a_slug"),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="centre_country_is_iso_3166"),
            # The installation itself is 0.
            models.CheckConstraint(condition=Q(id__gt=0), name="centre_is_not_the_installation"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def centre_id(self) -> int:
        """Its own."""
        return self.pk

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that its clocks on walls are in."""
        return ZoneInfo(self.time_zone)


class LoadedPack(models.Model):
    """A pack as it was loaded, word for word. Packs are added, never changed; a centre's newest holds."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="packs")
    digest = models.TextField()
    # Path -> text. Read whole and never searched.
    files = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="pack_digest_is_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.digest[:12]}"
