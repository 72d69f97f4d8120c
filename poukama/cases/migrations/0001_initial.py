"""Cases and what hangs on them; what the database refuses to a closed case, and what it never lets change."""

import datetime as dt
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from poukama.cases.tables import (
    case_guarded,
    changes_until,
    closes_with_its_case,
    of_its_case,
    pointed_at,
    sealed,
)
from poukama.core.rows import append_only, of_one_centre, separated

# The words that a column takes.
SECTIONS = "identity|story|health|forensic|psychological|social|pastoral|legal|statistics"
ENTRIES = "opened|contact|told|arrived|departed|written|note|addendum|task_done|joined|left|crossing|closed|reopened"
PLACES = "not_asked|home|relative|friend|shelter|hospital|police|other|unsaid"
PRESENT = "staff|companion|interpreter|support_person|official"
REASONS = "emergency|client_here|team_out_of_reach|client_asked|other"
VERDICTS = ["needed", "not_needed", "to_be_looked_into"]

# Tables that are only ever added to; with a column, those that change until it is set, and what may change then.
ADDED_TO = ("entry", "fact", "presence", "addendum", "crossing")
CHANGED = {
    "visit": ("departed_at", "whereto", "words"),
    "task": ("done_at", "done_by_id"),
    "note": ("signed_at", "words", "saved_at", "saves"),
    "teammember": ("until",),
    "brokenglass": ("reviewed_at", "reviewer_id", "verdict", "verdict_words"),
}
# What a table keeps sealed.
SEALED = {
    **{table: ("words",) for table in (*ADDED_TO, *CHANGED) if table != "teammember"},
    "fact": ("answer", "words"),
    "brokenglass": ("words", "verdict_words"),
}


def points_at(model: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **options)


def member(**options: Any) -> "models.ForeignKey[Any, Any]":
    return points_at(settings.AUTH_USER_MODEL, db_index=False, **options)


def text(default: str | None = None) -> "models.TextField[str, str]":
    if default is None:
        return models.TextField()
    return models.TextField(default=default, blank=True) if not default else models.TextField(default=default)


def secret() -> "models.BinaryField[bytes, bytes]":
    return models.BinaryField(default=b"", blank=True)


def moment(**options: Any) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(**options)


def flag() -> "models.BooleanField[Any, Any]":
    return models.BooleanField(default=False)


