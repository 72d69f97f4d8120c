"""Notices: drafts until they are sent, and never changed after. Whom exactly, the words and the proof are sealed."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from poukama.cases.models import OfCase
from poukama.legal.rules import How, Means
from poukama.staff.models import Member


def _one_of_or_none(field: str, words: Iterable[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": ["", *(str(word) for word in words)]}), name=name)


def _member(**options: Any) -> Any:
    return models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False, **options)


def _sealed() -> Any:
    return models.BinaryField(default=b"", blank=True)


class Notice(OfCase):
    """A notice to somebody: `recipient` is a word of ours, or what the centre's pack calls an authority.

    `law` is what it went on; empty where the client had said yes.
    """

    recipient = models.TextField()
    whom = _sealed()
    words = _sealed()
    author = _member()
    begun_at = models.DateTimeField()
    saves = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    told_how = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    sent_by = _member(null=True)
    means = models.TextField(blank=True, default="")
    proof = _sealed()
    law = models.TextField(blank=True, default="")
    disclosure = models.OneToOneField("clients.Disclosure", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(recipient=""), name="notice_is_to_somebody"),
            _one_of_or_none("told_how", How, "notice_told_how_is_known"),
            _one_of_or_none("means", Means, "notice_means_is_known"),
            # What is sent has left: it is in the ledger, says what it rests on there, and how it went.
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, disclosure__isnull=True, sent_by__isnull=True, means="")
                | (Q(sent_at__isnull=False, disclosure__isnull=False, sent_by__isnull=False) & ~Q(means="")),
                name="notice_is_sent_whole",
            ),
        ]
