"""A contact knows at about which hour whoever comes arrives."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("helpline", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField("Contact", "arrives", models.TextField(blank=True, default="")),
        migrations.AddConstraint(
            "Contact",
            models.CheckConstraint(
                condition=Q(arrives__regex="^(([01][0-9]|2[0-3]):[0-5][0-9])?$"), name="contact_arrives_is_a_code"
            ),
        ),
    ]
