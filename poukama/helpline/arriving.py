"""Somebody who has come: what they told the helpline becomes facts of their case, and how they may be reached.

Nothing is guessed and nothing is left out: an answer is a fact, or the client's record keeps it, or it says nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from poukama.cases import told
from poukama.cases.rules import Kind
from poukama.cases.told import Telling, Topic
from poukama.clients.reach import Channel, Way
from poukama.doors.known import ANY_AGE, Age, Asker
from poukama.helpline.answers import (
    NOT_ASKED,
    UNKNOWN,
    UNSAID,
    Answers,
    Hurt,
    SafeContact,
    SafeNow,
    Said,
    When,
    Words,
    age_of,
)
from poukama.helpline.rules import interval

# ── Whoever comes ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who has come, as whoever receives them writes it down; all of it may be missing.

    `contact` is what they told before, `case` the one that they have already; `company` is codes of Topic.COMPANION.
    """

    called: str = ""
    language: str = ""
    interpreter: bool = False
    way: Way | None = None
    company: frozenset[str] = frozenset()
    room: str = ""
    kind: Kind = Kind.OWN
    asked_by: str = ""
    contact: UUID | None = None
    case: UUID | None = None
    arrived_at: dt.datetime | None = None


class InCase(Exception):
    """A contact that is attached to a case is read there, by whoever is let in."""

    def __init__(self, case: UUID) -> None:
        super().__init__()
        self.case = case


# Nobody is with whoever is alone.
ALONE = "alone"


def accompanied(company: frozenset[str]) -> bool:
    """Whether somebody is there with them."""
    return bool(company - {ALONE})


# ── Answers as facts ─────────────────────────────────────────────────────────────────────────────────────────

# What says nothing once they are here: at about which hour they come.
PAST = frozenset({"arrives"})
# The answers that the client's own record keeps: the age, the language with who interprets, the way to reach them.
IN_THE_RECORD = frozenset({"language", "interpreter", "age", "safe_contact", "voicemail"})
# What says something only together with another answer.
WITH_ANOTHER = {"unsure": "when"}
_SAID: Mapping[str, told.Said] = {
    "yes": told.Said.YES,
    "no": told.Said.NO,
    UNKNOWN: told.Said.UNKNOWN,
    UNSAID: told.Said.UNSAID,
}
# What stands in an answer that was not asked for.
_NOT_ASKED = frozenset({NOT_ASKED, *(str(kind.NOT_ASKED) for kind in (SafeNow, Hurt, Said, When))})


def tellings(answers: Answers, began_at: dt.datetime) -> tuple[Telling, ...]:
    """What was told as facts, each answer by its topic. What was not asked is none of them.

    "No", "does not know" and "does not want to say" are kept as what they are.
    """
    found = (make(answers, began_at) for make in FACTS.values())
    return tuple(telling for telling in found if telling is not None)


def _choice(name: str, topic: Topic) -> Callable[[Answers, dt.datetime], Telling | None]:
    """An answer that is one word: yes, no, one of the two that say neither, or a code of its topic."""

    def make(answers: Answers, _began_at: dt.datetime) -> Telling | None:
        word = str(getattr(answers, name))
        if word in _NOT_ASKED:
            return None
        return Telling(topic, _SAID[word]) if word in _SAID else _coded(topic, word)

    return make


def _coded(topic: Topic, *codes: str) -> Telling:
    return Telling(topic, codes=frozenset(codes))


def _asker(answers: Answers, _began_at: dt.datetime) -> Telling | None:
    # Nobody is asked who they are: an unknown caller has told nothing.
    return None if answers.caller is Asker.UNKNOWN else _coded(Topic.ASKER, answers.caller)


def _wants(answers: Answers, _began_at: dt.datetime) -> Telling | None:
    return _coded(Topic.WANTS, *answers.wants) if answers.wants else None


