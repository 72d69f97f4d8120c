"""Approvals: what a doctor said of a window, a protocol or a rule of the centre. Only added to; the newest holds."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from poukama.centres.models import Centre
from poukama.protocols.approvals import Kind, Verb
from poukama.staff.models import Member


class ApprovalRow(models.Model):
    """One word on one content, which `version` names. Everybody may read it; a centre writes its own.

    `key` is made with the form, so that one form is one row.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in Kind])
    code = models.TextField()
    version = models.TextField()
    verb = models.TextField(choices=[(verb.value, verb.value) for verb in Verb])
    approver = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    valid_from = models.DateField(null=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="approval_kind_is_known"),
            models.CheckConstraint(condition=Q(verb__in=[verb.value for verb in Verb]), name="approval_verb_is_known"),
            models.CheckConstraint(condition=Q(version__regex=r"^[0-9a-f]{64}$"), name="approval_version_is_sha256"),
            models.CheckConstraint(condition=~Q(code=""), name="approval_has_a_code"),
            models.CheckConstraint(
                condition=Q(verb=Verb.APPROVED.value, valid_from__isnull=False)
                | Q(verb=Verb.TAKEN_BACK.value, valid_from__isnull=True),
                name="approval_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk}"
