"""Notices, which are never changed once they are sent."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from poukama.cases.tables import changes_until, closes_with_its_case, sealed
from poukama.core.rows import of_one_centre, separated

HOW = ["", "in_person", "by_phone", "with_interpreter", "in_writing"]
MEANS = ["", "phone", "letter", "secure_mail", "online_form", "in_person"]
SENT = (
    "sent_at",
    "whom",
    "words",
    "saves",
    "told_at",
    "told_how",
    "sent_by_id",
    "means",
    "proof",
    "law",
    "disclosure_id",
)


def points_at(kind: Any, model: str, **options: Any) -> Any:
    return kind(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **options)


def secret() -> "models.BinaryField[bytes, bytes]":
    return models.BinaryField(blank=True, default=b"")


def check(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [
        ("cases", "0002_windows"),
        ("centres", "0001_initial"),
        ("clients", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("recipient", models.TextField()),
                ("whom", secret()),
                ("words", secret()),
                ("begun_at", models.DateTimeField()),
                ("saves", models.PositiveIntegerField(default=0)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_how", models.TextField(blank=True, default="")),
                ("sent_at", models.DateTimeField(null=True)),
                ("means", models.TextField(blank=True, default="")),
                ("proof", secret()),
                ("law", models.TextField(blank=True, default="")),
                ("author", points_at(models.ForeignKey, settings.AUTH_USER_MODEL, db_index=False)),
                ("case", points_at(models.ForeignKey, "cases.case")),
                ("centre", points_at(models.ForeignKey, "centres.centre", db_index=False)),
                ("disclosure", points_at(models.OneToOneField, "clients.disclosure", null=True)),
                ("sent_by", points_at(models.ForeignKey, settings.AUTH_USER_MODEL, db_index=False, null=True)),
            ],
            options={
                "constraints": [
                    check("notice_is_to_somebody", ~Q(recipient="")),
                    check("notice_told_how_is_known", Q(told_how__in=HOW)),
                    check("notice_means_is_known", Q(means__in=MEANS)),
                    check(
                        "notice_is_sent_whole",
                        Q(sent_at__isnull=True, disclosure__isnull=True, sent_by__isnull=True, means="")
                        | (Q(sent_at__isnull=False, disclosure__isnull=False, sent_by__isnull=False) & ~Q(means="")),
                    ),
                ]
            },
        ),
        separated("legal_notice"),
        of_one_centre("legal_notice", "case_id", "cases_case"),
        closes_with_its_case("legal_notice"),
        changes_until("legal_notice", *SENT),
        sealed("legal_notice", "whom", "words", "proof"),
    ]
