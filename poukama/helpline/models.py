"""Contacts and what hangs on them. What was told is sealed with the contact's own key; the columns identify nobody."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThanOrEqual

from poukama.cases.models import Case
from poukama.centres.models import Centre
from poukama.doors.known import Asker, Door, Reason, Want
from poukama.helpline.answers import WORDS, Channel, Hurt, SafeContact, SafeNow, Said, When
from poukama.helpline.rules import ArrivalState, Means, Option, Outcome, Reached, Retention
from poukama.staff.models import Member

# The least that sealed bytes come to, and how they begin: see core.vault.
_LEAST_SEALED, _FORM = 30, b"\x01"
_DAY = dt.timedelta(days=1)
# Columns that hold one word of a list, with the list.
_LISTS: Mapping[str, tuple[str, ...]] = {
    name: tuple(word.value for word in kind)
    for name, kind in {
        "channel": Channel,
        "caller": Asker,
        "safe_now": SafeNow,
        "hurt": Hurt,
        "neck": Said,
        "suicidal": Said,
        "when": When,
        "infection": Said,
        "safe_contact": SafeContact,
        "outcome": Outcome,
        "retention": Retention,
    }.items()
}
# The same, empty while nothing is suggested or taken.
_EMPTY_OR: Mapping[str, tuple[str, ...]] = {
    name: ("", *(word.value for word in kind))
    for name, kind in {
        "suggested_door": Door,
        "suggested_reason": Reason,
        "taken": Option,
        "taken_door": Door,
    }.items()
}
_BAND = r"^([0-9]{1,2}-[0-9]{0,2}|unknown|unsaid)?$"
_PLACE = r"^([a-z][a-z0-9_-]*)?$"
_HOUR = r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$"
_LANGUAGE = r"^([a-z]{2,3}|unknown|unsaid)?$"


def _word(default: StrEnum | str) -> Any:
    return models.TextField(default=str(default), blank=not default)


def _one_of(table: str, lists: Mapping[str, Iterable[str]]) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(condition=Q(**{f"{name}__in": list(words)}), name=f"{table}_{name}_is_known")
        for name, words in lists.items()
    ]


def _shaped(**shapes: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(condition=Q(**{f"{name}__regex": shape}), name=f"contact_{name}_is_a_code")
        for name, shape in shapes.items()
    ]


def _never_clear(name: str) -> models.CheckConstraint:
    """Nothing, or something that the vault made: whoever writes past it writes nothing readable here."""
    form = Func(F(name), Value(1), Value(1), function="substr", output_field=models.BinaryField())
    sealed = Q(GreaterThanOrEqual(Length(name), _LEAST_SEALED)) & Q(Exact(form, Value(_FORM)))
    return models.CheckConstraint(condition=Q(Exact(Length(name), 0)) | sealed, name=f"contact_{name}_is_sealed")


def _sealed() -> Any:
    return models.BinaryField(default=b"", blank=True)


class Contact(models.Model):
    """One call, chat or arrival. `number` is the last save of the window (`writer`) that holds the pen.

    Attached to a `case`, its words are there and none are here.
    `refused` names the fields that the last save did not keep; it is no column.
    """

    id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    channel = _word(Channel.PHONE)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()
    late = models.BooleanField(default=False)

    pen = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    writer = models.UUIDField(null=True)
    number = models.BigIntegerField(default=0)
    saves = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    caller = _word(Asker.UNKNOWN)
    language = _word("")
    interpreter = models.BooleanField(default=False)
    safe_now = _word(SafeNow.NOT_ASKED)
    hurt = _word(Hurt.NOT_ASKED)
    neck = _word(Said.NOT_ASKED)
    suicidal = _word(Said.NOT_ASKED)
    when = _word(When.NOT_ASKED)
    unsure = models.BooleanField(default=False)
    age = _word("")
    place = _word("")
    infection = _word(Said.NOT_ASKED)
    wants = ArrayField(models.TextField(), default=list, blank=True)
    safe_contact = _word(SafeContact.NO)
    voicemail = models.BooleanField(default=False)
    arrives = _word("")

    note = _sealed()
    called_name = _sealed()
    phone = _sealed()
    hours = _sealed()
    name_to_say = _sealed()

    suggested_door = _word("")
    suggested_reason = _word("")
    suggested_trace = ArrayField(models.TextField(), default=list, blank=True)
    suggested_at = models.DateTimeField(null=True)
    taken = _word("")
    taken_door = _word("")
    taken_at = models.DateTimeField(null=True)
    outcome = _word(Outcome.NONE)
    retention = _word(Retention.CONTACT)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    refused: tuple[str, ...] = ()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["centre", "began_at"], name="contact_by_time"),
            models.Index(fields=["centre"], condition=Q(ended_at__isnull=True), name="contact_in_progress"),
        ]
        constraints: ClassVar = [
            *_one_of("contact", _LISTS),
            *_one_of("contact", _EMPTY_OR),
            *_shaped(age=_BAND, place=_PLACE, language=_LANGUAGE, arrives=_HOUR),
            *(_never_clear(name) for name in WORDS),
            models.CheckConstraint(
                condition=Q(wants__contained_by=[want.value for want in Want]), name="contact_wants_are_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="contact_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, pen__isnull=False, ended_by__isnull=True)
                | Q(ended_at__isnull=False, pen__isnull=True, ended_by__isnull=False),
                name="contact_one_pen_while_in_progress",
            ),
            models.CheckConstraint(
                condition=Q(late=True) | Q(entered_at__lte=F("began_at") + _DAY), name="contact_late_is_marked"
            ),
            models.CheckConstraint(condition=Q(began_at__lte=F("entered_at")), name="contact_is_not_to_come"),
            # Without a safe way to reach the caller, nothing is kept that leads to them.
            models.CheckConstraint(
                condition=~Q(safe_contact=SafeContact.NO.value)
                | Q(phone=b"", hours=b"", name_to_say=b"", voicemail=False),
                name="contact_reached_only_if_safe",
            ),
            models.CheckConstraint(
                condition=Q(taken="", taken_door="", taken_at__isnull=True)
                | (~Q(taken="") & ~Q(taken_door="") & Q(taken_at__isnull=False)),
                name="contact_takes_a_door_whole",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(ended_at__isnull=False, **dict.fromkeys(WORDS, b"")),
                name="contact_attached_holds_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.id}"


class CallBack(models.Model):
    """A call that was promised; by which way and to what number stands with the contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="call_backs")
    promised_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reached = _word("")

    class Meta:
        constraints: ClassVar = [
            *_one_of("call_back", {"reached": ("", *(word.value for word in Reached))}),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, reached="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(reached="")),
                name="call_back_is_done_whole",
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=Q(done_at__isnull=True), name="call_back_promised_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["centre"], condition=Q(done_at__isnull=True), name="call_back_promised")
        ]

    def __str__(self) -> str:
        return f"call back {self.id}"


