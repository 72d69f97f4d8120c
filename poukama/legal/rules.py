"""Notices to authorities and services: to whom, by what means, and what may not be written down.

Nothing is sent from here: somebody calls or writes, and says so. What it rests on is for the client's ledger to say.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from poukama.clients.consents import Act, Purpose, Recipient
from poukama.clients.duties import notice_to

# Whom a notice may be for besides those whom the centre's duty names.
RECIPIENTS = (
    Recipient.POLICE,
    Recipient.CHILD_WELFARE,
    Recipient.SOCIAL_CARE,
    Recipient.HEALTH_CARE,
    Recipient.SHELTER,
    Recipient.SUPPORT_SERVICE,
    Recipient.OTHER,
)
# They are asked to help, where the others are informed.
_ASKED_TO_HELP = (Recipient.SHELTER, Recipient.SUPPORT_SERVICE)


class How(StrEnum):
    """How the client was told."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    WITH_INTERPRETER = "with_interpreter"
    IN_WRITING = "in_writing"


class Means(StrEnum):
    """By what a notice went."""

    PHONE = "phone"
    LETTER = "letter"
    SECURE_MAIL = "secure_mail"
    ONLINE_FORM = "online_form"
    IN_PERSON = "in_person"


class Refusal(StrEnum):
    """Why a step with a notice is refused."""

    SENT = "sent"
    NOT_WRITTEN = "not_written"
    ELSEWHERE = "elsewhere"
    NO_GROUND = "no_ground"
    TIMES = "times"


class Refused(Exception):
    """A step that is refused, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Written:
    """A notice as it is written: to whom exactly, and what; `seen` is how often it had been saved when it was read."""

    whom: str
    words: str
    seen: int


@dataclass(frozen=True, slots=True)
class Telling:
    """When and how the client was told."""

    at: dt.datetime
    how: How


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground as it is typed: law, reason, end, and when the client was told, or why they were not."""

    law: str
    reason: str
    ends: dt.datetime
    telling: Telling | None = None
    untold: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """By what means a notice went, when, and what proves it: a number, a name, or nothing."""

    means: Means
    at: dt.datetime
    proof: str = ""


def act_for(recipient: str) -> Act:
    """What a notice to somebody is, for the ledger: by its word, or by what the centre's pack calls them.

    >>> act_for("police").purpose, act_for("shelter").purpose, act_for("harbour_master").scope
    (<Purpose.NOTICE: 'notice'>, <Purpose.REFERRAL: 'referral'>, 'harbour_master')
    """
    act = notice_to(recipient)
    return Act(Purpose.REFERRAL, act.recipient) if act.recipient in _ASKED_TO_HELP else act


def within_minute(said: dt.datetime, at: dt.datetime) -> dt.datetime:
    """The moment meant by a minute that was typed: its end, but never later than now. Raises Refused for one to come.

    >>> now = dt.datetime(2026, 11, 24, 3, 20, 40, tzinfo=dt.UTC)
    >>> within_minute(now.replace(second=0), now) == now
    True
    """
    if said > at:
        raise Refused(Refusal.TIMES)
    return min(said + dt.timedelta(minutes=1), at)
