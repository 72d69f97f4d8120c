"""Need to know: who is let into a case, how break-glass opens one and ends, and what looks like curiosity."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from poukama.core.clock import from_wall, in_utc

# How long breaking the glass opens a case.
GLASS_LASTS = dt.timedelta(hours=1)


class Way(StrEnum):
    """By what somebody is let into a case; the first that holds is the one that counts."""

    TEAM = "team"
    DUTY = "duty"
    BREAK_GLASS = "break_glass"


class Purpose(StrEnum):
    """What a case is opened for. It stands in the audit trail, and in the client's own list."""

    CARE = "care"
    COORDINATION = "coordination"
    CLIENT_ASKED = "client_asked"


class GlassReason(StrEnum):
    """Why the glass is broken."""

    EMERGENCY = "emergency"
    CLIENT_HERE = "client_here"
    TEAM_OUT_OF_REACH = "team_out_of_reach"
    CLIENT_ASKED = "client_asked"
    OTHER = "other"


class Verdict(StrEnum):
    """What the review of a broken glass came to."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    TO_BE_LOOKED_INTO = "to_be_looked_into"


class Alert(StrEnum):
    """What is worth a second look when somebody opens a case."""

    SAME_SURNAME = "same_surname"
    COLLEAGUE = "colleague"
    NO_DUTY = "no_duty"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on a case's team, from `since` up to but not including `until`."""

    since: dt.datetime
    until: dt.datetime | None = None

    def held_at(self, at: dt.datetime) -> bool:
        """Whether it is taken at this moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Glass:
    """A glass that was broken at a moment."""

    broken_at: dt.datetime

    @property
    def ends(self) -> dt.datetime:
        """When the case closes again. An hour is an hour, whatever the clocks do that night."""
        return in_utc(self.broken_at) + GLASS_LASTS

    def open_at(self, at: dt.datetime) -> bool:
        """Whether it still opens the case."""
        return self.broken_at <= at < self.ends


def ways(seats: Iterable[Seat], glasses: Iterable[Glass], at: dt.datetime, *, on_duty: bool) -> tuple[Way, ...]:
    """By what somebody is let into a case at this moment; nothing, and it is not open to them.

    `seats` and `glasses` are their own, `on_duty` whether they are on duty for this case.
    """
    found = {
        Way.TEAM: any(seat.held_at(at) for seat in seats),
        Way.DUTY: on_duty,
        Way.BREAK_GLASS: any(glass.open_at(at) for glass in glasses),
    }
    return tuple(way for way in Way if found[way])


def glass_ends(glasses: Iterable[Glass], at: dt.datetime) -> dt.datetime | None:
    """When the last glass that is open now ends; None if none is."""
    return max((glass.ends for glass in glasses if glass.open_at(at)), default=None)


def review_by(broken_at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """By when somebody else has looked at it: the end of the next day, by the centre's clock.

    >>> late = dt.datetime(2026, 11, 24, 23, 50, tzinfo=ZoneInfo("Europe/Helsinki"))
    >>> review_by(late, late.tzinfo).astimezone(late.tzinfo).isoformat()
    '2026-11-26T00:00:00+02:00'
    """
    after = broken_at.astimezone(zone).date() + dt.timedelta(days=2)
    return from_wall(dt.datetime.combine(after, dt.time()), zone)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opening a case, as far as it may be compared: blind keys and the way in, no name."""

    way: Way
    own_surnames: frozenset[bytes]
    names_of_staff: frozenset[bytes]
    clients_words: frozenset[bytes]
    clients_names: frozenset[bytes]


def alerts(look: Look) -> frozenset[Alert]:
    """What is worth a second look. An alert refuses nothing and accuses nobody."""
    found = {
        Alert.SAME_SURNAME: bool(look.own_surnames & look.clients_words),
        Alert.COLLEAGUE: bool(look.names_of_staff & look.clients_names),
        Alert.NO_DUTY: look.way is Way.BREAK_GLASS,
    }
    return frozenset(alert for alert, is_so in found.items() if is_so)
