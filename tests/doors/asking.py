"""Asking the rules in a word: what is known, as a table's row says it."""

import datetime as dt
from typing import Any

from poukama.centres.rules import Pack
from poukama.doors.known import Age, Known, Sign, Want
from poukama.doors.rules import Policy, Route, route
from poukama.protocols.rules import Interval, Window
from tests.factories import HELSINKI, at, make_pack

OPEN = at("2026-11-24T12:00")
NIGHT = at("2026-11-24T03:00")
DUTIES = frozenset({"doctor", "midwife"})
ADULT = Age(34, 34)


def ago(hours: float, moment: dt.datetime = NIGHT) -> dt.datetime:
    """So many hours before a moment, of the clock on no wall."""
    return (moment.astimezone(dt.UTC) - dt.timedelta(hours=hours)).astimezone(HELSINKI)


def event(earliest: float | None, latest: float | None, moment: dt.datetime = NIGHT) -> Interval:
    """It happened so many hours ago."""
    return Interval(
        None if earliest is None else ago(earliest, moment), None if latest is None else ago(latest, moment)
    )


def signs(*words: str) -> frozenset[Sign]:
    return frozenset(Sign(word) for word in words)


def wants(*words: str) -> frozenset[Want]:
    return frozenset(Want(word) for word in words)


def ask(
    pack: Pack | None = None,
    moment: dt.datetime = NIGHT,
    *,
    windows: tuple[Window, ...] = (),
    on_call: frozenset[str] = DUTIES,
    **known: Any,
) -> Route:
    """The route of an adult of whom nothing else is known, except as told."""
    pack = make_pack() if pack is None else pack
    return route(Known(**{"age": ADULT, **known}), Policy(pack, windows), on_call=on_call, at=moment)
