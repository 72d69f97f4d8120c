"""The board asks who came in the last day."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0002_windows")]
    operations: ClassVar = [
        migrations.AddIndex("Visit", models.Index(fields=["centre", "-arrived_at"], name="visit_by_time")),
    ]
