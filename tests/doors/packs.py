"""Centres built in Python, so that the rules are tested on values that stand beside the test."""

import datetime as dt
from dataclasses import replace
from types import MappingProxyType
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
)
from poukama.core.hours import Hours
from poukama.protocols.rules import Window, WindowKind

ZONE = ZoneInfo("Europe/Helsinki")
SAID = Origin("page", dt.date(2027, 6, 1))
EXAMPLE = Origin("an example", dt.date(2027, 6, 1), example=True)
LINE = "+358407018446"
DUTIES = frozenset({"doctor", "midwife"})


def hours(expression: str) -> Hours:
    """Opening hours in the zone and with the holidays of the centre."""
    return Hours(expression, ZONE, "FI")


def place(code: str, kind: PlaceKind, phone: str | None = None, open_: str | None = None) -> Place:
    """A place, its number and hours unknown unless given."""
    return Place(code, kind, phone, hours(open_) if open_ else None, SAID)


WOMENS = place("womens", PlaceKind.CENTRE, open_="Mo-Fr 08:00-18:00; PH off")
CHILDRENS = place("childrens", PlaceKind.CHILDREN)
JORVI = place("jorvi", PlaceKind.CHILDREN)
EMERGENCY = place("emergency", PlaceKind.EMERGENCY)
HEALTH_CENTRE = place("health_centre", PlaceKind.LATER)

HELSINKI = Pack(
    code="helsinki",
    country="FI",
    zone=ZONE,
    emergency_phone="112",
    languages=("fi", "sv", "en"),
    invented=False,
    origin=SAID,
    hours_origin=SAID,
    sources=MappingProxyType({}),
    lines=(Line("helpline", LINE, hours("24/7"), own=True, origin=SAID),),
    places=(WOMENS, CHILDRENS, JORVI, EMERGENCY, HEALTH_CENTRE),
    ages=Ages(16, 16, SAID),
    window=CareWindow(1, None, SAID),
    area=Area(
        by_home=True,
        by_event=True,
        municipalities=("helsinki", "espoo", "vantaa"),
        inside=frozenset({"helsinki", "helsingfors", "espoo", "esbo", "vantaa", "vanda"}),
        origin=SAID,
    ),
    night=Night(NightRule.ON_CALL, DUTIES, "emergency", SAID, dt.timedelta(hours=72), SAID),
    emergency_signs=SignList(frozenset({"breathing", "bleeding", "confused"}), SAID),
    medical_signs=SignList(frozenset({"neck", "injury", "pregnant"}), SAID),
    call_first=CallFirst(frozenset({"on_call_now", "medical_now"}), SAID),
    duty=Duty(18, "law", ("police", "child_welfare"), SAID),
    posts=(),
    said=(),
    founding=MappingProxyType({}),
    words=MappingProxyType({}),
)


def centre(**changes: object) -> Pack:
    """The Helsinki centre with some values changed."""
    return replace(HELSINKI, **changes)  # type: ignore[arg-type]


def night(rule: NightRule, **changes: object) -> Pack:
    """The Helsinki centre with another night."""
    return centre(night=replace(HELSINKI.night, rule=rule, **changes))  # type: ignore[arg-type]


def window(hours_long: float, *, kind: WindowKind = WindowKind.SAMPLE, approved_by: str = "Dr A") -> Window:
    """A protocol's window of so many hours."""
    return Window("window", kind, dt.timedelta(hours=hours_long), "source", dt.date(2027, 6, 1), approved_by)
