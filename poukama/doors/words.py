"""An answer in words: its places with name, address and number, and a short paragraph, in a language of the pack."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from babel import localedata
from babel.dates import format_datetime, format_skeleton, format_time
from django.template.loader import render_to_string
from django.utils.translation import gettext, override, pgettext

from poukama.centres.rules import Line, Pack, Place, Words
from poukama.centres.words import SPOKEN
from poukama.core import phones
from poukama.doors.known import Door, Note
from poukama.doors.rules import Route

# In danger one thing is said, and nothing that could keep somebody from calling.
_SAID_IN_DANGER = frozenset({Note.STAY_ON_THE_LINE})
_NEVER_SAID = frozenset({Note.UNAPPROVED_PROTOCOL})
# Doors that nobody comes to.
_BY_PHONE = frozenset({Door.LATER_SERVICES, Door.OTHER_CENTRE})


@dataclass(frozen=True, slots=True)
class Shown:
    """A place or a line as people read it; what is not known is None. The number is as it is stored."""

    name: str
    address: str | None
    phone: str | None


def shown_places(route: Route, pack: Pack, language: str) -> tuple[Shown, ...]:
    """Where the door is; for a door without a place, the line or the emergency number to call."""
    words = pack.words[language]
    if route.door is Door.EMERGENCY:
        with override(language):
            name = gettext("Emergency number") if language in SPOKEN else pack.emergency_phone
        return (Shown(name, None, pack.emergency_phone),)
    if not route.places:
        return (Shown(_line_name(route.line, words), None, route.line.phone),)
    return tuple(_shown(place, words) for place in route.places)


def paragraph(route: Route, pack: Pack, language: str) -> str:
    """The answer as a short paragraph, in our own words, or in the pack's where we do not speak its language."""
    if language in SPOKEN:
        with override(language):
            context = _context(route, pack, pack.words[language], language)
            return " ".join(render_to_string("doors/answer.txt", context).split())
    return " ".join(_pack_sentences(route, pack, pack.words[language], language))


def _context(route: Route, pack: Pack, words: Words, language: str) -> dict[str, object]:
    own = route.phone != route.line.phone
    line = f"{phones.shown(route.line.phone, pack.country)} ({_line_name(route.line, words)})"
    return {
        "door_template": f"doors/{route.door}.txt",
        "door": route.door,
        "reason": route.reason,
        "notes": _said_notes(route),
        "places": _places(route, pack, language),
        "number": phones.shown(route.phone, pack.country) if own else line,
        "own_number": own,
        "line": line,
        "opens": _opens(route.opens_at, language),
        "emergency_phone": pack.emergency_phone,
        "duty_under": pack.duty.under if pack.duty else None,
    }


def _pack_sentences(route: Route, pack: Pack, words: Words, language: str) -> Iterator[str]:
    given = {
        "{place}": _places(route, pack, language),
        "{phone}": phones.shown(route.phone, pack.country),
        "{opens}": _opens(route.opens_at, language),
    }
    for key in (f"doors.{route.door}", *(f"notes.{note}" for note in _said_notes(route))):
        text = words.get(key)
        for name, value in given.items():
            text = text.replace(name, value)
        if text:
            yield text


def _said_notes(route: Route) -> tuple[Note, ...]:
    """The notes that matter to the person."""
    if route.door is Door.EMERGENCY:
        return tuple(note for note in route.notes if note in _SAID_IN_DANGER)
    unsaid = _NEVER_SAID | {Note.PRESERVE, Note.CALL_FIRST} if route.door in _BY_PHONE else _NEVER_SAID
    return tuple(note for note in route.notes if note not in unsaid)


def _places(route: Route, pack: Pack, language: str) -> str:
    """The places in one line, each with its address and, where it is not the number to call first, its own."""
    line = "; ".join(_in_a_line(shown, route, pack) for shown in shown_places(route, pack, language))
    # An address that ends in an abbreviation shares its full stop with the sentence.
    return line.removesuffix(".")


def _in_a_line(shown: Shown, route: Route, pack: Pack) -> str:
    phone = phones.shown(shown.phone, pack.country) if shown.phone and shown.phone != route.phone else None
    return ", ".join(part for part in (shown.name, shown.address, phone) if part)


def _shown(place: Place, words: Words) -> Shown:
    name = words.get(f"places.{place.code}.name") or place.code
    return Shown(name, words.get(f"places.{place.code}.address") or None, place.phone)


def _line_name(line: Line, words: Words) -> str:
    return words.get(f"lines.{line.code}.name") or line.code


def _opens(opens_at: dt.datetime | None, language: str) -> str:
    """A day and an hour as the language says them, empty for none."""
    if opens_at is None:
        return ""
    if language in SPOKEN:
        pattern = pgettext("pattern of a day and an hour", "'on' EEEE d MMMM 'at' H:mm")
        return format_datetime(opens_at, pattern, tzinfo=opens_at.tzinfo, locale=language)
    locale = language if localedata.exists(language) else "en"
    weekday = format_datetime(opens_at, "EEEE", tzinfo=opens_at.tzinfo, locale=locale)
    day = format_skeleton("MMMMd", opens_at, tzinfo=opens_at.tzinfo, locale=locale)
    return f"{weekday} {day} {format_time(opens_at, 'short', tzinfo=opens_at.tzinfo, locale=locale)}"
