"""Members as a page shows them: in words, by the clock of the centre."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from poukama.gate.rules import OPERATOR, Permission
from poukama.staff.access import Listed, Seen
from poukama.staff.labels import RIGHTS, ROLES, WAY_STATES, Words
from poukama.staff.rules import GRANTS, Role, WayState


@dataclass(frozen=True, slots=True)
class State:
    """A state: its shape's name in the style sheet, and its word."""

    shape: str
    word: Words


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post: where, from when, until which last day, and whether there is something left to end."""

    pk: int
    centre: str
    role: Words
    begins: dt.date
    last_day: dt.date | None
    state: State
    endable: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the list: the posts held now or to come, when they were last in, and how they stand."""

    pk: int
    name: str
    login: str
    roles: tuple[Words, ...]
    last_in: dt.datetime | None
    state: State


@dataclass(frozen=True, slots=True)
class WayLine:
    """A way in, made by whom, and how far it has come."""

    pk: int
    asked_at: dt.datetime
    asked_by: str
    confirmed_by: str
    until: dt.datetime
    word: Words
    stands: bool


NOW, AHEAD, PAST = State("open", _("now")), State("todo", _("to come")), State("past", _("over"))


def post_lines(posts: Iterable[Any], at: dt.datetime) -> list[PostLine]:
    """Posts as they stand, in days of their centre."""
    lines = []
    for post in posts:
        zone, held = ZoneInfo(post.centre.time_zone), post.held
        over = held.ends is not None and held.ends <= at
        state = PAST if over else NOW if held.holds_at(at) else AHEAD
        begins = held.begins.astimezone(zone).date()
        # The last day is that of the last moment before the end.
        last = None if held.ends is None else (held.ends - dt.timedelta(microseconds=1)).astimezone(zone).date()
        last = last and max(last, begins)
        lines.append(PostLine(post.pk, post.centre.code, ROLES[held.role], begins, last, state, endable=not over))
    return lines


def member_line(listed: Listed, at: dt.datetime) -> MemberLine:
    """A member as a line of the list."""
    member = listed.member
    live = {post.held.role for post in listed.posts if post.ends is None or post.ends > at}
    roles = tuple(ROLES[role] for role in Role if role in live)
    return MemberLine(member.pk, member.name, member.login, roles, member.last_login, state_of(listed, at))


def state_of(listed: Listed, at: dt.datetime) -> State:
    """How a member stands: what is to be done about them comes first."""
    if listed.way_in is not None and (waiting := _WAITING.get((listed.came_in, listed.way_in.state_at(at)))):
        return waiting
    if listed.member.closed_at is not None:
        return State("past", _("closed"))
    if not listed.came_in:
        return State("wait", _("cannot come in without a new code"))
    if not any(post.held.holds_at(at) for post in listed.posts):
        return State("past", _("no post now"))
    return State("done", _("in use"))


_WAITING = {
    (False, WayState.OPEN): State("wait", _("has a code, has not come in yet")),
    (False, WayState.EXPIRED): State("wait", _("the code has expired")),
    (False, WayState.ASKED): State("wait", _("new way in asked for, waits for a second person")),
    (True, WayState.ASKED): State("wait", _("new way in asked for, waits for a second person")),
}


def way_lines(seen: Seen, at: dt.datetime) -> list[WayLine]:
    """The ways in of a member, the newest first, with the names of who made them."""
    names = {OPERATOR.key: _("the command line"), **seen.names}
    lines = []
    for way in seen.ways_in:
        state = way.state_at(at)
        confirmed = str(names.get(way.confirmed_by, ""))
        stands = state in {WayState.ASKED, WayState.OPEN}
        asked = str(names.get(way.asked_by, way.asked_by))
        lines.append(WayLine(way.pk, way.asked_at, asked, confirmed, way.expires_at, WAY_STATES[state], stands))
    return lines


def asked(seen: Seen, at: dt.datetime) -> WayLine | None:
    """The request for a new way in that waits for a second person, if one does."""
    waiting = seen.listed.way_in is not None and seen.listed.way_in.state_at(at) is WayState.ASKED
    return way_lines(seen, at)[0] if waiting else None


def rights_table() -> dict[str, Any]:
    """The table of rights: a row for each right that somebody holds, a column for each role, the server's last."""
    roles = list(Role)
    rows: list[dict[str, Any]] = [
        {
            "right": RIGHTS.get(permission.value, permission.value),
            "held": [permission in GRANTS[role] for role in roles] + [permission in OPERATOR.everywhere],
        }
        for permission in sorted(Permission, key=_place)
    ]
    rows = [row for row in rows if any(row["held"])]
    return {"roles": [*(ROLES[role] for role in roles), _("command line")], "rows": rows}


def _place(permission: Permission) -> int:
    places = list(RIGHTS)
    return places.index(permission.value) if permission.value in places else len(places)
