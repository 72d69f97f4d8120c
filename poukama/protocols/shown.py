"""Protocols as their page shows them: whether each is in force, what it says, and how its clock would look."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from poukama.protocols.access import Seen
from poukama.protocols.approvals import Approvable, Approval, Decided, in_force, kind_of
from poukama.protocols.drawn import STATES, Bar, bar_with_words, name_of
from poukama.protocols.retention import Retention
from poukama.protocols.rules import Interval, Window, clock
from poukama.protocols.sampling import Group, Protocol
from poukama.protocols.words import (
    ANATOMIES,
    ANSWERED,
    CONTAINERS,
    IRREGULARS,
    KINDS,
    PARTS,
    SAMPLE_KINDS,
    STORAGES,
    VERBS,
    length_words,
    retention_words,
)
from poukama.staff.labels import LANGUAGES
from poukama.staff.moments import date as date_words
from poukama.staff.moments import day_and_hour


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the list: what it is, how long, by whom, and whether it is in force."""

    kind: str
    code: str
    name: str
    says: str
    source: str
    review_by: str
    stale: bool
    state: str
    word: str
    who: str


def line(thing: Approvable, at: dt.datetime, zone: ZoneInfo) -> Line:
    """A thing in one line."""
    state, word = _state(thing, at, zone)
    return Line(
        kind=kind_of(thing),
        code=thing.code,
        name=_name(thing),
        says=_says(thing),
        source=thing.source,
        review_by=date_words(thing.review_by),
        stale=thing.review_by < at.astimezone(zone).date(),
        state=state,
        word=word,
        who=thing.approved_by,
    )


def _name(thing: Approvable) -> str:
    return str(name_of(thing) if isinstance(thing, Window) else KINDS[kind_of(thing)])


def _says(thing: Approvable) -> str:
    if isinstance(thing, Window):
        return length_words(thing.length)
    if isinstance(thing, Retention):
        return retention_words(thing)
    return thing.version


def _state(thing: Approvable, at: dt.datetime, zone: ZoneInfo) -> tuple[str, str]:
    if in_force(thing, at, zone):
        return "done", _("In force")
    if thing.approved and thing.valid_from:
        return "wait", _("From %(date)s") % {"date": date_words(thing.valid_from)}
    return "todo", _("EXAMPLE – not approved")


def clocks_of_event(windows: Sequence[Window], hours: int, at: dt.datetime, zone: ZoneInfo) -> list[Bar]:
    """The clocks of an event so many hours ago, as they show now; a grey one says what it would show once approved."""
    then = at - dt.timedelta(hours=hours)
    return [_bar(window, Interval(then, then), at, zone) for window in windows]


def _bar(window: Window, event: Interval, at: dt.datetime, zone: ZoneInfo) -> Bar:
    seen = clock(window, event, at)
    drawn = bar_with_words(seen, at, zone)
    if in_force(window, at, zone):
        return drawn
    _shape, word = STATES[seen.state]
    return replace(drawn, note=_("Once approved: %(word)s") % {"word": word})


def listed(decided: Decided, hours: int, at: dt.datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The list of everything, and the test case."""
    lines = [line(each, at, zone) for each in decided.windows]
    return {
        "lines": lines,
        "none_in_force": not any(in_force(each, at, zone) for each in decided.windows),
        "sampling": line(decided.sampling, at, zone) if decided.sampling else None,
        "retention": line(decided.retention, at, zone) if decided.retention else None,
        "clocks": clocks_of_event(decided.windows, hours, at, zone),
        "hours": hours,
    }


# ── One thing ────────────────────────────────────────────────────────────────────────────────────────────────


def one(seen: Seen, at: dt.datetime, zone: ZoneInfo) -> dict[str, Any]:
    """One thing whole, so that whoever approves it has read it; and every word on it so far."""
    thing = seen.thing
    known: dict[str, Any] = {"line": line(thing, at, zone), "kind": KINDS[kind_of(thing)]}
    known["words"] = [_word(each, seen.version, zone) for each in seen.words]
    if isinstance(thing, Protocol):
        names = {window.code: str(name_of(window)) for window in seen.windows}
        known["groups"] = [_group(each, names) for each in thing.groups]
        known["irregular"] = [(IRREGULARS[each], ANSWERED[said]) for each, said in thing.irregular.items()]
        known["spoken"] = [(LANGUAGES.get(code, code), each.owner) for code, each in thing.spoken.items()]
    return known


def _word(said: Approval, version: str, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "verb": VERBS[said.verb],
        "who": said.approver,
        "at": day_and_hour(said.at, zone),
        "valid_from": date_words(said.valid_from) if said.valid_from else "",
        "of_this": said.version == version,
    }


def _group(group: Group, windows: dict[str, str]) -> dict[str, Any]:
    here = get_language() or "en"
    waits = group.not_before.days if group.not_before else 0
    return {
        "name": group.in_language(here).name,
        "part": PARTS[group.part] if group.part else "",
        "window": windows.get(group.window, ""),
        "asks": bool(group.scope),
        "early": group.early,
        "waits": waits,
        "source": group.source,
        "sites": [_site(group, number, here) for number in range(len(group.sites))],
        "words": [(LANGUAGES.get(code, code), code, words) for code, words in group.words.items()],
    }


def _site(group: Group, number: int, language: str) -> dict[str, Any]:
    site = group.sites[number]
    return {
        "name": group.name_of(site, language),
        "kind": SAMPLE_KINDS[site.kind],
        "items": site.items,
        "wet_then_dry": site.wet_then_dry,
        "storage": STORAGES[site.storage],
        "container": CONTAINERS[site.container],
        "gloves": site.glove_change,
        "repeats": site.repeats,
        "anatomy": ANATOMIES[site.anatomy] if site.anatomy else "",
    }
