"""Rooms, lots, skills and mishaps as their pages show them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import ngettext

from poukama.premises.access import LotSeen, MishapSeen, Rooms, Skilled, Written
from poukama.premises.rules import NO_EXPIRY, Condition, Shown, Skill
from poukama.premises.words import KIND, OUTCOME, SKILL, STATE, STEP, SUPPLY, VERB, VISITOR, cleaning_words
from poukama.staff import moments

# Written down so much later than it happened is said.
_LATER = dt.timedelta(minutes=5)


def rooms(found: Rooms, zone: ZoneInfo) -> dict[str, Any]:
    """The rooms and the log."""
    return {
        "rooms": [_room(name, each, zone) for name, each in found.conditions.items()],
        "lines": [_line(each, zone) for each in found.lines],
    }


def _room(name: str, found: Condition, zone: ZoneInfo) -> dict[str, Any]:
    shape, word = STATE[found.state]
    entered = ngettext("one has entered since its release", "%(number)s have entered since its release", found.entered)
    return {
        "name": name,
        "shape": shape,
        "word": word,
        "since": moments.day_and_hour(found.since, zone) if found.since else "",
        "entered": entered % {"number": found.entered} if found.entered else "",
    }


def _line(written: Written, zone: ZoneInfo) -> dict[str, Any]:
    line = written.line
    what: list[Any] = [VERB[line.verb]]
    if line.visitor is not None:
        what.append(VISITOR[line.visitor])
    if line.cleaning is not None:
        what.append(cleaning_words(line.cleaning))
    if line.outcome is not None:
        what.append(OUTCOME[line.verb][line.outcome])
    later = written.written_at - line.at > _LATER
    return {
        "at": moments.day_and_hour(line.at, zone),
        "room": line.room,
        "what": ", ".join(str(each) for each in what),
        "name": written.name,
        "later": moments.day_and_hour(written.written_at, zone) if later else "",
    }


def lots(found: Iterable[LotSeen], at: dt.datetime, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Each lot in words."""
    today = at.astimezone(zone).date()
    return [
        {
            "id": each.id,
            "supply": SUPPLY[each.lot.supply],
            "number": each.lot.number,
            "expires": moments.date(each.lot.expires),
            "expired": each.lot.expired(today) and each.lot.in_use(at),
            "begun": moments.day_and_hour(each.lot.begun, zone),
            "name": each.name,
            "ended": moments.day_and_hour(each.lot.ended, zone) if each.lot.ended else "",
        }
        for each in found
    ]


def skill_heads() -> list[Promise]:
    """The columns of the table of skills."""
    return list(SKILL.values())


def people(found: Iterable[Skilled], today: dt.date) -> list[dict[str, Any]]:
    """Each member with a cell for each skill."""
    return [{"name": each.member.name, "cells": [_cell(skill, each.shown, today) for skill in Skill]} for each in found]


def _cell(skill: Skill, shown: Iterable[Shown], today: dt.date) -> dict[str, Any]:
    newest = next((each for each in shown if each.skill is skill), None)
    if newest is None or newest.taken_back:
        return {}
    since = moments.date(newest.on)
    if skill in NO_EXPIRY:
        return {"holds": True, "words": since}
    return {"holds": newest.holds(today), "words": moments.date(newest.until) if newest.until else since}


def mishaps(found: Iterable[MishapSeen], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Each mishap in a line."""
    return [mishap(each, zone) for each in found]


def mishap(seen: MishapSeen, zone: ZoneInfo) -> dict[str, Any]:
    """A mishap with what was written of it."""
    steps = [
        {"step": STEP[each.step], "words": each.words, "at": moments.day_and_hour(each.at, zone), "name": each.name}
        for each in seen.steps
    ]
    return {
        "id": seen.id,
        "kind": KIND[seen.kind],
        "room": seen.room,
        "at": moments.day_and_hour(seen.at, zone),
        "closed": seen.closed,
        "steps": steps,
    }
