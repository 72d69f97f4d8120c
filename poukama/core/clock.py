"""The only place that reads the clock, and the one way from a wall clock to a moment.

Every moment inside Poukama is an aware datetime; whoever needs one is given it as `at`. A wall-clock time is
unsure twice a year: a skipped hour moves on to the hour that follows, and of a doubled hour the caller says which.
"""

import datetime as dt
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """The present moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def in_utc(moment: dt.datetime) -> dt.datetime:
    """The same moment in UTC, where differences and comparisons are those of the clock on no wall.

    Raises ValueError for a wall-clock time: without its zone it is no moment.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment has a zone")
    return moment.astimezone(dt.UTC)


def from_wall(wall: dt.datetime, zone: ZoneInfo, *, later: bool = False) -> dt.datetime:
    """The moment, in UTC, that a wall clock in `zone` shows as `wall`.

    An aware `wall` names its moment by itself. `later` chooses the second of a doubled hour.

    >>> helsinki = ZoneInfo("Europe/Helsinki")
    >>> from_wall(dt.datetime(2026, 3, 29, 3, 30), helsinki).astimezone(helsinki).isoformat()
    '2026-03-29T04:30:00+03:00'
    >>> from_wall(dt.datetime(2026, 10, 25, 3, 30), helsinki, later=True).astimezone(helsinki).isoformat()
    '2026-10-25T03:30:00+02:00'
    """
    if wall.tzinfo is not None:
        return wall.astimezone(dt.UTC)
    first = wall.replace(tzinfo=zone, fold=0)
    second = wall.replace(tzinfo=zone, fold=1)
    # In a skipped hour the second reading would go back in time, so only a doubled hour has one.
    doubled = second.utcoffset() != first.utcoffset() and _exists(second)
    return (second if later and doubled else first).astimezone(dt.UTC)


def months_after(date: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day where it is shorter.

    >>> months_after(dt.date(2027, 1, 31), 1).isoformat()
    '2027-02-28'
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    end = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)
    return min(end, end.replace(day=min(date.day, end.day)))


def _exists(local: dt.datetime) -> bool:
    there_and_back = local.astimezone(dt.UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None)
