"""Clients, and what they have said: entries that are only added, sealed with the client's own key.

Codes that are counted stand in columns and identify nobody. Everything else is sealed; what is looked for is blind.
"""

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from poukama.centres.models import Centre
from poukama.centres.rules import TextState
from poukama.clients import consents, identity, reach, rules
from poukama.staff.models import Member


def _is_one_of(field: str, words: Iterable[str], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [str(word) for word in words]}), name=name)


def _sealed() -> "models.BinaryField[bytes, bytes]":
    return models.BinaryField(default=b"")


class Client(models.Model):
    """The person who seeks help, as one case knows them. Their key is named by the same UUID; nothing else is here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    code = _sealed()

    class Meta:
        constraints: ClassVar = [
            # What an entry's pair of client and centre points at.
            models.UniqueConstraint(fields=["id", "centre"], name="client_is_of_one_centre"),
        ]

    def __str__(self) -> str:
        return f"client {self.pk}"


class Entry(models.Model):
    """Something said by or about a client at a moment, by whom taken down when. `key` is what its seals name."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        abstract = True
        indexes: ClassVar = [models.Index(fields=["client", "-id"], name="%(class)s_of_client")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(said_at__lte=F("at")), name="%(class)s_was_said_before"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk} of {self.client_id}"


class IdentityEntry(Entry):
    """Who the client is, as far as they say: the newest holds."""

    called = _sealed()
    name = _sealed()
    born = _sealed()
    age_least = models.PositiveSmallIntegerField(default=0)
    age_most = models.PositiveSmallIntegerField(null=True)
    kind = models.TextField(default=identity.IdentifierKind.NONE)
    identifier = _sealed()
    code_from_client = models.BooleanField(default=False)
    gender = models.TextField(default=identity.Gender.NOT_ASKED)
    gender_words = _sealed()
    language = models.TextField(blank=True, default="")
    address = _sealed()
    municipality = _sealed()
    gives_away = _sealed()
    shielded = models.BooleanField(default=False)

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("kind", identity.IdentifierKind, "identity_kind_is_known"),
            _is_one_of("gender", identity.Gender, "identity_gender_is_known"),
            models.CheckConstraint(
                condition=Q(age_most__isnull=True) | Q(age_most__gte=F("age_least")), name="identity_age_is_a_range"
            ),
            models.CheckConstraint(
                condition=Q(kind=identity.IdentifierKind.NONE, identifier=b"")
                | (~Q(kind=identity.IdentifierKind.NONE) & ~Q(identifier=b"")),
                name="identity_has_what_its_kind_says",
            ),
        ]


class SafeContact(Entry):
    """A way that the client opened, changed or closed: the newest word on each `way` holds."""

    way = models.UUIDField()
    channel = models.TextField()
    open = models.BooleanField()
    address = _sealed()
    hours = _sealed()
    voicemail = models.BooleanField(default=False)
    answering = models.TextField(default=reach.Answering.NOT_ASKED)
    who_answers = _sealed()
    name_we_say = _sealed()
    code_word = _sealed()
    expires = models.DateTimeField(null=True)

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("channel", reach.Channel, "safe_contact_channel_is_known"),
            _is_one_of("answering", reach.Answering, "safe_contact_answering_is_known"),
        ]


class WishEntry(Entry):
    """What the client wishes: the newest holds."""

    examiner = models.TextField(default=rules.Examiner.NOT_ASKED)
    examiner_words = _sealed()
    interpreter = models.TextField(default=rules.Wish.NOT_ASKED)
    interpreter_language = models.TextField(blank=True, default="")
    support_person = models.TextField(default=rules.Wish.NOT_ASKED)
    support_words = _sealed()
    avoid = _sealed()
    breaks = _sealed()
    other = _sealed()

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("examiner", rules.Examiner, "wish_examiner_is_known"),
            _is_one_of("interpreter", rules.Wish, "wish_interpreter_is_known"),
            _is_one_of("support_person", rules.Wish, "wish_support_person_is_known"),
        ]


class GuardianEntry(Entry):
    """Whether guardians see a minor's record, as decided at a visit: the newest holds."""

    guardians = models.TextField()

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("guardians", rules.Guardians, "guardians_value_is_national"),
        ]


class CloseEntry(Entry):
    """Somebody close to the client, and help of their own: the newest word on each `person` holds."""

    person = models.UUIDField()
    closeness = models.TextField()
    name = _sealed()
    number = _sealed()
    knows = _sealed()
    support = models.TextField(default=rules.Support.NOT_ASKED)
    support_words = _sealed()
    gone = models.BooleanField(default=False)

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("closeness", rules.Closeness, "close_person_closeness_is_known"),
            _is_one_of("support", rules.Support, "close_person_support_is_known"),
        ]


class RelationEntry(Entry):
    """What whoever did it is to the client: a code, and the client's own words. Never a person."""

    relation = models.TextField()
    own_words = _sealed()

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("relation", rules.Relation, "relation_is_known"),
        ]


