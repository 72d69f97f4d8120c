"""How long a centre keeps a sample that nobody has reported: a dated, sourced, approved rule, or nothing at all.

No rule ships for Finland. Where none is set and approved, no page shows a number and no sample ends by rule.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from poukama.core.clock import from_wall, months_after


@dataclass(frozen=True, slots=True)
class Retention:
    """How long, in calendar months or in days (exactly one of them), by which source; by whom it is approved."""

    code: str
    months: int | None
    days: int | None
    source: str
    review_by: dt.date
    approved_by: str = ""
    valid_from: dt.date | None = None

    @property
    def approved(self) -> bool:
        """Whether a named person has approved it."""
        return bool(self.approved_by)

    def last_date(self, start: dt.date) -> dt.date:
        """The last date on which it is kept, the month's last day where the month is shorter."""
        if self.days is not None:
            return start + dt.timedelta(days=self.days)
        return months_after(start, self.months or 0)

    def ends(self, start: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        """The first moment at which it has ended: midnight after its last date, by the centre's clocks."""
        after = self.last_date(start.astimezone(zone).date()) + dt.timedelta(days=1)
        return from_wall(dt.datetime.combine(after, dt.time()), zone)
