"""Approvals: everybody may read them, a centre writes its own, and nothing of them ever changes."""

import uuid
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from poukama.core.rows import append_only, told_by_its_centre

KINDS = ["window", "sampling", "retention"]
VERBS = ["approved", "taken_back"]
_POINTS: dict[str, Any] = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [("centres", "0001_initial"), ("staff", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ApprovalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField(choices=[(kind, kind) for kind in KINDS])),
                ("code", models.TextField()),
                ("version", models.TextField()),
                ("verb", models.TextField(choices=[(verb, verb) for verb in VERBS])),
                ("at", models.DateTimeField()),
                ("valid_from", models.DateField(null=True)),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("approver", models.ForeignKey(to=settings.AUTH_USER_MODEL, **_POINTS)),
                ("centre", models.ForeignKey(to="centres.centre", **_POINTS)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(kind__in=KINDS), name="approval_kind_is_known"),
                    models.CheckConstraint(condition=Q(verb__in=VERBS), name="approval_verb_is_known"),
                    models.CheckConstraint(
                        condition=Q(version__regex="^[0-9a-f]{64}$"), name="approval_version_is_sha256"
                    ),
                    models.CheckConstraint(condition=~Q(code=""), name="approval_has_a_code"),
                    models.CheckConstraint(
                        condition=Q(verb="approved", valid_from__isnull=False)
                        | Q(verb="taken_back", valid_from__isnull=True),
                        name="approval_has_its_date",
                    ),
                ],
            },
        ),
        append_only("protocols_approvalrow"),
        told_by_its_centre("protocols_approvalrow"),
    ]
