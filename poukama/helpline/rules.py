"""What the desk decides: what is known, which door a button stands for, who may be called back, what is late.

The engine suggests and the midwife takes; both are kept. Nothing is needed to end a contact.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from poukama.centres.rules import Duty
from poukama.core.clock import from_wall, in_utc
from poukama.doors.known import ANY_TIME, Age, Answer, Door, Known, Note, Sign
from poukama.doors.rules import Policy, Route, route
from poukama.helpline.answers import (
    ONLY_IF_SAFE,
    UNKNOWN,
    UNSAID,
    Answers,
    Changes,
    Channel,
    Hurt,
    SafeContact,
    SafeNow,
    Said,
    When,
    Words,
    age_of,
)
from poukama.protocols.rules import Interval

DAY = dt.timedelta(days=1)
_HOUR = dt.timedelta(hours=1)
# Longer ago than any month: 31 days, what is left of the first and the last date, and a turn of the clock.
_MONTH = dt.timedelta(days=33)


class Refusal(StrEnum):
    """Why a step is refused."""

    PEN = "pen"
    OTHER_WINDOW = "other_window"
    ENDED = "ended"
    NOT_SAFE = "not_safe"
    NO_NUMBER = "no_number"
    NOT_HERE = "not_here"
    TIMES = "times"
    IN_PROGRESS = "in_progress"
    ATTACHED = "attached"
    UNREADABLE = "unreadable"


class Refused(Exception):
    """A step that is refused, with the name of whoever writes where that is the reason."""

    def __init__(self, refusal: Refusal, who: str = "") -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.who = who


@dataclass(frozen=True, slots=True)
class Ref:
    """Something of one centre by its key alone: a contact, a promised call, an expected arrival."""

    centre_id: int
    id: UUID


# ── What is known ────────────────────────────────────────────────────────────────────────────────────────────

# The ends of the bands, youngest first: each band lies between its own and the one before.
_ENDS: Mapping[When, dt.timedelta | None] = {
    When.HOURS_3: 3 * _HOUR,
    When.HOURS_6: 6 * _HOUR,
    When.HOURS_12: 12 * _HOUR,
    When.HOURS_24: 24 * _HOUR,
    When.DAYS_2: 2 * DAY,
    When.DAYS_3: 3 * DAY,
    When.DAYS_5: 5 * DAY,
    When.DAYS_7: 7 * DAY,
    When.MONTH: _MONTH,
    When.LONGER: None,
}
BANDS = tuple(_ENDS)


def interval(when: When, at: dt.datetime, *, unsure: bool = False) -> Interval:
    """When it happened, for an answer given at this moment; an unsure one reaches a band further at both ends."""
    if when not in _ENDS:
        return ANY_TIME
    at, place = in_utc(at), BANDS.index(when)
    first = max(place - unsure, 0)
    last = min(place + unsure, len(BANDS) - 1)
    younger = _ENDS[BANDS[first - 1]] if first else None
    older = _ENDS[BANDS[last]]
    return Interval(at - older if older else None, at - younger if younger else at)


def known_from(answers: Answers, at: dt.datetime) -> Known:
    """What the engine is told. `at` is when the contact began: the bands are counted from there."""
    place = answers.place if answers.place not in (UNKNOWN, UNSAID) else ""
    return Known(
        in_danger={SafeNow.YES: Answer.NO, SafeNow.NO: Answer.YES}.get(answers.safe_now, Answer.UNKNOWN),
        signs=_signs(answers),
        age=age_of(answers.age),
        event=interval(answers.when, at, unsure=answers.unsure),
        asker=answers.caller,
        wants=answers.wants,
        lives=place or None,
        happened=place or None,
        infection={Said.YES: Answer.YES, Said.NO: Answer.NO}.get(answers.infection, Answer.UNKNOWN),
    )


# Help at once is any of the signs that a pack may list under emergency.
_AT_ONCE = frozenset({Sign.BREATHING, Sign.BLEEDING, Sign.CONFUSED})


def _signs(answers: Answers) -> frozenset[Sign]:
    """The signs in the answers. Whoever does not remember what happened to the neck may have been unconscious."""
    found = set(_AT_ONCE) if answers.hurt is Hurt.AT_ONCE else set()
    if answers.hurt is Hurt.YES:
        found.add(Sign.INJURY)
    if answers.neck in (Said.YES, Said.UNKNOWN):
        found.add(Sign.NECK)
    if answers.suicidal is Said.YES:
        found.add(Sign.SUICIDAL)
    return frozenset(found)


class DutyHint(StrEnum):
    """Whether the caller must hear of the duty to inform the authorities before they tell what happened."""

    NONE = "none"
    PERHAPS = "perhaps"
    SURELY = "surely"


def duty_hint(age: Age, duty: Duty | None) -> DutyHint:
    """The hint for an age; one that is not known may be under the duty's."""
    if duty is None or not age.perhaps_under(duty.under):
        return DutyHint.NONE
    return DutyHint.SURELY if age.surely_under(duty.under) else DutyHint.PERHAPS


