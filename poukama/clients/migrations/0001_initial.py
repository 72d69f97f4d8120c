"""Clients, what they have said, and what they consent to."""

import uuid
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from poukama.core.rows import append_only, of_one_centre, separated

# The words that a column takes.
KINDS = ["none", "temporary", "official"]
GENDERS = ["not_asked", "not_said", "woman", "man", "non_binary", "own_words"]
CHANNELS = ["call", "message", "email", "letter", "close_person"]
ANSWERING = ["not_asked", "client", "named", "anybody"]
EXAMINERS = ["not_asked", "no_wish", "woman", "man", "own_words"]
WISHES = ["not_asked", "wished", "not_wished"]
GUARDIANS = ["not_asked", "not_capable_shown", "capable_allows", "capable_forbids", "unknown_not_shown"]
CLOSENESS = [
    *("partner", "parent", "guardian", "child", "sibling", "other_relative", "friend", "support_person", "other"),
]
SUPPORT = ["not_asked", "offered", "wanted", "given", "declined"]
RELATIONS = [
    *("not_asked", "unknown", "not_said", "partner", "former_partner", "family", "other_relative", "acquaintance"),
    *("dating", "authority", "carer", "stranger", "several"),
]
PURPOSES = [
    *("examination", "samples", "photographs", "storage", "testing", "release", "statement", "referral", "contact"),
    *("linking", "notice", "statistics", "research"),
]
RECIPIENTS = [
    *("centre", "health_care", "social_care", "laboratory", "police", "child_welfare", "shelter", "support_service"),
    *("close_person", "other"),
]
ANSWERS = ["not_asked", "yes", "not_now", "no"]
PLACES = ["code", "name", "word", "number", "identifier"]

# What was said, only ever added to; and what comes and goes with it.
ENTRIES = (
    *("identityentry", "safecontact", "wishentry", "guardianentry", "closeentry", "relationentry", "joiningentry"),
    *("consent", "groundentry", "disclosure"),
)
CHANGED = ("shutout", "searchkey")


def points_at(model: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **options)


def number() -> "tuple[str, models.Field[Any, Any]]":
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def sealed(*columns: str) -> "dict[str, models.Field[Any, Any]]":
    return {column: models.BinaryField(default=b"") for column in columns}


def text(default: str | None = None, *, blank: bool = False) -> "models.TextField[str, str]":
    if default is None:
        return models.TextField()
    return models.TextField(default=default, blank=True) if blank else models.TextField(default=default)


