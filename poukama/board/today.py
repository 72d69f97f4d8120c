"""What the board of today finds: what stands first, four columns by where people and work are, rooms, who is on."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from poukama.board.rules import FEW, First, Why, first
from poukama.board.words import RULE, due_words, room_words, waited_words
from poukama.cases import access as cases
from poukama.cases.shown import Board, CameIn, HereNow, ToReview, Waiting
from poukama.cases.words import PRESENT, TITLE
from poukama.centres.models import Centre
from poukama.centres.rules import Pack
from poukama.core.clock import from_wall
from poukama.doors.held import policy_of
from poukama.gate.rules import Actor, Permission
from poukama.helpline import access as helpline
from poukama.helpline.shown import Expected
from poukama.helpline.words import no_code
from poukama.premises import access as premises
from poukama.premises.rules import State
from poukama.premises.words import STATE
from poukama.roster import access as roster
from poukama.roster.rules import Cover, Duty, Gap, Span, Week
from poukama.roster.shown import address, fill
from poukama.roster.words import DUTIES, clock_words, gap_words
from poukama.staff import moments
from poukama.staff.labels import ROLES
from poukama.staff.languages import language_name
from poukama.staff.rules import Role

# A column shows so many; what is more is counted.
_ROWS = 8


@dataclass(frozen=True, slots=True)
class Look:
    """What a board is made of."""

    board: Board
    coming: tuple[Expected, ...]
    covers: tuple[Cover, ...]
    gap: Gap | None
    rooms: Mapping[str, State]
    pack: Pack
    by: Actor
    centre: Centre
    at: dt.datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the centre's clock."""
        return self.centre.zone


def look(centre: Centre, *, by: Actor, at: dt.datetime) -> Look:
    """Read all that the board shows, as far as whoever looks may see it."""
    reads_desk = by.may(Permission.CONTACT_READ, centre=centre.pk)
    reads_rooms = by.may(Permission.PREMISES_READ, centre=centre.pk)
    return Look(
        board=cases.board(centre, week_ends=_week_ends(at, centre.zone), by=by, at=at),
        coming=helpline.coming(centre, by=by, at=at) if reads_desk else (),
        covers=roster.covering(centre, by=by, at=at),
        gap=roster.next_gap(centre, by=by, at=at),
        rooms=premises.states(centre, by=by, at=at) if reads_rooms else {},
        pack=policy_of(centre).pack,
        by=by,
        centre=centre,
        at=at,
    )


