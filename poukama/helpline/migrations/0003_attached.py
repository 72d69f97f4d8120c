"""A contact may be attached to a case of its centre: its words are there, and none are here."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from poukama.core.rows import of_one_centre

ENDED = Q(ended_at__isnull=False, note=b"", called_name=b"", phone=b"", hours=b"", name_to_say=b"")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("helpline", "0002_arrives"), ("cases", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(
            "Contact",
            "case",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddConstraint(
            "Contact",
            models.CheckConstraint(
                condition=Q(case__isnull=True) | ENDED,
                name="contact_attached_holds_no_words",
            ),
        ),
        of_one_centre("helpline_contact", "case_id", "cases_case"),
    ]
