"""What the page of support shows: notes by section, each as far as the walls let whoever is here."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from poukama.care.forms import AddendumForm
from poukama.care.rules import SECTIONS, Shown, shown
from poukama.cases.page import Here
from poukama.cases.shown import NoteShown
from poukama.cases.walls import Reach, Section, may_hold_words
from poukama.cases.words import SECTION
from poukama.staff import moments


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note on the page. `words` are empty behind a wall, `adding` is the form to add to it, if one may."""

    id: UUID
    kind: Shown
    name: str
    at: str
    private: bool
    mine: bool
    words: str
    addenda: tuple[dict[str, Any], ...]
    adding: AddendumForm | None


@dataclass(frozen=True, slots=True)
class Group:
    """The notes of one section, and how far into it whoever is here gets."""

    section: Section
    word: Promise
    reach: str
    notes: tuple[NoteLine, ...]


def groups(here: Here, notes: tuple[NoteShown, ...], refused: dict[UUID, AddendumForm]) -> list[Group]:
    """The sections that whoever is here knows of, with their notes; `refused` are forms that could not be done."""
    return [
        Group(
            section,
            SECTION[section],
            _reach(here, section),
            tuple(_line(here, note, refused) for note in notes if note.section is section),
        )
        for section in SECTIONS
        if here.entered.reach[section] >= Reach.KNOWS
    ]


def _reach(here: Here, section: Section) -> str:
    if here.writes(section):
        return _("you write here")
    return _("you read here") if here.reads(section) else _("you see only that there is a note")


def _line(here: Here, note: NoteShown, refused: dict[UUID, AddendumForm]) -> NoteLine:
    zone: ZoneInfo = here.zone
    kind = shown(words=note.words, signed=note.signed_at is not None)
    holds_words = may_hold_words(note.section, asked=note.asked)
    adds = kind is Shown.WORDS and holds_words and here.writes(note.section) and (note.mine or not note.private)
    return NoteLine(
        id=note.id,
        kind=kind,
        name=note.name,
        at=moments.day_and_hour(note.signed_at or note.saved_at, zone),
        private=note.private,
        mine=note.mine,
        words=note.words or "",
        addenda=tuple(
            {"name": each.name, "at": moments.day_and_hour(each.at, zone), "words": each.words} for each in note.addenda
        ),
        adding=(refused.get(note.id) or AddendumForm(auto_id=f"{note.id.hex}_%s")) if adds else None,
    )