def _week_ends(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    monday = Week.of(at.astimezone(zone).date()).later(1).monday
    return from_wall(dt.datetime.combine(monday, dt.time()), zone)


def context(seen: Look) -> dict[str, Any]:
    """Everything that the templates find: codes, languages, times and whose turn it is; never the event."""
    board, at, zone = seen.board, seen.at, seen.zone
    at_night = [each for each in board.came if not seen.pack.open_at(each.arrived_at)]
    waiting = [*board.waiting, *board.week]
    top = first(seen.gap, waiting, at_night, board.reviews, at)
    return {
        "day": moments.day(at, zone),
        "hour": moments.hour(at, zone),
        "covers": [
            {"duty": DUTIES[Duty(cover.duty)], "name": cover.name, "until": clock_words(cover.until, zone, ends=True)}
            for cover in seen.covers
            if cover.duty in (Duty.MIDWIFE, Duty.DOCTOR)
        ],
        "rules": [RULE[why] for why in Why if why is not Why.REVIEW or _reviews(seen)],
        "first": [_first(each, seen) for each in top[:FEW]],
        "first_more": len(top) - len(top[:FEW]),
        "coming": _column([_coming(each, seen) for each in seen.coming]),
        "here": _column([_here(each, seen) for each in board.here], cut="here" in board.more),
        "waiting": _column([_waiting(each, seen) for each in board.waiting], cut="waiting" in board.more),
        "week": _column([_waiting(each, seen) for each in board.week], cut="week" in board.more),
        "rooms": _rooms(seen),
        "night": len(at_night),
    }


def _reviews(seen: Look) -> bool:
    return seen.by.may(Permission.CASE_REVIEW, centre=seen.centre.pk)


def _column(rows: Iterable[dict[str, Any]], *, cut: bool = False) -> dict[str, Any]:
    """The rows that a column shows, how many there are, and how many are not shown."""
    every = list(rows)
    number = f"{len(every)}+" if cut else str(len(every))
    return {"rows": list(islice(every, _ROWS)), "number": number, "more": max(len(every) - _ROWS, 0)}


# ── What stands first ────────────────────────────────────────────────────────────────────────────────────────


def _first(each: First, seen: Look) -> dict[str, Any]:
    """A row: the shape of its state, the code or the day, what of it, whose turn, and where it is mended."""
    at, zone = seen.at, seen.zone
    row: dict[str, Any] = {"state": "wait", "code": each.code, "case": each.case, "turn": "", "label": ""}
    match each.what:
        case Gap() as gap:
            week = Week.of(gap.begins.astimezone(zone).date())
            may = seen.by.may(Permission.SHIFT_KEEP, centre=seen.centre.pk)
            row |= {
                "state": "fault",
                "label": moments.day(gap.begins, zone),
                "what": _("Nobody on call: %(gap)s") % {"gap": gap_words(gap, zone)},
            }
            row |= {"href": fill(gap.duty, Span(gap.begins, gap.ends)) if may else address(week), "gap": True}
        case Waiting() as task:
            late = _("%(task)s, due %(day)s") % {
                "task": TITLE[task.title],
                "day": due_words(task.due or at, at, zone),
            }
            row |= {"what": late, "turn": _turn(task.turn)}
        case CameIn() as came:
            row["what"] = _("Came at night, %(when)s. Something is still open.") % {
                "when": moments.day_and_hour(came.arrived_at, zone)
            }
        case ToReview() as review:
            row["what"] = _("Opened in an emergency; to be looked at by %(day)s.") % {
                "day": due_words(review.review_by, at, zone)
            }
    return row


def _turn(turn: Role | str) -> str:
    return str(ROLES[turn]) if isinstance(turn, Role) else turn


# ── The columns ──────────────────────────────────────────────────────────────────────────────────────────────


def _coming(each: Expected, seen: Look) -> dict[str, Any]:
    answers = each.answers
    needs = [_("interpreter") if answers.interpreter else ""]
    return {
        "when": moments.nearby(each.due or each.agreed_at, seen.at, seen.zone),
        "contact": each.contact.id,
        "attached": each.attached,
        "language": "" if no_code(answers.language) else language_name(answers.language),
        "needs": ", ".join(need for need in needs if need),
    }


def _here(each: HereNow, seen: Look) -> dict[str, Any]:
    there = [str(PRESENT[who]) for who in each.there]
    since = _("since %(when)s") % {"when": moments.nearby(each.arrived_at, seen.at, seen.zone)}
    return {
        "case": each.case,
        "code": each.code,
        "room": room_words(each.room),
        "said": ", ".join([since, *([language_name(each.language)] if each.language else []), *there]),
    }


def _waiting(task: Waiting, seen: Look) -> dict[str, Any]:
    waited = waited_words(task.added_at, seen.at, seen.zone)
    return {
        "case": task.case,
        "code": task.code,
        "late": task.late,
        "when": due_words(task.due, seen.at, seen.zone) if task.due else waited,
        "waited": waited_words(task.due, seen.at, seen.zone) if task.late and task.due else "",
        "said": f"{TITLE[task.title]}, {_turn(task.turn)}",
    }


# A room that waits for something says so; else it is free.
_NOT_FREE = frozenset({State.IN_USE, State.TO_CLEAN, State.LOCKED})


def _rooms(seen: Look) -> list[dict[str, Any]]:
    """Each room of the centre, taken or free, or what it waits for."""
    taken = {each.room for each in seen.board.here}
    return [
        {
            "word": room_words(room),
            "taken": room in taken,
            "waits": STATE[state][1] if (state := seen.rooms.get(room, State.UNKNOWN)) in _NOT_FREE else "",
        }
        for room in seen.pack.rooms
    ]
