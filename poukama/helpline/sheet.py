"""The blank form for a pen, one A4 in three languages, and the page where it is entered afterwards."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.utils.functional import Promise
from django.utils.translation import override

from poukama.centres.rules import Pack, PlaceKind
from poukama.centres.words import SPOKEN
from poukama.core import phones
from poukama.helpline import asked, page, phrases, words
from poukama.helpline.answers import Answers, Channel, Words
from poukama.helpline.papers import FromPaper
from poukama.helpline.rules import Option, Phrase
from poukama.helpline.shown import Desk
from poukama.staff import moments

NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}
_FIRST = ("safe_now", "hurt", "neck", "when", "age")
_AFTER_DUTY = ("suicidal", "place", "infection", "wants", "safe_contact")


def language_of(asked_for: str | None, reader: str) -> str:
    """The language of the sheet: the one asked for, else the reader's."""
    return asked_for if asked_for in SPOKEN else reader if reader in SPOKEN else "en"


def context(desk: Desk, language: str, at: dt.datetime) -> dict[str, Any]:
    """Everything that the blank form shows, in its own language."""
    pack = desk.policy.pack
    given = {"emergency": pack.emergency_phone, "duty": pack.duty.under if pack.duty else ""}
    with override(language):
        empty = asdict(Answers())
        by_name = asked.questions(empty, {}, pack, language)
        duty = phrases.sentences([Phrase.DUTY], language, language, given)[0].quoted if pack.duty else ""
        return {
            "sheet": language,
            "others": [(code, name) for code, name in NAMES.items() if code != language],
            "centre_name": words.said_in(pack, language).get("centre.name", pack.code),
            "first": [by_name[name] for name in _FIRST],
            "after": [by_name[name] for name in _AFTER_DUTY],
            "reach": [str(asked.LABELS[name]) for name in ("phone", "hours", "name_to_say")],
            "voicemail": str(asked.TICKS["voicemail"]),
            "options": [str(words.OPTION[option]) for option in Option],
            "duty": duty,
            "welcome": phrases.sentences([Phrase.WELCOME], language, language, given)[0].quoted,
            "numbers": list(_numbers(pack, language)),
            "covers": list(_covers(desk, pack)),
            "known_at": moments.day_and_hour(at, pack.zone),
            "arrives": asked.LABELS["arrives"],
            "sheet_day": moments.day(at, pack.zone),
        }


def _numbers(pack: Pack, language: str) -> Iterator[tuple[str, str]]:
    """The centre's own numbers, and the emergency number."""
    texts = words.said_in(pack, language)
    yield pack.emergency_phone, ""
    for line in pack.lines:
        yield phones.shown(line.phone, pack.country), texts.get(f"lines.{line.code}.name", "")
    for kind in (PlaceKind.EMERGENCY, PlaceKind.CHILDREN):
        for place in pack.of_kind(kind):
            if place.phone:
                yield phones.shown(place.phone, pack.country), texts.get(f"places.{place.code}.name", "")


def _covers(desk: Desk, pack: Pack) -> Iterator[tuple[str, str]]:
    """Who is on call when the sheet is made: a browser may print it much later."""
    for cover in desk.covers:
        if cover.phone:
            yield phones.shown(cover.phone, pack.country), f"{words.DUTIES.get(cover.duty, cover.duty)} {cover.name}"


def late(
    desk: Desk, sent: FromPaper | None, trouble: page.Trouble | None, *, reader: str, at: dt.datetime
) -> dict[str, Any]:
    """Everything that the page for entering finds: what was typed, if anything was."""
    pack, errors = desk.policy.pack, trouble.errors if trouble else {}
    typed = {**asdict(Answers()), **asdict(Words()), **(sent.typed if sent else {})}
    today = at.astimezone(pack.zone).date().isoformat()
    own = {"day": today, "began_at": "", "ended_at": "", "channel": Channel.PHONE, "option": "", "answered": True}
    return {
        "record": sent.record if sent else uuid4(),
        "own": {**own, **(sent.own if sent else {})},
        "own_errors": errors,
        "trouble": trouble,
        "questions": asked.questions(typed, errors, pack, reader),
        "words": asked.fields(typed, errors),
        "ticks": asked.ticks(typed),
        "channels": _listed(words.CHANNEL),
        "options": [("", words.OUTCOME_NONE), *_listed(words.OPTION)],
        "here": "",
        "duty": page.spoken(Answers(), desk, reader, at, at)["duty"],
    }


def _listed(labels: words.Labels) -> list[tuple[str, Promise]]:
    return [(str(value), word) for value, word in labels.items()]
