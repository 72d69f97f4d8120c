"""Which night the practice version shows: the last one that was over when it was loaded."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from poukama.core.clock import from_wall

# By the wall clock of the centre: from when its day is over until it begins again.
_EVENING = dt.time(20, 0)
_MORNING = dt.time(8, 0)


@dataclass(frozen=True, slots=True)
class Night:
    """A night, from `begins` up to but not including `ends`, both in UTC."""

    begins: dt.datetime
    ends: dt.datetime

    def moment(self, wall: str, zone: ZoneInfo) -> dt.datetime:
        """What the clock on the wall shows in this night, or in the morning after it."""
        evening, time = self.begins.astimezone(zone), dt.time.fromisoformat(wall)
        same_day = time >= evening.timetz().replace(tzinfo=None)
        day = evening.date() if same_day else evening.date() + dt.timedelta(days=1)
        return from_wall(dt.datetime.combine(day, time), zone)


def last_night(at: dt.datetime, zone: ZoneInfo) -> Night:
    """The last whole night in this zone that was over at this moment.

    >>> last_night(dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC), ZoneInfo("Europe/Helsinki")).ends.isoformat()
    '2026-11-23T06:00:00+00:00'
    """
    day = at.astimezone(zone).date()
    if at < from_wall(dt.datetime.combine(day, _MORNING), zone):
        day -= dt.timedelta(days=1)
    evening = dt.datetime.combine(day - dt.timedelta(days=1), _EVENING)
    return Night(from_wall(evening, zone), from_wall(dt.datetime.combine(day, _MORNING), zone))
