"""A centre's sampling protocol: groups and their sites in order, and which of them come into question.

It is data that a doctor answers for. Steps follow from the part of the body and from the anatomy that the client says;
never from a gender, and never from a register. Anything can be added, and anything left out.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from poukama.centres.rules import TextState


class Part(StrEnum):
    """Where samples are taken from."""

    URINE = "urine"
    BLOOD = "blood"
    MOUTH = "mouth"
    SKIN = "skin"
    NAILS = "nails"
    HAIR = "hair"
    EXTERNAL = "external"
    INTERNAL = "internal"
    ANAL = "anal"
    CLOTHES = "clothes"


class Anatomy(StrEnum):
    """What a body has, as the client says it: some sites are on no other."""

    VULVA = "vulva"
    VAGINA = "vagina"
    CERVIX = "cervix"
    PENIS = "penis"


class SampleKind(StrEnum):
    """What is taken."""

    SWAB = "swab"
    RINSE = "rinse"
    LIQUID = "liquid"
    CUTTING = "cutting"
    TAPE = "tape"
    GARMENT = "garment"
    THING = "thing"


class Storage(StrEnum):
    """How a sample is kept."""

    DRY = "dry"
    FRIDGE = "fridge"
    FREEZER = "freezer"


class Container(StrEnum):
    """What a sample is put in."""

    SWAB_TUBE = "swab_tube"
    SCREW_CAP_POT = "screw_cap_pot"
    URINE_BOTTLE = "urine_bottle"
    BLOOD_TUBE = "blood_tube"
    PAPER_ENVELOPE = "paper_envelope"
    PAPER_BAG = "paper_bag"


class Irregular(StrEnum):
    """What can be out of order with a kit or a seal, and still is in somebody's hand."""

    DUPLICATE_SEAL = "duplicate_seal"
    USED_KIT = "used_kit"
    EXPIRED_LOT = "expired_lot"


class Answered(StrEnum):
    """What a protocol says to something out of order: it is refused, or kept with its reason as a deviation."""

    REFUSE = "refuse"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Site:
    """One site of a group: how many items of what, how kept. With `wet_then_dry` the first is moistened.

    `anatomy` is what a body must have for it; None for a site that every body has. One that `repeats` is taken once for
    each place that is pointed out.
    """

    code: str
    kind: SampleKind
    items: int
    wet_then_dry: bool
    storage: Storage
    container: Container
    glove_change: bool
    repeats: bool
    anatomy: Anatomy | None
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GroupWords:
    """A group in one language: its name; what the client hears first and is asked before; how to keep it clean."""

    language: str
    name: str
    say_first: str
    ask_before: str
    contamination: str


@dataclass(frozen=True, slots=True)
class Group:
    """Sites that are taken together, under one consent.

    `scope` is that of the consent; empty where nothing is taken from the client, as with controls. `part` is None where
    the group always comes. `window` is the code of a time window, or empty. One that is `early` may come before
    everything else, so that the client can drink; one with `not_before` only so long after the event.
    """

    code: str
    scope: str
    part: Part | None
    window: str
    early: bool
    not_before: dt.timedelta | None
    source: str
    sites: tuple[Site, ...]
    words: Mapping[str, GroupWords]

    def in_language(self, *languages: str) -> GroupWords:
        """The words in the first of these languages that has them; else in the first there is."""
        known = [self.words[language] for language in languages if language in self.words]
        return (known or list(self.words.values()))[0]

    def name_of(self, site: Site, *languages: str) -> str:
        """What a site of the group is called, in the language of the group's words."""
        return site.names[self.in_language(*languages).language]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a protocol in one language: who answers for them, and who has read them."""

    owner: str
    state: TextState
    review_by: dt.date


@dataclass(frozen=True, slots=True)
class Protocol:
    """A sampling protocol. `version` is the centre's own count; approved only by a row that names its content."""

    code: str
    version: str
    source: str
    review_by: dt.date
    groups: tuple[Group, ...]
    irregular: Mapping[Irregular, Answered]
    spoken: Mapping[str, Spoken]
    approved_by: str = ""
    valid_from: dt.date | None = None

    @property
    def approved(self) -> bool:
        """Whether a named person has approved it."""
        return bool(self.approved_by)


# ── Which steps come into question ───────────────────────────────────────────────────────────────────────────


class Why(StrEnum):
    """Why a step is there."""

    ALWAYS = "always"
    PART = "part"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Step:
    """One site of one group, and why it is there."""

    group: Group
    site: Site
    why: Why

    @property
    def key(self) -> str:
        """What a step is called wherever one is added or left out, as mouth.rinse."""
        return f"{self.group.code}.{self.site.code}"


def steps(
    protocol: Protocol,
    parts: Collection[Part],
    anatomy: Collection[Anatomy] | None,
    *,
    added: Collection[str] = (),
    skipped: Collection[str] = (),
) -> tuple[Step, ...]:
    """The steps that come into question, in the protocol's order.

    A group comes with its part of the body. With `anatomy` None nobody has asked, and no site is left out for it. What
    is `added` comes whatever the rest says, and what is `skipped` does not; both by the keys of steps.
    """
    found = []
    for step in _all(protocol):
        if step.key in added:
            found.append(Step(step.group, step.site, Why.ADDED))
        elif step.key not in skipped and _suits(step, parts, anatomy):
            found.append(step)
    return tuple(found)


def can_be_added(protocol: Protocol, shown: Iterable[Step]) -> tuple[Step, ...]:
    """The protocol's other steps, in its order."""
    there = {step.key for step in shown}
    return tuple(Step(step.group, step.site, Why.ADDED) for step in _all(protocol) if step.key not in there)


def _all(protocol: Protocol) -> list[Step]:
    return [
        Step(group, site, Why.PART if group.part else Why.ALWAYS) for group in protocol.groups for site in group.sites
    ]


def _suits(step: Step, parts: Collection[Part], anatomy: Collection[Anatomy] | None) -> bool:
    in_question = step.group.part is None or step.group.part in parts
    return in_question and (step.site.anatomy is None or anatomy is None or step.site.anatomy in anatomy)
