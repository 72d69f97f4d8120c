"""A case's samples: what becomes of each, in which order, and what is out of order with a kit, a seal or the order.

What the protocol refuses is refused; what it records is kept with a reason from a list. No reason is ever asked for
something that the client does not want.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from poukama.protocols.sampling import Answered, Container, Irregular, SampleKind, Step, Storage


class State(StrEnum):
    """What has become of a sample that the protocol asks for."""

    NOT_YET = "not_yet"
    TAKEN = "taken"
    NOT_WANTED = "not_wanted"
    NOT_RELEVANT = "not_relevant"


class Wet(StrEnum):
    """Whether an item is moistened first, where that is said of it."""

    UNSAID = ""
    WET = "wet"
    DRY = "dry"


class Deviation(StrEnum):
    """What was out of order, and is kept with its reason."""

    ORDER = "order"
    NO_LABEL_BEFORE = "no_label_before"
    DUPLICATE_SEAL = "duplicate_seal"
    USED_KIT = "used_kit"
    EXPIRED_LOT = "expired_lot"


class Reason(StrEnum):
    """Why something was out of order: the whole list."""

    CLIENT_WISHED = "client_wished"
    CLIENT_THIRSTY = "client_thirsty"
    CARE_FIRST = "care_first"
    NO_OTHER_THERE = "no_other_there"
    PRINTER_DOWN = "printer_down"
    MISREAD = "misread"
    BY_MISTAKE = "by_mistake"
    NOT_KNOWN = "not_known"


class Refusal(StrEnum):
    """Why a step is refused."""

    NOT_A_CODE = "not_a_code"
    CODE_USED = "code_used"
    NOT_RESERVED = "not_reserved"
    SEAL_USED = "seal_used"
    KIT_USED = "kit_used"
    LOT_EXPIRED = "lot_expired"
    NO_LOT = "no_lot"
    NO_REASON = "no_reason"
    TAKEN = "taken"
    NO_CONSENT = "no_consent"
    TIMES = "times"
    SERIES_OVER = "series_over"


class Refused(Exception):
    """A step that is refused, and why; nothing is written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


# What an irregular kit or seal is called when it is refused, and when it is kept.
REFUSED: Mapping[Irregular, Refusal] = {
    Irregular.DUPLICATE_SEAL: Refusal.SEAL_USED,
    Irregular.USED_KIT: Refusal.KIT_USED,
    Irregular.EXPIRED_LOT: Refusal.LOT_EXPIRED,
}
KEPT: Mapping[Irregular, Deviation] = {
    Irregular.DUPLICATE_SEAL: Deviation.DUPLICATE_SEAL,
    Irregular.USED_KIT: Deviation.USED_KIT,
    Irregular.EXPIRED_LOT: Deviation.EXPIRED_LOT,
}


@dataclass(frozen=True, slots=True)
class KitSaid:
    """A kit as it lies there: the number on the box if it has one, its lot, and the last day it may be used."""

    lot: str
    number: str = ""
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One item to be taken: where it stands in the protocol, what it is, how it is kept. `place` tells places apart."""

    group: str
    site: str
    scope: str
    position: int
    place: int
    item: int
    kind: SampleKind
    wet: Wet
    storage: Storage
    container: Container


@dataclass(frozen=True, slots=True)
class Taking:
    """How an item was taken: when, by which member, what its window said then, and why out of order if it was.

    Whoever writes it took it now, where nothing else is said.
    """

    at: dt.datetime | None = None
    taken_by: int | None = None
    window: str = ""
    reason: Reason | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A sample as far as the order goes: where it stands, whether it may come early, what has become of it."""

    sample: UUID
    position: int
    early: bool
    state: State


def items_at(step: Step, position: int, place: int) -> tuple[Planned, ...]:
    """The items of one step at one place: the first moistened and the others dry, where that is asked for."""
    group, site = step.group, step.site
    return tuple(
        Planned(
            group=group.code,
            site=site.code,
            scope=group.scope,
            position=position,
            place=place,
            item=item,
            kind=site.kind,
            wet=(Wet.WET if item == 1 else Wet.DRY) if site.wet_then_dry else Wet.UNSAID,
            storage=site.storage,
            container=site.container,
        )
        for item in range(1, site.items + 1)
    )


def out_of_order(sample: UUID, standings: Iterable[Standing]) -> bool:
    """Whether taking this one now leaves something before it undecided, or comes after what follows it.

    What may come early is never too early; what is not wanted or not relevant keeps nothing back.
    """
    known = {each.sample: each for each in standings}
    mine = known.pop(sample)
    waiting = any(each.state is State.NOT_YET and each.position < mine.position for each in known.values())
    passed = any(each.state is State.TAKEN and each.position > mine.position for each in known.values())
    return passed or (waiting and not mine.early)


def answered(irregular: Irregular, answers: Mapping[Irregular, Answered], reason: Reason | None) -> Deviation:
    """The deviation that is kept of something irregular. Raises Refused where the protocol does, or without a reason.

    What the protocol does not speak of is refused.
    """
    if answers.get(irregular, Answered.REFUSE) is Answered.REFUSE:
        raise Refused(REFUSED[irregular])
    if reason is None:
        raise Refused(Refusal.NO_REASON)
    return KEPT[irregular]


def expired(expires: dt.date | None, today: dt.date) -> bool:
    """Whether the last day has passed; a kit without one never expires."""
    return expires is not None and expires < today
