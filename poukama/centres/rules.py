"""A centre as its pack describes it: lines, places, ages, area, night, words; each with its source.

A pack is data that somebody answers for. Every table of it carries an `Origin`; what is only an example says so,
and whatever rests on it can say so too.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from poukama.core.clock import months_after
from poukama.core.hours import Hours


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from, and by when somebody looks at it again."""

    source: str
    review_by: dt.date
    example: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A page, a law or a person that values are drawn from."""

    title: str
    seen: dt.date
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line, with the hours in which it is the one to call; `own` is false for another organisation's."""

    code: str
    phone: str
    hours: Hours
    own: bool
    origin: Origin


class PlaceKind(StrEnum):
    """What a place is for."""

    CENTRE = "centre"
    CHILDREN = "children"
    EMERGENCY = "emergency"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go or to call. Its own number and its hours may be unknown: then they are not invented.

    `holidays_origin` is where the hours' word on holidays comes from, if not from where the rest of the place does.
    """

    code: str
    kind: PlaceKind
    phone: str | None
    hours: Hours | None
    origin: Origin
    holidays_origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Ages:
    """The youngest age, in whole years, that comes alone and that comes referred by a professional."""

    alone: int
    referred: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class CareWindow:
    """How long after the event one may come: calendar months, or days; exactly one of the two is set."""

    months: int | None
    days: int | None
    origin: Origin

    def last_date(self, event: dt.date) -> dt.date:
        """The last date on which one may come, the month's last day where the month is shorter.

        >>> CareWindow(1, None, Origin("page", dt.date(2027, 1, 1))).last_date(dt.date(2027, 1, 31)).isoformat()
        '2027-02-28'
        """
        if self.days is not None:
            return event + dt.timedelta(days=self.days)
        return months_after(event, self.months or 0)


@dataclass(frozen=True, slots=True)
class Area:
    """Whom the centre serves, by where the person lives, where it happened, or either.

    `inside` holds every name of its municipalities in lower case, and the words `ship` and `abroad` if they count.
    """

    by_home: bool
    by_event: bool
    municipalities: tuple[str, ...]
    inside: frozenset[str]
    origin: Origin

    def holds(self, place: str) -> bool:
        """Whether a named place lies inside; a name the pack does not know lies outside."""
        return place.strip().casefold() in self.inside


class NightRule(StrEnum):
    """What the centre does outside its hours."""

    ON_CALL = "on_call"
    ALWAYS = "always"
    REFERRED = "referred"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Night:
    """Who is seen outside the hours: by which rule, by whom, by way of which place.

    `acute_within` is how long after the event it is acute, None where the pack does not say.
    """

    rule: NightRule
    duties: frozenset[str]
    by_way_of: str | None
    origin: Origin
    acute_within: dt.timedelta | None
    acute_origin: Origin


@dataclass(frozen=True, slots=True)
class SignList:
    """The signs, by name, that send somebody to one door."""

    signs: frozenset[str]
    origin: Origin


@dataclass(frozen=True, slots=True)
class CallFirst:
    """The doors that one calls before coming to."""

    doors: frozenset[str]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Duty:
    """Staff must inform the authorities about anyone under this age."""

    under: int
    recipients: tuple[str, ...]
    origin: Origin


class PostTime(StrEnum):
    """How much of a post there is."""

    FULL = "full_time"
    PART = "part_time"
    AVAILABLE = "available"


@dataclass(frozen=True, slots=True)
class StaffPost:
    """A role at the centre, its name as in the GLOSSARY, and how much of it there is; None where nobody says."""

    role: str
    time: PostTime | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Said:
    """Something a public page may say about the centre, if it is true there: `free`, `anonymous` ...

    Its sentence stands in the words; one that is only an example is left out of public pages.
    """

    code: str
    origin: Origin


class TextState(StrEnum):
    """How far a text has come."""

    DRAFT = "draft"
    NATIVE = "read_by_native"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Words:
    """A centre's words in one language, by dotted key, with who answers for them."""

    language: str
    owner: str
    review_by: dt.date
    state: TextState
    texts: Mapping[str, str]

    def get(self, key: str) -> str:
        """The text of a key, empty where the pack has none."""
        return self.texts.get(key, "")


