"""Records that are destroyed: who asked, who confirmed, and why."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from poukama.core.rows import append_only, of_one_centre, separated

REASONS = ["kept_long_enough", "clients_wish", "by_mistake"]
_POINTS: dict[str, Any] = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("centres", "0001_initial"), ("clients", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Destruction",
            fields=[
                ("client", models.OneToOneField(primary_key=True, serialize=False, to="clients.client", **_POINTS)),
                ("at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                ("confirmed_by", models.TextField()),
                ("reason", models.TextField()),
                ("centre", models.ForeignKey(to="centres.centre", **_POINTS)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(reason__in=REASONS), name="destruction_reason_is_known"),
                    models.CheckConstraint(condition=~Q(asked_by=F("confirmed_by")), name="destruction_is_of_two"),
                ]
            },
        ),
        separated("clients_destruction"),
        of_one_centre("clients_destruction", "client_id", "clients_client"),
        append_only("clients_destruction"),
    ]
