"""Kits, samples, seals and the custody of each sample.

Nothing here says who anybody is or what was found: a sample is a number, a group and a site. A closed case takes no new
sample, and the custody of those it has goes on. See `tables` for what the database numbers, hashes and refuses.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Value

from poukama.cases.models import OfCase
from poukama.centres.models import Centre
from poukama.protocols.rules import ClockState
from poukama.protocols.sampling import Container, SampleKind, Storage
from poukama.samples import custody, rules
from poukama.staff.models import Member


def _one_of(field: str, words: Iterable[str], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [str(word) for word in words]}), name=name)


def _shape(field: str, shape: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__regex": shape}), name=name)


def _member(**options: Any) -> Any:
    return models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False, **options)


def _of_sample(**options: Any) -> Any:
    return models.ForeignKey("samples.Sample", models.PROTECT, related_name="+", **options)


_PARTY = r"^(member:[0-9]+|store|police|laboratory|client|destroyed)$"


class Kit(OfCase):
    """A kit as it was used in a case: its lot, the number on its box if it has one, the last day it may be used."""

    number = models.TextField(blank=True, default="")
    lot = models.TextField()
    expires = models.DateField(null=True)
    used_at = models.DateTimeField()
    used_by = _member()
    # A deviation says why one that was used before, elsewhere, is used again.
    again = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            _shape("number", r"^[A-Z0-9./-]{0,24}$", "kit_number_is_a_number"),
            _shape("lot", r"^[A-Z0-9./-]{1,24}$", "kit_lot_is_a_number"),
            models.UniqueConstraint(
                fields=["centre", "number"], condition=Q(again=False) & ~Q(number=""), name="kit_is_used_once"
            ),
        ]


class Reserve(models.Model):
    """A number of the reserve series, printed on paper for when no label can be; a sample uses it once.

    Its key is that of the form and of its place among those taken with it, so that one form takes numbers once.
    """

    id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    code = models.TextField()
    made_at = models.DateTimeField()
    made_by = _member()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["centre", "code"], name="reserve_code_once"),
            _shape("code", r"^R[0-9]{8}$", "reserve_code_is_of_the_series"),
        ]

    def __str__(self) -> str:
        return f"reserve {self.pk}"


class Sample(OfCase):
    """One item that the protocol asks for or somebody added, under its number; what became of it.

    `position` is where it stands in the protocol, `place` tells the places of one site apart, `order` counts what was
    taken. `acted_at` is when that was, `entered_at` when it was written; it does not change from then on.
    """

    kit = models.ForeignKey(Kit, models.PROTECT, null=True, related_name="+")
    code = models.TextField()
    protocol = models.TextField()
    group = models.TextField()
    site = models.TextField()
    scope = models.TextField(blank=True, default="")
    position = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField(default=1)
    item = models.PositiveSmallIntegerField(default=1)
    early = models.BooleanField(default=False)
    kind = models.TextField()
    wet = models.TextField(blank=True, default="")
    storage = models.TextField()
    container = models.TextField()
    made_at = models.DateTimeField()
    labelled_at = models.DateTimeField(null=True)
    state = models.TextField(default=rules.State.NOT_YET)
    order = models.PositiveSmallIntegerField(null=True)
    taken_by = _member(null=True)
    acted_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)
    window = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "centre"], name="sample_is_of_one_centre"),
            models.UniqueConstraint(fields=["centre", "code"], name="sample_code_once"),
            models.UniqueConstraint(fields=["case", "group", "site", "place", "item"], name="sample_item_once"),
            models.UniqueConstraint(fields=["case", "order"], name="sample_order_once"),
            _shape("code", r"^[NR][0-9]{8}$", "sample_code_is_a_number"),
            _shape("protocol", r"^[0-9a-f]{64}$", "sample_protocol_is_a_version"),
            _shape("group", r"^[a-z0-9_-]+$", "sample_group_is_a_code"),
            _shape("site", r"^[a-z0-9_-]+$", "sample_site_is_a_code"),
            _shape("scope", r"^[a-z0-9_-]*$", "sample_scope_is_a_code"),
            _one_of("kind", SampleKind, "sample_kind_is_known"),
            _one_of("wet", rules.Wet, "sample_wet_is_known"),
            _one_of("storage", Storage, "sample_storage_is_known"),
            _one_of("container", Container, "sample_container_is_known"),
            _one_of("state", rules.State, "sample_state_is_known"),
            _one_of("window", ["", *ClockState], "sample_window_is_known"),
            models.CheckConstraint(condition=Q(acted_at__lte=F("entered_at")), name="sample_is_not_to_come"),
            models.CheckConstraint(
                condition=Q(
                    state=rules.State.TAKEN.value,
                    order__isnull=False,
                    taken_by__isnull=False,
                    acted_at__isnull=False,
                    entered_at__isnull=False,
                    kit__isnull=False,
                )
                | (
                    ~Q(state=rules.State.TAKEN.value)
                    & Q(order__isnull=True, taken_by__isnull=True, acted_at__isnull=True, entered_at__isnull=True)
                ),
                name="sample_is_taken_whole",
            ),
        ]


class Seal(OfCase):
    """The number on a bag that shows whether it was opened: who put it on, and who broke it, when and why."""

    sample = _of_sample()
    number = models.TextField()
    applied_at = models.DateTimeField()
    applied_by = _member()
    again = models.BooleanField(default=False)
    broken_at = models.DateTimeField(null=True)
    broken_by = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            _shape("number", r"^[0-9]{8}$", "seal_number_is_a_number"),
            models.UniqueConstraint(fields=["centre", "number"], condition=Q(again=False), name="seal_is_used_once"),
            models.UniqueConstraint(
                fields=["sample"], condition=Q(broken_at__isnull=True), name="seal_one_whole_on_a_sample"
            ),
            _one_of("why", ["", *custody.Why], "seal_why_is_known"),
            models.CheckConstraint(
                condition=Q(broken_at__isnull=True, broken_by="", why="")
                | (Q(broken_at__gte=F("applied_at")) & ~Q(broken_by="") & ~Q(why="")),
                name="seal_is_broken_whole",
            ),
        ]


class Deviation(OfCase):
    """Something out of order with a kit, a sample or a seal, kept with a reason from the list. Only added to."""

    kind = models.TextField()
    reason = models.TextField()
    sample = _of_sample(null=True)
    kit = models.ForeignKey(Kit, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    member = _member()

    class Meta:
        constraints: ClassVar = [
            _one_of("kind", rules.Deviation, "deviation_kind_is_known"),
            _one_of("reason", rules.Reason, "deviation_reason_is_known"),
            models.CheckConstraint(
                condition=Q(sample__isnull=False) | Q(kit__isnull=False), name="deviation_is_of_something"
            ),
        ]


class GloveChange(OfCase):
    """Gloves changed, before the group that comes next. Only added to."""

    group = models.TextField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    member = _member()

    class Meta:
        constraints: ClassVar = [
            _shape("group", r"^[a-z0-9_-]+$", "gloves_group_is_a_code"),
            models.CheckConstraint(condition=Q(at__lte=F("written_at")), name="gloves_are_not_to_come"),
        ]


class CustodyEntry(OfCase):
    """One line of the custody of a sample, as `custody.Entry` has it. Only added to; the database hashes it.

    Whoever adds one says the number and the hash of the entry that they saw before it, and nothing comes between.
    """

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.TextField()
    acted_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    by = models.TextField()
    giver = models.TextField(blank=True, default="")
    receiver = models.TextField()
    confirmed = models.TextField(blank=True, default="")
    witness = models.TextField(blank=True, default="")
    place = models.TextField(blank=True, default="")
    seal = models.TextField(blank=True, default="")
    seal_seen = models.TextField(blank=True, default="")
    condition = models.TextField(blank=True, default="")
    storage = models.TextField(blank=True, default="")
    rests_on = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    reference = models.TextField(blank=True, default="")
    previous = models.BinaryField(default=b"", blank=True)
    hash = models.BinaryField(db_default=Value(b""))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "number"], name="custody_numbered_once"),
            _one_of("kind", custody.Kind, "custody_kind_is_known"),
            _one_of("confirmed", custody.Confirmed, "custody_confirmed_is_known"),
            _one_of("seal_seen", custody.SealSeen, "custody_seal_seen_is_known"),
            _one_of("condition", custody.Condition, "custody_condition_is_known"),
            _one_of("storage", ["", *Storage], "custody_storage_is_known"),
            _one_of("reason", ["", *custody.Why], "custody_reason_is_known"),
            # Shapes that leave no room for a name or a sentence, nor for the separator of what is hashed.
            _shape("by", r"^[a-z]+(:[0-9a-f-]+)?$", "custody_by_is_a_key"),
            _shape("giver", r"^(member:[0-9]+|store|police|laboratory)?$", "custody_giver_gives"),
            _shape("receiver", _PARTY, "custody_receiver_is_a_party"),
            _shape("witness", r"^([a-z]+:[0-9a-f-]+)?$", "custody_witness_is_a_key"),
            _shape("place", r"^[A-Za-z0-9ÅÄÖåäö_-]{0,24}$", "custody_place_is_a_code"),
            _shape("seal", r"^([0-9]{8})?$", "custody_seal_is_a_number"),
            _shape("rests_on", r"^((consent|ground):[0-9a-f-]+)?$", "custody_rests_on_is_a_key"),
            _shape("reference", r"^[A-Za-z0-9:/._-]{0,80}$", "custody_reference_is_a_number"),
            models.CheckConstraint(condition=Q(acted_at__lte=F("entered_at")), name="custody_is_not_to_come"),
            models.CheckConstraint(
                condition=Q(kind=custody.Kind.TAKEN.value, number=1, giver="") | Q(number__gt=1) & ~Q(giver=""),
                name="custody_begins_with_the_taking",
            ),
            models.CheckConstraint(
                condition=~Q(
                    kind__in=[custody.Kind.TAKEN.value, custody.Kind.RELEASED.value, custody.Kind.DESTROYED.value]
                )
                | ~Q(rests_on=""),
                name="custody_rests_on_something",
            ),
            models.CheckConstraint(
                condition=~Q(
                    kind__in=[custody.Kind.HANDED.value, custody.Kind.RELEASED.value, custody.Kind.RETURNED.value]
                )
                | ~Q(confirmed=""),
                name="custody_handover_is_of_two",
            ),
            models.CheckConstraint(
                condition=~Q(kind=custody.Kind.DESTROYED.value) | (~Q(witness="") & ~Q(witness=F("by"))),
                name="custody_destruction_is_of_two",
            ),
            models.CheckConstraint(
                condition=Q(kind=custody.Kind.DESTROYED.value) ^ ~Q(receiver=custody.GONE),
                name="custody_destroyed_is_gone",
            ),
        ]


class Holding(models.Model):
    """Where a sample stands: a copy of its newest entry that the database itself keeps, to list and search by."""

    sample = models.OneToOneField(Sample, models.PROTECT, primary_key=True, related_name="holding")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    code = models.TextField()
    taken_at = models.DateTimeField()
    standing = models.TextField()
    kind = models.TextField()
    holder = models.TextField()
    place = models.TextField(blank=True, default="")
    seal = models.TextField(blank=True, default="")
    acted_at = models.DateTimeField()
    number = models.PositiveIntegerField()
    head = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["centre", "taken_at", "sample"],
                condition=Q(standing__in=[custody.Standing.HERE.value, custody.Standing.MISSING.value]),
                name="holding_here_by_time",
            ),
            models.Index(
                fields=["centre", "place", "taken_at", "sample"],
                condition=Q(standing__in=[custody.Standing.HERE.value, custody.Standing.MISSING.value]),
                name="holding_here_by_place",
            ),
            models.Index(fields=["centre", "seal"], name="holding_by_seal"),
            models.Index(fields=["centre", "code"], name="holding_by_code"),
        ]
        constraints: ClassVar = [
            _one_of("standing", custody.Standing, "holding_standing_is_known"),
        ]

    def __str__(self) -> str:
        return f"holding of {self.sample_id}"


class Offer(OfCase):
    """A sample that one member offers to another, who takes it or not. It was offered as `head` was its newest hash."""

    sample = _of_sample()
    giver = _member()
    receiver = _member()
    head = models.BinaryField()
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    taken = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sample"], condition=Q(answered_at__isnull=True), name="offer_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="offer_is_to_another"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, taken=False) | Q(answered_at__gte=F("offered_at")),
                name="offer_is_answered_later",
            ),
        ]
