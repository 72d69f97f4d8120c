"""The week as its page shows it: every cell in words, with where each leads."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from poukama.roster import words
from poukama.roster.forms import stamp
from poukama.roster.rules import Duty, Gap, Span, Week
from poukama.roster.week import Entry, Row, WeekSeen

# A banner names so many gaps, and counts the others.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day's cell: a shift, or a gap, the first part of which has its `number` in the week."""

    clock: str
    name: str
    href: str
    gap: bool
    now: bool
    instead_of: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A duty's row, cell by cell."""

    duty: Promise
    required: bool
    covered: str
    length: str
    cells: tuple[tuple[Stretch, ...], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A column's head."""

    name: str
    today: bool


@dataclass(frozen=True, slots=True)
class Now:
    """Who is on a duty now; nobody where the name is empty."""

    duty: Promise
    name: str
    phone: str
    until: str


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """All of the page but its buttons."""

    number: int
    dates: str
    days: tuple[Day, ...]
    rows: tuple[ShownRow, ...]
    gaps: int
    named_gaps: tuple[str, ...]
    more_gaps: int
    now: tuple[Now, ...]
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    """What whoever looks may do: plan for everybody, or take a shift where nobody is."""

    keep: bool
    take: bool


def shown(seen: WeekSeen, rights: Rights, at: dt.datetime) -> ShownWeek:
    """A week for its page."""
    first, last = seen.days[0].begins, seen.days[-1].begins
    named = tuple(words.gap_words(gap, seen.zone) for gap in seen.gaps[:_NAMED])
    return ShownWeek(
        seen.week.number,
        words.dates_words(first, last, seen.zone),
        tuple(Day(words.short_day(day.begins, seen.zone), day.holds(at)) for day in seen.days),
        tuple(_row(row, seen, rights, at) for row in seen.rows),
        len(seen.gaps),
        named,
        len(seen.gaps) - len(named),
        _now(seen, at),
        tuple(f"{away.name}: {words.span_words(away.span, seen.zone)}" for away in seen.absences),
    )


def _now(seen: WeekSeen, at: dt.datetime) -> tuple[Now, ...]:
    on = {cover.duty: cover for cover in seen.now}
    return tuple(
        Now(words.DUTIES[duty], on[duty].name, on[duty].phone, words.until_words(on[duty], seen.zone, at))
        if duty in on
        else Now(words.DUTIES[duty], "", "", "")
        for duty in Duty
        if duty in on or duty in seen.required
    )


def _row(row: Row, seen: WeekSeen, rights: Rights, at: dt.datetime) -> ShownRow:
    names = short_names(name for each in seen.rows for day in each.days for entry in day for name in _names(entry))
    cells = tuple(tuple(_stretch(entry, row.duty, seen, rights, names, at) for entry in day) for day in row.days)
    covered, length = words.hours_words(row.covered), words.hours_words(row.length)
    return ShownRow(words.DUTIES[row.duty], row.required, covered, length, cells)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.shift.name, entry.shift.instead_of or entry.shift.name) if entry.shift else ()


def short_names(names: Iterable[str]) -> dict[str, str]:
    """The first name of each, or the whole where two share it.

    >>> short_names(["Maija Meri", "Outi Oja", "Outi Ek"])
    {'Maija Meri': 'Maija', 'Outi Oja': 'Outi Oja', 'Outi Ek': 'Outi Ek'}
    """
    whole = dict.fromkeys(names)
    first = [name.partition(" ")[0] for name in whole]
    return {name: short if first.count(short) == 1 else name for name, short in zip(whole, first, strict=True)}


def _stretch(
    entry: Entry, duty: Duty, seen: WeekSeen, rights: Rights, names: dict[str, str], at: dt.datetime
) -> Stretch:
    clock, now = _clock(entry, seen), entry.span.holds(at)
    if entry.shift is None:
        href = fill(duty, entry.whole) if rights.keep or rights.take else ""
        return Stretch(clock, gettext("Gap"), href, True, now, number=_number(entry, duty, seen.gaps))
    href = reverse("roster:shift", args=[entry.shift.pk]) if rights.keep else ""
    return Stretch(clock, names[entry.shift.name], href, False, now, names.get(entry.shift.instead_of, ""))


def _clock(entry: Entry, seen: WeekSeen) -> str:
    """The hours of a part: a night says its end on its first day, and only its end on the second."""
    begins, ends = entry.span.begins, entry.span.ends
    over_night = entry.goes_on and entry.whole.ends - ends < dt.timedelta(days=1)
    if over_night and not entry.from_before:
        ends = entry.whole.ends
    until = words.clock_words(ends, seen.zone, ends=True, wide=True)
    if entry.from_before and entry.span not in seen.days:
        return f"–{until}"
    return f"{words.clock_words(begins, seen.zone, wide=True)}–{until}"


def _number(entry: Entry, duty: Duty, gaps: tuple[Gap, ...]) -> int:
    if entry.from_before:
        return 0
    return next(n for n, gap in enumerate(gaps, 1) if (gap.duty, gap.begins) == (duty, entry.whole.begins))


def fill(duty: Duty, span: Span) -> str:
    """Where a shift is added that fills a time."""
    asked = {"tehtava": duty.value, "alkaa": stamp(span.begins), "paattyy": stamp(span.ends)}
    return f"{reverse('roster:add')}?{urlencode(asked)}"


def address(week: Week, **more: str) -> str:
    """Where a week's page is."""
    return f"{reverse('roster:week')}?{urlencode({'viikko': str(week), **more})}"