# ── The suggestion, and what is taken ────────────────────────────────────────────────────────────────────────


class Option(StrEnum):
    """The five buttons."""

    COME_NOW = "come_now"
    APPOINTMENT = "appointment"
    CALL_BACK = "call_back"
    OTHER_SERVICE = "other_service"
    INFORMATION = "information"


class Outcome(StrEnum):
    """How a contact ended: by one of the buttons, by none, or without having been one."""

    NONE = "none"
    COME_NOW = "come_now"
    APPOINTMENT = "appointment"
    CALL_BACK = "call_back"
    OTHER_SERVICE = "other_service"
    INFORMATION = "information"
    EMPTY = "empty"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Paper:
    """A contact as it was written down on paper; or a call that nobody answered."""

    began: dt.datetime
    ended: dt.datetime
    changes: Changes
    channel: Channel = Channel.PHONE
    option: Option | None = None
    answered: bool = True


_OPTIONS: Mapping[Door, Option] = {
    Door.CENTRE_NOW: Option.COME_NOW,
    Door.ON_CALL_NOW: Option.COME_NOW,
    Door.MEDICAL_NOW: Option.COME_NOW,
    Door.CENTRE_NEXT: Option.APPOINTMENT,
    Door.EMERGENCY: Option.OTHER_SERVICE,
    Door.CHILDREN: Option.OTHER_SERVICE,
    Door.LATER_SERVICES: Option.OTHER_SERVICE,
    Door.OTHER_CENTRE: Option.OTHER_SERVICE,
    Door.HELPLINE: Option.INFORMATION,
}


def option_of(door: Door) -> Option:
    """The button that stands for a door."""
    return _OPTIONS[door]


def door_taken(option: Option, suggested: Route) -> Door:
    """The door that a button means beside a suggestion: the suggested one, another that also applies, or its own."""
    for door in (suggested.door, *suggested.also):
        if option_of(door) is option:
            return door
    if option is Option.COME_NOW:
        return Door.ON_CALL_NOW if suggested.opens_at else Door.CENTRE_NOW
    if option is Option.APPOINTMENT:
        return Door.CENTRE_NEXT
    return Door.LATER_SERVICES if option is Option.OTHER_SERVICE else Door.HELPLINE


def suggest(
    answers: Answers, began_at: dt.datetime, policy: Policy, *, on_call: frozenset[str], at: dt.datetime
) -> Route:
    """The engine's answer to what has been said so far, at this moment."""
    return route(known_from(answers, began_at), policy, on_call=on_call, at=max(in_utc(at), in_utc(began_at)))


# ── Calling back ─────────────────────────────────────────────────────────────────────────────────────────────


def not_kept(answers: Answers) -> tuple[str, ...]:
    """The fields that may not be kept: without a safe way to reach the caller, none that serve to."""
    return ONLY_IF_SAFE if answers.safe_contact is SafeContact.NO else ()


def call_back_refused(answers: Answers, words: Words) -> Refusal | None:
    """Why nobody may be called back, None if they may: it takes a safe way, and what it leads to."""
    if answers.safe_contact is SafeContact.NO:
        return Refusal.NOT_SAFE
    return None if words.phone else Refusal.NO_NUMBER


