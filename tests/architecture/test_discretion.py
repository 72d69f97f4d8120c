"""Sweep: nothing that is left behind on a screen, in a history or in a folder says what the pages are about.

Titles, addresses, descriptions, file names and messages; the text of a page is free to say it.
"""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from poukama.config.settings import ROOT
from tests.architecture.source import PACKAGE, everything, shown

# Beginnings of words in Finnish, Swedish and English; the last is a whole word, for `series` begins with it too.
STEMS = (
    *("raisk", "seksu", "väkival", "uhri", "hyväksikä", "rikos"),
    *("våld", "sexu", "övergrepp", "brott"),
    *("rape", "assault", "abuse", "violen", "victim", "survivor"),
    r"seri\b",
)
_HEAD = re.compile(r"<title>(.*?)</title>|<meta[^>]*content=\"([^\"]*)\"", re.DOTALL)


def plain(text: str) -> str:
    """Without accents, as addresses and file names have words."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


_TELLS = re.compile(rf"(?<![a-zåäö])(?:{'|'.join([*STEMS, *map(plain, STEMS)])})", re.IGNORECASE)


def tells(text: str) -> list[str]:
    """The words in a text that say what it is about."""
    return _TELLS.findall(text)


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address, with its parameters' names standing for what goes there."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


ADDRESSES = sorted(addresses(get_resolver().url_patterns))
OPEN = [address for address in ADDRESSES if "<" not in address]


def test_no_address_tells():
    assert [address for address in ADDRESSES if tells(address)] == []


@pytest.mark.usefixtures("plain_static")
def test_no_title_and_no_description_tells():
    told = {
        address: told_by(Client(headers={"accept-language": "fi"}).get(address).content.decode()) for address in OPEN
    }
    assert {address: words for address, words in told.items() if words} == {}


def told_by(page: str) -> list[str]:
    """The titles and descriptions of a page that tell."""
    return [text for found in _HEAD.findall(page) for text in found if tells(text)]


def test_a_title_and_a_description_that_tell_are_seen_and_the_page_itself_is_free():
    page = '<title>Rape crisis</title><meta name="description" content="After an assault"><h1>Sexual abuse</h1>'
    assert told_by(page) == ["Rape crisis", "After an assault"]
    assert told_by("<title>Contact</title><h1>Sexual abuse</h1>") == []


def test_no_file_that_a_browser_or_a_folder_shows_tells():
    public = [*PACKAGE.glob("*/static/**/*"), *PACKAGE.glob("*/templates/**/*"), *(ROOT / "centres").rglob("*")]
    assert [shown(path) for path in public if tells(shown(path))] == []


def test_no_file_of_the_repository_tells():
    assert [shown(path) for path in everything() if tells(shown(path))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Apua raiskauksen jälkeen",
        "fi/vakivalta",
        "Sexuellt våld",
        "Våldtäkt",
        "övergrepp",
        "Sexual abuse",
        "seri",
        "/Seri-tukikeskus",
    ],
)
def test_a_word_that_tells_is_seen(text):
    assert tells(text)


@pytest.mark.parametrize(
    "text", ["Aukioloajat ja yhteystiedot", "A series of therapies", "grapes", "Serious", "helsinki/fi.toml"]
)
def test_a_word_that_only_holds_such_letters_is_let_be(text):
    assert not tells(text)
