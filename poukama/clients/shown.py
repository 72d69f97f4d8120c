"""What reading a client gives: plain objects, opened, and masked where the client is protected."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from poukama.clients.consents import Act, Entry, Left, LegalGround, Refusal
from poukama.clients.identity import Identity
from poukama.clients.reach import Way
from poukama.clients.rules import ClosePerson, Guardians, Told, Wishes
from poukama.doors.known import Age


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found: the least that lets staff see whether it is them."""

    client: UUID
    code: str
    called: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found, at most twenty, and whether there are more."""

    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Head:
    """Who a record is about and by which ways they may be reached, as the top of each page says it.

    `age` is how old they are now, as far as that is known.
    """

    client: UUID
    code: str
    identity: Identity
    age: Age
    said_at: dt.datetime
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a client has said of themselves and their wishes. `joined` is the other records that stand with this one."""

    head: Head
    wishes: Wishes
    guardians: Guardians
    close_people: tuple[ClosePerson, ...]
    told: Told
    shut_out: tuple[int, ...]
    joined: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody lives, unmasked."""

    address: str
    municipality: str
    gives_away: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every answer, oldest first; what holds for each act now; the legal grounds in force; what has left.

    `refusals` says of each act that was asked about why it may not be done now, or None.
    """

    entries: tuple[Entry, ...]
    newest: dict[Act, Entry]
    grounds: tuple[LegalGround, ...]
    left: tuple[Left, ...]
    refusals: Mapping[Act, Refusal | None] = field(default_factory=dict)
