"""The custody of one sample: what can happen to it next, what needs a reason, and how its entries hold together.

An entry says who had the sample before (`giver`) and who has it after it (`receiver`), where it is then and under which
seal: the newest entry is the whole state. What is impossible is refused; what is irregular is kept with its reason.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from poukama.protocols.sampling import Storage

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
STORE = "store"
GONE = "destroyed"


class Kind(StrEnum):
    """What happened to a sample."""

    TAKEN = "taken"
    DRYING = "drying"
    DRIED = "dried"
    PACKED = "packed"
    SEALED = "sealed"
    OPENED = "opened"
    STORED = "stored"
    FETCHED = "fetched"
    HANDED = "handed"
    RELEASED = "released"
    RETURNED = "returned"
    MISSING = "missing"
    FOUND = "found"
    EXPLAINED = "explained"
    DESTROYED = "destroyed"


class Outside(StrEnum):
    """Who is given a sample outside the centre. The client keeps what is theirs."""

    POLICE = "police"
    LABORATORY = "laboratory"
    CLIENT = "client"


class Confirmed(StrEnum):
    """How giver and receiver both said that it changed hands."""

    NOT = ""
    BOTH_HERE = "both_here"
    PHONE = "phone"
    SIGNED = "signed"
    PAPER = "paper"


class SealSeen(StrEnum):
    """How a seal was found."""

    NOT_LOOKED = ""
    WHOLE = "whole"
    BROKEN = "broken"


class Condition(StrEnum):
    """In what condition a sample was."""

    UNSAID = ""
    AS_SHOULD_BE = "as_should_be"
    DAMP = "damp"
    DAMAGED = "damaged"
    LEAKING = "leaking"


class Why(StrEnum):
    """Why a step was taken that has to say so: the whole list."""

    FORGOTTEN = "forgotten"
    POWER_CUT = "power_cut"
    PLACE_FULL = "place_full"
    EMERGENCY = "emergency"
    SEAL_DAMAGED = "seal_damaged"
    TO_REPACK = "to_repack"
    TO_DIVIDE = "to_divide"
    LABORATORY_OPENED = "laboratory_opened"
    LEFT_BY_MISTAKE = "left_by_mistake"
    MISCOUNTED = "miscounted"
    CLIENT_DECIDED = "client_decided"
    BY_RULE = "by_rule"
    NOT_KNOWN = "not_known"


class Irregular(StrEnum):
    """What is not as it should be with a step, and needs a reason."""

    SEAL_BROKEN = "seal_broken"
    UNSEALED = "unsealed"
    OTHER_STORAGE = "other_storage"
    CONDITION = "condition"
    OUT_OF_TIME = "out_of_time"
    GAP = "gap"
    OPENING = "opening"
    ENDING = "ending"


class Standing(StrEnum):
    """Where a sample stands, in a word."""

    HERE = "here"
    MISSING = "missing"
    LEFT = "left"
    DESTROYED = "destroyed"


class Refusal(StrEnum):
    """Why a step of custody is impossible."""

    NOT_TAKEN = "not_taken"
    TAKEN = "taken"
    OVER = "over"
    NOT_HERE = "not_here"
    IS_HERE = "is_here"
    MISSING = "missing"
    NOT_MISSING = "not_missing"
    NOT_THE_HOLDER = "not_the_holder"
    NOBODY = "nobody"
    UNCONFIRMED = "unconfirmed"
    NO_GROUND = "no_ground"
    NO_PLACE = "no_place"
    SEALED = "sealed"
    NOT_SEALED = "not_sealed"
    NOT_OF_TWO = "not_of_two"
    TIMES = "times"
    NO_REASON = "no_reason"
    CHANGED = "changed"


class Refused(Exception):
    """A step of custody that is refused, and why; nothing is written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a custody record, with everything that its hash covers, in the order in which it covers it.

    `acted_at` is when it happened, `entered_at` when it was written; `by` wrote it, and `witness` saw it. `rests_on`
    names a consent by its number or a legal ground by its key; `reference` a paper or a transfer.
    """

    centre: int
    sample: str
    number: int
    kind: Kind
    acted_at: dt.datetime
    entered_at: dt.datetime
    by: str
    giver: str = ""
    receiver: str = ""
    confirmed: Confirmed = Confirmed.NOT
    witness: str = ""
    place: str = ""
    seal: str = ""
    seal_seen: SealSeen = SealSeen.NOT_LOOKED
    condition: Condition = Condition.UNSAID
    storage: str = ""
    rests_on: str = ""
    reason: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Whose entry is added by whom, now."""

    centre: int
    sample: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody wants to enter: None is what it was before, and of the place nothing where it changes hands.

    `seen` is the number of the entry that they saw last; where another came between, the step is refused.
    """

    kind: Kind
    acted_at: dt.datetime | None = None
    receiver: str | None = None
    confirmed: Confirmed = Confirmed.NOT
    witness: str = ""
    place: str | None = None
    seal: str | None = None
    seal_seen: SealSeen = SealSeen.NOT_LOOKED
    condition: Condition = Condition.UNSAID
    storage: str = ""
    rests_on: str = ""
    reason: str = ""
    reference: str = ""
    seen: int | None = None


# ── The chain ────────────────────────────────────────────────────────────────────────────────────────────────


def line(entry: Entry) -> str:
    """An entry as the text that is hashed. No field can hold the separator: the table's checks see to it."""
    return "|".join(_told(getattr(entry, name)) for name in NAMES)


