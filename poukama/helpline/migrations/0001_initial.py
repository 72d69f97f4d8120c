"""The tables of the desk, each walled off by centre; what was told and which form was sent are only added to."""

import datetime as dt
import uuid
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThanOrEqual

from poukama.core.rows import append_only, separated

SAID = ["not_asked", "yes", "no", "unknown", "unsaid"]
DOORS = ["emergency", "children", "medical_now", "later_services", "other_centre", "helpline", "centre_now"]
DOORS += ["on_call_now", "centre_next"]
REASONS = ["danger", "emergency_sign", "under_age", "needs_referral", "medical_sign", "window_past", "outside_area"]
REASONS += ["perhaps_under_age", "open_now", "open_always", "talk_at_night", "acute_at_night", "next_opening"]
OPTIONS = ["come_now", "appointment", "call_back", "other_service", "information"]
WHENS = ["not_asked", "hours_3", "hours_6", "hours_12", "hours_24", "days_2", "days_3", "days_5", "days_7", "month"]
WHENS += ["longer", "unknown", "unsaid"]
ONE_OF = {
    "contact": {
        "channel": ["phone", "chat", "message", "in_person"],
        "caller": ["self", "close_person", "professional", "unknown"],
        "safe_now": ["not_asked", "yes", "no", "cannot_talk", "unknown", "unsaid"],
        "hurt": ["not_asked", "at_once", "yes", "no", "unknown", "unsaid"],
        "neck": SAID,
        "suicidal": SAID,
        "when": WHENS,
        "infection": SAID,
        "safe_contact": ["no", "call", "message", "close_person"],
        "outcome": ["none", *OPTIONS, "empty", "unanswered"],
        "retention": ["contact", "empty"],
        "suggested_door": ["", *DOORS],
        "suggested_reason": ["", *REASONS],
        "taken": ["", *OPTIONS],
        "taken_door": ["", *DOORS],
    },
    "callback": {"reached": ["", "reached", "no_answer", "withdrawn"]},
    "arrival": {"state": ["expected", "met", "did_not_come", "withdrawn"]},
    "told": {"means": ["phone", "message", "in_person"]},
}
SHAPES = {
    "age": "^([0-9]{1,2}-[0-9]{0,2}|unknown|unsaid)?$",
    "place": "^([a-z][a-z0-9_-]*)?$",
    "language": "^([a-z]{2,3}|unknown|unsaid)?$",
}
SEALED = ["note", "called_name", "phone", "hours", "name_to_say"]
EMPTY = Q(phone=b"", hours=b"", name_to_say=b"", voicemail=False)
DAY = dt.timedelta(days=1)


def check(model: str, name: str, condition: Q) -> migrations.AddConstraint:
    return migrations.AddConstraint(model, models.CheckConstraint(condition=condition, name=name))


def one_of() -> list[migrations.AddConstraint]:
    return [
        check(model, f"{'call_back' if model == 'callback' else model}_{name}_is_known", Q(**{f"{name}__in": words}))
        for model, lists in ONE_OF.items()
        for name, words in lists.items()
    ]


