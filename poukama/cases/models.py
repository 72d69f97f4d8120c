"""A case and what hangs on it. Words and codes of what was told are sealed with the client's key; see `inside`.

What stands in the clear identifies nobody: kinds, times, whose turn it is. A closed case takes no row of any of these
tables, except that a glass is broken to read it. See `tables` for what the database refuses.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from poukama.cases.need import GLASS_LASTS, GlassReason, Verdict
from poukama.cases.rules import Arising, EntryKind, Ground, Kind, Present, State, Whereto
from poukama.cases.walls import Section
from poukama.centres.models import Centre
from poukama.clients.models import Client
from poukama.staff.models import Member


def _one_of(field: str, words: Iterable[StrEnum], name: str) -> models.CheckConstraint:
    shape = rf"^({'|'.join(words)})$"
    return models.CheckConstraint(condition=Q(**{f"{field}__regex": shape}), name=name)


def _code(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__regex": r"^[a-z0-9_-]*$"}), name=name)


def _in_a_section(name: str) -> models.CheckConstraint:
    return _one_of("section", Section, name)


def _silent_unless_asked(name: str) -> models.CheckConstraint:
    condition = ~Q(section=Section.PASTORAL.value) | Q(asked=True) | Q(words=b"")
    return models.CheckConstraint(condition=condition, name=name)


def _both_or_neither(one: str, other: str, name: str) -> models.CheckConstraint:
    condition = Q(**{f"{one}__isnull": True}) ^ Q(**{f"{other}__isnull": False})
    return models.CheckConstraint(condition=condition, name=name)


def _member(**options: Any) -> Any:
    return models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False, **options)


def _sealed() -> Any:
    return models.BinaryField(default=b"", blank=True)


class Case(models.Model):
    """Everything for one client at one centre about one event. Its code is the client's; its key is the form's."""

    id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    client = models.OneToOneField(Client, models.PROTECT, related_name="+")
    kind = models.TextField(default=Kind.OWN)
    # For another: at whose request, as the pack names the place.
    asked_by = models.TextField(blank=True, default="")
    opened_at = models.DateTimeField()
    event_earliest = models.DateTimeField(null=True)
    event_latest = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["centre", "-opened_at", "-id"], name="case_by_time"),
            models.Index(
                fields=["centre", "-opened_at", "-id"], condition=Q(closed_at__isnull=True), name="case_open_by_time"
            ),
        ]
        constraints: ClassVar = [
            _one_of("kind", Kind, "case_kind_is_known"),
            _code("asked_by", "case_asked_by_is_a_code"),
            models.CheckConstraint(condition=Q(asked_by="") | ~Q(kind=Kind.OWN.value), name="case_own_is_unasked"),
            models.CheckConstraint(condition=Q(event_earliest__lte=F("event_latest")), name="case_event_is_a_range"),
            models.CheckConstraint(condition=Q(closed_at__gte=F("opened_at")), name="case_closes_after_it_opened"),
            # What the pair of case and centre in a row of it points at.
            models.UniqueConstraint(fields=["id", "centre"], name="case_is_of_one_centre"),
        ]

    def __str__(self) -> str:
        return f"case {self.id}"

    @property
    def state(self) -> State:
        """Whether anything may be added."""
        return State.CLOSED if self.closed_at else State.OPEN


class OfCase(models.Model):
    """A row of a case, under the key of the form that made it."""

    id = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Entry(OfCase):
    """A line of the timeline, which only grows. `at` is when it happened or was heard, `member` who did or heard it.

    Of joining and leaving a team it is whoever joined or left. `reason` is a code, of a task done its title.
    """

    kind = models.TextField()
    section = models.TextField(default=Section.IDENTITY)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    member = _member()
    # A contact of the helpline; it stands above this room, so nothing here points at its row.
    contact = models.UUIDField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.TextField(blank=True, default="")
    asked = models.BooleanField(default=False)
    words = _sealed()

    class Meta:
        constraints: ClassVar = [
            _one_of("kind", EntryKind, "entry_kind_is_known"),
            _in_a_section("entry_section_is_known"),
            _code("reason", "entry_reason_is_a_code"),
            _silent_unless_asked("entry_is_silent_unless_asked"),
            models.CheckConstraint(condition=Q(at__lte=F("written_at")), name="entry_is_not_to_come"),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.CLOSED.value, EntryKind.REOPENED.value]) | ~Q(reason=""),
                name="entry_closing_has_a_reason",
            ),
        ]


class Fact(OfCase):
    """One thing as it was told, never changed. Who heard it, when and in which contact stands in its entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    topic = models.TextField()
    # The answer and its codes, in one: whether it was a yes or a no is told by nothing that is not sealed.
    answer = _sealed()
    words = _sealed()
    own_words = models.BooleanField(default=False)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            _code("topic", "fact_topic_is_a_code"),
            models.CheckConstraint(condition=~Q(answer=b""), name="fact_answers_something"),
        ]


