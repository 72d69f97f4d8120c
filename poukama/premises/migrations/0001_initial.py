"""Rooms, lots, skills and mishaps: only added to, each of one centre; a lot is ended once."""

import uuid
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from poukama.core.rows import append_only, of_one_centre, separated

# A lot may be ended, once; nothing else of it ever changes.
KEPT = """
create function premises_lot_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.ended_at is null and new.ended_at is not null
      and to_jsonb(new) - 'ended_at' - 'ended_by_id' = to_jsonb(old) - 'ended_at' - 'ended_by_id' then
    return new;
  end if;
  raise exception '% keeps its rows: % refused', tg_table_name, lower(tg_op)
    using errcode = 'integrity_constraint_violation';
end $$
"""
LOT = "premises_lotinuse"
ADDED_TO = ("roomentry", "skillentry", "mishap", "mishapstep")


def points_at(model: str, related_name: str = "+", **options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model, **options
    )


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("centres", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Mishap",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("room", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "centre",
                    points_at("centres.centre", db_index=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MishapStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("step", models.TextField()),
                ("words", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "centre",
                    points_at("centres.centre", db_index=False),
                ),
                (
                    "mishap",
                    points_at("premises.mishap", related_name="steps"),
                ),
                (
                    "member",
                    points_at(settings.AUTH_USER_MODEL, db_index=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LotInUse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("supply", models.TextField()),
                ("number", models.TextField()),
                ("expires", models.DateField()),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    points_at(settings.AUTH_USER_MODEL, db_index=False),
                ),
                (
                    "centre",
                    points_at("centres.centre", db_index=False),
                ),
                (
                    "ended_by",
                    points_at(settings.AUTH_USER_MODEL, db_index=False, null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoomEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("room", models.TextField()),
                ("verb", models.TextField()),
                ("at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("visitor", models.TextField(blank=True, default="")),
                ("outcome", models.TextField(blank=True, default="")),
                ("reagent", models.TextField(blank=True, default="")),
                ("lot", models.TextField(blank=True, default="")),
                ("passes", models.PositiveSmallIntegerField(null=True)),
                ("contact", models.DurationField(null=True)),
                (
                    "centre",
                    points_at("centres.centre", db_index=False),
                ),
                (
                    "member",
                    points_at(settings.AUTH_USER_MODEL, db_index=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SkillEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("skill", models.TextField()),
                ("day", models.DateField()),
                ("until", models.DateField(null=True)),
                ("taken_back", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                ("number", models.BigIntegerField()),
                (
                    "centre",
                    points_at("centres.centre", db_index=False),
                ),
                (
                    "member",
                    points_at(settings.AUTH_USER_MODEL, db_index=False),
                ),
                (
                    "written_by",
                    points_at(settings.AUTH_USER_MODEL, db_index=False),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="mishap",
            index=models.Index(fields=["centre", "-at"], name="mishap_by_time"),
        ),
        migrations.AddConstraint(
            model_name="mishap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["contamination", "mix_up", "seal", "temperature", "equipment", "supply", "injury", "other"],
                    )
                ),
                name="mishap_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mishap",
            constraint=models.UniqueConstraint(fields=("id", "centre"), name="mishap_is_of_one_centre"),
        ),
        migrations.AddConstraint(
            model_name="mishapstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["written", "added", "closed"])), name="mishap_step_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mishapstep",
            constraint=models.UniqueConstraint(fields=("mishap", "number"), name="mishap_step_once"),
        ),
        migrations.AddConstraint(
            model_name="mishapstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", b""), _negated=True), name="mishap_step_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="mishapstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 1), models.Q(("step", "written"), _negated=True), _connector="XOR"),
                name="mishap_begins_with_its_writing",
            ),
        ),
        migrations.AddIndex(
            model_name="lotinuse",
            index=models.Index(fields=["centre", "-begun_at"], name="lot_by_time"),
        ),
        migrations.AddConstraint(
            model_name="lotinuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("supply__in", ["gloves", "swabs", "water", "tubes", "bags", "reagent", "other"])),
                name="lot_supply_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lotinuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[A-Za-z0-9 ./+-]{1,40}$")), name="lot_number_is_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="lotinuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__gte", models.F("begun_at")), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="lot_is_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="lotinuse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("centre", "supply", "number"),
                name="lot_is_used_once",
            ),
        ),
        migrations.AddIndex(
            model_name="roomentry",
            index=models.Index(fields=["centre", "at"], name="room_entry_by_time"),
        ),
        migrations.AddIndex(
            model_name="roomentry",
            index=models.Index(
                condition=models.Q(("verb__in", ["locked", "unlocked"])), fields=["centre"], name="room_entry_locks"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verb__in", ["cleaned", "entered", "taken", "left", "locked", "unlocked", "swabbed"])
                ),
                name="room_entry_verb_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "visitor__in",
                        ["client", "companion", "interpreter", "police", "cleaner", "technician", "other", ""],
                    )
                ),
                name="room_entry_visitor_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["passed", "failed", ""])), name="room_entry_outcome_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("at__lte", models.F("written_at"))), name="room_entry_is_not_to_come"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("visitor", ""), ("verb", "entered"), _connector="OR"),
                name="room_entry_visitor_enters",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("verb__in", ["cleaned", "swabbed"]), ("outcome", ""), _connector="XOR"),
                name="room_entry_has_its_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("contact__isnull", False),
                        ("passes__gte", 1),
                        ("passes__lte", 20),
                        ("verb", "cleaned"),
                        models.Q(("reagent", ""), _negated=True),
                        models.Q(("lot", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("verb", "cleaned"), _negated=True),
                        ("contact__isnull", True),
                        ("lot", ""),
                        ("passes__isnull", True),
                        ("reagent", ""),
                    ),
                    _connector="OR",
                ),
                name="room_entry_cleaning_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="skillentry",
            index=models.Index(fields=["centre", "member", "skill", "-number"], name="skill_newest"),
        ),
        migrations.AddConstraint(
            model_name="skillentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("skill__in", ["examination", "sampling", "photographs", "cleaning", "elimination_list"])
                ),
                name="skill_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="skillentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("day")), _connector="OR"),
                name="skill_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="skillentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back", True),
                    models.Q(("skill__in", ["elimination_list"]), ("until__isnull", True)),
                    models.Q(models.Q(("skill__in", ["elimination_list"]), _negated=True), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="skill_has_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="skillentry",
            constraint=models.UniqueConstraint(fields=("centre", "number"), name="skill_numbered_once"),
        ),
        *(append_only(f"premises_{name}") for name in ADDED_TO),
        *(separated(f"premises_{name}") for name in (*ADDED_TO, "lotinuse")),
        of_one_centre("premises_mishapstep", "mishap_id", "premises_mishap"),
        migrations.RunSQL(KEPT, "drop function premises_lot_keep()"),
        migrations.RunSQL(
            [
                f"create trigger {LOT}_keep before update or delete on {LOT} "
                "for each row execute function premises_lot_keep()",
                f"create trigger {LOT}_keep_all before truncate on {LOT} "
                "for each statement execute function poukama_refuse()",
            ],
            [f"drop trigger {LOT}_keep_all on {LOT}", f"drop trigger {LOT}_keep on {LOT}"],
        ),
    ]
