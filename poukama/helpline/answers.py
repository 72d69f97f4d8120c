"""What a contact may hold, and how what a page sends is read into it.

There is a field for what is listed here and for nothing else: what must not be asked on the telephone has no place to
be written in. Every answer may be missing; "not asked", "does not know", "does not want to say" and "no" are four.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from poukama.centres.rules import Pack
from poukama.core.texts import clean
from poukama.doors.known import Age, Asker, Want


class Channel(StrEnum):
    """How somebody made contact."""

    PHONE = "phone"
    CHAT = "chat"
    MESSAGE = "message"
    IN_PERSON = "in_person"


class Said(StrEnum):
    """The answer to a question that is put only if it fits."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


class SafeNow(StrEnum):
    """Whether the caller is somewhere safe, and can talk."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"
    CANNOT_TALK = "cannot_talk"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


class Hurt(StrEnum):
    """Whether somebody is hurt: so that a doctor looks at it, or so that help is needed this minute."""

    NOT_ASKED = "not_asked"
    AT_ONCE = "at_once"
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


class When(StrEnum):
    """How long ago, counted from the beginning of the contact; in the order of time."""

    NOT_ASKED = "not_asked"
    HOURS_3 = "hours_3"
    HOURS_6 = "hours_6"
    HOURS_12 = "hours_12"
    HOURS_24 = "hours_24"
    DAYS_2 = "days_2"
    DAYS_3 = "days_3"
    DAYS_5 = "days_5"
    DAYS_7 = "days_7"
    MONTH = "month"
    LONGER = "longer"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


class SafeContact(StrEnum):
    """By which way the caller may be reached; by none unless they said so."""

    NO = "no"
    CALL = "call"
    MESSAGE = "message"
    CLOSE_PERSON = "close_person"


# Words for an age or a place that is no band and no name.
NOT_ASKED, UNKNOWN, UNSAID = "", "unknown", "unsaid"
# Neither the home nor the event lies in the area; a pack's own words for what is no municipality.
ELSEWHERE, SHIP, ABROAD = "elsewhere", "ship", "abroad"


@dataclass(frozen=True, slots=True)
class Answers:
    """The structured part: it stands in columns, is counted, and identifies nobody."""

    caller: Asker = Asker.UNKNOWN
    language: str = NOT_ASKED
    interpreter: bool = False
    safe_now: SafeNow = SafeNow.NOT_ASKED
    hurt: Hurt = Hurt.NOT_ASKED
    neck: Said = Said.NOT_ASKED
    suicidal: Said = Said.NOT_ASKED
    when: When = When.NOT_ASKED
    unsure: bool = False
    age: str = NOT_ASKED
    place: str = NOT_ASKED
    infection: Said = Said.NOT_ASKED
    wants: frozenset[Want] = frozenset()
    safe_contact: SafeContact = SafeContact.NO
    voicemail: bool = False
    arrives: str = NOT_ASKED


@dataclass(frozen=True, slots=True)
class Words:
    """The part in the caller's and the midwife's own words: it is sealed."""

    note: str = ""
    called_name: str = ""
    phone: str = ""
    hours: str = ""
    name_to_say: str = ""


ANSWERS = tuple(field.name for field in fields(Answers))
WORDS = tuple(field.name for field in fields(Words))
# What is kept only if the caller may be reached.
ONLY_IF_SAFE = ("phone", "hours", "name_to_say", "voicemail")
LONGEST = {"note": 200_000, "called_name": 300, "phone": 60, "hours": 300, "name_to_say": 300}


class Fault(StrEnum):
    """Why a field was not kept."""

    NO_CHOICE = "no_choice"
    TOO_LONG = "too_long"
    ONLY_IF_SAFE = "only_if_safe"
    NO_TIME = "no_time"


@dataclass(frozen=True, slots=True)
class Changes:
    """The fields of a contact that change, by name."""

    answers: Mapping[str, object]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a centre's pack gives to choose from: bands of age, and places by code."""

    ages: tuple[str, ...]
    places: tuple[str, ...]


