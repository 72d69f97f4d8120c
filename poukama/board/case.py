"""What the page of one case finds: what was told, the way through, the timeline, the clocks and what is to be done."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from poukama.board.rules import Step, pathway
from poukama.board.words import STEP, due_words, room_words
from poukama.cases.access import CasePage
from poukama.cases.page import Here
from poukama.cases.rules import CloseReason, EntryKind, ReopenReason, Title, clocks
from poukama.cases.shown import Line, TaskShown, VisitShown
from poukama.cases.told import Fact, Topic, differ, standing
from poukama.cases.told_words import TOPIC, answer_words
from poukama.cases.walls import Section
from poukama.cases.words import CLOSE_REASON, ENTRY, PRESENT, REOPEN_REASON, SECTION, TITLE, WHERETO
from poukama.centres.rules import Pack
from poukama.doors.rules import Policy
from poukama.protocols.drawn import bar_with_words, note_of
from poukama.protocols.rules import Interval
from poukama.staff import moments
from poukama.staff.labels import ROLES
from poukama.staff.rules import Role

# The page of a case where more of a step stands; one that has no page yet has no link.
_PAGES: Mapping[Step, str] = {Step.SAFETY: "cases:told", Step.SUPPORT: "care:support"}


def context(page: CasePage, here: Here, policy: Policy, pages: Mapping[str, str]) -> dict[str, Any]:
    """Everything that the template finds. `pages` are those of the case that are built, by name."""
    rooms = {visit.arrived_at: visit.room for visit in page.visits}
    opened = page.opened
    return {
        "told": list(_told(page, here, policy.pack)),
        "told_elsewhere": [SECTION[section] for section in Section if section in page.told.hidden],
        "told_href": pages.get("cases:told", ""),
        "steps": _steps(page, here, pages),
        **_timeline(page.timeline, page.tasks, here, rooms),
        "tasks": [_task(task, here) for task in page.tasks],
        "visit": next((_visit(visit, here) for visit in page.visits if visit.departed_at is None), None),
        "visits": [_visit(visit, here) for visit in page.visits if visit.departed_at is not None],
        "team": [{"name": seat.name, "role": ROLES[seat.role]} for seat in page.team],
        "may_meet": here.writes(Section.IDENTITY),
        "is_on_team": any(seat.member == opened.member for seat in page.team),
        **_clocks(here, policy),
        "empty": not page.told.picture and not page.told.hidden,
        "now_hour": moments.hour(here.at, here.zone),
        "key": uuid4(),
    }


# ── Already told ─────────────────────────────────────────────────────────────────────────────────────────────


def _told(page: CasePage, here: Here, pack: Pack) -> Iterator[dict[str, Any]]:
    names = {line.id: line.name for line in page.timeline}
    places = {code: page.opened.hide(name) for code, name in _municipalities(pack).items()}
    for topic in Topic:
        facts = standing(page.told.picture, topic)
        if facts:
            accounts = [_account(fact, here, names, places) for fact in facts]
            yield {"topic": TOPIC[topic], "accounts": accounts, "differ": differ(page.told.picture, topic)}


def _account(fact: Fact, here: Here, names: Mapping[UUID, str], places: Mapping[str, str]) -> dict[str, Any]:
    heard = moments.nearby(fact.heard_at, here.at, here.zone)
    source = [_("contact") if fact.contact else "", names.get(fact.entry, ""), heard]
    return {
        "answer": answer_words(fact.telling, here.zone, places),
        "words": fact.telling.words,
        "own": fact.telling.own_words,
        "source": ", ".join(part for part in source if part),
        "corrects": fact.telling.corrects is not None,
    }


def _municipalities(pack: Pack) -> dict[str, str]:
    words = pack.words.get(get_language() or "", pack.words[pack.languages[0]])
    codes = pack.area.municipalities if pack.area else ()
    return {code: words.get(f"municipalities.{code}") for code in codes}


# ── The way through ──────────────────────────────────────────────────────────────────────────────────────────


def _steps(page: CasePage, here: Here, pages: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for passed in pathway(page.timeline, page.tasks, page.visits, page.told, page.opened.reach):
        said = [
            moments.nearby(passed.at, here.at, here.zone) if passed.at else "",
            room_words(passed.room),
            due_words(passed.due, here.at, here.zone) if passed.due else "",
        ]
        found.append(
            {
                "word": STEP[passed.step],
                "state": passed.stage.value,
                "said": ", ".join(part for part in said if part),
                "href": pages.get(_PAGES.get(passed.step, ""), ""),
            }
        )
    return found


# ── The timeline ─────────────────────────────────────────────────────────────────────────────────────────────


def _timeline(
    lines: Sequence[Line], tasks: Sequence[TaskShown], here: Here, rooms: Mapping[dt.datetime, str]
) -> dict[str, Any]:
    """The entries by their days, each with its corrections below it, and what is still to come."""
    corrections: dict[UUID, list[Line]] = {}
    for line in lines:
        if line.corrects is not None:
            corrections.setdefault(line.corrects, []).append(line)
    shown = [line for line in lines if line.corrects is None]
    days = [
        {"day": day, "lines": list(_with_corrections(of_day, corrections, here, rooms))}
        for day, of_day in groupby(shown, key=lambda line: moments.day(line.at, here.zone))
    ]
    coming = [task for task in tasks if task.due is not None and task.due >= here.at]
    kinds = {line.section for line in lines}
    return {
        "days": days,
        "coming": [_task(task, here) for task in coming],
        "sections": [{"code": section.value, "word": SECTION[section]} for section in Section if section in kinds],
    }


def _with_corrections(
    lines: Iterator[Line], corrections: Mapping[UUID, list[Line]], here: Here, rooms: Mapping[dt.datetime, str]
) -> Iterator[dict[str, Any]]:
    for line in lines:
        yield _line(line, here, rooms)
        # A correction may be corrected in turn: all of them stand below the first.
        below = list(corrections.get(line.id, []))
        while below:
            each = below.pop(0)
            below = [*corrections.get(each.id, []), *below]
            yield {**_line(each, here, rooms), "corrects": True}


def _line(line: Line, here: Here, rooms: Mapping[dt.datetime, str]) -> dict[str, Any]:
    own = here.writes(line.section) and line.kind in (EntryKind.WRITTEN, EntryKind.CONTACT)
    return {
        "id": line.id,
        "at": moments.hour(line.at, here.zone),
        "section": line.section.value,
        "section_word": SECTION[line.section],
        "hidden": line.words is None,
        "word": ENTRY[line.kind] if line.kind is not EntryKind.WRITTEN else "",
        "more": _more(line, rooms),
        "words": line.words or "",
        "name": line.name,
        "correct": own and line.words is not None,
    }


def _more(line: Line, rooms: Mapping[dt.datetime, str]) -> str:
    """What an entry says besides its kind, in words of ours."""
    match line.kind:
        case EntryKind.TASK_DONE:
            more: object = TITLE[Title(line.reason)]
        case EntryKind.CLOSED:
            more = CLOSE_REASON[CloseReason(line.reason)]
        case EntryKind.REOPENED:
            more = REOPEN_REASON[ReopenReason(line.reason)]
        case EntryKind.ARRIVED:
            more = room_words(rooms.get(line.at, ""))
        case EntryKind.NOTE | EntryKind.ADDENDUM:
            more = SECTION[line.section]
        case _:
            more = ", ".join(str(TOPIC[topic]) for topic in line.topics)
    return str(more)


# ── Tasks and visits ─────────────────────────────────────────────────────────────────────────────────────────


def _task(task: TaskShown, here: Here) -> dict[str, Any]:
    title = TITLE[task.title]
    other = task.title is Title.OTHER and task.words
    return {
        "id": task.id,
        "title": task.words if other else title,
        "words": "" if other else task.words or "",
        "turn": ROLES[task.turn] if isinstance(task.turn, Role) else task.turn,
        "due": due_words(task.due, here.at, here.zone) if task.due else "",
        "late": task.late,
        "section": task.section.value,
        "may": here.writes(task.section),
    }


def _visit(visit: VisitShown, here: Here) -> dict[str, Any]:
    return {
        "id": visit.id,
        "arrived": moments.nearby(visit.arrived_at, here.at, here.zone),
        "room": room_words(visit.room),
        "departed": moments.nearby(visit.departed_at, here.at, here.zone) if visit.departed_at else "",
        "whereto": WHERETO[visit.whereto] if visit.departed_at else "",
        "words": visit.words,
        "there": [{"who": PRESENT[each.who], "words": each.words} for each in visit.there],
    }


# ── The clocks ───────────────────────────────────────────────────────────────────────────────────────────────


def _clocks(here: Here, policy: Policy) -> dict[str, Any]:
    """A clock for each window, to whoever reads when it happened; they lock nothing."""
    if not here.reads(Section.STORY):
        return {"has_clocks": False}
    case, zone = here.case, policy.pack.zone
    event = Interval(case.event_earliest, case.event_latest)
    drawn = [bar_with_words(each, here.at, zone) for each in clocks(policy.windows, event, here.at)]
    return {
        "has_clocks": True,
        "clocks": drawn,
        "clocks_note": note_of(policy.windows, here.at, zone),
        "event": _since(event, here.at),
    }


def _since(event: Interval, at: dt.datetime) -> str:
    """How long ago it happened, in whole hours from the least to the most; in days where it is long."""
    if event.earliest is None or event.latest is None:
        return ""
    least, most = ((at - moment) // dt.timedelta(hours=1) for moment in (event.latest, event.earliest))
    if most >= 72:
        return _("%(hours)s days since the event") % {"hours": _range(least // 24, most // 24)}
    return _("%(hours)s h since the event") % {"hours": _range(least, most)}


def _range(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"
