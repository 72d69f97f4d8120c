"""Opening hours in OpenStreetMap's syntax, asked about moments.

The library behind it takes only local times that exist, so every moment goes through UTC to the zone first. It is
asked for a whole year at a time: what the year holds is the same for everyone who asks.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

# The type stub leaves out the two errors.
from opening_hours import OpeningHours, ParserError, UnknownCountryError  # type: ignore[attr-defined]

from poukama.core.clock import in_utc

__all__ = ["ALWAYS", "Hours", "ParserError", "UnknownCountryError"]

ALWAYS = "24/7"
# The longest that hours can rest and still return: 29 February, around a century that has none.
_LONGEST_REST = 8


@dataclass(frozen=True, slots=True)
class _Year:
    """One year in UTC: whether it begins open, and every moment at which that turns, in order, its end included."""

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
        for number in range(at.year, min(at.year + _LONGEST_REST, dt.MAXYEAR) + 1):
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
        begins_open = is_open = self._parsed.is_open(start.astimezone(self.zone))
        turns = []
        for moment in self._changes(start):
            # The library also tells of changes that neither open nor close: a comment, a holiday in a closed week.
            if self._parsed.is_open(moment.astimezone(self.zone)) is not is_open:
                is_open = not is_open
                turns.append(moment)
        return _Year(begins_open, tuple(turns))

    def _changes(self, start: dt.datetime) -> Iterator[dt.datetime]:
        """The library's changes from the start to the end of the year, in UTC."""
        moment = start
        end = start.replace(year=min(start.year + 1, dt.MAXYEAR))
        while change := self._parsed.next_change(moment.astimezone(self.zone)):
            moment = in_utc(change)
            # Of a doubled hour the library names the second; what opens in it opens at the first already.
            first = in_utc(change.replace(fold=0))
            if first > end:
                return
            if first < moment:
                yield first
            yield moment
