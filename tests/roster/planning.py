"""A centre with people who can be on call, and shifts put on as the actions put them."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from poukama.centres.models import Centre
from poukama.gate.rules import Actor
from poukama.gate.scope import within
from poukama.roster import access, actions
from poukama.roster.models import Change, Shift
from poukama.roster.rules import Away, Duty, Planned, Span
from poukama.roster.standing import parts, posts_at
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Held, Role
from tests.factories import at
from tests.people import LONG_AGO, make_centre, make_member

NOW = at("2026-11-24T03:00")


def span(begins: str, ends: str) -> Span:
    """A span by what clocks in Helsinki show, as `2026-11-24T22:00`."""
    return Span(at(begins), at(ends))


def planned(begins: str, ends: str, *, duty: Duty = Duty.MIDWIFE, member: int = 1, **more: Any) -> Planned:
    return Planned(duty, member, f"Member {member}", span(begins, ends), **more)


def away(begins: str, ends: str, member: int = 1) -> Away:
    return Away(member, f"Member {member}", span(begins, ends))


def post(role: Role = Role.MIDWIFE, begins: dt.datetime = LONG_AGO, ends: dt.datetime | None = None) -> Held:
    return Held(1, role, begins, ends)


class Roster:
    """Satama with a coordinator, midwives and doctors; `by` is the coordinator."""

    def __init__(self, centre: Centre | None = None) -> None:
        self.centre = centre or make_centre()
        roles = {"kaisa": Role.MIDWIFE_COORDINATOR, "maija": Role.MIDWIFE, "outi": Role.MIDWIFE}
        roles |= {"laine": Role.DOCTOR, "niemi": Role.DOCTOR, "mikko": Role.MANAGER}
        self.members = {
            login: make_member(role, centre=self.centre, login=login, phone=f"+3584000000{number:02}")
            for number, (login, role) in enumerate(roles.items())
        }
        self.by = self.actor("kaisa")

    def __getitem__(self, login: str) -> Member:
        return self.members[login]

    def actor(self, login: str) -> Actor:
        return standing(self[login], NOW).actor

    def add(self, begins: str, ends: str, login: str = "maija", duty: Duty = Duty.MIDWIFE, **more: Any) -> Change:
        facts = {"key": uuid4(), "by": self.by, "at": NOW, **more}
        return actions.add_shift(self.centre, duty=duty, member=self[login], span=span(begins, ends), **facts)

    def away(self, begins: str, ends: str, login: str = "maija", **more: Any) -> Change:
        facts = {"key": uuid4(), "by": self.by, "at": NOW, **more}
        return actions.add_absence(self.centre, member=self[login], span=span(begins, ends), **facts)

    def made(self, change: Change) -> list[tuple[str, Span]]:
        """What stands of what a change put on: who, and when."""
        return [(shift.name, shift.span) for shift in self.shifts(change.pk)]

    def shifts(self, key: UUID | None = None) -> list[Planned]:
        """Every shift that stands, or what stands of one change."""
        with within(self.centre.pk):
            rows = Shift.objects.filter(taken_away_by=None).select_related("member", "instead_of").order_by("begins")
            if key:
                rows = rows.filter(made_by=key)
            posts = posts_at(self.centre.pk, span("2026-01-02T00:00", "2027-12-31T00:00"))
            return [part for row in rows for part in parts(row, posts)]

    def opened(self, change: Change) -> Any:
        """The first shift of a change, as a page opens it."""
        return access.shift(self.centre, self.shifts(change.pk)[0].pk, by=self.by, at=NOW).row
