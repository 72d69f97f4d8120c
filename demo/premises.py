"""Satama's rooms in practice: one cleaned and released, one to be cleaned, two lots in use, and what two have shown."""

import datetime as dt
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from demo.night import last_night
from poukama.centres.models import Centre
from poukama.premises.actions import begin_lot, write_room, write_skill
from poukama.premises.rules import Cleaning, Lot, Outcome, RoomLine, Shown, Skill, Supply, Verb
from poukama.staff.access import standing
from poukama.staff.models import Member

_AGENT, _AGENT_LOT = "Puhdistusaine", "P-2026-11"
_WIPED = Cleaning(_AGENT, _AGENT_LOT, 2, dt.timedelta(minutes=5))
_YEAR = dt.timedelta(days=365)


def premises(centre: Centre, at: dt.datetime) -> None:
    """Write it down as of the evening before the night; what is there stays as it is."""
    evening = last_night(at, centre.zone).begins

    def said(name: str, login: str) -> dict[str, Any]:
        by = standing(Member.objects.get(login=login), evening).actor
        return {"key": _key(centre, name), "by": by, "at": evening}

    cleaned = RoomLine("1", Verb.CLEANED, evening, Outcome.PASSED, _WIPED)
    write_room(centre, line=cleaned, **said(f"room 1 {evening:%F}", "outi"))
    write_room(centre, line=RoomLine("2", Verb.LEFT, evening), **said(f"room 2 {evening:%F}", "outi"))
    day = evening.astimezone(centre.zone).date()
    for supply, number in ((Supply.REAGENT, _AGENT_LOT), (Supply.GLOVES, "K-1183")):
        begin_lot(centre, lot=Lot(supply, number, day + _YEAR, evening), **said(f"lot {number}", "outi"))
    maija = Member.objects.get(login="maija")
    for skill, until in ((Skill.SAMPLING, day + _YEAR), (Skill.ELIMINATION_LIST, None)):
        write_skill(centre, member=maija, shown=Shown(skill, day, until), **said(f"skill {skill}", "kaisa"))


def _key(centre: Centre, name: str) -> UUID:
    """The key of a form, the same each time."""
    return uuid5(NAMESPACE_OID, f"{centre.code} {name}")
