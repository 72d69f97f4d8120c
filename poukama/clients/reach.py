"""How a client may be reached: by the ways they opened, as they said, and by no other.

Whatever goes to a client, or to somebody close about them, asks `may_reach` first. No way is open by itself.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from poukama.clients.consents import Act, Answer, Entry, Purpose, Recipient, answer_to
from poukama.core.hours import Hours


class Channel(StrEnum):
    """By what something reaches somebody. What goes to a close person about the client is a way of its own."""

    CALL = "call"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"
    CLOSE_PERSON = "close_person"


class Answering(StrEnum):
    """Who may answer."""

    NOT_ASKED = "not_asked"
    CLIENT = "client"
    NAMED = "named"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Way:
    """A way as the client opened it, closed it or changed it at a moment; the newest word on a `key` holds.

    `address` is the number or the address. Hours are the client's own; `expires` is None while no end is said.
    """

    key: UUID
    channel: Channel
    open: bool
    address: str
    hours: Hours
    said_at: dt.datetime
    voicemail: bool = False
    answering: Answering = Answering.NOT_ASKED
    who_answers: str = ""
    name_we_say: str = ""
    code_word: str = ""
    expires: dt.datetime | None = None
    number: int = 0


class Closed(StrEnum):
    """Why nothing may go this way now, the reason that says most last."""

    NEVER_OPENED = "never_opened"
    CLOSED = "closed"
    EXPIRED = "expired"
    OUTSIDE_HOURS = "outside_hours"
    NO_CONTACT = "no_contact"


_MOST_TELLING = tuple(Closed)


class NoWay(Exception):
    """Nothing may go this way now. `opens` is when it may, where that is only a matter of hours."""

    def __init__(self, closed: Closed, opens: dt.datetime | None = None) -> None:
        super().__init__(closed)
        self.closed = closed
        self.opens = opens


class Unusable(StrEnum):
    """What a way lacks."""

    ADDRESS = "address"
    NEVER = "never"
    OVER = "over"


class NotAWay(ValueError):
    """A way that could not be used as it is said."""

    def __init__(self, unusable: Unusable) -> None:
        super().__init__(unusable)
        self.unusable = unusable


BY_US = Act(Purpose.CONTACT, Recipient.CENTRE)


def may_reach(ways: Iterable[Way], ledger: Iterable[Entry], channel: Channel, at: dt.datetime) -> Way:
    """The way by which a client may be reached over this channel now. Raises NoWay with the reason that says most.

    `ways` is all that the client has said of ways, in any order. "No" or "not now" to contact closes every way.
    """
    if answer_to(BY_US, ledger, at) in (Answer.NO, Answer.NOT_NOW):
        raise NoWay(Closed.NO_CONTACT)
    reasons, opens = [Closed.NEVER_OPENED], []
    for way in standing(ways, at):
        if way.channel is not channel:
            continue
        closed = closed_at(way, at)
        if closed is None:
            return way
        reasons.append(closed)
        if closed is Closed.OUTSIDE_HOURS and (opening := _opening(way, at)):
            opens.append(opening)
    raise NoWay(max(reasons, key=_MOST_TELLING.index), min(opens, default=None))


def standing(ways: Iterable[Way], at: dt.datetime) -> tuple[Way, ...]:
    """The newest word on each way that was said by this moment, the first opened first."""
    said = sorted((way for way in ways if way.said_at <= at), key=lambda way: (way.said_at, way.number))
    return tuple({way.key: way for way in said}.values())


def closed_at(way: Way, at: dt.datetime) -> Closed | None:
    """Why a way is closed at a moment; None while it is open."""
    if not way.open:
        return Closed.CLOSED
    if way.expires is not None and way.expires <= at:
        return Closed.EXPIRED
    return None if way.hours.open_at(at) else Closed.OUTSIDE_HOURS


def check(way: Way) -> None:
    """Raise NotAWay for one that could never be used: no address, hours that never come, an end already past."""
    if not way.address.strip():
        raise NotAWay(Unusable.ADDRESS)
    if way.expires is not None and way.expires <= way.said_at:
        raise NotAWay(Unusable.OVER)
    if not way.hours.open_at(way.said_at) and _opening(way, way.said_at) is None:
        raise NotAWay(Unusable.NEVER)


def _opening(way: Way, at: dt.datetime) -> dt.datetime | None:
    """When the hours next open, if that is before the way's end."""
    opening = way.hours.next_opening(at)
    return None if opening is None or (way.expires is not None and way.expires <= opening) else opening