def hash_of(entry: Entry, previous: bytes) -> bytes:
    """The hash that an entry bears: of the hash before it, and of all that it says."""
    return hashlib.sha256(previous + line(entry).encode()).digest()


def _told(value: object) -> str:
    if isinstance(value, dt.datetime):
        return str((value - _EPOCH) // _MICROSECOND)
    return str(value)


NAMES = tuple(field.name for field in fields(Entry))

# ── What can happen next ─────────────────────────────────────────────────────────────────────────────────────

# These leave a sample with whoever has it; the others give it to somebody.
_STAYS = frozenset({Kind.DRYING, Kind.DRIED, Kind.PACKED, Kind.SEALED, Kind.OPENED, Kind.MISSING, Kind.FOUND})
_CHANGES_HANDS = frozenset({Kind.HANDED, Kind.RELEASED, Kind.RETURNED})
_SAYS_WHY = {
    Kind.FOUND: Irregular.GAP,
    Kind.EXPLAINED: Irregular.GAP,
    Kind.OPENED: Irregular.OPENING,
    Kind.DESTROYED: Irregular.ENDING,
}
_BEHIND_A_SEAL = frozenset({Kind.STORED, Kind.HANDED, Kind.RELEASED, Kind.RETURNED})


def standing(last: Entry) -> Standing:
    """Where a sample stands after its newest entry."""
    if last.receiver == GONE:
        return Standing.DESTROYED
    if last.receiver in set(Outside):
        return Standing.LEFT
    return Standing.MISSING if last.kind is Kind.MISSING else Standing.HERE


def check(last: Entry | None, entry: Entry) -> None:
    """Raise Refused for a step that cannot come after the newest entry, or that lacks what it needs."""
    if entry.acted_at > entry.entered_at:
        raise Refused(Refusal.TIMES)
    if last is None or entry.kind is Kind.TAKEN:
        _must_begin(last, entry)
        return
    _must_be_where(standing(last), last, entry)
    if entry.giver != last.receiver or entry.number != last.number + 1:
        raise Refused(Refusal.NOT_THE_HOLDER)
    _must_go_to_somebody(last, entry)
    _must_be_sealed_so(last, entry)
    _must_rest_on_something(entry)


def irregular(last: Entry | None, entry: Entry, kept: Storage) -> frozenset[Irregular]:
    """What is irregular with a step of a sample that is to be kept so; each needs the reason."""
    says = {_SAYS_WHY[entry.kind]} if entry.kind in _SAYS_WHY else set()
    found = {
        Irregular.SEAL_BROKEN: entry.seal_seen is SealSeen.BROKEN,
        Irregular.UNSEALED: entry.kind in _BEHIND_A_SEAL and not entry.seal,
        Irregular.OTHER_STORAGE: entry.kind is Kind.STORED and entry.storage != kept,
        Irregular.CONDITION: entry.condition not in (Condition.UNSAID, Condition.AS_SHOULD_BE),
        Irregular.OUT_OF_TIME: last is not None and entry.acted_at < last.acted_at,
    }
    return frozenset(says | {each for each, is_so in found.items() if is_so})


def coming(last: Entry | None, step: Step, about: About) -> Entry:
    """The entry that a step would be after the newest one. Raises Refused where another entry came between."""
    number = last.number if last else 0
    if step.seen is not None and step.seen != number:
        raise Refused(Refusal.CHANGED)
    giver = last.receiver if last else ""
    receiver = giver if step.receiver is None else step.receiver
    stays = last is not None and receiver == giver
    return Entry(
        centre=about.centre,
        sample=about.sample,
        number=number + 1,
        kind=step.kind,
        acted_at=step.acted_at or about.at,
        entered_at=about.at,
        by=about.by,
        giver=giver,
        receiver=receiver,
        confirmed=step.confirmed,
        witness=step.witness,
        place=(last.place if last and stays else "") if step.place is None else step.place,
        seal=(last.seal if last else "") if step.seal is None else step.seal,
        seal_seen=step.seal_seen,
        condition=step.condition,
        storage=step.storage,
        rests_on=step.rests_on,
        reason=step.reason,
        reference=step.reference,
    )


def checked(last: Entry | None, entry: Entry, kept: Storage) -> Entry:
    """An entry that may be added. Raises Refused for an impossible step, and an irregular one without its reason."""
    check(last, entry)
    if irregular(last, entry, kept) and not entry.reason:
        raise Refused(Refusal.NO_REASON)
    return entry


def _must_begin(last: Entry | None, entry: Entry) -> None:
    if last is not None:
        raise Refused(Refusal.TAKEN)
    if entry.kind is not Kind.TAKEN or entry.number != 1:
        raise Refused(Refusal.NOT_TAKEN)
    if entry.giver or not entry.receiver:
        raise Refused(Refusal.NOBODY)
    if not entry.rests_on:
        raise Refused(Refusal.NO_GROUND)


def _must_be_where(now: Standing, last: Entry, entry: Entry) -> None:
    if now is Standing.DESTROYED or last.receiver == Outside.CLIENT:
        raise Refused(Refusal.OVER)
    if (now is Standing.LEFT) != (entry.kind is Kind.RETURNED):
        raise Refused(Refusal.NOT_HERE if now is Standing.LEFT else Refusal.IS_HERE)
    if (now is Standing.MISSING) != (entry.kind is Kind.FOUND):
        raise Refused(Refusal.MISSING if now is Standing.MISSING else Refusal.NOT_MISSING)


def _must_go_to_somebody(last: Entry, entry: Entry) -> None:
    """Each kind of step gives a sample to those whom it can go to, and is confirmed by as many as it takes."""
    is_member, stays = entry.receiver.startswith("member:"), entry.receiver == entry.giver
    fits = {
        Kind.STORED: entry.receiver == STORE,
        Kind.FETCHED: entry.giver == STORE and is_member,
        Kind.HANDED: is_member and not stays,
        Kind.RELEASED: entry.receiver in set(Outside),
        Kind.RETURNED: is_member or entry.receiver == STORE,
        Kind.EXPLAINED: is_member or entry.receiver == STORE,
        Kind.DESTROYED: entry.receiver == GONE,
    }
    if not (stays if entry.kind in _STAYS else fits[entry.kind]):
        raise Refused(Refusal.NOBODY)
    if entry.kind in _CHANGES_HANDS and entry.confirmed is Confirmed.NOT:
        raise Refused(Refusal.UNCONFIRMED)
    if entry.kind is Kind.DESTROYED and entry.witness in ("", entry.by):
        raise Refused(Refusal.NOT_OF_TWO)
    if (entry.receiver == STORE or entry.kind is Kind.DRYING) and not entry.place:
        raise Refused(Refusal.NO_PLACE)


def _must_be_sealed_so(last: Entry, entry: Entry) -> None:
    """A seal stays on from its entry until it is opened; one found broken is opened next."""
    if entry.kind is Kind.SEALED:
        if last.seal:
            raise Refused(Refusal.SEALED)
        if not entry.seal:
            raise Refused(Refusal.NOT_SEALED)
    elif entry.kind is Kind.OPENED:
        if not last.seal:
            raise Refused(Refusal.NOT_SEALED)
        if entry.seal:
            raise Refused(Refusal.SEALED)
    elif entry.seal != last.seal:
        raise Refused(Refusal.SEALED if last.seal else Refusal.NOT_SEALED)


def _must_rest_on_something(entry: Entry) -> None:
    if entry.kind in {Kind.RELEASED, Kind.DESTROYED} and not entry.rests_on:
        raise Refused(Refusal.NO_GROUND)


def replayed(entries: Iterable[Entry]) -> Entry | None:
    """The newest of a sample's entries, each of which could come after the one before it. Raises Refused."""
    last: Entry | None = None
    for entry in entries:
        check(last, entry)
        last = entry
    return last
