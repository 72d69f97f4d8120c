"""A case, its visits, tasks, notes and timeline: the words they are kept in, and what may not be done.

No rule here asks for a police report, a name or a gender. Nothing is a gate to anything else.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from poukama.cases.walls import Section
from poukama.clients.consents import Effect, Recipient
from poukama.clients.duties import DutyTask, Step
from poukama.protocols.rules import Clock, ClockState, Interval, Window, clock
from poukama.staff.rules import Role


class Kind(StrEnum):
    """What the centre does for the client: all of it, or one thing for another place that has them in its care."""

    OWN = "own"
    FOR_ANOTHER = "for_another"


class State(StrEnum):
    """Whether anything may be added."""

    OPEN = "open"
    CLOSED = "closed"


class EntryKind(StrEnum):
    """What an entry of the timeline says happened."""

    OPENED = "opened"
    CONTACT = "contact"
    TOLD = "told"
    ARRIVED = "arrived"
    DEPARTED = "departed"
    WRITTEN = "written"
    NOTE = "note"
    ADDENDUM = "addendum"
    TASK_DONE = "task_done"
    JOINED = "joined"
    LEFT = "left"
    CROSSING = "crossing"
    NOTICE = "notice"
    CONSENTS = "consents"
    CLOSED = "closed"
    REOPENED = "reopened"


# What somebody may write by hand; the rest is written by what it tells of.
BY_HAND = frozenset({EntryKind.WRITTEN, EntryKind.CONTACT})


class CloseReason(StrEnum):
    """Why a case is closed."""

    ALL_DONE = "all_done"
    CLIENT_WISHES = "client_wishes"
    GOES_ON_ELSEWHERE = "goes_on_elsewhere"
    OUT_OF_REACH = "out_of_reach"


class ReopenReason(StrEnum):
    """Why a closed case is opened again."""

    CLIENT_CAME_BACK = "client_came_back"
    SAMPLES = "samples"
    LEGAL_PROCESS = "legal_process"
    CLOSED_BY_MISTAKE = "closed_by_mistake"


class Present(StrEnum):
    """Who else is there during a visit."""

    STAFF = "staff"
    COMPANION = "companion"
    INTERPRETER = "interpreter"
    SUPPORT_PERSON = "support_person"
    OFFICIAL = "official"


class Whereto(StrEnum):
    """Where the client goes after a visit."""

    NOT_ASKED = "not_asked"
    HOME = "home"
    RELATIVE = "relative"
    FRIEND = "friend"
    SHELTER = "shelter"
    HOSPITAL = "hospital"
    POLICE = "police"
    OTHER = "other"
    UNSAID = "unsaid"


class Title(StrEnum):
    """What is to be done; OTHER says it in words."""

    CALL_CLIENT = "call_client"
    ASK_AGAIN = "ask_again"
    LABORATORY = "laboratory"
    STATEMENT = "statement"
    PLAN = "plan"
    FOLLOW_UP = "follow_up"
    INTERPRETER = "interpreter"
    APPOINTMENT = "appointment"
    STORAGE_DECISION = "storage_decision"
    STOP_AND_RECALL = "stop_and_recall"
    TELL_POLICE = "tell_police"
    TELL_CHILD_WELFARE = "tell_child_welfare"
    SHELTER = "shelter"
    OTHER = "other"


class Arising(StrEnum):
    """What a task came of."""

    MEMBER = "member"
    CONSENT = "consent"
    DUTY = "duty"


SECTION_OF: Mapping[Title, Section] = {
    Title.CALL_CLIENT: Section.IDENTITY,
    Title.ASK_AGAIN: Section.IDENTITY,
    Title.LABORATORY: Section.HEALTH,
    Title.STATEMENT: Section.FORENSIC,
    Title.PLAN: Section.HEALTH,
    Title.FOLLOW_UP: Section.HEALTH,
    Title.INTERPRETER: Section.IDENTITY,
    Title.APPOINTMENT: Section.IDENTITY,
    Title.STORAGE_DECISION: Section.LEGAL,
    Title.STOP_AND_RECALL: Section.LEGAL,
    Title.TELL_POLICE: Section.LEGAL,
    Title.TELL_CHILD_WELFARE: Section.LEGAL,
    Title.SHELTER: Section.STORY,
}


class Ground(StrEnum):
    """On what one register may read the other."""

    CONSENT = "consent"
    LAW = "law"


class Refusal(StrEnum):
    """Why a step is refused."""

    CLOSED = "closed"
    NOT_CLOSED = "not_closed"
    NOT_LET_IN = "not_let_in"
    WALL = "wall"
    TIMES = "times"
    NO_WORDS = "no_words"
    NO_TURN = "no_turn"
    UNASKED = "unasked"
    SIGNED = "signed"
    NOT_SIGNED = "not_signed"
    NOT_YOURS = "not_yours"
    HERE_ALREADY = "here_already"
    STILL_HERE = "still_here"
    OTHER_TOPIC = "other_topic"
    NO_POST = "no_post"
    ONESELF = "oneself"
    NO_GROUND = "no_ground"
    NOBODY = "nobody"
    ELSEWHERE = "elsewhere"


class Refused(Exception):
    """A step that is refused, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Listing(StrEnum):
    """Which cases a list shows."""

    OPEN = "open"
    MINE = "mine"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ref:
    """A case of one centre by its key alone."""

    centre_id: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a case begins: the post in which whoever opens it does so, and a name to call somebody by, or none.

    For another place, `asked_by` is which, as the pack names it.
    """

    role: Role
    called: str = ""
    kind: Kind = Kind.OWN
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for a section. `asked` is whether the client wants the chaplain's kept; `private` is for a note."""

    section: Section
    words: str = ""
    asked: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as it stands in one window: the words, and the number of this save, higher than any before it there.

    `seen` is how often the note had been saved when the window last read it.
    """

    words: str
    writer: UUID
    number: int
    seen: int


@dataclass(frozen=True, slots=True)
class Source:
    """Who heard something, as a member's number, when, and in which contact; whoever writes it, now, where not said."""

    heard_by: int | None = None
    heard_at: dt.datetime | None = None
    contact: UUID | None = None


