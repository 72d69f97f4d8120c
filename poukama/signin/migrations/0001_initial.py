"""What signing in keeps."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import poukama.signin.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WrongTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["key", "at"], name="wrongtry_key_at")],
            },
            bases=(poukama.signin.models.OfTheInstallation, models.Model),
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.TextField(
                        choices=[
                            ("password", "password"),
                            ("code", "code"),
                            ("passkey", "passkey"),
                            ("organisation", "organisation"),
                            ("practice", "practice"),
                        ]
                    ),
                ),
                ("machine", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["machine", "-at"], name="entry_machine_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["password", "code", "passkey", "organisation", "practice"])),
                        name="entry_way_is_known",
                    )
                ],
            },
            bases=(poukama.signin.models.OfTheInstallation, models.Model),
        ),
        migrations.CreateModel(
            name="Lift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.BinaryField(max_length=32)),
                ("expires_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("member", models.F("made_by")), _negated=True),
                        name="lift_is_made_by_another",
                    )
                ],
            },
            bases=(poukama.signin.models.OfTheInstallation, models.Model),
        ),
    ]
