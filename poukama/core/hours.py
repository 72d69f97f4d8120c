"""Opening hours in OpenStreetMap's syntax, asked about moments.

The library behind it takes only local times that exist, so every moment goes through UTC to the zone first. It is
asked for a whole year at a time: what the year holds is the same for everyone who asks.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

# The type stub leaves out the two errors.
from opening_hours import OpeningHours, ParserError, State, UnknownCountryError  # type: ignore[attr-defined]

from poukama.core.clock import in_utc

__all__ = ["ALWAYS", "Hours", "ParserError", "UnknownCountryError"]

ALWAYS = "24/7"
# The longest that hours can rest and still return: 29 February, around a century that has none.
_LONGEST_REST = 8
_A_YEAR = dt.timedelta(days=367)


@dataclass(frozen=True, slots=True)
class _Year:
    """One year in UTC: whether it begins open, and the moments at which that turns, in order, to just after its end."""

    begins_open: bool
    turns: tuple[dt.datetime, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """When something is open, with the public holidays of its country.

    Raises what the parser raises: ParserError for the expression, UnknownCountryError for the country.

    >>> seri = Hours("Mo-Fr 08:00-18:00; PH off", ZoneInfo("Europe/Helsinki"), "FI")
    >>> seri.open_at(dt.datetime(2026, 12, 24, 8, 0, tzinfo=dt.UTC))
    False
    """

    expression: str
    zone: ZoneInfo
    country: str
    _parsed: OpeningHours = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        parsed = OpeningHours(self.expression, timezone=self.zone, country=self.country)
        object.__setattr__(self, "_parsed", parsed)

    def open_at(self, at: dt.datetime) -> bool:
        """Whether it is open at this moment; "by appointment" and the like count as closed."""
        at = in_utc(at)
        year = self._year(at.year)
        return year.begins_open is (bisect_right(year.turns, at) % 2 == 0)

    def next_change(self, at: dt.datetime) -> dt.datetime | None:
        """The next moment, in the zone, when it opens or closes; None if it never does."""
        at = in_utc(at)
        for number in range(at.year, at.year + _LONGEST_REST + 1):
            turns = self._year(number).turns
            place = bisect_right(turns, at)
            if place < len(turns):
                return turns[place].astimezone(self.zone)
        return None

    def next_opening(self, at: dt.datetime) -> dt.datetime | None:
        """The next moment, in the zone, when it opens; None while it is open and if it never opens."""
        return None if self.open_at(at) else self.next_change(at)

    def _year(self, number: int) -> _Year:
        if number not in self._years:
            self._years[number] = self._read(dt.datetime(number, 1, 1, tzinfo=dt.UTC))
        return self._years[number]

    def _read(self, start: dt.datetime) -> _Year:
        end = start + _A_YEAR
        spans = self._parsed.intervals(start.astimezone(self.zone), end.astimezone(self.zone))
        _first, _last, state, _comment = next(spans)
        begins_open = is_open = state == State.OPEN
        turns: list[dt.datetime] = []
        for begins, _last, state, _comment in spans:
            if (state == State.OPEN) is is_open:
                continue
            is_open = not is_open
            # Of a doubled hour the library names the second; what opens in it opens at the first already.
            moment = in_utc(begins.replace(fold=0))
            if turns and turns[-1] == moment:
                # A span without length, in the hour that spring skips.
                turns.pop()
            else:
                turns.append(moment)
        return _Year(begins_open, tuple(turns))
