"""Three weeks of the invented centres' roster, the middle one this week's: planned, swapped, and with two gaps."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from poukama.centres.models import Centre
from poukama.core.clock import from_wall
from poukama.gate.rules import Actor
from poukama.roster import access, actions
from poukama.roster.rules import Duty, Span, Week
from poukama.staff.access import standing
from poukama.staff.models import Member

_KEYS = UUID("7c9c4a6e-6a0b-4c1b-9d0e-3d2f6d9b7a51")
# Who plans: the coordinator, or where there is none the administrator.
_PLANS = {"satama": "kaisa", "laakso": "ida"}
# A duty's turns: from and to which hour (past 24 is the next day), and who from Monday to Sunday; a dash is nobody.
_TURNS: dict[str, tuple[tuple[Duty, int, int, str], ...]] = {
    "satama": (
        (Duty.MIDWIFE, 0, 8, "maija maija kerttu kerttu ilona ilona ilona"),
        (Duty.MIDWIFE, 8, 18, "kaisa kaisa kaisa kaisa kaisa outi outi"),
        (Duty.MIDWIFE, 18, 24, "kerttu ilona ilona maija outi kerttu kerttu"),
        (Duty.DOCTOR, 8, 22, "laine laine niemi koski koski laine laine"),
        (Duty.DOCTOR, 22, 32, "laine niemi niemi koski laine niemi niemi"),
        (Duty.SOCIAL_WORKER, 8, 16, "sini sini sini sini - - -"),
        (Duty.PSYCHOLOGIST, 8, 16, "pia pia pia pia pia - -"),
        (Duty.CHAPLAIN, 0, 24, "hanna hanna hanna hanna hanna hanna hanna"),
    ),
    "laakso": (
        (Duty.MIDWIFE, 8, 16, "elli elli elli elli elli - -"),
        (Duty.DOCTOR, 8, 32, "laine laine laine laine laine laine laine"),
    ),
}


def roster(centres: Mapping[str, Centre], at: dt.datetime) -> int:
    """Plan last week, this one and the next at each centre that has no shifts yet; how many centres that were."""
    return sum(_plan(centre, at) for code, centre in centres.items() if code in _TURNS)


def _plan(centre: Centre, at: dt.datetime) -> bool:
    keeper = Member.objects.filter(login=_PLANS[centre.code]).first()
    if keeper is None:
        return False
    desk = _Desk(centre, standing(keeper, at).actor, at)
    this = Week.of(at.astimezone(centre.zone).date())
    if access.week(centre, this, by=desk.by, at=at).planned_before:
        return False
    desk.fill(this.later(-1))
    for week in (this, this.later(1)):
        key = desk.key("copy", week)
        actions.copy_week(centre, key=key, source=this.later(-1), target=week, by=desk.by, at=at)
    if centre.code == "satama":
        desk.unsettle(this)
    return True


@dataclass(frozen=True, slots=True)
class _Desk:
    """A centre's roster in the hands of who plans it."""

    centre: Centre
    by: Actor
    at: dt.datetime

    def key(self, *what: object) -> UUID:
        """The key of one step, the same whenever the demo is loaded."""
        return uuid.uuid5(_KEYS, " ".join(map(str, (self.centre.code, *what))))

    def span(self, week: Week, day: int, begins: int, ends: int) -> Span:
        """Hours of a day of a week; past 24 is the next day."""
        midnight = dt.datetime.combine(week.monday + dt.timedelta(days=day), dt.time())
        return Span(*(from_wall(midnight + dt.timedelta(hours=n), self.centre.zone) for n in (begins, ends)))

    def member(self, login: str) -> Member:
        """Somebody of the centre."""
        found = access.people(self.centre, by=self.by, at=self.at)
        return next(person.member for person in found if person.member.login == login)

    def fill(self, week: Week) -> None:
        """Put on every turn of a week."""
        for duty, begins, ends, logins in _TURNS[self.centre.code]:
            for day, login in enumerate(logins.split()):
                if login != "-":
                    span = self.span(week, day, begins, ends)
                    who, key = self.member(login), self.key(week, duty, day, begins)
                    actions.add_shift(self.centre, key=key, duty=duty, member=who, span=span, by=self.by, at=self.at)

    def unsettle(self, week: Week) -> None:
        """What happens to a plan: two swaps, somebody away, and nobody from ten on Sunday evening."""
        self.swap(week, 3, 8, "outi", Duty.MIDWIFE)
        self.swap(week, 2, 22, "koski", Duty.DOCTOR)
        away = self.span(week, 2, 0, 24)
        key = self.key(week, "away")
        actions.add_absence(self.centre, key=key, member=self.member("pia"), span=away, by=self.by, at=self.at)
        evening = self.shift(week, 6, 18, Duty.MIDWIFE)
        short = Span(evening.shift.span.begins, self.span(week, 6, 18, 22).ends)
        key, kerttu = self.key(week, "short"), evening.row.member
        actions.change_shift(evening.row, key=key, member=kerttu, span=short, by=self.by, at=self.at)
        night = self.shift(week, 6, 22, Duty.DOCTOR)
        actions.remove_shift(night.row, key=self.key(week, "nobody"), by=self.by, at=self.at)

    def shift(self, week: Week, day: int, hour: int, duty: Duty) -> access.Opened:
        """The shift that begins then."""
        begins = self.span(week, day, hour, hour + 1).begins
        rows = access.week(self.centre, week, by=self.by, at=self.at).rows
        entries = (entry for row in rows if row.duty is duty for cell in row.days for entry in cell)
        pk = next(entry.shift.pk for entry in entries if entry.shift and entry.whole.begins == begins)
        return access.shift(self.centre, pk, by=self.by, at=self.at)

    def swap(self, week: Week, day: int, hour: int, login: str, duty: Duty) -> None:
        """Give the shift that begins then to somebody else."""
        opened, who = self.shift(week, day, hour, duty), self.member(login)
        key = self.key(week, "swap", day)
        actions.change_shift(opened.row, key=key, member=who, span=opened.shift.span, by=self.by, at=self.at)
