"""A centre's lines are looked up by when, by whom, about what, and for what is worth a second look."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

_NEWEST = ("-at", "-number")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("audit", "0002_count")]
    operations: ClassVar = [
        migrations.AddIndex("AuditEvent", models.Index(fields=["centre_id", *_NEWEST], name="audit_by_time")),
        migrations.AddIndex("AuditEvent", models.Index(fields=["centre_id", "actor", *_NEWEST], name="audit_by_actor")),
        migrations.AddIndex(
            "AuditEvent", models.Index(fields=["centre_id", "target", *_NEWEST], name="audit_by_target")
        ),
        migrations.AddIndex(
            "AuditEvent",
            models.Index(
                fields=["centre_id", *_NEWEST],
                condition=Q(event="glass.broken") | Q(event__startswith="curious."),
                name="audit_second_look",
            ),
        ),
    ]