class Arrival(models.Model):
    """Somebody who is on the way; what they told stands with the contact, so that it is not asked again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="arrivals")
    agreed_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    state = _word(ArrivalState.EXPECTED)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            *_one_of("arrival", {"state": [state.value for state in ArrivalState]}),
            models.CheckConstraint(
                condition=Q(state=ArrivalState.EXPECTED.value, closed_at__isnull=True)
                | (~Q(state=ArrivalState.EXPECTED.value) & Q(closed_at__isnull=False)),
                name="arrival_is_closed_whole",
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=Q(closed_at__isnull=True), name="arrival_expected_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["centre"], condition=Q(closed_at__isnull=True), name="arrival_expected")
        ]

    def __str__(self) -> str:
        return f"arrival {self.id}"


class Told(models.Model):
    """Somebody on call was told of a contact: which duty, by which means, when, and by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="told")
    duty = models.TextField()
    means = _word(Means.PHONE)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *_one_of("told", {"means": [means.value for means in Means]}),
            models.CheckConstraint(condition=Q(duty__regex=r"^[a-z][a-z_]*$"), name="told_duty_is_a_code"),
        ]

    def __str__(self) -> str:
        return f"told {self.id}"


class Done(models.Model):
    """The key of a form that was sent: sent again, it does nothing more."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField()
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contact", "key"], name="done_once")]

    def __str__(self) -> str:
        return f"done {self.key}"
