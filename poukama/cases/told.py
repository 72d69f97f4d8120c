"""What has been told, so that nobody is asked twice: the topics, one telling, and the picture that the facts make.

A fact is never changed. A correction is a new fact that names the one it corrects; both are shown. Two accounts that
do not correct each other stand side by side, and nobody weighs one against the other. A topic that has no fact has
not been asked.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from poukama.cases.walls import Section
from poukama.core.clock import in_utc
from poukama.core.texts import clean
from poukama.protocols.rules import Interval


class Topic(StrEnum):
    """What a fact is about. A field that a form asks for has one, and no two forms ask for the same.

    What the client's own record keeps has none here: names, age, language, wishes, close people, relation, home.
    """

    ASKER = "asker"
    COMPANION = "companion"
    RECORD_SEEN_BY = "record_seen_by"
    TIME = "time"
    PLACE = "place"
    MUNICIPALITY = "municipality"
    ACCOUNT = "account"
    THREATS = "threats"
    WANTS = "wants"
    SAFE_NOW = "safe_now"
    SLEEPS_AT = "sleeps_at"
    WHO_KNOWS = "who_knows"
    CHILDREN = "children"
    DEVICES = "devices"
    INJURIES = "injuries"
    NECK = "neck"
    SIGNS = "signs"
    SUICIDAL = "suicidal"
    PREGNANT = "pregnant"
    INFECTION = "infection"
    ILLNESSES = "illnesses"
    MEDICINES = "medicines"
    ALLERGIES = "allergies"
    VACCINES = "vaccines"
    CONTRACEPTION = "contraception"
    SLEEP_AND_FOOD = "sleep_and_food"
    SINCE_THEN = "since_then"
    CLOTHES = "clothes"
    MEMORY = "memory"
    SUBSTANCES = "substances"
    HOUSING = "housing"
    LIVELIHOOD = "livelihood"
    POLICE_REPORT = "police_report"


class Said(StrEnum):
    """What was answered. These are four different things, and not having been asked is a fifth."""

    TOLD = "told"
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class About:
    """Where a topic belongs, and what may be chosen for it: the codes, or the shape that a code has."""

    section: Section
    codes: frozenset[str] = frozenset()
    shape: str = ""


def _codes(section: Section, codes: str = "", shape: str = "") -> About:
    return About(section, frozenset(codes.split()), shape)


_CODE = r"[a-z][a-z0-9_-]*"
ABOUT: Mapping[Topic, About] = {
    Topic.ASKER: _codes(Section.IDENTITY, "self close_person professional"),
    Topic.COMPANION: _codes(Section.IDENTITY, "alone sibling parent child partner relative friend professional other"),
    Topic.RECORD_SEEN_BY: _codes(Section.IDENTITY, "nobody guardian partner relative other"),
    Topic.TIME: _codes(Section.STORY, shape=r"[0-9T:Z.-]+/[0-9T:Z.-]+"),
    Topic.PLACE: _codes(Section.STORY, "own_home others_home outdoors public workplace school travelling online other"),
    Topic.MUNICIPALITY: _codes(Section.STORY, shape=_CODE),
    Topic.ACCOUNT: _codes(Section.STORY),
    Topic.THREATS: _codes(Section.STORY),
    Topic.WANTS: _codes(Section.STORY, "care samples talk information police"),
    Topic.SAFE_NOW: _codes(Section.STORY, "cannot_talk"),
    Topic.SLEEPS_AT: _codes(Section.STORY, "home relative friend shelter hospital other"),
    Topic.WHO_KNOWS: _codes(Section.STORY, "nobody partner parent relative friend professional"),
    Topic.CHILDREN: _codes(Section.STORY, "at_home safe_elsewhere need_care"),
    Topic.DEVICES: _codes(Section.STORY, "shared_device followed"),
    Topic.INJURIES: _codes(Section.HEALTH, "at_once"),
    Topic.NECK: _codes(Section.HEALTH),
    Topic.SIGNS: _codes(Section.HEALTH, "breathing bleeding confused"),
    Topic.SUICIDAL: _codes(Section.HEALTH),
    Topic.PREGNANT: _codes(Section.HEALTH),
    Topic.INFECTION: _codes(Section.HEALTH),
    Topic.ILLNESSES: _codes(Section.HEALTH),
    Topic.MEDICINES: _codes(Section.HEALTH),
    Topic.ALLERGIES: _codes(Section.HEALTH),
    Topic.VACCINES: _codes(Section.HEALTH, "tetanus hepatitis_b"),
    Topic.CONTRACEPTION: _codes(Section.HEALTH),
    Topic.SLEEP_AND_FOOD: _codes(Section.HEALTH),
    Topic.SINCE_THEN: _codes(Section.FORENSIC, "washed_self brushed_teeth ate drank toilet changed_clothes"),
    Topic.CLOTHES: _codes(Section.FORENSIC, "wearing with_them clothes_at_home washed_clothes lost_clothes"),
    Topic.MEMORY: _codes(Section.FORENSIC, "gaps"),
    Topic.SUBSTANCES: _codes(Section.FORENSIC, "alcohol took_medicines drugs perhaps_given"),
    Topic.HOUSING: _codes(Section.SOCIAL, "own_housing shared_housing temporary no_home"),
    Topic.LIVELIHOOD: _codes(Section.SOCIAL, "work study benefits no_income"),
    Topic.POLICE_REPORT: _codes(Section.LEGAL, "made wanted not_wanted undecided"),
}

# What is asked of these is not answered by yes or no.
WHICH = frozenset(
    {
        Topic.ASKER,
        Topic.COMPANION,
        Topic.RECORD_SEEN_BY,
        Topic.TIME,
        Topic.PLACE,
        Topic.MUNICIPALITY,
        Topic.ACCOUNT,
        Topic.WANTS,
        Topic.SLEEPS_AT,
        Topic.WHO_KNOWS,
        Topic.HOUSING,
        Topic.LIVELIHOOD,
        Topic.POLICE_REPORT,
    }
)


class Unfit(StrEnum):
    """What keeps a telling from being kept."""

    EMPTY = "empty"
    CODE = "code"
    QUOTES_NOTHING = "quotes_nothing"
    TIME = "time"


class NotTellable(ValueError):
    """A telling that contradicts itself, or that says something its topic has no word for."""

    def __init__(self, topic: Topic, unfit: Unfit) -> None:
        super().__init__(f"{topic}: {unfit}")
        self.topic = topic
        self.unfit = unfit


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing as it was told: an answer, codes, words; `own_words` marks the words as the client's own."""

    topic: Topic
    said: Said = Said.TOLD
    codes: frozenset[str] = frozenset()
    words: str = ""
    own_words: bool = False
    corrects: UUID | None = None


