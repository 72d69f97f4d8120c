"""That consents were answered is a line of the timeline."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

ENTRIES = (
    "opened|contact|told|arrived|departed|written|note|addendum|task_done|joined|left|crossing|notice|consents"
    "|closed|reopened"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0004_closed_to_its_client")]
    operations: ClassVar = [
        migrations.RemoveConstraint("Entry", "entry_kind_is_known"),
        migrations.AddConstraint(
            "Entry", models.CheckConstraint(condition=Q(kind__regex=rf"^({ENTRIES})$"), name="entry_kind_is_known")
        ),
    ]
