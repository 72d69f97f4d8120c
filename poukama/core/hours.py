"""Opening hours in OpenStreetMap's syntax, asked about moments.

The library behind it takes only local times that exist, so every moment goes through UTC to the zone first.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

# The type stub leaves out the two errors.
from opening_hours import OpeningHours, ParserError, UnknownCountryError  # type: ignore[attr-defined]

__all__ = ["ALWAYS", "Hours", "ParserError", "UnknownCountryError"]

from poukama.core.clock import in_utc

ALWAYS = "24/7"
# Hours can change without opening (a comment, a holiday inside a closed week): no real week has this many changes.
_MOST_CHANGES = 60


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

    def __post_init__(self) -> None:
        parsed = OpeningHours(self.expression, timezone=self.zone, country=self.country)
        object.__setattr__(self, "_parsed", parsed)

    def open_at(self, at: dt.datetime) -> bool:
        """Whether it is open at this moment; "by appointment" and the like count as closed."""
        return self.expression == ALWAYS or self._parsed.is_open(self._on_the_wall(at))

    def next_change(self, at: dt.datetime) -> dt.datetime | None:
        """The next moment, in the zone, when it opens or closes; None if it never does."""
        return self._next(at, was_open=self.open_at(at))

    def next_opening(self, at: dt.datetime) -> dt.datetime | None:
        """The next moment, in the zone, when it opens; None while it is open and if it never opens."""
        return None if self.open_at(at) else self._next(at, was_open=False)

    def _on_the_wall(self, at: dt.datetime) -> dt.datetime:
        # Always through UTC: a time that says it is in the zone may lie in an hour that spring skips.
        return in_utc(at).astimezone(self.zone)

    def _next(self, at: dt.datetime, *, was_open: bool) -> dt.datetime | None:
        for moment in self._changes(in_utc(at)):
            if self.open_at(moment) is not was_open:
                return moment.astimezone(self.zone)
        return None

    def _changes(self, at: dt.datetime) -> Iterator[dt.datetime]:
        """When the library sees a change, in UTC."""
        moment = at
        for _ in range(_MOST_CHANGES):
            change = self._parsed.next_change(moment.astimezone(self.zone))
            if change is None:
                return
            moment = in_utc(change)
            # Of a doubled hour the library names the second; what opens in it opens at the first already.
            first = in_utc(change.replace(fold=0))
            if at < first < moment:
                yield first
            yield moment
