"""Sweep: Finnish and Swedish are as complete as English, which is the message itself."""

import io
import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.architecture.source import PACKAGE

TRANSLATED = ("fi", "sv")
ROOMS = sorted(folder.parent.name for folder in PACKAGE.glob("*/locale"))
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(room: str, language: str) -> Catalog:
    """A room's messages in one language. Raises FileNotFoundError for a language that the room lacks."""
    with (PACKAGE / room / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def texts(said: object) -> tuple[str, ...]:
    """A message's forms: one, or one for each number."""
    return tuple(said) if isinstance(said, list | tuple) else (str(said or ""),)


def missing(messages: Catalog) -> Iterator[str]:
    """The messages that have no translation, an unsure one, or one with other placeholders."""
    for message in messages:
        if message.id:
            yield from (f"{texts(message.id)[0]!r} {fault}" for fault in _faults(message))


def _faults(message: Message) -> Iterator[str]:
    if not all(text.strip() for text in texts(message.string)):
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is marked as unsure"
    # A plural may leave a number out of the form for one, so its last forms are compared.
    asked, answered = texts(message.id)[-1], texts(message.string)[-1]
    if sorted(_PLACEHOLDER.findall(asked)) != sorted(_PLACEHOLDER.findall(answered)):
        yield "has other placeholders"


def test_every_message_of_every_room_is_translated():
    rooms = {(room, language): list(missing(catalogue(room, language))) for room in ROOMS for language in TRANSLATED}
    assert {room: faults for room, faults in rooms.items() if faults} == {}


def test_every_room_says_the_same_in_every_language():
    for room in ROOMS:
        first, second = ({(each.context, texts(each.id)) for each in catalogue(room, at)} for at in TRANSLATED)
        assert first == second, room


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_message_has_one_translation_in_all_rooms_or_a_context_that_says_what_differs(language):
    found: dict[object, dict[tuple[str, ...], list[str]]] = {}
    for room in ROOMS:
        for each in catalogue(room, language):
            if each.id:
                said = found.setdefault((each.context, texts(each.id)), {})
                said.setdefault(texts(each.string), []).append(room)
    assert {message: said for message, said in found.items() if len(said) > 1} == {}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Call"\nmsgstr ""', "is not translated"),
        ('msgid "Call"\nmsgstr " "', "is not translated"),
        ('#, fuzzy\nmsgid "Call"\nmsgstr "Soita"', "is marked as unsure"),
        ('msgid "Call %(phone)s"\nmsgstr "Soita"', "has other placeholders"),
        ('msgid "Call {phone}"\nmsgstr "Soita {number}"', "has other placeholders"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s päivä"\nmsgstr[1] ""', "is not translated"),
    ],
)
def test_a_message_that_is_not_whole_is_seen(entry, fault):
    assert [found.split("' ")[1] for found in missing(read_po(io.StringIO(entry), locale="fi"))] == [fault]


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Call %(phone)s"\nmsgstr "Soita %(phone)s"',
        'msgid "One day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "Yksi päivä"\nmsgstr[1] "%(n)s päivää"',
    ],
)
def test_a_whole_message_is_let_be(entry):
    assert list(missing(read_po(io.StringIO(entry), locale="fi"))) == []
