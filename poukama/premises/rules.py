"""What a room is fit for, by what was written down of it; what is in use; and what somebody has shown that they can.

Nothing here gates care: it says what is known, so that a court can be told and nobody has to guess.
Source of the fields: what the guidance on contamination asks records of (research/domain.md, section 5).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# What a container says can be so long, and a cleaning so thorough; more is a slip of the hand.
MOST_PASSES = 20
LONGEST_CONTACT = dt.timedelta(hours=2)


class Verb(StrEnum):
    """What happened in a room."""

    CLEANED = "cleaned"
    ENTERED = "entered"
    TAKEN = "taken"
    LEFT = "left"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    SWABBED = "swabbed"


class Outcome(StrEnum):
    """Whether a cleaned room was released for use, or a swab of it was clear."""

    PASSED = "passed"
    FAILED = "failed"


class State(StrEnum):
    """What a room is at a moment."""

    UNKNOWN = "unknown"
    READY = "ready"
    IN_USE = "in_use"
    TO_CLEAN = "to_clean"
    LOCKED = "locked"


class Visitor(StrEnum):
    """Who entered, where it was nobody of the staff: what they came for, never who they are."""

    CLIENT = "client"
    COMPANION = "companion"
    INTERPRETER = "interpreter"
    POLICE = "police"
    CLEANER = "cleaner"
    TECHNICIAN = "technician"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How a room was cleaned: with what, of which lot, how many passes, and how long it stood wet."""

    reagent: str
    lot: str
    passes: int
    contact: dt.timedelta


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A line of a room's log. A cleaning and a swab have an outcome; the others have none."""

    room: str
    verb: Verb
    at: dt.datetime
    outcome: Outcome | None = None
    cleaning: Cleaning | None = None
    visitor: Visitor | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A room as it is: its state, since when, and how many have entered since it was last released."""

    state: State = State.UNKNOWN
    since: dt.datetime | None = None
    entered: int = 0


# What these say holds however long ago it was.
LOCKS = (Verb.LOCKED, Verb.UNLOCKED)
_AFTER: Mapping[Verb, State] = {
    Verb.TAKEN: State.IN_USE,
    Verb.LEFT: State.TO_CLEAN,
    Verb.LOCKED: State.LOCKED,
    Verb.UNLOCKED: State.TO_CLEAN,
}


def condition(lines: Iterable[RoomLine]) -> Condition:
    """What the lines of one room, oldest first, make of it.

    >>> condition([]).state.value
    'unknown'
    """
    found = Condition()
    for line in lines:
        found = _after(found, line)
    return found


def _after(before: Condition, line: RoomLine) -> Condition:
    if line.verb is Verb.ENTERED:
        return Condition(before.state, before.since, before.entered + 1)
    if line.verb is Verb.CLEANED and line.outcome is Outcome.PASSED and before.state is not State.LOCKED:
        return Condition(State.READY, line.at)
    if line.verb is Verb.SWABBED and line.outcome is Outcome.PASSED:
        return before
    if before.state is State.LOCKED and line.verb is not Verb.UNLOCKED:
        # A locked room stays locked, whatever is done in it, until somebody unlocks it.
        return before
    state = _AFTER.get(line.verb, State.TO_CLEAN)
    return Condition(state, line.at, before.entered)


class Unfit(StrEnum):
    """Why a line cannot be kept."""

    UNKNOWN_ROOM = "unknown_room"
    NOT_CLEANING = "not_cleaning"
    NO_REAGENT = "no_reagent"
    NO_LOT = "no_lot"
    PASSES = "passes"
    CONTACT = "contact"
    NO_OUTCOME = "no_outcome"
    TO_COME = "to_come"
    EXPIRES_FIRST = "expires_first"
    ENDED = "ended"
    NO_EXPIRY = "no_expiry"
    NO_WORDS = "no_words"


class Refused(Exception):
    """What is not written down as it is, and why."""

    def __init__(self, unfit: Unfit) -> None:
        super().__init__(unfit)
        self.unfit = unfit


def check(line: RoomLine, rooms: Iterable[str], at: dt.datetime) -> None:
    """Raise Refused for a line that says too little, or of a room or an hour that is not there yet."""
    if line.room not in rooms:
        raise Refused(Unfit.UNKNOWN_ROOM)
    if line.at > at:
        raise Refused(Unfit.TO_COME)
    if (line.outcome is not None) != (line.verb in (Verb.CLEANED, Verb.SWABBED)):
        raise Refused(Unfit.NO_OUTCOME)
    if (line.cleaning is not None) != (line.verb is Verb.CLEANED):
        raise Refused(Unfit.NOT_CLEANING)
    if line.cleaning is not None:
        _check_cleaning(line.cleaning)


def _check_cleaning(cleaning: Cleaning) -> None:
    if not cleaning.reagent:
        raise Refused(Unfit.NO_REAGENT)
    if not cleaning.lot:
        raise Refused(Unfit.NO_LOT)
    if not 1 <= cleaning.passes <= MOST_PASSES:
        raise Refused(Unfit.PASSES)
    if not dt.timedelta() < cleaning.contact <= LONGEST_CONTACT:
        raise Refused(Unfit.CONTACT)


# ── What is in use ───────────────────────────────────────────────────────────────────────────────────────────


class Supply(StrEnum):
    """What comes in lots."""

    GLOVES = "gloves"
    SWABS = "swabs"
    WATER = "water"
    TUBES = "tubes"
    BAGS = "bags"
    REAGENT = "reagent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that is used, from `begun` up to but not including `ended`; good up to and including the day `expires`."""

    supply: Supply
    number: str
    expires: dt.date
    begun: dt.datetime
    ended: dt.datetime | None = None

    def in_use(self, at: dt.datetime) -> bool:
        """Whether it is used at this moment."""
        return self.begun <= at and (self.ended is None or at < self.ended)

    def expired(self, on: dt.date) -> bool:
        """Whether its day is past."""
        return self.expires < on


