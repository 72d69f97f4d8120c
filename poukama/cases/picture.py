"""What has been told, in words: each answer with its source, what it corrects below it, accounts side by side.

Whoever shows something told takes these words, so that it reads the same on every page.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext

from poukama.cases.told import ABOUT, Fact, Picture, Topic, differ, standing
from poukama.cases.told_words import TOPIC, answer_words
from poukama.cases.walls import Section
from poukama.centres.rules import Pack, Words
from poukama.staff import moments

# Places that are no municipality of the pack.
BEYOND = ("elsewhere", "ship", "abroad")


@dataclass(frozen=True, slots=True)
class Saying:
    """An account as it is shown: the answer, the words and whose they are, the source, and what it corrects."""

    fact: UUID
    answer: str
    words: str
    own_words: bool
    source: str
    earlier: tuple["Saying", ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A topic with the accounts of it that stand; with none it has not been told yet."""

    topic: Topic
    name: Promise
    sayings: tuple[Saying, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Teller:
    """What it takes to say something told: names by member, places by code, the centre's clock, and the moment."""

    names: Mapping[int, str]
    places: Mapping[str, str]
    zone: ZoneInfo
    at: dt.datetime

    def items(self, picture: Picture, topics: Iterable[Topic]) -> tuple[Item, ...]:
        """These topics, each as it has been told."""
        return tuple(
            Item(topic, TOPIC[topic], self._sayings(picture, topic), differ(picture, topic)) for topic in topics
        )

    def _sayings(self, picture: Picture, topic: Topic) -> tuple[Saying, ...]:
        facts = {account.fact.id: account.fact for account in picture.get(topic, ())}
        return tuple(self._saying(fact, facts) for fact in standing(picture, topic))

    def _saying(self, fact: Fact, facts: Mapping[UUID, Fact]) -> Saying:
        corrected = facts.get(fact.telling.corrects) if fact.telling.corrects else None
        # What is corrected was there before: without it in hand, two that name each other would go round.
        rest = {each: known for each, known in facts.items() if each != fact.id}
        return Saying(
            fact=fact.id,
            answer=answer_words(fact.telling, self.zone, self.places),
            words=fact.telling.words,
            own_words=fact.telling.own_words,
            source=self.source(fact),
            earlier=(self._saying(corrected, rest),) if corrected and corrected.id in rest else (),
        )

    def source(self, fact: Fact) -> str:
        """Who heard it and when, and that it was in a contact of the helpline, if it was."""
        said = pgettext("contact", "contact, %(name)s %(when)s") if fact.contact else "%(name)s %(when)s"
        return said % {
            "name": self.names.get(fact.heard_by, ""),
            "when": moments.nearby(fact.heard_at, self.at, self.zone),
        }


def topics_of(section: Section) -> tuple[Topic, ...]:
    """The topics that belong to a section."""
    return tuple(topic for topic, about in ABOUT.items() if about.section is section)


def places(pack: Pack) -> dict[str, str]:
    """The municipalities of a pack by code, and what else there is, as a page names them."""
    codes = (*(pack.area.municipalities if pack.area else ()), *BEYOND)
    return {code: place_words(code, pack) for code in codes}


def place_words(code: str, pack: Pack) -> str:
    """What a place is called, in the pack's own words where it has a name."""
    beyond = {"elsewhere": gettext("elsewhere"), "ship": gettext("on a ship"), "abroad": gettext("abroad")}
    return beyond.get(code) or said_in(pack).get(f"municipalities.{code}") or code.capitalize()


def said_in(pack: Pack) -> Words:
    """The pack's words in the language of the page, or in its first."""
    return pack.words.get(get_language() or "") or pack.words[pack.languages[0]]
