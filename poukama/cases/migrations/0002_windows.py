"""A draft knows which window saved it last, so that two windows never write over each other; a notice is a line."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations import RunSQL
from django.db.models import Q

_MAKE = (
    "create trigger cases_note_only before update on cases_note "
    "for each row execute function cases_only('signed_at', 'words', 'saved_at', 'saves'{more})"
)
_DROP = "drop trigger cases_note_only on cases_note"


ENTRIES = (
    "opened|contact|told|arrived|departed|written|note|addendum|task_done|joined|left|crossing|notice|closed|reopened"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField("Note", "writer", models.UUIDField(null=True)),
        migrations.AddField("Note", "number", models.BigIntegerField(default=0)),
        migrations.RemoveConstraint("Entry", "entry_kind_is_known"),
        migrations.AddConstraint(
            "Entry", models.CheckConstraint(condition=Q(kind__regex=rf"^({ENTRIES})$"), name="entry_kind_is_known")
        ),
        RunSQL([_DROP, _MAKE.format(more=", 'writer', 'number'")], [_DROP, _MAKE.format(more="")]),
    ]
