"""Shifts as half-open ranges of moments: who is on, where nobody is, what may be planned, and how a week is copied."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from poukama.core.clock import from_wall, in_utc
from poukama.staff.rules import Held, Role

# Longer is a slip of the keyboard.
LONGEST = dt.timedelta(days=8)
# How far ahead a gap is looked for: the first warning of it.
AHEAD = dt.timedelta(days=14)


class Duty(StrEnum):
    """As what somebody is on call, first in line first."""

    MIDWIFE = "midwife"
    DOCTOR = "doctor"
    SOCIAL_WORKER = "social_worker"
    PSYCHOLOGIST = "psychologist"
    CHAPLAIN = "chaplain"


# The posts that let somebody be on call: of the duty's own name, and the coordinator, who is a midwife.
POSTS: Mapping[Duty, frozenset[Role]] = {
    **{duty: frozenset({Role(duty.value)}) for duty in Duty},
    Duty.MIDWIFE: frozenset({Role.MIDWIFE, Role.MIDWIFE_COORDINATOR}),
}


class Verb(StrEnum):
    """What a change did to the roster."""

    ADDED = "added"
    TAKEN = "taken"
    CHANGED = "changed"
    SPLIT = "split"
    REMOVED = "removed"
    COPIED = "copied"
    AWAY = "away"
    BACK = "back"


class Problem(StrEnum):
    """Why something cannot be planned so."""

    UNREAD = "unread"
    ENDS_FIRST = "ends_first"
    TOO_LONG = "too_long"
    OVERLAPS = "overlaps"
    ABSENT = "absent"
    NO_POST = "no_post"
    NOT_INSIDE = "not_inside"
    AWAY_ALREADY = "away_already"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOTHING_TO_COPY = "nothing_to_copy"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `begins` up to but not including `ends`, as moments in UTC. Raises ValueError if it would be empty.

    >>> night = Span(dt.datetime(2026, 11, 27, 20, tzinfo=dt.UTC), dt.datetime(2026, 11, 28, 4, tzinfo=dt.UTC))
    >>> night.holds(dt.datetime(2026, 11, 28, 0, tzinfo=dt.UTC)), night.holds(night.ends), night.length
    (True, False, datetime.timedelta(seconds=28800))
    """

    begins: dt.datetime
    ends: dt.datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", in_utc(self.begins))
        object.__setattr__(self, "ends", in_utc(self.ends))
        if self.begins >= self.ends:
            raise ValueError("a span ends after it begins")

    @property
    def length(self) -> dt.timedelta:
        """How long it truly takes, whatever clocks on walls do meanwhile."""
        return self.ends - self.begins

    def holds(self, at: dt.datetime) -> bool:
        """Whether a moment lies in it."""
        return self.begins <= at < self.ends

    def common(self, other: "Span") -> "Span | None":
        """What lies in both."""
        begins, ends = max(self.begins, other.begins), min(self.ends, other.ends)
        return Span(begins, ends) if begins < ends else None

    def without(self, hole: "Span") -> "tuple[Span, ...]":
        """What is left of it before and after another."""
        if self.common(hole) is None:
            return (self,)
        edges = ((self.begins, hole.begins), (hole.ends, self.ends))
        return tuple(Span(begins, ends) for begins, ends in edges if begins < ends)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday, by ISO 8601's year and number.

    >>> Week.read("2026-W48").monday.isoformat(), str(Week.of(dt.date(2027, 1, 1))), str(Week(2026, 53).later(1))
    ('2026-11-23', '2026-W53', '2027-W01')
    """

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @classmethod
    def of(cls, date: dt.date) -> "Week":
        """The week that a date lies in."""
        year, number, _ = date.isocalendar()
        return cls(year, number)

    @classmethod
    def read(cls, text: str) -> "Week":
        """A week from `2026-W48`. Raises ValueError for what is none, or lies outside of this century."""
        year, _, number = text.partition("-W")
        if len(text) != 8 or not (year + number).isascii() or not 2000 <= int(year) < 2100:
            raise ValueError("expected a week, as 2026-W48")
        dt.date.fromisocalendar(int(year), int(number), 1)
        return cls(int(year), int(number))

    @property
    def monday(self) -> dt.date:
        """Its first day."""
        return dt.date.fromisocalendar(self.year, self.number, 1)

    def later(self, weeks: int) -> "Week":
        """The week so many after it, or before it."""
        return Week.of(self.monday + dt.timedelta(weeks=weeks))

    def days(self, zone: ZoneInfo) -> tuple[Span, ...]:
        """Its seven days in a time zone; on two days of a year a day has 23 or 25 hours."""
        midnights = [dt.datetime.combine(self.monday + dt.timedelta(days=n), dt.time()) for n in range(8)]
        return tuple(Span(*pair) for pair in pairwise(from_wall(midnight, zone) for midnight in midnights))

    def span(self, zone: ZoneInfo) -> Span:
        """The whole of it in a time zone."""
        days = self.days(zone)
        return Span(days[0].begins, days[-1].ends)


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift: somebody, by number and name, on a duty. `instead_of` names whose it was before a swap."""

    duty: Duty
    member: int
    name: str
    span: Span
    pk: int = 0
    instead_of: str = ""

    def same(self, other: "Planned", span: Span) -> bool:
        """Whether it is the other's shift at this time."""
        return (self.duty, self.member, self.span) == (other.duty, other.member, span)


@dataclass(frozen=True, slots=True)
class Away:
    """An absence: somebody who is put on no shift meanwhile."""

    member: int
    name: str
    span: Span
    pk: int = 0


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is on a duty now, with the number to ring, empty if none is known, and until when."""

    duty: str
    name: str
    phone: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody is on a duty that must be covered."""

    duty: Duty
    begins: dt.datetime
    ends: dt.datetime


