"""Time windows of protocols, and what a clock shows of them.

A window is a dated, sourced, approved setting of the centre. The time of an event is an interval, so what is left of
a window is a range. A clock never locks anything.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from poukama.core.clock import in_utc

# A window is closing when less than this share of it is left at the earliest time (UX 4.4).
CLOSING_SHARE = 0.2


class WindowKind(StrEnum):
    """What a window is about."""

    SAMPLE = "sample"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Window:
    """How long after the event something is worth doing, by which source; approved only with a named approver."""

    code: str
    kind: WindowKind
    length: dt.timedelta
    source: str
    review_by: dt.date
    approved_by: str = ""
    valid_from: dt.date | None = None

    @property
    def approved(self) -> bool:
        """Whether a named person has approved it."""
        return bool(self.approved_by)


@dataclass(frozen=True, slots=True)
class Interval:
    """The time of an event: not before `earliest`, not after `latest`. None means long ago, and up to now."""

    earliest: dt.datetime | None = None
    latest: dt.datetime | None = None

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of the time."""
        return self.earliest is None and self.latest is None


class ClockState(StrEnum):
    """What a clock says in a word."""

    OPEN = "open"
    CLOSING = "closing"
    UNCERTAIN = "uncertain"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Clock:
    """A window as seen now, with the range of what is left; `least` is None when the event may lie long ago."""

    window: Window
    state: ClockState
    least: dt.timedelta | None
    most: dt.timedelta


def clock(window: Window, event: Interval, at: dt.datetime) -> Clock:
    """What is left of the window at this moment, the shortest and the longest it can be (negative when past)."""
    at = in_utc(at)
    most = window.length - (at - in_utc(event.latest or at))
    least = window.length - (at - in_utc(event.earliest)) if event.earliest else None
    return Clock(window, _state(window, least, most), least, most)


def _state(window: Window, least: dt.timedelta | None, most: dt.timedelta) -> ClockState:
    if most < dt.timedelta():
        return ClockState.PASSED
    if least is None or least < dt.timedelta():
        return ClockState.UNCERTAIN
    return ClockState.CLOSING if least < window.length * CLOSING_SHARE else ClockState.OPEN