class JoiningEntry(Entry):
    """That this record, under a temporary identifier, was joined to an official one, or parted from it."""

    official = models.ForeignKey(Client, models.PROTECT, related_name="+")
    together = models.BooleanField()

    class Meta(Entry.Meta):
        indexes: ClassVar = [*Entry.Meta.indexes, models.Index(fields=["official"], name="joining_official")]
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=~Q(client=F("official")), name="joining_is_of_two"),
        ]


class Consent(Entry):
    """A line of the ledger: what the client answered to one act, with the words that were read to them."""

    purpose = models.TextField()
    recipient = models.TextField()
    scope = models.TextField(blank=True, default="")
    answer = models.TextField()
    ends = models.DateTimeField(null=True)
    wording = models.TextField()
    wording_version = models.TextField()
    wording_language = models.TextField()
    wording_state = models.TextField()
    given = models.TextField(default=consents.Given.SPOKEN)
    interpreter = models.BooleanField(default=False)
    interpreter_name = _sealed()
    capacity = models.TextField(default=consents.Capacity.DECIDES)
    own_words = _sealed()

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("purpose", consents.Purpose, "consent_purpose_is_known"),
            _is_one_of("recipient", consents.Recipient, "consent_recipient_is_known"),
            _is_one_of("answer", consents.Answer, "consent_answer_is_known"),
            _is_one_of("given", consents.Given, "consent_given_is_known"),
            _is_one_of("capacity", consents.Capacity, "consent_capacity_is_known"),
            _is_one_of("wording_state", TextState, "consent_wording_state_is_known"),
            models.CheckConstraint(condition=Q(scope__regex=r"^[a-z0-9_-]*$"), name="consent_scope_is_a_code"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("said_at")), name="consent_ends_later"
            ),
            models.CheckConstraint(
                condition=~Q(answer=consents.Answer.YES, capacity=consents.Capacity.NOT_NOW),
                name="consent_yes_is_of_whoever_can_decide",
            ),
        ]


class GroundEntry(Entry):
    """A legal ground as it was named, ended, or the client told of it: the newest word on each `ground` holds.

    `approver` is who answers for it, as the audit trail names them.
    """

    ground = models.UUIDField()
    purpose = models.TextField()
    recipient = models.TextField()
    scope = models.TextField(blank=True, default="")
    law = models.TextField()
    reason = _sealed()
    approver = models.TextField()
    ends = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    untold = _sealed()

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("purpose", consents.Purpose, "ground_purpose_is_known"),
            _is_one_of("recipient", consents.Recipient, "ground_recipient_is_known"),
            models.CheckConstraint(condition=Q(scope__regex=r"^[a-z0-9_-]*$"), name="ground_scope_is_a_code"),
            models.CheckConstraint(condition=~Q(law="") & ~Q(reason=b""), name="ground_has_law_and_reason"),
            models.CheckConstraint(condition=Q(told_at__isnull=True) | Q(told_at__lte=F("at")), name="ground_was_told"),
        ]


class Disclosure(Entry):
    """Something that left: the act, what it was, and the one thing that it rests on, a consent or a legal ground."""

    purpose = models.TextField()
    recipient = models.TextField()
    scope = models.TextField(blank=True, default="")
    what = _sealed()
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    ground = models.ForeignKey(GroundEntry, models.PROTECT, null=True, related_name="+")

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            _is_one_of("purpose", consents.Purpose, "disclosure_purpose_is_known"),
            _is_one_of("recipient", consents.Recipient, "disclosure_recipient_is_known"),
            models.CheckConstraint(condition=Q(scope__regex=r"^[a-z0-9_-]*$"), name="disclosure_scope_is_a_code"),
            models.CheckConstraint(
                condition=Q(consent__isnull=True) ^ Q(ground__isnull=True), name="disclosure_rests_on_one_thing"
            ),
        ]


class ShutOut(models.Model):
    """A member for whom a client's record does not exist. No reason is kept, and the row goes when they are let in."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "member"], name="shut_out_once")]

    def __str__(self) -> str:
        return f"{self.member_id} from {self.client_id}"


class SearchKey(models.Model):
    """A blind key by which a client is found. A client's keys are made anew when what they come of changes."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    place = models.TextField()
    blind = models.BinaryField()

    class Meta:
        # The newest first, so that the first twenty of many are found without looking at all of them.
        indexes: ClassVar = [models.Index(fields=["centre", "place", "blind", "-id"], name="search_key_found")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "place", "blind"], name="search_key_once"),
            models.UniqueConstraint(
                fields=["centre", "blind"], condition=Q(place=identity.Place.CODE), name="client_code_is_one_clients"
            ),
            _is_one_of("place", identity.Place, "search_key_place_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.client_id}"


class Destruction(models.Model):
    """That a client's record is destroyed for good: who asked, who else confirmed, and why, as a code.

    The key is gone from then on, and with it whatever was said; what is counted stays and identifies nobody.
    """

    client = models.OneToOneField(Client, models.PROTECT, primary_key=True, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    asked_by = models.TextField()
    confirmed_by = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            _is_one_of("reason", rules.DestroyedFor, "destruction_reason_is_known"),
            models.CheckConstraint(condition=~Q(asked_by=F("confirmed_by")), name="destruction_is_of_two"),
        ]

    def __str__(self) -> str:
        return f"destruction of {self.client_id}"
