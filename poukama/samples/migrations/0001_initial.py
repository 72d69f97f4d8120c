"""Kits, samples and seals."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def points_at(model: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **options)


def text(default: str | None = None) -> "models.TextField[str, str]":
    return models.TextField() if default is None else models.TextField(blank=not default, default=default)


def moment(**options: Any) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(**options)


def check(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


def one_of(name: str, column: str, words: list[str]) -> models.CheckConstraint:
    return check(name, Q(**{f"{column}__in": words}))


def shape(name: str, column: str, regex: str) -> models.CheckConstraint:
    return check(name, Q(**{f"{column}__regex": regex}))


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [
        ("cases", "0003_visits_by_time"),
        ("centres", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Kit",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", text("")),
                ("lot", text()),
                ("expires", models.DateField(null=True)),
                ("used_at", moment()),
                ("again", models.BooleanField(default=False)),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
                ("used_by", points_at(settings.AUTH_USER_MODEL, db_index=False)),
            ],
            options={
                "constraints": [
                    shape("kit_number_is_a_number", "number", "^[A-Z0-9./-]{0,24}$"),
                    shape("kit_lot_is_a_number", "lot", "^[A-Z0-9./-]{1,24}$"),
                    models.UniqueConstraint(
                        condition=Q(("again", False), Q(("number", ""), _negated=True)),
                        fields=("centre", "number"),
                        name="kit_is_used_once",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Reserve",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("code", text()),
                ("made_at", moment()),
                ("centre", points_at("centres.centre", db_index=False)),
                ("made_by", points_at(settings.AUTH_USER_MODEL, db_index=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "code"), name="reserve_code_once"),
                    shape("reserve_code_is_of_the_series", "code", "^R[0-9]{8}$"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("code", text()),
                ("protocol", text()),
                ("group", text()),
                ("site", text()),
                ("scope", text("")),
                ("position", models.PositiveSmallIntegerField()),
                ("place", models.PositiveSmallIntegerField(default=1)),
                ("item", models.PositiveSmallIntegerField(default=1)),
                ("early", models.BooleanField(default=False)),
                ("kind", text()),
                ("wet", text("")),
                ("storage", text()),
                ("container", text()),
                ("made_at", moment()),
                ("labelled_at", moment(null=True)),
                ("state", text("not_yet")),
                ("order", models.PositiveSmallIntegerField(null=True)),
                ("acted_at", moment(null=True)),
                ("entered_at", moment(null=True)),
                ("window", text("")),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
                ("taken_by", points_at(settings.AUTH_USER_MODEL, db_index=False, null=True)),
                ("kit", points_at("samples.kit", null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("id", "centre"), name="sample_is_of_one_centre"),
                    models.UniqueConstraint(fields=("centre", "code"), name="sample_code_once"),
                    models.UniqueConstraint(fields=("case", "group", "site", "place", "item"), name="sample_item_once"),
                    models.UniqueConstraint(fields=("case", "order"), name="sample_order_once"),
                    shape("sample_code_is_a_number", "code", "^[NR][0-9]{8}$"),
                    shape("sample_protocol_is_a_version", "protocol", "^[0-9a-f]{64}$"),
                    shape("sample_group_is_a_code", "group", "^[a-z0-9_-]+$"),
                    shape("sample_site_is_a_code", "site", "^[a-z0-9_-]+$"),
                    shape("sample_scope_is_a_code", "scope", "^[a-z0-9_-]*$"),
                    one_of(
                        "sample_kind_is_known",
                        "kind",
                        ["swab", "rinse", "liquid", "cutting", "tape", "garment", "thing"],
                    ),
                    one_of("sample_wet_is_known", "wet", ["", "wet", "dry"]),
                    one_of("sample_storage_is_known", "storage", ["dry", "fridge", "freezer"]),
                    one_of(
                        "sample_container_is_known",
                        "container",
                        ["swab_tube", "screw_cap_pot", "urine_bottle", "blood_tube", "paper_envelope", "paper_bag"],
                    ),
                    one_of("sample_state_is_known", "state", ["not_yet", "taken", "not_wanted", "not_relevant"]),
                    one_of("sample_window_is_known", "window", ["", "open", "closing", "uncertain", "passed"]),
                    check("sample_is_not_to_come", Q(("acted_at__lte", F("entered_at")))),
                    check(
                        "sample_is_taken_whole",
                        Q(
                            Q(
                                ("acted_at__isnull", False),
                                ("entered_at__isnull", False),
                                ("kit__isnull", False),
                                ("order__isnull", False),
                                ("state", "taken"),
                                ("taken_by__isnull", False),
                            ),
                            Q(
                                Q(("state", "taken"), _negated=True),
                                ("acted_at__isnull", True),
                                ("entered_at__isnull", True),
                                ("order__isnull", True),
                                ("taken_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", text()),
                ("applied_at", moment()),
                ("again", models.BooleanField(default=False)),
                ("broken_at", moment(null=True)),
                ("broken_by", text("")),
                ("why", text("")),
                ("applied_by", points_at(settings.AUTH_USER_MODEL, db_index=False)),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
                ("sample", points_at("samples.sample")),
            ],
            options={
                "constraints": [
                    shape("seal_number_is_a_number", "number", "^[0-9]{8}$"),
                    models.UniqueConstraint(
                        condition=Q(("again", False)), fields=("centre", "number"), name="seal_is_used_once"
                    ),
                    models.UniqueConstraint(
                        condition=Q(("broken_at__isnull", True)), fields=("sample",), name="seal_one_whole_on_a_sample"
                    ),
                    one_of(
                        "seal_why_is_known",
                        "why",
                        [
                            "",
                            "forgotten",
                            "power_cut",
                            "place_full",
                            "emergency",
                            "seal_damaged",
                            "to_repack",
                            "to_divide",
                            "laboratory_opened",
                            "left_by_mistake",
                            "miscounted",
                            "client_decided",
                            "by_rule",
                            "not_known",
                        ],
                    ),
                    check(
                        "seal_is_broken_whole",
                        Q(
                            Q(("broken_at__isnull", True), ("broken_by", ""), ("why", "")),
                            Q(
                                ("broken_at__gte", F("applied_at")),
                                Q(("broken_by", ""), _negated=True),
                                Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Deviation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", text()),
                ("reason", text()),
                ("at", moment()),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
                ("member", points_at(settings.AUTH_USER_MODEL, db_index=False)),
                ("sample", points_at("samples.sample", null=True)),
                ("kit", points_at("samples.kit", db_index=False, null=True)),
            ],
            options={
                "constraints": [
                    one_of(
                        "deviation_kind_is_known",
                        "kind",
                        ["order", "no_label_before", "duplicate_seal", "used_kit", "expired_lot"],
                    ),
                    one_of(
                        "deviation_reason_is_known",
                        "reason",
                        [
                            "client_wished",
                            "client_thirsty",
                            "care_first",
                            "no_other_there",
                            "printer_down",
                            "misread",
                            "by_mistake",
                            "not_known",
                        ],
                    ),
                    check(
                        "deviation_is_of_something",
                        Q(("sample__isnull", False), ("kit__isnull", False), _connector="OR"),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="GloveChange",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("group", text()),
                ("at", moment()),
                ("written_at", moment()),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
                ("member", points_at(settings.AUTH_USER_MODEL, db_index=False)),
            ],
            options={
                "constraints": [
                    shape("gloves_group_is_a_code", "group", "^[a-z0-9_-]+$"),
                    check("gloves_are_not_to_come", Q(("at__lte", F("written_at")))),
                ]
            },
        ),
    ]