def choices(pack: Pack) -> Choices:
    """The bands between the ages that something hangs on, and the area's municipalities with what else lies in it."""
    limits = {pack.ages.alone, pack.ages.referred} if pack.ages else set()
    limits |= {pack.duty.under} if pack.duty else set()
    edges = sorted(limits - {0})
    bands = [f"{low}-{high - 1}" for low, high in zip([0, *edges], edges, strict=False)]
    area = pack.area
    places = area.municipalities if area else ()
    beyond = tuple(word for word in (SHIP, ABROAD) if area and area.holds(word))
    return Choices((*bands, f"{edges[-1] if edges else 0}-"), (*places, *beyond, ELSEWHERE))


def age_of(band: str) -> Age:
    """The ages of a band, every age for what is no band.

    >>> age_of("16-17"), age_of("18-"), age_of("unsaid")
    (Age(least=16, most=17), Age(least=18, most=None), Age(least=0, most=None))
    """
    least, dash, most = band.partition("-")
    return Age(int(least), int(most) if most else None) if dash else Age()


# ── What a page sends ────────────────────────────────────────────────────────────────────────────────────────

_LANGUAGE = re.compile(r"([a-z]{2,3})?")
_KINDS: Mapping[str, type[StrEnum]] = {
    "caller": Asker,
    "safe_now": SafeNow,
    "hurt": Hurt,
    "neck": Said,
    "suicidal": Said,
    "when": When,
    "infection": Said,
    "safe_contact": SafeContact,
}
_FLAGS = {"interpreter", "unsure", "voicemail"}
_OFF = {"", "0", "false", "off", "no"}


class _Unfit(Exception):
    """A value that is none of those that may be chosen, or no time of the day."""

    def __init__(self, fault: Fault = Fault.NO_CHOICE) -> None:
        super().__init__(fault)
        self.fault = fault


def read(sent: Mapping[str, object], given: Choices) -> tuple[Changes, dict[str, Fault]]:
    """The changes in what a page sends, and why fields were left out. What we have no field for is not read.

    A many-valued field is a list; a flag is true or false, or a word as a form sends it.
    """
    faults: dict[str, Fault] = {}
    answers: dict[str, object] = {}
    words: dict[str, str] = {}
    for name in ANSWERS:
        if name in sent:
            try:
                answers[name] = _answer(name, sent[name], given)
            except _Unfit as unfit:
                faults[name] = unfit.fault
    for name in WORDS:
        if name in sent:
            text = clean(str(sent[name]))
            if len(text) > LONGEST[name]:
                faults[name] = Fault.TOO_LONG
            else:
                words[name] = text
    return Changes(answers, words), faults


def _answer(name: str, value: object, given: Choices) -> object:
    if name in _FLAGS:
        return value if isinstance(value, bool) else str(value).casefold() not in _OFF
    if name == "wants":
        return frozenset(_word(Want)(each) for each in (value if isinstance(value, list | tuple) else [value]) if each)
    if name in _KINDS:
        return _word(_KINDS[name])(value)
    text = str(value)
    if name == "arrives":
        return _hour(text)
    known = {"age": given.ages, "place": given.places}.get(name, ())
    if text in (NOT_ASKED, UNKNOWN, UNSAID, *known) or (name == "language" and _LANGUAGE.fullmatch(text)):
        return text
    raise _Unfit


def _hour(text: str) -> str:
    """A time of the day as it is kept, `03:20`; empty for none."""
    if not text.strip():
        return NOT_ASKED
    wall = hour_of(text)
    if wall is None:
        raise _Unfit(Fault.NO_TIME)
    return f"{wall:%H:%M}"


def hour_of(text: str | None) -> dt.time | None:
    """A time of the day as people write it: 2.31, 02:31, 0231."""
    digits = (text or "").strip().replace(".", ":").replace(" ", ":")
    hours, _, minutes = digits.partition(":")
    if not minutes and len(hours) in (3, 4):
        hours, minutes = hours[:-2], hours[-2:]
    if not (hours.isascii() and hours.isdigit() and (minutes or "0").isascii() and (minutes or "0").isdigit()):
        return None
    try:
        return dt.time(int(hours), int(minutes or 0))
    except (ValueError, OverflowError):
        return None


def _word(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    def read_word(value: object) -> StrEnum:
        try:
            return kind(str(value))
        except ValueError:
            raise _Unfit from None

    return read_word
