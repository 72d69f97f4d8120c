"""A note in clear, and an audit line that nothing seals."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class PlainNote(models.Model):
    """Text, and how often it was saved."""

    text = models.TextField()
    number = models.IntegerField(default=0)

    class Meta:
        app_label = "stack"
        permissions: ClassVar = [("keep_notes", "May keep notes")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class PlainLine(models.Model):
    """Who did what, when."""

    at = models.DateTimeField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    what = models.TextField()
    row = models.BigIntegerField()

    class Meta:
        app_label = "stack"

    def __str__(self) -> str:
        return f"line {self.pk}"