def checked(telling: Telling, heard_at: dt.datetime) -> Telling:
    """The telling as it can be kept, its words cleaned. Raises NotTellable."""
    words = clean(telling.words)
    about = ABOUT[telling.topic]
    if telling.said is Said.TOLD and not (telling.codes or words.strip()):
        raise NotTellable(telling.topic, Unfit.EMPTY)
    if telling.own_words and not words.strip():
        raise NotTellable(telling.topic, Unfit.QUOTES_NOTHING)
    if telling.codes and (telling.said is not Said.TOLD or not all(_fits(code, about) for code in telling.codes)):
        raise NotTellable(telling.topic, Unfit.CODE)
    if telling.topic is Topic.TIME:
        for code in telling.codes:
            _checked_time(code, heard_at)
    return Telling(telling.topic, telling.said, telling.codes, words, telling.own_words, telling.corrects)


def _fits(code: str, about: About) -> bool:
    return code in about.codes or bool(about.shape and re.fullmatch(about.shape, code))


# ── The time of the event ────────────────────────────────────────────────────────────────────────────────────

_OPEN = ".."


def time_code(event: Interval) -> str:
    """The time of an event as a code, the way ISO 8601 writes an interval; `..` for an end that is not known."""
    return "/".join(_moment_code(moment) for moment in (event.earliest, event.latest))


def read_time(code: str) -> Interval:
    """The interval in such a code. Raises ValueError for anything else."""
    earliest, latest = (None if part == _OPEN else dt.datetime.fromisoformat(part) for part in code.split("/"))
    return Interval(earliest, latest)


def _moment_code(moment: dt.datetime | None) -> str:
    return _OPEN if moment is None else in_utc(moment).replace(tzinfo=None).isoformat() + "Z"


def _checked_time(code: str, heard_at: dt.datetime) -> None:
    try:
        event = read_time(code)
        ends = [in_utc(moment) for moment in (event.earliest, event.latest) if moment is not None]
    except ValueError:
        raise NotTellable(Topic.TIME, Unfit.TIME) from None
    if ends != sorted(ends) or any(moment > heard_at for moment in ends):
        raise NotTellable(Topic.TIME, Unfit.TIME)


# ── The picture ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Fact:
    """A telling as it was kept: who heard it, when, in which contact, and the entry of the timeline it stands with."""

    id: UUID
    telling: Telling
    entry: UUID
    heard_by: int
    heard_at: dt.datetime
    contact: UUID | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A fact in the picture, with the facts that correct it; while there are none it stands."""

    fact: Fact
    corrected_by: tuple[UUID, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether nothing has corrected it."""
        return not self.corrected_by


Picture = Mapping[Topic, tuple[Account, ...]]


def told(facts: Iterable[Fact]) -> Picture:
    """The picture that the facts make, each topic in the order of hearing; in whatever order they come, it is the same.

    A correction holds only within its topic.
    """
    known = sorted({fact.id: fact for fact in facts}.values(), key=lambda fact: (fact.heard_at, fact.id))
    correcting: dict[tuple[Topic, UUID], list[UUID]] = {}
    for fact in known:
        if fact.telling.corrects is not None and fact.telling.corrects != fact.id:
            correcting.setdefault((fact.telling.topic, fact.telling.corrects), []).append(fact.id)
    picture: dict[Topic, tuple[Account, ...]] = {}
    for fact in known:
        topic = fact.telling.topic
        account = Account(fact, tuple(correcting.get((topic, fact.id), ())))
        picture[topic] = (*picture.get(topic, ()), account)
    return picture


def standing(picture: Picture, topic: Topic) -> tuple[Fact, ...]:
    """What stands on a topic, the first heard first. With anything here it is shown and not asked again."""
    return tuple(account.fact for account in picture.get(topic, ()) if account.stands)


def differ(picture: Picture, topic: Topic) -> bool:
    """Whether the accounts that stand do not say the same: they are shown side by side, each with its source."""
    said = {(fact.telling.said, fact.telling.codes, fact.telling.words) for fact in standing(picture, topic)}
    return len(said) > 1


def event(picture: Picture) -> Interval:
    """When it happened, as wide as all the accounts that stand: what the clocks go by.

    An end that one account leaves open is open. Nothing told is nothing known.
    """
    times = [read_time(code) for fact in standing(picture, Topic.TIME) for code in fact.telling.codes]
    if not times:
        return Interval()
    earliest = [time.earliest for time in times if time.earliest is not None]
    latest = [time.latest for time in times if time.latest is not None]
    return Interval(
        min(earliest) if len(earliest) == len(times) else None,
        max(latest) if len(latest) == len(times) else None,
    )
