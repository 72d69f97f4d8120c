"""What was written down of rooms, lots, skills and mishaps. Only added to; a lot can be ended, once.

No client is in any of it. What happened in a mishap is sealed, with a key of the mishap's own: people write names.
"""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from poukama.centres.models import Centre
from poukama.premises.rules import LOCKS, MOST_PASSES, NO_EXPIRY, Kind, Outcome, Skill, Step, Supply, Verb, Visitor
from poukama.staff.models import Member

# Where the words of a mishap are sealed.
WORDS = "premises_mishapstep.words"
_NUMBER = r"^[A-Za-z0-9 ./+-]{1,40}$"


def _one_of(field: str, words: Iterable[StrEnum], name: str, *, empty: bool = False) -> models.CheckConstraint:
    known = [*[word.value for word in words], *([""] if empty else [])]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": known}), name=name)


def _member(**options: Any) -> Any:
    return models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False, **options)


class AtCentre(models.Model):
    """A row of one centre, under the key of the form that made it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class RoomEntry(AtCentre):
    """A line of a room's log: what happened `at`, written down `written_at` by a member.

    Whoever entered is a member, or a sort of visitor; of anything else `visitor` is empty.
    """

    room = models.TextField()
    verb = models.TextField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    member = _member()
    visitor = models.TextField(blank=True, default="")
    outcome = models.TextField(blank=True, default="")
    reagent = models.TextField(blank=True, default="")
    lot = models.TextField(blank=True, default="")
    passes = models.PositiveSmallIntegerField(null=True)
    contact = models.DurationField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["centre", "at"], name="room_entry_by_time"),
            models.Index(
                fields=["centre"], condition=Q(verb__in=[verb.value for verb in LOCKS]), name="room_entry_locks"
            ),
        ]
        constraints: ClassVar = [
            _one_of("verb", Verb, "room_entry_verb_is_known"),
            _one_of("visitor", Visitor, "room_entry_visitor_is_known", empty=True),
            _one_of("outcome", Outcome, "room_entry_outcome_is_known", empty=True),
            models.CheckConstraint(condition=Q(at__lte=F("written_at")), name="room_entry_is_not_to_come"),
            models.CheckConstraint(
                condition=Q(visitor="") | Q(verb=Verb.ENTERED.value), name="room_entry_visitor_enters"
            ),
            models.CheckConstraint(
                condition=Q(verb__in=[Verb.CLEANED.value, Verb.SWABBED.value]) ^ Q(outcome=""),
                name="room_entry_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=(
                    Q(verb=Verb.CLEANED.value, passes__gte=1, passes__lte=MOST_PASSES, contact__isnull=False)
                    & ~Q(reagent="")
                    & ~Q(lot="")
                )
                | (~Q(verb=Verb.CLEANED.value) & Q(passes__isnull=True, contact__isnull=True, reagent="", lot="")),
                name="room_entry_cleaning_is_whole",
            ),
        ]


class LotInUse(AtCentre):
    """A lot that is used at the centre, until it is ended."""

    supply = models.TextField()
    number = models.TextField()
    expires = models.DateField()
    begun_at = models.DateTimeField()
    begun_by = _member()
    ended_at = models.DateTimeField(null=True)
    ended_by = _member(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["centre", "-begun_at"], name="lot_by_time")]
        constraints: ClassVar = [
            _one_of("supply", Supply, "lot_supply_is_known"),
            models.CheckConstraint(condition=Q(number__regex=_NUMBER), name="lot_number_is_a_number"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("begun_at"), ended_by__isnull=False),
                name="lot_is_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["centre", "supply", "number"], condition=Q(ended_at__isnull=True), name="lot_is_used_once"
            ),
        ]


class SkillEntry(AtCentre):
    """That a member has shown something, or that it holds no more; the newest word on a skill counts."""

    member = _member()
    skill = models.TextField()
    day = models.DateField()
    until = models.DateField(null=True)
    taken_back = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = _member()
    number = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["centre", "member", "skill", "-number"], name="skill_newest")]
        constraints: ClassVar = [
            _one_of("skill", Skill, "skill_is_known"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("day")), name="skill_ends_later"),
            models.CheckConstraint(
                condition=Q(taken_back=True)
                | (Q(skill__in=[skill.value for skill in NO_EXPIRY]) & Q(until__isnull=True))
                | (~Q(skill__in=[skill.value for skill in NO_EXPIRY]) & Q(until__isnull=False)),
                name="skill_has_its_end",
            ),
            models.UniqueConstraint(fields=["centre", "number"], name="skill_numbered_once"),
        ]


class Mishap(AtCentre):
    """Something that went wrong: what it is about, and in which room, if in one."""

    kind = models.TextField()
    room = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["centre", "-at"], name="mishap_by_time")]
        constraints: ClassVar = [
            _one_of("kind", Kind, "mishap_kind_is_known"),
            # What the pair of mishap and centre in a step points at.
            models.UniqueConstraint(fields=["id", "centre"], name="mishap_is_of_one_centre"),
        ]


class MishapStep(AtCentre):
    """What was written of a mishap, by whom and when; sealed."""

    mishap = models.ForeignKey(Mishap, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.TextField()
    words = models.BinaryField()
    at = models.DateTimeField()
    member = _member()

    class Meta:
        constraints: ClassVar = [
            _one_of("step", Step, "mishap_step_is_known"),
            models.UniqueConstraint(fields=["mishap", "number"], name="mishap_step_once"),
            models.CheckConstraint(condition=~Q(words=b""), name="mishap_step_says_something"),
            models.CheckConstraint(
                condition=Q(number=1) ^ ~Q(step=Step.WRITTEN.value), name="mishap_begins_with_its_writing"
            ),
        ]