def check(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


def is_one_of(name: str, column: str, words: str) -> models.CheckConstraint:
    return check(name, Q(**{f"{column}__regex": f"^({words})$"}))


def is_a_code(name: str, column: str) -> models.CheckConstraint:
    return check(name, Q(**{f"{column}__regex": r"^[a-z0-9_-]*$"}))


def whole(name: str, one: str, other: str) -> models.CheckConstraint:
    return check(name, Q(**{f"{one}__isnull": True}) ^ Q(**{f"{other}__isnull": False}))


def silent(name: str) -> models.CheckConstraint:
    return check(name, ~Q(section="pastoral") | Q(asked=True) | Q(words=b""))


def of_case(
    name: str,
    columns: "dict[str, models.Field[Any, Any]]",
    *constraints: models.CheckConstraint | models.UniqueConstraint,
    indexes: tuple[models.Index, ...] = (),
) -> migrations.CreateModel:
    """A kind of row of a case: what every one has, and its own columns."""
    common = [
        ("id", models.UUIDField(primary_key=True, serialize=False)),
        ("centre", points_at("centres.centre", db_index=False)),
        ("case", points_at("cases.case")),
    ]
    options = {"abstract": False, "constraints": list(constraints)}
    return migrations.CreateModel(
        name=name,
        fields=[*common, *columns.items()],
        options={**options, "indexes": list(indexes)} if indexes else options,
    )


CASE = migrations.CreateModel(
    name="Case",
    fields=[
        ("id", models.UUIDField(primary_key=True, serialize=False)),
        ("kind", text("own")),
        ("asked_by", text("")),
        ("opened_at", moment()),
        ("event_earliest", moment(null=True)),
        ("event_latest", moment(null=True)),
        ("closed_at", moment(null=True)),
        ("centre", points_at("centres.centre", db_index=False)),
        (
            "client",
            models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"),
        ),
    ],
    options={
        "indexes": [
            models.Index(fields=["centre", "-opened_at", "-id"], name="case_by_time"),
            models.Index(
                fields=["centre", "-opened_at", "-id"], condition=Q(closed_at__isnull=True), name="case_open_by_time"
            ),
        ],
        "constraints": [
            is_one_of("case_kind_is_known", "kind", "own|for_another"),
            is_a_code("case_asked_by_is_a_code", "asked_by"),
            check("case_own_is_unasked", Q(asked_by="") | ~Q(kind="own")),
            check("case_event_is_a_range", Q(event_earliest__lte=F("event_latest"))),
            check("case_closes_after_it_opened", Q(closed_at__gte=F("opened_at"))),
            models.UniqueConstraint(fields=["id", "centre"], name="case_is_of_one_centre"),
        ],
    },
)
ENTRY = of_case(
    "Entry",
    {
        **{"kind": text(), "section": text("identity"), "at": moment(), "written_at": moment(), "member": member()},
        "contact": models.UUIDField(null=True),
        "corrects": points_at("cases.entry", null=True, db_index=False),
        **{"reason": text(""), "asked": flag(), "words": secret()},
    },
    is_one_of("entry_kind_is_known", "kind", ENTRIES),
    is_one_of("entry_section_is_known", "section", SECTIONS),
    is_a_code("entry_reason_is_a_code", "reason"),
    silent("entry_is_silent_unless_asked"),
    check("entry_is_not_to_come", Q(at__lte=F("written_at"))),
    check("entry_closing_has_a_reason", ~Q(kind__in=["closed", "reopened"]) | ~Q(reason="")),
)
FACT = of_case(
    "Fact",
    {
        "entry": points_at("cases.entry"),
        **{"topic": text(), "answer": secret(), "words": secret(), "own_words": flag()},
        "corrects": points_at("cases.fact", null=True, db_index=False),
    },
    is_a_code("fact_topic_is_a_code", "topic"),
    check("fact_answers_something", ~Q(answer=b"")),
)
VISIT = of_case(
    "Visit",
    {
        **{"arrived_at": moment(), "room": text(""), "departed_at": moment(null=True)},
        **{"whereto": text("not_asked"), "words": secret()},
    },
    is_one_of("visit_whereto_is_known", "whereto", PLACES),
    is_a_code("visit_room_is_a_code", "room"),
    check("visit_departs_later", Q(departed_at__gte=F("arrived_at"))),
    models.UniqueConstraint(fields=["case"], condition=Q(departed_at__isnull=True), name="visit_one_at_a_time"),
    indexes=(models.Index(fields=["centre"], condition=Q(departed_at__isnull=True), name="visit_here_now"),),
)
PRESENCE = of_case(
    "Presence",
    {
        **{"visit": points_at("cases.visit"), "who": text(), "member": member(null=True)},
        **{"since": moment(), "words": secret()},
    },
    is_one_of("presence_who_is_known", "who", PRESENT),
    check("presence_of_staff_is_a_members", Q(who="staff") ^ Q(member__isnull=True)),
)
TASK = of_case(
    "Task",
    {
        **{"section": text(), "title": text(), "words": secret(), "role": text(""), "member": member(null=True)},
        **{"due": moment(null=True), "arising": text("member"), "added_at": moment(), "added_by": member()},
        **{"done_at": moment(null=True), "done_by": member(null=True)},
    },
    is_one_of("task_section_is_known", "section", SECTIONS),
    is_a_code("task_title_is_a_code", "title"),
    is_a_code("task_role_is_a_code", "role"),
    is_one_of("task_arising_is_known", "arising", "member|consent|duty"),
    check("task_is_somebodys_turn", Q(role="") ^ Q(member__isnull=True)),
    check("task_other_says_what", ~Q(title="other") | ~Q(words=b"")),
    whole("task_is_done_whole", "done_at", "done_by"),
    indexes=(models.Index(fields=["centre", "due"], condition=Q(done_at__isnull=True), name="task_waiting"),),
)
NOTE = of_case(
    "Note",
    {
        **{"section": text(), "author": member(), "private": flag(), "asked": flag(), "words": secret()},
        **{"begun_at": moment(), "saved_at": moment(), "saves": models.PositiveIntegerField(default=0)},
        "signed_at": moment(null=True),
    },
    is_one_of("note_section_is_known", "section", SECTIONS),
    silent("note_is_silent_unless_asked"),
    check("note_is_signed_later", Q(signed_at__gte=F("begun_at"))),
)
ADDENDUM = of_case(
    "Addendum",
    {"note": points_at("cases.note"), "author": member(), "at": moment(), "words": secret()},
    check("addendum_says_something", ~Q(words=b"")),
)
TEAM = of_case(
    "TeamMember",
    {"member": member(), "role": text(), "since": moment(), "until": moment(null=True)},
    is_a_code("team_role_is_a_code", "role"),
    check("team_until_later", Q(until__gte=F("since"))),
    models.UniqueConstraint(
        fields=["case", "member", "role"], condition=Q(until__isnull=True), name="team_joined_once"
    ),
    indexes=(models.Index(fields=["member", "case"], name="team_of_member"),),
)
GLASS = of_case(
    "BrokenGlass",
    {
        **{"member": member(), "reason": text(), "words": secret(), "broken_at": moment(), "ends": moment()},
        **{"same_surname": flag(), "colleague": flag(), "reviewed_at": moment(null=True)},
        **{"reviewer": member(null=True), "verdict": text(""), "verdict_words": secret()},
    },
    is_one_of("glass_reason_is_known", "reason", REASONS),
    check("glass_says_why", ~Q(words=b"")),
    check("glass_lasts_an_hour", Q(ends=F("broken_at") + dt.timedelta(hours=1))),
    whole("glass_is_reviewed_whole", "reviewed_at", "reviewer"),
    check(
        "glass_verdict_is_known",
        Q(reviewed_at__isnull=True, verdict="") | Q(reviewed_at__isnull=False, verdict__in=VERDICTS),
    ),
    check("glass_is_reviewed_by_another", ~Q(reviewer=F("member"))),
    indexes=(
        models.Index(fields=["centre", "broken_at"], condition=Q(reviewed_at__isnull=True), name="glass_to_review"),
        models.Index(fields=["member", "ends"], name="glass_of_member"),
    ),
)
CROSSING = of_case(
    "Crossing",
    {
        **{"allowed": models.BooleanField(), "ground": text(), "at": moment(), "told_at": moment(null=True)},
        **{"member": member(), "words": secret()},
    },
    is_one_of("crossing_ground_is_known", "ground", "consent|law"),
    check("crossing_names_the_law", Q(allowed=False) | ~Q(ground="law") | ~Q(words=b"")),
)


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [
        ("centres", "0001_initial"),
        ("clients", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        *(CASE, ENTRY, FACT, VISIT, PRESENCE, TASK, NOTE, ADDENDUM, TEAM, GLASS, CROSSING),
        *(separated(f"cases_{table}") for table in ("case", *ADDED_TO, *CHANGED)),
        of_one_centre("cases_case", "client_id", "clients_client"),
        *(of_one_centre(f"cases_{table}", "case_id", "cases_case") for table in (*ADDED_TO, *CHANGED)),
        *(append_only(f"cases_{table}") for table in ADDED_TO),
        case_guarded(),
        # A glass is broken to read a closed case too, and reviewed then; everything else waits for its opening.
        *(closes_with_its_case(f"cases_{table}") for table in (*ADDED_TO, *CHANGED) if table != "brokenglass"),
        *(changes_until(f"cases_{table}", *columns) for table, columns in CHANGED.items()),
        *(sealed(f"cases_{table}", *columns) for table, columns in SEALED.items()),
        *(pointed_at(f"cases_{table}") for table in ("entry", "fact", "visit", "note")),
        *(of_its_case(f"cases_{table}", "corrects_id", f"cases_{table}") for table in ("entry", "fact")),
        of_its_case("cases_fact", "entry_id", "cases_entry"),
        of_its_case("cases_presence", "visit_id", "cases_visit"),
        of_its_case("cases_addendum", "note_id", "cases_note"),
    ]