def check(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


def is_one_of(name: str, column: str, words: list[str]) -> models.CheckConstraint:
    return check(name, Q(**{f"{column}__in": words}))


def act(name: str) -> list[models.CheckConstraint]:
    return [
        is_one_of(f"{name}_purpose_is_known", "purpose", PURPOSES),
        is_one_of(f"{name}_recipient_is_known", "recipient", RECIPIENTS),
    ]


def scope(name: str) -> models.CheckConstraint:
    return check(f"{name}_scope_is_a_code", Q(scope__regex=r"^[a-z0-9_-]*$"))


def entry(
    name: str,
    columns: "dict[str, models.Field[Any, Any]]",
    *constraints: models.CheckConstraint,
    indexes: tuple[models.Index, ...] = (),
) -> migrations.CreateModel:
    """A kind of entry about a client: what every entry has, and its own columns."""
    common = [
        number(),
        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
        ("said_at", models.DateTimeField()),
        ("at", models.DateTimeField()),
        ("by", models.TextField()),
        ("centre", points_at("centres.centre")),
        ("client", points_at("clients.client")),
    ]
    low = name.lower()
    return migrations.CreateModel(
        name=name,
        fields=[*common, *columns.items()],
        options={
            "abstract": False,
            "indexes": [models.Index(fields=["client", "-id"], name=f"{low}_of_client"), *indexes],
            "constraints": [check(f"{low}_was_said_before", Q(said_at__lte=F("at"))), *constraints],
        },
    )


CLIENT = migrations.CreateModel(
    name="Client",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
        ("opened_at", models.DateTimeField()),
        *sealed("code").items(),
        ("centre", points_at("centres.centre")),
    ],
    options={"constraints": [models.UniqueConstraint(fields=["id", "centre"], name="client_is_of_one_centre")]},
)
IDENTITY = entry(
    "IdentityEntry",
    {
        **sealed("called", "name", "born"),
        "age_least": models.PositiveSmallIntegerField(default=0),
        "age_most": models.PositiveSmallIntegerField(null=True),
        "kind": text("none"),
        **sealed("identifier"),
        "code_from_client": models.BooleanField(default=False),
        "gender": text("not_asked"),
        **sealed("gender_words"),
        "language": text("", blank=True),
        **sealed("address", "municipality", "gives_away"),
        "shielded": models.BooleanField(default=False),
    },
    is_one_of("identity_kind_is_known", "kind", KINDS),
    is_one_of("identity_gender_is_known", "gender", GENDERS),
    check("identity_age_is_a_range", Q(age_most__isnull=True) | Q(age_most__gte=F("age_least"))),
    check(
        "identity_has_what_its_kind_says",
        Q(kind="none", identifier=b"") | (~Q(kind="none") & ~Q(identifier=b"")),
    ),
)
WAY = entry(
    "SafeContact",
    {
        "way": models.UUIDField(),
        "channel": text(),
        "open": models.BooleanField(),
        **sealed("address", "hours"),
        "voicemail": models.BooleanField(default=False),
        "answering": text("not_asked"),
        **sealed("who_answers", "name_we_say", "code_word"),
        "expires": models.DateTimeField(null=True),
    },
    is_one_of("safe_contact_channel_is_known", "channel", CHANNELS),
    is_one_of("safe_contact_answering_is_known", "answering", ANSWERING),
)
WISH = entry(
    "WishEntry",
    {
        "examiner": text("not_asked"),
        **sealed("examiner_words"),
        "interpreter": text("not_asked"),
        "interpreter_language": text("", blank=True),
        "support_person": text("not_asked"),
        **sealed("support_words", "avoid", "breaks", "other"),
    },
    is_one_of("wish_examiner_is_known", "examiner", EXAMINERS),
    is_one_of("wish_interpreter_is_known", "interpreter", WISHES),
    is_one_of("wish_support_person_is_known", "support_person", WISHES),
)
CLOSE = entry(
    "CloseEntry",
    {
        "person": models.UUIDField(),
        "closeness": text(),
        **sealed("name", "number", "knows"),
        "support": text("not_asked"),
        **sealed("support_words"),
        "gone": models.BooleanField(default=False),
    },
    is_one_of("close_person_closeness_is_known", "closeness", CLOSENESS),
    is_one_of("close_person_support_is_known", "support", SUPPORT),
)
JOINING = entry(
    "JoiningEntry",
    {"official": points_at("clients.client"), "together": models.BooleanField()},
    check("joining_is_of_two", ~Q(client=F("official"))),
    indexes=(models.Index(fields=["official"], name="joining_official"),),
)
CONSENT = entry(
    "Consent",
    {
        **{"purpose": text(), "recipient": text(), "scope": text("", blank=True), "answer": text()},
        "ends": models.DateTimeField(null=True),
        **{column: text() for column in ("wording", "wording_version", "wording_language", "wording_state")},
        "given": text("spoken"),
        "interpreter": models.BooleanField(default=False),
        "capacity": text("decides"),
        **sealed("own_words"),
    },
    *act("consent"),
    is_one_of("consent_answer_is_known", "answer", ANSWERS),
    is_one_of("consent_given_is_known", "given", ["spoken", "signed"]),
    is_one_of("consent_capacity_is_known", "capacity", ["decides", "with_support", "not_now"]),
    is_one_of("consent_wording_state_is_known", "wording_state", ["draft", "read_by_native", "approved"]),
    scope("consent"),
    check("consent_ends_later", Q(ends__isnull=True) | Q(ends__gt=F("said_at"))),
    check("consent_yes_is_of_whoever_can_decide", ~Q(answer="yes", capacity="not_now")),
)
GROUND = entry(
    "GroundEntry",
    {
        "ground": models.UUIDField(),
        **{"purpose": text(), "recipient": text(), "scope": text("", blank=True), "law": text()},
        **sealed("reason"),
        "approver": text(),
        "ends": models.DateTimeField(),
        "told_at": models.DateTimeField(null=True),
        **sealed("untold"),
    },
    *act("ground"),
    scope("ground"),
    check("ground_has_law_and_reason", ~Q(law="") & ~Q(reason=b"")),
    check("ground_was_told", Q(told_at__isnull=True) | Q(told_at__lte=F("at"))),
)
DISCLOSURE = entry(
    "Disclosure",
    {
        **{"purpose": text(), "recipient": text(), "scope": text("", blank=True)},
        **sealed("what"),
        "consent": points_at("clients.consent", null=True),
        "ground": points_at("clients.groundentry", null=True),
    },
    *act("disclosure"),
    scope("disclosure"),
    check("disclosure_rests_on_one_thing", Q(consent__isnull=True) ^ Q(ground__isnull=True)),
)
SHUT_OUT = migrations.CreateModel(
    name="ShutOut",
    fields=[
        number(),
        ("centre", points_at("centres.centre")),
        ("client", points_at("clients.client")),
        ("member", points_at(settings.AUTH_USER_MODEL)),
    ],
    options={"constraints": [models.UniqueConstraint(fields=["client", "member"], name="shut_out_once")]},
)
SEARCH_KEY = migrations.CreateModel(
    name="SearchKey",
    fields=[
        number(),
        ("place", models.TextField()),
        ("blind", models.BinaryField()),
        ("centre", points_at("centres.centre", db_index=False)),
        ("client", points_at("clients.client")),
    ],
    options={
        "indexes": [models.Index(fields=["centre", "place", "blind", "-id"], name="search_key_found")],
        "constraints": [
            models.UniqueConstraint(fields=["client", "place", "blind"], name="search_key_once"),
            models.UniqueConstraint(
                fields=["centre", "blind"], condition=Q(place="code"), name="client_code_is_one_clients"
            ),
            is_one_of("search_key_place_is_known", "place", PLACES),
        ],
    },
)


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [
        ("centres", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        *(CLIENT, IDENTITY, WAY, WISH),
        entry(
            "GuardianEntry",
            {"guardians": text()},
            is_one_of("guardians_value_is_national", "guardians", GUARDIANS),
        ),
        CLOSE,
        entry(
            "RelationEntry",
            {"relation": text(), **sealed("own_words")},
            is_one_of("relation_is_known", "relation", RELATIONS),
        ),
        *(JOINING, CONSENT, GROUND, DISCLOSURE, SHUT_OUT, SEARCH_KEY),
        *(separated(f"clients_{table}") for table in ("client", *ENTRIES, *CHANGED)),
        *(of_one_centre(f"clients_{table}", "client_id", "clients_client") for table in (*ENTRIES, *CHANGED)),
        of_one_centre("clients_joiningentry", "official_id", "clients_client"),
        *(append_only(f"clients_{table}") for table in ("client", *ENTRIES)),
    ]
