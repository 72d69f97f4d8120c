"""People at work on cases, as the actions make them: a night with a midwife, a doctor and the rest of the house."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from poukama.audit import trail
from poukama.cases import access, actions
from poukama.cases.inside import Entered, Opened
from poukama.cases.models import BrokenGlass, Case, Entry, Note
from poukama.cases.need import GlassReason, Purpose
from poukama.cases.rules import Beginning, Ref, Refusal, Refused, Wording
from poukama.cases.told import Said, Telling, Topic, time_code
from poukama.cases.walls import Section
from poukama.centres.models import Centre
from poukama.gate.rules import Actor
from poukama.gate.scope import within
from poukama.protocols.rules import Interval
from poukama.roster.actions import add_shift
from poukama.roster.rules import Duty, Span
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.factories import at
from tests.people import make_member

AT = at("2026-11-24T03:20")
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
NECK = Telling(Topic.NECK, Said.NO)
WORDS = "she says the room was cold"


def by(member: Member, when: dt.datetime = AT) -> Actor:
    """A member as the actor of a moment."""
    return standing(member, when).actor


def now(member: Member, when: dt.datetime = AT) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": by(member, when), "at": when}


def make_colleague(role: Role, centre: Centre, login: str | None = None, **known: Any) -> Member:
    """A member in one role, with the role's name to sign in by."""
    return make_member(role, centre=centre, login=login or role.value, **known)


def make_case(member: Member, centre: Centre, *, key: UUID | None = None, when: dt.datetime = AT, **known: Any) -> Case:
    """A case that a member opens in the role of a midwife."""
    beginning = Beginning(**{"role": Role.MIDWIFE, "called": "Aino"} | known)
    return actions.open_case(centre, beginning=beginning, key=key or uuid4(), by=by(member, when), at=when)


def ref(case: Case) -> Ref:
    """A case by its key."""
    return Ref(case.centre_id, case.pk)


def into(case: Case, member: Member, *, when: dt.datetime = AT, on_duty: bool = False) -> Entered:
    """A member inside a case, to act."""
    return access.enter(ref(case), by=by(member, when), at=when, on_duty=on_duty)


def opened(case: Case, member: Member, *, when: dt.datetime = AT, on_duty: bool = False) -> Opened:
    """A case opened by a member, to read."""
    return access.open_case(ref(case), purpose=Purpose.CARE, by=by(member, when), at=when, on_duty=on_duty)


def break_glass(case: Case, member: Member, *, when: dt.datetime = AT, words: str = "she rang, in pain") -> BrokenGlass:
    """The glass of a case, broken."""
    return actions.break_glass(
        ref(case), reason=GlassReason.CLIENT_HERE, words=words, key=uuid4(), by=by(member, when), at=when
    )


def tell(case: Case, member: Member, *tellings: Telling, when: dt.datetime = AT, **known: Any) -> Entry:
    """Something told to a member inside a case."""
    given = {"key": uuid4(), **now(member, when), **known}
    return actions.tell(into(case, member, when=when), tellings=tellings or (NECK,), **given)


def on_call(centre: Centre, member: Member, planner: Member, when: dt.datetime = AT) -> None:
    """A member on the midwife's duty for an hour before and after a moment, as whoever plans has put them."""
    span = Span(when - HOUR, when + HOUR)
    add_shift(centre, key=uuid4(), duty=Duty.MIDWIFE, member=member, span=span, by=by(planner, when), at=when)


def timed(interval: Interval) -> Telling:
    """When it happened, as a telling."""
    return Telling(Topic.TIME, codes=frozenset({time_code(interval)}))


def events(centre: Centre) -> list[str]:
    """What the centre's trail says happened, in its order."""
    with within(centre.pk):
        return [line.event for line in trail.lines(centre.pk)]


def refused(refusal: Refusal) -> Any:
    """A step is refused in what follows, for this reason."""
    return pytest.raises(Refused, match=rf"^{refusal}$")


def begin_note(case: Case, member: Member, section: Section = Section.HEALTH, words: str = WORDS, **known: Any) -> Note:
    """A note that a member begins."""
    return actions.begin_note(into(case, member), wording=Wording(section, words, **known), key=uuid4(), **now(member))


def counted(read: Callable[[], object]) -> int:
    """How many queries a reading takes."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read()
    return len([each for each in queries if "SAVEPOINT" not in each["sql"]])
