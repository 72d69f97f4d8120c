"""What a doctor has approved: the newest row on a thing counts, and only for the content that it names.

A time window, a sampling protocol and a retention rule are data of a pack. Whoever approves one answers for what it
says, so another content is another thing: it waits for its own approval.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from poukama.protocols.retention import Retention
from poukama.protocols.rules import Window
from poukama.protocols.sampling import Protocol

Approvable = Window | Protocol | Retention
Thing = TypeVar("Thing", Window, Protocol, Retention)


class Kind(StrEnum):
    """What can be approved."""

    WINDOW = "window"
    SAMPLING = "sampling"
    RETENTION = "retention"


_KINDS: Mapping[type, Kind] = {Window: Kind.WINDOW, Protocol: Kind.SAMPLING, Retention: Kind.RETENTION}


class Verb(StrEnum):
    """What was done: approved, or the approval taken back."""

    APPROVED = "approved"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Approval:
    """A row: what was done about which content, by whom, when, and from which date it holds."""

    kind: Kind
    code: str
    version: str
    verb: Verb
    approver: str
    at: dt.datetime
    valid_from: dt.date | None


class Refusal(StrEnum):
    """Why a step is refused."""

    CHANGED = "changed"
    NOT_APPROVED = "not_approved"
    PAST = "past"


class Refused(Exception):
    """A step that is refused, with the reason; nothing is written."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


def kind_of(thing: Approvable) -> Kind:
    """What sort of thing it is."""
    return _KINDS[type(thing)]


def version_of(thing: Approvable) -> str:
    """What names the content of a thing: the same for the same, another as soon as a word of it is another."""
    told = {name: value for name, value in asdict(thing).items() if name not in ("approved_by", "valid_from")}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def approved(thing: Thing, approvals: Iterable[Approval]) -> Thing:
    """A thing with its approver and its date, where the newest word on its content is an approval."""
    key = (kind_of(thing), thing.code, version_of(thing))
    words = [each for each in approvals if (each.kind, each.code, each.version) == key]
    if not words or words[-1].verb is Verb.TAKEN_BACK:
        return thing
    return replace(thing, approved_by=words[-1].approver, valid_from=words[-1].valid_from)


@dataclass(frozen=True, slots=True)
class Decided:
    """All that waits for a doctor's word or has it: windows, the sampling protocol and the rule, where there is one."""

    windows: tuple[Window, ...]
    sampling: Protocol | None
    retention: Retention | None

    def things(self) -> tuple[Approvable, ...]:
        """Everything there is, in the order of reading."""
        return (
            *self.windows,
            *((self.sampling,) if self.sampling else ()),
            *((self.retention,) if self.retention else ()),
        )


def with_approvals(decided: Decided, approvals: Iterable[Approval]) -> Decided:
    """The same with whoever approved each thing."""
    words, sampling, retention = tuple(approvals), decided.sampling, decided.retention
    return Decided(
        tuple(approved(window, words) for window in decided.windows),
        approved(sampling, words) if sampling else None,
        approved(retention, words) if retention else None,
    )


def in_force(thing: Approvable, at: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether it is approved, from a date that has come; until then its clock is grey."""
    return thing.approved and (thing.valid_from is None or thing.valid_from <= at.astimezone(zone).date())
