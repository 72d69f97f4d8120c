"""Members, their posts and their ways in."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
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
                ("look", models.TextField(default="follow")),
                ("density", models.TextField(default="compact")),
                ("shortcuts", models.BooleanField(default=True)),
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
                    models.CheckConstraint(
                        condition=models.Q(("look__in", ["follow", "light", "dark", "contrast"])),
                        name="member_look_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("density__in", ["compact", "roomy", "gloves"])),
                        name="member_density_is_known",
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
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
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
        migrations.CreateModel(
            name="WayIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.TextField()),
                ("asked_by", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("confirmed_by", models.TextField(blank=True, default="")),
                ("code_hash", models.TextField(null=True, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.centre"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ways_in", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["join", "reset"])), name="way_in_purpose_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code_hash__regex", "^[0-9a-f]{64}$")), name="way_in_hash_is_sha256"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("used_at__isnull", True)),
                        fields=("member",),
                        name="way_in_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose", "join"),
                            ("asked_by", "operator"),
                            ("code_hash__isnull", True),
                            models.Q(
                                models.Q(("confirmed_by", ""), _negated=True),
                                models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="way_in_reset_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "asked_by",
                                    django.db.models.functions.text.Concat(
                                        models.Value("member:"),
                                        django.db.models.functions.comparison.Cast("member_id", models.TextField()),
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                (
                                    "confirmed_by",
                                    django.db.models.functions.text.Concat(
                                        models.Value("member:"),
                                        django.db.models.functions.comparison.Cast("member_id", models.TextField()),
                                    ),
                                ),
                                _negated=True,
                            ),
                        ),
                        name="way_in_not_ones_own",
                    ),
                ],
            },
        ),
    ]
