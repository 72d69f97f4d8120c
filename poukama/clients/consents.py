"""The ledger of consents, and what a disclosure rests on: a consent that holds, or a legal ground. Nothing else opens.

An entry is added, never changed; the newest word on an act holds, and a "no" holds from the moment it is said. There
is no way round: another ground is an object with its law, its reason, its approver and the time the client was told.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from poukama.centres.rules import TextState

_SCOPE = re.compile(r"[a-z0-9_-]*")


def is_scope(text: str) -> bool:
    """Whether a text can be the scope of an act: a code, or nothing."""
    return _SCOPE.fullmatch(text) is not None


class Purpose(StrEnum):
    """What is consented to."""

    EXAMINATION = "examination"
    SAMPLES = "samples"
    PHOTOGRAPHS = "photographs"
    STORAGE = "storage"
    TESTING = "testing"
    RELEASE = "release"
    STATEMENT = "statement"
    REFERRAL = "referral"
    CONTACT = "contact"
    LINKING = "linking"
    NOTICE = "notice"
    STATISTICS = "statistics"
    RESEARCH = "research"


class Recipient(StrEnum):
    """Who does it, or who is told. A pack's duty names two of these."""

    CENTRE = "centre"
    HEALTH_CARE = "health_care"
    SOCIAL_CARE = "social_care"
    LABORATORY = "laboratory"
    POLICE = "police"
    CHILD_WELFARE = "child_welfare"
    SHELTER = "shelter"
    SUPPORT_SERVICE = "support_service"
    CLOSE_PERSON = "close_person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is asked for: what, by or for whom, and which part of it; an empty scope is the whole.

    A scope is a code, as that of a group of samples or of a service; never a word about anybody.
    """

    purpose: Purpose
    recipient: Recipient
    scope: str = ""

    def covers(self, act: "Act") -> bool:
        """Whether what is said of this act is said of the other too: the same, or the whole of which it is a part."""
        return (self.purpose, self.recipient) == (act.purpose, act.recipient) and self.scope in ("", act.scope)


class Answer(StrEnum):
    """What the client says to an act."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NOT_NOW = "not_now"
    NO = "no"


class Given(StrEnum):
    """How an answer was given."""

    SPOKEN = "spoken"
    SIGNED = "signed"


class Capacity(StrEnum):
    """Whether the client could decide when they answered."""

    DECIDES = "decides"
    WITH_SUPPORT = "with_support"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that were read to the client: which, of which version, in which language, and who has read them."""

    code: str
    version: str
    language: str
    state: TextState


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer as the ledger has it. `number` is the order of writing, for answers said at the same moment."""

    act: Act
    answer: Answer
    said_at: dt.datetime
    wording: Wording
    given: Given = Given.SPOKEN
    interpreter: bool = False
    interpreter_name: str = ""
    capacity: Capacity = Capacity.DECIDES
    ends: dt.datetime | None = None
    own_words: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class LegalGround:
    """What an act may rest on without a consent: a law and a reason that `approver` answers for, up to `ends`.

    The client is told first; if they were not, `untold` says why. The newest word on a `key` holds.
    """

    key: UUID
    act: Act
    law: str
    reason: str
    approver: str
    named_at: dt.datetime
    ends: dt.datetime
    told_at: dt.datetime | None = None
    untold: str = ""
    number: int = 0


class Refusal(StrEnum):
    """Why an act rests on nothing."""

    NOT_ASKED = "not_asked"
    NOT_NOW = "not_now"
    NO = "no"
    ENDED = "ended"
    NOT_TOLD = "not_told"


