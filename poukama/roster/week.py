"""The week as its table: for each duty one row of what will ring, day by day, with its gaps. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from poukama.roster.rules import Away, Cover, Duty, Gap, Planned, Span, Week, gaps, uncovered


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a day: a shift's, or a gap's where `shift` is None. `whole` is all of it, on other days too."""

    span: Span
    whole: Span
    shift: Planned | None

    @property
    def from_before(self) -> bool:
        """Whether it began on a day before."""
        return self.whole.begins < self.span.begins

    @property
    def goes_on(self) -> bool:
        """Whether it goes on the day after."""
        return self.span.ends < self.whole.ends


@dataclass(frozen=True, slots=True)
class Row:
    """A duty's week: its seven days, how long it is covered, and how long the week is."""

    duty: Duty
    required: bool
    days: tuple[tuple[Entry, ...], ...]
    covered: dt.timedelta
    length: dt.timedelta


@dataclass(frozen=True, slots=True)
class WeekSeen:
    """A centre's week: who is on now, the rows, the gaps that begin in it, and who is away."""

    week: Week
    zone: ZoneInfo
    days: tuple[Span, ...]
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    absences: tuple[Away, ...]
    required: frozenset[Duty]
    now: tuple[Cover, ...]
    planned_before: bool

    @property
    def empty(self) -> bool:
        """Whether nobody is planned at all."""
        return not any(row.covered for row in self.rows)

    def missing_now(self, at: dt.datetime) -> tuple[Duty, ...]:
        """The duties that must be covered and that nobody covers at this moment."""
        on = {cover.duty for cover in self.now}
        return tuple(duty for duty in Duty if duty in self.required and duty not in on)


def gaps_of(week: Span, duties: Iterable[Duty], shifts: Sequence[Planned]) -> tuple[Gap, ...]:
    """The gaps that begin in a week, to their end where that is known to come within a day after the week."""
    horizon = week.ends + dt.timedelta(days=1)
    found = gaps(Span(week.begins, horizon), duties, shifts)
    return tuple(
        Gap(gap.duty, gap.begins, gap.ends if gap.ends < horizon else week.ends)
        for gap in found
        if gap.begins < week.ends
    )


def row(
    duty: Duty, days: tuple[Span, ...], shifts: Sequence[Planned], missing: Sequence[Gap], *, required: bool
) -> Row:
    """A duty's row, of its shifts and gaps."""
    mine = [(each.span, each) for each in shifts if each.duty is duty]
    holes = [(Span(gap.begins, gap.ends), None) for gap in missing if gap.duty is duty]
    whole = Span(days[0].begins, days[-1].ends)
    bare = sum((span.length for span in uncovered(whole, (span for span, _ in mine))), dt.timedelta())
    entries = sorted([*mine, *holes], key=lambda pair: pair[0])
    cells = tuple(
        tuple(Entry(common, span, shift) for span, shift in entries if (common := span.common(day))) for day in days
    )
    return Row(duty, required, cells, whole.length - bare, whole.length)
