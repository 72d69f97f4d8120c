"""What the database refuses of samples, and what it does itself: entries are linked, hashed and never changed."""

from typing import ClassVar

from django.db import migrations

from poukama.cases.tables import changes_until, closes_with_its_case, of_its_case, pointed_at
from poukama.core.rows import append_only, of_one_centre, separated
from poukama.samples.tables import custody_linked

OF_CASE = ("kit", "sample", "seal", "deviation", "glovechange", "custodyentry", "offer", "holding")
ADDED_TO = ("kit", "reserve", "deviation", "glovechange", "custodyentry")
OF_SAMPLE = ("seal", "deviation", "custodyentry", "offer", "holding")
# What may change of a sample until it is taken.
UNTIL_TAKEN = ("code", "entered_at", "kit_id", "labelled_at", "state", "order", "taken_by_id", "window")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("samples", "0002_custody")]
    operations: ClassVar = [
        *(separated(f"samples_{table}") for table in (*OF_CASE, "reserve")),
        *(of_one_centre(f"samples_{table}", "case_id", "cases_case") for table in OF_CASE),
        *(append_only(f"samples_{table}") for table in ADDED_TO),
        *(closes_with_its_case(f"samples_{table}") for table in ("kit", "sample", "glovechange")),
        changes_until("samples_sample", "acted_at", *UNTIL_TAKEN),
        changes_until("samples_seal", "broken_at", "broken_by", "why"),
        changes_until("samples_offer", "answered_at", "taken"),
        *(pointed_at(f"samples_{table}") for table in ("kit", "sample")),
        *(of_its_case(f"samples_{table}", "sample_id", "samples_sample") for table in OF_SAMPLE),
        *(of_its_case(f"samples_{table}", "kit_id", "samples_kit") for table in ("sample", "deviation")),
        custody_linked(),
    ]
