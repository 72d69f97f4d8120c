"""Changes, shifts and absences; what keeps each of them, and keeps two from standing in one time."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import DateTimeRangeField
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from poukama.core.rows import append_only, separated

# A row may be taken away, once; nothing else of it ever changes.
KEPT = """
create function roster_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.taken_away_by_id is null and new.taken_away_by_id is not null
      and to_jsonb(new) - 'taken_away_by_id' = to_jsonb(old) - 'taken_away_by_id' then
    return new;
  end if;
  raise exception '% keeps its rows: % refused', tg_table_name, lower(tg_op)
    using errcode = 'integrity_constraint_violation';
end $$
"""


def keeps(table: str) -> migrations.RunSQL:
    """Refuse every change of a row but its being taken away."""
    return migrations.RunSQL(
        [
            f"create trigger {table}_keep before update or delete on {table} "
            "for each row execute function roster_keep()",
            f"create trigger {table}_keep_all before truncate on {table} "
            "for each statement execute function poukama_refuse()",
        ],
        [f"drop trigger {table}_keep_all on {table}", f"drop trigger {table}_keep on {table}"],
    )


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("centres", "0001_initial"),
        ("staff", "0001_initial"),
    ]

    operations: ClassVar = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "verb",
                    models.TextField(
                        choices=[
                            ("added", "added"),
                            ("taken", "taken"),
                            ("changed", "changed"),
                            ("split", "split"),
                            ("removed", "removed"),
                            ("copied", "copied"),
                            ("away", "away"),
                            ("back", "back"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField()),
                ("left_out", models.PositiveIntegerField(default=0)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.centre"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.centre"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="roster.change"
                    ),
                ),
                (
                    "taken_away_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="roster.change"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("taken_away_by__isnull", True)),
                        fields=["centre", "ends"],
                        name="absence_standing",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="absence_ends_later"
                    ),
                    ExclusionConstraint(
                        condition=models.Q(("taken_away_by__isnull", True)),
                        expressions=[
                            ("centre", "="),
                            ("member", "="),
                            (
                                models.Func(
                                    models.F("begins"),
                                    models.F("ends"),
                                    function="TSTZRANGE",
                                    output_field=DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="absence_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.TextField(
                        choices=[
                            ("midwife", "midwife"),
                            ("doctor", "doctor"),
                            ("social_worker", "social_worker"),
                            ("psychologist", "psychologist"),
                            ("chaplain", "chaplain"),
                        ]
                    ),
                ),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.centre"
                    ),
                ),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="made", to="roster.change"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "taken_away_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="took_away",
                        to="roster.change",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("taken_away_by__isnull", True)),
                        fields=["centre", "ends"],
                        name="shift_standing",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="shift_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duty__in", ["midwife", "doctor", "social_worker", "psychologist", "chaplain"])
                        ),
                        name="shift_duty_is_known",
                    ),
                    ExclusionConstraint(
                        condition=models.Q(("taken_away_by__isnull", True)),
                        expressions=[
                            ("centre", "="),
                            ("duty", "="),
                            (
                                models.Func(
                                    models.F("begins"),
                                    models.F("ends"),
                                    function="TSTZRANGE",
                                    output_field=DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="shift_one_at_a_time",
                    ),
                ],
            },
        ),
        append_only("roster_change"),
        migrations.RunSQL(KEPT, "drop function roster_keep()"),
        *(keeps(table) for table in ("roster_shift", "roster_absence")),
        *(separated(table) for table in ("roster_change", "roster_shift", "roster_absence")),
    ]
