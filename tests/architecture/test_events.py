"""Sweep: whatever the code can write into the trail has words for whoever reads it, in every language."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from django.utils import translation

from poukama.cases.event_words import EVENTS
from poukama.cases.need import Alert, Purpose
from tests.architecture.source import code, tree
from tests.architecture.test_gates import action_modules

_EVENT = re.compile(r"[a-z_]+\.[a-z_]+")
# What writes a line: the trail's own function, and those of a room that pass an event on to it.
_WRITERS = {"record", "_line", "_reading", "_seen", "_read"}
# What stands in the braces of an event that is put together.
_PARTS: Mapping[str, Iterable[str]] = {"alert": Alert, "purpose": Purpose}


def marked() -> Iterator[str]:
    """The events of every action."""
    for module in action_modules():
        yield from (function.event for function in vars(module).values() if "gate" in getattr(function, "__dict__", ()))


def written(module: ast.Module) -> Iterator[str]:
    """The events that a module writes as words in a call."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _WRITERS:
                yield from (event for argument in node.args for event in texts(argument) if _EVENT.fullmatch(event))


def texts(node: ast.expr) -> Iterator[str]:
    """A text as it is written, or each that a text with a place in it can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        first, place = node.values[0], node.values[-1]
        if isinstance(first, ast.Constant) and isinstance(place, ast.FormattedValue):
            names = _PARTS.get(getattr(place.value, "id", ""), ())
            yield from (f"{first.value!s}{name}" for name in names)


def every_event() -> set[str]:
    """Every event that the code can write."""
    found = set(marked())
    for path in code("poukama"):
        found |= set(written(tree(path)))
    return found


def test_every_event_has_words_and_no_words_are_idle():
    assert every_event() == EVENTS.keys()


def test_the_words_are_words_in_every_language():
    said = {}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            said[language] = {event: str(words) for event, words in EVENTS.items()}
    assert not [event for words in said.values() for event, text in words.items() if not text.strip() or event in text]
    assert not [event for event in EVENTS if said["fi"][event] == said["en"][event] or said["sv"] == said["en"]]


def test_an_event_that_is_put_together_is_seen_whole():
    source = 'trail.record(f"curious.{alert}", centre=1)\n_line("case.refused", ref)\nprint("not.this")'
    assert set(written(ast.parse(source))) == {"case.refused", *(f"curious.{alert}" for alert in Alert)}