@dataclass(frozen=True, slots=True)
class There:
    """Somebody else who is there during a visit: one of staff by their number, or another in words."""

    who: Present
    member: int | None = None
    words: str = ""

    def __post_init__(self) -> None:
        if (self.who is Present.STAFF) == (self.member is None):
            raise Refused(Refusal.NOBODY)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where the client goes from here, as far as they say, and when; now, where that is not said."""

    whereto: Whereto = Whereto.NOT_ASKED
    words: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whether the registers may read each other, on which ground, in words; and when the client was told of a law."""

    allowed: bool
    ground: Ground
    words: str = ""
    told_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn a task is: a role's or one member's."""

    role: Role | None = None
    member: int | None = None

    def __post_init__(self) -> None:
        if (self.role is None) == (self.member is None):
            raise Refused(Refusal.NO_TURN)


@dataclass(frozen=True, slots=True)
class Doing:
    """What is to be done, whose turn it is, by when, and what it came of. `section` is needed only for OTHER."""

    title: Title
    turn: Turn
    words: str = ""
    due: dt.datetime | None = None
    arising: Arising = Arising.MEMBER
    section: Section | None = None


# Heard by whoever writes, as they write.
HERE = Source()


def section_of(doing: Doing) -> Section:
    """The section that a task belongs to. Raises Refused for one in words that has no words or no section."""
    if doing.title is not Title.OTHER:
        return SECTION_OF[doing.title]
    if not doing.words.strip() or doing.section is None:
        raise Refused(Refusal.NO_WORDS)
    return doing.section


# Whom a duty names, and what informing them is called; anybody else is named in words.
NOTICES = {Recipient.POLICE: Title.TELL_POLICE, Recipient.CHILD_WELFARE: Title.TELL_CHILD_WELFARE}


def for_duties(duties: Iterable[DutyTask], turn: Turn) -> tuple[Doing, ...]:
    """The tasks of a duty towards authorities: to inform each, and to ask the age while somebody's hangs on that.

    Whoever has been informed needs no task. The client hears of it first, which the title says.
    """
    found = []
    for duty in duties:
        if duty.step is Step.ASK_AGE:
            found.append(Doing(Title.ASK_AGAIN, turn, arising=Arising.DUTY))
        elif duty.step is not Step.SENT:
            title = NOTICES.get(duty.recipient, Title.OTHER)
            words = duty.name if title is Title.OTHER else ""
            found.append(Doing(title, turn, words, arising=Arising.DUTY, section=Section.LEGAL))
    return tuple(dict.fromkeys(found))


def for_withdrawal(effect: Effect, turn: Turn) -> tuple[Doing, ...]:
    """The task of a consent that is withdrawn: to stop what it stops, and to tell those who have received something."""
    if not (effect.stops or effect.left):
        return ()
    return (Doing(Title.STOP_AND_RECALL, turn, arising=Arising.CONSENT),)


def key_of_task(case: UUID, doing: Doing, came_of: str) -> UUID:
    """The key of a task that comes of something else, so that it is made once however often that is looked at."""
    return uuid5(case, f"{doing.arising} {doing.title} {doing.words} {came_of}")


def is_late(due: dt.datetime | None, done_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether a task is not done though its time has passed; one without a time never is."""
    return due is not None and done_at is None and due < at


def happened(said: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    """When something happened that is written down now. Raises Refused for a time that has not come."""
    if said is not None and said > at:
        raise Refused(Refusal.TIMES)
    return said or at


def clocks(windows: Iterable[Window], event: Interval, at: dt.datetime) -> tuple[Clock, ...]:
    """What the windows of the protocol show for this event: the one that closes first on top, those past last.

    They lock nothing.
    """
    found = (clock(window, event, at) for window in windows)
    return tuple(sorted(found, key=lambda each: (each.state is ClockState.PASSED, each.most, each.window.code)))
