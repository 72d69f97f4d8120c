"""Centres, places and telephone lines as a page shows them, in one language."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.html import format_html

from poukama.centres.rules import Line, Pack, Place, PlaceKind, Words
from poukama.core.hours import ALWAYS
from poukama.guide.rules import takes_in

PLACE_WORDS = ("name", "address", "directions", "offers")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a page shows it. What the pack does not say is empty."""

    code: str
    name: str
    address: str
    directions: str
    offers: str
    hours: str
    phone: str
    always: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone line as a page shows it."""

    code: str
    name: str
    phone: str
    hours: str
    own: bool


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre as a page shows it, in one language."""

    pack: Pack
    words: Words
    practice: bool
    at: dt.datetime

    @property
    def name(self) -> str:
        """What it is called."""
        return self.words.get("centre.name")

    @property
    def operator(self) -> str:
        """Who runs it."""
        return self.words.get("centre.operator")

    @property
    def postal_address(self) -> str:
        """Where letters go."""
        return self.words.get("centre.postal_address")

    @property
    def checked(self) -> dt.date:
        """When somebody last looked at what it is drawn from."""
        return self.pack.sources[self.pack.origin.source].seen

    @property
    def open(self) -> bool:
        """Whether it takes people in without those on call."""
        return takes_in(self.pack, self.at)

    @property
    def phone(self) -> str:
        """The number that answers now."""
        return self.pack.line_at(self.at).phone

    @property
    def lines(self) -> list[Number]:
        """Its telephone lines."""
        return [self.number(line) for line in self.pack.lines]

    @property
    def night_door(self) -> Spot | None:
        """By way of which place one comes outside the hours, if the pack says so."""
        by_way_of = self.pack.night.by_way_of
        return self.spot(self.pack.place(by_way_of)) if by_way_of else None

    @property
    def children(self) -> list[Spot]:
        """Where the younger go."""
        return self.spots(PlaceKind.CHILDREN)

    @property
    def said(self) -> dict[str, str]:
        """The sentences that may be said publicly, by code: an example is one only in a practice version."""
        return {
            each.code: self.words.get(f"said.{each.code}")
            for each in self.pack.said
            if self.practice or not each.origin.example
        }

    @property
    def sites(self) -> list[Spot]:
        """Where the centre is."""
        return self.spots(PlaceKind.CENTRE)

    @property
    def open_sites(self) -> list[Spot]:
        """Where one comes in now: the sites that are open, or every one of a centre that never closes."""
        sites = self.pack.of_kind(PlaceKind.CENTRE)
        return [self.spot(place) for place in sites if place.hours and place.hours.open_at(self.at)] or self.sites

    def spots(self, kind: PlaceKind) -> list[Spot]:
        """Its places of a kind."""
        return [self.spot(place) for place in self.pack.of_kind(kind)]

    def spot(self, place: Place) -> Spot:
        """One of its places."""
        about = {what: self.words.get(f"places.{place.code}.{what}") for what in PLACE_WORDS}
        return Spot(
            code=place.code,
            hours=self.words.get(f"places.{place.code}.hours_note"),
            phone=place.phone or "",
            always=place.hours is not None and place.hours.expression == ALWAYS,
            **about,
        )

    def number(self, line: Line) -> Number:
        """One of its lines."""
        words = {what: self.words.get(f"lines.{line.code}.{what}") for what in ("name", "hours_note")}
        return Number(line.code, words["name"], line.phone, words["hours_note"], line.own)


def words_in(pack: Pack, language: str) -> Words:
    """The pack's words in a language, or in the nearest that it has, each marked as being in that one."""
    if own := pack.words.get(language):
        return own
    other = pack.words.get("en") or next(iter(pack.words.values()))
    # So that a screen reader changes its voice, and a browser its hyphens, within a page of another language.
    marked = {key: format_html('<span lang="{}">{}</span>', other.language, text) for key, text in other.texts.items()}
    return replace(other, texts=marked)
