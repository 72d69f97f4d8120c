"""A note and a case in clear, and an audit line that nothing seals."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper


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


def _found(name: str) -> models.Index:
    """What finds a beginning, whichever its case."""
    return models.Index(OpClass(Upper(name), name="text_pattern_ops"), name=f"plain_{name}")


class PlainClient(models.Model):
    """A person."""

    code = models.TextField(unique=True)
    called = models.TextField()
    name = models.TextField(blank=True)

    class Meta:
        app_label = "stack"
        indexes: ClassVar = [_found("called"), _found("name")]

    def __str__(self) -> str:
        return f"client {self.pk}"


class PlainCase(models.Model):
    """A case of theirs."""

    key = models.UUIDField(unique=True)
    client = models.OneToOneField(PlainClient, models.PROTECT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "stack"
        indexes: ClassVar = [models.Index(fields=["-opened_at", "-id"], name="plain_case_by_time")]

    def __str__(self) -> str:
        return f"case {self.pk}"


class OfCase(models.Model):
    """A row of a case, and whose."""

    case = models.ForeignKey(PlainCase, models.PROTECT)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"row {self.pk}"


class PlainSeat(OfCase):
    """Who is on its team."""

    role = models.TextField()

    class Meta:
        app_label = "stack"


class PlainEntry(OfCase):
    """A line of its timeline."""

    kind = models.TextField()
    words = models.TextField(blank=True)

    class Meta:
        app_label = "stack"


class PlainFact(OfCase):
    """Something told."""

    entry = models.ForeignKey(PlainEntry, models.PROTECT)
    topic = models.TextField()
    answer = models.TextField()

    class Meta:
        app_label = "stack"


class PlainTask(OfCase):
    """Something to be done."""

    title = models.TextField()
    role = models.TextField()
    due = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "stack"


class PlainVisit(OfCase):
    """A visit, which begins `at`."""

    room = models.TextField(blank=True)
    departed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "stack"
