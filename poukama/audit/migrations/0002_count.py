"""A line may say how often something was done; the seal covers it. Lines from before are sealed as they were."""

import importlib
from typing import ClassVar

from django.db import migrations, models

_FIRST: str = importlib.import_module("poukama.audit.migrations.0001_initial").SEAL
BEFORE = _FIRST.replace("create function", "create or replace function")
# What is null is left out, with its separator: the seal of a line without a count is what it was.
SEAL = BEFORE.replace("new.target)", "new.target, new.count)")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("audit", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField("AuditEvent", "count", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "AuditEvent", models.CheckConstraint(condition=models.Q(count__gte=0), name="audit_count_counts")
        ),
        migrations.RunSQL(SEAL, BEFORE),
    ]
