"""Small valid centres for tests: each factory takes what the test is about and fills in the rest.

The centre is open on weekdays 8-18, has a line at all hours, and neither examples nor a time limit on its values.
"""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from poukama.centres.rules import (
    Ages,
    Area,
    CallFirst,
    CareWindow,
    Duty,
    Line,
    Night,
    NightRule,
    Origin,
    Pack,
    Place,
    PlaceKind,
    SignList,
    Source,
    TextState,
    Words,
)
from poukama.core.clock import from_wall
from poukama.core.hours import Hours
from poukama.protocols.rules import Window, WindowKind

HELSINKI = ZoneInfo("Europe/Helsinki")
FAR = dt.date(2099, 1, 1)
ORIGIN = Origin("page", FAR)
EXAMPLE = Origin("page", FAR, example=True)


def at(text: str) -> dt.datetime:
    """A moment from what a clock in Helsinki shows, as `2026-11-24T03:00`."""
    return from_wall(dt.datetime.fromisoformat(text), HELSINKI).astimezone(HELSINKI)


def make_hours(expression: str = "Mo-Fr 08:00-18:00; PH off") -> Hours:
    return Hours(expression, HELSINKI, "FI")


def make_line(code: str = "helpline", hours: str = "24/7", **changes: Any) -> Line:
    line = Line(code, "+358400000000", make_hours(hours), own=True, origin=ORIGIN)
    return replace(line, **changes)


def make_place(code: str, kind: PlaceKind, hours: str | None = None, **changes: Any) -> Place:
    place = Place(code, kind, phone=None, hours=make_hours(hours) if hours else None, origin=ORIGIN)
    return replace(place, **changes)


def make_places() -> tuple[Place, ...]:
    """One place of each kind; only the centre has hours."""
    return (
        make_place("centre", PlaceKind.CENTRE, "Mo-Fr 08:00-18:00; PH off"),
        make_place("emergency", PlaceKind.EMERGENCY),
        make_place("children", PlaceKind.CHILDREN),
        make_place("later", PlaceKind.LATER),
    )


def make_night(rule: NightRule = NightRule.ON_CALL, **changes: Any) -> Night:
    night = Night(rule, frozenset({"doctor", "midwife"}), "emergency", ORIGIN, dt.timedelta(hours=72), ORIGIN)
    return replace(night, **changes)


def make_area(*, by_home: bool = True, by_event: bool = True, inside: tuple[str, ...] = ("helsinki",)) -> Area:
    return Area(by_home, by_event, ("helsinki",), frozenset(inside), ORIGIN)


def make_words(language: str = "en", state: TextState = TextState.APPROVED, **texts: str) -> Words:
    """Words in one language; `centre__name="..."` sets the key `centre.name`."""
    given = {key.replace("__", "."): text for key, text in texts.items()}
    return Words(language, "Coordinator", FAR, state, {"centre.name": "Centre", "centre.area": "in Helsinki", **given})


def make_pack(**changes: Any) -> Pack:
    """A whole centre, with any of its fields changed."""
    pack = Pack(
        code="bay",
        country="FI",
        zone=HELSINKI,
        emergency_phone="112",
        languages=("en",),
        invented=False,
        origin=ORIGIN,
        country_origin=ORIGIN,
        hours_origin=ORIGIN,
        sources={"page": Source("A page", dt.date(2026, 11, 24))},
        lines=(make_line(),),
        places=make_places(),
        ages=Ages(16, 16, ORIGIN),
        window=CareWindow(1, None, ORIGIN),
        area=make_area(),
        night=make_night(),
        emergency_signs=SignList(frozenset({"breathing", "bleeding", "confused"}), ORIGIN),
        medical_signs=SignList(frozenset({"neck", "injury", "pregnant"}), ORIGIN),
        call_first=CallFirst(frozenset({"on_call_now", "medical_now"}), ORIGIN),
        duty=Duty(18, ("police",), ORIGIN),
        posts=(),
        services=(),
        founding=(),
        said=(),
        words={"en": make_words()},
    )
    return replace(pack, **changes)


def make_window(hours: int, kind: WindowKind = WindowKind.SAMPLE, **changes: Any) -> Window:
    window = Window("window", kind, dt.timedelta(hours=hours), "A page", FAR, approved_by="Chief physician")
    return replace(window, **changes)
