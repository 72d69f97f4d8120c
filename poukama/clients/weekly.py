"""The hours at which a client may be reached, as a page asks for them and as it says them: `ma–pe 14–15`.

They are kept in the syntax of opening hours; that is read and written here, and shown to nobody.
"""

import re
from dataclasses import dataclass

from babel import Locale
from django.utils.translation import get_language, gettext, pgettext

from poukama.core.hours import ALWAYS

# The days of a week as opening hours write them, Monday first.
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_EVERY_DAY = tuple(range(7))
_DAY = "|".join(DAYS)
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00"
_RULE = re.compile(
    rf"(?:(?P<days>(?:{_DAY})(?:-(?:{_DAY}))?(?:,(?:{_DAY})(?:-(?:{_DAY}))?)*) )?"
    rf"(?P<begins>{_TIME})-(?P<ends>{_TIME})"
)


@dataclass(frozen=True, slots=True)
class Times:
    """Some days of the week, Monday being 0, from one time of the day to another; over midnight if that is earlier."""

    days: tuple[int, ...]
    begins: str
    ends: str

    @property
    def expression(self) -> str:
        """As opening hours are written."""
        return f"{','.join(DAYS[day] for day in self.days)} {self.begins}-{self.ends}"


def read(expression: str) -> tuple[Times, ...] | None:
    """The times in opening hours; None for hours that are not a list of days and times.

    >>> read("Mo-We,Fr 14:00-15:30")
    (Times(days=(0, 1, 2, 4), begins='14:00', ends='15:30'),)
    """
    found = [_RULE.fullmatch(rule.strip()) for rule in expression.split(";")]
    if not all(found):
        return None
    return tuple(Times(_days(each["days"]), each["begins"], each["ends"]) for each in found if each)


def _days(text: str | None) -> tuple[int, ...]:
    if not text:
        return _EVERY_DAY
    days: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        begins, ends = DAYS.index(first), DAYS.index(last or first)
        days |= set(range(begins, ends + 1)) if begins <= ends else set(_EVERY_DAY) - set(range(ends + 1, begins))
    return tuple(sorted(days))


# ── In words ─────────────────────────────────────────────────────────────────────────────────────────────────


def hours_words(expression: str) -> str:
    """Hours as they are said, in the language of the page.

    >>> hours_words("Mo,Tu,We,Th,Fr 14:00-15:00"), hours_words("Sa 09:30-12:00"), hours_words("24/7")
    ('Mon–Fri 14–15', 'Sat 9:30–12', 'at any hour')
    """
    if expression == ALWAYS:
        return gettext("at any hour")
    times = read(expression)
    # What nobody here wrote is rather said as it stands than not at all.
    return "; ".join(_said(each) for each in times) if times else expression


def _said(times: Times) -> str:
    return pgettext("days of the week and times of the day", "%(days)s %(begins)s–%(ends)s") % {
        "days": _days_said(times.days),
        "begins": _time_said(times.begins),
        "ends": _time_said(times.ends),
    }


def _days_said(days: tuple[int, ...]) -> str:
    """Three days or more in a row as a span, others one by one."""
    if days == _EVERY_DAY:
        return gettext("every day")
    names = Locale.parse(get_language() or "en").days["format"]["abbreviated"]
    rows: list[list[int]] = []
    for day in days:
        if rows and rows[-1][-1] == day - 1:
            rows[-1].append(day)
        else:
            rows.append([day])
    return ", ".join(
        f"{names[row[0]]}–{names[row[-1]]}" if len(row) > 2 else ", ".join(names[day] for day in row) for row in rows
    )


def _time_said(text: str) -> str:
    """An hour, with its minutes unless it is full."""
    hour, minutes = text.split(":")
    if minutes == "00":
        return str(int(hour))
    return pgettext("an hour and its minutes", "%(hour)s:%(minutes)s") % {"hour": int(hour), "minutes": minutes}