@dataclass(frozen=True, slots=True)
class OtherCentre:
    """A centre that has no pack here: its name and region by language, when it opened, when somebody looked."""

    code: str
    names: Mapping[str, str]
    regions: Mapping[str, str]
    opened: str
    checked: dt.date
    origin: Origin


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole centre."""

    code: str
    country: str
    zone: ZoneInfo
    emergency_phone: str
    languages: tuple[str, ...]
    invented: bool
    origin: Origin
    country_origin: Origin
    hours_origin: Origin
    sources: Mapping[str, Source]
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    ages: Ages | None
    window: CareWindow | None
    area: Area | None
    night: Night
    emergency_signs: SignList
    medical_signs: SignList
    call_first: CallFirst
    duty: Duty | None
    posts: tuple[StaffPost, ...]
    services: tuple[Said, ...]
    founding: tuple[Said, ...]
    said: tuple[Said, ...]
    words: Mapping[str, Words]
    # As they are written on the doors.
    rooms: tuple[str, ...] = ()

    def of_kind(self, kind: PlaceKind) -> tuple[Place, ...]:
        """The places of a kind, in the pack's order."""
        return tuple(place for place in self.places if place.kind is kind)

    def place(self, code: str) -> Place:
        """The place of this code. Raises KeyError for one that the pack does not have."""
        for place in self.places:
            if place.code == code:
                return place
        raise KeyError(code)

    def line_at(self, at: dt.datetime) -> Line:
        """The line to call at this moment: the first that is open, in the pack's order."""
        return next((line for line in self.lines if line.hours.open_at(at)), self.lines[0])

    def open_at(self, at: dt.datetime) -> bool:
        """Whether the full service is open at one of its sites."""
        return any(place.hours.open_at(at) for place in self.of_kind(PlaceKind.CENTRE) if place.hours)

    def next_opening(self, at: dt.datetime) -> dt.datetime | None:
        """When a site next opens, in the centre's zone; None while one is open."""
        if self.open_at(at):
            return None
        hours = [place.hours for place in self.of_kind(PlaceKind.CENTRE) if place.hours]
        return min((moment for each in hours if (moment := each.next_opening(at))), default=None)

    def origins(self) -> Iterator[tuple[str, Origin]]:
        """Every origin in the pack, with the dotted key of the table that carries it."""
        single = {
            "ages": self.ages,
            "area": self.area,
            "call_first": self.call_first,
            "duty": self.duty,
            "night": self.night,
            "signs.emergency": self.emergency_signs,
            "signs.medical": self.medical_signs,
            "window": self.window,
        }
        yield "centre", self.origin
        yield "country", self.country_origin
        yield from ((key, value.origin) for key, value in single.items() if value)
        if self.night.acute_within is not None:
            yield "night.acute", self.night.acute_origin
        yield from ((f"lines.{line.code}", line.origin) for line in self.lines)
        for place in self.places:
            yield f"places.{place.code}", place.origin
            if place.holidays_origin:
                yield f"places.{place.code}.holidays", place.holidays_origin
        yield from ((f"staff.{post.role}", post.origin) for post in self.posts)
        for table, sentences in (("services", self.services), ("founding", self.founding), ("said", self.said)):
            yield from ((f"{table}.{each.code}", each.origin) for each in sentences)

    def unanswered(self, start: dt.datetime, end: dt.datetime) -> dt.datetime | None:
        """The first moment, from `start` and before `end`, at which no line is open; None if there is none."""
        moment: dt.datetime | None = start
        while moment is not None and moment < end:
            hours = self.line_at(moment).hours
            if not hours.open_at(moment):
                return moment
            moment = hours.next_change(moment)
        return None

    def opens_before(self, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether the full service is open at some moment from `start` and before `end`."""
        if self.night.rule is NightRule.ALWAYS:
            return True
        opening = self.next_opening(start)
        return self.open_at(start) or (opening is not None and opening < end)
