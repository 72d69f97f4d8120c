"""The installation, which never changes; its centres; and the packs they were loaded from, only ever added to."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from poukama.core.rows import append_only


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Centre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("country", models.TextField()),
                ("time_zone", models.TextField()),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z][a-z0-9-]*$")), name="centre_code_is_a_slug"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="centre_country_is_iso_3166"
                    ),
                    models.CheckConstraint(condition=models.Q(("id__gt", 0)), name="centre_is_not_the_installation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("practice", models.BooleanField()),
                ("founded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="installation_is_one")],
            },
        ),
        migrations.CreateModel(
            name="LoadedPack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.TextField()),
                ("files", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="centres.centre"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="pack_digest_is_sha256"
                    )
                ],
            },
        ),
        append_only("centres_installation"),
        append_only("centres_loadedpack"),
    ]