class NoGround(Exception):
    """An act that no consent and no legal ground opens."""

    def __init__(self, act: Act, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.act = act
        self.refusal = refusal


class Unsound(StrEnum):
    """What keeps an answer or a ground from being taken down."""

    CANNOT_DECIDE = "cannot_decide"
    OVER = "over"
    NO_LAW = "no_law"
    NO_REASON = "no_reason"
    NOT_YET = "not_yet"


class NotSound(ValueError):
    """An answer or a ground that cannot be taken down as it is."""

    def __init__(self, unsound: Unsound) -> None:
        super().__init__(unsound)
        self.unsound = unsound


# ── What holds ───────────────────────────────────────────────────────────────────────────────────────────────


def newest(entries: Iterable[Entry], at: dt.datetime) -> dict[Act, Entry]:
    """The newest word on each act that was said by this moment."""
    said = sorted((entry for entry in entries if entry.said_at <= at), key=lambda each: (each.said_at, each.number))
    return {entry.act: entry for entry in said}


def answer_to(act: Act, entries: Iterable[Entry], at: dt.datetime) -> Answer:
    """What holds for an act: a "no" or "not now" to it, or to the whole of it, outweighs a yes to the other."""
    held = _answers(act, entries, at)
    weighed = (Answer.NO, Answer.NOT_NOW, Answer.YES)
    return next((answer for answer in weighed if any(_held(entry, at) is answer for entry in held)), Answer.NOT_ASKED)


def ground_for(
    act: Act, entries: Iterable[Entry], grounds: Iterable[LegalGround], at: dt.datetime
) -> Entry | LegalGround:
    """What an act rests on now: the consent, else the legal ground. Raises NoGround.

    >>> ground_for(Act(Purpose.RELEASE, Recipient.POLICE), [], [], dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    Traceback (most recent call last):
    poukama.clients.consents.NoGround: not_asked
    """
    entries = tuple(entries)
    if answer_to(act, entries, at) is Answer.YES:
        return max(
            (entry for entry in _answers(act, entries, at) if _held(entry, at) is Answer.YES),
            key=lambda entry: (entry.said_at, entry.number),
        )
    in_force = [ground for ground in in_force_at(grounds, at) if ground.act.covers(act)]
    for ground in in_force:
        if told_first(ground, at):
            return ground
    raise NoGround(act, Refusal.NOT_TOLD if in_force else _refusal(act, entries, at))


def refusal_of(act: Act, entries: Iterable[Entry], grounds: Iterable[LegalGround], at: dt.datetime) -> Refusal | None:
    """Why an act rests on nothing now; None if it rests on something."""
    try:
        ground_for(act, entries, grounds, at)
    except NoGround as none:
        return none.refusal
    return None


def in_force_at(grounds: Iterable[LegalGround], at: dt.datetime) -> tuple[LegalGround, ...]:
    """The legal grounds that hold at a moment."""
    named = sorted((each for each in grounds if each.named_at <= at), key=lambda each: (each.named_at, each.number))
    return tuple(ground for ground in {each.key: each for each in named}.values() if at < ground.ends)


def told_first(ground: LegalGround, at: dt.datetime) -> bool:
    """Whether the client has been told by now, or a reason stands for not telling them."""
    return bool(ground.untold.strip()) or (ground.told_at is not None and ground.told_at <= at)


def _answers(act: Act, entries: Iterable[Entry], at: dt.datetime) -> list[Entry]:
    return [entry for held, entry in newest(entries, at).items() if held.covers(act)]


def _held(entry: Entry, at: dt.datetime) -> Answer:
    """An answer as it holds now: a yes ends at its end, and needs somebody who could decide."""
    if entry.answer is not Answer.YES:
        return entry.answer
    over = entry.ends is not None and entry.ends <= at
    return Answer.NOT_ASKED if over or entry.capacity is Capacity.NOT_NOW else Answer.YES


def _refusal(act: Act, entries: tuple[Entry, ...], at: dt.datetime) -> Refusal:
    answer = answer_to(act, entries, at)
    if answer is not Answer.NOT_ASKED:
        return Refusal(answer)
    ended = any(entry.answer is Answer.YES for entry in _answers(act, entries, at))
    return Refusal.ENDED if ended else Refusal.NOT_ASKED


# ── Taking down, and taking back ─────────────────────────────────────────────────────────────────────────────


def check(entry: Entry) -> None:
    """Raise NotSound for a yes that would not hold: its end is past, or whoever gave it could not decide then."""
    if entry.answer is Answer.YES and entry.capacity is Capacity.NOT_NOW:
        raise NotSound(Unsound.CANNOT_DECIDE)
    if entry.ends is not None and entry.ends <= entry.said_at:
        raise NotSound(Unsound.OVER)


def check_ground(ground: LegalGround) -> None:
    """Raise NotSound for a ground without law, reason or an end to come, or that was told of in time to come."""
    if not ground.law.strip():
        raise NotSound(Unsound.NO_LAW)
    if not ground.reason.strip():
        raise NotSound(Unsound.NO_REASON)
    if ground.ends <= ground.named_at:
        raise NotSound(Unsound.OVER)
    if ground.told_at is not None and ground.told_at > ground.named_at:
        raise NotSound(Unsound.NOT_YET)


@dataclass(frozen=True, slots=True)
class Left:
    """Something that has already gone: what act it was, when, and what it rested on."""

    act: Act
    at: dt.datetime
    consent: int | None = None
    ground: UUID | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer changes: the acts that it stops, and what had left under them and cannot be called back."""

    stops: tuple[Act, ...]
    left: tuple[Left, ...]


def effect_of(entry: Entry, entries: Iterable[Entry], left: Iterable[Left], at: dt.datetime) -> Effect:
    """What an answer stops that was open without it, and what has already left for the same purpose and recipient."""
    before = [each for each in entries if each.number != entry.number]
    known = {entry.act} | {each.act for each in before if entry.act.covers(each.act)}
    stops = [
        act
        for act in known
        if answer_to(act, before, at) is Answer.YES and answer_to(act, [*before, entry], at) is not Answer.YES
    ]
    gone = sorted((each for each in left if entry.act.covers(each.act)), key=lambda each: each.at)
    return Effect(tuple(sorted(stops, key=lambda act: act.scope)), tuple(gone))