# ── Gaps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def uncovered(required: Span, covered: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of a time when the covered spans are taken out of it, in order.

    >>> hour = [dt.datetime(2026, 11, 29, n, tzinfo=dt.UTC) for n in range(24)]
    >>> [(s.begins.hour, s.ends.hour) for s in uncovered(Span(hour[0], hour[20]), [Span(hour[2], hour[8])])]
    [(0, 2), (8, 20)]
    """
    left, begins = [], required.begins
    for span in sorted(covered):
        if begins < min(span.begins, required.ends):
            left.append(Span(begins, min(span.begins, required.ends)))
        begins = max(begins, span.ends)
    if begins < required.ends:
        left.append(Span(begins, required.ends))
    return tuple(left)


def gaps(required: Span, duties: Iterable[Duty], shifts: Iterable[Planned]) -> tuple[Gap, ...]:
    """Every gap of a time in the duties that must be covered, the first first, and of those the first in line."""
    shifts, order = tuple(shifts), list(Duty)
    found = [
        Gap(duty, span.begins, span.ends)
        for duty in set(duties)
        for span in uncovered(required, (each.span for each in shifts if each.duty is duty))
    ]
    return tuple(sorted(found, key=lambda gap: (gap.begins, order.index(gap.duty))))


# ── What may be planned ──────────────────────────────────────────────────────────────────────────────────────


class Refused(Exception):
    """It cannot be planned so: why, whom that is about, and when; the last two only where they say more."""

    def __init__(self, problem: Problem, name: str = "", span: Span | None = None) -> None:
        super().__init__(problem.value)
        self.problem, self.name, self.span = problem, name, span


Posts = Mapping[int, Sequence[Held]]


def held(shift: Planned, posts: Posts) -> tuple[Span, ...]:
    """The parts of a shift in which its member holds a post for the duty; whoever holds none is not on call."""
    terms = [
        Span(post.begins, post.ends or max(shift.span.ends, post.begins + LONGEST))
        for post in posts.get(shift.member, ())
        if post.role in POSTS[shift.duty] and (post.ends is None or post.begins < post.ends)
    ]
    return tuple(part for span in _joined(terms) if (part := shift.span.common(span)))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same moments, in order, as few spans as can hold them."""
    last: Span | None = None
    for span in sorted(spans):
        if last and span.begins <= last.ends:
            last = Span(last.begins, max(last.ends, span.ends))
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands: shifts, absences, and the posts of members at the centre."""

    shifts: Sequence[Planned]
    absences: Sequence[Away]
    posts: Posts

    def objection(self, new: Planned) -> Refused | None:
        """What speaks against a shift beside those that stand."""
        if new.span.length > LONGEST:
            return Refused(Problem.TOO_LONG)
        for shift in self.shifts:
            if shift.duty is new.duty and (common := shift.span.common(new.span)):
                return Refused(Problem.OVERLAPS, shift.name, common)
        for absence in self.absences:
            if absence.member == new.member and (common := absence.span.common(new.span)):
                return Refused(Problem.ABSENT, new.name, common)
        if held(new, self.posts) != (new.span,):
            return Refused(Problem.NO_POST, new.name)
        return None

    def with_copies(self, shifts: Iterable[Planned], days: int, zone: ZoneInfo) -> "Copies":
        """The shifts that fit, moved by whole days; those that do not are counted, those that are there are not."""
        made: list[Planned] = []
        left_out = 0
        for shift in shifts:
            span = moved(shift.span, days, zone)
            if span is None or any(each.same(shift, span) for each in self.shifts):
                continue
            copy = replace(shift, span=span, pk=0, instead_of="")
            if replace(self, shifts=[*self.shifts, *made]).objection(copy) is None:
                made.append(copy)
            else:
                left_out += 1
        return Copies(tuple(made), left_out)


@dataclass(frozen=True, slots=True)
class Copies:
    """What copying a week makes, and how many shifts of it do not fit."""

    made: tuple[Planned, ...]
    left_out: int


def moved(span: Span, days: int, zone: ZoneInfo) -> Span | None:
    """The same times on the wall so many days later; None where a skipped hour leaves nothing of it.

    >>> helsinki = ZoneInfo("Europe/Helsinki")
    >>> night = Span(*(dt.datetime(2026, 10, day, hour, tzinfo=helsinki) for day, hour in ((17, 22), (18, 8))))
    >>> night.length, moved(night, 7, helsinki).length
    (datetime.timedelta(seconds=36000), datetime.timedelta(seconds=39600))
    """
    begins, ends = (_moved(edge, days, zone) for edge in (span.begins, span.ends))
    return Span(begins, ends) if begins < ends else None


def _moved(moment: dt.datetime, days: int, zone: ZoneInfo) -> dt.datetime:
    wall = moment.astimezone(zone)
    later = bool(wall.fold)
    return from_wall(wall.replace(tzinfo=None, fold=0) + dt.timedelta(days=days), zone, later=later)


def halves(span: Span, moment: dt.datetime) -> tuple[Span, Span]:
    """A span in two. Raises Refused if the moment does not lie inside it."""
    if not span.begins < moment < span.ends:
        raise Refused(Problem.NOT_INSIDE, span=span)
    return Span(span.begins, moment), Span(moment, span.ends)


def planned_for(old: int, before: int | None, new: int) -> int | None:
    """Whose shift it is by the plan once somebody new has it; nobody else's when it goes back to them.

    >>> planned_for(1, None, 2), planned_for(2, 1, 3), planned_for(3, 1, 1), planned_for(1, None, 1)
    (1, 1, None, None)
    """
    first = before or old
    return None if first == new else first