def _time(answers: Answers, began_at: dt.datetime) -> Telling | None:
    """When it happened, as the desk's clocks had it: counted from when the contact began."""
    if answers.when in (When.NOT_ASKED, When.UNKNOWN, When.UNSAID):
        return _choice("when", Topic.TIME)(answers, began_at)
    return _coded(Topic.TIME, told.time_code(interval(answers.when, began_at, unsure=answers.unsure)))


# Each answer that is a fact, with how it becomes one.
FACTS: Mapping[str, Callable[[Answers, dt.datetime], Telling | None]] = {
    "caller": _asker,
    "safe_now": _choice("safe_now", Topic.SAFE_NOW),
    "hurt": _choice("hurt", Topic.INJURIES),
    "neck": _choice("neck", Topic.NECK),
    "suicidal": _choice("suicidal", Topic.SUICIDAL),
    "when": _time,
    "place": _choice("place", Topic.MUNICIPALITY),
    "infection": _choice("infection", Topic.INFECTION),
    "wants": _wants,
}

# ── What the client's record keeps ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Known:
    """What a contact tells of the client themselves: nothing of a name or a language where somebody else called."""

    called: str = ""
    language: str = ""
    interpreter: bool = False
    age: Age = ANY_AGE


def known_of(answers: Answers, words: Words) -> Known:
    """Who they are, as far as they said it. The age is theirs whoever called."""
    age = age_of(answers.age)
    if not _themselves(answers):
        return Known(age=age)
    language = "" if answers.language in (UNKNOWN, UNSAID) else answers.language
    return Known(words.called_name, language, answers.interpreter, age)


def _themselves(answers: Answers) -> bool:
    return answers.caller in (Asker.SELF, Asker.UNKNOWN)


@dataclass(frozen=True, slots=True)
class WayTold:
    """A way to reach somebody, as they told it on the telephone; hours that cannot be read are None.

    No way is open longer than somebody said, so without them it is not opened by itself.
    """

    channel: Channel
    address: str
    voicemail: bool
    name_we_say: str
    hours: tuple[dt.time, dt.time] | None


_CHANNELS: Mapping[SafeContact, Channel] = {
    SafeContact.CALL: Channel.CALL,
    SafeContact.MESSAGE: Channel.MESSAGE,
    SafeContact.CLOSE_PERSON: Channel.CLOSE_PERSON,
}


def way_told(answers: Answers, words: Words) -> WayTold | None:
    """The way to the client that a contact opened. A number that somebody else gave as their own is none."""
    if answers.safe_contact is SafeContact.NO or not words.phone or not _themselves(answers):
        return None
    channel, hours = _CHANNELS[answers.safe_contact], hours_said(words.hours)
    return WayTold(channel, words.phone, answers.voicemail, words.name_to_say, hours)


_HOUR = r"([01]?[0-9]|2[0-4])(?:[.:]([0-5][0-9]))?"
_HOURS = re.compile(rf"(?:klo|kl|at)?\.?\s*{_HOUR}\s*[-–—]\s*{_HOUR}", re.IGNORECASE)


def hours_said(text: str) -> tuple[dt.time, dt.time] | None:
    """From and until what hour, if a text says that and nothing else; midnight is 0 or 24.

    >>> hours_said("klo 9–11.30"), hours_said("evenings"), hours_said("14-14")
    ((datetime.time(9, 0), datetime.time(11, 30)), None, None)
    """
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    first, first_minutes, last, last_minutes = (int(part or 0) for part in found.groups())
    begins, ends = dt.time(first % 24, first_minutes), dt.time(last % 24, last_minutes)
    return None if begins == ends else (begins, ends)


def same_hours(text: str, way: Way) -> bool:
    """Whether a way is open at the hours that a text says."""
    said = hours_said(text)
    return said is not None and way.hours.expression.endswith(f" {said[0]:%H:%M}-{said[1]:%H:%M}")


def not_elsewhere(words: Words, known: frozenset[str]) -> str:
    """The words of a contact, besides its note, that nothing else has kept: a line each."""
    told_words = (words.called_name, words.phone, words.hours, words.name_to_say)
    return "\n".join(text for text in told_words if text.strip() and text not in known)