class Visit(OfCase):
    """One meeting in person: from arrival to departure, and where the client goes then."""

    arrived_at = models.DateTimeField()
    room = models.TextField(blank=True, default="")
    departed_at = models.DateTimeField(null=True)
    whereto = models.TextField(default=Whereto.NOT_ASKED)
    words = _sealed()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["centre"], condition=Q(departed_at__isnull=True), name="visit_here_now"),
            # Who came in the last day.
            models.Index(fields=["centre", "-arrived_at"], name="visit_by_time"),
        ]
        constraints: ClassVar = [
            _one_of("whereto", Whereto, "visit_whereto_is_known"),
            _code("room", "visit_room_is_a_code"),
            models.CheckConstraint(condition=Q(departed_at__gte=F("arrived_at")), name="visit_departs_later"),
            models.UniqueConstraint(fields=["case"], condition=Q(departed_at__isnull=True), name="visit_one_at_a_time"),
        ]


class Presence(OfCase):
    """Somebody else who is there during a visit: one of staff, or another, in words that may be empty."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+")
    who = models.TextField()
    member = _member(null=True)
    since = models.DateTimeField()
    words = _sealed()

    class Meta:
        constraints: ClassVar = [
            _one_of("who", Present, "presence_who_is_known"),
            models.CheckConstraint(
                condition=Q(who=Present.STAFF.value) ^ Q(member__isnull=True), name="presence_of_staff_is_a_members"
            ),
        ]


class Task(OfCase):
    """Something to be done: whose turn it is, by when, and who did it."""

    section = models.TextField()
    title = models.TextField()
    words = _sealed()
    role = models.TextField(blank=True, default="")
    member = _member(null=True)
    due = models.DateTimeField(null=True)
    arising = models.TextField(default=Arising.MEMBER)
    added_at = models.DateTimeField()
    added_by = _member()
    done_at = models.DateTimeField(null=True)
    done_by = _member(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["centre", "due"], condition=Q(done_at__isnull=True), name="task_waiting")
        ]
        constraints: ClassVar = [
            _in_a_section("task_section_is_known"),
            _code("title", "task_title_is_a_code"),
            _code("role", "task_role_is_a_code"),
            _one_of("arising", Arising, "task_arising_is_known"),
            models.CheckConstraint(condition=Q(role="") ^ Q(member__isnull=True), name="task_is_somebodys_turn"),
            models.CheckConstraint(condition=~Q(title="other") | ~Q(words=b""), name="task_other_says_what"),
            _both_or_neither("done_at", "done_by", "task_is_done_whole"),
        ]


class Note(OfCase):
    """A note of one section: a draft of its author's until it is signed, and locked from then on."""

    section = models.TextField()
    author = _member()
    private = models.BooleanField(default=False)
    asked = models.BooleanField(default=False)
    words = _sealed()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saves = models.PositiveIntegerField(default=0)
    # The window that saved last, and the number of that save there.
    writer = models.UUIDField(null=True)
    number = models.BigIntegerField(default=0)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            _in_a_section("note_section_is_known"),
            _silent_unless_asked("note_is_silent_unless_asked"),
            models.CheckConstraint(condition=Q(signed_at__gte=F("begun_at")), name="note_is_signed_later"),
        ]


class Addendum(OfCase):
    """What is added to a signed note, to complete or correct it."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="+")
    author = _member()
    at = models.DateTimeField()
    words = _sealed()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=b""), name="addendum_says_something"),
        ]


class TeamMember(OfCase):
    """A member on a case's team in one role, from `since` up to but not including `until`."""

    member = _member()
    role = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["member", "case"], name="team_of_member")]
        constraints: ClassVar = [
            _code("role", "team_role_is_a_code"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="team_until_later"),
            models.UniqueConstraint(
                fields=["case", "member", "role"], condition=Q(until__isnull=True), name="team_joined_once"
            ),
        ]


class BrokenGlass(OfCase):
    """A case opened by somebody who is neither on its team nor on duty for it: for an hour, for a reason, reviewed."""

    member = _member()
    reason = models.TextField()
    words = _sealed()
    broken_at = models.DateTimeField()
    ends = models.DateTimeField()
    same_surname = models.BooleanField(default=False)
    colleague = models.BooleanField(default=False)
    reviewed_at = models.DateTimeField(null=True)
    reviewer = _member(null=True)
    verdict = models.TextField(blank=True, default="")
    verdict_words = _sealed()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["centre", "broken_at"], condition=Q(reviewed_at__isnull=True), name="glass_to_review"),
            models.Index(fields=["member", "ends"], name="glass_of_member"),
        ]
        constraints: ClassVar = [
            _one_of("reason", GlassReason, "glass_reason_is_known"),
            models.CheckConstraint(condition=~Q(words=b""), name="glass_says_why"),
            models.CheckConstraint(condition=Q(ends=F("broken_at") + GLASS_LASTS), name="glass_lasts_an_hour"),
            _both_or_neither("reviewed_at", "reviewer", "glass_is_reviewed_whole"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, verdict="")
                | Q(reviewed_at__isnull=False, verdict__in=[verdict.value for verdict in Verdict]),
                name="glass_verdict_is_known",
            ),
            models.CheckConstraint(condition=~Q(reviewer=F("member")), name="glass_is_reviewed_by_another"),
        ]


class Crossing(OfCase):
    """Whether the registers of health care and social welfare may read each other in this case: the newest holds."""

    allowed = models.BooleanField()
    ground = models.TextField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    member = _member()
    words = _sealed()

    class Meta:
        constraints: ClassVar = [
            _one_of("ground", Ground, "crossing_ground_is_known"),
            models.CheckConstraint(
                condition=Q(allowed=False) | ~Q(ground=Ground.LAW.value) | ~Q(words=b""), name="crossing_names_the_law"
            ),
        ]
