"""A centre's lines are looked up by when, by whom, about what, and for what is worth a second look."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("audit", "0002_count")]
    operations: ClassVar = [
        migrations.AddIndex("AuditEvent", models.Index(fields=["centre_id", "at"], name="audit_by_time")),
        migrations.AddIndex("AuditEvent", models.Index(fields=["centre_id", "actor", "-number"], name="audit_by_actor")),
        migrations.AddIndex("AuditEvent", models.Index(fields=["centre_id", "target", "-number"], name="audit_by_target")),
        migrations.AddIndex(
            "AuditEvent",
            models.Index(
                fields=["centre_id", "-number"],
                condition=Q(event="glass.broken") | Q(event__startswith="curious."),
                name="audit_second_look",
            ),
        ),
    ]
