"""What else a client says: wishes, who may see their record at home, who is close to them, and whether two are one.

Whoever did it never becomes a person here: how they are related to the client is a code, with the client's own words
if they want.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from poukama.doors.known import Age


class Guardians(StrEnum):
    """Whether guardians see a minor's record: the four national values, and that it was not asked."""

    NOT_ASKED = "not_asked"
    NOT_CAPABLE_SHOWN = "not_capable_shown"
    CAPABLE_ALLOWS = "capable_allows"
    CAPABLE_FORBIDS = "capable_forbids"
    UNKNOWN_NOT_SHOWN = "unknown_not_shown"


# The values of the national code set, 1.2.246.537.5.40202.201901.
NATIONAL: Mapping[Guardians, str] = {
    Guardians.NOT_CAPABLE_SHOWN: "1",
    Guardians.CAPABLE_ALLOWS: "2",
    Guardians.CAPABLE_FORBIDS: "3",
    Guardians.UNKNOWN_NOT_SHOWN: "4",
}


def guardians_may_see(guardians: Guardians, age: Age, *, minor_under: int) -> bool:
    """Whether a guardian may see the record: not before it has been asked, nor of anybody who may be of age."""
    shown = guardians in (Guardians.NOT_CAPABLE_SHOWN, Guardians.CAPABLE_ALLOWS)
    return shown and age.surely_under(minor_under)


# ── Wishes ───────────────────────────────────────────────────────────────────────────────────────────────────


class Examiner(StrEnum):
    """Whom the client would rather be examined by."""

    NOT_ASKED = "not_asked"
    NO_WISH = "no_wish"
    WOMAN = "woman"
    MAN = "man"
    OWN_WORDS = "own_words"


class Wish(StrEnum):
    """Whether something is wished for."""

    NOT_ASKED = "not_asked"
    WISHED = "wished"
    NOT_WISHED = "not_wished"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the client wishes. An interpreter is never somebody close to them. `avoid` is words not to say."""

    examiner: Examiner = Examiner.NOT_ASKED
    examiner_words: str = ""
    interpreter: Wish = Wish.NOT_ASKED
    interpreter_language: str = ""
    support_person: Wish = Wish.NOT_ASKED
    support_words: str = ""
    avoid: str = ""
    breaks: str = ""
    other: str = ""


# ── Close people, and whoever did it ─────────────────────────────────────────────────────────────────────────


class Closeness(StrEnum):
    """How somebody is close to the client."""

    PARTNER = "partner"
    PARENT = "parent"
    GUARDIAN = "guardian"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    FRIEND = "friend"
    SUPPORT_PERSON = "support_person"
    OTHER = "other"


class Support(StrEnum):
    """Help of their own for somebody close."""

    NOT_ASKED = "not_asked"
    OFFERED = "offered"
    WANTED = "wanted"
    GIVEN = "given"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ClosePerson:
    """Somebody close to the client, with a small record of their own support. `knows` is what they may be told."""

    key: UUID
    closeness: Closeness
    name: str = ""
    number: str = ""
    knows: str = ""
    support: Support = Support.NOT_ASKED
    support_words: str = ""
    gone: bool = False


class Relation(StrEnum):
    """What whoever did it is to the client. No more is kept of them."""

    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"
    NOT_SAID = "not_said"
    PARTNER = "partner"
    FORMER_PARTNER = "former_partner"
    FAMILY = "family"
    OTHER_RELATIVE = "other_relative"
    ACQUAINTANCE = "acquaintance"
    DATING = "dating"
    AUTHORITY = "authority"
    CARER = "carer"
    STRANGER = "stranger"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Told:
    """A relation with the client's own words, if they want some kept."""

    relation: Relation = Relation.NOT_ASKED
    own_words: str = ""


# ── Two records of one person ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Joining:
    """That the record under a temporary identifier was joined to the official one, or parted from it again."""

    temporary: UUID
    official: UUID
    together: bool
    said_at: dt.datetime
    number: int


class NotJoinable(StrEnum):
    """Why two records are not joined."""

    SAME = "same"
    NO_OFFICIAL = "no_official"
    NOT_TEMPORARY = "not_temporary"
    JOINED = "joined"
    NOT_JOINED = "not_joined"


class CannotJoin(ValueError):
    """Two records that cannot be joined, or parted."""

    def __init__(self, why: NotJoinable) -> None:
        super().__init__(why)
        self.why = why


def joined_to(joinings: Iterable[Joining], at: dt.datetime) -> dict[UUID, UUID]:
    """Which temporary record stands with which official one now. Nothing is moved: parted, each is what it was."""
    said = sorted((each for each in joinings if each.said_at <= at), key=lambda each: (each.said_at, each.number))
    newest = {each.temporary: each for each in said}
    return {temporary: each.official for temporary, each in newest.items() if each.together}


def records_of(client: UUID, joined: Mapping[UUID, UUID]) -> frozenset[UUID]:
    """All the records of the one person whom a record is about."""
    official = joined.get(client, client)
    return frozenset({official, *(temporary for temporary, other in joined.items() if other == official)})


def check_joining(
    temporary: UUID, official: UUID, joined: Mapping[UUID, UUID], *, has_official: frozenset[UUID]
) -> None:
    """Raise CannotJoin unless exactly the second has an official identifier, and neither is joined as a temporary one.

    So no chain and no ring can come of it.
    """
    if temporary == official:
        raise CannotJoin(NotJoinable.SAME)
    if official not in has_official:
        raise CannotJoin(NotJoinable.NO_OFFICIAL)
    if temporary in has_official:
        raise CannotJoin(NotJoinable.NOT_TEMPORARY)
    if temporary in joined or official in joined or temporary in joined.values():
        raise CannotJoin(NotJoinable.JOINED)


# ── The end of a record ──────────────────────────────────────────────────────────────────────────────────────


class DestroyedFor(StrEnum):
    """Why a record is destroyed."""

    KEPT_LONG_ENOUGH = "kept_long_enough"
    CLIENTS_WISH = "clients_wish"
    BY_MISTAKE = "by_mistake"


class NotOfTwo(Exception):
    """A record is destroyed by two people: whoever asks for it does not confirm it."""
