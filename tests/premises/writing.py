"""What is written down of rooms and people in tests."""

import datetime as dt
from typing import Any
from uuid import uuid4

from poukama.centres.models import Centre
from poukama.premises import actions
from poukama.premises.models import LotInUse, Mishap, RoomEntry, SkillEntry
from poukama.premises.rules import Cleaning, Kind, Lot, Outcome, RoomLine, Shown, Skill, Supply, Verb
from poukama.staff.models import Member
from tests.people import acting
from tests.premises.conftest import AT

WIPED = Cleaning("Agent", "A-1", 2, dt.timedelta(seconds=30))
DAY = dt.date(2026, 11, 24)


def said_by(member: Member, **known: Any) -> dict[str, Any]:
    return {"key": uuid4(), "by": acting(member), "at": AT, **known}


def room_line(verb: Verb = Verb.TAKEN, outcome: Outcome | None = None, **known: Any) -> RoomLine:
    cleaning = WIPED if verb is Verb.CLEANED else None
    return RoomLine(**{"room": "1", "verb": verb, "at": AT, "outcome": outcome, "cleaning": cleaning, **known})


def write_room(centre: Centre, member: Member, line: RoomLine | None = None, **known: Any) -> RoomEntry:
    return actions.write_room(centre, line=line or room_line(), **said_by(member, **known))


def begin_lot(centre: Centre, member: Member, number: str = "G-17", **known: Any) -> LotInUse:
    lot = Lot(Supply.GLOVES, number, DAY, AT)
    return actions.begin_lot(centre, lot=lot, **said_by(member, **known))


def write_skill(centre: Centre, by: Member, of: Member, shown: Shown | None = None, **known: Any) -> SkillEntry:
    shown = shown or Shown(Skill.SAMPLING, DAY, dt.date(2027, 11, 24))
    return actions.write_skill(centre, member=of, shown=shown, **said_by(by, **known))


def write_mishap(centre: Centre, member: Member, words: str = "Tarra irtosi.", **known: Any) -> Mishap:
    room = known.pop("room", "1")
    return actions.write_mishap(centre, kind=Kind.SEAL, room=room, words=words, **said_by(member, **known))


def add_to(mishap: Mishap, member: Member, words: str = "Uusi tarra.", *, closes: bool = False, **known: Any) -> Any:
    return actions.add_to_mishap(mishap, words=words, closes=closes, **said_by(member, **known))