def next_time(wall: dt.time, at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The next moment at which a clock in the zone shows this: by when a call was promised."""
    today = at.astimezone(zone).date()
    shown = [(today, False), (today, True), (today + DAY, False)]
    moments = (from_wall(dt.datetime.combine(day, wall), zone, later=later) for day, later in shown)
    return next(moment for moment in moments if moment > in_utc(at))


def late(promised_at: dt.datetime, due: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether a promised call is late: past its time, or, where none was agreed, a day old."""
    return in_utc(at) > in_utc(due if due else promised_at + DAY)


class Reached(StrEnum):
    """What came of a call back."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WITHDRAWN = "withdrawn"


class ArrivalState(StrEnum):
    """What came of an expected arrival."""

    EXPECTED = "expected"
    MET = "met"
    DID_NOT_COME = "did_not_come"
    WITHDRAWN = "withdrawn"


class Means(StrEnum):
    """How somebody on call was told."""

    PHONE = "phone"
    MESSAGE = "message"
    IN_PERSON = "in_person"


# ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────


def told_time(given: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    """A moment that a browser says, if it can be so: not to come and less than a day old; else the present one."""
    if given is None or given.tzinfo is None or not in_utc(at) - DAY < in_utc(given) <= in_utc(at):
        return at
    return given


def listed_since(at: dt.datetime, shift_began: dt.datetime | None) -> dt.datetime:
    """From when the list shows contacts: the last 24 hours, and all of this shift."""
    day = in_utc(at) - DAY
    return min(day, in_utc(shift_began)) if shift_began else day


# ── Words to say ─────────────────────────────────────────────────────────────────────────────────────────────


class Phrase(StrEnum):
    """A sentence that may be said; in the order in which it may fit. No name here asks what must not be asked."""

    WELCOME = "welcome"
    SAFE_TO_TALK = "safe_to_talk"
    YES_OR_NO = "yes_or_no"
    EMERGENCY = "emergency"
    STAY = "stay"
    SKIP = "skip"
    DUTY = "duty"
    NECK = "neck"
    BELIEVE = "believe"
    WHEN = "when"
    CLOSE_PERSON = "close_person"
    PROFESSIONAL = "professional"
    INTERPRETER = "interpreter"
    COMPANION = "companion"
    CALL_FIRST = "call_first"
    PRESERVE = "preserve"
    WASHED = "washed"
    POLICE_OPTIONAL = "police_optional"
    COME = "come"
    OTHER_DOOR = "other_door"
    SAFE_CONTACT = "safe_contact"
    CLOSE = "close"


def phrases(answers: Answers, suggested: Route, duty: Duty | None) -> tuple[Phrase, ...]:
    """What may be said now. The duty comes before anything that asks; in danger little is said, so that they call."""
    said = set(suggested.notes)
    if suggested.door is Door.EMERGENCY:
        urgent = (Phrase.EMERGENCY, Phrase.STAY, Phrase.BELIEVE)
        return (Phrase.YES_OR_NO, *urgent) if answers.safe_now is SafeNow.CANNOT_TALK else urgent
    come = option_of(suggested.door)
    fits = {
        Phrase.SAFE_TO_TALK: answers.safe_now in (SafeNow.NOT_ASKED, SafeNow.UNKNOWN, SafeNow.CANNOT_TALK),
        Phrase.YES_OR_NO: answers.safe_now is SafeNow.CANNOT_TALK,
        Phrase.EMERGENCY: False,
        Phrase.STAY: Note.STAY_ON_THE_LINE in said,
        Phrase.DUTY: duty_hint(age_of(answers.age), duty) is not DutyHint.NONE,
        Phrase.NECK: answers.neck is Said.NOT_ASKED,
        Phrase.WHEN: answers.when is When.NOT_ASKED,
        Phrase.CLOSE_PERSON: Note.CLOSE_PERSON in said,
        Phrase.PROFESSIONAL: Note.PROFESSIONAL in said,
        Phrase.INTERPRETER: answers.interpreter,
        Phrase.COMPANION: come in (Option.COME_NOW, Option.APPOINTMENT),
        Phrase.CALL_FIRST: answers.infection is Said.YES,
        Phrase.PRESERVE: Note.PRESERVE in said,
        Phrase.WASHED: Note.PRESERVE in said,
        Phrase.POLICE_OPTIONAL: Note.POLICE_OPTIONAL in said,
        Phrase.COME: come is Option.COME_NOW,
        Phrase.OTHER_DOOR: come is Option.OTHER_SERVICE,
    }
    return tuple(phrase for phrase in Phrase if fits.get(phrase, True))


# ── How long it is kept, and what is counted ─────────────────────────────────────────────────────────────────


class Retention(StrEnum):
    """What a contact is, for how long it is kept."""

    CONTACT = "contact"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long a class is kept; None while the centre has not decided. Nothing is deleted before it has."""

    retention: Retention
    keep: dt.timedelta | None = None


# No centre can decide it yet: each rule is unset, and is shown so.
RETENTION_RULES = tuple(RetentionRule(retention) for retention in Retention)


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts of a period, without content. `hours` are of the centre's clock.

    No telephone tells us of a call, so one that nobody answered is offered only if somebody entered it. A call that was
    taken and in which nobody spoke is answered, and is counted once more as silent; `length` is of all the others.
    """

    offered: int
    answered: int
    silent: int
    length: dt.timedelta
    hours: Mapping[int, int]
    languages: Mapping[str, int]
    outcomes: Mapping[str, int]
