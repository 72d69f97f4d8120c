"""What is hidden of a client who is protected: where they are and what gives that away, in fields, texts, file names.

Rather too much is hidden than too little: if anything of a hidden value can still be read in a text, all of it goes.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from poukama.clients.identity import Identity, plain, seen

HIDDEN = "▒▒▒"
_WORD = re.compile(r"[^\W_]+")
_BEFORE, _AFTER, _BETWEEN = r"(?<![^\W_])", r"(?![^\W_])", r"[\W_]{0,4}"
# A word of a secret tells something by itself from this many letters on, or this many digits; a longer one is looked
# for without its last letters, which Finnish bends.
_LETTERS, _DIGITS, _BENDS, _BENT = 4, 5, 6, 2
# A shorter secret may have an ending of this many letters.
_ENDING = 4
# The last digits of a telephone number are the same however it is dialled.
_NUMBER = 7


def masked(identity: Identity) -> Identity:
    """An identity as it is shown: the same, or without where the person is and what gives it away."""
    if not identity.shielded:
        return identity
    return replace(
        identity,
        address=_hidden(identity.address),
        municipality=_hidden(identity.municipality),
        gives_away=_hidden(identity.gives_away),
    )


def secrets_of(identity: Identity, numbers: Iterable[str] = ()) -> tuple[str, ...]:
    """What must be read nowhere of a protected person, line by line; the numbers at which they are reached too."""
    if not identity.shielded:
        return ()
    lines = (*identity.address.splitlines(), identity.municipality, *identity.gives_away.splitlines(), *numbers)
    return tuple(line.strip() for line in lines if line.strip())


def masked_text(text: str, secrets: Iterable[str]) -> str:
    """A text, or a file's name, in which nothing of the secrets can be read, however they are written, bent or joined.

    >>> masked_text("Turussa Kotkankadulla, puh. +358 40-123 4567", ["Kotkankatu 3", "040 1234567"])
    'Turussa ▒▒▒, puh. ▒▒▒'
    >>> masked_text("lausunto_kotkankatu3.pdf", ["Kotkankatu 3"])
    'lausunto_▒▒▒.pdf'
    """
    secrets = tuple(secret for secret in secrets if secret)
    patterns = [pattern for secret in secrets for pattern in _patterns(secret)]
    if patterns:
        text = re.compile("|".join(patterns), re.IGNORECASE).sub(HIDDEN, seen(text))
    return HIDDEN if holds(text, secrets) else text


def holds(text: str, secrets: Iterable[str]) -> bool:
    """Whether a secret, or a telling word of one, can be read in a text, whatever stands between its letters."""
    text = plain(text)
    words = _WORD.findall(text)
    run, begins = "".join(words), {0, *accumulate(map(len, words))}
    return any(
        _stands_in(text, secret) or _reads_in(words, secret) or _runs_in(run, begins, secret) for secret in secrets
    )


def _stands_in(text: str, secret: str) -> bool:
    """Whether a secret stands there as it is."""
    secret = plain(secret)
    return bool(secret) and re.search(_literal(secret), text.replace(HIDDEN, "")) is not None


def _reads_in(words: list[str], secret: str) -> bool:
    """Whether one of these words is a secret, or a telling word of one."""
    return any(_reads(word, stem) for word in words for stem in {_letters(secret), *_stems(secret)} if stem)


def _runs_in(run: str, begins: set[int], secret: str) -> bool:
    """Whether a secret is read from a word's beginning on when nothing stands between the words; a number anywhere."""
    whole = _letters(secret)
    if _is_number(secret):
        return whole[-_NUMBER:] in run
    found = re.finditer(f"(?={re.escape(whole)})", run)
    return len(whole) >= _LETTERS and any(each.start() in begins for each in found)


def _reads(word: str, stem: str) -> bool:
    """Whether a word is this one with an ending."""
    longest = len(stem) + (0 if len(stem) == 1 else _ENDING if len(stem) < _LETTERS else len(word))
    return word.startswith(stem) and len(word) <= longest


def _patterns(secret: str) -> Iterable[str]:
    """How a secret may be written: as a number, whole, or each telling word of it; with any ending."""
    yield _literal(secret)
    parts = _WORD.findall(secret)
    if _is_number(secret):
        tail = _BETWEEN.join(_letters(secret)[-_NUMBER:])
        yield rf"{_BEFORE}\+?(?:[0-9]{_BETWEEN}){{0,8}}{tail}[0-9]*"
    elif parts:
        length = len("".join(parts))
        ending = _AFTER if length == 1 else rf"[^\W_]{{0,{_ENDING}}}{_AFTER}" if length < _LETTERS else r"[^\W_]*"
        yield rf"{_BEFORE}{_BETWEEN.join(map(re.escape, parts))}{ending}"
    # With the number of a house that may follow.
    yield from (rf"{_BEFORE}{re.escape(stem)}[^\W_]*(?:[\W_]{{1,2}}[0-9][^\W_]*)?" for stem in _stems(secret))


def _stems(secret: str) -> list[str]:
    """The words of a secret that tell something by themselves, as far as no ending changes them."""
    words = [word for word in _WORD.findall(plain(secret)) if len(word) >= (_DIGITS if word.isdigit() else _LETTERS)]
    return [word[:-_BENT] if len(word) >= _BENDS and not word.isdigit() else word for word in words]


def _literal(secret: str) -> str:
    """A secret as it stands, in the middle of no word."""
    before, after = _BEFORE if _WORD.match(secret[0]) else "", _AFTER if _WORD.match(secret[-1]) else ""
    return f"{before}{re.escape(secret)}{after}"


def _letters(secret: str) -> str:
    return "".join(_WORD.findall(plain(secret)))


def _is_number(secret: str) -> bool:
    letters = _letters(secret)
    return letters.isascii() and letters.isdigit() and len(letters) >= _NUMBER


def _hidden(value: str) -> str:
    return HIDDEN if value.strip() else value
