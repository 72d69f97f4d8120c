"""Clocks as they are drawn: what is surely used of a window, what perhaps, and in words. They lock nothing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from poukama.protocols.approvals import in_force
from poukama.protocols.rules import Clock, ClockState, Window
from poukama.staff.moments import date as date_words

STATES: Mapping[ClockState, tuple[str, Promise]] = {
    ClockState.OPEN: ("open", pgettext_lazy("clock", "open")),
    ClockState.CLOSING: ("wait", pgettext_lazy("clock", "closing")),
    ClockState.UNCERTAIN: ("todo", pgettext_lazy("clock", "unsure")),
    ClockState.PASSED: ("past", pgettext_lazy("clock", "past")),
}
# What the windows that packs know are called; one of another name is shown by its code.
NAMES: Mapping[str, Promise] = {
    "any_sample": pgettext_lazy("window", "Other samples"),
    "mouth": pgettext_lazy("window", "Samples from the mouth"),
    "skin": pgettext_lazy("window", "Samples from the skin"),
    "nails": pgettext_lazy("window", "Samples from the nails"),
    "hair_swab": pgettext_lazy("window", "Swabs of the hair"),
    "external_genital": pgettext_lazy("window", "External genital samples"),
    "internal_genital": pgettext_lazy("window", "Internal genital samples"),
    "anal": pgettext_lazy("window", "Anal samples"),
    "urine_toxicology": pgettext_lazy("window", "Toxicology, urine"),
    "blood_toxicology": pgettext_lazy("window", "Toxicology, blood"),
    "hiv_prophylaxis": pgettext_lazy("window", "HIV prevention"),
    "levonorgestrel": pgettext_lazy("window", "Emergency contraception, levonorgestrel"),
    "ulipristal": pgettext_lazy("window", "Emergency contraception, ulipristal"),
    "copper_device": pgettext_lazy("window", "Emergency contraception, copper device"),
    "hepatitis_b_immunoglobulin": pgettext_lazy("window", "Hepatitis B, immunoglobulin"),
    "hepatitis_b_vaccine": pgettext_lazy("window", "Hepatitis B, vaccine"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A clock as it is drawn: surely used and perhaps used, in whole hundredths of the window."""

    name: Promise | str
    state: str
    word: str
    sure: int
    perhaps: int
    said: str
    note: str = ""


def bar(name: Promise | str, seen: Clock, at: dt.datetime, zone: ZoneInfo, note: str = "") -> Bar:
    """A clock as a bar. One that nobody has approved is grey, whatever is left of it."""
    length = seen.window.length
    sure = _hundredths((length - seen.most) / length)
    most = 100 if seen.least is None else _hundredths((length - seen.least) / length)
    state, word = STATES[seen.state]
    if not in_force(seen.window, at, zone):
        state, word = "todo", pgettext_lazy("clock", "example")
    said = _("at least %(least)s and at most %(most)s per cent of the time is used") % {"least": sure, "most": most}
    return Bar(name, state, str(word), sure, most - sure, said, note)


def bar_with_words(seen: Clock, at: dt.datetime, zone: ZoneInfo) -> Bar:
    """A clock as a bar by the name of its window; where its time has passed, with what can still be done."""
    passed = seen.state is ClockState.PASSED and in_force(seen.window, at, zone)
    note = _("May still be considered; ask the doctor.") if passed else ""
    return bar(name_of(seen.window), seen, at, zone, note)


def name_of(window: Window) -> Promise | str:
    """What a window is called; one that has no name of ours by its code."""
    return NAMES.get(window.code, window.code.replace("_", " ").capitalize())


def _hundredths(share: float) -> int:
    return min(max(round(100 * share), 0), 100)


def note_of(shown: Sequence[Window], at: dt.datetime, zone: ZoneInfo) -> str:
    """Who approved what is shown, and what it rests on."""
    if not shown:
        return _("This centre has no protocol yet, so there are no clocks.")
    approved = [window for window in shown if in_force(window, at, zone)]
    if not approved:
        return _("Examples that nobody has approved yet. Source: %(source)s") % {"source": shown[0].source}
    first = approved[0]
    since = [date_words(first.valid_from)] if first.valid_from else []
    who = ", ".join([first.approved_by, *since])
    return _("Approved by: %(who)s. Source: %(source)s") % {"who": who, "source": first.source}
