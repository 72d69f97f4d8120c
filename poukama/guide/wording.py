"""Times, choices and whom an answer is for, in the words of the language that is active."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from poukama.centres.rules import Pack
from poukama.doors.known import Age
from poukama.guide.rules import DAYS, INSIDE, INSIDE_WINDOW, OUTSIDE, UNKNOWN, Answer, Questions

_TOMORROW = dt.timedelta(days=1)


def moment(when: dt.datetime, at: dt.datetime, zone: ZoneInfo) -> str:
    """A moment to come, as one says it at `at`: today at 18:00, tomorrow at 8:00, on Monday 30 November at 8:00."""
    local, today = when.astimezone(zone), at.astimezone(zone).date()
    values = {
        "time": formatted(local, pgettext("time format", "H:i")),
        "day": formatted(local, "l"),
        "date": formatted(local, pgettext("date format", "j F")),
    }
    if local.date() == today:
        return _("today at %(time)s") % values
    if local.date() == today + _TOMORROW:
        return _("tomorrow at %(time)s") % values
    return _("on %(day)s %(date)s at %(time)s") % values


def age(group: Age) -> str:
    """An age group: under 16, 16–17, 18 or over, not known."""
    values = {"least": group.least, "most": group.most, "under": (group.most or 0) + 1}
    if group.most is None:
        return _("%(least)s or over") % values if group.least else _("Don't know")
    if not group.least:
        return _("Under %(under)s") % values
    return _("%(least)s–%(most)s") % values if group.least < group.most else str(group.least)


def when(letter: str, pack: Pack) -> str:
    """A choice of how long ago it was."""
    if letter == DAYS:
        return _("Less than 3 days")
    if letter == UNKNOWN:
        return _("Don't know")
    window = pack.window
    if window is None:
        return _("Longer ago")
    if window.months == 1:
        return _("Less than a month") if letter == INSIDE_WINDOW else _("More than a month")
    number = window.months or window.days or 0
    if window.months:
        less, more = _("Less than %(number)s months"), _("More than %(number)s months")
    else:
        less = ngettext("Less than %(number)s day", "Less than %(number)s days", number)
        more = ngettext("More than %(number)s day", "More than %(number)s days", number)
    return (less if letter == INSIDE_WINDOW else more) % {"number": number}


def where(letter: str) -> str:
    """A choice of place."""
    return {INSIDE: _("Yes"), OUTSIDE: _("No"), UNKNOWN: _("Don't know")}[letter]


def for_whom(answer: Answer, asked: Questions, pack: Pack) -> str:
    """Whom an answer is for, in a few words, so that a page that shows every answer can be read."""
    parts = [
        _for_age(answer.chosen(1), asked),
        _for_when(answer.chosen(0), asked, pack),
        _for_where(answer.chosen(2), asked),
    ]
    phrase = "; ".join(part.lower() for part in parts if part)
    return phrase[:1].upper() + phrase[1:]


def _for_age(letters: Sequence[str], asked: Questions) -> str:
    if set(letters) == set(asked.age):
        return ""
    known = [asked.age[letter] for letter in letters if letter != UNKNOWN]
    parts = [age(Age(known[0].least, known[-1].most))] if known else []
    return _(" or ").join([*parts, *([_("age not known")] if UNKNOWN in letters else [])])


def _for_when(letters: Sequence[str], asked: Questions, pack: Pack) -> str:
    if set(letters) == set(asked.when):
        return ""
    words = {letter: when(letter, pack) for letter in letters if letter != UNKNOWN}
    if DAYS in words and INSIDE_WINDOW in words:
        # Less than a month holds less than three days within it.
        del words[DAYS]
    elif INSIDE_WINDOW in words:
        words[INSIDE_WINDOW] = _("more than 3 days")
    known = [_("%(time)s ago") % {"time": _(" or ").join(words.values())}] if words else []
    return _(" or ").join([*known, *([_("time not known")] if UNKNOWN in letters else [])])


def _for_where(letters: Sequence[str], asked: Questions) -> str:
    if set(letters) == set(asked.where):
        return ""
    words = {INSIDE: _("in the area"), OUTSIDE: _("outside the area"), UNKNOWN: _("place not known")}
    return _(" or ").join(words[letter] for letter in letters)
