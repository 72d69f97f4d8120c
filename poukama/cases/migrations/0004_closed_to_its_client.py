"""A closed case takes nothing that its client tells either: not who they are, what they wish, who is close to them.

What a client decides they can change at any time: consents, grounds, what leaves on them, and the ways to them.
"""

from typing import ClassVar

from django.db import migrations

from poukama.cases.tables import closes_its_client, refuses_when_its_case_is_closed

ENTRIES = ("identityentry", "wishentry", "guardianentry", "closeentry", "relationentry", "joiningentry")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0003_visits_by_time"), ("clients", "0003_interpreter")]
    operations: ClassVar = [
        closes_its_client(),
        *(refuses_when_its_case_is_closed(f"clients_{table}") for table in ENTRIES),
    ]