# ── What somebody has shown ──────────────────────────────────────────────────────────────────────────────────


class Skill(StrEnum):
    """What a member has shown that they can do. Being on the elimination list is kept beside: yes, and a date."""

    EXAMINATION = "examination"
    SAMPLING = "sampling"
    PHOTOGRAPHS = "photographs"
    CLEANING = "cleaning"
    ELIMINATION_LIST = "elimination_list"


# No profile is ever kept, and being on the list has no end.
NO_EXPIRY = frozenset({Skill.ELIMINATION_LIST})


@dataclass(frozen=True, slots=True)
class Shown:
    """That somebody has shown something on a day; it holds up to and including `until`, for good without one.

    `taken_back` says that it holds no more, whatever was said before.
    """

    skill: Skill
    on: dt.date
    until: dt.date | None = None
    taken_back: bool = False

    def holds(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return not self.taken_back and self.on <= day and (self.until is None or day <= self.until)


def check_shown(shown: Shown, today: dt.date) -> None:
    """Raise Refused for a day to come, an end before the day, or a missing or needless end."""
    if shown.on > today:
        raise Refused(Unfit.TO_COME)
    if shown.until is not None and shown.until < shown.on:
        raise Refused(Unfit.EXPIRES_FIRST)
    if not shown.taken_back and (shown.until is None) != (shown.skill in NO_EXPIRY):
        raise Refused(Unfit.NO_EXPIRY)


# ── What went wrong ──────────────────────────────────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What a mishap is about."""

    CONTAMINATION = "contamination"
    MIX_UP = "mix_up"
    SEAL = "seal"
    TEMPERATURE = "temperature"
    EQUIPMENT = "equipment"
    SUPPLY = "supply"
    INJURY = "injury"
    OTHER = "other"


class Step(StrEnum):
    """What was done about a mishap."""

    WRITTEN = "written"
    ADDED = "added"
    CLOSED = "closed"


def check_step(steps: Iterable[Step], words: str) -> None:
    """Raise Refused for words that say nothing, or for anything after the mishap was closed."""
    if not words.strip():
        raise Refused(Unfit.NO_WORDS)
    if Step.CLOSED in steps:
        raise Refused(Unfit.ENDED)
