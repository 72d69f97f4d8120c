"""What the desk's pages are given of rows: opened, and no more of them than a page shows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from poukama.doors.known import Door, Reason
from poukama.doors.rules import Policy
from poukama.helpline.answers import Answers, Channel, SafeContact, Words
from poukama.helpline.rules import ArrivalState, Means, Option, Outcome, Reached, Ref, Retention
from poukama.roster.rules import Cover


@dataclass(frozen=True)
class Desk:
    """What holds at a centre now: its policy, and who covers which duty, which is asked when somebody looks."""

    policy: Policy
    ask: Callable[[], tuple[Cover, ...]] = tuple

    @cached_property
    def covers(self) -> tuple[Cover, ...]:
        """Who is on call, first in line first."""
        return self.ask()

    @property
    def on_call(self) -> frozenset[str]:
        """The duties that somebody covers: what the engine is told."""
        return frozenset(cover.duty for cover in self.covers)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the engine said when a choice was last changed, or at the end."""

    door: Door
    reason: Reason
    trace: tuple[str, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What the midwife took."""

    option: Option
    door: Door
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody on call was told."""

    duty: str
    means: Means
    at: dt.datetime
    by: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The case that a contact is attached to, by its code; without either for whom that case does not exist."""

    case: UUID | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """A call that was promised, with what it needs; `late` says so at this moment."""

    ref: Ref
    contact: Ref
    promised_at: dt.datetime
    due: dt.datetime | None
    late: bool
    way: SafeContact
    language: str
    voicemail: bool
    called_name: str
    phone: str
    hours: str
    name_to_say: str
    done_at: dt.datetime | None = None
    reached: Reached | None = None
    attached: Attached | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is on the way, with what they told, so that it is not asked again."""

    ref: Ref
    contact: Ref
    agreed_at: dt.datetime
    due: dt.datetime | None
    state: ArrivalState
    door: Door | None
    called_name: str
    answers: Answers
    told: tuple[Telling, ...]
    attached: Attached | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact in the list. `mine` says whether the reader holds its pen; `this_shift` whether it began in it."""

    ref: Ref
    channel: Channel
    began_at: dt.datetime
    ended_at: dt.datetime | None
    late: bool
    language: str
    outcome: Outcome
    suggested: Door | None
    taken: Door | None
    called_name: str
    writes: str
    mine: bool
    this_shift: bool
    attached: Attached | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """The desk between calls: contacts in progress, those that ended, newest first, and what is promised."""

    since: dt.datetime
    in_progress: tuple[Listed, ...]
    ended: tuple[Listed, ...]
    call_backs: tuple[Promised, ...]
    arrivals: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One contact, whole. `mine`: in progress and the reader's own; `writes` names whoever holds the pen.

    `unreadable`: its key is destroyed or spoilt, so `words` are empty though words were told.
    """

    ref: Ref
    channel: Channel
    began_at: dt.datetime
    ended_at: dt.datetime | None
    entered_at: dt.datetime
    late: bool
    mine: bool
    writes: str
    writer: UUID | None
    number: int
    saved_at: dt.datetime | None
    answers: Answers
    words: Words
    unreadable: bool
    suggestion: Suggestion | None
    taken: Taken | None
    outcome: Outcome
    retention: Retention
    told: tuple[Telling, ...]
    call_backs: tuple[Promised, ...]
    arrivals: tuple[Expected, ...]
