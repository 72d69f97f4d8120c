"""Members and their posts."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [
        ("centres", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("login", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("language", models.TextField(default="fi")),
                ("phone", models.TextField(blank=True, default="")),
                ("joined_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("login__regex", "^[a-z0-9][a-z0-9._-]{0,63}$")), name="member_login_shape"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phone__regex", "^(\\+[0-9]{5,15})?$")), name="member_phone_is_e164"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("midwife_coordinator", "midwife_coordinator"),
                            ("midwife", "midwife"),
                            ("doctor", "doctor"),
                            ("psychologist", "psychologist"),
                            ("social_worker", "social_worker"),
                            ("chaplain", "chaplain"),
                            ("sample_keeper", "sample_keeper"),
                            ("manager", "manager"),
                            ("national_statistician", "national_statistician"),
                            ("administrator", "administrator"),
                            ("privacy_officer", "privacy_officer"),
                        ]
                    ),
                ),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.centre"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gte", models.F("begins")), _connector="OR"),
                        name="post_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "midwife_coordinator",
                                    "midwife",
                                    "doctor",
                                    "psychologist",
                                    "social_worker",
                                    "chaplain",
                                    "sample_keeper",
                                    "manager",
                                    "national_statistician",
                                    "administrator",
                                    "privacy_officer",
                                ],
                            )
                        ),
                        name="post_role_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("member", "centre", "role"),
                        name="post_open_once",
                    ),
                ],
            },
        ),
    ]
