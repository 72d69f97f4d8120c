"""A closed case takes nothing that its client says either: no answer, no way, nothing that leaves."""

from typing import ClassVar

from django.db import migrations

from poukama.cases.tables import closes_its_client, refuses_when_its_case_is_closed

ENTRIES = (
    *("identityentry", "safecontact", "wishentry", "guardianentry", "closeentry", "relationentry"),
    *("joiningentry", "consent", "groundentry", "disclosure"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0003_visits_by_time"), ("clients", "0003_interpreter")]
    operations: ClassVar = [
        closes_its_client(),
        *(refuses_when_its_case_is_closed(f"clients_{table}") for table in ENTRIES),
    ]
