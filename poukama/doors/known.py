"""What may be known, and the words of an answer: the vocabulary of the ten rules.

Every fact is about the person it happened to, whoever asks, and each may be unknown.
"""

from dataclasses import dataclass
from enum import StrEnum

from poukama.protocols.rules import Interval


class Door(StrEnum):
    """Where somebody is sent."""

    EMERGENCY = "emergency"
    CHILDREN = "children"
    MEDICAL_NOW = "medical_now"
    LATER_SERVICES = "later_services"
    OTHER_CENTRE = "other_centre"
    HELPLINE = "helpline"
    CENTRE_NOW = "centre_now"
    ON_CALL_NOW = "on_call_now"
    CENTRE_NEXT = "centre_next"


class Note(StrEnum):
    """What is said besides, whatever the door."""

    BY_REFERRAL = "by_referral"
    STAY_ON_THE_LINE = "stay_on_the_line"
    NOBODY_ON_CALL = "nobody_on_call"
    CALL_FIRST = "call_first"
    UNDER_18_DUTY = "under_18_duty"
    POLICE_OPTIONAL = "police_optional"
    CLOSE_PERSON = "close_person"
    PROFESSIONAL = "professional"
    PRESERVE = "preserve"
    UNAPPROVED_PROTOCOL = "unapproved_protocol"


class Reason(StrEnum):
    """Why this door."""

    DANGER = "danger"
    EMERGENCY_SIGN = "emergency_sign"
    UNDER_AGE = "under_age"
    NEEDS_REFERRAL = "needs_referral"
    MEDICAL_SIGN = "medical_sign"
    WINDOW_PAST = "window_past"
    OUTSIDE_AREA = "outside_area"
    PERHAPS_UNDER_AGE = "perhaps_under_age"
    OPEN_NOW = "open_now"
    OPEN_ALWAYS = "open_always"
    TALK_AT_NIGHT = "talk_at_night"
    ACUTE_AT_NIGHT = "acute_at_night"
    NEXT_OPENING = "next_opening"


class Sign(StrEnum):
    """A sign that somebody needs care today, or at once."""

    BREATHING = "breathing"
    BLEEDING = "bleeding"
    CONFUSED = "confused"
    NECK = "neck"
    INJURY = "injury"
    PREGNANT = "pregnant"
    SUICIDAL = "suicidal"


class Want(StrEnum):
    """What the person wants."""

    CARE = "care"
    SAMPLES = "samples"
    TALK = "talk"
    INFORMATION = "information"
    POLICE = "police"


class Asker(StrEnum):
    """Who asks."""

    SELF = "self"
    CLOSE_PERSON = "close_person"
    PROFESSIONAL = "professional"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """A yes, a no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Age:
    """An interval of whole years, both ends included; `most` is None without an upper end."""

    least: int = 0
    most: int | None = None

    def surely_under(self, limit: int) -> bool:
        """Whether the whole interval lies under the limit."""
        return self.most is not None and self.most < limit

    def perhaps_under(self, limit: int) -> bool:
        """Whether some of the interval lies under the limit."""
        return self.least < limit


ANY_AGE = Age()
ANY_TIME = Interval()
_CARE = frozenset({Want.CARE})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the person it happened to, whoever asks. Each fact may be unknown."""

    in_danger: Answer = Answer.UNKNOWN
    signs: frozenset[Sign] = frozenset()
    age: Age = ANY_AGE
    event: Interval = ANY_TIME
    asker: Asker = Asker.UNKNOWN
    wants: frozenset[Want] = frozenset()
    lives: str | None = None
    happened: str | None = None
    infection: Answer = Answer.UNKNOWN

    @property
    def wanted(self) -> frozenset[Want]:
        """What the person wants; nothing known counts as care."""
        return self.wants or _CARE


class Contradiction(StrEnum):
    """What cannot be so."""

    EARLIEST_AFTER_LATEST = "earliest_after_latest"
    AFTER_NOW = "after_now"


class NotKnowable(ValueError):
    """What is said to be known contradicts itself."""

    def __init__(self, contradiction: Contradiction) -> None:
        super().__init__(contradiction)
        self.contradiction = contradiction
