"""Shifts and absences, and the changes that put them there and take them away. Nothing is ever deleted.

What stands is what no change has taken away. A shift is changed by taking it away and putting others in its place.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from poukama.centres.models import Centre
from poukama.roster.rules import Duty, Verb
from poukama.staff.models import Member

_STANDS = Q(taken_away_by__isnull=True)
_SPAN = Func(F("begins"), F("ends"), function="TSTZRANGE", output_field=DateTimeRangeField())


class Change(models.Model):
    """A change of the roster, all of it at once. Its key is made with the form, so that one form is one change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    verb = models.TextField(choices=[(verb.value, verb.value) for verb in Verb])
    at = models.DateTimeField()
    # Shifts of a copied week that did not fit.
    left_out = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"change {self.pk}"


class Shift(models.Model):
    """Somebody on a duty at a centre, from `begins` up to but not including `ends`. One stands at a time for a duty."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    duty = models.TextField(choices=[(duty.value, duty.value) for duty in Duty])
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    # Whose it was by the plan, where it has been swapped.
    instead_of = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Change, models.PROTECT, related_name="made")
    taken_away_by = models.ForeignKey(Change, models.PROTECT, null=True, related_name="took_away")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="shift_ends_later"),
            models.CheckConstraint(condition=Q(duty__in=[duty.value for duty in Duty]), name="shift_duty_is_known"),
            ExclusionConstraint(
                name="shift_one_at_a_time",
                expressions=[
                    ("centre", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    (_SPAN, RangeOperators.OVERLAPS),
                ],
                condition=_STANDS,
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["centre", "ends"], condition=_STANDS, name="shift_standing")]

    def __str__(self) -> str:
        return f"shift {self.pk}"


class Absence(models.Model):
    """A member away from a centre, from `begins` up to but not including `ends`. Why is nobody's business here."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    made_by = models.ForeignKey(Change, models.PROTECT, related_name="+")
    taken_away_by = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="absence_ends_later"),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    ("centre", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    (_SPAN, RangeOperators.OVERLAPS),
                ],
                condition=_STANDS,
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["centre", "ends"], condition=_STANDS, name="absence_standing")]

    def __str__(self) -> str:
        return f"absence {self.pk}"
