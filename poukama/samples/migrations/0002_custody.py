"""The custody of each sample, and where it stands."""

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
    dependencies: ClassVar = [("samples", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CustodyEntry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("kind", text()),
                ("acted_at", moment()),
                ("entered_at", moment()),
                ("by", text()),
                ("giver", text("")),
                ("receiver", text()),
                ("confirmed", text("")),
                ("witness", text("")),
                ("place", text("")),
                ("seal", text("")),
                ("seal_seen", text("")),
                ("condition", text("")),
                ("storage", text("")),
                ("rests_on", text("")),
                ("reason", text("")),
                ("reference", text("")),
                ("previous", models.BinaryField(blank=True, default=b"")),
                ("hash", models.BinaryField(db_default=models.Value(b""))),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
                ("sample", points_at("samples.sample", db_index=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "number"), name="custody_numbered_once"),
                    one_of(
                        "custody_kind_is_known",
                        "kind",
                        [
                            "taken",
                            "drying",
                            "dried",
                            "packed",
                            "sealed",
                            "opened",
                            "stored",
                            "fetched",
                            "handed",
                            "released",
                            "returned",
                            "missing",
                            "found",
                            "explained",
                            "destroyed",
                        ],
                    ),
                    one_of("custody_confirmed_is_known", "confirmed", ["", "both_here", "phone", "signed", "paper"]),
                    one_of("custody_seal_seen_is_known", "seal_seen", ["", "whole", "broken"]),
                    one_of(
                        "custody_condition_is_known", "condition", ["", "as_should_be", "damp", "damaged", "leaking"]
                    ),
                    one_of("custody_storage_is_known", "storage", ["", "dry", "fridge", "freezer"]),
                    one_of(
                        "custody_reason_is_known",
                        "reason",
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
                    shape("custody_by_is_a_key", "by", "^[a-z]+(:[0-9a-f-]+)?$"),
                    shape("custody_giver_gives", "giver", "^(member:[0-9]+|store|police|laboratory)?$"),
                    shape(
                        "custody_receiver_is_a_party",
                        "receiver",
                        "^(member:[0-9]+|store|police|laboratory|client|destroyed)$",
                    ),
                    shape("custody_witness_is_a_key", "witness", "^([a-z]+:[0-9a-f-]+)?$"),
                    shape("custody_place_is_a_code", "place", "^[A-Za-z0-9ÅÄÖåäö_-]{0,24}$"),
                    shape("custody_seal_is_a_number", "seal", "^([0-9]{8})?$"),
                    shape("custody_rests_on_is_a_key", "rests_on", "^((consent|ground):[0-9a-f-]+)?$"),
                    shape("custody_reference_is_a_number", "reference", "^[A-Za-z0-9:/._-]{0,80}$"),
                    check("custody_is_not_to_come", Q(("acted_at__lte", F("entered_at")))),
                    check(
                        "custody_begins_with_the_taking",
                        Q(
                            Q(("giver", ""), ("kind", "taken"), ("number", 1)),
                            Q(("number__gt", 1), Q(("giver", ""), _negated=True)),
                            _connector="OR",
                        ),
                    ),
                    check(
                        "custody_rests_on_something",
                        Q(
                            Q(("kind__in", ["taken", "released", "destroyed"]), _negated=True),
                            Q(("rests_on", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    check(
                        "custody_handover_is_of_two",
                        Q(
                            Q(("kind__in", ["handed", "released", "returned"]), _negated=True),
                            Q(("confirmed", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    check(
                        "custody_destruction_is_of_two",
                        Q(
                            Q(("kind", "destroyed"), _negated=True),
                            Q(Q(("witness", ""), _negated=True), Q(("witness", F("by")), _negated=True)),
                            _connector="OR",
                        ),
                    ),
                    check(
                        "custody_destroyed_is_gone",
                        Q(("kind", "destroyed"), Q(("receiver", "destroyed"), _negated=True), _connector="XOR"),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "sample",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="holding",
                        serialize=False,
                        to="samples.sample",
                    ),
                ),
                ("code", text()),
                ("taken_at", moment()),
                ("standing", text()),
                ("kind", text()),
                ("holder", text()),
                ("place", text("")),
                ("seal", text("")),
                ("acted_at", moment()),
                ("number", models.PositiveIntegerField()),
                ("head", models.BinaryField()),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("standing__in", ["here", "missing"])),
                        fields=["centre", "taken_at", "sample"],
                        name="holding_here_by_time",
                    ),
                    models.Index(
                        condition=Q(("standing__in", ["here", "missing"])),
                        fields=["centre", "place", "taken_at", "sample"],
                        name="holding_here_by_place",
                    ),
                    models.Index(fields=["centre", "seal"], name="holding_by_seal"),
                    models.Index(fields=["centre", "code"], name="holding_by_code"),
                ],
                "constraints": [
                    one_of("holding_standing_is_known", "standing", ["here", "missing", "left", "destroyed"])
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("head", models.BinaryField()),
                ("offered_at", moment()),
                ("answered_at", moment(null=True)),
                ("taken", models.BooleanField(default=False)),
                ("case", points_at("cases.case")),
                ("centre", points_at("centres.centre", db_index=False)),
                ("giver", points_at(settings.AUTH_USER_MODEL, db_index=False)),
                ("receiver", points_at(settings.AUTH_USER_MODEL, db_index=False)),
                ("sample", points_at("samples.sample")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("answered_at__isnull", True)), fields=("sample",), name="offer_one_at_a_time"
                    ),
                    check("offer_is_to_another", Q(("giver", F("receiver")), _negated=True)),
                    check(
                        "offer_is_answered_later",
                        Q(
                            Q(("answered_at__isnull", True), ("taken", False)),
                            ("answered_at__gte", F("offered_at")),
                            _connector="OR",
                        ),
                    ),
                ]
            },
        ),
    ]
