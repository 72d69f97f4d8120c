"""Who somebody is, as far as they wish to say; how old that makes them; and the forms in which they are looked for.

Nothing here has to be known. Gender is what the person says, in their own words if they like, or nothing; no rule
asks it.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from poukama.clients.hetu import Hetu
from poukama.core import phones
from poukama.doors.known import ANY_AGE, Age


class Gender(StrEnum):
    """What the person says of their gender. It changes no route and is read from nothing."""

    NOT_ASKED = "not_asked"
    NOT_SAID = "not_said"
    WOMAN = "woman"
    MAN = "man"
    NON_BINARY = "non_binary"
    OWN_WORDS = "own_words"


class IdentifierKind(StrEnum):
    """Which identifier there is: none, one that stands in until another is known, or the official one."""

    NONE = "none"
    TEMPORARY = "temporary"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of who somebody is. `age` is what they said without a date of birth.

    `gives_away` is what else tells where they are, a line each: a school, a place of work. `code_from_client` is
    whether they gave the official identifier themselves; only then does it say how old they are.
    """

    called: str = ""
    name: str = ""
    born: dt.date | None = None
    age: Age = ANY_AGE
    kind: IdentifierKind = IdentifierKind.NONE
    identifier: str = ""
    code_from_client: bool = False
    gender: Gender = Gender.NOT_ASKED
    gender_words: str = ""
    language: str = ""
    address: str = ""
    municipality: str = ""
    gives_away: str = ""
    shielded: bool = False


UNSAID = Identity()

# ── Age ──────────────────────────────────────────────────────────────────────────────────────────────────────


def whole_years(born: dt.date, on: dt.date) -> int:
    """The age on a date. Whoever was born on 29 February is a year older on 1 March of a year without one.

    >>> whole_years(dt.date(2008, 2, 29), dt.date(2026, 2, 28)), whole_years(dt.date(2008, 2, 29), dt.date(2026, 3, 1))
    (17, 18)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_on(identity: Identity, code: Hetu | None, *, said: dt.date, on: dt.date) -> Age:
    """How old somebody is on a date, by what was said on the date `said`; dates that differ leave it between them.

    `code` is the official identifier, if there is one.
    """
    born = [identity.born] if identity.born else []
    if code is not None and identity.code_from_client:
        born.append(code.born)
    if not born:
        return _grown(identity.age, said, on)
    years = [max(0, whole_years(each, on)) for each in born]
    return Age(min(years), max(years))


def _grown(age: Age, said: dt.date, on: dt.date) -> Age:
    """An age of before, now: the birthday since then may have been any day."""
    passed = max(0, whole_years(said, on))
    on_the_day = whole_years(said, on - dt.timedelta(days=1)) < passed
    return Age(age.least + passed, None if age.most is None else age.most + passed + (not on_the_day))


# ── Looking for somebody ─────────────────────────────────────────────────────────────────────────────────────

# The fewest letters by which the beginning of a word finds it, and the most that are kept of one.
_FEWEST, _MOST = 3, 12
# A number of fewer digits than these finds nobody.
_FEWEST_DIGITS = 5
_WORDS = re.compile(r"\w+")
# Signs that cannot be taken for each other. Their number is prime, so that one wrong or two changed places show.
_SIGNS = "23456789BCDFGHJKMNPRTXZ"
_CODE_SIGNS = 5
CODES = len(_SIGNS) ** _CODE_SIGNS


class Place(StrEnum):
    """What a key is made of. Keys of different places are never compared."""

    CODE = "code"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A text by which a client is found, in the form that is compared."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for: whoever has one of the `exact` keys, or each of the `words`."""

    exact: frozenset[Key]
    words: tuple[Key, ...]


def plain(text: str) -> str:
    """The form in which two ways of writing a text are the same: NFKC, without case, single spaces, nothing unseen.

    >>> plain("  MAIJA   Meika\\u0308läinen ")
    'maija meikäläinen'
    """
    folded = unicodedata.normalize("NFKC", seen(text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def seen(text: str) -> str:
    """A text without the signs that nobody sees, as soft hyphens and marks of direction."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def keys_of(code: str, identity: Identity, numbers: tuple[str, ...], country: str) -> frozenset[Key]:
    """Every key by which a client is found: code, names whole and by their words' beginnings, numbers, identifier."""
    names = {plain(name) for name in (identity.called, identity.name)} - {""}
    keys = {Key(Place.CODE, code)} | {Key(Place.NAME, name) for name in names}
    keys |= {Key(Place.WORD, start) for name in names for word in _WORDS.findall(name) for start in _beginnings(word)}
    keys |= {Key(Place.NUMBER, form) for number in numbers if (form := phones.compared(number, country))}
    if identity.identifier:
        keys.add(Key(Place.IDENTIFIER, plain(identity.identifier)))
    return frozenset(keys)


def sought(text: str, country: str) -> Sought:
    """What a text typed into the one search field looks for. A text of nothing but signs looks for nothing."""
    form = plain(text)
    exact = {Key(Place.NAME, form), Key(Place.IDENTIFIER, form)} if form else set()
    if code := read_code(text):
        exact.add(Key(Place.CODE, code))
    number = phones.compared(text, country)
    if len(number) >= _FEWEST_DIGITS:
        exact.add(Key(Place.NUMBER, number))
    words = (word[:_MOST] for word in _WORDS.findall(form))
    return Sought(frozenset(exact), tuple(dict.fromkeys(Key(Place.WORD, word) for word in words)))


def _beginnings(word: str) -> set[str]:
    if len(word) < _FEWEST:
        return {word}
    return {word[:length] for length in range(_FEWEST, min(len(word), _MOST) + 1)}


# ── Our own code ─────────────────────────────────────────────────────────────────────────────────────────────


def make_code(number: int) -> str:
    """A client's code from a number below `CODES`, its last sign a check. It says nothing of anybody.

    >>> make_code(0), make_code(5_000_000), read_code("nr xp9p")
    ('22-2222', 'NR-XP9P', 'NR-XP9P')
    """
    signs = ""
    for _ in range(_CODE_SIGNS):
        number, sign = divmod(number, len(_SIGNS))
        signs = _SIGNS[sign] + signs
    signs += _check(signs)
    return f"{signs[:2]}-{signs[2:]}"


def read_code(text: str) -> str:
    """The code in a text, however it is spaced; empty if there is none or its check does not hold."""
    signs = re.sub(r"[\s-]", "", text).upper()
    if len(signs) != _CODE_SIGNS + 1 or not set(signs) <= set(_SIGNS) or _check(signs[:-1]) != signs[-1]:
        return ""
    return f"{signs[:2]}-{signs[2:]}"


def _check(signs: str) -> str:
    return _SIGNS[sum(place * _SIGNS.index(sign) for place, sign in enumerate(signs, start=1)) % len(_SIGNS)]
