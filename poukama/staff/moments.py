"""Moments as the desk says them: the clock of the centre, and the date where a night has two."""

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from django.utils.translation import get_language, pgettext


def hour(moment: dt.datetime, zone: ZoneInfo) -> str:
    """What the clock on the centre's wall shows.

    >>> hour(dt.datetime(2026, 11, 24, 0, 14, tzinfo=dt.UTC), ZoneInfo("Europe/Helsinki"))
    '02:14'
    """
    return format_datetime(moment, pgettext("pattern of a time of the day", "HH:mm"), tzinfo=zone, locale="en")


def wall(text: str) -> str:
    """An hour that is kept, as the clock shows it; what is none stays as it was typed.

    >>> wall("03:20"), wall("soon")
    ('03:20', 'soon')
    """
    try:
        shown = dt.time.fromisoformat(text)
    except ValueError:
        return text
    return format_time(shown, pgettext("pattern of a time of the day", "HH:mm"), locale="en")


def day(moment: dt.datetime, zone: ZoneInfo) -> str:
    """The day of the week and the date.

    >>> day(dt.datetime(2026, 11, 24, 0, 14, tzinfo=dt.UTC), ZoneInfo("Europe/Helsinki"))
    'Tue 24 Nov'
    """
    pattern = pgettext("pattern of a day with its date", "EEE d MMM")
    return format_datetime(moment, pattern, tzinfo=zone, locale=get_language() or "en")


def dated(moment: dt.datetime, zone: ZoneInfo) -> str:
    """A day with its year, for what is kept for long or ends far off."""
    pattern = pgettext("pattern of a day with its year", "EEE d MMM y")
    return format_datetime(moment, pattern, tzinfo=zone, locale=get_language() or "en")


def date(day: dt.date) -> str:
    """A date, as what was approved or expires bears it."""
    return format_date(day, locale=get_language() or "en")


def last_day(end: dt.datetime, zone: ZoneInfo) -> str:
    """The last day of what holds up to a midnight, with its year.

    >>> last_day(dt.datetime(2027, 1, 31, 22, tzinfo=dt.UTC), ZoneInfo("Europe/Helsinki"))
    'Sun 31 Jan 2027'
    """
    return dated(end - dt.timedelta(microseconds=1), zone)


def day_and_hour(moment: dt.datetime, zone: ZoneInfo) -> str:
    """A day with its date, and the time."""
    return pgettext("a day and a time of the day", "%(day)s at %(hour)s") % {
        "day": day(moment, zone),
        "hour": hour(moment, zone),
    }


def nearby(moment: dt.datetime, at: dt.datetime, zone: ZoneInfo) -> str:
    """The time alone for a moment of this day, else with its day: what is short is read faster."""
    same = moment.astimezone(zone).date() == at.astimezone(zone).date()
    if not same:
        return day_and_hour(moment, zone)
    return pgettext("a time of the day alone", "%(hour)s") % {"hour": hour(moment, zone)}


def length(began: dt.datetime, ended: dt.datetime) -> str:
    """How long something lasted, in minutes and seconds; in hours as well, when it did.

    >>> start = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    >>> length(start, start + dt.timedelta(seconds=402)), length(start, start + dt.timedelta(hours=1, seconds=5))
    ('06:42', '1:00:05')
    """
    seconds = max(int((ended - began).total_seconds()), 0)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{minutes:02}", f"{seconds:02}"]
    return pgettext("between minutes and seconds", ":").join([str(hours), *parts] if hours else parts)