def sealed(name: str) -> migrations.AddConstraint:
    form = Func(F(name), Value(1), Value(1), function="substr", output_field=models.BinaryField())
    whole = Q(GreaterThanOrEqual(Length(name), 30)) & Q(Exact(form, Value(b"\x01")))
    return check("contact", f"contact_{name}_is_sealed", Q(Exact(Length(name), 0)) | whole)


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("centres", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("channel", models.TextField(default="phone")),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("late", models.BooleanField(default=False)),
                ("writer", models.UUIDField(null=True)),
                ("number", models.BigIntegerField(default=0)),
                ("saves", models.BigIntegerField(default=0)),
                ("saved_at", models.DateTimeField(null=True)),
                ("caller", models.TextField(default="unknown")),
                ("language", models.TextField(blank=True, default="")),
                ("interpreter", models.BooleanField(default=False)),
                ("safe_now", models.TextField(default="not_asked")),
                ("hurt", models.TextField(default="not_asked")),
                ("neck", models.TextField(default="not_asked")),
                ("suicidal", models.TextField(default="not_asked")),
                ("when", models.TextField(default="not_asked")),
                ("unsure", models.BooleanField(default=False)),
                ("age", models.TextField(blank=True, default="")),
                ("place", models.TextField(blank=True, default="")),
                ("infection", models.TextField(default="not_asked")),
                (
                    "wants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("safe_contact", models.TextField(default="no")),
                ("voicemail", models.BooleanField(default=False)),
                ("note", models.BinaryField(blank=True, default=b"")),
                ("called_name", models.BinaryField(blank=True, default=b"")),
                ("phone", models.BinaryField(blank=True, default=b"")),
                ("hours", models.BinaryField(blank=True, default=b"")),
                ("name_to_say", models.BinaryField(blank=True, default=b"")),
                ("suggested_door", models.TextField(blank=True, default="")),
                ("suggested_reason", models.TextField(blank=True, default="")),
                (
                    "suggested_trace",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("suggested_at", models.DateTimeField(null=True)),
                ("taken", models.TextField(blank=True, default="")),
                ("taken_door", models.TextField(blank=True, default="")),
                ("taken_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(default="none")),
                ("retention", models.TextField(default="contact")),
                (
                    "centre",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centre",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pen",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("promised_at", models.DateTimeField()),
                ("due", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("reached", models.TextField(blank=True, default="")),
                (
                    "centre",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centre",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="call_backs", to="helpline.contact"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("agreed_at", models.DateTimeField()),
                ("due", models.DateTimeField(null=True)),
                ("state", models.TextField(default="expected")),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centre",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="arrivals", to="helpline.contact"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("done_at", models.DateTimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centre",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="helpline.contact",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("duty", models.TextField()),
                ("means", models.TextField(default="phone")),
                ("told_at", models.DateTimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centre",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told", to="helpline.contact"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["centre", "began_at"], name="contact_by_time"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["centre"], name="contact_in_progress"
            ),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["centre"], name="call_back_promised"
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at__isnull", True)), fields=("contact",), name="call_back_promised_once"
            ),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["centre"], name="arrival_expected"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)), fields=("contact",), name="arrival_expected_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="done",
            constraint=models.UniqueConstraint(fields=("contact", "key"), name="done_once"),
        ),
        *one_of(),
        *(check("contact", f"contact_{name}_is_a_code", Q(**{f"{name}__regex": SHAPES[name]})) for name in SHAPES),
        *(sealed(name) for name in SEALED),
        check(
            "contact",
            "contact_wants_are_known",
            Q(wants__contained_by=["care", "samples", "talk", "information", "police"]),
        ),
        check("contact", "contact_ends_after_it_began", Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at"))),
        check(
            "contact",
            "contact_one_pen_while_in_progress",
            Q(ended_at__isnull=True, pen__isnull=False, ended_by__isnull=True)
            | Q(ended_at__isnull=False, pen__isnull=True, ended_by__isnull=False),
        ),
        check(
            "contact", "contact_late_is_marked", Q(late=True) | Q(entered_at__lte=F("began_at") + dt.timedelta(days=1))
        ),
        check("contact", "contact_is_not_to_come", Q(began_at__lte=F("entered_at"))),
        check("contact", "contact_reached_only_if_safe", ~Q(safe_contact="no") | EMPTY),
        check(
            "contact",
            "contact_takes_a_door_whole",
            Q(taken="", taken_door="", taken_at__isnull=True)
            | (~Q(taken="") & ~Q(taken_door="") & Q(taken_at__isnull=False)),
        ),
        check(
            "callback",
            "call_back_is_done_whole",
            Q(done_at__isnull=True, done_by__isnull=True, reached="")
            | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(reached="")),
        ),
        check(
            "arrival",
            "arrival_is_closed_whole",
            Q(state="expected", closed_at__isnull=True) | (~Q(state="expected") & Q(closed_at__isnull=False)),
        ),
        check("told", "told_duty_is_a_code", Q(duty__regex="^[a-z][a-z_]*$")),
        *(separated(f"helpline_{table}") for table in ("contact", "callback", "arrival", "told", "done")),
        *(append_only(f"helpline_{table}") for table in ("told", "done")),
    ]
